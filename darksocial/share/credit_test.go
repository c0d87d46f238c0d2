package share

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCredit(t *testing.T) {
	for _, tt := range []struct {
		name   string
		rule   Rule
		amount int64
		chain  int
		decay  int
		want   []int64 // the buyer's share first
	}{
		{"the first share", FirstShare, 8999, 3, 500, []int64{0, 0, 8999}},
		{"the last share", LastShare, 8999, 3, 500, []int64{8999, 0, 0}},
		{"all alike", Linear, 9000, 3, 500, []int64{3000, 3000, 3000}},
		{"all alike, with cents left", Linear, 8999, 3, 500, []int64{3000, 3000, 2999}},
		{"less and less", ChainDecay, 7000, 3, 500, []int64{4000, 2000, 1000}},
		{"less and less, with cents left", ChainDecay, 8999, 3, 500, []int64{5142, 2571, 1286}}, // 5142.29, 2571.14, 1285.57
		{"less by a third", ChainDecay, 1900, 3, 667, []int64{900, 600, 400}},                   // 899.71, 600.11, 400.18
		{"no decay", ChainDecay, 8999, 3, 1000, []int64{3000, 3000, 2999}},
		{"hardly anything left", ChainDecay, 8999, 3, 1, []int64{8990, 9, 0}},
		{"one share", ChainDecay, 8999, 1, 500, []int64{8999}},
		{"one cent", Linear, 1, 3, 500, []int64{1, 0, 0}},
		{"one cent, decaying", ChainDecay, 1, 17, 500, append([]int64{1}, make([]int64, 16)...)},
		{"nothing", Linear, 0, 2, 500, []int64{0, 0}},
		{"given back", ChainDecay, -8999, 3, 500, []int64{-5142, -2571, -1286}},
	} {
		assert.Equal(t, tt.want, Credit(tt.rule, tt.amount, tt.chain, tt.decay), tt.name)
	}
}

// TestCreditAddsUp: whatever the rule, every minor unit is given once, nobody is given
// something of the other sign, and all that is given back is taken back.
func TestCreditAddsUp(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 7))
	sum := func(parts []int64) (n int64) {
		for _, part := range parts {
			n += part
		}
		return n
	}
	for range 4_000 {
		chain, decay := 1+r.IntN(MaxChain), 1+r.IntN(MaxDecay)
		amount := r.Int64N(MaxAmount + 1)
		if r.IntN(2) == 0 {
			amount = r.Int64N(100)
		}
		for _, rule := range Rules {
			parts := Credit(rule, amount, chain, decay)
			require.Len(t, parts, chain)
			require.Equal(t, amount, sum(parts), "%s %d %d %d", rule, amount, chain, decay)
			for i, part := range parts {
				require.GreaterOrEqual(t, part, int64(0))
				if rule == ChainDecay && i > 0 {
					require.LessOrEqual(t, part, parts[i-1]+1, "%d %d %d", amount, chain, decay)
				}
			}
			left, paid := parts, amount
			for paid > 0 { // refunds of any sizes, until all is given back
				back := 1 + r.Int64N(paid)
				change := Change(rule, paid, paid-back, chain, decay)
				require.Equal(t, -back, sum(change))
				for i := range left {
					left[i] += change[i]
				}
				paid -= back
			}
			require.Equal(t, make([]int64, chain), left)
		}
	}
}

func TestCreditBounds(t *testing.T) {
	for _, call := range []func(){
		func() { Credit(Linear, 1, 0, 500) }, func() { Credit(Linear, 1, MaxChain+1, 500) }, func() { Credit(Linear, MaxAmount+1, 1, 500) },
		func() { Credit(Linear, -MaxAmount-1, 1, 500) }, func() { Credit(ChainDecay, 1, 2, 0) }, func() { Credit(ChainDecay, 1, 2, MaxDecay+1) }, func() { Credit("best", 1, 2, 500) },
	} {
		assert.Panics(t, call)
	}
}

func BenchmarkCredit(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, rule := range Rules {
			Credit(rule, 8999, 5, DefaultDecay)
		}
	}
}
