package privacy

import (
	"bytes"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/job"
	"darksocial/internal/parquetfile"
)

// files are all files of a folder, whatever they are for.
func files(t *testing.T, dir string) (list []item) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path) // it is below dir
		if name = filepath.ToSlash(name); !strings.HasPrefix(name, "lake/") {
			name = "file/" + name
		}
		list = append(list, item{name, content})
		return err
	}))
	return list
}

// rows are all rows of all tables of a database of SQLite, as they can be asked for.
func rows(t *testing.T, file string) (list []item) {
	t.Helper()
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: file, RawQuery: "mode=ro"}).String())
	require.NoError(t, err)
	defer db.Close()
	var tables []string
	each(t, db, `SELECT name FROM sqlite_schema WHERE type = 'table'`, func(values []any) { tables = append(tables, fmt.Sprint(values[0])) })
	require.NotEmpty(t, tables)
	for _, table := range tables {
		each(t, db, `SELECT * FROM "`+table+`"`, func(values []any) { list = append(list, entry("store/"+table, values...)...) })
	}
	return list
}

func each(t *testing.T, db *sql.DB, query string, row func(values []any)) {
	t.Helper()
	found, err := db.Query(query)
	require.NoError(t, err)
	defer found.Close()
	names, err := found.Columns()
	require.NoError(t, err)
	for found.Next() {
		values, to := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			to[i] = &values[i]
		}
		require.NoError(t, found.Scan(to...))
		row(values)
	}
	require.NoError(t, found.Err())
}

// items are all items of a table of DynamoDB.
func items(t *testing.T, client *dynamodb.Client, table string) (list []item) {
	t.Helper()
	pages := dynamodb.NewScanPaginator(client, &dynamodb.ScanInput{TableName: &table, ConsistentRead: aws.Bool(true)})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		require.NoError(t, err)
		for _, attributes := range page.Items {
			var values []any
			for name, value := range attributes {
				values = append(values, name)
				switch v := value.(type) {
				case *types.AttributeValueMemberS:
					values = append(values, v.Value)
				case *types.AttributeValueMemberN:
					values = append(values, v.Value)
				case *types.AttributeValueMemberB:
					values = append(values, v.Value)
				default:
					require.Fail(t, "an attribute of a type that this test cannot read", "%T", value)
				}
			}
			list = append(list, entry("store/table", values...)...)
		}
	}
	return list
}

// entry is a row: its texts, and each of its blobs.
func entry(name string, values ...any) []item {
	list := []item{{name, nil}}
	for _, value := range values {
		if blob, ok := value.([]byte); ok {
			list = append(list, item{name + " blob", blob})
			continue
		}
		list[0].content = fmt.Appendf(list[0].content, "%v ", value)
	}
	return list
}

// contents are all objects of a bucket.
func contents(t *testing.T, client *s3.Client, bucket string) (list []item) {
	t.Helper()
	pages := s3.NewListObjectsV2Paginator(client, &s3.ListObjectsV2Input{Bucket: &bucket})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		require.NoError(t, err)
		for _, o := range page.Contents {
			out, err := client.GetObject(ctx, &s3.GetObjectInput{Bucket: &bucket, Key: o.Key})
			require.NoError(t, err)
			content, err := io.ReadAll(out.Body)
			require.NoError(t, err)
			require.NoError(t, out.Body.Close())
			list = append(list, item{"lake/" + *o.Key, content}, item{"lake/" + *o.Key + " metadata", fmt.Append(nil, out.Metadata, aws.ToString(out.ContentType))})
		}
	}
	return list
}

// decoded adds to what is stored what it means: the records of blocks, the rows of
// tables. Names are secrets' places, too.
func decoded(t *testing.T, list []item) (all []item) {
	t.Helper()
	for _, it := range list {
		all = append(all, it, item{it.name, []byte(it.name)})
		if strings.HasPrefix(it.name, "store/") && strings.HasSuffix(it.name, " blob") {
			if text := recordsOf(t, it.content); text != nil {
				all = append(all, item{it.name + ", decoded", text})
			}
		}
		if table, ok := tableOf(it.name); ok {
			all = append(all, item{it.name + ", decoded", tableText(t, table, it.content)})
		}
	}
	return all
}

// recordsOf is the text of what a block holds, or nil if it is none.
func recordsOf(t *testing.T, blob []byte) []byte {
	t.Helper()
	block, err := record.Unpack(blob)
	if err != nil {
		return nil
	}
	var text []byte
	for _, p := range block.Sightings {
		entry, err := record.Decode(p.Body, p.ID, p.Time)
		require.NoError(t, err)
		text = fmt.Appendf(text, "%s %+v %q\n", p.ID, entry, p.Body)
	}
	for _, r := range block.Receipts {
		text = fmt.Appendf(text, "%+v\n", r)
	}
	return text
}

// tableOf is the table a file of the lake is of.
func tableOf(name string) (table string, ok bool) {
	if !strings.HasSuffix(name, ".parquet") {
		return "", false
	}
	table, _, _ = strings.Cut(strings.TrimPrefix(name, "lake/"), "/")
	return table, true
}

// tableText is a table row by row. Of a table that is missing here the test fails.
func tableText(t *testing.T, table string, content []byte) []byte {
	t.Helper()
	for i := range readers {
		if readers[i].table == table {
			text, err := readers[i].read(content)
			require.NoError(t, err, table)
			return text
		}
	}
	require.Fail(t, "a table that this test cannot read: add it to readers", table)
	return nil
}

var readers = []struct {
	table string
	read  func(content []byte) ([]byte, error)
}{
	{"arrivals", textOf[rollup.Arrival]}, {"pages", textOf[rollup.Page]}, {"audience", textOf[rollup.Audience]}, {"evidence", textOf[rollup.Evidence]},
	{"hours", textOf[rollup.Hour]}, {"page_hours", textOf[rollup.PageHour]}, {"campaigns", textOf[rollup.Campaign]},
	{"daily_visitors", textOf[rollup.DailyVisitors]}, {"shares", textOf[rollup.Share]}, {"recommendations", textOf[rollup.Recommendation]},
	{"purchases", textOf[rollup.Purchase]}, {"orders", textOf[rollup.Order]}, {"quality", textOf[rollup.Quality]},
}

func textOf[T any](content []byte) (text []byte, err error) {
	for row, err := range parquetfile.Read[T](bytes.NewReader(content), int64(len(content))) {
		if err != nil {
			return nil, err
		}
		text = append(text, asJSON(row)+"\n"...)
	}
	return text, nil
}

// encode writes a table, and looks into the folder for temporary files while the
// roll-up has all of them.
func (w *world) encode(out io.Writer, row any, list iter.Seq2[any, error]) (int64, error) {
	n, err := parquetfile.WriteRows(out, row, list)
	w.answers = append(w.answers, w.temporary()...)
	return n, err
}

func (w *world) temporary() (list []item) {
	for _, it := range files(w.t, w.temp) {
		list = append(list, item{"temp/" + strings.TrimPrefix(it.name, "file/"), it.content})
	}
	return list
}

// everything is all that is there now, or was seen by anybody.
func (w *world) everything() []item {
	w.t.Helper()
	all := append(decoded(w.t, w.stored()), w.answers...)
	all = append(all, w.temporary()...)
	return append(all, item{"log", w.said.Bytes()})
}

// sightings are all that the stores have of page views.
func (w *world) sightings() (list []record.Sighting) {
	w.t.Helper()
	for _, it := range w.stored() {
		block, err := record.Unpack(it.content)
		if err != nil || !strings.HasPrefix(it.name, "store/") {
			continue
		}
		for _, p := range block.Sightings {
			if !record.IsSighting(p.Body) {
				continue
			}
			s, err := record.DecodeSighting(p.Body, p.ID, p.Time)
			require.NoError(w.t, err)
			list = append(list, s)
		}
	}
	return list
}

// eachRow goes through the rows of a table of the day.
func eachRow[T any](w *world, table string, each func(*T)) {
	w.t.Helper()
	body, _, err := w.lake.Open(ctx, job.TableKey(table, siteName, date))
	require.NoError(w.t, err)
	defer body.Close()
	content, err := io.ReadAll(body)
	require.NoError(w.t, err)
	for row, err := range parquetfile.Read[T](bytes.NewReader(content), int64(len(content))) {
		require.NoError(w.t, err)
		each(&row)
	}
}
