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

// looksAtPreviews reports whether a method does.
func (m Method) looksAtPreviews() bool { return m != Mixture }

// model holds every number that nobody can count against all that can be counted.
type model struct {
	*known
	method  Method
	beliefs [numUnknowns]belief

	finds, links float64 // laid to previews by mistake: see byMistake
}

// point is one possible state of affairs, as spreads off the beliefs' middles.
type point [numUnknowns]float64

func newModel(k *known, method Method) *model {
	m := &model{known: k, method: method, beliefs: usual}
	if k.seesFetch {
		m.beliefs[elsewhere] = elsewhereWithFetch
	}
	m.learn()
	m.finds, m.links = m.byMistake()
	return m
}

// learn narrows what is believed to what the site's own known shares say: never to
// nothing, because people who press a button, or whose app names itself, are not the
// others.
func (m *model) learn() {
	const othersAre, fewestPages = 0.15, 8 // what one page or one code says may be anybody's doing
	shared := [...]group{codedOnes, inApps}
	if m.method.looksAtPreviews() && m.previews > 0 {
		for _, g := range shared {
			if c := &m.scores.groups[g]; c.n() >= 20 && c.known >= fewestPages {
				laidPart, sd := c.mean()
				laidPart = math.Min(math.Max(laidPart, 0.02), 0.98)
				m.beliefs[laid] = combine(m.beliefs[laid], belief{laidPart, sd/laidPart/(1-laidPart) + othersAre, byOdds})
			}
		}
	}
	if c := m.coded; c.codes >= fewestPages {
		yes, no := c.named+1, c.nameless+1
		clusters := math.Min(1, c.codes/(yes+no)) // arrivals by one code are one witness
		m.beliefs[namedPart] = combine(m.beliefs[namedPart], belief{yes / (yes + no), math.Sqrt(1/(yes*clusters)+1/(no*clusters)) + othersAre, byOdds})
	}
}

// combine weighs two beliefs by how sure they are.
func combine(a, b belief) belief {
	value := func(v belief) float64 {
		if v.scale == byOdds {
			return math.Log(v.middle / (1 - v.middle))
		}
		return math.Log(v.middle)
	}
	wa, wb := 1/(a.spread*a.spread), 1/(b.spread*b.spread)
	middle := (wa*value(a) + wb*value(b)) / (wa + wb)
	c := belief{0, 1 / math.Sqrt(wa+wb), a.scale}
	if c.middle = math.Exp(middle); c.scale == byOdds {
		c.middle = 1 / (1 + math.Exp(-middle))
	}
	return c
}

// account is where the nameless arrivals come from, if a point is the truth.
type account struct {
	messengers, places, bare   float64 // at deep pages, no web page hiding
	typed, search, ai, program float64 // likewise
	hidden                     float64 // led here by a web page, and shared
	again                      float64
}

func (a *account) shared() float64 { return a.messengers + a.places + a.bare }

// visits is how many arrivals were shared: pages loaded again are none.
func (a *account) visits() float64 { return (a.shared() + a.hidden) / (1 + a.again) }

func (m *model) account(x *point) account {
	v := func(u unknown) float64 { return m.beliefs[u].at(x[u]) }
	var a account
	a.messengers = v(messages) * (m.deep + 10)
	a.places = v(elsewhere) * (a.messengers + m.coded.nameless) // where no button is, there are no codes
	a.bare = v(stripped) * m.coded.nameless
	a.typed = v(typedDeep) * m.front
	a.search = v(leak) * m.search
	a.ai = v(leakAI) * m.ai
	a.program = v(programs) * m.deep
	a.hidden = v(hiddenPart) * m.cross
	a.again = v(again)
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
	if m.method.looksAtPreviews() && m.previews > 0 {
		sum += m.fitsPreviews(&a, x)
	}
	if m.method != Triggering {
		sum += m.fitsTotals(&a, x)
	}
	return sum
}

// fitsPreviews holds an account against what was laid to previews: of shares as many as
// of the known ones, of others as many as of those that are known to be none. This is
// counting with a judge whose errors are known (Forman 2008), and the judge is the fit.
func (m *model) fitsPreviews(a *account, x *point) float64 {
	in := m.beliefs[laid].at(x[laid])
	like := m.beliefs[typedLike].at(x[typedLike])
	expected := in*(a.messengers+a.bare) + m.finds*(a.search+a.ai+(1-like)*a.typed) + m.links*(like*a.typed+a.places+a.program)
	sum := off(m.scores.groups[unnamed].sum(), expected, 0.05)
	if m.expected > 0 {
		sum += off(m.expected, a.messengers, m.expectedSD)
	}
	return sum
}

// byMistake is which part of what is found by search, and of what comes at pages that
// are shared as well, is laid to previews though it was not shared.
func (m *model) byMistake() (finds, links float64) {
	finds, sd := m.scores.groups[fromFinds].mean()
	links, sdLinks := m.scores.groups[fromLinks].mean()
	if m.scores.groups[fromFinds].n() == 0 {
		finds, sd = 0.1, 0.1
	}
	usual := 1.3 * finds // pages that are shared are read at the same times
	w, wLinks := 1/(sd*sd+0.05*0.05), 1/(sdLinks*sdLinks+0.0001)
	return finds, (w*usual + wLinks*links) / (w + wLinks)
}

// How far sums may be off though all is as it is held to be: a page view is not always
// one, and days are not alike.
const (
	deepOff    = 0.035
	desktopOff = 0.03
	mixOff     = 0.05

	// Where hardly any app names itself, though previews show that apps are used, that says
	// more of the apps, or of the log, than of how much is shared.
	fewNamed = 10
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

	if m.private >= fewNamed || m.previews == 0 {
		named := m.beliefs[namedPart].at(x[namedPart])
		sum += off(m.private, a.messengers*named/(1-named), 0.15)
	}
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
func student(z float64) float64 { return -4.5 * math.Log1p(z*z/8) }
