package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/dustin/go-humanize"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/money"
)

// Recommendation is a share and what came of it: which recommendation, never which
// person.
type Recommendation struct {
	Root        string  `json:"root"` // the code of the first share
	Page        string  `json:"page"`
	App         string  `json:"app,omitempty"`
	Button      string  `json:"button,omitempty"`
	Shares      int64   `json:"shares"`
	Generations int64   `json:"generations"` // how often the link was passed on, at most
	Arrivals    int64   `json:"arrivals"`
	Readers     int64   `json:"readers"`  // as far as is known
	Measured    int64   `json:"measured"` // arrivals of which it is
	Orders      int64   `json:"orders"`
	Sales       []Money `json:"sales,omitempty"`
}

// Money is an amount of minor units of a currency.
type Money struct {
	Currency string `json:"currency"`
	Amount   int64  `json:"amount"`
}

// Sales are all orders in a currency, less what was given back.
type Sales struct {
	Currency string `json:"currency"`
	Orders   int64  `json:"orders"`
	Amount   int64  `json:"amount"`
	// Of recommendations: orders that name one, and what they brought. The rest is
	// unattributed.
	RecommendedOrders int64 `json:"recommended_orders"`
	RecommendedAmount int64 `json:"recommended_amount"`
}

// Recommendation takes a row of recommendations.
func (s *Summary) Recommendation(row *rollup.Recommendation) {
	r := s.roots[row.Root]
	if r == nil {
		r = &Recommendation{Root: row.Root}
		s.roots[row.Root] = r
	}
	if row.Code == row.Root {
		r.Page, r.App, r.Button = row.Page, row.App, row.Button
	}
	r.Shares += row.Shares
	r.Generations = max(r.Generations, row.Generation)
	r.Arrivals += row.Arrivals
	r.Measured += row.Measured
	if row.Readers != nil {
		r.Readers += *row.Readers
	}
	r.Orders += row.Orders
	if row.LastShare == nil { // of all its shares together every rule says the same
		return
	}
	at := slices.IndexFunc(r.Sales, func(m Money) bool { return m.Currency == row.Currency })
	if at < 0 {
		at = len(r.Sales)
		r.Sales = append(r.Sales, Money{Currency: row.Currency})
	}
	r.Sales[at].Amount += *row.LastShare
}

// Purchase takes a row of purchases.
func (s *Summary) Purchase(row *rollup.Purchase) {
	if row.Rule != string(share.LastShare) { // one rule is all orders
		return
	}
	sales := s.sales[row.Currency]
	if sales == nil {
		sales = &Sales{Currency: row.Currency}
		s.sales[row.Currency] = sales
	}
	net := row.Amount - row.Refunded
	sales.Orders += row.Orders
	sales.Amount += net
	if row.Link != rollup.NoLink {
		sales.RecommendedOrders += row.Orders
		sales.RecommendedAmount += net
	}
}

// recommendations is how many are told.
const recommendations = 10

// addRecommendations adds those that sold most, then those that reached furthest.
func (s *Summary) addRecommendations(a *Answer) {
	a.Recommendations, a.Sales = []*Recommendation{}, []*Sales{}
	for _, r := range s.roots {
		if r.Root != rollup.Other && r.Arrivals+r.Orders > 0 {
			slices.SortFunc(r.Sales, func(x, y Money) int {
				return cmp.Or(cmp.Compare(y.Amount, x.Amount), cmp.Compare(x.Currency, y.Currency))
			})
			a.Recommendations = append(a.Recommendations, r)
		}
	}
	slices.SortFunc(a.Recommendations, func(x, y *Recommendation) int {
		return cmp.Or(cmp.Compare(y.Orders, x.Orders), cmp.Compare(y.Arrivals, x.Arrivals), strings.Compare(x.Root, y.Root))
	})
	a.Recommendations = a.Recommendations[:min(recommendations, len(a.Recommendations))]
	for _, sales := range s.sales {
		a.Sales = append(a.Sales, sales)
	}
	slices.SortFunc(a.Sales, func(x, y *Sales) int {
		return cmp.Or(cmp.Compare(y.Orders, x.Orders), cmp.Compare(x.Currency, y.Currency))
	})
}

// recommended tells which recommendations led to purchases.
func (a *Answer) recommended(b *strings.Builder) {
	if len(a.Recommendations) == 0 && len(a.Sales) == 0 {
		return
	}
	heading := "Recommendations, by how far they reached"
	if len(a.Sales) > 0 {
		heading = "Which recommendation led to the purchase"
	}
	fmt.Fprintf(b, "\n%s\n", heading)
	for _, s := range a.Sales {
		orders := "orders"
		if s.Orders == 1 {
			orders = "order"
		}
		fmt.Fprintf(b, "  %s %s, %s; of recommendations %s, %s.\n",
			humanize.Comma(s.Orders), orders, money.Format(s.Amount, s.Currency), humanize.Comma(s.RecommendedOrders), money.Format(s.RecommendedAmount, s.Currency))
	}
	if len(a.Recommendations) == 0 {
		return
	}
	w := tabwriter.NewWriter(b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "  orders\tsold\tarrivals\treaders\tshares\tpassed on\t\x00  recommendation")
	for _, r := range a.Recommendations {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\t%s\t\x00  %s  %s, %s\n", humanize.Comma(r.Orders), r.sold(), humanize.Comma(r.Arrivals), r.read(), humanize.Comma(r.Shares),
			times(r.Generations), r.Root, r.where(), r.Page)
	}
	_ = w.Flush() // a strings.Builder takes everything
	b.WriteString("  darksocial chain CODE draws one as a tree, with the credit of each share.\n")
}

func (r *Recommendation) sold() string {
	if len(r.Sales) == 0 {
		return "–"
	}
	var list []string
	for _, m := range r.Sales {
		list = append(list, money.Format(m.Amount, m.Currency))
	}
	return strings.Join(list, " + ")
}

func (r *Recommendation) read() string {
	if r.Measured == 0 {
		return "–"
	}
	return humanize.Comma(r.Readers)
}

func (r *Recommendation) where() string {
	if r.App != "" {
		return darksocial.Title(r.App)
	}
	return r.Button
}

func times(n int64) string {
	if n == 0 {
		return "–"
	}
	return fmt.Sprintf("%d×", n)
}
