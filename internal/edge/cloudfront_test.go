package edge

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

const (
	seesAll2 = darksocial.SeesReferer | darksocial.SeesUserAgent
	inLog    = "2026-11-23\t14:52:00"
)

var at145200 = time.Date(2026, 11, 23, 14, 52, 0, 0, time.UTC)

func TestCloudFrontColumns(t *testing.T) {
	tests := []struct {
		name  string
		input string
		want  darksocial.Visit
	}{
		{
			"reordered, with unknown columns",
			"#Fields: cs-uri-stem x-new cs(User-Agent) time date cs(Referer)\n/a\tnew\tcurl/8\t14:52:00\t2026-11-23\thttps://example.org/\n",
			darksocial.Visit{Time: at145200, Path: "/a", UserAgent: "curl/8", Referer: "https://example.org/", Sees: seesAll2},
		},
		{
			"path alone",
			"#Fields: cs-uri-stem\n/a\n",
			darksocial.Visit{Path: "/a"},
		},
		{
			"no Referer column: not known",
			"#Fields: cs-uri-stem cs(User-Agent)\n/a\tcurl/8\n",
			darksocial.Visit{Path: "/a", UserAgent: "curl/8", Sees: darksocial.SeesUserAgent},
		},
		{
			"no User-Agent column: not known",
			"#Fields: cs-uri-stem cs(Referer)\n/a\t-\n",
			darksocial.Visit{Path: "/a", Sees: darksocial.SeesReferer},
		},
		{
			"dashes: not sent",
			"#Fields: date time cs-uri-stem cs-uri-query cs(Referer) cs(User-Agent) x-edge-request-id x-host-header cs(Host) cs-method sc-status sc-content-type c-country\n-\t-\t/-\t-\t-\t-\t-\t-\t-\t-\t-\t-\t-\n",
			darksocial.Visit{Path: "/-", Sees: seesAll2},
		},
		{
			"the viewer's host before the distribution's",
			"#Fields: cs-uri-stem cs(Host) x-host-header\n/a\td111111abcdef8.cloudfront.net\tWWW.Example.com:443\n",
			darksocial.Visit{Path: "/a", Host: "www.example.com"},
		},
		{
			"the distribution's host if there is no other",
			"#Fields: cs-uri-stem cs(Host)\n/a\td111111abcdef8.cloudfront.net\n",
			darksocial.Visit{Path: "/a", Host: "d111111abcdef8.cloudfront.net"},
		},
		{
			"country, media type, status, method, id",
			"#Fields: cs-uri-stem c-country sc-content-type sc-status cs-method x-edge-request-id\n/a\tde\tText/HTML;%20charset=utf-8\t304\tHEAD\tabc==\n",
			darksocial.Visit{ID: "abc==", Path: "/a", Country: "DE", ContentType: "text/html", Status: 304, Method: "HEAD"},
		},
		{
			"media type escaped as a whole",
			"#Fields: cs-uri-stem sc-content-type\n/a\ttext%2Fhtml%3B%20charset=utf-8\n",
			darksocial.Visit{Path: "/a", ContentType: "text/html"},
		},
		{
			"viewer gone before the answer, country odd",
			"#Fields: cs-uri-stem sc-status c-country\n/a\t000\tGermany\n",
			darksocial.Visit{Path: "/a"},
		},
		{
			"spelled like a real-time log, CRLF, tabs in the header",
			"#Version: 1.0\r\n#Fields:\tCS-URI-Stem\tcs_user_agent\tcs-referer\r\n/a\tcurl/8\t-\r\n",
			darksocial.Visit{Path: "/a", UserAgent: "curl/8", Sees: seesAll2},
		},
		{
			"spaces between the values, several at once",
			"#Fields: date time  cs-uri-stem cs(User-Agent)\n2026-11-23 14:52:00   /a curl/8 \n",
			darksocial.Visit{Time: at145200, Path: "/a", UserAgent: "curl/8", Sees: darksocial.SeesUserAgent},
		},
		{
			"one column twice: the first",
			"#Fields: cs-uri-stem cs-uri-stem\n/a\t/b\n",
			darksocial.Visit{Path: "/a"},
		},
		{
			"second header replaces the first",
			"#Fields: date time cs-uri-stem cs(Referer)\n#Version: 1.0\n#Fields: cs(User-Agent) cs-uri-stem\ncurl/8\t/b\n",
			darksocial.Visit{Path: "/b", UserAgent: "curl/8", Sees: darksocial.SeesUserAgent},
		},
		{
			"time stamp of v2",
			"#Fields: timestamp(ms) cs-uri-stem\n1795445520250\t/a\n",
			darksocial.Visit{Time: at145200.Add(250 * time.Millisecond), Path: "/a"},
		},
		{
			"a leap second",
			"#Fields: date time cs-uri-stem\n2016-12-31\t23:59:60\t/a\n",
			darksocial.Visit{Time: time.Date(2017, 1, 1, 0, 0, 0, 0, time.UTC), Path: "/a"},
		},
		{
			"who the visitor is stays in the log",
			"#Fields: c-ip c-port cs(Cookie) x-forwarded-for cs-uri-stem\n192.0.2.1\t50123\tsid=1\t192.0.2.2\t/a\n",
			darksocial.Visit{Path: "/a"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := readOne(t, tt.input, Options{Format: CloudFront})
			require.NoError(t, line.Err)
			assert.Equal(t, tt.want, line.Visit)
			assert.Equal(t, tt.want.ID, line.ID)
		})
	}
}

func TestCloudFrontBadLines(t *testing.T) {
	const header = "#Fields: date time cs-uri-stem\n"
	tests := []struct {
		name  string
		input string
		want  []string
	}{
		{"only directives", "#Version: 1.0\n" + header, nil},
		{"no header", "/a\n/b\n", []string{"!no #Fields line before it", "!no #Fields line before it"}},
		{"header without columns", "#Fields:\n/a\n", []string{"!no #Fields line before it"}},
		{"header too late", "/a\n#Fields: cs-uri-stem\n/b\n", []string{"!no #Fields", ""}},
		{"no path column", "#Fields: date time\n" + inLog + "\n", []string{"!no cs-uri-stem column: add it to the fields of the log"}},
		{"no path", header + inLog + "\t-\n", []string{"!cs-uri-stem is empty"}},
		{"not a path", header + inLog + "\thttps://example.com/\n", []string{"!does not start with /"}},
		{"fewer columns", header + inLog + "\n", []string{"!2 columns where the log names 3: the line is cut"}},
		{"fewer columns, nobody reads the last", "#Fields: cs-uri-stem x-a x-b\n/a\t1\n", []string{"!2 columns where the log names 3"}},
		{"more columns", header + inLog + "\t/a\tx\n", []string{"!4 columns where the log names 3: the line belongs to another #Fields line"}},
		{"no such day", header + "2026-02-30\t14:52:00\t/a\n", []string{"!date is not YYYY-MM-DD"}},
		{"no date", header + "yesterday\t14:52:00\t/a\n", []string{"!date is not YYYY-MM-DD"}},
		{"no such time", header + "2026-11-23\t24:00:00\t/a\n", []string{"!time is not HH:MM:SS"}},
		{"1970", header + "1970-01-01\t00:00:00\t/a\n", []string{"!dated 1970-01-01T00:00:00Z: check the clock"}},
		{"2100", header + "2100-01-01\t00:00:00\t/a\n", []string{"!dated 2100-01-01"}},
		{"a bad date is not remembered", header + "2026-11-xx\t14:52:00\t/a\n2026-11-xx\t14:52:00\t/a\n" + inLog + "\t/a\n", []string{"!date", "!date", ""}},
		{"NUL in the path", header + inLog + "\t/a\x00b\n", []string{"!control character"}},
		{"NUL in the query", "#Fields: cs-uri-stem cs-uri-query\n/a\tx\x00\n", []string{"!control character"}},
		{"NUL elsewhere", "#Fields: cs-uri-stem cs(User-Agent)\n/a\t\x00\xff\n", []string{""}},
		{"spaces", "#Fields: cs-uri-stem x\n   \n", []string{"!1 columns where the log names 2"}},
		{"blanks", "#Fields: cs-uri-stem\n \t \n", []string{"!2 columns where the log names 1"}},
		{"empty line", header + "\n" + inLog + "\t/a\n", []string{"!empty line", ""}},
		{"1 MiB line", header + inLog + "\t/a\n" + strings.Repeat("x\t", 1<<19) + "\n" + inLog + "\t/a\n", []string{"", "!longer than 256 KiB", ""}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lines, err := readAll(t, tt.input, Options{Format: CloudFront})
			require.NoError(t, err)
			checkLines(t, tt.want, lines)
		})
	}
}

func TestCloudFrontFieldsFromOptions(t *testing.T) {
	opt := Options{Format: CloudFront, Fields: []string{"cs-uri-stem", "cs(User-Agent)"}}
	assert.Equal(t, "curl/8", readOne(t, "/a\tcurl/8", opt).Visit.UserAgent)
	assert.Equal(t, "curl/8", readOne(t, "#Fields: cs(User-Agent) cs-uri-stem\ncurl/8\t/a", opt).Visit.UserAgent, "the file knows better")
}

func TestCloudFrontHostFromOptions(t *testing.T) {
	opt := Options{Format: CloudFront, Host: "WWW.example.com"}
	assert.Equal(t, "www.example.com", readOne(t, "#Fields: cs-uri-stem\n/a", opt).Visit.Host)
	assert.Equal(t, "www.example.com", readOne(t, "#Fields: cs-uri-stem cs(Host)\n/a\td1.cloudfront.net", opt).Visit.Host)
	assert.Equal(t, "m.example.com", readOne(t, "#Fields: cs-uri-stem x-host-header\n/a\tm.example.com", opt).Visit.Host)
}

func TestCloudFrontEscapes(t *testing.T) {
	const header = "#Fields: cs-uri-stem cs-uri-query cs(Referer) cs(User-Agent)\n"
	tests := []struct {
		name                                       string
		stem, query, referer, userAgent            string
		wantStem, wantQuery, wantReferer, wantUser string
	}{
		{
			"once",
			"/stra%25C3%259Fe", "q=a%2520b", "https://example.org/?q=%25C3%25A4", "Mozilla/5.0%20(X;%20%22a%22)",
			"/stra%C3%9Fe", "q=a%20b", "https://example.org/?q=%C3%A4", `Mozilla/5.0 (X; "a")`,
		},
		{
			"twice",
			"/a", "-", "https%253A%252F%252Fexample.org%252F%253Fq%253D%2525C3%2525A4", "Mozilla/5.0%2520(X;%2520a)",
			"/a", "", "https://example.org/?q=%C3%A4", "Mozilla/5.0 (X; a)",
		},
		{
			"by the browser only: a reserved character must not become one",
			"/stra%C3%9Fe/a%2Fb", "u=%26x%3D1&s=%20", "https://example.org/?u=%26", "Mozilla/5.0%20(X)",
			"/stra%C3%9Fe/a%2Fb", "u=%26x%3D1&s=%20", "https://example.org/?u=%26", "Mozilla/5.0 (X)",
		},
		{
			"not at all: a space shows it",
			"/100%25", "q=%25", "https://example.org/%25", "Mozilla/5.0 (X; 100%25)",
			"/100%25", "q=%25", "https://example.org/%25", "Mozilla/5.0 (X; 100%25)",
		},
		{
			"a User-Agent with an escape of its own",
			"/a", "-", "-", "My%2520App/1.0%20Darwin",
			"/a", "", "", "My%20App/1.0 Darwin",
		},
		{
			"damaged escapes stay",
			"/100%", "%&%2&%zz", "https://example.org/%", "50%%20off%2",
			"/100%", "%&%2&%zz", "https://example.org/%", "50% off%2",
		},
		{
			"raw bytes are escaped, as a browser would have",
			"/straße", "q=ä b", "https://example.org/ü", "Zürich/1",
			"/stra%C3%9Fe", "q=%C3%A4%20b", "https://example.org/%C3%BC", "Zürich/1",
		},
		{
			"app name escaped",
			"/a", "-", "android-app%3A%2F%2Fcom.example%2F", "-",
			"/a", "", "android-app://com.example/", "",
		},
		{
			"query in the stem",
			"/a?b=%2520", "-", "-", "-",
			"/a", "b=%20", "", "",
		},
		{
			"query in the stem and in its own column",
			"/a?b=1", "b=1", "-", "-",
			"/a", "b=1", "", "",
		},
		{
			"asking about the server",
			"*", "-", "-", "-",
			"*", "", "", "",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := readOne(t, header+strings.Join([]string{tt.stem, tt.query, tt.referer, tt.userAgent}, "\t"), Options{Format: CloudFront})
			require.NoError(t, line.Err)
			assert.Equal(t, tt.wantStem, line.Visit.Path)
			assert.Equal(t, tt.wantQuery, line.Visit.Query)
			assert.Equal(t, tt.wantReferer, line.Visit.Referer)
			assert.Equal(t, tt.wantUser, line.Visit.UserAgent)
		})
	}
}

func TestCloudFrontJSON(t *testing.T) {
	tests := []struct {
		name  string
		input string
		want  darksocial.Visit
	}{
		{
			"as seen",
			`{"date":"2026-11-23","time":"14:52:00","c-ip":"192.0.2.1","cs-method":"GET","cs(Host)":"d1.cloudfront.net","x-host-header":"www.example.com","cs-uri-stem":"/a%2520b","cs-uri-query":"-","sc-status":"200","cs(Referer)":"-","cs(User-Agent)":"Mozilla/5.0%20(X)","x-edge-request-id":"abc=="}`,
			darksocial.Visit{ID: "abc==", Time: at145200, Method: "GET", Host: "www.example.com", Path: "/a%20b", Status: 200, UserAgent: "Mozilla/5.0 (X)", Sees: seesAll2},
		},
		{
			"numbers and other spellings",
			`{"timestamp_ms":1795445520000,"CS_URI_STEM":"/a","sc_status":404,"cs_user_agent":"curl/8"}`,
			darksocial.Visit{Time: at145200, Path: "/a", Status: 404, UserAgent: "curl/8", Sees: darksocial.SeesUserAgent},
		},
		{"time stamp in seconds", `{"timestamp":"1795445520.5","cs-uri-stem":"/a"}`, darksocial.Visit{Time: at145200.Add(time.Second / 2), Path: "/a"}},
		{"time stamp in milliseconds", `{"timestamp":1795445520000,"cs-uri-stem":"/a"}`, darksocial.Visit{Time: at145200, Path: "/a"}},
		{"time stamp in words", `{"timestamp":"2026-11-23T15:52:00+01:00","cs-uri-stem":"/a"}`, darksocial.Visit{Time: at145200, Path: "/a"}},
		{"null says nothing", `{"cs-uri-stem":"/a","cs(Referer)":null,"cs(User-Agent)":"-"}`, darksocial.Visit{Path: "/a", Sees: darksocial.SeesUserAgent}},
		{"values of other kinds say nothing", `{"cs-uri-stem":"/a","cs(Referer)":["x"],"sc-status":true}`, darksocial.Visit{Path: "/a"}},
		{"two spellings: the first by the alphabet", `{"cs_uri_stem":"/b","cs-uri-stem":"/a"}`, darksocial.Visit{Path: "/a"}},
		{"blanks around", " \t" + `{"cs-uri-stem":"/a"} `, darksocial.Visit{Path: "/a"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for range 20 { // maps have no order, visits do
				line := readOne(t, tt.input, Options{Format: CloudFront})
				require.NoError(t, line.Err)
				require.Equal(t, tt.want, line.Visit)
			}
		})
	}
}

func TestCloudFrontJSONBadLines(t *testing.T) {
	tests := []struct {
		name, input, wantErr, wantID string
	}{
		{"cut", `{"cs-uri-stem":"/a","x-edge`, "not a JSON object: the line is cut", ""},
		{"two objects", `{"cs-uri-stem":"/a"}{}`, "not a JSON object", ""},
		{"no path", `{"x-edge-request-id":"abc=="}`, "cs-uri-stem is missing: check the keys", "abc=="},
		{"empty path", `{"x-edge-request-id":"abc==","cs-uri-stem":"-"}`, "cs-uri-stem is empty", "abc=="},
		{"time stamp", `{"cs-uri-stem":"/a","timestamp":"soon"}`, "timestamp is not a number", ""},
		{"1970", `{"cs-uri-stem":"/a","timestamp":"1"}`, "dated 1970-01-01", ""},
		{"NUL in the path", `{"cs-uri-stem":"/a\u0000"}`, "control character", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := readOne(t, tt.input, Options{Format: CloudFront})
			assert.ErrorContains(t, line.Err, tt.wantErr)
			assert.Equal(t, tt.wantID, line.ID)
		})
	}
}

// A bucket may hold text and JSON, and someone may put them into one file.
func TestCloudFrontTextAndJSON(t *testing.T) {
	lines, err := readAll(t, `{"cs-uri-stem":"/a","cs(Referer)":"-"}`+"\n#Fields: cs-uri-stem\n/b\n"+`{"cs-uri-stem":"/c"}`, Options{Format: CloudFront})
	require.NoError(t, err)
	require.Len(t, lines, 3)
	assert.Equal(t, darksocial.Visit{Path: "/a", Sees: darksocial.SeesReferer}, lines[0].Visit)
	assert.Equal(t, darksocial.Visit{Path: "/b"}, lines[1].Visit)
	assert.Equal(t, darksocial.Visit{Path: "/c"}, lines[2].Visit)
}
