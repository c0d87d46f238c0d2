package browsertest_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine/process"
)

// list writes a call: [name, arguments…].
func list(items ...any) []any { return append([]any{}, items...) }

// evaluate calls functions of the page in Node.js.
func evaluate(t *testing.T, calls []any) []any {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		process.Missing(t, "Node.js is not installed")
	}
	web := filepath.Join(process.Root(), "web")
	if _, err := os.Stat(filepath.Join(web, "node_modules", "esbuild", "package.json")); err != nil {
		process.Missing(t, "web/node_modules is not installed: `npm ci` in web/")
	}
	given, err := json.Marshal(calls)
	require.NoError(t, err)
	cmd := exec.Command(node, "page/test/call.mjs")
	cmd.Dir, cmd.Stdin = web, bytes.NewReader(given)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	said, err := cmd.Output()
	require.NoError(t, err, complaint.String())
	var results []any
	require.NoError(t, json.Unmarshal(said, &results), "%s", said)
	require.Len(t, results, len(calls))
	return results
}

func daysFrom(from, to string) map[string]any { return map[string]any{"from": from, "to": to} }

// shownState is what the page shows if nothing else is said.
func shownState(with map[string]any) map[string]any {
	state := map[string]any{"site": "", "range": "28d", "from": "", "to": "", "compare": "previous", "filters": map[string]any{}, "metric": "arrivals", "article": "", "root": "", "why": ""}
	for name, value := range with {
		state[name] = value
	}
	return state
}

// TestReportLogic: what needs no browser. A day is a day, also one of 23 or 25 hours.
func TestReportLogic(t *testing.T) {
	const today = "2026-11-24"
	type row struct {
		name string
		call []any
		want any
	}
	cases := []row{
		{"7 days end today", list("daysOf", "7d", today), daysFrom("2026-11-18", today)},
		{"28 days", list("daysOf", "28d", today), daysFrom("2026-10-28", today)},
		{"30 days", list("daysOf", "30d", today), daysFrom("2026-10-26", today)},
		{"90 days, over the end of summer time", list("daysOf", "90d", today), daysFrom("2026-08-27", today)},
		{"yesterday was last year", list("daysOf", "yesterday", "2027-01-01"), daysFrom("2026-12-31", "2026-12-31")},
		{"the month so far", list("daysOf", "month", today), daysFrom("2026-11-01", today)},
		{"a month's first day", list("daysOf", "month", "2026-12-01"), daysFrom("2026-12-01", "2026-12-01")},
		{"the day on which summer time begins", list("addDays", "2026-03-28", 1), "2026-03-29"},
		{"and the day after it", list("addDays", "2026-03-29", 1), "2026-03-30"},
		{"the day on which it ends", list("addDays", "2026-10-25", 1), "2026-10-26"},
		{"a range with both", list("lengthOf", daysFrom("2026-03-01", "2026-11-01")), 246.0},
		{"29 February", list("addDays", "2028-02-28", 1), "2028-02-29"},
		{"no 29 February", list("isDay", "2027-02-29"), false},
		{"no day", list("isDay", "2026-11-24T00:00"), false},
		{"the month before one of 31 days", list("monthAt", "2026-03-31", -1), daysFrom("2026-02-01", "2026-02-28")},
		{"the month before January", list("monthAt", "2027-01-15", -1), daysFrom("2026-12-01", "2026-12-31")},
		{"before 7 days", list("step", daysFrom("2026-11-18", today), -1, today), daysFrom("2026-11-11", "2026-11-17")},
		{"behind 7 days", list("step", daysFrom("2026-11-11", "2026-11-17"), 1, today), daysFrom("2026-11-18", today)},
		{"behind today", list("step", daysFrom(today, today), 1, today), nil},
		{"before a day", list("step", daysFrom("2026-11-01", "2026-11-01"), -1, today), daysFrom("2026-10-31", "2026-10-31")},
		{"before this month", list("step", daysFrom("2026-11-01", today), -1, today), daysFrom("2026-10-01", "2026-10-31")},
		{"before a whole month", list("step", daysFrom("2026-03-01", "2026-03-31"), -1, today), daysFrom("2026-02-01", "2026-02-28")},
		{"back to this month", list("step", daysFrom("2026-10-01", "2026-10-31"), 1, today), daysFrom("2026-11-01", today)},
		{"a range that is partly to come", list("step", daysFrom("2026-11-01", "2026-11-20"), 1, today), daysFrom("2026-11-21", today)},
		{"days the wrong way round", list("readDays", "2026-11-20", "2026-11-10", today), daysFrom("2026-11-10", "2026-11-20")},
		{"days in the future", list("readDays", "2026-11-25", "2026-11-26", today), nil},
		{"an end in the future", list("readDays", "2026-11-20", "2030-01-01", today), daysFrom("2026-11-20", today)},
		{"a hundred years", list("readDays", "1926-11-24", today, today), daysFrom("2025-10-21", today)},
		{"no days", list("readDays", "yesterday", "%00", today), nil},

		{"an address that says nothing", list("readState", ""), shownState(nil)},
		{"and is written so", list("writeState", shownState(nil)), "?"},
		{"an address that says all", list("readState", "?site=a.example&range=custom&from=2026-11-01&to=2026-11-02&compare=weekdays&channel=dark_social&source=whatsapp&visibility=private&topic=A%26B&page=%2F%C3%A4&metric=readers&article=%2Fx&root=c0de&why=ai%3A"),
			shownState(map[string]any{"site": "a.example", "range": "custom", "from": "2026-11-01", "to": "2026-11-02", "compare": "weekdays", "metric": "readers", "article": "/x", "root": "c0de", "why": "ai:",
				"filters": map[string]any{"channel": "dark_social", "source": "whatsapp", "visibility": "private", "topic": "A&B", "page": "/ä"}})},
		{"an address of nonsense", list("readState", "?range=forever&compare=me&metric=<script>&from=2026-11-01&topic="), shownState(nil)},
		{"a filter that is taken away", list("linkTo", shownState(map[string]any{"filters": map[string]any{"channel": "ai", "topic": "x"}}), map[string]any{"filters": map[string]any{"channel": "social"}}), "?channel=social&topic=x"},
		{"a link closes what is open", list("linkTo", shownState(map[string]any{"why": "ai:", "root": "x"}), map[string]any{"metric": "readers"}), "?metric=readers"},
		{"custom days that are none", list("shownDays", shownState(map[string]any{"range": "custom", "from": "x", "to": "y"}), today), daysFrom("2026-10-28", today)},

		{"a number", list("field", -12.5), "-12.5"},
		{"nothing", list("field", nil), ""},
		{"a comma", list("field", "a,b"), `"a,b"`},
		{"quotes", list("field", `say "hi"`), `"say ""hi"""`},
		{"lines", list("field", "a\r\nb"), "\"a\r\nb\""},
		{"a formula", list("field", `=HYPERLINK("x")`), `"'=HYPERLINK(""x"")"`},
		{"a formula by +", list("field", "+1"), "'+1"},
		{"a formula by -", list("field", "-1"), "'-1"},
		{"a formula by @", list("field", "@SUM(A1)"), "'@SUM(A1)"},
		{"a formula behind spaces", list("field", "  =1"), `'  =1`},
		{"a formula behind a tab", list("field", "\t=1"), "'\t=1"},
		{"a formula of full width", list("field", "＝1"), "'＝1"},
		{"a path", list("field", "/a=b"), "/a=b"},
		{"a file", list("csv", map[string]any{"columns": list("a", "b;c"), "rows": list(list("x", 1), list(nil, "ä"))}), "\ufeffa,\"b;c\"\r\nx,1\r\n,ä\r\n"},

		{"a page's address", list("pageAddress", "www.example.com", "/a b?x=<y>"), "https://www.example.com/a%20b?x=%3Cy%3E"},
		{"a path that would be another host", list("pageAddress", "www.example.com", "//evil.example/x"), "https://www.example.com//evil.example/x"},
		{"a path with backslashes", list("pageAddress", "www.example.com", `/\evil.example`), "https://www.example.com/%5Cevil.example"},
		{"a path that is a script", list("pageAddress", "www.example.com", "javascript:alert(1)"), nil},
		{"a site that is none", list("pageAddress", "a@evil.example/", "/"), nil},
		{"what many are called is no page", list("pageAddress", "www.example.com", "(other)"), nil},
		{"a rule's source", list("citedAddress", "https://example.org/a words behind it"), "https://example.org/a"},
		{"a rule's source in words", list("citedAddress", "recorded on a phone"), nil},
		{"a rule's source that is a script", list("citedAddress", "javascript:alert(1)"), nil},
	}
	calls := make([]any, len(cases))
	for i, tt := range cases {
		calls[i] = tt.call
	}
	got := evaluate(t, calls)
	for i, tt := range cases {
		assert.Equal(t, tt.want, got[i], tt.name)
	}
}

// TestReportSentences: each sentence is said from its threshold on, and not below.
func TestReportSentences(t *testing.T) {
	numbers := func(with map[string]any) map[string]any {
		n := map[string]any{"arrivals": 1000, "private": 100, "public": 100, "privately_shared": 0.5, "passed_on": 4}
		for name, value := range with {
			n[name] = value
		}
		return n
	}
	article := func(with map[string]any) map[string]any {
		page := map[string]any{"page": "/a", "title": "A", "arrivals": 20, "measured": 20, "readers": 20, "passed_on": 6}
		for name, value := range with {
			page[name] = value
		}
		return page
	}
	source := func(arrivals int, before any) map[string]any {
		return map[string]any{"channels": list(map[string]any{"channel": "dark_social", "sources": list(map[string]any{"source": "telegram", "title": "Telegram", "arrivals": arrivals, "before": before})})}
	}
	direct := func(whatsapp int) map[string]any {
		return map[string]any{"direct": 1000, "parts": list(map[string]any{"part": "messengers", "sources": list(map[string]any{"source": "whatsapp", "title": "WhatsApp", "arrivals": whatsapp})})}
	}
	seen := func(with map[string]any) map[string]any {
		s := map[string]any{"numbers": numbers(nil), "before": nil, "fair": true, "direct": nil, "sources": nil, "pages": list()}
		for name, value := range with {
			s[name] = value
		}
		return s
	}
	one := func(name string, value any) map[string]any { return seen(map[string]any{name: value}) }
	cases := []struct {
		name string
		seen map[string]any
		want string
	}{
		{"nothing stands out", seen(nil), "steady"},
		{"too few arrivals", one("numbers", numbers(map[string]any{"arrivals": 49})), "too_little"},
		{"just enough", one("numbers", numbers(map[string]any{"arrivals": 50})), "steady"},
		{"passed on and hardly seen", one("pages", list(article(nil))), "hidden_gem"},
		{"passed on as others are", one("pages", list(article(map[string]any{"passed_on": 5.9}))), "steady"},
		{"passed on by too few readers", one("pages", list(article(map[string]any{"readers": 19}))), "steady"},
		{"passed on and seen", one("pages", list(article(map[string]any{"arrivals": 21}))), "steady"},
		{"the first page is no article", one("pages", list(article(map[string]any{"page": "/"}))), "steady"},
		{"seen and not read", one("pages", list(article(map[string]any{"arrivals": 50, "measured": 50, "readers": 9, "passed_on": 0}))), "seen_not_read"},
		{"seen and read", one("pages", list(article(map[string]any{"arrivals": 50, "measured": 50, "readers": 10, "passed_on": 0}))), "steady"},
		{"seen, and nothing measured", one("pages", list(article(map[string]any{"arrivals": 500, "measured": 0, "readers": nil, "passed_on": nil}))), "steady"},
		{"a source rises", one("sources", source(150, 100)), "source_rises"},
		{"by too little", one("sources", source(149, 100)), "steady"},
		{"by too few", one("sources", source(59, 10)), "steady"},
		{"from nothing", one("sources", source(500, 0)), "steady"},
		{"compared with nothing", one("sources", source(500, nil)), "steady"},
		{"a source falls", one("sources", source(50, 100)), "source_falls"},
		{"a day that is not over has fallen by itself", seen(map[string]any{"sources": source(50, 100), "fair": false}), "steady"},
		{"more in private", one("before", numbers(map[string]any{"privately_shared": 0.47})), "more_private"},
		{"hardly more", one("before", numbers(map[string]any{"privately_shared": 0.48})), "steady"},
		{"less in private", one("before", numbers(map[string]any{"privately_shared": 0.53})), "less_private"},
		{"of too few shares", one("before", numbers(map[string]any{"privately_shared": 0.9, "private": 40, "public": 4})), "steady"},
		{"more arrivals", one("before", numbers(map[string]any{"arrivals": 800})), "arrivals_rise"},
		{"fewer arrivals", one("before", numbers(map[string]any{"arrivals": 1250})), "arrivals_fall"},
		{"as many", one("before", numbers(map[string]any{"arrivals": 900})), "steady"},
		{"one app is much of direct", one("direct", direct(50)), "lit_most"},
		{"or not", one("direct", direct(49)), "steady"},
		{"never more than three", seen(map[string]any{"pages": list(article(nil)), "sources": source(300, 100), "before": numbers(map[string]any{"privately_shared": 0.4, "arrivals": 500}), "direct": direct(600)}), "hidden_gem source_rises more_private"},
	}
	calls := make([]any, len(cases))
	for i, tt := range cases {
		calls[i] = list("sentences", tt.seen)
	}
	for i, got := range evaluate(t, calls) {
		var said []string
		for _, sentence := range got.([]any) {
			said = append(said, sentence.(map[string]any)["says"].(string))
		}
		assert.Equal(t, cases[i].want, strings.Join(said, " "), cases[i].name)
	}
}

// TestReportWords: each word is there in both languages, with the same gaps, and is used.
func TestReportWords(t *testing.T) {
	words := evaluate(t, []any{list("words")})[0].(map[string]any)
	require.Greater(t, len(words), 200)
	var sources strings.Builder
	for _, pattern := range []string{"*.ts", "cards/*.ts", "charts/*.ts"} {
		files, err := filepath.Glob(filepath.Join(process.Root(), "web", "page", pattern))
		require.NoError(t, err)
		for _, file := range files {
			if filepath.Base(file) == "words.ts" {
				continue
			}
			content, err := os.ReadFile(file)
			require.NoError(t, err)
			sources.Write(content)
		}
	}
	source := sources.String()
	gap := regexp.MustCompile(`\{\w+\}`)
	gaps := func(text string) map[string]bool {
		found := map[string]bool{}
		for _, name := range gap.FindAllString(text, -1) {
			found[name] = true
		}
		return found
	}
	// Words that are found by what the API says, or by another word's name.
	found := regexp.MustCompile(`^(channel|visibility|surface|confidence|quadrant|device|grade|link|button|rule|door|outcome|part|direct_kind|day|read|filter|range|compare|keys|say|signal|what|page\.theme|term)\.`)
	for name, both := range words {
		english, german := both.([]any)[0].(string), both.([]any)[1].(string)
		assert.NotEmpty(t, english, name)
		assert.NotEmpty(t, german, name)
		assert.Equal(t, gaps(english), gaps(german), name)
		if !found.MatchString(name) {
			assert.True(t, strings.Contains(source, "'"+name+"'"), "nobody says %s", name)
		}
	}
}
