package report_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/object"
	"darksocial/internal/simulate"
)

// What of answers the tests read.
type (
	metaSaid struct {
		DataUpTo *time.Time `json:"data_up_to"`
		Complete bool
		Days     struct {
			WithData    int      `json:"with_data"`
			Provisional []string `json:"provisional"`
			WithoutData []string `json:"without_data"`
			Unreadable  []string `json:"unreadable"`
		}
		NotOffered []struct{ Field, Why string } `json:"not_offered"`
	}
	numbersSaid struct {
		Arrivals, Private, Public, Undecided, Direct, Objected, Measured int64
		BroughtToLight                                                   int64 `json:"brought_to_light"`
		Readers, Shares, Previews                                        *int64
		VisitorDays                                                      *int64   `json:"visitor_days"`
		PrivatelyShared                                                  *float64 `json:"privately_shared"`
		PassedOn                                                         *float64 `json:"passed_on"`
	}
	numbersAnswerSaid struct {
		Meta        metaSaid
		Numbers     numbersSaid
		Before      *numbersSaid
		BeforeRange *struct {
			From, To string
			Fair     bool
		} `json:"before_range"`
		Change map[string]*float64
	}
	seriesSaid struct {
		Meta   metaSaid
		Points []struct {
			Date, State string
			Numbers     *numbersSaid
		}
		Before []struct{ Date string }
	}
	countedSaid struct {
		Value    string
		Arrivals int64
	}
)

// tablesOfDays are the rows of a table of some days.
func tablesOfDays[T any](t testing.TB, from object.Store, table string, days []string) (all []T) {
	for _, date := range days {
		all = append(all, rowsOf[T](t, from, table, date)...)
	}
	return all
}

// wantNumbers adds up what the tables say of arrivals that fit.
func wantNumbers(rows []rollup.Arrival, fits func(*rollup.Arrival) bool) numbersSaid {
	var want numbersSaid
	for i := range rows {
		r := &rows[i]
		if !fits(r) {
			continue
		}
		want.Arrivals += r.Arrivals
		want.Measured += r.Measured
		if r.Channel == "dark_social" || r.Channel == "social" || r.Channel == "email" {
			*map[string]*int64{"private": &want.Private, "public": &want.Public, "unknown": &want.Undecided}[r.Visibility] += r.Arrivals
		}
		if r.ByReferrer == "direct" {
			want.Direct += r.Arrivals
			if r.Channel != "direct" {
				want.BroughtToLight += r.Arrivals
			}
		}
		if r.Page == rollup.Objected {
			want.Objected += r.Arrivals
		}
	}
	return want
}

// onlyCounts leaves out what tables of arrivals do not tell.
func onlyCounts(n numbersSaid) numbersSaid {
	n.Readers, n.Shares, n.Previews, n.VisitorDays, n.PrivatelyShared, n.PassedOn = nil, nil, nil, nil, nil, nil
	return n
}

// TestTotals: of a week whose days are closed, open and of today, the answers say what
// the roll-up of all of it says: whatever is asked for, and day by day.
func TestTotals(t *testing.T) {
	w, _ := week(t)
	want := w.reference()
	days := dates(firstDay, today)
	arrivals := tablesOfDays[rollup.Arrival](t, want, "arrivals", days)
	pages := tablesOfDays[rollup.Page](t, want, "pages", days)

	topics, largest := map[string]string{}, rollup.Page{}
	for _, p := range pages {
		topics[p.Page] = p.Topic
		if p.Arrivals > largest.Arrivals && p.Page != rollup.Objected {
			largest = p
		}
	}
	for _, tt := range []struct {
		name  string
		pairs []string
		fits  func(*rollup.Arrival) bool
	}{
		{"all", nil, func(*rollup.Arrival) bool { return true }},
		{"channel", []string{"channel", "dark_social"}, func(a *rollup.Arrival) bool { return a.Channel == "dark_social" }},
		{"source", []string{"source", "whatsapp"}, func(a *rollup.Arrival) bool { return a.Source == "whatsapp" }},
		{"no source", []string{"source", "(none)"}, func(a *rollup.Arrival) bool { return a.Source == "" }},
		{"visibility", []string{"visibility", "public"}, func(a *rollup.Arrival) bool { return a.Visibility == "public" }},
		{"page", []string{"page", largest.Page}, func(a *rollup.Arrival) bool { return a.Page == largest.Page }},
		{"no topic", []string{"topic", "(none)"}, func(a *rollup.Arrival) bool {
			return topics[a.Page] == "" && a.Page != rollup.Objected && a.Page != rollup.Other
		}},
		{"all of them", []string{"channel", "dark_social", "source", "whatsapp", "visibility", "private", "page", largest.Page}, func(a *rollup.Arrival) bool {
			return a.Channel == "dark_social" && a.Source == "whatsapp" && a.Visibility == "private" && a.Page == largest.Page
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ask[numbersAnswerSaid](w, "numbers", append([]string{"from", firstDay, "to", today}, tt.pairs...)...)
			numbers := wantNumbers(arrivals, tt.fits)
			require.NotZero(t, numbers.Arrivals)
			assert.Equal(t, numbers, onlyCounts(got.Numbers))

			var parts int64
			direct := ask[struct {
				Direct struct {
					Direct, Arrivals int64
					Parts            []struct{ Arrivals int64 }
				}
			}](w, "direct", append([]string{"from", firstDay, "to", today}, tt.pairs...)...)
			for _, part := range direct.Direct.Parts {
				parts += part.Arrivals
			}
			assert.Equal(t, numbers.Direct, direct.Direct.Direct)
			assert.Equal(t, numbers.Direct, parts, "parts add up")
			assert.Equal(t, numbers.Arrivals, direct.Direct.Arrivals)

			var sources int64
			tree := ask[struct {
				Arrivals int64
				Channels []struct{ Sources []struct{ Arrivals int64 } }
			}](w, "sources", append([]string{"from", firstDay, "to", today, "limit", "2"}, tt.pairs...)...)
			for _, c := range tree.Channels {
				for _, s := range c.Sources {
					sources += s.Arrivals
				}
			}
			assert.Equal(t, numbers.Arrivals, sources, "whatever is cut off is one together")
			assert.Equal(t, numbers.Arrivals, tree.Arrivals)
		})
	}

	t.Run("shared", func(t *testing.T) {
		var shares, previews, ofPage int64
		for _, p := range pages {
			shares += p.Shares
			previews += p.Previews
			if p.Page == largest.Page {
				ofPage += p.Shares
			}
		}
		require.NotZero(t, shares)
		got := ask[numbersAnswerSaid](w, "numbers", "from", firstDay, "to", today).Numbers
		assert.Equal(t, &shares, got.Shares)
		assert.Equal(t, &previews, got.Previews)
		assert.Equal(t, &ofPage, ask[numbersAnswerSaid](w, "numbers", "from", firstDay, "to", today, "page", largest.Page).Numbers.Shares)
		var whatsapp int64
		for _, h := range tablesOfDays[rollup.Hour](t, want, "hours", days) {
			if h.Source == "whatsapp" {
				whatsapp += h.Previews
			}
		}
		bySource := ask[numbersAnswerSaid](w, "numbers", "from", firstDay, "to", today, "source", "whatsapp")
		assert.Equal(t, &whatsapp, bySource.Numbers.Previews)
		assert.Nil(t, bySource.Numbers.Shares, "no table tells shares by source")
		assert.Equal(t, "shares", bySource.Meta.NotOffered[0].Field)
		told := ask[struct{ Shares, Previews, Arrivals int64 }](w, "shares", "from", firstDay, "to", today)
		assert.Equal(t, shares, told.Shares)
	})

	t.Run("series", func(t *testing.T) {
		got := ask[seriesSaid](w, "series", "from", firstDay, "to", today)
		require.Len(t, got.Points, len(days))
		for i, date := range days {
			assert.Equal(t, date, got.Points[i].Date)
			assert.Equal(t, wantNumbers(rowsOf[rollup.Arrival](t, want, "arrivals", date), func(*rollup.Arrival) bool { return true }), onlyCounts(*got.Points[i].Numbers), date)
		}
	})

	t.Run("hours", func(t *testing.T) {
		type hours struct {
			Hours []struct {
				Hour               time.Time
				Arrivals, Previews int64
			}
			Week []struct{ Weekday, Hour, Arrivals int64 }
		}
		wantHours, gotHours := map[time.Time]int64{}, map[time.Time]int64{}
		var all, week int64
		for _, h := range tablesOfDays[rollup.Hour](t, want, "hours", days) {
			wantHours[h.Hour.UTC()] += h.Arrivals
			all += h.Arrivals
		}
		got := ask[hours](w, "hours", "from", firstDay, "to", today)
		for _, h := range got.Hours {
			gotHours[h.Hour] = h.Arrivals
		}
		for hour, n := range wantHours {
			assert.Equal(t, n, gotHours[hour], hour)
		}
		for _, h := range got.Week {
			week += h.Arrivals
		}
		assert.Len(t, got.Week, 7*24)
		assert.Equal(t, all, week)
		ofPage := ask[hours](w, "hours", "from", firstDay, "to", today, "page", largest.Page)
		var n int64
		for _, h := range ofPage.Hours {
			n += h.Arrivals
		}
		assert.Equal(t, wantNumbers(arrivals, func(a *rollup.Arrival) bool { return a.Page == largest.Page }).Arrivals, n)
	})

	t.Run("audience, quality, campaigns", func(t *testing.T) {
		all := wantNumbers(arrivals, func(*rollup.Arrival) bool { return true }).Arrivals
		audience := ask[struct {
			Arrivals           int64
			Devices, Countries []countedSaid
		}](w, "audience", "from", firstDay, "to", today, "limit", "2")
		assert.Equal(t, all, audience.Arrivals)
		assert.Equal(t, all, sum(audience.Devices))
		assert.Equal(t, all, sum(audience.Countries))
		outcomes := map[string]int64{}
		for _, row := range tablesOfDays[rollup.Quality](t, want, "quality", days) {
			outcomes[row.Outcome] += row.Records
		}
		delete(outcomes, rollup.UnknownApp)
		quality := ask[struct {
			Confidence []countedSaid
			Outcomes   map[string]int64
			Records    int64
			Doors      []struct{ Door string }
		}](w, "quality", "from", firstDay, "to", today)
		assert.Equal(t, all, sum(quality.Confidence))
		for outcome, n := range outcomes {
			assert.Equal(t, n, quality.Outcomes[outcome], outcome)
		}
		assert.Equal(t, "log", quality.Doors[0].Door)
		var tagged, told int64
		for _, row := range tablesOfDays[rollup.Campaign](t, want, "campaigns", days) {
			tagged += row.Arrivals
		}
		campaigns := ask[struct {
			Campaigns []struct{ Arrivals int64 }
			Other     int64
		}](w, "campaigns", "from", firstDay, "to", today, "limit", "1")
		for _, c := range campaigns.Campaigns {
			told += c.Arrivals
		}
		assert.Len(t, campaigns.Campaigns, 1)
		assert.Equal(t, tagged, told+campaigns.Other)
	})
}

func sum(list []countedSaid) (n int64) {
	for _, c := range list {
		n += c.Arrivals
	}
	return n
}

// TestTruth: what is told of the days that are over is what really happened.
func TestTruth(t *testing.T) {
	w, truth := week(t)
	for i := range truth.LocalDays {
		day := &truth.LocalDays[i]
		if !day.Whole || day.Date >= today {
			continue
		}
		var arrivals, objected, previews, private, public int64
		for _, a := range day.Arrivals {
			if a.Is == "ahead" {
				continue
			}
			arrivals += int64(a.Lines)
			if a.Objected {
				objected += int64(a.Lines)
			}
		}
		for _, n := range day.Previews {
			previews += int64(n)
		}
		for _, p := range day.Pages {
			private += int64(p.Headers.Private)
			public += int64(p.Headers.Public)
		}
		got := ask[numbersAnswerSaid](w, "numbers", "from", day.Date, "to", day.Date).Numbers
		assert.Equal(t, arrivals, got.Arrivals, day.Date)
		assert.Equal(t, objected, got.Objected, day.Date)
		assert.Equal(t, &previews, got.Previews, day.Date)
		assert.GreaterOrEqual(t, got.Private, private, "%s: a code may name what the request does not", day.Date)
		assert.GreaterOrEqual(t, got.Public, public, day.Date)
	}
	checkRecommendations(t, w, truth)
}

// checkRecommendations holds the largest tree to what really happened with it by now.
func checkRecommendations(t *testing.T, w *world, truth *simulate.Truth) {
	t.Helper()
	type node struct {
		Code, Link      string
		Generation      int
		Arrivals, Reach int64
		Children        []*node
	}
	type row struct {
		Root                          string
		Arrivals, Generations, Shares int64
	}
	list := ask[struct {
		Total           int
		Recommendations []row
		Other           struct{ Arrivals, Shares int64 }
	}](w, "recommendations", "from", firstDay, "to", today, "limit", "3")
	require.Len(t, list.Recommendations, 3)
	parents := map[string]string{}
	for _, r := range truth.Recommendations {
		parents[string(r.Code)] = string(r.Parent)
	}
	first := list.Recommendations[0]
	require.NotZero(t, first.Generations, "the largest was passed on")
	tree := ask[struct {
		Summary row
		Tree    *node
		Cut     bool
	}](w, "recommendation", "from", firstDay, "to", today, "root", first.Root)
	assert.Equal(t, first, tree.Summary)
	assert.False(t, tree.Cut)
	var walk func(n *node, parent string, generation int) (arrivals int64)
	walk = func(n *node, parent string, generation int) int64 {
		assert.Equal(t, parents[n.Code], parent, n.Code)
		assert.Equal(t, generation, n.Generation, n.Code)
		arrivals := n.Arrivals
		for _, child := range n.Children {
			arrivals += walk(child, n.Code, generation+1)
		}
		assert.Equal(t, arrivals, n.Reach, n.Code)
		return arrivals
	}
	assert.Equal(t, first.Arrivals, walk(tree.Tree, "", 0))
	assert.Equal(t, http.StatusNotFound, w.get("recommendation", values("site", siteName, "from", firstDay, "to", today, "root", "nobodys")).Code)
}
