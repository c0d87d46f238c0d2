package edge

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/edge/edgetest"
)

func FuzzCloudFront(f *testing.F) {
	fuzz(f, Options{Format: CloudFront},
		"", "\n", "#", "#Fields:", "#Fields: cs-uri-stem\n/a\n\n/b", "#Fields: date time cs-uri-stem cs(User-Agent)\r\n2026-11-23\t14:52:00\t/a%2\tx%20%\r\n",
		"#Fields: cs-uri-stem cs-uri-query\n/a b\n/%25%00 %\n", "#Fields: cs-uri-stem\n"+`{"cs-uri-stem":"/a"}`)
}

func FuzzCloudFrontJSON(f *testing.F) {
	fuzz(f, Options{Format: CloudFront},
		`{}`, `{"cs-uri-stem":"/a?%25","timestamp(ms)":"1795445520000","cs(User-Agent)":"a%2520b"}`,
		`{"cs-uri-stem":"/a","timestamp":1e400}`, `{"cs-uri-stem":"/a","CS_URI_STEM":"/b","sc-status":-1}`, ` {`)
}

func FuzzRealtime(f *testing.F) {
	fuzz(f, Options{Format: CloudFrontRealtime, Fields: strings.Fields("timestamp cs-uri-stem cs-user-agent cs-headers cs-header-names cs-headers-count")},
		"1795445520.1\t/a?b\tx%20y\thost:a%0Adnt:1%0A\tcookie%0A\t3", "-\t/\t-\t%0A%0A:%0a%\t%\t99999999999")
	f.Add([]byte(realtimeLine(edgetest.Visits[0].Visit, true)))
	f.Add([]byte(realtimeLine(edgetest.Visits[0].Visit, false)))
}

func FuzzCombined(f *testing.F) {
	fuzz(f, Options{Format: Combined},
		`192.0.2.1 - - [23/Nov/2026:14:52:00 +0000] "GET http://x/ HTTP/1.1" 200 1 "\x" "\`, `a b c d [23/Nov/2026:14:52:00 +0000] "OPTIONS * HTTP/1.0" - -`,
		`[[[//////////://////////////////]`)
}

func FuzzNDJSON(f *testing.F) {
	fuzz(f, Options{Format: NDJSON},
		`{"id":1,"url":"//","time":1e9}`, `{"id":"x","url":"http://a@b:c?d#e","headers":{"a":["b"],"DNT":null}}`, `{"id":{"id":[`, `[`, `{"time":-1.5e-3,"url":"/"}`)
}

// FuzzJSON reads with a map that has everything: keys at the top and below,
// encoded values, an id of two keys.
func FuzzJSON(f *testing.F) {
	fuzz(f, Options{Format: JSON, Host: "www.example.com", FieldMap: fieldMap(f, `{"preset":"akamai","headers.dnt":"RequestHeaders.dnt","headers.sec-fetch-site":"request.headers.Sec-Fetch-Site"}`)},
		`{"reqTimeSec":"1795445520.1","reqHost":"A:1","reqPath":"//a?b","queryStr":"?c","UA":"a+b%2F","referer":"https%3A%2F%2F"}`,
		`{"reqTimeSec":1.795445520e18,"reqHost":"-","reqPath":"*","reqId":7,"RequestHeaders":{"dnt":["1"]}}`,
		`{"reqTimeSec":"2026-11-23T14:52:00+0100","reqHost":["x"],"reqPath":"\u002f\ud83c\ud83c","UA":null,"UA":{}}`, `{"reqTimeSec":[[]],"reqId":"7`)
}

// fuzz runs a format over any input: the decoder must not panic, must give one
// Line for each line that is no directive, and must name the line in errors.
// The seeds are the given ones and the whole door table in that format.
func fuzz(f *testing.F, opt Options, seeds ...string) {
	opt.Now = now
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	for _, d := range doors {
		if d.opt.Format != opt.Format {
			continue
		}
		for _, row := range edgetest.Visits {
			f.Add([]byte(d.header + d.write(row.Visit) + "\n"))
		}
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		text := string(input)
		lines, err := readAll(t, text, opt)
		if strings.HasPrefix(text, "\x1f\x8b") {
			return // the number of lines is that of what is inside
		}
		require.NoError(t, err)

		want := linesOf(text, opt.Format)
		require.Len(t, lines, len(want))
		for i, line := range lines {
			require.Equal(t, want[i], line.Number)
			if line.Err != nil {
				require.Regexp(t, `^test\.log:`+strconv.Itoa(line.Number)+`: \S.* .*\S`, line.Err.Error())
				require.Zero(t, line.Visit)
				continue
			}
			checkVisit(t, line)
		}

		again, _ := readAll(t, text, opt)
		assert.Equal(t, lines, again, "reading twice")
	})
}

// linesOf numbers the lines a reader must give, found in the plainest way.
func linesOf(text string, format Format) (numbers []int) {
	lines := strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	for i, line := range lines {
		directive := strings.HasPrefix(line, "#") && len(line) <= MaxLine
		if directive && (format == CloudFront || format == CloudFrontRealtime) {
			continue
		}
		numbers = append(numbers, i+1)
	}
	return numbers
}

func checkVisit(t *testing.T, line Line) {
	v := line.Visit
	require.Equal(t, line.ID, v.ID)
	require.True(t, strings.HasPrefix(v.Path, "/") || v.Path == "*" || v.Method == "CONNECT", "path %q", v.Path)
	for _, url := range []string{v.Path, v.Query, v.Referer} {
		require.False(t, strings.ContainsFunc(url, func(r rune) bool { return r <= ' ' || r >= 0x7f }), "%q is not the way a browser sends a URL", url)
	}
	require.NotContains(t, v.Path, "?")
	if !v.Time.IsZero() {
		require.False(t, v.Time.Year() < 1995 || v.Time.After(now().AddDate(0, 0, 2)), "%s", v.Time)
	}
	require.True(t, v.Referer == "" || v.Sees.Has(darksocial.SeesReferer))
	require.True(t, v.UserAgent == "" || v.Sees.Has(darksocial.SeesUserAgent))
	require.GreaterOrEqual(t, v.Status, 0)
	require.True(t, v.Country == "" || len(v.Country) == 2)
}
