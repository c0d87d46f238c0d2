package darksocial

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

var pageSite = Site{Pages: PageRules{Hide: []string{"/orders/*", "/users/*/posts", "/account/**", "/shop/*/cart/*"}}}

var pageCases = []struct{ name, path, want string }{
	// One name per page.
	{"front page", "/", "/"},
	{"no path", "", "/"},
	{"article", "/politik/wahl-2026", "/politik/wahl-2026"},
	{"final slash", "/politik/", "/politik"},
	{"double slashes", "//politik///wahl//", "/politik/wahl"},
	{"dot segments", "/a/./b/../c", "/a/c"},
	{"dot segments above the root", "/../../a", "/a"},
	{"escaped dot segments", "/a/%2e%2E/b", "/b"},
	{"no slash in front", "a/b", "/a/b"},
	{"case stays", "/Politik/Wahl", "/Politik/Wahl"},
	{"query", "/a?b=c", "/a"},
	{"fragment", "/a#b", "/a"},
	{"session behind a semicolon", "/a;jsessionid=1F2E/b", "/a"},
	{"index", "/politik/index.html", "/politik"},
	{"index of the root", "/index.php", "/"},
	{"index in capitals", "/politik/Index.HTML", "/politik"},
	{"default page", "/politik/default.aspx", "/politik"},
	{"an article about an index", "/boerse/index-dax", "/boerse/index-dax"},
	{"index without extension", "/a/index", "/a/index"},
	{"an html page", "/a/b.html", "/a/b.html"},
	{"a program", "/artikel.php", "/artikel.php"},

	{"escaped slash", "/artikel%2Fwahl", "/artikel/wahl"},
	{"years are no UUID", "/2022-2023-2024-2025-2026", "/2022-2023-2024-2025-2026"},
	{"words of hexadecimal letters", "/face-fade-dead-babe-cafe", "/face-fade-dead-babe-cafe"},

	// AMP.
	{"amp in front", "/amp/politik/wahl", "/politik/wahl"},
	{"amp behind", "/politik/wahl/amp/", "/politik/wahl"},
	{"amp extension", "/politik/wahl.amp", "/politik/wahl"},
	{"amp before html", "/politik/wahl.amp.html", "/politik/wahl.html"},
	{"amp of an index", "/politik/index.amp.html", "/politik"},
	{"amp behind an index", "/politik/index.html/amp", "/politik"},
	{"a page about amp", "/amp", "/amp"},
	{"ampere", "/lexikon/ampere", "/lexikon/ampere"},

	// Letters.
	{"umlaut", "/bücher/käse", "/bücher/käse"},
	{"escaped umlaut", "/b%C3%BCcher/k%c3%a4se", "/bücher/käse"},
	{"escaped twice", "/b%25C3%25BCcher", "/bücher"},
	{"escaped without end", "/%" + strings.Repeat("25", 200) + "41", "/*"},
	{"escaped blank", "/a%20b", "/a b"},
	{"plus stays", "/a+b", "/a+b"},
	{"a lone percent", "/100%/x", "/100%/x"},
	{"another script", "/%E6%96%B0%E8%81%9E", "/新聞"},
	{"not UTF-8", "/a%ff%feb", "/ab"},
	{"control characters", "/a%00b%0ac\x1b", "/abc"},
	{"escaped question mark: what is behind it is a query", "/a%3Fb%23c%3Bd", "/a"},
	{"direction mark", "/a\u202eb", "/ab"},

	// Nothing personal.
	{"an IPv4 address", "/host/192.0.2.7/log", "/host/*/log"},
	{"an IPv6 address", "/host/2001:db8::7", "/host/*"},
	{"an IPv6 address with a port", "/host/%5B2001:db8::7%5D:443", "/host/*"},
	{"four numbers are a version only if they are no address", "/release/1.2.3", "/release/1.2.3"},
	{"a word that looks like an address", "/cpp/Face::Add", "/cpp/Face::Add"},
	{"cut in the middle of an e-mail address", "/" + strings.Repeat("a/", 1020) + "somebody-with-a-long-name@example.com", "/" + strings.Repeat("a/", 255) + "*"},
	{"address", "/unsubscribe/somebody@example.com", "/unsubscribe/*"},
	{"escaped address", "/u/somebody%40example.com/x", "/u/*/x"},
	{"address escaped twice", "/u/somebody%2540example.com", "/u/*"},
	{"address escaped four times", "/u/somebody%25252540example.com", "/u/*"},
	{"address behind a control character", "/u/somebody%4%000example.com", "/u/*"},
	{"UUID", "/s/3f2c1a77-9b0e-4c55-8d31-77aa0b1c2d3e", "/s/*"},
	{"UUID in capitals", "/s/3F2C1A77-9B0E-4C55-8D31-77AA0B1C2D3E/x", "/s/*/x"},
	{"JWT", "/t/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0.c2lnbmF0dXJlLTEyMzQ1Njc4", "/t/*"},
	{"hex", "/h/0f343b0931126a20f133d67c2b018a3b", "/h/*"},
	{"telephone", "/call/4915112345678", "/call/*"},
	{"telephone inside", "/call/tel-4915112345678-x", "/call/*"},
	{"base64", "/r/dGhpcyBpcyBhIHNlY3JldDEyMw==", "/r/*"},
	{"long run of letters", "/r/" + strings.Repeat("abcdefgh", 6), "/r/*"},

	// What only looks like it.
	{"slug with a year", "/2026/11/23/wahl-in-berlin-2026", "/2026/11/23/wahl-in-berlin-2026"},
	{"article number", "/artikel-1234567890.html", "/artikel-1234567890.html"},
	{"10 digits", "/n/1234567890", "/n/1234567890"},
	{"11 digits", "/n/12345678901", "/n/*"},
	{"19 letters and digits", "/n/a123456789b12345678", "/n/a123456789b12345678"},
	{"20 letters and digits", "/n/a123456789b123456789", "/n/*"},
	{"39 letters", "/n/" + strings.Repeat("xyz", 13), "/n/" + strings.Repeat("xyz", 13)},
	{"40 letters", "/n/" + strings.Repeat("wxyz", 10), "/n/*"},
	{"video", "/watch/dQw4w9WgXcQ", "/watch/dQw4w9WgXcQ"},
	{"short hex", "/c/9c2733d", "/c/9c2733d"},
	{"hex words", "/cafe-face/dead-beef", "/cafe-face/dead-beef"},
	{"long slug", "/was-die-wahl-2026-fuer-die-gemeinden-im-landkreis-bedeutet-und-was-nicht", "/was-die-wahl-2026-fuer-die-gemeinden-im-landkreis-bedeutet-und-was-nicht"},
	{"long word", "/rindfleischetikettierungsgesetz", "/rindfleischetikettierungsgesetz"},
	{"a star", "/a/*/b", "/a/*/b"},

	// What the site hides.
	{"order", "/orders/4711", "/orders/*"},
	{"orders", "/orders", "/orders"},
	{"below an order", "/orders/4711/items", "/orders/4711/items"},
	{"user's posts", "/users/anna/posts", "/users/*/posts"},
	{"account", "/account/anna/settings", "/account/*"},
	{"account itself", "/account", "/account/*"},
	{"two stars", "/shop/anna/cart/9", "/shop/*/cart/*"},
	{"order by another spelling", "//orders/./%34711/", "/orders/*"},

	// Long.
	{"10 KB", "/a/" + strings.Repeat("b-", 5000), "/a/*"},
	{"10 KB in one", "/" + strings.Repeat("b-", 5000), "/*"},
	{"512 bytes", "/" + strings.Repeat("b-", 255) + "c", "/" + strings.Repeat("b-", 255) + "c"},
	{"513 bytes", "/" + strings.Repeat("b-", 256), "/*"},
	{"a slash at the border", "/" + strings.Repeat("b-", 255) + "/c", "/*"},
	{"a letter on the border", "/a/" + strings.Repeat("ü-", 200), "/a/*"},
}

func TestPage(t *testing.T) {
	for _, tt := range pageCases {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, pageSite.Page(tt.path))
		})
	}
}

// checkPage demands what holds for the name of any page.
func checkPage(t *testing.T, path string) {
	page := pageSite.Page(path)
	assert.Equal(t, page, pageSite.Page(page), "a name is its own name: %q", path)
	assert.True(t, strings.HasPrefix(page, "/"), "%q", page)
	assert.LessOrEqual(t, len(page), maxPage)
	assert.NotContains(t, page, "@")
	assert.NotContains(t, page, "//")
	assert.True(t, utf8.ValidString(page), "%q", page)
	assert.False(t, strings.ContainsFunc(page, unicode.IsControl), "%q", page)
}

func FuzzPage(f *testing.F) {
	for _, tt := range pageCases {
		f.Add(tt.path)
	}
	for _, path := range []string{
		"/%25252541", "/%4%001", "/%4%3F1", "/a/amp.amp", "/a/..amp", "/a/...amp", "/a/.amp", "/.amp.html", "/a%2Fb", "/a%252fb", "/%20.%20/a",
		"/amp/index.html", "/index.html/index.php", "/a/\xff@\xfe", "/" + strings.Repeat("a/", 300), "/" + strings.Repeat("%41/", 600), "/orders/%2a",
	} {
		f.Add(path)
	}
	f.Fuzz(checkPage)
}
