package simulate

import (
	"bufio"
	"io"
	"math/rand/v2"
	"time"
)

const (
	millisPerMinute = 60_000
	millisPerHour   = 60 * millisPerMinute
	millisPerDay    = 24 * millisPerHour
	minutesPerDay   = 24 * 60
)

// run is a log being written.
type run struct {
	config Config
	world  *World
	views  int
	dice   dice
	site   *site
	queue  queue
	log    log
	codes  codes

	ways       []wayState
	usually    uint64  // the weight of all ways on a day without a spike
	arriving   chances // by way
	messengers chances // the private ways by which links are sent
	spiking    bool
	burning    int32 // the page of the spike
	google     uint8

	sink  sink
	out   *bufio.Writer
	file  io.Closer
	until uint64 // when the next file begins
	err   error  // the first of writing

	truth   Truth
	apps    []string
	event   event    // that happens
	asked   request  // that is written
	tallies []*tally // of the day, and of the day in the site's time zone
	hours   []Hour
}

// wayState is what a run needs of a way, ready to be drawn from.
type wayState struct {
	look    chances
	agents  []chances // by look
	fetcher chances
	names   [][2]Name // by look: what a log without and one with all headers shows
	sides   []sides   // by look
	first   int       // the number of its first look, of all ways'
	app     int       // of its previews
	read    []uint64  // by page: when a server last read it, in milliseconds, plus one; 0 for never
}

func newRun(c Config, to sink) *run {
	r := &run{config: c, world: c.World, views: c.Views, sink: to, out: bufio.NewWriterSize(io.Discard, 64<<10), dice: dice{rand.NewPCG(c.Seed, uint64(c.Date.Unix())^c.World.dice<<48)}}
	if r.world.fewest {
		r.views = min(r.views, 8)
	}
	r.site = newSite(r.dice, r.views, c.Days, r.world.old)
	if r.site.kept = r.world.kept; r.world.front > 0 {
		r.site.front = r.world.front
	}
	r.log = newLog(r.dice, &c)
	r.codes = newCodes(&c)
	r.queue = newQueue(24 * c.Days)
	r.hours = make([]Hour, 24*c.Days)
	r.google = uint8(wayNumber("google"))
	looks := 0
	appNumber := map[string]int{}
	for i := range ways {
		s := r.newWayState(&ways[i], looks)
		if shared := ways[i].shared; shared != nil {
			if _, known := appNumber[shared.app]; !known {
				appNumber[shared.app] = len(r.apps)
				r.apps = append(r.apps, shared.app)
			}
			s.app = appNumber[shared.app]
		}
		r.ways = append(r.ways, s)
		r.usually += uint64(r.world.weight(&ways[i]))
		looks += len(ways[i].looks)
	}
	r.messengers = weigh(len(ways), func(i int) uint32 {
		if ways[i].origin != Private || ways[i].shared == nil {
			return 0
		}
		return r.world.weight(&ways[i])
	})
	r.truth = Truth{World: c.World.Name, Seed: c.Seed, Host: c.Host, Views: c.Views, From: c.Date, To: c.Date.AddDate(0, 0, c.Days), TimeZone: c.Zone.String(), Days: []Day{}, LocalDays: []Day{}}
	r.tallies = []*tally{newTally(looks, len(r.apps), len(r.site.pages))}
	if c.Zone.String() != "UTC" {
		r.tallies = append(r.tallies, newTally(looks, len(r.apps), len(r.site.pages)))
	}
	for i := range r.hours {
		r.hours[i].Hour = r.log.time(uint64(i) * millisPerHour)
	}
	return r
}

func (r *run) newWayState(w *way, first int) wayState {
	s := wayState{first: first, look: weigh(len(w.looks), func(i int) uint32 { return r.world.lookWeight(&w.looks[i]) })}
	for i := range w.looks {
		l := &w.looks[i]
		log, headers := l.named()
		s.agents = append(s.agents, weighAgents(l.agents))
		s.names = append(s.names, [2]Name{log, headers})
		s.sides = append(s.sides, sidesOf(w, log, headers))
	}
	if w.shared != nil {
		s.fetcher = weighAgents(w.shared.fetcher)
		if w.shared.cache > 0 {
			s.read = make([]uint64, len(r.site.pages))
		}
	}
	return s
}

// named is what a log without, and one with all headers, shows of a look.
func (l *look) named() (log, headers Name) {
	log = Name{direct, "", "unknown", "unknown"}
	headers = Name{direct, "", "unknown", "typed_or_app"}
	if l.hidden {
		headers.DirectKind = "hidden_web"
	}
	if l.names != "" {
		log, headers = names[l.names], names[l.names]
	}
	if l.byApp != "" {
		headers = names[l.byApp]
	}
	return log, headers
}

// all writes the days. It plans one minute after the other and has happen what
// happens in it, in the order of time. What that leads to later waits in the
// queue; what would come behind the last midnight stands in another log. Nothing
// was shared before the first.
func (r *run) all(happen func(*event)) {
	r.begin(r.tallies[0], 0)
	if len(r.tallies) > 1 {
		r.begin(r.tallies[1], 0)
	}
	for day := 0; day < r.config.Days && r.err == nil; day++ {
		r.day(day, happen)
	}
	for i := range r.tallies {
		r.end(i)
	}
	r.truth.Hours = r.hours
	r.endCodes()
}

func (r *run) day(day int, happen func(*event)) {
	midnight := uint64(day) * millisPerDay
	for range r.world.scans {
		r.planScan(midnight)
	}
	r.planOddities(midnight)
	for range r.world.bursts {
		r.planBurst(midnight)
	}
	for range r.world.feigned {
		r.planFeigned(midnight)
	}
	r.expect(day)
	likely := r.minutes()
	total := likely.sum()
	var passed, arrivals, crawls uint64
	for minute, weight := range likely {
		if r.err != nil {
			return
		}
		if minute%60 == 0 {
			r.queue.begin(24*day + minute/60)
			r.site.at(int32(24*day + minute/60))
		}
		start := midnight + uint64(minute)*millisPerMinute
		passed += weight
		for until := r.arrivals() * passed / total; arrivals < until; arrivals++ {
			r.plan(start)
		}
		// Robots know no night.
		for until := uint64(r.views) / viewsPerRobot * uint64(minute+1) / minutesPerDay; crawls < until; crawls++ {
			r.planCrawl(start)
		}
		for {
			e, ok := r.queue.next(start + millisPerMinute)
			if !ok {
				break
			}
			r.turn(e.at)
			r.event = e
			happen(&r.event)
		}
	}
}

// clicksPerMille: a visit opens 1.8 pages. Chosen.
const clicksPerMille = 800

// arrivals is how many people come on the day: more on one of a spike.
func (r *run) arrivals() uint64 {
	return uint64(r.views) * 1000 / (1000 + clicksPerMille) * uint64(r.arriving.sum()) / r.usually
}

// expect sets how likely people come by each way on a day.
func (r *run) expect(day int) {
	r.spiking = r.world.spike != nil && day == r.config.Days/2
	r.arriving = weigh(len(ways), func(i int) uint32 {
		if r.spiking {
			return r.world.weight(&ways[i]) * r.world.spike.often(&ways[i])
		}
		return r.world.weight(&ways[i])
	})
	if r.spiking && r.world.spike.page == fresh {
		r.burning = r.site.newestAt(int32(24*day + firstHour + 1))
	} else if r.spiking {
		r.burning = int32(len(r.site.pages) - 1)
	}
}

// shape is how likely people come in each minute.
type shape [minutesPerDay]uint64

func (s *shape) sum() (total uint64) {
	for _, weight := range s {
		total += weight
	}
	return total
}

// curve is how many people come in each hour of the day, UTC: the morning, noon
// and evening of a country one hour ahead. Chosen.
var curve = [24]uint64{2, 1, 1, 2, 6, 18, 38, 42, 40, 40, 44, 52, 46, 40, 40, 44, 52, 56, 58, 60, 50, 30, 14, 5}

// minutes draws the day's shape: straight lines between the hours, and gusts of
// more or less than half as many again, because people do not come evenly.
func (r *run) minutes() *shape {
	var s shape
	for i := range s {
		hour, minute := i/60, uint64(i%60)
		s[i] = (curve[hour]*(60-minute) + curve[(hour+1)%24]*minute) * uint64(r.dice.between(50, 151))
	}
	return &s
}

// plan draws how one person comes.
func (r *run) plan(minute uint64) {
	e := event{at: minute + uint64(r.dice.below(millisPerMinute)), do: arrive, from: -1}
	e.way = uint8(r.dice.pick(r.arriving))
	w := &ways[e.way]
	if w.shared != nil {
		r.send(&e)
		return
	}
	r.visitor(&e)
	e.page = r.choose(w)
	r.queue.push(e)
}

// choose draws the page that a way leads to.
func (r *run) choose(w *way) int32 {
	if s := r.world.spike; r.spiking && s.often(w) > 1 && r.dice.perMille(s.share) && r.site.pages[r.burning].published < r.site.hour {
		return r.burning
	}
	return r.site.choose(r.dice, w.pages)
}

// count counts something in each tally.
func (r *run) count(add func(*tally)) {
	for _, t := range r.tallies {
		add(t)
	}
}

// turn moves to a time: of a day that is over the tally is told, and another begun.
func (r *run) turn(at uint64) {
	for i, t := range r.tallies {
		for at >= t.until {
			from := t.until
			r.end(i)
			r.begin(t, from)
		}
	}
}

// begin empties a tally for the day a time lies in. The day is over with the first
// quarter of an hour that has another date: clocks are set by whole quarters.
func (r *run) begin(t *tally, at uint64) {
	zone := time.UTC
	if t != r.tallies[0] {
		zone = r.config.Zone
	}
	date := func(at int64) string {
		return r.config.Date.Add(time.Duration(at) * time.Millisecond).In(zone).Format(time.DateOnly)
	}
	day := date(int64(at))
	until := int64(at)
	for date(until) == day {
		until += 15 * millisPerMinute
	}
	*t = *newTally(len(t.arrivals), len(t.previews), len(t.pages))
	t.date, t.until = day, uint64(until)
	t.whole = date(int64(at)-1) != day && until <= int64(r.config.Days)*millisPerDay
}

func (r *run) end(which int) {
	days := &r.truth.Days
	if which == 1 {
		days = &r.truth.LocalDays
	}
	*days = append(*days, r.tallies[which].day(r))
}
