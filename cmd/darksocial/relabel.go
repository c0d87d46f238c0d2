package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/internal/job"
	"darksocial/internal/parquetfile"
	"darksocial/internal/site"
)

// relabelRecords makes the tables of days anew from the records that are kept.
func (b *backfilling) relabelRecords() error {
	roller := job.NewRoller(b.store.ledger, b.store.sites(), b.tables, parquetfile.WriteRows, time.Now)
	dates, err := datesIn(b.ctx, b.tables, b.store.site.Name, b.from, b.to)
	if err != nil {
		return err
	}
	for _, date := range dates {
		day, err := rollup.ParseDay(date, b.store.site.Zone())
		if err != nil {
			return err
		}
		again := func(ctx context.Context, s *site.Site, day rollup.Day) (*job.Outcome, error) {
			return roller.Day(ctx, s, day, true)
		}
		if err := b.relabel(roller, day, again); err != nil {
			return err
		}
	}
	return b.report(nil)
}

// relabel shows what would become different on a day, and makes it so if that is
// agreed to.
func (b *backfilling) relabel(roller *job.Roller, day rollup.Day, write func(context.Context, *site.Site, rollup.Day) (*job.Outcome, error)) error {
	after, err := roller.Recount(b.ctx, b.store.site, day)
	if err != nil {
		return err
	}
	before := map[job.Origin]int64{}
	if err := eachRowIn(b.ctx, b.tables, "arrivals", b.store.site.Name, day.Date, func(row *rollup.Arrival) { before[job.OriginOf(row)] += row.Arrivals }); err != nil {
		return err
	}
	changes := difference(before, after)
	if len(changes) == 0 {
		b.leaveOut(day, "nothing would become different")
		return nil
	}
	fmt.Fprintf(b.err, "%s\n", day.Date)
	for _, c := range changes {
		fmt.Fprintf(b.err, "  %+7d  %s %s %s\n", c.n, c.Channel, c.Source, c.Visibility)
	}
	if !b.agreed("Change the tables of " + day.Date) {
		b.leaveOut(day, "not agreed; --yes changes the tables without asking")
		return nil
	}
	o, err := write(b.ctx, b.store.site, day)
	switch {
	case job.IsLost(err):
		b.leaveOut(day, "its records are no longer kept: give its logs")
	case err != nil:
		return err
	default:
		b.done = append(b.done, &dayDone{Date: day.Date, Status: o.Status, Rows: o.Rows})
	}
	return nil
}

// change is how many arrivals an origin gets or loses.
type change struct {
	job.Origin
	n int64
}

func difference(before, after map[job.Origin]int64) []change {
	var changes []change
	for origin, n := range after {
		if n != before[origin] {
			changes = append(changes, change{origin, n - before[origin]})
		}
	}
	for origin, n := range before {
		if _, ok := after[origin]; !ok {
			changes = append(changes, change{origin, -n})
		}
	}
	slices.SortFunc(changes, func(a, b change) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Source, b.Source), cmp.Compare(a.Visibility, b.Visibility))
	})
	return changes
}
