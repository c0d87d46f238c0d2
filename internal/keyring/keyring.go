// Package keyring keeps the keys of sites in the store in which their records lie.
//
//	keys, err := ring.Keys(ctx, "www.example.com", "share")
//
// The first who asks for a key makes it, so keys stand in no configuration and no state
// of Terraform. There are at most two of a name: the current one, and the one before it.
package keyring

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// KV keeps keys: see ledger.KV, which says what the methods mean.
type KV interface {
	Get(ctx context.Context, collection, name string) ([]byte, error)
	Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error)
}

// Keys are those of one name.
type Keys struct {
	Current []byte `json:"current"`
	Before  []byte `json:"before,omitempty"` // nil if there was none
}

// Ring makes, keeps and finds keys. It is safe for concurrent use.
type Ring struct {
	kv     KV
	now    func() time.Time
	random io.Reader

	mu   sync.Mutex
	keys map[[2]string]cached // by site and name
}

type cached struct {
	keys  *Keys
	until time.Time
}

// Last is for how long keys are not read anew. A new key is known everywhere after that,
// so whoever uses one must not rely on it earlier.
const Last = 5 * time.Minute

// length of a key, in bytes.
const length = 32

// New returns the keys in a store.
func New(kv KV, now func() time.Time) *Ring {
	return &Ring{kv: kv, now: now, random: rand.Reader, keys: map[[2]string]cached{}}
}

// Keys returns the keys of a name. The first who asks makes one.
func (r *Ring) Keys(ctx context.Context, site, name string) (*Keys, error) {
	now := r.now()
	r.mu.Lock()
	known, ok := r.keys[[2]string{site, name}]
	r.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.keys, nil
	}
	keys, _, err := r.load(ctx, site, name)
	if err != nil {
		return nil, fmt.Errorf("keyring: keys %s of %s: %w", name, site, err)
	}
	r.mu.Lock()
	r.keys[[2]string{site, name}] = cached{keys, now.Add(Last)}
	r.mu.Unlock()
	return keys, nil
}

var errUnreadable = errors.New("they cannot be read")

func (r *Ring) load(ctx context.Context, site, name string) (keys *Keys, text []byte, err error) {
	for range 2 { // the second time somebody else was first
		text, err := r.kv.Get(ctx, collection(site), name)
		if err != nil {
			return nil, nil, err
		}
		if text != nil {
			var keys Keys
			if err := json.Unmarshal(text, &keys); err != nil || len(keys.Current) == 0 {
				return nil, nil, errUnreadable // and must not be shown
			}
			return &keys, text, nil
		}
		if _, err := r.swap(ctx, site, name, nil, &Keys{Current: r.fresh()}); err != nil {
			return nil, nil, err
		}
	}
	return nil, nil, errors.New("they were written and are not there")
}

// Rotate makes a new key. The one before stays known until the next time; the one before
// that is forgotten.
func (r *Ring) Rotate(ctx context.Context, site, name string) error {
	keys, text, err := r.load(ctx, site, name)
	if err == nil {
		var done bool
		if done, err = r.swap(ctx, site, name, text, &Keys{Current: r.fresh(), Before: keys.Current}); err == nil && !done {
			err = errors.New("somebody else changes it")
		}
	}
	if err != nil {
		return fmt.Errorf("keyring: rotate the key %s of %s: %w", name, site, err)
	}
	r.mu.Lock()
	delete(r.keys, [2]string{site, name})
	r.mu.Unlock()
	return nil
}

func (r *Ring) fresh() []byte {
	key := make([]byte, length)
	_, _ = io.ReadFull(r.random, key) // crypto/rand never fails
	return key
}

func (r *Ring) swap(ctx context.Context, site, name string, old []byte, next *Keys) (bool, error) {
	text, err := json.Marshal(next)
	if err != nil {
		return false, err
	}
	return r.kv.Swap(ctx, collection(site), name, old, text, time.Time{})
}

func collection(site string) string { return "keys/" + site }
