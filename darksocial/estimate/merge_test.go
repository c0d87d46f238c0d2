package estimate

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMerge: shards and days say together what one Collector would.
func TestMerge(t *testing.T) {
	f := lived(5, 600)
	whole := NewCollector(0, 7)
	var parts []*Collector
	for day := range 7 {
		parts = append(parts, NewCollector(int64(day)*86400, 1), NewCollector(int64(day)*86400, 1))
	}
	for i, add := range f.seen {
		add(whole)
		add(parts[2*(f.at[i]/86400)+int64(i%2)])
	}
	merged := NewCollector(0, 7)
	for _, part := range parts {
		part.Run(Mixture, 1) // whether it was asked itself changes nothing
		require.NoError(t, merged.Merge(part))
	}
	require.NotZero(t, whole.Run(Both, 1).Quality.Codes)
	assert.Equal(t, whole.Run(Both, 1), merged.Run(Both, 1))

	for _, other := range []*Collector{NewCollector(-86400, 1), NewCollector(6*86400, 2), NewCollector(60, 1)} {
		assert.ErrorContains(t, merged.Merge(other), "are not among 7 days from 0")
	}
}
