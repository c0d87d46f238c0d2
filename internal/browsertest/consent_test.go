package browsertest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/internal/browsertest"
)

// TestConsent: a site may ask its visitors first.
func TestConsent(t *testing.T) {
	const waits = `<script src="/_ds/ds.js" data-wait-for-consent></script>`
	arrived := sent{"p": "/in", "h": "/in 1", "n": "navigate"}
	// says arrives at a page, in which queued runs before the beacon, and lets the
	// visitor do things one after the other.
	says := func(tag, queued string, then ...string) func(v *visit) {
		return func(v *visit) {
			v.own.put("/in", page{script: tag, head: `<script>` + queued + `</script>`})
			v.enter("/in")
			v.settle()
			for _, script := range then {
				v.tab.Evaluate(script+`; null`, nil)
				v.settle()
			}
		}
	}
	const queue = `(window.ds = window.ds || [])`
	run(t, []row{
		{name: "never given", do: says(waits, "")},
		{name: "given", do: says(waits, "", `ds.consent(true)`), want: []sent{arrived}},
		{name: "given twice", do: says(waits, "", `ds.consent(true); ds.consent(true)`, `ds.consent(true)`), want: []sent{arrived}},
		{name: "refused", do: says(waits, "", `ds.consent(false)`)},
		{name: "refused, for good", do: says(waits, "", `ds.consent(false)`, `ds.consent(true)`)},
		{name: "neither", do: says(waits, "", `ds.consent()`, `ds.consent(1)`, `ds.consent("true")`, `ds.consent({})`)},
		{name: "given before the script is there", do: says(waits, queue+`.push(["consent", true])`), want: []sent{arrived}},
		{name: "refused before the script is there", do: says(waits, queue+`.push(["consent", false])`)},
		{name: "given by a call that is pushed", do: says(waits, "", queue+`.push(["consent", true])`), want: []sent{arrived}},
		{name: "refused where nobody waits for it", do: says(tag, queue+`.push(["consent", false])`)},
		{name: "given where nobody waits for it", do: says(tag, queue+`.push(["consent", true])`, `ds.consent(true)`), want: []sent{arrived}},
		{name: "a tag that was taken out of the page waits, too", do: says(`<script>
			const managed = document.createElement("script")
			managed.src = "/_ds/ds.js"
			managed.dataset.waitForConsent = ""
			document.head.append(managed)
			managed.remove()
		</script>`, "")},
		{name: "a module waits, too", do: says(`<script type=module src="/_ds/ds.js" data-wait-for-consent></script>`, "")},
		{
			name: "given to a module",
			do:   says(`<script type=module src="/_ds/ds.js" data-wait-for-consent></script>`, "", `ds.consent(true)`),
			want: []sent{arrived},
		}, {
			name: "given after five minutes",
			do:   says(waits, "", `performance.now = () => 300_000; ds.consent(true)`),
			want: []sent{{"p": "/in", "h": "/in 1", "n": "navigate", "a": "300"}},
		}, {
			name: "given after a router went on",
			do:   says(waits, "", `history.pushState(0, "", "/routed"); ds.consent(true)`),
			want: []sent{arrived},
		}, {
			name: "given, and the reader leaves at once",
			do: func(v *visit) {
				says(waits, "")(v)
				v.own.put("/next", page{script: "<p>"})
				v.tab.Evaluate(`ds.consent(true); location.href = "/next"; null`, nil)
				v.tab.At(v.own.URL + "/next")
				v.settle()
			},
			want: []sent{arrived},
		}, {
			name: "not given, and the reader leaves",
			do: func(v *visit) {
				says(waits, "")(v)
				v.own.put("/next", page{script: "<p>"})
				v.tab.Evaluate(`location.href = "/next"; null`, nil)
				v.tab.At(v.own.URL + "/next")
				v.settle()
			},
		},
	})
}

// TestObjections: a browser that objects says so with the id of its page view, and
// says nothing else.
func TestObjections(t *testing.T) {
	objected := sent{"o": "1", "q": "/in 1", "Referer": "/"}
	arrives := func(v *visit) {
		v.enter("/in?utm_source=news")
		v.settle()
	}
	const gpc = `Object.defineProperty(Navigator.prototype, "globalPrivacyControl", {value: true})`
	run(t, []row{{
		name:     "by Global Privacy Control",
		settings: browsertest.Settings{Headers: map[string]string{"Sec-GPC": "1"}, Before: gpc},
		do:       arrives,
		want:     []sent{objected},
	}, {
		name:     "by Global Privacy Control, seen by the page alone",
		settings: browsertest.Settings{Before: gpc},
		do:       arrives,
		want:     []sent{objected},
	}, {
		name:     "by Global Privacy Control, seen by the edge alone",
		settings: browsertest.Settings{Headers: map[string]string{"Sec-GPC": "1"}},
		do:       arrives,
		want:     []sent{objected},
	}, {
		name:     "by Do Not Track",
		settings: browsertest.Settings{Before: `Object.defineProperty(Navigator.prototype, "doNotTrack", {value: "1"})`},
		do:       arrives,
		want:     []sent{objected},
	}, {
		name:     "by Do Not Track, seen by the edge alone",
		settings: browsertest.Settings{Headers: map[string]string{"DNT": "1"}},
		do:       arrives,
		want:     []sent{objected},
	}, {
		name: "not by the settings that say no",
		settings: browsertest.Settings{
			Headers: map[string]string{"DNT": "0"},
			Before: `Object.defineProperty(Navigator.prototype, "doNotTrack", {value: "0"})
				Object.defineProperty(Navigator.prototype, "globalPrivacyControl", {value: false})`,
		},
		do:   arrives,
		want: []sent{{"p": "/in", "h": "/in 1", "n": "navigate", "Referer": "/in?utm_source=news"}},
	}, {
		name:     "without a hint, the page view's own id must do",
		settings: browsertest.Settings{Before: gpc},
		do: func(v *visit) {
			v.own.put("/in", page{hint: func(string) []string { return nil }})
			arrives(v)
		},
		want: []sent{{"o": "1", "Referer": "/"}},
	}, {
		name:     "on a page out of the cache, the page view's own id must do",
		settings: browsertest.Settings{Before: gpc},
		do: func(v *visit) {
			v.own.put("/in", cached)
			v.arrive("/in")
			v.settle()
			v.open(v.other, "/in")
			v.tab = v.tab.FollowToNewTab("#new")
			v.settle()
		},
		want: []sent{objected, {"o": "1", "Referer": "/"}},
	}, {
		name:     "and clicks inside the site",
		settings: browsertest.Settings{Before: gpc},
		do:       func(v *visit) { v.follow(v.own, "/in"); v.settle() },
	}, {
		name: "by opting out on this site, from the next page on",
		do: func(v *visit) {
			v.enter("/in")
			v.settle()
			v.tab.Evaluate(`ds.optOut(true)`, nil)
			v.enter("/in")
			v.settle()
			var cookie string
			v.tab.Evaluate(`document.cookie`, &cookie)
			assert.Equal(v, "ds_off=1", cookie)
		},
		want: []sent{{"p": "/in", "h": "/in 1", "n": "navigate"}, {"o": "1", "q": "/in 2", "Referer": "/"}},
	}, {
		name: "by opting out before the script is there",
		do: func(v *visit) {
			v.own.put("/in", page{head: `<script>ds = [["optOut", true]]</script>`})
			arrives(v)
		},
		want: []sent{objected},
	}, {
		name: "by opting out while the site waits for consent",
		do: func(v *visit) {
			v.own.put("/in", page{script: `<script src="/_ds/ds.js" data-wait-for-consent></script>`})
			arrives(v)
			v.tab.Evaluate(`ds.optOut(true); ds.consent(true)`, nil)
			v.settle()
		},
		want: []sent{objected},
	}, {
		name: "no longer",
		do: func(v *visit) {
			v.own.put("/in", page{head: `<script>document.cookie = "a=1"; document.cookie = "not_ds_off=1"</script>`})
			v.enter("/in")
			v.settle()
			v.tab.Evaluate(`ds.optOut(true); ds.optOut(false)`, nil)
			v.enter("/in")
			v.settle()
			var cookie string
			v.tab.Evaluate(`document.cookie`, &cookie)
			assert.Equal(v, "a=1; not_ds_off=1", cookie)
		},
		want: []sent{
			{"p": "/in", "h": "/in 1", "n": "navigate"},
			{"p": "/in", "h": "/in 2", "n": "navigate"},
		},
	}})
}
