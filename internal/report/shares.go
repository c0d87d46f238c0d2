package report

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

type sharesAnswer struct {
	Meta     *meta       `json:"meta"`
	Shares   int64       `json:"shares"`
	Previews int64       `json:"previews"`
	Arrivals int64       `json:"arrivals"`
	Buttons  []*shareRow `json:"buttons"`
	Apps     []*shareRow `json:"apps"`
	Pages    []*shareRow `json:"pages"`
}

// shareRow is what was shared by a button, in an app, or of a page.
type shareRow struct {
	Value    string `json:"value"`
	Title    string `json:"title"`
	Shares   int64  `json:"shares"`
	Previews int64  `json:"previews"`
	Arrivals int64  `json:"arrivals"`
	Measured int64  `json:"measured"`
	Readers  *int64 `json:"readers"`
}

// shareRows are added up by value. Those behind the first of many are one together.
type shareRows map[string]*shareRow

// maxSharedPages bounds how many pages are told apart while an answer is made.
const maxSharedPages = 200_000

func (s shareRows) add(value string, row *rollup.Share) {
	if s[value] == nil {
		if len(s) >= maxSharedPages {
			value = rollup.Other
		}
		if s[value] == nil {
			s[value] = &shareRow{Value: value, Title: darksocial.Title(value)}
		}
	}
	r := s[value]
	r.Shares += row.Shares
	r.Previews += row.Previews
	r.Arrivals += row.Arrivals
	r.Measured += row.Measured
	addKnown(&r.Readers, row.Readers)
}

func (s shareRows) list(limit int) []*shareRow {
	list := make([]*shareRow, 0, len(s))
	for _, r := range s {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b *shareRow) int {
		return cmp.Or(cmp.Compare(rest(a.Value), rest(b.Value)), cmp.Compare(b.Shares, a.Shares), cmp.Compare(b.Arrivals, a.Arrivals), strings.Compare(a.Value, b.Value))
	})
	if len(list) <= limit {
		return list
	}
	others := &shareRow{Value: rollup.Other, Title: rollup.Other}
	for _, r := range list[limit:] {
		others.Shares += r.Shares
		others.Previews += r.Previews
		others.Arrivals += r.Arrivals
		others.Measured += r.Measured
		addKnown(&others.Readers, r.Readers)
	}
	return append(list[:limit:limit], others)
}

type shareSums struct {
	buttons, apps, pages shareRows
	titles               *lastTitles
}

// shareSums adds up the shares of pages that fit.
func (a *asked) shareSums(ctx context.Context) (*shareSums, error) {
	sums := &shareSums{shareRows{}, shareRows{}, shareRows{}, &lastTitles{of: map[string]string{}, day: map[string]int{}}}
	var one sync.Mutex
	return sums, a.now.Each(ctx, func(i int, day *tables.Day) error {
		some, err := pagesThatFit(ctx, day, &a.filter)
		if err != nil {
			return err
		}
		rows, err := day.Shares(ctx)
		if err != nil {
			return err
		}
		shared := map[string]bool{}
		for n := range rows {
			shared[rows[n].Page] = some(rows[n].Page)
		}
		if len(shared) == 0 {
			return nil
		}
		pages, err := day.PagesThat(ctx, func(p *rollup.Page) bool { return shared[p.Page] })
		if err != nil {
			return err
		}
		one.Lock()
		defer one.Unlock()
		for n := range rows {
			if row := &rows[n]; some(row.Page) {
				sums.buttons.add(row.Button, row)
				sums.apps.add(row.App, row)
				sums.pages.add(row.Page, row)
			}
		}
		for n := range pages {
			sums.titles.add(i, pages[n].Page, pages[n].Title)
		}
		return nil
	})
}

// How many of a kind are told.
const (
	sharedShown      = 30
	sharedPagesShown = 20
)

func sharesOf(ctx context.Context, a *asked) (any, error) {
	sums, err := a.shareSums(ctx)
	if err != nil {
		return nil, err
	}
	answer := &sharesAnswer{Buttons: sums.buttons.list(sharedShown), Apps: sums.apps.list(sharedShown), Pages: sums.pages.list(sharedPagesShown)}
	for _, b := range answer.Buttons {
		answer.Shares += b.Shares
		answer.Previews += b.Previews
		answer.Arrivals += b.Arrivals
	}
	for _, p := range answer.Pages {
		p.Title = sums.titles.of[p.Value]
	}
	answer.Meta, err = a.meta(ctx)
	return answer, err
}
