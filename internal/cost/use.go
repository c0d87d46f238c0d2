package cost

// Use is what one event takes of the things that AWS charges for.
type Use struct {
	Requests   float64 // of visitors, that there would not be otherwise
	EdgeRuns   float64
	OutGB      float64
	Realtime   float64 // lines
	Puts       float64 // Kinesis, of 25 KB
	Runs       float64 // of functions
	GBSeconds  float64
	Writes     float64 // units of 1 KB
	Reads      float64 // units of 4 KB
	StoredGB   float64 // for a month
	Objects    float64 // written to S3
	Gets       float64
	QueueCalls float64
}

// Item is what is charged for one thing.
type Item struct {
	Name string
	USD  float64
}

// PerMillion is what a million such events cost, by the service that charges.
func (u Use) PerMillion() []Item {
	usd := func(n float64, p Price) float64 { return n * million * p.One() }
	return []Item{
		{"CloudFront", usd(u.Requests, PriceRequest) + usd(u.EdgeRuns, PriceEdge) + usd(u.OutGB, PriceOut) + usd(u.Realtime, PriceRealtime)},
		{"Kinesis", usd(u.Puts, PricePut)},
		{"Lambda", usd(u.Runs, PriceRun) + usd(u.GBSeconds, PriceGBSecond)},
		{"DynamoDB, writes", usd(u.Writes, PriceWrite)},
		{"DynamoDB, reads and storage", usd(u.Reads, PriceRead) + usd(u.StoredGB, PriceStored) + usd(u.StoredGB, PriceRecovery)},
		{"S3 and SQS", usd(u.Objects, PriceObject) + usd(u.Gets, PriceGet) + usd(u.QueueCalls, PriceQueue)},
	}
}

// Total adds up items.
func Total(items []Item) (usd float64) {
	for _, i := range items {
		usd += i.USD
	}
	return usd
}

// plus is both.
func (u Use) plus(o Use) Use {
	return Use{u.Requests + o.Requests, u.EdgeRuns + o.EdgeRuns, u.OutGB + o.OutGB, u.Realtime + o.Realtime, u.Puts + o.Puts, u.Runs + o.Runs, u.GBSeconds + o.GBSeconds,
		u.Writes + o.Writes, u.Reads + o.Reads, u.StoredGB + o.StoredGB, u.Objects + o.Objects, u.Gets + o.Gets, u.QueueCalls + o.QueueCalls}
}
