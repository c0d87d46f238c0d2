package darksocial

import (
	"strings"
	"sync"
)

// agentCache remembers what User-Agents said: a site sees the same few thousand
// again and again, and reading one anew costs a hundred times as much as finding
// it here. It holds at most 2×half of them: when the young half is full it
// becomes the old one, and what nobody asks for again is gone with the next turn.
// Nothing of it leaves the process.
type agentCache struct {
	mu         sync.Mutex
	half       int
	young, old map[string]agent
}

func newAgentCache(size int) *agentCache {
	half := max(1, size/2)
	return &agentCache{half: half, young: make(map[string]agent, half)}
}

// read returns readAgent(ua), from memory if it is there.
func (c *agentCache) read(ua string) agent {
	if len(ua) > maxUserAgent {
		ua = ua[:maxUserAgent]
	}
	c.mu.Lock()
	a, ok := c.young[ua]
	if !ok {
		a, ok = c.old[ua]
		if ok {
			c.keep(ua, a)
		}
	}
	c.mu.Unlock()
	if ok {
		return a
	}
	ua = strings.Clone(ua) // the caller's buffer will be written over
	a = readAgent(ua)
	c.mu.Lock()
	c.keep(ua, a)
	c.mu.Unlock()
	return a
}

func (c *agentCache) keep(ua string, a agent) {
	if len(c.young) >= c.half {
		c.old, c.young = c.young, make(map[string]agent, c.half)
	}
	c.young[strings.Clone(ua)] = a
}
