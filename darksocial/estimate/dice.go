package estimate

import "math"

// dice is all the chance there is in an estimate: SplitMix64 (Steele, Lea and Flood, Fast
// splittable pseudorandom number generators, 2014), begun with the caller's seed. The same
// seed throws the same on every machine.
type dice struct{ state uint64 }

func newDice(seed uint64) *dice { return &dice{seed*0x9e3779b97f4a7c15 + 0xda5c} }

// bits are 64 of them, each as likely 0 as 1.
func (d *dice) bits() uint64 {
	d.state += 0x9e3779b97f4a7c15
	x := d.state
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// part is one of 0 to 1, and never 0.
func (d *dice) part() float64 { return (float64(d.bits()>>11) + 0.5) / (1 << 53) }

// below is one of 0 … n-1.
func (d *dice) below(n int) int { return int(d.bits() >> 33 * uint64(n) >> 31) }

// normal is drawn from the normal distribution (Box and Muller 1958).
func (d *dice) normal() float64 {
	return math.Sqrt(-2*math.Log(d.part())) * math.Cos(2*math.Pi*d.part())
}
