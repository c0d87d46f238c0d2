package report

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

type recommendationsAnswer struct {
	Meta            *meta                `json:"meta"`
	Total           int                  `json:"total"`
	Recommendations []*recommendationRow `json:"recommendations"`
	Other           othersShared         `json:"other"`
}

type othersShared struct {
	Arrivals int64 `json:"arrivals"`
	Shares   int64 `json:"shares"`
}

// recommendationRow is a share and all that came of it, in the range.
type recommendationRow struct {
	Root          string     `json:"root"`
	Page          string     `json:"page"`
	Title         string     `json:"title"`
	Grade         string     `json:"grade"`
	Button        string     `json:"button"`
	App           string     `json:"app"`
	AppTitle      string     `json:"app_title"`
	Shares        int64      `json:"shares"`
	Generations   int64      `json:"generations"`
	Arrivals      int64      `json:"arrivals"`
	Previews      int64      `json:"previews"`
	Measured      int64      `json:"measured"`
	Readers       *int64     `json:"readers"`
	Made          *time.Time `json:"made"`
	SecondsToOpen *int64     `json:"seconds_to_open"`
	bought
}

// add adds a row of the table: of the first share itself, or of one that came of it.
func (r *recommendationRow) add(row *rollup.Recommendation) {
	r.Shares += row.Shares
	r.Arrivals += row.Arrivals
	r.Previews += row.Previews
	r.Measured += row.Measured
	addKnown(&r.Readers, row.Readers)
	r.Generations = max(r.Generations, row.Generation)
	r.addRecommended(row)
	if row.Code != row.Root {
		if r.Page == "" { // until the first share's own row is met
			r.Page = row.Page
		}
		return
	}
	r.Page, r.Grade, r.Button = row.Page, row.Grade, row.Button
	if row.App != "" {
		r.App, r.AppTitle = row.App, darksocial.Title(row.App)
	}
	if row.Made != nil {
		r.Made = row.Made
	}
	if row.SecondsToOpen != nil {
		r.SecondsToOpen = row.SecondsToOpen
	}
}

// maxRoots bounds how many recommendations are told apart while an answer is made.
const maxRoots = 100_000

// rootSums adds up recommendations.
type rootSums struct {
	most  int
	roots map[string]*recommendationRow
	other othersShared
	shop  bool // some of them sold something
}

func (s *rootSums) add(row *rollup.Recommendation) {
	s.shop = s.shop || row.Currency != ""
	if row.Root == rollup.Other {
		s.other.Arrivals += row.Arrivals
		s.other.Shares += row.Shares
		return
	}
	r := s.roots[row.Root]
	if r == nil {
		s.bound()
		r = &recommendationRow{Root: row.Root}
		s.roots[row.Root] = r
	}
	r.add(row)
}

// bound puts the smaller half together where there are too many.
func (s *rootSums) bound() {
	if len(s.roots) < s.most {
		return
	}
	list := s.sorted()
	for _, r := range list[len(list)/2:] {
		s.putAway(r)
		delete(s.roots, r.Root)
	}
}

func (s *rootSums) putAway(r *recommendationRow) {
	s.other.Arrivals += r.Arrivals
	s.other.Shares += r.Shares
}

func (s *rootSums) sorted() []*recommendationRow {
	list := make([]*recommendationRow, 0, len(s.roots))
	for _, r := range s.roots {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b *recommendationRow) int {
		return cmp.Or(cmp.Compare(b.Arrivals, a.Arrivals), cmp.Compare(b.Shares, a.Shares), strings.Compare(a.Root, b.Root))
	})
	return list
}

// rootSums adds up the recommendations of pages that fit. Of what stands for many no page
// is known.
func (d *days) rootSums(ctx context.Context, f *filter) (*rootSums, map[string]string, error) {
	sums := &rootSums{most: maxRoots, roots: map[string]*recommendationRow{}}
	var one sync.Mutex
	ofTopic := map[string]bool{}
	titles := &lastTitles{of: map[string]string{}, day: map[string]int{}}
	err := d.Each(ctx, func(i int, day *tables.Day) error {
		rows, err := day.Recommendations(ctx)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		shared := map[string]bool{}
		for n := range rows {
			shared[rows[n].Page] = true
		}
		pages, err := day.PagesThat(ctx, func(p *rollup.Page) bool { return shared[p.Page] })
		if err != nil {
			return err
		}
		one.Lock()
		defer one.Unlock()
		for n := range rows {
			sums.add(&rows[n])
		}
		for n := range pages {
			titles.add(i, pages[n].Page, pages[n].Title)
			if f.topic != nil && pages[n].Topic == *f.topic {
				ofTopic[pages[n].Page] = true
			}
		}
		return nil
	})
	if f.pages() {
		sums.other = othersShared{}
		for root, r := range sums.roots {
			if f.page != nil && r.Page != *f.page || f.topic != nil && !ofTopic[r.Page] {
				delete(sums.roots, root)
			}
		}
	}
	return sums, titles.of, err
}

// lastTitles are the titles of pages, as the last day says that knows one.
type lastTitles struct {
	of  map[string]string
	day map[string]int
}

func (t *lastTitles) add(day int, page, title string) {
	if title != "" && day >= t.day[page] {
		t.of[page], t.day[page] = title, day
	}
}

func recommendationsOf(ctx context.Context, a *asked) (any, error) {
	sums, titles, err := a.now.rootSums(ctx, &a.filter)
	if err != nil {
		return nil, err
	}
	answer := &recommendationsAnswer{Total: len(sums.roots), Recommendations: []*recommendationRow{}}
	list := sums.sorted()
	first := min(a.offset, len(list))
	last := min(first+a.limit, len(list))
	for i, r := range list {
		if i < first || i >= last {
			sums.putAway(r)
			continue
		}
		r.Title = titles[r.Page]
		r.finish(sums.shop)
		answer.Recommendations = append(answer.Recommendations, r)
	}
	answer.Other = sums.other
	answer.Meta, err = a.meta(ctx)
	return answer, err
}
