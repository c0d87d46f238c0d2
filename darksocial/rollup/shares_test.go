package rollup

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/reading"
	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
)

// story is what shares are told of: codes by their names, and what happened with them.
type story struct {
	codes map[share.Code]*share.Item
	views []*record.Record
	uses  []*record.Share
}

func newStory() *story { return &story{codes: map[share.Code]*share.Item{}} }

// kept keeps a share of /a at some seconds after noon, by somebody whom another had
// brought, or nobody.
func (s *story) kept(code, button, parent string, at int64) *share.Item {
	item := share.Item{Grade: share.PerShare, Button: button, Page: "/a", Made: noon + at}
	if parent != "" {
		item = item.Child(share.Code(code), share.Code(parent), s.codes[share.Code(parent)], share.Session)
	}
	s.codes[share.Code(code)] = &item
	s.uses = append(s.uses, &record.Share{ID: record.ShareID("example.com", code), Time: noon + at, Page: "/a", Button: button, Code: code, Rules: "rules1", Visitor: "by-" + code})
	return &item
}

// came has somebody come with a code.
func (s *story) came(code, visitor string, at int64, read bool) {
	v := view{id: len(s.views), at: at, visitor: visitor}.sighting()
	v.Code = code
	if v.Reading = (reading.Reading{Known: true, Seconds: 2, Words: 300}); read {
		v.Reading = reading.Reading{Known: true, Seconds: 90, Depth: 100, Words: 300}
	}
	if item := s.codes[share.Code(code)]; item != nil {
		item.Open(noon + at)
	}
	var r record.Record
	r.Add(&v)
	s.views = append(s.views, &r)
}

// previewed has an app draw a preview of a link with a code, or without.
func (s *story) previewed(code, agent, source string, at int64) {
	v := view{id: len(s.views), at: at, agent: agent}.sighting()
	v.Code = code
	if item := s.codes[share.Code(code)]; item != nil && source != "" {
		item.Preview(source, noon+at)
	}
	var r record.Record
	r.Add(&v)
	s.views = append(s.views, &r)
}

// fold folds a day of the story, in any order.
func (s *story) fold(t testing.TB, d Day, r *rand.Rand) sorted {
	sums := sorted{}
	f := NewFold(d, theSite, func(code share.Code) *share.Item { return s.codes[code] }, sums)
	var all []func() error
	for _, v := range s.views {
		all = append(all, func() error { return f.Add(v) })
	}
	for _, u := range s.uses {
		all = append(all, func() error { return f.AddShare(u) })
	}
	if r != nil {
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	}
	for _, add := range all {
		require.NoError(t, add())
	}
	require.NoError(t, f.Flush())
	return sums
}

// theShoes is a recommendation of three generations: A on WhatsApp, from it B by a copied
// link that Signal drew a preview of, from that C.
func theShoes() *story {
	s := newStory()
	s.kept("A", "whatsapp", "", 0)
	s.previewed("A", fetcher, "whatsapp", 5)
	s.came("A", "by-A", 10, false) // who shared looks at it
	s.came("A", "one", 60, true)
	s.came("A", "two", 70, true)
	s.came("A", "two", 80, false)
	s.kept("B", "copy", "A", 100)
	s.previewed("B", "WhatsApp/2", "signal", 101)
	s.came("B", "three", 200, true)
	s.came("B", "", 210, true) // no visitor could be named
	s.kept("C", "telegram", "B", 400)
	s.came("C", "four", 500, false)
	s.previewed("", fetcher, "", 600)            // of a link without a code
	s.previewed("", "BingPreview/1.0b", "", 600) // proves nothing
	s.came("minted", "five", 700, true)          // nobody has kept that one
	s.previewed("minted", "WhatsApp/2", "", 700) // nor this
	s.kept("Z", "x", "", 900)                    // of which nothing came
	return s
}

func at(sec int64) *time.Time {
	t := time.Unix(noon+sec, 0).UTC()
	return &t
}

func TestRecommendations(t *testing.T) {
	sums := theShoes().fold(t, day, nil)
	got := rows[Recommendation](t, sums, DefaultOptions, "recommendations")
	want := []Recommendation{
		{Root: "A", Code: "A", Grade: "share", Button: "whatsapp", App: "whatsapp", Page: "/a", Shares: 1, Children: 1, Previews: 1, Arrivals: 4, Reach: 7,
			Measured: 4, Readers: number(2), EngagedSeconds: number(184), Visitors: number(3), SelfVisits: number(1), Made: at(0), SecondsToOpen: number(10)},
		{Root: "A", Generation: 1, Code: "B", Parent: "A", Link: "session", Grade: "share", Button: "copy", App: "signal", Page: "/a", Shares: 1, Children: 1, Previews: 1, Arrivals: 2, Reach: 3,
			Measured: 2, Readers: number(2), EngagedSeconds: number(180), Visitors: number(1), SelfVisits: number(0), Made: at(100), SecondsToOpen: number(100), SecondsAfterParent: number(100)},
		{Root: "A", Generation: 2, Code: "C", Parent: "B", Link: "session", Grade: "share", Button: "telegram", App: "telegram", Page: "/a", Shares: 1, Arrivals: 1, Reach: 1,
			Measured: 1, Readers: number(0), EngagedSeconds: number(2), Visitors: number(1), SelfVisits: number(0), Made: at(400), SecondsToOpen: number(100), SecondsAfterParent: number(300)},
		{Root: "Z", Code: "Z", Grade: "share", Button: "x", App: "x", Page: "/a", Shares: 1, Visitors: number(0), SelfVisits: number(0)}, // too few for its times
	}
	require.Len(t, got, len(want))
	for i := range want {
		assert.Equal(t, want[i], got[i], want[i].Code)
	}

	assert.Equal(t, []Share{
		{Page: "/a", App: "bing", Previews: 1},
		{Page: "/a", App: "signal", Shares: 1, Previews: 1},
		{Page: "/a", App: "whatsapp", Shares: 1, Previews: 1},
		{Page: "/a", Button: "copy", App: "signal", Shares: 1, Previews: 1, Arrivals: 2, Measured: 2, Readers: number(2), EngagedSeconds: number(180)},
		{Page: "/a", Button: "telegram", App: "telegram", Shares: 1, Arrivals: 1, Measured: 1, Readers: number(0), EngagedSeconds: number(2)},
		{Page: "/a", Button: "whatsapp", App: "whatsapp", Shares: 1, Previews: 1, Arrivals: 4, Measured: 4, Readers: number(2), EngagedSeconds: number(184)},
		{Page: "/a", Button: "x", App: "x", Shares: 1},
	}, rows[Share](t, sums, DefaultOptions, "shares"))

	page := rows[Page](t, sums, DefaultOptions, "pages")[0]
	assert.Equal(t, int64(6), page.Shares, "four buttons, two previews that nothing else tells of")
	assert.Equal(t, int64(8), page.Arrivals)
	assert.InDelta(t, 120, *page.PassedOn, 0.001, "of five readers")

	named := map[string]int64{}
	for _, row := range rows[Arrival](t, sums, DefaultOptions, "arrivals") {
		named[row.Channel+" "+row.Source+" "+row.Visibility+" "+row.Confidence] += row.Arrivals
	}
	assert.Equal(t, map[string]int64{"dark_social whatsapp private certain": 4, "dark_social signal private strong": 2, "dark_social telegram private certain": 1, "direct  unknown unknown": 1}, named)

	quality := rows[Quality](t, sums, DefaultOptions, "quality")
	i := slices.IndexFunc(quality, func(q Quality) bool { return q.Door == "share" })
	require.GreaterOrEqual(t, i, 0)
	assert.Equal(t, Quality{Door: "share", Outcome: "labelled", Reason: "share", Rules: "rules1", Records: 4}, quality[i])
}

// TestSharesInAnyOrder: in whatever order a day is told, the rows are the same; and a day
// tells nothing of the days after it.
func TestSharesInAnyOrder(t *testing.T) {
	s := theShoes()
	want := s.fold(t, day, nil)
	for seed := range uint64(50) {
		require.Equal(t, want, s.fold(t, day, rand.New(rand.NewPCG(seed, 9))))
	}
	s.codes["A"].Preview("telegram", day.To.Unix())
	s.kept("D", "copy", "C", day.To.Unix()-noon)
	s.came("D", "six", day.To.Unix()-noon+5, true)
	assert.Equal(t, want, s.fold(t, day, nil))

	tomorrow := rows[Recommendation](t, s.fold(t, day.Next(), nil), Options{Roots: 10}, "recommendations")
	assert.Equal(t, []string{"A", "B", "C", "D"}, []string{tomorrow[0].Code, tomorrow[1].Code, tomorrow[2].Code, tomorrow[3].Code})
	assert.Equal(t, int64(1), tomorrow[0].Reach)
	assert.Nil(t, tomorrow[0].SecondsToOpen, "it was opened the day before")
}

// TestButtonsAndPosts: codes that stand for more than one share.
func TestButtonsAndPosts(t *testing.T) {
	s := newStory()
	s.codes["P"] = &share.Item{Grade: share.PerButton, Button: "whatsapp", Page: "/a", Made: noon, Previews: map[string]int64{"telegram": noon}}
	s.codes["O"] = &share.Item{Grade: share.Own, Source: "whatsapp", Name: "WhatsApp Kanal", Page: "/a", Made: noon}
	for i := range 3 {
		s.uses = append(s.uses, &record.Share{ID: record.ShareID("example.com", fmt.Sprint(i)), Time: noon, Page: "/a", Button: "whatsapp", Code: "P", Rules: "rules1"})
		s.came("P", "", 10, true)
	}
	s.came("O", "", 20, true)
	s.previewed("P", "TelegramBot (like TwitterBot)", "", 30)
	sums := s.fold(t, day, nil)
	got := rows[Recommendation](t, sums, DefaultOptions, "recommendations")
	require.Len(t, got, 2)
	assert.Equal(t, Recommendation{Root: "O", Code: "O", Grade: "own", App: "whatsapp", Page: "/a", Arrivals: 1, Reach: 1, Measured: 1, Readers: number(1), EngagedSeconds: number(90)}, got[0])
	assert.Equal(t, Recommendation{Root: "P", Code: "P", Grade: "button", Button: "whatsapp", App: "whatsapp", Page: "/a", Shares: 3, Previews: 1, Arrivals: 3, Reach: 3, Measured: 3, Readers: number(3), EngagedSeconds: number(270)}, got[1])

	campaigns := rows[Campaign](t, sums, DefaultOptions, "campaigns")
	require.Len(t, campaigns, 1)
	assert.Equal(t, []any{"whatsapp", "own", "WhatsApp Kanal", "campaign", int64(1)}, []any{campaigns[0].UTMSource, campaigns[0].UTMMedium, campaigns[0].UTMCampaign, campaigns[0].Channel, campaigns[0].Arrivals})
}

// TestStuffing: who comes again and again by the same link makes arrivals, as anywhere, and
// one visitor; who has not come by it makes none.
func TestStuffing(t *testing.T) {
	s := newStory()
	s.kept("A", "whatsapp", "", 0)
	for i := range 1000 {
		s.came("A", "the same", int64(i), false)
	}
	s.came("forged", "another", 5, false)
	got := rows[Recommendation](t, s.fold(t, day, nil), DefaultOptions, "recommendations")
	require.Len(t, got, 1)
	assert.Equal(t, []any{int64(1000), number(1), number(0)}, []any{got[0].Arrivals, got[0].Visitors, got[0].SelfVisits})
}

// TestLargestRecommendations: what is not among the largest is one row, and sums stay.
func TestLargestRecommendations(t *testing.T) {
	s := newStory()
	for i := range 20 {
		code := fmt.Sprintf("code%02d", i)
		s.kept(code, "copy", "", int64(i))
		for range i {
			s.came(code, "v", int64(i), false)
		}
	}
	sums := s.fold(t, day, nil)
	whole := rows[Recommendation](t, sums, DefaultOptions, "recommendations")
	cut := rows[Recommendation](t, sums, Options{Roots: 3}, "recommendations")
	require.Len(t, whole, 20)
	require.Len(t, cut, 4)
	assert.Equal(t, []string{"code17", "code18", "code19", Other}, []string{cut[0].Code, cut[1].Code, cut[2].Code, cut[3].Code})
	total := func(rows []Recommendation) (arrivals, shares int64) {
		for _, r := range rows {
			arrivals, shares = arrivals+r.Arrivals, shares+r.Shares
		}
		return arrivals, shares
	}
	wantArrivals, wantShares := total(whole)
	gotArrivals, gotShares := total(cut)
	assert.Equal(t, []int64{wantArrivals, wantShares}, []int64{gotArrivals, gotShares})
}
