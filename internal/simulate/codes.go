package simulate

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"darksocial/darksocial"
	"darksocial/darksocial/share"
)

// codes are what links carry in a run. Their dice are their own: with codes all else
// happens as without, and some addresses are longer.
type codes struct {
	dice    dice
	links   []link      // the first is that of all links without a code
	foreign *share.Keys // of another site
	taken   map[share.Code]bool

	lost, forged Came
}

// link is an address that carries a code.
type link struct {
	query string // "ds=8ZkPq4vR2Ts"
	made  *made  // nil if nobody shared it: the code is made up
}

// made is a share that was made with a button.
type made struct {
	Recommendation
	item   share.Item
	parent uint32 // a number of codes.links; 0 if there is none
}

// checkCodes finds what is wrong with what is said of codes.
func (c *Config) checkCodes() error {
	for _, share := range []struct {
		name string
		n    uint32
	}{{"Coded", c.Coded}, {"Stripped", c.Stripped}, {"Forged", c.Forged}} {
		switch {
		case share.n > 1000:
			return fmt.Errorf("simulate: %s is %d: it is of a thousand", share.name, share.n)
		case share.n > 0 && c.Keys == nil:
			return fmt.Errorf("simulate: %s is %d, and there are no Keys to make codes with", share.name, share.n)
		}
	}
	return nil
}

func newCodes(c *Config) codes {
	foreign, err := share.NewKeys("neighbour.example", []byte("the key of another site"))
	if err != nil {
		panic(err) // the key above is too short
	}
	// Bit 40 is set in no seed of the other dice: dates stay below it, worlds above.
	return codes{links: make([]link, 1), foreign: foreign, taken: map[share.Code]bool{},
		dice: dice{rand.NewPCG(c.Seed, uint64(c.Date.Unix())^c.World.dice<<48^1<<40)}}
}

// randomBytes reads bytes off dice.
type randomBytes dice

func (d randomBytes) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(d.pcg.Uint64() >> 56)
	}
	return len(b), nil
}

// sendCode draws whether a link that is sent carries a code of its own. A message that
// is forwarded has the code it came with, if any, and so has an address that is copied
// out of a browser: see passCode.
func (r *run) sendCode(e *event) {
	origin := ways[e.way].origin
	if e.forwarded || origin != Private && origin != Public || !r.codes.dice.perMille(r.config.Coded) {
		return
	}
	code, err := r.codes.fresh(r.config.Keys)
	if r.fail(err) {
		return
	}
	p := &r.site.pages[e.page]
	at := r.log.time(e.at)
	m := &made{item: share.Item{Grade: share.PerShare, Button: r.codes.button(ways[e.way].name), Page: p.stem.sent, Made: at.Unix()}}
	m.Recommendation = Recommendation{Code: code, Root: code, Button: m.item.Button, Page: p.name, Made: at,
		Previews: map[string]int{}, Days: map[string]Came{}, LocalDays: map[string]Came{}}
	if e.link > 0 {
		parent := r.codes.links[e.link].made
		m.item = m.item.Child(code, parent.Code, &parent.item, share.Session)
		if m.item.Generation > 0 { // else the chain was too long, and this is a first one again
			m.parent, m.Root, m.Parent, m.Generation = e.link, m.item.Root, parent.Code, m.item.Generation
			parent.Children++
		}
	}
	e.link = r.codes.add(code, m)
	if r.config.Shared != nil {
		kept := m.item
		r.fail(r.config.Shared(code, &kept))
	}
}

// fresh makes a code that the log does not have yet.
func (c *codes) fresh(keys *share.Keys) (share.Code, error) {
	for {
		code, err := keys.New(randomBytes(c.dice))
		if err != nil || !c.taken[code] {
			return code, err
		}
	}
}

func (c *codes) add(code share.Code, m *made) (number uint32) {
	c.taken[code] = true
	c.links = append(c.links, link{darksocial.DefaultCodeParameter + "=" + string(code), m})
	return uint32(len(c.links) - 1)
}

// button is which one was pressed. An app that has none gets its links from the
// clipboard or from the system's sheet: as often the one as the other, chosen.
func (c *codes) button(way string) string {
	switch {
	case slices.Contains(share.Buttons, way):
		return way
	case c.dice.perMille(500):
		return "copy"
	}
	return "system"
}

// openWith draws what a visitor's address carries: the code of the link, nothing more
// because something has taken it off, or a code that somebody made up.
func (r *run) openWith(e *event) {
	if e.link > 0 {
		e.bare = r.codes.dice.perMille(r.config.Stripped)
		return
	}
	if ways[e.way].origin != Program && r.codes.dice.perMille(r.config.Forged) {
		code, err := r.codes.forge(r.config.Keys)
		if !r.fail(err) {
			e.link = r.codes.add(code, nil)
		}
	}
}

// forge makes up a code that looks like one and is none of the site's: half are
// another site's, half have a wrong last letter.
func (c *codes) forge(keys *share.Keys) (share.Code, error) {
	for {
		from, spoil := keys, c.dice.perMille(500)
		if !spoil {
			from = c.foreign
		}
		code, err := c.fresh(from)
		if err != nil {
			return "", err
		}
		if spoil {
			code = spoiled(code)
		}
		if !keys.Ours(string(code)) { // one in 16 million is
			return code, nil
		}
	}
}

// spoiled changes the last letter. Of a number in base58 it is the last digit, so the
// tag becomes another one, and almost always nothing else.
func spoiled(code share.Code) share.Code {
	last := byte('2')
	if code[share.Length-1] == last {
		last = '3'
	}
	return code[:share.Length-1] + share.Code(last)
}

// carried is what the address says of codes by which a visit began.
func (r *run) carried(e *event) string {
	if e.bare {
		return ""
	}
	return r.codes.links[e.link].query
}

// passCode says which link somebody has who passes it on, before they press a button
// for one of their own. A message that is forwarded is the one that came. Whatever else
// they do begins with the address they opened, and a made-up code is nobody's parent.
func (r *run) passCode(e *event) {
	if e.bare && !e.forwarded || r.codes.links[e.link].made == nil {
		e.link = 0
	}
	e.bare = false
}

// countCode counts a line that looks like a visit, by its code. What is fetched ahead
// is none.
func (r *run) countCode(e *event, is kind) {
	if e.link == 0 || is == ahead {
		return
	}
	objects := e.who.objects()
	m := r.codes.links[e.link].made
	switch {
	case m == nil:
		r.codes.forged.add(is, objects)
		return
	case e.bare:
		r.codes.lost.add(is, objects)
		return
	}
	m.Arrivals.add(is, objects)
	if m.Opened.IsZero() && !objects {
		m.Opened = r.log.time(e.at)
	}
	for i, days := range []map[string]Came{m.Days, m.LocalDays}[:len(r.tallies)] {
		came := days[r.tallies[i].date]
		came.add(is, objects)
		days[r.tallies[i].date] = came
	}
}

func (r *run) countPreview(e *event) {
	if m := r.codes.links[e.link].made; m != nil {
		m.Previews[r.apps[r.ways[e.way].app]]++
	}
}

// endCodes tells what came of the codes. A share was made after the one it came of.
func (r *run) endCodes() {
	links := r.codes.links
	for i := len(links) - 1; i > 0; i-- {
		m := links[i].made
		if m == nil {
			continue
		}
		m.Reach = m.Reach.plus(m.Arrivals)
		if m.parent > 0 {
			of := links[m.parent].made
			of.Reach = of.Reach.plus(m.Reach)
		}
		r.truth.Recommendations = append(r.truth.Recommendations, m.Recommendation)
	}
	slices.SortFunc(r.truth.Recommendations, func(a, b Recommendation) int { return cmp.Compare(a.Code, b.Code) })
	r.truth.Lost, r.truth.Forged = r.codes.lost, r.codes.forged
}
