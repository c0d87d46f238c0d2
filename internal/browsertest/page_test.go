package browsertest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/internal/browsertest"
)

// late adds the script to the page when the test, or the page, calls it.
const late = `<script>
	function beacon(source) {
		const script = document.createElement("script")
		script.src = source || "/_ds/ds.js"
		return new Promise(loaded => {
			script.onload = () => loaded(null)
			document.head.append(script)
		})
	}
</script>`

// TestPages: what a page does by itself makes no arrivals, and hides none.
func TestPages(t *testing.T) {
	arrived := sent{"p": "/in", "h": "/in 1", "n": "navigate"}
	shows := func(p page) func(v *visit) {
		return func(v *visit) {
			v.own.put("/in", p)
			v.enter("/in")
			v.settle()
		}
	}
	run(t, []row{{
		name: "a router goes on to other addresses",
		do: func(v *visit) {
			v.enter("/in")
			v.settle()
			v.tab.Evaluate(`history.pushState(0, "", "/second"); history.replaceState(0, "", "/third"); location.hash = "fourth"`, nil)
			v.settle()
			v.tab.Evaluate(`new Promise(gone => { addEventListener("popstate", () => gone(null)); history.back() })`, nil)
			v.settle()
		},
		want: []sent{arrived},
	}, {
		name: "a router changed the address before the script ran",
		do: shows(page{
			head: `<script>history.replaceState(0, "", "/routed"); history.pushState(0, "", "/again?x=1")</script>`,
		}),
		want: []sent{arrived},
	}, {
		name: "a router took the campaign's tags away before the script ran",
		do: func(v *visit) {
			v.own.put("/in", page{head: `<script>history.replaceState(0, "", "/in")</script>`})
			v.enter("/in?utm_source=news")
			v.settle()
		},
		want: []sent{{"p": "/in", "h": "/in 1", "n": "navigate", "Referer": "/in?utm_source=news"}},
	}, {
		name: "the script comes long after the page, from an address with a hash",
		do: func(v *visit) {
			v.own.put("/in", page{script: late})
			v.enter("/in")
			v.settle()
			v.tab.Evaluate(`performance.now = () => 65_999.9; beacon("/_ds/ds.0123abcd.js")`, nil)
			v.settle()
		},
		want: []sent{{"p": "/in", "h": "/in 1", "n": "navigate", "a": "65"}},
	}, {
		name: "the script is there twice",
		do:   shows(page{script: tag + tag, body: `<script async src="/_ds/ds.js"></script>` + tag}),
		want: []sent{arrived},
	}, {
		name: "the script is a module",
		do:   shows(page{script: `<script type=module src="/_ds/ds.js"></script>`}),
		want: []sent{arrived},
	}, {
		name: "relative addresses lead to another site",
		do: func(v *visit) {
			shows(page{script: `<base href="` + v.other.URL + `/">` + `<script src="` + v.own.URL + `/_ds/ds.js"></script>`})(v)
		},
		want: []sent{arrived},
	}, {
		name: "the page leaves at once",
		do: func(v *visit) {
			v.own.put("/in", page{body: `<script>location.replace("/next")</script>`})
			v.own.put("/next", page{script: "<p>"})
			v.enter("/in")
			v.tab.At(v.own.URL + "/next")
			v.settle()
		},
		want: []sent{arrived},
	}, {
		name: "the page leaves before the hit is on its way",
		do: func(v *visit) {
			v.other.put("/next", page{script: "<p>"})
			v.own.put("/in", page{
				script: `<script src="/_ds/ds.js" data-wait-for-consent></script>`,
				// Of all connections that a browser opens to one host none is left.
				body: `<script>
					for (let i = 0; i < 6; i++) fetch("/until/never?" + i)
					ds.consent(true)
					location.replace("` + v.other.URL + `/next")
				</script>`,
			})
			v.enter("/in")
			v.tab.At(v.other.URL + "/next")
			v.settle()
		},
		want: []sent{arrived},
	}, {
		name: "the reader closes the tab at once",
		do: func(v *visit) {
			// The page never finishes loading.
			v.own.put("/in", page{body: `<img src="/until/never">`})
			tab := v.profile.Tab()
			tab.Open(v.own.URL + "/in")
			tab.Evaluate(`new Promise(there => window.ds ? there(null) : document.addEventListener("DOMContentLoaded", () => there(null)))`, nil)
			tab.Close()
		},
		want: []sent{arrived},
	}, {
		name: "in a frame of its own site",
		do: func(v *visit) {
			v.own.put("/frame", page{script: "<p>", body: `<iframe src="/in"></iframe>`})
			v.enter("/frame")
			v.settle()
			assert.False(v, v.own.loaded("read.js"))
		},
	}, {
		name: "in a frame of another site",
		do: func(v *visit) {
			v.other.put("/frame", page{script: "<p>", body: `<iframe src="` + v.own.URL + `/in"></iframe>`})
			v.tab.Open(v.other.URL + "/frame")
			v.settle()
			assert.False(v, v.own.loaded("read.js"))
		},
	}, {
		name:     "without JavaScript: the pixel",
		settings: browsertest.Settings{NoScript: true},
		do: func(v *visit) {
			v.own.put("/in", page{
				head: `<meta name=referrer content=no-referrer>`,
				body: `<noscript><img src="/_ds/hit?v=1&n=noscript" referrerpolicy="same-origin" alt="" width="1" height="1"></noscript>`,
			})
			v.enter("/in")
		},
		want: []sent{{"n": "noscript", "Referer": "/in"}}, // so that collect knows the page
	}})
}

// TestQuiet: whatever goes wrong, the page does not notice.
func TestQuiet(t *testing.T) {
	arrived := sent{"p": "/in", "h": "/in 1", "n": "navigate"}
	const strict = "default-src 'none'; script-src 'self'; connect-src "
	under := func(policy string) func(v *visit) {
		return func(v *visit) {
			v.own.put("/in", page{header: http.Header{"Content-Security-Policy": {policy}}})
			v.enter("/in")
			v.settle()
		}
	}
	// A request that fails is written to the console by the browser itself.
	const browserSays = `^error: Failed to load resource: .*/_ds/hit\?`
	run(t, []row{{
		name: "a strict content security policy",
		do:   under(strict + "'self'"),
		want: []sent{arrived},
	}, {
		name: "a policy that lets only marked scripts in",
		do: func(v *visit) {
			v.own.put("/in", page{
				header: http.Header{"Content-Security-Policy": {"default-src 'none'; script-src 'nonce-abc'; connect-src 'self'"}},
				script: `<script nonce=abc src="/_ds/ds.js"></script>`,
			})
			v.enter("/in")
			v.settle()
		},
		want: []sent{arrived},
	}, {
		name:      "a policy that forbids the hit",
		do:        under(strict + "'none'"),
		complaint: `Content Security Policy|Fetch API cannot load`, // by the browser, too
	}, {
		name: "the hit is refused",
		do: func(v *visit) {
			v.own.answer = func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("X-DS-Refused", "no such site")
				w.WriteHeader(http.StatusForbidden)
			}
			v.enter("/in")
			v.settle()
		},
		want:      []sent{arrived},
		complaint: browserSays,
	}, {
		name: "the answer is none",
		do: func(v *visit) {
			v.own.answer = func(w http.ResponseWriter, _ *http.Request) {
				conn, _, err := http.NewResponseController(w).Hijack()
				if assert.NoError(v, err) {
					// Were it just closed, the browser would ask again.
					_, _ = conn.Write([]byte("nonsense\n"))
					_ = conn.Close()
				}
			}
			v.enter("/in")
			v.settle()
		},
		want:      []sent{arrived},
		complaint: browserSays,
	}, {
		name:     "the page has broken what the beacon needs",
		settings: browsertest.Settings{Before: `fetch = () => { throw new Error("broken") }`},
		do: func(v *visit) {
			v.enter("/in")
			v.settle()
		},
	}, {
		name: "the page calls nonsense",
		do: func(v *visit) {
			v.own.put("/in", page{head: `<script>ds = [null, 1, [], ["consent"], ["consent", "no"], ["toString", 1], {}]</script>`})
			v.enter("/in")
			v.settle()
			v.tab.Evaluate(`ds.push(); ds.push(null); ds.push(["constructor", 1]); ds.consent(); ds.consent("no"); ds.optOut("yes"); ds.optOut()`, nil)
			var cookie string
			v.tab.Evaluate(`document.cookie`, &cookie)
			assert.Empty(v, cookie)
		},
		want: []sent{arrived},
	}, {
		name: "something in the page is called ds",
		do: func(v *visit) {
			v.own.put("/in", page{head: `<p id=ds>`})
			v.enter("/in")
			v.settle()
		},
		want: []sent{arrived},
	}})
}
