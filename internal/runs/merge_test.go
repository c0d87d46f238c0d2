package runs

import (
	"bytes"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMergeAgainstSlowTwin: runs merged are all their entries sorted, those of
// equal keys in the order of the runs.
func TestMergeAgainstSlowTwin(t *testing.T) {
	for name, combine := range combines {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(100) {
				r := rand.New(rand.NewPCG(seed, 7))
				var all []pair
				var inputs []io.Reader
				for range r.IntN(40) {
					run := slowSort(somePairs(r, r.IntN(30)), nil)
					all = append(all, run...)
					inputs = append(inputs, bytes.NewReader(written(t, run...)))
				}
				require.Equal(t, slowSort(all, combine), collected(t, Merge(combine, inputs...)), "seed %d, %d runs", seed, len(inputs))
			}
		})
	}
}

// TestMergeOfMerges: however runs are grouped, the sums are the same.
func TestMergeOfMerges(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 8))
	var all []pair
	var runs [][]byte
	for range 30 {
		pairs := slowSort(somePairs(r, 50), nil)
		all, runs = append(all, pairs...), append(runs, written(t, pairs...))
	}
	want := slowSort(all, sum)
	for range 20 {
		left := append([][]byte(nil), runs...)
		r.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
		for len(left) > 1 {
			n := min(2+r.IntN(5), len(left))
			var inputs []io.Reader
			for _, run := range left[:n] {
				inputs = append(inputs, bytes.NewReader(run))
			}
			var merged bytes.Buffer
			require.NoError(t, Write(&merged, Merge(sum, inputs...)))
			left = append(left[n:], merged.Bytes())
		}
		require.Equal(t, want, collected(t, Read(bytes.NewReader(left[0]))))
	}
}

func TestMergeOfNothing(t *testing.T) {
	assert.Empty(t, collected(t, Merge(sum)))
	assert.Empty(t, collected(t, Merge(nil, bytes.NewReader(written(t)), bytes.NewReader(written(t)))))
}

func TestMergeErrors(t *testing.T) {
	run := written(t, few...)
	for name, combine := range map[string]Combine{"none": nil, "sum": sum} {
		t.Run(name, func(t *testing.T) {
			for end := range run { // another run is whole, and one is not
				_, err := collect(Merge(combine, bytes.NewReader(run), bytes.NewReader(run[:end])))
				require.ErrorIs(t, err, errCut, "cut at %d", end)
				broken := io.MultiReader(bytes.NewReader(run[:end]), iotest.ErrReader(errDisk))
				_, err = collect(Merge(combine, broken, bytes.NewReader(run)))
				require.ErrorIs(t, err, errDisk, "broken after %d", end)
			}
		})
	}
}

func TestMergeStopsEarly(t *testing.T) {
	run := written(t, few...)
	for stop := range 2 * len(few) {
		n := 0
		for range Merge(nil, bytes.NewReader(run), bytes.NewReader(run)) {
			if n++; n > stop {
				break
			}
		}
		require.Equal(t, stop+1, n)
	}
	for range Merge(sum, bytes.NewReader(run), bytes.NewReader(run)) {
		break
	}
}
