package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/edge"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/parquetfile"
	"darksocial/internal/site"
)

// TestPageKept: what is kept of a page view, and what is counted instead.
func TestPageKept(t *testing.T) {
	t.Run("a visit", func(t *testing.T) {
		w := newRouted(t, originOf(t, html))
		require.Equal(t, 200, w.get("/artikel/moor/?secret=1").StatusCode)
		got := w.keptPage()
		assert.Equal(t, "/artikel/moor", got.Page)
		assert.Equal(t, 200, got.Status)
		assert.Equal(t, noon.Unix(), got.Time)
		assert.Len(t, got.Visitor, 16)
		require.Equal(t, 200, w.get("/artikel/moor/", "X-Ds-Id", "another==").StatusCode)
		for _, r := range w.kept() {
			assert.Equal(t, got.Visitor, r.Seen(record.Route).Visitor, "the same visitor")
		}
		written, filtered := w.counted()
		assert.Equal(t, 2, written)
		assert.Empty(t, filtered)
	})
	for _, tt := range []struct {
		name   string
		origin http.HandlerFunc
		asks   []string
		reason string // "" if it is kept
	}{
		{"no id", html, []string{"X-Ds-Id", ""}, "no_id"},
		{"an id that is none", html, []string{"X-Ds-Id", "a b"}, "no_id"},
		{"no id, objecting", html, []string{"X-Ds-Id", "", "Dnt", "1"}, "no_id"},
		{"a click inside", html, []string{"Sec-Fetch-Site", "same-origin"}, "internal"},
		{"a bot", html, []string{"User-Agent", "curl/8.0"}, "bot"},
		{"an error page", status(500), nil, "nav.status"},
		{"a redirect", status(302, "Location", "/a"), nil, "nav.status"},
		{"a picture", status(200, "Content-Type", "image/png"), nil, "nav.type"},
		{"asked for by a script", html, []string{"Sec-Fetch-Dest", "empty", "Sec-Fetch-Mode", "cors"}, "nav.dest"},
		{"a preview", html, []string{"User-Agent", "WhatsApp/2.24.13.78 A"}, ""},
		{"fetched ahead", html, []string{"Sec-Purpose", "prefetch"}, ""},
		{"not modified", status(304), nil, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newRouted(t, originOf(t, tt.origin))
			w.get("/artikel/moor", tt.asks...)
			written, filtered := w.counted()
			if tt.reason == "" {
				assert.Equal(t, 1, written)
				assert.Equal(t, "/artikel/moor", w.keptPage().Page)
				return
			}
			assert.Zero(t, written)
			assert.Equal(t, map[string]int{tt.reason: 1}, filtered)
		})
	}
}

// TestOneRecordOfRoute: what the log, the route and the page's script tell of a page
// view is one arrival with what all of them know, in whatever order they come.
func TestOneRecordOfRoute(t *testing.T) {
	for _, order := range [][]string{
		{"route"}, {"log", "route"}, {"route", "log"}, {"route", "beacon"}, {"route", "beacon", "log"}, {"beacon", "log", "route"}, {"log", "route", "beacon", "route"},
	} {
		t.Run(strings.Join(order, ", "), func(t *testing.T) {
			w := newRouted(t, originOf(t, html))
			disk, err := lake.OpenDisk(t.TempDir())
			require.NoError(t, err)
			sites := []*site.Site{w.site}
			roller := job.NewRoller(w.ledger, sites, disk, parquetfile.WriteRows, w.now)
			labeler := job.NewLabeler(w.ledger, sites, disk, job.Formats{Objects: edge.Options{Format: edge.CloudFront, Now: w.now}})
			want := map[string]int64{}
			for _, door := range order {
				outcome := door + " labelled"
				if want[outcome] > 0 {
					outcome = door + " duplicate"
				}
				want[outcome]++
				switch door {
				case "log":
					_, err := labeler.File(ctx, "log", strings.NewReader(logLine()), w.now(), nil)
					require.NoError(t, err)
				case "route":
					require.Equal(t, 200, w.get("/rezepte/kuchen").StatusCode)
				case "beacon":
					r := hitRequest(url.Values{"p": {"/rezepte/kuchen"}})
					r.Header.Set("User-Agent", webView)
					r.Header.Set("X-Requested-With", "com.viber.voip")
					require.Equal(t, 204, w.do(r).StatusCode)
				}
				w.clock.Add(60)
			}
			for _, later := range []time.Duration{13 * time.Hour, 31 * time.Hour} {
				w.clock.Store(noon.Add(later).Unix())
				_, err := roller.Due(ctx)
				require.NoError(t, err)
			}
			assert.Equal(t, []rollup.Arrival{{Page: "/rezepte/kuchen", Channel: "dark_social", Source: "viber", Visibility: "private", Surface: "in_app",
				Confidence: "strong", ByReferrer: "direct", Arrivals: 1}}, table[rollup.Arrival](t, disk, "arrivals"))
			got := map[string]int64{}
			for _, row := range table[rollup.Quality](t, disk, "quality") {
				got[row.Door+" "+row.Outcome] += row.Records
			}
			assert.Equal(t, want, got)
		})
	}
}
