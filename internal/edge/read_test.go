package edge

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

// now is the clock of all tests: a day after the lines in them.
func now() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

// readAll reads an input to its end. It keeps lines beyond the call of Next, so
// it copies them.
func readAll(t testing.TB, input string, opt Options) (lines []Line, end error) {
	t.Helper()
	if opt.Now == nil {
		opt.Now = now
	}
	r, err := NewReader(strings.NewReader(input), "test.log", opt)
	require.NoError(t, err)
	var line Line
	for r.Next(&line) {
		lines = append(lines, kept(line))
	}
	assert.False(t, r.Next(&line), "Next after the end")
	return lines, r.Err()
}

// readOne reads an input that is one line, apart from directives.
func readOne(t testing.TB, input string, opt Options) Line {
	t.Helper()
	lines, err := readAll(t, input, opt)
	require.NoError(t, err)
	require.Len(t, lines, 1)
	return lines[0]
}

func kept(line Line) Line {
	line.ID = strings.Clone(line.ID)
	line.Visit = keptVisit(line.Visit)
	return line
}

func keptVisit(v darksocial.Visit) darksocial.Visit {
	h := &v.Headers
	for _, s := range []*string{
		&v.ID, &v.Host, &v.Path, &v.Query, &v.Referer, &v.UserAgent, &v.Country, &v.Method, &v.ContentType,
		&h.RequestedWith, &h.FetchSite, &h.FetchMode, &h.FetchDest, &h.Purpose,
		&h.Brands, &h.Mobile, &h.Platform, &h.GPC, &h.DNT,
	} {
		*s = strings.Clone(*s)
	}
	return v
}

// logEscape writes a value the way CloudFront does: escaped are ASCII 0-32,
// 127 and above, and a handful of others. "-" stands for an empty value. It is
// written from the documentation and shares nothing with decode.go.
func logEscape(s string) string {
	if s == "" {
		return "-"
	}
	return escapeIf(s, func(c byte) bool {
		return c <= 32 || c >= 127 || strings.IndexByte("<>\"#%{}|\\^~[]`'", c) >= 0
	})
}

// componentEscape is JavaScript's encodeURIComponent.
func componentEscape(s string) string {
	return escapeIf(s, func(c byte) bool {
		return !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-_.!~*'()", c) >= 0)
	})
}

func escapeIf(s string, escape func(byte) bool) string {
	var b strings.Builder
	for i := range len(s) {
		if escape(s[i]) {
			b.WriteByte('%')
			b.WriteByte("0123456789ABCDEF"[s[i]>>4])
			b.WriteByte("0123456789ABCDEF"[s[i]&15])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
