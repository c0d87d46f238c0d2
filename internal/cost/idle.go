package cost

// Idle is what costs while nobody visits, for a month.
type Idle struct {
	Name string
	N    float64
	Free float64 // of it, in every account
	USD  float64 // for one more
	Why  string
}

// Cost is what an account pays that uses the free ones for nothing else.
func (i Idle) Cost() float64 { return max(0, i.N-i.Free) * i.USD }

// hours of a month.
const hours = 730

// Idles are those of examples/complete, which has most.
func Idles() []Idle {
	return []Idle{
		{"CloudWatch alarms, by metric", AlarmMetrics, 10, PriceAlarm.One(), "15 alarms on one figure each, and one on two"},
		{"CloudWatch metrics of our own", 0, 10, PriceOwnMetric.One(), "4, which count by the hour, and only hours with a line: none while idle"},
		{"CloudWatch dashboard", 1, 3, 3, "var.dashboard"},
		{"SQS requests, million", 5 * 3 * 60 * hours / million, 1, PriceQueue.One() * million, "Lambda asks the queue of logs: 5 pollers, every 20 seconds"},
		{"runs of rollup, million", hours / million, 1, PriceRun.One() * million, "hourly"},
		{"time of rollup, GB-seconds", hours * 1 * RollupMB / 1024, 400_000, PriceGBSecond.One(), "at most a second for finding nothing to do"},
		{"DynamoDB read units, million", hours * 100 / million, 0, PriceRead.One() * million, "at most 100 each hour, to find nothing"},
		{"schedules, million runs", hours / million, 14, 1, "EventBridge Scheduler"},
		{"storage, GB", 0.01, 0, 0.25, "table, lake and the functions' logs, nearly empty"},
	}
}

// AlarmMetrics is how many figures the alarms of examples/complete look at. A test counts
// them in terraform/alarms.tf.
const AlarmMetrics = 17

// IdleTotal is what an idle deployment costs a month.
func IdleTotal() (usd float64) {
	for _, i := range Idles() {
		usd += i.Cost()
	}
	return usd
}

// IdleAlone is the same for an account that has used up what is free.
func IdleAlone() (usd float64) {
	for _, i := range Idles() {
		i.Free = 0
		usd += i.Cost()
	}
	return usd
}
