//go:build unix

package cost_test

import (
	"context"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/cost"
)

// processor is what this process has worked so far: unlike the clock it does not see what
// else the machine does. What the engine works is not in it, as DynamoDB's work is not in
// a function's.
func processor(b *testing.B) time.Duration {
	var used syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &used))
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkArrivals gives label, in batches of a thousand arrivals with nine files each,
// more and more of them: write units for an arrival must stay what they are, and so must
// the processor's time for a line.
//
//	go test ./internal/cost -run '^$' -bench . -benchtime 1x
func BenchmarkArrivals(b *testing.B) {
	const batch = 1000
	for _, batches := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprint(batches*batch), func(b *testing.B) {
			var units, lines float64
			var took time.Duration
			for b.Loop() {
				b.StopTimer()
				d := deploy(b, 0)
				b.StartTimer()
				for i := range batches {
					log := arrivalLog(i*batch, batch, cost.LinesPerArrival-1)
					begin := processor(b)
					lines += float64(d.label(fmt.Sprint("log", i), log).Lines)
					took += processor(b) - begin
				}
				units += d.spent().writes
			}
			b.ReportMetric(units/lines*cost.LinesPerArrival, "WCU/arrival")
			b.ReportMetric(float64(took.Nanoseconds())/lines/1000, "µs/line")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkHits lets collect take more and more hits, one by one, as a function does.
func BenchmarkHits(b *testing.B) {
	for _, hits := range []int{250, 500, 1000} {
		b.Run(fmt.Sprint(hits), func(b *testing.B) {
			var units float64
			var took time.Duration
			for b.Loop() {
				d := deploy(b, 0)
				d.ask("GET", d.hit(""), "", 204)
				before, begin := d.spent(), processor(b)
				for range hits {
					d.ask("GET", d.hit(""), "", 204)
				}
				units, took = units+d.spent().writes-before.writes, took+processor(b)-begin
			}
			b.ReportMetric(units/float64(b.N*hits), "WCU/arrival")
			b.ReportMetric(float64(took.Microseconds())/float64(b.N*hits), "µs/arrival")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// dayArrivals are those of the day that BenchmarkShards rolls up.
const dayArrivals = 200_000

// BenchmarkShards rolls up a day in 1, 2, 4 and 8 shards, one after the other, and tells
// how much processor's time the slowest took, the merge, and both: what a day takes where each
// shard has a machine of its own. Of several runs the quickest counts.
func BenchmarkShards(b *testing.B) {
	for bits := range 4 {
		b.Run(fmt.Sprint(1<<bits), func(b *testing.B) {
			d := deploy(b, bits)
			for i := range dayArrivals / 5000 {
				d.label(fmt.Sprint("log", i), arrivalLog(i*5000, 5000, 0))
			}
			d.clock = d.clock.Add(36 * time.Hour)
			day, err := rollup.ParseDay("2026-11-20", d.site.Zone())
			require.NoError(b, err)
			slowest, merge, all := time.Hour, time.Hour, time.Hour
			for b.Loop() {
				roller := d.roller()
				var most, sum time.Duration
				for shard := range 1 << bits {
					begin := processor(b)
					_, err := roller.Shard(context.Background(), d.site, day, shard)
					require.NoError(b, err)
					took := processor(b) - begin
					most, sum = max(most, took), sum+took
				}
				begin := processor(b)
				_, err := roller.Merge(context.Background(), d.site, day, true)
				require.NoError(b, err)
				last := processor(b) - begin
				slowest, merge, all = min(slowest, most), min(merge, last), min(all, sum+last)
			}
			ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
			b.ReportMetric(ms(slowest), "slowest-ms")
			b.ReportMetric(ms(merge), "merge-ms")
			b.ReportMetric(ms(slowest+merge), "day-ms")
			b.ReportMetric(float64(all.Microseconds())/dayArrivals, "µs/arrival")
			b.ReportMetric(0, "ns/op")
		})
	}
}
