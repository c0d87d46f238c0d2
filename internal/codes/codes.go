// Package codes keeps share codes, what was seen of them, and the keys that make them.
//
// All of it lies in the same store as the records:
//
//	keys/SITE   share            the keys. The first function that needs them makes them, so they stand in no
//	                             configuration and no state of Terraform
//	codes/SITE/… CODE            a share.Item
//	came/SITE/…  DAY VISITOR     the code that a visitor of the day came with last: for two days at most
//
// What a code means is written once and never changed; what is seen of it (the first
// arrival, an app's preview) is added. Both may be written in any order and again.
package codes

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"darksocial/darksocial/share"
	"darksocial/internal/keyring"
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
	ring   *keyring.Ring

	mu   sync.Mutex
	keys map[string]checked

	seen *lru.Cache[place, *share.Item] // what is surely in the store, by site and code
}

// checked are keys that are ready to check codes with.
type checked struct {
	of   *keyring.Keys
	keys *share.Keys
}

type place struct {
	site string
	code share.Code
}

// remembered is how many codes are not read again to find that nothing is new: a few
// hundred bytes each.
const remembered = 20_000

// New returns the codes in a store.
func New(kv KV, now func() time.Time) *Codes {
	seen, err := lru.New[place, *share.Item](remembered)
	if err != nil {
		panic(err) // of a size below 1
	}
	return &Codes{kv: kv, now: now, random: rand.Reader, ring: keyring.New(kv, now), keys: map[string]checked{}, seen: seen}
}

// keyName is under which name the ring has the keys of codes.
const keyName = "share"

// Keys returns the keys of a site. The first who asks makes one.
func (c *Codes) Keys(ctx context.Context, site string) (*share.Keys, error) {
	of, err := c.ring.Keys(ctx, site, keyName)
	if err != nil {
		return nil, fmt.Errorf("codes: %w", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := c.keys[site]; known.of == of {
		return known.keys, nil
	}
	var before [][]byte
	if len(of.Before) > 0 {
		before = append(before, of.Before)
	}
	keys, err := share.NewKeys(site, of.Current, before...)
	if err != nil {
		return nil, fmt.Errorf("codes: keys of %s: %w", site, err)
	}
	c.keys[site] = checked{of, keys}
	return keys, nil
}

// Rotate makes a new key. Codes of the one before stay known until the next rotation;
// those of the key before that are forgotten.
func (c *Codes) Rotate(ctx context.Context, site string) error {
	return c.ring.Rotate(ctx, site, keyName)
}

// New makes a code that nobody has, and keeps nothing.
func (c *Codes) New(ctx context.Context, site string) (share.Code, error) {
	keys, err := c.Keys(ctx, site)
	if err != nil {
		return "", err
	}
	return keys.New(c.random)
}
