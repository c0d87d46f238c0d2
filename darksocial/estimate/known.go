package estimate

import "math"

// known is all that the days say, in a few numbers. The model has to account for them.
type known struct {
	direct    float64
	front     float64 // nameless, at pages that people type; no web page hid behind them
	deep      float64 // nameless, elsewhere; no web page hid behind them
	cross     float64 // nameless, led here by a web page that hides its address
	seesFetch bool    // whether such can be told

	search, ai, private, public float64 // named arrivals without a code

	desktop struct{ deep, front, search, ai, quick, shared float64 } // parts

	previews float64 // without a code
	feigned  int     // left out of them
	scores   *scores
	mix      pageMix
	coded    *codedSeen

	// What links without a code should have brought, going by the previews of those with
	// one, in apps in which the sender's device reads the page.
	expected, expectedSD float64
}

func (c *Collector) known(pages []*pageSeen, t *triggering, coded *codedSeen) *known {
	k := &known{coded: coded}
	var deepDesktop, frontDesktop, bySenders float64
	draws := make([]bool, len(c.apps))
	for _, p := range pages {
		for _, e := range p.nameless {
			desktop := 0.0
			if Device(e>>2&3) == Desktop {
				desktop = 1
			}
			k.direct++
			if Fetch(e&3) != FetchUnknown {
				k.seesFetch = true
			}
			switch {
			case Fetch(e&3) == FetchCross:
				k.cross++
			case p.typable:
				k.front++
				frontDesktop += desktop
			default:
				k.deep++
				deepDesktop += desktop
			}
		}
		for _, e := range p.previews {
			if !p.believes(e) {
				k.feigned++
				continue
			}
			draws[e&0x7f] = true
			if e&0x80 == 0 {
				k.previews++
				if readBySenders[c.apps[e&0x7f]] && !p.typable {
					bySenders++
				}
			}
		}
	}
	k.scores = t.score(c, pages, draws)
	part := func(n, of, usual float64) float64 { return (n + 4*usual) / (of + 4) }
	of := func(came Came) (all, desktop float64) {
		for _, n := range c.came[came] {
			all += float64(n)
		}
		return all, float64(c.came[came][Desktop])
	}
	k.desktop.deep, k.desktop.front = part(deepDesktop, k.deep, 0.4), part(frontDesktop, k.front, 0.4)
	all, desktop := of(FromSearch)
	k.search, k.desktop.search = all, part(desktop, all, 0.4)
	all, desktop = of(FromAI)
	k.ai, k.desktop.ai = all, part(desktop, all, 0.4)
	k.public, _ = of(FromPublic)
	k.private, _ = of(FromPrivate)
	k.desktop.shared = part(coded.device[Desktop], coded.nameless, 0.2)
	k.desktop.quick = part(k.scores.device[Desktop], k.scores.groups[unnamed].sum(), 0.2)
	if r := coded.perPreview; r.d >= 10 && bySenders > 0 {
		each, variance := r.value()
		k.expected = bySenders * each
		k.expectedSD = math.Sqrt(variance)/each + 1/math.Sqrt(bySenders) + 0.12
	}
	return k
}
