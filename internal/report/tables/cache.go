package tables

import (
	"context"
	"math"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Cache keeps what was loaded, up to a number of bytes. What several ask for at once is
// loaded once. Safe for concurrent use.
type Cache[V any] struct {
	limit int64
	now   func() time.Time

	mu   sync.Mutex
	size int64
	kept *simplelru.LRU[string, *loaded[V]]
}

// loaded is a value that is there, or to come.
type loaded[V any] struct {
	done  chan struct{}
	value V
	err   error
	bytes int64
	until time.Time // zero: for good
}

// Load makes a value, and says about how many bytes it takes and until when it holds:
// the zero time is for good.
type Load[V any] func(ctx context.Context) (value V, bytes int64, until time.Time, err error)

// NewCache returns a cache of about so many bytes.
func NewCache[V any](limit int64, now func() time.Time) *Cache[V] {
	c := &Cache[V]{limit: limit, now: now}
	c.kept, _ = simplelru.NewLRU(math.MaxInt32, func(_ string, l *loaded[V]) { c.size -= l.bytes }) // fails for a size below 1 alone
	return c
}

// patience is for how long something is loaded. Who asked first may go away; others wait
// for the same.
const patience = 25 * time.Second

// Get returns what is kept under a key, or loads it.
func (c *Cache[V]) Get(ctx context.Context, key string, load Load[V]) (V, error) {
	c.mu.Lock()
	l, ok := c.kept.Get(key)
	if ok && !l.until.IsZero() && !c.now().Before(l.until) {
		c.kept.Remove(key)
		ok = false
	}
	if !ok {
		l = &loaded[V]{done: make(chan struct{})}
		c.kept.Add(key, l)
		go c.load(context.WithoutCancel(ctx), key, l, load)
	}
	c.mu.Unlock()
	select {
	case <-l.done:
		return l.value, l.err
	case <-ctx.Done():
		var none V
		return none, ctx.Err()
	}
}

func (c *Cache[V]) load(ctx context.Context, key string, l *loaded[V], load Load[V]) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var bytes int64
	var until time.Time
	l.value, bytes, until, l.err = load(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	defer close(l.done)
	if now, ok := c.kept.Peek(key); !ok || now != l {
		return
	}
	if l.err != nil {
		c.kept.Remove(key)
		return
	}
	l.bytes, l.until = bytes, until
	for c.size += bytes; c.size > c.limit; {
		if _, _, some := c.kept.RemoveOldest(); !some {
			break
		}
	}
}
