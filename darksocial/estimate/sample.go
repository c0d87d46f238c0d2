package estimate

import (
	"cmp"
	"math"
	"slices"
)

const (
	walkers = 64
	burnIn  = 800
	steps   = 1600
	every   = 8
	starts  = 60 // for each walker
)

// sample draws points as likely as they are: an ensemble of walkers, each of which steps
// along the line to another one (Goodman and Weare, Ensemble samplers with affine
// invariance, 2010). It needs no tuning, whatever the shape of what is sampled.
func (m *model) sample(dice *dice) []point {
	walk, level := m.start(dice)
	points := make([]point, 0, walkers*steps/every)
	for step := range burnIn + steps {
		for i := range walk {
			j := dice.below(walkers / 2)
			if i < walkers/2 { // the other half stands still meanwhile
				j += walkers / 2
			}
			stretch := dice.part() + 1
			stretch *= stretch / 2 // density 1/√z between ½ and 2
			var next point
			for u := range next {
				next[u] = walk[j][u] + stretch*(walk[i][u]-walk[j][u])
			}
			l := m.logLikelihood(&next)
			if math.Log(dice.part()) < float64(numUnknowns-1)*math.Log(stretch)+l-level[i] {
				walk[i], level[i] = next, l
			}
		}
		if step >= burnIn && step%every == 0 {
			points = append(points, walk...)
		}
	}
	return points
}

// start draws many points of what is believed and keeps the best: a walker that begins
// where nothing fits may not find back.
func (m *model) start(dice *dice) ([]point, []float64) {
	type drawn struct {
		point
		level float64
	}
	all := make([]drawn, walkers*starts)
	for i := range all {
		d := &all[i]
		for u := range d.point {
			d.point[u] = 0.8 * dice.normal()
		}
		d.level = m.logLikelihood(&d.point)
	}
	slices.SortFunc(all, func(a, b drawn) int { return cmp.Compare(b.level, a.level) })
	walk, level := make([]point, walkers), make([]float64, walkers)
	for i := range walk {
		walk[i], level[i] = all[i].point, all[i].level
	}
	return walk, level
}
