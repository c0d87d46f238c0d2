package edge

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

// clf is how a line begins.
const clf = `192.0.2.1 - - [23/Nov/2026:14:52:00 +0000] `

func TestCombined(t *testing.T) {
	page := darksocial.Visit{Time: at145200, Method: "GET", Host: "www.example.com", Path: "/a", Status: 200, Sees: seesAll2}
	with := func(change func(*darksocial.Visit)) darksocial.Visit {
		v := page
		change(&v)
		return v
	}
	tests := []struct {
		name  string
		input string
		want  darksocial.Visit
	}{
		{"combined", clf + `"GET /a HTTP/1.1" 200 512 "-" "-"`, page},
		{"common", clf + `"GET /a HTTP/1.1" 200 512`, with(func(v *darksocial.Visit) { v.Sees = 0 })},
		{"Referer but no User-Agent", clf + `"GET /a HTTP/1.1" 200 512 "-"`, with(func(v *darksocial.Visit) { v.Sees = darksocial.SeesReferer })},
		{"no bytes", clf + `"GET /a HTTP/1.1" 304 - "-" "-"`, with(func(v *darksocial.Visit) { v.Status = 304 })},
		{"no status", clf + `"GET /a HTTP/1.1" - - "-" "-"`, with(func(v *darksocial.Visit) { v.Status = 0 })},
		{"empty headers", clf + `"GET /a HTTP/1.1" 200 512 "" ""`, page},
		{"more at the end", clf + `"GET /a HTTP/1.1" 200 512 "-" "curl/8" "192.0.2.9" 0.001`, with(func(v *darksocial.Visit) { v.UserAgent = "curl/8" })},
		{"host before", `www.example.net:443 ` + clf + `"GET /a HTTP/1.1" 200 512 "-" "-"`, with(func(v *darksocial.Visit) { v.Host = "www.example.net" })},
		{"host before, no port, upper case", `WWW.example.net ` + clf + `"GET /a HTTP/1.1" 200 512 "-" "-"`, with(func(v *darksocial.Visit) { v.Host = "www.example.net" })},
		{"IPv6 host before", `[2001:db8::1]:443 ` + clf + `"GET /a HTTP/1.1" 200 512 "-" "-"`, with(func(v *darksocial.Visit) { v.Host = "[2001:db8::1]" })},
		{"user name", `192.0.2.1 - jane [23/Nov/2026:14:52:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "-"`, page},
		{"user name with spaces", `192.0.2.1 - jane q doe [23/Nov/2026:14:52:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "-"`, page},
		{"user name with brackets", `192.0.2.1 - [x] [23/Nov/2026:14:52:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "-"`, page},
		{"user name by identd", `192.0.2.1 jane jane [23/Nov/2026:14:52:00 +0000] "GET /a HTTP/1.1" 200 512 "-" "-"`, page},
		{"east of Greenwich", `192.0.2.1 - - [24/Nov/2026:00:22:00 +0930] "GET /a HTTP/1.1" 200 512 "-" "-"`, page},
		{"west of Greenwich", `192.0.2.1 - - [23/Nov/2026:09:52:00 -0500] "GET /a HTTP/1.1" 200 512 "-" "-"`, page},
		{"query", clf + `"GET /a?b=c?d HTTP/2.0" 200 512 "-" "-"`, with(func(v *darksocial.Visit) { v.Query = "b=c?d" })},
		{"HTTP/0.9", clf + `"GET /a" 200 512 "-" "-"`, page},
		{"absolute form", clf + `"GET http://User:pw@WWW.example.org:8080/a?b HTTP/1.1" 200 512 "-" "-"`, with(func(v *darksocial.Visit) { v.Host, v.Query = "www.example.org", "b" })},
		{"absolute form without path", clf + `"GET http://www.example.org HTTP/1.1" 200 512 "-" "-"`, with(func(v *darksocial.Visit) { v.Host, v.Path = "www.example.org", "/" })},
		{"two slashes are a path", clf + `"GET //example.org/a HTTP/1.1" 200 512 "-" "-"`, with(func(v *darksocial.Visit) { v.Path = "//example.org/a" })},
		{"space and bytes in the path", clf + `"GET /a b/\xc3\xbc HTTP/1.1" 200 512 "-" "-"`, with(func(v *darksocial.Visit) { v.Path = "/a%20b/%C3%BC" })},
		{"HTTP/ in the path", clf + `"GET /a HTTP/1.1 HTTP/1.1" 200 512 "-" "-"`, with(func(v *darksocial.Visit) { v.Path = "/a%20HTTP/1.1" })},
		{"server asks itself", clf + `"OPTIONS * HTTP/1.0" 200 126 "-" "Apache (internal dummy connection)"`, with(func(v *darksocial.Visit) {
			v.Method, v.Path, v.UserAgent = "OPTIONS", "*", "Apache (internal dummy connection)"
		})},
		{"tunnel", clf + `"CONNECT www.example.org:443 HTTP/1.1" 405 0 "-" "-"`, with(func(v *darksocial.Visit) { v.Method, v.Path, v.Status = "CONNECT", "", 405 })},
		{"Apache's escapes", clf + `"GET /a HTTP/1.1" 200 512 "-" "a\"b\\c\td\x7f\xC3\xbc\q"`, with(func(v *darksocial.Visit) { v.UserAgent = "a\"b\\c\td\x7füq" })},
		{"nginx's escapes", clf + `"GET /a HTTP/1.1" 200 512 "-" "a\x22b\x5Cc\x"`, with(func(v *darksocial.Visit) { v.UserAgent = `a"b\cx` })},
		{"other escapes of Apache", clf + `"GET /a HTTP/1.1" 200 512 "-" "\b\n\r\v"`, with(func(v *darksocial.Visit) { v.UserAgent = "\b\n\r\v" })},
		{"Referer as it was sent", clf + `"GET /a HTTP/1.1" 200 512 "https://example.org/%C3%A4?q=%26 x" "-"`, with(func(v *darksocial.Visit) { v.Referer = "https://example.org/%C3%A4?q=%26%20x" })},
		{"Referer with raw bytes", clf + `"GET /a HTTP/1.1" 200 512 "http://\xe4\xe5.example/" "-"`, with(func(v *darksocial.Visit) { v.Referer = "http://%E4%E5.example/" })},
		{"bytes that are no UTF-8", clf + "\"GET /a HTTP/1.1\" 200 512 \"-\" \"\xff\"", with(func(v *darksocial.Visit) { v.UserAgent = "\xff" })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := readOne(t, tt.input, Options{Format: Combined, Host: "www.example.com"})
			require.NoError(t, line.Err)
			assert.Equal(t, tt.want, line.Visit)
			assert.Empty(t, line.ID, "the caller numbers them")
		})
	}
}

func TestCombinedBadLines(t *testing.T) {
	tests := []struct{ name, input, wantErr string }{
		{"another format", `{"url":"/a"}`, "no [day/Mon/year:…] in it"},
		{"no date", `192.0.2.1 - - "GET /a HTTP/1.1" 200 512`, "no [day/Mon/year:…] in it"},
		{"cut in the date", `192.0.2.1 - - [23/Nov/2026:14`, "no [day/Mon/year:…] in it"},
		{"no such day", `192.0.2.1 - - [31/Nov/2026:14:52:00 +0000] "GET /a HTTP/1.1" 200 1`, "no such day"},
		{"no such month", `192.0.2.1 - - [23/ovD/2026:14:52:00 +0000] "GET /a HTTP/1.1" 200 1`, "no such day"},
		{"no such time", `192.0.2.1 - - [23/Nov/2026:14:60:00 +0000] "GET /a HTTP/1.1" 200 1`, "not HH:MM:SS"},
		{"no such zone", `192.0.2.1 - - [23/Nov/2026:14:52:00 CEST0] "GET /a HTTP/1.1" 200 1`, "time zone"},
		{"1970", `192.0.2.1 - - [01/Jan/1970:00:00:00 +0000] "GET /a HTTP/1.1" 200 1`, "dated 1970-01-01"},
		{"2100", `192.0.2.1 - - [01/Jan/2100:00:00:00 +0000] "GET /a HTTP/1.1" 200 1`, "dated 2100-01-01"},
		{"nothing after the date", `192.0.2.1 - - [23/Nov/2026:14:52:00 +0000]`, "no quoted request"},
		{"cut in the request", clf + `"GET /a`, "a quote is not closed: the line is cut"},
		{"cut after an escape", clf + `"GET /a\`, "a quote is not closed"},
		{"cut after the request", clf + `"GET /a HTTP/1.1"`, "no status"},
		{"status is a word", clf + `"GET /a HTTP/1.1" OK 1`, "no status"},
		{"cut in the Referer", clf + `"GET /a HTTP/1.1" 200 1 "https://exa`, "a quote is not closed"},
		{"no request", clf + `"-" 408 0 "-" "-"`, "request line is not HTTP"},
		{"TLS", clf + `"\x16\x03\x01\x02\x00\x01" 400 226 "-" "-"`, "request line is not HTTP"},
		{"empty request", clf + `"" 400 226 "-" "-"`, "request line is not HTTP"},
		{"words", clf + `"hello world" 400 226 "-" "-"`, "request line is not HTTP"},
		{"one word", clf + `"GET" 400 226 "-" "-"`, "request line is not HTTP"},
		{"HTTP/0.9 knew only GET", clf + `"POST /a" 400 226 "-" "-"`, "request line is not HTTP"},
		{"no path", clf + `"GET a HTTP/1.1" 400 226 "-" "-"`, "request target is neither a path nor a URL"},
		{"another scheme", clf + `"GET ftp://example.org/a HTTP/1.1" 400 226 "-" "-"`, "request target is neither a path nor a URL"},
		{"no host", clf + `"GET http:///a HTTP/1.1" 400 226 "-" "-"`, "request target is neither a path nor a URL"},
		{"NUL in the path", clf + `"GET /a\x00b HTTP/1.1" 400 226 "-" "-"`, "control character"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := readOne(t, tt.input, Options{Format: Combined})
			assert.ErrorContains(t, line.Err, tt.wantErr)
			assert.Zero(t, line.Visit)
		})
	}
}

func TestCombinedWithoutHost(t *testing.T) {
	line := readOne(t, `192.0.2.1 - - [23/Nov/2026:14:52:00 +0000] "GET /a HTTP/1.1" 200 512`, Options{Format: Combined})
	require.NoError(t, line.Err)
	assert.Empty(t, line.Visit.Host)
	assert.Equal(t, time.UTC, line.Visit.Time.Location())
}

// A server that cuts long lines cuts the last column.
func TestCombinedCutInTheUserAgent(t *testing.T) {
	line := readOne(t, clf+`"GET /a HTTP/1.1" 200 1 "-" "Mozilla/5.0 (compa`, Options{Format: Combined, Now: now})
	require.NoError(t, line.Err)
	assert.Equal(t, "Mozilla/5.0 (compa", line.Visit.UserAgent)
	assert.Equal(t, logSees, line.Visit.Sees)
}
