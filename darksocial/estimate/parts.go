package estimate

import (
	"maps"
	"math"
	"slices"
	"strings"
)

// Part is what is said of a day, and of a part of the site or of an app on that day.
type Part struct {
	Day    int      `json:"day"`   // counted from the first, 0
	Group  string   `json:"group"` // "" is the whole site
	App    string   `json:"app"`   // "" is all
	Direct int      `json:"direct"`
	Shared Interval `json:"shared"`
}

// partDraws is how many points the parts are reckoned from.
const partDraws = 1600

// parts divides what was shared among days, parts of the site and apps. What previews
// brought lies where it lies; of the rest as much is shared in one place as in another.
func (m *model) parts(c *Collector, accounts []account) []Part {
	thin := max(1, len(accounts)/partDraws)
	var few []account
	for i := 0; i < len(accounts); i += thin {
		few = append(few, accounts[i])
	}
	whole := map[int]*tally{}
	parts := []Part{}
	for _, at := range slices.SortedFunc(maps.Keys(m.scores.cells), cell.compare) {
		t := m.scores.cells[at]
		parts = append(parts, Part{at.day, at.group, "", int(t.direct), m.partOf(few, t)})
		if whole[at.day] == nil {
			whole[at.day] = &tally{byApp: map[uint8]float64{}}
		}
		whole[at.day].plus(t)
	}
	for _, day := range slices.Sorted(maps.Keys(whole)) {
		t := whole[day]
		parts = append(parts, Part{day, "", "", int(t.direct), m.partOf(few, t)})
		if !m.method.looksAtPreviews() {
			continue
		}
		for _, app := range slices.Sorted(maps.Keys(t.byApp)) {
			one := math.Min(1, t.byApp[app]/math.Max(1, m.scores.groups[unnamed].sum()))
			s := chance(middleOf(few, func(a *account) float64 { return a.messengers * one / (1 + a.again) }), t.direct)
			parts = append(parts, Part{day, "", c.apps[app], int(t.direct), s})
		}
	}
	return parts
}

func (c cell) compare(other cell) int {
	if c.day != other.day {
		return c.day - other.day
	}
	return strings.Compare(c.group, other.group)
}

func (t *tally) plus(other *tally) {
	t.direct += other.direct
	t.deep += other.deep
	t.cross += other.cross
	t.laid += other.laid
	for app, n := range other.byApp {
		t.byApp[app] += n
	}
}

func (m *model) partOf(accounts []account, t *tally) Interval {
	laid, laidHere := 0.0, 0.0
	if m.method.looksAtPreviews() {
		laid, laidHere = m.scores.groups[unnamed].sum(), t.laid
	}
	return chance(middleOf(accounts, func(a *account) float64 {
		rest := math.Max(0, a.shared()-laid) / math.Max(1, m.deep-laid)
		n := math.Min(1, a.shared()/math.Max(laid, 1))*laidHere + rest*math.Max(0, t.deep-laidHere) + a.hidden*t.cross/math.Max(m.cross, 1)
		return n / (1 + a.again)
	}), t.direct)
}

func middleOf(accounts []account, of func(*account) float64) Interval {
	values := make([]float64, len(accounts))
	for i := range accounts {
		values[i] = of(&accounts[i])
	}
	return middle(values)
}

// chance widens what is said of a part: which of the shared arrivals came there is
// chance.
func chance(s Interval, direct float64) Interval {
	off := 1.96 * math.Sqrt(s.Estimate+1)
	return Interval{math.Min(s.Estimate, direct), math.Min(math.Max(0, s.Low-off), direct), math.Min(s.High+off, direct)}
}
