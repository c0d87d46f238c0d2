// Package ledgertest holds every pair of stores to what ledger.Blocks and
// ledger.KV promise. A store's own test calls Run and Reopen; what a store needs
// beyond them is tested there.
package ledgertest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/ledger"
)

// Run tests a pair of stores. open is called once for each test, and gives stores
// that hold nothing.
func Run(t *testing.T, open func(t *testing.T) (ledger.Blocks, ledger.KV)) {
	for _, tt := range []struct {
		name string
		test func(t *testing.T, blocks ledger.Blocks)
	}{
		{"append and scan", appendAndScan},
		{"replace", replace},
		{"the same block twice at once", twiceAtOnce},
		{"partitions are apart", partitionsApart},
		{"keys are apart", keysApart},
		{"any bytes", anyBytes},
		{"many small blocks", manySmall},
		{"many large blocks", manyLarge},
		{"nothing there", nothingThere},
		{"error of each", errorOfEach},
		{"cancelled", blocksCancelled},
		{"cancelled on the way", cancelledOnTheWay},
		{"used within each", usedWithinEach},
		{"appended at the same time", appendedAtOnce},
		{"scanned while others append", scannedMeanwhile},
		{"expired", expired},
	} {
		t.Run("blocks/"+tt.name, func(t *testing.T) {
			blocks, _ := open(t)
			tt.test(t, blocks)
		})
	}
	for _, tt := range []struct {
		name string
		test func(t *testing.T, kv ledger.KV)
	}{
		{"nothing there", noValue},
		{"swap", swap},
		{"swap nothing for nothing", swapNothing},
		{"any bytes", anyValue},
		{"names are apart", namesApart},
		{"two swap at once", twoSwap},
		{"a counter", counter},
		{"list in order", listInOrder},
		{"list much", listMuch},
		{"error of each", listError},
		{"cancelled", kvCancelled},
		{"expired", valueExpired},
	} {
		t.Run("kv/"+tt.name, func(t *testing.T) {
			_, kv := open(t)
			tt.test(t, kv)
		})
	}
	t.Run("blocks and kv are apart", func(t *testing.T) {
		blocks, kv := open(t)
		put(t, blocks, ledger.Block{Partition: "days", Key: "a", Data: []byte("block"), Expires: later()})
		set(t, kv, "days", "b", "value")
		assert.Equal(t, map[string]string{"a": "block"}, scan(t, blocks, "days"))
		assert.Equal(t, []string{"b=value"}, list(t, kv, "days"))
	})
}

// ManyKV is a KV that is asked for many values at once.
type ManyKV interface {
	ledger.KV
	GetMany(ctx context.Context, collection string, names []string) (map[string][]byte, error)
}

// RunMany tests what a store promises that is asked for many values at once. open
// gives one that holds nothing.
func RunMany(t *testing.T, open func(t *testing.T) ManyKV) {
	t.Run("get many", func(t *testing.T) { getMany(t, open(t)) })
	t.Run("get much", func(t *testing.T) { getMuch(t, open(t)) })
}

// Reopen tests that what was stored is there after the stores were closed and
// opened again. open is called several times, and each time gives the same
// stores and what closes them.
func Reopen(t *testing.T, open func(t *testing.T) (ledger.Blocks, ledger.KV, func() error)) {
	blocks, kv, closeAll := open(t)
	put(t, blocks, ledger.Block{Partition: "p", Key: "first", Data: []byte("1"), Expires: later()})
	set(t, kv, "c", "name", "value")
	require.NoError(t, closeAll())

	blocks, kv, closeAll = open(t)
	assert.Equal(t, map[string]string{"first": "1"}, scan(t, blocks, "p"))
	assert.Equal(t, "value", get(t, kv, "c", "name"))
	put(t, blocks, ledger.Block{Partition: "p", Key: "second", Data: []byte("2"), Expires: later()})
	assert.True(t, swapped(t, kv, "c", "name", "value", "next"))
	require.NoError(t, closeAll())

	blocks, kv, closeAll = open(t)
	assert.Equal(t, map[string]string{"first": "1", "second": "2"}, scan(t, blocks, "p"))
	assert.Equal(t, "next", get(t, kv, "c", "name"))
	require.NoError(t, closeAll())
}

// later is a time of expiry that has not come.
func later() time.Time { return time.Now().AddDate(0, 0, 10) }

// block makes a block whose content tells where it belongs.
func block(partition string, i int) ledger.Block {
	key := fmt.Sprintf("key-%05d", i)
	return ledger.Block{Partition: partition, Key: key, Data: []byte(partition + " " + key), Expires: later()}
}

func put(t *testing.T, blocks ledger.Blocks, b ...ledger.Block) {
	t.Helper()
	require.NoError(t, blocks.Append(t.Context(), b))
}

// scan gives all of a partition, and fails if a block comes twice.
func scan(t *testing.T, blocks ledger.Blocks, partition string) map[string]string {
	t.Helper()
	found := map[string]string{}
	require.NoError(t, blocks.Scan(t.Context(), partition, func(key string, data []byte) error {
		assert.NotContains(t, found, key, "a block came twice")
		found[key] = string(data)
		return nil
	}))
	return found
}

// contents is what scan gives of blocks.
func contents(blocks []ledger.Block) map[string]string {
	want := map[string]string{}
	for _, b := range blocks {
		want[b.Key] = string(b.Data)
	}
	return want
}

// requireSame compares without printing megabytes.
func requireSame(t *testing.T, want, got map[string]string) {
	t.Helper()
	require.Len(t, got, len(want))
	for key, data := range want {
		require.Contains(t, got, key)
		require.True(t, data == got[key], "block %s is not what was stored: %d bytes, stored were %d", key, len(got[key]), len(data))
	}
}

// noise is bytes that do not compress, the same at each run.
func noise(seed uint64, n int) []byte {
	source := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8)})
	data := make([]byte, n)
	_, _ = source.Read(data) // never fails
	return data
}

// allBytes is every byte, zero first and last.
func allBytes() []byte {
	var all bytes.Buffer
	for i := range 257 {
		all.WriteByte(byte(i))
	}
	return all.Bytes()
}

func cancelled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

var errEach = errors.New("each has had enough")
