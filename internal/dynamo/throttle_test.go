package dynamo

import (
	"context"
	"fmt"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine"
	"darksocial/internal/ledger"
)

const partition = "example.com/2026-11-20T09/3"

// broken opens a store with faults between it and its engine. The SDK tries each
// request as often as sdkTries says and does not wait in between.
func broken(t *testing.T, sdkTries int) (*Store, *engine.Faults) {
	t.Helper()
	cfg := engine.DynamoDB(t)
	faults := engine.Break(&cfg)
	// One for all of the client's requests, as the SDK has it: the quota of
	// retries runs out over a long test.
	standard := retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = sdkTries
		o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
	})
	cfg.Retryer = func() aws.Retryer { return standard }
	return open(t, cfg), faults
}

// waits takes the place of Pause: it notes how long the store wanted to wait, and
// does then what the test says. The number of the wait counts from 1.
type waits struct {
	mu    sync.Mutex
	list  []time.Duration
	after func(n int)
}

func (w *waits) pause(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	w.list = append(w.list, d)
	n := len(w.list)
	w.mu.Unlock()
	if w.after != nil {
		w.after(n)
	}
	return ctx.Err()
}

func someBlocks(from, n int) []ledger.Block {
	blocks := make([]ledger.Block, n)
	for i := range blocks {
		blocks[i] = ledger.Block{
			Partition: partition, Key: fmt.Sprintf("key-%05d", from+i),
			Data: make([]byte, 100*(from+i)%5000), Expires: time.Unix(1_800_000_000, 0),
		}
	}
	return blocks
}

// units is what blocks cost, by DynamoDB's documentation:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
// A number takes a byte for two digits and one more.
func units(blocks []ledger.Block) float64 {
	sum := 0
	for _, b := range blocks {
		size := len("pk") + len("b/") + len(b.Partition) + len("sk") + len(b.Key) + len("b") + len(b.Data) + len("expires") + 10/2 + 1
		sum += (size + 1023) / 1024
	}
	return float64(sum)
}

// requireStored looks into the table by a way of its own, on which nothing is
// refused and a broken connection is tried again.
func requireStored(t *testing.T, s *Store, want []ledger.Block) {
	t.Helper()
	s = New(dynamodb.NewFromConfig(engine.DynamoDB(t)), s.table)
	found := map[string]int{}
	require.NoError(t, s.Scan(t.Context(), partition, func(key string, data []byte) error {
		require.NotContains(t, found, key)
		found[key] = len(data)
		return nil
	}))
	require.Len(t, found, len(want))
	for _, b := range want {
		require.Equal(t, len(b.Data), found[b.Key])
	}
}

// TestTrouble: whatever goes wrong for a time, all blocks are stored in the end,
// and each was paid for once.
func TestTrouble(t *testing.T) {
	for _, tt := range []struct {
		name          string
		refuse, halve int
		sdkTries      int
	}{
		{"none", 0, 0, 1},
		{"half of all requests refused", 2, 0, 1},
		{"half of all requests refused, the SDK tries again", 2, 0, 3},
		{"half of each batch unprocessed", 0, 1, 1},
		{"both", 2, 1, 1},
		{"both, the SDK tries again", 2, 2, 3},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, faults := broken(t, tt.sdkTries)
			w := waits{}
			s.Pause = w.pause
			faults.Refuse(tt.refuse)
			faults.Halve(tt.halve)
			blocks := someBlocks(0, 130)
			require.NoError(t, s.Append(t.Context(), blocks))
			assert.Equal(t, units(blocks), s.Consumed())

			requests := faults.Requests("BatchWriteItem")
			t.Logf("%d requests, %d waits", requests, len(w.list))
			// 6 batches, each halved 5 times at most, each request refused once at most.
			assert.LessOrEqual(t, requests, 6*6*2)
			for _, d := range w.list {
				assert.Less(t, d, 2*time.Second, "what gets on is not slowed down")
			}
			faults.Refuse(0)
			requireStored(t, s, blocks)
		})
	}
}

// TestTroubleForMany: functions that write at the same time do not get in each
// other's way.
func TestTroubleForMany(t *testing.T) {
	s, faults := broken(t, 1)
	w := waits{}
	s.Pause = w.pause
	// Of more requests than there are functions: if they take turns, it is not always
	// the same one that is refused.
	faults.Refuse(9)
	faults.Halve(2)
	var all []ledger.Block
	errs := make([]error, 8)
	var wg sync.WaitGroup
	for i := range errs {
		mine := someBlocks(40*i, 40)
		all = append(all, mine...)
		wg.Go(func() { errs[i] = s.Append(t.Context(), mine) })
	}
	wg.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	assert.Equal(t, units(all), s.Consumed())
	faults.Refuse(0)
	requireStored(t, s, all)
}

func TestDownAndBack(t *testing.T) {
	s, faults := broken(t, 3)
	w := waits{after: func(n int) {
		if n == 3 {
			faults.Up()
		}
	}}
	s.Pause = w.pause
	faults.Down()
	blocks := someBlocks(0, 60)
	require.NoError(t, s.Append(t.Context(), blocks))
	assert.Len(t, w.list, 3)
	assert.Equal(t, 3*3+3, faults.Requests("BatchWriteItem"), "three tries, of which the SDK made three each, and then three batches")
	assert.Equal(t, units(blocks), s.Consumed())
	requireStored(t, s, blocks)
}

func TestStaysDown(t *testing.T) {
	s, faults := broken(t, 2)
	w := waits{}
	s.Pause = w.pause
	faults.Down()
	err := s.Append(t.Context(), someBlocks(0, 60))
	require.ErrorContains(t, err, "dynamo: append blocks: 60 of 60 not stored: ")
	var dial *net.OpError
	require.ErrorAs(t, err, &dial, "what is wrong with the network")
	assert.Equal(t, maxAttempts*2, faults.Requests("BatchWriteItem"))
	require.Len(t, w.list, maxAttempts-1)
	for i, d := range w.list {
		assert.Less(t, d, time.Second<<i, "wait %d", i)
	}
	assert.NotEqual(t, w.list[4], w.list[5], "without chance, all come back at once")
	faults.Up()
	requireStored(t, s, nil)
}

// TestStaysThrottled: the error names what is throttled, and the SDK's quota of
// retries, which is used up by then, does not end it earlier.
func TestStaysThrottled(t *testing.T) {
	s, faults := broken(t, 3)
	w := waits{}
	s.Pause = w.pause
	faults.Refuse(1)
	for range 10 {
		w.list = nil
		err := s.Append(t.Context(), someBlocks(0, 1))
		var throttled *types.ProvisionedThroughputExceededException
		require.ErrorAs(t, err, &throttled)
		require.Len(t, w.list, maxAttempts-1)
	}
	assert.Less(t, faults.Requests("BatchWriteItem"), 10*maxAttempts*3, "the SDK's quota was never used up")
}

// TestGoesDownOnTheWay: the error says how many blocks are not there, and the
// others are.
func TestGoesDownOnTheWay(t *testing.T) {
	s, faults := broken(t, 1)
	faults.Halve(1)
	w := waits{after: func(n int) {
		if n == 1 {
			faults.Down()
		}
	}}
	s.Pause = w.pause
	err := s.Append(t.Context(), someBlocks(0, 60))
	require.ErrorContains(t, err, "47 of 60 not stored")
	// The first half was a step forward, so the tries are counted from there.
	assert.Equal(t, 1+maxAttempts-1, faults.Requests("BatchWriteItem"))
	faults.Up()
	var there []ledger.Block
	for i, b := range someBlocks(0, 25) {
		if i%2 == 0 {
			there = append(there, b)
		}
	}
	requireStored(t, s, there)
}

func TestCancelledWhileWaiting(t *testing.T) {
	s, faults := broken(t, 1)
	ctx, cancel := context.WithCancel(t.Context())
	w := waits{after: func(int) { cancel() }}
	s.Pause = w.pause
	faults.Down()
	err := s.Append(ctx, someBlocks(0, 30))
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorContains(t, err, "30 of 30 not stored")
	assert.Equal(t, 1, faults.Requests("BatchWriteItem"))
	assert.Len(t, w.list, 1)

	err = s.Append(ctx, someBlocks(0, 30))
	require.ErrorIs(t, err, context.Canceled)
	assert.Len(t, w.list, 1, "cancelled before it began: nothing to wait for")
}

// TestPause waits an hour if it is wrong.
func TestPause(t *testing.T) {
	require.NoError(t, pause(t.Context(), time.Nanosecond))
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(time.Millisecond, cancel)
	require.ErrorIs(t, pause(ctx, time.Hour), context.Canceled)
	ctx, cancel = context.WithTimeout(t.Context(), 59*time.Minute)
	defer cancel()
	require.ErrorIs(t, pause(ctx, time.Hour), context.DeadlineExceeded, "it is not to wait for what cannot be")
	require.NoError(t, ctx.Err(), "and the caller has its time left")
}

// TestNotWorthATry: what will not get better is an error at once.
func TestNotWorthATry(t *testing.T) {
	s, faults := broken(t, 3)
	w := waits{}
	s.Pause = w.pause
	blocks := someBlocks(0, 3)
	blocks[1].Data = make([]byte, 500_000) // more than an item can be
	err := s.Append(t.Context(), blocks)
	require.ErrorContains(t, err, "3 of 3 not stored: ")
	require.ErrorContains(t, err, "ValidationException")
	assert.Equal(t, 1, faults.Requests("BatchWriteItem"))

	s.table = "no-such-table"
	var missing *types.ResourceNotFoundException
	require.ErrorAs(t, s.Append(t.Context(), someBlocks(0, 3)), &missing)
	assert.Equal(t, 2, faults.Requests("BatchWriteItem"))
	assert.Empty(t, w.list)
}

// TestSingleRequests have the SDK's retries alone.
func TestSingleRequests(t *testing.T) {
	s, faults := broken(t, 3)
	faults.Refuse(2)
	var old []byte
	for i := range 20 {
		next := []byte{byte(i)}
		made, err := s.Swap(t.Context(), "c", "name", old, next, time.Time{})
		require.NoError(t, err)
		require.True(t, made)
		found, err := s.Get(t.Context(), "c", "name")
		require.NoError(t, err)
		require.Equal(t, next, found)
		old = next
	}
	faults.Refuse(1)
	_, err := s.Swap(t.Context(), "c", "name", old, nil, time.Time{})
	require.ErrorContains(t, err, "dynamo: swap name of c: ")
	_, err = s.Get(t.Context(), "c", "name")
	require.ErrorContains(t, err, "dynamo: get name of c: ")
	require.Error(t, s.List(t.Context(), "c", func(string, []byte) error { return nil }))
	require.Error(t, s.Scan(t.Context(), "c", func(string, []byte) error { return nil }))
}
