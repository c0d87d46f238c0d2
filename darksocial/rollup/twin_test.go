package rollup

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
)

// someView is a page view of a small world, so that many fall into one row.
func someView(r *rand.Rand, id int) view {
	return view{
		id: id, at: r.Int64N(30*3600) - 15*3600, page: fmt.Sprintf("/%s%d", pick(r, "", "a/", "sport/", "ä "), min(r.IntN(12), r.IntN(12))),
		agent: pick(r, safari, safari, safari, pling, fetcher, "curl/8"), rules: pick(r, "rules1", "rules2"),
		referer: pick(r, "", whatsApp, gmail, reddit, facebook, blog, "https://a.example/", "https://b.example/", "android-app://com.slack/", "https://example.com/"),
		query:   pick(r, "", "", "utm_source=a&utm_medium=b", "utm_source=newsletter&utm_campaign=c%20d", "utm_campaign=me@example.com", "utm_source=%20"),
		country: pick(r, "", "DE", "DE", "AT", "CH"),
		objects: pick(r, darksocial.Unknown, darksocial.Unknown, darksocial.No, darksocial.Yes), navigation: pick(r, darksocial.NavigationUnknown, darksocial.Navigate, darksocial.Reload),
	}
}

// someRecords are page views, some of them seen by several doors, some beacons of
// which name another page.
func someRecords(r *rand.Rand, n int) []*record.Record {
	records := make([]*record.Record, n)
	for i := range records {
		seen := []view{someView(r, i)}
		for door := record.Log; r.IntN(3) == 0 && door <= record.Beacon; door++ {
			again := someView(r, i)
			again.door, again.at = door, seen[0].at+r.Int64N(60)
			if again.page = seen[0].page; r.IntN(5) == 0 {
				again.page = "/forged"
			}
			seen = append(seen, again)
		}
		records[i] = together(seen...)
	}
	return records
}

// slowTables is the fold and the tables as one would write them first.
func slowTables(records []*record.Record, o Options) (arrivals []Arrival, pages []Page, visits, previews int64) {
	ofPage, ofSource := map[string]int64{}, map[string]int64{}
	for _, r := range records {
		switch v, l := told(r); {
		case !day.Has(v.Time):
		case l.Kind == darksocial.KindVisit:
			visits++
			ofPage[v.Page]++
			if l.Source != "" {
				ofSource[l.Source]++
			}
		case l.Kind == darksocial.KindPreview:
			previews++
			ofPage[v.Page] += 0
		}
	}
	keep := func(n map[string]int64, limit int) func(string) string {
		names := slices.Collect(maps.Keys(n))
		slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a, b)) })
		names = names[:min(limit, len(names))]
		return func(name string) string {
			if name == "" || slices.Contains(names, name) {
				return name
			}
			return Other
		}
	}
	page, source := keep(ofPage, o.Pages), keep(ofSource, o.Sources)
	arrivalRows, pageRows := map[Arrival]int64{}, map[string]Page{}
	for _, r := range records {
		v, l := told(r)
		if !day.Has(v.Time) || l.Kind != darksocial.KindVisit && l.Kind != darksocial.KindPreview {
			continue
		}
		row := pageRows[page(v.Page)]
		if row.Page = page(v.Page); row.Page != Other {
			row.Topic = theSite.Topic(row.Page)
		}
		if l.Kind == darksocial.KindPreview {
			row.Previews++
			if l.ProvesShare() != "" && l.Visibility == darksocial.Private {
				row.Shares++
			}
		} else {
			row.Arrivals++
			if l.Shared() && l.Visibility == darksocial.Private {
				row.PrivateArrivals++
			}
			if l.Shared() && l.Visibility == darksocial.Public {
				row.PublicArrivals++
			}
			arrivalRows[Arrival{Page: row.Page, Channel: l.Channel.String(), Source: source(l.Source), Visibility: l.Visibility.String(), Surface: l.Surface.String(),
				Confidence: l.Confidence.String(), DirectKind: l.DirectKind.String(), ByReferrer: l.ByReferrer.String()}]++
		}
		pageRows[row.Page] = row
	}
	for row, n := range arrivalRows {
		row.Arrivals = n
		arrivals = append(arrivals, row)
	}
	pages = slices.Collect(maps.Values(pageRows))
	lastly := func(page string) int { // "(other)" comes last
		if page == Other {
			return 1
		}
		return 0
	}
	slices.SortFunc(arrivals, func(a, b Arrival) int {
		return cmp.Or(cmp.Compare(lastly(a.Page), lastly(b.Page)), compareArrivals(a, b))
	})
	slices.SortFunc(pages, func(a, b Page) int {
		return cmp.Or(cmp.Compare(lastly(a.Page), lastly(b.Page)), cmp.Compare(a.Page, b.Page))
	})
	return arrivals, pages, visits, previews
}

// told is a page view as far as tables may tell of it.
func told(r *record.Record) (record.Sighting, darksocial.Label) {
	v, l := r.Visit(), r.Label()
	if l.Kind == darksocial.KindVisit && v.Facts.Objection == darksocial.Yes {
		return record.Sighting{Time: v.Time, Page: "(objected)"}, darksocial.Label{Kind: darksocial.KindVisit}
	}
	return v, l
}

// TestAgainstSlowTwin: the rows are those of the slow twin, in the same order, and
// how many have rows of their own changes no sum.
func TestAgainstSlowTwin(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		records := someRecords(r, r.IntN(400))
		sums := foldAll(t, records...)
		for _, o := range []Options{{}, {Pages: 1, Sources: 1}, {Pages: r.IntN(20), Sources: r.IntN(10)}, DefaultOptions} {
			arrivals, pages, visits, previews := slowTables(records, o)
			got := rows[Arrival](t, sums, o, "arrivals")
			require.Equal(t, arrivals, got, "seed %d, %+v", seed, o)
			gotPages := rows[Page](t, sums, o, "pages")
			if pages == nil {
				require.Empty(t, gotPages)
			} else {
				require.Equal(t, pages, gotPages, "seed %d, %+v", seed, o)
			}
			var n, ofPages, shown int64
			for _, row := range got {
				n += row.Arrivals
			}
			for _, row := range gotPages {
				ofPages, shown = ofPages+row.Arrivals, shown+row.Previews
				require.LessOrEqual(t, row.PrivateArrivals+row.PublicArrivals, row.Arrivals)
			}
			require.Equal(t, []int64{visits, visits, previews}, []int64{n, ofPages, shown}, "seed %d, %+v", seed, o)
		}
	}
}

// TestDivided: a day folded in parts, in any division and order, and its sums
// brought together, is the day folded at once.
func TestDivided(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 2))
		records := someRecords(r, r.IntN(300))
		receipts := []*record.Receipt{receipt("a.gz", r.IntN(300)), receipt("b.gz", r.IntN(300)), receipt("c.gz", 7)}
		whole := foldAll(t, records...)
		for i, rc := range receipts {
			whole.put(ReceiptEntry(rc))
			whole.put(BlockEntry([]byte{byte(i)}))
		}
		r.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
		bits := r.IntN(record.MaxShardBits + 1)
		divided := make([]sorted, 1<<bits)
		for i := range divided {
			divided[i] = sorted{}
		}
		folds := make([]*Fold, len(divided))
		for i := range folds {
			folds[i] = NewFold(day, theSite, nil, divided[i])
		}
		for _, rec := range records {
			at := rec.ID.Shard(bits)
			if seed%2 == 0 {
				at = r.IntN(len(folds)) // any other division
			}
			require.NoError(t, folds[at].Add(rec))
		}
		for i, rc := range receipts { // in one shard or in several
			for range 1 + r.IntN(3) {
				part := pick(r, divided...)
				part.put(ReceiptEntry(rc))
				part.put(BlockEntry([]byte{byte(i)}))
			}
		}
		require.Equal(t, whole, merged(r, divided), "seed %d, %d parts", seed, len(divided))
	}
}

func compareArrivals(a, b Arrival) int {
	return cmp.Or(cmp.Compare(a.Page, b.Page), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Source, b.Source),
		cmp.Compare(a.Visibility, b.Visibility), cmp.Compare(a.Surface, b.Surface), cmp.Compare(a.Confidence, b.Confidence),
		cmp.Compare(a.DirectKind, b.DirectKind), cmp.Compare(a.ByReferrer, b.ByReferrer))
}
