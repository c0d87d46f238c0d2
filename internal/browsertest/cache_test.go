package browsertest_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
)

var (
	cached     = page{header: http.Header{"Cache-Control": {"max-age=600"}}}
	unmodified = page{header: http.Header{"Etag": {`"1"`}}}
)

// TestCaches: what the page knows of the edge may be old.
func TestCaches(t *testing.T) {
	arrived := sent{"p": "/in", "h": "/in 1", "r": "other", "n": "navigate"}
	again := func(p page) func(v *visit) {
		return func(v *visit) {
			v.own.put("/in", p)
			v.arrive("/in")
			v.settle()
			v.open(v.other, "/in")
			v.tab = v.tab.FollowToNewTab("#new")
			v.settle()
		}
	}
	run(t, []row{{
		name: "out of the browser's cache, in a new tab: no hint",
		do:   again(cached),
		want: []sent{arrived, {"p": "/in", "r": "other", "n": "navigate", "c": "1"}},
	}, {
		name: "not modified: the hint is new",
		do: func(v *visit) {
			again(unmodified)(v)
			var size int
			v.tab.Evaluate(`performance.getEntriesByType("navigation")[0].transferSize`, &size)
			assert.Equal(v, 300, size, "the page came anew")
		},
		want: []sent{arrived, {"p": "/in", "h": "/in 2", "r": "other", "n": "navigate"}},
	}, {
		name: "out of a service worker's cache: neither hint nor cache",
		do:   worker(`caches.match("/in")`),
		want: []sent{{"p": "/in", "r": "other", "n": "navigate"}},
	}, {
		name: "made up by a service worker",
		do:   worker(`caches.match("/in").then(kept => kept.text()).then(text => new Response(text, {headers: {"Content-Type": "text/html"}}))`),
		want: []sent{{"p": "/in", "r": "other", "n": "navigate"}},
	}, {
		name: "fetched by a service worker: the hint is new",
		do: func(v *visit) {
			worker(`fetch(event.request)`)(v)
			assert.Contains(v, v.own.given(v.T, "/in", 2), ".cross-site.empty.", "the edge sees the worker's request")
		},
		want: []sent{{"p": "/in", "h": "/in 2", "r": "other", "n": "navigate"}},
	}, {
		name: "fetched in advance, and then gone to: the hint says so",
		do: func(v *visit) {
			v.prefetch(v.other, `<script type=speculationrules>{"prefetch": [{"urls": ["%s"], "eagerness": "immediate"}]}</script>`)
			v.tab.Follow("#go")
			v.settle()
			assert.Contains(v, v.own.given(v.T, "/in", 1), ".none.document.prefetch.")
		},
		want: []sent{arrived},
	}, {
		name: "fetched in advance, and not gone to",
		do: func(v *visit) {
			v.prefetch(v.other, `<script type=speculationrules>{"prefetch": [{"urls": ["%s"], "eagerness": "immediate"}]}</script>`)
			v.settle()
		},
	}, {
		name: "fetched in advance by the site itself, and then gone to",
		do: func(v *visit) {
			v.own.put("/in", cached)
			v.prefetch(v.own, `<link rel=prefetch as=document href="%s">`)
			v.tab.Follow("#go")
			v.settle()
			assert.Contains(v, v.own.given(v.T, "/in", 1), ".same-origin.empty.prefetch.")
		},
	}})
}

// worker arrives at a page that a service worker answers for.
func worker(response string) func(v *visit) {
	return func(v *visit) {
		v.own.put("/worker.js", page{header: http.Header{"Content-Type": {"text/javascript"}}, raw: `
			addEventListener("install", event => event.waitUntil(caches.open("pages").then(pages => pages.add("/in"))))
			addEventListener("fetch", event => {
				if (new URL(event.request.url).pathname === "/in") event.respondWith(` + response + `)
			})`})
		v.own.put("/register", page{script: "<p>"})
		v.tab.Open(v.own.URL + "/register")
		v.tab.Evaluate(`navigator.serviceWorker.register("/worker.js").then(() => navigator.serviceWorker.ready).then(() => null)`, nil)
		v.arrive("/in")
		v.settle()
	}
}

// prefetch opens a page with a link to /in, which the browser fetches in advance,
// and waits until it does.
func (v *visit) prefetch(from *site, how string) {
	v.Helper()
	to := v.own.URL + "/in"
	from.put("/from", page{script: "<p>", body: fmt.Sprintf(how, to) + `<a id=go href="` + to + `">go</a>`})
	v.tab.Open(from.URL + "/from")
	v.own.waitFor(v.T, "the browser to fetch "+to, func() bool { return len(v.own.hint["/in"]) > 0 })
}
