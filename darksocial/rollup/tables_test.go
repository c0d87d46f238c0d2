package rollup

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
)

func total[T any](list []T, n func(T) int64) (sum int64) {
	for _, row := range list {
		sum += n(row)
	}
	return sum
}

// TestTablesReconcile: whatever is cut, every table counts the same arrivals and
// the same previews.
func TestTablesReconcile(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 2))
		records := someRecords(r, r.IntN(400))
		sums := foldAll(t, records...)
		for _, o := range []Options{{}, {Pages: 1, HourPages: 1, Sources: 1, Campaigns: 1, Few: 3}, {Pages: r.IntN(20), HourPages: 1000, Sources: r.IntN(10), Campaigns: 2, Few: 5}, DefaultOptions} {
			_, _, visits, previews := slowTables(records, o)
			at := fmt.Sprintf("seed %d, %+v", seed, o)
			assert.Equal(t, visits, total(rows[Evidence](t, sums, o, "evidence"), func(e Evidence) int64 { return e.Arrivals }), at)
			hours := rows[Hour](t, sums, o, "hours")
			assert.Equal(t, visits, total(hours, func(h Hour) int64 { return h.Arrivals }), at)
			assert.Equal(t, previews, total(hours, func(h Hour) int64 { return h.Previews }), at)
			for _, dimension := range []string{"device", "country"} {
				assert.Equal(t, visits, total(rows[Audience](t, sums, o, "audience"), func(a Audience) int64 {
					if a.Dimension == dimension {
						return a.Arrivals
					}
					return 0
				}), at)
			}
			for _, a := range rows[Audience](t, sums, o, "audience") {
				require.True(t, a.Value == Few || a.Arrivals >= int64(o.Few), "%s: %+v", at, a)
			}
			pageHours := rows[PageHour](t, sums, o, "page_hours")
			pages := map[string]bool{}
			for _, row := range pageHours {
				pages[row.Page] = true
			}
			assert.LessOrEqual(t, len(pages), o.HourPages, at)
			if o.HourPages >= 1000 {
				assert.Equal(t, visits, total(pageHours, func(h PageHour) int64 { return h.Arrivals }), at)
				assert.Equal(t, previews, total(pageHours, func(h PageHour) int64 { return h.Previews }), at)
			}
			var tagged int64
			for _, rec := range records {
				if v, l := told(rec); day.Has(v.Time) && l.Kind == darksocial.KindVisit && v.Facts.Campaign.Text() != (darksocial.TagValues{}) {
					tagged++
				}
			}
			campaigns := rows[Campaign](t, sums, o, "campaigns")
			assert.Equal(t, tagged, total(campaigns, func(c Campaign) int64 { return c.Arrivals }), at)
			triples := map[[3]string]bool{}
			for _, c := range campaigns {
				if c.UTMSource != Other {
					triples[[3]string{c.UTMSource, c.UTMMedium, c.UTMCampaign}] = true
				}
			}
			assert.LessOrEqual(t, len(triples), o.Campaigns, at)
		}
	}
}

func TestVisitors(t *testing.T) {
	t.Run("not known from logs", func(t *testing.T) {
		got := rows[DailyVisitors](t, foldAll(t, together(view{page: "/a"})), DefaultOptions, "daily_visitors")
		assert.Equal(t, []DailyVisitors{{Level: "site"}}, got, "null, which is not 0")
	})
	t.Run("each once, at each level", func(t *testing.T) {
		var records []*record.Record
		distinct := map[DailyVisitors]map[string]bool{}
		r := rand.New(rand.NewPCG(3, 3))
		for i := range 300 {
			rec := together(view{id: i, page: fmt.Sprintf("/%d", r.IntN(5)), door: record.Route})
			s := *rec.Seen(record.Route)
			s.Visitor = fmt.Sprint("visitor", r.IntN(40))
			seen := &record.Record{}
			seen.Add(&s)
			records = append(records, seen)
			for _, key := range []DailyVisitors{{Level: "site"}, {Level: "page", Key: s.Page}, {Level: "channel", Key: "direct"}, {Level: "source"}} {
				if distinct[key] == nil {
					distinct[key] = map[string]bool{}
				}
				distinct[key][s.Visitor] = true
			}
		}
		got := map[DailyVisitors]int64{}
		for _, row := range rows[DailyVisitors](t, foldAll(t, records...), DefaultOptions, "daily_visitors") {
			got[DailyVisitors{Level: row.Level, Key: row.Key}] = *row.Visitors
		}
		want := map[DailyVisitors]int64{}
		for key, visitors := range distinct {
			want[key] = int64(len(visitors))
		}
		assert.Equal(t, want, got)
		assert.Contains(t, slices.Collect(maps.Keys(got)), DailyVisitors{Level: "page", Key: "/0"})
	})
}
