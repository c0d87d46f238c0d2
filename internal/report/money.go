package report

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/report/tables"
)

// money is what a credit rule gives to something, in the smallest unit of a currency.
type money struct {
	Currency   string `json:"currency"`
	MinorUnits int64  `json:"minor_units"`
	Rule       string `json:"rule"`
}

// sold is what was bought, by rule. Each rule tells all of it: they are never added up.
type sold map[soldBy]int64

type soldBy struct{ currency, rule string }

// add adds what a rule gives. Of nothing yet it makes a sold.
func (s *sold) add(currency, rule string, minorUnits int64) {
	if *s == nil {
		*s = sold{}
	}
	(*s)[soldBy{currency, rule}] += minorUnits
}

func (s *sold) addAll(other sold) {
	for by, n := range other {
		s.add(by.currency, by.rule, n)
	}
}

// list is nil where nothing is known of purchases.
func (s sold) list() []money {
	if s == nil {
		return nil
	}
	list := []money{}
	for by, n := range s {
		list = append(list, money{by.currency, n, by.rule})
	}
	at := func(rule string) int { return slices.Index(share.Rules[:], share.Rule(rule)) }
	slices.SortFunc(list, func(a, b money) int {
		return cmp.Or(strings.Compare(a.Currency, b.Currency), cmp.Compare(at(a.Rule), at(b.Rule)))
	})
	return list
}

// bought are the purchases of something: nothing is known of them where the shop told of
// no order in the range.
type bought struct {
	Purchases *int64  `json:"purchases"`
	Revenue   []money `json:"revenue"`

	sold sold
}

// addOrders adds a number of orders, which may be none.
func (b *bought) addOrders(n int64) { addKnown(&b.Purchases, &n) }

// addPurchase adds a row of the table purchases.
func (b *bought) addPurchase(row *rollup.Purchase) {
	if row.Rule == string(share.Rules[0]) { // orders stand beside each rule
		b.addOrders(row.Orders)
	}
	b.sold.add(row.Currency, row.Rule, row.Amount-row.Refunded)
}

// addRecommended adds a row of the table recommendations.
func (b *bought) addRecommended(row *rollup.Recommendation) {
	if row.Currency == "" {
		return
	}
	b.addOrders(row.Orders)
	for _, c := range [...]struct {
		rule   share.Rule
		credit *int64
	}{{share.FirstShare, row.FirstShare}, {share.LastShare, row.LastShare}, {share.Linear, row.Linear}, {share.ChainDecay, row.ChainDecay}} {
		if c.credit != nil {
			b.sold.add(row.Currency, string(c.rule), *c.credit)
		}
	}
}

func (b *bought) addBought(other *bought) {
	addKnown(&b.Purchases, other.Purchases)
	b.sold.addAll(other.sold)
}

// finish makes the revenue. Where the shop has told of orders, and of none that came of
// this, there was none.
func (b *bought) finish(shop bool) {
	if shop {
		b.addOrders(0)
		if b.sold == nil {
			b.sold = sold{}
		}
	}
	b.Revenue = b.sold.list()
}

// purchases calls take with the purchases of a day that came of a recommendation of a
// page that fits. It tells how many orders there were in all, nil if none was told of.
func purchases(ctx context.Context, day *tables.Day, f *filter, take func(*rollup.Purchase)) (orders *int64, err error) {
	some, err := pagesThatFit(ctx, day, f)
	if err != nil {
		return nil, err
	}
	rows, err := day.Purchases(ctx)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		row := &rows[i]
		if row.Rule == string(share.Rules[0]) {
			addKnown(&orders, &row.Orders)
		}
		if row.Link != rollup.NoLink && some(row.Page) {
			take(row)
		}
	}
	return orders, nil
}
