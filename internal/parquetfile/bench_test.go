package parquetfile_test

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/parquetfile"
)

// arrival is a row of the widest and longest table, in its shape.
type arrival struct {
	Page       string `parquet:"page,dict"`
	Channel    string `parquet:"channel,dict"`
	Source     string `parquet:"source,dict"`
	Visibility string `parquet:"visibility,dict"`
	Surface    string `parquet:"surface,dict"`
	Confidence string `parquet:"confidence,dict"`
	DirectKind string `parquet:"direct_kind,dict"`
	ByReferrer string `parquet:"by_referrer,dict"`
	Arrivals   int64  `parquet:"arrivals"`
}

func arrivals(n int) iter.Seq2[arrival, error] {
	channels := []string{"dark_social", "social", "search", "direct", "email", "referral"}
	sources := []string{"whatsapp", "messenger", "telegram", "facebook", "google", "", "instagram"}
	pages := make([]string, 50_000)
	for i := range pages {
		pages[i] = fmt.Sprintf("/news/2026/an-article-with-a-long-name-%d", i)
	}
	return func(yield func(arrival, error) bool) {
		for i := range n {
			if !yield(arrival{
				Page: pages[i*7919%len(pages)], Channel: channels[i%6], Source: sources[i%7], Visibility: "private", Surface: "in_app",
				Confidence: "strong", DirectKind: "", ByReferrer: channels[i%5], Arrivals: int64(i * 31 % 1009),
			}, nil) {
				return
			}
		}
	}
}

// TestMemoryIsFlat writes and reads four times the rows, and has the program hold
// hardly more: it is the size of a group that counts, not of the table.
func TestMemoryIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("writes a million rows")
	}
	for name, hold := range map[string]func(n int, look func()){
		"Write": func(n int, look func()) {
			_, err := parquetfile.Write(io.Discard, looking(arrivals(n), look))
			require.NoError(t, err)
		},
		"WriteRows": func(n int, look func()) {
			_, err := parquetfile.WriteRows(io.Discard, arrival{}, boxed(looking(arrivals(n), look)))
			require.NoError(t, err)
		},
		"Read": func(n int, look func()) {
			file, size := fileOf(t, n)
			for _, err := range looking(parquetfile.Read[arrival](file, size), look) {
				require.NoError(t, err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			few, many := peak(80_000, hold), peak(320_000, hold)
			t.Logf("%.1f MB for 80 000 rows, %.1f MB for 320 000", float64(few)/1e6, float64(many)/1e6)
			assert.Less(t, many, few+10e6)
		})
	}
}

// peak is the most live memory at any look.
func peak(n int, hold func(n int, look func())) (most int64) {
	hold(n, func() {
		runtime.GC()
		runtime.GC() // what lies in a sync.Pool is gone after the second
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most = max(most, int64(m.HeapAlloc))
	})
	return most
}

// fileOf is a file of n rows on the disk.
func fileOf(t *testing.T, n int) (file *os.File, size int64) {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "part.parquet"))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, file.Close()) })
	_, err = parquetfile.Write(file, arrivals(n))
	require.NoError(t, err)
	size, err = file.Seek(0, io.SeekEnd)
	require.NoError(t, err)
	return file, size
}

// looking calls look now and then, also where a group is about to be full.
func looking[T any](rows iter.Seq2[T, error], look func()) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		i := 0
		for r, err := range rows {
			if i++; i%(16<<10) == 0 {
				look()
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

const benchRows = 1_000_000

func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		_, err := parquetfile.Write(io.Discard, arrivals(benchRows))
		require.NoError(b, err)
	}
	b.ReportMetric(benchRows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkWriteRows(b *testing.B) {
	for b.Loop() {
		_, err := parquetfile.WriteRows(io.Discard, arrival{}, boxed(arrivals(benchRows)))
		require.NoError(b, err)
	}
	b.ReportMetric(benchRows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkRead(b *testing.B) {
	var file bytes.Buffer
	_, err := parquetfile.Write(&file, arrivals(benchRows))
	require.NoError(b, err)
	for b.Loop() {
		n := 0
		for _, err := range parquetfile.Read[arrival](bytes.NewReader(file.Bytes()), int64(file.Len())) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		require.Equal(b, benchRows, n)
	}
	b.ReportMetric(benchRows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(float64(file.Len())/benchRows, "bytes/row")
}
