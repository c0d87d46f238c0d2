package report_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/darksocial/rollup"
	"darksocial/internal/site"
)

type moneySaid struct {
	Currency   string
	MinorUnits int64 `json:"minor_units"`
	Rule       string
}

type boughtSaid struct {
	Orders, Purchases *int64
	Revenue           []moneySaid
}

// credits are rows of purchases of a page, one for each rule.
func credits(page, link, currency string, orders, amount, refunded int64) (rows []any) {
	for _, rule := range []string{"first_share", "last_share", "linear", "chain_decay"} {
		rows = append(rows, rollup.Purchase{Page: page, Link: link, Rule: rule, Currency: currency, Orders: orders, Amount: amount, Refunded: refunded})
	}
	return rows
}

// TestMoney: each rule tells all of what was sold, so none is added to another; and where
// no shop has told of anything nothing is known.
func TestMoney(t *testing.T) {
	w := newWorld(t, &site.Site{Name: siteName}, friday)
	day := someDay(5)
	day["pages"] = []any{rollup.Page{Page: "/a", Arrivals: 5, Orders: 3}, rollup.Page{Page: "/b", Arrivals: 1}}
	day["purchases"] = append(append(credits("/a", "session", "EUR", 2, 9000, 1000), credits("/a", "same_day", "CHF", 1, 500, 700)...), credits("", rollup.NoLink, "EUR", 4, 100_000, 0)...)
	n := func(n int64) *int64 { return &n }
	day["recommendations"] = []any{
		rollup.Recommendation{Root: "A", Code: "A", Grade: "share", Page: "/a", Shares: 1, Arrivals: 5, Reach: 5, Currency: "CHF", Orders: 1, FirstShare: n(-200), LastShare: n(-200), Linear: n(-200), ChainDecay: n(-200)},
		rollup.Recommendation{Root: "A", Code: "A", Grade: "share", Page: "/a", Currency: "EUR", Orders: 1, FirstShare: n(8000), LastShare: n(3000), Linear: n(5500), ChainDecay: n(4000)},
		rollup.Recommendation{Root: "A", Code: "B", Parent: "A", Generation: 1, Grade: "share", Page: "/a", Shares: 1, Currency: "EUR", Orders: 1, FirstShare: n(0), LastShare: n(5000), Linear: n(2500), ChainDecay: n(4000)},
		rollup.Recommendation{Root: "C", Code: "C", Grade: "share", Page: "/b", Shares: 1},
	}
	w.put("2026-11-18", true, day)
	w.put("2026-11-17", true, someDay(5))

	all := []moneySaid{{"CHF", -200, "first_share"}, {"CHF", -200, "last_share"}, {"CHF", -200, "linear"}, {"CHF", -200, "chain_decay"},
		{"EUR", 8000, "first_share"}, {"EUR", 8000, "last_share"}, {"EUR", 8000, "linear"}, {"EUR", 8000, "chain_decay"}}
	type numbers struct{ Numbers boughtSaid }
	assert.Equal(t, boughtSaid{n(7), n(3), all}, ask[numbers](w, "numbers", "from", "2026-11-17", "to", "2026-11-18").Numbers)
	assert.Equal(t, boughtSaid{nil, n(3), all}, ask[numbers](w, "numbers", "from", "2026-11-17", "to", "2026-11-18", "page", "/a").Numbers)
	assert.Equal(t, boughtSaid{nil, n(0), []moneySaid{}}, ask[numbers](w, "numbers", "from", "2026-11-17", "to", "2026-11-18", "page", "/b").Numbers)
	assert.Equal(t, boughtSaid{}, ask[numbers](w, "numbers", "from", "2026-11-17", "to", "2026-11-18", "channel", "direct").Numbers)
	assert.Equal(t, boughtSaid{}, ask[numbers](w, "numbers", "from", "2026-11-17", "to", "2026-11-17").Numbers, "no shop")

	pages := ask[struct{ Pages []boughtSaid }](w, "pages", "from", "2026-11-17", "to", "2026-11-18").Pages
	assert.Equal(t, []boughtSaid{{nil, n(3), all}, {nil, n(0), []moneySaid{}}}, pages)
	assert.Equal(t, []boughtSaid{{}}, ask[struct{ Pages []boughtSaid }](w, "pages", "from", "2026-11-17", "to", "2026-11-17").Pages)
	assert.Equal(t, boughtSaid{nil, n(3), all}, ask[struct{ Page boughtSaid }](w, "page", "from", "2026-11-17", "to", "2026-11-18", "page", "/a").Page)

	type row struct {
		boughtSaid
		Root             string
		Arrivals, Shares int64
	}
	list := ask[struct{ Recommendations []row }](w, "recommendations", "from", "2026-11-17", "to", "2026-11-18").Recommendations
	assert.Equal(t, row{boughtSaid{nil, n(3), all}, "A", 5, 2}, list[0], "of a code with two currencies all else counts once")
	assert.Equal(t, row{boughtSaid{nil, n(0), []moneySaid{}}, "C", 0, 1}, list[1])
	tree := ask[struct {
		Tree struct {
			boughtSaid
			Children []boughtSaid
		}
	}](w, "recommendation", "from", "2026-11-17", "to", "2026-11-18", "root", "A").Tree
	assert.Equal(t, n(2), tree.Purchases)
	assert.Contains(t, tree.Revenue, moneySaid{"EUR", 3000, "last_share"})
	assert.Equal(t, []moneySaid{{"EUR", 0, "first_share"}, {"EUR", 5000, "last_share"}, {"EUR", 2500, "linear"}, {"EUR", 4000, "chain_decay"}}, tree.Children[0].Revenue)
}
