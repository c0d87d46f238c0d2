package simulate

import "math/rand/v2"

// dice is all the chance there is in a simulation. It deals in integers: floating
// point may round otherwise on another processor, and how math/rand/v2 makes a
// number of a range out of its 64 bits may change with a release, the bits may not.
type dice struct{ pcg *rand.PCG }

// below returns one of 0 … n-1. What it favours some numbers by is less than
// n in 2³².
func (d dice) below(n uint32) uint32 {
	return uint32(d.pcg.Uint64() >> 32 * uint64(n) >> 32)
}

// between returns one of from … to-1.
func (d dice) between(from, to uint32) uint32 { return from + d.below(to-from) }

// perMille is true n times in a thousand. What never happens takes no throw: what
// a world leaves out changes nothing else in it.
func (d dice) perMille(n uint32) bool { return n > 0 && d.below(1000) < n }

func (d dice) newID() uint32 { return uint32(d.pcg.Uint64()) }

// chances are running sums of weights.
type chances []uint32

// weigh makes chances of the weights of 0 … n-1.
func weigh(n int, weight func(int) uint32) chances {
	c := make(chances, n)
	var sum uint32
	for i := range c {
		sum += weight(i)
		c[i] = sum
	}
	return c
}

func (c chances) sum() uint32 { return c[len(c)-1] }

// pick draws a number by weight.
func (d dice) pick(c chances) int {
	at := d.below(c.sum())
	i := 0
	for c[i] <= at {
		i++
	}
	return i
}

// mix spreads a number over all 64 bits; no two numbers give the same. It is the
// last step of SplitMix64 (Steele, Lea, Flood 2014).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
