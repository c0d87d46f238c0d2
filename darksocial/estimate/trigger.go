package estimate

import "math"

// quick is for how many minutes behind a preview arrivals are laid to it. What comes
// later cannot be told from what would have come anyhow, and is reckoned from codes.
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
	pageShape    = 1.0    // how far a page's blocks lie around its mean: shape of a gamma distribution
	shareShape   = 1.0    // how far what shares bring lies around the mean of their app
)

// moment is a minute of a page in which nameless arrivals came.
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
	levels  []float64 // of each block: arrivals a minute without shares
	got     []float64
	mean    float64
	named   float64
}

// triggering is the fit of arrivals to previews: arrivals come at a page as they would
// anyhow, and behind each preview as a burst. Which is which is nobody's to say of one
// arrival; of many it can be reckoned (Zhuang, Ogata and Vere-Jones 2002).
type triggering struct {
	daily    []float64
	exposure []float64 // of each block
	total    float64
	apps     int // the sparks of coded links have the numbers behind the apps
	brings   []float64
	delays   [numDelays]float64
	trails   []trail
	around   [quick + 1]float64 // by delay: the part of a burst that comes in that minute

	// What came of it.
	triggered [][numFetches][numDevices]float64 // by app, at deep pages
	front     float64                           // at pages that people type
	variance  float64                           // of the sum
	byPage    map[*pageSeen]float64
}

const emSteps = 30

func newTriggering(c *Collector, pages []*pageSeen, coded *codedSeen) *triggering {
	t := &triggering{daily: c.daily(), apps: len(c.apps), byPage: map[*pageSeen]float64{}}
	for from := 0; from < c.days*minutesPerDay; from += blockMinutes {
		sum := 0.0
		for m := from; m < from+blockMinutes; m += 10 {
			sum += 10 * t.daily[m/10]
		}
		t.exposure = append(t.exposure, sum)
		t.total += sum
	}
	sum := 0.0
	for i := range t.delays {
		t.delays[i] = usualDelaysWeigh*usualDelays[i] + coded.delays[i]
		sum += t.delays[i]
	}
	for i := range t.delays {
		t.delays[i] /= sum
	}
	t.spread()
	t.brings = make([]float64, 2*t.apps)
	for i := range t.brings {
		t.brings[i] = 1
	}
	for _, p := range pages {
		if len(p.previews) > 0 && len(p.nameless) > 0 {
			t.trails = append(t.trails, t.trail(p, uint32(c.days*minutesPerDay)))
		}
	}
	return t
}

// spread works out what part of a burst each minute gets.
func (t *triggering) spread() {
	for d := range t.around {
		class := delayClass[d]
		t.around[d] = t.delays[class] / float64(delayClasses[class+1]-delayClasses[class])
	}
}

func (t *triggering) trail(p *pageSeen, end uint32) trail {
	r := trail{page: p, levels: make([]float64, len(t.exposure)), got: make([]float64, len(t.exposure)),
		named: float64(p.named[FromSearch]+p.named[FromPublic]+p.named[FromElsewhere]) + 0.5}
	for _, e := range p.nameless {
		if n := len(r.moments); n > 0 && r.moments[n-1].at == e>>4 {
			r.moments[n-1].n++
		} else {
			r.moments = append(r.moments, moment{at: e >> 4, n: 1})
		}
	}
	for _, e := range p.previews {
		app := uint8(e & 0x7f)
		if e&0x80 != 0 {
			app += uint8(t.apps)
		}
		if n := len(r.sparks); n > 0 && r.sparks[n-1].at == e>>8 && r.sparks[n-1].app == app {
			r.sparks[n-1].n++
			continue
		}
		s := spark{at: e >> 8, app: app, n: 1, more: 1}
		for d := 0; d <= quick && s.at+uint32(d) < end; d++ {
			s.within += t.around[d]
		}
		r.sparks = append(r.sparks, s)
	}
	for i := range r.levels {
		r.levels[i] = float64(len(p.nameless)) / t.total / 2
	}
	return r
}

// fit finds by EM what previews bring, how late, and how much comes without them.
func (t *triggering) fit() {
	for range emSteps {
		var delays [numDelays]float64
		for i := range t.trails {
			t.expect(&t.trails[i], &delays)
		}
		t.learn(&delays)
	}
	t.triggered = make([][numFetches][numDevices]float64, 2*t.apps)
	for i := range t.trails {
		t.tell(&t.trails[i])
	}
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
		block := m.at / blockMinutes
		alone := r.levels[block] * t.daily[m.at/10]
		sum := alone
		last := first
		for ; last < len(r.sparks) && r.sparks[last].at <= m.at; last++ {
			sum += t.heat(&r.sparks[last], m.at)
		}
		if sum <= 0 {
			continue
		}
		r.got[block] += m.n * alone / sum
		for i := first; i < last; i++ {
			s := &r.sparks[i]
			part := m.n * t.heat(s, m.at) / sum
			s.got += part
			delays[delayClass[m.at-s.at]] += part
		}
	}
}

// since is the first spark that may have brought what came at a minute.
func (r *trail) since(first int, at uint32) int {
	for first < len(r.sparks) && r.sparks[first].at+quick < at {
		first++
	}
	return first
}

// heat is how many arrivals a minute are expected of a spark.
func (t *triggering) heat(s *spark, at uint32) float64 {
	return s.n * s.more * t.brings[s.app] * t.around[at-s.at]
}

// learn makes the next estimate of what is laid to what.
func (t *triggering) learn(delays *[numDelays]float64) {
	got, could := make([]float64, len(t.brings)), make([]float64, len(t.brings))
	alone, named := 0.0, 0.0
	for i := range t.trails {
		r := &t.trails[i]
		for j := range r.sparks {
			s := &r.sparks[j]
			s.more = (shareShape + s.got) / (shareShape + s.n*s.within*t.brings[s.app])
			got[s.app] += s.got
			could[s.app] += s.n * s.within * s.more
		}
		for _, n := range r.got {
			alone += n
		}
		named += r.named
	}
	sumGot, sumCould := 0.5, 0.5
	for a := range got {
		sumGot += got[a]
		sumCould += could[a]
	}
	for a := range got { // apps that are seldom seen are taken for one of them
		t.brings[a] = (got[a] + sumGot/sumCould) / (could[a] + 1)
	}
	for i := range t.trails {
		r := &t.trails[i]
		sum := 0.0
		for _, n := range r.got {
			sum += n
		}
		usual := (alone + 0.5) / named * r.named / t.total
		r.mean = (1 + sum) / (1/usual + t.total)
		for b := range r.levels {
			r.levels[b] = (pageShape + r.got[b]) / (pageShape/r.mean + t.exposure[b])
		}
	}
	sum := 0.0
	for i := range delays {
		delays[i] += usualDelaysWeigh * t.delays[i]
		sum += delays[i]
	}
	for i := range delays {
		t.delays[i] = delays[i] / sum
	}
	t.spread()
}

// tell counts a page's arrivals that previews brought.
func (t *triggering) tell(r *trail) {
	first := 0
	by := make([]float64, len(t.brings))
	for _, e := range r.page.nameless {
		at := e >> 4
		first = r.since(first, at)
		sum := r.levels[at/blockMinutes] * t.daily[at/10]
		heat := 0.0
		last := first
		for ; last < len(r.sparks) && r.sparks[last].at <= at; last++ {
			h := t.heat(&r.sparks[last], at)
			by[r.sparks[last].app] += h
			heat += h
		}
		if heat <= 0 {
			continue
		}
		sum += heat
		part := heat / sum
		if r.page.typable {
			t.front += part
			clear(by)
			continue
		}
		t.variance += part * (1 - part)
		t.byPage[r.page] += part
		device, fetch := e>>2&3, e&3
		for i := first; i < last; i++ {
			app := r.sparks[i].app
			t.triggered[app][fetch][device] += by[app] / sum
			by[app] = 0
		}
	}
}

// deviation is how far off the number of triggered arrivals may be, as a part of it:
// by chance, and because bursts are not what they are taken for.
func deviation(triggered, variance float64) float64 {
	return math.Sqrt(4*variance/(triggered*triggered+1) + 0.08*0.08)
}
