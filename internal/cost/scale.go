package cost

import (
	"fmt"
	"math"
	"strings"
)

// Load is what a site has in its busiest hours, a second.
type Load struct {
	Name  string
	Lines float64 // of the CDN's log
	Views float64 // arrivals that logs tell of
	Hits  float64 // that the script sends
}

// Loads are those of docs/scale.md: what 100,000 requests a second are, if they are the
// CDN's, and if they are all the script's.
var Loads = []Load{
	{"100,000 requests a second at the CDN, logs alone", 1e5, 1e5 / LinesPerArrival, 0},
	{"the same, with the script", 1e5, 1e5 / LinesPerArrival, 1e5 / LinesPerArrival},
	{"100,000 hits a second of the script", 0, 0, 1e5},
}

// Limits of AWS; docs/scale.md names the pages they are from. Some can be raised by asking.
const (
	partitionWrites = 1000    // units a second that one partition of DynamoDB takes
	tableWrites     = 40_000  // units a second of a table, unless raised
	newTableWrites  = 4000    // of a new table; doubled every half an hour
	runsPerSecond   = 10      // of a function for each run that may be at a time
	accountRuns     = 1000    // at a time, unless raised
	cdnRequests     = 250_000 // a second of a distribution, unless raised
	shardLines      = 1000    // a second that one shard of Kinesis takes
	longestRun      = 900.0   // seconds of a function
	largestDisk     = 10_240  // MB of a function
	objectSeconds   = 0.03    // chosen: to fetch a log object; label fetches ahead, so they overlap
	megabyte        = 0.085   // seconds to read it of a partition, which gives 3,000 units of 4 KB a second
	maxShards       = 64      // record.MaxShardBits
	VisitorBytes    = 210     // of a visitor in the sums of shards: measured
	visitsEach      = 3       // chosen: arrivals of a visitor in a day
	daySeconds      = 86_400
)

// packed is what label packs of such a load: a hundred arrivals and more for each shard of a
// batch of 100 log objects.
var packed = Batches[1]

// Need is how much of something a load takes, beside how much there is.
type Need struct {
	What   string
	Needs  float64
	Has    float64
	Beyond string // what to do above the limit
}

// Over reports whether the load takes more than there is.
func (n Need) Over() bool { return n.Needs > n.Has }

// Needs are those of a load, if it lasted all day.
func (l Load) Needs() []Need {
	logWrites := l.Views * packed.Writes
	writes := logWrites + l.Hits*HitWrites
	records := (l.Views + l.Hits) * daySeconds
	bytes := (l.Views*packed.Bytes + l.Hits*HitBytes) * daySeconds
	inShard := 1 / float64(l.Shards())
	label := l.Lines*LineSeconds*coreMB/512 + l.Lines/LinesPerObject*objectSeconds/8
	fold := records * inShard * RecordSeconds * coreMB / RollupMB
	read := bytes * inShard / 1e6 * megabyte
	return []Need{
		{"requests of a distribution, a second", max(l.Lines, l.Hits), cdnRequests, "ask; more distributions"},
		{"write units of the table, a second", writes, tableWrites, "ask for more"},
		{"the same, of a table made today", writes, newTableWrites, "give the table warm throughput before the day"},
		{"write units of a shard's partition, a second", writes * inShard, partitionWrites, "64 shards are the most: count by logs"},
		{"runs of label at a time", label, 10, "label_concurrency"},
		{"runs of collect at a time", l.Hits * max(CollectSeconds, 1.0/runsPerSecond), accountRuns, "ask for ten runs a second each"},
		{"seconds to fold a shard of a day", fold + read, longestRun, "`shard_bits`, up to 6"},
		{"MB for the visitors of a day, in the merge", l.Hits * daySeconds / visitsEach * VisitorBytes / 1e6, largestDisk, "count by logs, which have no visitors; or more sites"},
	}
}

// Shards are how many parts of a day a load needs: so that no partition is written to more than
// half of what it takes, and none of them takes longer to fold than a third of the time there is.
func (l Load) Shards() int {
	writes := (l.Views*packed.Writes + l.Hits*HitWrites) / (partitionWrites / 2)
	fold := (l.Views + l.Hits) * daySeconds * RecordSeconds * coreMB / RollupMB / (longestRun / 3)
	return int(math.Min(maxShards, math.Exp2(math.Ceil(math.Log2(max(1, writes, fold))))))
}

// KinesisShards are how many a stream of real-time logs needs for a load.
func (l Load) KinesisShards() int { return int(math.Ceil(l.Lines / shardLines)) }

// ScaleTable is the table of docs/scale.md, as Markdown.
func ScaleTable() string {
	var b strings.Builder
	heads, rule := []string{"what"}, []string{"---"}
	for _, l := range Loads {
		heads, rule = append(heads, l.Name), append(rule, "--:")
	}
	row(&b, append(heads, "there is", "above it")...)
	row(&b, append(rule, "--:", "---")...)
	needs := make([][]Need, len(Loads))
	for i, l := range Loads {
		needs[i] = l.Needs()
	}
	for n := range needs[0] {
		cells := []string{needs[0][n].What}
		for i := range Loads {
			text := whole(needs[i][n].Needs)
			if needs[i][n].Over() {
				text = "**" + text + "**"
			}
			cells = append(cells, text)
		}
		row(&b, append(cells, whole(needs[0][n].Has), needs[0][n].Beyond)...)
	}
	cells, kinesis := []string{"shards (`shard_bits`)"}, []string{"Kinesis shards, if by real-time logs"}
	for _, l := range Loads {
		cells = append(cells, fmt.Sprintf("%d (%d)", l.Shards(), int(math.Log2(float64(l.Shards())))))
		kinesis = append(kinesis, whole(float64(l.KinesisShards())))
	}
	row(&b, append(cells, "64 (6)", "")...)
	row(&b, append(kinesis, "by region", fmt.Sprintf("$%.2f a month each", RealtimeMonthly()))...)
	return b.String()
}

// whole writes a number with separators, and – for none.
func whole(f float64) string {
	if f == 0 {
		return "–"
	}
	if f < 10 {
		return fmt.Sprintf("%.1f", f)
	}
	digits := fmt.Sprintf("%.0f", f)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
