package estimate

import "slices"

// quick is for how many minutes behind a preview arrivals are laid to it. What comes
// later cannot be told from what would have come anyhow.
const quick = 120

// delayClasses are the classes of delays, in minutes behind the preview's minute.
var delayClasses = [...]int{0, 1, 2, 5, 10, 20, 40, 80, quick + 1}

const numDelays = len(delayClasses) - 1

// delayClass is the class of each delay.
var delayClass = func() (class [quick + 1]uint8) {
	for i := range numDelays {
		for d := delayClasses[i]; d < delayClasses[i+1]; d++ {
			class[d] = uint8(i)
		}
	}
	return class
}()

// usualDelays is how clicks come before a site has taught it: half within ten minutes.
// Messages are read at once or much later; the only published gap is of 6 seconds.
var usualDelays = [numDelays]float64{0.12, 0.10, 0.18, 0.14, 0.14, 0.13, 0.11, 0.08}

const usualDelaysWeigh = 20 // as much as so many clicks on coded links

const (
	blockMinutes = 6 * 60 // what a page is read without shares is taken for even so long, but for the time of day
	pageShape    = 1.0    // how far a page's blocks lie around what is usual at its age: shape of a gamma distribution
	shareShape   = 1.0    // how far what shares bring lies around the mean of their app
)

// moment is a minute of a page in which somebody came.
type moment struct {
	at uint32
	n  float64
}

// spark is the previews of a minute by one app.
type spark struct {
	at     uint32
	app    uint8
	n      float64
	within float64 // part of what they bring that lies in the days
	more   float64 // how much more than the mean they brought
	got    float64
}

// trail is a page's moments and sparks.
type trail struct {
	page    *pageSeen
	moments []moment
	sparks  []spark
	levels  []float64 // of each block: arrivals a minute that no preview brought
	got     []float64
	open    []float64 // of each block: minutes since the page is there, weighed by the time of day
	mean    float64
	born    int // its first block
	old     int // 1 if it may have been there before the days
}

// triggering is the fit of arrivals to previews: arrivals come at a page as they would
// anyhow, and behind each preview as a burst. Which is which is nobody's to say of one
// arrival; of many it can be reckoned (Zhuang, Ogata and Vere-Jones 2002). It is fitted to
// all arrivals, with a name and without: what is known of some is then known of an
// instrument that looked at all of them alike.
type triggering struct {
	daily  []float64
	blocks int
	ages   [2][]float64 // by blocks since a page is there: how much more it is read than in its mean
	brings []float64    // by app: arrivals for each preview
	delays [numDelays]float64
	around [quick + 1]float64 // by delay: the part of a burst that comes in that minute
	trails []trail
}

const emSteps = 30

func newTriggering(c *Collector, pages []*pageSeen, coded *codedSeen) *triggering {
	t := &triggering{daily: c.daily(), blocks: c.days * minutesPerDay / blockMinutes, brings: slices.Repeat([]float64{1}, len(c.apps))}
	for i := range t.ages {
		t.ages[i] = slices.Repeat([]float64{1}, t.blocks)
	}
	for i := range t.delays {
		t.delays[i] = usualDelaysWeigh*usualDelays[i] + coded.delays[i]
	}
	t.spread()
	for _, p := range pages {
		if len(p.previews) > 0 && len(p.nameless)+len(p.labelled) > 0 {
			t.trails = append(t.trails, t.trail(p))
		}
	}
	return t
}

// spread works out what part of a burst each minute gets.
func (t *triggering) spread() {
	sum := 0.0
	for _, n := range t.delays {
		sum += n
	}
	for d := range t.around {
		class := delayClass[d]
		t.around[d] = t.delays[class] / sum / float64(delayClasses[class+1]-delayClasses[class])
	}
}

func (t *triggering) trail(p *pageSeen) trail {
	r := trail{page: p, levels: make([]float64, t.blocks), got: make([]float64, t.blocks), open: make([]float64, t.blocks), born: int(p.first) / blockMinutes}
	minutes := make([]uint32, 0, len(p.nameless)+len(p.labelled))
	for _, e := range p.nameless {
		minutes = append(minutes, e>>4)
	}
	for _, e := range p.labelled {
		minutes = append(minutes, e>>10)
	}
	slices.Sort(minutes)
	for _, at := range minutes {
		if n := len(r.moments); n > 0 && r.moments[n-1].at == at {
			r.moments[n-1].n++
		} else {
			r.moments = append(r.moments, moment{at, 1})
		}
	}
	for _, e := range p.previews {
		app := uint8(e & 0x7f)
		if !p.believes(e) {
			continue
		}
		if n := len(r.sparks); n > 0 && r.sparks[n-1].at == e>>8 && r.sparks[n-1].app == app {
			r.sparks[n-1].n++
			continue
		}
		s := spark{at: e >> 8, app: app, n: 1, more: 1}
		for d := 0; d <= quick && int(s.at)+d < len(t.daily)*10; d++ {
			s.within += t.around[d]
		}
		r.sparks = append(r.sparks, s)
	}
	if p.first < minutesPerDay {
		r.old, r.born = 1, 0
	}
	total := 0.0
	for m := int(p.first) * (1 - r.old) / 10; m < len(t.daily); m++ {
		r.open[m*10/blockMinutes] += 10 * t.daily[m]
		total += 10 * t.daily[m]
	}
	for i := range r.levels {
		r.levels[i] = float64(len(minutes)) / total / 2
	}
	return r
}

// fit finds by EM what previews bring, how late, and how much comes without them.
func (t *triggering) fit() {
	for range emSteps {
		delays := t.usualDelays()
		for i := range t.trails {
			t.expect(&t.trails[i], &delays)
		}
		t.delays = delays
		t.learn()
		t.spread()
	}
}

func (t *triggering) usualDelays() (delays [numDelays]float64) {
	for i, n := range usualDelays {
		delays[i] = usualDelaysWeigh * n
	}
	return delays
}

// expect lays a page's arrivals to what may have brought them.
func (t *triggering) expect(r *trail, delays *[numDelays]float64) {
	clear(r.got)
	for i := range r.sparks {
		r.sparks[i].got = 0
	}
	first := 0
	for _, m := range r.moments {
		first = r.since(first, m.at)
		alone := t.alone(r, m.at)
		heat, last := t.heat(r, first, m.at)
		r.got[m.at/blockMinutes] += m.n * alone / (alone + heat)
		for i := first; i < last; i++ {
			s := &r.sparks[i]
			part := m.n * t.of(s, m.at) / (alone + heat)
			s.got += part
			delays[delayClass[m.at-s.at]] += part
		}
	}
}

// alone is how many arrivals a minute a page has that no preview brought.
func (t *triggering) alone(r *trail, at uint32) float64 {
	return r.levels[at/blockMinutes] * t.daily[at/10]
}

// since is the first spark that may have brought what came at a minute.
func (r *trail) since(first int, at uint32) int {
	for first < len(r.sparks) && r.sparks[first].at+quick < at {
		first++
	}
	return first
}

// heat is how many arrivals a minute sparks bring, from the first that may do so to the
// last before a minute.
func (t *triggering) heat(r *trail, first int, at uint32) (sum float64, last int) {
	for last = first; last < len(r.sparks) && r.sparks[last].at <= at; last++ {
		sum += t.of(&r.sparks[last], at)
	}
	return sum, last
}

// of is how many arrivals a minute a spark brings.
func (t *triggering) of(s *spark, at uint32) float64 {
	return s.n * s.more * t.brings[s.app] * t.around[at-s.at]
}

// learn makes the next estimate of what previews bring, and of what comes without.
func (t *triggering) learn() {
	got, could := make([]float64, len(t.brings)), make([]float64, len(t.brings))
	for i := range t.trails {
		r := &t.trails[i]
		for j := range r.sparks {
			s := &r.sparks[j]
			s.more = (shareShape + s.got) / (shareShape + s.n*s.within*t.brings[s.app])
			got[s.app] += s.got
			could[s.app] += s.n * s.within * s.more
		}
	}
	sumGot, sumCould := 0.5, 0.5
	for a := range got {
		sumGot += got[a]
		sumCould += could[a]
	}
	for a := range got { // apps that are seldom seen are taken for one of them
		t.brings[a] = (got[a] + sumGot/sumCould) / (could[a] + 1)
	}
	t.learnLevels()
}

// learnLevels reckons how much pages are read without shares: each by its own mean, by
// how pages of its age are read, and by its own blocks.
func (t *triggering) learnLevels() {
	var got, could [2][]float64
	for i := range got {
		got[i], could[i] = make([]float64, t.blocks), make([]float64, t.blocks)
	}
	for i := range t.trails {
		r := &t.trails[i]
		sum, open := 0.0, 0.0
		for b := r.born; b < t.blocks; b++ {
			sum += r.got[b]
			open += r.open[b] * t.ages[r.old][b-r.born]
		}
		r.mean = (sum + 0.5) / open
		for b := r.born; b < t.blocks; b++ {
			got[r.old][b-r.born] += r.got[b]
			could[r.old][b-r.born] += r.open[b] * r.mean
			mean := r.mean * t.ages[r.old][b-r.born]
			r.levels[b] = (pageShape + r.got[b]) / (pageShape/mean + r.open[b])
		}
	}
	for old := range t.ages {
		for age := range t.ages[old] {
			t.ages[old][age] = (got[old][age] + 1) / (could[old][age] + 1)
		}
	}
}
