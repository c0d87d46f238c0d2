package report

import (
	"context"
	"sync"

	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

type articleAnswer struct {
	Meta            *meta                `json:"meta"`
	Page            *pageRow             `json:"page"`
	VisitorDays     *int64               `json:"visitor_days"`
	Points          []articlePoint       `json:"points"`
	Hours           []*hourPoint         `json:"hours"`
	Channels        []counted            `json:"channels"`
	Sources         []sourceArrivals     `json:"sources"`
	Shares          []*shareRow          `json:"shares"`
	Recommendations []*recommendationRow `json:"recommendations"`
}

// articlePoint is what came to a page on a day: null on a day without data.
type articlePoint struct {
	Date     string       `json:"date"`
	State    tables.State `json:"state"`
	Arrivals *int64       `json:"arrivals"`
	Private  *int64       `json:"private"`
	Public   *int64       `json:"public"`
	Readers  *int64       `json:"readers"`
	Shares   *int64       `json:"shares"`
	Previews *int64       `json:"previews"`
	Visitors *int64       `json:"visitors"`
}

// articleSources is how many sources of an article are named, and how many of its
// recommendations are told.
const articleSources = 20

func articleOf(ctx context.Context, a *asked) (any, error) {
	if a.filter.page == nil {
		return nil, invalid("page", "page is missing: give the path of an article, as /api/v1/pages tells it")
	}
	page := *a.filter.page
	answer := &articleAnswer{Page: &pageRow{Page: page}, Points: make([]articlePoint, len(a.now.Days))}
	var one sync.Mutex
	found, shop := false, false
	err := a.now.Each(ctx, func(i int, day *tables.Day) error {
		pages, err := day.PagesThat(ctx, func(p *rollup.Page) bool { return p.Page == page })
		if err != nil {
			return err
		}
		visitors, err := visitorsOf(ctx, day, page)
		if err != nil {
			return err
		}
		var sales bought
		orders, err := purchases(ctx, day, &a.filter, sales.addPurchase)
		if err != nil {
			return err
		}
		one.Lock()
		defer one.Unlock()
		shop = shop || orders != nil
		answer.Page.addBought(&sales)
		addKnown(&answer.VisitorDays, visitors)
		sum := &pageRow{}
		for n := range pages {
			found = true
			sum.addPage(&pages[n])
			answer.Page.addPage(&pages[n])
			answer.Page.describe(i, &pages[n])
		}
		point := articlePoint{Date: day.Date, State: day.State()}
		if day.State() != tables.NoData {
			shares, previews := known(sum.Shares), known(sum.Previews)
			point.Arrivals, point.Private, point.Public, point.Shares, point.Previews = &sum.Arrivals, &sum.Private, &sum.Public, &shares, &previews
			point.Readers, point.Visitors = sum.Readers, visitors
		}
		answer.Points[i] = point
		return nil
	})
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, notFound("page", "nothing came to a page of this name in these days, or too little for a row of its own: choose other days, or a page that /api/v1/pages lists")
	}
	answer.Page.finish(shop)
	if err := answer.addSources(ctx, a); err != nil {
		return nil, err
	}
	if answer.Hours, _, err = a.hours(ctx); err != nil {
		return nil, err
	}
	sums, err := a.shareSums(ctx)
	if err != nil {
		return nil, err
	}
	answer.Shares = sums.apps.list(articleSources)
	roots, titles, err := a.now.rootSums(ctx, &a.filter)
	if err != nil {
		return nil, err
	}
	answer.Recommendations = []*recommendationRow{}
	for i, r := range roots.sorted() {
		if i == articleSources {
			break
		}
		r.Title = titles[r.Page]
		r.finish(roots.shop)
		answer.Recommendations = append(answer.Recommendations, r)
	}
	answer.Meta, err = a.meta(ctx)
	return answer, err
}

// known is a number, or 0 where nothing was added up.
func known(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

func (answer *articleAnswer) addSources(ctx context.Context, a *asked) error {
	channels, sources := map[string]int64{}, map[string]int64{}
	err := a.now.arrivals(ctx, &a.filter, func(_ int, row *rollup.Arrival) {
		channels[row.Channel] += row.Arrivals
		sources[row.Source] += row.Arrivals
	})
	answer.Channels = most(channels, len(channels))
	answer.Sources = largestSources(sources, articleSources)
	return err
}
