package rollup

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
)

// sorted is Sums in memory.
type sorted map[string][]byte

func (s sorted) Add(key []byte, counts ...int64) error {
	s.put(Entry{Key: key, Value: AppendCounts(nil, counts)})
	return nil
}

func (s sorted) put(e Entry) {
	value := bytes.Clone(e.Value)
	if before, ok := s[string(e.Key)]; ok {
		value = Combine(e.Key, bytes.Clone(before), value)
	}
	s[string(e.Key)] = value
}

func (s sorted) All(first byte) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, key := range slices.Sorted(maps.Keys(s)) {
			if key[0] == first && !yield(Entry{Key: []byte(key), Value: s[key]}, nil) {
				return
			}
		}
	}
}

// merged brings sums of parts together: all their entries sorted by key, those of
// one key combined in any order and grouping.
func merged(r *rand.Rand, sums []sorted) sorted {
	values := map[string][][]byte{}
	for _, part := range sums {
		for key, value := range part {
			values[key] = append(values[key], bytes.Clone(value))
		}
	}
	all := sorted{}
	for key, list := range values {
		for len(list) > 1 {
			r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			one := Combine([]byte(key), list[0], list[1])
			list = append(list[2:], one)
		}
		all[key] = list[0]
	}
	return all
}

// broken fails on the way.
type broken struct {
	sorted
	after int
}

var errBroken = errors.New("the disk is broken")

func (b broken) All(first byte) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		n := 0
		for e := range b.sorted.All(first) {
			if n == b.after {
				break
			}
			if n++; !yield(e, nil) {
				return
			}
		}
		yield(Entry{}, errBroken)
	}
}

func TestCounts(t *testing.T) {
	for _, counts := range [][]int64{{}, {0}, {1, -1}, {math.MaxInt64, math.MinInt64, 63, 64, -64, -65}} {
		got := make([]int64, len(counts))
		value := AppendCounts(nil, counts)
		require.True(t, Counts(value, got))
		require.Equal(t, counts, got)
		assert.False(t, Counts(value, make([]int64, len(counts)+1)), "one too few in it")
		if len(counts) > 0 {
			assert.False(t, Counts(value, make([]int64, len(counts)-1)), "one too many in it")
			assert.False(t, Counts(value[:len(value)-1], got), "cut")
		}
	}
}

// TestCombine: in any order and grouping.
func TestCombine(t *testing.T) {
	values := func(r *rand.Rand, k kind) []byte {
		switch k {
		case sumBlock:
			return nil
		case sumReceipt:
			return record.AppendReceipt(nil, &record.Receipt{Source: record.ObjectSource("b", "k", "e"), Rules: pick(r, "aaa", "bbb", "ccc"), Written: r.IntN(5)})
		}
		return AppendCounts(nil, []int64{r.Int64N(1000) - 500, r.Int64()})
	}
	for _, k := range []kind{sumArrivals, sumBlock, sumPages, sumSeen, sumReceipt, sumSources, sumUnknown} {
		for seed := range uint64(100) {
			r := rand.New(rand.NewPCG(seed, uint64(k)))
			key := []byte{byte(k), 'x'}
			list := make([][]byte, 1+r.IntN(6))
			parts := make([]sorted, len(list))
			for i := range list {
				list[i] = values(r, k)
				parts[i] = sorted{string(key): list[i]}
			}
			want := bytes.Clone(list[0])
			for _, next := range list[1:] {
				before := bytes.Clone(next)
				want = Combine(key, want, next)
				require.Equal(t, before, next, "the second is not written to")
			}
			require.Equal(t, sorted{string(key): want}, merged(r, parts), "kind %q, seed %d", string(k), seed)
		}
	}
}

func TestKeys(t *testing.T) {
	for _, list := range [][]string{{""}, {"", ""}, {"a", "", "b"}, {"/artikel/ü", "x"}} {
		got, err := parts(sumPages.key(nil, list...), len(list))
		require.NoError(t, err)
		assert.Equal(t, list, got)
		_, err = parts(sumPages.key(nil, list...), len(list)+1)
		require.Error(t, err)
	}
	got, err := parts(sumPages.key(nil, "a\x00b", "\x00\x00", "c\x00"), 3)
	require.NoError(t, err)
	assert.Equal(t, []string{"ab", "", "c"}, got, "a part does not become two")
}

func TestBlocks(t *testing.T) {
	sums := sorted{}
	for _, id := range []string{"ccc", "aaa", "bbb", "aaa"} {
		sums.put(BlockEntry([]byte(id)))
	}
	require.NoError(t, sums.Add(sumPages.key(nil, "/a"), 1, 0, 0, 0))
	var got []string
	for id, err := range Blocks(sums) {
		require.NoError(t, err)
		got = append(got, string(id))
	}
	assert.Equal(t, []string{"aaa", "bbb", "ccc"}, got)
	for range Blocks(sums) {
		break
	}
	n := 0
	for _, err := range Blocks(broken{sums, 2}) {
		if n++; n == 3 {
			require.ErrorIs(t, err, errBroken)
			continue
		}
		require.NoError(t, err)
	}
	assert.Equal(t, 3, n)
}

// TestDamagedSums: sums that are no sums are an error in every table, never a row.
func TestDamagedSums(t *testing.T) {
	whole := func() sorted {
		sums := sorted{}
		foldInto(t, sums, day, oneOfEach()...)
		sums.put(ReceiptEntry(receipt("a.gz", 1)))
		return sums
	}
	for _, tt := range []struct{ name, key, value string }{
		{"a page of two parts", "p/a\x00b", "\x02\x00\x00\x00"},
		{"a page of three counts", "p/a", "\x02\x00\x00"},
		{"a page of five counts", "p/a", "\x02\x00\x00\x00\x00"},
		{"an arrival of a page alone", "a/a", "\x02"},
		{"an arrival without a count", "a/a\x00\x00\x00\x00\x00\x00\x00", ""},
		{"a source without a count", "swhatsapp", ""},
		{"a sighting of one part", "qlog", "\x02"},
		{"an app without rules", "ulog\x00Pling", "\x02"},
		{"a receipt that is none", "rxxx", "xxx"},
		{"a count that does not end", "swhatsapp", "\xff"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sums := whole()
			sums[tt.key] = []byte(tt.value)
			require.Error(t, everything(sums))
		})
	}
	require.NoError(t, everything(whole()))
	for after := range 3 {
		require.ErrorIs(t, everything(broken{whole(), after}), errBroken, "after %d entries", after)
	}
}

// everything makes all there is to be made of sums.
func everything(sums Sums) error {
	_, err := Doors(sums)
	total, totalErr := NewTotal(sums, theSite, DefaultOptions)
	if totalErr != nil {
		return errors.Join(err, totalErr)
	}
	for _, table := range Tables {
		for _, rowErr := range table.Rows(total) {
			err = errors.Join(err, rowErr)
		}
	}
	return err
}

// TestBrokenOnTheWay: each table tells of sums that can no longer be read after
// they could be read once.
func TestBrokenOnTheWay(t *testing.T) {
	sums := sorted{}
	foldInto(t, sums, day, oneOfEach()...)
	for _, table := range Tables {
		for after := range 4 {
			total, err := NewTotal(sums, theSite, DefaultOptions)
			require.NoError(t, err)
			total.sums = broken{sums, after}
			var rows int
			var last error
			for _, err := range table.Rows(total) {
				if last = err; err == nil {
					rows++
				}
			}
			require.ErrorIs(t, last, errBroken, "%s after %d entries and %d rows", table.Name, after, rows)
		}
	}
}

func TestDoors(t *testing.T) {
	sums := sorted{}
	doors, err := Doors(sums)
	require.NoError(t, err)
	assert.Empty(t, doors)
	foldInto(t, sums, day, view{}.record(), view{id: 1, door: record.Beacon}.record())
	r := receipt("a.gz", 1)
	r.Door = record.Realtime
	sums.put(ReceiptEntry(r))
	doors, err = Doors(sums)
	require.NoError(t, err)
	assert.Equal(t, []string{"beacon", "log", "realtime"}, doors)
}

func ExampleTables() {
	for _, table := range Tables {
		fmt.Printf("%s: %T\n", table.Name, table.Row)
	}
	// Output:
	// arrivals: rollup.Arrival
	// pages: rollup.Page
	// audience: rollup.Audience
	// evidence: rollup.Evidence
	// hours: rollup.Hour
	// page_hours: rollup.PageHour
	// campaigns: rollup.Campaign
	// daily_visitors: rollup.DailyVisitors
	// shares: rollup.Share
	// recommendations: rollup.Recommendation
	// purchases: rollup.Purchase
	// orders: rollup.Order
	// quality: rollup.Quality
}
