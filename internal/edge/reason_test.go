package edge

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unreadables are the errors of lines that have no word of their own.
var unreadables = []string{"errNotText", "errNotHeaders", "errNotAVisit"}

// TestEachErrorHasOneReason: every error of a line in this package is in exactly
// one group, or known to have none, and no group holds anything else.
func TestEachErrorHasOneReason(t *testing.T) {
	declared, grouped := []string{}, map[string]int{}
	look := func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for _, name := range spec.Names {
			if strings.HasPrefix(name.Name, "err") && name.Name != "err" {
				declared = append(declared, name.Name)
			}
			if name.Name == "reasons" {
				ast.Inspect(spec, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok && strings.HasPrefix(id.Name, "err") && id.Name != "errors" && id.Name != "error" {
						grouped[id.Name]++
					}
					return true
				})
			}
		}
		return true
	}
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(parsed, look)
	}
	require.Greater(t, len(declared), 20, "the errors were not found")
	for _, name := range declared {
		want := 1
		if slices.Contains(unreadables, name) {
			want = 0
		}
		assert.Equal(t, want, grouped[name], "%s stands in so many groups", name)
	}
	for name := range grouped {
		assert.Contains(t, declared, name)
	}
	for _, name := range unreadables {
		assert.Contains(t, declared, name)
	}
	words := map[string]bool{"unreadable": true}
	for _, r := range reasons {
		assert.False(t, words[r.word], "%s twice", r.word)
		words[r.word] = true
		for _, e := range r.errors {
			assert.Equal(t, r.word, Reason(e), e.Error())
			assert.Equal(t, r.word, Reason(fmt.Errorf("a.log:1: dated 1970: %w", e)), "with its place in front")
		}
	}
}

func TestReasonOfOtherErrors(t *testing.T) {
	for _, err := range []error{nil, errors.New("columns"), errNotText} {
		assert.Equal(t, "unreadable", Reason(err))
	}
}

// TestReasons holds, for each word, lines that end with it, in every format that
// can write such a line.
func TestReasons(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC) }
	const fields = "#Fields: date time cs-uri-stem sc-status\n"
	realtime := Options{Format: CloudFrontRealtime, Fields: []string{"timestamp", "cs-uri-stem"}}
	mapped := Options{Format: JSON, FieldMap: fieldMap(t, `{"time":"t","url":"u"}`)}
	combined := func(request string) string {
		return `192.0.2.1 - - [23/Nov/2026:14:52:00 +0000] ` + request
	}
	for _, tt := range []struct {
		word, name string
		options    Options
		lines      string
	}{
		{"columns", "fewer", Options{Format: CloudFront}, fields + "2026-11-23\t14:52:00"},
		{"columns", "more", Options{Format: CloudFront}, fields + "2026-11-23\t14:52:00\t/a\t200\tx"},
		{"columns", "no #Fields", Options{Format: CloudFront}, "2026-11-23\t14:52:00\t/a\t200"},
		{"columns", "no stem", Options{Format: CloudFront}, "#Fields: date time\n2026-11-23\t14:52:00"},
		{"columns", "fewer, in a stream", realtime, "1795445520.000"},
		{"columns", "JSON without a stem", Options{Format: CloudFront}, `{"date":"2026-11-23","time":"14:52:00"}`},
		{"time", "no day", Options{Format: CloudFront}, fields + "2026-02-30\t14:52:00\t/a\t200"},
		{"time", "no time of day", Options{Format: CloudFront}, fields + "2026-11-23\t25:52:00\t/a\t200"},
		{"time", "before there were logs", Options{Format: CloudFront}, fields + "1970-01-01\t00:00:00\t/a\t200"},
		{"time", "in the future", Options{Format: CloudFront}, fields + "2026-11-25\t14:52:00\t/a\t200"},
		{"time", "no timestamp", realtime, "yesterday\t/a"},
		{"time", "milliseconds", Options{Format: NDJSON}, `{"url":"https://example.com/","time":1795445520000}`},
		{"time", "no date in combined", Options{Format: Combined}, `192.0.2.1 - - "GET /a HTTP/1.1" 200 1`},
		{"time", "no zone in combined", Options{Format: Combined}, `192.0.2.1 - - [23/Nov/2026:14:52:00 MEZ01] "GET /a HTTP/1.1" 200 1 "-" "-"`},
		{"time", "no month in combined", Options{Format: Combined}, `192.0.2.1 - - [23/Nox/2026:14:52:00 +0000] "GET /a HTTP/1.1" 200 1 "-" "-"`},
		{"time", "another notation in JSON", Options{Format: NDJSON}, `{"url":"https://example.com/","time":"23.11.2026"}`},
		{"request", "empty stem", Options{Format: CloudFront}, fields + "2026-11-23\t14:52:00\t-\t200"},
		{"request", "no path", Options{Format: CloudFront}, fields + "2026-11-23\t14:52:00\ta\t200"},
		{"request", "not HTTP", Options{Format: Combined}, combined(`"\x16\x03\x01" 400 0 "-" "-"`)},
		{"request", "no request", Options{Format: Combined}, combined("GET /a")},
		{"request", "no status", Options{Format: Combined}, combined(`"GET /a HTTP/1.1"`)},
		{"request", "no path as target", Options{Format: Combined}, combined(`"GET a HTTP/1.1" 400 0 "-" "-"`)},
		{"request", "a control character", Options{Format: Combined}, combined(`"GET /a\x01 HTTP/1.1" 400 0 "-" "-"`)},
		{"request", "no url", Options{Format: NDJSON}, `{"id":"1"}`},
		{"request", "a url that is none", Options{Format: NDJSON}, `{"url":"example.com"}`},
		{"time", "no time in a mapped line", mapped, `{"t":"noon","u":"https://example.com/"}`},
		{"time", "a mapped line in the future", mapped, `{"t":"2027-11-25T14:52:00Z","u":"https://example.com/"}`},
		{"keys", "no key for the time", mapped, `{"u":"https://example.com/"}`},
		{"keys", "an object for the time", mapped, `{"t":{},"u":"https://example.com/"}`},
		{"request", "a mapped url that is empty", mapped, `{"t":1795445520,"u":"-"}`},
		{"time", "a mapped time that is empty", mapped, `{"t":"","u":"/"}`},
		{"request", "a mapped url that is none", mapped, `{"t":1795445520,"u":"example.com"}`},
		{"cut", "half a mapped line", mapped, `{"t":1795445520,"u":"https://exam`},
		{"cut", "text before a mapped line", mapped, `<134>cdn: {"t":1795445520,"u":"/"}`},
		{"cut", "a quote is open", Options{Format: Combined}, combined(`"GET /a HTTP/1.1" 200 1 "https://a.exam`)},
		{"cut", "half a JSON line", Options{Format: NDJSON}, `{"url":"https://exam`},
		{"cut", "half a JSON line of CloudFront", Options{Format: CloudFront}, `{"date":"2026-11-23","ti`},
		{"empty", "empty", Options{Format: NDJSON}, "\n"},
		{"empty", "empty, CRLF", Options{Format: Combined}, "\r\n"},
		{"too_long", "too long", Options{Format: NDJSON}, strings.Repeat("x", MaxLine+1)},
		{"unreadable", "a list", Options{Format: NDJSON}, "[]"},
		{"unreadable", "an object as url", Options{Format: NDJSON}, `{"url":{}}`},
		{"unreadable", "a list of headers", Options{Format: NDJSON}, `{"url":"https://example.com/","headers":[]}`},
	} {
		t.Run(tt.word+"/"+tt.name, func(t *testing.T) {
			tt.options.Now = now
			r, err := NewReader(strings.NewReader(tt.lines), "a.log", tt.options)
			require.NoError(t, err)
			var line Line
			require.True(t, r.Next(&line))
			require.Error(t, line.Err)
			assert.Equal(t, tt.word, Reason(line.Err), line.Err.Error())
			assert.False(t, r.Next(&line))
			require.NoError(t, r.Err())
		})
	}
}
