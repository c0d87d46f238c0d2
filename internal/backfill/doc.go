// Package backfill makes tables of logs that are there already: months of them, on
// the day darksocial is set up.
//
// It has two steps. First every log is read and its page views are kept as blocks
// in a work folder: see Segments. Then the days are rolled up from there, one
// after the other, by the same job.Roller that rolls up live days. Both can be
// killed anywhere and taken up again: a log that was read to its end stands in a
// journal, and a day that was rolled up has its manifest.
//
// Only days are rolled up that the logs cover from end to end, see Coverage, and
// that have no tables yet.
package backfill
