package front

import (
	"math"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

const (
	largest  = 8   // an object is no larger than the cache divided by this, so that one cannot drive out all
	overhead = 512 // bytes of an entry beside its strings: maps, slices and the list, estimated
)

// cache keeps answers up to a number of bytes; those not asked for the longest go
// first. It is safe for concurrent use.
type cache struct {
	mu    sync.Mutex
	order *simplelru.LRU[string, entry]
	bytes int64
	most  int64
}

// entry is what lies under a key: an answer, or the names of the headers that tell
// which of several answers is asked for.
type entry struct {
	object *object
	vary   []string
}

func newCache(most int64) *cache {
	c := &cache{most: most}
	c.order, _ = simplelru.NewLRU(math.MaxInt, func(key string, e entry) { c.bytes -= cost(key, e) }) // fails for a size below 1 alone
	return c
}

// get gives the answer to a request with these headers, nil if there is none that
// is fresh.
func (c *cache) get(key string, header http.Header, now time.Time) *object {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.order.Get(key)
	if ok && found.object == nil {
		key = variant(key, found.vary, header)
		found, ok = c.order.Get(key)
	}
	if !ok {
		return nil
	}
	if !now.Before(found.object.expires) {
		c.order.Remove(key)
		return nil
	}
	return found.object
}

// put keeps an answer to a request with these headers.
func (c *cache) put(key string, header http.Header, o *object) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if vary := varies(o.header); len(vary) > 0 {
		c.add(key, entry{vary: vary})
		key = variant(key, vary, header)
	}
	c.add(key, entry{object: o})
	for c.bytes > c.most {
		c.order.RemoveOldest()
	}
}

func (c *cache) add(key string, e entry) {
	c.order.Remove(key) // Add would not say that another one went
	c.order.Add(key, e)
	c.bytes += cost(key, e)
}

// variant is the key of the answer for these values of the headers. A line feed is
// in no key and no header.
func variant(key string, vary []string, header http.Header) string {
	var b strings.Builder
	b.WriteString(key)
	for _, name := range vary {
		b.WriteString("\n" + name + ":" + strings.Join(header[name], ","))
	}
	return b.String()
}

// cost is what an entry takes of memory, in bytes.
func cost(key string, e entry) int64 {
	n := overhead + len(key)
	for _, name := range e.vary {
		n += len(name)
	}
	if e.object == nil {
		return int64(n)
	}
	n += len(e.object.body)
	for name, values := range e.object.header {
		n += len(name)
		for _, value := range values {
			n += len(value)
		}
	}
	return int64(n)
}
