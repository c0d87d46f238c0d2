package estimate

import "math"

// Method says which evidence an estimate uses.
type Method string

const (
	// Both is the mixture, held to what previews triggered: the method to use.
	Both Method = "mixture+triggering"
	// Mixture does not look at previews.
	Mixture Method = "mixture"
	// Triggering reckons from previews alone, and does not ask whether the rest adds up.
	Triggering Method = "triggering"
)

// model holds every number that nobody can count against all that can be counted.
type model struct {
	*known
	method  Method
	beliefs [numUnknowns]belief
}

// point is one possible state of affairs, as spreads off the beliefs' middles.
type point [numUnknowns]float64

func newModel(k *known, method Method) *model {
	m := &model{known: k, method: method, beliefs: usual}
	if k.seesFetch {
		m.beliefs[elsewhere] = elsewhereWithFetch
	}
	m.learn()
	return m
}

// learn narrows what is believed to what the site's own codes say: never to nothing,
// because people who press a button are not those who copy an address.
func (m *model) learn() {
	const buttonsAreOthers = 0.2
	c := m.coded
	if c.codes < 5 {
		return
	}
	odds := func(u unknown, yes, no float64) {
		yes, no = yes+1, no+1
		clusters := math.Min(1, c.codes/(yes+no)) // arrivals by one code are one witness
		spread := math.Sqrt(1/(yes*clusters)+1/(no*clusters)) + buttonsAreOthers
		m.beliefs[u] = combine(m.beliefs[u], belief{yes / (yes + no), spread, part})
	}
	if m.method != Mixture {
		odds(soon, c.quick, c.previewed-c.quick)
		without := c.nameless - c.previewed + 1
		clusters := math.Min(1, c.codes/(c.nameless+2))
		spread := math.Sqrt(1/(without*clusters)+1/((c.previewed+1)*clusters)) + buttonsAreOthers
		m.beliefs[unpreviewed] = combine(m.beliefs[unpreviewed], belief{without / (c.previewed + 1), spread, times})
	}
	odds(namedPart, c.named, c.nameless)
}

// combine weighs two beliefs by how sure they are.
func combine(a, b belief) belief {
	value := func(v belief) float64 {
		if v.scale == part {
			return math.Log(v.middle / (1 - v.middle))
		}
		return math.Log(v.middle)
	}
	wa, wb := 1/(a.spread*a.spread), 1/(b.spread*b.spread)
	middle := (wa*value(a) + wb*value(b)) / (wa + wb)
	c := belief{0, 1 / math.Sqrt(wa+wb), a.scale}
	if c.middle = math.Exp(middle); c.scale == part {
		c.middle = 1 / (1 + math.Exp(-middle))
	}
	return c
}

// account is where the nameless arrivals come from, if a point is the truth.
type account struct {
	previewed, messengers, places, bare float64 // at deep pages, no web page hiding
	typed, search, ai, program          float64 // likewise
	hidden                              float64 // led here by a web page, and shared
	front                               float64 // shared, at pages that people type
	again                               float64
}

func (a *account) shared() float64 { return a.messengers + a.places + a.bare }

// visits is how many arrivals were shared: pages loaded again are none.
func (a *account) visits() float64 { return (a.shared() + a.hidden + a.front) / (1 + a.again) }

func (m *model) account(x *point) account {
	v := func(u unknown) float64 { return m.beliefs[u].at(x[u]) }
	var a account
	a.previewed = v(messages) * (m.deep + 10)
	a.messengers = a.previewed * (1 + v(unpreviewed))
	a.places = v(elsewhere) * a.messengers
	a.bare = v(stripped) * m.coded.nameless
	a.typed = v(typedDeep) * m.front
	a.search = v(leak) * m.search
	a.ai = v(leakAI) * m.ai
	a.program = v(programs) * m.deep
	a.hidden = v(hiddenPart) * m.cross
	a.again = v(again)
	if m.triggeredFront > 0 {
		a.front = math.Min(m.front, m.triggeredFront/v(soon)*(1+v(unpreviewed)))
	}
	return a
}

// logLikelihood is how well a point accounts for what is known, beliefs included, up
// to a constant.
func (m *model) logLikelihood(x *point) float64 {
	sum := 0.0
	for _, z := range x {
		sum -= z * z / 2
	}
	a := m.account(x)
	if m.method != Mixture && m.seesPreview {
		sum += m.fitsPreviews(&a, x)
	}
	if m.method != Triggering {
		sum += m.fitsTotals(&a, x)
	}
	return sum
}

// fitsPreviews holds an account against what was triggered.
func (m *model) fitsPreviews(a *account, x *point) float64 {
	in := m.beliefs[soon].at(x[soon])
	sum := off(m.triggered, in*a.previewed, m.triggeredSD)
	if m.coded.nameless > 0 {
		sum += off(m.triggeredCoded, in*a.bare, 0.3)
	}
	if m.expected > 0 {
		sum += off(m.expected+m.triggeredElsewhere/in, a.previewed, m.expectedSD)
	}
	return sum
}

// How far sums may be off though all is as it is held to be: a page view is not always
// one, and days are not alike.
const (
	deepOff    = 0.04
	desktopOff = 0.03
	mixOff     = 0.05
)

// fitsTotals holds an account against the totals: all that is nameless has to come from
// somewhere, on the devices and at the pages that it came on and to.
func (m *model) fitsTotals(a *account, x *point) float64 {
	all := a.shared() + a.typed + a.search + a.ai + a.program
	sum := off(m.deep, all, deepOff)

	quick := m.desktop.quick
	if m.method == Mixture {
		quick = m.desktop.shared
	}
	desktop := (a.messengers*quick + a.bare*m.desktop.shared + a.places*m.beliefs[elsewhereD].at(x[elsewhereD]) +
		a.typed*m.desktop.front + a.search*m.desktop.search + a.ai*m.desktop.ai + 0.95*a.program) / (all + 1)
	sum += student((m.desktop.deep - desktop) / math.Sqrt(desktopOff*desktopOff+0.25/(m.deep+1)))

	like := m.beliefs[typedLike].at(x[typedLike])
	searched := (a.search + a.ai + (1-like)*a.typed) / (all + 1)
	sum += student((m.mix.searched - searched) / math.Hypot(m.mix.deviation, mixOff))

	named := m.beliefs[namedPart].at(x[namedPart])
	sum += off(m.private, a.messengers*named/(1-named), 0.15)
	return sum
}

// off is the logarithm of how likely a count is where another is expected, up to a
// constant: a spread on the logarithms, and chance.
func off(count, expected, spread float64) float64 {
	z := (math.Log(count+1) - math.Log(expected+1)) / math.Sqrt(spread*spread+1/(expected+1))
	return student(z)
}

// student is the logarithm of Student's t of four degrees of freedom: what is far off
// is believed less and less, instead of dragging all else after it.
func student(z float64) float64 { return -2.5 * math.Log1p(z*z/4) }
