package simulate

import (
	"net/url"
	"slices"
	"strings"
)

// kind is what a line that opens a page from outside is.
type kind uint8

const (
	visit  kind = iota // a person opens the page
	reload             // and loads it again
	ahead              // a browser asks for it before anybody clicks
	numKinds
)

var kindNames = [numKinds]string{"visit", "reload", "ahead"}

// tally counts one day. Its size does not depend on how many lines the day has.
type tally struct {
	date  string
	whole bool
	until uint64 // the day's end, in milliseconds since the first midnight

	lines, inside, insideAhead, bots, assets, errors, unreadable int

	arrivals    [][numKinds][2]arrivals // by look, of all ways; the second by browsers that object
	previews    []int                   // by app
	pages       []pageTally
	sent        int
	passedOn    int
	generations []int
}

type arrivals struct {
	lines, opened, coded int
	devices              [len(devices)]int
	countries            []int
}

type pageTally struct {
	kinds                [numKinds]uint32
	objected             uint32    // of visits and reloads
	log, headers, shared [2]uint32 // private, public
	previews             uint32
}

// newTally makes one for so many looks, apps and pages.
func newTally(looks, apps, pages int) *tally {
	t := &tally{arrivals: make([][numKinds][2]arrivals, looks), previews: make([]int, apps), pages: make([]pageTally, pages)}
	counts := make([]int, looks*int(numKinds)*2*len(countries))
	for look := range t.arrivals {
		for kind := range t.arrivals[look] {
			for i := range t.arrivals[look][kind] {
				t.arrivals[look][kind][i].countries, counts = counts[:len(countries)], counts[len(countries):]
			}
		}
	}
	return t
}

// of is where the lines of one look are counted.
func (t *tally) of(e *event, is kind, w *wayState, objects bool) *arrivals {
	a := &t.arrivals[w.first+int(e.look)][is]
	if objects {
		return &a[1]
	}
	return &a[0]
}

// arrive counts a line that looks like a visit.
func (t *tally) arrive(e *event, is kind, w *wayState, device, country int, objects, coded bool) {
	a := t.of(e, is, w, objects)
	a.lines++
	if coded {
		a.coded++
	}
	a.devices[device]++
	a.countries[country]++
	p := &t.pages[e.page]
	p.kinds[is]++
	s := &w.sides[e.look]
	for side := range 2 {
		p.log[side] += s.log[side]
		if !objects {
			p.headers[side] += s.headers[side]
		}
	}
	if objects && is != ahead {
		p.objected++
	}
	if is != visit {
		return
	}
	for side := range 2 {
		p.shared[side] += s.shared[side]
	}
	if s.shared[0] == 1 && ways[e.way].shared != nil {
		for len(t.generations) <= int(e.generation) {
			t.generations = append(t.generations, 0)
		}
		t.generations[e.generation]++
	}
}

// sides say whether a look counts as private, public or neither: 1 or 0.
type sides struct{ log, headers, shared [2]uint32 }

func sidesOf(w *way, log, headers Name) sides {
	return sides{side(log.shared(), log.Visibility), side(headers.shared(), headers.Visibility), side(true, string(w.origin))}
}

func side(shared bool, visibility string) (s [2]uint32) {
	switch {
	case !shared:
	case visibility == string(Private):
		s[0] = 1
	case visibility == string(Public):
		s[1] = 1
	}
	return s
}

// day tells what was counted.
func (t *tally) day(r *run) Day {
	d := Day{
		Date: t.date, Whole: t.whole, Lines: t.lines, Previews: map[string]int{}, Pages: []Page{}, Campaigns: []UTM{}, Arrivals: []Arrival{},
		Inside: t.inside, InsideAhead: t.insideAhead, Bots: t.bots, Assets: t.assets, Errors: t.errors, Unreadable: t.unreadable,
		Direct: Direct{map[string]int{}, map[string]int{}},
		Shared: Generation{t.sent, t.passedOn, append([]int{}, t.generations...)},
	}
	for i, n := range t.previews {
		if n > 0 {
			d.Previews[r.apps[i]] += n
		}
	}
	for i := range ways {
		for look := range ways[i].looks {
			for is := range numKinds {
				for objected := range 2 {
					if a := &t.arrivals[r.ways[i].first+look][is][objected]; a.lines > 0 {
						d.add(&ways[i], &r.ways[i].names[look], is, objected == 1, a, ways[i].looks[look].tag)
					}
				}
			}
		}
	}
	slices.SortFunc(d.Campaigns, func(a, b UTM) int {
		return strings.Compare(a.Source+"\x00"+a.Medium+"\x00"+a.Campaign, b.Source+"\x00"+b.Medium+"\x00"+b.Campaign)
	})
	for i := range t.pages {
		if p := &t.pages[i]; *p != (pageTally{}) {
			d.Pages = append(d.Pages, p.page(r.site.pages[i].name))
		}
	}
	slices.SortFunc(d.Pages, func(a, b Page) int { return strings.Compare(a.Page, b.Page) })
	return d
}

func (d *Day) add(w *way, names *[2]Name, is kind, objected bool, a *arrivals, tag string) {
	row := Arrival{Way: w.name, Origin: w.origin, Is: kindNames[is], Log: names[0], Headers: names[1], Objected: objected, Lines: a.lines, Opened: a.opened, Coded: a.coded,
		Devices: map[string]int{}, Countries: map[string]int{}}
	for i, n := range a.devices {
		if n > 0 {
			row.Devices[devices[i]] = n
		}
	}
	for i, n := range a.countries {
		if n > 0 {
			row.Countries[countries[i]] = n
		}
	}
	d.Arrivals = append(d.Arrivals, row)
	origin := string(w.origin)
	if is == reload {
		origin = kindNames[reload]
	}
	if names[0].Channel == direct {
		d.Direct.Log[origin] += a.lines
	}
	if names[1].Channel == direct && !objected {
		d.Direct.Headers[origin] += a.lines
	}
	d.addCampaign(tag, is, objected, a.lines)
}

func (d *Day) addCampaign(tag string, is kind, objected bool, lines int) {
	values, err := url.ParseQuery(tag)
	if err != nil {
		panic(err) // the tags of ways.go are written wrongly
	}
	u := UTM{Source: values.Get("utm_source"), Medium: values.Get("utm_medium"), Campaign: values.Get("utm_campaign")}
	if u == (UTM{}) {
		return
	}
	i := slices.IndexFunc(d.Campaigns, func(c UTM) bool {
		return c.Source == u.Source && c.Medium == u.Medium && c.Campaign == u.Campaign
	})
	if i < 0 {
		i = len(d.Campaigns)
		d.Campaigns = append(d.Campaigns, u)
	}
	c := &d.Campaigns[i]
	*map[kind]*int{visit: &c.Visits, reload: &c.Reloads, ahead: &c.Ahead}[is] += lines
	if objected && is != ahead {
		c.Objected += lines
	}
}

func (p *pageTally) page(name string) Page {
	of := func(s [2]uint32) Sides { return Sides{int(s[0]), int(s[1])} }
	return Page{
		Page: name, Visits: int(p.kinds[visit]), Reloads: int(p.kinds[reload]), Ahead: int(p.kinds[ahead]), Objected: int(p.objected),
		Log: of(p.log), Headers: of(p.headers), Shared: of(p.shared), Previews: int(p.previews),
	}
}
