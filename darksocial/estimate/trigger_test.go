package estimate

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDelayClasses: each delay lies in the class that begins before it.
func TestDelayClasses(t *testing.T) {
	for d, class := range delayClass {
		assert.LessOrEqual(t, delayClasses[class], d)
		assert.Less(t, d, delayClasses[class+1])
	}
	sum := 0.0
	for _, n := range usualDelays {
		sum += n
	}
	assert.InDelta(t, 1, sum, 1e-9)
}

// site has pages that are read evenly, and shares that bring so many within minutes.
func site(each, shares int, brings float64) (c *Collector, background, triggered int) {
	dice := rand.New(rand.NewPCG(3, 4))
	c = NewCollector(0, 7)
	for page := range 40 {
		name := fmt.Sprintf("/news/%d", page)
		for range each {
			c.Add(Arrival{Time: dice.Int64N(7 * 86400), Page: name})
			background++
		}
		for range shares {
			at := dice.Int64N(7*86400 - quick*60)
			c.AddPreview(Preview{Time: at, Page: name, App: "signal"})
			for range int(2*brings*dice.Float64() + 0.5) {
				c.Add(Arrival{Time: at + int64(dice.ExpFloat64()*600), Page: name})
				triggered++
			}
		}
	}
	return c, background, triggered
}

// TestTriggeringIsFound: what previews brought is told from what came anyhow, about as
// much as there is of it.
func TestTriggeringIsFound(t *testing.T) {
	for _, tt := range []struct {
		each, shares int
		brings       float64
	}{{50, 10, 3}, {200, 10, 3}, {20, 20, 1.5}, {100, 10, 0}} {
		c, background, triggered := site(tt.each, tt.shares, tt.brings)
		pages := c.sorted()
		fit := newTriggering(c, pages, c.coded())
		fit.fit()
		s := fit.score(c, pages, make([]bool, len(c.apps)))
		laid := s.groups[unnamed].sum()
		t.Logf("%d alone, %d triggered: %.0f laid to previews", background, triggered, laid)
		require.InDelta(t, float64(triggered), laid, 0.12*float64(triggered)+0.04*float64(background))
		assert.InDelta(t, laid, s.byApp[c.app("signal")], 1e-6)
		assert.InDelta(t, tt.brings, fit.brings[c.app("signal")], 0.6)
	}
}

// TestClustered: who come together by pages are fewer witnesses.
func TestClustered(t *testing.T) {
	alone, together := clustered{days: make([]float64, 14)}, clustered{days: make([]float64, 14)}
	for i := range 700 {
		score := float64(i / 7 % 2)
		alone.add(i%7, float64(i%2))
		alone.endDay()
		alone.endPage()
		together.add(i%7, score)
		together.endDay()
		if i%7 == 6 {
			together.endPage()
		}
	}
	mean, sd := alone.mean()
	assert.InDelta(t, 0.5, mean, 0.01)
	assert.InDelta(t, 0.02, sd, 0.01)
	mean, wider := together.mean()
	assert.InDelta(t, 0.5, mean, 0.01)
	assert.Greater(t, wider, 2*sd)
	var none clustered
	_, sd = none.mean()
	assert.InDelta(t, 1, sd, 0)
}
