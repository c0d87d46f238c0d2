package estimate

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Interval is a number that was reckoned, and where it lies 19 times of 20.
type Interval struct {
	Estimate float64 `json:"estimate"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
}

// Result is what is said of the nameless arrivals of some days.
type Result struct {
	Direct   int      `json:"direct"` // nameless arrivals, without those with a code
	Shared   Interval `json:"shared"` // of them: came by something that a person shared
	BySource []Source `json:"by_source"`
	Parts    []Part   `json:"parts"`
	Quality  Quality  `json:"quality"`
}

// Source is what is said of one app. "hidden_web" is web pages that hide where they
// are, "unseen" mail and places that draw no previews; links of which the code was
// taken off are "code_lost".
type Source struct {
	Source   string   `json:"source"`
	Shared   Interval `json:"shared"`
	Previews int      `json:"previews"` // without a code
}

// Quality says what an estimate stands on, and why there is none.
type Quality struct {
	Method  Method   `json:"method"`
	Refused bool     `json:"refused"`
	Reasons []string `json:"reasons"` // for refusing, or for an interval that is wider than usual

	// Condition is the condition number of the classes typed, shared and searched over
	// the cells of page and device: at 1 nothing is alike, at 30 nearly all is. 0 is
	// unknown: too few named arrivals.
	Condition float64 `json:"condition"`

	Triggered int `json:"triggered"` // arrivals laid to previews, within two hours
	Previews  int `json:"previews"`
	Codes     int `json:"codes"`   // that brought nameless arrivals, and taught the rest
	Coded     int `json:"coded"`   // nameless arrivals with a code
	Outside   int `json:"outside"` // left out: of no day
}

// Bounds of what is answered.
const (
	fewest  = 60  // nameless arrivals at deep pages
	tooWide = 3.0 // high by low
	similar = 30  // condition number at which classes are taken for alike
)

// Run estimates how many of the nameless arrivals were shared. The same arrivals,
// method and seed give the same result.
func (c *Collector) Run(method Method, seed uint64) Result {
	pages := c.sorted()
	coded := c.coded()
	t := newTriggering(c, pages, coded)
	t.fit()
	k := c.known(pages, t, coded)
	dice := newDice(seed)
	k.mix = mixPages(pages, dice)
	r := Result{Direct: int(k.direct), BySource: []Source{}, Parts: []Part{}, Quality: Quality{Method: method, Reasons: []string{},
		Triggered: int(k.scores.groups[unnamed].sum() + 0.5), Previews: int(k.previews), Codes: int(coded.codes), Coded: int(coded.nameless), Outside: c.outside}}
	if k.deep+k.cross < fewest {
		r.refuse(fmt.Sprintf("%d arrivals without a name at pages that nobody types: too few to say anything of", int(k.deep+k.cross)))
		r.Shared = Interval{Estimate: 0, Low: 0, High: k.direct}
		return r
	}
	m := newModel(k, method)
	points := m.sample(dice)
	accounts := make([]account, len(points))
	for i := range points {
		accounts[i] = m.account(&points[i])
	}
	r.Shared = m.interval(accounts, (*account).visits)
	r.Quality.Condition = k.condition()
	r.judge(m, accounts)
	r.BySource = m.bySource(c, accounts, dice)
	r.Parts = m.parts(c, accounts)
	return r
}

// interval is the middle of what a number may be, and the ends between which it lies in
// 95 of 100 cases. Nothing is more than there is.
func (m *model) interval(accounts []account, of func(*account) float64) Interval {
	values := make([]float64, len(accounts))
	for i := range accounts {
		values[i] = math.Min(of(&accounts[i]), m.direct)
	}
	return middle(values)
}

func middle(values []float64) Interval {
	slices.Sort(values)
	at := func(q float64) float64 { return values[int(q*float64(len(values)-1))] }
	return Interval{at(0.5), at(0.025), at(0.975)}
}

func (r *Result) refuse(reason string) {
	r.Quality.Refused = true
	r.Quality.Reasons = append(r.Quality.Reasons, reason)
}

func (r *Result) widened(reason string) { r.Quality.Reasons = append(r.Quality.Reasons, reason) }

// judge says whether the result can be given, and what makes it wide.
func (r *Result) judge(m *model, accounts []account) {
	if m.previews == 0 && m.private == 0 && m.public == 0 && m.coded.nameless == 0 && m.cross == 0 {
		// Not one sign of a share in all the days: then there is none, or none that can be seen.
		r.Shared.Estimate, r.Shared.Low = 0, 0
		r.widened("no preview, no app's name, no code: nothing shows that anybody shares; what the interval leaves room for is what shows nothing")
		return
	}
	if m.previews == 0 && m.method.looksAtPreviews() {
		r.widened("no previews were seen: how much was shared is reckoned from pages, devices and named apps alone")
	}
	if m.feigned > 0 {
		r.widened(fmt.Sprintf("%d previews of pages that hardly anybody opened are left out: a program reads as an app does", m.feigned))
	}
	if c := r.Quality.Condition; c == 0 || c > similar {
		r.widened("the pages that search finds are those that are shared: what search hides cannot be told from shares")
	}
	if programs := m.interval(accounts, func(a *account) float64 { return a.program }); programs.High > 0.3*m.deep {
		r.widened("more comes on desktops than is typed, searched and sent: it may be mail, or programs that pose as browsers")
	}
	if r.Shared.Low <= 0 || r.Shared.High/r.Shared.Low > tooWide {
		r.refuse("the evidence leaves more room than an estimate can use")
	}
}

// condition is that of the three large classes over groups of pages and devices.
func (k *known) condition() float64 {
	if math.IsInf(k.mix.condition, 0) {
		return 0
	}
	spread := func(front float64, deep [pageGroups]float64, desktop float64) []float64 {
		cells := []float64{front * desktop, front * (1 - desktop)}
		for _, d := range deep {
			cells = append(cells, (1-front)*d*desktop, (1-front)*d*(1-desktop))
		}
		return cells
	}
	return conditionOf([][]float64{
		spread(1/(1+usual[typedDeep].middle), k.mix.shared, k.desktop.front),
		spread(0, k.mix.shared, k.desktop.quick),
		spread(0, k.mix.search, k.desktop.search),
	})
}

// bySource divides what was shared among the apps, as previews triggered it.
func (m *model) bySource(c *Collector, accounts []account, dice *dice) []Source {
	sources := []Source{}
	add := func(name string, previews int, of func(*account) float64) {
		if s := m.interval(accounts, of); s.High >= 0.5 {
			sources = append(sources, Source{name, s, previews})
		}
	}
	triggered := m.scores.groups[unnamed].sum()
	previews := make([]int, len(c.apps))
	for _, p := range c.pages {
		for _, e := range p.previews {
			if e&0x80 == 0 {
				previews[e&0x7f]++
			}
		}
	}
	hidden := 0.0
	for app, name := range c.apps {
		n, behind := m.scores.byApp[app], m.scores.hiding[app]
		if n+behind <= 0 || !m.method.looksAtPreviews() {
			continue
		}
		hidden += behind
		spread := math.Sqrt(2/(n+behind+1) + 0.15*0.15) // one app's arrivals are taken for another's
		add(name, previews[app], func(a *account) float64 {
			own := a.messengers*n/math.Max(triggered, 1) + a.hidden*behind/math.Max(m.cross, 1)
			return own * math.Exp(spread*dice.normal()) / (1 + a.again)
		})
	}
	if triggered <= 0 || !m.method.looksAtPreviews() {
		add("messengers", 0, func(a *account) float64 { return a.messengers / (1 + a.again) })
	}
	add("hidden_web", 0, func(a *account) float64 { return a.hidden * math.Max(0, 1-hidden/math.Max(m.cross, 1)) / (1 + a.again) })
	add("unseen", 0, func(a *account) float64 { return a.places / (1 + a.again) })
	add("code_lost", 0, func(a *account) float64 { return a.bare / (1 + a.again) })
	slices.SortStableFunc(sources, func(a, b Source) int { return cmp.Compare(b.Shared.Estimate, a.Shared.Estimate) })
	return sources
}
