package edge

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

func TestNDJSON(t *testing.T) {
	const sees = darksocial.SeesReferer
	tests := []struct {
		name  string
		input string
		want  darksocial.Visit
	}{
		{"all of it", `{"id":"7","time":"2026-11-23T15:52:00+01:00","url":"https://www.example.com/a?b=c","referer":"https://example.org/","user_agent":"curl/8","headers":{"dnt":"1"},"country":"de","method":"GET","status":200,"content_type":"Text/HTML; charset=utf-8"}`,
			darksocial.Visit{ID: "7", Time: at145200, Host: "www.example.com", Path: "/a", Query: "b=c", Referer: "https://example.org/", UserAgent: "curl/8", Headers: darksocial.Headers{DNT: "1"}, Country: "DE", Method: "GET", Status: 200, ContentType: "text/html", Sees: darksocial.SeesAll}},

		{"url alone", `{"url":"/a"}`, darksocial.Visit{Path: "/a", Host: "site.example", Sees: sees}},
		{"unknown keys", `{"url":"/a","x":{"y":[1]},"z":null}`, darksocial.Visit{Path: "/a", Host: "site.example", Sees: sees}},
		{"id is a number", `{"id":12345678901234567890,"url":"/a"}`, darksocial.Visit{ID: "12345678901234567890", Path: "/a", Host: "site.example", Sees: sees}},
		{"status is a string", `{"url":"/a","status":"404"}`, darksocial.Visit{Path: "/a", Host: "site.example", Status: 404, Sees: sees}},
		{"country is none", `{"url":"/a","country":"Deutschland"}`, darksocial.Visit{Path: "/a", Host: "site.example", Sees: sees}},

		{"seconds", `{"url":"/a","time":1795445520}`, darksocial.Visit{Time: at145200, Path: "/a", Host: "site.example", Sees: sees}},
		{"seconds with a fraction", `{"url":"/a","time":1795445520.25}`, darksocial.Visit{Time: at145200.Add(time.Second / 4), Path: "/a", Host: "site.example", Sees: sees}},
		{"seconds with an exponent", `{"url":"/a","time":1.79544552e9}`, darksocial.Visit{Time: at145200, Path: "/a", Host: "site.example", Sees: sees}},
		{"no time", `{"url":"/a","time":null}`, darksocial.Visit{Path: "/a", Host: "site.example", Sees: sees}},
		{"empty time", `{"url":"/a","time":""}`, darksocial.Visit{Path: "/a", Host: "site.example", Sees: sees}},

		{"Referer empty: none sent", `{"url":"/a","referer":""}`, darksocial.Visit{Path: "/a", Host: "site.example", Sees: sees}},
		{"Referer null: not known", `{"url":"/a","referer":null}`, darksocial.Visit{Path: "/a", Host: "site.example"}},
		{"User-Agent empty: none sent", `{"url":"/a","user_agent":""}`, darksocial.Visit{Path: "/a", Host: "site.example", Sees: sees | darksocial.SeesUserAgent}},
		{"User-Agent null: not known", `{"url":"/a","user_agent":null}`, darksocial.Visit{Path: "/a", Host: "site.example", Sees: sees}},
		{"headers null: not known", `{"url":"/a","headers":null}`, darksocial.Visit{Path: "/a", Host: "site.example", Sees: sees}},
		{"headers empty: none of ours sent", `{"url":"/a","headers":{}}`, darksocial.Visit{Path: "/a", Host: "site.example", Sees: sees | darksocial.SeesHeaders}},
		{"headers in any case, arrays, unknown ones", `{"url":"/a","headers":{"Sec-Fetch-Site":["none","x"],"X-REQUESTED-WITH":"com.example","accept":"*/*","dnt":[],"sec-gpc":null}}`,
			darksocial.Visit{Path: "/a", Host: "site.example", Headers: darksocial.Headers{FetchSite: "none", RequestedWith: "com.example"}, Sees: sees | darksocial.SeesHeaders}},
		{"Referer and User-Agent among the headers", `{"url":"/a","headers":{"Referer":"https://example.org/","User-Agent":"curl/8"}}`,
			darksocial.Visit{Path: "/a", Host: "site.example", Referer: "https://example.org/", UserAgent: "curl/8", Sees: darksocial.SeesAll}},
		{"their own keys come first", `{"url":"/a","referer":"","user_agent":"key","headers":{"referer":"https://example.org/","user-agent":"curl/8"}}`,
			darksocial.Visit{Path: "/a", Host: "site.example", UserAgent: "key", Sees: darksocial.SeesAll}},
		{"two spellings of a header: the last by the alphabet", `{"url":"/a","headers":{"dnt":"0","DNT":"1"}}`,
			darksocial.Visit{Path: "/a", Host: "site.example", Headers: darksocial.Headers{DNT: "0"}, Sees: sees | darksocial.SeesHeaders}},

		{"host without path", `{"url":"https://WWW.Example.com"}`, darksocial.Visit{Host: "www.example.com", Path: "/", Sees: sees}},
		{"host and query", `{"url":"HTTP://www.example.com:8080?a=b"}`, darksocial.Visit{Host: "www.example.com", Path: "/", Query: "a=b", Sees: sees}},
		{"user name, fragment", `{"url":"https://jane:pw@www.example.com/a?b#c?d"}`, darksocial.Visit{Host: "www.example.com", Path: "/a", Query: "b", Sees: sees}},
		{"IPv6", `{"url":"https://[2001:DB8::1]:443/a"}`, darksocial.Visit{Host: "[2001:db8::1]", Path: "/a", Sees: sees}},
		{"not escaped", `{"url":"https://www.example.com/stra\u00dfe a?q=ü","referer":"https://example.org/ä\u0007"}`,
			darksocial.Visit{Host: "www.example.com", Path: "/stra%C3%9Fe%20a", Query: "q=%C3%BC", Referer: "https://example.org/%C3%A4%07", Sees: sees}},
		{"damaged escapes stay", `{"url":"/100%?%zz"}`, darksocial.Visit{Host: "site.example", Path: "/100%", Query: "%zz", Sees: sees}},
		{"escapes stay", `{"url":"/%2e%2E/%00?a=%26"}`, darksocial.Visit{Host: "site.example", Path: "/%2e%2E/%00", Query: "a=%26", Sees: sees}},
		{"not UTF-8", "{\"url\":\"/a\",\"user_agent\":\"\xff\"}", darksocial.Visit{Host: "site.example", Path: "/a", UserAgent: "\ufffd", Sees: sees | darksocial.SeesUserAgent}},
		{"blanks around", " \t{\"url\":\"/a\"} ", darksocial.Visit{Path: "/a", Host: "site.example", Sees: sees}},
		{"Go's rule for a key twice: the last", `{"url":"/a","url":"/b"}`, darksocial.Visit{Path: "/b", Host: "site.example", Sees: sees}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := readOne(t, tt.input, Options{Format: NDJSON, Host: "site.example"})
			require.NoError(t, line.Err)
			assert.Equal(t, tt.want, line.Visit)
			assert.Equal(t, tt.want.ID, line.ID)
		})
	}
}

func TestNDJSONBadLines(t *testing.T) {
	tests := []struct{ name, input, wantErr, wantID string }{
		{"not JSON", `GET /a`, "not JSON", ""},
		{"blanks", "  \t", "not JSON", ""},
		{"cut, the id is before", `{"id":"7","url":"https://exa`, "not JSON: the line is cut or damaged", "7"},
		{"cut, the id is a number", `{"a":{"id":1},"b":["id",{"id":2}],"id":7,"url":"https://exa`, "not JSON", "7"},
		{"cut, no id", `{"url":"https://exa`, "not JSON", ""},
		{"cut, an id of something else", `{"x":{"id":"1"},"url":"https://exa`, "not JSON", ""},
		{"cut, a value that reads id", `{"x":"id","y":"1","url":"https://exa`, "not JSON", ""},
		{"cut, the id is an object", `{"id":{"a":"1"},"url":"https://exa`, "not JSON", ""},
		{"array", `["id","7"]`, "not a JSON object", ""},
		{"string", `"x"`, "not a JSON object", ""},
		{"number", `7`, "not a JSON object", ""},
		{"null", `null`, `no "url"`, ""},
		{"no url", `{"id":"7"}`, `no "url": give the page that was asked for`, "7"},
		{"empty url", `{"id":"7","url":""}`, `no "url"`, "7"},
		{"url of another kind", `{"url":{"x":1},"id":"7"}`, "neither a string nor a number", "7"},
		{"another scheme", `{"id":"7","url":"ftp://example.com/"}`, "url is not one: give http://", "7"},
		{"javascript", `{"url":"javascript:alert(1)"}`, "url is not one", ""},
		{"no scheme", `{"url":"www.example.com/a"}`, "url is not one", ""},
		{"no host", `{"url":"https:///a"}`, "url is not one", ""},
		{"space in the host", `{"url":"https://www example.com/a"}`, "url is not one", ""},
		{"NUL in the path", `{"id":"7","url":"/a\u0000"}`, "control character", "7"},
		{"line feed in the query", `{"id":"7","url":"/a?b\nc"}`, "control character", "7"},
		{"headers of another kind", `{"id":"7","url":"/a","headers":["dnt"]}`, `"headers" is not an object of strings`, "7"},
		{"a header of another kind", `{"headers":{"dnt":1},"url":"/a","id":"7"}`, `"headers" is not an object of strings`, "7"},
		{"an array of another kind", `{"headers":{"dnt":[1]},"url":"/a","id":"7"}`, `"headers" is not an object of strings`, "7"},
		{"time in words", `{"id":"7","url":"/a","time":"yesterday"}`, `"time" is neither RFC 3339`, "7"},
		{"seconds as a string", `{"id":"7","url":"/a","time":"1795445520"}`, `"time" is neither RFC 3339`, "7"},
		{"milliseconds", `{"id":"7","url":"/a","time":1795445520000}`, "not milliseconds", "7"},
		{"no such number", `{"id":"7","url":"/a","time":1e400}`, "timestamp is not a number", "7"},
		{"1970", `{"id":"7","url":"/a","time":0}`, "dated 1970-01-01T00:00:00Z: check the clock", "7"},
		{"2100", `{"id":"7","url":"/a","time":"2100-01-01T00:00:00Z"}`, "dated 2100-01-01", "7"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			line := readOne(t, tt.input, asNDJSON)
			assert.ErrorContains(t, line.Err, tt.wantErr)
			assert.Equal(t, tt.wantID, line.ID)
			assert.Zero(t, line.Visit)
		})
	}
}
