package cost

// What is counted by the tests of this package, through the handlers of the functions:
// DynamoDB's units for one event, when what does not change is known already. A read is
// of one item, of less than 4 KB.
const (
	HitWrites    = 1 // /_ds/hit, and the same with data-one-request
	ReadWrites   = 1 // /_ds/read
	CodedWrites  = 2 // a hit of somebody who comes with a code: the record, and the visitor's code of the day
	CodedReads   = 1
	RouteWrites  = 1
	ButtonWrites = 1 // a share by a button whose code is the same for all
	ShareWrites  = 2 // a share with a code of its own: the code, and that it was used
	ShareReads   = 2
	OrderWrites  = 2 // the order, and its record
	OrderReads   = 2 // with a share code; 1 without

	HitBytes = 230 // of a record in the table, alone in its item, keys included
)

// Batch is how many arrivals of an hour label writes at once, and what each then costs.
type Batch struct {
	Arrivals int
	Writes   float64 // units for each, at most
	Bytes    float64 // stored for each, at most, keys included
}

// Batches are those that are measured. internal/dynamo's TestCost bounds the same.
var Batches = []Batch{{10, 0.1, 80}, {100, 0.03, 24}, {1000, 0.017, 17}, {10_000, 0.016, 16}}

// What is measured as processor's time on one core of an x86 server (BenchmarkArrivals,
// BenchmarkShards), rounded up. Lambda gives a function one core for each 1,769 MB:
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
const (
	LineSeconds   = 2e-6 // label, for a line
	RecordSeconds = 6e-6 // rollup, for a record, each time its day is rolled up
	coreMB        = 1769.0
)

// Memory of functions in MB: var.memory of the Terraform module.
const (
	RollupMB  = 1024
	CollectMB = 256
)

// What cannot be measured here, chosen rather high.
const (
	LinesPerArrival = 10   // of a log: a page and nine files. Your own: quality, door log
	LinesPerObject  = 500  // CloudFront cuts logs by place and time; small sites have smaller objects
	CollectSeconds  = 0.01 // of a call: most of it waits for DynamoDB
	RouteSeconds    = 0.15 // of a routed page: most of it waits for the origin
	AnswerGB        = 1e-6 // an answer of collect, with its headers
	QueuePerObject  = 3    // a message is sent, received and deleted
	StreamBatch     = 2000 // lines: batch_size in terraform/label.tf
)

// RollupPasses is how often a day's records are read until the day is closed: hourly
// while it lasts, so half of them on the average, twice after it, and once to close it.
const RollupPasses = 12.5 + 2 + 1

// KeptMonths is how long a record is stored: ledger.Keep, in months of 30 days.
const KeptMonths = 12.0 / 30
