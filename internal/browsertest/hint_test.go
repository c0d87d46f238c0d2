package browsertest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/internal/browsertest"
)

// TestHints: the hint is passed on as it is, unless it cannot be the edge's.
func TestHints(t *testing.T) {
	tooLong := `ds;desc="` + strings.Repeat("a", 301) + `"`
	const good = `ds;desc="1.abc.1.none.document..0"`
	tests := []struct {
		path    string
		metrics []string
		want    string
	}{
		{"/among-other-metrics", []string{`cache;desc="1.a.2"`, good + `, db;dur=5`}, "1.abc.1.none.document..0"},
		{"/the-last-one-counts", []string{`ds;desc="mine"`, good}, "1.abc.1.none.document..0"},
		{"/parameters-of-a-header", []string{`ds;desc="1.abc.1.none.document.prefetch;anonymous-client-ip.0"`}, "1.abc.1.none.document.prefetch;anonymous-client-ip.0"},
		{"/as-long-as-can-be", []string{`ds;desc="` + strings.Repeat("a", 300) + `"`}, strings.Repeat("a", 300)},
		{"/longer", []string{tooLong}, ""},
		{"/10-kb", []string{`ds;desc="` + strings.Repeat("1.", 5120) + `"`}, ""},
		{"/too-long-behind-a-good-one", []string{good, tooLong}, ""},
		{"/signs-of-url-and-html", []string{`ds;desc="&o=1&q=x#?%00+ <script>alert(1)</script>'"`}, `&o=1&q=x#?%00+ <script>alert(1)</script>'`},
		{"/parts-missing", []string{`ds;desc="1..."`}, "1..."},
		{"/parts-too-many", []string{`ds;desc="1.a.b.c.d.e.f.1.1.1"`}, "1.a.b.c.d.e.f.1.1.1"},
		{"/empty", []string{`ds;desc=""`}, ""},
		{"/no-description", []string{`ds`}, ""},
		{"/other-names", []string{`DS;desc="a"`, `dss;desc="b"`}, ""},
		{"/none", nil, ""},
	}
	var want []sent
	for _, tt := range tests {
		hit := sent{"p": tt.path, "n": "navigate"}
		if tt.want != "" {
			hit["h"] = tt.want
		}
		want = append(want, hit)
	}
	run(t, []row{{name: "one after the other", want: want, do: func(v *visit) {
		for _, tt := range tests {
			v.own.put(tt.path, page{hint: func(string) []string { return tt.metrics }})
			v.tab.Open(v.own.URL + tt.path)
			v.settle()
		}
	}}})
}

// TestObjectionInAnyHint: what is no hint of the edge's can object, but not smuggle
// anything in.
func TestObjectionInAnyHint(t *testing.T) {
	given := func(hint string) func(v *visit) {
		return func(v *visit) {
			v.own.put("/in", page{hint: func(string) []string { return []string{`ds;desc="` + hint + `"`} }})
			v.enter("/in")
			v.settle()
		}
	}
	run(t, []row{
		{name: "an id that is a query", do: given("1.a&r=x.c.d.e.f.1"), want: []sent{{"o": "1", "q": "a&r=x", "Referer": "/"}}},
		{name: "no id", do: given("1..c.d.e.f.1"), want: []sent{{"o": "1", "Referer": "/"}}},
	})
}

// TestOtherBrowsers: this one is made to lack what others lack.
func TestOtherBrowsers(t *testing.T) {
	arrives := func(v *visit) { v.enter("/in?utm_source=news"); v.settle() }
	// Firefox and Safari know the size of the answer when the page has loaded.
	const sizeIsLate = `
		const size = Object.getOwnPropertyDescriptor(PerformanceResourceTiming.prototype, "transferSize").get
		let known = false
		addEventListener("load", () => setTimeout(() => known = true))
		Object.defineProperty(PerformanceResourceTiming.prototype, "transferSize", {get() { return known ? size.call(this) : 0 }})`
	const image = `delete Request.prototype.keepalive;`
	const gpc = `Object.defineProperty(Navigator.prototype, "globalPrivacyControl", {value: true});`
	run(t, []row{{
		name:     "without Server-Timing (Safari before 16.4)",
		settings: browsertest.Settings{Before: `delete PerformanceResourceTiming.prototype.serverTiming`},
		do:       arrives,
		want:     []sent{{"p": "/in", "n": "navigate", "Referer": "/in?utm_source=news"}},
	}, {
		name: "without Server-Timing and sizes",
		settings: browsertest.Settings{Before: `
			delete PerformanceResourceTiming.prototype.serverTiming
			delete PerformanceResourceTiming.prototype.transferSize`},
		do:   arrives,
		want: []sent{{"p": "/in", "n": "navigate", "Referer": "/in?utm_source=news"}},
	}, {
		name:     "without an account of the navigation (Safari before 15)",
		settings: browsertest.Settings{Before: `Performance.prototype.getEntriesByType = () => []`},
		do:       arrives,
		want:     []sent{{"p": "/in", "Referer": "/in?utm_source=news"}},
	}, {
		name:     "with an account that does not name the document",
		settings: browsertest.Settings{Before: `Object.defineProperty(PerformanceEntry.prototype, "name", {value: "document"})`},
		do:       arrives,
		want:     []sent{{"p": "/in", "h": "/in 1", "n": "navigate", "Referer": "/in?utm_source=news"}},
	}, {
		name:     "without fetch that outlives the page (Firefox before 133): an image",
		settings: browsertest.Settings{Before: image},
		do: func(v *visit) {
			v.own.put("/in", page{head: `<meta name=referrer content=no-referrer>`})
			arrives(v)
			assert.Equal(v, "image", v.own.received(v.T, 1)[0].header.Get("Sec-Fetch-Dest"))
		},
		want: []sent{{"p": "/in", "h": "/in 1", "n": "navigate", "Referer": "/in?utm_source=news"}},
	}, {
		name:     "an image, and an objection",
		settings: browsertest.Settings{Before: image + gpc},
		do:       arrives,
		want:     []sent{{"o": "1", "q": "/in 1", "Referer": "/"}},
	}, {
		name:     "the size of the answer is known late",
		settings: browsertest.Settings{Before: sizeIsLate},
		do:       arrives,
		want:     []sent{{"p": "/in", "h": "/in 1", "n": "navigate", "Referer": "/in?utm_source=news"}},
	}, {
		name:     "the size of the answer is known late, and consent is given even later",
		settings: browsertest.Settings{Before: sizeIsLate},
		do: func(v *visit) {
			v.own.put("/in", page{script: `<script src="/_ds/ds.js" data-wait-for-consent></script>`})
			v.enter("/in")
			v.settle()
			v.tab.Evaluate(`ds.consent(true)`, nil)
			v.settle()
		},
		want: []sent{{"p": "/in", "h": "/in 1", "n": "navigate"}},
	}, {
		name:     "the size of the answer is known late, and the script is there only when the page has loaded",
		settings: browsertest.Settings{Before: sizeIsLate},
		do: func(v *visit) {
			v.own.put("/in", page{script: late, body: `<script>addEventListener("load", () => beacon())</script>`})
			v.enter("/in")
			v.own.received(v.T, 1)
			v.settle()
		},
		want: []sent{{"p": "/in", "h": "/in 1", "n": "navigate"}},
	}, {
		name:     "the size of the answer would be known later than the reader leaves: neither hint nor cache",
		settings: browsertest.Settings{Before: sizeIsLate},
		do: func(v *visit) {
			v.own.put("/in", page{body: `<script>addEventListener("DOMContentLoaded", () => location.replace("/next"))</script><img src="/until/never">`})
			v.own.put("/next", page{script: "<p>"})
			v.enter("/in")
			v.tab.At(v.own.URL + "/next")
			v.settle()
		},
		want: []sent{{"p": "/in", "n": "navigate"}},
	}, {
		name:     "the size of the answer is known late, and the page is from the cache",
		settings: browsertest.Settings{Before: sizeIsLate},
		do: func(v *visit) {
			v.own.put("/in", page{header: http.Header{"Cache-Control": {"max-age=600"}}})
			v.arrive("/in")
			v.settle()
			v.open(v.other, "/in")
			v.tab = v.tab.FollowToNewTab("#new")
			v.settle()
		},
		want: []sent{{"p": "/in", "h": "/in 1", "r": "other", "n": "navigate"}, {"p": "/in", "r": "other", "n": "navigate", "c": "1"}},
	}})
}
