package runs

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// requireNoFiles: what was spilled is gone.
func requireNoFiles(t *testing.T, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Empty(t, left)
}

// slowSort is Sorter as one would write it first.
func slowSort(pairs []pair, combine Combine) []pair {
	sorted := append([]pair(nil), pairs...)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].key < sorted[j].key })
	if combine == nil {
		return sorted
	}
	var one []pair
	for _, p := range sorted {
		if last := len(one) - 1; last >= 0 && one[last].key == p.key {
			one[last].value = string(combine([]byte(p.key), []byte(one[last].value), []byte(p.value)))
			continue
		}
		one = append(one, p)
	}
	return one
}

// Ways to make one value of two. They return a, b, a piece of a, or something new.
var combines = map[string]Combine{
	"none":     nil,
	"sum":      sum,
	"greatest": func(_, a, b []byte) []byte { return greatest(a, b) },
	"least": func(_, a, b []byte) []byte {
		if string(greatest(a, b)) == string(a) {
			return b
		}
		return a
	},
	"written into a": func(_, a, b []byte) []byte {
		if string(greatest(a, b)) == string(a) {
			return a
		}
		return append(a[:0], b...)
	},
}

func sum(_, a, b []byte) []byte {
	x, _ := strconv.Atoi(string(a))
	y, _ := strconv.Atoi(string(b))
	return []byte(strconv.Itoa(x + y))
}

func greatest(a, b []byte) []byte {
	if string(a) < string(b) {
		return b
	}
	return a
}

func somePairs(r *rand.Rand, n int) []pair {
	pairs := make([]pair, n)
	keys := 1 + r.IntN(n+1)
	for i := range pairs {
		k := r.IntN(keys)
		pairs[i] = pair{strings.Repeat("k", 1+k%4) + strconv.Itoa(k), strconv.Itoa(r.IntN(1000))}
	}
	return pairs
}

func TestSorterAgainstSlowTwin(t *testing.T) {
	for name, combine := range combines {
		for _, limit := range []int{100, 101, 300, 1000, 10_000, 1 << 20, math.MaxInt} {
			t.Run(fmt.Sprintf("%s/%d", name, limit), func(t *testing.T) {
				for seed := range uint64(10) {
					r := rand.New(rand.NewPCG(seed, uint64(limit)))
					pairs := somePairs(r, r.IntN(400))
					dir := t.TempDir()
					s := NewSorter(dir, limit, combine)
					for e := range entries(pairs...) {
						require.NoError(t, s.Add(e.Key, e.Value))
					}
					require.Equal(t, slowSort(pairs, combine), collected(t, s.Sorted()), "seed %d", seed)
					require.NoError(t, s.Close())
					requireNoFiles(t, dir)
				}
			})
		}
	}
}

// TestSorterSpills keeps the test above from comparing one memory with another.
func TestSorterSpills(t *testing.T) {
	for _, tt := range []struct {
		limit int
		want  bool
	}{{100, true}, {1 << 20, false}} {
		dir := t.TempDir()
		s := NewSorter(dir, tt.limit, nil)
		for _, p := range somePairs(rand.New(rand.NewPCG(1, 1)), 300) {
			require.NoError(t, s.Add([]byte(p.key), []byte(p.value)))
		}
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		require.NoError(t, err)
		assert.Equal(t, tt.want, len(files) > 10, "%d files at a limit of %d bytes", len(files), tt.limit)
		require.NoError(t, s.Close())
		requireNoFiles(t, dir)
	}
}

// TestOffsetsFit: an item's place is kept in 32 bits, so no limit may let the
// entries in memory grow beyond what these can say.
func TestOffsetsFit(t *testing.T) {
	assert.LessOrEqual(t, uint64(NewSorter(t.TempDir(), math.MaxInt, nil).limit), uint64(math.MaxUint32))
}

func TestSorterEmpty(t *testing.T) {
	dir := t.TempDir()
	s := NewSorter(dir, 100, sum)
	assert.Empty(t, collected(t, s.Sorted()))
	require.NoError(t, s.Close())
	require.NoError(t, s.Close(), "twice does no harm")
	requireNoFiles(t, dir)
}

func TestSorterRefuses(t *testing.T) {
	s := NewSorter(t.TempDir(), 1<<20, nil)
	require.Error(t, s.Add(nil, []byte("v")))
	require.Error(t, s.Add(make([]byte, maxKey+1), nil))
	require.Error(t, s.Add([]byte("k"), make([]byte, maxValue+1)))
	assert.Empty(t, collected(t, s.Sorted()), "what was refused is not there")
}

func TestSorterLargestEntries(t *testing.T) {
	dir := t.TempDir()
	s := NewSorter(dir, 100, nil)
	pairs := []pair{{strings.Repeat("b", maxKey), strings.Repeat("v", maxValue)}, {"a", "1"}, {strings.Repeat("b", maxKey), ""}}
	for _, p := range pairs {
		require.NoError(t, s.Add([]byte(p.key), []byte(p.value)))
	}
	require.True(t, assert.ObjectsAreEqual(slowSort(pairs, nil), collected(t, s.Sorted())))
	require.NoError(t, s.Close())
	requireNoFiles(t, dir)
}

func filled(t *testing.T, dir string, n int) *Sorter {
	t.Helper()
	s := NewSorter(dir, 100, nil)
	for i := range n {
		require.NoError(t, s.Add([]byte{byte(i)}, []byte("value")))
	}
	require.Greater(t, len(s.files), 1)
	return s
}

func TestSorterStopsEarly(t *testing.T) {
	dir := t.TempDir()
	s := filled(t, dir, 100)
	for range s.Sorted() {
		break
	}
	require.NoError(t, s.Close())
	requireNoFiles(t, dir)
}

func TestSorterErrors(t *testing.T) {
	t.Run("no folder to spill into", func(t *testing.T) {
		s := NewSorter(filepath.Join(t.TempDir(), "none"), 100, nil)
		var err error
		for i := 0; err == nil && i < 100; i++ {
			err = s.Add([]byte{byte(i)}, []byte("value"))
		}
		require.ErrorIs(t, err, os.ErrNotExist)
		require.NoError(t, s.Close())
	})
	for name, hurt := range map[string]func(*os.File) error{
		"a file is closed": func(f *os.File) error { return f.Close() },
		"a file is cut": func(f *os.File) error {
			info, err := f.Stat()
			if err != nil {
				return err
			}
			return f.Truncate(info.Size() - 1)
		},
		"a file is empty": func(f *os.File) error { return f.Truncate(0) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s := filled(t, dir, 100)
			require.NoError(t, hurt(s.files[1]))
			_, err := collect(s.Sorted())
			require.Error(t, err)
			_ = s.Close() // tells that a file was closed before
			requireNoFiles(t, dir)
		})
	}
	t.Run("a spill that fails on the way", func(t *testing.T) {
		dir := t.TempDir()
		broken := func(_, _, _ []byte) []byte { return make([]byte, maxValue+1) } // no run can hold it
		s := NewSorter(dir, 100, broken)
		for range 20 {
			require.NoError(t, s.Add([]byte("k"), []byte("v")))
		}
		_, err := collect(s.Sorted())
		require.Error(t, err)
		require.NoError(t, s.Close())
		requireNoFiles(t, dir)
	})
}

// TestSorterMemory: two million entries of 24 bytes, 72 MB with what a Sorter
// keeps of each, within 4 MiB. The bound is three times the limit, because slices
// grow by up to a half and are never full, and a buffer for each file.
func TestSorterMemory(t *testing.T) {
	const n, limit = 2_000_000, 4 << 20
	dir := t.TempDir()
	s := NewSorter(dir, limit, nil)
	defer s.Close()
	before := reachable()
	most := uint64(0)
	look := func() { most = max(most, reachable()) }
	r := rand.New(rand.NewPCG(1, 1))
	var key [16]byte
	for i := range n {
		binary.BigEndian.PutUint64(key[:], r.Uint64())
		if err := s.Add(key[:], key[:8]); err != nil {
			require.NoError(t, err)
		}
		if i%(n/8) == 0 {
			look()
		}
	}
	i := 0
	last := key // the key of the entry before
	clear(last[:])
	for e, err := range s.Sorted() {
		if err != nil {
			require.NoError(t, err)
		}
		if bytes.Compare(last[:], e.Key) > 0 {
			require.LessOrEqual(t, string(last[:]), string(e.Key))
		}
		copy(last[:], e.Key)
		if i++; i%(n/4) == 0 {
			look()
		}
	}
	require.Equal(t, n, i)
	bound := before + 3*limit + uint64(len(s.files)+2)*buffer
	t.Logf("%d files; %.1f MiB at most, %.1f before", len(s.files), float64(most)/(1<<20), float64(before)/(1<<20))
	assert.Less(t, most, bound)
}

// reachable is what is reachable now, in bytes.
func reachable() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkSorter(b *testing.B) {
	const n = 100_000
	for _, limit := range []int{1 << 18, math.MaxInt} {
		b.Run(fmt.Sprintf("limit=%d", limit), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 1))
			var key [16]byte
			b.SetBytes(n * 24)
			b.ReportAllocs()
			for b.Loop() {
				s := NewSorter(b.TempDir(), limit, nil)
				for range n {
					binary.BigEndian.PutUint64(key[:], r.Uint64())
					if err := s.Add(key[:], key[:8]); err != nil {
						b.Fatal(err)
					}
				}
				for _, err := range s.Sorted() {
					if err != nil {
						b.Fatal(err)
					}
				}
				if err := s.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
