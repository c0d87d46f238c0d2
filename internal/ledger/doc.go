// Package ledger keeps the records of sites in two dumb stores, Blocks and KV, so
// that what is promised of records is promised once, whatever the stores are.
//
// A Batch takes the sightings of one delivery (an object, a range of a stream)
// and packs them by site, UTC hour and shard into blocks, as few as may be,
// because a write costs by the started kilobyte. After the sightings of a source
// are durable, its receipts are, and never before: they ride in the last block
// of their hour. Everything has a name made of what it is, so a delivery that
// comes again, whole or in part, at the same time or a week later, changes
// nothing.
//
// # What is where
//
//	Blocks  SITE/2026-11-20T09/SHARD   the blocks of an hour
//	KV      days/SITE   2026-11-20     how finely that UTC day is divided
//	        dirty/SITE  2026-11-20     written to after the day was over
package ledger
