package browsertest_test

import (
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/browsertest"
	"darksocial/internal/engine/process"
)

// TestOutside: no other site hears of a visitor before the click, and nobody at all
// before a button is come near.
func TestOutside(t *testing.T) {
	v := offer(t, browsertest.Settings{Outside: true}, "/in", page{script: shareTag, body: `<ds-share lang=en>`})
	v.nothingAsked()
	v.tab.Hover("ds-share [part~=whatsapp]")
	v.own.wereShared(t, 1)
	v.tab.Answered("/_ds/share")
	v.tab.Evaluate(loaded, nil)
	assert.Empty(t, v.profile.Outside())
	opened := v.tab.FollowToNewTab("ds-share [part~=facebook]") // another one: without its code
	opened.At("https://www.facebook.com/**")
	var address string
	opened.Evaluate(`location.href`, &address)
	assert.Contains(t, address, "https://www.facebook.com/sharer/sharer.php?u="+url.QueryEscape(v.own.URL+"/in"))
	assert.Equal(t, []string{address}, v.profile.Outside())
	var opener, referrer any
	opened.Evaluate(`window.opener`, &opener)
	assert.Nil(t, opener)
	opened.Evaluate(`document.referrer`, &referrer)
	assert.NotContains(t, referrer, "/in")
	var kept []any
	v.tab.Evaluate(`indexedDB.databases().then(bases => [document.cookie, localStorage.length + sessionStorage.length, bases.length])`, &kept)
	assert.Equal(t, []any{"", 0.0, 0.0}, kept, "nothing is kept")
	assert.Empty(t, v.tab.Complaints())
}

// TestCopying: the link gets into the clipboard, and the visitor is told so.
func TestCopying(t *testing.T) {
	status := func(v *visit) (says string) {
		v.tab.Evaluate(`new Promise(said => {
			const status = document.querySelector("ds-share").shadowRoot.querySelector("[role=status]")
			const look = () => status.textContent && said(status.textContent)
			new MutationObserver(look).observe(status, { childList: true })
			look()
		})`, &says)
		return says
	}
	for _, tt := range []struct {
		name     string
		settings browsertest.Settings
		says     string
		inIt     bool
	}{
		{"by the clipboard", browsertest.Settings{Clipboard: true}, "Link kopiert", true},
		{"refused by the clipboard, as before", browsertest.Settings{Clipboard: true, Before: `if (window.Clipboard) Clipboard.prototype.writeText = () => Promise.reject(Error())`}, "Link kopiert", true},
		{"without a clipboard, as before", browsertest.Settings{Clipboard: true, Before: `const clipboard = navigator.clipboard; Object.defineProperty(navigator, "clipboard", { get: () => window.looking && clipboard })`}, "Link kopiert", true},
		{"not at all", browsertest.Settings{Before: `if (window.Clipboard) Clipboard.prototype.writeText = () => Promise.reject(Error()); Document.prototype.execCommand = () => false`}, "Bitte selbst kopieren: ", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			// Not in parallel: there is one clipboard.
			v := offer(t, tt.settings, "/empty", page{})
			v.own.code = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }
			v.offer("/in?a=1", page{body: `<ds-share lang=de buttons=copy>`})
			v.tab.Click("ds-share [part~=copy]")
			if !tt.inIt {
				assert.Equal(t, tt.says+v.own.URL+"/in?a=1", status(v))
				return
			}
			assert.Equal(t, tt.says, status(v))
			var clipboard string
			v.tab.Evaluate(`(window.looking = true, navigator.clipboard.readText())`, &clipboard)
			assert.Equal(t, v.own.URL+"/in?a=1", clipboard)
			var focused bool
			v.tab.Evaluate(`document.querySelector("ds-share").shadowRoot.activeElement === button("copy")`, &focused)
			assert.True(t, focused, "where the visitor was")
			assert.Empty(t, v.tab.Complaints())
		})
	}
}

// TestKeyboard: all of it works without a pointer, and asks for codes as well.
func TestKeyboard(t *testing.T) {
	v := offer(t, browsertest.Settings{Outside: true}, "/in", page{body: `<ds-share lang=en buttons="facebook mastodon copy">`})
	focused := func() (name string) {
		v.tab.Evaluate(`document.querySelector("ds-share").shadowRoot.activeElement.getAttribute("part")`, &name)
		return name
	}
	v.tab.Press("Tab")
	require.Equal(t, "button facebook", focused())
	v.own.wereShared(t, 1)
	v.tab.Evaluate(`understood()`, nil)
	var outline string
	v.tab.Evaluate(`getComputedStyle(button("facebook")).outlineStyle`, &outline)
	assert.Equal(t, "solid", outline, "where the focus is can be seen")
	v.tab.Press("Enter")
	var went string
	v.tab.Evaluate(`window.went`, &went)
	assert.Contains(t, went, url.QueryEscape("?ds=8ZkPq4vR2Ts"))

	v.tab.Evaluate(`(window.open = (...given) => { window.opened = given }) && null`, nil)
	v.tab.Press("Tab")
	require.Equal(t, "button mastodon", focused())
	v.own.wereShared(t, 2)
	v.tab.Evaluate(`understood()`, nil)
	v.tab.Press("Space")
	require.Equal(t, "input", focused(), "the server is asked for")
	for given, server := range map[string]string{
		"mastodon.social": "mastodon.social", "https://chaos.social/": "chaos.social", "@me@norden.social": "norden.social",
		"möwe.example": "m%C3%B6we.example", "localhost": "", "evil.example/path?x=": "", "a.b:c@": "", " ": "",
	} {
		v.tab.Evaluate(`(window.opened = null, document.querySelector("ds-share").shadowRoot.activeElement.value = `+"`"+given+"`"+`)`, nil)
		v.tab.Press("Enter")
		var opened []string
		v.tab.Evaluate(`window.opened`, &opened)
		if server == "" {
			assert.Empty(t, opened, given)
			continue
		}
		text := url.PathEscape("/in "+v.own.URL) + url.QueryEscape("/in?ds=8ZkPq4vR2Ts")
		require.NotEmpty(t, opened, given)
		got, err := url.Parse(opened[0])
		require.NoError(t, err)
		want, err := url.Parse("https://" + server + "/share?text=" + text)
		require.NoError(t, err)
		assert.Equal(t, want.Query(), got.Query())
		assert.Equal(t, want.Host, got.Host)
		assert.Equal(t, []string{"_blank", "noopener"}, opened[1:])
	}
	assert.Empty(t, v.profile.Outside())
	assert.Empty(t, v.tab.Complaints())
}

// TestButtonWords: the buttons speak the page's language, or the browser's.
func TestButtonWords(t *testing.T) {
	read := `[...document.querySelectorAll("ds-share")].pop().shadowRoot.querySelectorAll("ul, li > *")`
	german := []string{"Teilen", "Auf WhatsApp teilen", "Per E-Mail teilen", "Link kopieren"}
	english := []string{"Share", "Share on WhatsApp", "Share by Email", "Copy link"}
	for _, tt := range []struct {
		name, language, before, after, do string
		want                              []string
	}{
		{"the element's", "en", `<div lang=en>`, ` lang=de`, "", german},
		{"what it stands in", "en", `<div lang=de-CH>`, ``, "", german},
		{"the browser's", "de-AT", `<div>`, ``, "", german},
		{"English, where we know no better", "de", `<div lang=fi>`, ``, "", english},
		{"not said", "de", `<div lang="">`, ``, "", german},
		{"another one", "de", `<div lang=fr-CA>`, ``, `customElements.get("ds-share").say("fr", { list: "Partager", on: "Partager sur []", email: "Partager par [e-mail]" })`,
			[]string{"Partager", "Partager sur WhatsApp", "Partager par e-mail", "Copy link"}},
		{"changed", "en", `<div>`, ``, `document.querySelector("ds-share").lang = "de"`, german},
		{"one's own words", "en", `<div>`, ` lang=de`, `customElements.get("ds-share").say("de", { whatsapp: "Per [WhatsApp] schicken" })`,
			[]string{"Teilen", "Per WhatsApp schicken", "Per E-Mail teilen", "Link kopieren"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := offer(t, browsertest.Settings{Language: tt.language}, "/in", page{body: tt.before + `<ds-share buttons="whatsapp email copy"` + tt.after + `>`})
			v.tab.Evaluate(`(() => { `+tt.do+` })()`, nil)
			var got []string
			v.tab.Evaluate(`[...`+read+`].map(element => element.getAttribute("aria-label"))`, &got)
			assert.Equal(t, tt.want, got)
			var shown []bool
			v.tab.Evaluate(`[...`+read+`].slice(1).map(element => element.ariaLabel.includes(element.querySelector("[part=label]").textContent))`, &shown)
			assert.Equal(t, []bool{true, true, true}, shown, "what is seen can be said")
			assert.Empty(t, v.tab.Complaints())
		})
	}
}

const everything = `whatsapp messenger telegram viber signal snapchat line kakaotalk threema sms email teams x facebook linkedin reddit mastodon bluesky copy system`

// TestLook: on a narrow screen, in the dark, from right to left, and under a strict
// policy, it can be used, and axe finds nothing wrong with it.
func TestLook(t *testing.T) {
	axe, err := os.ReadFile("../../web/node_modules/axe-core/axe.min.js")
	if err != nil {
		process.Missing(t, "axe-core is not installed: `npm ci` in web/")
	}
	const strict = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	for _, tt := range []struct {
		name, html string
		dark       bool
		width      int
	}{
		{"wide", `lang=de`, false, 1280},
		{"narrow", `lang=de`, false, 360},
		{"very narrow", `lang=en`, false, 240},
		{"dark", `lang=en`, true, 360},
		{"from right to left", `lang=ar dir=rtl`, false, 360},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := offer(t, browsertest.Settings{UserAgent: android, Before: hasSheet, Dark: tt.dark, Width: tt.width}, "/in", page{
				header: http.Header{"Content-Security-Policy": {strict}},
				raw: `<!doctype html><html ` + tt.html + `><meta charset=utf-8><meta name=viewport content="width=device-width"><meta name=color-scheme content="light dark">
					<title>Moor</title>` + shareTag + `<main><h1>Moor</h1><ds-share buttons="` + everything + `"></ds-share></main>`,
			})
			v.tab.Click("ds-share [part~=mastodon]")
			v.tab.Click("ds-share [part~=copy]")
			var got struct {
				Overflow         bool
				Buttons, Small   int
				Direction, Color string
				Lang             string
				First, Next      float64
			}
			v.tab.Evaluate(`(() => {
				const root = document.querySelector("ds-share").shadowRoot
				const buttons = [...root.querySelectorAll("li > *")], boxes = buttons.map(button => button.getBoundingClientRect())
				return {
					overflow: document.documentElement.scrollWidth > innerWidth,
					buttons: buttons.length,
					small: boxes.filter(box => box.width < 44 || box.height < 44).length,
					direction: getComputedStyle(buttons[0]).direction,
					lang: root.querySelector("ul").lang,
					color: getComputedStyle(buttons[0]).backgroundColor,
					first: boxes[0].left, next: boxes[1].left,
				}
			})()`, &got)
			assert.False(t, got.Overflow)
			assert.Equal(t, 20, got.Buttons)
			assert.Zero(t, got.Small, "a finger hits 44 pixels")
			assert.Equal(t, tt.dark, got.Color == "rgb(36, 40, 46)", got.Color)
			if strings.Contains(tt.html, "rtl") {
				assert.Equal(t, "rtl", got.Direction)
				assert.Greater(t, got.First, got.Next)
			}
			assert.Equal(t, strings.Contains(tt.html, "lang=de"), got.Lang == "de", "what is read out is read in its language")

			v.tab.Evaluate(string(axe)+"; null", nil)
			var result struct {
				Violations, Passes []struct {
					ID    string
					Help  string
					Nodes []struct{ HTML, FailureSummary string }
				}
			}
			v.tab.Evaluate(`axe.run().then(({ violations, passes }) => ({ violations, passes }))`, &result)
			assert.Empty(t, result.Violations)
			passed := map[string]int{}
			for _, rule := range result.Passes {
				passed[rule.ID] = len(rule.Nodes)
			}
			assert.Greater(t, passed["color-contrast"], 20, "it has looked into the buttons")
			t.Logf("axe: %d violations, %d rules passed", len(result.Violations), len(result.Passes))
			assert.Empty(t, v.tab.Complaints())
		})
	}
}

// TestTheme: a page can make the buttons its own.
func TestTheme(t *testing.T) {
	v := offer(t, browsertest.Settings{}, "/in", page{head: `<style>ds-share { --ds-share-background: rgb(1, 2, 3); --ds-share-color: rgb(255, 254, 253); --ds-share-radius: 0px }
		ds-share::part(label) { display: none } ds-share::part(whatsapp) { background: rgb(9, 8, 7) }</style>`, body: `<ds-share buttons="whatsapp copy">`})
	var got []string
	v.tab.Evaluate(`["whatsapp", "copy"].flatMap(name => { const { backgroundColor, color, borderRadius } = getComputedStyle(button(name)); return [backgroundColor, color, borderRadius, getComputedStyle(button(name).querySelector("[part=label]")).display] })`, &got)
	assert.Equal(t, []string{"rgb(9, 8, 7)", "rgb(255, 254, 253)", "0px", "none", "rgb(1, 2, 3)", "rgb(255, 254, 253)", "0px", "none"}, got)
	assert.Empty(t, v.tab.Complaints())
}

// TestButtonsInPlace: wherever and whenever a page puts the element.
func TestButtonsInPlace(t *testing.T) {
	v := offer(t, browsertest.Settings{}, "/in", page{script: shareTag + shareTag, head: watched, body: `<ds-share buttons="facebook"></ds-share><div hidden><ds-share></ds-share></div>`})
	count := func() (n int) {
		v.tab.Evaluate(`document.querySelector("ds-share").shadowRoot.querySelectorAll("li").length`, &n)
		return n
	}
	assert.Equal(t, 1, count())
	v.tab.Evaluate(`document.body.append(document.querySelector("ds-share")); document.querySelector("ds-share"); null`, nil)
	v.tab.Evaluate(`document.querySelector("ds-share").setAttribute("buttons", "facebook x"); null`, nil)
	v.tab.Evaluate(`(() => { const late = document.createElement("ds-share"); late.setAttribute("buttons", "copy"); document.body.prepend(late) })()`, nil)
	assert.Equal(t, 1, count(), "the one made by a script")
	v.tab.Evaluate(`document.querySelector("ds-share").remove()`, nil)
	// A router shows another page.
	v.tab.Evaluate(`document.querySelectorAll("[hidden]").forEach(element => element.remove()); history.pushState(null, "", "/routed?a=1"); null`, nil)
	v.tab.Hover("ds-share [part~=facebook]")
	asked := v.own.wereShared(t, 1)
	v.tab.Evaluate(`understood()`, nil)
	assert.Equal(t, "/routed", asked[0].query.Get("p"))
	assert.Equal(t, "https://www.facebook.com/sharer/sharer.php?u="+url.QueryEscape(v.own.URL+"/routed?a=1&ds=8ZkPq4vR2Ts"), v.went("facebook"))
	assert.Empty(t, v.tab.Complaints())
}
