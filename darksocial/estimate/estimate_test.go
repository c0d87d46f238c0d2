package estimate

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lived is a foreign site's week.
func lived(seed uint64, size float64) *foreign {
	f := newForeign(seed, 7, 200)
	f.live(size)
	return f
}

func covers(i Interval, truth int) bool { return i.Low <= float64(truth) && float64(truth) <= i.High }

// requireSound holds a result to what holds of every one.
func requireSound(t *testing.T, r Result) {
	t.Helper()
	_, err := json.Marshal(r) // which takes no NaN and nothing endless
	require.NoError(t, err)
	check := func(i Interval, most int) {
		t.Helper()
		require.LessOrEqual(t, 0.0, i.Low)
		require.LessOrEqual(t, i.Low, i.Estimate)
		require.LessOrEqual(t, i.Estimate, i.High)
		require.LessOrEqual(t, i.High, float64(most))
	}
	check(r.Shared, r.Direct)
	for _, s := range r.BySource {
		check(s.Shared, r.Direct)
	}
	days := 0
	for _, p := range r.Parts {
		check(p.Shared, p.Direct)
		if p.Group == "" && p.App == "" {
			days += p.Direct
		}
	}
	if len(r.Parts) > 0 {
		require.Equal(t, r.Direct, days)
	}
	if r.Quality.Refused {
		require.NotEmpty(t, r.Quality.Reasons)
	}
}

func TestMethods(t *testing.T) {
	f := lived(8, 5000)
	for _, m := range []Method{Both, Mixture, Triggering} {
		r := f.into.Run(m, 1)
		requireSound(t, r)
		assert.Equal(t, f.direct, r.Direct)
		assert.Equal(t, m, r.Quality.Method)
		assert.True(t, covers(r.Shared, f.dark), "%s: %+v of %d, and %d are", m, r.Shared, r.Direct, f.dark)
	}
	both := f.into.Run(Both, 1)
	assert.Equal(t, both, f.into.Run(Both, 1), "the same seed, the same words")
	other := f.into.Run(Both, 2)
	assert.InEpsilon(t, both.Shared.Estimate, other.Shared.Estimate, 0.05, "another seed draws other points of the same")
	assert.InEpsilon(t, both.Shared.High, other.Shared.High, 0.1)
}

// TestOrder: what is gathered does not depend on the order it comes in.
func TestOrder(t *testing.T) {
	f := lived(5, 600)
	forward, backward := NewCollector(0, 7), NewCollector(0, 7)
	for i := range f.seen {
		f.seen[i](forward)
		f.seen[len(f.seen)-1-i](backward)
	}
	require.NotZero(t, forward.Run(Both, 1).Quality.Codes)
	assert.Equal(t, forward.Run(Both, 1), backward.Run(Both, 1))
}

// TestParts: days and parts of the site add up to about the whole.
func TestParts(t *testing.T) {
	r := lived(8, 5000).into.Run(Both, 1)
	days, groups, apps := 0.0, 0.0, 0.0
	for _, p := range r.Parts {
		switch {
		case p.App != "":
			apps += p.Shared.Estimate
		case p.Group != "":
			groups += p.Shared.Estimate
		default:
			days += p.Shared.Estimate
		}
	}
	assert.InEpsilon(t, r.Shared.Estimate, days, 0.05)
	assert.InEpsilon(t, r.Shared.Estimate, groups, 0.05)
	sources := 0.0
	for _, s := range r.BySource {
		sources += s.Shared.Estimate
	}
	assert.InEpsilon(t, r.Shared.Estimate, sources, 0.1)
	assert.Less(t, apps, r.Shared.Estimate)
	assert.Positive(t, apps)
}

// TestBadInput: whatever comes, something sound is said of it, or nothing.
func TestBadInput(t *testing.T) {
	nameless := func(n int, page func(int) string) func(*Collector) {
		return func(c *Collector) {
			for i := range n {
				c.Add(Arrival{Time: int64(i*977) % (7 * 86400), Page: page(i), Device: Device(i % 3)})
			}
		}
	}
	one := func(string) func(int) string { return func(int) string { return "/news/one" } }
	for name, tt := range map[string]struct {
		fill    func(*Collector)
		refused bool
	}{
		"no arrival":        {func(*Collector) {}, true},
		"one arrival":       {nameless(1, one("")), true},
		"one page":          {nameless(5000, one("")), false},
		"the front page":    {nameless(5000, func(int) string { return "/" }), true},
		"a page each":       {nameless(3000, func(i int) string { return fmt.Sprintf("/news/%d", i) }), false},
		"previews alone":    {func(c *Collector) { feign(c, "/news/one", 3000) }, true},
		"bots alone":        {func(c *Collector) { feign(c, "/news/one", 3000); nameless(3000, one(""))(c) }, false},
		"one minute":        {func(c *Collector) { same(c, 5000, 600) }, false},
		"the last minute":   {func(c *Collector) { same(c, 5000, 7*86400-1) }, false},
		"other days":        {func(c *Collector) { same(c, 500, -1); same(c, 500, 7*86400) }, true},
		"no known class":    {func(c *Collector) { c.Add(Arrival{Came: numCame}); c.Add(Arrival{Device: 9}); c.Add(Arrival{Fetch: 9}) }, true},
		"no page's name":    {nameless(500, func(int) string { return "" }), true},
		"no time at all":    {func(c *Collector) { same(c, 500, math.MinInt64); same(c, 500, math.MaxInt64) }, true},
		"codes alone":       {func(c *Collector) { replay(c, "a code", 5000) }, true},
		"a code everywhere": {func(c *Collector) { replay(c, "a code", 5000); nameless(3000, one(""))(c) }, false},
	} {
		for _, m := range []Method{Both, Mixture, Triggering} {
			c := NewCollector(0, 7)
			tt.fill(c)
			r := c.Run(m, 1)
			requireSound(t, r)
			if tt.refused {
				assert.True(t, r.Quality.Refused, "%s, %s", name, m)
			}
		}
	}
}

// feign reads a page as WhatsApp does, as often as is said.
func feign(c *Collector, page string, n int) {
	for i := range n {
		c.AddPreview(Preview{Time: int64(i) * 7 * 86400 / int64(n), Page: page, App: "whatsapp"})
	}
}

func same(c *Collector, n int, at int64) {
	for range n {
		c.Add(Arrival{Time: at, Page: "/news/one"})
	}
	c.AddPreview(Preview{Time: at, Page: "/news/one", App: "signal"})
}

func replay(c *Collector, code string, n int) {
	for i := range n {
		c.Add(Arrival{Time: int64(i*61) % (7 * 86400), Page: "/news/one", Code: code})
	}
}

// TestADayIsMissing: what did not come in is not there, and nothing else falls over.
func TestADayIsMissing(t *testing.T) {
	f := lived(8, 5000)
	c := NewCollector(0, 7)
	for _, add := range f.seen {
		add(c)
	}
	gap := NewCollector(0, 7)
	hole := &Collector{from: 3 * 86400, days: 1} // asks only which minute a time is
	for i, at := range f.at {
		if _, in := hole.minute(at); !in {
			f.seen[i](gap)
		}
	}
	whole, part := c.Run(Both, 1), gap.Run(Both, 1)
	requireSound(t, part)
	assert.InEpsilon(t, float64(whole.Direct)*6/7, float64(part.Direct), 0.05)
	assert.InEpsilon(t, whole.Shared.Estimate*6/7, part.Shared.Estimate, 0.15)
}

// TestForgery: how far somebody can move the estimate who cannot bring visits.
func TestForgery(t *testing.T) {
	honest := lived(8, 5000)
	before := honest.into.Run(Both, 1).Shared
	for name, forge := range map[string]func(*Collector){
		"a code opened a hundred thousand times": func(c *Collector) { replay(c, "code0", 100_000) },
		"previews of pages, again and again":     func(c *Collector) { feign(c, "/guides/1", 20_000); feign(c, "/shop/2", 5_000) },
	} {
		f := lived(8, 5000)
		forge(f.into)
		after := f.into.Run(Both, 1)
		requireSound(t, after)
		moved := after.Shared.Estimate/before.Estimate - 1
		t.Logf("%s: %+.1f %%", name, 100*moved)
		assert.Less(t, math.Abs(moved), 0.15, name)
		assert.True(t, covers(after.Shared, f.dark), name)
	}
	// Who keeps below what is doubted reads every page as often as it is opened.
	f := lived(8, 5000)
	for _, p := range f.into.sorted() {
		for i := range p.nameless {
			f.into.AddPreview(Preview{Time: int64(f.dice.Float64() * 7 * 86400), Page: p.name, App: []string{"whatsapp", "signal"}[i%2]})
		}
	}
	after := f.into.Run(Both, 1)
	t.Logf("a preview for each visit: %+.1f %%, refused: %v", 100*(after.Shared.Estimate/before.Estimate-1), after.Quality.Refused)
	assert.True(t, covers(after.Shared, f.dark))

	// Visits can be made up, and each counts for one at most.
	f = lived(8, 5000)
	for i := range 500 {
		at := int64(i * 1200)
		f.into.AddPreview(Preview{Time: at, Page: f.pages[i%200], App: "whatsapp"})
		f.into.Add(Arrival{Time: at + 60, Page: f.pages[i%200], Device: Mobile, Fetch: FetchNone})
	}
	after = f.into.Run(Both, 1)
	t.Logf("500 made-up shares with a visit each: %+.0f", after.Shared.Estimate-before.Estimate)
	assert.Less(t, after.Shared.Estimate, before.Estimate+650)
}

// TestNothingShared: where nothing shows that anybody shares, nothing is what is said.
func TestNothingShared(t *testing.T) {
	c := NewCollector(0, 7)
	for i := range 3000 {
		page := "/"
		if i%4 == 0 {
			page = fmt.Sprintf("/news/%d", i%97)
		}
		c.Add(Arrival{Time: int64(i) * 200, Page: page, Device: Mobile})
		c.Add(Arrival{Time: int64(i) * 200, Page: fmt.Sprintf("/news/%d", i%89), Device: Desktop, Came: FromSearch})
	}
	r := c.Run(Both, 1)
	requireSound(t, r)
	assert.Zero(t, r.Shared.Estimate)
	assert.Less(t, r.Shared.High, 700.0)
	assert.NotEmpty(t, r.Quality.Reasons)
}

func TestTypable(t *testing.T) {
	for page, want := range map[string]bool{"/": true, "": true, "/sport": true, "/about-us": true, "/news/fire": false, "/a-fire-at-the-mill": false, "/p17": false,
		"/averyveryverylongname": false} {
		assert.Equal(t, want, Typable(page), page)
	}
	c := NewCollector(0, 1)
	for i := range 100 {
		c.Add(Arrival{Page: "/" + string(rune('a'+i%26)) + string(rune('a'+i/26))})
	}
	c.Add(Arrival{Page: "/"})
	assert.Equal(t, 100, c.ByLandingPage(), "too many names for anybody to remember: they are articles")
	assert.Equal(t, "/news", Group("/news/fire"))
	assert.Equal(t, "/", Group("/fire"))
	assert.Equal(t, "/", Group("/"))
}

// TestLimits: what there is no room for is still counted.
func TestLimits(t *testing.T) {
	c := NewCollector(0, 1000)
	require.Equal(t, MaxDays, c.days)
	for i := range MaxPages + 10 {
		c.Add(Arrival{Time: 1, Page: fmt.Sprintf("/p/%d", i)})
	}
	assert.Len(t, c.pages, MaxPages+1)
	assert.Equal(t, MaxPages+10, c.Direct())
	for i := range 2 * MaxApps {
		c.AddPreview(Preview{Time: 1, Page: "/", App: fmt.Sprint("app", i)})
	}
	assert.Len(t, c.apps, MaxApps)
	c = NewCollector(0, 1)
	for i := range 3 * MaxParts {
		c.Add(Arrival{Time: 1, Page: fmt.Sprintf("/part%d/x", i)})
	}
	c.sorted()
	c.sorted()
	parts := map[string]bool{}
	for _, p := range c.pages {
		parts[p.group] = true
	}
	assert.Len(t, parts, MaxParts+1)
}

func TestConditionNumber(t *testing.T) {
	assert.InDelta(t, 1, conditionOf([][]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}), 1e-9)
	assert.Greater(t, conditionOf([][]float64{{0.5, 0.5}, {0.500001, 0.499999}}), 1e4)
	assert.True(t, math.IsInf(conditionOf([][]float64{{0, 0}, {1, 0}}), 1))
	values := eigenvalues([][]float64{{2, 1, 0}, {1, 2, 0}, {0, 0, 5}})
	slices.Sort(values)
	assert.InDeltaSlice(t, []float64{1, 3, 5}, values, 1e-9)
}

func TestHalves(t *testing.T) {
	dice := newDice(1)
	sum := 0.0
	for range 200 {
		h := halve(1000, dice)
		require.InDelta(t, 1000, h[0]+h[1], 0)
		sum += h[0]
	}
	assert.InEpsilon(t, 100_000, sum, 0.01)
	drawn := 0.0
	for range 10_000 {
		drawn += poisson(dice)
	}
	assert.InEpsilon(t, 10_000, drawn, 0.05)
}
