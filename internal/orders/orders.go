package orders

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
	"darksocial/internal/keyring"
	"darksocial/internal/site"
)

// KV keeps orders: see ledger.KV, which says what the methods mean.
type KV interface {
	Get(ctx context.Context, collection, name string) ([]byte, error)
	Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error)
	List(ctx context.Context, collection string, each func(name string, value []byte) error) error
}

// Codes finds the recommendation of an order: see codes.Codes.
type Codes interface {
	Find(ctx context.Context, site, text string) (*share.Item, error)
	Items(ctx context.Context, site string, codes []share.Code) (map[share.Code]*share.Item, error)
	CameBy(ctx context.Context, site, day, visitor string) (code share.Code, at int64, err error)
}

// Orders takes the messages of shops. It is safe for concurrent use.
type Orders struct {
	kv    KV
	codes Codes
	ring  *keyring.Ring
	now   func() time.Time
}

// New returns the orders in a store.
func New(kv KV, codes Codes, now func() time.Time) *Orders {
	return &Orders{kv: kv, codes: codes, ring: keyring.New(kv, now), now: now}
}

// Names of keys on the ring: with one a shop signs, under a hash with the other orders
// are found. The latter is never changed, or orders would be new again.
const (
	shopKey = "shop"
	findKey = "orders"
)

// Keys are those a shop signs with, written as its server needs them: the current one,
// and perhaps the one before.
func (o *Orders) Keys(ctx context.Context, s string) ([]string, error) {
	keys, err := o.ring.Keys(ctx, s, shopKey)
	if err != nil {
		return nil, err
	}
	list := []string{hex.EncodeToString(keys.Current)}
	if keys.Before != nil {
		list = append(list, hex.EncodeToString(keys.Before))
	}
	return list, nil
}

// Rotate makes a new key to sign with. The one before is good until the next time.
func (o *Orders) Rotate(ctx context.Context, site string) error {
	return o.ring.Rotate(ctx, site, shopKey)
}

// Sign is the signature of a text by a key as Keys writes it.
func Sign(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	_, _ = mac.Write([]byte(text)) // a hash takes everything
	return hex.EncodeToString(mac.Sum(nil))
}

// Signed reports whether a text was signed by the shop of a site. It takes the same time
// however much of a signature is right.
func (o *Orders) Signed(ctx context.Context, site, text, signature string) (bool, error) {
	keys, err := o.Keys(ctx, site)
	if err != nil {
		return false, err
	}
	same := false
	for _, key := range keys {
		same = hmac.Equal([]byte(Sign(key, text)), []byte(signature)) || same
	}
	return same, nil
}

// names are those an order is kept under, and one of its refunds.
type names struct{ order, refund string }

// cancellation names what gives back all that is left; no hash is as short.
const cancellation = "cancel"

func (o *Orders) names(ctx context.Context, site string, m *Message) (n names, err error) {
	keys, err := o.ring.Keys(ctx, site, findKey)
	if err != nil {
		return n, err
	}
	hash := func(text string) string {
		mac := hmac.New(sha256.New, keys.Current)
		_, _ = mac.Write([]byte(text)) // a hash takes everything
		return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
	}
	n.order, n.refund = hash(m.Order), cancellation
	if m.Type == Refunded {
		n.refund = hash(m.Order + "\x00" + m.Refund) // no number holds a zero
	}
	return n, nil
}

// Visitor is who has opened the page that thanks for an order, as named on a day. A
// message from a server has none.
type Visitor struct{ Day, Name string }

// Outcome is what becomes of a message.
type Outcome struct {
	Entries []*record.Order // to be made durable; kept again, they are the same
	Reason  string          // why there are none: Late or Waiting
	Note    string          // what the shop may want to know: Duplicate, Unattributed, or Reason
}

// What is said of messages.
const (
	Late         = "late"         // the order is older than the refund window
	Waiting      = "waiting"      // a refund whose order has not been told
	Duplicate    = "duplicate"    // told before
	Unattributed = "unattributed" // names no recommendation
)

// ErrConflict says that an order or a refund was told before, and otherwise; ErrTooMuch
// that more is given back than was paid.
var (
	ErrConflict = errors.New("this number was told before with another amount or currency; the first word stands")
	ErrTooMuch  = errors.New("more is given back than was paid and not given back before")
)

// Bounds of what is told of one order.
const (
	maxRefunds = 100
	ahead      = 5 * time.Minute // of our clock a shop's may be
	placedOn   = 48 * time.Hour  // for so long an order counts on the day it was placed
	attempts   = 10
)

// ErrTooMany says that an order has been refunded too often.
var ErrTooMany = fmt.Errorf("an order has at most %d refunds", maxRefunds)

// Take takes a message that was signed. What it returns must be made durable before it is
// acknowledged; taken again, it is the same.
func (o *Orders) Take(ctx context.Context, s *site.Site, m *Message, v Visitor) (*Outcome, error) {
	now := o.now()
	ordered := time.Unix(m.Ordered, 0)
	if ordered.After(now.Add(ahead)) {
		return nil, &Bad{"ordered", "is ahead of the clock"}
	}
	if now.Sub(ordered) > s.RefundWindow() {
		return &Outcome{Reason: Late, Note: Late}, nil
	}
	named, err := o.names(ctx, s.Name, m)
	if err != nil {
		return nil, fmt.Errorf("orders: %w", err)
	}
	for range attempts {
		outcome, done, err := o.take(ctx, s, m, v, named, now)
		if done || err != nil {
			return outcome, err
		}
	}
	return nil, fmt.Errorf("orders: others change an order of %s all the time", s.Name)
}

// take tries once. It is not done if somebody else has changed the order meanwhile.
func (o *Orders) take(ctx context.Context, s *site.Site, m *Message, v Visitor, named names, now time.Time) (outcome *Outcome, done bool, err error) {
	old, err := o.kv.Get(ctx, "orders/"+s.Name, named.order)
	if err != nil {
		return nil, false, fmt.Errorf("orders: %w", err)
	}
	kept, err := readItem(old)
	if err != nil {
		return nil, false, fmt.Errorf("orders: %s of %s: %w", named.order, s.Name, err)
	}
	var changed bool
	if m.Type == Placed {
		outcome, changed, err = o.place(ctx, s, m, v, kept, named.order, now)
	} else {
		outcome, changed, err = kept.giveBack(s.Name, named, m, now.Unix())
	}
	if err != nil || !changed {
		return outcome, true, err
	}
	expires := time.Unix(m.Ordered, 0).Add(s.RefundWindow() + placedOn)
	done, err = o.kv.Swap(ctx, "orders/"+s.Name, named.order, old, kept.marshal(), expires)
	if err != nil {
		return nil, false, fmt.Errorf("orders: %w", err)
	}
	return outcome, done, nil
}

// Forget takes a share code out of all orders, and returns how many had it. What they
// brought stays.
func (o *Orders) Forget(ctx context.Context, s *site.Site, code string) (n int, err error) {
	var with []string
	err = o.kv.List(ctx, "orders/"+s.Name, func(name string, value []byte) error {
		if kept, err := readItem(value); err == nil && kept.forget(code) {
			with = append(with, name)
		}
		return nil
	})
	for _, hash := range with {
		if err == nil {
			err = o.forgetIn(ctx, s, hash, code)
		}
	}
	if err != nil {
		return n, fmt.Errorf("orders: forget a code of %s: %w", s.Name, err)
	}
	return len(with), nil
}

func (o *Orders) forgetIn(ctx context.Context, s *site.Site, hash, code string) error {
	for range attempts {
		old, err := o.kv.Get(ctx, "orders/"+s.Name, hash)
		if err != nil || old == nil {
			return err
		}
		kept, err := readItem(old)
		if err != nil {
			return err
		}
		kept.forget(code)
		expires := time.Unix(kept.Order.Time, 0).Add(s.RefundWindow() + placedOn)
		if done, err := o.kv.Swap(ctx, "orders/"+s.Name, hash, old, kept.marshal(), expires); done || err != nil {
			return err
		}
	}
	return errors.New("others change an order all the time")
}
