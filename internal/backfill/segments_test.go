package backfill

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/ledger"
	"darksocial/internal/ledger/ledgertest"
)

func openStores(t *testing.T, dir string) (ledger.Blocks, ledger.KV) {
	t.Helper()
	segments, err := OpenSegments(filepath.Join(dir, "segments"))
	require.NoError(t, err)
	kv, err := openNotes(filepath.Join(dir, "days.json"))
	require.NoError(t, err)
	return segments, kv
}

// TestStores holds the work folder to what every pair of stores promises.
func TestStores(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) (ledger.Blocks, ledger.KV) { return openStores(t, t.TempDir()) })
	dir := t.TempDir()
	ledgertest.Reopen(t, func(t *testing.T) (ledger.Blocks, ledger.KV, func() error) {
		segments, kv := openStores(t, dir)
		return segments, kv, func() error { return nil }
	})
}

// blocksOf are a few small blocks in two partitions.
func blocksOf(seed int) (blocks []ledger.Block) {
	for i := range 4 {
		blocks = append(blocks, ledger.Block{Partition: fmt.Sprint("site/hour/", i%2), Key: fmt.Sprint(seed, "-", i), Data: fmt.Append(nil, "data of ", seed, "-", i)})
	}
	return blocks
}

// TestDamaged cuts a segment off at each byte, and changes each: never is one taken
// for whole, and the error says what is to be done.
func TestDamaged(t *testing.T) {
	work := t.TempDir()
	dir := filepath.Join(work, "segments")
	segments, err := OpenSegments(dir)
	require.NoError(t, err)
	require.NoError(t, segments.Append(t.Context(), blocksOf(1)))
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	whole, err := os.ReadFile(files[0])
	require.NoError(t, err)
	damage := func(content []byte, what string, at int) {
		require.NoError(t, os.WriteFile(files[0], content, 0o644))
		_, err := OpenSegments(dir)
		require.Error(t, err, "%s at byte %d", what, at)
		require.ErrorContains(t, err, files[0])
		require.ErrorContains(t, err, "the segment is damaged: delete the folder "+work+" and begin again")
	}
	for n := range whole {
		damage(whole[:n], "cut", n)
		changed := append([]byte{}, whole...)
		changed[n] ^= 0x80
		damage(changed, "changed", n)
	}
	damage(append(whole[:len(whole):len(whole)], whole...), "twice", len(whole))
	require.NoError(t, os.WriteFile(files[0], whole, 0o644))
	_, err = OpenSegments(dir)
	require.NoError(t, err)
}

// TestTornSegment: what a run that was killed had not given its name yet counts for
// nothing and is removed.
func TestTornSegment(t *testing.T) {
	dir := t.TempDir()
	segments, err := OpenSegments(dir)
	require.NoError(t, err)
	require.NoError(t, segments.Append(t.Context(), blocksOf(1)))
	torn := filepath.Join(dir, "new-4711")
	require.NoError(t, os.WriteFile(torn, []byte("\x07site/ho"), 0o600))
	segments, err = OpenSegments(dir)
	require.NoError(t, err)
	assert.NoFileExists(t, torn)
	n := 0
	for _, partition := range segments.partitions() {
		require.NoError(t, segments.Scan(t.Context(), partition, func(string, []byte) error { n++; return nil }))
	}
	assert.Equal(t, len(blocksOf(1)), n)
}

// TestSegmentsHoldNoFile: years of logs make more segments than a process may have
// files open.
func TestSegmentsHoldNoFile(t *testing.T) {
	open := func() int {
		entries, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("this system does not list a process's open files")
		}
		return len(entries)
	}
	dir := t.TempDir()
	segments, err := OpenSegments(dir)
	require.NoError(t, err)
	before := open()
	for i := range 40 {
		require.NoError(t, segments.Append(t.Context(), blocksOf(i)))
	}
	segments, err = OpenSegments(dir)
	require.NoError(t, err)
	n := 0
	require.NoError(t, segments.Scan(t.Context(), "site/hour/0", func(string, []byte) error { n++; return nil }))
	assert.Equal(t, 80, n)
	assert.Less(t, open(), before+20)
}

// TestNotesTorn: the notes are replaced, never written over, so what a killed run
// left of new ones does not matter.
func TestNotesTorn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "days.json")
	kv, err := openNotes(path)
	require.NoError(t, err)
	done, err := kv.Swap(t.Context(), "days/site", "2026-11-20", nil, []byte("{}"), time.Time{})
	require.NoError(t, err)
	require.True(t, done)
	require.NoError(t, os.WriteFile(path+".new", []byte(`{"da`), 0o644))
	kv, err = openNotes(path)
	require.NoError(t, err)
	value, err := kv.Get(t.Context(), "days/site", "2026-11-20")
	require.NoError(t, err)
	assert.Equal(t, "{}", string(value))

	require.NoError(t, os.WriteFile(path, []byte(`{"da`), 0o644))
	_, err = openNotes(path)
	require.ErrorContains(t, err, path)
	require.ErrorContains(t, err, "delete the folder "+filepath.Dir(path)+" and begin again")
}
