package ledger

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
)

// TestManyReceipts: more receipts than a block can hold come after all sightings.
func TestManyReceipts(t *testing.T) {
	for _, n := range []int{1, 8} {
		c, name := content{}, noise(1)
		for i := range n {
			c.sightings = append(c.sightings, sighting(i, 60))
		}
		for i := range 16 {
			c.receipts = append(c.receipts, record.Receipt{Source: record.ObjectSource("logs", fmt.Sprint(i), "e"), Rules: "rules1", Quarter: midnight.Unix() / record.Quarter, Written: n,
				Filtered: []record.Count{{Reason: name(20_000), N: 1}}})
		}
		m := newMemory()
		require.NoError(t, deliver(t, New(m, m, at(midnight)), aSite(0), c))
		want, got := said(c), readable(t, m)
		require.True(t, maps.Equal(want.sightings, got.sightings) && maps.Equal(want.receipts, got.receipts), "%d sightings", n)
		require.Greater(t, len(m.all()), 2)
		if n == 1 {
			eachFailure(t, 0, false, c)
		}
	}
}

// requireNoEarlyReceipt: where a receipt can be read, all sightings of its hour can.
func requireNoEarlyReceipt(t *testing.T, found stored, m *memory, contents ...content) {
	t.Helper()
	hours := map[int64]bool{}
	for _, b := range m.all() {
		block, err := record.Unpack(b.Data)
		require.NoError(t, err)
		for _, r := range block.Receipts {
			hours[r.Quarter/4] = true
		}
	}
	for _, c := range contents {
		for i := range c.sightings {
			if s := &c.sightings[i]; hours[s.Time/3600] && found.sightings[sightingText(s)] == 0 {
				require.Fail(t, "a receipt can be read, and a sighting of its hour cannot", "%s at %s", s.ID, s.Shown())
			}
		}
	}
}

// eachFailure delivers contents with the store failing at each step there is, and
// then once more without. lost says whether the failing step was done all the same.
func eachFailure(t *testing.T, bits int, lost bool, contents ...content) {
	t.Helper()
	now := midnight.Add(50 * time.Hour) // the days are over, so they are marked
	undisturbed := newMemory()
	require.NoError(t, deliver(t, New(undisturbed, undisturbed, at(now)), aSite(bits), contents...))
	want := readable(t, undisturbed)
	keys := func(m *memory) (list []string) {
		for _, b := range m.all() {
			list = append(list, b.Partition+"/"+b.Key)
		}
		return list
	}
	marks := func(m *memory) (list []string) {
		require.NoError(t, New(m, m, at(now)).Marks(t.Context(), "example.com", func(date string) error { list = append(list, date); return nil }))
		return list
	}
	for n := range undisturbed.steps {
		m := newMemory()
		m.random = rand.New(rand.NewPCG(uint64(n), 1))
		l := New(m, m, at(now))
		m.failAt, m.lost = n, lost
		require.ErrorIs(t, deliver(t, l, aSite(bits), contents...), errStore, "step %d", n)
		requireNoEarlyReceipt(t, readable(t, m), m, contents...)
		m.failAt = -1
		require.NoError(t, deliver(t, l, aSite(bits), contents...))
		got := readable(t, m)
		require.True(t, maps.Equal(want.sightings, got.sightings), "after a failure at step %d", n)
		require.True(t, maps.Equal(want.receipts, got.receipts), "after a failure at step %d", n)
		require.Equal(t, keys(undisturbed), keys(m), "after a failure at step %d", n)
		require.Equal(t, marks(undisturbed), marks(m))
	}
	require.NoError(t, deliver(t, New(undisturbed, undisturbed, at(now)), aSite(bits), contents...))
	require.True(t, maps.Equal(want.sightings, readable(t, undisturbed).sightings), "the same again changes nothing")
}

func TestFailures(t *testing.T) {
	for _, bits := range []int{0, 2} {
		for seed := range uint64(2) {
			r := rand.New(rand.NewPCG(seed, 1))
			c, d := someContent(r, r.IntN(100)), someContent(r, r.IntN(100))
			eachFailure(t, bits, false, c, d)
			eachFailure(t, bits, true, c, d)
		}
	}
}

func TestFailuresOfLongBlocks(t *testing.T) {
	c := long(620, 1, noise(1)) // in several blocks
	eachFailure(t, 0, false, c)
}

// TestFailedBatch: a batch that lost something does not pretend at the next
// attempt that it is durable.
func TestFailedBatch(t *testing.T) {
	c := long(groupBytes/500+100, 1, plain)
	t.Run("on the way", func(t *testing.T) {
		m := newMemory()
		l := New(m, m, at(midnight))
		b := l.NewBatch()
		var problems int
		for i := range c.sightings {
			if i == 100 {
				m.failAt = m.steps
			}
			if err := b.Add(t.Context(), aSite(0), &c.sightings[i]); err != nil {
				require.ErrorIs(t, err, errStore)
				m.failAt = -1
				problems++
			}
		}
		require.Positive(t, problems)
		_ = b.Receipt(t.Context(), aSite(0), c.receipts[0])
		require.ErrorIs(t, b.Commit(t.Context()), errStore)
		assert.Empty(t, readable(t, m).receipts)
		require.NoError(t, deliver(t, l, aSite(0), c))
		require.True(t, maps.Equal(said(c).sightings, readable(t, m).sightings), "in a batch of their own all are there, once")
	})
	t.Run("at Commit", func(t *testing.T) {
		m := newMemory()
		l := New(m, m, at(midnight))
		b := l.NewBatch()
		require.NoError(t, b.Add(t.Context(), aSite(0), &c.sightings[0]))
		require.NoError(t, b.Receipt(t.Context(), aSite(0), c.receipts[0]))
		m.failAt = m.steps
		require.ErrorIs(t, b.Commit(t.Context()), errStore)
		m.failAt = -1
		require.ErrorIs(t, b.Commit(t.Context()), errStore, "nothing of it is durable")
		assert.Empty(t, m.all())
	})
}
