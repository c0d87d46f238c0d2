package job

import (
	"context"
	"errors"
	"slices"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
)

// Origin is where arrivals came from, as the table of arrivals tells it.
type Origin struct{ Channel, Source, Visibility string }

// OriginOf is that of a row.
func OriginOf(row *rollup.Arrival) Origin { return Origin{row.Channel, row.Source, row.Visibility} }

// Recount tells what the arrivals of a day would be if it were rolled up now, and
// changes nothing.
func (r *Roller) Recount(ctx context.Context, s *site.Site, day rollup.Day) (map[Origin]int64, error) {
	day, err := r.window(ctx, s, day)
	if err != nil {
		return nil, err
	}
	sums, err := r.fold(ctx, s, day, ledger.Shard{})
	if err != nil {
		return nil, err
	}
	defer sums.Close()
	total, err := rollup.NewTotal(sums, &s.Site, r.options)
	if err != nil {
		return nil, err
	}
	counts := map[Origin]int64{}
	for row, err := range rollup.Tables[0].Rows(total) {
		if err != nil {
			return nil, err
		}
		arrival := row.(rollup.Arrival)
		counts[OriginOf(&arrival)] += arrival.Arrivals
	}
	return counts, nil
}

// Replace makes the tables of a day anew of other blocks than they were made of:
// of its logs, read again with better rules. Only a day may be replaced so that
// nothing but logs had seen: what a beacon told of it is in no log.
func (r *Roller) Replace(ctx context.Context, s *site.Site, day rollup.Day) (*Outcome, error) {
	return r.again(ctx, s, day, how{reopen: true, replace: true})
}

var errOtherDoors = errors.New("not only logs have seen this day, so its tables cannot be made of logs alone")

// LogsAlone reports whether nothing but logs had seen the day.
func (m *Manifest) LogsAlone() bool {
	return slices.Equal(m.Doors, []string{record.Log.String()})
}
