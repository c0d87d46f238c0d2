package cost_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/codes"
	"darksocial/internal/dynamo"
	"darksocial/internal/edge"
	"darksocial/internal/engine"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/orders"
	"darksocial/internal/parquetfile"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	engine.Main(m)
}

const siteName = "example.com"

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// deployment is what the functions' mains put together, on engines of this machine.
type deployment struct {
	t        testing.TB
	site     *site.Site
	records  *dynamo.Store
	salts    *dynamo.Store
	requests *engine.Faults // counts what DynamoDB is asked
	lake     *lake.Disk
	ledger   *ledger.Ledger
	codes    *codes.Codes
	orders   *orders.Orders
	collect  http.Handler
	clock    time.Time
	n        int // of events so far
}

func deploy(t testing.TB, bits int) *deployment {
	d := &deployment{t: t, clock: noon, site: &site.Site{Name: siteName, ShardBits: bits, Site: darksocial.Site{Hosts: []string{siteName}}}}
	cfg := engine.DynamoDB(t)
	d.requests = engine.Break(&cfg)
	client := dynamodb.NewFromConfig(cfg)
	d.records, d.salts = table(t, client), table(t, client)
	var err error
	d.lake, err = lake.OpenDisk(t.TempDir())
	require.NoError(t, err)
	d.ledger = ledger.New(d.records, d.records, d.now)
	d.codes = codes.New(d.records, d.now)
	d.orders = orders.New(d.records, d.codes, d.now)
	origin := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte("<!doctype html><title>An offer</title>"))
	}))
	t.Cleanup(origin.Close)
	d.site.Origin, d.site.RoutedPaths = origin.URL, []string{"/angebote/**"}
	require.NoError(t, d.site.Check())
	sites, visitors := site.Serve([]*site.Site{d.site}), visitor.NewSalts(d.salts, d.now)
	writer := ledger.NewWriter(d.ledger, record.Beacon, time.Minute)
	transport := web.NewOriginTransport()
	t.Cleanup(transport.CloseIdleConnections)
	route := web.NewRoute(sites, writer.Of(record.Route), visitors, d.now, transport).Sharing(d.codes)
	d.collect = web.NewCollect(sites, writer, visitors, d.now).Sharing(d.codes).Selling(d.orders).Routing(route)
	return d
}

func table(t testing.TB, client *dynamodb.Client) *dynamo.Store {
	name := engine.Name(t)
	require.NoError(t, dynamo.Create(context.Background(), client, name))
	return dynamo.New(client, name)
}

func (d *deployment) now() time.Time { return d.clock }

// next numbers an event.
func (d *deployment) next() int { d.n++; return d.n }

// spent is what DynamoDB counted so far: write units, and requests to read one item.
type spent struct{ writes, reads float64 }

func (d *deployment) spent() spent {
	return spent{d.records.Consumed() + d.salts.Consumed(), float64(d.requests.Requests("GetItem") + d.requests.Requests("BatchGetItem"))}
}

// each is what one of n events costs, after one that found everything cold.
func (d *deployment) each(n int, event func()) spent {
	d.t.Helper()
	event()
	before := d.spent()
	for range n {
		event()
	}
	after := d.spent()
	return spent{(after.writes - before.writes) / float64(n), (after.reads - before.reads) / float64(n)}
}

// ask has collect answer a request as the edge passes it on.
func (d *deployment) ask(method, target, body string, status int, headers ...string) *httptest.ResponseRecorder {
	d.t.Helper()
	r := httptest.NewRequest(method, target, bytes.NewReader([]byte(body)))
	for name, value := range map[string]string{"X-Ds-Host": siteName, "X-Ds-Ip": fmt.Sprintf("192.0.2.%d", d.n%250), "X-Ds-Id": fmt.Sprintf("%054d==", d.next()), "User-Agent": agents[d.n%len(agents)],
		"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "empty", "Referer": "https://" + siteName + "/artikel/moor"} {
		r.Header.Set(name, value)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	d.collect.ServeHTTP(answer, r)
	require.Equal(d.t, status, answer.Code, "%s %s: %v", method, target, answer.Header())
	return answer
}

func (d *deployment) hint() string {
	return fmt.Sprintf("1.%054d%%3D%%3D.%d.none.document..0", d.next(), d.clock.Unix())
}

// label labels a log as one batch.
func (d *deployment) label(name string, log []byte) *job.Result {
	d.t.Helper()
	labeler := job.NewLabeler(d.ledger, []*site.Site{d.site}, d.lake, job.Formats{Objects: edge.Options{Format: edge.CloudFront, Now: d.now}}).Coded(d.codes)
	result, err := labeler.File(context.Background(), name, bytes.NewReader(log), d.clock, nil)
	require.NoError(d.t, err)
	return result
}

func (d *deployment) roller() *job.Roller {
	return job.NewRoller(d.ledger, []*site.Site{d.site}, d.lake, parquetfile.WriteRows, d.now).Coded(d.codes)
}

var agents = []string{
	"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/380.0.788317806 Mobile/15E148 Safari/604.1",
}

var referers = []string{"-", "-", "https://www.google.com/", "https://l.facebook.com/", "-", "https://blog.neighbour.example/post", "-"}

// arrivalLog is a standard log of n arrivals within a quarter of an hour, each with so many
// files of its page. first numbers the arrivals, so that logs can be told apart.
func arrivalLog(first, n, files int) []byte {
	var log bytes.Buffer
	log.WriteString("#Version: 1.0\n#Fields: date time cs-method cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query x-edge-request-id x-host-header sc-content-type c-country\n")
	line := func(i int, path, referer, kind string, of int) {
		fmt.Fprintf(&log, "2026-11-20\t11:%02d:%02d\tGET\t%s\t200\t%s\t%s\t-\t%052d%02d==\t%s\t%s\tDE\n", 15+i/60%15, i%60, path, referer, escape(agents[i%len(agents)]), i, of, siteName, kind)
	}
	for i := first; i < first+n; i++ {
		page := fmt.Sprintf("/politik/2026/artikel-%d.html", (i*i)%(1+i%997))
		line(i, page, referers[i%len(referers)], "text/html", 0)
		for a := range files {
			line(i, fmt.Sprintf("/static/%d.js", a), "https://"+siteName+page, "text/javascript", a+1)
		}
	}
	return log.Bytes()
}

// escape is how CloudFront writes blanks in a column.
func escape(s string) string { return string(bytes.ReplaceAll([]byte(s), []byte(" "), []byte("%20"))) }
