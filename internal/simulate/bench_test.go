package simulate

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkWrite measures lines a second: of each format in the usual world, and
// of a large site, whose pages and waiting events no longer fit into a cache.
func BenchmarkWrite(b *testing.B) {
	for _, f := range Formats {
		b.Run(string(f), func(b *testing.B) { measure(b, Config{Format: f, Views: 10_000, Days: 3}) })
	}
	b.Run("large", func(b *testing.B) { measure(b, Config{Views: 500_000, Days: 2}) })
}

func measure(b *testing.B, c Config) {
	b.ReportAllocs()
	c.Seed, c.Date, c.Host, c.World = 1, friday, host, world(b, "usual")
	lines, size := 0, counter(0)
	for b.Loop() {
		truth, err := Write(&size, c)
		require.NoError(b, err)
		lines += truth.Lines
	}
	b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
	b.ReportMetric(float64(size)/float64(lines), "B/line")
}

// counter counts bytes.
type counter int

func (c *counter) Write(p []byte) (int, error) { *c += counter(len(p)); return len(p), nil }
