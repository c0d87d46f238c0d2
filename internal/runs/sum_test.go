package runs

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
)

func TestSummerAgainstMap(t *testing.T) {
	for _, limit := range []int{0, 1, 200, 1000, 1 << 20} {
		t.Run(fmt.Sprint(limit), func(t *testing.T) {
			for seed := range uint64(20) {
				r := rand.New(rand.NewPCG(seed, 1))
				want := map[string][2]int64{}
				dir := t.TempDir()
				sorter := NewSorter(dir, 500, rollup.Combine)
				s := NewSummer(sorter, limit)
				keys := 1 + r.IntN(50)
				var key []byte // written over, as the fold does
				for range r.IntN(1000) {
					key = fmt.Appendf(key[:0], "p%d", r.IntN(keys))
					n := [2]int64{r.Int64N(10), r.Int64() - r.Int64()}
					require.NoError(t, s.Add(key, n[:]...))
					sum := want[string(key)]
					want[string(key)] = [2]int64{sum[0] + n[0], sum[1] + n[1]}
				}
				require.NoError(t, s.Flush())
				require.NoError(t, s.Flush(), "nothing is left to be flushed")
				got := map[string][2]int64{}
				for e, err := range sorter.Sorted() {
					require.NoError(t, err)
					require.NotContains(t, got, string(e.Key), "one sum per key")
					var n [2]int64
					require.True(t, rollup.Counts(e.Value, n[:]))
					got[string(e.Key)] = n
				}
				require.Equal(t, want, got, "seed %d", seed)
				require.NoError(t, sorter.Close())
				requireNoFiles(t, dir)
			}
		})
	}
}

func TestSummerErrors(t *testing.T) {
	sorter := NewSorter(filepath.Join(t.TempDir(), "none"), 1, rollup.Combine)
	s := NewSummer(sorter, 300)
	var err error
	for i := 0; err == nil && i < 100; i++ {
		err = s.Add([]byte{'p', byte(i)}, 1)
	}
	require.Error(t, err, "the Sorter cannot spill")
	s = NewSummer(NewSorter(t.TempDir(), 1, rollup.Combine), 300)
	require.NoError(t, s.Add(nil, 1))
	require.Error(t, s.Flush(), "an empty key is none")
}

func BenchmarkSummer(b *testing.B) {
	keys := make([][]byte, 10_000)
	for i := range keys {
		keys[i] = fmt.Appendf(nil, "p/artikel/moor-und-heide-%d", i)
	}
	for _, limit := range []int{100_000, 16 << 20} {
		b.Run(fmt.Sprintf("limit=%d", limit), func(b *testing.B) {
			sorter := NewSorter(b.TempDir(), 1<<20, rollup.Combine)
			defer sorter.Close()
			s := NewSummer(sorter, limit)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if err := s.Add(keys[i%len(keys)], 1, 0, 1, 0); err != nil {
					b.Fatal(err)
				}
				i += 7
			}
		})
	}
}
