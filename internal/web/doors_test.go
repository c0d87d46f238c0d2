package web_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/edge"
	"darksocial/internal/edge/edgetest"
	"darksocial/internal/edgefunction"
	"darksocial/internal/simulate"
	edgejs "darksocial/terraform/edge"
)

// edgeAndBeacon sends visits through the edge's functions, a page's script and
// collect, the way a browser would.
type edgeAndBeacon struct {
	*world
	request, response *edgefunction.Function
}

func newEdgeAndBeacon(t testing.TB, doors ...string) *edgeAndBeacon {
	request, err := edgefunction.Load("viewer-request.js", edgejs.ViewerRequest)
	require.NoError(t, err)
	response, err := edgefunction.Load("viewer-response.js", edgejs.ViewerResponse)
	require.NoError(t, err)
	return &edgeAndBeacon{newWorld(t, doors...), request, response}
}

func (w *edgeAndBeacon) context(v *darksocial.Visit, id string) edgefunction.Context {
	return edgefunction.Context{RequestID: id, ViewerIP: "192.0.2.7", Now: func() time.Time { return v.Time }}
}

// navigation is the browser's request for the page.
func navigation(v *darksocial.Visit) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Host = v.Host
	r.URL.Path, r.URL.RawPath, r.URL.RawQuery = "/", "", ""
	sends(r, v)
	for name, value := range map[string]string{
		"Referer": v.Referer, "Sec-Fetch-Site": v.Headers.FetchSite, "Sec-Fetch-Mode": v.Headers.FetchMode, "Sec-Fetch-Dest": v.Headers.FetchDest, "Sec-Purpose": v.Headers.Purpose,
	} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
	return r
}

// sends sets what a browser says of itself with every request.
func sends(r *http.Request, v *darksocial.Visit) {
	for name, value := range map[string]string{
		"User-Agent": v.UserAgent, "X-Requested-With": v.Headers.RequestedWith, "Sec-CH-UA": v.Headers.Brands, "Sec-CH-UA-Mobile": v.Headers.Mobile,
		"Sec-CH-UA-Platform": v.Headers.Platform, "Sec-GPC": v.Headers.GPC, "DNT": v.Headers.DNT,
	} {
		if value != "" {
			r.Header.Set(name, value)
		}
	}
}

var hintInHeader = regexp.MustCompile(`^ds;desc="([^"\\]*)"$`)

// hit is what the script in the page asks for, through the edge; nil where it asks
// for nothing.
func (w *edgeAndBeacon) hit(v *darksocial.Visit) *http.Request {
	header, err := w.response.ViewerResponse(w.context(v, v.ID), navigation(v), 200, http.Header{"Content-Type": {"text/html; charset=utf-8"}})
	require.NoError(w.t, err)
	found := hintInHeader.FindStringSubmatch(header.Get("Server-Timing"))
	require.Len(w.t, found, 2, header)
	hint := found[1]

	q := url.Values{"v": {"1"}, "i": {viewID}, "h": {hint}, "p": {v.Path}, "n": {"navigate"}, "a": {"0"}}
	if from := origin(v.Referer); from != "" {
		if said := strings.Split(hint, ".")[3]; from == "https://"+v.Host && said != "none" && said != "cross-site" {
			return nil
		}
		q.Set("r", from)
	}
	if v.Headers.GPC == "1" || v.Headers.DNT == "1" {
		q = url.Values{"v": {"1"}, "o": {"1"}, "q": {strings.Split(hint, ".")[1]}}
	}
	r := httptest.NewRequest(http.MethodGet, "/_ds/hit?"+q.Encode(), nil)
	r.Host = v.Host
	sends(r, v)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Sec-Fetch-Mode", "cors")
	r.Header.Set("Sec-Fetch-Dest", "empty")
	r.Header.Set("Referer", "https://"+v.Host+v.Path+"?"+v.Query)
	r.Header.Set("CloudFront-Viewer-Country", v.Country)
	if r.Header, _, err = w.request.ViewerRequest(w.context(v, "of the hit itself"), r); err != nil {
		require.NoError(w.t, err)
	}
	return r
}

// origin is document.referrer's scheme and host.
func origin(referer string) string {
	scheme, rest, ok := strings.Cut(referer, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return scheme + "://" + host
}

// hasPage reports whether a person's browser came to a page whose script could run.
func hasPage(v *darksocial.Visit, kind darksocial.Kind) bool {
	return v.Status < 400 && v.Method != http.MethodHead && kind != darksocial.KindPreview && kind != darksocial.KindBot && kind != darksocial.KindOther
}

// check sends a visit and compares its label with that of the full headers.
func (w *edgeAndBeacon) check(v *darksocial.Visit) (compared, same bool) {
	classifier := darksocial.New(w.site.Site)
	whole := classifier.Facts(v)
	if v.Path == "" || !hasPage(v, darksocial.Resolve(&whole).Kind) {
		return false, false
	}
	w.clock.Store(v.Time.Unix())
	r := w.hit(v)
	if r == nil {
		assert.Equal(w.t, darksocial.KindInternal, darksocial.Resolve(&whole).Kind, "the script said nothing of %+v", v)
		return false, false
	}
	answer := w.do(r)
	require.Equal(w.t, http.StatusNoContent, answer.StatusCode, "%v %+v", answer.Header, v)
	id := record.NewID(siteName, v.ID)
	got := w.kept()[id]
	require.NotNil(w.t, got, "%v %+v", answer.Header, v)
	if whole.Objection == darksocial.Yes {
		assert.Equal(w.t, darksocial.Facts{Objection: darksocial.Yes}, got.Seen(record.Beacon).Facts)
		return false, false
	}

	// What the script carries of the Referer is its origin. A page that a browser ran
	// was not only fetched ahead.
	carried := *v
	carried.Referer, carried.Headers.FetchMode = origin(v.Referer), ""
	carried.Navigation = darksocial.Navigate
	want := classifier.Facts(&carried)
	want.Ran()
	assert.Equal(w.t, darksocial.Resolve(&want), got.Label(), "%+v", v)
	assert.Equal(w.t, w.site.Page(v.Path), got.Seen(record.Beacon).Page)

	// With the log's line of it, in whatever order, it is one record with the label
	// of the full headers.
	logged := *v
	logged.Headers, logged.Sees = darksocial.Headers{}, darksocial.SeesReferer|darksocial.SeesUserAgent
	line := record.Sighting{ID: id, Door: record.Log, Time: v.Time.Unix(), Page: w.site.Page(v.Path), Facts: classifier.Facts(&logged)}
	var both record.Record
	both.Add(&line)
	both.Add(got.Seen(record.Beacon))
	whole.Ran()
	wholeLabel, bothLabel := darksocial.Resolve(&whole), both.Label()
	assert.Equal(w.t, verdictOf(&wholeLabel), verdictOf(&bothLabel), "%+v", v)
	return true, verdictOf(&wholeLabel) == verdictOf(new(got.Label()))
}

// verdictOf is a label without its evidence: of two doors there may be more.
func verdictOf(l *darksocial.Label) darksocial.Label {
	verdict := *l
	verdict.Evidence = darksocial.Evidence{}
	return verdict
}

// TestVisitTable: edge and script give the label the full headers give, for every
// visit of the table in which a script runs.
func TestVisitTable(t *testing.T) {
	compared, same := 0, 0
	for _, row := range edgetest.Visits {
		t.Run(row.Name, func(t *testing.T) {
			w := newEdgeAndBeacon(t)
			w.site.Hosts = []string{"www.example.com"}
			v := row.Visit
			v.Sees = darksocial.SeesAll
			if was, is := w.check(&v); was {
				compared++
				if is {
					same++
				}
			}
		})
	}
	t.Logf("%d visits of %d have a script that runs and is not objected to; %d labels are those of the full headers", compared, len(edgetest.Visits), same)
	assert.GreaterOrEqual(t, compared, 19)
	assert.Equal(t, compared, same)
}

// TestSimulatedVisits: the same with visits of a made-up site.
func TestSimulatedVisits(t *testing.T) {
	var log bytes.Buffer
	_, err := simulate.Write(&log, simulate.Config{Seed: 5, Date: noon.Truncate(24 * time.Hour), Days: 1, Host: "www.example.com", Views: 400, World: &simulate.Worlds[0], Format: simulate.NDJSON})
	require.NoError(t, err)
	reader, err := edge.NewReader(&log, "simulated", edge.Options{Format: edge.NDJSON})
	require.NoError(t, err)
	compared, same := 0, 0
	var line edge.Line
	for reader.Next(&line) {
		if line.Err != nil {
			continue
		}
		v := line.Visit
		v.Method, v.ContentType = http.MethodGet, "text/html"
		if strings.Contains(v.Path, ".") {
			continue // a picture has no script
		}
		w := newEdgeAndBeacon(t)
		if was, is := w.check(&v); was {
			compared++
			if is {
				same++
			}
		}
	}
	require.NoError(t, reader.Err())
	t.Logf("%d visits, %d with the label of the full headers", compared, same)
	assert.Greater(t, compared, 100)
	assert.Equal(t, compared, same)
}
