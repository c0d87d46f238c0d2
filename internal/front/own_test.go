package front

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/edgefunction"
)

// TestOwnHeaders: what a viewer sends, and all that reaches the handler of it.
func TestOwnHeaders(t *testing.T) {
	for _, tt := range []struct {
		name string
		sent []string
		want http.Header // beside x-ds-*
	}{
		{"nothing", nil, http.Header{}},
		{"a browser's", []string{"User-Agent", "Mozilla/5.0", "Referer", "https://www.example.com/a?utm_source=x", "Sec-Fetch-Site", "same-origin", "Cookie", "ds_off=1", "Accept-Encoding", "gzip"},
			http.Header{"User-Agent": {"Mozilla/5.0"}, "Referer": {"https://www.example.com/a?utm_source=x"}, "Sec-Fetch-Site": {"same-origin"}, "Cookie": {"ds_off=1"}, "Accept-Encoding": {"gzip"}}},
		{"two of a name", []string{"Accept-Language", "de", "Accept-Language", "en"}, http.Header{"Accept-Language": {"de", "en"}}},
		{"a token of the report", []string{"X-DS-Report", "1", "X-Requested-With", "com.whatsapp"}, http.Header{"X-Requested-With": {"com.whatsapp"}}},
		{"ours, forged", []string{"X-Ds-Ip", "203.0.113.9", "x-ds-host", "evil.example", "X-DS-Id", "mine", "X-Ds-Other", "1"}, http.Header{}},
		{"the signature's", []string{"Authorization", "Bearer secret"}, http.Header{}},
		{"the address, forged", []string{"X-Forwarded-For", "203.0.113.9", "X-Real-Ip", "203.0.113.9", "X-Forwarded-Proto", "https"}, http.Header{}},
		{"of the connection", []string{"Connection", "keep-alive", "Keep-Alive", "timeout=5", "Te", "trailers", "Trailer", "X", "Upgrade", "h2c", "Expect", "100-continue", "Proxy-Connection", "keep-alive", "Proxy-Authorization", "Basic eA=="}, http.Header{}},
		{"what CloudFront keeps to itself", []string{"X-Edge-Location", "FRA", "X-Http-Method-Override", "DELETE", "Cloudfront-Viewer-Country", "US", "CloudFront-Viewer-Address", "203.0.113.9:1"}, http.Header{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, Options{})
			var got *http.Request
			w.own = func(_ http.ResponseWriter, r *http.Request) { got = r }
			answer := w.get("/_ds/hit?v=1&p=%2Fa", tt.sent...)
			require.NoError(t, w.reported())
			assert.Equal(t, http.StatusOK, answer.Code)
			want := tt.want.Clone()
			want["X-Ds-Host"], want["X-Ds-Ip"], want["X-Ds-Id"] = []string{"www.example.com"}, []string{"192.0.2.1"}, []string{id(1)}
			assert.Equal(t, want, got.Header)
			assert.Equal(t, functionHost, got.Host)
			assert.Equal(t, address, got.RemoteAddr, "the viewer's is in x-ds-ip alone")
			assert.Equal(t, "/_ds/hit?v=1&p=%2Fa", got.RequestURI)
			assert.Equal(t, "/_ds/hit?v=1&p=%2Fa", got.URL.String())
		})
	}
}

func TestOwnCountry(t *testing.T) {
	w := newWorld(t, Options{Country: "DE"})
	var got http.Header
	w.own = func(_ http.ResponseWriter, r *http.Request) { got = r.Header }
	w.get("/_ds/me", "CloudFront-Viewer-Country", "US")
	assert.Equal(t, []string{"DE"}, got["Cloudfront-Viewer-Country"])
}

// TestAbsoluteTarget: a target with a host, which a server has to take, names no
// other Host to the handler.
func TestAbsoluteTarget(t *testing.T) {
	w := newWorld(t, Options{})
	var got *http.Request
	w.own = func(_ http.ResponseWriter, r *http.Request) { got = r }
	w.get("http://evil.example/_ds/hit?v=1")
	assert.Equal(t, "/_ds/hit?v=1", got.URL.String())
	assert.Equal(t, "/_ds/hit?v=1", got.RequestURI)
	assert.Equal(t, []string{"www.example.com"}, got.Header["X-Ds-Host"])
}

func TestWhichIsOwn(t *testing.T) {
	for path, want := range map[string]bool{
		"/_ds/hit": true, "/_ds/": true, "/_ds/s/abc": true, "/%5Fds/hit": true, "/a/../_ds/hit": true, "/./_ds/hit": true, "/a/%2e%2e/_ds/hit": true, "/../_ds/hit": true,
		"/_ds": false, "/_dsl/hit": false, "/_ds/../a": false, "/a/_ds/hit": false, "/_DS/hit": false, "//_ds/hit": false, "/_ds%2Fhit": false, "/": false,
	} {
		w := newWorld(t, Options{})
		var own, site int
		w.own, w.origin = counted(&own, text("")), counted(&site, text(""))
		w.get(path)
		assert.Equal(t, want, own == 1, path)
		assert.Equal(t, !want, site == 1, path)
	}
}

func TestOwnMethods(t *testing.T) {
	sum := sha256.Sum256([]byte("order=1"))
	hash := hex.EncodeToString(sum[:])
	none := sha256.Sum256(nil)
	large := strings.Repeat("x", maxPayload+1)
	for _, tt := range []struct {
		name, method, body string
		headers            []string
		want               int
	}{
		{"GET", http.MethodGet, "", nil, http.StatusNoContent},
		{"HEAD", http.MethodHead, "", nil, http.StatusNoContent},
		{"OPTIONS", http.MethodOptions, "", nil, http.StatusNoContent},
		{"GET with a body", http.MethodGet, "x", nil, http.StatusForbidden},
		{"POST without a hash", http.MethodPost, "order=1", nil, http.StatusForbidden},
		{"empty POST without a hash", http.MethodPost, "", nil, http.StatusForbidden},
		{"PUT without a hash", http.MethodPut, "order=1", nil, http.StatusForbidden},
		{"DELETE without a hash", http.MethodDelete, "", nil, http.StatusForbidden},
		{"POST with a hash", http.MethodPost, "order=1", []string{"x-amz-content-sha256", hash}, http.StatusNoContent},
		{"POST with a hash in capitals", http.MethodPost, "order=1", []string{"x-amz-content-sha256", strings.ToUpper(hash)}, http.StatusNoContent},
		{"POST with the hash of another body", http.MethodPost, "order=2", []string{"x-amz-content-sha256", hash}, http.StatusForbidden},
		{"POST with no hash in its place", http.MethodPost, "order=1", []string{"x-amz-content-sha256", "UNSIGNED-PAYLOAD"}, http.StatusForbidden},
		{"empty POST with a hash", http.MethodPost, "", []string{"x-amz-content-sha256", hex.EncodeToString(none[:])}, http.StatusNoContent},
		{"POST of too much", http.MethodPost, large, []string{"x-amz-content-sha256", hash}, http.StatusRequestEntityTooLarge},
		{"TRACE", http.MethodTrace, "", nil, http.StatusMethodNotAllowed},
		{"a method that is none", "BREW", "", nil, http.StatusMethodNotAllowed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, Options{})
			var got string
			reached := false
			w.own = func(rw http.ResponseWriter, r *http.Request) {
				body, err := io.ReadAll(r.Body)
				assert.NoError(t, err)
				assert.Equal(t, tt.method, r.Method)
				assert.Equal(t, int64(len(tt.body)), r.ContentLength)
				got, reached = string(body), true
				rw.WriteHeader(http.StatusNoContent)
			}
			answer := w.send(tt.method, "/_ds/buy", tt.body, tt.headers...)
			assert.Equal(t, tt.want, answer.Code)
			assert.Equal(t, tt.want == http.StatusNoContent, reached)
			if reached {
				assert.Equal(t, tt.body, got)
			}
			assert.Equal(t, tt.want, w.logged()[0].Status)
		})
	}
}

// TestOwnIsNotCached, and gets no hint: the function is that of pages.
func TestOwnIsNotCached(t *testing.T) {
	w := newWorld(t, Options{})
	n := 0
	w.own = counted(&n, text("me", "Cache-Control", "public, max-age=3600", "ETag", `"1"`))
	for i := range 3 {
		answer := w.get("/_ds/me", "If-None-Match", `"1"`)
		assert.Equal(t, i+1, n)
		assert.Equal(t, http.StatusOK, answer.Code)
		assert.Equal(t, "Miss from darksocial", answer.Header().Get("X-Cache"))
		assert.Empty(t, answer.Header().Get("Server-Timing"))
	}
}

// failing is an edge function that throws.
type failing struct{}

func (failing) ViewerRequest(edgefunction.Context, *http.Request) (http.Header, *edgefunction.Answer, error) {
	return nil, nil, errors.New("thrown")
}

func (failing) ViewerResponse(edgefunction.Context, *http.Request, int, http.Header) (http.Header, error) {
	return nil, errors.New("thrown")
}

// TestFailingFunction: a 503, as CloudFront answers, with nothing of the site in it.
func TestFailingFunction(t *testing.T) {
	for _, path := range []string{"/_ds/me", "/article"} {
		w := newWorldWith(t, Options{}, Functions{Own: failing{}, Pages: failing{}})
		secret := text(strings.Repeat("secret", 10_000), "Cache-Control", "max-age=60", "X-Secret", "1")
		w.own, w.origin = secret, secret
		answer := w.get(path)
		assert.Equal(t, http.StatusServiceUnavailable, answer.Code)
		assert.Equal(t, "The CDN's function failed.\n", answer.Body.String())
		assert.Equal(t, "no-store", answer.Header().Get("Cache-Control"))
		assert.NotContains(t, answer.Header(), "X-Secret")
		assert.Equal(t, "Error from darksocial", answer.Header().Get("X-Cache"))
		require.ErrorContains(t, w.reported(), "thrown")
		assert.ErrorContains(t, w.reported(), "request "+id(1))
		assert.NotContains(t, w.reported().Error(), path, "it may hold a share code")
		assert.Equal(t, http.StatusServiceUnavailable, w.logged()[0].Status)
		assert.Zero(t, w.front.cache.bytes, "what no viewer got is not kept")
	}
}

// TestFailingFunctionIsSpared: on errors of the site it is not run.
func TestFailingFunctionIsSpared(t *testing.T) {
	w := newWorldWith(t, Options{}, Functions{Own: failing{}, Pages: failing{}})
	w.origin = func(rw http.ResponseWriter, _ *http.Request) { http.Error(rw, "gone", http.StatusNotFound) }
	assert.Equal(t, http.StatusNotFound, w.get("/article").Code)
	assert.NoError(t, w.reported())
}

// answering is an edge function that answers itself, and one that moves a request.
type answering struct{ failing }

func (answering) ViewerRequest(_ edgefunction.Context, r *http.Request) (http.Header, *edgefunction.Answer, error) {
	if r.URL.Path == "/_ds/old" {
		r.URL.Path = "/_ds/new"
		return http.Header{"X-New": {"1"}}, nil, nil
	}
	return nil, &edgefunction.Answer{Status: http.StatusFound, Header: http.Header{"Location": {"/"}}, Body: []byte("there")}, nil
}

func TestFunctionAnswers(t *testing.T) {
	w := newWorldWith(t, Options{}, Functions{Own: answering{}, Pages: answering{}})
	var got *http.Request
	w.own = func(_ http.ResponseWriter, r *http.Request) { got = r }
	answer := w.get("/_ds/me")
	assert.Equal(t, http.StatusFound, answer.Code)
	assert.Equal(t, "/", answer.Header().Get("Location"))
	assert.Equal(t, "there", answer.Body.String())
	assert.Nil(t, got)

	w.get("/_ds/old?a=1")
	assert.Equal(t, "/_ds/new?a=1", got.RequestURI)
	assert.Equal(t, http.Header{"X-New": {"1"}}, got.Header)
	assert.Equal(t, "/_ds/old", w.logged()[1].Path, "the log has what the viewer asked for")
}

// TestRouted: a page with a behaviour of its own reaches the own handlers, uncached,
// and gets its hint like any other page.
func TestRouted(t *testing.T) {
	w := newWorld(t, Options{Routed: func(path string) bool { return path == "/shop/1" }})
	asked := 0
	w.origin = http.NotFound
	w.own = func(rw http.ResponseWriter, r *http.Request) {
		asked++
		assert.Equal(t, "www.example.com", r.Header.Get("X-Ds-Host"))
		rw.Header().Set("Content-Type", "text/html")
		rw.Header().Set("Cache-Control", "public, max-age=60")
		_, _ = io.WriteString(rw, r.URL.Path)
	}
	for i := range 2 {
		answer := w.get("/shop/1")
		assert.Equal(t, 200, answer.Code)
		assert.Contains(t, answer.Header().Get("Server-Timing"), "ds;desc=")
		assert.Equal(t, i+1, asked)
	}
	assert.Equal(t, 404, w.get("/shop/2").Code)
}
