package darksocial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNotAPage(t *testing.T) {
	c := New(Site{Pages: PageRules{Ignore: []string{"/api/**", "/print/*"}}})
	for _, tt := range []struct {
		want  string // "" is a page
		visit Visit
	}{
		{"", Visit{Path: "/"}},
		{"", Visit{}},
		{"", Visit{Path: "/a", Method: "GET", Status: 200, ContentType: "text/html"}},

		{"nav.method", Visit{Path: "/a", Method: "POST"}},
		{"nav.method", Visit{Path: "/a", Method: "HEAD", Status: 200, ContentType: "text/html"}},

		{"nav.status", Visit{Path: "/a", Status: 301, ContentType: "text/html"}},
		{"nav.status", Visit{Path: "/a", Status: 404, ContentType: "text/html"}},
		{"nav.status", Visit{Path: "/a", Status: 503}},
		{"nav.status", Visit{Path: "/a", Status: 204}},
		{"nav.status", Visit{Path: "/a", Status: -1}},
		{"", Visit{Path: "/a", Status: 304}},
		{"", Visit{Path: "/a", Status: 206, ContentType: "text/html"}},
		{"", Visit{Path: "/a", Status: 203}},

		{"nav.own", Visit{Path: "/_ds/hit"}},
		{"nav.own", Visit{Path: "/_ds/s/abc", Status: 200, ContentType: "text/html"}},
		{"", Visit{Path: "/_dsl/x"}},

		{"nav.dest", Visit{Path: "/a", Headers: Headers{FetchDest: "image"}}},
		{"nav.dest", Visit{Path: "/a", Headers: Headers{FetchDest: "empty"}}},
		{"nav.dest", Visit{Path: "/a", Headers: Headers{FetchDest: "serviceworker", FetchMode: "same-origin"}}},
		{"nav.embedded", Visit{Path: "/a", Headers: Headers{FetchDest: "iframe", FetchMode: "navigate"}}},
		{"nav.embedded", Visit{Path: "/a", Headers: Headers{FetchDest: "frame"}}},
		{"nav.embedded", Visit{Path: "/a", Headers: Headers{FetchDest: "embed"}}},
		{"nav.embedded", Visit{Path: "/a", Headers: Headers{FetchDest: "object"}}},
		{"nav.mode", Visit{Path: "/a", Headers: Headers{FetchDest: "document", FetchMode: "cors"}}},
		{"nav.mode", Visit{Path: "/a", Headers: Headers{FetchMode: "no-cors"}}},
		{"", Visit{Path: "/a", Headers: Headers{FetchDest: "document", FetchMode: "navigate"}}},

		{"nav.ignored", Visit{Path: "/api/v1/x"}},
		{"nav.ignored", Visit{Path: "/api"}},
		{"nav.ignored", Visit{Path: "/print/a", ContentType: "text/html"}},
		{"", Visit{Path: "/apis/v1"}},
		{"", Visit{Path: "/print/a/b"}},

		{"nav.type", Visit{Path: "/a", ContentType: "application/json"}},
		{"nav.type", Visit{Path: "/a", ContentType: "text/plain"}},
		{"nav.type", Visit{Path: "/a.html", ContentType: "text/htmlx"}},
		{"", Visit{Path: "/a", ContentType: "TEXT/HTML"}},
		{"", Visit{Path: "/a", ContentType: "application/xhtml+xml"}},

		// The type beats the name.
		{"", Visit{Path: "/wiki/File:Map.png", ContentType: "text/html"}},
		{"", Visit{Path: "/robots.txt", ContentType: "text/html"}},
		{"nav.extension", Visit{Path: "/wiki/File:Map.png"}},
		{"nav.extension", Visit{Path: "/app.css", Status: 200}},
		{"nav.extension", Visit{Path: "/a/PHOTO.JPG"}},
		{"nav.extension", Visit{Path: "/a.tar.gz"}},
		{"nav.extension", Visit{Path: "/feed.xml"}},
		{"nav.extension", Visit{Path: "/site.webmanifest"}},
		{"nav.extension", Visit{Path: "x.js"}},
		{"nav.name", Visit{Path: "/.well-known/traffic-advice"}},
		{"nav.name", Visit{Path: "/wp-admin/admin-ajax.php"}},
		{"nav.name", Visit{Path: "/blog/wp-login.php"}},
		{"nav.name", Visit{Path: "/robots.txt"}},
		{"nav.name", Visit{Path: "/en/sitemap.xml"}},
		{"nav.name", Visit{Path: "/graphql"}},
		{"nav.name", Visit{Path: "/_next/data/x"}},

		// What stays a page.
		{"", Visit{Path: "/release-1.2"}},
		{"", Visit{Path: "/v1.2.3/"}},
		{"", Visit{Path: "/index.php"}},
		{"", Visit{Path: "/a.html"}},
		{"", Visit{Path: "/a.htm"}},
		{"", Visit{Path: "/artikel.1234567"}},
		{"", Visit{Path: "/a.png/"}},
		{"", Visit{Path: "/a.png/b"}},
		{"", Visit{Path: "/node.js-tutorial"}},
		{"", Visit{Path: "/graphql-for-beginners"}},
		{"", Visit{Path: "/a."}},
		{"", Visit{Path: "/." + strings.Repeat("x", 1<<20)}},
	} {
		assert.Equal(t, tt.want, idOf(c.notAPage(&tt.visit)), "%.60q %+v", tt.visit.Path, tt.visit.Headers)
	}
}

// TestAssetExtensions: the lists are compared in lower case, so a row in capitals
// would never be found.
func TestAssetExtensions(t *testing.T) {
	for ext := range assetExtensions {
		assert.Equal(t, navExtension, byName("/a/b."+ext), ext)
		assert.Equal(t, navExtension, byName("/a/b."+strings.ToUpper(ext)), ext)
		assert.Equal(t, noRule, byName("/a/"+ext), ext)
		assert.Equal(t, noRule, byName("/a/b."+ext+"/c"), ext)
	}
	for name := range programNames {
		assert.Equal(t, navName, byName("/a/"+name), name)
	}
	for _, prefix := range programPaths {
		assert.Equal(t, navName, byName(prefix+"x"), prefix)
	}
}
