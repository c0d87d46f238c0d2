package estimate

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// foreign is a site that has nothing to do with those of package simulate: other delays,
// other pages, no ageing, no gusts. What can be seen of it is drawn anew for each seed.
type foreign struct {
	dice    *rand.Rand
	into    *Collector
	pages   []string
	shared  []float64 // running sums of how likely each page is
	found   []float64
	headers bool
	days    float64
	large   bool // what was added is not kept

	seen []func(*Collector) // all that was added, and when
	at   []int64

	direct, dark int
	byApp        map[string]int
}

func (f *foreign) between(low, high float64) float64 { return low + (high-low)*f.dice.Float64() }

// logBetween is as likely to double as to halve.
func (f *foreign) logBetween(low, high float64) float64 {
	return math.Exp(f.between(math.Log(low), math.Log(high)))
}

func newForeign(seed uint64, days, pages int) *foreign {
	f := &foreign{dice: rand.New(rand.NewPCG(seed, 99)), into: NewCollector(0, days), days: float64(days), byApp: map[string]int{}}
	f.headers = f.dice.IntN(2) == 0
	n := int(f.logBetween(40, 800))
	if pages > 0 {
		n = pages
	}
	alike := f.dice.Float64()
	var sums [2]float64
	for i := range n {
		f.pages = append(f.pages, fmt.Sprintf("/%s/%d", []string{"news", "guides", "shop"}[i%3], i))
		a, b := f.dice.NormFloat64(), f.dice.NormFloat64()
		sums[0] += math.Exp(1.2 * a)
		sums[1] += math.Exp(1.2 * (alike*a + math.Sqrt(1-alike*alike)*b))
		f.shared, f.found = append(f.shared, sums[0]), append(f.found, sums[1])
	}
	return f
}

func (f *foreign) page(sums []float64) string {
	at := f.dice.Float64() * sums[len(sums)-1]
	i, _ := slices.BinarySearch(sums, at)
	return f.pages[min(i, len(sums)-1)]
}

// time draws one by the hour: people sleep.
func (f *foreign) time() float64 {
	for {
		at := f.dice.Float64() * f.days * 86400
		if f.dice.Float64() < 0.55-0.45*math.Cos(2*math.Pi*(at/86400-0.15)) {
			return at
		}
	}
}

func (f *foreign) poisson(mean float64) int {
	return max(0, int(mean+math.Sqrt(mean)*f.dice.NormFloat64()+0.5))
}

func (f *foreign) add(at float64, what func(*Collector)) {
	what(f.into)
	if !f.large {
		f.seen, f.at = append(f.seen, what), append(f.at, int64(at))
	}
}

func (f *foreign) arrive(at float64, page string, came Came, mobile float64, hides, shared bool, app, code string) {
	if at >= f.days*86400 {
		return
	}
	a := Arrival{Time: int64(at), Page: page, Came: came, App: app, Code: code, Device: Desktop}
	if f.dice.Float64() < mobile {
		a.Device = Mobile
	}
	if f.headers && came == Nameless {
		if a.Fetch = FetchNone; hides {
			a.Fetch = FetchCross
		}
	}
	f.add(at, func(c *Collector) { c.Add(a) })
	if came == Nameless && code == "" {
		f.direct++
		if shared {
			f.dark++
			f.byApp[app]++
		}
	}
}

// live lets the days happen. size is how many come by typing and by search.
func (f *foreign) live(size float64) {
	typed := size * f.between(0.2, 0.7)
	deepTyped, typedMobile := f.logBetween(0.08, 0.8), f.between(0.35, 0.7)
	for range f.poisson(typed) {
		f.arrive(f.time(), "/", Nameless, typedMobile, false, false, "", "")
		if f.dice.Float64() < deepTyped {
			f.arrive(f.time(), f.page(f.shared), Nameless, typedMobile, false, false, "", "")
		}
	}
	leaks, searchMobile := f.logBetween(0.02, 0.5), f.between(0.4, 0.75)
	for range f.poisson(size - typed) {
		f.arrive(f.time(), f.page(f.found), FromSearch, searchMobile, false, false, "google", "")
		if f.dice.Float64() < leaks {
			f.arrive(f.time(), f.page(f.found), Nameless, searchMobile, false, false, "", "")
		}
	}
	for range f.poisson(size * f.between(0, 0.04)) {
		f.arrive(f.time(), f.page(f.found), FromAI, 0.4, false, false, "chatgpt", "")
		if f.dice.Float64() < 0.5 {
			f.arrive(f.time(), f.page(f.found), Nameless, 0.6, false, false, "", "")
		}
	}
	for range f.poisson(size * f.between(0.02, 0.15)) {
		f.arrive(f.time(), f.page(f.shared), FromElsewhere, 0.6, false, false, "", "")
	}
	for range f.poisson(size * f.between(0.02, 0.15)) {
		f.arrive(f.time(), f.page(f.shared), FromPublic, 0.8, false, true, "facebook", "")
	}
	for range f.poisson(size * f.between(0, 0.01)) {
		f.arrive(f.time(), f.page(f.shared), Nameless, 0.05, false, false, "", "")
	}
	dark := size * f.logBetween(0.05, 0.8)
	for range f.poisson(dark * f.between(0.02, 0.35)) { // mail, intranets
		f.arrive(f.time(), f.page(f.shared), Nameless, 0.2, f.dice.Float64() < 0.7, true, "mail", "")
	}
	f.share(dark)
}

// share sends links until they have brought so many.
func (f *foreign) share(dark float64) {
	clicks, delay, spread := f.logBetween(1, 8), f.logBetween(2*60, 40*60), f.between(1, 2)
	previews, mobile := f.between(0.55, 1), f.between(0.7, 0.97)
	coded := 0.0
	if f.dice.IntN(2) == 0 {
		coded = f.between(0, 0.6)
	}
	apps := []string{"whatsapp", "signal", "imessage", "telegram"}
	weights, named := []float64{f.between(1, 4), f.between(0, 1), f.between(0, 1.5), f.between(0, 1)}, []float64{f.between(0.08, 0.5), 0, 0, f.between(0.2, 0.6)}
	if f.dice.IntN(4) == 0 { // on some sites no app names itself
		clear(named)
	}
	read := map[string]float64{}
	for n := 0; n < int(dark); {
		pick := f.dice.Float64() * (weights[0] + weights[1] + weights[2] + weights[3])
		app := 0
		for pick > weights[app] {
			pick -= weights[app]
			app++
		}
		at, page, code := f.time(), f.page(f.shared), ""
		if f.dice.Float64() < coded {
			code = fmt.Sprint("code", n)
		}
		cached := app == 3 && at < read[page]
		if f.dice.Float64() < previews && !cached {
			preview := Preview{Time: int64(at), Page: page, App: apps[app], Code: code}
			f.add(at, func(c *Collector) { c.AddPreview(preview) })
			if app == 3 {
				read[page] = at + 3600
			}
		}
		for more := true; more; more = f.dice.Float64() > 1/clicks {
			n++
			came := Nameless
			if f.dice.Float64() < named[app] {
				came = FromPrivate
			}
			f.arrive(at+delay*math.Exp(spread*f.dice.NormFloat64()), page, came, mobile, false, true, apps[app], code)
		}
	}
}

var foreignSites = flag.Int("foreign", 16, "how many foreign sites are estimated")

// TestForeignSites: the interval holds for sites that are nothing like those of package
// simulate, and the estimate is far better than either rule.
func TestForeignSites(t *testing.T) {
	covered, answered, widths := 0, 0, 0.0
	off, rule, none := 0.0, 0.0, 0.0
	for seed := range uint64(*foreignSites) {
		f := newForeign(seed, 7, 0)
		f.live(f.logBetween(300, 20_000))
		r := f.into.Run(Both, seed)
		requireSound(t, r)
		if r.Quality.Refused {
			continue
		}
		answered++
		if covers(r.Shared, f.dark) {
			covered++
		} else {
			t.Logf("site %d: %+v, and %d of %d are", seed, r.Shared, f.dark, f.direct)
		}
		direct, dark := float64(f.direct), float64(f.dark)
		off += math.Abs(r.Shared.Estimate-dark) / direct
		rule += math.Abs(float64(f.into.ByLandingPage())-dark) / direct
		none += dark / direct
		widths += (r.Shared.High - r.Shared.Low) / r.Shared.Estimate
	}
	n := float64(answered)
	t.Logf("%d of %d answered, %d covered; mean width %.2f; off by %.3f of direct, the rule of the landing page by %.3f, none by %.3f", answered, *foreignSites, covered, widths/n, off/n,
		rule/n, none/n)
	assert.GreaterOrEqual(t, float64(covered), 0.9*n)
	assert.GreaterOrEqual(t, n, 0.75*float64(*foreignSites))
	assert.Less(t, off, min(rule, none)/2)
}
