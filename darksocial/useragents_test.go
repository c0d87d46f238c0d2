package darksocial

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a browser or a web view says by itself, on some more devices than those of
// classify_test.go. Apps put their names behind it; the examples are written so.
const (
	uaIPhone     = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22G109"
	uaIPad       = "Mozilla/5.0 (iPad; CPU OS 17_7_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21H423"
	uaOldWebView = "Mozilla/5.0 (Linux; Android 9; motorola one Build/PPKS29.68-16-36-20; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/119.0.6045.66 Mobile Safari/537.36"
	uaWindows    = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36"
	uaMac        = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.3.2 Safari/605.1.15"
)

// examples are User-Agents by rule id: in seen the rule is what is found, in not
// it is something else, or nothing.
type examples = map[string]struct{ seen, not []string }

// requireExamples demands that every row has an example that it, and no row
// before it, recognises: no rule can be forgotten, none is shadowed.
func requireExamples(t *testing.T, rows []tokenRule, written examples, found func(agent) RuleID) {
	t.Helper()
	known := map[string]bool{}
	for _, row := range rows {
		known[row.id] = true
		require.NotEmpty(t, written[row.id].seen, "%s needs a User-Agent in which it is seen", row.id)
	}
	for id, example := range written {
		require.True(t, known[id], "%s is no rule", id)
		t.Run(id, func(t *testing.T) {
			for _, ua := range example.seen {
				assert.Equal(t, id, idOf(found(readAgent(ua))), ua)
			}
			for _, ua := range example.not {
				assert.NotEqual(t, id, idOf(found(readAgent(ua))), ua)
			}
		})
	}
}

// idOf writes a rule as it is stored; "" is none.
func idOf(id RuleID) string { return rules[id].ID }

// allExamples returns every User-Agent written in the tables' examples.
func allExamples() []string {
	var all []string
	for _, written := range []examples{appExamples, fetcherExamples, botExamples, botWordExamples, botFormExamples} {
		for _, example := range written {
			all = append(append(all, example.seen...), example.not...)
		}
	}
	all = append(all, people...)
	slices.Sort(all) // a map's order differs from run to run
	return all
}

func TestGeneral(t *testing.T) {
	for _, tt := range []struct {
		ua, os string
		device Device
		want   platform
	}{
		{uaChrome, "Android", Phone, android},
		{strings.Replace(uaChrome, " Mobile", "", 1), "Android", Tablet, android},
		{uaSafari, "iOS", Phone, iOS},
		{uaIPad, "iOS", Tablet, iOS},
		{uaWindows, "Windows", Desktop, desktop},
		{uaMac, "macOS", Desktop, desktop},
		{"Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0", "Linux", Desktop, desktop},
		{"Mozilla/5.0 (X11; CrOS x86_64 16181.61.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.6998.198 Safari/537.36", "ChromeOS", Desktop, desktop},
		{uaIPhone + " [FBAN/FBIOS;FBDV/iPhone15,4]", "iOS", Phone, iOS},
		{"Mozilla/5.0 (BlackBerry; U; BlackBerry 9810; nl) AppleWebKit/534.11+ (KHTML, like Gecko) Version/7.1.0.342 Mobile Safari/534.11+", "", Phone, 0},
		{"", "", DeviceUnknown, 0},
		{strings.Repeat("(", 100_000), "", DeviceUnknown, 0},
		{"Mozilla/5.0 (", "", DeviceUnknown, 0},
		{"Mozilla/5.0 ()", "", DeviceUnknown, 0},
	} {
		got := readGeneral(tt.ua)
		assert.Equal(t, tt.os, got.os, "%.200s", tt.ua)
		assert.Equal(t, tt.device, got.device, "%.200s", tt.ua)
		assert.Equal(t, tt.want, got.platform(), "%.200s", tt.ua)
	}
	assert.Equal(t, "Chrome", readGeneral(uaWindows).browser)
	assert.Equal(t, "Safari", readGeneral(uaSafari).browser)
	assert.Equal(t, "other", readGeneral("anna.example/1.0 Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101").browser, "a client's own words are not told on")
}

// TestOnPlatform: a token is honest on the systems its app runs on.
func TestOnPlatform(t *testing.T) {
	for _, tt := range []struct {
		name, ua string
		want     bool
	}{
		{"Android's on Android", uaWebView + " [WA4A/2.26.9.71;]", true},
		{"Android's on Windows", uaWindows + " [WA4A/2.26.9.71;]", false},
		{"Android's on iOS", uaIPhone + " [WA4A/2.26.9.71;]", false},
		{"Android's on nothing", "WA4A/2.26.9.71", false},
		{"a token that says Android, on Windows", uaWindows + " TwitterAndroid", false},
		{"any phone's on iOS", uaIPhone + " Line/15.19.1", true},
		{"any phone's on a desktop", uaMac + " Line/15.19.1", false},
		{"anything's on a desktop", uaWindows + " Zalo/26.1.10", true},
		{"anything's on nothing", "Zalo/26.1.10", true},
	} {
		a := readAgent(tt.ua)
		assert.Equal(t, tt.want, a.onPlatform(&rules[a.app]), tt.name)
	}
}
