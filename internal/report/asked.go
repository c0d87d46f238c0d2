package report

import (
	"context"
	"sync"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

// asked is a query with the days it is about.
type asked struct {
	*query
	report *Report
	now    days
	before *days // what it is compared with; nil if with nothing
}

// days are the days of a range, and what most questions about each ask for.
type days struct {
	*tables.Range
	digests []*tables.Digest
}

// ask finds the days of a query.
func (h *Report) ask(ctx context.Context, q *query) (*asked, error) {
	a := &asked{query: q, report: h}
	var err error
	if a.now.Range, err = h.tables.Range(ctx, q.site, q.from, q.to); err != nil || q.compare == "" {
		return a, err
	}
	a.before = &days{}
	from, to := q.comparedWith()
	a.before.Range, err = h.tables.Range(ctx, q.site, from, to)
	return a, err
}

// digest reads what most questions ask for.
func (a *asked) digest(ctx context.Context) error {
	err := a.now.digest(ctx)
	if err == nil && a.before != nil {
		err = a.before.digest(ctx)
	}
	return err
}

func (d *days) digest(ctx context.Context) error {
	d.digests = make([]*tables.Digest, len(d.Days))
	return d.Each(ctx, func(i int, day *tables.Day) (err error) {
		d.digests[i], err = day.Digest(ctx)
		return err
	})
}

// version names what the days are made of.
func (a *asked) version() string {
	version := a.now.Version()
	if a.before != nil {
		version += "\n" + a.before.Version()
	}
	return version
}

// arrivals calls take with the rows of arrivals that fit the filter, with the number of
// their day. It is called by one at a time, in any order of the days.
func (d *days) arrivals(ctx context.Context, f *filter, take func(i int, row *rollup.Arrival)) error {
	if !f.pages() {
		for i, digest := range d.digests {
			for n := range digest.Arrivals {
				if row := &digest.Arrivals[n]; f.fits(row.Channel, row.Source, row.Visibility) {
					take(i, row)
				}
			}
		}
		return nil
	}
	var one sync.Mutex
	return d.Each(ctx, func(i int, day *tables.Day) error {
		some, err := pagesThatFit(ctx, day, f)
		if err != nil {
			return err
		}
		rows, err := day.ArrivalsThat(ctx, func(row *rollup.Arrival) bool {
			return f.fits(row.Channel, row.Source, row.Visibility) && some(row.Page)
		})
		if err != nil {
			return err
		}
		one.Lock()
		defer one.Unlock()
		for n := range rows {
			take(i, &rows[n])
		}
		return nil
	})
}

// pagesThatFit tells which pages of a day fit a filter, by what the day says of their
// topics.
func pagesThatFit(ctx context.Context, day *tables.Day, f *filter) (func(page string) bool, error) {
	if f.topic == nil {
		return func(page string) bool { return f.page == nil || page == *f.page }, nil
	}
	of, err := day.PagesOf(ctx, *f.topic)
	if err != nil {
		return nil, err
	}
	return func(page string) bool { return of[page] && (f.page == nil || page == *f.page) }, nil
}

// meta says of an answer how much it can be relied on.
type meta struct {
	Site       string            `json:"site"`
	TimeZone   string            `json:"time_zone"`
	From       string            `json:"from"`
	To         string            `json:"to"`
	DataUpTo   *time.Time        `json:"data_up_to"`
	Complete   bool              `json:"complete"`
	Days       metaDays          `json:"days"`
	NotOffered []notOfferedField `json:"not_offered"`
}

type metaDays struct {
	WithData    int      `json:"with_data"`
	Provisional []string `json:"provisional"`
	WithoutData []string `json:"without_data"`
	Unreadable  []string `json:"unreadable"`
}

type notOfferedField struct {
	Field string `json:"field"`
	Why   string `json:"why"`
}

// meta is asked for when all has been read: only then is known what could not be.
func (a *asked) meta(ctx context.Context, missing ...notOfferedField) (*meta, error) {
	m := &meta{Site: a.site.Name, TimeZone: a.site.Zone().String(), From: a.from.Date, To: a.to.Date, Complete: true,
		Days: metaDays{Provisional: []string{}, WithoutData: []string{}, Unreadable: []string{}}, NotOffered: append([]notOfferedField{}, missing...)}
	for i, d := range a.now.Days {
		digest := a.now.digests[i]
		switch d.State() {
		case tables.NoData:
			m.Days.WithoutData = append(m.Days.WithoutData, d.Date)
			continue
		case tables.Unreadable:
			m.Days.Unreadable = append(m.Days.Unreadable, d.Date)
			m.Complete = false
		case tables.Provisional:
			m.Days.Provisional = append(m.Days.Provisional, d.Date)
			m.Complete = false
		}
		m.Days.WithData++
		m.Complete = m.Complete && digest.Complete
		up, err := a.upTo(ctx, d, digest)
		if err != nil {
			return nil, err
		}
		if !up.IsZero() {
			m.DataUpTo = &up
		}
	}
	return m, nil
}

// upTo is up to when a day's data is known: to its end where it is final, else to the
// last thing that was seen.
func (a *asked) upTo(ctx context.Context, d *tables.Day, digest *tables.Digest) (time.Time, error) {
	now := a.report.now()
	if d.State() == tables.Final {
		return d.To.UTC(), nil
	}
	up := digest.Last
	if d.Has(now.Unix()) {
		recent, err := a.report.tables.Recent(ctx, a.site)
		if err != nil {
			return up, err
		}
		if !recent.Last.IsZero() {
			up = recent.Last
		}
	}
	if up.After(now) {
		up = now
	}
	if up.After(d.To) {
		up = d.To
	}
	return up.UTC().Truncate(time.Second), nil
}

// beforeRange names what a range is compared with.
type beforeRange struct {
	From string `json:"from"`
	To   string `json:"to"`
	Fair bool   `json:"fair"`
}

func (a *asked) beforeRange() *beforeRange {
	if a.before == nil {
		return nil
	}
	last := a.now.Days[len(a.now.Days)-1]
	b := &beforeRange{From: a.before.Days[0].Date, To: a.before.Days[len(a.before.Days)-1].Date, Fair: !a.report.now().Before(last.To)}
	for i := range a.now.Days {
		was, is := a.before.Days[i].State(), a.now.Days[i].State()
		if (was == tables.NoData) != (is == tables.NoData) || was == tables.Unreadable || is == tables.Unreadable {
			b.Fair = false
		}
	}
	return b
}
