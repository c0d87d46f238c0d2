package ledgertest

import (
	"context"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/ledger"
)

// partition is as the ledger names them: site, hour and shard.
const partition = "example.com/2026-11-20T09/3"

func appendAndScan(t *testing.T, blocks ledger.Blocks) {
	stored := []ledger.Block{block(partition, 1), block("other.example/2026-11-20T09/3", 2), block(partition, 3)}
	given := slices.Clone(stored)
	put(t, blocks, given...)
	assert.Equal(t, stored, given, "the caller's blocks were changed")
	assert.Equal(t, contents([]ledger.Block{stored[0], stored[2]}), scan(t, blocks, partition))

	put(t, blocks) // of nothing
	put(t, blocks, block(partition, 4))
	clear(given[0].Data) // the caller's again: nobody may look at it any more
	want := contents([]ledger.Block{block(partition, 1), stored[2], block(partition, 4)})
	assert.Equal(t, want, scan(t, blocks, partition))
	assert.Equal(t, want, scan(t, blocks, partition), "a scan changed something")
}

func replace(t *testing.T, blocks ledger.Blocks) {
	put(t, blocks, block(partition, 1), block(partition, 2))
	put(t, blocks, block(partition, 1))
	requireSame(t, contents([]ledger.Block{block(partition, 1), block(partition, 2)}), scan(t, blocks, partition))
	// The content of a key is always the same. That it is replaced, and not left
	// as it was, shows only with another.
	put(t, blocks, ledger.Block{Partition: partition, Key: block(partition, 1).Key, Data: []byte("other"), Expires: later()})
	assert.Equal(t, map[string]string{"key-00001": "other", "key-00002": partition + " key-00002"}, scan(t, blocks, partition))
}

// twiceAtOnce: one batch can hold the same records twice.
func twiceAtOnce(t *testing.T, blocks ledger.Blocks) {
	put(t, blocks, block(partition, 1), block(partition, 2), block(partition, 1))
	requireSame(t, contents([]ledger.Block{block(partition, 1), block(partition, 2)}), scan(t, blocks, partition))
	many := make([]ledger.Block, 0, 90)
	for i := range 90 {
		many = append(many, block(partition, i%40))
	}
	put(t, blocks, many...)
	requireSame(t, contents(many), scan(t, blocks, partition))
}

// odd are names that a careless store confuses: prefixes of each other, case,
// what LIKE, URLs and paths give a meaning to, and text outside ASCII.
var odd = []string{
	partition, partition + "1", partition + "/", partition + "/1", "example.com/2026-11-20T09", "example.com/2026-11-20T09/",
	"example.com/2026-11-20T0", "example.com", "xample.com/2026-11-20T09/3", "EXAMPLE.com/2026-11-20T09/3", "example-com/2026-11-20T09/3",
	"example_com/2026-11-20T09/3", "example%com/2026-11-20T09/3", "%", "_", "*", "?", "'", `"`, "\\", " ", ".", "..", "/", "//", "-", ":", ";--",
	"k/x", "b/x", "a\tb", "ä", "a\u0308", "\uffff", "\U0001d11e",
}

func partitionsApart(t *testing.T, blocks ledger.Blocks) {
	all := make([]ledger.Block, len(odd))
	for i, name := range odd {
		all[i] = ledger.Block{Partition: name, Key: "key", Data: []byte(name), Expires: later()}
	}
	put(t, blocks, all...)
	for _, name := range odd {
		assert.Equal(t, map[string]string{"key": name}, scan(t, blocks, name), "partition %q", name)
	}
}

func keysApart(t *testing.T, blocks ledger.Blocks) {
	all := make([]ledger.Block, len(odd))
	for i, name := range odd {
		all[i] = ledger.Block{Partition: partition, Key: name, Data: []byte(name), Expires: later()}
	}
	put(t, blocks, all...)
	assert.Equal(t, contents(all), scan(t, blocks, partition))
}

func anyBytes(t *testing.T, blocks ledger.Blocks) {
	stored := []ledger.Block{
		{Partition: partition, Key: "all", Data: allBytes()},
		{Partition: partition, Key: "zero", Data: make([]byte, 100)},
		{Partition: partition, Key: "one zero", Data: []byte{0}},
		{Partition: partition, Key: "empty", Data: []byte{}},
		{Partition: partition, Key: "nil", Data: nil},
		{Partition: partition, Key: "text", Data: []byte("' OR 1=1 --")},
	}
	for i := range stored {
		stored[i].Expires = later()
	}
	put(t, blocks, stored...)
	assert.Equal(t, contents(stored), scan(t, blocks, partition))
}

// manySmall: a batch of BatchWriteItem ends at 25.
func manySmall(t *testing.T, blocks ledger.Blocks) {
	var first, second []ledger.Block
	for i := range 130 {
		first = append(first, block(partition, i))
		second = append(second, block("other.example/2026-11-20T09/0", i))
	}
	put(t, blocks, append(slices.Clone(first), second...)...)
	requireSame(t, contents(first), scan(t, blocks, partition))
	requireSame(t, contents(second), scan(t, blocks, "other.example/2026-11-20T09/0"))
}

// manyLarge: an answer of Query ends at 1 MB, a request of BatchWriteItem at 16.
func manyLarge(t *testing.T, blocks ledger.Blocks) {
	var all []ledger.Block
	for i := range 60 {
		b := block(partition, i)
		b.Data = noise(uint64(i), 300_000)
		all = append(all, b)
	}
	put(t, blocks, all...)
	requireSame(t, contents(all), scan(t, blocks, partition))
}

func nothingThere(t *testing.T, blocks ledger.Blocks) {
	assert.Empty(t, scan(t, blocks, partition))
	put(t, blocks, block("other.example/2026-11-20T09/3", 1))
	assert.Empty(t, scan(t, blocks, partition))
}

func errorOfEach(t *testing.T, blocks ledger.Blocks) {
	for i := range 10 {
		put(t, blocks, block(partition, i))
	}
	for _, after := range []int{1, 4, 10} {
		calls := 0
		err := blocks.Scan(t.Context(), partition, func(string, []byte) error {
			if calls++; calls == after {
				return errEach
			}
			return nil
		})
		require.ErrorIs(t, err, errEach)
		assert.Equal(t, after, calls, "each was called after its error")
	}
	assert.Len(t, scan(t, blocks, partition), 10, "the store is of no use after an error")
}

func blocksCancelled(t *testing.T, blocks ledger.Blocks) {
	put(t, blocks, block(partition, 1))
	require.ErrorIs(t, blocks.Append(cancelled(t), []ledger.Block{block(partition, 2)}), context.Canceled)
	err := blocks.Scan(cancelled(t), partition, func(string, []byte) error { return nil })
	require.ErrorIs(t, err, context.Canceled)
	put(t, blocks, block(partition, 3))
	found := scan(t, blocks, partition)
	assert.Contains(t, found, block(partition, 1).Key)
	assert.Contains(t, found, block(partition, 3).Key)
}

// cancelledOnTheWay: a scan that is cut short never looks like one that is
// complete.
func cancelledOnTheWay(t *testing.T, blocks ledger.Blocks) {
	var all []ledger.Block
	for i := range 20 {
		b := block(partition, i)
		b.Data = noise(uint64(i), 200_000)
		all = append(all, b)
	}
	put(t, blocks, all...)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	found := 0
	err := blocks.Scan(ctx, partition, func(string, []byte) error {
		if found++; found == 2 {
			cancel()
		}
		return nil
	})
	if err == nil {
		assert.Equal(t, len(all), found, "a scan without an error left blocks out")
	} else {
		assert.ErrorIs(t, err, context.Canceled)
	}
	requireSame(t, contents(all), scan(t, blocks, partition))
}

// usedWithinEach: whoever folds a day notes on the way how far it has come.
func usedWithinEach(t *testing.T, blocks ledger.Blocks) {
	put(t, blocks, block(partition, 1), block(partition, 2), block("copy", 0))
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // of a store that waits for itself
	defer cancel()
	require.NoError(t, blocks.Scan(ctx, partition, func(key string, data []byte) error {
		if err := blocks.Append(ctx, []ledger.Block{{Partition: "copy", Key: key, Data: data, Expires: later()}}); err != nil {
			return err
		}
		return blocks.Scan(ctx, "copy", func(string, []byte) error { return nil })
	}))
	assert.Len(t, scan(t, blocks, "copy"), 3)
}

func appendedAtOnce(t *testing.T, blocks ledger.Blocks) {
	const writers, batches, each = 8, 6, 5
	names := []string{partition, "other.example/2026-11-20T09/0"}
	want := map[string][]ledger.Block{}
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for w := range writers {
		var mine [][]ledger.Block
		for b := range batches {
			var batch []ledger.Block
			for i := range each {
				next := block(names[i%2], (w*batches+b)*each+i)
				batch = append(batch, next)
				want[next.Partition] = append(want[next.Partition], next)
			}
			// One that all of them write.
			mine = append(mine, append(batch, block("shared", b)))
		}
		wg.Go(func() {
			for _, batch := range mine {
				if errs[w] = blocks.Append(t.Context(), batch); errs[w] != nil {
					return
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	for name, all := range want {
		requireSame(t, contents(all), scan(t, blocks, name))
	}
	assert.Len(t, scan(t, blocks, "shared"), batches)
}

// scannedMeanwhile: what was there before a scan is in it, whatever is appended
// while it runs.
func scannedMeanwhile(t *testing.T, blocks ledger.Blocks) {
	var before []ledger.Block
	for i := range 40 {
		b := block(partition, 2*i)
		b.Data = noise(uint64(i), 60_000)
		before = append(before, b)
	}
	put(t, blocks, before...)
	done := make(chan error, 1)
	go func() {
		var err error
		for i := 0; i < 40 && err == nil; i++ {
			err = blocks.Append(t.Context(), []ledger.Block{block(partition, 2*i+1)})
		}
		done <- err
	}()
	var scans []map[string]string
	for range 5 {
		scans = append(scans, scan(t, blocks, partition))
	}
	require.NoError(t, <-done)
	for _, found := range scans {
		maps.DeleteFunc(found, func(key, data string) bool { return data == partition+" "+key }) // appended meanwhile
		requireSame(t, contents(before), found)
	}
}

// expired: what has expired may be gone or not, what has not is there.
func expired(t *testing.T, blocks ledger.Blocks) {
	var want []ledger.Block
	for i := range 10 {
		b := block(partition, i)
		if b.Expires = time.Now().Add(time.Hour); i%2 == 0 {
			b.Expires = time.Now().Add(-time.Hour)
		} else {
			want = append(want, b)
		}
		put(t, blocks, b)
	}
	found := scan(t, blocks, partition)
	for _, b := range want {
		assert.Equal(t, string(b.Data), found[b.Key], "%s has not expired", b.Key)
	}
}
