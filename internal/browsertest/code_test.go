package browsertest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/internal/browsertest"
)

// learns goes into the head of a page that says when the script has run that knows the code.
const learns = `<script>document.addEventListener("load", event => { if (/\/_ds\/read\.js$/.test(event.target.src)) window.learned = true }, true)</script>`

// learned is when it has, if the beacon has asked for it.
const learned = `new Promise(there => {
	const look = () => window.learned || !document.querySelector("script[src$='/_ds/read.js']") ? there(null) : requestAnimationFrame(look)
	look()
})`

// on makes it a day in the page, at noon.
func on(day string) string {
	return fmt.Sprintf(`<script>
		const noon = Date.parse("%sT12:00:00Z")
		Date = class extends Date {
			constructor(...given) { given.length ? super(...given) : super(noon) }
			static now() { return noon }
		}
	</script>`, day)
}

// known is what a page knows of the code that led to it, and what is kept of it.
type known struct{ Code, Link, Kept string }

// TestKnownCode: the code that led to a page, how that is known, and when it is kept.
func TestKnownCode(t *testing.T) {
	const (
		first, second = "8ZkPq4vR2Tt", "8ZkPq4vR2Tu"
		queue         = `<script>(window.ds = window.ds || []).push(["consent", true])</script>`
		waits         = `<script src="/_ds/ds.js" data-wait-for-consent></script>`
		today         = " 2026-11-27"
	)
	nothing, bySession := known{}, known{first, "session", ""}
	kept := known{first, "session", first + today}
	later := known{first, "consented", first + today}
	gone := known{Kept: "?"} // nobody can look

	// A step goes to a page, or does something on it, and looks.
	type step struct {
		do   string // an address to go to, "click", "reload", "back", or a script
		want known
	}
	const consents, refuses, optsOut = `ds.consent(true)`, `ds.consent(false)`, `ds.optOut(true)`
	landing := "/in?ds=" + first
	for _, tt := range []struct {
		name   string
		before string
		page   page // /in
		next   page // /next, to which a click inside the site leads
		steps  []step
		silent bool // no script of ours knows anything
	}{
		{name: "no code", steps: []step{{"/in?a=1", nothing}, {consents, nothing}, {"click", nothing}}},
		{name: "which one it is", steps: []step{{"/in?ds=8ZkPq4vR2T0", nothing}, {"/in?ds=" + first + "x", nothing}, {"/in?ds", nothing}, {"/in?dsx=" + first, nothing}, {"/in#ds=" + first, nothing},
			{"/in?ds=" + second + "&ds=" + first, known{second, "session", ""}}, {"/in?a=%&ds=" + first + "&b#c", bySession}}},
		{name: "landing, reload, click, back", steps: []step{{landing, bySession}, {"reload", bySession}, {"click", nothing}, {"back", bySession}}},
		{name: "a router took it off the address", page: page{head: `<script>history.replaceState(null, "", "/in")</script>`}, steps: []step{{landing, bySession}, {`history.pushState(null, "", "/other")`, bySession}}},
		{name: "consent before landing", page: page{head: queue}, steps: []step{{landing, kept}, {"click", later}, {"reload", later}}},
		{name: "consent after landing", steps: []step{{landing, bySession}, {consents, kept}, {"click", later}}},
		{name: "consent on the next page is too late", steps: []step{{landing, bySession}, {"click", nothing}, {consents, nothing}}},
		{name: "it is not consent", steps: []step{{landing, bySession}, {`ds.consent("true"); ds.consent(1); ds.consent(); ds.push(["consent", {}])`, bySession}, {`ds.push(["consent", true])`, kept}}},
		{name: "the newest one counts", page: page{head: queue}, steps: []step{{landing, kept}, {"/in?ds=" + second, known{second, "session", second + today}}, {"click", known{second, "consented", second + today}}, {"/in", known{second, "consented", second + today}}, {refuses, nothing}}},
		{name: "consent taken back", steps: []step{{landing, bySession}, {consents, kept}, {refuses, bySession}, {"click", nothing}}},
		{name: "after 30 days", page: page{head: queue}, next: page{head: on("2026-12-27")}, steps: []step{{landing, kept}, {"click", nothing}}},
		{name: "the day before", page: page{head: queue}, next: page{head: on("2026-12-26")}, steps: []step{{landing, kept}, {"click", later}}},
		{name: "a clock that was wrong", page: page{head: queue}, next: page{head: on("2026-11-26")}, steps: []step{{landing, kept}, {"click", nothing}}},
		{name: "not written by us", steps: []step{{"/in", nothing}, {`localStorage.setItem("ds_code", "` + first + `")`, known{Kept: first}}, {`localStorage.setItem("ds_code", "x` + today + `")`, known{Kept: "x" + today}}, {`void 0`, nothing}}},
		{name: "opted out", steps: []step{{landing, bySession}, {consents, kept}, {optsOut, nothing}, {consents, nothing}, {`ds.optOut(false)`, bySession}}},
		{name: "opted out, and the next page", steps: []step{{landing, bySession}, {consents, kept}, {optsOut + `; localStorage.setItem("ds_code", "` + first + today + `")`, known{Kept: first + today}}, {"click", nothing}}},
		{name: "GPC", before: `Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { value: true }); if (location.protocol === "http:") localStorage.setItem("ds_code", "` + first + today + `")`,
			page: page{head: queue}, steps: []step{{landing, nothing}, {consents, nothing}, {"click", nothing}}, silent: true},
		{name: "storage that throws", before: `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } }); window.kept = "?"`,
			page: page{head: queue}, steps: []step{{landing, known{first, "session", "?"}}, {consents, known{first, "session", "?"}}, {"click", gone}, {refuses + "; " + optsOut, gone}}},
		{name: "no storage at all", before: `Object.defineProperty(window, "localStorage", { value: null }); window.kept = "?"`,
			page: page{head: queue}, steps: []step{{landing, known{first, "session", "?"}}, {"click", gone}}},
		{name: "storage that is full", before: `Storage.prototype.setItem = () => { throw new DOMException("no", "QuotaExceededError") }`,
			steps: []step{{landing, bySession}, {consents, bySession}}},
		{name: "waiting for consent, given", page: page{script: waits}, steps: []step{{landing, nothing}, {consents, kept}, {"click", later}}},
		{name: "waiting for consent, refused", page: page{script: waits}, before: `if (location.protocol === "http:") localStorage.setItem("ds_code", "` + first + today + `")`,
			steps: []step{{landing, known{Kept: first + today}}, {refuses, nothing}, {consents, nothing}}, silent: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := &visit{T: t, own: newSite(t, "127.0.0.1"), profile: browsertest.Start(t).Profile(t, browsertest.Settings{Before: tt.before})}
			v.tab = v.profile.Tab()
			tt.page.head = learns + on("2026-11-27") + tt.page.head
			if tt.next.head == "" {
				tt.next.head = on("2026-11-27")
			}
			tt.next.head += learns
			tt.page.body = `<a id=go href="/next">go</a>`
			v.own.put("/in", tt.page)
			v.own.put("/next", tt.next)
			for i, s := range tt.steps {
				switch {
				case strings.HasPrefix(s.do, "/"):
					v.enter(s.do)
				case s.do == "click":
					v.tab.Follow("#go")
				case s.do == "reload":
					v.tab.Reload()
				case s.do == "back":
					v.tab.Back()
				default:
					v.tab.Evaluate(s.do+`; null`, nil)
				}
				v.settle()
				v.tab.Evaluate(learned, nil)
				var got known
				v.tab.Evaluate(`({ kept: window.kept || localStorage.getItem("ds_code") || "", code: ds.code(), link: ds.link() })`, &got)
				assert.Equal(t, s.want, got, "step %d: %s", i+1, s.do)
			}
			assert.Equal(t, tt.silent, !v.own.loaded("read.js"))
			assert.Empty(t, v.tab.Complaints())
		})
	}
}

// TestNothingKept: without consent nothing stays in the browser of who came by a code,
// shared and browsed on, and the address stays as it is.
func TestNothingKept(t *testing.T) {
	v := offer(t, browsertest.Settings{}, "/empty", page{})
	shows := page{head: learns + watched, script: tag + shareTag, body: `<ds-share copied buttons="facebook copy"></ds-share>`}
	v.own.put("/next", shows)
	v.offer("/in?ds="+parent, shows)
	empty := func(address string) {
		v.settle()
		v.tab.Evaluate(learned, nil)
		v.tab.Evaluate(`customElements.whenDefined("ds-share").then(() => null)`, nil)
		asked := len(v.own.wereShared(t, 0))
		v.tab.Hover("ds-share [part~=facebook]")
		v.own.wereShared(t, asked+1)
		v.tab.Evaluate(`understood()`, nil)
		v.went("facebook")
		v.own.wereShared(t, asked+2)
		var kept []any
		v.tab.Evaluate(`Promise.all([indexedDB.databases(), caches.keys()]).then(([bases, caches]) => [document.cookie, localStorage.length, sessionStorage.length, bases.length, caches.length, location.href])`, &kept)
		assert.Equal(t, []any{"", 0.0, 0.0, 0.0, 0.0, v.own.URL + address}, kept)
	}
	empty("/in?ds=" + parent)
	v.tab.Evaluate(`(location.href = "/next") && null`, nil)
	v.tab.At(v.own.URL + "/next")
	empty("/next")
	assert.Empty(t, v.tab.Complaints())
}

// TestParentOfAShare: what the page's script knows is told with a share.
func TestParentOfAShare(t *testing.T) {
	const waits = `<script src="/_ds/ds.js" data-wait-for-consent></script>`
	for _, tt := range []struct{ name, script, do, f, l string }{
		{"in the page's address", tag, ``, parent, "session"},
		{"a page that waits for consent tells nothing of it", waits, ``, "", ""},
		{"until it is given", waits, `ds.consent(true)`, parent, "session"},
		{"kept", tag, `ds.consent(true); location.href = "/in"`, parent, "consented"},
		{"not kept", tag, `location.href = "/in"`, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := offer(t, browsertest.Settings{}, "/in?ds="+parent, page{head: learns + watched, script: tt.script + shareTag, body: `<ds-share buttons="facebook copy">`})
			v.settle()
			v.tab.Evaluate(learned, nil)
			v.tab.Evaluate(tt.do+`; null`, nil)
			if strings.Contains(tt.do, "location") {
				v.tab.At(v.own.URL + "/in")
			}
			v.settle()
			v.tab.Evaluate(learned, nil)
			v.tab.Evaluate(`customElements.whenDefined("ds-share").then(() => null)`, nil)
			_, uses := v.uses("facebook", 2)
			assert.Equal(t, []string{tt.f, tt.l}, []string{uses[0].Get("f"), uses[0].Get("l")})
			assert.Empty(t, v.tab.Complaints())
		})
	}
}
