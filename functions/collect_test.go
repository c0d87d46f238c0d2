package functions

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/dynamo"
	"darksocial/internal/engine"
	"darksocial/internal/lambdatest"
	"darksocial/internal/ledger"
)

const (
	siteName = "example.com"
	iPhone   = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
)

// collecting is the function collect behind its URL, with its tables.
type collecting struct {
	*lambdatest.Function
	t      *testing.T
	tables *watched
	ledger *ledger.Ledger // past the watched DynamoDB
	env    []string
	shown  time.Time // when the pages were shown whose scripts send hits
}

// startCollect starts the function with what env adds to its environment.
func startCollect(t *testing.T, env ...string) *collecting {
	cfg := engine.DynamoDB(t)
	client := dynamodb.NewFromConfig(cfg)
	table, salts := engine.Name(t), engine.Name(t)
	for _, name := range []string{table, salts} {
		require.NoError(t, dynamo.Create(context.Background(), client, name))
	}
	records := dynamo.New(client, table)
	c := &collecting{
		t: t, tables: watch(t, cfg, map[string]string{table: "records", salts: "salts"}),
		ledger: ledger.New(records, records, time.Now), shown: shown(time.Now()),
	}
	cfg.BaseEndpoint = aws.String(c.tables.url)
	c.env = append(engine.DynamoDBEnv(t, cfg), append([]string{"TABLE=" + table, "SALT_TABLE=" + salts, `SITES={"example.com":{"hosts":["example.com"]}}`}, env...)...)
	c.start()
	return c
}

// start starts the function, or an instance of it that knows nothing of the last one.
func (c *collecting) start() {
	c.Function = lambdatest.Start(c.t, lambdatest.Build(c.t, "darksocial/functions/collect"), c.env...)
	c.t.Cleanup(c.saysNothingOf("192.0.2.", "2001:db8", "Mozilla", "AppleWebKit", "geheim", "me@example.org", "/artikel/moor"))
}

// saysNothingOf checks at the end what the function has logged.
func (c *collecting) saysNothingOf(words ...string) func() {
	function := c.Function
	return func() {
		for _, word := range words {
			assert.NotContains(c.t, function.Logs(), word)
		}
	}
}

// shown is a moment that a page can have been shown at, by now, whose UTC day does
// not end while the test runs: what is written after the end of its day costs more.
// The edge's clock may be a minute ahead.
func shown(now time.Time) time.Time {
	now = now.UTC()
	if soon := now.Add(time.Minute); soon.Day() != now.Day() {
		return soon
	}
	return now
}

// request is a page's request for one of the site's own paths, as the CDN passes it on.
func request(method, path string) *http.Request {
	r := httptest.NewRequest(method, path, nil)
	for name, value := range map[string]string{
		"X-Ds-Host": "www.example.com", "X-Ds-Ip": "192.0.2.7", "X-Ds-Id": "of-the-hit-itself==", "X-Forwarded-For": "192.0.2.7", "User-Agent": iPhone,
		"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty",
		"Referer": "https://www.example.com/artikel/moor?utm_source=a&mail=me@example.org", "CloudFront-Viewer-Country": "DE",
	} {
		r.Header.Set(name, value)
	}
	return r
}

// hit is what the script of a page says whose request had an id.
func (c *collecting) hit(requestID string) *http.Request {
	return request("GET", "/_ds/hit?"+url.Values{
		"v": {"1"}, "i": {"0123456789abcdef01234567"}, "h": {fmt.Sprintf("1.%s.%d.none.document..0", requestID, c.shown.Unix())},
		"p": {"/artikel/moor"}, "n": {"navigate"}, "a": {"1"}, "x": {"geheim"},
	}.Encode())
}

func (c *collecting) do(r *http.Request) *http.Response {
	answer := httptest.NewRecorder()
	c.URL().ServeHTTP(answer, r)
	return answer.Result()
}

// kept returns the site's records by id, and what was counted and left out.
func (c *collecting) kept() (records map[record.ID]*record.Record, filtered map[string]int) {
	records, filtered = map[record.ID]*record.Record{}, map[string]int{}
	ctx := context.Background()
	require.NoError(c.t, c.ledger.Days(ctx, siteName, func(day time.Time) error {
		return c.ledger.Scan(ctx, siteName, day, day.Add(24*time.Hour), ledger.Shard{}, func(_ ledger.BlockID, b *record.Unpacked) error {
			for _, p := range b.Sightings {
				s, err := record.DecodeSighting(p.Body, p.ID, p.Time)
				require.NoError(c.t, err)
				if records[s.ID] == nil {
					records[s.ID] = &record.Record{}
				}
				records[s.ID].Add(&s)
			}
			for i := range b.Receipts {
				for _, count := range b.Receipts[i].Filtered {
					filtered[count.Reason] += count.N
				}
			}
			return nil
		})
	}))
	return records, filtered
}

// TestHitIsOneWrite: a hit is answered when it is durable, and costs one write and no
// read where the function has seen the day. The first one of a day makes the day's
// note and salt, and another instance of the function reads them.
func TestHitIsOneWrite(t *testing.T) {
	c := startCollect(t)
	hits := 0
	hit := func() (asked []string, units float64) {
		hits++
		answer := c.do(c.hit(fmt.Sprint("request", hits)))
		require.Equal(t, http.StatusNoContent, answer.StatusCode, "%v %s", answer.Header, c.Logs())
		assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
		assert.Empty(t, answer.Header.Get("X-DS-Note"))
		return c.tables.calls()
	}

	asked, units := hit()
	assert.ElementsMatch(t, []string{
		"GetItem salts", "PutItem salts",
		"GetItem records", "PutItem records", "GetItem records", // the day's note is read again, as it may be somebody else's
		"BatchWriteItem records",
	}, asked)
	assert.Equal(t, 1.0, units)
	for range 3 {
		asked, units = hit()
		assert.Equal(t, []string{"BatchWriteItem records"}, asked)
		assert.Equal(t, 1.0, units)
	}
	c.start()
	asked, _ = hit()
	assert.ElementsMatch(t, []string{"GetItem salts", "GetItem records", "BatchWriteItem records"}, asked)
	asked, units = hit()
	assert.Equal(t, []string{"BatchWriteItem records"}, asked)
	assert.Equal(t, 1.0, units)

	kept, _ := c.kept()
	require.Len(t, kept, hits)
	visitors := map[string]bool{}
	for n := range hits {
		s := kept[record.NewID(siteName, fmt.Sprint("request", n+1))].Seen(record.Beacon)
		assert.Equal(t, "/artikel/moor", s.Page)
		assert.Equal(t, c.shown.Unix(), s.Time)
		assert.Equal(t, "DE", s.Facts.Country)
		visitors[s.Visitor] = true
	}
	assert.Len(t, visitors, 1, "both instances hash with the day's salt")
	assert.NotContains(t, visitors, "")
}

// TestRefusedByCollect: what the handler says comes out of the function's URL.
func TestRefusedByCollect(t *testing.T) {
	c := startCollect(t)
	header := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	want := map[string]int{}
	for _, tt := range []struct {
		name           string
		change         func(*http.Request)
		method, target string
		body           string
		status         int
		refused, allow string
	}{
		{name: "HEAD", method: "HEAD", status: 405, refused: "method", allow: "GET"},
		{name: "POST", method: "POST", body: "x", status: 405, refused: "method", allow: "GET"},
		{name: "OPTIONS", method: "OPTIONS", status: 405, refused: "method", allow: "GET"},
		{name: "POST of a page", method: "POST", target: "/_ds/me", status: 405, refused: "method", allow: "GET, HEAD"},
		{name: "a body", body: "x", status: 400, refused: "body"},
		{name: "nobody's path", target: "/_ds/", status: 404, refused: "path"},
		{name: "an escaped slash", target: "/_ds%2Fhit", status: 404, refused: "path"},
		{name: "another site's page", change: header("Sec-Fetch-Site", "cross-site"), status: 403, refused: "cross_site"},
		{name: "typed", change: header("Sec-Fetch-Site", "none"), status: 403, refused: "no_page"},
		{name: "nobody's host", change: header("X-Ds-Host", "example.org"), status: 403, refused: "host"},
		{name: "two hosts: Lambda makes a list of them", change: func(r *http.Request) { r.Header.Add("X-Ds-Host", "example.org") }, status: 403, refused: "host"},
		{name: "a query that is none", target: "/_ds/hit?v=1&p=geheim;x", status: 400, refused: "query"},
		{name: "a long query", target: "/_ds/hit?v=1&p=/geheim" + strings.Repeat("x", 5000), status: 414, refused: "length"},
		{name: "a version of tomorrow", target: "/_ds/hit?v=2", status: 400, refused: "version"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := c.hit("refused")
			if tt.method != "" {
				r.Method = tt.method
			}
			if tt.target != "" {
				r.URL = httptest.NewRequest("GET", tt.target, nil).URL
			}
			if tt.body != "" {
				r.Body = httptest.NewRequest("POST", "/", strings.NewReader(tt.body)).Body
			}
			if tt.change != nil {
				tt.change(r)
			}
			answer := c.do(r)
			assert.Equal(t, tt.status, answer.StatusCode)
			assert.Equal(t, tt.refused, answer.Header.Get("X-DS-Refused"))
			assert.Equal(t, tt.allow, answer.Header.Get("Allow"))
			assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
			want["refused."+tt.refused]++
		})
	}
	asked, _ := c.tables.calls()
	assert.Empty(t, asked, "a refusal is worth no write of its own")
	require.Equal(t, http.StatusNoContent, c.do(c.hit("taken")).StatusCode)
	kept, filtered := c.kept()
	assert.Len(t, kept, 1)
	assert.Equal(t, want, filtered, "they are counted with the next hit")
}

// TestAddressThatIsNone: the function neither fails over it nor logs it.
func TestAddressThatIsNone(t *testing.T) {
	c := startCollect(t)
	for _, part := range []string{`"rawPath":"/_ds/%zz","rawQueryString":"p=geheim"`, `"rawPath":"/_ds/hit","rawQueryString":"p=geheim\u0001"`} {
		answer, err := c.Invoke(t.Context(), []byte(`{"version":"2.0",`+part+`,"headers":{"x-ds-ip":"192.0.2.7"},"requestContext":{"domainName":"x.lambda-url.us-east-1.on.aws","http":{"method":"GET"}}}`))
		require.NoError(t, err)
		assert.Contains(t, string(answer), `"statusCode":400`)
	}
}

// TestObjection: of a browser that objects nothing is kept but which page view it was
// of. Its cookies come apart from the headers.
func TestObjection(t *testing.T) {
	c := startCollect(t)
	for name, change := range map[string]func(*http.Request){
		"opted out": func(r *http.Request) { r.Header.Set("Cookie", "a=b; ds_off=1; c=d") },
		"GPC":       func(r *http.Request) { r.Header.Set("Sec-GPC", "1") },
		"DNT":       func(r *http.Request) { r.Header.Set("DNT", "1") },
	} {
		r := c.hit(name[:3])
		change(r)
		require.Equal(t, http.StatusNoContent, c.do(r).StatusCode)
		asked, _ := c.tables.calls()
		assert.NotContains(t, strings.Join(asked, ", "), "salts", name)
		kept, _ := c.kept()
		id := record.NewID(siteName, name[:3])
		require.Contains(t, kept, id)
		assert.Equal(t, &record.Sighting{ID: id, Door: record.Beacon, Time: c.shown.Unix(), Rules: darksocial.Version(), Facts: darksocial.Facts{Objection: darksocial.Yes}}, kept[id].Seen(record.Beacon), name)
	}
	r := c.hit("counted")
	r.Header.Set("Cookie", "xds_off=1; ds_off=0")
	require.Equal(t, http.StatusNoContent, c.do(r).StatusCode)
	kept, _ := c.kept()
	assert.Equal(t, darksocial.No, kept[record.NewID(siteName, "counted")].Seen(record.Beacon).Facts.Objection)
}
