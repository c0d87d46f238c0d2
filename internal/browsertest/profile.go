package browsertest

import (
	"encoding/json"
	"testing"
)

// Settings are how a visitor's browser is set up. The zero value is a browser as
// it comes.
type Settings struct {
	// Headers are sent with every request, such as Sec-GPC.
	Headers map[string]string `json:"headers,omitempty"`

	// UserAgent is sent instead of the browser's own.
	UserAgent string `json:"userAgent,omitempty"`

	// NoScript turns JavaScript off. Evaluate still works.
	NoScript bool `json:"noScript,omitempty"`

	// Before is JavaScript that runs in every document before the page's own: it
	// makes the browser one that lacks something, or has it.
	Before string `json:"before,omitempty"`

	// Language is the browser's own, "de-AT" or the like.
	Language string `json:"language,omitempty"`

	// Dark is for a person who likes pages to be dark.
	Dark bool `json:"dark,omitempty"`

	// Width of the window, in CSS pixels.
	Width int `json:"width,omitempty"`

	// Clipboard lets pages read and write it without asking.
	Clipboard bool `json:"clipboard,omitempty"`

	// Outside answers requests to other machines with an empty page, and has
	// Profile.Outside know of them.
	Outside bool `json:"outside,omitempty"`
}

// Profile is a browser on its first day: no cookies, nothing cached, no other
// windows.
type Profile struct {
	t       testing.TB
	browser *Browser
	number  int
}

// Profile makes a profile for a test, which is closed with all its tabs at the end
// of it. Whatever goes wrong in it fails that test.
func (b *Browser) Profile(t testing.TB, settings Settings) *Profile {
	t.Helper()
	p := &Profile{t: t, browser: b}
	p.number = p.do(command{Do: "profile", Settings: &settings}).asNumber(t)
	t.Cleanup(func() { p.do(command{Do: "closeProfile", Profile: p.number}) })
	return p
}

// Outside are the addresses on other machines that its pages have asked for, with
// Settings.Outside.
func (p *Profile) Outside() (asked []string) {
	p.t.Helper()
	p.do(command{Do: "outside", Profile: p.number}).into(p.t, &asked)
	return asked
}

// Tab opens an empty tab.
func (p *Profile) Tab() *Tab {
	p.t.Helper()
	return &Tab{p, p.do(command{Do: "tab", Profile: p.number}).asNumber(p.t)}
}

type result json.RawMessage

func (p *Profile) do(c command) result {
	p.t.Helper()
	said, err := p.browser.ask(c)
	if err != nil {
		p.t.Fatalf("browsertest: %v", err)
	}
	return result(said)
}

func (r result) into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(r, v); err != nil {
		t.Fatalf("browsertest: %v: %s", err, r)
	}
}

func (r result) asNumber(t testing.TB) (n int) {
	t.Helper()
	r.into(t, &n)
	return n
}

// Tab is a tab of a profile. Its methods return when the browser has begun to show
// what they lead to, which need not have loaded.
type Tab struct {
	profile *Profile
	number  int
}

func (b *Tab) do(c command) result {
	b.profile.t.Helper()
	c.Tab = b.number
	return b.profile.do(c)
}

// Open goes to an address, as if it were typed: the request has no Referer, and
// Sec-Fetch-Site is none.
func (b *Tab) Open(url string) {
	b.profile.t.Helper()
	b.do(command{Do: "open", URL: url})
}

// Follow clicks on a link that leads to another document.
func (b *Tab) Follow(selector string) {
	b.profile.t.Helper()
	b.do(command{Do: "follow", Selector: selector})
}

// FollowToNewTab clicks on a link that opens a tab.
func (b *Tab) FollowToNewTab(selector string) *Tab {
	b.profile.t.Helper()
	return &Tab{b.profile, b.do(command{Do: "followToNewTab", Selector: selector}).asNumber(b.profile.t)}
}

// Click clicks on something that leads to no other document.
func (b *Tab) Click(selector string) {
	b.profile.t.Helper()
	b.do(command{Do: "click", Selector: selector})
}

// Hover moves the pointer onto something.
func (b *Tab) Hover(selector string) {
	b.profile.t.Helper()
	b.do(command{Do: "hover", Selector: selector})
}

// Press presses a key, such as "Tab", "Enter" or "Space".
func (b *Tab) Press(key string) {
	b.profile.t.Helper()
	b.do(command{Do: "press", Selector: key})
}

// Reload loads the document again.
func (b *Tab) Reload() {
	b.profile.t.Helper()
	b.do(command{Do: "reload"})
}

// Back goes to the document before this one.
func (b *Tab) Back() {
	b.profile.t.Helper()
	b.do(command{Do: "go", By: -1})
}

// Forward goes to the document behind this one.
func (b *Tab) Forward() {
	b.profile.t.Helper()
	b.do(command{Do: "go", By: 1})
}

// At waits until the tab shows an address.
func (b *Tab) At(url string) {
	b.profile.t.Helper()
	b.do(command{Do: "at", URL: url})
}

// Answered waits until the server has answered whatever the page in the tab has
// asked for so far at addresses with path in them. What it had asked for when it
// was left is not waited for.
func (b *Tab) Answered(path string) {
	b.profile.t.Helper()
	b.do(command{Do: "answered", URL: path})
}

// Evaluate runs a JavaScript expression in the page, waits for it if it is a
// promise, and decodes its value into v unless that is nil. What it throws fails
// the test.
func (b *Tab) Evaluate(script string, v any) {
	b.profile.t.Helper()
	value := b.do(command{Do: "evaluate", Script: script})
	if v != nil {
		value.into(b.profile.t, v)
	}
}

// Complaints are the errors nobody caught in the tab's pages, and the errors and
// warnings of its console: "error: text (address)".
func (b *Tab) Complaints() (complaints []string) {
	b.profile.t.Helper()
	b.do(command{Do: "complaints"}).into(b.profile.t, &complaints)
	return complaints
}

// Close closes the tab before the end of the test.
func (b *Tab) Close() {
	b.profile.t.Helper()
	b.do(command{Do: "closeTab"})
}
