package rollup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
)

// orders folds orders of a day beside a story, in any order.
func (s *story) foldOrders(t testing.TB, d Day, orders ...*record.Order) sorted {
	sums := s.fold(t, d, nil)
	f := NewFold(d, theSite, func(code share.Code) *share.Item { return s.codes[code] }, sums)
	for _, o := range orders {
		require.NoError(t, f.AddOrder(o))
	}
	require.NoError(t, f.Flush())
	return sums
}

// placed is an order of a chain: codes of a story, the buyer's first.
func placed(id, currency string, at, amount int64, codes ...string) *record.Order {
	o := &record.Order{ID: record.OrderID("example.com", id), Time: noon + at, After: amount, Currency: currency, Decay: 500, SinceOpen: -1, Rules: "rules1"}
	for _, code := range codes {
		o.Link = share.Session
		o.Chain = append(o.Chain, record.Recommended{Code: code, Page: "/a", Button: map[string]string{"A": "whatsapp", "B": "copy", "C": "telegram"}[code], App: map[string]string{"A": "whatsapp", "B": "signal", "C": "telegram"}[code]})
	}
	return o
}

func refunded(o *record.Order, refund string, at, before, after int64) *record.Order {
	r := *o
	r.ID, r.Time, r.Before, r.After = record.RefundID("example.com", o.ID.String(), refund), noon+at, before, after
	return &r
}

// net adds up a table of purchases: what is left of each, by rule and currency.
func net(rows []Purchase) (money map[string]int64, orders map[string]int64) {
	money, orders = map[string]int64{}, map[string]int64{}
	for _, p := range rows {
		money[p.Rule+" "+p.Currency] += p.Amount - p.Refunded
		orders[p.Rule+" "+p.Currency] += p.Orders
	}
	return money, orders
}

// TestPurchases: the shoes, 89.99, bought by somebody who came with C, which came of B,
// which came of A; and other orders beside it. By hand:
//
//	first_share  all to A: 8999
//	last_share   all to C: 8999
//	linear       8999 / 3: C 3000, B 3000, A 2999
//	chain_decay  4 : 2 : 1: C 5142, B 2571, A 1286
func TestPurchases(t *testing.T) {
	shoes := placed("1", "EUR", 1000, 8999, "C", "B", "A")
	shoes.SinceOpen = 500
	socks := placed("2", "EUR", 1100, 700, "A")
	yen := placed("3", "JPY", 1200, 5000, "A")
	nobodys := placed("4", "EUR", 1300, 2500)
	sums := theShoes().foldOrders(t, day, shoes, socks, yen, nobodys, refunded(socks, "r", 1400, 700, 200))

	assert.ElementsMatch(t, []Purchase{
		{Link: "unattributed", Rule: "first_share", Currency: "EUR", Orders: 1, Amount: 2500},
		{Link: "unattributed", Rule: "last_share", Currency: "EUR", Orders: 1, Amount: 2500},
		{Link: "unattributed", Rule: "linear", Currency: "EUR", Orders: 1, Amount: 2500},
		{Link: "unattributed", Rule: "chain_decay", Currency: "EUR", Orders: 1, Amount: 2500},

		{Page: "/a", Source: "telegram", Button: "telegram", Link: "session", Rule: "first_share", Currency: "EUR", Orders: 1},
		{Page: "/a", Source: "telegram", Button: "telegram", Link: "session", Rule: "last_share", Currency: "EUR", Orders: 1, Amount: 8999},
		{Page: "/a", Source: "telegram", Button: "telegram", Link: "session", Rule: "linear", Currency: "EUR", Orders: 1, Amount: 3000},
		{Page: "/a", Source: "telegram", Button: "telegram", Link: "session", Rule: "chain_decay", Currency: "EUR", Orders: 1, Amount: 5142},

		{Page: "/a", Source: "signal", Button: "copy", Link: "session", Rule: "first_share", Currency: "EUR"},
		{Page: "/a", Source: "signal", Button: "copy", Link: "session", Rule: "last_share", Currency: "EUR"},
		{Page: "/a", Source: "signal", Button: "copy", Link: "session", Rule: "linear", Currency: "EUR", Amount: 3000},
		{Page: "/a", Source: "signal", Button: "copy", Link: "session", Rule: "chain_decay", Currency: "EUR", Amount: 2571},

		{Page: "/a", Source: "whatsapp", Button: "whatsapp", Link: "session", Rule: "first_share", Currency: "EUR", Orders: 1, Amount: 8999 + 700, Refunds: 1, Refunded: 500},
		{Page: "/a", Source: "whatsapp", Button: "whatsapp", Link: "session", Rule: "last_share", Currency: "EUR", Orders: 1, Amount: 700, Refunds: 1, Refunded: 500},
		{Page: "/a", Source: "whatsapp", Button: "whatsapp", Link: "session", Rule: "linear", Currency: "EUR", Orders: 1, Amount: 2999 + 700, Refunds: 1, Refunded: 500},
		{Page: "/a", Source: "whatsapp", Button: "whatsapp", Link: "session", Rule: "chain_decay", Currency: "EUR", Orders: 1, Amount: 1286 + 700, Refunds: 1, Refunded: 500},

		{Page: "/a", Source: "whatsapp", Button: "whatsapp", Link: "session", Rule: "first_share", Currency: "JPY", Orders: 1, Amount: 5000},
		{Page: "/a", Source: "whatsapp", Button: "whatsapp", Link: "session", Rule: "last_share", Currency: "JPY", Orders: 1, Amount: 5000},
		{Page: "/a", Source: "whatsapp", Button: "whatsapp", Link: "session", Rule: "linear", Currency: "JPY", Orders: 1, Amount: 5000},
		{Page: "/a", Source: "whatsapp", Button: "whatsapp", Link: "session", Rule: "chain_decay", Currency: "JPY", Orders: 1, Amount: 5000},
	}, rows[Purchase](t, sums, DefaultOptions, "purchases"))
	money, orders := net(rows[Purchase](t, sums, DefaultOptions, "purchases"))
	for _, rule := range share.Rules {
		assert.Equal(t, int64(8999+200+2500), money[string(rule)+" EUR"], rule)
		assert.Equal(t, int64(5000), money[string(rule)+" JPY"], rule)
		assert.Equal(t, int64(3), orders[string(rule)+" EUR"], rule)
	}

	got := map[string]Recommendation{}
	for _, r := range rows[Recommendation](t, sums, DefaultOptions, "recommendations") {
		got[r.Code+" "+r.Currency] = r
	}
	require.Len(t, got, 5) // A twice, B, C, Z
	for key, want := range map[string][]int64{"A EUR": {8999 + 200, 200, 2999 + 200, 1286 + 200}, "A JPY": {5000, 5000, 5000, 5000}, "B EUR": {0, 0, 3000, 2571}, "C EUR": {0, 8999, 3000, 5142}} {
		r := got[key]
		assert.Equal(t, want, []int64{*r.FirstShare, *r.LastShare, *r.Linear, *r.ChainDecay}, key)
	}
	assert.Equal(t, int64(4), got["A EUR"].Arrivals)
	assert.Zero(t, got["A JPY"].Arrivals, "arrivals stand in the first row")
	assert.Equal(t, []any{int64(1), int64(1), number(500)}, []any{got["C EUR"].Orders, got["C EUR"].TimedOrders, got["C EUR"].SecondsToOrder})
	assert.Nil(t, got["Z "].FirstShare)

	page := rows[Page](t, sums, DefaultOptions, "pages")[0]
	assert.Equal(t, int64(3), page.Orders)
	assert.Empty(t, rows[Order](t, sums, DefaultOptions, "orders"), "nobody has asked for it")
	quality := map[string]int64{}
	for _, q := range rows[Quality](t, sums, DefaultOptions, "quality") {
		if q.Door == "order" {
			quality[q.Outcome+" "+q.Reason] += q.Records
		}
	}
	assert.Equal(t, map[string]int64{"labelled order": 4, "labelled refund": 1}, quality)
}

// TestOrderTable: where the site asks for it, each order says whom it is owed to.
func TestOrderTable(t *testing.T) {
	shoes, nobodys := placed("1", "EUR", 1000, 8999, "C", "B", "A"), placed("2", "EUR", 1000, 100)
	shoes.Number, nobodys.Number = "2026-17", "2026-18"
	got := rows[Order](t, theShoes().foldOrders(t, day, shoes, nobodys), DefaultOptions, "orders")
	sum := map[string]int64{}
	for _, o := range got {
		sum[o.Number+" "+o.Rule] += o.Amount
	}
	for _, rule := range share.Rules {
		assert.Equal(t, int64(8999), sum["2026-17 "+string(rule)])
		assert.Equal(t, int64(100), sum["2026-18 "+string(rule)])
	}
	assert.Contains(t, got, Order{Number: "2026-17", Rule: "linear", Root: "A", Code: "B", Link: "session", Currency: "EUR", Amount: 3000})
	assert.Contains(t, got, Order{Number: "2026-18", Rule: "linear", Link: "unattributed", Currency: "EUR", Amount: 100})
	assert.Len(t, got, 1+1+3+3+4)
}

// TestSalesOfTheForgotten: of a code that is forgotten or long gone the money stays.
func TestSalesOfTheForgotten(t *testing.T) {
	s := theShoes()
	o := placed("1", "EUR", 1000, 9000, "C", "B", "A")
	o.Chain[1].Code = "" // forgotten
	old := placed("2", "EUR", 1000, 100, "gone", "older")
	sums := s.foldOrders(t, day, o, old)
	money, _ := net(rows[Purchase](t, sums, DefaultOptions, "purchases"))
	for _, rule := range share.Rules {
		assert.Equal(t, int64(9100), money[string(rule)+" EUR"])
	}
	var gone []string
	for _, r := range rows[Recommendation](t, sums, DefaultOptions, "recommendations") {
		if r.FirstShare != nil {
			gone = append(gone, fmt.Sprintf("%s %d %s %d", r.Root, r.Generation, r.Code, *r.Linear))
		}
	}
	assert.ElementsMatch(t, []string{"A 0 A 3000", "A 1 C 3000", "older 0 older 50", "older 1 gone 50"}, gone)
}

// TestMoneyIsNeverFolded: what is not among the largest sold all the same.
func TestMoneyIsNeverFolded(t *testing.T) {
	sums := theShoes().foldOrders(t, day, placed("1", "EUR", 1000, 8999, "C", "B", "A"), placed("2", "JPY", 1000, 10, "A"))
	var euros, yen, arrivals int64
	for _, r := range rows[Recommendation](t, sums, Options{Roots: 0}, "recommendations") {
		arrivals += r.Arrivals
		switch r.Currency {
		case "EUR":
			euros += *r.Linear
		case "JPY":
			yen += *r.Linear
		}
	}
	assert.Equal(t, []int64{8999, 10, 7}, []int64{euros, yen, arrivals})
}

// TestManyPurchases: of many orders and refunds, over chains of all lengths and several
// days, every total is the truth, by every rule and in every table.
func TestManyPurchases(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var all []*record.Order
	truth, placedOrders := map[string]int64{}, map[string]int64{}
	s := newStory()
	var codes []string
	for i := range 200 {
		parent := ""
		if i > 0 && r.IntN(4) > 0 {
			parent = codes[r.IntN(len(codes))]
		}
		code := fmt.Sprintf("code%04d", i)
		s.kept(code, pick(r, "whatsapp", "copy"), parent, int64(i))
		codes = append(codes, code)
	}
	n := 100_000
	if testing.Short() {
		n = 2_000
	}
	for i := range n {
		currency := pick(r, "EUR", "EUR", "USD")
		o := placed(fmt.Sprint(i), currency, r.Int64N(30_000), 1+r.Int64N(50_000))
		if r.IntN(3) > 0 {
			code := codes[r.IntN(len(codes))]
			chain := append([]share.Code{share.Code(code)}, s.codes[share.Code(code)].Ancestors...)
			for _, c := range chain {
				o.Chain = append(o.Chain, record.Recommended{Code: string(c), Page: "/a", Button: "whatsapp", App: "whatsapp"})
			}
			o.Link = share.Session
		}
		all = append(all, o)
		truth[currency] += o.After
		placedOrders[currency]++
		for left, n := o.After, 0; left > 0 && r.IntN(10) == 0; n++ {
			back := 1 + r.Int64N(left)
			all = append(all, refunded(o, fmt.Sprint(n), r.Int64N(30_000), left, left-back))
			left -= back
			truth[currency] -= back
		}
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	sums := s.foldOrders(t, day, all...)
	money, orders := net(rows[Purchase](t, sums, DefaultOptions, "purchases"))
	ofCodes := map[string]int64{}
	for _, row := range rows[Recommendation](t, sums, DefaultOptions, "recommendations") {
		if row.FirstShare != nil {
			for i, n := range []*int64{row.FirstShare, row.LastShare, row.Linear, row.ChainDecay} {
				ofCodes[string(share.Rules[i])+" "+row.Currency] += *n
			}
		}
	}
	unattributed := map[string]int64{}
	for _, p := range rows[Purchase](t, sums, DefaultOptions, "purchases") {
		if p.Link == NoLink {
			unattributed[p.Rule+" "+p.Currency] += p.Amount - p.Refunded
		}
	}
	for currency, want := range truth {
		for _, rule := range share.Rules {
			key := string(rule) + " " + currency
			require.Equal(t, want, money[key], key)
			require.Equal(t, placedOrders[currency], orders[key], key)
			require.Equal(t, want, ofCodes[key]+unattributed[key], key)
		}
	}
	assert.True(t, slices.ContainsFunc(all, (*record.Order).Refund))
}
