package estimate

import (
	"hash/fnv"
	"maps"
	"math"
	"slices"
)

// Masked is an arrival by a link whose code tells the app it was shared in, and what the
// label says of it without the code: the site's own labelled example.
type Masked struct {
	Code       string
	App        string // that the code's button names, or the one app that previewed it
	Named      string // the source that headers alone name, or ""
	Confidence string // of that name, as labels write it; "" where there is none
}

// Calibration says how right a site's labels are, measured by its own codes.
type Calibration struct {
	Arrivals int     `json:"arrivals"`
	Apps     []App   `json:"apps"`
	Levels   []Level `json:"levels"`

	// How far the levels are from what came true, over arrivals with a name: as they are
	// believed before, and as learned from the other half of the codes.
	Before Score `json:"before"`
	After  Score `json:"after"`
}

// App is how an app's arrivals are named.
type App struct {
	App   string `json:"app"`
	Coded int    `json:"coded"` // arrivals that were shared in it
	Named int    `json:"named"` // arrivals that headers name so, shared in it or not
	Right int    `json:"right"` // both

	Precision Interval `json:"precision"` // right by named
	Recall    Interval `json:"recall"`    // right by coded
}

// Level is how often a confidence level is right.
type Level struct {
	Confidence string   `json:"confidence"`
	Named      int      `json:"named"`
	Right      int      `json:"right"`
	Believed   float64  `json:"believed"` // the part that is taken for right before a site has taught better
	Learned    float64  `json:"learned"`  // and after; of all the codes
	Measured   Interval `json:"measured"`
}

// Score is how far probabilities are from what came true. Both are 0 at best.
type Score struct {
	Brier float64 `json:"brier"` // mean square of the difference (Brier 1950)
	ECE   float64 `json:"ece"`   // expected calibration error: mean over the levels of how far they are off
}

// believed is how often a level is taken to be right: what its name promises. Chosen.
var believed = map[string]float64{"certain": 0.99, "strong": 0.95, "likely": 0.80, "possible": 0.50, "unknown": 0.50}

// believedWeigh is as much as so many arrivals.
const believedWeigh = 25

// Codes are dealt out to so many buckets. Arrivals by one code are alike, so it is the
// buckets that differ by chance (the method of random groups: Wolter, Introduction to
// Variance Estimation, chapter 2); even ones teach what odd ones test, and the other way
// round.
const buckets = 32

// Calibrator counts masked arrivals. The order they are added in does not matter.
type Calibrator struct {
	counts map[maskedAs]*[buckets]float64
}

// maskedAs is what is counted.
type maskedAs struct{ app, named, confidence string }

// NewCalibrator returns an empty one.
func NewCalibrator() *Calibrator { return &Calibrator{map[maskedAs]*[buckets]float64{}} }

// Add counts an arrival. One whose code names no app teaches nothing.
func (c *Calibrator) Add(m Masked) {
	if m.App == "" || m.Code == "" {
		return
	}
	at := maskedAs{m.App, m.Named, m.Confidence}
	if m.Named == "" {
		at.confidence = ""
	}
	if c.counts[at] == nil {
		c.counts[at] = &[buckets]float64{}
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(m.Code)) // a hash takes everything
	c.counts[at][h.Sum32()%buckets]++
}

// Merge adds what another one has counted.
func (c *Calibrator) Merge(other *Calibrator) {
	for at, n := range other.counts {
		if c.counts[at] == nil {
			c.counts[at] = &[buckets]float64{}
		}
		for i := range n {
			c.counts[at][i] += n[i]
		}
	}
}

// Result works out how right the names are.
func (c *Calibrator) Result() Calibration {
	r := Calibration{Apps: []App{}, Levels: []Level{}}
	apps, levels := map[string]bool{}, map[string]bool{}
	for at, n := range c.counts {
		apps[at.app] = true
		r.Arrivals += int(sum(n))
		if at.named != "" {
			apps[at.named], levels[at.confidence] = true, true
		}
	}
	for _, app := range slices.Sorted(maps.Keys(apps)) {
		coded := c.sum(func(at maskedAs) bool { return at.app == app })
		named := c.sum(func(at maskedAs) bool { return at.named == app })
		right := c.sum(func(at maskedAs) bool { return at.app == app && at.named == app })
		r.Apps = append(r.Apps, App{app, int(sum(coded)), int(sum(named)), int(sum(right)), proportion(right, named), proportion(right, coded)})
	}
	for _, level := range slices.Sorted(maps.Keys(levels)) {
		named, right := c.level(level)
		r.Levels = append(r.Levels, Level{level, int(sum(named)), int(sum(right)), believed[level], learned(level, named, right, -1), proportion(right, named)})
	}
	r.Before = c.score(r.Levels, false)
	r.After = c.score(r.Levels, true)
	return r
}

func (c *Calibrator) sum(of func(maskedAs) bool) *[buckets]float64 {
	var all [buckets]float64
	for at, n := range c.counts {
		if of(at) {
			for i := range n {
				all[i] += n[i]
			}
		}
	}
	return &all
}

// level counts the arrivals named with a confidence, and those of them named rightly.
func (c *Calibrator) level(confidence string) (named, right *[buckets]float64) {
	is := func(at maskedAs) bool { return at.named != "" && at.confidence == confidence }
	return c.sum(is), c.sum(func(at maskedAs) bool { return is(at) && at.named == at.app })
}

// learned is how often a level is right, going by the buckets of one half, or of both
// (-1), and by what was believed.
func learned(level string, named, right *[buckets]float64, half int) float64 {
	n, yes := float64(believedWeigh), believedWeigh*believed[level]
	for i := range named {
		if half < 0 || i%2 == half {
			n += named[i]
			yes += right[i]
		}
	}
	return yes / n
}

// score holds each half against what was believed, or against what the other half taught.
func (c *Calibrator) score(levels []Level, after bool) (s Score) {
	all := 0.0
	for _, l := range levels {
		named, right := c.level(l.Confidence)
		for half := range 2 {
			p := l.Believed
			if after {
				p = learned(l.Confidence, named, right, 1-half)
			}
			n, yes := 0.0, 0.0
			for i := half; i < buckets; i += 2 {
				n += named[i]
				yes += right[i]
			}
			s.Brier += yes*(1-p)*(1-p) + (n-yes)*p*p
			s.ECE += math.Abs(yes - n*p)
			all += n
		}
	}
	if all == 0 {
		return Score{}
	}
	return Score{s.Brier / all, s.ECE / all}
}

func sum(n *[buckets]float64) (all float64) {
	for _, one := range n {
		all += one
	}
	return all
}

// proportion is a quotient with its interval: Wilson's, for as many arrivals as would
// differ by chance as much as the buckets do.
func proportion(yes, of *[buckets]float64) Interval {
	n := sum(of)
	if n == 0 {
		return Interval{0, 0, 1}
	}
	var r ratio
	for i := range of {
		if of[i] > 0 {
			r.add(yes[i], of[i])
		}
	}
	p, variance := r.value()
	if alone := p * (1 - p) / n; variance > alone && alone > 0 {
		n *= alone / variance
	}
	const z = 1.96
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	side := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return Interval{p, math.Max(0, middle-side), math.Min(1, middle+side)}
}
