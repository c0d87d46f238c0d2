package estimate

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDice(t *testing.T) {
	d := newDice(7)
	const n = 100_000
	sum, normal, square := 0.0, 0.0, 0.0
	counts := make([]int, 6)
	for range n {
		x := d.part()
		require.True(t, 0 < x && x < 1)
		sum += x
		z := d.normal()
		normal += z
		square += z * z
		counts[d.below(6)]++
	}
	assert.InDelta(t, 0.5, sum/n, 0.005)
	assert.InDelta(t, 0, normal/n, 0.02)
	assert.InDelta(t, 1, square/n, 0.03)
	for _, c := range counts {
		assert.InDelta(t, n/6, c, 500)
	}
	assert.Equal(t, newDice(7).bits(), newDice(7).bits())
	assert.NotEqual(t, newDice(7).bits(), newDice(8).bits())
}
