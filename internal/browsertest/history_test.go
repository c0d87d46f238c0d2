package browsertest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/internal/browsertest"
)

// TestReturns: a reader sees a page again without having come to the site again.
// All of it looks like an arrival to a server, so the type of navigation is told.
func TestReturns(t *testing.T) {
	arrived := sent{"p": "/in", "h": "/in 1", "r": "other", "n": "navigate"}
	run(t, []row{{
		name: "reload: the request is as it was, with a new hint",
		do: func(v *visit) {
			v.arrive("/in")
			v.settle()
			v.tab.Reload()
			v.settle()
			assert.Contains(v, v.own.given(v.T, "/in", 2), ".cross-site.")
		},
		want: []sent{arrived, {"p": "/in", "h": "/in 2", "r": "other", "n": "reload"}},
	}, {
		name: "back to a page in the browser's memory: nothing",
		do: func(v *visit) {
			v.arrive("/in")
			v.settle()
			v.tab.Evaluate(`addEventListener("pageshow", event => window.restored = event.persisted)`, nil)
			v.leave()
			v.tab.Back()
			v.settle()
			var restored bool
			v.tab.Evaluate(`window.restored === true`, &restored)
			assert.True(v, restored, "the document was loaded again")
		},
		want: []sent{arrived},
	}, {
		name: "back to a page in the browser's cache",
		do: func(v *visit) {
			v.arrive("/in")
			v.settle()
			v.pin()
			v.leave()
			v.tab.Back()
			v.settle()
		},
		want: []sent{arrived, {"p": "/in", "r": "other", "n": "back_forward", "c": "1"}},
	}, {
		name: "back to a page that must not be cached",
		do: func(v *visit) {
			v.own.put("/in", page{header: http.Header{"Cache-Control": {"no-store"}}})
			v.arrive("/in")
			v.settle()
			v.pin()
			v.leave()
			v.tab.Back()
			v.settle()
		},
		want: []sent{arrived, {"p": "/in", "h": "/in 2", "r": "other", "n": "back_forward"}},
	}, {
		name: "forward",
		do: func(v *visit) {
			v.arrive("/in")
			v.settle()
			v.pin()
			v.tab.Back()
			v.tab.Forward()
			v.settle()
		},
		want: []sent{arrived, {"p": "/in", "r": "other", "n": "back_forward", "c": "1"}},
	}, {
		name: "a tab that the browser had thrown away",
		settings: browsertest.Settings{
			// Only chrome://discards, without a debugger, does it for real. Type and cache
			// are then those of "back", measured in Chromium 156.
			Before: `Object.defineProperty(Document.prototype, "wasDiscarded", {value: true})`,
		},
		do:   func(v *visit) { v.arrive("/in"); v.settle() },
		want: []sent{{"p": "/in", "h": "/in 1", "r": "other", "n": "reload"}},
	}})
}

// pin keeps the page out of the back-forward cache.
func (v *visit) pin() {
	v.Helper()
	v.tab.Evaluate(`addEventListener("unload", () => {})`, nil)
}

// leave goes on to a page of another site.
func (v *visit) leave() {
	v.Helper()
	v.other.put("/elsewhere", page{script: "<p>"})
	v.tab.Open(v.other.URL + "/elsewhere")
}
