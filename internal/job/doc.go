// Package job is what the functions without HTTP do, and the command does on one
// machine: label what a log holds, roll up a day. It knows stores only by what it
// asks of them.
//
//	label.go     a source's lines become records and receipts
//	objects.go   the sources an event of S3 names, one by one
//	stream.go    the records of a Kinesis event as one source
//	event.go     the shapes events come in
//	rollup.go    a day's records become tables
package job
