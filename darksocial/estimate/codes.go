package estimate

import (
	"maps"
	"slices"
)

// codedSeen is what the site's own codes teach: of these arrivals it is known that they
// were shared, and for many in which app.
type codedSeen struct {
	nameless, named float64 // arrivals by what their headers say
	previewed       float64 // nameless ones, of links that had been previewed before
	quick           float64 // of those, the ones within quick minutes
	codes           float64 // that brought any nameless arrival
	delays          [numDelays]float64
	device          [numDevices]float64
	perPreview      map[uint8]*ratio // nameless arrivals for each preview, by app
}

// ratio is a quotient of sums over codes; its error is that of sums of clusters.
type ratio struct{ n, d, nn, nd, dd float64 }

func (r *ratio) add(n, d float64) {
	r.n += n
	r.d += d
	r.nn += n * n
	r.nd += n * d
	r.dd += d * d
}

// value is the quotient, and its standard error.
func (r *ratio) value() (q, variance float64) {
	q = r.n / r.d
	return q, (r.nn - 2*q*r.nd + q*q*r.dd) / (r.d * r.d)
}

func (c *Collector) coded() *codedSeen {
	s := &codedSeen{perPreview: map[uint8]*ratio{}}
	for _, name := range slices.Sorted(maps.Keys(c.codes)) {
		c.codes[name].teach(s)
	}
	return s
}

func (k *codeSeen) teach(s *codedSeen) {
	previews := map[uint8]float64{}
	for _, p := range k.previews {
		previews[uint8(p&0x7f)]++
	}
	nameless := 0.0
	for _, a := range k.arrivals {
		if a&0x80 != 0 {
			s.named++
			continue
		}
		nameless++
		s.nameless++
		s.device[a>>8&3]++
		at, since, before := a>>10, uint32(0), false
		for _, p := range k.previews {
			if p>>8 <= at {
				since, before = at-p>>8, true // of the last one
			}
		}
		switch {
		case !before:
		case since <= quick:
			s.quick++
			s.delays[delayClass[since]]++
			fallthrough
		default:
			s.previewed++
		}
	}
	if nameless > 0 {
		s.codes++
	}
	if len(previews) == 1 {
		for app, n := range previews {
			if s.perPreview[app] == nil {
				s.perPreview[app] = &ratio{}
			}
			s.perPreview[app].add(nameless, n)
		}
	}
}
