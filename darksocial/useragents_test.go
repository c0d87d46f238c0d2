package darksocial

import (
	"slices"
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
