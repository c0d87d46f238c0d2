package browsertest_test

import (
	"net/url"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/browsertest"
)

// aware lets a test see in a person's browser when a page knows the code that led to it,
// when it has understood an answer, and what was copied; and lets it read for some seconds
// that do not pass.
const aware = `(() => {
	document.addEventListener("load", event => { if (/\/_ds\/read\.js$/.test(event.target.src)) window.learned = true }, true)
	if (window.Clipboard) Clipboard.prototype.writeText = async link => { window.copied = link }
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
	window.understood = async () => { for (let i = 0; i < answers.length; i++) await answers[i].catch(() => {}); return null }
	const ticks = [], now = performance.now.bind(performance)
	let later = 0
	performance.now = () => now() + later
	window.setInterval = tick => ticks.push(tick)
	window.reads = seconds => {
		for (let i = 0; i < seconds; i++) { later += 1000; dispatchEvent(new Event("scroll")); ticks.forEach(tick => tick()) }
		Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true })
		document.dispatchEvent(new Event("visibilitychange"))
	}
})()`

// The page that is passed on, and what is said to a buyer of it.
const (
	shoes  = "/laden/moorschuhe"
	thanks = "/laden/bestellung"
)

// person is somebody in the town with a browser.
type person struct {
	*town
	profile *browsertest.Profile
	tab     *browsertest.Tab
}

func (w *town) person(settings browsertest.Settings) *person {
	w.t.Helper()
	settings.Before, settings.Outside = aware, true
	p := &person{town: w, profile: browsertest.Start(w.t).Profile(w.t, settings)}
	p.tab = p.profile.Tab()
	return p
}

// opens comes to a page from outside the browser, and stays until the page knows by what.
func (p *person) opens(link string) {
	p.t.Helper()
	hits := p.asked("/_ds/hit")
	p.tab.Open(link)
	p.knows()
	p.until("/_ds/hit", hits+1, 204)
}

// knows waits until the page in the tab knows the code that led to it, if any.
func (p *person) knows() {
	p.t.Helper()
	p.tab.Evaluate(loaded, nil)
	p.tab.Evaluate(learned, nil)
}

// reads has the page before the eyes for some seconds, and then not any more.
func (p *person) reads(seconds string) {
	p.t.Helper()
	told := p.asked("/_ds/read")
	p.tab.Evaluate(`reads(`+seconds+`)`, nil)
	p.until("/_ds/read", told+1, 204)
}

// comesNear points at a button until the page has a code for it.
func (p *person) comesNear(button string) {
	p.t.Helper()
	shares := p.asked("/_ds/share")
	p.tab.Hover("ds-share [part~=" + button + "]")
	p.until("/_ds/share", shares+1, 200)
	p.tab.Evaluate(`understood()`, nil)
}

// sharesOnWhatsApp uses the button, and returns the link that WhatsApp was given.
func (p *person) sharesOnWhatsApp() (link string) {
	p.t.Helper()
	p.comesNear("whatsapp")
	shares := p.asked("/_ds/share")
	opened := p.tab.FollowToNewTab("ds-share [part~=whatsapp]")
	p.until("/_ds/share", shares+1, 200)
	opened.At("https://wa.me/**")
	var address string
	opened.Evaluate(`location.href`, &address)
	message, err := url.Parse(address)
	require.NoError(p.t, err)
	text := message.Query().Get("text")
	link = text[strings.LastIndex(text, " ")+1:]
	require.Regexp(p.t, "^"+p.URL+shoes+`\?ds=[1-9A-HJ-NP-Za-km-z]{11}$`, link)
	return link
}

// copies uses the button that copies, and returns the link.
func (p *person) copies() (link string) {
	p.t.Helper()
	p.comesNear("copy")
	shares := p.asked("/_ds/share")
	p.tab.Click("ds-share [part~=copy]")
	p.until("/_ds/share", shares+1, 200)
	p.tab.Evaluate(`window.copied`, &link)
	require.Regexp(p.t, "^"+p.URL+shoes+`\?ds=`, link)
	return link
}

// buys orders the shoes on the page in the tab, and returns the order's number.
func (p *person) buys() (number string) {
	p.t.Helper()
	told := p.asked("/_ds/buy")
	p.tab.Follow("#buy button")
	p.tab.At(p.URL + thanks + "?*")
	p.until("/_ds/buy", told+1, 204)
	p.tab.Evaluate(`document.querySelector("[data-order] strong").textContent`, &number)
	require.Regexp(p.t, `^QB-`, number)
	return number
}

// leaves makes sure that nothing went wrong in the person's browser.
func (p *person) leaves() {
	p.t.Helper()
	assert.Empty(p.t, p.tab.Complaints())
	p.tab.Close()
}

// codeIn is the share code of a link.
func codeIn(link string) string {
	_, code, _ := strings.Cut(link, "?ds=")
	return code
}
