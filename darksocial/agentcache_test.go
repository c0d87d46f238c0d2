package darksocial

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
)

// stringOf is a string that points into a buffer, as a door's do.
func stringOf(buffer []byte) string { return unsafe.String(unsafe.SliceData(buffer), len(buffer)) }

func TestAgentCacheIsReadAgent(t *testing.T) {
	c := newAgentCache(64)
	inputs := append(allExamples(), "", "-", strings.Repeat("x", 1<<20), uaWebView+strings.Repeat(" ", maxUserAgent)+"WA4A/2")
	for range 3 {
		for _, ua := range inputs {
			assert.Equal(t, readAgent(ua), c.read(ua), "%.200q", ua)
		}
	}
}

func TestAgentCacheIsBounded(t *testing.T) {
	for _, size := range []int{-1, 0, 1, 2, 10, 100} {
		c := newAgentCache(size)
		for i := range 500 {
			c.read(fmt.Sprintf("%s Acme/%d", uaIPhone, i))
			c.read(uaChrome)
			c.read(fmt.Sprintf("%s Acme/%d", uaIPhone, i/2))
			assert.LessOrEqual(t, len(c.young)+len(c.old), max(2, size), "made for %d", size)
		}
	}
	c := newAgentCache(10)
	c.read(strings.Repeat("x", 1<<20))
	for ua := range c.young {
		assert.LessOrEqual(t, len(ua), maxUserAgent)
	}
}

// TestAgentCacheRemembers: what is asked for again and again stays.
func TestAgentCacheRemembers(t *testing.T) {
	c := newAgentCache(10)
	for i := range 200 {
		c.read(uaChrome)
		c.read(fmt.Sprintf("%s Acme/%d", uaIPhone, i))
		_, young := c.young[uaChrome]
		_, old := c.old[uaChrome]
		assert.True(t, young || old, "forgotten after %d others", i)
	}
	assert.Zero(t, testing.AllocsPerRun(20, func() { c.read(uaChrome) }))
}

// TestAgentCacheKeepsNoBuffer: the caller writes the next line over the string.
func TestAgentCacheKeepsNoBuffer(t *testing.T) {
	c := newAgentCache(2)
	asked := uaWebView + " AcmeChat/3.1"
	for range 3 {
		buffer := []byte(asked)
		got := c.read(stringOf(buffer))
		for range 3 {
			c.read(uaChrome)         // the buffer's is in the old half now,
			c.read(stringOf(buffer)) // and back in the young
		}
		for i := range buffer {
			buffer[i] = '#'
		}
		want := readAgent(asked)
		assert.Equal(t, want, got)
		assert.Equal(t, want, c.read(asked))
		for ua := range c.young {
			assert.NotContains(t, ua, "##")
		}
		for ua := range c.old {
			assert.NotContains(t, ua, "##")
		}
	}
}

func TestAgentCacheIsShared(t *testing.T) {
	c := newAgentCache(8)
	inputs := allExamples()
	var wg sync.WaitGroup
	for start := range 4 {
		wg.Go(func() {
			for i := range inputs {
				ua := inputs[(i+start*37)%len(inputs)]
				if got := c.read(ua); got != readAgent(ua) {
					t.Errorf("%q: %+v", ua, got)
				}
			}
		})
	}
	wg.Wait()
	assert.LessOrEqual(t, len(c.young)+len(c.old), 8)
}
