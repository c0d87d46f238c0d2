package edge

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"math/rand"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/edge/edgetest"
)

var asNDJSON = Options{Format: NDJSON}

func TestOptions(t *testing.T) {
	tests := []struct {
		name    string
		opt     Options
		wantErr string // "" = fine
	}{
		{"ndjson", Options{Format: NDJSON}, ""},
		{"cloudfront", Options{Format: CloudFront}, ""},
		{"combined", Options{Format: Combined}, ""},
		{"real-time", Options{Format: CloudFrontRealtime, Fields: realtimeFields}, ""},
		{"real-time with new columns", Options{Format: CloudFrontRealtime, Fields: []string{"timestamp", "cs-uri-stem", "cs-something-new"}}, ""},
		{"no format", Options{}, "use one of cloudfront, cloudfront-realtime, combined, json, ndjson"},
		{"unknown format", Options{Format: "csv"}, `unknown format "csv"`},
		{"real-time without columns", Options{Format: CloudFrontRealtime}, "give them in the order of the log"},
		{"real-time without a path", Options{Format: CloudFrontRealtime, Fields: []string{"timestamp", "cs-host"}}, "no cs-uri-stem"},
		{"column twice", Options{Format: CloudFrontRealtime, Fields: []string{"timestamp", "cs-uri-stem", "CS_URI_STEM"}}, "named twice"},
		{"column without name", Options{Format: CloudFrontRealtime, Fields: []string{"timestamp", " ", "cs-uri-stem"}}, "column 2"},
		{"json", Options{Format: JSON, FieldMap: fieldMap(t, `"nginx"`)}, ""},
		{"json without a map", Options{Format: JSON}, `name them in the site file's "log_fields"`},
		{"json with an empty map", Options{Format: JSON, FieldMap: &darksocial.FieldMap{}}, `edge: log_fields: no key for "time"`},
		{"columns in one string", Options{Format: CloudFrontRealtime, Fields: []string{"timestamp,cs-uri-stem"}}, "several names"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := NewReader(strings.NewReader(""), "x", tt.opt)
			assert.Equal(t, err, tt.opt.Check())
			if tt.wantErr == "" {
				require.NoError(t, err)
				assert.NotNil(t, r)
				return
			}
			assert.ErrorContains(t, err, tt.wantErr)
		})
	}
}

func TestEveryFormatIsListed(t *testing.T) {
	assert.Equal(t, []Format{"ndjson", "cloudfront", "cloudfront-realtime", "combined", "json"}, Formats)
}

// The clock of the machine is the default; without it a reader would panic or
// refuse everything.
func TestDefaultClock(t *testing.T) {
	r, err := NewReader(strings.NewReader(`{"url":"/a","time":"2026-01-01T00:00:00Z"}`+"\n"), "x", asNDJSON)
	require.NoError(t, err)
	var line Line
	require.True(t, r.Next(&line))
	assert.NoError(t, line.Err)
}

func TestLines(t *testing.T) {
	const good = `{"id":"1","url":"https://www.example.com/a"}`
	tests := []struct {
		name  string
		input string
		want  []string // by line, the id or "!" and part of the error
	}{
		{"empty input", "", nil},
		{"one line", good + "\n", []string{"1"}},
		{"no line end at the end", good, []string{"1"}},
		{"CRLF", good + "\r\n" + good + "\r\n", []string{"1", "1"}},
		{"byte order mark", "\ufeff" + good + "\n", []string{"1"}},
		{"nothing but a byte order mark", "\ufeff", nil},
		{"empty line", good + "\n\n" + good + "\n", []string{"1", "!empty line: remove it", "1"}},
		{"empty line, CRLF", "\r\n" + good, []string{"!empty line", "1"}},
		{"one line end", "\n", []string{"!empty line"}},
		{"NUL", "\x00\x00\n" + good + "\n", []string{"!not JSON", "1"}},
		{"not UTF-8", "\xff\xfe\n" + good + "\n", []string{"!not JSON", "1"}},
		{"a bad line costs only itself", good + "\nnonsense\n" + good + "\n", []string{"1", "!not JSON", "1"}},
		{"1 MiB line", good + "\n" + strings.Repeat("x", 1<<20) + "\n" + good + "\n", []string{"1", "!longer than 256 KiB", "1"}},
		{"1 MiB line at the end", good + "\n" + strings.Repeat("x", 1<<20), []string{"1", "!longer than 256 KiB"}},
		{"3 MiB line at the end", strings.Repeat("x", 3<<20), []string{"!longer than 256 KiB"}},
		{"exactly the buffer", strings.Repeat("x", bufferSize) + "\n" + good, []string{"!longer than 256 KiB", "1"}},
		{"just too long", strings.Repeat("x", MaxLine+1) + "\n" + good, []string{"!longer than 256 KiB", "1"}},
		{"just short enough", pad(good, MaxLine) + "\n" + good, []string{"1", "1"}},
		{"just short enough, CRLF", pad(good, MaxLine) + "\r\n" + good, []string{"1", "1"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines, err := readAll(t, tt.input, asNDJSON)
			require.NoError(t, err)
			checkLines(t, tt.want, lines)
			for i, line := range lines {
				assert.Equal(t, i+1, line.Number)
			}
		})
	}
}

func checkLines(t *testing.T, want []string, lines []Line) {
	t.Helper()
	require.Len(t, lines, len(want))
	for i, line := range lines {
		if text, bad := strings.CutPrefix(want[i], "!"); bad {
			assert.ErrorContains(t, line.Err, text)
			assert.Zero(t, line.Visit, "a visit that could not be read")
			continue
		}
		require.NoError(t, line.Err)
		assert.Equal(t, want[i], line.ID)
	}
}

func pad(s string, length int) string { return s + strings.Repeat(" ", length-len(s)) }

// The size of the chunks a reader delivers must not show.
func TestSmallReads(t *testing.T) {
	var file strings.Builder
	for _, row := range edgetest.Visits {
		file.WriteString(ndjsonLine(row.Visit) + "\n")
	}
	r, err := NewReader(iotest.OneByteReader(strings.NewReader(file.String())), "x", Options{Format: NDJSON, Now: now})
	require.NoError(t, err)
	var line Line
	for _, row := range edgetest.Visits {
		require.True(t, r.Next(&line))
		require.NoError(t, line.Err)
		assert.Equal(t, row.Visit, line.Visit)
	}
	assert.False(t, r.Next(&line))
	assert.NoError(t, r.Err())
}

func TestErrorsNameFileAndLine(t *testing.T) {
	lines, err := readAll(t, "#Fields: cs-uri-stem\n/a\nb\n", Options{Format: CloudFront})
	require.NoError(t, err)
	require.Len(t, lines, 2)
	assert.Equal(t, 2, lines[0].Number, "directives are lines, too")
	assert.EqualError(t, lines[1].Err, "test.log:3: cs-uri-stem does not start with /: check the columns")
}

// Logs hold addresses and names; an error goes to places that must not.
func TestErrorsDoNotQuoteTheLine(t *testing.T) {
	for _, opt := range []Options{
		{Format: NDJSON}, {Format: Combined}, {Format: CloudFront},
		{Format: CloudFrontRealtime, Fields: realtimeFields},
		{Format: CloudFront, Fields: []string{"date", "time", "cs-uri-stem"}},
		{Format: JSON, FieldMap: fieldMap(t, `{"time":"time","url":"url","id":"192"}`)},
	} {
		for _, input := range []string{
			"192.0.2.99", `{"url":192.0.2.99}`, `{"url":"192.0.2.99"}`, `{"192.0.2.99":`, `{"url":"/","time":"192.0.2.99"}`, `{"url":["192.0.2.99"]}`,
			`192.0.2.99 - - [23/Nov/2026:14:52:00 +0000] "192.0.2.99" 200 1`, `192.0.2.99 - - [23/Nov/2026:14:52:00 +0000] "GET /" 192.0.2.99 1`,
			"192.0.2.99\t192.0.2.99\t192.0.2.99", "2026-11-23\t192.0.2.99\t/",
		} {
			line := readOne(t, input, opt)
			require.Error(t, line.Err, input)
			assert.NotContains(t, line.Err.Error(), "192.0.2.99")
		}
	}
}

func TestDates(t *testing.T) {
	tests := []struct {
		time    string
		wantErr string // "" = fine
	}{
		{"1970-01-01T00:00:00Z", "dated 1970-01-01T00:00:00Z: check the clock that wrote it"},
		{"1994-12-31T23:59:59Z", "dated 1994-12-31"},
		{"1995-01-01T00:00:00Z", ""},
		{now().Format(time.RFC3339), ""},
		{now().Add(24 * time.Hour).Format(time.RFC3339), ""},
		{now().Add(24*time.Hour + time.Second).Format(time.RFC3339), "dated 2026-11-25T12:00:01Z"},
		{"2100-01-01T00:00:00Z", "dated 2100-01-01"},
	}
	for _, tt := range tests {
		t.Run(tt.time, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339, tt.time)
			require.NoError(t, err)
			for format, line := range map[Format]string{
				NDJSON:     `{"url":"/a","time":"` + tt.time + `"}`,
				Combined:   `192.0.2.1 - - [` + at.Format("02/Jan/2006:15:04:05 -0700") + `] "GET /a HTTP/1.1" 200 1`,
				CloudFront: "#Fields: date time cs-uri-stem\n" + at.Format("2006-01-02\t15:04:05") + "\t/a",
			} {
				got := readOne(t, line, Options{Format: format})
				if tt.wantErr != "" {
					assert.ErrorContains(t, got.Err, tt.wantErr, format)
					continue
				}
				require.NoError(t, got.Err, format)
				assert.Equal(t, at.UTC(), got.Visit.Time, format)
			}
		})
	}
}

// A reader that lives for days must not refuse the lines of today.
func TestClockMovesOn(t *testing.T) {
	at := now()
	r, err := NewReader(strings.NewReader(strings.Repeat(`{"url":"/a","time":"2026-11-30T00:00:00Z"}`+"\n", 2)), "x",
		Options{Format: NDJSON, Now: func() time.Time { return at }})
	require.NoError(t, err)
	var line Line
	require.True(t, r.Next(&line))
	assert.ErrorContains(t, line.Err, "dated 2026-11-30")
	at = at.Add(7 * 24 * time.Hour)
	require.True(t, r.Next(&line))
	assert.NoError(t, line.Err)
}

// What a decoder keeps from line to line must not lie in the buffer. Here each
// buffer is full of the next day, so where the last date was, there is now the
// one to compare it with.
func TestDatesAcrossBuffers(t *testing.T) {
	const perDay = bufferSize / 64
	const lines = 5 * perDay
	day := func(i int) time.Time { return now().AddDate(0, 0, i/perDay-30).Truncate(24 * time.Hour) }
	var clf, w3c strings.Builder
	for i := range lines {
		clf.WriteString(pad(`192.0.2.1 - - [`+day(i).Format("02/Jan/2006:15:04:05 -0700")+`] "GET /" 200 1`, 63) + "\n")
		w3c.WriteString(pad(day(i).Format("2006-01-02\t15:04:05\t/\t-"), 63) + "\n")
	}
	for format, text := range map[Format]string{Combined: clf.String(), CloudFront: w3c.String()} {
		r, err := NewReader(strings.NewReader(text), "x", Options{Format: format, Fields: strings.Fields("date time cs-uri-stem x"), Now: now})
		require.NoError(t, err)
		var line Line
		for i := range lines {
			require.True(t, r.Next(&line))
			require.NoError(t, line.Err)
			require.Equal(t, day(i), line.Visit.Time, "%s, line %d", format, i+1)
		}
	}
}

func gzipped(parts ...string) string {
	var b bytes.Buffer
	for _, part := range parts {
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte(part))
		_ = z.Close()
	}
	return b.String()
}

func TestGzip(t *testing.T) {
	const one, two = `{"id":"1","url":"/a"}` + "\n", `{"id":"2","url":"/b"}` + "\n"
	tests := []struct {
		name    string
		input   string
		want    []string
		wantErr string
	}{
		{"one member", gzipped(one + two), []string{"1", "2"}, ""},
		{"several members", gzipped(one, two, one), []string{"1", "2", "1"}, ""},
		{"a line across members", gzipped(one[:9], one[9:]+two), []string{"1", "2"}, ""},
		{"empty member", gzipped(""), nil, ""},
		{"byte order mark inside", gzipped("\ufeff" + one), []string{"1"}, ""},
		{"nothing but the magic number", "\x1f\x8b", nil, "test.log:1: gzip ends early"},
		{"header damaged", "\x1f\x8bnonsense, and no gzip", nil, "test.log:1: gzip is damaged"},
		{"second member damaged", gzipped(one, two) + "tail", []string{"1", "2"}, "test.log:3: gzip"},
		{"checksum wrong", strings.TrimSuffix(gzipped(one), "\x00") + "\x01", []string{"1"}, "test.log:2: gzip is damaged"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines, err := readAll(t, tt.input, asNDJSON)
			if tt.wantErr == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, tt.wantErr)
			}
			checkLines(t, tt.want, lines)
		})
	}
}

// What was whole before the cut is read; the half line at the cut is not taken
// for a line.
func TestTruncatedGzip(t *testing.T) {
	var file strings.Builder
	noise := rand.New(rand.NewSource(1))
	for range 5000 {
		path := make([]byte, 60)
		for i := range path {
			path[i] = byte('a' + noise.Intn(26))
		}
		file.WriteString(`{"url":"/` + string(path) + `"}` + "\n")
	}
	whole := gzipped(file.String())
	lines, err := readAll(t, whole[:len(whole)/2], asNDJSON)

	assert.Greater(t, len(lines), 1000)
	assert.Less(t, len(lines), 5000)
	for _, line := range lines {
		require.NoError(t, line.Err)
		require.Len(t, line.Visit.Path, 61)
	}
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	assert.Regexp(t, `^test\.log:\d+: gzip ends early: the lines before were read, fetch the file again`, err.Error())
}

func TestReadError(t *testing.T) {
	broken := io.MultiReader(strings.NewReader(`{"url":"/a"}`+"\n"+`{"url":"/ha`), iotest.ErrReader(errors.New("connection lost")))
	r, err := NewReader(broken, "stdin", asNDJSON)
	require.NoError(t, err)
	var line Line
	require.True(t, r.Next(&line))
	require.NoError(t, line.Err)
	assert.NoError(t, r.Err(), "not yet")
	assert.False(t, r.Next(&line))
	assert.EqualError(t, r.Err(), "stdin:2: connection lost")
	assert.False(t, r.Next(&line))
}

// A line of any length is skipped in the buffer there is.
func TestMemoryIsFlat(t *testing.T) {
	const good = `{"url":"/a"}` + "\n"
	long := io.LimitReader(forever('x'), 64<<20)
	r, err := NewReader(io.MultiReader(strings.NewReader(good), long, strings.NewReader("\n"+good)), "x", asNDJSON)
	require.NoError(t, err)

	var line Line
	require.True(t, r.Next(&line))
	require.NoError(t, line.Err)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	require.True(t, r.Next(&line))
	require.ErrorContains(t, line.Err, "longer than")
	require.True(t, r.Next(&line))
	require.NoError(t, line.Err)
	runtime.ReadMemStats(&after)

	assert.Equal(t, bufferSize, r.in.Size())
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20), "bytes allocated while 64 MiB passed")
}

type forever byte

func (f forever) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(f)
	}
	return len(p), nil
}

// The promise of the benchmarks, as a test.
func TestTextLogsAllocateNothing(t *testing.T) {
	for _, d := range doors {
		if d.opt.Format == NDJSON || strings.Contains(d.name, "JSON") {
			continue
		}
		t.Run(d.name, func(t *testing.T) {
			var file strings.Builder
			for _, row := range edgetest.Visits {
				file.WriteString(d.write(row.Visit) + "\n")
			}
			opt := d.opt
			if names, ok := strings.CutPrefix(d.header, "#"); ok {
				_, names, _ = strings.Cut(names, "Fields: ")
				opt.Fields = strings.Fields(names)
			}
			r, err := NewReader(&repeated{text: file.String()}, "x", opt)
			require.NoError(t, err)
			var line Line
			for range 2 * len(edgetest.Visits) { // until the scratch is as large as it gets
				require.True(t, r.Next(&line))
			}
			assert.Zero(t, testing.AllocsPerRun(10*len(edgetest.Visits), func() { r.Next(&line) }))
			assert.NoError(t, line.Err)
		})
	}
}

// A line leaves nothing behind in the Line it is read into.
func TestLineIsFilledAnew(t *testing.T) {
	r, err := NewReader(strings.NewReader("bad\n"+`{"url":"/b"}`), "x", asNDJSON)
	require.NoError(t, err)
	line := Line{ID: "old", Visit: darksocial.Visit{ID: "old", Country: "DE", Headers: darksocial.Headers{DNT: "1"}}}
	require.True(t, r.Next(&line))
	assert.Empty(t, line.ID)
	assert.Zero(t, line.Visit)
	require.True(t, r.Next(&line))
	assert.Equal(t, Line{Number: 2, Visit: darksocial.Visit{Path: "/b", Sees: darksocial.SeesReferer}}, line)
}
