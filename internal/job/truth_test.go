package job_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/edge"
	"darksocial/internal/job"
	"darksocial/internal/simulate"
	"darksocial/internal/site"
)

// TestTruth lets twenty sites live for a week each, reads what a door saw of it,
// and holds every table of every day to what really happened: exactly, as far as
// the requests name it.
func TestTruth(t *testing.T) {
	first := time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC)
	worlds := 20
	if raced {
		worlds = 3
	}
	for i := range worlds {
		c := simulate.Config{Seed: uint64(100 + i), Date: first, Days: 7, Host: "www.example.com", Views: 250,
			World: &simulate.Worlds[i%len(simulate.Worlds)], Format: simulate.Formats[i%len(simulate.Formats)]}
		t.Run(fmt.Sprintf("%s %d %s", c.World.Name, c.Seed, c.Format), func(t *testing.T) {
			var log bytes.Buffer
			truth, err := simulate.Write(&log, c)
			require.NoError(t, err)
			w := embeddedWorld(t)
			w.site = &site.Site{Name: siteName, Site: c.World.Site(c.Host)}
			w.set(first.AddDate(0, 0, 30))
			options := edge.Options{Format: edge.Format(c.Format), Now: w.now}
			switch c.Format {
			case simulate.CloudFrontJSON:
				options.Format = edge.CloudFront
			case simulate.Realtime:
				options.Fields = simulate.RealtimeFields
			}
			labeler := job.NewLabeler(w.ledger(), w.sites(), w.lake, job.Formats{Objects: options})
			result, err := labeler.File(context.Background(), "log", &log, first, nil)
			require.NoError(t, err)
			require.Equal(t, truth.Lines, result.Lines)
			roller := w.roller()
			roller.Tell()
			_, err = roller.Due(context.Background())
			require.NoError(t, err)
			for i := range truth.Days {
				checkDay(t, w, &truth.Days[i], c.Format.AllHeaders())
			}
			checkHours(t, w, truth, c.Format.AllHeaders())
		})
	}
}

// origin is what a row of arrivals, or a true arrival, says of where it came from.
type origin struct{ channel, source, visibility string }

// checkDay compares the tables of a day with its truth. Without a header that says
// so, a page fetched ahead looks like one that was opened, and nobody objects. Of
// who does nothing is told but that there was an arrival.
func checkDay(t *testing.T, w *world, day *simulate.Day, headers bool) {
	t.Helper()
	wantOrigins, wantDevices, wantCountries := map[origin]int64{}, map[string]int64{}, map[string]int64{}
	var arrivals, ahead, previews int64
	for _, a := range day.Arrivals {
		name := a.Log
		if headers {
			name = a.Headers
			if a.Is == "ahead" {
				ahead += int64(a.Lines)
				continue
			}
		}
		arrivals += int64(a.Lines)
		if headers && a.Objected {
			wantOrigins[origin{"", "", "unknown"}] += int64(a.Lines)
			wantDevices["unknown"] += int64(a.Lines)
			wantCountries["unknown"] += int64(a.Lines)
			continue
		}
		wantOrigins[origin{name.Channel, name.Source, name.Visibility}] += int64(a.Lines)
		for device, n := range a.Devices {
			wantDevices[device] += int64(n)
		}
		for country, n := range a.Countries {
			wantCountries[country] += int64(n)
		}
	}
	for _, n := range day.Previews {
		previews += int64(n)
	}
	reallyDirect, wantDirect := day.Direct.Log, int64(0)
	if headers {
		reallyDirect = day.Direct.Headers
	}
	for _, n := range reallyDirect {
		wantDirect += int64(n)
	}

	got, evidence := map[origin]int64{}, int64(0)
	for _, row := range rowsOn[rollup.Arrival](w, "arrivals", day.Date) {
		got[origin{row.Channel, row.Source, row.Visibility}] += row.Arrivals
	}
	assert.Equal(t, wantOrigins, got, "%s: arrivals", day.Date)
	assert.Equal(t, wantDirect, got[origin{"direct", "", "unknown"}], "%s: direct", day.Date)
	for _, row := range rowsOn[rollup.Evidence](w, "evidence", day.Date) {
		evidence += row.Arrivals
	}
	assert.Equal(t, arrivals, evidence, "%s: evidence", day.Date)
	audience := map[string]map[string]int64{"device": {}, "country": {}}
	for _, row := range rowsOn[rollup.Audience](w, "audience", day.Date) {
		audience[row.Dimension][row.Value] += row.Arrivals
	}
	assert.Equal(t, wantDevices, audience["device"], "%s: devices", day.Date)
	if len(audience["country"]) > 1 { // a door that sees countries
		assert.Equal(t, wantCountries, audience["country"], "%s: countries", day.Date)
	}

	checkPages(t, w, day, headers)
	checkCampaigns(t, w, day, headers)

	sums := map[string]int64{}
	for _, row := range rowsOn[rollup.Quality](w, "quality", day.Date) {
		sums[row.Outcome] += row.Records
		if row.Outcome == rollup.Filtered {
			sums[row.Reason] += row.Records
		}
	}
	kept, inside := arrivals+ahead+previews, int64(day.Inside+day.InsideAhead)
	if headers { // a click inside, fetched ahead, is a page fetched ahead
		kept, inside = kept+int64(day.InsideAhead), int64(day.Inside)
	}
	assert.Equal(t, kept, sums[rollup.Labelled], "%s: labelled", day.Date)
	assert.Equal(t, int64(day.Unreadable), sums[rollup.Failed], "%s: failed", day.Date)
	assert.Equal(t, int64(day.Bots), sums["bot"], "%s: bots", day.Date)
	assert.Equal(t, inside, sums["internal"], "%s: inside", day.Date)
	assert.Zero(t, sums[rollup.Duplicate], "%s: duplicates", day.Date)
	assert.Equal(t, int64(day.Lines), sums[rollup.Labelled]+sums[rollup.Filtered]+sums[rollup.Failed], "%s: every line is somewhere", day.Date)
}

func checkPages(t *testing.T, w *world, day *simulate.Day, headers bool) {
	t.Helper()
	want, objected := map[string]rollup.Page{}, int64(0)
	for _, p := range day.Pages {
		row, sides := rollup.Page{Page: p.Page, Arrivals: int64(p.Visits + p.Reloads), Previews: int64(p.Previews)}, p.Log
		if headers {
			row.Arrivals -= int64(p.Objected)
			objected += int64(p.Objected)
			sides = p.Headers
		} else {
			row.Arrivals += int64(p.Ahead)
		}
		row.PrivateArrivals, row.PublicArrivals = int64(sides.Private), int64(sides.Public)
		if row != (rollup.Page{Page: p.Page}) {
			want[p.Page] = row
		}
	}
	if objected > 0 {
		want[rollup.Objected] = rollup.Page{Page: rollup.Objected, Arrivals: objected}
	}
	var wantShares, shares int64 // of links without a code, as private apps' previews tell
	for verdict, n := range day.Labels(headers) {
		if verdict.Kind == "preview" && verdict.Visibility == "private" {
			wantShares += int64(n)
		}
	}
	got := map[string]rollup.Page{}
	for _, row := range rowsOn[rollup.Page](w, "pages", day.Date) {
		shares += row.Shares
		row.Shares = 0
		got[row.Page] = row
	}
	assert.Equal(t, wantShares, shares, "%s: shares", day.Date)
	assert.Equal(t, want, got, "%s: pages", day.Date)
}

func checkCampaigns(t *testing.T, w *world, day *simulate.Day, headers bool) {
	t.Helper()
	want := map[[3]string]int64{}
	for _, u := range day.Campaigns {
		n := u.Visits + u.Reloads
		if headers {
			n -= u.Objected
		} else {
			n += u.Ahead
		}
		if n > 0 {
			want[[3]string{u.Source, u.Medium, u.Campaign}] += int64(n)
		}
	}
	got := map[[3]string]int64{}
	for _, row := range rowsOn[rollup.Campaign](w, "campaigns", day.Date) {
		got[[3]string{row.UTMSource, row.UTMMedium, row.UTMCampaign}] += row.Arrivals
	}
	assert.Equal(t, want, got, "%s: campaigns", day.Date)
}

func checkHours(t *testing.T, w *world, truth *simulate.Truth, headers bool) {
	t.Helper()
	type counted struct{ arrivals, previews int64 }
	want, got := map[time.Time]counted{}, map[time.Time]counted{}
	byPage := map[time.Time]counted{}
	for _, h := range truth.Hours {
		n := h.Visits + h.Reloads
		if !headers {
			n += h.Ahead
		}
		if c := (counted{int64(n), int64(h.Previews)}); c != (counted{}) {
			want[h.Hour.UTC()] = c
		}
	}
	for i := range truth.Days {
		for _, row := range rowsOn[rollup.Hour](w, "hours", truth.Days[i].Date) {
			c := got[row.Hour.UTC()]
			got[row.Hour.UTC()] = counted{c.arrivals + row.Arrivals, c.previews + row.Previews}
		}
		for _, row := range rowsOn[rollup.PageHour](w, "page_hours", truth.Days[i].Date) {
			c := byPage[row.Hour.UTC()]
			byPage[row.Hour.UTC()] = counted{c.arrivals + row.Arrivals, c.previews + row.Previews}
		}
	}
	assert.Equal(t, want, got, "hours")
	assert.Equal(t, want, byPage, "page_hours")
}
