// Package visitor tells visitors of one day apart, and nobody of two.
//
// A visitor is a hash of the address and the User-Agent, under a salt that is random
// for each site and day, lies in a table without backups, and is deleted 48 hours
// after the day began. Without the salt the hash says nothing, not even to one who
// knows the address: that is why sums over days are visitor-days. No address and no
// User-Agent is kept, and no hash is made of a browser that objects.
package visitor

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"darksocial/darksocial/rollup"
)

// Life is how long a salt lives after its day began.
const Life = 48 * time.Hour

// KV keeps the salts: see ledger.KV, which says what the methods mean.
type KV interface {
	Get(ctx context.Context, collection, name string) ([]byte, error)
	Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error)
	List(ctx context.Context, collection string, each func(name string, value []byte) error) error
}

// Salts make hashes of visitors. Safe for concurrent use.
type Salts struct {
	kv  KV
	now func() time.Time

	mu    sync.Mutex
	known map[place]salt
}

type place struct{ site, date string }

type salt struct {
	value []byte
	dies  time.Time
}

// NewSalts returns the salts in a store.
func NewSalts(kv KV, now func() time.Time) *Salts {
	return &Salts{kv: kv, now: now, known: map[place]salt{}}
}

// Hash names a visitor of a day, in 16 characters. It is empty where the address is
// none, and where the day's salt has died already.
func (s *Salts) Hash(ctx context.Context, site string, day rollup.Day, address, userAgent string) (string, error) {
	network, ok := network(address)
	if !ok {
		return "", nil
	}
	salt, err := s.salt(ctx, place{site, day.Date}, day.From.Add(Life))
	if err != nil || salt == nil {
		return "", err
	}
	mac := hmac.New(sha256.New, salt)
	for _, part := range [...]string{site, network, userAgent} {
		_, _ = fmt.Fprintf(mac, "%d:%s", len(part), part) // a hash takes everything
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:12]), nil
}

// network is an address as far as it stays the same for a day: browsers change the
// second half of an IPv6 address by themselves (RFC 8981).
func network(address string) (string, bool) {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "", false
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String(), true
	}
	prefix, err := ip.Prefix(64)
	return prefix.String(), err == nil
}

// salt returns a day's salt, which the first who asks makes. It is nil once it has
// died.
func (s *Salts) salt(ctx context.Context, at place, dies time.Time) ([]byte, error) {
	now := s.now()
	s.mu.Lock()
	for other, salt := range s.known {
		if !now.Before(salt.dies) {
			delete(s.known, other)
		}
	}
	known, ok := s.known[at]
	s.mu.Unlock()
	if ok || !now.Before(dies) {
		return known.value, nil
	}
	value, err := s.load(ctx, at, dies)
	if err != nil {
		return nil, fmt.Errorf("visitor: salt of %s of %s: %w", at.date, at.site, err)
	}
	s.mu.Lock()
	s.known[at] = salt{value, dies}
	s.mu.Unlock()
	return value, nil
}

func (s *Salts) load(ctx context.Context, at place, dies time.Time) ([]byte, error) {
	value, err := s.kv.Get(ctx, collection(at.site), at.date)
	if value != nil || err != nil {
		return value, err
	}
	fresh := make([]byte, sha256.Size)
	_, _ = rand.Read(fresh) // never fails: pkg.go.dev/crypto/rand#Read
	if made, err := s.kv.Swap(ctx, collection(at.site), at.date, nil, fresh, dies); made || err != nil {
		return fresh, err
	}
	value, err = s.kv.Get(ctx, collection(at.site), at.date) // somebody else was first
	if value == nil && err == nil {
		err = fmt.Errorf("it was made and is not there")
	}
	return value, err
}

// Forget deletes the salts of a site that have lived long enough. The store deletes
// them by itself too, but may take days to do so.
func (s *Salts) Forget(ctx context.Context, site string, zone *time.Location) error {
	var dead []struct {
		name  string
		value []byte
	}
	now := s.now()
	err := s.kv.List(ctx, collection(site), func(name string, value []byte) error {
		day, err := rollup.ParseDay(name, zone)
		if err == nil && !now.Before(day.From.Add(Life)) {
			dead = append(dead, struct {
				name  string
				value []byte
			}{name, append([]byte(nil), value...)})
		}
		return err
	})
	for _, d := range dead {
		if err == nil {
			_, err = s.kv.Swap(ctx, collection(site), d.name, d.value, nil, time.Time{})
		}
	}
	if err != nil {
		return fmt.Errorf("visitor: forget salts of %s: %w", site, err)
	}
	return nil
}

func collection(site string) string { return "salts/" + site }
