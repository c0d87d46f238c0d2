package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"darksocial/darksocial/rollup"
	"darksocial/internal/edge"
	"darksocial/internal/ledger"
	"darksocial/internal/orders"
	"darksocial/internal/site"
)

// Orders takes what shops say: see orders.Orders.
type Orders interface {
	Signed(ctx context.Context, site, text, signature string) (bool, error)
	Take(ctx context.Context, s *site.Site, m *orders.Message, v orders.Visitor) (*orders.Outcome, error)
}

// Selling makes a Collect take the orders of shops.
func (c *Collect) Selling(o Orders) *Collect {
	c.orders = o
	return c
}

// signatureHeader carries a shop's signature of a body. It must not begin with X-DS-: the
// edge takes such headers off.
const signatureHeader = "Ds-Signature"

// Why an order is not taken, beside the fields of a message.
const (
	refusedSignature refusal = "signature"
	refusedConflict  refusal = "conflict"
	refusedTooMuch   refusal = "too_much"
	refusedTooMany   refusal = "too_many"
	refusedTooLong   refusal = "too_long"
)

// buy takes an order: from the page that thanks for it, or from the shop's server. See
// package orders.
func (c *Collect) buy(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), Patience)
	defer cancel()
	read := c.boughtOnPage
	if r.Method == http.MethodPost {
		read = c.boughtByServer
	}
	s, m, visitor, err := read(ctx, r)
	if err != nil {
		return explained(err)
	}
	outcome, err := c.orders.Take(ctx, s.Site, m, visitor)
	if err != nil {
		if refusalOf(err) != "" {
			return explained(err)
		}
		slog.ErrorContext(ctx, "order not taken", "site", s.Name, "error", err.Error())
		return err
	}
	if err := c.keepOrder(ctx, s, outcome); err != nil {
		slog.ErrorContext(ctx, "order not written", "site", s.Name, "error", err.Error())
		return err
	}
	if outcome.Note != "" {
		w.Header().Set(noteHeader, outcome.Note)
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// keepOrder makes durable what became of a message.
func (c *Collect) keepOrder(ctx context.Context, s *site.Served, outcome *orders.Outcome) error {
	if len(outcome.Entries) == 0 {
		return c.sales.Write(ctx, ledger.Brought{Site: s.Site, Time: c.now().Unix(), Reason: outcome.Reason})
	}
	for _, entry := range outcome.Entries {
		if err := c.sales.Write(ctx, ledger.Brought{Site: s.Site, Entry: entry}); err != nil {
			return err
		}
	}
	return nil
}

// boughtOnPage reads an order that a page tells of. Whoever objects bought all the same,
// but not of anybody's recommendation.
func (c *Collect) boughtOnPage(ctx context.Context, r *http.Request) (s *site.Served, m *orders.Message, v orders.Visitor, err error) {
	if s, err = c.admit(r); err != nil {
		return s, nil, v, err
	}
	if len(r.URL.RawQuery) > orders.MaxBody {
		return s, nil, v, edge.BadHit("length")
	}
	m, signed, signature, err := orders.ReadQuery(r.URL.RawQuery)
	if err == nil {
		err = c.checkSignature(ctx, s, signed, signature)
	}
	if err != nil {
		return s, nil, v, err
	}
	if edge.Objects(r) {
		m.Code, m.Link = "", ""
		return s, m, v, nil
	}
	now := c.now()
	v.Day = rollup.DayOf(now, s.Zone()).Date
	v.Name = visitorOf(ctx, c.visitors, s, now.Unix(), r.Header.Get(edge.AddressHeader), edge.HeaderValue(r.Header, "User-Agent"))
	return s, m, v, nil
}

// boughtByServer reads what a shop's server says.
func (c *Collect) boughtByServer(ctx context.Context, r *http.Request) (s *site.Served, m *orders.Message, v orders.Visitor, err error) {
	if repeated(r.Header) || len(r.Header.Values(signatureHeader)) > 1 {
		return nil, nil, v, refusedRepeated
	}
	s, ours := c.sites.Of(edge.Host(r))
	if !ours || edge.Host(r) == "" {
		return nil, nil, v, refusedHost
	}
	text, err := io.ReadAll(io.LimitReader(r.Body, orders.MaxBody+1))
	switch {
	case err != nil:
		return s, nil, v, refusedBody
	case len(text) > orders.MaxBody:
		return s, nil, v, refusedTooLong
	}
	if err := c.checkSignature(ctx, s, string(text), r.Header.Get(signatureHeader)); err != nil {
		return s, nil, v, err
	}
	m, err = orders.ReadBody(text)
	return s, m, v, err
}

func (c *Collect) checkSignature(ctx context.Context, s *site.Served, text, signature string) error {
	signed, err := c.orders.Signed(ctx, s.Name, text, signature)
	if err == nil && !signed {
		err = refusedSignature
	}
	return err
}

// refusalOf is the word for an error of orders, or "".
func refusalOf(err error) refusal {
	var bad *orders.Bad
	switch {
	case errors.As(err, &bad):
		return refusal(bad.Field)
	case errors.Is(err, orders.ErrConflict):
		return refusedConflict
	case errors.Is(err, orders.ErrTooMuch):
		return refusedTooMuch
	case errors.Is(err, orders.ErrTooMany):
		return refusedTooMany
	}
	return ""
}

// told is a refusal with an explanation for the person who connects a shop.
type told struct {
	refusal
	says string
}

// explained makes an error of orders one that is answered with what to do about it.
func explained(err error) error {
	if word := refusalOf(err); word != "" {
		return &told{word, err.Error()}
	}
	if errors.Is(err, refusedSignature) {
		return &told{refusedSignature, "the signature is not that of this text by one of the site's shop keys: see docs/purchases.md"}
	}
	return err
}
