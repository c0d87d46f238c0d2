package browsertest_test

import (
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/internal/browsertest"
	"darksocial/internal/engine/process"
)

// hostile is what anybody can have written into a Referer, a path or a title.
var hostile = []string{
	`<script>document.title = "taken"</script>`, `"><img src=x onerror='document.title = "taken"'>`, `javascript:document.title="taken"//`,
	"\u202egnp.exe \u2066\u200f", "=cmd|' /C calc'!A0", strings.Repeat("W", 500), "{arrivals} $& \\u0000 %00 ' \"",
}

// TestReportHostile: what others wrote is shown as text, and leads nowhere.
func TestReportHostile(t *testing.T) {
	s := newReportSite(t)
	// Every text of an answer becomes a hostile one, but for what the page goes by.
	var poison func(value any, key string, n *int) any
	kept := map[string]bool{"date": true, "state": true, "part": true, "hour": true, "minute": true, "from": true, "to": true, "time_zone": true, "data_up_to": true, "made": true, "published": true, "last_day": true, "outcome": true, "quadrant": true, "field": true, "currency": true, "rule": false}
	poison = func(value any, key string, n *int) any {
		switch v := value.(type) {
		case map[string]any:
			for _, name := range slices.Sorted(maps.Keys(v)) {
				v[name] = poison(v[name], name, n)
			}
		case []any:
			for i := range v {
				v[i] = poison(v[i], key, n)
			}
		case string:
			if !kept[key] {
				*n++
				return hostile[*n%len(hostile)]
			}
		}
		return value
	}
	for _, call := range []string{"direct", "numbers", "series", "sources", "pages", "page", "recommendations", "recommendation", "now", "hours", "audience", "quality", "why"} {
		s.change(call, func(answer map[string]any) {
			n := 0
			poison(answer, "", &n)
		})
	}
	attack := "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"
	r := read(t, s, browsertest.Settings{Width: 360}, "/?topic="+attack+"&source="+attack)
	harmless := func(where string) {
		t.Helper()
		var got struct {
			Title, Bad string
			Overflow   int
		}
		r.tab.Evaluate(`({
			title: document.title,
			bad: [...document.querySelectorAll("main script, main img, dialog script, dialog img, [onerror], a")]
				.filter(element => element.tagName !== "A" || !/^(\?|#report$|https:\/\/|\/licences.txt$)/.test(element.getAttribute("href"))).map(element => element.outerHTML).join(" "),
			overflow: document.documentElement.scrollWidth - innerWidth,
		})`, &got)
		assert.Equal(t, "www.hafenbote.example: what people share with each other", got.Title, where)
		assert.Empty(t, got.Bad, where)
		assert.LessOrEqual(t, got.Overflow, 0, where)
	}
	assert.Contains(t, r.text(".chips"), "<img src=x onerror=alert(1)>")
	assert.Contains(t, r.text("main"), `<script>document.title = "taken"</script>`)
	harmless("overview")
	r.tab.Evaluate(`document.querySelectorAll("#sources summary").forEach(summary => summary.click())`, nil)
	r.press("v")
	harmless("tables")
	r.open("/?article=" + attack + "&root=" + attack + "&range=custom&from=" + attack + "&metric=" + attack)
	harmless("article")
	r.open("/?why=" + attack + ":" + attack)
	assert.Equal(t, 1, r.count("#why[open]"))
	harmless("why")
	r.open("/?article=//evil.example/x")
	harmless("a path that looks like a host")
	r.quiet()
}

// TestReportAxe: axe finds nothing, in both themes, wide and narrow, and nothing is
// wider than the screen.
func TestReportAxe(t *testing.T) {
	axe, err := os.ReadFile("../../web/node_modules/axe-core/axe.min.js")
	if err != nil {
		process.Missing(t, "axe-core is not installed: `npm ci` in web/")
	}
	for _, tt := range []struct {
		name, address string
		dark          bool
		width         int
		language      string
		before        func(r *reader)
	}{
		{"light", "/?topic=Lokales&root=7fGk2mQx9d", false, 1280, "en-GB", nil},
		{"dark", "/?topic=Lokales&root=7fGk2mQx9d", true, 1280, "en-GB", nil},
		{"narrow", "/?range=custom&from=2026-11-01&to=2026-11-10&channel=ai", false, 360, "de-DE", nil},
		{"narrow and dark, as tables", "/", true, 360, "de-DE", func(r *reader) { r.press("v") }},
		{"article", "/?article=/lokales/freibad-schliesst&root=7fGk2mQx9d", false, 1280, "en-GB", nil},
		{"narrow article, dark", "/?article=/lokales/freibad-schliesst", true, 360, "de-DE", nil},
		{"why", "/?why=dark_social:whatsapp", true, 360, "en-GB", nil},
		{"why, light", "/?why=dark_social:whatsapp", false, 1280, "de-DE", nil},
		{"signing in", "/", false, 360, "en-GB", func(r *reader) {
			r.site.fail("sites", http.StatusUnauthorized, "error.unauthorized")
			r.open("/")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := read(t, newReportSite(t), browsertest.Settings{Width: tt.width, Dark: tt.dark, Language: tt.language}, tt.address)
			if tt.before != nil {
				tt.before(r)
			}
			r.tab.Evaluate(string(axe)+"; null", nil)
			var got struct {
				Violations []struct {
					ID    string
					Nodes []struct{ HTML, FailureSummary string }
				}
				Passes, Overflow int
			}
			r.tab.Evaluate(`axe.run(document.querySelector("dialog[open]") ?? document).then(({ violations, passes }) =>
				({ violations, passes: passes.length, overflow: document.documentElement.scrollWidth - innerWidth }))`, &got)
			assert.Empty(t, got.Violations)
			assert.Greater(t, got.Passes, 10)
			assert.LessOrEqual(t, got.Overflow, 0)
			t.Logf("axe: %d violations, %d rules passed", len(got.Violations), got.Passes)
		})
	}
}
