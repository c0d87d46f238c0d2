package rollup

import (
	"iter"
	"strconv"
	"time"

	"darksocial/darksocial"
)

// Table is a table of a day: its name, a zero row, whose type is the schema, and
// its rows, which come in a fixed order.
type Table struct {
	Name string
	Row  any
	Rows func(*Total) iter.Seq2[any, error]
}

// Tables are all there are.
var Tables = []Table{
	{"arrivals", Arrival{}, arrivalRows},
	{"pages", Page{}, pageRows},
	{"audience", Audience{}, audienceRows},
	{"evidence", Evidence{}, evidenceRows},
	{"hours", Hour{}, hourRows},
	{"page_hours", PageHour{}, pageHourRows},
	{"campaigns", Campaign{}, campaignRows},
	{"daily_visitors", DailyVisitors{}, visitorRows},
	{"shares", Share{}, shareRows},
	{"recommendations", Recommendation{}, recommendationRows},
	{"purchases", Purchase{}, purchaseRows},
	{"orders", Order{}, orderRows},
	{"quality", Quality{}, qualityRows},
}

func arrivalRows(t *Total) iter.Seq2[any, error] {
	return mapped(foldedSums(t, sumArrivals, 8, 1+numReads, func(parts []string) {
		parts[0], parts[2] = t.pages.name(parts[0]), t.sources.name(parts[2])
	}), func(c counted) any {
		a := Arrival{Page: c.parts[0], Channel: c.parts[1], Source: c.parts[2], Visibility: c.parts[3], Surface: c.parts[4],
			Confidence: c.parts[5], DirectKind: c.parts[6], ByReferrer: c.parts[7], Arrivals: c.n[0]}
		putReads(c.n[1:], &a.Measured, &a.Readers, &a.EngagedSeconds, &a.Under10s, &a.From10s, &a.From30s, &a.From60s, &a.From120s, &a.From300s)
		return a
	})
}

func pageRows(t *Total) iter.Seq2[any, error] {
	pages := mapped(foldedSums(t, sumPages, 1, 6+numReads, func(parts []string) {
		parts[0] = t.pages.name(parts[0])
	}), func(c counted) any {
		p := Page{Page: c.parts[0], Arrivals: c.n[0], PrivateArrivals: c.n[1], PublicArrivals: c.n[2], Previews: c.n[3], Shares: c.n[4], Orders: c.n[5]}
		putReads(c.n[6:], &p.Measured, &p.Readers, &p.EngagedSeconds, &p.Under10s, &p.From10s, &p.From30s, &p.From60s, &p.From120s, &p.From300s)
		if p.Readers != nil && *p.Readers > 0 {
			perHundred := 100 * float64(p.Shares) / float64(*p.Readers)
			p.PassedOn = &perHundred
		}
		return p
	})
	return withArticles(t.sums, pages, t.site.Topic)
}

func evidenceRows(t *Total) iter.Seq2[any, error] {
	return mapped(foldedSums(t, sumEvidence, 3, 1, func(parts []string) {
		parts[1] = t.sources.name(parts[1])
	}), func(c counted) any {
		return Evidence{Channel: c.parts[0], Source: c.parts[1], Rule: c.parts[2], Arrivals: c.n[0]}
	})
}

func hourRows(t *Total) iter.Seq2[any, error] {
	return mapped(foldedSums(t, sumHours, 4, 2, func(parts []string) {
		parts[2] = t.sources.name(parts[2])
	}), func(c counted) any {
		return Hour{Hour: instant(c.parts[0]), Channel: c.parts[1], Source: c.parts[2], Visibility: c.parts[3], Arrivals: c.n[0], Previews: c.n[1]}
	})
}

// pageHourRows are of the largest pages alone: others have too few arrivals in an
// hour for a curve.
func pageHourRows(t *Total) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		for c, err := range counts(t.sums, sumPageHours, 3, 2) {
			if err != nil {
				yield(nil, err)
				return
			}
			if !t.hourPages.has(c.parts[1]) {
				continue
			}
			if !yield(PageHour{Hour: instant(c.parts[0]), Page: c.parts[1], Visibility: c.parts[2], Arrivals: c.n[0], Previews: c.n[1]}, nil) {
				return
			}
		}
	}
}

// instant reads what hourKey wrote.
func instant(key string) time.Time {
	sec, _ := strconv.ParseInt(key, 10, 64) // ten digits
	return time.Unix(sec, 0).UTC()
}

func campaignRows(t *Total) iter.Seq2[any, error] {
	return mapped(foldedSums(t, sumCampaigns, 4, 1+numReads, func(parts []string) {
		if !t.campaigns.has(tagKey(parts)) {
			parts[0], parts[1], parts[2] = Other, Other, Other
		}
	}), func(c counted) any {
		row := Campaign{UTMSource: c.parts[0], UTMMedium: c.parts[1], UTMCampaign: c.parts[2], Channel: c.parts[3], Arrivals: c.n[0]}
		putReads(c.n[1:], &row.Measured, &row.Readers, &row.EngagedSeconds, &row.Under10s, &row.From10s, &row.From30s, &row.From60s, &row.From120s, &row.From300s)
		return row
	})
}

// visitorRows count the hashes of visitors. Where there are none, because no door
// could ask whether a visitor objects, their number is not known.
func visitorRows(t *Total) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		var at DailyVisitors
		var n int64
		flush := func() bool {
			if n == 0 || at.Level == "page" && !t.pages.has(at.Key) || at.Level == "source" && t.sources.name(at.Key) == Other {
				return true
			}
			row := at
			visitors := n
			row.Visitors = &visitors
			return yield(row, nil)
		}
		some := false
		for c, err := range counts(t.sums, sumVisitors, 3, 1) {
			if err != nil {
				yield(nil, err)
				return
			}
			some = true
			if next := (DailyVisitors{Level: c.parts[0], Key: c.parts[1]}); next != at {
				if !flush() {
					return
				}
				at, n = next, 0
			}
			n++
		}
		if !some {
			yield(DailyVisitors{Level: "site"}, nil)
			return
		}
		flush()
	}
}

// Options say how rows are made of sums.
type Options struct {
	Pages     int  // how many pages have rows of their own
	HourPages int  // how many have rows by the hour
	Sources   int  // how many sources have rows of their own
	Campaigns int  // how many campaigns have
	Roots     int  // how many recommendations have rows for each of their codes
	Few       int  // below so many arrivals a value of audience is not told, nor an unknown app's name, nor the times of a recommendation: it might be one person's
	Over      bool // the day is over: no more records are expected
}

// DefaultOptions are those of a site that says nothing else.
var DefaultOptions = Options{Pages: 10_000, HourPages: 500, Sources: 1_000, Campaigns: 1_000, Roots: 20_000, Few: 5}

// Total is the sums of a whole day, and what of them is large enough to be told.
type Total struct {
	Options
	sums                                        Sums
	site                                        *darksocial.Site
	pages, hourPages, sources, campaigns, roots largest
}

// NewTotal goes through the sums of a day to find its largest pages, sources, campaigns
// and recommendations.
func NewTotal(sums Sums, site *darksocial.Site, o Options) (*Total, error) {
	t := &Total{Options: o, sums: sums, site: site,
		pages: newLargest(o.Pages), hourPages: newLargest(o.HourPages), sources: newLargest(o.Sources), campaigns: newLargest(o.Campaigns), roots: newLargest(o.Roots)}
	for c, err := range counts(sums, sumPages, 1, 6+numReads) {
		if err != nil {
			return nil, err
		}
		t.pages.offer(c.parts[0], c.n[0])
		t.hourPages.offer(c.parts[0], c.n[0]+c.n[3])
	}
	for c, err := range counts(sums, sumSources, 1, 1) {
		if err != nil {
			return nil, err
		}
		if c.parts[0] != "" { // none is no source, and stays what it is
			t.sources.offer(c.parts[0], c.n[0])
		}
	}
	for c, err := range counts(sums, sumTags, 3, 1) {
		if err != nil {
			return nil, err
		}
		t.campaigns.offer(tagKey(c.parts), c.n[0])
	}
	for root, err := range rootArrivals(sums) {
		if err != nil {
			return nil, err
		}
		t.roots.offer(root.name, root.n)
	}
	t.roots.choose()
	t.pages.choose()
	t.hourPages.choose()
	t.sources.choose()
	t.campaigns.choose()
	return t, nil
}

// tagKey is the name of a campaign among the largest.
func tagKey(parts []string) string { return parts[0] + "\x00" + parts[1] + "\x00" + parts[2] }
