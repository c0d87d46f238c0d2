package job_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/orders"
)

// message is something a shop tells at a time.
type message struct {
	at time.Time
	m  orders.Message
}

// TestPurchasesRecovered: of a week of orders and refunds that come late, twice, and the
// refund before its order, the tables of all days together tell exactly what was sold: by
// every rule, in each currency, of recommendations and of none.
func TestPurchasesRecovered(t *testing.T) {
	w := embeddedWorld(t)
	known, keys, _ := coded(t, w, siteName)
	taken := orders.New(w.kv.(orders.KV), known, w.now)
	r := rand.New(rand.NewPCG(8, 8))
	first := midnight

	// Recommendations of up to seven generations.
	random := &dice{7}
	items := map[share.Code]*share.Item{}
	var list []share.Code
	w.set(first.Add(-time.Hour))
	for i := range 60 {
		code, err := keys.New(random)
		require.NoError(t, err)
		item := share.Item{Grade: share.PerShare, Button: []string{"whatsapp", "copy", "telegram"}[i%3], Page: fmt.Sprintf("/artikel/%d", i%4), Made: w.now().Unix()}
		if i > 9 {
			parent := list[r.IntN(len(list))]
			item = item.Child(code, parent, items[parent], share.Session)
		}
		items[code] = &item
		list = append(list, code)
		_, err = known.Keep(t.Context(), siteName, code, &item)
		require.NoError(t, err)
	}

	// What the shop tells, and what is true of it.
	var told []message
	net, recommended, placed := map[string]int64{}, map[string]int64{}, map[string]int64{}
	n := 3_000
	if raced {
		n = 300
	}
	for i := range n {
		at := first.Add(time.Duration(r.Int64N(int64(6 * 24 * time.Hour)))).Truncate(time.Second)
		o := orders.Message{Type: orders.Placed, Order: fmt.Sprint(i), Amount: 1 + r.Int64N(30_000), Currency: []string{"EUR", "EUR", "JPY"}[r.IntN(3)], Ordered: at.Unix()}
		if r.IntN(2) == 0 {
			o.Code, o.Link = string(list[r.IntN(len(list))]), share.Session
		}
		paid := o.Amount
		back := func(after time.Duration, m orders.Message) {
			m.Order, m.Ordered = o.Order, o.Ordered
			told = append(told, message{at.Add(after), m})
		}
		tell := time.Duration(r.Int64N(int64(3 * time.Hour)))
		back(tell, o)
		for range r.IntN(3) { // told again
			back(tell+time.Duration(r.Int64N(int64(2*time.Hour))), o)
		}
		for name := 0; r.IntN(6) == 0 && paid > 1; name++ {
			amount := 1 + r.Int64N(paid-1)
			paid -= amount
			m := orders.Message{Type: orders.Refunded, Refund: fmt.Sprint(name), Amount: amount, Currency: o.Currency}
			after := time.Duration(r.Int64N(int64(30 * time.Hour))) // perhaps before the order is told
			back(after, m)
			back(after+time.Minute, m)
		}
		if r.IntN(20) == 0 {
			paid = 0
			back(31*time.Hour, orders.Message{Type: orders.Cancelled})
		}
		net[o.Currency] += paid
		placed[o.Currency]++
		if o.Code != "" {
			recommended[o.Currency] += paid
		}
	}
	slices.SortStableFunc(told, func(a, b message) int { return a.at.Compare(b.at) })
	for i := range told {
		w.set(told[i].at)
		outcome, err := taken.Take(t.Context(), w.site, &told[i].m, orders.Visitor{})
		if errors.Is(err, orders.ErrTooMuch) {
			t.Fatal("nobody gives back more than was paid")
		}
		require.NoError(t, err)
		if i%5 == 0 { // the answer was lost, and with it what was to be kept: the shop tells it again
			outcome, err = taken.Take(t.Context(), w.site, &told[i].m, orders.Visitor{})
			require.NoError(t, err)
		}
		batch := w.ledger().NewBatch()
		for _, entry := range outcome.Entries {
			require.NoError(t, batch.Add(t.Context(), w.site, entry))
		}
		require.NoError(t, batch.Commit(t.Context()))
	}

	w.set(first.Add(8 * 24 * time.Hour))
	roller := w.roller().Coded(known)
	roller.Tell()
	_, err := roller.Due(t.Context())
	require.NoError(t, err)
	got, ofCodes, gotOrders, attributed := map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]int64{}
	for day := range 9 {
		date := first.AddDate(0, 0, day).Format(time.DateOnly)
		if day == 8 {
			break
		}
		for _, p := range rowsOn[rollup.Purchase](w, "purchases", date) {
			key := p.Rule + " " + p.Currency
			got[key] += p.Amount - p.Refunded
			gotOrders[key] += p.Orders
			if p.Link != rollup.NoLink {
				attributed[key] += p.Amount - p.Refunded
			}
		}
		for _, row := range rowsOn[rollup.Recommendation](w, "recommendations", date) {
			if row.FirstShare == nil {
				continue
			}
			for i, n := range []*int64{row.FirstShare, row.LastShare, row.Linear, row.ChainDecay} {
				ofCodes[string(share.Rules[i])+" "+row.Currency] += *n
			}
		}
	}
	for currency := range net {
		for _, rule := range share.Rules {
			key := string(rule) + " " + currency
			assert.Equal(t, net[currency], got[key], key)
			assert.Equal(t, placed[currency], gotOrders[key], key)
			assert.Equal(t, recommended[currency], attributed[key], key)
			assert.Equal(t, recommended[currency], ofCodes[key], key)
		}
	}
}
