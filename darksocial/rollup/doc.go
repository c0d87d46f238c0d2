// Package rollup folds the records of a day into the rows of its tables.
//
//	records ── Fold.Add ──► sums by key ── sorted, merged ──► Rows ──► tables
//
// Fold adds each page view to sums, by keys that hold what a row will be told
// apart by. Sums of parts of a day, folded apart, are added up by Combine, and it
// does not matter how the day was divided or in which order its records came. From
// the sums of the whole day the rows are made: only then is known which pages and
// sites are too small to be rows of their own and become "(other)".
//
// Nothing here reads, writes or sorts: how sums are kept, when there are more
// than fit into memory, is not this package's business. See Sums.
package rollup
