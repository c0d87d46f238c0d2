// Package codes keeps share codes and the keys that make them.
//
// Both lie in the same store as the records. A site's key is made by the first
// function that needs one, so it stands in no configuration and no state of Terraform.
// A code is kept under its own name, written once and never changed.
package codes

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"

	"darksocial/darksocial/share"
)

// Life is how long a code is known after it was made.
const Life = 180 * 24 * time.Hour

// KV keeps codes and keys: see ledger.KV, which says what the methods mean.
type KV interface {
	Get(ctx context.Context, collection, name string) ([]byte, error)
	Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error)
}

// Codes makes, keeps and finds the codes of sites. Safe for concurrent use.
type Codes struct {
	kv     KV
	now    func() time.Time
	random io.Reader

	mu   sync.Mutex
	keys map[string]cached
}

type cached struct {
	keys  *share.Keys
	until time.Time
}

// keysLast is for how long keys are not read anew. A new key is known everywhere after
// that; codes are made with it from then on.
const keysLast = 5 * time.Minute

// New returns the codes in a store.
func New(kv KV, now func() time.Time) *Codes {
	return &Codes{kv: kv, now: now, random: rand.Reader, keys: map[string]cached{}}
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

func collection(site string) string { return "codes/" + site }

// Keep keeps an item under a code. Kept again, it stays what it was first: a code
// means one thing.
func (c *Codes) Keep(ctx context.Context, site string, code share.Code, item *share.Item) error {
	_, err := c.kv.Swap(ctx, collection(site), string(code), nil, item.Marshal(), c.now().Add(Life))
	if err != nil {
		return fmt.Errorf("codes: keep one of %s: %w", site, err)
	}
	return nil
}

// Find returns what is kept of a code, or nil. What is no code of the site's is not
// looked up.
func (c *Codes) Find(ctx context.Context, site, text string) (*share.Item, error) {
	keys, err := c.Keys(ctx, site)
	if err != nil || !keys.Ours(text) {
		return nil, err
	}
	stored, err := c.kv.Get(ctx, collection(site), text)
	if err != nil || stored == nil {
		return nil, err
	}
	return share.ReadItem(stored)
}
