package edge

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

const (
	// short is a map of everything, flat.
	short = `{"time":"t","host":"h","path":"p","query":"q","id":"i","referer":"r","user_agent":"u","method":"m","status":"s","content_type":"c","country":"l",
		"headers.sec-fetch-site":"sfs","headers.sec-purpose":"sp","headers.x-requested-with":"xrw","headers.sec-gpc":"gpc","headers.dnt":"dnt"}`
	// nested is one of objects.
	nested = `{"time":"t","url":"u","referer":"req.referer","headers.dnt":"req.h.dnt","id":"a.b"}`
)

func TestJSON(t *testing.T) {
	page := darksocial.Visit{Time: at145200, Host: "www.example.com", Path: "/a"}
	with := func(change func(*darksocial.Visit)) darksocial.Visit {
		v := page
		change(&v)
		return v
	}
	sees := func(s darksocial.Sight) darksocial.Visit { return with(func(v *darksocial.Visit) { v.Sees = s }) }
	const needed = `"t":1795445520,"h":"www.example.com","p":"/a"`

	for _, tt := range []struct {
		name, fields, input string
		want                darksocial.Visit
	}{
		{"all of it", short, `{` + needed + `,"q":"b=c","i":"7","r":"https://example.org/","u":"curl/8","m":"GET","s":200,"c":"Text/HTML; charset=utf-8","l":"de","sfs":"none","sp":"","xrw":"-","gpc":"1","dnt":"1"}`,
			darksocial.Visit{ID: "7", Time: at145200, Host: "www.example.com", Path: "/a", Query: "b=c", Referer: "https://example.org/", UserAgent: "curl/8", Method: "GET", Status: 200, ContentType: "text/html", Country: "DE",
				Headers: darksocial.Headers{FetchSite: "none", GPC: "1", DNT: "1"}, Sees: darksocial.SeesAll}},
		{"what is needed", short, `{` + needed + `}`, page},

		// What an empty value says, one that is not there, and one that is not mapped.
		{"nothing sent", short, `{` + needed + `,"r":"","u":"-"}`, sees(logSees)},
		{"nothing sent, as Varnish writes it", short, `{` + needed + `,"r":"(null)"}`, sees(darksocial.SeesReferer)},
		{"null says nothing", short, `{` + needed + `,"r":null,"u":null}`, page},
		{"not in the line says nothing", short, `{` + needed + `,"u":"curl/8"}`, with(func(v *darksocial.Visit) { v.UserAgent, v.Sees = "curl/8", darksocial.SeesUserAgent })},
		{"not mapped says nothing", `{"time":"t","host":"h","path":"p"}`, `{` + needed + `,"r":"https://example.org/","referer":"x","u":"curl/8","s":404}`, page},
		{"a log that omits what is empty", `{"preset":"akamai","user_agent":null}`, `{"reqTimeSec":"1795445520","reqHost":"www.example.com","reqPath":"/a"}`, sees(darksocial.SeesReferer)},
		{"null in such a log", `"akamai"`, `{"reqTimeSec":"1795445520","reqHost":"www.example.com","reqPath":"/a","UA":null,"referer":"-"}`, sees(logSees)},
		{"in an object that is there", nested, `{"t":1795445520,"u":"https://www.example.com/a","req":{"h":{}}}`, sees(darksocial.SeesReferer)},
		{"in an object that is not", nested, `{"t":1795445520,"u":"https://www.example.com/a","req":null}`, page},
		{"in an object that is a text", nested, `{"t":1795445520,"u":"https://www.example.com/a","req":"x"}`, page},
		{"in an object that came and went", nested, `{"t":1795445520,"u":"https://www.example.com/a","req":{"referer":"x"},"req":[]}`, page},

		// Headers: all that matter, or those that are there.
		{"headers empty: none sent", short, `{` + needed + `,"sfs":"","sp":"","xrw":"","gpc":"-","dnt":""}`, sees(darksocial.SeesHeaders)},
		{"one is missing: the others count", short, `{` + needed + `,"sfs":"none","sp":"","xrw":"","gpc":"-"}`, with(func(v *darksocial.Visit) { v.Headers.FetchSite = "none" })},
		{"one is not mapped: the others count", `{"time":"t","host":"h","path":"p","headers.sec-fetch-site":"sfs","headers.dnt":"dnt"}`, `{` + needed + `,"sfs":"cross-site","dnt":""}`, with(func(v *darksocial.Visit) { v.Headers.FetchSite = "cross-site" })},

		// Where a value is.
		{"nested", nested, `{"req":{"referer":"https://example.org/","h":{"dnt":"1"}},"a":{"b":"7"},"t":1795445520,"u":"https://www.example.com/a"}`,
			with(func(v *darksocial.Visit) {
				v.ID, v.Referer, v.Headers.DNT, v.Sees = "7", "https://example.org/", "1", darksocial.SeesReferer
			})},
		{"dots in the key itself", nested, `{"req.referer":"https://example.org/","a.b":"7","t":1795445520,"u":"https://www.example.com/a"}`,
			with(func(v *darksocial.Visit) {
				v.ID, v.Referer, v.Sees = "7", "https://example.org/", darksocial.SeesReferer
			})},
		{"both: the nested one", nested, `{"a":{"b":"7"},"a.b":"8","t":1795445520,"u":"https://www.example.com/a"}`, with(func(v *darksocial.Visit) { v.ID = "7" })},
		{"arrays: the first", nested, `{"t":[1795445520,1],"u":["https://www.example.com/a"],"req":{"referer":[["https://example.org/"],"x"],"h":{"dnt":[]}}}`,
			with(func(v *darksocial.Visit) { v.Referer, v.Sees = "https://example.org/", darksocial.SeesReferer })},
		{"a key twice: the last", short, `{` + needed + `,"i":"7","i":"8"}`, with(func(v *darksocial.Visit) { v.ID = "8" })},
		{"an object twice: the last", nested, `{"req":{"referer":"x"},"t":1795445520,"u":"https://www.example.com/a","req":{}}`, sees(darksocial.SeesReferer)},
		{"a key with escapes", short, `{"\u0074":1795445520,"h":"www.example.com","\u0070":"\/a"}`, page},
		{"other keys hold anything", short, `{"x":{"t":1,"y":[{"p":"/no"},"]}",-0.5e+7,true,false,null]},` + needed + ` , "z" : [ ] }`, page},
		{"blanks around", short, " \t{ " + strings.ReplaceAll(needed, ":", " :\t") + " } ", page},
		{"an id of two keys", `{"time":"t","url":"u","id":"a x.y"}`, `{"t":1795445520,"u":"https://www.example.com/a","x":{"y":"z"},"a":7}`, with(func(v *darksocial.Visit) { v.ID = "7-z" })},
		{"an id of two keys, one of which is missing", `{"time":"t","url":"u","id":"a x.y"}`, `{"t":1795445520,"u":"https://www.example.com/a","a":"7"}`, page},

		// Values.
		{"escapes", short, `{` + needed + `,"u":"\"\\\/\b\f\n\r\t\u00e4\ud83c\udf70\ud83c!\udf70"}`, with(func(v *darksocial.Visit) {
			v.UserAgent, v.Sees = "\"\\/\b\f\n\r\tä🍰\ufffd!\ufffd", darksocial.SeesUserAgent
		})},
		{"not UTF-8", short, "{" + needed + ",\"r\":\"https://example.org/\xe4\",\"u\":\"\xff\"}", with(func(v *darksocial.Visit) { v.Referer, v.UserAgent, v.Sees = "https://example.org/%E4", "\xff", logSees })},
		{"status as text", short, `{` + needed + `,"s":"404"}`, with(func(v *darksocial.Visit) { v.Status = 404 })},
		{"status that is none", short, `{` + needed + `,"s":"000"}`, page},
		{"country that is none", short, `{` + needed + `,"l":"XX"}`, page},
		{"country of the Tor network", short, `{` + needed + `,"l":"T1"}`, page},

		// The page.
		{"path with query", short, `{"t":1795445520,"h":"WWW.example.com:443","p":"/a?b=c#d"}`, with(func(v *darksocial.Visit) { v.Query = "b=c" })},
		{"query beside it", short, `{"t":1795445520,"h":"www.example.com","p":"/a?b","q":"?b=c d"}`, with(func(v *darksocial.Visit) { v.Query = "b=c%20d" })},
		{"query beside it, empty", short, `{"t":1795445520,"h":"www.example.com","p":"/a?b","q":"-"}`, with(func(v *darksocial.Visit) { v.Query = "b" })},
		{"path is an address", short, `{"t":1795445520,"h":"www.example.com","p":"http://other.example/a"}`, page},
		{"no host in the line: that of the site", short, `{"t":1795445520,"h":"-","p":"/a"}`, with(func(v *darksocial.Visit) { v.Host = "site.example" })},
		{"no host in the line: that of the path", short, `{"t":1795445520,"h":"","p":"https://Other.example/a"}`, with(func(v *darksocial.Visit) { v.Host = "other.example" })},
		{"url", `{"time":"t","url":"u"}`, `{"t":1795445520,"u":"https://WWW.example.com:443/a"}`, page},
		{"url without host", `{"time":"t","url":"u"}`, `{"t":1795445520,"u":"/a"}`, with(func(v *darksocial.Visit) { v.Host = "site.example" })},
		{"OPTIONS *", short, `{"t":1795445520,"h":"www.example.com","p":"*"}`, with(func(v *darksocial.Visit) { v.Path = "*" })},
		{"scheme is not used", `{"time":"t","url":"u","scheme":"s"}`, `{"t":1795445520,"u":"https://www.example.com/a","s":{}}`, page},

		// Encoded as a whole.
		{"encoded", `{"time":"t","url":"u","referer":"r","user_agent":"ua","content_type":"c","headers.sec-ch-ua":"b","encoded":["url","referer","user_agent","content_type","headers.sec-ch-ua"]}`,
			`{"t":1795445520,"u":"https%3A%2F%2Fwww.example.com%2Fa%3Fb%3D%2526","r":"https%3A%2F%2Fexample.org%2F%3Fa%3D%2526","ua":"a%2Fb%20c+d%2520","c":"text%2Fhtml;%20charset=x","b":"%22Chromium%22"}`,
			with(func(v *darksocial.Visit) {
				v.Query, v.Referer, v.UserAgent, v.ContentType, v.Headers.Brands, v.Sees = "b=%26", "https://example.org/?a=%26", "a/b c+d%20", "text/html", `"Chromium"`, logSees
			})},
		{"path and query encoded", `{"time":"t","host":"h","path":"p","query":"q","encoded":"path, query"}`, `{"t":1795445520,"h":"www.example.com","p":"%2Fa%2520b","q":"c%3Dd%2526"}`,
			with(func(v *darksocial.Visit) { v.Path, v.Query = "/a%20b", "c=d%26" })},
		{"not encoded: escapes stay", `{"time":"t","url":"u","referer":"r","user_agent":"ua"}`, `{"t":1795445520,"u":"https://www.example.com/a?b=%26","r":"https%3A%2F%2Fexample.org","ua":"a%20b"}`,
			with(func(v *darksocial.Visit) {
				v.Query, v.Referer, v.UserAgent, v.Sees = "b=%26", "https%3A%2F%2Fexample.org", "a%20b", logSees
			})},
	} {
		t.Run(tt.name, func(t *testing.T) {
			line := readOne(t, tt.input, Options{Format: JSON, FieldMap: fieldMap(t, tt.fields), Host: "site.example"})
			require.NoError(t, line.Err)
			assert.Equal(t, tt.want, line.Visit)
			assert.Equal(t, tt.want.ID, line.ID)
		})
	}
}

func TestJSONTimes(t *testing.T) {
	quarter := at145200.Add(time.Second / 4)
	for _, tt := range []struct {
		value string
		want  time.Time
	}{
		{`1795445520`, at145200},
		{`"1795445520"`, at145200},
		{`1795445520.25`, quarter},
		{`"1795445520.250"`, quarter},
		{`"1795445520."`, at145200},
		{`1795445520.1234567891`, at145200.Add(123456789)},
		{`1795445520250`, quarter},
		{`"1795445520250"`, quarter},
		{`1795445520250000`, quarter},
		{`1795445520250000000`, quarter},
		{`"1795445520250000001"`, quarter.Add(1)},
		{`1.79544552025e9`, quarter},
		{`1.79544552025e18`, quarter},
		{`"2026-11-23T14:52:00Z"`, at145200},
		{`"2026-11-23T14:52:00.25Z"`, quarter},
		{`"2026-11-23T15:52:00+01:00"`, at145200},
		{`"2026-11-23T15:52:00+0100"`, at145200}, // strftime's %z
		{`["2026-11-23T14:52:00Z"]`, at145200},
	} {
		line := readOne(t, `{"t":`+tt.value+`,"u":"/a"}`, Options{Format: JSON, FieldMap: fieldMap(t, `{"time":"t","url":"u"}`)})
		require.NoError(t, line.Err, tt.value)
		assert.Equal(t, tt.want, line.Visit.Time, tt.value)
	}
	for _, tt := range []struct{ value, want string }{
		{`"yesterday"`, "neither RFC 3339"},
		{`"23/Nov/2026:14:52:00 +0000"`, "neither RFC 3339"},
		{`"2026-11-23 14:52:00"`, "neither RFC 3339"},
		{`"2026-02-30T14:52:00Z"`, "neither RFC 3339"},
		{`"17954x"`, "neither RFC 3339"},
		{`"1795445520.x"`, "neither RFC 3339"},
		{`99999999999999999999`, "neither RFC 3339"},
		{`-9223372036854775808`, "neither RFC 3339"},
		{`1e400`, "neither RFC 3339"},
		{`0`, "dated 1970-01-01T00:00:00Z: check the clock"},
		{`-1`, "dated 1969-12-31"},
		{`4102444800`, "dated 2100-01-01"},
		{`4102444800000`, "dated 2100-01-01"},
		{`4102444800000000000`, "dated 2100-01-01"},
		{`"2100-01-01T00:00:00Z"`, "dated 2100-01-01"},
	} {
		line := readOne(t, `{"t":`+tt.value+`,"u":"/a"}`, Options{Format: JSON, FieldMap: fieldMap(t, `{"time":"t","url":"u"}`)})
		assert.ErrorContains(t, line.Err, tt.want, tt.value)
	}
}

func TestJSONBadLines(t *testing.T) {
	const needed = `"i":"7","t":1795445520,"h":"www.example.com","p":"/a"`
	for _, tt := range []struct{ name, input, wantErr, wantID string }{
		{"not JSON", `GET /a`, "not a JSON object: the line is cut or damaged", ""},
		{"blanks", "  \t", "not a JSON object", ""},
		{"array", `[{` + needed + `}]`, "not a JSON object", ""},
		{"text before it, as Fastly's classic line format has", `<134>2026-11-23T14:52:00Z cache-fra S3[1]: {` + needed + `}`, "not a JSON object", ""},
		{"a comma behind it", `{` + needed + `},`, "not JSON", "7"},
		{"two in one line", `{` + needed + `}{}`, "not JSON", "7"},
		{"cut", `{` + needed + `,"r":"https://exam`, "not JSON: the line is cut or damaged", "7"},
		{"cut before the id", `{"x":"i","y":{"i":"8"},"r":"https://exam`, "not JSON", ""},
		{"a control character", "{" + needed + ",\"r\":\"\x01\"}", "not JSON", "7"},
		{"a comment", `{` + needed + `/* */}`, "not JSON", "7"},
		{"single quotes", `{'i':'7'}`, "not JSON", ""},
		{"too deep", `{` + needed + `,"x":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `}`, "not JSON", "7"},
		{"objects too deep", `{` + needed + strings.Repeat(`,"i":{"x":{`, 100) + strings.Repeat("}}", 100) + `}`, "not JSON", "7"},

		{"no time", `{"i":"7","h":"www.example.com","p":"/a"}`, `no "t", which log_fields gives for time: name its key in log_fields`, "7"},
		{"empty time", `{"i":"7","t":"","h":"www.example.com","p":"/a"}`, `time is neither RFC 3339`, "7"},
		{"empty path", `{"i":"7","t":1795445520,"h":"","p":""}`, `no page was asked for: a scanner`, "7"},
		{"null time", `{"i":"7","t":null,"h":"www.example.com","p":"/a"}`, `no "t", which log_fields gives for time`, "7"},
		{"no host", `{"i":"7","t":1795445520,"p":"/a"}`, `no "h", which log_fields gives for host`, "7"},
		{"no path", `{"i":"7","t":1795445520,"h":"www.example.com","q":"a"}`, `no "p", which log_fields gives for path`, "7"},
		{"path is a word", `{"i":"7","t":1795445520,"h":"www.example.com","p":"a"}`, `url is not one`, "7"},
		{"NUL in the path", `{"i":"7","t":1795445520,"h":"www.example.com","p":"/a\u0000"}`, "control character", "7"},
		{"line feed in the query", `{` + needed + `,"q":"a\n"}`, "control character", "7"},
		{"an object for a text", `{` + needed + `,"r":{"x":"https://secret.example/"}}`, `"r", which log_fields gives for referer, is neither a text nor a number: name the key of the value itself`, "7"},
		{"an object for a header", `{` + needed + `,"dnt":{}}`, `"dnt", which log_fields gives for dnt,`, "7"},
		{"true for a text", `{` + needed + `,"u":true}`, `which log_fields gives for user_agent`, "7"},
		{"an array of objects", `{` + needed + `,"c":[{}]}`, `which log_fields gives for content_type`, "7"},
		{"an object for the host", `{"i":"7","t":1795445520,"h":{},"p":"/a"}`, `which log_fields gives for host`, "7"},
		{"an object for the id", `{"i":{},"t":1795445520,"h":"www.example.com"}`, `which log_fields gives for path`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			line := readOne(t, tt.input, Options{Format: JSON, FieldMap: fieldMap(t, short), Host: "site.example"})
			require.ErrorContains(t, line.Err, tt.wantErr)
			assert.Equal(t, tt.wantID, line.ID)
			assert.Zero(t, line.Visit)
			assert.NotContains(t, line.Err.Error(), "example", "a part of the line")
			assert.False(t, AllLack(line.Err))
		})
	}
}

// TestJSONAllLackAKey: when none of a hundred lines has a key, the map or the
// log is wrong, and the error says so. One line that has it is enough.
func TestJSONAllLackAKey(t *testing.T) {
	const good, bad = `{"t":1795445520,"u":"/geheim"}` + "\n", `{"time":1795445520,"u":"/geheim"}` + "\n"
	options := Options{Format: JSON, FieldMap: fieldMap(t, `{"time":"t","url":"u"}`)}
	lines, err := readAll(t, strings.Repeat(bad, 99)+"nonsense\n"+bad+bad, options)
	require.NoError(t, err)
	require.Len(t, lines, 102)
	for i, line := range lines {
		require.Error(t, line.Err)
		assert.Equal(t, i >= 100, AllLack(line.Err), "line %d", i+1)
		assert.NotContains(t, line.Err.Error(), "geheim")
	}
	assert.EqualError(t, lines[100].Err, `test.log:101: none of 100 lines has "t", which log_fields gives for time: the log is not what log_fields describes: compare the keys, see docs/site.md`)
	assert.Equal(t, "keys", Reason(lines[100].Err))

	lines, err = readAll(t, strings.Repeat(bad, 50)+good+strings.Repeat(bad, 100), options)
	require.NoError(t, err)
	for i, line := range lines {
		assert.Equal(t, i == 50, line.Err == nil)
		assert.False(t, AllLack(line.Err), "line %d", i+1)
	}
}

// TestJSONOmitsEmpty: a log that leaves out what is empty never leaves out what
// there is no visit without.
func TestJSONOmitsEmpty(t *testing.T) {
	for _, tt := range []struct{ input, wantErr string }{
		{`{"reqHost":"www.example.com","reqPath":"/a"}`, `no "reqTimeSec", which log_fields gives for time`},
		{`{"reqTimeSec":"1795445520","reqPath":"/a"}`, `no "reqHost", which log_fields gives for host`},
		{`{"reqTimeSec":"1795445520","reqHost":"www.example.com"}`, `no "reqPath", which log_fields gives for path`},
	} {
		line := readOne(t, tt.input, Options{Format: JSON, FieldMap: fieldMap(t, `"akamai"`), Host: "site.example"})
		assert.ErrorContains(t, line.Err, tt.wantErr)
		assert.Equal(t, "keys", Reason(line.Err))
	}
}

// TestJSONLongLines: a line may be as long as any, whatever it is long of.
func TestJSONLongLines(t *testing.T) {
	options := Options{Format: JSON, FieldMap: fieldMap(t, `{"time":"t","url":"u","user_agent":"ua","headers.dnt":"h.dnt"}`)}
	line := func(middle string) string { return `{"t":1795445520,` + middle + `"u":"/a"}` }
	fill := func(unit string) string { return strings.Repeat(unit, (MaxLine-200)/len(unit)) }
	for _, long := range []string{
		line(`"x":"` + fill("x") + `",`), line(`"x":"` + fill(`\u00e4`) + `",`), line(`"ua":"` + fill(`\"`) + `",`), line(`"ua":"` + fill(`\ud83c\udf70`) + `",`),
		line(`"x":[0` + fill(",[]") + `],`), line(fill(`"k":1,`)), line(fill(`"ua":"\t",`)), line(`"h":{"a":0` + fill(`,"dnt":"1"`) + `},`), line(fill(" ")),
	} {
		got := readOne(t, long, options)
		require.NoError(t, got.Err, "%.40s", long)
		assert.Equal(t, "/a", got.Visit.Path)
		got = readOne(t, long+strings.Repeat(" ", MaxLine), options)
		assert.ErrorIs(t, got.Err, errTooLong)
	}
}

// TestJSONDeterministic: which of a map's keys comes first in a line makes no
// difference, nor does the order of Go's maps.
func TestJSONDeterministic(t *testing.T) {
	pairs := strings.Split(`"t":1795445520|"h":"www.example.com"|"p":"/a"|"purpose":"prefetch"|"sp":"prefetch;prerender"`, "|")
	var want darksocial.Visit
	for i := range pairs {
		text := fmt.Sprintf("{%s}", strings.Join(append(pairs[i:len(pairs):len(pairs)], pairs[:i]...), ","))
		line := readOne(t, text, Options{Format: JSON, FieldMap: fieldMap(t, `{"time":"t","host":"h","path":"p","headers.purpose":"purpose","headers.sec-purpose":"sp"}`)})
		require.NoError(t, line.Err)
		if i == 0 {
			want = line.Visit
		}
		assert.Equal(t, want, line.Visit)
		assert.Equal(t, "prefetch;prerender", line.Visit.Headers.Purpose)
	}
}
