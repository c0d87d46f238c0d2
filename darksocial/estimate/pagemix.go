package estimate

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Deep pages are put into groups by what they are known for: found by search, or
// shared. Groups are made of one half of the named arrivals, and what each class of
// arrival looks like is read off the other half: else a page that search happened to
// bring many to would stand for more search than there is.
const pageGroups = 6

// pageMix is which part of the nameless arrivals at deep pages comes to the pages that
// search finds.
type pageMix struct {
	searched  float64 // part, in the mean of the resamples
	deviation float64
	condition float64 // of the two classes' distributions over the groups

	search, shared [pageGroups]float64 // the distributions, in the mean of the resamples
}

const (
	mixResamples = 60
	mixSteps     = 60
)

// mixPages reckons the mix, and how far off it may be, by resampling the pages.
func mixPages(pages []*pageSeen, dice *dice) pageMix {
	var deep []*pageSeen
	search, shared := 0.0, 0.0
	for _, p := range pages {
		if !p.typable && p.known()+len(p.nameless) > 0 {
			deep = append(deep, p)
			search += float64(p.named[FromSearch])
			shared += float64(p.sharedKnown())
		}
	}
	m := pageMix{searched: 0.5, deviation: 1, condition: math.Inf(1)}
	if search < 20 || shared < 20 {
		return m
	}
	var sum, square, condition float64
	for range mixResamples {
		part, cond := m.resample(deep, search/shared, dice)
		sum += part
		square += part * part
		condition += cond
	}
	m.searched = sum / mixResamples
	m.deviation = math.Sqrt(max(0, square/mixResamples-m.searched*m.searched))
	m.condition = condition / mixResamples
	return m
}

func (p *pageSeen) known() int { return int(p.named[FromSearch]) + p.sharedKnown() }

// sharedKnown is how many arrivals at a page are known to be shared.
func (p *pageSeen) sharedKnown() int {
	return int(p.named[FromPrivate] + p.named[FromMail] + p.named[FromPublic] + p.coded)
}

// halved is a page with its named arrivals dealt out by chance.
type halved struct {
	score          float64
	weight         float64
	search, shared [2]float64
	nameless       float64
}

// resample draws pages and reckons which part of what is nameless search brought.
func (m *pageMix) resample(deep []*pageSeen, odds float64, dice *dice) (searched, condition float64) {
	pages := make([]halved, 0, len(deep))
	for _, p := range deep {
		n := poisson(dice)
		if n == 0 {
			continue
		}
		h := halved{weight: n, search: halve(p.named[FromSearch], dice), shared: halve(uint32(p.sharedKnown()), dice)}
		for _, e := range p.nameless {
			if Fetch(e&3) != FetchCross {
				h.nameless++
			}
		}
		h.score = (h.search[0] + odds/2) / (h.shared[0]*odds + odds/2)
		pages = append(pages, h)
	}
	slices.SortStableFunc(pages, func(a, b halved) int { return cmp.Compare(a.score, b.score) })
	total := 0.0
	for i := range pages {
		total += pages[i].weight * (pages[i].search[0] + odds*pages[i].shared[0])
	}
	var search, shared, nameless [pageGroups]float64
	seen := 0.0
	for i := range pages {
		h := &pages[i]
		g := min(pageGroups-1, int(seen/total*pageGroups))
		seen += h.weight * (h.search[0] + odds*h.shared[0])
		search[g] += h.weight * h.search[1]
		shared[g] += h.weight * h.shared[1]
		nameless[g] += h.weight * h.nameless
	}
	normalise(search[:])
	normalise(shared[:])
	part := 0.3
	for range mixSteps {
		sum, all := 0.0, 0.0
		for g := range nameless {
			s, o := (1-part)*shared[g], part*search[g]
			sum += nameless[g] * o / (s + o)
			all += nameless[g]
		}
		part = (sum + 0.3) / (all + 1)
	}
	for g := range nameless {
		m.search[g] += search[g] / mixResamples
		m.shared[g] += shared[g] / mixResamples
	}
	return part, conditionOf([][]float64{search[:], shared[:]})
}

func normalise(counts []float64) {
	sum := 0.0
	for i := range counts {
		counts[i] += 0.5
		sum += counts[i]
	}
	for i := range counts {
		counts[i] /= sum
	}
}

// halve deals a number of arrivals out to two halves: each by the throw of a coin.
func halve(n uint32, dice *dice) [2]float64 {
	heads := 0
	for left := n; left > 0; {
		coins := min(left, 64)
		heads += bits.OnesCount64(dice.bits() >> (64 - coins))
		left -= coins
	}
	return [2]float64{float64(heads), float64(int(n) - heads)}
}

// poisson is how often a page is drawn when as many are drawn as there are.
func poisson(dice *dice) float64 {
	n, p := 0.0, dice.part()
	for p > math.Exp(-1) {
		n++
		p *= dice.part()
	}
	return n
}

// conditionOf is the condition number of classes' distributions as columns of a
// matrix, each of length one: the larger, the less a mixture of them can be told
// apart. It is the root of the quotient of the largest and the smallest eigenvalue of
// the columns' products (Golub and Van Loan, Matrix Computations, 2.6).
func conditionOf(classes [][]float64) float64 {
	n := len(classes)
	gram := make([][]float64, n)
	for i := range gram {
		gram[i] = make([]float64, n)
		for j := range gram[i] {
			gram[i][j] = dot(classes[i], classes[j]) / math.Sqrt(dot(classes[i], classes[i])*dot(classes[j], classes[j]))
		}
	}
	low, high := math.Inf(1), 0.0
	for _, v := range eigenvalues(gram) {
		low, high = min(low, v), max(high, v)
	}
	if low <= 0 || math.IsNaN(low) {
		return math.Inf(1)
	}
	return math.Sqrt(high / low)
}

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// eigenvalues of a small symmetric matrix, by Jacobi's rotations. The matrix is used up.
func eigenvalues(m [][]float64) []float64 {
	n := len(m)
	for range 30 {
		for p := range n {
			for q := p + 1; q < n; q++ {
				if m[p][q] == 0 {
					continue
				}
				theta := (m[q][q] - m[p][p]) / (2 * m[p][q])
				t := 1 / (math.Abs(theta) + math.Sqrt(theta*theta+1))
				if theta < 0 {
					t = -t
				}
				c := 1 / math.Sqrt(t*t+1)
				s := t * c
				for k := range n {
					m[k][p], m[k][q] = c*m[k][p]-s*m[k][q], s*m[k][p]+c*m[k][q]
				}
				for k := range n {
					m[p][k], m[q][k] = c*m[p][k]-s*m[q][k], s*m[p][k]+c*m[q][k]
				}
			}
		}
	}
	values := make([]float64, n)
	for i := range values {
		values[i] = m[i][i]
	}
	return values
}
