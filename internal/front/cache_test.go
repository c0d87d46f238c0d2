package front

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func answerOf(body int) *object {
	return &object{status: 200, header: http.Header{"Content-Type": {"text/html"}}, body: make([]byte, body), expires: noon.Add(time.Minute)}
}

// TestCacheBound: the bytes are those of what is in it, never above the bound, and
// what was asked for last stays.
func TestCacheBound(t *testing.T) {
	c := newCache(100_000)
	for i := range 1000 {
		c.put(fmt.Sprint("/", i), nil, answerOf(i*13%9000))
		c.get("/0", nil, noon)
		assert.LessOrEqual(t, c.bytes, c.most)
	}
	assert.NotNil(t, c.get("/0", nil, noon))
	assert.NotNil(t, c.get("/999", nil, noon))
	assert.Nil(t, c.get("/1", nil, noon))
	assert.Greater(t, c.bytes, c.most-10_000, "it is made use of")

	sum := int64(0)
	for _, key := range c.order.Keys() {
		e, _ := c.order.Peek(key)
		sum += cost(key, e)
	}
	assert.Equal(t, sum, c.bytes)
}

func TestCacheReplaces(t *testing.T) {
	c := newCache(100_000)
	c.put("/", nil, answerOf(5000))
	c.put("/", nil, answerOf(10))
	assert.Less(t, c.bytes, int64(1000))
	assert.Len(t, c.get("/", nil, noon).body, 10)

	varied := answerOf(10)
	varied.header.Set("Vary", "DNT")
	c.put("/", http.Header{"Dnt": {"1"}}, varied)
	assert.Same(t, varied, c.get("/", http.Header{"Dnt": {"1"}}, noon))
	assert.Nil(t, c.get("/", nil, noon), "the page says now that it varies")
	plain := answerOf(10)
	c.put("/", nil, plain)
	assert.Same(t, plain, c.get("/", http.Header{"Dnt": {"1"}}, noon))

	assert.Nil(t, c.get("/", nil, noon.Add(time.Minute)))
	c.put("/", nil, answerOf(200_000))
	assert.Zero(t, c.bytes, "what is larger than the cache leaves nothing")
}
