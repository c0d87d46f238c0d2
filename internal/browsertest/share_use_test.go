package browsertest_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/browsertest"
)

const (
	own    = "8ZkPq4vR2Ts" // the code that a button gets
	parent = "8ZkPq4vR2Tt" // the code that led here
)

// uses clicks on a button twice and returns what was asked before, and told of the
// clicks, without the names of the clicks, which are all different.
func (v *visit) uses(button string, told int) (asked url.Values, uses []url.Values) {
	v.Helper()
	v.tab.Hover("ds-share [part~=" + button + "]")
	v.own.wereShared(v.T, 1)
	v.tab.Evaluate(`understood()`, nil)
	v.went(button)
	v.went(button)
	v.own.wereShared(v.T, 1+told)
	v.tab.Evaluate(`fetch("/tell/over").then(() => null)`, nil)
	shares := v.own.wereShared(v.T, 1+told)
	require.Len(v, shares, 1+told)
	clicks := map[string]bool{}
	for _, share := range shares[1:] {
		assert.Regexp(v, randomID, share.query.Get("i"))
		assert.Equal(v, v.own.URL+"/", share.header.Get("Referer"))
		clicks[share.query.Get("i")] = true
		share.query.Del("i")
		uses = append(uses, share.query)
	}
	assert.Len(v, clicks, told, "each click has a name of its own")
	return shares[0].query, uses
}

// TestUses: every click tells that a code is used, and by which code the visitor came;
// a code of one share is used once.
func TestUses(t *testing.T) {
	const perButton, perShare = ``, ` grade=share`
	ds := func(code, link string) string {
		return `<script>window.ds = { code: () => "` + code + `", link: () => "` + link + `" }</script>`
	}
	for _, tt := range []struct{ name, grade, path, head, button, b, f, l string }{
		{"nobody's", perShare, "/in", "", "facebook", "facebook", "", ""},
		{"copied", perButton, "/in", "", "copy", "copy", "", ""},
		{"the page's script is not there: the address is", perShare, "/in?ds=" + parent, "", "facebook", "facebook", parent, "session"},
		{"and a router took the code off it", perButton, "/in?ds=" + parent, `<script>history.replaceState(null, "", "/in")</script>`, "facebook", "facebook", parent, "session"},
		{"no code in the address", perButton, "/in?ds=a@example.com", "", "facebook", "facebook", "", ""},
		{"the code that led here", perShare, "/in", ds(parent, "session"), "facebook", "facebook", parent, "session"},
		{"the code that led here, to a button", perButton, "/in", ds(parent, "consented"), "facebook", "facebook", parent, "consented"},
		{"the page's script counts, and not the address", perShare, "/in?ds=" + parent, ds("", ""), "copy", "copy", "", ""},
		{"the page's script fails", perShare, "/in", `<script>window.ds = { code() { throw Error() } }</script>`, "copy", "copy", "", ""},
		{"calls in a queue", perShare, "/in", `<script>window.ds = [["consent", true]]</script>`, "copy", "copy", "", ""},
		{"an app that is come to by the sheet: which one was chosen is not known", perShare, "/in", "", "signal", "system", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := offer(t, browsertest.Settings{UserAgent: android, Before: hasSheet}, tt.path, page{head: tt.head, body: `<ds-share` + tt.grade + ` buttons="signal facebook copy">`})
			want := url.Values{"v": {"1"}, "b": {tt.b}, "p": {"/in"}}
			told := 2
			if tt.grade == perShare {
				want["g"], told = []string{"share"}, 1
			}
			asked, uses := v.uses(tt.button, told)
			assert.Equal(t, want, asked)
			want["k"] = []string{own}
			if tt.f != "" {
				want["f"], want["l"] = []string{tt.f}, []string{tt.l}
			}
			for _, use := range uses {
				assert.Equal(t, want, use)
			}
			assert.Empty(t, v.tab.Complaints())
		})
	}
}

// copying selects something, as a visitor does, copies it, and returns what was
// selected and what is in the clipboard then.
func (v *visit) copying(selects string, coded bool) (selected, copied string) {
	v.Helper()
	v.tab.Evaluate(`new Promise(selected => {
		document.addEventListener("selectionchange", () => selected(null), { once: true })
		`+selects+`
	})`, nil)
	v.tab.Evaluate(`String(getSelection()).trim()`, &selected)
	if coded {
		v.own.wereShared(v.T, 1)
		v.tab.Evaluate(`understood()`, nil)
	}
	v.tab.Press("Control+c")
	v.tab.Evaluate(`navigator.clipboard.readText().then(text => text.trim())`, &copied)
	return selected, copied
}

const (
	selectsText  = `getSelection().selectAllChildren(document.querySelector("#text"))`
	selectsField = `document.querySelector("#field").select()`
)

// TestCopies: who copies the page's own link gets one with a code, if the page asks
// for that.
func TestCopies(t *testing.T) {
	text := func(what string) string { return `<p id=text>` + what + `</p>` }
	for _, tt := range []struct{ name, path, element, body, selects, want, p string }{
		{"the page's link, with space around it", "/in", ``, `<pre id=text>  HOST/in  </pre>`, selectsText, "/in?ds=" + own, "/in"},
		{"each share has a code", "/in", ` grade=share`, text("HOST/in"), selectsText, "/in?ds=" + own, "/in"},
		{"the page's address, place and all", "/in?a=1#moor", ``, text("HOST/in?a=1#moor"), selectsText, "/in?a=1&ds=" + own + "#moor", "/in"},
		{"the page's address with the code that led here", "/in?ds=" + parent, ``, text("HOST/in?ds=" + parent), selectsText, "/in?ds=" + own, "/in"},
		{"the link that the element names", "/in", ` url="/other"`, text("HOST/other"), selectsText, "/other?ds=" + own, "/other"},
		{"a field", "/in", ``, `<input id=field readonly value="HOST/in">`, selectsField, "/in?ds=" + own, "/in"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			// Not in parallel: there is one clipboard.
			v := offer(t, browsertest.Settings{Clipboard: true}, "/empty", page{})
			v.offer(tt.path, page{body: `<ds-share copied buttons=copy` + tt.element + `></ds-share>` + strings.ReplaceAll(tt.body, "HOST", v.own.URL)})
			v.nothingAsked()
			_, copied := v.copying(tt.selects, true)
			assert.Equal(t, v.own.URL+tt.want, copied)
			shares := v.own.wereShared(t, 2)
			require.Len(t, shares, 2)
			use := shares[1].query
			assert.Regexp(t, randomID, use.Get("i"))
			assert.Equal(t, []string{"copy", tt.p, own}, []string{use.Get("b"), use.Get("p"), use.Get("k")})
			assert.Equal(t, strings.Contains(tt.element, "share"), use.Get("g") == "share")
			assert.Empty(t, v.tab.Complaints())
		})
	}
}

// TestCopiesAsTheyAre: whatever else is copied stays what it is, and all where the page
// does not ask for codes.
func TestCopiesAsTheyAre(t *testing.T) {
	for _, element := range []string{`<ds-share buttons=copy></ds-share>`, `<ds-share copied buttons=copy></ds-share><ds-share copied url="https://example.org/"></ds-share>`} {
		v := offer(t, browsertest.Settings{Clipboard: true}, "/in", page{body: element + `<p id=text></p><input id=field>`})
		link := v.own.URL + "/in"
		shows := func(what string) string {
			return `document.querySelector("#text").textContent = document.querySelector("#field").value = "` + what + `";`
		}
		selections := []string{shows("See "+link) + selectsText, shows(link+"n") + selectsText, shows("https://example.org/") + selectsText, shows("Moor") + selectsField,
			shows(link) + `document.querySelector("#field").focus(); document.querySelector("#field").setSelectionRange(0, 10)`}
		if !strings.Contains(element, "copied") {
			selections = []string{shows(link) + selectsText, shows(link) + selectsField}
		}
		for _, selects := range selections {
			selected, copied := v.copying(selects, false)
			assert.NotEmpty(t, selected)
			assert.Equal(t, selected, copied)
		}
		v.nothingAsked()
		assert.Empty(t, v.tab.Complaints())
	}
}

// TestCopyButtonIsOneUse: the button's own copying, by a field as browsers did it
// before, is not taken for the visitor's.
func TestCopyButtonIsOneUse(t *testing.T) {
	v := offer(t, browsertest.Settings{Clipboard: true, Before: `if (window.Clipboard) Clipboard.prototype.writeText = () => Promise.reject(Error())`}, "/in?ds="+own,
		page{body: `<ds-share lang=en copied buttons=copy>`}) // the code that led here is the button's own
	v.tab.Hover("ds-share [part~=copy]")
	v.own.wereShared(t, 1)
	v.tab.Evaluate(`understood()`, nil)
	v.tab.Click("ds-share [part~=copy]")
	var copied string
	v.tab.Evaluate(`navigator.clipboard.readText()`, &copied)
	v.tab.Evaluate(`fetch("/tell/over").then(() => null)`, nil)
	assert.Equal(t, v.own.URL+"/in?ds="+own, copied)
	assert.Len(t, v.own.wereShared(t, 2), 2, "asked for, and used once")
	assert.Empty(t, v.tab.Complaints())
}

// TestCodeParameter: codes stand in the parameter that the site has chosen.
func TestCodeParameter(t *testing.T) {
	v := offer(t, browsertest.Settings{}, "/empty", page{})
	v.own.codeName = "via"
	v.offer("/in?via="+parent+"&ds=1", page{head: learns + watched, script: shareTag + tag, body: `<ds-share buttons="facebook copy">`})
	v.settle()
	v.tab.Evaluate(learned, nil)
	var code string
	v.tab.Evaluate(`ds.code()`, &code)
	assert.Equal(t, parent, code)
	_, uses := v.uses("facebook", 2)
	assert.Equal(t, []string{parent}, uses[0]["f"])
	assert.Equal(t, "https://www.facebook.com/sharer/sharer.php?u="+url.QueryEscape(v.own.URL+"/in?ds=1&via="+own), v.went("facebook"))
	assert.Empty(t, v.tab.Complaints())
}
