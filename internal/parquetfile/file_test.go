package parquetfile_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/parquetfile"
)

// row has a column of every type that the tables need.
type row struct {
	Hour     int64    `parquet:"hour,timestamp(millisecond)"`
	Day      int32    `parquet:"day,date"`
	Page     string   `parquet:"page"`
	Channel  string   `parquet:"channel,dict"`
	Arrivals int64    `parquet:"arrivals"`
	Rank     int32    `parquet:"rank"`
	Complete bool     `parquet:"complete"`
	Low      float64  `parquet:"low"`
	Title    *string  `parquet:"title,dict"`
	Visitors *int64   `parquet:"visitors"`
	Clicks   *int32   `parquet:"clicks"`
	Known    *bool    `parquet:"known"`
	High     *float64 `parquet:"high"`
	Shared   *int64   `parquet:"shared,timestamp(millisecond)"`
	First    *int32   `parquet:"first,date"`
	Hidden   string   `parquet:"-"`
}

// many are n rows, the same each time. Every second has values where the others
// have NULL.
func many(n int) iter.Seq2[row, error] {
	return func(yield func(row, error) bool) {
		channels := []string{"dark_social", "social", "search", "direct", "größer als €"}
		for i := range n {
			r := row{
				Hour: 1763596800000 + int64(i)*3600_000, Day: 20412 + int32(i%366), Page: fmt.Sprintf("/artikel/%d", i*7919%100_003),
				Channel: channels[i%len(channels)], Arrivals: int64(i) << 20, Rank: -int32(i), Complete: i%3 == 0, Low: float64(i) / 8,
			}
			if i%2 == 1 {
				r.Title, r.Visitors, r.Clicks, r.Known = new(fmt.Sprintf("Titel %d", i%50)), new(int64(i)), new(int32(i)), new(i%4 == 1)
				r.High, r.Shared, r.First = new(float64(i)/2), new(r.Hour+1), new(r.Day+1)
			}
			if !yield(r, nil) {
				return
			}
		}
	}
}

func boxed[T any](rows iter.Seq2[T, error]) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		for r, err := range rows {
			if !yield(r, err) {
				return
			}
		}
	}
}

func written(t testing.TB, n int) []byte {
	t.Helper()
	var file bytes.Buffer
	done, err := parquetfile.Write(&file, many(n))
	require.NoError(t, err)
	require.EqualValues(t, n, done)
	return file.Bytes()
}

func TestReadGivesWhatWasWritten(t *testing.T) {
	// Around a batch of 256 rows and a group of 65536, and several groups.
	for _, n := range []int{0, 1, 255, 256, 257, 65536, 65537, 140_000} {
		file := written(t, n)
		next, stop := iter.Pull2(many(n))
		var kept []row
		i := 0
		for got, err := range parquetfile.Read[row](bytes.NewReader(file), int64(len(file))) {
			require.NoError(t, err)
			want, _, ok := next()
			require.True(t, ok, "more rows than were written")
			if i%997 == 0 {
				kept = append(kept, got)
			}
			if !same(want, got) {
				require.Equal(t, want, got, "row %d of %d", i, n)
			}
			i++
		}
		stop()
		require.Equal(t, n, i)
		// A row stays what it was after others were read.
		i = 0
		for want := range many(n) {
			if i%997 == 0 {
				require.Equal(t, want, kept[i/997])
			}
			i++
		}
	}
}

// same is a quick look; whether rows are equal is for require to say.
func same(a, b row) bool {
	return a.Page == b.Page && a.Channel == b.Channel && a.Arrivals == b.Arrivals && (a.Title == nil) == (b.Title == nil) &&
		(a.Title == nil || *a.Title == *b.Title && *a.Visitors == *b.Visitors && *a.Shared == *b.Shared)
}

func TestReadStopsWhenAsked(t *testing.T) {
	file := written(t, 1000)
	seen := 0
	for _, err := range parquetfile.Read[row](bytes.NewReader(file), int64(len(file))) {
		require.NoError(t, err)
		if seen++; seen == 300 {
			break
		}
	}
	assert.Equal(t, 300, seen)
}

// TestReadOtherColumns reads a file of yesterday's struct: columns come and go.
func TestReadOtherColumns(t *testing.T) {
	type other struct {
		Channel string  `parquet:"channel,dict"`
		New     int64   `parquet:"new"`
		Newer   *string `parquet:"newer"`
		Page    string  `parquet:"page,dict"`
	}
	file := written(t, 3)
	got := collect[other](t, file)
	assert.Equal(t, []other{
		{Channel: "dark_social", Page: "/artikel/0"}, {Channel: "social", Page: "/artikel/7919"}, {Channel: "search", Page: "/artikel/15838"},
	}, got)
}

func TestReadRefuses(t *testing.T) {
	file := written(t, 1000)
	half := slices.Concat(file[:len(file)/2], file[len(file)/2+100:])
	changed := slices.Clone(file)
	changed[500] ^= 1 // well within the first page, which has a checksum
	for name, content := range map[string][]byte{
		"a bit of a page is another": changed, "nothing": nil, "text": []byte("this is not a Parquet file, but a text"), "no end": file[:len(file)-1],
		"no start": file[1:], "bytes are missing in it": half,
	} {
		t.Run(name, func(t *testing.T) {
			assert.Error(t, readAll[row](content))
		})
	}
	t.Run("a column of another type", func(t *testing.T) {
		type number struct {
			Page int64 `parquet:"page"`
		}
		assert.ErrorContains(t, readAll[number](file), "column page is STRING in the file, not INT(64,true)")
		type date struct {
			Rank int32 `parquet:"rank,date"`
		}
		assert.ErrorContains(t, readAll[date](file), "column rank is INT(32,true) in the file, not DATE")
	})
	t.Run("no struct", func(t *testing.T) {
		assert.Error(t, readAll[int](file))
	})
	t.Run("cannot be read", func(t *testing.T) {
		for _, err := range parquetfile.Read[row](fails{}, int64(len(file))) {
			assert.ErrorIs(t, err, errBroken)
		}
	})
}

var errBroken = errors.New("broken")

type fails struct{}

func (fails) ReadAt([]byte, int64) (int, error) { return 0, errBroken }
func (fails) Write([]byte) (int, error)         { return 0, errBroken }

func TestWriteRowsIsWrite(t *testing.T) {
	const n = 70_000 // more than a group
	want := written(t, n)
	pointers := func(yield func(any, error) bool) {
		for r := range many(n) {
			if !yield(&r, nil) {
				return
			}
		}
	}
	for name, tt := range map[string]struct {
		sample any
		rows   iter.Seq2[any, error]
	}{
		"values": {row{}, boxed(many(n))}, "a pointer as sample": {&row{}, boxed(many(n))},
		"no more than a type as sample": {(*row)(nil), boxed(many(n))}, "pointers": {row{}, pointers},
	} {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			done, err := parquetfile.WriteRows(&got, tt.sample, tt.rows)
			require.NoError(t, err)
			assert.EqualValues(t, n, done)
			assert.True(t, bytes.Equal(want, got.Bytes()), "other bytes")
		})
	}
}

func TestWriteRowsRefuses(t *testing.T) {
	one := func(r any) iter.Seq2[any, error] {
		return func(yield func(any, error) bool) { yield(r, nil) }
	}
	type otherRow row
	for name, r := range map[string]any{
		"nil": nil, "a nil pointer": (*row)(nil), "another struct": otherRow{}, "a number": 1, "a map": map[string]any{"page": "/"},
	} {
		_, err := parquetfile.WriteRows(io.Discard, row{}, one(r))
		assert.ErrorContains(t, err, "not a parquetfile_test.row", name)
	}
	type unknownTag struct {
		Page string `parquet:"page,date"`
	}
	type noColumn struct {
		Page string `parquet:"-"`
	}
	type twice struct {
		Page string `parquet:"page"`
		Path string `parquet:"page"`
	}
	type list struct {
		Pages []string `parquet:"pages,list"`
	}
	type repeated struct {
		Pages []string `parquet:"pages"`
	}
	type nested struct {
		Page struct{ Title string } `parquet:"page"`
	}
	for _, sample := range []any{nil, 1, []row{}, unknownTag{}, noColumn{}, twice{}, list{}, repeated{}, nested{}} {
		_, err := parquetfile.WriteRows(io.Discard, sample, one(sample))
		assert.Error(t, err, "%T", sample)
	}
	_, err := parquetfile.Write(io.Discard, func(func(int, error) bool) {})
	assert.Error(t, err)
}

// TestAnErrorEndsIt has the rows fail on the way, and what is written to.
func TestAnErrorEndsIt(t *testing.T) {
	for _, at := range []int{0, 1, 1000, 70_000} {
		failing := func(yield func(row, error) bool) {
			i := 0
			for r := range many(at + 10) {
				var err error
				if i++; i > at {
					err = errBroken
				}
				if !yield(r, err) {
					return
				}
				require.LessOrEqual(t, i, at, "rows are asked for after an error")
			}
		}
		var file bytes.Buffer
		n, err := parquetfile.Write(&file, failing)
		require.ErrorIs(t, err, errBroken)
		assert.LessOrEqual(t, n, int64(at))
		assert.Error(t, readAll[row](file.Bytes()), "half a file is none")

		_, err = parquetfile.WriteRows(io.Discard, row{}, boxed(failing))
		require.ErrorIs(t, err, errBroken)
	}
	_, err := parquetfile.Write(fails{}, many(10))
	require.ErrorIs(t, err, errBroken)
	_, err = parquetfile.Write(fails{}, many(100_000))
	require.ErrorIs(t, err, errBroken)
}

// TestSameBytes writes the same rows in other processes, on one core and on many,
// after other rows and at once with others.
func TestSameBytes(t *testing.T) {
	const n = 70_000 // more than a group
	sum := func(file []byte) string {
		s := sha256.Sum256(file)
		return hex.EncodeToString(s[:])
	}
	if os.Getenv("PARQUETFILE_TEST_WRITE") != "" {
		fmt.Println("sum", sum(written(t, n)), runtime.GOMAXPROCS(0))
		return
	}
	want := sum(written(t, n))
	written(t, 1234)
	assert.Equal(t, want, sum(written(t, n)), "a second time")

	at := make(chan string)
	for range 3 {
		go func() {
			var file bytes.Buffer
			_, err := parquetfile.Write(&file, many(n))
			assert.NoError(t, err)
			at <- sum(file.Bytes())
		}()
	}
	for range 3 {
		assert.Equal(t, want, <-at, "many at once")
	}
	for _, cores := range []string{"1", "2", "8"} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSameBytes$", "-test.v")
		cmd.Env = append(os.Environ(), "PARQUETFILE_TEST_WRITE=1", "GOMAXPROCS="+cores)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		assert.Contains(t, string(out), "sum "+want+" "+cores+"\n")
	}
}

func TestNothingOfTheMachine(t *testing.T) {
	file := string(written(t, 10))
	assert.Contains(t, file, "darksocial version 1(build 0)")
	for _, word := range []string{"parquet-go", "go1.", "2026", "2025"} {
		assert.NotContains(t, file, word)
	}
}

func collect[T any](t *testing.T, file []byte) (rows []T) {
	t.Helper()
	for r, err := range parquetfile.Read[T](bytes.NewReader(file), int64(len(file))) {
		require.NoError(t, err)
		rows = append(rows, r)
	}
	return rows
}

func readAll[T any](file []byte) error {
	for _, err := range parquetfile.Read[T](strings.NewReader(string(file)), int64(len(file))) {
		if err != nil {
			return err
		}
	}
	return nil
}
