package job_test

import (
	"bytes"
	"context"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/ledger/ledgertest"
)

// killed returns the same world as seen by a process that dies at its n-th write.
func (w *world) killed(n int, half bool) *world {
	l := &ledgertest.Life{Left: n, Half: half}
	other := *w
	other.blocks, other.kv, other.lake = l.Blocks(w.blocks), l.KV(w.kv), l.Lake(w.lake)
	return &other
}

// TestKilledAnywhere kills labelling and rolling up at every write there is, does
// it again, and wants the files that nothing disturbed gives.
func TestKilledAnywhere(t *testing.T) {
	log := sample(t, 7, 300)
	undisturbed := embeddedWorld(t)
	undisturbed.label(log)
	want := undisturbed.rollUp()

	ctx := context.Background()
	for _, half := range []bool{false, true} {
		for n := 0; ; n++ {
			w := embeddedWorld(t)
			dead := w.killed(n, half)
			_, err := dead.labeler().File(ctx, "log", bytes.NewReader(log), midnight, nil)
			if err == nil {
				require.Greater(t, n, 2, "there were writes to be killed at")
				break
			}
			require.ErrorIs(t, err, ledgertest.ErrKilled)
			o, err := w.roller().Day(ctx, w.site, w.day(), false) // what there is now
			require.NoError(t, err)
			require.True(t, o.Status == "empty" || w.lines() <= countLines(log), "nothing counts that has no receipt, and nothing twice")
			w.label(log)
			require.Equal(t, want, w.rollUp(), "labelling killed at write %d", n)
		}
	}
	for n := 0; ; n++ {
		w := embeddedWorld(t)
		w.label(sample(t, 8, 50))
		w.rollUp() // an older state of the day, to be replaced
		w.label(log)
		dead := w.killed(n, false)
		_, err := dead.roller().Day(ctx, w.site, w.day(), false)
		if err == nil {
			require.Greater(t, n, 3)
			break
		}
		require.ErrorIs(t, err, ledgertest.ErrKilled)
		mark, err := w.ledger().Marked(ctx, siteName, date)
		require.NoError(t, err)
		assert.NotNil(t, mark, "the day is still to be rolled up")
		again := w.rollUp()
		require.Equal(t, again, w.rollUp())
	}
}

func TestAgainAndAtOnce(t *testing.T) {
	log := sample(t, 7, 400)
	other := sample(t, 9, 200)
	pairs(t, func(t *testing.T, w *world) {
		w.label(log)
		w.label(other)
		want := w.rollUp()
		assert.Equal(t, countLines(log)+countLines(other), w.lines())

		t.Run("a second run", func(t *testing.T) {
			w.label(log)
			w.label(other)
			assert.Equal(t, want, w.rollUp())
		})
		t.Run("runs at the same time", func(t *testing.T) {
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					_, err := w.labeler().File(context.Background(), "log", bytes.NewReader(log), midnight, nil)
					assert.NoError(t, err)
				})
				all.Go(func() {
					_, err := w.roller().Day(context.Background(), w.site, w.day(), false)
					assert.NoError(t, err)
				})
			}
			all.Wait()
			assert.Equal(t, want, w.rollUp())
		})
		t.Run("the same log divided otherwise", func(t *testing.T) {
			header := bytes.Join(bytes.SplitAfterN(log, []byte("\n"), 3)[:2], nil)
			lines := bytes.SplitAfter(log[len(header):], []byte("\n"))
			half := len(lines) / 2
			for _, part := range [][][]byte{lines[half:], lines[:half]} {
				w.label(append(bytes.Clone(header), bytes.Join(part, nil)...))
			}
			w.rollUp()
			o := w.outcomes()
			assert.Equal(t, 2*countLines(log)+countLines(other), w.lines(), "the lines were read twice")
			assert.Positive(t, o[rollup.Duplicate])
			assert.Equal(t, want["arrivals"], w.tables()["arrivals"], "and counted once")
			assert.Equal(t, want["pages"], w.tables()["pages"])
		})
	})
}
