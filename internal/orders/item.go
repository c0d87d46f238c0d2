package orders

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/site"
)

// item is what is kept of an order, under a keyed hash of its number.
type item struct {
	Order   *record.Order `json:"order,omitempty"` // nil: only refunds were told
	Refunds []refund      `json:"refunds,omitempty"`
}

// refund is something that is given back.
type refund struct {
	Name     string `json:"name"`               // a keyed hash
	Told     int64  `json:"told"`               // Unix seconds
	Amount   int64  `json:"amount"`             // 0: all that is left
	Currency string `json:"currency,omitempty"` // empty: the order's
	Before   int64  `json:"before"`             // of the order, when it is known
	After    int64  `json:"after"`
}

func readItem(stored []byte) (*item, error) {
	var i item
	if stored == nil {
		return &i, nil
	}
	if err := json.Unmarshal(stored, &i); err != nil {
		return nil, fmt.Errorf("what is kept cannot be read")
	}
	return &i, nil
}

func (i *item) marshal() []byte {
	text, err := json.Marshal(i)
	if err != nil {
		panic(err) // there is nothing in it that cannot be written
	}
	return text
}

// left is what was paid and not given back.
func (i *item) left() int64 {
	if len(i.Refunds) > 0 {
		return i.Refunds[len(i.Refunds)-1].After
	}
	return i.Order.After
}

// place takes an order. Refunds that wait for it are given back with it.
func (o *Orders) place(ctx context.Context, s *site.Site, m *Message, v Visitor, kept *item, hash string, now time.Time) (*Outcome, bool, error) {
	if kept.Order != nil {
		if kept.Order.After != m.Amount || kept.Order.Currency != m.Currency {
			return nil, false, ErrConflict
		}
		return again(kept.entries(s.Name, hash), now.Unix()), false, nil
	}
	at := m.Ordered
	if now.Sub(time.Unix(at, 0)) > placedOn || at > now.Unix() {
		at = now.Unix()
	}
	order := &record.Order{ID: record.OrderID(s.Name, hash), Time: at, After: m.Amount, Currency: m.Currency, Decay: s.Decay(), SinceOpen: -1, Rules: darksocial.Version()}
	if s.OrderTable {
		order.Number = m.Order
	}
	if err := o.attribute(ctx, s, m, v, order); err != nil {
		return nil, false, fmt.Errorf("orders: %w", err)
	}
	kept.Order = order
	paid := m.Amount
	var fit []refund
	for _, r := range kept.Refunds { // they came first
		if r.Currency != "" && r.Currency != m.Currency || paid == 0 {
			continue
		}
		if now.Sub(time.Unix(r.Told, 0)) > placedOn { // its day may be closed
			r.Told = now.Unix()
		}
		if r.Before = paid; r.Amount == 0 || r.Amount > paid {
			r.Amount = paid
		}
		paid -= r.Amount
		r.After = paid
		fit = append(fit, r)
	}
	kept.Refunds = fit
	outcome := &Outcome{Entries: kept.entries(s.Name, hash)}
	if order.Link == "" {
		outcome.Note = Unattributed
	}
	return outcome, true, nil
}

// again is what becomes of a message that was told before. It may have been told again
// because the first answer was lost, and what is to be kept with it; days later it is in
// the tables.
func again(entries []*record.Order, now int64) *Outcome {
	entries = slices.DeleteFunc(entries, func(e *record.Order) bool { return now-e.Time > int64(placedOn/time.Second) })
	if len(entries) == 0 {
		return &Outcome{Reason: Duplicate, Note: Duplicate}
	}
	return &Outcome{Entries: entries, Note: Duplicate}
}

// giveBack takes a refund or a cancellation.
func (i *item) giveBack(site string, named names, m *Message, now int64) (*Outcome, bool, error) {
	r := refund{Name: named.refund, Told: now, Amount: m.Amount, Currency: m.Currency}
	if at := slices.IndexFunc(i.Refunds, func(have refund) bool { return have.Name == r.Name }); at >= 0 {
		if have := i.Refunds[at]; r.Amount != 0 && have.Amount != r.Amount || r.Currency != "" && have.Currency != "" && have.Currency != r.Currency {
			return nil, false, ErrConflict
		}
		if i.Order == nil {
			return &Outcome{Reason: Waiting, Note: Waiting}, false, nil
		}
		return again([]*record.Order{i.entry(site, named.order, &i.Refunds[at])}, now), false, nil
	}
	if len(i.Refunds) >= maxRefunds {
		return nil, false, ErrTooMany
	}
	if i.Order == nil {
		i.Refunds = append(i.Refunds, r)
		return &Outcome{Reason: Waiting, Note: Waiting}, true, nil
	}
	switch r.Before = i.left(); {
	case r.Currency != "" && r.Currency != i.Order.Currency:
		return nil, false, ErrConflict
	case r.Amount > r.Before || r.Before == 0:
		return nil, false, ErrTooMuch
	case r.Amount == 0:
		r.Amount = r.Before
	}
	r.After = r.Before - r.Amount
	i.Refunds = append(i.Refunds, r)
	return &Outcome{Entries: []*record.Order{i.entry(site, named.order, &r)}}, true, nil
}

// entries are all that is to be kept of an order.
func (i *item) entries(site, hash string) []*record.Order {
	list := []*record.Order{i.Order}
	for at := range i.Refunds {
		list = append(list, i.entry(site, hash, &i.Refunds[at]))
	}
	return list
}

// entry is a refund as it is kept: with the recommendation of its order.
func (i *item) entry(site, hash string, r *refund) *record.Order {
	e := *i.Order
	e.ID, e.Time, e.Before, e.After, e.SinceOpen = record.RefundID(site, hash, r.Name), r.Told, r.Before, r.After, -1
	return &e
}

// attribute finds the recommendation an order came of.
func (o *Orders) attribute(ctx context.Context, s *site.Site, m *Message, v Visitor, order *record.Order) error {
	code, link := share.Code(m.Code), m.Link
	came, at, err := o.codes.CameBy(ctx, s.Name, v.Day, v.Name)
	if err != nil {
		return err
	}
	if code == "" {
		code, link = came, share.SameDay
	}
	if code == "" {
		return nil
	}
	of, err := o.codes.Find(ctx, s.Name, string(code))
	if err != nil || of == nil {
		return err
	}
	ancestors, err := o.codes.Items(ctx, s.Name, of.Ancestors)
	if err != nil {
		return err
	}
	order.Link, order.Chain = link, []record.Recommended{recommended(s, code, of)}
	for _, ancestor := range of.Ancestors {
		order.Chain = append(order.Chain, recommended(s, ancestor, ancestors[ancestor]))
	}
	if code == came && m.Ordered >= at {
		order.SinceOpen = m.Ordered - at
	}
	return nil
}

// recommended is a share as an order keeps it, of which nothing may be known any more.
func recommended(s *site.Site, code share.Code, of *share.Item) record.Recommended {
	r := record.Recommended{Code: string(code)}
	if of != nil && of.Kept() {
		r.Page, r.Button, r.App = s.Page(of.Page), of.Button, rollup.AppOf(of)
	}
	return r
}

// forget takes a code out and reports whether it was there.
func (i *item) forget(code string) (found bool) {
	if i.Order == nil {
		return false
	}
	for at := range i.Order.Chain {
		if r := &i.Order.Chain[at]; r.Code == code {
			r.Code, found = "", true
		}
	}
	return found
}
