package estimate

import (
	"maps"
	"math"
	"slices"
)

// Limits of what a Collector keeps. What comes behind them is counted, and takes
// part in the estimate as pages without previews, or as codes without clicks.
const (
	MaxPages = 200_000
	MaxCodes = 500_000
	MaxApps  = 64
	MaxDays  = 62
)

const (
	minutesPerDay = 24 * 60
	restOfPages   = "(other)"
)

// Collector gathers what an estimate is made of: of each nameless arrival four bytes,
// of each preview four, of pages and codes a few counts. The order in which things are
// added does not matter.
type Collector struct {
	from int64
	days int

	pages map[string]*pageSeen
	codes map[string]*codeSeen
	apps  []string // by number; 0 is ""

	// Of each kind, by device. Coded arrivals are not among the nameless.
	came    [numCame][numDevices]int
	private map[string]int // named private arrivals, by app
	byDay   []dayCount
	minutes []uint32 // arrivals of any kind, by tens of minutes
	outside int      // what lies outside the days, or in no time at all
}

type dayCount struct{ nameless, all int }

// pageSeen is what came to a page.
type pageSeen struct {
	nameless []uint32 // minute<<4 | device<<2 | fetch
	previews []uint32 // minute<<8 | coded<<7 | app
	named    [numCame]uint32
	coded    uint32 // nameless but for their code
	typable  bool
	group    string
}

// codeSeen is what came of a code.
type codeSeen struct {
	page     string
	button   uint8
	arrivals []uint32 // minute<<10 | device<<8 | named<<7 | the app the headers name
	previews []uint32 // minute<<8 | app
}

// maxPerCode bounds what one code can say: somebody may open a link of theirs again
// and again. Links that spread further are told by many codes.
const maxPerCode = 64

// NewCollector gathers the days that begin at a time (Unix seconds), at most MaxDays.
func NewCollector(from int64, days int) *Collector {
	days = max(1, min(days, MaxDays))
	return &Collector{from: from, days: days, pages: map[string]*pageSeen{}, codes: map[string]*codeSeen{}, apps: []string{""},
		private: map[string]int{}, byDay: make([]dayCount, days), minutes: make([]uint32, days*minutesPerDay/10)}
}

// minute is the number of a time's minute, and whether it lies in the days.
func (c *Collector) minute(at int64) (uint32, bool) {
	if at < c.from || at >= c.from+int64(c.days)*minutesPerDay*60 {
		c.outside++
		return 0, false
	}
	return uint32((at - c.from) / 60), true
}

func (c *Collector) page(name string) *pageSeen {
	p := c.pages[name]
	if p == nil {
		if len(c.pages) >= MaxPages && name != restOfPages {
			return c.page(restOfPages)
		}
		p = &pageSeen{typable: Typable(name), group: Group(name)}
		c.pages[name] = p
	}
	return p
}

func (c *Collector) code(code, page string) *codeSeen {
	k := c.codes[code]
	if k == nil {
		if len(c.codes) >= MaxCodes {
			return &codeSeen{}
		}
		k = &codeSeen{page: page}
		c.codes[code] = k
	}
	return k
}

// app numbers an app. The last number stands for all there is no room for.
func (c *Collector) app(name string) uint8 {
	if i := slices.Index(c.apps, name); i >= 0 {
		return uint8(i)
	}
	if len(c.apps) < MaxApps {
		c.apps = append(c.apps, name)
	}
	return uint8(len(c.apps) - 1)
}

// Add adds an arrival.
func (c *Collector) Add(a Arrival) {
	at, ok := c.minute(a.Time)
	if !ok || a.Came >= numCame || a.Device >= numDevices || a.Fetch >= numFetches {
		return
	}
	c.minutes[at/10]++
	day := &c.byDay[at/minutesPerDay]
	day.all++
	p := c.page(a.Page)
	if a.Code != "" {
		c.addCoded(&a, at, p)
		return
	}
	c.came[a.Came][a.Device]++
	p.named[a.Came]++
	switch a.Came {
	case Nameless:
		day.nameless++
		p.nameless = append(p.nameless, at<<4|uint32(a.Device)<<2|uint32(a.Fetch))
	case FromPrivate:
		c.private[c.apps[c.app(a.App)]]++
	}
}

func (c *Collector) addCoded(a *Arrival, at uint32, p *pageSeen) {
	k := c.code(a.Code, a.Page)
	if a.Button != "" {
		k.button = c.app(a.Button)
	}
	named := uint32(0)
	if a.Came != Nameless {
		named = 1
	} else {
		p.coded++
	}
	k.arrivals = first(append(k.arrivals, at<<10|uint32(a.Device)<<8|named<<7|uint32(c.app(a.App))), 2*maxPerCode)
}

// AddPreview adds a preview.
func (c *Collector) AddPreview(v Preview) {
	at, ok := c.minute(v.Time)
	if !ok {
		return
	}
	app, coded := uint32(c.app(v.App)), uint32(0)
	if v.Code != "" {
		coded = 1
		k := c.code(v.Code, v.Page)
		k.previews = first(append(k.previews, at<<8|app), 2*maxPerCode)
	}
	p := c.page(v.Page)
	p.previews = append(p.previews, at<<8|coded<<7|app)
}

// first keeps the earliest of events, half as many as the limit, once there are as
// many as it says.
func first(events []uint32, limit int) []uint32 {
	if len(events) < limit {
		return events
	}
	slices.Sort(events)
	return events[:limit/2]
}

// sorted brings all into an order of its own, so that what is computed does not
// depend on the order it came in.
func (c *Collector) sorted() []*pageSeen {
	// The numbers of the apps came with the first to be added.
	order := slices.Sorted(slices.Values(c.apps))
	if !slices.Equal(order, c.apps) {
		number := make([]uint32, len(c.apps))
		for i, name := range c.apps {
			at, _ := slices.BinarySearch(order, name)
			number[i] = uint32(at)
		}
		renumber := func(events []uint32) {
			for i, e := range events {
				events[i] = e&^0x7f | number[e&0x7f]
			}
		}
		for _, p := range c.pages {
			renumber(p.previews)
		}
		for _, k := range c.codes {
			k.button = uint8(number[k.button])
			renumber(k.previews)
			renumber(k.arrivals)
		}
		c.apps = order
	}
	for _, k := range c.codes {
		k.arrivals, k.previews = first(k.arrivals, maxPerCode), first(k.previews, maxPerCode)
		slices.Sort(k.arrivals)
		slices.Sort(k.previews)
	}
	pages := make([]*pageSeen, 0, len(c.pages))
	for _, name := range slices.Sorted(maps.Keys(c.pages)) {
		p := c.pages[name]
		slices.Sort(p.nameless)
		slices.Sort(p.previews)
		pages = append(pages, p)
	}
	return pages
}

// daily is how many arrivals of any kind come in a minute, in the mean of half an hour
// around it: one is as many as in the mean of the days.
func (c *Collector) daily() []float64 {
	s := make([]float64, len(c.minutes))
	sum := 0.0
	for i := range s {
		for j := max(0, i-1); j <= min(len(s)-1, i+1); j++ {
			s[i] += float64(c.minutes[j])
		}
		s[i] += 0.5 // nobody came, and somebody may
		sum += s[i]
	}
	for i := range s {
		s[i] *= float64(len(s)) / math.Max(sum, 1)
	}
	return s
}
