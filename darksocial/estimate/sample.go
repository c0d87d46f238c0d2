package estimate

import (
	"math"
	"math/rand/v2"
)

const (
	walkers = 64
	burnIn  = 800
	steps   = 1600
	every   = 8
)

// sample draws points as likely as they are: an ensemble of walkers, each of which steps
// along the line to another one (Goodman and Weare, Ensemble samplers with affine
// invariance, 2010). It needs no tuning, whatever the shape of what is sampled.
func (m *model) sample(dice *rand.Rand) []point {
	walk := make([]point, walkers)
	level := make([]float64, walkers)
	start := 0.0
	if m.method != Mixture && m.triggered > 0 {
		start = math.Log((m.triggered+1)/m.beliefs[soon].middle/(m.deep+10)/m.beliefs[messages].middle) / m.beliefs[messages].spread
	}
	for i := range walk {
		for u := range walk[i] {
			walk[i][u] = 0.5 * dice.NormFloat64()
		}
		walk[i][messages] += start
		level[i] = m.logLikelihood(&walk[i])
	}
	points := make([]point, 0, walkers*steps/every)
	for step := range burnIn + steps {
		for i := range walk {
			j := dice.IntN(walkers / 2)
			if i < walkers/2 { // the other half stands still meanwhile
				j += walkers / 2
			}
			stretch := dice.Float64() + 1
			stretch *= stretch / 2 // density 1/√z between ½ and 2
			var next point
			for u := range next {
				next[u] = walk[j][u] + stretch*(walk[i][u]-walk[j][u])
			}
			l := m.logLikelihood(&next)
			if math.Log(dice.Float64()) < float64(numUnknowns-1)*math.Log(stretch)+l-level[i] {
				walk[i], level[i] = next, l
			}
		}
		if step >= burnIn && step%every == 0 {
			points = append(points, walk...)
		}
	}
	return points
}
