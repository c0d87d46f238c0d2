package demo

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func newSite(t testing.TB) *Site {
	t.Helper()
	s, err := New(signed, func() time.Time { return noon })
	require.NoError(t, err)
	return s
}

func (s *Site) send(method, path, host string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	r.Host = host
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

func (s *Site) get(t testing.TB, path string) (*http.Response, string) {
	t.Helper()
	answer := s.send(http.MethodGet, path, "paper.test:8080")
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer, string(body)
}

func TestArticles(t *testing.T) {
	s := newSite(t)
	langs := map[string]int{}
	for _, a := range s.articles {
		langs[a.Lang]++
		assert.GreaterOrEqual(t, a.Words, 150, a.Path)
		assert.Regexp(t, regexp.MustCompile(`^(/[a-z0-9-]+)+$`), a.Path)
		assert.LessOrEqual(t, len([]rune(a.Title)), 90, a.Path)
		assert.LessOrEqual(t, len([]rune(a.Teaser)), 170, a.Path)
	}
	assert.Equal(t, map[string]int{"de": 5, "en": 3}, langs)
	assert.Len(t, s.pages, 8+3+2, "no two have the same address")
}

func TestParseArticle(t *testing.T) {
	const head = "path: /a\nlang: de\nsection: S\ntitle: T: t\nauthor: A\npublished: 2026-03-05T06:07:08+01:00\nteaser: x\n"
	a, err := parseArticle([]byte(head + "\nOne two.\n\n## Three\n\nFour.\n"))
	require.NoError(t, err)
	assert.Equal(t, "T: t", a.Title)
	assert.Equal(t, []part{{false, "One two."}, {true, "Three"}, {false, "Four."}}, a.Parts)
	assert.Equal(t, "5. März 2026", a.Date())
	a.Lang = "en"
	assert.Equal(t, "5 March 2026", a.Date())
	for name, content := range map[string]string{
		"no text":         head,
		"no teaser":       strings.Replace(head, "teaser: x\n", "", 1) + "\nText.\n",
		"another field":   "colour: red\n" + head + "\nText.\n",
		"a field twice":   head + "path: /b\n\nText.\n",
		"no date":         strings.Replace(head, "2026-03-05", "yesterday", 1) + "\nText.\n",
		"no field at all": "Text.\n",
	} {
		_, err := parseArticle([]byte(content))
		assert.Error(t, err, name)
	}
}

// paths are the addresses of all pages.
func (s *Site) paths() (paths []string) {
	for path := range s.pages {
		paths = append(paths, path)
	}
	return paths
}

var (
	references = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	canonical  = regexp.MustCompile(`<link rel="canonical" href="([^"]*)">`)
	ids        = regexp.MustCompile(` id="([^"]*)"`)
	headings   = regexp.MustCompile(`<h([1-6])`)
)

// TestPages: what every page has, and has not.
func TestPages(t *testing.T) {
	s := newSite(t)
	for _, path := range append(s.paths(), "/nothing/here") {
		answer, body := s.get(t, path)
		exists := path != "/nothing/here"
		if exists {
			assert.Equal(t, http.StatusOK, answer.StatusCode, path)
			assert.Equal(t, "public, max-age=60, s-maxage=300", answer.Header.Get("Cache-Control"), path)
			assert.NotEmpty(t, answer.Header.Get("ETag"), path)
			assert.Equal(t, "http://paper.test:8080"+path, canonical.FindStringSubmatch(body)[1])
			assert.Contains(t, body, `<meta property="og:url" content="http://paper.test:8080`+path+`">`)
		} else {
			assert.Equal(t, http.StatusNotFound, answer.StatusCode)
			assert.NotContains(t, body, "canonical")
		}
		assert.Equal(t, "text/html; charset=utf-8", answer.Header.Get("Content-Type"))
		assert.Contains(t, answer.Header.Get("Content-Security-Policy"), "default-src 'self';")
		assert.Equal(t, "nosniff", answer.Header.Get("X-Content-Type-Options"))

		assert.Regexp(t, `(?s)^<!doctype html>\n<html lang="(de|en)">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">`, body)
		assert.Contains(t, body, `<script src="/_ds/ds.js" async></script>`)
		assert.Contains(t, body, `<noscript><img src="/_ds/hit?v=1&amp;n=noscript" referrerpolicy="same-origin" alt="" width="1" height="1"></noscript>`)
		assert.Contains(t, body, `<a href="/_ds/me">`)
		assert.Equal(t, 1, strings.Count(body, "<main"), path)
		assert.NotContains(t, body, "style=", path)
		assert.NotRegexp(t, `<script>|<style| on[a-z]+="`, body, "the policy would stop it")
		assert.NotContains(t, body, "ZgotmplZ", "html/template found something that is not safe")

		seen := map[string]bool{}
		for _, id := range ids.FindAllStringSubmatch(body, -1) {
			assert.False(t, seen[id[1]], "%s: two have the id %s", path, id[1])
			seen[id[1]] = true
		}
		level := 0
		for _, h := range headings.FindAllStringSubmatch(body, -1) {
			next := int(h[1][0] - '0')
			assert.LessOrEqual(t, next, level+1, "%s: a heading of level %d is left out", path, level+1)
			level = next
		}
		assert.Equal(t, 1, strings.Count(body, "<h1"), path)

		for _, reference := range references.FindAllStringSubmatch(body, -1) {
			to := strings.ReplaceAll(strings.TrimPrefix(reference[1], "http://paper.test:8080"), "&amp;", "&")
			if strings.HasPrefix(to, "/_ds/") {
				continue // not ours
			}
			if to == "#main" {
				assert.True(t, seen["main"], path)
				continue
			}
			linked, _ := s.get(t, to)
			assert.Equal(t, exists || to != path, linked.StatusCode == http.StatusOK, "%s links to %s", path, to)
		}
	}
}

// TestArticleData: what a table of pages reads from an article.
func TestArticleData(t *testing.T) {
	s := newSite(t)
	data := regexp.MustCompile(`<script type="application/ld\+json">(.*)</script>`)
	for _, a := range s.articles {
		_, body := s.get(t, a.Path)
		var got map[string]any
		require.NoError(t, json.Unmarshal([]byte(data.FindStringSubmatch(body)[1]), &got))
		assert.Equal(t, map[string]any{
			"@context": "https://schema.org", "@type": "NewsArticle", "mainEntityOfPage": "http://paper.test:8080" + a.Path, "headline": a.Title, "description": a.Teaser,
			"author": map[string]any{"@type": "Person", "name": a.Author}, "datePublished": a.Published.Format("2006-01-02T15:04:05Z07:00"), "articleSection": a.Section,
			"inLanguage": a.Lang, "wordCount": float64(a.Words),
		}, got)
		assert.Contains(t, body, `<html lang="`+a.Lang+`">`)
		assert.Contains(t, body, `<meta property="og:type" content="article">`)
		assert.Contains(t, body, `<meta property="article:section" content="`+a.Section+`">`)
		assert.Contains(t, body, `<meta property="article:published_time" content="`+a.Published.Format("2006-01-02T15:04:05")+`&#43;01:00">`)
	}
}

// TestHost: addresses are made with the Host the site was asked for, and one that is
// none breaks nothing.
func TestHost(t *testing.T) {
	s := newSite(t)
	a := s.articles[0]
	body := func(host string) string {
		content, err := io.ReadAll(s.send(http.MethodGet, a.Path, host).Body)
		require.NoError(t, err)
		return string(content)
	}
	assert.Contains(t, body("192.0.2.7:8080"), `href="http://192.0.2.7:8080`+a.Path+`"`)
	assert.NotContains(t, body(`"><script>alert(1)</script>`), "<script>alert")
	assert.NotEqual(t, s.send(http.MethodGet, a.Path, "a.test").Header.Get("ETag"), s.send(http.MethodGet, a.Path, "b.test").Header.Get("ETag"))
}

func TestConditional(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/", "/static/style.css"} {
		answer, body := s.get(t, path)
		again := s.send(http.MethodGet, path, "paper.test:8080", "If-None-Match", answer.Header.Get("ETag"))
		assert.Equal(t, http.StatusNotModified, again.StatusCode)
		head := s.send(http.MethodHead, path, "paper.test:8080")
		assert.Equal(t, http.StatusOK, head.StatusCode)
		assert.Equal(t, int64(len(body)), head.ContentLength)
	}
	assert.Equal(t, http.StatusNotFound, s.send(http.MethodHead, "/nothing", "paper.test").StatusCode)
	for path, allowed := range map[string]string{"/": "GET, HEAD", "/laden/bestellung": "GET, HEAD, POST"} {
		answer := s.send(http.MethodPut, path, "paper.test")
		assert.Equal(t, http.StatusMethodNotAllowed, answer.StatusCode)
		assert.Equal(t, allowed, answer.Header.Get("Allow"))
	}
}

func TestStatic(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]string{"/static/style.css": "text/css", "/static/privacy.js": "text/javascript", "/static/shop.js": "text/javascript", "/static/thanks.js": "text/javascript", "/static/icon.svg": "image/svg+xml"} {
		answer, body := s.get(t, path)
		assert.Equal(t, http.StatusOK, answer.StatusCode)
		assert.Contains(t, answer.Header.Get("Content-Type"), want)
		assert.NotRegexp(t, `https?://[^w]|@import|url\(`, body, "no request leaves the site")
	}
	for _, path := range []string{"/static/", "/articles/orgel.txt", "/templates/layout.html", "/static/../articles/orgel.txt"} {
		answer, _ := s.get(t, path)
		assert.Equal(t, http.StatusNotFound, answer.StatusCode, path)
	}
}
