package orders

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/currency"

	"darksocial/darksocial/share"
)

// Type says what a message is about.
type Type string

const (
	Placed    Type = "order"
	Refunded  Type = "refund"
	Cancelled Type = "cancel"
)

// Message is a shop's word on an order. What it says was signed, but for Code and Link of
// one that came by a page.
type Message struct {
	Type     Type
	Order    string // the shop's own number
	Refund   string // names one refund of several
	Amount   int64  // minor units: of the order, or given back
	Currency string
	Ordered  int64 // when the order was placed, in Unix seconds

	Code string
	Link share.Link
}

// Bad says which field of a message is wrong, and what it must be.
type Bad struct{ Field, Says string }

func (b *Bad) Error() string { return b.Field + ": " + b.Says }

// Bounds of a message, in bytes.
const (
	MaxBody   = 4096
	maxNumber = 100
	maxCode   = 64
)

// body is a message as it is written in JSON. Numbers are read as they stand: 89.99 is no
// amount, and neither is 1e3.
type body struct {
	Version  json.Number `json:"v"`
	Type     Type        `json:"type"`
	Order    string      `json:"order"`
	Refund   string      `json:"refund"`
	Amount   json.Number `json:"amount"`
	Currency string      `json:"currency"`
	Ordered  json.Number `json:"ordered"`
	Code     string      `json:"code"`
	Link     share.Link  `json:"link"`
}

// ReadBody reads a message in JSON. An error is a *Bad.
func ReadBody(text []byte) (*Message, error) {
	if len(text) > MaxBody {
		return nil, &Bad{"body", fmt.Sprintf("is longer than %d bytes", MaxBody)}
	}
	var b body
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&b); err != nil {
		if _, field, ok := strings.Cut(err.Error(), "unknown field "); ok {
			return nil, &Bad{"body", fmt.Sprintf("has a field %.40s, which is none of a message", field)}
		}
		return nil, &Bad{"body", "is no JSON object with the fields of a message"}
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, &Bad{"body", "goes on behind the message"}
	}
	m := &Message{Type: b.Type, Order: b.Order, Refund: b.Refund, Currency: b.Currency, Code: b.Code, Link: b.Link}
	return m, m.read(b.Version.String(), b.Amount.String(), b.Ordered.String())
}

// ReadQuery reads a message in a query, and returns the part of it that must be signed
// and its signature. Only orders come in queries: what is given back, a server says.
func ReadQuery(raw string) (m *Message, signed, signature string, err error) {
	signed, rest, ok := strings.Cut(raw, "&s=")
	if !ok {
		return nil, "", "", &Bad{"s", "is missing: the signature of what stands before it"}
	}
	signature, rest, _ = strings.Cut(rest, "&")
	q, err := url.ParseQuery(signed)
	if err == nil {
		var added url.Values
		if added, err = url.ParseQuery(rest); err == nil && q.Get("k") == "" {
			q.Set("k", added.Get("k"))
			q.Set("l", added.Get("l"))
		}
	}
	if err != nil {
		return nil, "", "", &Bad{"query", "is written wrongly"}
	}
	m = &Message{Type: Placed, Order: q.Get("o"), Currency: q.Get("c"), Code: q.Get("k"), Link: share.Link(q.Get("l"))}
	return m, signed, signature, m.read(q.Get("v"), q.Get("a"), q.Get("t"))
}

// read reads the numbers of a message and checks all of it.
func (m *Message) read(version, amount, ordered string) error {
	var ok bool
	switch {
	case version != "1":
		return &Bad{"v", "must be 1"}
	case m.Type != Placed && m.Type != Refunded && m.Type != Cancelled:
		return &Bad{"type", "must be order, refund or cancel"}
	case !isNumber(m.Order):
		return &Bad{"order", fmt.Sprintf("must be the order's number, of at most %d bytes", maxNumber)}
	case m.Refund != "" && (m.Type != Refunded || !isNumber(m.Refund)):
		return &Bad{"refund", fmt.Sprintf("names a refund, by at most %d bytes", maxNumber)}
	case len(m.Code) > maxCode:
		return &Bad{"code", "is none"}
	case m.Code != "" && m.Link != share.Session && m.Link != share.Consented:
		return &Bad{"link", "must say how the code was kept: session or consented"}
	}
	if m.Ordered, ok = whole(ordered, 1<<40); !ok || m.Ordered == 0 {
		return &Bad{"ordered", "must be when the order was placed, in whole Unix seconds"}
	}
	if m.Type == Cancelled {
		if amount != "" || m.Currency != "" {
			return &Bad{"amount", "has no place in a cancellation, which gives back all that is left"}
		}
		return nil
	}
	if m.Amount, ok = whole(amount, share.MaxAmount); !ok || m.Amount == 0 {
		return &Bad{"amount", fmt.Sprintf("must be whole minor units (8999 for 89.99), more than 0 and at most %d", int64(share.MaxAmount))}
	}
	if unit, err := currency.ParseISO(m.Currency); err != nil || unit.String() != m.Currency || m.Currency == "XXX" {
		return &Bad{"currency", "must be a code of ISO 4217 in capitals, like EUR"}
	}
	return nil
}

// isNumber reports whether a text can be a shop's number of something: printable, and
// not long.
func isNumber(s string) bool {
	if s == "" || len(s) > maxNumber || !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if r < ' ' || r == 0x7f {
			return false
		}
	}
	return true
}

// whole reads a whole number of digits alone.
func whole(s string, most int64) (int64, bool) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n <= most
}
