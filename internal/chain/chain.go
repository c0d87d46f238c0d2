// Package chain tells what came of a recommendation: which share came of which, how far
// each reached, and how long it took.
//
//	tree, err := chain.New(root, items, rows)
//	fmt.Print(tree.Text(code))
//
// What codes mean comes from where they are kept, what came of them from the tables of
// all days there are. A code names a share and no person.
package chain

import (
	"cmp"
	"slices"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
)

// Share is one share of a recommendation. Its JSON is the answer for machines.
type Share struct {
	Code       share.Code  `json:"code"`
	Grade      share.Grade `json:"grade"`
	Button     string      `json:"button,omitempty"`
	App        string      `json:"app,omitempty"` // that was shared in, as far as is known
	Name       string      `json:"name,omitempty"`
	Page       string      `json:"page"`
	Generation int         `json:"generation"`
	Link       share.Link  `json:"link,omitempty"` // how it is known of which share it came

	Uses     int64  `json:"uses"` // of a button's code how often it was used
	Previews int64  `json:"previews"`
	Arrivals int64  `json:"arrivals"`
	Reach    int64  `json:"reach"` // arrivals that came with it, and with those that came of it
	Measured int64  `json:"measured"`
	Readers  *int64 `json:"readers"` // null where nobody knows

	Sales []Sale `json:"sales,omitempty"`

	// Times are null where few came of the whole recommendation.
	Made               *time.Time `json:"made"`
	SecondsToOpen      *int64     `json:"seconds_to_open"`      // from the share to the first arrival
	SecondsAfterParent *int64     `json:"seconds_after_parent"` // from the share that it came of

	Children []*Share `json:"children,omitempty"`
}

// Sale is what a share sold in a currency, less what was given back: minor units by each
// of the rules of package share.
type Sale struct {
	Currency   string `json:"currency"`
	Orders     int64  `json:"orders"` // whose buyers came with this share
	FirstShare int64  `json:"first_share"`
	LastShare  int64  `json:"last_share"`
	Linear     int64  `json:"linear"`
	ChainDecay int64  `json:"chain_decay"`
}

// New makes the tree of a recommendation. items are those of one root, by their codes;
// rows are of the table recommendations, of any days. Under few arrivals no times are
// told.
func New(root share.Code, items map[share.Code]*share.Item, rows []rollup.Recommendation, few int64) *Share {
	shares := map[share.Code]*Share{}
	for code, item := range items {
		shares[code] = &Share{Code: code, Grade: item.Grade, Button: item.Button, App: rollup.AppOf(item), Name: item.Name, Page: item.Page, Generation: item.Generation, Link: item.Link}
	}
	arrivals := int64(0)
	for i := range rows {
		s := shares[share.Code(rows[i].Code)]
		if s == nil {
			continue
		}
		s.add(&rows[i])
		arrivals += rows[i].Arrivals
	}
	for code, item := range items {
		s := shares[code]
		if arrivals >= few && item.Grade == share.PerShare {
			s.tellTimes(item, items[item.Parent()])
		}
		if parent := shares[item.Parent()]; parent != nil {
			parent.Children = append(parent.Children, s)
		}
	}
	for _, s := range shares {
		slices.SortFunc(s.Children, func(a, b *Share) int {
			return cmp.Or(cmp.Compare(b.Reach, a.Reach), cmp.Compare(items[a.Code].Made, items[b.Code].Made), cmp.Compare(a.Code, b.Code))
		})
	}
	return shares[root]
}

func (s *Share) add(row *rollup.Recommendation) {
	s.Uses += row.Shares
	s.Previews += row.Previews
	s.Arrivals += row.Arrivals
	s.Reach += row.Reach
	s.Measured += row.Measured
	if row.Readers != nil {
		n := *row.Readers
		if s.Readers != nil {
			n += *s.Readers
		}
		s.Readers = &n
	}
	if row.FirstShare == nil {
		return
	}
	at := slices.IndexFunc(s.Sales, func(sale Sale) bool { return sale.Currency == row.Currency })
	if at < 0 {
		at = len(s.Sales)
		s.Sales = append(s.Sales, Sale{Currency: row.Currency})
	}
	sale := &s.Sales[at]
	sale.Orders += row.Orders
	sale.FirstShare += *row.FirstShare
	sale.LastShare += *row.LastShare
	sale.Linear += *row.Linear
	sale.ChainDecay += *row.ChainDecay
}

func (s *Share) tellTimes(item, parent *share.Item) {
	made := time.Unix(item.Made, 0).UTC()
	s.Made = &made
	if item.Opened != 0 {
		n := max(0, item.Opened-item.Made)
		s.SecondsToOpen = &n
	}
	if parent != nil {
		n := max(0, item.Made-parent.Made)
		s.SecondsAfterParent = &n
	}
}

// Generations is how many times the recommendation was passed on at most, counted from
// this share.
func (s *Share) Generations() int {
	most := 0
	for _, child := range s.Children {
		most = max(most, 1+child.Generations())
	}
	return most
}

// Count is how many shares it is, with all that came of it.
func (s *Share) Count() int {
	n := 1
	for _, child := range s.Children {
		n += child.Count()
	}
	return n
}
