package signin

import (
	"crypto/sha256"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Limit bounds how often something is done in a minute, by all together and by each. Of
// whom it is done only a hash is kept, for a minute, in memory. Safe for concurrent use.
type Limit struct {
	all, each int
	now       func() time.Time
	salt      [32]byte

	mu     sync.Mutex
	minute int64
	done   int
	by     *simplelru.LRU[[32]byte, int]
}

// limited is how many are told apart in a minute; the one seen longest ago is forgotten
// first, and the bound on all holds in any case.
const limited = 10_000

// NewLimit returns a Limit. salt is random.
func NewLimit(all, each int, salt [32]byte, now func() time.Time) *Limit {
	by, err := simplelru.NewLRU[[32]byte, int](limited, nil)
	if err != nil {
		panic(err) // of a size below 1
	}
	return &Limit{all: all, each: each, now: now, salt: salt, by: by}
}

// Allow counts one by somebody, and reports whether it is within the bounds.
func (l *Limit) Allow(who string) bool {
	key := sha256.Sum256(append(l.salt[:], who...))
	l.mu.Lock()
	defer l.mu.Unlock()
	l.turn()
	n, _ := l.by.Get(key)
	if n >= l.each || l.done >= l.all {
		return false
	}
	l.by.Add(key, n+1)
	l.done++
	return true
}

// Left is in how many seconds the next minute begins.
func (l *Limit) Left() int { return 60 - int(l.now().Unix()%60) }

func (l *Limit) turn() {
	if minute := l.now().Unix() / 60; minute != l.minute {
		l.minute, l.done = minute, 0
		l.by.Purge()
	}
}
