package rollup

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
)

// TestObjected: of a browser that objects nothing is told but that there was an
// arrival, whichever door saw the objection and whatever else the doors saw.
func TestObjected(t *testing.T) {
	log := view{referer: whatsApp, query: "utm_source=a", country: "DE"}
	beacon := view{door: record.Beacon, referer: whatsApp, objects: darksocial.Yes, visitor: "nobody should be hashed"}
	sums := foldAll(t, together(log, beacon), view{id: 1, referer: gmail}.record())
	o := DefaultOptions
	o.Few = 1

	assert.Equal(t, []Arrival{
		{Page: Objected, Visibility: "unknown", Surface: "unknown", Confidence: "unknown", Arrivals: 1},
		arrival("/a", "email", "gmail", "private", "strong", "", "email", 1),
	}, rows[Arrival](t, sums, o, "arrivals"))
	assert.Equal(t, []Page{{Page: Objected, Arrivals: 1}, {Page: "/a", Arrivals: 1, PrivateArrivals: 1}}, rows[Page](t, sums, o, "pages"))
	assert.Equal(t, []DailyVisitors{{Level: "site"}}, rows[DailyVisitors](t, sums, o, "daily_visitors"))
	assert.Empty(t, rows[Campaign](t, sums, o, "campaigns"))
	assert.Contains(t, rows[Audience](t, sums, o, "audience"), Audience{Dimension: "country", Value: "unknown", Arrivals: 1})
	assert.Contains(t, rows[Evidence](t, sums, o, "evidence"), Evidence{Arrivals: 1})
}

// TestAgain: what the page knows of itself takes a reload out of the arrivals, even
// though the log's line of it looks like one.
func TestAgain(t *testing.T) {
	for _, tt := range []struct {
		navigation darksocial.Navigation
		want       int
	}{
		{darksocial.NavigationUnknown, 1}, {darksocial.Navigate, 1}, {darksocial.Prerender, 1}, {darksocial.Reload, 0}, {darksocial.BackForward, 0},
	} {
		sums := foldAll(t, together(view{referer: whatsApp}, view{door: record.Beacon, referer: whatsApp, navigation: tt.navigation}))
		assert.Len(t, rows[Arrival](t, sums, DefaultOptions, "arrivals"), tt.want, "navigation %d", tt.navigation)
	}
}

// TestDoorsThatCount: a door that does not count adds to what others saw.
func TestDoorsThatCount(t *testing.T) {
	site := *theSite
	site.Doors = []string{"log"}
	sums := sorted{}
	f := NewFold(day, &site, nil, sums)
	for _, r := range []*record.Record{
		view{door: record.Beacon}.record(),
		together(view{id: 1}, view{id: 1, door: record.Beacon, referer: whatsApp}),
	} {
		assert.NoError(t, f.Add(r))
	}
	assert.Equal(t, []Arrival{arrival("/a", "dark_social", "whatsapp", "private", "likely", "", "social", 1)}, rows[Arrival](t, sums, DefaultOptions, "arrivals"))
	var labelled int64
	for _, row := range rows[Quality](t, sums, DefaultOptions, "quality") {
		if row.Outcome == Labelled {
			labelled += row.Records
		}
	}
	assert.Equal(t, int64(3), labelled, "the four counters still add up")
}
