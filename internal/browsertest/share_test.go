package browsertest_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/browsertest"
)

const shareTag = `<script src="/_ds/share.js" async></script>`

// watched notes where a click on a button would lead, without going there, what the
// system's share sheet is opened with, and when an answer to a button is understood.
const watched = `<script>
	addEventListener("click", event => {
		const link = event.composedPath().find(node => node.href)
		if (link) event.preventDefault()
		window.went = link ? link.getAttribute("href") : ""
	})
	if (navigator.share) navigator.share = given => { window.sheet = given; return Promise.reject(new DOMException("closed", "AbortError")) }
	const answers = [], real = window.fetch
	window.fetch = (...request) => {
		const answer = real(...request).then(response => {
			const json = response.json.bind(response)
			response.json = () => { const said = json(); answers.push(said); return said }
			return response
		})
		answers.push(answer)
		return answer
	}
	const understood = async () => { for (let i = 0; i < answers.length; i++) await answers[i].catch(() => {}); return null }
	const button = name => document.querySelector("ds-share").shadowRoot.querySelector("[part~=" + name + "]")
</script>`

// hasSheet makes a browser one that can open the system's share sheet.
const hasSheet = `Object.defineProperty(Navigator.prototype, "share", { value: () => Promise.resolve(), writable: true, configurable: true });`

const (
	android = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36"
	iphone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"
	mac     = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15"
	windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)

// offer opens a page with buttons, in a browser.
func offer(t *testing.T, settings browsertest.Settings, path string, p page) *visit {
	t.Helper()
	v := &visit{T: t, own: newSite(t, "127.0.0.1"), profile: browsertest.Start(t).Profile(t, settings)}
	v.tab = v.profile.Tab()
	v.offer(path, p)
	return v
}

func (v *visit) offer(path string, p page) {
	v.Helper()
	if p.script == "" && p.raw == "" {
		p.script, p.head = shareTag, watched+p.head
	}
	address, _ := url.Parse(path)
	v.own.put(address.EscapedPath(), p)
	v.enter(path)
	v.tab.Evaluate(`customElements.whenDefined("ds-share").then(() => null)`, nil)
}

// went clicks on a button and returns where that leads.
func (v *visit) went(name string) (href string) {
	v.Helper()
	v.tab.Click("ds-share [part~=" + name + "]")
	v.tab.Evaluate(`window.went`, &href)
	return href
}

// copied clicks on the button that copies, and returns the link.
func (v *visit) copied() (link string) {
	v.Helper()
	v.tab.Evaluate(`(navigator.clipboard.writeText = async link => { window.copied = link }) && null`, nil)
	v.tab.Click("ds-share [part~=copy]")
	v.tab.Evaluate(`window.copied`, &link)
	return link
}

// nothingAsked shows that no button has asked the site for anything: a later request has
// come, and none before it.
func (v *visit) nothingAsked() {
	v.Helper()
	v.tab.Evaluate(`fetch("/tell/over").then(() => null)`, nil)
	v.own.told(v.T, "over")
	assert.Empty(v, v.own.wereShared(v.T, 0))
}

// TestTargets: what each button does on each kind of device.
func TestTargets(t *testing.T) {
	const element = `<ds-share lang=en url="https://example.com/a?b=c&amp;d#e" text="Möwe &amp; Moor #1: 100 %" buttons="whatsapp messenger telegram viber signal snapchat line kakaotalk
		threema sms email slack teams x facebook linkedin reddit mastodon bluesky copy system nonsense constructor WhatsApp"></ds-share>`
	const link, text = "https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc%26d%23e", "M%C3%B6we%20%26%20Moor%20%231%3A%20100%20%25"
	const both = text + "%20" + link
	anywhere := map[string]string{
		"whatsapp": "https://wa.me/?text=" + both,
		"telegram": "https://t.me/share/url?url=" + link + "&text=" + text,
		"line":     "https://social-plugins.line.me/lineit/share?url=" + link + "&text=" + text,
		"email":    "mailto:?subject=" + text + "&body=" + link,
		"x":        "https://x.com/intent/post?url=" + link + "&text=" + text,
		"facebook": "https://www.facebook.com/sharer/sharer.php?u=" + link,
		"linkedin": "https://www.linkedin.com/sharing/share-offsite/?url=" + link,
		"reddit":   "https://www.reddit.com/submit?url=" + link + "&title=" + text,
		"bluesky":  "https://bsky.app/intent/compose?text=" + both,
		"mastodon": "a button", "copy": "a button",
	}
	phone := map[string]string{
		"messenger": "fb-messenger://share?link=" + link,
		"viber":     "viber://forward?text=" + both,
		"threema":   "https://threema.id/compose?text=" + both,
		"sms":       "sms:?&body=" + both,
	}
	sheetOnPhone := map[string]string{"signal": "a button", "snapchat": "a button", "kakaotalk": "a button", "teams": "a button"}
	desktop := map[string]string{
		"snapchat": "https://www.snapchat.com/share?link=" + link,
		"teams":    "https://teams.microsoft.com/share?href=" + link + "&msgText=" + text,
	}
	sheet := map[string]string{"system": "a button"}
	const noSheet = `delete Navigator.prototype.share;`
	iPad := `Object.defineProperty(navigator, "platform", { value: "MacIntel" }); Object.defineProperty(navigator, "maxTouchPoints", { value: 5 });`
	for _, tt := range []struct {
		name, agent, before string
		want                []map[string]string
	}{
		{"Android", android, hasSheet, []map[string]string{anywhere, phone, sheetOnPhone, sheet}},
		{"iPhone", iphone, hasSheet, []map[string]string{anywhere, phone, sheetOnPhone, sheet}},
		{"iPad, which says it is a Mac", mac, hasSheet + iPad, []map[string]string{anywhere, phone, sheetOnPhone, sheet}},
		{"Android without a share sheet", android, noSheet, []map[string]string{anywhere, phone}},
		{"Windows", windows, hasSheet, []map[string]string{anywhere, desktop, sheet}},
		{"Mac", mac, hasSheet, []map[string]string{anywhere, desktop, sheet}},
		{"Windows without a share sheet", windows, noSheet, []map[string]string{anywhere, desktop}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := offer(t, browsertest.Settings{UserAgent: tt.agent, Before: tt.before}, "/in", page{body: element})
			want := map[string]string{}
			for _, part := range tt.want {
				for name, does := range part {
					want[name] = does
				}
			}
			var got map[string]string
			v.tab.Evaluate(`Object.fromEntries([...document.querySelector("ds-share").shadowRoot.querySelectorAll("li > *")].map(button => [button.part[1], button.getAttribute("href") || "a button"]))`, &got)
			assert.Equal(t, want, got)
			for name, does := range want {
				var opens []string
				v.tab.Evaluate(`["target", "rel"].map(name => button("`+name+`").getAttribute(name) || "")`, &opens)
				if strings.HasPrefix(does, "https:") {
					assert.Equal(t, []string{"_blank", "noopener"}, opens, name)
				} else {
					assert.Equal(t, []string{"", ""}, opens, "%s opens no tab that would stay empty", name)
				}
				if strings.Contains(does, ":") {
					assert.Equal(t, does, v.went(name), "clicked")
				}
				if sheetOnPhone[name] == does || sheet[name] == does {
					v.tab.Evaluate(`(window.sheet = null)`, nil)
					v.tab.Click("ds-share [part~=" + name + "]")
					var given map[string]string
					v.tab.Evaluate(`window.sheet`, &given)
					assert.Equal(t, map[string]string{"title": "Möwe & Moor #1: 100 %", "text": "Möwe & Moor #1: 100 %", "url": "https://example.com/a?b=c&d#e"}, given, name)
				}
			}
			v.nothingAsked() // a link to another site has no code
			assert.Empty(t, v.tab.Complaints())
		})
	}
}

// TestUsualTargets: which buttons there are if the page names none.
func TestUsualTargets(t *testing.T) {
	for _, tt := range []struct{ name, agent, element, want string }{
		{"German phone", android, `<ds-share lang=de-AT>`, "whatsapp messenger telegram signal threema email copy system"},
		{"German desktop", windows, `<ds-share lang=de>`, "whatsapp telegram email copy system"},
		{"phone", iphone, `<ds-share lang=fr>`, "whatsapp messenger telegram x facebook email copy system"},
		{"desktop", windows, `<ds-share lang=en>`, "whatsapp telegram x facebook email copy system"},
		{"chosen, in their order, each once", android, `<ds-share lang=de buttons=" copy, Signal
			telegram signal  "></ds-share>`, "copy signal telegram"},
		{"none that is known", android, `<ds-share buttons="hasOwnProperty __proto__ slack">`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := offer(t, browsertest.Settings{UserAgent: tt.agent, Before: hasSheet}, "/in", page{body: tt.element})
			var got string
			v.tab.Evaluate(`[...document.querySelector("ds-share").shadowRoot.querySelectorAll("li > *")].map(button => button.part[1]).join(" ")`, &got)
			assert.Equal(t, tt.want, got)
			assert.Empty(t, v.tab.Complaints())
		})
	}
}

// TestSharedLink: the link that is shared, without a code and with one.
func TestSharedLink(t *testing.T) {
	for _, tt := range []struct{ name, path, head, element, want, coded string }{
		{"the page's address", "/in", "", `<ds-share>`, "/in", "/in?ds=8ZkPq4vR2Ts"},
		{"no place on the page", "/in#comments", "", `<ds-share>`, "/in", "/in?ds=8ZkPq4vR2Ts"},
		{"other parameters, as they are written", "/in?a=b%20c&flag&q=%C3%A4+1#x", "", `<ds-share>`, "/in?a=b%20c&flag&q=%C3%A4+1", "/in?a=b%20c&flag&q=%C3%A4+1&ds=8ZkPq4vR2Ts"},
		{"not the code that led here", "/in?ds=8ZkPq4vR2Tt&a=1&dsx=2&ds", "", `<ds-share>`, "/in?a=1&dsx=2", "/in?a=1&dsx=2&ds=8ZkPq4vR2Ts"},
		{"letters of other languages", "/m%C3%B6we", "", `<ds-share>`, "/m%C3%B6we", "/m%C3%B6we?ds=8ZkPq4vR2Ts"},
		{"the canonical address", "/in?page=2", `<link rel=canonical href="/moor?id=7">`, `<ds-share>`, "/moor?id=7", "/moor?id=7&ds=8ZkPq4vR2Ts"},
		{"another site's canonical address", "/in", `<link rel=canonical href="https://example.org/moor">`, `<ds-share>`, "/in", "/in?ds=8ZkPq4vR2Ts"},
		{"an address the page names", "/in", `<link rel=canonical href="/moor">`, `<ds-share url="/other?x=1#part">`, "/other?x=1#part", "/other?x=1&ds=8ZkPq4vR2Ts#part"},
		{"a script is no address", "/in", "", `<ds-share url="javascript:alert(1)">`, "/in", "/in?ds=8ZkPq4vR2Ts"},
		{"nonsense is no address", "/in", "", `<ds-share url="https://">`, "/in", "/in?ds=8ZkPq4vR2Ts"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := offer(t, browsertest.Settings{}, tt.path, page{head: tt.head, body: tt.element})
			assert.Equal(t, "https://www.facebook.com/sharer/sharer.php?u="+url.QueryEscape(v.own.URL+tt.want), v.href("facebook"), "nobody has asked for a code yet")
			v.tab.Hover("ds-share [part~=copy]")
			asked := v.own.wereShared(t, 1)
			v.tab.Evaluate(`understood()`, nil)
			assert.Equal(t, v.own.URL+tt.coded, v.copied())
			page, _ := url.Parse(tt.want)
			assert.Equal(t, page.EscapedPath(), asked[0].query.Get("p"))
			var address string
			v.tab.Evaluate(`location.href`, &address)
			assert.Equal(t, v.own.URL+tt.path, address, "the address of the page stays")
			assert.Empty(t, v.tab.Complaints())
		})
	}
}

func (v *visit) href(name string) (href string) {
	v.Helper()
	v.tab.Evaluate(`button("`+name+`").getAttribute("href")`, &href)
	return href
}

// TestText: what is said of the link is no part of it, and breaks nothing.
func TestText(t *testing.T) {
	v := offer(t, browsertest.Settings{}, "/in", page{body: `<ds-share buttons="email" url="https://example.com/">`})
	for text, want := range map[string]string{
		`"a&url=b"`:     "a%26url%3Db",
		`"{link}"`:      "%7Blink%7D",
		`"\ud83d half"`: "%20half",
		`"😀\n<b>"`:      "%F0%9F%98%80%0A%3Cb%3E",
		`""`:            "%2Fin", // the page's title
	} {
		v.tab.Evaluate(`document.querySelector("ds-share").setAttribute("text", `+text+`)`, nil)
		assert.Equal(t, "mailto:?subject="+want+"&body=https%3A%2F%2Fexample.com%2F", v.went("email"), text)
	}
	assert.Empty(t, v.tab.Complaints())
}

// TestCodes: a code that is there is used, and one that is not keeps nobody waiting.
func TestCodes(t *testing.T) {
	says := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "99") // without an answer at all, Chromium asks again
		_, _ = w.Write([]byte(`{"code":"8ZkPq4vR2Ts"`))
	}
	const complains = "Failed to load resource"
	for _, tt := range []struct {
		name      string
		code      http.HandlerFunc
		coded     bool
		complaint string
	}{
		{"a code", says(200, `{"code":"8ZkPq4vR2Ts"}`), true, ""},
		{"an error", says(500, `{"code":"8ZkPq4vR2Ts"}`), false, complains},
		{"refused", says(403, ``), false, complains},
		{"another status", says(206, `{"code":"8ZkPq4vR2Ts"}`), false, ""},
		{"nothing", says(200, ``), false, ""},
		{"null", says(200, `null`), false, ""},
		{"no JSON", says(200, `<html>`), false, ""},
		{"no code", says(200, `{}`), false, ""},
		{"too long", says(200, `{"code":"8ZkPq4vR2Tss"}`), false, ""},
		{"a letter that no code has", says(200, `{"code":"8ZkPq4vR2T0"}`), false, ""},
		{"more than a code", says(200, `{"code":"8ZkPq4vR2Ts&evil=1"}`), false, ""},
		{"a list", says(200, `{"code":["8ZkPq4vR2Ts","x"]}`), false, ""},
		{"cut off", cut, false, complains},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := offer(t, browsertest.Settings{}, "/empty", page{})
			v.own.code = tt.code
			v.offer("/in", page{body: `<ds-share buttons="facebook copy">`})
			v.tab.Hover("ds-share [part~=facebook]")
			v.own.wereShared(t, 1)
			v.tab.Evaluate(`understood()`, nil)
			want := v.own.URL + "/in"
			if tt.coded {
				want += "?ds=8ZkPq4vR2Ts"
			}
			assert.Equal(t, "https://www.facebook.com/sharer/sharer.php?u="+url.QueryEscape(want), v.went("facebook"))
			v.tab.Evaluate(`button("facebook").dispatchEvent(new Event("touchstart"))`, nil)
			v.tab.Evaluate(`fetch("/tell/over").then(() => null)`, nil)
			words := 1
			if tt.coded {
				words++ // it was used
			}
			shares := v.own.wereShared(t, words)
			require.Len(t, shares, words, "asked for once per button")
			assert.Equal(t, url.Values{"v": {"1"}, "b": {"facebook"}, "p": {"/in"}}, shares[0].query)
			assert.Equal(t, "same-origin", shares[0].header.Get("Sec-Fetch-Site"))
			assert.Equal(t, v.own.URL+"/", shares[0].header.Get("Referer"))
			for _, complaint := range v.tab.Complaints() {
				assert.Contains(t, complaint, complains)
				assert.NotEmpty(t, tt.complaint, complaint)
			}
		})
	}
}

// TestLateCode: a click does not wait for a code, which is there for the next one.
func TestLateCode(t *testing.T) {
	v := offer(t, browsertest.Settings{}, "/empty", page{})
	there := make(chan struct{})
	v.own.code = func(w http.ResponseWriter, _ *http.Request) {
		<-there
		_, _ = w.Write([]byte(`{"code":"8ZkPq4vR2Ts"}`))
	}
	v.offer("/in", page{body: `<ds-share grade=share buttons="copy">`})
	v.tab.Hover("ds-share [part~=copy]")
	v.own.wereShared(t, 1)
	assert.Equal(t, v.own.URL+"/in", v.copied())
	close(there)
	v.tab.Evaluate(`understood()`, nil)
	assert.Equal(t, v.own.URL+"/in?ds=8ZkPq4vR2Ts", v.copied())
	assert.Len(t, v.own.wereShared(t, 2), 2, "asked for, and used once")
	assert.Empty(t, v.tab.Complaints())
}

// TestSharingObjected: a browser that objects shares plain links, and asks for nothing.
func TestSharingObjected(t *testing.T) {
	for name, settings := range map[string]browsertest.Settings{
		"GPC":               {Before: `Object.defineProperty(navigator, "globalPrivacyControl", { value: true })`},
		"DNT":               {Before: `Object.defineProperty(navigator, "doNotTrack", { value: "1" })`},
		"the edge saw it":   {Headers: map[string]string{"Sec-GPC": "1"}},
		"the visitor's own": {Before: `if (location.protocol === "http:") document.cookie = "ds_off=1; Path=/"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := offer(t, settings, "/in", page{body: `<ds-share grade=share buttons="facebook copy">`})
			v.tab.Hover("ds-share [part~=facebook]")
			assert.Equal(t, "https://www.facebook.com/sharer/sharer.php?u="+url.QueryEscape(v.own.URL+"/in"), v.went("facebook"))
			assert.Equal(t, v.own.URL+"/in", v.copied())
			v.nothingAsked()
			assert.Empty(t, v.tab.Complaints())
		})
	}
}
