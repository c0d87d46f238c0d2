// Package tables reads what is known of the days of a site, for those who ask again and
// again:
//
//	store := tables.New(lake, readers, records, time.Now)
//	days, err := store.Range(ctx, site, from, to)
//	err = days.Each(ctx, func(i int, day *tables.Day) error {
//		rows, err := day.Pages(ctx)
//		…
//	})
//
// # Where a day comes from
//
//	closed           its Parquet tables. What was read is kept by the ETag that the day's manifest names, so
//	                 it is never read twice and never out of date
//	over, not closed its tables as the last roll-up left them; provisional
//	today            its records, folded in memory as the roll-up does it, at most once a minute; where that takes
//	                 too long, the tables of the last roll-up. So is yesterday until two hours after its end
//	no manifest      nothing was seen, or nothing was rolled up: without data
//
// A table that its manifest names and that is not there, or cannot be decoded, makes the
// day unreadable: it has no rows, and Day.Unreadable says so. What a store could not
// answer is an error. A table that the manifest does not name is older than the table
// itself: it has no rows, and that is no fault.
//
// # Memory
//
// Files, digests of days and folds are kept up to fixed numbers of bytes, those used
// longest ago go first. A fold keeps the rows of one day, which the roll-up's own
// limits bound.
package tables
