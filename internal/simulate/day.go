package simulate

import (
	"bufio"
	"math/rand/v2"
)

const (
	millisPerMinute = 60_000
	millisPerDay    = 24 * 60 * millisPerMinute
)

// day is a day being written.
type day struct {
	config Config
	dice   dice
	site   *site
	queue  queue
	log    log
	out    *bufio.Writer
	cached [][]uint32 // by way and page: when a server last read the page, in milliseconds, plus one; 0 for never
	truth  Truth
	visits []Shown // by way
}

func newDay(out *bufio.Writer, c Config) *day {
	d := &day{config: c, out: out, dice: dice{rand.NewPCG(c.Seed, uint64(c.Date.Unix()))}, visits: make([]Shown, len(ways)), cached: make([][]uint32, len(ways))}
	d.truth.Previews = map[string]int{}
	d.site = newSite(d.dice, c.Views)
	d.log = newLog(d.dice, c.Host, c.Date)
	for i, w := range ways {
		if w.shared != nil && w.shared.cache > 0 {
			d.cached[i] = make([]uint32, len(d.site.pages))
		}
	}
	return d
}

// run plans one minute after the other and writes what happens in it. What it
// leads to later waits in the queue; what would come after midnight stands in
// another day's log.
func (d *day) run() {
	_, _ = d.out.Write(d.log.header())
	d.planScan()
	d.planOddities()
	likely := d.minutes()
	var passed, arrivals, crawls uint64
	for minute, weight := range likely {
		d.site.at(int32(minute / 60))
		passed += weight
		for until := d.arrivals() * passed / likely.sum(); arrivals < until; arrivals++ {
			d.plan(uint32(minute))
		}
		// Robots know no night.
		for until := uint64(d.config.Views) / viewsPerRobot * uint64(minute+1) / uint64(len(likely)); crawls < until; crawls++ {
			d.planCrawl(uint32(minute))
		}
		for {
			e, ok := d.queue.next(uint32(minute+1) * millisPerMinute)
			if !ok {
				break
			}
			d.happen(&e)
		}
	}
	d.report()
}

// clicksPerMille: a visit opens 1.8 pages. Chosen.
const clicksPerMille = 800

func (d *day) arrivals() uint64 { return uint64(d.config.Views) * 1000 / (1000 + clicksPerMille) }

// shape is how likely people come in each minute.
type shape [24 * 60]uint64

func (s *shape) sum() (total uint64) {
	for _, weight := range s {
		total += weight
	}
	return total
}

// minutes draws the day's shape: straight lines between the hours, and gusts of
// more or less than half as many again, because people do not come evenly.
func (d *day) minutes() *shape {
	var s shape
	for i := range s {
		hour, minute := i/60, uint64(i%60)
		s[i] = (curve[hour]*(60-minute) + curve[(hour+1)%24]*minute) * uint64(d.dice.between(50, 151))
	}
	return &s
}

func (d *day) newID() uint32 { return uint32(d.dice.pcg.Uint64()) }

// plan draws how one person comes. A shared link brings several, so it is drawn
// as much less often.
func (d *day) plan(minute uint32) {
	e := event{at: minute*millisPerMinute + d.dice.below(millisPerMinute), do: arrive, from: -1}
	e.way = uint8(draw(d.dice, len(ways), func(i int) uint32 { return ways[i].weight }))
	w := &ways[e.way]
	if w.shared == nil {
		d.visitor(&e)
		e.page = d.site.choose(d.dice, w.pages)
		d.queue.push(e)
		return
	}
	if d.dice.below(w.shared.clicks) == 0 {
		e.do = share
		e.page = d.site.choose(d.dice, w.pages)
		d.queue.push(e)
	}
}

func (d *day) planCrawl(minute uint32) {
	i := draw(d.dice, len(robots), func(i int) uint32 { return robots[i].weight })
	d.queue.push(event{
		at: minute*millisPerMinute + d.dice.below(millisPerMinute), do: crawl, look: uint8(i),
		who: person{robots[i].agent, d.newID()},
	})
}

// visitor makes somebody who comes by the event's way.
func (d *day) visitor(e *event) {
	looks := ways[e.way].looks
	e.look = uint8(draw(d.dice, len(looks), func(i int) uint32 { return looks[i].weight }))
	e.who = d.person(looks[e.look].agents)
	for d.dice.perMille(clicksPerMille * 1000 / (1000 + clicksPerMille)) {
		e.left++ // so many on average
		if e.left == 50 {
			break
		}
	}
}

func (d *day) person(agents []chance) person {
	i := draw(d.dice, len(agents), func(i int) uint32 { return agents[i].weight })
	return person{agents[i].agent, d.newID()}
}

// draw picks one of n by weight.
func draw(d dice, n int, weight func(int) uint32) int {
	var sum uint32
	for i := range n {
		sum += weight(i)
	}
	left := d.below(sum)
	for i := range n {
		if left < weight(i) {
			return i
		}
		left -= weight(i)
	}
	panic("unreachable: left is below the sum of the weights")
}

func (d *day) report() {
	d.truth.Visits = map[string]Shown{}
	for i, w := range ways {
		d.truth.Visits[w.name] = d.visits[i]
	}
	d.truth.Lines = int(d.log.lines)
}
