package summary

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
)

var update = flag.Bool("update", false, "write testdata instead of comparing with it")

// direct is a row of visits that other tools call direct.
func direct(channel, source, directKind string, n int64) rollup.Arrival {
	return rollup.Arrival{Page: "/", Channel: channel, Source: source, DirectKind: directKind, ByReferrer: "direct", Arrivals: n}
}

// parted holds rows of every part there is.
var parted = []rollup.Arrival{
	direct("dark_social", "whatsapp", "", 1200), direct("dark_social", "telegram", "", 40), direct("dark_social", "signal", "", 40), direct("email", "gmail", "", 7),
	direct("dark_social", "viber", "", 6), direct("dark_social", "imessage", "", 5), direct("dark_social", "line", "", 4), direct("dark_social", "whatsapp", "", 34),
	direct("social", "facebook", "", 310), direct("social", "", "", 3),
	direct("ai", "chatgpt", "", 12),
	direct("search", "google_app", "", 90), direct("referral", "", "", 8), direct("paid", "google", "", 1),
	direct("direct", "", "hidden_web", 150), direct("direct", "", "typed_or_app", 2100), direct("direct", "", "unknown", 411), direct("direct", "", "", 1),
}

var cases = []struct {
	name     string
	days     []string
	arrivals []rollup.Arrival
	pages    []rollup.Page
	quality  []rollup.Quality
}{
	{name: "nothing"},
	{name: "a day without a visit", days: []string{"2026-11-20"}},
	{name: "every part", days: []string{"2026-11-20", "2026-11-21", "2026-11-22"},
		arrivals: append([]rollup.Arrival{
			{Channel: "social", Source: "reddit", ByReferrer: "social", Arrivals: 500},
			{Channel: "dark_social", Source: "whatsapp", ByReferrer: "social", Arrivals: 30},
			{Channel: "dark_social", Source: "whatsapp", ByReferrer: "", Arrivals: 20}, // the door could not see the Referer
		}, parted...),
		pages: []rollup.Page{
			{Page: "/artikel/moor", Topic: "Natur", Arrivals: 2100, PrivateArrivals: 900, PublicArrivals: 100, Previews: 40},
			{Page: "/artikel/heide", Arrivals: 900, PrivateArrivals: 300, PublicArrivals: 400, Previews: 2},
			{Page: "(other)", Arrivals: 1900, PrivateArrivals: 136, PublicArrivals: 0, Previews: 7},
			{Page: "/artikel/moor", Topic: "Natur", Arrivals: 70, PrivateArrivals: 1, PublicArrivals: 1, Previews: 1},
		},
		quality: []rollup.Quality{{Outcome: "labelled", Records: 5000}, {Outcome: "labelled", Records: 5}, {Outcome: "filtered", Reason: "bot", Records: 9000}, {Outcome: "failed", Records: 1}}},
	{name: "one of each", days: []string{"2026-11-20"}, arrivals: []rollup.Arrival{direct("dark_social", "whatsapp", "", 1)},
		pages: []rollup.Page{{Page: "/", Arrivals: 1, PrivateArrivals: 1, Previews: 1}}},
	{name: "nothing direct", days: []string{"2026-11-20"}, arrivals: []rollup.Arrival{{Channel: "social", Source: "reddit", ByReferrer: "social", Arrivals: 3}},
		pages: []rollup.Page{{Page: "/b", Arrivals: 1}, {Page: "/a", Arrivals: 1}, {Page: "/c", Arrivals: 1, PublicArrivals: 1}}},
	{name: "many pages", days: []string{"2026-11-20"}, pages: manyPages()},
}

func manyPages() []rollup.Page {
	var pages []rollup.Page
	for i := range 15 {
		pages = append(pages, rollup.Page{Page: fmt.Sprintf("/ä/%02d", i), Arrivals: 1000, PrivateArrivals: int64(i % 3), PublicArrivals: int64(i % 2), Previews: int64(i % 5)})
	}
	return pages
}

func answer(site string, days []string, arrivals []rollup.Arrival, pages []rollup.Page, quality []rollup.Quality) *Answer {
	s := New(site)
	for _, day := range days {
		s.Day(day)
	}
	for i := range arrivals {
		s.Arrival(&arrivals[i])
	}
	for i := range pages {
		s.Page(&pages[i])
	}
	for i := range quality {
		s.Quality(&quality[i])
	}
	return s.Answer()
}

func TestText(t *testing.T) {
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			got := answer("example.com", tt.days, tt.arrivals, tt.pages, tt.quality).Text()
			file := filepath.Join("testdata", strings.ReplaceAll(tt.name, " ", "-")+".txt")
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, string(want), got)
			assert.NotContains(t, got, "NaN")
			assert.NotContains(t, got, "Inf")
			assert.NotContains(t, got, "\x00")
		})
	}
}

func TestAnswer(t *testing.T) {
	c := cases[2]
	a := answer("example.com", c.days, c.arrivals, c.pages, c.quality)
	assert.EqualValues(t, 4972, a.Arrivals)
	assert.EqualValues(t, 4422, a.Direct)
	assert.EqualValues(t, 4422-150-2100-412, a.BroughtToLight)
	assert.Equal(t, map[string]int64{"labelled": 5005, "filtered": 9000, "failed": 1}, a.Records)
	assert.Equal(t, []Named{{"whatsapp", 1234}, {"signal", 40}, {"telegram", 40}, {"gmail", 7}, {"viber", 6}, {"imessage", 5}, {"line", 4}}, a.Parts[0].Sources)
	require.Len(t, a.Articles, 2, "(other) is no article")
	assert.Equal(t, &Article{Page: "/artikel/moor", Arrivals: 2170, Private: 901, Public: 101, Previews: 41}, a.Articles[0], "over all days")
	assert.EqualValues(t, 1337, a.Private)
	assert.EqualValues(t, 50, a.Previews)

	text, err := json.Marshal(answer("example.com", c.days, []rollup.Arrival{direct("ai", "chatgpt", "", 2)}, c.pages[:1], nil))
	require.NoError(t, err)
	assert.JSONEq(t, `{"site": "example.com", "days": ["2026-11-20", "2026-11-21", "2026-11-22"], "arrivals": 2, "direct": 2, "parts": [
		{"part": "private", "arrivals": 0}, {"part": "networks", "arrivals": 0}, {"part": "ai", "arrivals": 2, "sources": [{"source": "chatgpt", "arrivals": 2}]},
		{"part": "other_named", "arrivals": 0}, {"part": "hidden_web", "arrivals": 0}, {"part": "typed_or_app", "arrivals": 0}, {"part": "unknown", "arrivals": 0}],
		"brought_to_light": 2, "private": 900, "public": 100, "undecided": 0, "previews": 40,
		"articles": [{"page": "/artikel/moor", "arrivals": 2100, "private": 900, "public": 100, "previews": 40, "shares": 0, "orders": 0}], "recommendations": [], "sales": [], "records": {}}`, string(text))
}

// TestPartsAddUp: whatever the rows, the parts add up to what is called direct, and
// those with a source to what was brought to light.
func TestPartsAddUp(t *testing.T) {
	pick := func(r *rand.Rand, list ...string) string { return list[r.IntN(len(list))] }
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		rows := make([]rollup.Arrival, r.IntN(50))
		for i := range rows {
			rows[i] = rollup.Arrival{
				Channel: pick(r, "dark_social", "social", "email", "search", "ai", "paid", "campaign", "referral", "direct", ""), Source: pick(r, "", "whatsapp", "gmail", "a.example", "(other)"),
				DirectKind: pick(r, "", "typed_or_app", "hidden_web", "unknown"), ByReferrer: pick(r, "direct", "direct", "social", ""), Arrivals: r.Int64N(100),
			}
		}
		a := answer("example.com", []string{"2026-11-20"}, rows, nil, nil)
		var sum, light int64
		for i, p := range a.Parts {
			if sum += p.Arrivals; i < int(hiddenWeb) {
				light += p.Arrivals
			}
			var named int64
			for j, s := range p.Sources {
				named += s.Arrivals
				if j > 0 {
					require.GreaterOrEqual(t, p.Sources[j-1].Arrivals, s.Arrivals)
				}
			}
			require.LessOrEqual(t, named, p.Arrivals)
		}
		require.Equal(t, a.Direct, sum, "seed %d", seed)
		require.Equal(t, a.BroughtToLight, light, "seed %d", seed)
		require.LessOrEqual(t, a.Direct, a.Arrivals)
		require.NotContains(t, a.Text(), "NaN")
	}
}

// TestAnswerTwice: an answer is not changed by another, nor by what is added after it.
func TestAnswerTwice(t *testing.T) {
	s := New("example.com")
	s.Day("2026-11-20")
	for i := range parted {
		s.Arrival(&parted[i])
	}
	first := s.Answer().Text()
	assert.Equal(t, first, s.Answer().Text())
	assert.Len(t, s.Answer().Parts, int(parts))
}

// TestRecommendations: which recommendation led to the purchase.
func TestRecommendations(t *testing.T) {
	n := func(n int64) *int64 { return &n }
	s := New("www.example.com")
	s.Day("2026-11-20")
	for _, row := range []rollup.Recommendation{
		{Root: "8ZkPq4vR2Ts", Code: "8ZkPq4vR2Ts", Button: "whatsapp", App: "whatsapp", Page: "/schuhe", Shares: 1, Arrivals: 12, Measured: 12, Readers: n(9), Currency: "EUR", FirstShare: n(8999), LastShare: n(0)},
		{Root: "8ZkPq4vR2Ts", Code: "9ZkPq4vR2Ts", Parent: "8ZkPq4vR2Ts", Generation: 1, Shares: 1, Arrivals: 3, Currency: "EUR", Orders: 1, FirstShare: n(0), LastShare: n(8999)},
		{Root: "8ZkPq4vR2Ts", Code: "9ZkPq4vR2Ts", Parent: "8ZkPq4vR2Ts", Generation: 1, Currency: "JPY", Orders: 1, FirstShare: n(0), LastShare: n(50)},
		{Root: "AZkPq4vR2Ts", Code: "AZkPq4vR2Ts", Button: "copy", Page: "/moor", Shares: 4, Arrivals: 40},
		{Root: "(other)", Code: "(other)", Arrivals: 400},
		{Root: "BZkPq4vR2Ts", Code: "BZkPq4vR2Ts", Button: "copy", Page: "/heide", Shares: 1}, // of which nothing came
	} {
		s.Recommendation(&row)
	}
	for _, rule := range []string{"first_share", "last_share", "linear", "chain_decay"} {
		s.Purchase(&rollup.Purchase{Link: "session", Rule: rule, Currency: "EUR", Orders: 1, Amount: 8999})
		s.Purchase(&rollup.Purchase{Link: "session", Rule: rule, Currency: "JPY", Orders: 1, Amount: 50})
		s.Purchase(&rollup.Purchase{Link: "unattributed", Rule: rule, Currency: "EUR", Orders: 4, Amount: 10000, Refunds: 1, Refunded: 999})
	}
	text := s.Answer().Text()
	_, text, found := strings.Cut(text, "\nWhich recommendation led to the purchase\n")
	require.True(t, found)
	assert.Equal(t, `  5 orders, 180.00 EUR; of recommendations 1, 89.99 EUR.
  1 order, 50 JPY; of recommendations 1, 50 JPY.
    orders                sold  arrivals  readers  shares  passed on  recommendation
         2  89.99 EUR + 50 JPY        15        9       2         1×  8ZkPq4vR2Ts  WhatsApp, /schuhe
         0                   –        40        –       4          –  AZkPq4vR2Ts  copy, /moor
  darksocial chain CODE draws one as a tree, with the credit of each share.
`, text)
}
