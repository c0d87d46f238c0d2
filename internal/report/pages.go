package report

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

type pagesAnswer struct {
	Meta        *meta       `json:"meta"`
	Total       int         `json:"total"`
	Pages       []*pageRow  `json:"pages"`
	Other       *pageRow    `json:"other"`
	Topics      []*topicRow `json:"topics"`
	TopicsTotal int         `json:"topics_total"`
	Thresholds  *thresholds `json:"thresholds"`
	Quadrants   *quadrants  `json:"quadrants"`
}

// pageRow is a page, or many together.
type pageRow struct {
	Page      string `json:"page"`
	Title     string `json:"title"`
	Topic     string `json:"topic"`
	Author    string `json:"author"`
	Published string `json:"published"`
	Canonical string `json:"canonical"`
	Words     *int64 `json:"words"`
	Arrivals  int64  `json:"arrivals"`
	Private   int64  `json:"private"`
	Public    int64  `json:"public"`
	reads
	ReadTimes readTimes `json:"read_times"`
	Shares    *int64    `json:"shares"`
	Previews  *int64    `json:"previews"`
	PassedOn  *float64  `json:"passed_on"`
	Quadrant  *string   `json:"quadrant"`
	bought

	titled, topical int // the last days, by their numbers, that said what it is
}

// describe takes what a day says the page is. The last day counts that says anything.
func (p *pageRow) describe(day int, row *rollup.Page) {
	if row.Page == rollup.Other {
		return
	}
	if row.Topic != "" && day >= p.topical {
		p.topical, p.Topic = day, row.Topic
	}
	if row.Title != "" && day >= p.titled {
		p.titled = day
		p.Title, p.Author, p.Published, p.Canonical, p.Words = row.Title, row.Author, row.Published, row.Canonical, row.Words
	}
}

func (p *pageRow) addPage(row *rollup.Page) {
	p.Arrivals += row.Arrivals
	p.Private += row.PrivateArrivals
	p.Public += row.PublicArrivals
	p.reads.add(row.Measured, row.Readers, row.EngagedSeconds)
	p.ReadTimes.add(readTimes{row.Under10s, row.From10s, row.From30s, row.From60s, row.From120s, row.From300s})
	addKnown(&p.Shares, &row.Shares)
	addKnown(&p.Previews, &row.Previews)
}

func (p *pageRow) addArrival(row *rollup.Arrival) {
	private, public, _ := sides(row.Channel, row.Visibility, row.Arrivals)
	p.Arrivals += row.Arrivals
	p.Private += private
	p.Public += public
	p.reads.add(row.Measured, row.Readers, row.EngagedSeconds)
	p.ReadTimes.add(readTimes{row.Under10s, row.From10s, row.From30s, row.From60s, row.From120s, row.From300s})
}

// addRow adds the numbers of another page.
func (p *pageRow) addRow(other *pageRow) {
	p.Arrivals += other.Arrivals
	p.Private += other.Private
	p.Public += other.Public
	p.reads.add(other.Measured, other.Readers, other.EngagedSeconds)
	p.ReadTimes.add(other.ReadTimes)
	addKnown(&p.Shares, other.Shares)
	addKnown(&p.Previews, other.Previews)
	p.addBought(&other.bought)
}

// finish works out what depends on the sums. shop says whether there are purchases at all.
func (p *pageRow) finish(shop bool) {
	p.PassedOn = perHundred(p.Shares, p.Readers)
	p.bought.finish(shop)
}

// maxPages bounds how many pages are told apart while an answer is made.
const maxPages = 200_000

// pageSums adds up the pages of days.
type pageSums struct {
	most  int
	pages map[string]*pageRow
	other pageRow // what stands for many, or was put together here
	some  bool    // other holds something
	shop  bool    // there are orders
}

func newPageSums(most int) *pageSums {
	return &pageSums{most: most, pages: map[string]*pageRow{}, other: pageRow{Page: rollup.Other}}
}

// of is where a page is added up.
func (s *pageSums) of(page string) *pageRow {
	if page == rollup.Other || page == rollup.Objected {
		s.some = true
		return &s.other
	}
	row := s.pages[page]
	if row == nil {
		s.bound()
		row = &pageRow{Page: page}
		s.pages[page] = row
	}
	return row
}

// bound puts the smaller half together where there are too many.
func (s *pageSums) bound() {
	if len(s.pages) < s.most {
		return
	}
	list := s.sorted("arrivals")
	for _, row := range list[len(list)/2:] {
		s.other.addRow(row)
		delete(s.pages, row.Page)
	}
	s.some = true
}

// minReaders is from how many readers on it is told by which pages are passed on most:
// of few readers one share is a lot.
const minReaders = 20

// sorted lists the pages, the largest first by something.
func (s *pageSums) sorted(by string) []*pageRow {
	list := make([]*pageRow, 0, len(s.pages))
	for _, row := range s.pages {
		list = append(list, row)
	}
	known := func(n *int64) float64 {
		if n == nil {
			return -1
		}
		return float64(*n)
	}
	size := func(p *pageRow) float64 {
		switch by {
		case "private":
			return float64(p.Private)
		case "public":
			return float64(p.Public)
		case "readers":
			return known(p.Readers)
		case "shares":
			return known(p.Shares)
		case "passed_on":
			if passed := perHundred(p.Shares, p.Readers); passed != nil && *p.Readers >= minReaders {
				return *passed
			}
			return -1
		}
		return float64(p.Arrivals)
	}
	slices.SortFunc(list, func(a, b *pageRow) int {
		return cmp.Or(cmp.Compare(size(b), size(a)), cmp.Compare(b.Arrivals, a.Arrivals), strings.Compare(a.Page, b.Page))
	})
	return list
}

func pagesOf(ctx context.Context, a *asked) (any, error) {
	sums, err := a.pageSums(ctx)
	if err != nil {
		return nil, err
	}
	answer := &pagesAnswer{Total: len(sums.pages), Pages: []*pageRow{}, Topics: []*topicRow{}}
	answer.Topics, answer.TopicsTotal = topicsOf(sums)
	if !a.filter.labels() {
		answer.Thresholds, answer.Quadrants = setQuadrants(sums)
	}
	list := sums.sorted(a.sort)
	first := min(a.offset, len(list))
	last := min(first+a.limit, len(list))
	answer.Pages = append(answer.Pages, list[first:last]...)
	for _, p := range answer.Pages {
		p.finish(sums.shop)
	}
	for _, p := range slices.Concat(list[:first], list[last:]) {
		sums.other.addRow(p)
		sums.some = true
	}
	if sums.some {
		answer.Other = &sums.other
		answer.Other.finish(sums.shop)
	}
	var missing []notOfferedField
	if a.filter.labels() {
		for _, field := range [...]string{"shares", "previews", "passed_on", "quadrant", "purchases", "revenue"} {
			missing = append(missing, notOfferedField{field, "it is counted by page, whatever the arrivals came from"})
		}
	}
	answer.Meta, err = a.meta(ctx, missing...)
	return answer, err
}

// pageSums adds up the pages that fit.
func (a *asked) pageSums(ctx context.Context) (*pageSums, error) {
	sums := newPageSums(maxPages)
	var one sync.Mutex
	return sums, a.now.Each(ctx, func(i int, day *tables.Day) error {
		if a.filter.labels() {
			return a.addArrivals(ctx, i, day, sums, &one)
		}
		return a.addPages(ctx, i, day, sums, &one)
	})
}

// addPages adds the rows of pages of a day, and what was sold by recommending them.
func (a *asked) addPages(ctx context.Context, i int, day *tables.Day, sums *pageSums, one *sync.Mutex) error {
	pages, err := day.PagesThat(ctx, func(p *rollup.Page) bool {
		return a.filter.topic == nil || p.Topic == *a.filter.topic && p.Page != rollup.Other && p.Page != rollup.Objected
	})
	if err != nil {
		return err
	}
	var sales []rollup.Purchase
	orders, err := purchases(ctx, day, &a.filter, func(row *rollup.Purchase) { sales = append(sales, *row) })
	if err != nil {
		return err
	}
	one.Lock()
	defer one.Unlock()
	sums.shop = sums.shop || orders != nil
	for n := range sales {
		page := sales[n].Page
		if page == "" { // of a recommendation that is forgotten
			page = rollup.Other
		}
		sums.of(page).addPurchase(&sales[n])
	}
	for n := range pages {
		sum := sums.of(pages[n].Page)
		sum.addPage(&pages[n])
		sum.describe(i, &pages[n])
	}
	return nil
}

// addArrivals adds the arrivals of a day that fit. What their pages are is told by the
// rows of pages.
func (a *asked) addArrivals(ctx context.Context, i int, day *tables.Day, sums *pageSums, one *sync.Mutex) error {
	some, err := pagesThatFit(ctx, day, &a.filter)
	if err != nil {
		return err
	}
	came := map[string]bool{}
	arrivals, err := day.ArrivalsThat(ctx, func(row *rollup.Arrival) bool {
		fits := a.filter.fits(row.Channel, row.Source, row.Visibility) && some(row.Page)
		if fits {
			came[row.Page] = true
		}
		return fits
	})
	if err != nil {
		return err
	}
	pages, err := day.PagesThat(ctx, func(p *rollup.Page) bool { return came[p.Page] })
	if err != nil {
		return err
	}
	one.Lock()
	defer one.Unlock()
	for n := range arrivals {
		sums.of(arrivals[n].Page).addArrival(&arrivals[n])
	}
	for n := range pages {
		sums.of(pages[n].Page).describe(i, &pages[n])
	}
	return nil
}
