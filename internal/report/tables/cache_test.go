package tables_test

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/report/tables"
)

func TestCache(t *testing.T) {
	at := noon
	cache := tables.NewCache[int](100, func() time.Time { return at })
	var loads atomic.Int64
	load := func(bytes int64, until time.Time, err error) tables.Load[int] {
		return func(context.Context) (int, int64, time.Time, error) { return int(loads.Add(1)), bytes, until, err }
	}
	get := func(key string, load tables.Load[int]) int {
		value, err := cache.Get(t.Context(), key, load)
		require.NoError(t, err)
		return value
	}

	forGood := load(10, time.Time{}, nil)
	assert.Equal(t, get("a", forGood), get("a", forGood))
	at = at.AddDate(1, 0, 0)
	assert.Equal(t, 1, get("a", forGood))

	minute := load(10, at.Add(time.Minute), nil)
	assert.Equal(t, 2, get("b", minute))
	at = at.Add(59 * time.Second)
	assert.Equal(t, 2, get("b", minute))
	at = at.Add(time.Second)
	assert.Equal(t, 3, get("b", minute))

	_, err := cache.Get(t.Context(), "c", load(10, time.Time{}, errors.New("no")))
	assert.EqualError(t, err, "no")
	assert.Equal(t, 5, get("c", forGood), "what failed is tried again")

	for i := range 20 { // more than there is room for
		get(strconv.Itoa(i), forGood)
	}
	before := loads.Load()
	get("19", forGood)
	get("18", forGood)
	assert.Equal(t, before, loads.Load(), "the last are kept")
	get("a", forGood)
	assert.Equal(t, before+1, loads.Load(), "the first are not")
	get("large", load(1000, time.Time{}, nil))
	get("large", forGood)
	assert.Equal(t, before+3, loads.Load(), "and what is larger than all room is not")
}

// TestCacheTogether: what many ask for at once is loaded once, and one who goes away does
// not spoil it for the others.
func TestCacheTogether(t *testing.T) {
	cache := tables.NewCache[int](100, func() time.Time { return noon })
	var loads atomic.Int64
	begun, go1 := make(chan struct{}), make(chan struct{})
	load := func(ctx context.Context) (int, int64, time.Time, error) {
		loads.Add(1)
		close(begun)
		<-go1
		return 7, 1, time.Time{}, ctx.Err()
	}
	gone, leave := context.WithCancel(t.Context())
	first := make(chan error)
	go func() {
		_, err := cache.Get(gone, "a", load)
		first <- err
	}()
	<-begun
	leave()
	assert.ErrorIs(t, <-first, context.Canceled)
	var wait sync.WaitGroup
	for range 10 {
		wait.Go(func() {
			value, err := cache.Get(t.Context(), "a", load)
			assert.NoError(t, err)
			assert.Equal(t, 7, value)
		})
	}
	close(go1)
	wait.Wait()
	assert.Equal(t, int64(1), loads.Load())
}
