package estimate

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
)

// Limits of what a Collector keeps. What comes behind them is counted, and takes
// part in the estimate as pages without previews, or as codes without clicks.
const (
	MaxPages = 200_000
	MaxCodes = 500_000
	MaxApps  = 64
	MaxDays  = 62
	MaxParts = 50 // of the site; smaller ones are one
)

const (
	minutesPerDay = 24 * 60
	restOfPages   = "(other)"
)

// Collector gathers what an estimate is made of: of each arrival four bytes, of
// each preview four, of pages and codes a few counts. The order in which things are
// added does not matter.
type Collector struct {
	from int64
	days int

	pages map[string]*pageSeen
	codes map[string]*codeSeen
	apps  []string // by number; 0 is ""

	// Arrivals without a code: of each kind, by device.
	came    [numCame][numDevices]int
	minutes []uint32 // those, by tens of minutes
	outside int      // what lies outside the days, or in no time at all
}

// pageSeen is what came to a page.
type pageSeen struct {
	nameless []uint32 // minute<<4 | device<<2 | fetch
	labelled []uint32 // minute<<10 | came<<7 | app: named ones, and as Nameless those that have a code and no name
	previews []uint32 // minute<<8 | coded<<7 | app
	named    [numCame]uint32
	coded    uint32 // nameless but for their code
	first    uint32 // the minute in which anybody first asked for it
	name     string
	typable  bool // set once all pages are known, as is its part of the site
	group    string
	feigned  uint64 // a bit for each app of which the previews are not believed: see doubtPreviews
}

// codeSeen is what came of a code.
type codeSeen struct {
	page     string
	arrivals []uint32 // minute<<10 | device<<8 | named<<7 | the app the headers name
	previews []uint32 // minute<<8 | app
}

// maxPerCode bounds what one code can say: somebody may open a link of theirs again
// and again. Links that spread further are told by many codes.
const maxPerCode = 64

// NewCollector gathers the days that begin at a time (Unix seconds), at most MaxDays.
func NewCollector(from int64, days int) *Collector {
	days = max(1, min(days, MaxDays))
	return &Collector{from: from, days: days, pages: map[string]*pageSeen{}, codes: map[string]*codeSeen{}, apps: []string{""}, minutes: make([]uint32, days*minutesPerDay/10)}
}

// minute is the number of a time's minute, and whether it lies in the days.
func (c *Collector) minute(at int64) (uint32, bool) {
	if at < c.from || at >= c.from+int64(c.days)*minutesPerDay*60 {
		c.outside++
		return 0, false
	}
	return uint32((at - c.from) / 60), true
}

// page is what is kept of a page that somebody asked for in a minute.
func (c *Collector) page(name string, at uint32) *pageSeen {
	p := c.pages[name]
	if p == nil {
		if len(c.pages) >= MaxPages && name != restOfPages {
			return c.page(restOfPages, at)
		}
		name = strings.Clone(name)
		p = &pageSeen{first: at, name: name}
		c.pages[name] = p
	}
	p.first = min(p.first, at)
	return p
}

// code is what is kept of a code, which stands in the addresses of one page.
func (c *Collector) code(code, page string) *codeSeen {
	k := c.codes[code]
	switch {
	case k != nil:
		if page < k.page { // somebody has put it elsewhere
			k.page = strings.Clone(page)
		}
	case len(c.codes) >= MaxCodes:
		return &codeSeen{}
	default:
		k = &codeSeen{page: strings.Clone(page)}
		c.codes[strings.Clone(code)] = k
	}
	return k
}

// app numbers an app. The last number stands for all there is no room for.
func (c *Collector) app(name string) uint8 {
	if i := slices.Index(c.apps, name); i >= 0 {
		return uint8(i)
	}
	if len(c.apps) < MaxApps {
		c.apps = append(c.apps, strings.Clone(name))
	}
	return uint8(len(c.apps) - 1)
}

// Add adds an arrival.
func (c *Collector) Add(a Arrival) {
	at, ok := c.minute(a.Time)
	if !ok || a.Came >= numCame || a.Device >= numDevices || a.Fetch >= numFetches {
		return
	}
	p := c.page(a.Page, at)
	if a.Code != "" {
		c.addCoded(&a, at)
		return
	}
	c.minutes[at/10]++
	c.came[a.Came][a.Device]++
	if a.Came == Nameless {
		p.nameless = append(p.nameless, at<<4|uint32(a.Device)<<2|uint32(a.Fetch))
		return
	}
	p.named[a.Came]++
	app := uint8(0)
	if a.Came == FromPrivate {
		app = c.app(a.App)
	}
	p.labelled = append(p.labelled, at<<10|uint32(a.Came)<<7|uint32(app))
}

func (c *Collector) addCoded(a *Arrival, at uint32) {
	k := c.code(a.Code, a.Page)
	named := uint32(0)
	if a.Came != Nameless {
		named = 1
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
	p := c.page(v.Page, at)
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
			renumber(p.labelled)
		}
		for _, k := range c.codes {
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
	c.placeCoded()
	pages := make([]*pageSeen, 0, len(c.pages))
	for _, name := range slices.Sorted(maps.Keys(c.pages)) {
		p := c.pages[name]
		slices.Sort(p.nameless)
		slices.Sort(p.labelled)
		slices.Sort(p.previews)
		p.doubtPreviews()
		pages = append(pages, p)
	}
	c.findTypable()
	c.findParts()
	return pages
}

// placeCoded puts the arrivals by codes, as far as they are kept, to those at their pages
// of which it is known that they were shared.
func (c *Collector) placeCoded() {
	for _, p := range c.pages {
		p.coded = 0
		p.labelled = slices.DeleteFunc(p.labelled, func(e uint32) bool { return Came(e>>7&7) == Nameless })
	}
	for _, k := range c.codes {
		p := c.pages[k.page]
		if p == nil {
			p = c.pages[restOfPages]
		}
		for _, a := range k.arrivals {
			if p != nil && a&0x80 == 0 {
				p.coded++
				p.labelled = append(p.labelled, a>>10<<10)
			}
		}
	}
}

// doubtPreviews finds apps that read a page far more often than anybody opens it. Links
// are sent to be opened: a program is at work.
func (p *pageSeen) doubtPreviews() {
	var reads [MaxApps]int
	p.feigned = 0
	for _, e := range p.previews {
		app := e & 0x7f
		if reads[app]++; reads[app] > 2*(len(p.nameless)+len(p.labelled))+10 {
			p.feigned |= 1 << app
		}
	}
}

// believes reports whether a preview is believed.
func (p *pageSeen) believes(preview uint32) bool { return p.feigned>>(preview&0x7f)&1 == 0 }

// findTypable says which pages are typed, now that all are known.
func (c *Collector) findTypable() {
	n := 0
	for _, p := range c.pages {
		if p.typable = Typable(p.name); p.typable {
			n++
		}
	}
	if n > MaxTypable {
		for _, p := range c.pages {
			p.typable = strings.Trim(p.name, "/") == ""
		}
	}
}

// findParts makes one of all parts of the site but the largest.
func (c *Collector) findParts() {
	size := map[string]int{}
	for _, p := range c.pages {
		p.group = Group(p.name)
		size[p.group] += len(p.nameless)
	}
	if len(size) <= MaxParts {
		return
	}
	parts := slices.SortedFunc(maps.Keys(size), func(a, b string) int { return cmp.Or(size[b]-size[a], strings.Compare(a, b)) })
	kept := map[string]bool{}
	for _, part := range parts[:MaxParts] {
		kept[part] = true
	}
	for _, p := range c.pages {
		if !kept[p.group] {
			p.group = restOfPages
		}
	}
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
