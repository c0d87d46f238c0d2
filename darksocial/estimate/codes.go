package estimate

import (
	"maps"
	"slices"
)

// codedSeen is what the site's own codes teach: of these arrivals it is known that they
// were shared, and for many in which app.
type codedSeen struct {
	nameless, named float64 // arrivals by what their headers say
	codes           float64 // that brought any nameless arrival
	delays          [numDelays]float64
	device          [numDevices]float64
	perPreview      ratio // nameless arrivals, by previews of apps in which the sender's device reads the page
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

// value is the quotient, and its variance.
func (r *ratio) value() (q, variance float64) {
	q = r.n / r.d
	return q, max(0, r.nn-2*q*r.nd+q*q*r.dd) / (r.d * r.d)
}

func (c *Collector) coded() *codedSeen {
	s := &codedSeen{}
	for _, name := range slices.Sorted(maps.Keys(c.codes)) {
		c.codes[name].teach(s, c.apps)
	}
	return s
}

func (k *codeSeen) teach(s *codedSeen, apps []string) {
	nameless, previews := 0.0, 0.0
	for _, p := range k.previews {
		if readBySenders[apps[p&0x7f]] {
			previews++
		}
	}
	for _, a := range k.arrivals {
		if a&0x80 != 0 {
			s.named++
			continue
		}
		nameless++
		s.device[a>>8&3]++
		at, since := a>>10, uint32(quick+1)
		for _, p := range k.previews {
			if p>>8 <= at {
				since = at - p>>8 // of the last one
			}
		}
		if since <= quick {
			s.delays[delayClass[since]]++
		}
	}
	s.nameless += nameless
	if nameless > 0 {
		s.codes++
	}
	s.perPreview.add(nameless, previews)
}
