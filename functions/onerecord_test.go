package functions

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/dynamo"
	"darksocial/internal/engine"
	"darksocial/internal/job"
	"darksocial/internal/lambdatest"
	"darksocial/internal/parquetfile"
	"darksocial/internal/visitor"
)

const webView = "Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/137.0.7151.61 Mobile Safari/537.36"

// TestOneRecord: a page view that the CDN's log and the page's script tell of is one
// arrival with what both know, through the three functions as they are deployed.
func TestOneRecord(t *testing.T) {
	ctx := context.Background()
	d := deploy(t)
	tables := dynamodb.NewFromConfig(engine.DynamoDB(t))
	salts := engine.Name(t)
	require.NoError(t, dynamo.Create(ctx, tables, salts))
	d.env = append(d.env, "SALT_TABLE="+salts)
	kept := dynamo.New(tables, salts)
	at := shown(time.Now())
	today := at.Format(time.DateOnly)

	collect := &collecting{t: t, env: d.env, shown: at}
	collect.start()
	hit := collect.hit("a-request==")
	hit.Header.Set("Referer", "https://www.example.com/artikel/moor")
	hit.Header.Set("User-Agent", webView)
	hit.Header.Set("X-Requested-With", "com.viber.voip") // which no log knows
	for range 2 {
		require.Equal(t, http.StatusNoContent, collect.do(hit).StatusCode, collect.Logs())
	}

	label := lambdatest.Start(t, lambdatest.Build(t, "darksocial/functions/label"), d.env...)
	answer, err := label.Invoke(ctx, d.log(t, "cdn/today.log", logOf(at, "a-request==")))
	require.NoError(t, err, label.Logs())
	assert.JSONEq(t, `{"batchItemFailures":[]}`, string(answer))

	// A salt that has lived long enough is forgotten by the hourly roll-up.
	old := visitor.NewSalts(kept, func() time.Time { return at.AddDate(0, 0, -3) })
	_, err = old.Hash(ctx, siteName, rollup.DayOf(at.AddDate(0, 0, -3), time.UTC), "192.0.2.7", iPhone)
	require.NoError(t, err)
	days := func() (days []string) {
		require.NoError(t, kept.List(ctx, "salts/"+siteName, func(name string, _ []byte) error { days = append(days, name); return nil }))
		return days
	}
	assert.Len(t, days(), 2)

	roll := lambdatest.Start(t, lambdatest.Build(t, "darksocial/functions/rollup"), d.env...)
	for _, order := range []string{fmt.Sprintf(`{"site":%q,"from":%q,"to":%q}`, siteName, today, today), `{"schedule":"hourly"}`} {
		answer, err := roll.Invoke(ctx, []byte(order))
		require.NoError(t, err, roll.Logs())
		var done []job.Outcome
		require.NoError(t, json.Unmarshal(answer, &done))
		require.Len(t, done, 1)
		assert.Equal(t, "rolled_up", done[0].Status)
		assert.Equal(t, today, done[0].Date)
	}
	assert.Equal(t, []string{today}, days())

	arrivals := rowsOf[rollup.Arrival](t, d, "arrivals", today)
	require.Len(t, arrivals, 1)
	row := arrivals[0]
	assert.Equal(t, int64(1), row.Arrivals)
	assert.Equal(t, []string{"/artikel/moor", "dark_social", "viber", "private", "in_app", "strong", "direct"},
		[]string{row.Page, row.Channel, row.Source, row.Visibility, row.Surface, row.Confidence, row.ByReferrer})
	quality := map[string]int64{}
	for _, row := range rowsOf[rollup.Quality](t, d, "quality", today) {
		quality[row.Door+" "+row.Outcome] += row.Records
	}
	assert.Equal(t, map[string]int64{"log labelled": 1, "beacon labelled": 1, "beacon duplicate": 1}, quality)
	for _, row := range rowsOf[rollup.DailyVisitors](t, d, "daily_visitors", today) {
		assert.Equal(t, int64(1), *row.Visitors, row.Level)
	}
	for _, function := range []*lambdatest.Function{label, roll} {
		assert.NotContains(t, function.Logs(), "Mozilla")
		assert.NotContains(t, function.Logs(), "192.0.2.")
	}
}

// logOf is the CDN's log of one page view.
func logOf(at time.Time, requestID string) string {
	return "#Version: 1.0\n#Fields: date time cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query x-edge-request-id x-host-header sc-content-type\n" +
		at.UTC().Format("2006-01-02\t15:04:05") + "\tGET\td111111abcdef8.cloudfront.net\t/artikel/moor\t200\t-\t" + strings.ReplaceAll(webView, " ", "%20") + "\t-\t" + requestID + "\twww.example.com\ttext/html\n"
}

// log puts a log into its bucket and returns the event that tells of it.
func (d *deployment) log(t *testing.T, key, content string) []byte {
	t.Helper()
	bucket := logs
	_, err := d.s3.PutObject(context.Background(), &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader(content)})
	require.NoError(t, err)
	told, err := json.Marshal(fmt.Sprintf(`{"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","eventTime":%q,"s3":{"bucket":{"name":%q},"object":{"key":%q}}}]}`,
		time.Now().UTC().Format(time.RFC3339), logs, key))
	require.NoError(t, err)
	return fmt.Appendf(nil, `{"Records":[{"messageId":"1","eventSource":"aws:sqs","body":%s}]}`, told)
}

// rowsOf reads a table of a day.
func rowsOf[T any](t *testing.T, d *deployment, name, day string) []T {
	t.Helper()
	content := d.tableOf(t, name, day)
	var rows []T
	for row, err := range parquetfile.Read[T](bytes.NewReader(content), int64(len(content))) {
		require.NoError(t, err)
		rows = append(rows, row)
	}
	return rows
}
