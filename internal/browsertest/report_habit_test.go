package browsertest_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/internal/browsertest"
)

// TestReportHabits: what people do with a report every day. All of it is in the address.
func TestReportHabits(t *testing.T) {
	for _, tt := range []struct {
		name string
		do   func(r *reader)
	}{
		{"it opens", func(r *reader) {
			assert.Equal(r, 11, r.count(".card"))
			assert.Zero(r, r.count(".problem, .not-offered, .loading"))
			assert.Contains(r, r.text(".headline"), "Brought to light: 20,135 of 41,120")
			assert.Contains(r, r.text(".sentences"), "WhatsApp alone brought 7,412 arrivals")
			assert.Contains(r, r.text(".fresh"), "Data up to Tue 24 Nov, 11:42", "in the site's own time zone")
			asked := r.site.lastCall(r.T, "numbers")
			assert.Equal(r, url.Values{"call": {"numbers"}, "site": {"www.hafenbote.example"}, "from": {"2026-10-28"}, "to": {"2026-11-24"}, "compare": {"previous"}}, asked)
			for _, call := range []string{"direct", "series", "sources", "recommendations", "now", "hours", "audience", "quality"} {
				assert.Len(r, r.site.calls(call), 1, "%s: an answer is asked for once", call)
			}
		}},
		{"a part of the bar filters, its chip takes the filter away, and one can go back", func(r *reader) {
			r.click(`.segment.messengers`)
			want := url.Values{"channel": {"dark_social"}, "source": {"whatsapp"}}
			assert.Equal(r, want, r.query())
			asked := r.site.lastCall(r.T, "series")
			assert.Equal(r, "whatsapp", asked.Get("source"))
			assert.Equal(r, 2, r.count("a.chip"))
			assert.Equal(r, "", r.site.lastCall(r.T, "quality").Get("channel"), "of the whole site alone")
			r.click(`a.chip[aria-label^="Source"]`)
			assert.Equal(r, url.Values{"channel": {"dark_social"}}, r.query())
			r.history("back")
			assert.Equal(r, want, r.query())
			assert.Equal(r, 2, r.count("a.chip"))
			r.history("back")
			assert.Zero(r, r.count("a.chip"))
			r.history("forward")
			assert.Equal(r, 2, r.count("a.chip"))
			r.tab.Reload()
			r.settle()
			assert.Equal(r, 2, r.count("a.chip"), "the address says it all")
			r.press("Escape")
			assert.Empty(r, r.query())
		}},
		{"days, by choice and by key", func(r *reader) {
			days := func() string {
				asked := r.site.lastCall(r.T, "series")
				return strings.TrimSpace(asked.Get("from") + " " + asked.Get("to") + " " + asked.Get("compare"))
			}
			days()
			for _, key := range []struct{ key, want string }{
				{"d", "2026-11-24 2026-11-24 previous"}, {"e", "2026-11-23 2026-11-23 previous"}, {"w", "2026-11-18 2026-11-24 previous"},
				{"t", "2026-10-26 2026-11-24 previous"}, {"n", "2026-08-27 2026-11-24 previous"}, {"m", "2026-11-01 2026-11-24 previous"},
				{"ArrowLeft", "2026-10-01 2026-10-31 previous"}, {"x", "2026-10-01 2026-10-31 weekdays"}, {"x", "2026-10-01 2026-10-31"},
			} {
				r.press(key.key)
				assert.Equal(r, key.want, days(), key.key)
			}
			r.tab.Evaluate(`{ const range = document.getElementById("range"); range.value = "7d"; range.dispatchEvent(new Event("change")) }`, nil)
			r.settle()
			assert.Equal(r, url.Values{"range": {"7d"}, "compare": {"none"}}, r.query())
			r.press("c")
			var focused string
			r.tab.Evaluate(`document.activeElement.id`, &focused)
			assert.Equal(r, "range-from", focused)
			r.tab.Evaluate(`{ document.getElementById("range-from").value = "2026-11-02"; document.getElementById("range-to").value = "2026-11-01" }`, nil)
			r.click(".custom button")
			assert.NotEmpty(r, r.text(".custom .problem-text"))
			r.tab.Evaluate(`document.getElementById("range-to").value = "2026-11-03"`, nil)
			r.click(".custom button")
			assert.Equal(r, url.Values{"range": {"custom"}, "from": {"2026-11-02"}, "to": {"2026-11-03"}, "compare": {"none"}}, r.query())
			assert.Equal(r, "2026-11-02 2026-11-03", days())
		}},
		{"keys are listed, and left alone where one types", func(r *reader) {
			r.press("?")
			assert.Equal(r, 14, r.count("#keys dt"))
			r.press("w")
			assert.Empty(r, r.query(), "a dialog is open")
			r.press("Escape")
			assert.Zero(r, r.count("#keys"))
			r.tab.Evaluate(`document.getElementById("range").focus()`, nil)
			r.press("x")
			assert.Empty(r, r.query())
			r.tab.Evaluate(`{ const use = document.getElementById("use-keys"); use.value = "off"; use.dispatchEvent(new Event("change")); document.activeElement.blur() }`, nil)
			r.press("w")
			assert.Empty(r, r.query(), "they are turned off")
		}},
		{"a number shows its line", func(r *reader) {
			r.click(`a[href="?metric=readers"]`)
			assert.Contains(r, r.text("#series .legend"), "Readers")
			assert.Equal(r, 1, r.count(`.tile [aria-current=true]`))
			var focused string
			r.tab.Evaluate(`document.activeElement.getAttribute("href")`, &focused)
			assert.Equal(r, "?metric=readers", focused, "who chose it goes on from there")
		}},
		{"channels open into apps, and these into evidence", func(r *reader) {
			r.click(`#sources li:nth-child(3) li summary`)
			assert.Contains(r, r.text("#sources .evidence"), "ua.whatsapp.wa4a")
			assert.Contains(r, r.text("#sources li:nth-child(3) li .inside"), "Show only WhatsApp")
		}},
		{"a table in place of each picture", func(r *reader) {
			r.click(`#hours [aria-pressed]`)
			assert.Equal(r, 168, r.count("#hours tbody tr"))
			assert.Equal(r, 1, r.count("table"))
			r.press("v")
			assert.Equal(r, 11, r.count("table"))
			assert.Equal(r, 28, r.count("#series tbody tr"))
			r.press("v")
			assert.Equal(r, 1, r.count("table"), "the one that was chosen")
		}},
		{"a card as CSV", func(r *reader) {
			var saved struct{ Name, Text string }
			r.tab.Evaluate(`new Promise(saved => {
				let blob
				URL.createObjectURL = made => { blob = made; return "blob:none" }
				HTMLAnchorElement.prototype.click = function () { blob.arrayBuffer().then(bytes => saved({ name: this.download, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) })) }
				document.querySelector('#topics [aria-label^="Save"]').dispatchEvent(new MouseEvent("click"))
			})`, &saved)
			assert.Equal(r, "topics-2026-10-28-2026-11-24.csv", saved.Name)
			assert.True(r, strings.HasPrefix(saved.Text, "\ufeffTopic,Pages,Arrivals,Public,Private,Readers,Shares made,Passed on\r\nLokales,311,38210,1204,5120,14603,1311,8.98\r\n"), saved.Text)
		}},
		{"an article's own page, and back", func(r *reader) {
			r.click(`#pages .page-list a`)
			assert.Equal(r, url.Values{"article": {"/lokales/freibad-schliesst"}}, r.query())
			assert.Equal(r, "/lokales/freibad-schliesst", r.site.lastCall(r.T, "page").Get("page"))
			assert.Equal(r, "Freibad am Deich schließt nach der Saison", r.text("h1:not([hidden])"))
			var open string
			r.tab.Evaluate(`document.querySelector(".actions a[target]").href`, &open)
			assert.Equal(r, "https://www.hafenbote.example/lokales/freibad-schliesst", open)
			r.click(`#passed .toggle`)
			assert.Equal(r, 5, r.count(".share-tree li"))
			r.history("back")
			r.history("back")
			assert.Equal(r, 11, r.count(".card"))
		}},
		{"a recommendation opens into its tree", func(r *reader) {
			r.click(`#recommendations .toggle`)
			assert.Equal(r, "7fGk2mQx9d", r.site.lastCall(r.T, "recommendation").Get("root"))
			assert.Equal(r, 5, r.count(".share-tree li"))
			assert.Equal(r, 1, r.count(".share-tree ul ul ul ul"), "three generations behind the first")
			assert.Contains(r, r.text(".share-tree"), "18 mins later")
			r.click(`#recommendations .open .toggle`)
			assert.Zero(r, r.count(".share-tree"))
		}},
		{"why?", func(r *reader) {
			r.click(`.direct-legend .messengers .why`)
			assert.Equal(r, "dark_social:", r.query().Get("why"))
			assert.Equal(r, "dark_social", r.site.lastCall(r.T, "why").Get("channel"))
			text := r.text("#why")
			for _, said := range []string{"the Referer is web.whatsapp.com", "ref.web.whatsapp.com", "Source: github.com", "How sure: strong", "private: assumed", "who shared the link, and with whom"} {
				assert.Contains(r, text, said)
			}
			r.press("Escape")
			assert.Zero(r, r.count("#why"))
			assert.Empty(r, r.query())
			var focused string
			r.tab.Evaluate(`document.activeElement.className`, &focused)
			assert.Equal(r, "why", focused, "one goes on where one asked")
			r.history("back")
			assert.Equal(r, 1, r.count("#why[open]"))
			r.click("#why .actions a")
			assert.Equal(r, url.Values{"channel": {"dark_social"}}, r.query())
			assert.Zero(r, r.count("#why"))
		}},
		{"in German, which is remembered", func(r *reader) {
			r.tab.Evaluate(`{ const language = document.getElementById("language"); language.value = "de"; language.dispatchEvent(new Event("change")) }`, nil)
			r.settle()
			assert.Contains(r, r.text(".headline"), "Ans Licht gebracht: 20.135 von 41.120")
			r.open("/?why=dark_social:whatsapp")
			assert.Contains(r, r.text("#why"), "der Referer ist web.whatsapp.com")
			assert.Contains(r, r.text("#why"), "wer den Link geteilt hat, und mit wem")
			var lang string
			r.tab.Evaluate(`document.documentElement.lang`, &lang)
			assert.Equal(r, "de", lang)
		}},
		{"dark, which is remembered", func(r *reader) {
			r.tab.Evaluate(`{ const theme = document.getElementById("theme"); theme.value = "dark"; theme.dispatchEvent(new Event("change")) }`, nil)
			r.tab.Reload()
			r.settle()
			var colour string
			r.tab.Evaluate(`getComputedStyle(document.body).backgroundColor`, &colour)
			assert.Equal(r, "rgb(19, 23, 22)", colour)
		}},
		{"what was shared in private", func(r *reader) {
			r.click(`#sources a.private`)
			assert.Equal(r, url.Values{"visibility": {"private"}}, r.query())
			assert.Equal(r, "private", r.site.lastCall(r.T, "series").Get("visibility"))
		}},
		{"two tabs have filters of their own", func(r *reader) {
			other := &reader{r.T, r.site, r.profile, r.profile.Tab()}
			other.open("/?channel=ai")
			r.click(`.segment.mail`)
			assert.Equal(r, url.Values{"channel": {"email"}}, r.query())
			assert.Equal(r, url.Values{"channel": {"ai"}}, other.query())
			assert.Contains(r, other.text(".chips"), "AI assistants")
			other.quiet()
		}},
		{"nothing but keys", func(r *reader) {
			r.press("Tab")
			var at string
			focus := func() string {
				r.tab.Evaluate(`document.activeElement.id || document.activeElement.className || document.activeElement.textContent`, &at)
				return at
			}
			assert.Equal(r, "skip", focus())
			r.tab.Evaluate(`document.querySelector("#sources h2").focus()`, nil)
			r.press("Tab", "Enter")
			assert.Equal(r, 1, r.count("#sources table"))
			r.press("Enter")
			assert.Zero(r, r.count("#sources table"), "the focus has stayed")
			r.tab.Evaluate(`document.querySelector(".tile .term").focus()`, nil)
			assert.Contains(r, r.text("#definition:not([hidden])"), "Somebody came to a page from outside")
			r.press("Escape")
			assert.Empty(r, r.text("#definition:not([hidden])"))
			r.tab.Evaluate(`document.querySelector("#series [role=slider]").focus()`, nil)
			r.press("Home", "ArrowRight")
			assert.Contains(r, r.text("#series .readout"), "29 Oct: 4,197")
			assert.Empty(r, r.query(), "the days have not moved")
			r.tab.Evaluate(`document.querySelector(".quadrants a").focus()`, nil)
			r.press("Enter")
			assert.NotEmpty(r, r.query().Get("article"))
		}},
		{"a link for others", func(r *reader) {
			sent := make(chan string, 1)
			r.site.on("links", func(w http.ResponseWriter, q *http.Request) {
				body := make([]byte, 4096)
				n, _ := q.Body.Read(body)
				sent <- q.Header.Get("Content-Type") + " " + q.Header.Get("X-Amz-Content-Sha256")[:4] + " " + string(body[:n])
				writeExample(w, http.StatusCreated, "links")
			})
			r.open("/?topic=Lokales")
			r.tab.Click(".settings summary")
			r.tab.Click("#share-view")
			r.tab.Click("#share button[type=submit]")
			assert.Regexp(r, `^application/json [0-9a-f]{4} {"site":"www.hafenbote.example","days":7,"from":"2026-10-28","to":"2026-11-24","topic":"Lokales"}$`, <-sent)
			var address string
			r.tab.Evaluate(`new Promise(made => { const look = () => { const field = document.querySelector("#share input"); field ? made(field.value) : setTimeout(look, 5) }; look() })`, &address)
			assert.Equal(r, r.site.URL+"/shared/6YJ2Q4Z7X3M5K8N1P0R9S2T4V6", address)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := read(t, newReportSite(t), browsertest.Settings{Width: 1280}, "/")
			tt.do(r)
			r.quiet()
		})
	}
}
