package browsertest_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/internal/browsertest"
)

// prerendered is a page that says how far it is. It is shown a second or more after
// it was made, and its clock then stands still 7 seconds later.
var prerendered = page{
	head: `<script>
		const tell = what => fetch("/tell/" + what).then(() => fetch("/tell/" + what + "-again"))
		addEventListener("load", () => setTimeout(() => tell(document.prerendering ? "ready" : "shown"), document.prerendering ? 1100 : 0))
		document.addEventListener("prerenderingchange", () => {
			performance.now = () => performance.getEntriesByType("navigation")[0].activationStart + 7000
			setTimeout(() => tell("shown"))
		})
	</script>`,
	header: http.Header{"Supports-Loading-Mode": {"credentialed-prerender"}}, // for pages of other hosts
}

// TestPrerender: a page that is made in advance counts when it is shown, and from
// then on.
func TestPrerender(t *testing.T) {
	// made opens a page that has /in prerendered, and waits until it is.
	made := func(v *visit, from *site) {
		v.own.put("/in", prerendered)
		from.put("/from", page{script: "<p>", head: `<script>
			fetch("/until/click").then(() => location.href = "` + v.own.URL + `/in")
			fetch("/until/leave").then(() => location.href = "` + v.other.URL + `/elsewhere")
		</script>
		<script type=speculationrules>{"prerender": [{"urls": ["` + v.own.URL + `/in"], "eagerness": "immediate"}]}</script>`})
		browsertest.NewUnwatched(v).Open(from.URL + "/from")
		v.own.told(v.T, "ready-again")
		assert.Empty(v, v.own.received(v.T, 0), "it is not shown yet")
		assert.Contains(v, v.own.given(v.T, "/in", 1), ".none.document.prefetch;prerender.")
	}
	shown := func(v *visit, from *site) {
		made(v, from)
		from.release("click")
		v.own.told(v.T, "shown-again")
		assert.Len(v, v.own.hint["/in"], 1, "the page was loaded again")
	}
	for _, tt := range []struct {
		name string
		do   func(v *visit) []sent
	}{
		{"a page of the site itself has it made", func(v *visit) []sent {
			shown(v, v.own)
			return []sent{{"p": "/in", "h": "/in 1", "r": "own", "n": "navigate", "a": "7"}}
		}},
		{"a page of another host of the same site has it made", func(v *visit) []sent {
			near := newSite(v.T, "127.0.0.1")
			shown(v, near)
			return []sent{{"p": "/in", "h": "/in 1", "r": near.URL, "n": "navigate", "a": "7"}}
		}},
		{"it is never shown", func(v *visit) []sent {
			v.other.put("/elsewhere", page{script: "<p>", head: `<script>fetch("/tell/elsewhere")</script>`})
			made(v, v.own)
			v.own.release("leave")
			v.other.told(v.T, "elsewhere")
			return nil
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := &visit{T: t, own: newSite(t, "127.0.0.1"), other: newSite(t, "localhost")}
			v.check(tt.do(v))
		})
	}
}

// TestSessionRestore: a browser that is opened again shows what it showed when it
// was closed, and nobody came to the site.
func TestSessionRestore(t *testing.T) {
	t.Parallel()
	v := &visit{T: t, own: newSite(t, "127.0.0.1"), other: newSite(t, "localhost")}
	v.own.put("/in", page{body: fmt.Sprintf(`<script>
		%s.then(() => fetch("/tell/settling")).then(() => fetch("/tell/" + performance.getEntriesByType("navigation")[0].type))
	</script>`, loaded)})
	v.other.put("/from", page{script: "<p>", head: `<script>
		addEventListener("load", () => setTimeout(() => location.href = "` + v.own.URL + `/in"))
	</script>`})
	browser := browsertest.NewUnwatched(t)
	browser.Open(v.other.URL + "/from")
	v.own.told(t, "navigate")
	browser.Remembers(v.own.URL + "/in")
	browser.Close()
	browser.Restore()
	v.own.told(t, "back_forward")
	v.check([]sent{
		{"p": "/in", "h": "/in 1", "r": "other", "n": "navigate"},
		{"p": "/in", "r": "other", "n": "back_forward", "c": "1"},
	})
}
