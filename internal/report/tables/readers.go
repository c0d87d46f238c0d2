package tables

import (
	"context"
	"errors"
	"io"
	"iter"

	"darksocial/darksocial/rollup"
	"darksocial/internal/job"
)

// Reader decodes a table: parquetfile.Read of its row.
type Reader[T any] func(file io.ReaderAt, size int64) iter.Seq2[T, error]

// Readers decode the tables. All are required.
type Readers struct {
	Arrivals        Reader[rollup.Arrival]
	Pages           Reader[rollup.Page]
	Audience        Reader[rollup.Audience]
	Evidence        Reader[rollup.Evidence]
	Hours           Reader[rollup.Hour]
	PageHours       Reader[rollup.PageHour]
	Campaigns       Reader[rollup.Campaign]
	DailyVisitors   Reader[rollup.DailyVisitors]
	Shares          Reader[rollup.Share]
	Recommendations Reader[rollup.Recommendation]
	Purchases       Reader[rollup.Purchase]
	Quality         Reader[rollup.Quality]
}

// Arrivals are the rows of the table arrivals. Rows are shared: they are not to be
// changed.
func (d *Day) Arrivals(ctx context.Context) ([]rollup.Arrival, error) {
	return rows(ctx, d, "arrivals", d.store.readers.Arrivals)
}

// ArrivalsThat are those of them that are to be kept: a large table is not held for a few.
func (d *Day) ArrivalsThat(ctx context.Context, keep func(*rollup.Arrival) bool) ([]rollup.Arrival, error) {
	return rowsThat(ctx, d, "arrivals", d.store.readers.Arrivals, keep)
}

// Pages are the rows of the table pages.
func (d *Day) Pages(ctx context.Context) ([]rollup.Page, error) {
	return rows(ctx, d, "pages", d.store.readers.Pages)
}

// PagesThat are those of them that are to be kept.
func (d *Day) PagesThat(ctx context.Context, keep func(*rollup.Page) bool) ([]rollup.Page, error) {
	return rowsThat(ctx, d, "pages", d.store.readers.Pages, keep)
}

// Audience are the rows of the table audience.
func (d *Day) Audience(ctx context.Context) ([]rollup.Audience, error) {
	return rows(ctx, d, "audience", d.store.readers.Audience)
}

// Evidence are the rows of the table evidence.
func (d *Day) Evidence(ctx context.Context) ([]rollup.Evidence, error) {
	return rows(ctx, d, "evidence", d.store.readers.Evidence)
}

// Hours are the rows of the table hours.
func (d *Day) Hours(ctx context.Context) ([]rollup.Hour, error) {
	return rows(ctx, d, "hours", d.store.readers.Hours)
}

// PageHours are the rows of the table page_hours.
func (d *Day) PageHours(ctx context.Context) ([]rollup.PageHour, error) {
	return rows(ctx, d, "page_hours", d.store.readers.PageHours)
}

// Campaigns are the rows of the table campaigns.
func (d *Day) Campaigns(ctx context.Context) ([]rollup.Campaign, error) {
	return rows(ctx, d, "campaigns", d.store.readers.Campaigns)
}

// DailyVisitors are the rows of the table daily_visitors.
func (d *Day) DailyVisitors(ctx context.Context) ([]rollup.DailyVisitors, error) {
	return rows(ctx, d, "daily_visitors", d.store.readers.DailyVisitors)
}

// Shares are the rows of the table shares.
func (d *Day) Shares(ctx context.Context) ([]rollup.Share, error) {
	return rows(ctx, d, "shares", d.store.readers.Shares)
}

// Recommendations are the rows of the table recommendations.
func (d *Day) Recommendations(ctx context.Context) ([]rollup.Recommendation, error) {
	return rows(ctx, d, "recommendations", d.store.readers.Recommendations)
}

// Purchases are the rows of the table purchases.
func (d *Day) Purchases(ctx context.Context) ([]rollup.Purchase, error) {
	return rows(ctx, d, "purchases", d.store.readers.Purchases)
}

// Quality are the rows of the table quality.
func (d *Day) Quality(ctx context.Context) ([]rollup.Quality, error) {
	return rows(ctx, d, "quality", d.store.readers.Quality)
}

// rows reads a table of a day. One that should be there and cannot be read has none.
func rows[T any](ctx context.Context, d *Day, table string, read Reader[T]) ([]T, error) {
	if d.live != nil {
		list, _ := d.live.rows[table].([]T)
		return list, nil
	}
	return rowsThat(ctx, d, table, read, func(*T) bool { return true })
}

func rowsThat[T any](ctx context.Context, d *Day, table string, read Reader[T], keep func(*T) bool) ([]T, error) {
	var list []T
	if d.live != nil {
		all, _ := d.live.rows[table].([]T)
		for i := range all {
			if keep(&all[i]) {
				list = append(list, all[i])
			}
		}
		return list, nil
	}
	etag, ok := d.etagOf(table)
	if !ok {
		return nil, nil
	}
	content, err := d.store.file(ctx, job.TableKey(table, d.site.Name, d.Date), etag)
	if errors.Is(err, errDamaged) {
		d.unreadable.Store(true)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	select { // files come all together, and are decoded a few at a time: each takes memory
	case d.store.decoding <- struct{}{}:
		defer func() { <-d.store.decoding }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for row, err := range read(content, content.Size()) {
		if err != nil { // the file is whole, so it is not the store's fault
			d.unreadable.Store(true)
			return nil, nil
		}
		if keep(&row) {
			list = append(list, row)
		}
	}
	return list, nil
}

// PagesOf are the pages of a topic, as the day says. They are found once.
func (d *Day) PagesOf(ctx context.Context, topic string) (map[string]bool, error) {
	d.topics.Lock()
	defer d.topics.Unlock()
	if known := d.topics.pages[topic]; known != nil {
		return known, nil
	}
	rows, err := d.PagesThat(ctx, func(p *rollup.Page) bool {
		return p.Topic == topic && p.Page != rollup.Other && p.Page != rollup.Objected
	})
	if err != nil {
		return nil, err
	}
	found := make(map[string]bool, len(rows))
	for i := range rows {
		found[rows[i].Page] = true
	}
	if d.topics.pages == nil {
		d.topics.pages = map[string]map[string]bool{}
	}
	d.topics.pages[topic] = found
	return found, nil
}
