package report

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

type nowAnswer struct {
	Site     string     `json:"site"`
	TimeZone string     `json:"time_zone"`
	From     time.Time  `json:"from"`
	To       time.Time  `json:"to"`
	DataUpTo *time.Time `json:"data_up_to"`
	sideCounts
	Previews *int64           `json:"previews"`
	Shares   *int64           `json:"shares"`
	Minutes  []minuteRow      `json:"minutes"`
	Pages    []*nowPage       `json:"pages"`
	Sources  []sourceArrivals `json:"sources"`
}

type minuteRow struct {
	Minute   time.Time `json:"minute"`
	Arrivals int64     `json:"arrivals"`
	Private  int64     `json:"private"`
	Public   int64     `json:"public"`
}

type nowPage struct {
	Page     string `json:"page"`
	Title    string `json:"title"`
	Arrivals int64  `json:"arrivals"`
	Private  int64  `json:"private"`
	Public   int64  `json:"public"`
}

// nowShown is how many pages and sources of the last minutes are told.
const nowShown = 10

// nowOf tells the last minutes. What pages are called is known of the day.
func nowOf(ctx context.Context, h *Report, q *query) (any, error) {
	recent, err := h.tables.Recent(ctx, q.site)
	if err != nil {
		return nil, err
	}
	named, err := h.pagesToday(ctx, q)
	if err != nil {
		return nil, err
	}
	answer := &nowAnswer{Site: q.site.Name, TimeZone: q.site.Zone().String(), From: recent.From.UTC(), To: recent.To.UTC(), Pages: []*nowPage{}}
	if !recent.Last.IsZero() {
		last := recent.Last.UTC()
		answer.DataUpTo = &last
	}
	sources, pages := map[string]int64{}, map[string]*nowPage{}
	for m, rows := range recent.Arrivals {
		minute := minuteRow{Minute: recent.From.Add(time.Duration(m) * time.Minute).UTC()}
		for i := range rows {
			row := &rows[i]
			if !q.filter.fits(row.Channel, row.Source, row.Visibility) || q.filter.page != nil && *q.filter.page != row.Page || !isOfTopic(q, named, row.Page) {
				continue
			}
			answer.sideCounts.add(row.Channel, row.Visibility, row.Arrivals)
			private, public, _ := sides(row.Channel, row.Visibility, row.Arrivals)
			minute.Arrivals += row.Arrivals
			minute.Private += private
			minute.Public += public
			sources[row.Source] += row.Arrivals
			p := pages[row.Page]
			if p == nil {
				p = &nowPage{Page: row.Page}
				if of := named[row.Page]; of != nil {
					p.Title = of.Title
				}
				pages[row.Page] = p
				answer.Pages = append(answer.Pages, p)
			}
			p.Arrivals += row.Arrivals
			p.Private += private
			p.Public += public
		}
		answer.Minutes = append(answer.Minutes, minute)
	}
	slices.SortFunc(answer.Pages, func(a, b *nowPage) int {
		return cmp.Or(cmp.Compare(b.Arrivals, a.Arrivals), strings.Compare(a.Page, b.Page))
	})
	answer.Pages = answer.Pages[:min(nowShown, len(answer.Pages))]
	answer.Sources = largestSources(sources, nowShown)
	if len(q.filter.given()) == 0 {
		answer.addShared(recent)
	}
	return answer, nil
}

// addShared adds the shares and previews, which have no label of an arrival.
func (n *nowAnswer) addShared(recent *tables.Recent) {
	var shares, previews int64
	for _, pages := range recent.Pages {
		for i := range pages {
			shares += pages[i].Shares
			previews += pages[i].Previews
		}
	}
	n.Shares, n.Previews = &shares, &previews
}

// pagesToday are the pages of today, by their path.
func (h *Report) pagesToday(ctx context.Context, q *query) (map[string]*rollup.Page, error) {
	today := rollup.DayOf(h.now(), q.site.Zone())
	r, err := h.tables.Range(ctx, q.site, today, today)
	if err != nil {
		return nil, err
	}
	rows, err := r.Days[0].Pages(ctx)
	if err != nil {
		return nil, err
	}
	named := map[string]*rollup.Page{}
	for i := range rows {
		named[rows[i].Page] = &rows[i]
	}
	return named, nil
}

// isOfTopic reports whether a page's topic is the one that is asked for, as far as today
// tells; a page of which today's rows say nothing has the topic of its path.
func isOfTopic(q *query, named map[string]*rollup.Page, page string) bool {
	switch {
	case q.filter.topic == nil:
		return true
	case page == rollup.Other || page == rollup.Objected:
		return false
	}
	if p := named[page]; p != nil {
		return p.Topic == *q.filter.topic
	}
	return q.site.Topic(page) == *q.filter.topic
}
