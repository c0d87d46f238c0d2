package browsertest_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/browsertest"
	"darksocial/internal/report/signin"
)

// TestReportStates: whatever the API answers, the page says what it is and what to do.
func TestReportStates(t *testing.T) {
	const browserSays = "Failed to load resource" // of every answer that is no answer
	for _, tt := range []struct {
		name      string
		site      func(s *reportSite)
		settings  browsertest.Settings
		address   string
		do        func(r *reader)
		complaint string
	}{
		{
			name: "the tables cannot be read, and then they can",
			site: func(s *reportSite) { s.fail("sources", http.StatusServiceUnavailable, "error.unavailable") },
			do: func(r *reader) {
				assert.Equal(r, 1, r.count(".problem"), "the other cards do not mind")
				assert.Contains(r, r.text("#sources .problem"), "The tables cannot be read at the moment.")
				assert.Contains(r, r.text(".headline"), "20,135", "nor does the picture that could do with it")
				r.site.on("sources", nil)
				r.click("#sources .problem button")
				assert.Zero(r, r.count(".problem"))
				assert.Contains(r, r.text("#sources"), "WhatsApp")
			},
			complaint: browserSays,
		},
		{
			name: "nothing can be read",
			site: func(s *reportSite) {
				for _, call := range []string{"direct", "numbers", "series", "sources", "pages", "recommendations", "now", "hours", "audience", "quality"} {
					s.fail(call, http.StatusServiceUnavailable, "error.unavailable")
				}
			},
			do:        func(r *reader) { assert.Equal(r, 11, r.count(".problem[role=alert] button")) },
			complaint: browserSays,
		},
		{
			name: "the session ends while one looks",
			do: func(r *reader) {
				r.site.fail("series", http.StatusUnauthorized, "error.unauthorized")
				r.press("w")
				assert.Equal(r, 1, r.count(".sign-in form"))
				assert.Zero(r, r.count(".card"))
				var focused string
				r.tab.Evaluate(`document.activeElement.id`, &focused)
				assert.Equal(r, "token", focused)
				r.site.on("series", nil)
				r.site.on("session", func(w http.ResponseWriter, _ *http.Request) { writeExample(w, http.StatusOK, "sites") })
				r.tab.Evaluate(`document.getElementById("token").value = "dsr_x"`, nil)
				r.tab.Click(".sign-in button")
				r.tab.Evaluate(`new Promise(done => { const look = () => document.querySelector(".card") ? done(null) : setTimeout(look, 5); look() })`, nil)
				r.settle()
				assert.Equal(r, 11, r.count(".card"))
				assert.Equal(r, "7d", r.query().Get("range"), "one goes on where one was")
			},
			complaint: browserSays,
		},
		{
			name:    "what no table holds",
			site:    func(s *reportSite) { s.fail("audience", http.StatusBadRequest, "error.not_offered") },
			address: "/?topic=Lokales&channel=ai",
			do: func(r *reader) {
				assert.Contains(r, r.text("#audience .not-offered"), "This is not told by Topic")
				r.site.on("audience", nil)
				r.click("#audience .not-offered a")
				assert.Equal(r, "channel=ai", r.query().Encode(), "and the other filter stays")
				assert.Contains(r, r.text("#audience"), "Germany")
			},
			complaint: browserSays,
		},
		{
			name: "no answer at all",
			site: func(s *reportSite) {
				s.on("hours", func(w http.ResponseWriter, _ *http.Request) {
					conn, _, err := http.NewResponseController(w).Hijack()
					if err == nil {
						_ = conn.Close()
					}
				})
				s.on("now", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>a proxy's page")) })
			},
			do: func(r *reader) {
				assert.Contains(r, r.text("#hours .problem"), "Is the network there?")
				assert.Equal(r, 1, r.count("#now .problem"))
			},
			complaint: browserSays,
		},
		{
			name: "a slow answer",
			settings: browsertest.Settings{Before: `{ // what takes long has taken long at once
				const wait = window.setTimeout
				window.setTimeout = (act, after) => wait(act, after === 4000 ? 0 : after)
			}`},
			do: func(r *reader) {
				release := make(chan struct{})
				r.site.on("series", func(w http.ResponseWriter, _ *http.Request) {
					<-release
					writeExample(w, http.StatusOK, "series")
				})
				r.tab.Press("w")
				r.tab.Evaluate(`new Promise(done => { const look = () => document.querySelector("#series .slow") ? done(null) : setTimeout(look, 5); look() })`, nil)
				assert.Contains(r, r.text("#series .slow"), "This takes longer than usual")
				assert.Equal(r, 1, r.count("#series[aria-busy=true] .line-chart"), "what was there is still there")
				close(release)
				r.settle()
				assert.Zero(r, r.count("#series .slow"))
			},
		},
		{
			name: "an answer that comes too late shows nothing",
			do: func(r *reader) {
				release := make(chan struct{})
				r.site.on("audience", func(w http.ResponseWriter, q *http.Request) {
					if q.URL.Query().Get("from") == "2026-11-18" { // of 7 days
						<-release
						_, _ = fmt.Fprint(w, strings.ReplaceAll(string(example("audience")), `"phone"`, `"tablet"`))
						return
					}
					writeExample(w, http.StatusOK, "audience")
				})
				r.tab.Press("w")
				r.tab.Press("t")
				r.settle()
				close(release)
				r.tab.Answered("/audience")
				r.tab.Evaluate(`new Promise(later => setTimeout(later, 0))`, nil)
				assert.Contains(r, r.text("#audience"), "Phone")
			},
		},
		{
			name: "a day without data, from the API itself",
			site: func(s *reportSite) { s.on(realAnswers, http.NotFound) },
			do: func(r *reader) {
				assert.Equal(r, 1, r.count(".sign-in form"), "nobody is signed in")
				r.tab.Evaluate(`document.getElementById("token").value = "dsr_forged"`, nil)
				r.tab.Click(".sign-in button")
				r.tab.Evaluate(`new Promise(done => { const look = () => document.getElementById("token-note").textContent ? done(null) : setTimeout(look, 5); look() })`, nil)
				assert.Equal(r, "This token was never made, has expired or was revoked.", r.text("#token-note"))
				token, err := r.site.tokens.Create(context.Background(), &signin.Token{Sites: []string{"www.hafenbote.example"}, Expires: time.Now().Add(time.Hour)})
				require.NoError(r, err)
				r.tab.Evaluate(`document.getElementById("token").value = `+quoted(token), nil)
				r.tab.Press("Enter")
				r.tab.Evaluate(`new Promise(done => { const look = () => document.querySelector(".card") ? done(null) : setTimeout(look, 5); look() })`, nil)
				r.settle()
				assert.Contains(r, r.text("#direct .empty"), "Nothing came in these days.")
				assert.Contains(r, r.text("#direct .empty"), "docs/add-to-your-site.md")
				assert.Contains(r, r.text("#recommendations .empty"), "docs/share-buttons.md")
				assert.Contains(r, r.text(".fresh"), "No data in these days")
				assert.Zero(r, r.count(".problem"))
				r.press("d", "x", "v")
				assert.Zero(r, r.count(".problem"))
				r.open("/?topic=Lokales&range=7d")
				assert.Contains(r, r.text("#direct .empty"), "Nothing fits these filters")
				r.open("/?why=dark_social:&range=7d")
				assert.Equal(r, 1, r.count("#why[open]"))
				r.open("/?article=/nowhere")
				r.open("/")
				r.tab.Click(".settings summary")
				r.tab.Click("#sign-out")
				r.tab.Evaluate(`new Promise(done => { const look = () => document.querySelector(".sign-in") ? done(null) : setTimeout(look, 5); look() })`, nil)
				r.open("/")
				assert.Equal(r, 1, r.count(".sign-in form"))
			},
			complaint: browserSays,
		},
		{
			name: "a share link shows its days and filter, and no others",
			site: func(s *reportSite) {
				s.on("sites", func(w http.ResponseWriter, _ *http.Request) { writeExample(w, http.StatusOK, "sites.shared") })
			},
			address: "/?range=90d&channel=ai",
			do: func(r *reader) {
				asked := r.site.lastCall(r.T, "series")
				assert.Equal(r, "2026-10-28 2026-11-24 Lokales ai", asked.Get("from")+" "+asked.Get("to")+" "+asked.Get("topic")+" "+asked.Get("channel"))
				assert.Empty(r, asked.Get("compare"))
				assert.Zero(r, r.count("#range, #compare, #share-view, #now"))
				assert.Empty(r, r.site.calls("now"))
				assert.Equal(r, 1, r.count("span.chip"), "this one stays")
				assert.Equal(r, 1, r.count("a.chip"))
				r.press("w", "x", "ArrowLeft")
				assert.Equal(r, "channel=ai&range=90d", r.query().Encode())
			},
		},
		{
			name:    "a site that one may not see",
			address: "/?site=other.example",
			do: func(r *reader) {
				assert.Contains(r, r.text(".problem"), "This sign-in may not see that.")
				r.click(".problem a")
				assert.Equal(r, 11, r.count(".card"))
			},
		},
		{
			name: "a hundred thousand pages, of which two hundred are told apart",
			site: func(s *reportSite) {
				s.change("pages", func(answer map[string]any) {
					first := answer["pages"].([]any)[0].(map[string]any)
					rows := []any{}
					for i := range 200 {
						row := map[string]any{}
						for name, value := range first {
							row[name] = value
						}
						row["page"], row["public"], row["private"] = fmt.Sprintf("/page/%d", i), i*3, 600-i*3
						rows = append(rows, row)
					}
					answer["pages"], answer["total"] = rows, 100_000
				})
			},
			do: func(r *reader) {
				assert.Equal(r, 200, r.count(".quadrants .spot"))
				assert.Contains(r, r.text("#pages"), "10 of 100,000 pages")
			},
		},
		{
			name: "estimate, purchases and revenue, once they exist",
			site: func(s *reportSite) {
				s.change("direct", func(answer map[string]any) {
					answer["estimate"] = map[string]any{"low": 4200, "high": 9100, "level": 0.9}
				})
				s.change("numbers", func(answer map[string]any) {
					numbers := answer["numbers"].(map[string]any)
					numbers["purchases"] = 12
					numbers["revenue"] = []any{
						map[string]any{"currency": "EUR", "minor_units": 123456, "rule": "last_share"}, map[string]any{"currency": "JPY", "minor_units": 5000, "rule": "last_share"},
						map[string]any{"currency": "EUR", "minor_units": 99, "rule": "first_share"},
					}
				})
			},
			do: func(r *reader) {
				assert.Contains(r, r.text("#direct"), "between 4,200 and 9,100 were shared (90% interval)")
				assert.Equal(r, 1, r.count(".hatch[role=img]"))
				assert.Contains(r, r.text(".tiles"), "€1,234.56 · JP¥5,000", "each currency by itself, by one rule")
				r.tab.Evaluate(`document.querySelector(".tile:last-child .term").focus()`, nil)
				assert.Contains(r, r.text("#definition"), "all to the last share")
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := newReportSite(t)
			if tt.site != nil {
				tt.site(s)
			}
			address := tt.address
			if address == "" {
				address = "/"
			}
			r := read(t, s, tt.settings, address)
			tt.do(r)
			assert.Empty(t, r.profile.Outside())
			for _, complaint := range r.tab.Complaints() {
				assert.True(t, tt.complaint != "" && strings.Contains(complaint, tt.complaint), complaint)
			}
		})
	}
}
