package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/site"
)

var midnight = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

func aSite(bits int) *site.Site {
	return &site.Site{Name: "example.com", ShardBits: bits, Site: darksocial.Site{Hosts: []string{"example.com"}}}
}

func at(now time.Time) func() time.Time { return func() time.Time { return now } }

var classifier = darksocial.New(darksocial.Site{Hosts: []string{"example.com"}})

// sighting is one of a page view at some second after midnight.
func sighting(id int, sec int64) record.Sighting {
	v := darksocial.Visit{Host: "example.com", Path: fmt.Sprintf("/artikel/%d", id%10), UserAgent: "Mozilla/5.0 (Linux; Android 14; K) Mobile", Sees: darksocial.SeesReferer | darksocial.SeesUserAgent}
	return record.Sighting{ID: record.NewID("example.com", fmt.Sprint(id)), Time: midnight.Unix() + sec, Page: v.Path, Status: 200, Rules: "rules1", Facts: classifier.Facts(&v)}
}

// content is what is to be written at once: sightings and receipts.
type content struct {
	sightings []record.Sighting
	receipts  []record.Receipt
}

// someContent is of some hours around midnight. Of some sources there is nothing
// but a receipt.
func someContent(r *rand.Rand, n int) content {
	var c content
	written := map[int64]int{}
	for range n {
		s := sighting(r.IntN(1000), r.Int64N(5*3600)-2*3600)
		c.sightings = append(c.sightings, s)
		written[s.Time/record.Quarter]++
	}
	for range 3 {
		written[midnight.Unix()/record.Quarter+r.Int64N(20)-10] += 0
	}
	for _, source := range []string{"a.gz", "b.gz"} {
		for _, quarter := range slices.Sorted(maps.Keys(written)) {
			c.receipts = append(c.receipts, record.Receipt{Source: record.ObjectSource("logs", source, "e"), Rules: "rules1", Quarter: quarter, Written: written[quarter],
				Filtered: []record.Count{{Reason: "bot", N: 2}}})
		}
	}
	return c
}

// deliver writes contents in one batch, as one who gives up at the first error.
func deliver(t testing.TB, l *Ledger, s *site.Site, contents ...content) error {
	ctx := t.Context()
	b := l.NewBatch()
	for _, c := range contents {
		for i := range c.sightings {
			if err := b.Add(ctx, s, &c.sightings[i]); err != nil {
				return err
			}
		}
		for _, r := range c.receipts {
			if err := b.Receipt(ctx, s, r); err != nil {
				return err
			}
		}
	}
	return b.Commit(ctx)
}

// stored is all that can be read: sightings and receipts by what they say, and
// how often each is there.
type stored struct{ sightings, receipts map[string]int }

func sightingText(s *record.Sighting) string {
	return s.ID.String() + fmt.Sprint(" ", s.Time, " ") + string(record.AppendSighting(nil, s))
}

func readable(t testing.TB, m *memory) stored {
	t.Helper()
	found := stored{map[string]int{}, map[string]int{}}
	for _, b := range m.all() {
		require.LessOrEqual(t, len(b.Data), record.MaxBlock)
		block, err := record.Unpack(b.Data)
		require.NoError(t, err)
		for _, p := range block.Sightings {
			s, err := record.DecodeSighting(p.Body, p.ID, p.Time)
			require.NoError(t, err)
			found.sightings[sightingText(&s)]++
			if hour := "example.com/" + s.Shown().Format(hourLayout) + "/"; !strings.HasPrefix(b.Partition, hour) {
				require.Fail(t, "a sighting in another hour's partition", "%s in %s", s.Shown(), b.Partition)
			}
		}
		for i := range block.Receipts {
			r := &block.Receipts[i]
			found.receipts[string(record.AppendReceipt(nil, r))]++
			require.Contains(t, b.Partition, "/"+time.Unix(r.Quarter*record.Quarter, 0).UTC().Format(hourLayout)+"/")
		}
	}
	return found
}

// said is what contents say, each once: the store keeps a block, however often it
// is written.
func said(contents ...content) stored {
	all := stored{map[string]int{}, map[string]int{}}
	for _, c := range contents {
		for i := range c.sightings {
			all.sightings[sightingText(&c.sightings[i])]++
		}
		for i := range c.receipts {
			all.receipts[string(record.AppendReceipt(nil, &c.receipts[i]))] = 1
		}
	}
	return all
}

func TestBatchRoundTrip(t *testing.T) {
	for bits := range record.MaxShardBits + 1 {
		for seed := range uint64(4) {
			r := rand.New(rand.NewPCG(seed, uint64(bits)))
			c := someContent(r, r.IntN(500))
			m := newMemory()
			l := New(m, m, at(midnight))
			require.NoError(t, deliver(t, l, aSite(bits), c))
			require.Equal(t, said(c), readable(t, m), "%d bits, seed %d", bits, seed)
			for _, b := range m.all() {
				block, err := record.Unpack(b.Data)
				require.NoError(t, err)
				for _, p := range block.Sightings {
					require.True(t, strings.HasSuffix(b.Partition, fmt.Sprint("/", p.ID.Shard(bits))))
				}
			}
			n := len(m.all())
			require.NoError(t, deliver(t, l, aSite(bits), c))
			require.Len(t, m.all(), n, "the same again adds no block")
		}
	}
}

func TestEmptyBatch(t *testing.T) {
	m := newMemory()
	require.NoError(t, New(m, m, at(midnight)).NewBatch().Commit(t.Context()))
	assert.Zero(t, m.steps)
}

// noise gives bytes that do not pack, the same at each run.
func noise(seed byte) func(n int) string {
	source := rand.NewChaCha8([32]byte{seed})
	return func(n int) string {
		text := make([]byte, n)
		_, _ = source.Read(text) // never fails
		return string(text)
	}
}

// long are sightings of pages with long names, in some hours.
func long(n, hours int, name func(n int) string) (c content) {
	for i := range n {
		s := sighting(i, int64(i%hours)*3600)
		s.Page = "/" + name(500)
		c.sightings = append(c.sightings, s)
	}
	c.receipts = []record.Receipt{{Source: record.ObjectSource("logs", "a.gz", "e"), Quarter: midnight.Unix() / record.Quarter, Written: n}}
	return c
}

// plain is text that packs well, and quickly.
func plain(n int) string { return strings.Repeat("moor-", n/5) }

// TestFullGroups: what is full is written before Commit, in blocks that are not
// too long, and the batch keeps no more than it may.
func TestFullGroups(t *testing.T) {
	small := content{}
	for i := range groupRecords + 100 {
		small.sightings = append(small.sightings, sighting(i, 60))
	}
	for _, tt := range []struct {
		name string
		c    content
		bits int
	}{
		{"many records in one hour", small, 0},
		{"many bytes in one hour", long(groupBytes/500+100, 1, plain), 0},
		{"many bytes in many shards", long(batchBytes/500+100, 20, plain), 3},
		{"more than one block, and a full group", content{sightings: append(long(650, 1, noise(1)).sightings, small.sightings...)}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMemory()
			l := New(m, m, at(midnight))
			b := l.NewBatch()
			s := aSite(tt.bits)
			most := 0
			for i := range tt.c.sightings {
				require.NoError(t, b.Add(t.Context(), s, &tt.c.sightings[i]))
				most = max(most, b.size)
				sum := 0
				if i%1000 == 0 {
					for _, g := range b.groups {
						sum += len(g.bodies)
					}
					require.Equal(t, sum, b.size)
				}
			}
			early := len(m.all())
			assert.Positive(t, early, "nothing was written before Commit")
			assert.Less(t, most, batchBytes)
			for _, r := range tt.c.receipts {
				require.NoError(t, b.Receipt(t.Context(), s, r))
			}
			require.NoError(t, b.Commit(t.Context()))
			got := readable(t, m)
			require.True(t, maps.Equal(said(tt.c).sightings, got.sightings), "%d sightings in, %d out", len(tt.c.sightings), len(got.sightings))
			require.True(t, maps.Equal(said(tt.c).receipts, got.receipts))
			assert.Zero(t, b.size)
			n := len(m.all())
			require.NoError(t, deliver(t, l, s, tt.c))
			assert.Len(t, m.all(), n, "the same again adds no block")
		})
	}
}

// TestRegrouped: the same sightings in other batches, some of them twice, are the
// same page views.
func TestRegrouped(t *testing.T) {
	merge := func(m *memory) map[record.ID]record.Record {
		records := map[record.ID]record.Record{}
		for _, b := range m.all() {
			block, err := record.Unpack(b.Data)
			require.NoError(t, err)
			for _, p := range block.Sightings {
				s, err := record.DecodeSighting(p.Body, p.ID, p.Time)
				require.NoError(t, err)
				rec := records[p.ID]
				rec.Add(&s)
				records[p.ID] = rec
			}
		}
		return records
	}
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 1))
		all := someContent(r, 300).sightings
		for i := range all { // some views are seen by two doors
			if i%3 == 0 {
				all[i].Door = record.Realtime
			}
		}
		var want map[record.ID]record.Record
		for range 3 {
			m := newMemory()
			l := New(m, m, at(midnight))
			left := append(slices.Clone(all), all[:r.IntN(100)]...)
			r.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
			for len(left) > 0 {
				n := 1 + r.IntN(len(left))
				require.NoError(t, deliver(t, l, aSite(2), content{sightings: left[:n]}))
				left = left[n:]
			}
			got := merge(m)
			if want == nil {
				want = got
			}
			require.Equal(t, want, got, "seed %d", seed)
		}
	}
}

// TestAtOnce: batches written at the same time by ledgers that were told to divide
// the day differently all go by what the first of them noted.
func TestAtOnce(t *testing.T) {
	m := newMemory()
	var contents []content
	errs := make([]error, 16)
	var wg sync.WaitGroup
	for i := range errs {
		c := someContent(rand.New(rand.NewPCG(uint64(i), 1)), 100)
		contents = append(contents, c)
		wg.Go(func() { errs[i] = deliver(t, New(m, m, at(midnight)), aSite(i%7), c) })
	}
	wg.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	l := New(m, m, at(midnight))
	got := map[record.ID]bool{}
	for index := range 4 {
		shard := Shard{2, index}
		require.NoError(t, l.Scan(t.Context(), "example.com", midnight.Add(-24*time.Hour), midnight.Add(24*time.Hour), shard, func(_ BlockID, block *record.Unpacked) error {
			for _, p := range block.Sightings {
				if shard.Has(p.ID) {
					got[p.ID] = true
				}
			}
			return nil
		}))
	}
	for _, c := range contents {
		for _, s := range c.sightings {
			require.True(t, got[s.ID])
		}
	}
}

func TestExpires(t *testing.T) {
	for _, now := range []time.Time{midnight.Add(-time.Hour), midnight.Add(30 * time.Minute), midnight.AddDate(0, 0, 100)} {
		m := newMemory()
		require.NoError(t, deliver(t, New(m, m, at(now)), aSite(1), someContent(rand.New(rand.NewPCG(1, 1)), 100)))
		for _, b := range m.all() {
			hour, err := time.Parse(hourLayout, strings.Split(b.Partition, "/")[1])
			require.NoError(t, err)
			last := hour.Add(time.Hour)
			assert.False(t, b.Expires.Before(last.AddDate(0, 0, 12)), "%s: %s", b.Partition, b.Expires)
			assert.False(t, b.Expires.Before(now.AddDate(0, 0, 12)), "%s: %s", b.Partition, b.Expires)
			assert.False(t, b.Expires.After(last.AddDate(0, 0, 12)) && b.Expires.After(now.AddDate(0, 0, 12)), "no longer than that")
		}
		for at, v := range m.values {
			assert.False(t, v.expires.Before(now.AddDate(0, 0, 12)), "%v", at)
		}
	}
}

// TestLargest: the same group is written first however the batch was filled.
func TestLargest(t *testing.T) {
	b := (&Ledger{}).NewBatch()
	for _, key := range []groupKey{{hourKey{"b", 1}, 0}, {hourKey{"a", 2}, 1}, {hourKey{"a", 2}, 0}, {hourKey{"a", 3}, 0}} {
		b.groups[key] = &group{bodies: make([]byte, 10)}
	}
	b.groups[groupKey{hourKey{"a", 1}, 0}] = &group{bodies: make([]byte, 9)}
	for range 20 {
		require.Equal(t, groupKey{hourKey{"a", 2}, 0}, b.largest())
	}
	sorted := b.sorted()
	assert.True(t, slices.IsSortedFunc(sorted, func(a, b groupKey) int {
		return cmp.Or(cmp.Compare(a.site, b.site), cmp.Compare(a.hour, b.hour), cmp.Compare(a.shard, b.shard))
	}))
	assert.Len(t, sorted, 5)
}

func BenchmarkBatch(b *testing.B) {
	const n = 10_000
	r := rand.New(rand.NewPCG(1, 1))
	all := make([]record.Sighting, n)
	for i := range all {
		all[i] = sighting(i, r.Int64N(3600))
	}
	m := newMemory()
	l := New(m, m, at(midnight))
	b.ReportAllocs()
	for b.Loop() {
		if err := deliver(b, l, aSite(0), content{sightings: all}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(n)/math.Max(1, float64(b.N)), "ns/sighting")
}
