package job_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
	"darksocial/internal/dynamo"
	"darksocial/internal/edge"
	"darksocial/internal/embedded"
	"darksocial/internal/engine"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
	"darksocial/internal/parquetfile"
	"darksocial/internal/simulate"
	"darksocial/internal/site"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	engine.Main(m)
}

const (
	siteName = "example.com"
	date     = "2026-11-20"
)

// The day of the samples, and a time when it is over.
var (
	midnight = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	dayAfter = midnight.Add(36 * time.Hour)
)

// world is a deployment on one pair of stores. Its clock stands still until moved.
type world struct {
	t      testing.TB
	blocks ledger.Blocks
	kv     ledger.KV
	lake   object.Store
	site   *site.Site
	clock  *atomic.Int64
}

func (w *world) now() time.Time         { return time.Unix(w.clock.Load(), 0).UTC() }
func (w *world) set(t time.Time)        { w.clock.Store(t.Unix()) }
func (w *world) ledger() *ledger.Ledger { return ledger.New(w.blocks, w.kv, w.now) }
func (w *world) sites() []*site.Site    { return []*site.Site{w.site} }

func (w *world) labeler() *job.Labeler {
	fields := []string{"timestamp", "sc-status", "cs-method", "cs-protocol", "cs-host", "cs-uri-stem", "x-edge-request-id", "x-host-header",
		"cs-user-agent", "cs-referer", "cs-uri-query", "sc-content-type", "c-country"} // see events/README.md
	return job.NewLabeler(w.ledger(), w.sites(), w.lake, job.Formats{
		Objects: edge.Options{Format: edge.CloudFront, Now: w.now},
		Stream:  edge.Options{Format: edge.CloudFrontRealtime, Fields: fields, Now: w.now},
	})
}

func (w *world) roller() *job.Roller {
	return job.NewRoller(w.ledger(), w.sites(), w.lake, parquetfile.WriteRows, w.now)
}

func (w *world) day() rollup.Day {
	day, err := rollup.ParseDay(date, w.site.Zone())
	require.NoError(w.t, err)
	return day
}

// label labels a log and rolls nothing up.
func (w *world) label(log []byte) *job.Result {
	w.t.Helper()
	result, err := w.labeler().File(context.Background(), "log", bytes.NewReader(log), midnight, nil)
	require.NoError(w.t, err)
	return result
}

// rollUp rolls the day up and returns its tables, byte by byte.
func (w *world) rollUp() map[string]string {
	w.t.Helper()
	o, err := w.roller().Day(context.Background(), w.site, w.day(), false)
	require.NoError(w.t, err)
	require.Equal(w.t, "rolled_up", o.Status)
	return w.tables()
}

// tables are the hashes of the files of all tables.
func (w *world) tables() map[string]string {
	w.t.Helper()
	hashes := map[string]string{}
	for _, table := range rollup.Tables {
		sum := sha256.Sum256(w.read(job.TableKey(table.Name, siteName, date)))
		hashes[table.Name] = hex.EncodeToString(sum[:])
	}
	return hashes
}

func (w *world) read(key string) []byte {
	w.t.Helper()
	body, _, err := w.lake.Open(context.Background(), key)
	require.NoError(w.t, err, key)
	defer body.Close()
	content, err := io.ReadAll(body)
	require.NoError(w.t, err)
	return content
}

// rows reads a table of the samples' day.
func rows[T any](w *world, table string) []T {
	w.t.Helper()
	return rowsOn[T](w, table, date)
}

func rowsOn[T any](w *world, table, date string) []T {
	w.t.Helper()
	content := w.read(job.TableKey(table, siteName, date))
	var list []T
	for row, err := range parquetfile.Read[T](bytes.NewReader(content), int64(len(content))) {
		require.NoError(w.t, err)
		list = append(list, row)
	}
	return list
}

// outcomes adds up the table quality by outcome.
func (w *world) outcomes() map[string]int64 {
	w.t.Helper()
	sums := map[string]int64{}
	for _, row := range rows[rollup.Quality](w, "quality") {
		sums[row.Outcome] += row.Records
	}
	return sums
}

// lines is how many lines the four outcomes account for.
func (w *world) lines() int64 {
	o := w.outcomes()
	return o[rollup.Labelled] + o[rollup.Duplicate] + o[rollup.Filtered] + o[rollup.Failed]
}

// pairs runs a test on both pairs of stores.
func pairs(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("embedded", func(t *testing.T) { test(t, embeddedWorld(t)) })
	t.Run("aws", func(t *testing.T) { test(t, awsWorld(t)) })
}

func newWorld(t testing.TB) *world {
	w := &world{t: t, clock: &atomic.Int64{}, site: &site.Site{Name: siteName, Site: darksocial.Site{Hosts: []string{siteName}}}}
	w.set(dayAfter)
	return w
}

func embeddedWorld(t testing.TB) *world {
	w := newWorld(t)
	records, err := embedded.Open(t.TempDir(), w.now())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, records.Close()) })
	w.blocks, w.kv = records, records
	w.lake, err = lake.OpenDisk(t.TempDir())
	require.NoError(t, err)
	return w
}

func awsWorld(t testing.TB) *world {
	w := newWorld(t)
	records := newTable(t, dynamodb.NewFromConfig(engine.DynamoDB(t)))
	w.blocks, w.kv = records, records
	client := engine.S3Client(engine.S3(t))
	w.lake = lake.NewS3(client, newBucket(t, client))
	return w
}

func newBucket(t testing.TB, client *s3.Client) string {
	name := engine.Name(t)
	_, err := client.CreateBucket(context.Background(), &s3.CreateBucketInput{Bucket: &name})
	require.NoError(t, err)
	return name
}

func newTable(t testing.TB, client *dynamodb.Client) *dynamo.Store {
	name := engine.Name(t)
	require.NoError(t, dynamo.Create(context.Background(), client, name))
	return dynamo.New(client, name)
}

// sample is a small day of a site; seed makes it another one.
func sample(t testing.TB, seed uint64, views int) []byte {
	t.Helper()
	var log bytes.Buffer
	_, err := simulate.Write(&log, simulate.Config{Seed: seed, Date: midnight, Host: "www.example.com", Views: views})
	require.NoError(t, err)
	return log.Bytes()
}

// countLines counts the lines of a log that are to be answered for.
func countLines(log []byte) (n int64) {
	for line := range bytes.Lines(log) {
		if line[0] != '#' {
			n++
		}
	}
	return n
}

// eventFile reads a recorded event.
func eventFile(t testing.TB, function, name string) []byte {
	t.Helper()
	event, err := os.ReadFile(filepath.Join("../../events", function, name))
	require.NoError(t, err)
	return event
}

// eventFiles lists the recorded events of a function.
func eventFiles(t testing.TB, function string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("../../events", function, "*.json"))
	require.NoError(t, err)
	var names []string
	for _, file := range files {
		if name := filepath.Base(file); !strings.HasSuffix(name, ".want.json") {
			names = append(names, name)
		}
	}
	require.NotEmpty(t, names)
	return slices.Clip(names)
}
