package orders_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/codes"
	"darksocial/internal/embedded"
	"darksocial/internal/orders"
	"darksocial/internal/site"
)

var (
	ctx  = context.Background()
	noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
)

// shop is a site that sells, and what it has told so far. Its clock stands still until
// moved.
type shop struct {
	t      testing.TB
	site   *site.Site
	store  *embedded.Store
	codes  *codes.Codes
	orders *orders.Orders
	clock  time.Time
	kept   map[record.ID]*record.Order // as a roll-up sees them: each once
	left   map[string]int              // what is in no table, by reason
}

func newShop(t testing.TB) *shop {
	store, err := embedded.Open(t.TempDir(), noon)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, store.Close()) })
	s := &shop{t: t, site: &site.Site{Name: "example.com", Site: darksocial.Site{Hosts: []string{"example.com"}}}, store: store, clock: noon, kept: map[record.ID]*record.Order{}, left: map[string]int{}}
	s.codes = codes.New(store, s.now)
	s.orders = orders.New(store, s.codes, s.now)
	return s
}

func (s *shop) now() time.Time { return s.clock }

func (s *shop) tell(m orders.Message, v orders.Visitor) (note string, err error) {
	if m.Ordered == 0 {
		m.Ordered = noon.Unix()
	}
	outcome, err := s.orders.Take(ctx, s.site, &m, v)
	if err != nil {
		return "", err
	}
	for _, e := range outcome.Entries {
		if known := s.kept[e.ID]; known != nil {
			require.Equal(s.t, known, e, "told again it is the same")
		}
		s.kept[e.ID] = e
	}
	if outcome.Reason != "" {
		s.left[outcome.Reason]++
	}
	return outcome.Note, nil
}

func (s *shop) must(m orders.Message) string {
	s.t.Helper()
	note, err := s.tell(m, orders.Visitor{})
	require.NoError(s.t, err)
	return note
}

// total is what the kept entries add up to, by currency.
func (s *shop) total() map[string]int64 {
	sum := map[string]int64{}
	for _, e := range s.kept {
		sum[e.Currency] += e.After - e.Before
	}
	return sum
}

func order(number string, amount int64) orders.Message {
	return orders.Message{Type: orders.Placed, Order: number, Amount: amount, Currency: "EUR"}
}

func refund(number, name string, amount int64) orders.Message {
	return orders.Message{Type: orders.Refunded, Order: number, Refund: name, Amount: amount, Currency: "EUR"}
}

func cancel(number string) orders.Message {
	return orders.Message{Type: orders.Cancelled, Order: number}
}

// TestTotals: whatever order it is told in and however often, the totals are right.
func TestTotals(t *testing.T) {
	euros := func(n int64) map[string]int64 {
		if n == 0 {
			return map[string]int64{}
		}
		return map[string]int64{"EUR": n}
	}
	type step struct {
		m    orders.Message
		note string
		err  error
		wait time.Duration // before it
	}
	dollars := order("1", 500)
	dollars.Currency = "USD"
	day := 24 * time.Hour
	for _, tt := range []struct {
		name  string
		steps []step
		want  map[string]int64
		left  map[string]int
	}{
		{"an order", []step{{order("1", 8999), "unattributed", nil, 0}}, euros(8999), nil},
		{"twice", []step{{order("1", 8999), "unattributed", nil, 0}, {order("1", 8999), "duplicate", nil, time.Minute}}, euros(8999), nil},
		{"twice, days apart", []step{{order("1", 8999), "unattributed", nil, 0}, {order("1", 8999), "duplicate", nil, 5 * day}}, euros(8999), map[string]int{"duplicate": 1}},
		{"with another amount", []step{{order("1", 8999), "unattributed", nil, 0}, {order("1", 1), "", orders.ErrConflict, 0}}, euros(8999), nil},
		{"with another currency", []step{{order("1", 500), "unattributed", nil, 0}, {dollars, "", orders.ErrConflict, 0}}, euros(500), nil},
		{"two currencies", []step{{order("2", 8999), "unattributed", nil, 0}, {dollars, "unattributed", nil, 0}}, map[string]int64{"EUR": 8999, "USD": 500}, nil},
		{"a refund", []step{{order("1", 8999), "unattributed", nil, 0}, {refund("1", "a", 999), "", nil, 0}}, euros(8000), nil},
		{"a refund twice", []step{{order("1", 8999), "unattributed", nil, 0}, {refund("1", "a", 999), "", nil, 0}, {refund("1", "a", 999), "duplicate", nil, time.Hour}}, euros(8000), nil},
		{"a refund with another amount", []step{{order("1", 8999), "unattributed", nil, 0}, {refund("1", "a", 999), "", nil, 0}, {refund("1", "a", 1), "", orders.ErrConflict, 0}}, euros(8000), nil},
		{"two refunds", []step{{order("1", 8999), "unattributed", nil, 0}, {refund("1", "a", 999), "", nil, 0}, {refund("1", "b", 8000), "", nil, 0}}, euros(0), nil},
		{"more than was paid", []step{{order("1", 8999), "unattributed", nil, 0}, {refund("1", "a", 9000), "", orders.ErrTooMuch, 0}}, euros(8999), nil},
		{"more than is left", []step{{order("1", 8999), "unattributed", nil, 0}, {refund("1", "a", 8000), "", nil, 0}, {refund("1", "b", 1000), "", orders.ErrTooMuch, 0}}, euros(999), nil},
		{"cancelled", []step{{order("1", 8999), "unattributed", nil, 0}, {cancel("1"), "", nil, 0}, {cancel("1"), "duplicate", nil, 0}}, euros(0), nil},
		{"refunded, then cancelled", []step{{order("1", 8999), "unattributed", nil, 0}, {refund("1", "a", 999), "", nil, 0}, {cancel("1"), "", nil, 0}}, euros(0), nil},
		{"cancelled, then refunded", []step{{order("1", 8999), "unattributed", nil, 0}, {cancel("1"), "", nil, 0}, {refund("1", "a", 999), "", orders.ErrTooMuch, 0}}, euros(0), nil},
		{"a refund first", []step{{refund("1", "a", 999), "waiting", nil, 0}, {order("1", 8999), "unattributed", nil, time.Hour}, {refund("1", "a", 999), "duplicate", nil, 0}}, euros(8000), map[string]int{"waiting": 1}},
		{"a cancellation first", []step{{cancel("1"), "waiting", nil, 0}, {cancel("1"), "waiting", nil, 0}, {order("1", 8999), "unattributed", nil, 0}}, euros(0), map[string]int{"waiting": 2}},
		{"refunds first, of more than is paid", []step{{refund("1", "a", 600), "waiting", nil, 0}, {refund("1", "b", 600), "waiting", nil, 0}, {order("1", 1000), "unattributed", nil, 0}}, euros(0), map[string]int{"waiting": 2}},
		{"a refund of nothing", []step{{refund("9", "a", 999), "waiting", nil, 0}}, euros(0), map[string]int{"waiting": 1}},
		{"a refund after the day was closed", []step{{order("1", 8999), "unattributed", nil, 0}, {refund("1", "a", 999), "", nil, 20 * day}}, euros(8000), nil},
		{"a refund after 179 days", []step{{order("1", 8999), "unattributed", nil, 0}, {refund("1", "a", 999), "", nil, 179 * day}}, euros(8000), nil},
		{"a refund after 181 days", []step{{order("1", 8999), "unattributed", nil, 0}, {refund("1", "a", 999), "late", nil, 181 * day}}, euros(8999), map[string]int{"late": 1}},
		{"an order told again after 181 days", []step{{order("1", 8999), "unattributed", nil, 0}, {order("1", 8999), "late", nil, 181 * day}}, euros(8999), map[string]int{"late": 1}},
		{"an order told ten days late", []step{{order("1", 8999), "unattributed", nil, 10 * day}}, euros(8999), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newShop(t)
			for _, step := range tt.steps {
				s.clock = s.clock.Add(step.wait)
				note, err := s.tell(step.m, orders.Visitor{})
				require.ErrorIs(t, err, step.err)
				assert.Equal(t, step.note, note)
			}
			got := s.total()
			for currency, n := range got {
				if n == 0 {
					delete(got, currency)
				}
			}
			assert.Equal(t, tt.want, got)
			if tt.left == nil {
				tt.left = map[string]int{}
			}
			assert.Equal(t, tt.left, s.left)
			for _, e := range s.kept { // on a day that is not closed when it is told
				assert.Less(t, s.clock.Unix()-e.Time, int64(400*86400))
			}
		})
	}
}

// TestDays: an order counts on the day it was placed if it is told soon, else when it is
// told; a refund when it is told.
func TestDays(t *testing.T) {
	for _, tt := range []struct {
		told, want time.Duration // after noon
	}{{time.Minute, 0}, {47 * time.Hour, 0}, {49 * time.Hour, 49 * time.Hour}, {-time.Minute, -time.Minute}} {
		s := newShop(t)
		s.clock = noon.Add(tt.told)
		s.must(order("1", 100))
		for _, e := range s.kept {
			assert.Equal(t, noon.Add(tt.want).Unix(), e.Time, tt.told)
		}
	}
	s := newShop(t)
	s.must(cancel("1"))
	s.clock = noon.Add(72 * time.Hour)
	m := order("1", 100)
	s.must(m)
	for _, e := range s.kept {
		assert.Equal(t, s.clock.Unix(), e.Time, "nothing is told of a day that may be closed")
	}
	m.Ordered = s.clock.Add(time.Hour).Unix()
	_, err := s.tell(m, orders.Visitor{})
	var bad *orders.Bad
	require.ErrorAs(t, err, &bad)
	assert.Equal(t, "ordered", bad.Field)
}

// TestAtOnce: of the same messages from many servers at once each counts once.
func TestAtOnce(t *testing.T) {
	s := newShop(t)
	var group sync.WaitGroup
	var mu sync.Mutex
	sum := map[record.ID]int64{}
	for worker := range 8 {
		group.Go(func() {
			r := rand.New(rand.NewPCG(uint64(worker), 1))
			other := orders.New(s.store, s.codes, s.now)
			for range 60 {
				n := r.IntN(10)
				m := []orders.Message{order(fmt.Sprint(n), 1000), refund(fmt.Sprint(n), "a", 300), refund(fmt.Sprint(n), "b", 300)}[r.IntN(3)]
				m.Ordered = noon.Unix()
				outcome, err := other.Take(ctx, s.site, &m, orders.Visitor{})
				if !assert.NoError(t, err) {
					return
				}
				mu.Lock()
				for _, e := range outcome.Entries {
					sum[e.ID] = e.After - e.Before
				}
				mu.Unlock()
			}
		})
	}
	group.Wait()
	total := int64(0)
	for n := range 10 {
		s.must(order(fmt.Sprint(n), 1000))
		s.must(refund(fmt.Sprint(n), "a", 300))
		s.must(refund(fmt.Sprint(n), "b", 300))
	}
	for _, e := range s.kept {
		sum[e.ID] = e.After - e.Before
	}
	for _, n := range sum {
		total += n
	}
	assert.Equal(t, int64(10*400), total)
	assert.Len(t, sum, 30)
}

func TestSigned(t *testing.T) {
	s := newShop(t)
	keys, err := s.orders.Keys(ctx, "example.com")
	require.NoError(t, err)
	require.Len(t, keys, 1)
	const text = `{"v":1}`
	signed := func(key, text, signature string) bool {
		if signature == "" {
			signature = orders.Sign(key, text)
		}
		ok, err := s.orders.Signed(ctx, "example.com", text, signature)
		require.NoError(t, err)
		return ok
	}
	assert.True(t, signed(keys[0], text, ""))
	assert.False(t, signed(keys[0], text, orders.Sign(keys[0], text+" ")))
	assert.False(t, signed(keys[0], text, strings.ToUpper(orders.Sign(keys[0], text))+"x"))
	other, err := s.orders.Keys(ctx, "example.org")
	require.NoError(t, err)
	assert.False(t, signed(other[0], text, ""), "another shop's")
	require.NoError(t, s.orders.Rotate(ctx, "example.com"))
	assert.True(t, signed(keys[0], text, ""), "the key before")
	require.NoError(t, s.orders.Rotate(ctx, "example.com"))
	assert.False(t, signed(keys[0], text, ""))
	assert.False(t, signed("", text, ""))
}

type broken struct{ *embedded.Store }

var errDown = errors.New("down")

func (broken) Get(context.Context, string, string) ([]byte, error) { return nil, errDown }

func TestBrokenStore(t *testing.T) {
	s := newShop(t)
	down := orders.New(broken{s.store}, s.codes, s.now)
	m := order("1", 100)
	m.Ordered = noon.Unix()
	_, err := down.Take(ctx, s.site, &m, orders.Visitor{})
	assert.ErrorIs(t, err, errDown)
	_, err = down.Signed(ctx, "example.com", "x", "y")
	assert.ErrorIs(t, err, errDown)
}
