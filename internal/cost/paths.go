package cost

// Path is a way by which an event is seen, and what one takes.
type Path struct {
	Name string
	Of   string // what is counted in millions
	Use  Use
}

// working is what a time on a whole core takes, in GB-seconds. It is the same with any
// memory: half of it is half of a core, and twice the time.
func working(seconds float64) float64 { return seconds * coreMB / 1024 }

// waiting is what a time takes in which nothing is worked.
func waiting(seconds, mb float64) float64 { return seconds * mb / 1024 }

// rolledUp is what a record takes after it was written: it is kept, and read whenever its
// day is rolled up.
func rolledUp(bytes float64) Use {
	return Use{
		Reads:     RollupPasses * bytes / 4096,
		GBSeconds: working(RollupPasses * RecordSeconds),
		StoredGB:  bytes / 1e9 * KeptMonths,
	}
}

// Log is an arrival that standard logs tell of, where so many are written at once.
func Log(b Batch) Use {
	objects := max(LinesPerArrival/float64(LinesPerObject), 1/float64(b.Arrivals))
	return Use{
		Objects: objects, Gets: objects, QueueCalls: objects * QueuePerObject,
		Runs: 1 / float64(b.Arrivals), GBSeconds: working(LinesPerArrival * LineSeconds),
		Writes: b.Writes,
	}.plus(rolledUp(b.Bytes))
}

// Realtime is an arrival that the real-time log tells of. Its stream costs by the hour,
// too: RealtimeMonthly.
func Realtime() Use {
	const arrivals = StreamBatch / LinesPerArrival
	b := Batches[1] // of a hundred; twice as many are in a full batch
	return Use{
		Realtime: LinesPerArrival, Puts: LinesPerArrival,
		Runs: 1.0 / arrivals, GBSeconds: working(LinesPerArrival * LineSeconds),
		Writes: b.Writes,
	}.plus(rolledUp(b.Bytes))
}

// RealtimeMonthly is what a shard of the stream costs a month, used or not.
func RealtimeMonthly() float64 { return 730 * PriceShard.One() }

// asked is a request to collect that keeps nothing.
var asked = Use{Requests: 1, EdgeRuns: 1, OutGB: AnswerGB, Runs: 1, GBSeconds: waiting(CollectSeconds, CollectMB)}

// told is a request to collect that keeps a record, and perhaps more.
func told(writes, reads float64) Use {
	return asked.plus(Use{Writes: writes, Reads: reads}).plus(rolledUp(HitBytes * writes))
}

// hint is the edge function's run on the page.
var hint = Use{EdgeRuns: 1}

// Beacon is an arrival that the page's script tells of, in a request or, with how it was
// read, in two.
func Beacon(readApart bool) Use {
	use := told(HitWrites, 0).plus(hint)
	if readApart {
		use = use.plus(told(ReadWrites, 0))
	}
	return use
}

// Route is an arrival on a page that goes through collect. The visitor's request is the
// page's own, and there without us.
func Route() Use {
	return Use{EdgeRuns: 1, Runs: 1, GBSeconds: waiting(RouteSeconds, CollectMB), Writes: RouteWrites}.plus(rolledUp(HitBytes))
}

// Share is a share with a code of its own, which is asked for before it is used; or by a
// button whose code the browser keeps for a day.
func Share(ownCode bool) Use {
	if !ownCode {
		return told(ButtonWrites, 0)
	}
	return asked.plus(told(ShareWrites, ShareReads))
}

// Order is an order that the shop's server tells of.
func Order() Use { return told(OrderWrites, OrderReads) }

// Coded is what an arrival costs more that comes with a share code.
func Coded() Use {
	return Use{Writes: CodedWrites - HitWrites, Reads: CodedReads}
}

// Paths are those of docs/cost.md.
func Paths() []Path {
	return []Path{
		{"logs, 10 arrivals at once", "arrivals", Log(Batches[0])},
		{"logs, 100 at once", "arrivals", Log(Batches[1])},
		{"logs, 1,000 at once", "arrivals", Log(Batches[2])},
		{"real-time log", "arrivals", Realtime()},
		{"script, one request", "arrivals", Beacon(false)},
		{"script, arrival and reading", "arrivals", Beacon(true)},
		{"routed page", "arrivals", Route()},
		{"comes with a share code: more", "arrivals", Coded()},
		{"share, button's code", "shares", Share(false)},
		{"share, code of its own", "shares", Share(true)},
		{"order", "orders", Order()},
	}
}
