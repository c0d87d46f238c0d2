// Package codes keeps share codes, what was seen of them, and the keys that make them.
//
// All of it lies in the same store as the records:
//
//	keys/SITE   share            the keys. The first function that needs them makes them, so they stand in no
//	                             configuration and no state of Terraform
//	codes/SITE  CODE             a share.Item
//	came/SITE   DAY VISITOR      the code that a visitor of the day came with last: for two days at most
//
// What a code means is written once and never changed; what is seen of it (the first
// arrival, an app's preview) is added. Both may be written in any order and again.
package codes

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"darksocial/darksocial/share"
)

// Life is how long a code is known after it was made.
const Life = 180 * 24 * time.Hour

// KV keeps codes and keys: see ledger.KV, which says what the methods mean. GetMany
// returns the values there are of some names.
type KV interface {
	Get(ctx context.Context, collection, name string) ([]byte, error)
	GetMany(ctx context.Context, collection string, names []string) (map[string][]byte, error)
	List(ctx context.Context, collection string, each func(name string, value []byte) error) error
	Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error)
}

// Codes makes, keeps and finds the codes of sites. Safe for concurrent use.
type Codes struct {
	kv     KV
	now    func() time.Time
	random io.Reader

	mu   sync.Mutex
	keys map[string]cached

	seen *lru.Cache[place, *share.Item] // what is surely in the store, by site and code
}

type place struct {
	site string
	code share.Code
}

// remembered is how many codes are not read again to find that nothing is new: a few
// hundred bytes each.
const remembered = 20_000

type cached struct {
	keys  *share.Keys
	until time.Time
}

// keysLast is for how long keys are not read anew. A new key is known everywhere after
// that; codes are made with it from then on.
const keysLast = 5 * time.Minute

// New returns the codes in a store.
func New(kv KV, now func() time.Time) *Codes {
	seen, err := lru.New[place, *share.Item](remembered)
	if err != nil {
		panic(err) // of a size below 1
	}
	return &Codes{kv: kv, now: now, random: rand.Reader, keys: map[string]cached{}, seen: seen}
}

// storedKeys is what is kept of a site's keys.
type storedKeys struct {
	Current []byte `json:"current"`
	Before  []byte `json:"before,omitempty"`
}

// Keys returns the keys of a site. The first who asks makes one.
func (c *Codes) Keys(ctx context.Context, site string) (*share.Keys, error) {
	now := c.now()
	c.mu.Lock()
	known, ok := c.keys[site]
	c.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.keys, nil
	}
	stored, err := c.load(ctx, site)
	if err != nil {
		return nil, fmt.Errorf("codes: keys of %s: %w", site, err)
	}
	var before [][]byte
	if len(stored.Before) > 0 {
		before = append(before, stored.Before)
	}
	keys, err := share.NewKeys(site, stored.Current, before...)
	if err != nil {
		return nil, fmt.Errorf("codes: keys of %s: %w", site, err)
	}
	c.mu.Lock()
	c.keys[site] = cached{keys, now.Add(keysLast)}
	c.mu.Unlock()
	return keys, nil
}

const (
	keyCollection = "keys/"
	keyName       = "share"
	keyLength     = 32
)

func (c *Codes) load(ctx context.Context, site string) (*storedKeys, error) {
	for range 2 { // the second time somebody else was first
		text, err := c.kv.Get(ctx, keyCollection+site, keyName)
		if err != nil {
			return nil, err
		}
		if text != nil {
			var stored storedKeys
			if err := json.Unmarshal(text, &stored); err != nil {
				return nil, fmt.Errorf("they cannot be read")
			}
			return &stored, nil
		}
		if _, err := c.swap(ctx, site, nil, &storedKeys{Current: c.fresh()}); err != nil {
			return nil, err
		}
	}
	return nil, fmt.Errorf("they were written and are not there")
}

// Rotate makes a new key. Codes of the one before stay known until the next rotation;
// those of the key before that are forgotten.
func (c *Codes) Rotate(ctx context.Context, site string) error {
	if _, err := c.load(ctx, site); err != nil {
		return fmt.Errorf("codes: rotate the key of %s: %w", site, err)
	}
	old, err := c.kv.Get(ctx, keyCollection+site, keyName)
	if err != nil {
		return fmt.Errorf("codes: rotate the key of %s: %w", site, err)
	}
	var stored storedKeys
	if err := json.Unmarshal(old, &stored); err != nil {
		return fmt.Errorf("codes: rotate the key of %s: it cannot be read", site)
	}
	done, err := c.swap(ctx, site, old, &storedKeys{Current: c.fresh(), Before: stored.Current})
	if err == nil && !done {
		err = fmt.Errorf("somebody else rotates it")
	}
	if err != nil {
		return fmt.Errorf("codes: rotate the key of %s: %w", site, err)
	}
	c.mu.Lock()
	delete(c.keys, site)
	c.mu.Unlock()
	return nil
}

func (c *Codes) fresh() []byte {
	key := make([]byte, keyLength)
	_, _ = io.ReadFull(c.random, key) // crypto/rand never fails
	return key
}

func (c *Codes) swap(ctx context.Context, site string, old []byte, next *storedKeys) (bool, error) {
	text, err := json.Marshal(next)
	if err != nil {
		return false, err
	}
	return c.kv.Swap(ctx, keyCollection+site, keyName, old, text, time.Time{})
}

// New makes a code that nobody has, and keeps nothing.
func (c *Codes) New(ctx context.Context, site string) (share.Code, error) {
	keys, err := c.Keys(ctx, site)
	if err != nil {
		return "", err
	}
	return keys.New(c.random)
}
