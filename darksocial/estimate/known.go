package estimate

import "math"

// known is all that the days say, in a few numbers. The model has to account for them.
type known struct {
	direct      float64
	front       float64 // nameless, at pages that people type; no web page hid behind them
	deep        float64 // nameless, elsewhere; no web page hid behind them
	cross       float64 // nameless, led here by a web page that hides its address
	seesFetch   bool    // whether such can be told
	seesPreview bool

	search, ai, private, public float64 // named arrivals without a code; private ones of apps that draw previews

	desktop struct{ deep, front, search, ai, quick, shared float64 } // parts

	previews       float64 // without a code
	triggered      float64 // of deep
	triggeredSD    float64 // as a part of it
	triggeredFront float64
	triggeredCoded float64 // by previews of coded links, and without their code
	byApp          []float64
	byAppCross     []float64

	mix   pageMix
	coded *codedSeen

	// What the previews without a code should have brought, going by those with one:
	// of apps in which the sender's device reads the page. Of others what was triggered.
	expected, expectedSD, triggeredElsewhere float64
}

func (c *Collector) known(pages []*pageSeen, t *triggering, coded *codedSeen) *known {
	k := &known{coded: coded, byApp: make([]float64, len(c.apps)), byAppCross: make([]float64, len(c.apps))}
	var deepDesktop, frontDesktop float64
	previews := make([]float64, len(c.apps))
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
			k.seesPreview = true
			if e&0x80 == 0 {
				k.previews++
				if !p.typable {
					previews[e&0x7f]++
				}
			}
		}
	}
	part := func(n, of, usual float64) float64 { return (n + 4*usual) / (of + 4) }
	of := func(came Came) (all, desktop float64) {
		for d, n := range c.came[came] {
			all += float64(n)
			if Device(d) == Desktop {
				desktop = float64(n)
			}
		}
		return all, desktop
	}
	k.desktop.deep, k.desktop.front = part(deepDesktop, k.deep, 0.4), part(frontDesktop, k.front, 0.4)
	all, desktop := of(FromSearch)
	k.search, k.desktop.search = all, part(desktop, all, 0.4)
	all, desktop = of(FromAI)
	k.ai, k.desktop.ai = all, part(desktop, all, 0.4)
	k.public, _ = of(FromPublic)
	for app, n := range c.private {
		for i, name := range c.apps {
			if name == app && (previews[i] > 0 || coded.perPreview[uint8(i)] != nil) {
				k.private += float64(n)
			}
		}
	}
	k.desktop.shared = part(coded.device[Desktop], coded.nameless, 0.2)
	k.trigger(c, t)
	k.expect(c, previews)
	return k
}

// trigger takes over what previews brought.
func (k *known) trigger(c *Collector, t *triggering) {
	desktop := 0.0
	k.triggeredFront = t.front
	for app, fetches := range t.triggered {
		for fetch, devices := range fetches {
			for device, n := range devices {
				switch {
				case Fetch(fetch) == FetchCross:
					k.byAppCross[app%len(c.apps)] += n
					continue
				case app >= len(c.apps):
					k.triggeredCoded += n
					continue
				}
				k.triggered += n
				k.byApp[app] += n
				if Device(device) == Desktop {
					desktop += n
				}
			}
		}
	}
	k.triggeredSD = deviation(k.triggered, t.variance)
	k.desktop.quick = (desktop + 4*0.2) / (k.triggered + 4)
}

// expect reckons what codes say that previews bring.
func (k *known) expect(c *Collector, previews []float64) {
	variance := 0.0
	var pooled ratio
	for app, r := range k.coded.perPreview {
		if readBySenders[c.apps[app]] {
			pooled.n, pooled.d = pooled.n+r.n, pooled.d+r.d
		}
	}
	for app, n := range previews {
		r := k.coded.perPreview[uint8(app)]
		switch {
		case !readBySenders[c.apps[app]]:
			k.triggeredElsewhere += k.byApp[app]
		case n > 0 && pooled.d >= 10:
			// An app with few codes is taken for one of them.
			mine := ratio{}
			if r != nil {
				mine = *r
			}
			usual := pooled.n / pooled.d
			mine.add(3*usual, 3)
			q, v := mine.value()
			v += q * q / (mine.d + 1) / 4
			k.expected += n * q
			variance += n * n * v
		}
	}
	if k.expected > 0 {
		k.expectedSD = math.Sqrt(variance)/k.expected + 0.12
	}
}
