package darksocial

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPattern(t *testing.T) {
	for _, tt := range []struct {
		pattern, in string
		want        bool
	}{
		// A word of its own.
		{"Viber", "Viber", true},
		{"Viber", "x viber/2", true},
		{"Viber", "VIBER2", true},
		{"Viber", "Safari/537.36Viber", true},
		{"Viber", "Vibers", false},
		{"Viber", "xViber", false},
		{"Viber", "xViber Viber", true},
		{"Viber", "Vibe", false},
		{"Viber", "", false},
		{"Viber", "öViber", true}, // borders are asked of ASCII letters
		// May begin inside a word, may go on.
		{"*bot", "Googlebot/2", true},
		{"*bot", "bots", false},
		{"*bot*", "xbots", true},
		{"crawl*", "crawler", true},
		{"crawl*", "Acmecrawler", false},
		// Where it must stand.
		{"^WhatsApp/", "whatsapp/2.1", true},
		{"^WhatsApp/", "a WhatsApp/2.1", false},
		{"Viber$", "a Viber", true},
		{"Viber$", "Viber/1", false},
		{"Viber$", "Viber Viber", true},
		{"^Viber$", "Viber", true},
		{"^Viber$", "Viber Viber", false},
		// Digits.
		{"Line/#", "Line/7", true},
		{"Line/#", "line/72", true},
		{"Line/#", "Line/x", false},
		{"Line/#", "Line/", false},
		{"Line/#", "Airline/7", false},
		{"Line/#", "Line/#", false},
		{"2go", "2go", true},
		{"2go", "12go", false},
		{"2go", "x2go", false},
		{"2go", "/2go", true},
		// A blank is a blank or nothing.
		{"Weibo (", "Weibo (x", true},
		{"Weibo (", "Weibo(x", true},
		{"Weibo (", "Weibo  (x", false},
		{"Twitter for iPad", "TwitterforiPad/1", true},
		{"^LightSpeed ", "LightSpeed", true},
		// The borders are asked of letters and digits only.
		{"[App]", "x[App]y", true},
		{"__weibo__", "phone__weibo__15", true},
		{"WA4A/", "[WA4A/2", true},
		{"WA4A/", "xWA4A/2", false},
		{"://", "a://b", true},
	} {
		p := parsePattern(tt.pattern)
		found := false
		for i := range len(tt.in) {
			found = found || p.matchAt(tt.in, i)
		}
		assert.Equal(t, tt.want, found, "%q in %q", tt.pattern, tt.in)
		assert.Equal(t, tt.want, newMatcher([]string{tt.pattern}).any(tt.in), "%q in %q", tt.pattern, tt.in)
	}
}

func TestPatternsThatAreNone(t *testing.T) {
	for _, written := range []string{"", "^", "*", "$", "^$", "**", "#x", "*#", " x"} {
		assert.Panics(t, func() { newMatcher([]string{written}) }, "%q", written)
	}
}

// slowFirst is matcher.first without its index: every pattern at every place.
func slowFirst(written []string, s string, shy, from, to int) int {
	for k, w := range written {
		p := parsePattern(w)
		for i := range len(s) {
			if p.matchAt(s, i) && (k < shy || i < from || i >= to) {
				return k
			}
		}
	}
	return -1
}

func TestMatcherAgainstSlowTwin(t *testing.T) {
	var written []string
	for _, table := range [][]tokenRule{fetchers, bots, apps, botWords} {
		for _, row := range table {
			written = append(written, row.pattern)
		}
	}
	rnd := rand.New(rand.NewPCG(7, 11))
	inputs := allExamples()
	for range 1000 {
		inputs = append(inputs, randomAgent(rnd, written))
	}
	m := newMatcher(written)
	for _, s := range inputs {
		shy, from, to := len(written), 0, 0
		if rnd.IntN(2) == 0 {
			shy, from = rnd.IntN(len(written)+1), rnd.IntN(len(s)+1)
			to = from + rnd.IntN(len(s)+2-from)
		}
		assert.Equal(t, slowFirst(written, s, shy, from, to), m.first(s, shy, from, to), "%q: %d not from %d to %d", s, shy, from, to)
	}
}

// randomAgent strings pieces of patterns and noise together.
func randomAgent(rnd *rand.Rand, written []string) string {
	const noise = "abzAZ019 /;()[]_-.#+:\x00\xffö"
	var b strings.Builder
	for range rnd.IntN(6) {
		switch piece := written[rnd.IntN(len(written))]; rnd.IntN(4) {
		case 0:
			b.WriteString(piece[:rnd.IntN(len(piece)+1)])
		case 1:
			b.WriteString(strings.ToUpper(strings.Trim(piece, "^*$")))
		default:
			b.WriteString(strings.ReplaceAll(strings.Trim(piece, "^*$"), "#", "4"))
		}
		for range rnd.IntN(3) {
			b.WriteByte(noise[rnd.IntN(len(noise))])
		}
	}
	return b.String()
}

func TestMatcherAllocatesNothing(t *testing.T) {
	inputs := allExamples()
	assert.Zero(t, testing.AllocsPerRun(5, func() {
		for _, s := range inputs {
			from, to := device(s)
			tables.agents.first(s, tables.botWordsFrom, from, to)
		}
	}))
}
