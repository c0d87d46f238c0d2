package ledger

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/internal/site"
)

// gate is a store whose writes wait until they are let through, and may fail.
type gate struct {
	Blocks
	began chan struct{} // a write has begun
	next  chan error    // how it goes on
	count int
}

func (g *gate) Append(ctx context.Context, blocks []Block) error {
	g.began <- struct{}{}
	g.count++
	select {
	case err := <-g.next:
		if err != nil {
			return err
		}
	case <-ctx.Done():
		return ctx.Err()
	}
	return g.Blocks.Append(ctx, blocks)
}

func newGate() (*memory, *gate) {
	m := newMemory()
	return m, &gate{Blocks: m, began: make(chan struct{}), next: make(chan error)}
}

var errDown = errors.New("down")

// TestGroupCommit: what comes while a write is under way goes into the next one
// together, and nobody is told before it is durable.
func TestGroupCommit(t *testing.T) {
	m, g := newGate()
	w := NewWriter(New(g, m, at(midnight)), record.Beacon, time.Minute)
	ctx, s := context.Background(), aSite(0)
	told := make(chan error, 100)
	bring := func(i int) {
		sighting := sighting(i, 60)
		told <- w.Write(ctx, Brought{Site: s, Entry: &sighting})
	}
	go bring(0)
	<-g.began
	for i := range 50 {
		go bring(i + 1)
	}
	waitFor(t, func() bool { w.mu.Lock(); defer w.mu.Unlock(); return len(w.waiting) == 50 })
	assert.Empty(t, told)
	g.next <- nil
	require.NoError(t, <-told)
	<-g.began
	assert.Empty(t, told)
	g.next <- nil
	for range 50 {
		require.NoError(t, <-told)
	}
	assert.Equal(t, 2, g.count, "fifty hits, one write")
	found := readable(t, m)
	assert.Len(t, found.sightings, 51)
	assert.Equal(t, 51, written(t, m))
}

// TestNotAcknowledged: a write that fails is told to all of its group, and the next
// one goes on.
func TestNotAcknowledged(t *testing.T) {
	m, g := newGate()
	w := NewWriter(New(g, m, at(midnight)), record.Beacon, time.Minute)
	ctx, s := context.Background(), aSite(0)
	w.Count(s, "refused.host")
	one, two := sighting(1, 60), sighting(2, 60)
	told := make(chan error, 1)
	go func() { told <- w.Write(ctx, Brought{Site: s, Entry: &one}) }()
	<-g.began
	g.next <- errDown
	require.ErrorIs(t, <-told, errDown)
	assert.Empty(t, readable(t, m).sightings)

	go func() { told <- w.Write(ctx, Brought{Site: s, Entry: &two}) }()
	<-g.began
	g.next <- nil
	require.NoError(t, <-told)
	assert.Len(t, readable(t, m).sightings, 1)
	assert.Equal(t, map[string]int{"refused.host": 1}, filtered(t, m), "the count waited for a write that lasts")
}

// TestPatience: a store that hangs is given up, for all who wait.
func TestPatience(t *testing.T) {
	m, g := newGate()
	g.began = make(chan struct{}, 1)
	w := NewWriter(New(g, m, at(midnight)), record.Beacon, time.Nanosecond)
	sighting := sighting(1, 60)
	told := make(chan error, 1)
	go func() { told <- w.Write(context.Background(), Brought{Site: aSite(0), Entry: &sighting}) }()
	assert.ErrorIs(t, <-told, context.DeadlineExceeded)

	// A request that is given up does not hold up the others.
	m, g = newGate()
	w = NewWriter(New(g, m, at(midnight)), record.Beacon, time.Minute)
	ctx, cancel := context.WithCancel(context.Background())
	go func() { told <- w.Write(ctx, Brought{Site: aSite(0), Entry: &sighting}) }()
	<-g.began
	cancel()
	assert.ErrorIs(t, <-told, context.Canceled)
	g.next <- nil
	go func() { told <- w.Write(context.Background(), Brought{Site: aSite(0), Entry: &sighting}) }()
	<-g.began
	g.next <- nil
	assert.NoError(t, <-told)
}

// TestBusy: more than may wait are told at once.
func TestBusy(t *testing.T) {
	m, g := newGate()
	w := NewWriter(New(g, m, at(midnight)), record.Beacon, time.Minute)
	s := aSite(0)
	sighting := sighting(1, 60)
	done := make(chan error, 1)
	go func() { done <- w.Write(context.Background(), Brought{Site: s, Entry: &sighting}) }()
	<-g.began
	w.mu.Lock()
	for range maxWaiting {
		w.waiting = append(w.waiting, &brought{Brought{Site: s, Reason: "bot"}, record.Beacon, make(chan error, 1)})
	}
	w.mu.Unlock()
	assert.ErrorIs(t, w.Write(context.Background(), Brought{Site: s, Entry: &sighting}), ErrBusy)
	g.next <- nil
	require.NoError(t, <-done)
	<-g.began
	g.next <- nil
	waitFor(t, func() bool { w.mu.Lock(); defer w.mu.Unlock(); return !w.writing })
	assert.Equal(t, map[string]int{"bot": maxWaiting}, filtered(t, m))
}

// TestManyWriters: of many at once each is counted once, in its quarter of an hour.
func TestManyWriters(t *testing.T) {
	m := newMemory()
	w := NewWriter(New(m, m, at(midnight)), record.Beacon, time.Minute)
	sites := []*site.Site{aSite(0), {Name: "other.example"}}
	var group sync.WaitGroup
	for i := range 400 {
		group.Go(func() {
			s := sites[i%2]
			if i%5 == 0 {
				assert.NoError(t, w.Write(context.Background(), Brought{Site: s, Time: midnight.Unix() + int64(i), Reason: "bot"}))
				return
			}
			sighting := sighting(i, int64(i*10))
			assert.NoError(t, w.Write(context.Background(), Brought{Site: s, Entry: &sighting}))
		})
	}
	group.Wait()
	w.Count(sites[0], "refused.method")
	require.NoError(t, w.Flush(context.Background()))
	require.NoError(t, w.Flush(context.Background()), "and nothing twice")
	assert.Equal(t, 320, written(t, m))
	assert.Equal(t, map[string]int{"bot": 80, "refused.method": 1}, filtered(t, m))
}

// waitFor waits for another goroutine to come to where it must come.
func waitFor(t *testing.T, there func() bool) {
	t.Helper()
	require.Eventually(t, there, time.Minute, time.Millisecond)
}

func eachReceipt(t *testing.T, m *memory, each func(*record.Receipt)) {
	t.Helper()
	seen := map[string]bool{}
	for _, b := range m.all() {
		block, err := record.Unpack(b.Data)
		require.NoError(t, err)
		for i := range block.Receipts {
			key := fmt.Sprintf("%s %x", b.Partition[:len("example.com")], block.Receipts[i].AppendKey(nil))
			require.False(t, seen[key], "a receipt is there twice")
			seen[key] = true
			each(&block.Receipts[i])
		}
	}
}

func written(t *testing.T, m *memory) (n int) {
	eachReceipt(t, m, func(r *record.Receipt) { n += r.Written })
	return n
}

func filtered(t *testing.T, m *memory) map[string]int {
	reasons := map[string]int{}
	eachReceipt(t, m, func(r *record.Receipt) {
		for _, c := range r.Filtered {
			reasons[c.Reason] += c.N
		}
	})
	return reasons
}
