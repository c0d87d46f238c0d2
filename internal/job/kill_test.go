package job_test

import (
	"bytes"
	"context"
	"io"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
)

// life is how many writes a process makes before it is killed: that write and
// all that follow are not made. With half set, of several blocks the first half
// is still stored.
type life struct {
	left int
	half bool
}

func (l *life) ends() bool { l.left--; return l.left < 0 }

type dyingBlocks struct {
	ledger.Blocks
	*life
}

func (d dyingBlocks) Append(ctx context.Context, blocks []ledger.Block) error {
	if !d.ends() {
		return d.Blocks.Append(ctx, blocks)
	}
	if d.half && d.left == -1 {
		if err := d.Blocks.Append(ctx, blocks[:len(blocks)/2]); err != nil {
			return err
		}
	}
	return errKilled
}

type dyingKV struct {
	ledger.KV
	*life
}

func (d dyingKV) Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error) {
	if d.ends() {
		return false, errKilled
	}
	return d.KV.Swap(ctx, collection, name, old, next, expires)
}

type dyingLake struct {
	object.Store
	*life
}

func (d dyingLake) Put(ctx context.Context, key string, body io.ReadSeeker, old string) (string, error) {
	if d.ends() {
		return "", errKilled
	}
	return d.Store.Put(ctx, key, body, old)
}

// killed returns the same world as seen by a process that dies at its n-th write.
func (w *world) killed(n int, half bool) *world {
	l := &life{n, half}
	other := *w
	other.blocks, other.kv, other.lake = dyingBlocks{w.blocks, l}, dyingKV{w.kv, l}, dyingLake{w.lake, l}
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
			require.ErrorIs(t, err, errKilled)
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
		require.ErrorIs(t, err, errKilled)
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
