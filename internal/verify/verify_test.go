package verify

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/demo"
	"darksocial/internal/edge"
	"darksocial/internal/edgefunction"
	"darksocial/internal/embedded"
	"darksocial/internal/front"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/parquetfile"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
	functions "darksocial/terraform/edge"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

const siteName = "example.com"

// deployed is what `darksocial serve` runs, on a port of this machine: a CDN before the
// demo site, collect, label and rollup, on the embedded stores.
type deployed struct {
	t       *testing.T
	records *embedded.Store
	lake    *lake.Disk
	ledger  *ledger.Ledger
	site    *site.Site
	log     *front.AccessLog
	server  *httptest.Server
	passed  time.Duration // by the Verifier's clock
	pauses  int
}

// parts are what a test puts in the place of a part.
type parts struct {
	pages   front.ViewerResponse
	collect func(http.Handler) http.Handler
	origin  http.Handler
}

func deploy(t *testing.T, p parts) *deployed {
	d := &deployed{t: t, site: &site.Site{Name: siteName, Site: darksocial.Site{Hosts: []string{siteName, "127.0.0.1"}}}}
	var err error
	d.records, err = embedded.Open(t.TempDir(), time.Now())
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, d.records.Close()) })
	d.lake, err = lake.OpenDisk(t.TempDir())
	require.NoError(t, err)
	d.log, err = front.OpenAccessLog(t.TempDir(), time.Now)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, d.log.Close()) })
	d.ledger = ledger.New(d.records, d.records, time.Now)
	request, err := edgefunction.Load("viewer-request.js", functions.ViewerRequest)
	require.NoError(t, err)
	if p.pages == nil {
		p.pages, err = edgefunction.Load("viewer-response.js", functions.ViewerResponse)
		require.NoError(t, err)
	}
	if p.origin == nil {
		p.origin, err = demo.New(func(context.Context, string) (string, error) { return "", errors.New("no shop") }, time.Now)
		require.NoError(t, err)
	}
	var collect http.Handler = web.NewCollect(site.Serve([]*site.Site{d.site}), ledger.NewWriter(d.ledger, record.Beacon, web.Patience), visitor.NewSalts(d.records, time.Now), time.Now)
	if p.collect != nil {
		collect = p.collect(collect)
	}
	report := func(err error) { t.Log(err) }
	d.server = httptest.NewServer(front.New(p.origin, collect, front.Functions{Own: request, Pages: p.pages}, d.log, report, front.Options{}))
	t.Cleanup(d.server.Close)
	return d
}

func (d *deployed) now() time.Time { return time.Now().Add(d.passed) }

// label labels what the CDN has logged, as the schedule does.
func (d *deployed) label() {
	_, err := d.log.Rotate()
	require.NoError(d.t, err)
	files, err := d.log.Leftover()
	require.NoError(d.t, err)
	labeler := job.NewLabeler(d.ledger, []*site.Site{d.site}, d.lake, job.Formats{Objects: edge.Options{Format: edge.CloudFront, Now: time.Now}})
	for _, name := range files {
		file, err := os.Open(name)
		require.NoError(d.t, err)
		_, err = labeler.File(d.t.Context(), name, file, time.Now(), nil)
		require.NoError(d.t, err)
		require.NoError(d.t, file.Close())
		require.NoError(d.t, os.Remove(name))
	}
}

// verify makes a visit. Time passes while it waits, and logs are labelled in the pause
// with a number, counted from 1; never if that is 0.
func (d *deployed) verify(labelled int, visit Visit) (*Report, []Step) {
	page, err := url.Parse(d.server.URL + "/lokales/muehlenwehr-wird-erneuert#top")
	require.NoError(d.t, err)
	visit.Page, visit.Site = page, d.site
	pause := func(_ context.Context, wait time.Duration) error {
		d.passed += wait
		if d.pauses++; d.pauses == labelled {
			d.label()
		}
		return nil
	}
	var told []Step
	report, err := New(Client(time.Minute), d.ledger, d.now, pause, rand.Reader).Run(d.t.Context(), visit, func(s Step) { told = append(told, s) })
	require.NoError(d.t, err)
	return report, told
}

func states(steps []Step) map[string]State {
	all := map[string]State{}
	for _, s := range steps {
		all[s.Name] = s.State
	}
	return all
}

func says(r *Report, step string) string {
	for _, s := range r.Steps {
		if s.Name == step {
			return s.Says
		}
	}
	return ""
}

// TestVerify: all there is works, and the log's line comes in the third pause.
func TestVerify(t *testing.T) {
	d := deploy(t, parts{})
	report, told := d.verify(3, Visit{Wait: time.Hour, Tables: d.lake})
	assert.Equal(t, map[string]State{"page": OK, "edge hint": OK, "script": OK, "collect": OK, "record": OK, "log line": OK, "tables": Open}, states(report.Steps))
	assert.Equal(t, Open, report.State())
	assert.Contains(t, says(report, "edge hint"), "as the answer's X-Amz-Cf-Id")
	assert.Equal(t, "after 45s the line is there under the edge's id: one record, seen by log and beacon", says(report, "log line"))
	assert.Contains(t, told, Step{"log line", Waiting, "waited 30s of 1h0m0s at most"})
	assert.Contains(t, report.Left, "one record, which expires after 12 days")

	// What was kept is one visit of the campaign, by two doors.
	id, ok := record.ParseID(report.Record)
	require.True(t, ok)
	rec, err := d.ledger.Find(t.Context(), siteName, id)
	require.NoError(t, err)
	visit := rec.Visit()
	label := darksocial.Resolve(&visit.Facts)
	assert.Equal(t, darksocial.KindVisit, label.Kind)
	assert.Equal(t, darksocial.TagValues{Source: campaign, Medium: "verify", Name: report.Mark}, visit.Facts.Campaign)

	// And the tables of the day are there after a roll-up.
	_, err = job.NewRoller(d.ledger, []*site.Site{d.site}, d.lake, parquetfile.WriteRows, time.Now).Due(t.Context())
	require.NoError(t, err)
	again, _ := d.verify(0, Visit{Wait: time.Hour, Tables: d.lake, Again: report.Hint})
	assert.Equal(t, map[string]State{"record": OK, "log line": OK, "tables": OK}, states(again.Steps))
	assert.Equal(t, OK, again.State())
	assert.Equal(t, "nothing: nothing was sent", again.Left)
}

func TestVerifyLater(t *testing.T) {
	d := deploy(t, parts{})
	report, _ := d.verify(0, Visit{Wait: time.Minute})
	assert.Equal(t, Open, report.State())
	assert.Contains(t, says(report, "log line"), "no line within 1m0s")
	d.label()
	again, _ := d.verify(0, Visit{Wait: time.Minute, Again: report.Hint})
	assert.Equal(t, OK, again.State())

	report, _ = d.verify(0, Visit{})
	assert.Equal(t, OK, report.State(), "logs are no door")
	assert.Equal(t, Skipped, states(report.Steps)["log line"])
}

// another is an edge whose id is not the log's.
type another struct{ ours front.ViewerResponse }

func (a another) ViewerResponse(c edgefunction.Context, r *http.Request, status int, header http.Header) (http.Header, error) {
	c.RequestID = "of-its-own-" + c.RequestID
	return a.ours.ViewerResponse(c, r, status, header)
}

// silent is an edge without a function.
type silent struct{}

func (silent) ViewerResponse(_ edgefunction.Context, _ *http.Request, _ int, header http.Header) (http.Header, error) {
	return header, nil
}

func TestVerifyFails(t *testing.T) {
	response, err := edgefunction.Load("viewer-response.js", functions.ViewerResponse)
	require.NoError(t, err)
	answer := func(status int, header ...string) func(http.Handler) http.Handler {
		return func(http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				for i := 0; i < len(header); i += 2 {
					w.Header().Set(header[i], header[i+1])
				}
				w.WriteHeader(status)
			})
		}
	}
	for _, tt := range []struct {
		name  string
		parts parts
		step  string
		want  string
	}{
		{"the ids do not agree", parts{pages: another{response}}, "log line", "not the same"},
		{"no edge function", parts{pages: silent{}}, "edge hint", "viewer_response_function_arn"},
		{"the page is not there", parts{origin: http.NotFoundHandler()}, "page", "answered 404"},
		{"the behaviours are not there", parts{collect: answer(404, "Content-Type", "text/html")}, "script", "behaviours"},
		{"the distribution may not call the function", parts{collect: answer(403)}, "script", "Both permissions"},
		{"collect refuses", parts{collect: answer(403, "X-DS-Refused", "host")}, "collect", "403: host"},
		{"collect does not keep it", parts{collect: answer(204, "X-DS-Note", "hint_time")}, "collect", "hint_time"},
		{"collect writes elsewhere", parts{collect: answer(204)}, "record", "table_name"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := deploy(t, tt.parts)
			report, _ := d.verify(2, Visit{Wait: time.Minute})
			assert.Equal(t, Failed, report.State())
			assert.Equal(t, Failed, states(report.Steps)[tt.step], report.Steps)
			assert.Contains(t, says(report, tt.step), tt.want)
		})
	}
}

// TestVerifyGone: a site that does not answer cannot be followed.
func TestVerifyGone(t *testing.T) {
	d := deploy(t, parts{})
	page, err := url.Parse(d.server.URL)
	require.NoError(t, err)
	d.server.Close()
	_, err = New(Client(time.Minute), d.ledger, d.now, nil, rand.Reader).Run(t.Context(), Visit{Page: page, Site: d.site}, func(Step) {})
	require.ErrorIs(t, err, errNoHTTP)
	_, err = New(Client(time.Minute), d.ledger, d.now, nil, strings.NewReader("short")).Run(t.Context(), Visit{Page: page, Site: d.site}, func(Step) {})
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	_, err = New(Client(time.Minute), d.ledger, d.now, nil, rand.Reader).Run(t.Context(), Visit{Site: d.site, Again: "1.x"}, func(Step) {})
	require.ErrorIs(t, err, edge.ErrHint)
}

// TestVerifyRedirected: a page that is led to is an arrival, and tags that get lost on
// the way are no trouble.
func TestVerifyRedirected(t *testing.T) {
	demoSite, err := demo.New(func(context.Context, string) (string, error) { return "", nil }, time.Now)
	require.NoError(t, err)
	var once atomic.Bool
	d := deploy(t, parts{origin: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if once.CompareAndSwap(false, true) {
			http.Redirect(w, r, "/", http.StatusFound)
			return
		}
		demoSite.ServeHTTP(w, r)
	})})
	report, _ := d.verify(1, Visit{Wait: time.Minute})
	assert.Equal(t, OK, report.State(), report.Steps)

	round := deploy(t, parts{origin: http.RedirectHandler("/round", http.StatusFound)})
	page, err := url.Parse(round.server.URL)
	require.NoError(t, err)
	_, err = New(Client(time.Minute), round.ledger, round.now, nil, rand.Reader).Run(t.Context(), Visit{Page: page, Site: round.site}, func(Step) {})
	require.ErrorContains(t, err, "more than 10 redirections")
}
