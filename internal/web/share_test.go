package web_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

// sharing is a world that gives codes.
func sharing(t testing.TB) (*world, *codes.Codes) {
	w := newWorld(t)
	c := codes.New(w.store, w.now)
	w.collect = web.NewCollect(site.Serve([]*site.Site{w.site}), w.writer, visitor.NewSalts(w.store, w.now), w.now).Sharing(c)
	return w, c
}

// shareRequest asks for a code as a page's button does.
func shareRequest(q url.Values) *http.Request {
	r := hitRequest(nil)
	r.URL.Path = "/_ds/share"
	all := url.Values{"v": {"1"}, "b": {"whatsapp"}, "p": {"/artikel/moor"}}
	for name, values := range q {
		if all[name] = values; values[0] == "-" {
			delete(all, name)
		}
	}
	r.URL.RawQuery = all.Encode()
	return r
}

func (w *world) code(q url.Values) share.Code {
	answer := w.do(shareRequest(q))
	require.Equal(w.t, 200, answer.StatusCode, answer.Header)
	var said struct{ Code share.Code }
	require.NoError(w.t, json.NewDecoder(answer.Body).Decode(&said))
	return said.Code
}

func TestShare(t *testing.T) {
	w, c := sharing(t)
	find := func(code share.Code) *share.Item {
		item, err := c.Find(ctx, siteName, string(code))
		require.NoError(t, err)
		return item
	}
	button := w.code(nil)
	assert.Equal(t, button, w.code(nil), "a button's code is the same for all")
	assert.NotEqual(t, button, w.code(url.Values{"b": {"telegram"}}))
	assert.Equal(t, &share.Item{Grade: share.PerButton, Button: "whatsapp", Page: "/artikel/moor", Made: noon.Unix()}, find(button))
	assert.Equal(t, "private, max-age=86400", w.do(shareRequest(nil)).Header.Get("Cache-Control"))

	one := url.Values{"g": {"share"}, "b": {"copy"}}
	minted := w.code(one)
	assert.NotEqual(t, minted, w.code(one))
	assert.Nil(t, find(minted), "nobody has pressed the button yet")
	assert.Equal(t, "no-store", w.do(shareRequest(one)).Header.Get("Cache-Control"))
	one["k"] = []string{string(minted)}
	for range 3 {
		assert.Equal(t, minted, w.code(one))
	}
	assert.Equal(t, "/artikel/moor", find(minted).Page)

	child := w.code(url.Values{"g": {"share"}})
	w.code(url.Values{"g": {"share"}, "k": {string(child)}, "f": {string(minted)}})
	assert.Equal(t, minted, find(child).Root)
	assert.Equal(t, []share.Code{minted}, find(child).Ancestors)
}

func TestShareRefused(t *testing.T) {
	for _, tt := range []struct {
		name   string
		q      url.Values
		status int
		reason string
	}{
		{"no version", url.Values{"v": {"-"}}, 400, "version"},
		{"a button that is none", url.Values{"b": {"myspace"}}, 400, "button"},
		{"no button", url.Values{"b": {"-"}}, 400, "button"},
		{"a grade that is none", url.Values{"g": {"person"}}, 400, "grade"},
		{"another site", url.Values{"p": {"https://evil.example/"}}, 400, "page"},
		{"another site, without a scheme", url.Values{"p": {"//evil.example/"}}, 400, "page"},
		{"another site, to browsers", url.Values{"p": {`/\evil.example/`}}, 400, "page"},
		{"a header in it", url.Values{"p": {"/a\r\nSet-Cookie: x"}}, 400, "page"},
		{"a query in it", url.Values{"p": {"/a?u=https://evil.example"}}, 400, "page"},
		{"a name in it", url.Values{"p": {"/konto/me@example.com"}}, 400, "page"},
		{"a token in it", url.Values{"p": {"/reset/0123456789abcdef0123456789abcdef"}}, 400, "page"},
		{"a long one", url.Values{"p": {"/" + strings.Repeat("a", 1500)}}, 400, "page"},
		{"longer", url.Values{"p": {"/" + strings.Repeat("a", 2500)}}, 414, "length"},
		{"a forged code", url.Values{"g": {"share"}, "k": {"8ZkPq4vR2Ts"}}, 400, "code"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, _ := sharing(t)
			answer := w.do(shareRequest(tt.q))
			assert.Equal(t, tt.status, answer.StatusCode)
			assert.Equal(t, tt.reason, answer.Header.Get("X-DS-Refused"))
		})
	}
	w, _ := sharing(t)
	r := shareRequest(nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	assert.Equal(t, 403, w.do(r).StatusCode, "another site's page")
}

// TestFollow: a short link leads to a page of the site and nowhere else, in the same way
// for everybody.
func TestFollow(t *testing.T) {
	w, c := sharing(t)
	code := w.code(nil)
	planted := w.code(url.Values{"g": {"share"}})
	require.NoError(t, c.Keep(ctx, siteName, planted, &share.Item{Grade: share.PerShare, Button: "copy", Page: "//evil.example/"}))
	for _, tt := range []struct{ name, path, want string }{
		{"a code", "/_ds/s/" + string(code), "/artikel/moor?ds=" + string(code)},
		{"one that was never kept", "/_ds/s/" + string(w.code(url.Values{"g": {"share"}})), "/"},
		{"a forged one", "/_ds/s/8ZkPq4vR2Ts", "/"},
		{"none", "/_ds/s/", "/"},
		{"an address", "/_ds/s/https://evil.example/", "/"},
		{"two slashes", "/_ds/s///evil.example", "/"},
		{"a page that was planted in the store", "/_ds/s/" + string(planted), "/"},
	} {
		for _, agent := range []string{iPhone, "WhatsApp/2.24.13.78 A", "curl/8"} {
			for _, method := range []string{"GET", "HEAD"} {
				r := httptest.NewRequest(method, tt.path, nil)
				r.Header.Set("X-Ds-Host", "www.example.com")
				r.Header.Set("User-Agent", agent)
				answer := w.do(r)
				assert.Equal(t, 302, answer.StatusCode, tt.name)
				assert.Equal(t, tt.want, answer.Header.Get("Location"), tt.name)
				assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
				assert.Equal(t, "noindex", answer.Header.Get("X-Robots-Tag"))
			}
		}
	}
	r := httptest.NewRequest("GET", "/_ds/s/"+string(code), nil)
	r.Header.Set("X-Ds-Host", "example.org")
	assert.Equal(t, 403, w.do(r).StatusCode)
	r.Method = "POST"
	assert.Equal(t, 405, w.do(r).StatusCode)
}
