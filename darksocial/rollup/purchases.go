package rollup

import (
	"cmp"
	"iter"

	"darksocial/darksocial/reading"
	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
)

// NoLink stands for the link of orders that name no recommendation.
const NoLink = "unattributed"

// AddOrder adds an order, or what is given back of one. Those of other days are left out.
func (f *Fold) AddOrder(o *record.Order) error {
	if !f.day.Has(o.Time) {
		return nil
	}
	if err := f.room(); err != nil {
		return err
	}
	kind, orders, refunds := "order", int64(1), int64(0)
	if o.Refund() {
		kind, orders, refunds = "refund", 0, 1
	}
	if err := f.add(sumSeen, []string{record.Orders.String(), Labelled, kind, o.Rules}, 1); err != nil {
		return err
	}
	if len(o.Chain) == 0 {
		return f.addUnattributed(o, orders, refunds)
	}
	if err := f.add(sumPages, []string{o.Chain[0].Page}, andReads(reading.Reading{}, 0, 0, 0, 0, 0, orders)...); err != nil {
		return err
	}
	credits := make([][]int64, len(share.Rules))
	for i, rule := range share.Rules {
		credits[i] = share.Change(rule, o.Before, o.After, len(o.Chain), o.Decay)
	}
	for i := range o.Chain {
		if i > 0 {
			orders, refunds = 0, 0 // an order counts once: where the buyer came from
		}
		if err := f.addSold(o, i, credits, orders, refunds); err != nil {
			return err
		}
	}
	return nil
}

func (f *Fold) addUnattributed(o *record.Order, orders, refunds int64) error {
	for _, rule := range share.Rules {
		err := f.add(sumPurchases, []string{"", "", "", NoLink, string(rule), o.Currency}, purchaseCounts(o.After-o.Before, orders, refunds)...)
		if err == nil && o.Number != "" {
			err = f.add(sumOrders, []string{o.Number, string(rule), "", "", NoLink, o.Currency}, o.After-o.Before)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// addSold adds what one share of a chain is given of an order, by each rule.
func (f *Fold) addSold(o *record.Order, i int, credits [][]int64, orders, refunds int64) error {
	r := &o.Chain[i]
	root := rootOf(o.Chain)
	app := r.App
	if of := f.code(share.Code(r.Code)); of != nil && app == "" { // learned since: logs come later than orders
		app = of.app
	}
	for at, rule := range share.Rules {
		err := f.add(sumPurchases, []string{r.Page, app, r.Button, string(o.Link), string(rule), o.Currency}, purchaseCounts(credits[at][i], orders, refunds)...)
		if err == nil && o.Number != "" && credits[at][i] != 0 {
			err = f.add(sumOrders, []string{o.Number, string(rule), root, r.Code, string(o.Link), o.Currency}, credits[at][i])
		}
		if err != nil {
			return err
		}
	}
	if r.Code == "" { // forgotten
		return nil
	}
	timed, since := int64(0), int64(0)
	if i == 0 && o.SinceOpen >= 0 {
		timed, since = 1, o.SinceOpen
	}
	return cmp.Or(
		f.sums.Add(f.soldKey(o.Chain, i), make([]int64, numCodeCounts)...), // so that the code has a row
		f.add(sumSold, []string{root, generationOf(o.Chain, i), r.Code, o.Currency}, orders, credits[0][i], credits[1][i], credits[2][i], credits[3][i], timed, since),
	)
}

// soldKey is the key of a code's sums: of what is known of it, else of what the order
// knows.
func (f *Fold) soldKey(chain []record.Recommended, i int) []byte {
	of := f.code(share.Code(chain[i].Code))
	if of != nil && string(of.RootOf(of.name)) == rootOf(chain) && generationKey(of.Item) == generationOf(chain, i) {
		return f.keyOf(of)
	}
	parent, r := "", chain[i]
	if i+1 < len(chain) {
		parent = chain[i+1].Code
	}
	return sumCodes.key(nil, rootOf(chain), generationOf(chain, i), r.Code, parent, "", "", r.Button, r.App, r.Page, "", "", "")
}

// rootOf is the first share of a chain of which the code is still known.
func rootOf(chain []record.Recommended) string {
	for i := len(chain) - 1; i >= 0; i-- {
		if chain[i].Code != "" {
			return chain[i].Code
		}
	}
	return ""
}

// generationOf counts from the root.
func generationOf(chain []record.Recommended, i int) string {
	n := 0
	for i++; i < len(chain); i++ {
		if chain[i].Code != "" {
			n++
		}
	}
	return generationKey(&share.Item{Generation: n})
}

// purchaseCounts are orders, what they brought, refunds, what they took back.
func purchaseCounts(credit, orders, refunds int64) []int64 {
	if credit < 0 {
		return []int64{orders, 0, refunds, -credit}
	}
	return []int64{orders, credit, refunds, 0}
}

const numPurchaseCounts = 4

func purchaseRows(t *Total) iter.Seq2[any, error] {
	return mapped(foldedSums(t, sumPurchases, 6, numPurchaseCounts, func(parts []string) {
		if parts[3] != NoLink {
			parts[0] = t.pages.name(parts[0])
		}
	}), func(c counted) any {
		return Purchase{Page: c.parts[0], Source: c.parts[1], Button: c.parts[2], Link: c.parts[3], Rule: c.parts[4], Currency: c.parts[5],
			Orders: c.n[0], Amount: c.n[1], Refunds: c.n[2], Refunded: c.n[3]}
	})
}

func orderRows(t *Total) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		for c, err := range counts(t.sums, sumOrders, 6, 1) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(Order{Number: c.parts[0], Rule: c.parts[1], Root: c.parts[2], Code: c.parts[3], Link: c.parts[4], Currency: c.parts[5], Amount: c.n[0]}, nil) {
				return
			}
		}
	}
}

// sold is what a code sold in one currency.
type sold struct {
	key, currency                    string
	orders                           int64
	first, last, linear, decay       int64
	timedOrders, secondsSinceOpening int64
}

const numSoldCounts = 7

// soldByCodes goes through what codes sold, in the order of codes.
func soldByCodes(sums Sums) iter.Seq2[sold, error] {
	return func(yield func(sold, error) bool) {
		for c, err := range counts(sums, sumSold, 4, numSoldCounts) {
			if err != nil {
				yield(sold{}, err)
				return
			}
			s := sold{codeKey(c.parts), c.parts[3], c.n[0], c.n[1], c.n[2], c.n[3], c.n[4], c.n[5], c.n[6]}
			if !yield(s, nil) {
				return
			}
		}
	}
}

// put puts what was sold into a row.
func (s sold) put(r *Recommendation, times bool) {
	r.Currency, r.Orders = s.currency, s.orders
	r.FirstShare, r.LastShare, r.Linear, r.ChainDecay = &s.first, &s.last, &s.linear, &s.decay
	if times && s.timedOrders > 0 {
		r.TimedOrders, r.SecondsToOrder = s.timedOrders, &s.secondsSinceOpening
	}
}
