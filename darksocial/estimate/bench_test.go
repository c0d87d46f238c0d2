package estimate

import (
	"runtime"
	"testing"
)

// BenchmarkDay estimates a day with a million nameless arrivals, and tells how much memory
// the gathered day holds and the estimate takes.
func BenchmarkDay(b *testing.B) { benchmark(b, 1, 2_000_000) }

// BenchmarkWeek estimates a week of 100,000 arrivals a day.
func BenchmarkWeek(b *testing.B) { benchmark(b, 7, 420_000) }

func benchmark(b *testing.B, days int, size float64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f := newForeign(8, days, 20_000)
	f.large = true
	f.live(size)
	runtime.GC()
	runtime.ReadMemStats(&after)
	for b.Loop() {
		f.into.Run(Both, 1)
	}
	var ran runtime.MemStats
	runtime.ReadMemStats(&ran)
	b.ReportMetric(float64(f.direct), "nameless")
	b.ReportMetric(float64(f.into.arrivals()), "arrivals")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB-gathered")
	b.ReportMetric(float64(ran.HeapSys-ran.HeapReleased)/(1<<20), "MB-heap")
}

func (c *Collector) arrivals() (n int) {
	for _, m := range c.minutes {
		n += int(m)
	}
	return n
}
