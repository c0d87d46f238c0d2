package web_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambdaurl"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const page = "<!doctype html><title>Kuchen</title><p>Mehl, Butter, Zucker."

// html answers with a page.
func html(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, page) // an error means that the proxy went away
}

// header answers with a page and these headers, each name followed by its value.
func header(values ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for i := 0; i < len(values); i += 2 {
			w.Header().Add(values[i], values[i+1])
		}
		html(w, r)
	}
}

func status(code int, values ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(values); i += 2 {
			w.Header().Add(values[i], values[i+1])
		}
		w.WriteHeader(code)
	}
}

// TestUntouched compares what a visitor gets through collect with what the origin
// itself answers: status, headers, bytes, and how they are framed.
func TestUntouched(t *testing.T) {
	big := make([]byte, 8<<20)
	random := rand.NewChaCha8([32]byte{6})
	_, _ = random.Read(big) // never fails
	for _, tt := range []struct {
		name   string
		origin http.HandlerFunc
		method string
		asks   []string // request headers
	}{
		{"a page", html, "GET", nil},
		{"head", html, "HEAD", nil},
		{"gzip", func(w http.ResponseWriter, r *http.Request) {
			if assert.Equal(t, "gzip, br;q=0.5", r.Header.Get("Accept-Encoding")) {
				w.Header().Set("Content-Encoding", "gzip")
			}
			packed := gzip.NewWriter(w)
			_, _ = packed.Write([]byte(page))
			_ = packed.Close()
		}, "GET", []string{"Accept-Encoding", "gzip, br;q=0.5"}},
		{"no encoding asked for", func(w http.ResponseWriter, r *http.Request) {
			assert.Empty(t, r.Header["Accept-Encoding"])
			html(w, r)
		}, "GET", nil},
		{"a range", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"1"`)
			http.ServeContent(w, r, "a.html", noon, strings.NewReader(page))
		}, "GET", []string{"Range", "bytes=10-19", "If-Range", `"1"`}},
		{"a range that is none", func(w http.ResponseWriter, r *http.Request) {
			http.ServeContent(w, r, "a.html", noon, strings.NewReader(page))
		}, "GET", []string{"Range", "bytes=9999-"}},
		{"not modified, by ETag", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Cache-Control", "private, max-age=60")
			w.Header().Set("Vary", "Cookie")
			http.ServeContent(w, r, "a.html", time.Time{}, strings.NewReader(page))
		}, "GET", []string{"If-None-Match", `"1"`, "Sec-Gpc", "1"}},
		{"not modified, by time", func(w http.ResponseWriter, r *http.Request) {
			http.ServeContent(w, r, "a.html", noon, strings.NewReader(page))
		}, "GET", []string{"If-Modified-Since", noon.Format(http.TimeFormat)}},
		{"in chunks", func(w http.ResponseWriter, r *http.Request) {
			html(w, r)
			_ = http.NewResponseController(w).Flush()
			html(w, r)
		}, "GET", nil},
		{"in chunks, empty", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_ = http.NewResponseController(w).Flush()
		}, "GET", nil},
		{"empty", status(200, "Content-Type", "text/html", "Content-Length", "0"), "GET", nil},
		{"no content", status(204), "GET", nil},
		{"not found", func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, "GET", nil},
		{"not found, head", func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }, "HEAD", nil},
		{"an error", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "oh", 500) }, "GET", nil},
		{"a status nobody knows", status(299, "Content-Length", "0"), "GET", nil},
		{"redirect to a path", status(301, "Location", "/a?b=%20c#d"), "GET", nil},
		{"redirect to a path beside", status(307, "Location", "../b"), "GET", nil},
		{"redirect elsewhere", status(302, "Location", "https://shop.example.com:443/a b"), "GET", nil},
		{"redirect to nowhere", status(302, "Location", "http://a b%zz"), "GET", nil},
		{"cookies", header("Set-Cookie", "a=1; Path=/; HttpOnly", "Set-Cookie", "b=2, 3; Secure", "Set-Cookie", "a=1; Path=/"), "GET", nil},
		{"headers that stand several times", header("Link", "</a.css>; rel=preload", "Link", "</b.css>; rel=preload", "Vary", "Cookie", "Vary", "X-Ds-Source, Accept",
			"Server-Timing", "db;dur=1", "X-Empty", "", "Cache-Control", "max-age=60", "Cache-Control", "public", "Content-Security-Policy", "default-src 'self'"), "GET", nil},
		{"headers that are ours elsewhere", header("X-Ds-Note", "a", "X-Ds-Refused", "b", "X-Ds-Kind", "c", "X-Cache", "Hit", "Via", "1.1 varnish", "Age", "7", "Server", "a"), "GET", nil},
		{"no type", func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			_, _ = io.WriteString(w, page)
		}, "GET", nil},
		{"trailers", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Trailer", "X-Sum")
			html(w, r)
			w.Header().Set("X-Sum", "42")
			w.Header().Set(http.TrailerPrefix+"X-Late", "43")
		}, "GET", nil},
		{"a big page", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(big) }, "GET", nil},
		{"a header of 60 KB", header("X-Long", strings.Repeat("a", 60<<10)), "GET", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newRouted(t, originOf(t, tt.origin))
			through := w.send(w.request(tt.method, "/artikel/moor?a=b", tt.asks...))
			direct, err := http.NewRequestWithContext(t.Context(), tt.method, "http://"+w.origin+"/artikel/moor?a=b", nil)
			require.NoError(t, err)
			for i := 0; i < len(tt.asks); i += 2 {
				direct.Header.Set(tt.asks[i], tt.asks[i+1])
			}
			want := w.send(direct)
			require.NoError(t, want.err)
			require.NoError(t, through.err)
			assert.Equal(t, want.Status, through.Status)
			through.Header.Del("Date")
			want.Header.Del("Date") // it may be a second later
			assert.Equal(t, want.Header, through.Header)
			assert.True(t, want.body == through.body, "the same bytes")
			assert.Equal(t, want.ContentLength, through.ContentLength)
			assert.Equal(t, want.TransferEncoding, through.TransferEncoding)
			assert.Equal(t, want.Trailer, through.Trailer)
		})
	}
}

// TestToOrigin is the request as the origin sees it.
func TestToOrigin(t *testing.T) {
	seen := make(chan *http.Request, 1)
	w := newRouted(t, originOf(t, func(answer http.ResponseWriter, r *http.Request) {
		seen <- r
		html(answer, r)
	}))
	const target = "/artikel/stra%C3%9Fe/a%2Fb;c/'d'/?q=%22a%22&bad=%zz&half=%&twice=%252F&semi;colon"
	require.Equal(t, 200, w.get(target, "Accept", "text/html", "Accept-Language", "de", "Cookie", "session=1; ds_off=0", "Referer", "https://example.org/a?b", "Cdn-Loop", "cloudfront, other; v=\"1\"",
		"If-None-Match", `W/"a"`, "Cache-Control", "no-cache", "Save-Data", "on", "X-Amz-Cf-Id", "cf", "Via", "2.0 cloudfront",
		"X-Ds-Host", "www.Example.com:8443", "X-Ds-Secret", "secret", "X-Ds-Kind", "forged", "X-Ds-Anything", "forged", "X_ds_source", "forged", "x-DS_channel", "forged",
		"X-Forwarded-For", "192.0.2.7", "X-Forwarded-Host", "forged", "X-Forwarded-Proto", "forged", "Forwarded", "for=192.0.2.7", "X-Real-Ip", "192.0.2.7", "Cloudfront-Viewer-Address", "192.0.2.7:1",
		"Authorization", "AWS4-HMAC-SHA256 Credential=the CDN's", "X-Amz-Security-Token", "secret", "X-Amz-Date", "20261120T120000Z", "X-Amzn-Trace-Id", "Root=1",
		"Connection", "close, X-Hop", "X-Hop", "1", "Te", "gzip", "Keep-Alive", "1", "Proxy-Authorization", "secret", "Upgrade-Insecure-Requests", "1").StatusCode)
	r := <-seen
	assert.Equal(t, target, r.RequestURI)
	assert.Equal(t, w.origin, r.Host)
	assert.Equal(t, http.Header{
		"Accept": {"text/html"}, "Accept-Language": {"de"}, "Cookie": {"session=1; ds_off=0"}, "Referer": {"https://example.org/a?b"}, "User-Agent": {webView},
		"If-None-Match": {`W/"a"`}, "Cache-Control": {"no-cache"}, "Save-Data": {"on"}, "X-Amz-Cf-Id": {"cf"}, "Via": {"2.0 cloudfront"},
		"X-Requested-With": {"com.viber.voip"}, "Sec-Fetch-Site": {"none"}, "Sec-Fetch-Mode": {"navigate"}, "Sec-Fetch-Dest": {"document"}, "Upgrade-Insecure-Requests": {"1"},
		"Cdn-Loop": {`cloudfront, other; v="1"`, "darksocial"}, "X-Forwarded-Host": {"www.Example.com:8443"},
		"X-Ds-Kind": {"visit"}, "X-Ds-Channel": {"referral"}, "X-Ds-Visibility": {"unknown"}, "X-Ds-Confidence": {"strong"},
	}, r.Header, "the source is a client's text here")

	require.Equal(t, 200, w.get("/", "User-Agent", "").StatusCode)
	r = <-seen
	assert.Equal(t, "/", r.RequestURI)
	assert.Empty(t, r.Header["User-Agent"], "nor does anybody sign in its place")
}

// TestHopByHop: headers of the connection to the origin end there.
func TestHopByHop(t *testing.T) {
	w := newRouted(t, rawOrigin(t, func(conn net.Conn, r *http.Request) {
		assert.Empty(t, r.Header["Connection"])
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nProxy-Authenticate: Basic\r\nTe: x\r\nUpgrade: x\r\nX-Kept: 1\r\nContent-Length: 2\r\n\r\nok")
	}))
	answer := w.get("/")
	require.NoError(t, answer.err)
	answer.Header.Del("Date")
	assert.Equal(t, http.Header{"Content-Type": {"text/html"}, "X-Kept": {"1"}, "Content-Length": {"2"}}, answer.Header)
	assert.False(t, answer.Close, "the visitor's connection stays")
}

// TestRedirectHere: the visitor does not learn the origin's address.
func TestRedirectHere(t *testing.T) {
	for _, tt := range []struct{ location, want string }{
		{"http://ORIGIN/a?b=%20c#d", "//www.example.com:8443/a?b=%20c#d"},
		{"HTTP://ORIGIN", "//www.example.com:8443"},
		{"//ORIGIN/a b", "//www.example.com:8443/a b"},
		{"http://ORIGIN//elsewhere.example/a", "//www.example.com:8443//elsewhere.example/a"},
		{"http://ORIGIN?a=b", "//www.example.com:8443?a=b"},
		{"https://127.0.0.1/a", "https://127.0.0.1/a"}, // another server
		{"http://user@ORIGIN/a", "http://user@ORIGIN/a"},
		{"/http://ORIGIN/a", "/http://ORIGIN/a"},
		{"http://127.0.0.1:1/a", "http://127.0.0.1:1/a"},
		{"mailto:a@example.com", "mailto:a@example.com"},
	} {
		t.Run(tt.location, func(t *testing.T) {
			w := newRouted(t, originOf(t, func(w http.ResponseWriter, r *http.Request) {
				status(302, "Location", strings.ReplaceAll(tt.location, "ORIGIN", r.Host))(w, r)
			}))
			answer := w.get("/", "X-Ds-Host", "www.example.com:8443")
			assert.Equal(t, 302, answer.StatusCode)
			assert.Equal(t, strings.ReplaceAll(tt.want, "ORIGIN", w.origin), answer.Header.Get("Location"))
		})
	}
}

// TestStreamed: every piece of a page arrives before the origin makes the next, whether
// or not it says how long the page is.
func TestStreamed(t *testing.T) {
	const pieces, length = 20, len("piece 00\n")
	for _, said := range []string{"", fmt.Sprint(pieces * length)} {
		t.Run("length "+said, func(t *testing.T) {
			arrived := make(chan bool)
			w := newRouted(t, originOf(t, func(answer http.ResponseWriter, r *http.Request) {
				answer.Header().Set("Content-Type", "text/html")
				if said != "" {
					answer.Header().Set("Content-Length", said)
				}
				for i := range pieces {
					_, _ = fmt.Fprintf(answer, "piece %02d\n", i)
					_ = http.NewResponseController(answer).Flush()
					select {
					case <-arrived:
					case <-r.Context().Done():
						return
					}
				}
			}))
			answer, err := w.client.RoundTrip(w.request("GET", "/"))
			require.NoError(t, err)
			defer answer.Body.Close()
			for i := range pieces {
				piece := make([]byte, length)
				_, err := io.ReadFull(answer.Body, piece)
				require.NoError(t, err)
				assert.Equal(t, fmt.Sprintf("piece %02d\n", i), string(piece))
				arrived <- true
			}
			rest, err := io.ReadAll(answer.Body)
			require.NoError(t, err)
			assert.Empty(t, rest)
		})
	}
}

// TestRefusedPages: what must not come is not passed on, and the site's own paths stay ours.
func TestRefusedPages(t *testing.T) {
	w := newRouted(t, originOf(t, func(_ http.ResponseWriter, r *http.Request) { assert.Fail(t, "the origin was asked", r.RequestURI) }))
	body := func(r *http.Request) { r.Body, r.ContentLength = io.NopCloser(strings.NewReader("a")), 1 }
	chunked := func(r *http.Request) { r.Body, r.ContentLength = io.NopCloser(strings.NewReader("a")), -1 }
	twice := func(r *http.Request) { r.Header["X-Ds-Host"] = []string{"www.example.com", "www.example.com"} }
	for _, tt := range []struct {
		name, method, target string
		headers              []string
		change               func(*http.Request)
		status               int
		word                 string
	}{
		{"post", "POST", "/artikel/moor", nil, nil, 405, "method"},
		{"put with a body", "PUT", "/artikel/moor", nil, body, 405, "method"},
		{"options", "OPTIONS", "/artikel/moor", nil, nil, 405, "method"},
		{"a body", "GET", "/artikel/moor", nil, body, 400, "body"},
		{"a body of unknown length", "GET", "/artikel/moor", nil, chunked, 400, "body"},
		{"a websocket", "GET", "/artikel/moor", []string{"Connection", "Upgrade", "Upgrade", "websocket"}, nil, 400, "upgrade"},
		{"somebody signs in", "GET", "/artikel/moor", []string{"Authorization", "Basic dTpw"}, nil, 400, "authorization"},
		{"a loop", "GET", "/artikel/moor", []string{"Cdn-Loop", "cloudfront,  DarkSocial;a=b"}, nil, 508, "loop"},
		{"another site", "GET", "/artikel/moor", []string{"X-Ds-Host", "example.net"}, nil, 403, "host"},
		{"no site", "GET", "/artikel/moor", []string{"X-Ds-Host", ""}, nil, 403, "host"},
		{"not through the edge", "GET", "/artikel/moor", nil, twice, 400, "repeated"},
		{"not routed", "GET", "/other/moor", nil, nil, 404, "path"},
		{"an escaped slash", "GET", "/artikel%2Fmoor", nil, nil, 404, "path"},
		{"out of the pattern", "GET", "/artikel/../admin", nil, nil, 404, "path"},
		{"out of the pattern, escaped", "GET", "/artikel/%2e%2e/admin", nil, nil, 404, "path"},
		{"out of the pattern, escaped more", "GET", "/artikel/a%2f..%2f..%2fadmin", nil, nil, 404, "path"},
		{"out of the pattern, for Windows", "GET", `/artikel/..%5cadmin`, nil, nil, 404, "path"},
		{"to our paths", "GET", "/artikel/../_ds/hit", nil, nil, 404, "path"},
		{"our paths", "GET", "/_ds/nothing", nil, nil, 404, "path"},
		{"our paths, escaped", "GET", "/%5fds/nothing", nil, nil, 404, "path"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := w.request(tt.method, tt.target, tt.headers...)
			if tt.change != nil {
				tt.change(r)
			}
			answer := w.send(r)
			assert.Equal(t, tt.status, answer.StatusCode)
			assert.Equal(t, tt.word, answer.Header.Get("X-Ds-Refused"))
			assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
			if tt.word == "method" {
				assert.Equal(t, "GET, HEAD", answer.Header.Get("Allow"))
			}
		})
	}
	require.NoError(t, w.pages.Flush(ctx))
	written, filtered := w.counted()
	assert.Zero(t, written)
	assert.Equal(t, map[string]int{"refused.method": 3, "refused.body": 2, "refused.upgrade": 1, "refused.authorization": 1, "refused.loop": 1, "refused.host": 2, "refused.repeated": 1, "refused.path": 9}, filtered)
}

// TestNothingRouted: a site without an origin has no pages here.
func TestNothingRouted(t *testing.T) {
	w := newRouted(t, "127.0.0.1:1")
	w.site.Origin = ""
	w.collect = w.route(w.pages)
	answer := w.get("/artikel/moor")
	assert.Equal(t, 404, answer.StatusCode)
	assert.Equal(t, "path", answer.Header.Get("X-Ds-Refused"))
}

// TestNoGuessedType: a server is kept from guessing the type that an origin does not
// name. Whether it would depends on whether the header or the page is sent first.
func TestNoGuessedType(t *testing.T) {
	w := newRouted(t, originOf(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		_, _ = io.WriteString(w, page)
	}))
	answer, r := httptest.NewRecorder(), w.request("GET", "/")
	w.collect.ServeHTTP(answer, r.WithContext(context.WithValue(r.Context(), http.ServerContextKey, &http.Server{})))
	values, known := answer.Header()["Content-Type"]
	assert.True(t, known)
	assert.Empty(t, values)
}

// TestAsAFunction: behind a function's URL, where what is written first is the answer,
// early hints are kept back and the page is whole.
func TestAsAFunction(t *testing.T) {
	w := newRouted(t, originOf(t, func(answer http.ResponseWriter, r *http.Request) {
		answer.Header().Set("Link", "</a.css>; rel=preload")
		answer.WriteHeader(http.StatusEarlyHints)
		answer.Header().Add("Set-Cookie", "a=1")
		answer.Header().Add("Set-Cookie", "b=2")
		html(answer, r)
	}))
	event := &events.LambdaFunctionURLRequest{RawPath: "/artikel/moor", Headers: map[string]string{}}
	for name, values := range w.request("GET", "/").Header {
		event.Headers[strings.ToLower(name)] = values[0]
	}
	event.RequestContext.DomainName, event.RequestContext.HTTP.Method = "function.example", "GET"
	answer, err := lambdaurl.Wrap(w.collect)(ctx, event)
	require.NoError(t, err)
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	assert.Equal(t, 200, answer.StatusCode)
	assert.Equal(t, page, string(body))
	assert.Equal(t, []string{"a=1", "b=2"}, answer.Cookies)
	assert.Equal(t, "text/html; charset=utf-8", answer.Headers["Content-Type"])
	assert.Len(t, w.kept(), 1, "it is durable when the function stands still")

	early := w.get("/")
	assert.Equal(t, 200, early.StatusCode)
	assert.Equal(t, []string{"</a.css>; rel=preload"}, early.Header["Link"])
}
