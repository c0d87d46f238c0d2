package browsertest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestArrivals: a reader comes to the site, from somewhere or nowhere.
func TestArrivals(t *testing.T) {
	run(t, []row{{
		name: "by a link on another site",
		do:   func(v *visit) { v.arrive("/in"); v.settle() },
		want: []sent{{"p": "/in", "h": "/in 1", "r": "other", "n": "navigate"}},
	}, {
		name: "by an address that was typed",
		do:   func(v *visit) { v.tab.Open(v.own.URL + "/in"); v.settle() },
		want: []sent{{"p": "/in", "h": "/in 1", "n": "navigate"}},
	}, {
		name: "of the page before, only the origin is told",
		do: func(v *visit) {
			v.other.put("/secret", page{script: "<p>", head: `<meta name=referrer content=unsafe-url>`, body: `<a id=go href="` + v.own.URL + `/in">go</a>`})
			v.tab.Open(v.other.URL + "/secret?token=1")
			v.tab.Follow("#go")
			var whole string
			v.tab.Evaluate(`document.referrer`, &whole)
			v.settle()
			if whole != v.other.URL+"/secret?token=1" {
				v.Errorf("the page itself sees %q, so this row shows nothing", whole)
			}
		},
		want: []sent{{"p": "/in", "h": "/in 1", "r": "other", "n": "navigate"}},
	}, {
		name: "with a campaign's tags: they are in the hit's Referer",
		do:   func(v *visit) { v.arrive("/in?utm_source=news&utm_medium=email"); v.settle() },
		want: []sent{{"p": "/in", "h": "/in 1", "r": "other", "n": "navigate", "Referer": "/in?utm_source=news&utm_medium=email"}},
	}, {
		name: "with a campaign's tags, on a page that sends no Referer",
		do: func(v *visit) {
			v.own.put("/in", page{head: `<meta name=referrer content=no-referrer>`})
			v.arrive("/in?utm_source=news")
			v.settle()
		},
		want: []sent{{"p": "/in", "h": "/in 1", "r": "other", "n": "navigate", "Referer": "/in?utm_source=news"}},
	}, {
		name: "at a path with umlauts",
		do:   func(v *visit) { v.arrive("/straße/grün & gut+1"); v.settle() },
		want: []sent{{"p": "/stra%C3%9Fe/gr%C3%BCn%20&%20gut+1", "h": "/stra%C3%9Fe/gr%C3%BCn%20&%20gut+1 1", "r": "other", "n": "navigate"}},
	}, {
		name: "by way of a redirect: the page is the last one",
		do: func(v *visit) {
			v.own.put("/moved", page{header: http.Header{"Location": {"/in"}}})
			v.arrive("/moved")
			v.settle()
		},
		want: []sent{{"p": "/in", "h": "/in 1", "r": "other", "n": "navigate"}},
	}, {
		name: "in a tab that a link opened",
		do: func(v *visit) {
			v.open(v.other, "/in")
			v.tab = v.tab.FollowToNewTab("#new")
			v.settle()
		},
		want: []sent{{"p": "/in", "h": "/in 1", "r": "other", "n": "navigate"}},
	}, {
		name: "the address has a fragment",
		do:   func(v *visit) { v.arrive("/in?x=1#part"); v.settle() },
		want: []sent{{"p": "/in", "h": "/in 1", "r": "other", "n": "navigate", "Referer": "/in?x=1"}},
	}})
}

// TestClicksInside: what the site itself led to, logs count.
func TestClicksInside(t *testing.T) {
	// An app's own browser may show the site as its own Referer when a person comes
	// back to it: Sec-Fetch-Site, which the edge saw, tells the two apart.
	came := func(site string) func(string) []string {
		return func(string) []string { return []string{`ds;desc="1.abc.1795786000.` + site + `.document..0"`} }
	}
	inside := func(p page) func(v *visit) {
		return func(v *visit) {
			v.own.put("/in", p)
			v.follow(v.own, "/in")
			v.settle()
		}
	}
	run(t, []row{
		{name: "a click", do: inside(page{})},
		{name: "a click, same-site", do: inside(page{hint: came("same-site")})},
		{name: "a click, and the edge saw no Sec-Fetch-Site", do: inside(page{hint: came("")})},
		{name: "a click, and there is no edge", do: inside(page{hint: func(string) []string { return nil }})},
		{
			name: "the own Referer, but from another site",
			do:   inside(page{hint: came("cross-site")}),
			want: []sent{{"p": "/in", "h": "1.abc.1795786000.cross-site.document..0", "r": "own", "n": "navigate"}},
		}, {
			name: "the own Referer, but from outside the browser",
			do:   inside(page{hint: came("none")}),
			want: []sent{{"p": "/in", "h": "1.abc.1795786000.none.document..0", "r": "own", "n": "navigate"}},
		},
	})
}

// TestReferrers are those that this browser would not send by itself.
func TestReferrers(t *testing.T) {
	tests := []struct{ referrer, want string }{
		{"android-app://com.whatsapp/", "android-app://com.whatsapp"},
		{"android-app://com.google.android.googlequicksearchbox", "android-app://com.google.android.googlequicksearchbox"},
		{"https://web.whatsapp.com/", "https://web.whatsapp.com"},
		{"https://example.com:8443/a?b#c", "https://example.com:8443"},
		{"https://example.com?b", "https://example.com"},
		{"https://example.com#b", "https://example.com"},
		{"https://xn--bcher-kva.example/", "https://xn--bcher-kva.example"},
		{"http://[::1]:80/", "http://[::1]:80"},
		{"https://user:secret@example.com/", ""},
		{"https://" + strings.Repeat("a", 256) + "/", ""},
		{"about:blank", ""},
		{"nonsense", ""},
		{"", ""},
	}
	path := func(i int) string { return fmt.Sprintf("/%d", i) }
	var want []sent
	for i, tt := range tests {
		hit := sent{"p": path(i), "h": path(i) + " 1", "n": "navigate"}
		if tt.want != "" {
			hit["r"] = tt.want
		}
		want = append(want, hit)
	}
	run(t, []row{{name: "one after the other", want: want, do: func(v *visit) {
		for i, tt := range tests {
			v.own.put(path(i), page{head: fmt.Sprintf(`<script>Object.defineProperty(document, "referrer", {value: %q})</script>`, tt.referrer)})
			v.tab.Open(v.own.URL + path(i))
			v.settle()
		}
	}}})
}
