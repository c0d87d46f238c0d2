// Package job is what the functions without HTTP do, and the command does on one
// machine: label what a log holds, roll up a day. It knows stores only by what it
// asks of them.
//
// # Labelling
//
//	label.go     a source's lines become sightings; tally.go counts them into receipts
//	file.go      a file on this machine as a source
//	event.go     the shapes events come in
//	objects.go   the objects an event of S3 names, each a source; ahead.go opens them early
//	stream.go    the records of a Kinesis event as one source
//	failed.go    pointers to what could not be read
//
// # Rolling up
//
//	rollup.go    a day's records become its tables
//	window.go    where a day begins and ends
//	records.go   sightings, sorted, become records
//	manifest.go  of what the tables were made
//	late.go      what comes after a day was closed
//	shards.go    a day in parts, and the parts together
//	schedule.go  which days are due; what the function is told to do
//	relabel.go   what better rules would change
package job
