package ledger

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
)

func note(m *memory, date string) string {
	return string(m.values[[2]string{"days/example.com", date}].data)
}

func TestDayIsDividedByTheFirst(t *testing.T) {
	m := newMemory()
	c := content{sightings: []record.Sighting{sighting(1, 60)}}
	require.NoError(t, deliver(t, New(m, m, at(midnight)), aSite(3), c))
	require.NoError(t, deliver(t, New(m, m, at(midnight)), aSite(5), content{sightings: []record.Sighting{sighting(2, 60), sighting(3, 24*3600)}}))
	assert.JSONEq(t, `{"shard_bits":3}`, note(m, "2026-11-20"))
	assert.JSONEq(t, `{"shard_bits":5}`, note(m, "2026-11-21"), "another day")
	for _, b := range m.all() {
		block, err := record.Unpack(b.Data)
		require.NoError(t, err)
		for _, p := range block.Sightings {
			bits := 3
			if p.Time >= midnight.Unix()+24*3600 {
				bits = 5
			}
			assert.Equal(t, partition("example.com", time.Unix(p.Time, 0).UTC(), p.ID.Shard(bits)), b.Partition)
		}
	}
}

// TestDayIsDividedAtOnce: between looking and noting somebody else was first, or
// our own note's answer was lost.
func TestDayIsDividedAtOnce(t *testing.T) {
	for _, tt := range []struct {
		name   string
		before func(m *memory)
		want   int
	}{
		{"somebody else was first", func(m *memory) {
			m.values[[2]string{"days/example.com", "2026-11-20"}] = value{data: []byte(`{"shard_bits":1}`)}
		}, 1},
		{"our own note's answer was lost", func(m *memory) {
			m.values[[2]string{"days/example.com", "2026-11-20"}] = value{data: []byte(`{"shard_bits":4}`)}
		}, 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMemory()
			m.before = func(string, string) { tt.before(m) }
			bits, err := New(m, m, at(midnight)).divide(t.Context(), aSite(4), midnight)
			require.NoError(t, err)
			assert.Equal(t, tt.want, bits)
		})
	}
}

func TestUnreadableNotes(t *testing.T) {
	for _, data := range []string{"", "x", "[]", `{"shard_bits":7}`, `{"shard_bits":-1}`} {
		m := newMemory()
		l := New(m, m, at(midnight))
		m.values[[2]string{"days/example.com", "2026-11-20"}] = value{data: []byte(data)}
		err := deliver(t, l, aSite(0), content{sightings: []record.Sighting{sighting(1, 60)}})
		require.ErrorContains(t, err, "the note on 2026-11-20 of example.com cannot be read", "%q", data)
		err = l.Scan(t.Context(), "example.com", midnight, midnight.Add(time.Hour), Shard{}, nil)
		require.ErrorContains(t, err, "the note on 2026-11-20 of example.com cannot be read", "%q", data)
	}
	m := newMemory()
	m.values[[2]string{"days/example.com", "yesterday"}] = value{data: []byte(`{}`)}
	require.ErrorContains(t, New(m, m, at(midnight)).Days(t.Context(), "example.com", func(time.Time) error { return nil }), `"yesterday" is no day`)
}

func TestDays(t *testing.T) {
	m := newMemory()
	l := New(m, m, at(midnight))
	require.NoError(t, deliver(t, l, aSite(0), content{sightings: []record.Sighting{sighting(1, 3*24*3600), sighting(2, -60), sighting(3, 60)}}))
	var days []string
	require.NoError(t, l.Days(t.Context(), "example.com", func(day time.Time) error {
		days = append(days, day.Format(time.RFC3339))
		return nil
	}))
	assert.Equal(t, []string{"2026-11-19T00:00:00Z", "2026-11-20T00:00:00Z", "2026-11-23T00:00:00Z"}, days)
	require.ErrorIs(t, l.Days(t.Context(), "example.com", func(time.Time) error { return errStore }), errStore)
	require.NoError(t, l.Days(t.Context(), "other.example", func(time.Time) error { return errStore }))
}

func marks(t *testing.T, l *Ledger) []string {
	t.Helper()
	dates := []string{}
	require.NoError(t, l.Marks(t.Context(), "example.com", func(date string) error { dates = append(dates, date); return nil }))
	return dates
}

func TestMarks(t *testing.T) {
	const day = 24 * 3600
	next := midnight.Add(24 * time.Hour)
	for _, tt := range []struct {
		name string
		sec  int64 // after midnight
		now  time.Time
		want []string
	}{
		{"a day that is not over", 12 * 3600, next.Add(-time.Second), []string{}},
		{"a day that is over since now", 12 * 3600, next, []string{"2026-11-20"}},
		{"a day long over", 12 * 3600, next.AddDate(0, 0, 30), []string{"2026-11-20"}},
		{"the last second of a day", day - 1, next.Add(time.Minute), []string{"2026-11-20"}},
		// A roll-up of a day reads a quarter of an hour on either side as well.
		{"the first quarter of the next day", day + 60, next.Add(time.Hour), []string{"2026-11-20"}},
		{"the second quarter of the next day", day + 900, next.Add(time.Hour), []string{}},
		{"the last quarter of the day before", -900, next, []string{"2026-11-19", "2026-11-20"}},
		{"the last but one", -901, next, []string{"2026-11-19"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for name, c := range map[string]content{
				"a sighting": {sightings: []record.Sighting{sighting(1, tt.sec)}},
				"a receipt":  {receipts: []record.Receipt{{Quarter: (midnight.Unix() + tt.sec) / record.Quarter}}},
			} {
				m := newMemory()
				l := New(m, m, at(tt.now))
				require.NoError(t, deliver(t, l, aSite(0), c))
				assert.Equal(t, tt.want, marks(t, l), name)
			}
		})
	}
}

// TestMarkOfADayThatEndsMeanwhile: a batch begun before midnight and durable after
// it was written to a day that is over.
func TestMarkOfADayThatEndsMeanwhile(t *testing.T) {
	m := newMemory()
	now := midnight.Add(24*time.Hour - time.Second)
	l := New(m, m, func() time.Time { return now })
	b := l.NewBatch()
	s := sighting(1, 23*3600)
	require.NoError(t, b.Add(t.Context(), aSite(0), &s))
	now = now.Add(time.Minute)
	require.NoError(t, b.Commit(t.Context()))
	assert.Equal(t, []string{"2026-11-20"}, marks(t, l))
}

func TestMarkVersions(t *testing.T) {
	m := newMemory()
	l := New(m, m, at(midnight.AddDate(0, 0, 2)))
	c := content{sightings: []record.Sighting{sighting(1, 12*3600)}}
	marked := func() Mark {
		mark, err := l.Marked(t.Context(), "example.com", "2026-11-20")
		require.NoError(t, err)
		return mark
	}
	assert.Nil(t, marked())
	require.NoError(t, deliver(t, l, aSite(0), c))
	first := marked()
	require.NotEmpty(t, first)
	require.NoError(t, deliver(t, l, aSite(0), c))
	second := marked()
	require.NotEqual(t, first, second, "each time another")
	require.NoError(t, l.Unmark(t.Context(), "example.com", "2026-11-20", first))
	assert.Equal(t, second, marked(), "written to since it was seen")
	require.NoError(t, l.Unmark(t.Context(), "example.com", "2026-11-20", nil))
	assert.Equal(t, second, marked(), "a day without a mark was read")
	require.NoError(t, l.Unmark(t.Context(), "example.com", "2026-11-20", second))
	assert.Nil(t, marked())
	require.NoError(t, l.Unmark(t.Context(), "example.com", "2026-11-20", second), "again")
	assert.Empty(t, marks(t, l))
}

// TestMarkAtOnce: others mark the day between looking and marking.
func TestMarkAtOnce(t *testing.T) {
	day := [2]string{"dirty/example.com", "2026-11-20"}
	c := content{sightings: []record.Sighting{sighting(1, 12*3600)}}
	for _, times := range []int{1, 19, 20} {
		m := newMemory()
		l := New(m, m, at(midnight.AddDate(0, 0, 2)))
		n := 0
		var meddle func(collection, name string)
		meddle = func(collection, name string) {
			if [2]string{collection, name} == day {
				if n++; n <= times {
					m.values[day] = value{data: fmt.Append(nil, "other", n)}
				}
			}
			m.before = meddle
		}
		m.before = meddle
		err := deliver(t, l, aSite(0), c)
		if times == 20 {
			require.ErrorContains(t, err, "others change the mark all the time")
			continue
		}
		require.NoError(t, err)
		assert.NotContains(t, string(m.values[day].data), "other", "the last mark is ours")
	}
}

// TestScan: whatever the days are divided by, a shard of any fineness is found,
// whole and only once, with a quarter of an hour on either side.
func TestScan(t *testing.T) {
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 1))
		m := newMemory()
		l := New(m, m, at(midnight))
		var all []record.Sighting
		for range 4 { // days in any order, each with its own bits
			var c content
			day := r.Int64N(4) - 1
			for range 100 {
				c.sightings = append(c.sightings, sighting(r.IntN(1e9), day*86400+r.Int64N(86400)))
			}
			all = append(all, c.sightings...)
			require.NoError(t, deliver(t, l, aSite(r.IntN(record.MaxShardBits+1)), c))
		}
		from := midnight.Add(time.Duration(r.IntN(48*4)-24*4) * 15 * time.Minute)
		to := from.Add(time.Duration(1+r.IntN(60*4)) * 15 * time.Minute)
		for bits := range record.MaxShardBits + 1 {
			shard := Shard{bits, r.IntN(1 << bits)}
			want, got := map[record.ID]int{}, map[record.ID]int{}
			for _, s := range all {
				if sec := time.Unix(s.Time, 0); shard.Has(s.ID) && !sec.Before(from.Add(-15*time.Minute)) && sec.Before(to.Add(15*time.Minute)) {
					want[s.ID]++
				}
			}
			blocks := map[BlockID]bool{}
			require.NoError(t, l.Scan(t.Context(), "example.com", from, to, shard, func(id BlockID, block *record.Unpacked) error {
				require.False(t, blocks[id], "a block comes once")
				blocks[id] = true
				for _, p := range block.Sightings {
					if sec := time.Unix(p.Time, 0); shard.Has(p.ID) && !sec.Before(from.Add(-15*time.Minute)) && sec.Before(to.Add(15*time.Minute)) {
						got[p.ID]++
					}
				}
				return nil
			}))
			require.Equal(t, want, got, "seed %d, shard %s, %s to %s", seed, shard, from, to)
		}
	}
}

// TestScanReadsNoMore: a shard's scan asks for no partition its ids cannot be in,
// and all shards together for each of them.
func TestScanReadsNoMore(t *testing.T) {
	for bits := range record.MaxShardBits + 1 {
		for fine := range record.MaxShardBits + 1 {
			asked := map[int]int{}
			for index := range 1 << fine {
				first, after := Shard{fine, index}.partitions(bits)
				for p := first; p < after; p++ {
					asked[p]++
				}
			}
			require.Len(t, asked, 1<<bits)
			for p, n := range asked {
				require.Equal(t, max(1, 1<<fine>>bits), n, "partition %d of a day divided by %d bits, shards of %d", p, bits, fine)
			}
		}
	}
}

func TestScanErrors(t *testing.T) {
	m := newMemory()
	l := New(m, m, at(midnight))
	require.NoError(t, deliver(t, l, aSite(0), content{sightings: []record.Sighting{sighting(1, 3600)}}))
	scan := func(each func(BlockID, *record.Unpacked) error) error {
		return l.Scan(t.Context(), "example.com", midnight, midnight.Add(24*time.Hour), Shard{}, each)
	}
	ignore := func(BlockID, *record.Unpacked) error { return nil }
	require.ErrorIs(t, scan(func(BlockID, *record.Unpacked) error { return errStore }), errStore, "what each returns")
	m.failAt = m.steps
	require.ErrorIs(t, scan(ignore), errStore)
	m.failAt = -1
	require.NoError(t, scan(ignore))

	b := m.all()[0]
	b.Data = slices.Clone(b.Data)
	b.Data[len(b.Data)-1] ^= 1
	m.blocks[b.Partition][b.Key] = b
	err := scan(ignore)
	require.ErrorContains(t, err, "damaged")
	require.ErrorContains(t, err, b.Key)
	require.ErrorContains(t, err, "example.com/2026-11-20T01/0")
	b.Data = b.Data[:3]
	m.blocks[b.Partition][b.Key] = b
	require.ErrorContains(t, scan(ignore), b.Key)
	_, err = l.Find(t.Context(), "example.com", record.ID{})
	require.ErrorContains(t, err, b.Key)
}

func TestFind(t *testing.T) {
	for bits := range record.MaxShardBits + 1 {
		m := newMemory()
		l := New(m, m, at(midnight))
		var all []record.Sighting
		for id := range 50 {
			log, stream := sighting(id, int64(id)*3500-86400), sighting(id, int64(id)*3500-86400+1)
			stream.Door = record.Realtime
			all = append(all, log, stream)
		}
		require.NoError(t, deliver(t, l, aSite(bits), content{sightings: all}))
		for i := 0; i < len(all); i += 2 {
			found, err := l.Find(t.Context(), "example.com", all[i].ID)
			require.NoError(t, err)
			require.NotNil(t, found)
			assert.Equal(t, &all[i], found.Seen(record.Log))
			assert.Equal(t, &all[i+1], found.Seen(record.Realtime))
		}
		found, err := l.Find(t.Context(), "example.com", record.NewID("example.com", "none"))
		require.NoError(t, err)
		assert.Nil(t, found)
		found, err = l.Find(t.Context(), "other.example", all[0].ID)
		require.NoError(t, err)
		assert.Nil(t, found)
	}
}

// TestFoundAsLongAsKept: a record that came late is found until it expires itself,
// not only until what was written first does.
func TestFoundAsLongAsKept(t *testing.T) {
	for _, days := range []int{0, 1, 5, 11} {
		m := newMemory()
		m.now = midnight.Add(time.Hour)
		l := New(m, m, func() time.Time { return m.now })
		require.NoError(t, deliver(t, l, aSite(2), content{sightings: []record.Sighting{sighting(1, 60)}}))
		m.now = m.now.AddDate(0, 0, days)
		late := sighting(2, 60)
		require.NoError(t, deliver(t, l, aSite(2), content{sightings: []record.Sighting{late}}))
		m.now = m.now.Add(Keep - time.Minute)
		found, err := l.Find(t.Context(), "example.com", late.ID)
		require.NoError(t, err)
		assert.NotNil(t, found, "%d days late", days)
	}
}

// TestScanFollows keeps its promise over a long time, hour by hour: no hour is
// left out or read twice where days and their bits change.
func TestScanFollows(t *testing.T) {
	m := newMemory()
	l := New(m, m, at(midnight))
	for hour := range 5 * 24 {
		s := sighting(hour, int64(hour)*3600+1800)
		require.NoError(t, deliver(t, l, aSite(hour/24), content{sightings: []record.Sighting{s}}))
	}
	for from := range 5 * 24 {
		for _, hours := range []int{1, 23, 24, 25, 50} {
			var got []int64
			begin := midnight.Add(time.Duration(from) * time.Hour)
			require.NoError(t, l.Scan(t.Context(), "example.com", begin, begin.Add(time.Duration(hours)*time.Hour), Shard{}, func(_ BlockID, block *record.Unpacked) error {
				for _, p := range block.Sightings {
					got = append(got, (p.Time-midnight.Unix())/3600)
				}
				return nil
			}))
			var want []int64
			for hour := max(0, from-1); hour <= min(from+hours, 5*24-1); hour++ {
				want = append(want, int64(hour))
			}
			require.Equal(t, want, got)
		}
	}
}
