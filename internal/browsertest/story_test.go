package browsertest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/browsertest"
	"darksocial/internal/chain"
)

// How the apps call themselves that ask for a link to draw a preview of it.
const (
	whatsAppFetches = "WhatsApp/2.24.10.74 A"
	signalFetches   = "WhatsApp/2" // darksocial/fetchers.go has the source
)

// TestStory: which recommendation triggered the purchase. Anna shares a pair of shoes on
// WhatsApp, Ben opens it, reads and passes it on to a group on Signal, and Clara, who is in
// the group, buys them.
func TestStory(t *testing.T) {
	w := newTown(t)
	anna := w.person(browsertest.Settings{UserAgent: android})
	anna.opens(w.URL + shoes)
	w.passes(time.Minute)
	toBen := anna.sharesOnWhatsApp()
	w.fetches(whatsAppFetches, toBen)
	anna.leaves()

	w.passes(2 * time.Minute)
	ben := w.person(browsertest.Settings{UserAgent: iphone})
	ben.opens(toBen)
	w.passes(8 * time.Minute)
	toGroup := ben.copies()
	ben.reads("40")
	w.fetches(signalFetches, toGroup)
	ben.leaves()
	w.keepsUp()

	w.passes(20 * time.Minute)
	for range 3 {
		friend := w.person(browsertest.Settings{UserAgent: windows})
		friend.opens(toGroup)
		friend.reads("2")
		friend.leaves()
	}
	clara := w.person(browsertest.Settings{UserAgent: mac})
	clara.opens(toGroup)
	w.passes(10 * time.Minute)
	clara.reads("60")
	number := clara.buys()
	ordered := w.now()
	bought := w.asked("/_ds/buy")
	clara.tab.Reload()
	w.until("/_ds/buy", bought+1, 204)
	clara.leaves()
	w.keepsUp()

	a, b := codeIn(toBen), codeIn(toGroup)
	require.NotEqual(t, a, b)
	w.checkArrivals()
	w.checkChain(a, b)

	// By hand: 8999 = 4500 + 4499, of which the later share has the odd one; and two
	// thirds and one third of it, 5999 1/3 and 2999 2/3, of which the larger fraction is
	// rounded up.
	assert.Equal(t, credits{"first_share": {0, 8999}, "last_share": {8999, 0}, "linear": {4500, 4499}, "chain_decay": {5999, 3000}}, w.credits(1, 0))
	for _, rule := range share.Rules {
		assert.Equal(t, w.credits(1, 0)[string(rule)], share.Credit(rule, 8999, 2, share.DefaultDecay), rule)
	}

	// Two days later Clara is given 20 euros back: 6999 are left, which would be 3500 and
	// 3499, or 4666 and 2333.
	w.passes(48 * time.Hour)
	w.tells(fmt.Sprintf(`{"v":1,"type":"refund","order":%q,"refund":"R-1","amount":2000,"currency":"EUR","ordered":%d}`, number, ordered.Unix()))
	w.keepsUp()
	assert.Equal(t, credits{"first_share": {0, -2000}, "last_share": {-2000, 0}, "linear": {-1000, -1000}, "chain_decay": {-1333, -667}}, w.credits(0, 1))
}

// checkArrivals looks at how each of them came.
func (w *town) checkArrivals() {
	w.t.Helper()
	came := map[[4]string]int64{}
	evidence := map[[2]string]int64{}
	for _, row := range rowsOf[rollup.Arrival](w, "arrivals") {
		assert.Equal(w.t, shoes, row.Page)
		assert.Equal(w.t, "direct", row.ByReferrer, "what everybody else would have said")
		came[[4]string{row.Source, row.Confidence, row.Visibility, row.Surface}] += row.Arrivals
	}
	for _, row := range rowsOf[rollup.Evidence](w, "evidence") {
		evidence[[2]string{row.Source, row.Rule}] += row.Arrivals
	}
	assert.Equal(w.t, map[[4]string]int64{
		{"", "unknown", "unknown", "browser"}:         1, // Anna
		{"whatsapp", "certain", "private", "browser"}: 1, // Ben
		{"signal", "strong", "private", "browser"}:    4, // Clara and three more
	}, came)
	assert.Equal(w.t, int64(1), evidence[[2]string{"whatsapp", "code.button"}])
	assert.Equal(w.t, int64(4), evidence[[2]string{"signal", "code.preview"}])
}

// checkChain looks at the recommendation itself: in the table, and as a tree.
func (w *town) checkChain(a, b string) {
	w.t.Helper()
	at, n := func(t time.Time) *time.Time { return &t }, func(n int64) *int64 { return &n }
	rows := rowsOf[rollup.Recommendation](w, "recommendations")
	assert.Equal(w.t, []rollup.Recommendation{{
		Root: a, Code: a, Grade: "share", Button: "whatsapp", App: "whatsapp", Page: shoes,
		Shares: 1, Children: 1, Previews: 1, Arrivals: 1, Reach: 5, Measured: 1, Readers: n(1), EngagedSeconds: n(40), Visitors: n(1), SelfVisits: n(0),
		Currency: "EUR", FirstShare: n(8999), LastShare: n(0), Linear: n(4499), ChainDecay: n(3000),
		Made: at(noon.Add(time.Minute)), SecondsToOpen: n(120),
	}, {
		Root: a, Code: b, Generation: 1, Parent: a, Link: "session", Grade: "share", Button: "copy", App: "signal", Page: shoes,
		Shares: 1, Previews: 1, Arrivals: 4, Reach: 4, Measured: 4, Readers: n(1), EngagedSeconds: n(66), Visitors: n(2), SelfVisits: n(0),
		Currency: "EUR", Orders: 1, FirstShare: n(0), LastShare: n(8999), Linear: n(4500), ChainDecay: n(5999), TimedOrders: 1, SecondsToOrder: n(600),
		Made: at(noon.Add(11 * time.Minute)), SecondsToOpen: n(1200), SecondsAfterParent: n(600),
	}}, rows)

	items, err := w.codes.Items(w.t.Context(), w.site.Name, []share.Code{share.Code(a), share.Code(b)})
	require.NoError(w.t, err)
	tree := chain.New(share.Code(a), items, rows, int64(rollup.DefaultOptions.Few))
	assert.Equal(w.t, shoes+`
5 arrivals, 2 shares, passed on over 1 generation

`+a+`  whatsapp · shared 2026-11-27 12:01 UTC · opened after 2 min · 1 arrival, 1 reader · 0 orders, credit: first share 89.99 EUR, last share 0.00 EUR, linear 44.99 EUR, chain decay 30.00 EUR
└── `+b+`  copy, seen in Signal · shared 10 min later · opened after 20 min · 4 arrivals, 1 reader · 1 order, credit: first share 0.00 EUR, last share 89.99 EUR, linear 45.00 EUR, chain decay 59.99 EUR  ← asked for
`, tree.Text(share.Code(b)))
}

// credits are, by rule, what the share by which the buyer came is given on the day, and
// the one before it.
type credits map[string][]int64

// credits reads the table of purchases of the day, in which there is one order's, or what
// is given back of it.
func (w *town) credits(orders, refunds int64) credits {
	w.t.Helper()
	read := credits{}
	for _, row := range rowsOf[rollup.Purchase](w, "purchases") {
		at := 1
		assert.Equal(w.t, []string{shoes, "session", "EUR"}, []string{row.Page, row.Link, row.Currency})
		if row.Button == "copy" {
			at = 0
			assert.Equal(w.t, "signal", row.Source)
			assert.Equal(w.t, []int64{orders, refunds}, []int64{row.Orders, row.Refunds})
		} else {
			assert.Equal(w.t, []string{"whatsapp", "whatsapp"}, []string{row.Source, row.Button})
			assert.Equal(w.t, []int64{0, 0}, []int64{row.Orders, row.Refunds}, "an order counts once")
		}
		if read[row.Rule] == nil {
			read[row.Rule] = make([]int64, 2)
		}
		read[row.Rule][at] += row.Amount - row.Refunded
	}
	return read
}

// TestOneShare: the ways by which an order may, or may not, name the one share it came of.
func TestOneShare(t *testing.T) {
	nextDay := func(p *person) {
		p.passes(24 * time.Hour)
		p.opens(p.URL + shoes)
	}
	inside := func(p *person) {
		for _, link := range []string{".name a", `a[href="` + shoes + `"]`} {
			p.tab.Follow(link)
			p.knows()
		}
	}
	const inWhatsApp = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.7559.59 Mobile Safari/537.36 [WA4A/2.26.3.79;]"
	for _, tt := range []struct {
		name     string
		ben      browsertest.Settings
		anna     string // what is done on the page before she shares
		landed   string // what is done on the page that Ben came to
		then     func(ben *person)
		link     string
		arrivals [2]string // source and surface of Ben's
	}{
		{name: "at once", link: "session", arrivals: [2]string{"whatsapp", "browser"}},
		{name: "in the app's own browser", ben: browsertest.Settings{UserAgent: inWhatsApp}, link: "session", arrivals: [2]string{"whatsapp", "in_app"}},
		{name: "a code per button", anna: `document.querySelector("ds-share").removeAttribute("grade")`, link: "session", arrivals: [2]string{"whatsapp", "browser"}},
		{name: "the form knows no code", then: inside, link: "same_day", arrivals: [2]string{"whatsapp", "browser"}},
		{name: "the form knows no code, the browser does", landed: `ds.consent(true)`, then: inside, link: "consented", arrivals: [2]string{"whatsapp", "browser"}},
		{name: "next day", then: nextDay, link: "unattributed"},
		{name: "next day, with consent", landed: `ds.consent(true)`, then: nextDay, link: "consented"},
		{name: "a browser that objects", ben: browsertest.Settings{Headers: map[string]string{"Sec-GPC": "1"}}, link: "unattributed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newTown(t)
			anna := w.person(browsertest.Settings{UserAgent: android})
			anna.opens(w.URL + shoes)
			anna.tab.Evaluate(tt.anna+`; null`, nil)
			link := anna.sharesOnWhatsApp()
			w.fetches(whatsAppFetches, link)
			anna.leaves()

			w.passes(time.Minute)
			if tt.ben.UserAgent == "" {
				tt.ben.UserAgent = iphone
			}
			ben := w.person(tt.ben)
			ben.opens(link)
			ben.tab.Evaluate(tt.landed+`; null`, nil)
			w.passes(time.Minute)
			if tt.then != nil {
				tt.then(ben)
			}
			ben.buys()
			ben.leaves()
			w.keepsUp()

			var want []rollup.Purchase
			for _, rule := range share.Rules {
				row := rollup.Purchase{Link: tt.link, Rule: string(rule), Currency: "EUR", Orders: 1, Amount: 8999}
				if tt.link != "unattributed" {
					row.Page, row.Source, row.Button = shoes, "whatsapp", "whatsapp"
				}
				want = append(want, row)
			}
			assert.ElementsMatch(t, want, rowsOf[rollup.Purchase](w, "purchases"))
			for _, row := range rowsOf[rollup.Recommendation](w, "recommendations") {
				assert.Equal(t, codeIn(link), row.Code)
				assert.Equal(t, tt.link != "unattributed", row.Orders == 1)
				assert.Zero(t, row.TimedOrders, "of so few no times are told")
			}
			if tt.arrivals != [2]string{} {
				came := map[[2]string]bool{}
				for _, row := range rowsOf[rollup.Arrival](w, "arrivals") {
					came[[2]string{row.Source, row.Surface}] = true
				}
				assert.Equal(t, map[[2]string]bool{tt.arrivals: true, {"", "browser"}: true}, came)
			}
		})
	}
}
