package rollup

import (
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial/share"
)

// tally adds up in memory, as internal/runs does before it writes anything.
type tally struct {
	counts map[string][]int64
	byKind map[byte][]string // keys in order, when all is added up
}

func (t *tally) Add(key []byte, counts ...int64) error {
	if sum, ok := t.counts[string(key)]; ok {
		for i, n := range counts {
			sum[i] += n
		}
		return nil
	}
	t.counts[string(key)] = slices.Clone(counts)
	return nil
}

func (t *tally) All(first byte) iter.Seq2[Entry, error] {
	if t.byKind == nil {
		t.byKind = map[byte][]string{}
		for _, key := range slices.Sorted(maps.Keys(t.counts)) {
			t.byKind[key[0]] = append(t.byKind[key[0]], key)
		}
	}
	return func(yield func(Entry, error) bool) {
		for _, key := range t.byKind[first] {
			if !yield(Entry{[]byte(key), AppendCounts(nil, t.counts[key])}, nil) {
				return
			}
		}
	}
}

// BenchmarkRecommendation folds one recommendation of 100,000 arrivals, of 10,000 shares
// over up to 16 generations, and makes its rows.
func BenchmarkRecommendation(b *testing.B) {
	s := newStory()
	r := rand.New(rand.NewPCG(1, 1))
	var codes []string
	for i := range 10_000 {
		parent := ""
		if i > 0 {
			parent = codes[r.IntN(len(codes))]
		}
		code := fmt.Sprintf("code%07d", i)
		s.kept(code, "whatsapp", parent, int64(i))
		codes = append(codes, code)
	}
	for i := range 100_000 {
		s.came(codes[r.IntN(len(codes))], fmt.Sprint(i), 20_000, true)
	}
	for b.Loop() {
		// As large as it gets: how a test's map grows is not what is measured.
		sums := &tally{counts: make(map[string][]int64, 700_000)}
		f := NewFold(day, theSite, func(code share.Code) *share.Item { return s.codes[code] }, sums)
		for _, v := range s.views {
			require.NoError(b, f.Add(v))
		}
		for _, u := range s.uses {
			require.NoError(b, f.AddShare(u))
		}
		require.NoError(b, f.Flush())
		total, err := NewTotal(sums, theSite, DefaultOptions)
		require.NoError(b, err)
		n := 0
		for _, err := range recommendationRows(total) {
			require.NoError(b, err)
			n++
		}
		require.GreaterOrEqual(b, n, 10_000)
	}
}
