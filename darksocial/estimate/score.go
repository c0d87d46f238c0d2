package estimate

import "math"

// group is a group of arrivals at deep pages of which it is looked up how many are laid
// to previews. Of most groups it is known whether they were shared.
type group uint8

const (
	unnamed   group = iota // nameless, and no web page hides behind them
	hiding                 // nameless, and one does
	codedOnes              // shared by a link with a code, and nameless but for it
	inApps                 // named private shares, by apps that draw previews
	fromFinds              // named search and assistants
	fromLinks              // other links, campaigns, newsletters: nothing was shared
	numGroups
)

// scores is which part of each group is laid to previews.
type scores struct {
	groups [numGroups]clustered
	byApp  []float64 // sums of unnamed
	hiding []float64 // sums of those a web page led here that hides its address
	device [numDevices]float64
	cells  map[cell]*tally
}

// cell is a day of a part of the site.
type cell struct {
	day   int
	group string
}

// tally is what came in a cell.
type tally struct {
	direct, deep, cross, laid float64
	byApp                     map[uint8]float64 // of those laid to previews
}

func (s *scores) cell(day int, group string) *tally {
	at := cell{day, group}
	if s.cells[at] == nil {
		s.cells[at] = &tally{byApp: map[uint8]float64{}}
	}
	return s.cells[at]
}

// clustered is a mean over arrivals that are alike by page and by day: its variance is
// that of pages and that of days, less that of days of pages, which is in both
// (Cameron, Gelbach and Miller, Robust inference with multiway clustering, 2011).
type clustered struct {
	pages, both ratio
	known       int       // pages with any
	days        []float64 // sums of scores and of arrivals, in turn
	page, day   [2]float64
}

func (c *clustered) add(day int, score float64) {
	c.day[0] += score
	c.day[1]++
	c.page[0] += score
	c.page[1]++
	c.days[2*day] += score
	c.days[2*day+1]++
}

func (c *clustered) endDay() {
	c.both.add(c.day[0], c.day[1])
	c.day = [2]float64{}
}

func (c *clustered) endPage() {
	if c.page[1] > 0 {
		c.known++
	}
	c.pages.add(c.page[0], c.page[1])
	c.page = [2]float64{}
}

// n is how many arrivals there are.
func (c *clustered) n() float64 { return c.pages.d }

func (c *clustered) sum() float64 { return c.pages.n }

// mean is the part that is laid to previews, and its standard error.
func (c *clustered) mean() (mean, sd float64) {
	if c.pages.d == 0 {
		return 0, 1
	}
	mean, variance := c.pages.value()
	var days ratio
	for i := 0; i < len(c.days); i += 2 {
		days.add(c.days[i], c.days[i+1])
	}
	_, byDay := days.value()
	_, byBoth := c.both.value()
	return mean, math.Sqrt(max(variance, variance+byDay-byBoth) + 0.05/c.pages.d)
}

// score lays all arrivals to previews, as far as the fit does.
func (t *triggering) score(c *Collector, pages []*pageSeen, draws []bool) *scores {
	s := &scores{cells: map[cell]*tally{}, byApp: make([]float64, len(c.apps)), hiding: make([]float64, len(c.apps))}
	for g := range s.groups {
		s.groups[g].days = make([]float64, 2*c.days)
	}
	next := 0
	for _, p := range pages {
		var r *trail
		if next < len(t.trails) && t.trails[next].page == p {
			r = &t.trails[next]
			next++
		}
		s.add(t, p, r, draws)
	}
	return s
}

// judge lays the arrivals of one page to previews, minute after minute.
type judge struct {
	*triggering
	trail *trail // nil where the page has no previews: nothing is laid to any
	first int
	at    uint32
	asked bool
	score float64
	parts []float64 // of the score, by app
	apps  []uint8   // that have any
}

// on is which part of an arrival in a minute is laid to previews. Minutes come in order.
func (j *judge) on(at uint32) float64 {
	if j.trail == nil || j.asked && at == j.at {
		return j.score
	}
	j.asked, j.at = true, at
	for _, app := range j.apps {
		j.parts[app] = 0
	}
	j.apps = j.apps[:0]
	j.first = j.trail.since(j.first, at)
	heat, last := j.heat(j.trail, j.first, at)
	all := heat + j.alone(j.trail, at)
	j.score = heat / all
	for i := j.first; i < last; i++ {
		s := &j.trail.sparks[i]
		if j.parts[s.app] == 0 {
			j.apps = append(j.apps, s.app)
		}
		j.parts[s.app] += j.of(s, at) / all
	}
	return j.score
}

// add scores a page's arrivals, in the order of time.
func (s *scores) add(t *triggering, p *pageSeen, r *trail, draws []bool) {
	j := &judge{triggering: t, trail: r, parts: make([]float64, len(t.brings))}
	day := 0
	turn := func(at uint32) {
		if d := int(at / minutesPerDay); d != day {
			for g := range s.groups {
				s.groups[g].endDay()
			}
			day = d
		}
	}
	labelled := p.labelled
	for _, e := range p.nameless {
		for ; len(labelled) > 0 && labelled[0]>>10 <= e>>4; labelled = labelled[1:] {
			turn(labelled[0] >> 10)
			s.addLabelled(j, p, draws, labelled[0], day)
		}
		turn(e >> 4)
		s.addNameless(j, p, e, day)
	}
	for _, e := range labelled {
		turn(e >> 10)
		s.addLabelled(j, p, draws, e, day)
	}
	for g := range s.groups {
		s.groups[g].endDay()
		s.groups[g].endPage()
	}
}

func (s *scores) addNameless(j *judge, p *pageSeen, e uint32, day int) {
	cell := s.cell(day, p.group)
	cell.direct++
	hides := Fetch(e&3) == FetchCross
	if hides {
		cell.cross++
	}
	if p.typable {
		return
	}
	score := j.on(e >> 4)
	if hides {
		s.groups[hiding].add(day, score)
		for _, app := range j.apps {
			s.hiding[app] += j.parts[app]
		}
		return
	}
	s.groups[unnamed].add(day, score)
	cell.deep++
	cell.laid += score
	s.device[e>>2&3] += score
	for _, app := range j.apps {
		cell.byApp[app] += j.parts[app]
		s.byApp[app] += j.parts[app]
	}
}

func (s *scores) addLabelled(j *judge, p *pageSeen, draws []bool, e uint32, day int) {
	group, counts := fromLinks, !p.typable
	switch came, app := Came(e>>7&7), e&0x7f; came {
	case Nameless:
		group = codedOnes
	case FromPrivate:
		group, counts = inApps, counts && draws[app]
	case FromPublic, FromMail:
		counts = false // shared, and by others than those that are dark
	case FromSearch, FromAI:
		group = fromFinds
	}
	if counts {
		s.groups[group].add(day, j.on(e>>10))
	}
}
