package report_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/parquetfile/tablereaders"
	"darksocial/internal/report"
)

// TestFiles: the page's files are served as they are, and nothing else is.
func TestFiles(t *testing.T) {
	w := quiet(t)
	for _, tt := range []struct {
		path, mediaType, cached string
		status                  int
	}{
		{"/", "text/html; charset=utf-8", "no-cache", http.StatusOK},
		{"/?site=a&from=2026-11-01", "text/html; charset=utf-8", "no-cache", http.StatusOK},
		{"/static/a1b2.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", http.StatusOK},
		{"/static/deep/c3.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable", http.StatusOK},
		{"/icon.svg", "image/svg+xml", "no-cache", http.StatusOK},
		{"/static/unknown.blob", "application/octet-stream", "public, max-age=31536000, immutable", http.StatusOK},
		{"/static/", "", "", http.StatusNotFound},
		{"/nothing", "", "", http.StatusNotFound},
		{"/../../etc/passwd", "", "", http.StatusNotFound},
		{"/static/%2e%2e/index.html", "", "", http.StatusNotFound},
		{"/.git/config", "", "", http.StatusNotFound},
	} {
		answer := w.do(httptest.NewRequest(http.MethodGet, tt.path, nil))
		require.Equal(t, tt.status, answer.Code, tt.path)
		if tt.status == http.StatusOK {
			assert.Equal(t, tt.mediaType, answer.Header().Get("Content-Type"), tt.path)
			assert.Equal(t, tt.cached, answer.Header().Get("Cache-Control"), tt.path)
		}
	}
	large := fstest.MapFS{"index.html": {Data: []byte(strings.Repeat("<p>A page.", 1000))}}
	handler, err := report.New(nil, w.lake, tablereaders.All, w.ledger(), w.codes, w.records, w.now, large)
	require.NoError(t, err)
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	zipped := httptest.NewRecorder()
	handler.ServeHTTP(zipped, r)
	assert.Equal(t, "gzip", zipped.Header().Get("Content-Encoding"))
	assert.Less(t, zipped.Body.Len(), 1000)
	plain := httptest.NewRecorder()
	handler.ServeHTTP(plain, httptest.NewRequest(http.MethodGet, "/", nil))
	assert.Equal(t, 10_000, plain.Body.Len())
	assert.NotEqual(t, zipped.Header().Get("ETag"), plain.Header().Get("ETag"))

	first := w.do(httptest.NewRequest(http.MethodGet, "/", nil))
	again := httptest.NewRequest(http.MethodGet, "/", nil)
	again.Header.Set("If-None-Match", first.Header().Get("ETag"))
	assert.Equal(t, http.StatusNotModified, w.do(again).Code)
	assert.Equal(t, http.StatusMethodNotAllowed, w.do(httptest.NewRequest(http.MethodPost, "/", nil)).Code)

	_, err = report.New(nil, w.lake, tablereaders.All, w.ledger(), w.codes, w.records, w.now, fstest.MapFS{})
	assert.ErrorContains(t, err, "there is no index.html")
	_, err = report.New(nil, w.lake, tablereaders.All, w.ledger(), w.codes, w.records, w.now, report.Page)
	assert.NoError(t, err, "what is embedded is a page")
}

// TestHeaders: whatever is answered, no page of others may hold it, nothing may guess
// what it is, and no answer is kept.
func TestHeaders(t *testing.T) {
	w := quiet(t)
	for _, path := range []string{"/", "/nothing", "/static/a1b2.js", "/shared/nothing", "/api/v1/nothing", "/api/v1/sites", "/api/v1/numbers" + ofToday, "/api/v1/session", "/api/v1/%6eow", "/api/"} {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, "PROPFIND"} {
			r := httptest.NewRequest(method, path, nil)
			r.Header.Set("X-DS-Token", w.token)
			answer := w.do(r)
			h := answer.Header()
			policy := h.Get("Content-Security-Policy")
			assert.Contains(t, policy, "default-src 'none'", path)
			assert.Contains(t, policy, "frame-ancestors 'none'", path)
			assert.NotContains(t, policy, "unsafe", path)
			assert.NotContains(t, policy, "http", path)
			assert.Equal(t, "nosniff", h.Get("X-Content-Type-Options"), path)
			assert.Equal(t, "no-referrer", h.Get("Referrer-Policy"), path)
			assert.Empty(t, h.Get("Access-Control-Allow-Origin"), path)
			if strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/shared/") {
				assert.Equal(t, "no-store", h.Get("Cache-Control"), path)
			}
			if method != http.MethodGet && method != http.MethodHead {
				assert.GreaterOrEqual(t, answer.Code, 400, "%s %s", method, path)
			}
		}
	}
}

// TestZipped: the CDN does not compress what it may not cache.
func TestZipped(t *testing.T) {
	w := quiet(t)
	r := httptest.NewRequest(http.MethodGet, "/api/v1/series?site="+siteName+"&from=2026-01-01&to=2026-11-20", nil)
	r.Header.Set("X-DS-Token", w.token)
	plain := w.do(r)
	assert.Empty(t, plain.Header().Get("Content-Encoding"))
	r.Header.Set("Accept-Encoding", "br, gzip;q=0.5")
	zipped := w.do(r)
	assert.Equal(t, "gzip", zipped.Header().Get("Content-Encoding"))
	assert.Less(t, zipped.Body.Len(), plain.Body.Len()/5)
	r.Header.Set("Accept-Encoding", "gzip;q=0")
	assert.Empty(t, w.do(r).Header().Get("Content-Encoding"))
}
