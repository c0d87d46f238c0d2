package chain

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
)

const noon = 1795435200 // 2026-11-23 12:00 UTC

// theShoes are A, from which came B and C, and D, which came of B.
func theShoes() (map[share.Code]*share.Item, []rollup.Recommendation) {
	items := map[share.Code]*share.Item{}
	make := func(code, button, parent share.Code, made, opened int64) {
		item := share.Item{Grade: share.PerShare, Button: string(button), Page: "/schuhe", Made: noon + made}
		if parent != "" {
			item = item.Child(code, parent, items[parent], share.Session)
		}
		if opened != 0 {
			item.Open(noon + opened)
		}
		items[code] = &item
	}
	make("A", "whatsapp", "", 0, 42)
	make("B", "copy", "A", 600, 4200)
	make("C", "telegram", "A", 7200, 0)
	make("D", "whatsapp", "B", 200_000, 200_100)
	items["B"].Preview("signal", noon+601)
	readers := func(n int64) *int64 { return &n }
	return items, []rollup.Recommendation{
		{Root: "A", Code: "A", Shares: 1, Arrivals: 3, Reach: 4, Measured: 3, Readers: readers(2), Previews: 1},
		{Root: "A", Code: "B", Parent: "A", Shares: 1, Arrivals: 1, Reach: 1, Measured: 1, Readers: readers(0)},
		{Root: "A", Code: "C", Parent: "A", Shares: 1},
		{Root: "A", Code: "A", Reach: 2}, // of another day
		{Root: "A", Code: "B", Parent: "A", Reach: 2},
		{Root: "A", Code: "D", Parent: "B", Shares: 1, Arrivals: 2, Reach: 2},
		{Root: "A", Code: "gone", Arrivals: 1}, // what it stood for is not kept any more
	}
}

func TestTree(t *testing.T) {
	items, rows := theShoes()
	tree := New("A", items, rows, 5)
	assert.Equal(t, `/schuhe
6 arrivals, 4 shares, passed on over 2 generations

A  whatsapp · shared 2026-11-23 12:00 UTC · opened after 42 s · 3 arrivals, 2 readers
├── B  copy, seen in Signal · shared 10 min later · opened after 1 h · 1 arrival, 0 readers  ← asked for
│   └── D  whatsapp · shared 2 days later · opened after 1 min · 2 arrivals
└── C  telegram · shared 2 h later · 0 arrivals
`, tree.Text("B"))
}

// TestSales: where the rules differ each tells what the share is owed; else one does.
func TestSales(t *testing.T) {
	n := func(n int64) *int64 { return &n }
	items, rows := theShoes()
	rows = append(rows,
		rollup.Recommendation{Root: "A", Code: "A", Currency: "EUR", FirstShare: n(8999), LastShare: n(0), Linear: n(4499), ChainDecay: n(3000)},
		rollup.Recommendation{Root: "A", Code: "B", Parent: "A", Currency: "EUR", Orders: 1, FirstShare: n(0), LastShare: n(8999), Linear: n(4500), ChainDecay: n(5999)},
		rollup.Recommendation{Root: "A", Code: "A", Currency: "JPY", Orders: 2, FirstShare: n(50), LastShare: n(50), Linear: n(50), ChainDecay: n(50)})
	text := New("A", items, rows, 5).Text("A")
	assert.Contains(t, text, "3 arrivals, 2 readers · 0 orders, credit: first share 89.99 EUR, last share 0.00 EUR, linear 44.99 EUR, chain decay 30.00 EUR · 2 orders, 50 JPY by every rule")
	assert.Contains(t, text, "1 order, credit: first share 0.00 EUR, last share 89.99 EUR, linear 45.00 EUR, chain decay 59.99 EUR")
}

// TestFew: what few came of tells no times.
func TestFew(t *testing.T) {
	items, rows := theShoes()
	tree := New("A", items, rows[:2], 5)
	assert.NotContains(t, tree.Text("A"), "shared")
	assert.NotContains(t, tree.Text("A"), "opened")
	text, err := json.Marshal(tree)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"made":null,"seconds_to_open":null,"seconds_after_parent":null`)
	assert.NotContains(t, string(text), "2026")
}

// TestAlone: codes that stand for more than one share.
func TestAlone(t *testing.T) {
	n := int64(3)
	button := New("P", map[share.Code]*share.Item{"P": {Grade: share.PerButton, Button: "whatsapp", Page: "/a", Made: noon}},
		[]rollup.Recommendation{{Root: "P", Code: "P", Shares: 3, Arrivals: 9, Reach: 9, Readers: &n}}, 5)
	assert.Equal(t, "/a\n9 arrivals, 1 share, passed on over 0 generations\n\nP  whatsapp · used 3 times · 9 arrivals, 3 readers\n", button.Text("P"))
	post := New("O", map[share.Code]*share.Item{"O": {Grade: share.Own, Name: "Kanal", Source: "whatsapp", Page: "/a", Made: noon}}, nil, 5)
	assert.Equal(t, "/a\n0 arrivals, 1 share, passed on over 0 generations\n\nO  \"Kanal\" · 0 arrivals\n", post.Text("O"))
}
