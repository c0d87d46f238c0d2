package browsertest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/internal/browsertest"
)

// byHand puts the passing of seconds into the test's hands: seconds(n) lets n of them
// go by, and hide() puts the page away. Zeros in the place of chance make the page
// view one of the sixteenth that say what the article is.
const byHand = `<script>
	const ticks = [], real = performance.now.bind(performance)
	let later = 0
	performance.now = () => real() + later
	window.setInterval = tick => ticks.push(tick)
	const seconds = n => { for (let i = 0; i < n; i++) { later += 1000; ticks.forEach(tick => tick()) } }
	const show = state => { Object.defineProperty(document, "visibilityState", { value: state, configurable: true }); document.dispatchEvent(new Event("visibilitychange")) }
	const hide = () => show("hidden")
	const alive = () => dispatchEvent(new Event("scroll"))
	const following = () => new Promise(there => { const look = () => ticks.length ? there(null) : requestAnimationFrame(look); look() })
	crypto.getRandomValues = bytes => bytes.fill(window.chance || 255)
</script>`

// text is an article of 400 words, of which a screen shows a part.
var text = "<article style='font-size:40px'><h1>Moor</h1> <p>" + strings.Repeat("Wort ", 399) + "</p></article>"

// TestReading: for how long a page was read and how far, told when it is hidden.
func TestReading(t *testing.T) {
	browser := browsertest.Start(t)
	for _, tt := range []struct {
		name string
		page page
		do   string
		hits int
		want []sent // of each word: e, y, w; y "*" is some of it
	}{
		{"to the end", page{}, `alive(); seconds(12); scrollTo(0, 1e6); alive(); seconds(2); hide()`, 1, []sent{{"e": "14", "y": "100", "w": "400"}}},
		{"gone at once", page{}, `hide()`, 1, []sent{{"e": "0", "y": "*", "w": "400"}}},
		{"nobody there: fifteen seconds without a sign of life", page{}, `alive(); seconds(600); hide()`, 1, []sent{{"e": "14", "y": "*", "w": "400"}}},
		{"in the background", page{}, `alive(); hide(); alive(); seconds(10); show("visible"); alive(); seconds(3); hide()`, 1,
			[]sent{{"e": "0", "y": "*", "w": "400"}, {"e": "3", "y": "*", "w": "400"}}},
		{"hidden again, and nothing new", page{}, `alive(); seconds(5); hide(); show("visible"); hide(); dispatchEvent(new Event("pagehide"))`, 1, []sent{{"e": "5", "y": "*", "w": "400"}}},
		{"a router shows another page", page{}, `alive(); seconds(4); history.pushState(null, "", "/other"); alive(); seconds(10); hide()`, 1, []sent{{"e": "4", "y": "*", "w": "400"}}},
		{"the page says how many words", page{head: `<script>document.documentElement.dataset.dsWords = "1234"</script>`}, `hide()`, 1, []sent{{"e": "0", "y": "*", "w": "1234"}}},
		{"a page without a text", page{body: "<p>" + strings.Repeat("Wort ", 99)}, `hide()`, 1, []sent{{"e": "0", "y": "100"}}},
		{"one request for both, where logs count", page{script: `<script src="/_ds/ds.js" data-one-request></script>`}, `alive(); seconds(9); hide()`, 1, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v := &visit{T: t, own: newSite(t, "127.0.0.1"), other: newSite(t, "localhost"), profile: browser.Profile(t, browsertest.Settings{})}
			v.tab = v.profile.Tab()
			p := tt.page
			if p.head += byHand; p.body == "" {
				p.body = text
			}
			v.own.put("/in", p)
			v.arrive("/in")
			v.tab.Evaluate(`following()`, nil)
			v.tab.Evaluate(`(() => { `+tt.do+`; return null })()`, nil)

			hits := v.own.received(t, tt.hits)
			words := v.own.wereRead(t, len(tt.want))
			slices.SortFunc(words, func(a, b hit) int { return strings.Compare(a.query.Get("e"), b.query.Get("e")) }) // two may overtake each other
			assert.Len(t, hits, tt.hits)
			if tt.want == nil {
				assert.Equal(t, "9", hits[0].query.Get("e"), "the hit carries the reading")
				assert.Equal(t, v.other.URL, hits[0].query.Get("r"))
			}
			for i, word := range words {
				got := sent{}
				for name, values := range word.query {
					got[name] = values[0]
				}
				want := sent{"v": "1", "i": hits[0].query.Get("i"), "h": hits[0].query.Get("h"), "p": "/in", "n": "navigate"}
				for name, value := range tt.want[i] {
					if want[name] = value; value == "*" {
						want[name] = got["y"]
						assert.Less(t, len(got["y"]), 3, "a part of the text")
					}
				}
				assert.Equal(t, want, got)
			}
			assert.Empty(t, v.tab.Complaints())
		})
	}
}

// TestInsideIsNotRead: on a click inside the site only the code is of interest.
func TestInsideIsNotRead(t *testing.T) {
	v := &visit{T: t, own: newSite(t, "127.0.0.1"), profile: browsertest.Start(t).Profile(t, browsertest.Settings{})}
	v.tab = v.profile.Tab()
	v.own.put("/in", page{head: byHand + learns, body: text})
	v.follow(v.own, "/in")
	v.settle()
	v.tab.Evaluate(learned, nil)
	var followed int
	v.tab.Evaluate(`(alive(), hide(), ticks.length)`, &followed)
	assert.Zero(t, followed)
	v.tab.Evaluate(`fetch("/tell/over").then(() => null)`, nil)
	assert.True(t, v.own.loaded("read.js"))
	assert.Empty(t, v.own.wereRead(t, 0))
	assert.Empty(t, v.own.received(t, 0))
	assert.Empty(t, v.tab.Complaints())
}

// TestArticles: what a page says of itself, where it says that it is an article.
func TestArticles(t *testing.T) {
	browser := browsertest.Start(t)
	linked := func(data string) string { return `<script type="application/ld+json">` + data + `</script>` }
	for _, tt := range []struct {
		name, head string
		want       sent
	}{
		{"no article", `<meta property="og:title" content="A shop">`, sent{}},
		{"Open Graph", `<meta property="og:type" content="article"><meta property="og:title" content="Moor in Flammen"><meta property="article:section" content="Lokales">
			<meta property="article:published_time" content="2026-11-20T08:00:00+01:00"><meta property="article:author" content="https://example.com/people/a"><meta name="author" content="A. Beispiel">`,
			sent{"t": "Moor in Flammen", "s": "Lokales", "z": "2026-11-20T08:00:00+01:00", "b": "A. Beispiel"}},
		{"Open Graph without a title", `<meta property="og:type" content="article">`, sent{"t": "/in"}},
		{"JSON-LD", linked(`{"@type": "NewsArticle", "headline": "Moor", "articleSection": "Lokales", "datePublished": "2026-11-20", "author": [{"name": "A. Beispiel"}]}`),
			sent{"t": "Moor", "s": "Lokales", "z": "2026-11-20", "b": "A. Beispiel"}},
		{"JSON-LD in a graph", linked(`{"@graph": [{"@type": "WebSite"}, {"@type": ["BlogPosting"], "headline": "Moor"}]}`), sent{"t": "Moor"}},
		{"JSON-LD that cannot be read, and one that can", linked(`{"@type": `) + linked(`{"@type": "Article", "headline": 7}`), sent{"t": "/in"}},
		{"the page's own word counts before the others", linked(`{"@type": "Article", "headline": "Moor"}`) + `<script>Object.assign(document.documentElement.dataset, {dsTitle: "Mein Moor", dsTopic: "Natur", dsAuthor: "B.", dsPublished: "2026-11-21"})</script>`,
			sent{"t": "Mein Moor", "s": "Natur", "b": "B.", "z": "2026-11-21"}},
		{"long", `<meta property="og:type" content="article"><meta property="og:title" content="` + strings.Repeat("x", 5000) + `">`, sent{"t": strings.Repeat("x", 200)}},
		{"another name for the page", `<meta property="og:type" content="article"><link rel=canonical href="/moor">`, sent{"t": "/in", "k": "/moor"}},
		{"the same name", `<meta property="og:type" content="article"><link rel=canonical href="/in">`, sent{"t": "/in"}},
		{"another site's name", `<meta property="og:type" content="article"><link rel=canonical href="https://example.org/moor">`, sent{"t": "/in"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for chance, says := range map[string]bool{"": true, "<script>window.chance = 16</script>": false} {
				v := &visit{T: t, own: newSite(t, "127.0.0.1"), other: newSite(t, "localhost"), profile: browser.Profile(t, browsertest.Settings{})}
				v.tab = v.profile.Tab()
				head := strings.Replace(byHand, "window.chance || 255", "window.chance || 0", 1)
				v.own.put("/in", page{head: head + chance + tt.head, body: text})
				v.enter("/in")
				v.tab.Evaluate(`following().then(() => { hide(); return null })`, nil)
				got := sent{}
				for _, name := range []string{"t", "s", "b", "z", "k"} {
					if value := v.own.wereRead(t, 1)[0].query.Get(name); value != "" {
						got[name] = value
					}
				}
				want := tt.want
				if !says {
					want = sent{}
				}
				assert.Equal(t, want, got, fmt.Sprintf("one view in sixteen says it: %v", says))
				assert.Empty(t, v.tab.Complaints())
			}
		})
	}
}
