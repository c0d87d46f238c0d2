package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/internal/job"
	"darksocial/internal/parquetfile"
)

// relabelRecords makes the tables of days anew from the records that are kept.
func (b *backfilling) relabelRecords() error {
	roller := job.NewRoller(b.store.ledger, b.store.sites(), b.tables, parquetfile.WriteRows, time.Now).Coded(b.store.codes)
	dates, err := datesIn(b.ctx, b.tables, "arrivals", b.store.site.Name, b.From, b.To)
	if err != nil {
		return err
	}
	for _, date := range dates {
		day, err := rollup.ParseDay(date, b.store.site.Zone())
		if err != nil {
			return err
		}
		if err := b.relabel(roller, day, false); err != nil {
			return err
		}
	}
	return b.report(nil)
}

// relabel shows what would become different on a day, and makes it so if that is
// agreed to. With replace its tables are made of the logs that were given.
func (b *backfilling) relabel(roller *job.Roller, day rollup.Day, replace bool) error {
	after, err := roller.Recount(b.ctx, b.store.site, day, replace)
	if job.IsLost(err) {
		b.leaveOut(day, "its records are no longer kept: give its logs")
		return nil
	}
	if err != nil {
		return err
	}
	if len(after.Changed) == 0 {
		b.leaveOut(day, "nothing would become different")
		return nil
	}
	before := map[job.Origin]int64{}
	if err := eachRowIn(b.ctx, b.tables, "arrivals", b.store.site.Name, day.Date, func(row *rollup.Arrival) { before[job.OriginOf(row)] += row.Arrivals }); err != nil {
		return err
	}
	fmt.Fprintf(b.err, "%s  changes %s\n", day.Date, strings.Join(after.Changed, ", "))
	for _, c := range difference(before, after.Arrivals) {
		fmt.Fprintf(b.err, "  %+7d  %s\n", c.n, strings.Join(strings.Fields(c.Channel+" "+c.Source+" "+c.Visibility), " "))
	}
	if !b.agreed("Change the tables of " + day.Date) {
		b.leaveOut(day, "not agreed; --yes changes the tables without asking")
		return nil
	}
	var o *job.Outcome
	if replace {
		o, err = roller.Replace(b.ctx, b.store.site, day)
	} else {
		o, err = roller.Day(b.ctx, b.store.site, day, true)
	}
	if err != nil {
		return err
	}
	b.done = append(b.done, &dayDone{Date: day.Date, Status: o.Status, Rows: o.Rows})
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
