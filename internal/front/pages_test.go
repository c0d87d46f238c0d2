package front

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/edgefunction"
)

// TestHint: every answer has a hint of its own, from the cache or not, with the id
// the log has.
func TestHint(t *testing.T) {
	w := newWorld(t, Options{})
	w.origin = text("<p>page", "Cache-Control", "max-age=60", "ETag", `"1"`, "Server-Timing", "db;dur=1")
	hint := func(n int, site string) []string {
		return []string{fmt.Sprintf(`db;dur=1, ds;desc="1.%s.%d.%s.document..0"`, id(n), w.now().Unix(), site)}
	}
	for i, site := range []string{"cross-site", "none", "same-origin"} {
		answer := w.get("/article", "Sec-Fetch-Site", site, "Sec-Fetch-Dest", "document")
		assert.Equal(t, hint(i+1, site), answer.Header()["Server-Timing"])
		assert.Equal(t, id(i+1), answer.Header().Get("X-Amz-Cf-Id"))
		w.pass(time.Second)
	}
	answer := w.send(http.MethodHead, "/article", "", "Sec-Fetch-Site", "none", "Sec-Fetch-Dest", "document")
	assert.Equal(t, hint(4, "none"), answer.Header()["Server-Timing"])
	assert.Equal(t, "Hit from darksocial", answer.Header().Get("X-Cache"))
	for i, visit := range w.logged() {
		assert.Equal(t, id(i+1), visit.ID)
	}
	require.NoError(t, w.reported())
}

// TestFunctionSeesTheAnswer: it is run on all answers below 400, cached, conditional
// and empty ones too, and on no others.
func TestFunctionSeesTheAnswer(t *testing.T) {
	w := newWorldWith(t, Options{}, Functions{Own: failing{}, Pages: marking{}})
	w.origin = func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Cache-Control", "max-age=60")
		rw.Header().Set("ETag", `"1"`)
		rw.Header().Set("X-Dropped", "1")
		switch r.URL.Path {
		case "/empty":
		case "/moved":
			http.Redirect(rw, r, "/", http.StatusMovedPermanently)
		case "/missing":
			http.NotFound(rw, r)
		case "/twice":
			rw.WriteHeader(http.StatusOK)
			rw.WriteHeader(http.StatusNotFound)
		case "/flushed":
			_ = http.NewResponseController(rw).Flush()
		default:
			fmt.Fprint(rw, "page")
		}
	}
	for _, tt := range []struct {
		path    string
		headers []string
		want    int
	}{
		{"/a", nil, 200}, {"/a", nil, 200}, {"/a", []string{"If-None-Match", `"1"`}, 304}, {"/a", []string{"Range", "bytes=1-2"}, 206},
		{"/empty", nil, 200}, {"/moved", nil, 301}, {"/moved", nil, 301}, {"/missing", nil, 404}, {"/missing", nil, 404},
		{"/twice", nil, 200}, {"/flushed", nil, 200},
	} {
		answer := w.get(tt.path, tt.headers...)
		assert.Equal(t, tt.want, answer.Code, tt.path)
		want := ""
		if tt.want < 400 {
			want = strconv.Itoa(tt.want)
		}
		assert.Equal(t, want, answer.Header().Get("X-Seen"), tt.path)
		assert.Equal(t, tt.want >= 400, answer.Header().Get("X-Dropped") != "", tt.path)
	}
}

// marking is an edge function that says which status it saw, and takes a header away.
type marking struct{ failing }

func (marking) ViewerResponse(c edgefunction.Context, _ *http.Request, status int, header http.Header) (http.Header, error) {
	header.Set("X-Seen", strconv.Itoa(status))
	header.Del("X-Dropped")
	return header, nil
}

func TestWhatIsKept(t *testing.T) {
	inAnHour := noon.Add(time.Hour).Format(http.TimeFormat)
	for _, tt := range []struct {
		name   string
		status int
		answer []string // headers
		asked  []string // headers of both requests
		want   bool
	}{
		{"max-age", 200, []string{"Cache-Control", "max-age=60"}, nil, true},
		{"s-maxage", 200, []string{"Cache-Control", "s-maxage=60, max-age=0"}, nil, true},
		{"s-maxage of nothing", 200, []string{"Cache-Control", "s-maxage=0, max-age=60"}, nil, false},
		{"two headers", 200, []string{"Cache-Control", "public", "Cache-Control", "max-age=60"}, nil, true},
		{"Expires", 200, []string{"Expires", inAnHour, "Date", noon.Format(http.TimeFormat)}, nil, true},
		{"Expires without a date", 200, []string{"Expires", inAnHour}, nil, true},
		{"Expires in the past", 200, []string{"Expires", noon.Add(-time.Second).Format(http.TimeFormat)}, nil, false},
		{"Expires: 0", 200, []string{"Expires", "0"}, nil, false},
		{"nothing said", 200, nil, nil, false},
		{"public, no time", 200, []string{"Cache-Control", "public"}, nil, false},
		{"Last-Modified alone", 200, []string{"Last-Modified", noon.Add(-1000 * time.Hour).Format(http.TimeFormat)}, nil, false},
		{"no-store", 200, []string{"Cache-Control", "no-store, max-age=60"}, nil, false},
		{"no-cache", 200, []string{"Cache-Control", "no-cache, max-age=60"}, nil, false},
		{"private", 200, []string{"Cache-Control", "private, max-age=60"}, nil, false},
		{"private in another header", 200, []string{"Cache-Control", "max-age=60", "Cache-Control", "private"}, nil, false},
		{"a time that is none", 200, []string{"Cache-Control", "max-age=soon"}, nil, false},
		{"a cookie", 200, []string{"Cache-Control", "max-age=60", "Set-Cookie", "a=1"}, nil, false},
		{"varies by everything", 200, []string{"Cache-Control", "max-age=60", "Vary", "*"}, nil, false},
		{"varies by everything and more", 200, []string{"Cache-Control", "max-age=60", "Vary", "Accept-Encoding, *"}, nil, false},
		{"a trailer", 200, []string{"Cache-Control", "max-age=60", "Trailer", "X-Sum"}, nil, false},
		{"old already", 200, []string{"Cache-Control", "max-age=60", "Age", "60"}, nil, false},
		{"not yet old", 200, []string{"Cache-Control", "max-age=60", "Age", "59"}, nil, true},
		{"signed in", 200, []string{"Cache-Control", "max-age=60"}, []string{"Authorization", "Basic eA=="}, false},
		{"signed in, for all", 200, []string{"Cache-Control", "public, max-age=60"}, []string{"Authorization", "Basic eA=="}, true},
		{"viewer wants it anew", 200, []string{"Cache-Control", "max-age=60"}, []string{"Cache-Control", "no-cache", "Pragma", "no-cache"}, true},
		{"viewer wants it not kept", 200, []string{"Cache-Control", "max-age=60"}, []string{"Cache-Control", "no-store"}, true},
		{"with a cookie", 200, []string{"Cache-Control", "max-age=60"}, []string{"Cookie", "a=1"}, true},
		{"a redirect", 301, []string{"Cache-Control", "max-age=60", "Location", "/b"}, nil, true},
		{"not found", 404, []string{"Cache-Control", "max-age=60"}, nil, true},
		{"an error", 500, []string{"Cache-Control", "max-age=60"}, nil, false},
		{"too many requests", 429, []string{"Cache-Control", "max-age=60"}, nil, false},
		{"a part", 206, []string{"Cache-Control", "max-age=60", "Content-Range", "bytes 0-3/9"}, nil, false},
		{"shorter than it says", 200, []string{"Cache-Control", "max-age=60", "Content-Length", "9"}, nil, false},
		{"a length that is none", 200, []string{"Cache-Control", "max-age=60", "Content-Length", "-4"}, nil, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, Options{})
			n := 0
			w.origin = counted(&n, func(rw http.ResponseWriter, _ *http.Request) {
				for i := 0; i < len(tt.answer); i += 2 {
					rw.Header().Add(tt.answer[i], tt.answer[i+1])
				}
				rw.Header().Set("Content-Type", "text/html")
				rw.WriteHeader(tt.status)
				fmt.Fprint(rw, "page")
			})
			first := w.get("/a?b=c", tt.asked...)
			second := w.get("/a?b=c", tt.asked...)
			assert.Equal(t, tt.want, n == 1)
			for _, answer := range []*httptest.ResponseRecorder{first, second} {
				assert.Equal(t, tt.status, answer.Code)
				assert.Equal(t, "page", answer.Body.String())
				assert.Equal(t, "text/html", answer.Header().Get("Content-Type"))
			}
			result := map[bool]string{true: resultHit, false: resultMiss}[tt.want]
			if tt.status >= 400 {
				result = resultError
			}
			assert.Equal(t, result+" from darksocial", second.Header().Get("X-Cache"))
			require.NoError(t, w.reported())
		})
	}
}

// TestKeys: what makes another page of a request.
func TestKeys(t *testing.T) {
	w := newWorld(t, Options{})
	n := 0
	w.origin = counted(&n, func(rw http.ResponseWriter, r *http.Request) {
		text(r.Host+r.URL.RequestURI(), "Cache-Control", "max-age=60")(rw, r)
	})
	for _, url := range []string{"/a", "/a?", "/a?x=1", "/a?x=2", "/b", "/A", "/a/", "//a", "http://b.example/a"} {
		for range 2 {
			answer := w.get(url)
			assert.Equal(t, http.StatusOK, answer.Code)
		}
	}
	assert.Equal(t, 8, n, "one for each, and the last is the first: its Host header counts")

	r := httptest.NewRequest(http.MethodGet, "/a", nil)
	r.Host = "other.example.com"
	answer := httptest.NewRecorder()
	w.front.ServeHTTP(answer, r)
	assert.Equal(t, "other.example.com/a", answer.Body.String())
}

func TestOtherMethodsPass(t *testing.T) {
	w := newWorld(t, Options{})
	w.origin = func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		text(r.Method+" "+string(body), "Cache-Control", "max-age=60")(rw, r)
	}
	w.get("/a")
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		assert.Equal(t, method+" body", w.send(method, "/a", "body").Body.String())
	}
	assert.Equal(t, "GET ", w.get("/a").Body.String())
}

func TestHeadIsNotKept(t *testing.T) {
	w := newWorld(t, Options{})
	n := 0
	w.origin = counted(&n, text("page", "Cache-Control", "max-age=60"))
	w.send(http.MethodHead, "/a", "")
	assert.Equal(t, "page", w.get("/a").Body.String())
	assert.Equal(t, 2, n)
	answer := w.send(http.MethodHead, "/a", "")
	assert.Empty(t, answer.Body.String())
	assert.Equal(t, "4", answer.Header().Get("Content-Length"))
	assert.Equal(t, 2, n)
}

func TestExpiry(t *testing.T) {
	w := newWorld(t, Options{})
	n := 0
	w.origin = counted(&n, text("page", "Cache-Control", "max-age=10, s-maxage=300", "Age", "40"))
	assert.Equal(t, "40", w.get("/a").Header().Get("Age"))
	w.pass(259 * time.Second)
	assert.Equal(t, "299", w.get("/a").Header().Get("Age"))
	assert.Equal(t, 1, n)
	w.pass(time.Second)
	assert.Equal(t, "40", w.get("/a").Header().Get("Age"))
	assert.Equal(t, 2, n)
	assert.Equal(t, "40", w.get("/a").Header().Get("Age"))
	assert.Equal(t, 2, n)
}

func TestVary(t *testing.T) {
	w := newWorld(t, Options{})
	n := 0
	w.origin = counted(&n, func(rw http.ResponseWriter, r *http.Request) {
		text(r.Header.Get("Accept-Language")+r.Header.Get("DNT"), "Cache-Control", "max-age=60", "Vary", "accept-language", "Vary", "DNT, Accept-Language")(rw, r)
	})
	for i, tt := range []struct {
		language, dnt string
		n             int
	}{{"de", "", 1}, {"en", "", 2}, {"de", "", 2}, {"de", "1", 3}, {"en", "", 3}, {"de", "1", 3}} {
		answer := w.get("/a", "Accept-Language", tt.language, "DNT", tt.dnt, "User-Agent", strconv.Itoa(i))
		assert.Equal(t, tt.language+tt.dnt, answer.Body.String())
		assert.Equal(t, tt.n, n)
	}
}

// TestConditions: where the cache has the page it answers conditions and ranges;
// where not, they are the origin's.
func TestConditions(t *testing.T) {
	modified := noon.Add(-time.Hour).Format(http.TimeFormat)
	for _, tt := range []struct {
		name    string
		headers []string
		want    int
		body    string
	}{
		{"same tag", []string{"If-None-Match", `"1"`}, 304, ""},
		{"one of two tags", []string{"If-None-Match", `"0", W/"1"`}, 304, ""},
		{"another tag", []string{"If-None-Match", `"2"`}, 200, "0123456789"},
		{"not modified", []string{"If-Modified-Since", modified}, 304, ""},
		{"modified", []string{"If-Modified-Since", noon.Add(-2 * time.Hour).Format(http.TimeFormat)}, 200, "0123456789"},
		{"another tag, not modified", []string{"If-None-Match", `"2"`, "If-Modified-Since", modified}, 200, "0123456789"},
		{"range", []string{"Range", "bytes=2-4"}, 206, "234"},
		{"range of the tag", []string{"Range", "bytes=-3", "If-Range", `"1"`}, 206, "789"},
		{"range of another tag", []string{"Range", "bytes=2-4", "If-Range", `"2"`}, 200, "0123456789"},
		{"range behind the end", []string{"Range", "bytes=20-"}, 416, "invalid range: failed to overlap\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, Options{})
			n := 0
			w.origin = counted(&n, text("0123456789", "Cache-Control", "max-age=60", "ETag", `"1"`, "Last-Modified", modified))
			w.get("/a")
			answer := w.get("/a", tt.headers...)
			assert.Equal(t, tt.want, answer.Code)
			assert.Equal(t, tt.body, answer.Body.String())
			assert.Equal(t, 1, n)
			if tt.want < 400 {
				assert.Equal(t, "Hit from darksocial", answer.Header().Get("X-Cache"))
			}
			if tt.want == 304 {
				assert.Empty(t, answer.Header().Get("Content-Length"))
				assert.Equal(t, `"1"`, answer.Header().Get("ETag"))
			}
		})
	}
}

// TestConditionsPass: without the page they reach the origin as they were sent.
func TestConditionsPass(t *testing.T) {
	w := newWorld(t, Options{})
	var got http.Header
	w.origin = func(rw http.ResponseWriter, r *http.Request) {
		got = r.Header
		rw.Header().Set("ETag", `"1"`)
		rw.Header().Set("Cache-Control", "max-age=60")
		rw.WriteHeader(http.StatusNotModified)
	}
	for range 2 {
		answer := w.get("/a", "If-None-Match", `"1"`, "Range", "bytes=0-1")
		assert.Equal(t, http.StatusNotModified, answer.Code)
		assert.Equal(t, "Miss from darksocial", answer.Header().Get("X-Cache"), "that nothing changed is no page")
		assert.Equal(t, http.Header{"If-None-Match": {`"1"`}, "Range": {"bytes=0-1"}}, got)
	}
}

// TestEncodedPage: what the origin compressed is kept and sent as it came.
func TestEncodedPage(t *testing.T) {
	w := newWorld(t, Options{})
	w.origin = text("\x1f\x8bzipped", "Cache-Control", "max-age=60", "Content-Encoding", "gzip", "Vary", "Accept-Encoding")
	for range 2 {
		answer := w.get("/a", "Accept-Encoding", "gzip")
		assert.Equal(t, "\x1f\x8bzipped", answer.Body.String())
		assert.Equal(t, "gzip", answer.Header().Get("Content-Encoding"))
	}
	assert.Equal(t, "8", w.get("/a", "Accept-Encoding", "gzip").Header().Get("Content-Length"))
}

// TestPageHeaders: a page is the site's, so its headers are, but for the viewer's
// address.
func TestPageHeaders(t *testing.T) {
	w := newWorld(t, Options{Country: "DE"})
	var got *http.Request
	w.origin = func(_ http.ResponseWriter, r *http.Request) { got = r }
	w.get("/a?b=%20;c", "Authorization", "Basic eA==", "Cookie", "a=1", "X-Forwarded-For", "203.0.113.9", "X-Real-Ip", "203.0.113.9", "Upgrade", "websocket", "Connection", "Upgrade", "X-Requested-With", "x")
	assert.Equal(t, http.Header{"Authorization": {"Basic eA=="}, "Cookie": {"a=1"}, "Upgrade": {"websocket"}, "Connection": {"Upgrade"}, "X-Requested-With": {"x"}}, got.Header)
	assert.Equal(t, "www.example.com", got.Host)
	assert.Equal(t, address, got.RemoteAddr)
	assert.Equal(t, "/a?b=%20;c", got.RequestURI)
	assert.Equal(t, http.StatusForbidden, w.send(http.MethodGet, "/a", "body").Code, "a GET has no body")
}

// TestLimits: what is over them is refused, and not logged, as CloudFront logs none.
func TestLimits(t *testing.T) {
	for _, tt := range []struct {
		name string
		path string
		size int // of a header
		want int
	}{
		{"longest address", "/" + strings.Repeat("a", maxURL-1), 0, 200},
		{"too long an address", "/" + strings.Repeat("a", maxURL), 0, 414},
		{"8 KB of header", "/", 8192, 200},
		{"longest request", "/", maxRequest - len("GET/www.example.comX-Large: \r\n"), 200},
		{"too long a request", "/", maxRequest - len("GET/www.example.comX-Large: \r\n") + 1, 431},
	} {
		for _, prefix := range []string{"", "/_ds"} {
			w := newWorld(t, Options{})
			w.origin, w.own = text(""), text("")
			var headers []string
			if tt.size > 0 {
				headers = []string{"X-Large", strings.Repeat("x", tt.size-len(prefix))}
			}
			path := prefix + tt.path[:len(tt.path)-min(len(prefix), len(tt.path)-1)]
			assert.Equal(t, tt.want, w.get(path, headers...).Code, tt.name)
			assert.Len(t, w.logged(), map[bool]int{true: 1}[tt.want == 200], tt.name)
		}
	}
}

// TestManyHeaders: two hundred are as good as any.
func TestManyHeaders(t *testing.T) {
	w := newWorld(t, Options{})
	var got http.Header
	w.own = func(_ http.ResponseWriter, r *http.Request) { got = r.Header }
	var headers []string
	for i := range 200 {
		headers = append(headers, fmt.Sprintf("X-%d", i), "1")
	}
	assert.Equal(t, http.StatusOK, w.get("/_ds/hit", headers...).Code)
	assert.Len(t, got, 203)
}

// TestConcurrent: many viewers of more pages than the cache can hold each get the
// page they asked for.
func TestConcurrent(t *testing.T) {
	w := newWorld(t, Options{CacheBytes: 40 << 10})
	w.origin = func(rw http.ResponseWriter, r *http.Request) {
		page := r.URL.Path + r.Header.Get("Accept-Language")
		text(strings.Repeat(page, 100), "Cache-Control", "max-age=60", "Vary", "Accept-Language")(rw, r)
	}
	var all sync.WaitGroup
	for viewer := range 8 {
		all.Go(func() {
			for i := range 100 {
				path, language := fmt.Sprintf("/%d", (i*7+viewer)%50), []string{"de", "en"}[i%2]
				answer := w.get(path, "Accept-Language", language)
				assert.Equal(t, strings.Repeat(path+language, 100), answer.Body.String())
				assert.Contains(t, answer.Header().Get("Server-Timing"), answer.Header().Get("X-Amz-Cf-Id"))
			}
		})
	}
	all.Wait()
	require.NoError(t, w.reported())
	assert.Len(t, w.logged(), 800)
	assert.LessOrEqual(t, w.front.cache.bytes, int64(40<<10))
	assert.Positive(t, w.front.cache.bytes)
}
