package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/web"
)

// TestRefused: what is refused says why, keeps nothing, and is counted.
func TestRefused(t *testing.T) {
	header := func(name string, values ...string) func(*http.Request) {
		return func(r *http.Request) { r.Header[http.CanonicalHeaderKey(name)] = values }
	}
	query := func(name, value string) func(*http.Request) {
		return func(r *http.Request) {
			q := r.URL.Query()
			q.Set(name, value)
			r.URL.RawQuery = q.Encode()
		}
	}
	method := func(m string) func(*http.Request) { return func(r *http.Request) { r.Method = m } }
	path := func(p string) func(*http.Request) {
		return func(r *http.Request) {
			u, err := url.ParseRequestURI(p)
			if err != nil {
				panic(err)
			}
			u.RawQuery = r.URL.RawQuery
			r.URL = u
		}
	}
	for _, tt := range []struct {
		name   string
		change func(*http.Request)
		status int
		reason string
	}{
		{"HEAD", method("HEAD"), 405, "method"},
		{"POST", method("POST"), 405, "method"},
		{"OPTIONS", method("OPTIONS"), 405, "method"},
		{"PUT of me", func(r *http.Request) { method("PUT")(r); path("/_ds/me")(r) }, 405, "method"},
		{"a path nobody answers", path("/_ds/hits"), 404, "path"},
		{"a slash behind", path("/_ds/hit/"), 404, "path"},
		{"two slashes", path("/_ds//hit"), 404, "path"},
		{"dots", path("/_ds/x/../hit"), 404, "path"},
		{"an escaped letter", path("/_ds/%68it%2f"), 404, "path"},
		{"another case", path("/_DS/hit"), 404, "path"},

		{"two hosts of the edge", header("X-Ds-Host", "www.example.com", "evil.example"), 400, "repeated"},
		{"two addresses", header("X-Ds-Ip", "192.0.2.7", "192.0.2.8"), 400, "repeated"},
		{"two ids", header("X-Ds-Id", "a", "b"), 400, "repeated"},
		{"hosts in a list", header("X-Ds-Host", "www.example.com,evil.example"), 403, "host"},
		{"a host of no site", header("X-Ds-Host", "example.org"), 403, "host"},
		{"a host that ends like ours", header("X-Ds-Host", "notexample.com"), 403, "host"},
		{"no host of the edge", func(r *http.Request) { r.Header.Del("X-Ds-Host"); r.Host = "www.example.com" }, 403, "host"},
		{"a body", func(r *http.Request) { r.Body, r.ContentLength = http.NoBody, 3 }, 400, "body"},
		{"a body in pieces", func(r *http.Request) { r.ContentLength = -1 }, 400, "body"},

		{"another site's page", header("Sec-Fetch-Site", "cross-site"), 403, "cross_site"},
		{"a word no browser says", header("Sec-Fetch-Site", "SAME-ORIGIN"), 403, "cross_site"},
		{"typed", header("Sec-Fetch-Site", "none"), 403, "no_page"},
		{"opened as a page", header("Sec-Fetch-Dest", "document"), 403, "no_page"},
		{"loaded as a script", header("Sec-Fetch-Dest", "script"), 403, "no_page"},
		{"another site's Origin", header("Origin", "https://evil.example"), 403, "cross_site"},
		{"Origin null", header("Origin", "null"), 403, "cross_site"},
		{"an Origin that ends like ours", header("Origin", "https://notexample.com"), 403, "cross_site"},
		{"another site's Referer", header("Referer", "https://evil.example/www.example.com"), 403, "cross_site"},
		{"our host as somebody's user", header("Referer", "https://www.example.com@evil.example/"), 403, "cross_site"},
		{"a Referer that is none", header("Referer", "www.example.com"), 403, "cross_site"},
		{"nothing says where it is from", func(r *http.Request) {
			for _, name := range []string{"Sec-Fetch-Site", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Referer"} {
				r.Header.Del(name)
			}
		}, 403, "no_page"},

		{"no version", query("v", ""), 400, "version"},
		{"a version of tomorrow", query("v", "2"), 400, "version"},
		{"a query that is none", func(r *http.Request) { r.URL.RawQuery += "&p=%zz" }, 400, "query"},
		{"a semicolon", func(r *http.Request) { r.URL.RawQuery += ";v=2" }, 400, "query"},
		{"a long query", query("x", strings.Repeat("x", 5000)), 414, "length"},
		{"many parameters", func(r *http.Request) { r.URL.RawQuery += strings.Repeat("&x=1", 30) }, 414, "length"},
		{"no id", query("i", ""), 400, "id"},
		{"a short id", query("i", "0123"), 400, "id"},
		{"an id with a name in it", query("i", "me@example.com0123456789"), 400, "id"},
		{"a request id that is none", func(r *http.Request) { query("o", "1")(r); query("q", "a b")(r) }, 400, "id"},
		{"no page", query("p", ""), 400, "page"},
		{"another site's page as a path", query("p", "https://evil.example/"), 400, "page"},
		{"a page with a line feed", query("p", "/a\nb"), 400, "page"},
		{"a page with a zero", query("p", "/a\x00b"), 400, "page"},
		{"a long page", query("p", "/"+strings.Repeat("a", 3000)), 400, "page"},
		{"a long referrer", query("r", "https://"+strings.Repeat("a", 400)+".example"), 400, "referrer"},
		{"a referrer with a tab", query("r", "https://a\tb.example"), 400, "referrer"},
		{"a navigation no browser makes", query("n", "teleport"), 400, "navigation"},
		{"a negative age", query("a", "-1"), 400, "age"},
		{"an absurd age", query("a", "1e9"), 400, "age"},
		{"an age of years", query("a", "99999999"), 400, "age"},
		{"an age of 2100", query("a", "4102444800"), 400, "age"},
		{"an age of more than six hours", query("a", "21601"), 400, "age"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			r := hitRequest(nil)
			tt.change(r)
			answer := w.do(r)
			assert.Equal(t, tt.status, answer.StatusCode)
			assert.Equal(t, tt.reason, answer.Header.Get("X-DS-Refused"))
			assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
			assert.Equal(t, tt.status == 405, answer.Header.Get("Allow") != "")
			assert.Empty(t, answer.Header.Get("Location"))
			assert.Empty(t, w.kept())
			_, filtered := w.counted()
			assert.Equal(t, map[string]int{"refused." + tt.reason: 1}, filtered)
		})
	}
}

// TestKept: what becomes of a hit that is none of the above.
func TestKept(t *testing.T) {
	byRequest, byView := record.NewID(siteName, requestID), record.ViewID(siteName, viewID)
	for _, tt := range []struct {
		name   string
		change url.Values
		doors  string // that count; "" is all
		at     time.Time
		id     record.ID // zero if nothing is kept
		time   time.Time
		note   string
	}{
		{"as usual", nil, "", noon, byRequest, noon, ""},
		{"told an hour later, after consent", url.Values{"a": {"3600"}}, "", noon.Add(time.Hour), byRequest, noon, ""},
		{"the edge's clock is a minute ahead", url.Values{"h": {hint(noon.Add(time.Minute), "none")}}, "", noon, byRequest, noon.Add(time.Minute), ""},
		{"the edge alone counts, no logs", nil, "beacon", noon, byRequest, noon, ""},

		{"no hint, logs count", url.Values{"h": {"-"}}, "", noon, record.ID{}, noon, "no_hint"},
		{"no hint, only the script counts", url.Values{"h": {"-"}, "a": {"90"}}, "beacon", noon, byView, noon.Add(-90 * time.Second), ""},
		{"out of the browser's cache", url.Values{"h": {"-"}, "c": {"1"}}, "", noon, byView, noon.Add(-time.Second), ""},
		{"out of the browser's cache, gone back to", url.Values{"h": {"-"}, "c": {"1"}, "n": {"back_forward"}}, "", noon, record.ID{}, noon, "no_hint"},
		{"gone back to, only the script counts", url.Values{"h": {"-"}, "c": {"1"}, "n": {"back_forward"}}, "beacon", noon, record.ID{}, noon, "internal"},
		{"loaded again, only the script counts", url.Values{"n": {"reload"}}, "beacon", noon, record.ID{}, noon, "internal"},
		{"loaded again, logs count: they must be told", url.Values{"n": {"reload"}}, "", noon, byRequest, noon, ""},
		{"a click inside, prerendered", url.Values{"h": {"1." + requestID + "." + fmt.Sprint(noon.Unix()) + ".none.document.prefetch;prerender.0"}, "r": {"https://www.example.com"}}, "beacon", noon, record.ID{}, noon, "internal"},

		{"a forged hint", url.Values{"h": {"1.<script>.1.none.document..0"}}, "", noon, record.ID{}, noon, "hint"},
		{"a forged hint, only the script counts", url.Values{"h": {"nonsense"}}, "beacon", noon, byView, noon.Add(-time.Second), "hint"},
		{"an oversized hint", url.Values{"h": {"1." + strings.Repeat("a", 400) + ".1.none.document..0"}}, "", noon, record.ID{}, noon, "hint"},
		{"a hint of tomorrow's version", url.Values{"h": {"2.x"}}, "", noon, record.ID{}, noon, "hint_version"},
		{"a hint of 2100", url.Values{"h": {hint(time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), "none")}}, "", noon, record.ID{}, noon, "hint_time"},
		{"a hint of 1970", url.Values{"h": {hint(time.Unix(0, 0), "none")}}, "", noon, record.ID{}, noon, "hint_time"},
		{"a hint of yesterday", url.Values{"h": {hint(noon.Add(-24*time.Hour), "none")}}, "", noon, record.ID{}, noon, "hint_time"},
		{"a hint of an hour ago, and the page was opened just now: out of Safari's cache", url.Values{"h": {hint(noon.Add(-time.Hour), "none")}}, "", noon, record.ID{}, noon, "hint_time"},
		{"rendered ten minutes before it was shown", url.Values{"h": {hint(noon.Add(-10*time.Minute), "none")}}, "", noon, byRequest, noon.Add(-10 * time.Minute), ""},
		{"asked for by the site's service worker", url.Values{"h": {"1." + requestID + "." + fmt.Sprint(noon.Unix()) + ".same-origin.empty..0"}}, "beacon", noon, byRequest, noon, ""},
		{"a hint of yesterday, only the script counts", url.Values{"h": {hint(noon.Add(-24*time.Hour), "none")}}, "beacon", noon, byView, noon.Add(-time.Second), "hint_time"},
		{"a forged hint is no cached page", url.Values{"h": {"x"}, "c": {"1"}}, "", noon, record.ID{}, noon, "hint"},

		{"without script", url.Values{"n": {"noscript"}, "i": {"-"}, "h": {"-"}, "p": {"-"}}, "", noon, record.ID{}, noon, "no_script"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			if tt.doors != "" {
				w = newWorld(t, tt.doors)
			}
			w.clock.Store(tt.at.Unix())
			for range 3 { // sent again, it is the same
				answer := w.do(hitRequest(tt.change))
				require.Equal(t, 204, answer.StatusCode, answer.Header)
				assert.Equal(t, tt.note, answer.Header.Get("X-DS-Note"))
				assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
			}
			kept := w.kept()
			written, filtered := w.counted()
			if tt.id == (record.ID{}) {
				assert.Empty(t, kept)
				assert.Zero(t, written)
				assert.Len(t, filtered, 1)
				return
			}
			require.Len(t, kept, 1)
			require.Contains(t, kept, tt.id)
			s := kept[tt.id].Seen(record.Beacon)
			assert.Equal(t, tt.time.Unix(), s.Time)
			assert.Equal(t, "/artikel/moor", s.Page)
			assert.Equal(t, "a", s.Facts.Campaign.Source)
			assert.Equal(t, "DE", s.Facts.Country)
			assert.Equal(t, darksocial.No, s.Facts.Objection)
			assert.Len(t, s.Visitor, 16)
			assert.Equal(t, 3, written)
			assert.Empty(t, filtered)
		})
	}
}

// TestObjecting: of a browser that objects nothing is kept but which request it was
// of, whichever way it says so and whatever else it sends.
func TestObjecting(t *testing.T) {
	byRequest, byView := record.NewID(siteName, requestID), record.ViewID(siteName, viewID)
	only := url.Values{"h": {"-"}, "p": {"-"}, "n": {"-"}, "a": {"-"}, "o": {"1"}}
	with := func(more url.Values) url.Values {
		all := url.Values{}
		for name, v := range only {
			all[name] = v
		}
		for name, v := range more {
			all[name] = v
		}
		return all
	}
	for _, tt := range []struct {
		name   string
		change url.Values
		header [2]string
		doors  string
		id     record.ID
	}{
		{"as the script says it", with(url.Values{"q": {requestID}, "i": {"-"}}), [2]string{}, "", byRequest},
		{"without a hint", only, [2]string{}, "beacon", byView},
		{"without a hint, logs count", only, [2]string{}, "", record.ID{}},
		{"a script that does not know", nil, [2]string{"Sec-GPC", "1"}, "", byRequest},
		{"Do Not Track", nil, [2]string{"DNT", "1"}, "", byRequest},
		{"opted out", nil, [2]string{"Cookie", "a=b; ds_off=1"}, "", byRequest},
		{"the edge saw it", url.Values{"h": {strings.TrimSuffix(hint(noon, "none"), "0") + "1"}}, [2]string{}, "", byRequest},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			if tt.doors != "" {
				w = newWorld(t, tt.doors)
			}
			r := hitRequest(tt.change)
			if tt.header[0] != "" {
				r.Header.Set(tt.header[0], tt.header[1])
			}
			require.Equal(t, 204, w.do(r).StatusCode)
			kept := w.kept()
			if tt.id == (record.ID{}) {
				assert.Empty(t, kept)
				return
			}
			require.Contains(t, kept, tt.id)
			s := kept[tt.id].Seen(record.Beacon)
			assert.Equal(t, &record.Sighting{ID: tt.id, Door: record.Beacon, Time: noon.Unix(), Rules: darksocial.Version(), Facts: darksocial.Facts{Objection: darksocial.Yes}}, s)
		})
	}
}

// TestHeavyHeaders: what is heavy is cut, and costs nothing else.
func TestHeavyHeaders(t *testing.T) {
	w := newWorld(t)
	r := hitRequest(nil)
	r.Header.Set("User-Agent", iPhone+strings.Repeat(" x", 4096))
	r.Header.Set("X-Requested-With", strings.Repeat("x", 8192))
	for i := range 200 {
		r.Header.Set(fmt.Sprintf("X-Padding-%d", i), strings.Repeat("y", 40))
	}
	require.Equal(t, 204, w.do(r).StatusCode)
	s := w.kept()[record.NewID(siteName, requestID)].Seen(record.Beacon)
	assert.Equal(t, "iOS", s.Facts.OS)
	assert.Less(t, len(record.AppendSighting(nil, s)), 1000)
}

// TestSmuggling: shapes of a request by which two servers may disagree about where it
// ends are refused by the server, before the handler sees them.
func TestSmuggling(t *testing.T) {
	w := newWorld(t)
	server := httptest.NewServer(w.collect)
	t.Cleanup(server.Close)
	hit := hitRequest(nil)
	for _, tt := range []struct{ name, headers, body string }{
		{"length and pieces", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nGET /_ds/hit?v=1 HTTP/1.1\r\n\r\n"},
		{"two lengths", "Content-Length: 3\r\nContent-Length: 4\r\n", "abcd"},
		{"odd encoding", "Transfer-Encoding: xchunked\r\n", ""},
		{"space before the colon", "X-Ds-Host : www.example.com\r\n", ""},
		{"a header over two lines", "X-Ds-Host: www.example.com\r\n evil.example\r\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status := rawStatus(t, server.Listener.Addr().String(), "GET "+hit.URL.RequestURI()+" HTTP/1.1\r\nHost: x\r\n"+tt.headers+"\r\n"+tt.body)
			assert.Contains(t, []int{400, 403, 501}, status)
		})
	}
	assert.Empty(t, w.kept())
}

func TestOnlyCDN(t *testing.T) {
	w := newWorld(t)
	guarded := web.OnlyCDN([]string{"new-secret", "old-secret", ""}, w.collect)
	for _, tt := range []struct {
		secret string
		want   int
	}{{"new-secret", 204}, {"old-secret", 204}, {"", 403}, {"new-secre", 403}, {"new-secret ", 403}, {"NEW-SECRET", 403}} {
		r := hitRequest(nil)
		if tt.secret != "" {
			r.Header.Set("X-Ds-Secret", tt.secret)
		}
		answer := httptest.NewRecorder()
		guarded.ServeHTTP(answer, r)
		assert.Equal(t, tt.want, answer.Code, tt.secret)
		if tt.want == 403 {
			assert.Equal(t, "not_cdn", answer.Header().Get("X-DS-Refused"))
		}
	}
}

// TestScript: cached for an hour under its name, for ever under its content's.
func TestScript(t *testing.T) {
	w := newWorld(t)
	for path, cached := range map[string]string{"/_ds/ds.js": "public, max-age=3600", "/_ds/read.js": "public, max-age=3600", "/_ds/share.js": "public, max-age=3600", web.ScriptPath(): "public, max-age=31536000, immutable"} {
		r := httptest.NewRequest("GET", path, nil)
		answer := w.do(r)
		assert.Equal(t, 200, answer.StatusCode)
		assert.Equal(t, cached, answer.Header.Get("Cache-Control"))
		assert.Equal(t, "text/javascript; charset=utf-8", answer.Header.Get("Content-Type"))
		r.Header.Set("If-None-Match", answer.Header.Get("ETag"))
		assert.Equal(t, 304, w.do(r).StatusCode)
	}
	for _, path := range []string{"/_ds/ds.000000000000.js", "/_ds/ds", "/_ds/ds.", "/_ds/.js", "/_ds/me.html", "/_ds/read.js.js", "/_ds/ds.js/"} {
		assert.Equal(t, 404, w.do(httptest.NewRequest("GET", path, nil)).StatusCode, path)
	}
}
