package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/edge/edgetest"
)

// TestTellPage: the page is told the label where no cache for many may keep the
// answer, and nothing else of the answer is changed.
func TestTellPage(t *testing.T) {
	const viber = `ds-label;desc="dark_social.viber.private"`
	for _, tt := range []struct {
		name    string
		headers []string
		told    bool
	}{
		{"no-store", []string{"Cache-Control", "no-store"}, true},
		{"private", []string{"Cache-Control", "private"}, true},
		{"private for a while", []string{"Cache-Control", "private, max-age=60"}, true},
		{"written oddly", []string{"Cache-Control", ",, max-age=0 ,PRIVATE,"}, true},
		{"in two lines", []string{"Cache-Control", "max-age=60", "Cache-Control", "Private"}, true},
		{"private with a cookie", []string{"Cache-Control", "private", "Set-Cookie", "a=1"}, true},
		{"private, and it varies", []string{"Cache-Control", "private", "Vary", "Cookie"}, true},

		{"nothing said", nil, false},
		{"a cookie alone", []string{"Set-Cookie", "a=1"}, false},
		{"expired", []string{"Expires", "0"}, false},
		{"it varies in everything", []string{"Vary", "*"}, false},
		{"for a while", []string{"Cache-Control", "max-age=60"}, false},
		{"for no time", []string{"Cache-Control", "max-age=0, must-revalidate"}, false},
		{"to be asked for again", []string{"Cache-Control", "no-cache"}, false},
		{"public", []string{"Cache-Control", "public"}, false},
		{"public and private", []string{"Cache-Control", "public, private"}, false},
		{"shared for a while and private", []string{"Cache-Control", "private, s-maxage=60"}, false},
		{"a header is private", []string{"Cache-Control", `private="x-name", max-age=60`}, false},
		{"a quote is missing", []string{"Cache-Control", `private="x-name, no-store`}, false},
		{"words like them", []string{"Cache-Control", "no-storey, privately"}, false},
		{"for CDNs alone", []string{"Cache-Control", "no-store", "CDN-Cache-Control", "max-age=60"}, false},
		{"for one CDN alone", []string{"Cache-Control", "no-store", "Example-CDN-Cache-Control", "max-age=60"}, false},
		{"for surrogates", []string{"Cache-Control", "private", "Surrogate-Control", "max-age=60"}, false},
		{"for Akamai", []string{"Cache-Control", "private", "Edge-Control", "max-age=60"}, false},
		{"for nginx", []string{"Cache-Control", "private", "X-Accel-Expires", "60"}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sent := make(chan http.Header, 1)
			w := newRouted(t, originOf(t, func(answer http.ResponseWriter, r *http.Request) {
				assert.Equal(t, "viber", r.Header.Get("X-Ds-Source"), "the origin is told in any case")
				header(append([]string{"Server-Timing", "db;dur=1"}, tt.headers...)...)(answer, r)
				sent <- answer.Header().Clone()
			}))
			answer := w.get("/artikel/moor")
			want := <-sent
			if tt.told {
				want.Add("Server-Timing", viber)
			}
			for _, name := range []string{"Date", "Content-Length"} {
				answer.Header.Del(name) // the origin's server adds them
			}
			assert.Equal(t, want, answer.Header)
		})
	}
}

// TestToldToNobody: what comes from nowhere has no label, and an error page none any more.
func TestToldToNobody(t *testing.T) {
	for _, tt := range []struct {
		name     string
		origin   http.HandlerFunc
		asks     []string
		toOrigin http.Header
		toPage   string
	}{
		{"a click inside the site", nil, []string{"Sec-Fetch-Site", "same-origin"}, http.Header{"X-Ds-Kind": {"internal"}}, ""},
		{"a bot", nil, []string{"User-Agent", "curl/8.0"}, http.Header{"X-Ds-Kind": {"bot"}}, ""},
		{"a preview", nil, []string{"User-Agent", "WhatsApp/2.24.13.78 A", "X-Requested-With", "", "Sec-Fetch-Site", "", "Sec-Fetch-Mode", "", "Sec-Fetch-Dest", ""},
			http.Header{"X-Ds-Kind": {"preview"}, "X-Ds-Channel": {"dark_social"}, "X-Ds-Source": {"whatsapp"}, "X-Ds-Visibility": {"private"}, "X-Ds-Confidence": {"certain"}}, `ds-label;desc="dark_social.whatsapp.private"`},
		{"an unlisted site", nil, []string{"Referer", "https://evil.example/"}, http.Header{"X-Ds-Kind": {"visit"}, "X-Ds-Channel": {"referral"}, "X-Ds-Visibility": {"unknown"}, "X-Ds-Confidence": {"strong"}}, `ds-label;desc="referral..unknown"`},
		{"a source with a dot", nil, []string{"Referer", "https://navigator.web.de/"}, http.Header{"X-Ds-Kind": {"visit"}, "X-Ds-Channel": {"email"}, "X-Ds-Source": {"web.de"}, "X-Ds-Visibility": {"private"}, "X-Ds-Confidence": {"strong"}}, `ds-label;desc="email.web.de.private"`},
		{"an error page", status(404, "Content-Type", "text/html", "Cache-Control", "no-store"), nil,
			http.Header{"X-Ds-Kind": {"visit"}, "X-Ds-Channel": {"dark_social"}, "X-Ds-Source": {"viber"}, "X-Ds-Visibility": {"private"}, "X-Ds-Confidence": {"strong"}}, ""},
		{"by Global Privacy Control", nil, []string{"Sec-Gpc", "1"}, http.Header{}, ""},
		{"by Do Not Track", nil, []string{"Dnt", "1"}, http.Header{}, ""},
		{"by the site's opt-out", nil, []string{"Cookie", "a=b; ds_off=1"}, http.Header{}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			seen := make(chan http.Header, 1)
			w := newRouted(t, originOf(t, func(answer http.ResponseWriter, r *http.Request) {
				seen <- r.Header
				if tt.origin == nil {
					tt.origin = header("Cache-Control", "private")
				}
				tt.origin(answer, r)
			}))
			answer := w.get("/artikel/moor", tt.asks...)
			told := http.Header{}
			for name, values := range <-seen {
				if strings.HasPrefix(name, "X-Ds-") {
					told[name] = values
				}
			}
			assert.Equal(t, tt.toOrigin, told)
			assert.Equal(t, tt.toPage, answer.Header.Get("Server-Timing"))
		})
	}
}

// TestObjectingPage: of a browser that objects nothing is kept but that there was an
// arrival, and nothing at all of what is none.
func TestObjectingPage(t *testing.T) {
	w := newRouted(t, originOf(t, html))
	require.Equal(t, 200, w.get("/artikel/moor", "Sec-Gpc", "1", "Referer", "https://web.whatsapp.com/").StatusCode)
	got := w.keptPage()
	assert.NotZero(t, got.Rules)
	got.Rules = ""
	assert.Equal(t, &record.Sighting{ID: record.NewID(siteName, requestID), Door: record.Route, Time: noon.Unix(), Facts: darksocial.Facts{Objection: darksocial.Yes}}, got)

	require.Equal(t, 200, w.get("/artikel/moor", "Sec-Gpc", "1", "Sec-Fetch-Site", "same-origin", "X-Ds-Id", "another==").StatusCode)
	written, filtered := w.counted()
	assert.Equal(t, 1, written)
	assert.Equal(t, map[string]int{"internal": 1}, filtered)
}

// routeVisit is a visit as it comes to the function.
func routeVisit(t *testing.T, v *darksocial.Visit) *http.Request {
	r := navigation(v)
	target := v.Path
	if v.Query != "" {
		target += "?" + v.Query
	}
	u, err := url.ParseRequestURI(target)
	require.NoError(t, err)
	r.URL, r.Method = u, v.Method
	r.Header.Set("X-Ds-Host", v.Host)
	r.Header.Set("X-Ds-Ip", "192.0.2.7")
	r.Header.Set("X-Ds-Id", v.ID)
	r.Header.Set("CloudFront-Viewer-Country", v.Country)
	return r
}

// TestRouteTable: every visit of the table has the label of the full headers, is told
// it, and is kept under the CDN's id or counted by the reason for which a log counts it.
func TestRouteTable(t *testing.T) {
	kept, objecting, left := 0, 0, 0
	for _, row := range edgetest.Visits {
		t.Run(row.Name, func(t *testing.T) {
			var told http.Header
			w := newRouted(t, originOf(t, func(answer http.ResponseWriter, r *http.Request) {
				told = r.Header
				answer.Header().Set("Content-Type", row.ContentType+"; charset=utf-8")
				answer.Header().Set("Cache-Control", "no-store")
				answer.WriteHeader(row.Status)
			}))
			w.site.Hosts, w.site.RoutedPaths = []string{"www.example.com"}, []string{"/", "/*/**"} // more than an owner may name
			w.clock.Store(row.Time.Unix())
			v := row.Visit
			classifier := darksocial.New(w.site.Site)
			want := classifier.Facts(&v)
			label := darksocial.Resolve(&want)

			answer := httptest.NewRecorder()
			w.route(w.pages).ServeHTTP(answer, routeVisit(t, &v))
			require.Equal(t, row.Status, answer.Code, answer.Header())
			id := record.NewID(siteName, v.ID)
			written, filtered := w.counted()
			switch {
			case want.Objection == darksocial.Yes:
				objecting++
				assert.Empty(t, told.Values("X-Ds-Kind"))
				assert.Empty(t, answer.Header().Values("Server-Timing"))
				require.Contains(t, w.kept(), id)
				assert.Equal(t, darksocial.Facts{Objection: darksocial.Yes}, w.kept()[id].Seen(record.Route).Facts)
				return
			case label.Kind == darksocial.KindOther, label.Kind == darksocial.KindBot, label.Kind == darksocial.KindInternal:
				left++
				reason := label.Kind.String()
				if label.Kind == darksocial.KindOther {
					reason = darksocial.RuleOf(label.Evidence.At(0)).ID
				}
				assert.Zero(t, written)
				assert.Equal(t, map[string]int{reason: 1}, filtered)
			default:
				kept++
				require.Contains(t, w.kept(), id)
				got := w.kept()[id].Seen(record.Route)
				assert.NotEmpty(t, got.Visitor)
				got.Visitor = ""
				assert.Equal(t, &record.Sighting{ID: id, Door: record.Route, Time: v.Time.Unix(), Page: w.site.Page(v.Path), Status: v.Status, Rules: darksocial.Version(), Facts: want}, got)
				assert.Equal(t, label, w.kept()[id].Label())
			}
			before := v
			before.Status, before.ContentType = 0, ""
			early := classifier.Classify(&before)
			assert.Equal(t, early.Kind.String(), told.Get("X-Ds-Kind"))
			assert.Equal(t, early.Channel.String(), told.Get("X-Ds-Channel"))
			if label.Channel == darksocial.ChannelNone {
				assert.Empty(t, answer.Header().Values("Server-Timing"))
			} else {
				assert.Contains(t, answer.Header().Get("Server-Timing"), `ds-label;desc="`+label.Channel.String()+".")
			}
		})
	}
	t.Logf("of %d visits %d are kept with the label of the full headers, %d object, %d are no arrivals", len(edgetest.Visits), kept, objecting, left)
	assert.Positive(t, kept)
	assert.Positive(t, objecting)
	assert.Positive(t, left)
}
