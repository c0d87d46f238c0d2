package record

import (
	"encoding/binary"

	"darksocial/darksocial/share"
)

// Order is that something was bought, or given back, and which recommendation it came
// of. It is no page view.
type Order struct {
	ID   ID
	Time int64 // Unix seconds

	// Before and After are what was paid for the order until now, and from now on, in
	// minor units: 0 and 8999 when it is placed, 8999 and 0 when all is given back.
	Before, After int64
	Currency      string // ISO 4217

	// Link says how the order names its recommendation; it is empty for an order that
	// names none, and so is Chain.
	Link share.Link
	// Chain is the recommendation as it was when the order was placed, the share by
	// which the buyer came first. A refund has that of its order.
	Chain []Recommended
	Decay int // of share.ChainDecay, in thousandths, when the order was placed

	SinceOpen int64  // seconds from the last time the page was opened with the code to the order; -1 if nobody knows
	Number    string // the shop's own name for the order, where the site has a table of orders; else empty
	Rules     string // version of the rule tables of the program that kept it
}

// Recommended is a share that an order came of.
type Recommended struct {
	Code   string // empty once it was forgotten
	Page   string // that was shared, by its cleaned name
	Button string // that was used; empty for a post of the site's own
	App    string // that was shared in, as far as was known
}

// OrderID names an order of a site by a keyed hash of the shop's own name for it.
func OrderID(site, hash string) ID { return hashed("order", site, hash) }

// RefundID names a refund of an order.
func RefundID(site, hash, refund string) ID { return hashed("refund", site, hash, refund) }

// Refund reports whether something was given back.
func (o *Order) Refund() bool { return o.After < o.Before }

// Head is what the order is found by.
func (o *Order) Head() (ID, int64) { return o.ID, o.Time }

// AppendBody appends everything else.
func (o *Order) AppendBody(dst []byte) []byte {
	dst = append(dst, byte(Orders))
	dst = appendString(dst, o.Rules)
	for _, n := range [...]uint64{uint64(o.Before), uint64(o.After), uint64(o.SinceOpen + 1), uint64(o.Decay)} {
		dst = binary.AppendUvarint(dst, n)
	}
	for _, text := range [...]string{o.Currency, string(o.Link), o.Number} {
		dst = appendString(dst, text)
	}
	dst = append(dst, byte(len(o.Chain)))
	for _, r := range o.Chain {
		for _, text := range [...]string{r.Code, r.Page, r.Button, r.App} {
			dst = appendString(dst, text)
		}
	}
	return dst
}

// IsOrder reports whether a body is that of an Order.
func IsOrder(body []byte) bool { return len(body) > 0 && Door(body[0]) == Orders }

// DecodeOrder reads what AppendBody wrote.
func DecodeOrder(body []byte, id ID, time int64) (Order, error) {
	d := decoder{rest: body}
	o := Order{ID: id, Time: time}
	if Door(d.byte()) != Orders {
		d.fail(errValue)
	}
	o.Rules = d.string()
	before, after, since, decay := d.uvarint(), d.uvarint(), d.uvarint(), d.uvarint()
	var link string
	for _, text := range [...]*string{&o.Currency, &link, &o.Number} {
		*text = d.string()
	}
	n := int(d.byte())
	if before > share.MaxAmount || after > share.MaxAmount || since > 1<<40 || decay < 1 || decay > share.MaxDecay || n > share.MaxChain {
		d.fail(errValue)
	}
	for range n {
		var r Recommended
		for _, text := range [...]*string{&r.Code, &r.Page, &r.Button, &r.App} {
			*text = d.string()
		}
		if d.err != nil {
			break
		}
		o.Chain = append(o.Chain, r)
	}
	o.Before, o.After, o.SinceOpen, o.Decay, o.Link = int64(before), int64(after), int64(since)-1, int(decay), share.Link(link)
	return o, d.end()
}
