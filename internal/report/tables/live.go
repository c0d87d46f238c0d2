package tables

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/internal/job"
	"darksocial/internal/object"
	"darksocial/internal/runs"
	"darksocial/internal/site"
)

// live is a day folded from its records.
type live struct {
	rows  map[string]any // by table: a slice of its rows
	doors []string
	made  time.Time
	bytes int64
	slow  bool // it takes too long; there are no rows
}

const (
	// afterwards is how long after its end a day is still folded: as long as the roll-up
	// goes on with it.
	afterwards = 2 * time.Hour
	// foldPatience is for how long a day is folded. A site that is larger is told as its
	// last roll-up left it.
	foldPatience = 8 * time.Second
	// slowAgain is after what time a day that took too long is tried again.
	slowAgain = 10 * time.Minute
)

// addLive folds the records of a day that is not over, or only just.
func (s *Store) addLive(ctx context.Context, d *Day) error {
	now := s.now()
	if now.Before(d.From) || !now.Before(d.To.Add(afterwards)) || d.manifest != nil && d.manifest.Closed {
		return nil
	}
	folded, err := s.folds.Get(ctx, d.site.Name+" "+d.Date, func(ctx context.Context) (*live, int64, time.Time, error) {
		limited, cancel := context.WithTimeout(ctx, s.foldPatience)
		defer cancel()
		l, err := s.fold(limited, d.site, d.Day)
		if err != nil && errors.Is(limited.Err(), context.DeadlineExceeded) && ctx.Err() == nil {
			return &live{slow: true, made: s.now()}, 64, s.now().Add(slowAgain), nil
		}
		if err != nil {
			return nil, 0, time.Time{}, err
		}
		return l, l.bytes, s.now().Add(changing), nil
	})
	if err != nil {
		return err
	}
	if !folded.slow && (len(folded.doors) > 0 || d.manifest == nil) {
		d.live = folded
	}
	if d.live != nil && len(d.live.doors) == 0 {
		d.live = nil // nothing of it yet
	}
	return nil
}

// fold does with a day's records what the roll-up does, and writes nothing anywhere.
func (s *Store) fold(ctx context.Context, of *site.Site, day rollup.Day) (*live, error) {
	whole := *of
	whole.ShardBits = 0 // all in one
	partial := &scratchLake{lake: s.lake}
	defer partial.close()
	roller := job.NewRoller(s.ledger, []*site.Site{&whole}, partial, writesNothing, s.now).Coded(s.items)
	made := s.now()
	if _, err := roller.Shard(ctx, &whole, day, 0); err != nil {
		return nil, err
	}
	options := rollup.DefaultOptions
	options.Over = !day.To.After(made)
	total, err := rollup.NewTotal(partial.sums, &whole.Site, options)
	if err != nil {
		return nil, err
	}
	l := &live{rows: map[string]any{}, made: made}
	if l.doors, err = rollup.Doors(partial.sums); err != nil {
		return nil, err
	}
	for _, table := range rollup.Tables {
		if err := l.collect(ctx, table.Name, table.Row, table.Rows(total)); err != nil {
			return nil, fmt.Errorf("table %s of %s of %s: %w", table.Name, day.Date, of.Name, err)
		}
	}
	return l, nil
}

// rowSize is about how many bytes a row takes.
const rowSize = 320

// collect keeps the rows of a table that a report looks at.
func (l *live) collect(ctx context.Context, table string, zero any, rows iter.Seq2[any, error]) (err error) {
	n := 0
	switch zero.(type) {
	case rollup.Arrival:
		l.rows[table], n, err = collected[rollup.Arrival](ctx, rows)
	case rollup.Page:
		l.rows[table], n, err = collected[rollup.Page](ctx, rows)
	case rollup.Audience:
		l.rows[table], n, err = collected[rollup.Audience](ctx, rows)
	case rollup.Evidence:
		l.rows[table], n, err = collected[rollup.Evidence](ctx, rows)
	case rollup.Hour:
		l.rows[table], n, err = collected[rollup.Hour](ctx, rows)
	case rollup.PageHour:
		l.rows[table], n, err = collected[rollup.PageHour](ctx, rows)
	case rollup.Campaign:
		l.rows[table], n, err = collected[rollup.Campaign](ctx, rows)
	case rollup.DailyVisitors:
		l.rows[table], n, err = collected[rollup.DailyVisitors](ctx, rows)
	case rollup.Share:
		l.rows[table], n, err = collected[rollup.Share](ctx, rows)
	case rollup.Recommendation:
		l.rows[table], n, err = collected[rollup.Recommendation](ctx, rows)
	case rollup.Purchase:
		l.rows[table], n, err = collected[rollup.Purchase](ctx, rows)
	case rollup.Quality:
		l.rows[table], n, err = collected[rollup.Quality](ctx, rows)
	}
	l.bytes += int64(n) * rowSize
	return err
}

func collected[T any](ctx context.Context, rows iter.Seq2[any, error]) (list []T, n int, err error) {
	for row, err := range rows {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, 0, err
		}
		list = append(list, row.(T))
	}
	return list, len(list), nil
}

// writesNothing is the encoding of tables that are not made.
func writesNothing(io.Writer, any, iter.Seq2[any, error]) (int64, error) {
	return 0, errors.New("no table is written here")
}

// scratchLake shows a roll-up the manifests there are, and takes the sums it makes.
type scratchLake struct {
	lake object.Store
	sums *runs.File
}

func (s *scratchLake) Open(ctx context.Context, key string) (io.ReadCloser, string, error) {
	return s.lake.Open(ctx, key)
}

func (s *scratchLake) ETag(ctx context.Context, key string) (string, error) {
	return s.lake.ETag(ctx, key)
}

// Put takes the sums of the day.
func (s *scratchLake) Put(_ context.Context, _ string, body io.ReadSeeker, _ string) (string, error) {
	s.close()
	sums, err := runs.WriteFile(os.TempDir(), runs.Read(body))
	s.sums = sums
	return "", err
}

func (s *scratchLake) Delete(context.Context, string) error { return nil }

func (s *scratchLake) List(context.Context, string, func(string) error) error { return nil }

func (s *scratchLake) close() {
	if s.sums != nil {
		_ = s.sums.Close() // a file for a moment; the system removes what is left
	}
	s.sums = nil
}
