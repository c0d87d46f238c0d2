package trials

import (
	"flag"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/estimate"
	"darksocial/internal/simulate"
)

var (
	weeks = flag.Int("weeks", 10, "how many varied weeks are simulated; by itself the sites are small")
	first = flag.Uint64("first", 1, "the number of the first week")
	each  = flag.Int("each", 0, "how many weeks of each world are simulated; 0 is a few small ones of some worlds")
)

var methods = []estimate.Method{estimate.Both, estimate.Mixture, estimate.Triggering}

// smallViews is the most that a site has in a test that has to be quick.
const smallViews = 1500

func tried(t *testing.T, c simulate.Config, err error, methods ...estimate.Method) *Trial {
	t.Helper()
	require.NoError(t, err)
	trial, err := Try(c, methods...)
	require.NoError(t, err)
	for _, m := range methods {
		require.Equal(t, trial.Truth.Direct, trial.Result[m].Direct, "what is direct is seen as such")
	}
	return trial
}

func report(t *testing.T, name string, trials []*Trial, m estimate.Method) Report {
	t.Helper()
	var line strings.Builder
	r := Judge(trials, m)
	require.NoError(t, r.Write(&line, name))
	t.Log(line.String())
	return r
}

// TestVaried judges the estimate by sites of all kinds. What is asserted is what holds for
// few of them as well.
func TestVaried(t *testing.T) {
	full := *weeks > 10
	var trials []*Trial
	for i := range *weeks {
		c, err := VariedWeek(*first + uint64(i))
		if !full {
			c.Views = min(c.Views, smallViews)
		}
		trials = append(trials, tried(t, c, err, methods...))
	}
	both := report(t, string(estimate.Both), trials, estimate.Both)
	for _, m := range methods[1:] {
		report(t, string(m), trials, m)
	}
	for _, part := range []struct {
		name string
		of   func(*Trial) bool
	}{
		{"three headers", func(t *Trial) bool { return t.Config.Format == simulate.CloudFront }},
		{"all headers", func(t *Trial) bool { return t.Config.Format == simulate.NDJSON }},
		{"with codes", func(t *Trial) bool { return t.Config.Coded > 0 }},
		{"without codes", func(t *Trial) bool { return t.Config.Coded == 0 }},
		{"below 1,000 views", func(t *Trial) bool { return t.Config.Views < 1000 }},
		{"to 5,000", func(t *Trial) bool { return 1000 <= t.Config.Views && t.Config.Views < 5000 }},
		{"more", func(t *Trial) bool { return t.Config.Views >= 5000 }},
	} {
		var some []*Trial
		for _, t := range trials {
			if part.of(t) {
				some = append(some, t)
			}
		}
		report(t, part.name, some, estimate.Both)
	}
	masked(t, trials)
	answered := float64(both.Weeks - both.Refused)
	assert.GreaterOrEqual(t, float64(both.Covered), 0.9*answered)
	assert.GreaterOrEqual(t, answered, 0.7*float64(both.Weeks))
	assert.Less(t, both.Off, both.RuleOff/2, "at most half as far off as the better of the rules")
}

// masked tells how right the levels of confidence are, by the sites' own codes.
func masked(t *testing.T, trials []*Trial) {
	t.Helper()
	var before, after estimate.Score
	n := 0.0
	for _, trial := range trials {
		if m := trial.Masked; len(m.Levels) > 0 {
			before.Brier, before.ECE = before.Brier+m.Before.Brier, before.ECE+m.Before.ECE
			after.Brier, after.ECE = after.Brier+m.After.Brier, after.ECE+m.After.ECE
			n++
		}
	}
	if n > 0 {
		t.Logf("names by headers, of %.0f sites with codes: Brier score %.4f before, %.4f after; calibration error %.4f before, %.4f after", n, before.Brier/n, after.Brier/n, before.ECE/n,
			after.ECE/n)
	}
}

// TestWorlds judges the estimate world by world; adversarial ones by themselves.
func TestWorlds(t *testing.T) {
	small := map[string]bool{"usual": true, "nobody-shares": true, "chains": true, "hidden-search": true, "feigned-previews": true}
	for i, worlds := range [][]simulate.World{simulate.Worlds, simulate.Adversarial} {
		for j := range worlds {
			world, n := &worlds[j], *each
			if n == 0 && small[world.Name] {
				n = 2
			}
			var trials []*Trial
			for k := range n {
				c, err := WorldWeek(world, *first+uint64(k))
				if *each == 0 {
					c.Views = smallViews
				}
				trials = append(trials, tried(t, c, err, estimate.Both))
			}
			if n == 0 {
				continue
			}
			r := report(t, world.Name, trials, estimate.Both)
			if i == 0 && r.Refused < r.Weeks {
				assert.LessOrEqual(t, r.Off, r.RuleOff/2+0.005, world.Name)
			}
		}
	}
}

// TestFew: of a handful of visits nothing is said.
func TestFew(t *testing.T) {
	world, _ := simulate.ByName("few")
	c, err := WorldWeek(world, 1)
	trial := tried(t, c, err, estimate.Both)
	assert.True(t, trial.Result[estimate.Both].Quality.Refused)
}

// TestSameWeekSameEstimate: nothing is left to chance.
func TestSameWeekSameEstimate(t *testing.T) {
	c, err := VariedWeek(3)
	c.Views = 400
	first, again := tried(t, c, err, estimate.Both), tried(t, c, err, estimate.Both)
	assert.Equal(t, first.Result, again.Result)
	assert.Equal(t, first.Truth, again.Truth)
	assert.Equal(t, first.Masked, again.Masked)
}

func TestJudge(t *testing.T) {
	trial := func(truth int, s estimate.Interval, refused bool) *Trial {
		return &Trial{Truth: Truth{Direct: 100, Shared: truth}, Deep: 80, Result: map[estimate.Method]estimate.Result{
			estimate.Both: {Shared: s, Quality: estimate.Quality{Refused: refused}}}}
	}
	r := Judge([]*Trial{
		trial(40, estimate.Interval{Estimate: 50, Low: 30, High: 60}, false),
		trial(40, estimate.Interval{Estimate: 50, Low: 45, High: 60}, false),
		trial(40, estimate.Interval{Estimate: 20, Low: 10, High: 35}, false),
		trial(40, estimate.Interval{Estimate: 0, Low: 0, High: 100}, true),
	}, estimate.Both)
	assert.Equal(t, []int{4, 1, 1, 1, 1}, []int{r.Weeks, r.Refused, r.Covered, r.Below, r.Above})
	assert.InDelta(t, 0.4/3, r.Off, 1e-9)
	assert.InDelta(t, 0.4, r.RuleOff, 1e-9)
	assert.InDelta(t, 2, r.Reach, 1e-9)
	assert.True(t, math.IsNaN(Judge(nil, estimate.Both).Width))
	require.NoError(t, r.Write(io.Discard, "three"))
}
