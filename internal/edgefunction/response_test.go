package edgefunction

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/terraform/edge"
)

func viewerResponse(t testing.TB) *Function {
	t.Helper()
	f, err := Load("viewer-response.js", edge.ViewerResponse)
	require.NoError(t, err)
	return f
}

// hintPattern is the metric with its hint, whole.
var hintPattern = regexp.MustCompile(`^ds;desc="1\.[A-Za-z0-9+/=_-]{1,128}\.[0-9]{1,12}\.[a-z;=-]{0,40}\.[a-z;=-]{0,40}\.[a-z;=-]{0,40}\.[01]"$`)

// hint is the metric that a request with these three headers and this objection gets.
func hint(site, dest, purpose, objection string) string {
	return fmt.Sprintf(`ds;desc="1.%s.%d.%s.%s.%s.%s"`, requestID, second, site, dest, purpose, objection)
}

const html = "content-type: text/html; charset=utf-8"

var responseCases = []struct {
	name  string
	event event
	want  []string // Server-Timing, all of it; nil: the message is untouched
}{
	{"an arrival", event{request: list("host: www.example.com", "sec-fetch-site: cross-site", "sec-fetch-dest: document"), response: list(html)},
		[]string{hint("cross-site", "document", "", "0")}},
	{"no headers at all", event{response: list("content-type: text/html")}, []string{hint("", "", "", "0")}},
	{"a prerender", event{request: list("sec-fetch-site: none", "sec-fetch-dest: document", "sec-purpose: prefetch;prerender"), response: list(html)},
		[]string{hint("none", "document", "prefetch;prerender", "0")}},
	{"a purpose with parameters", event{request: list("sec-purpose: prefetch; a=b"), response: list(html)},
		[]string{hint("", "", "prefetch;a=b", "0")}},
	{"upper case", event{request: list("sec-fetch-site: Cross-Site", "sec-fetch-dest: DOCUMENT"), response: list("content-type: TEXT/HTML;Charset=UTF-8")},
		[]string{hint("cross-site", "document", "", "0")}},
	{"a header twice", event{request: list("sec-fetch-site: none", "sec-fetch-site: cross-site"), response: list(html)}, []string{hint("none", "", "", "0")}},

	{"XHTML", event{response: list("content-type: application/xhtml+xml")}, []string{hint("", "", "", "0")}},
	{"XHTML with a charset", event{response: list("content-type: application/xhtml+xml ;charset=utf-8")}, []string{hint("", "", "", "0")}},
	{"a script", event{response: list("content-type: text/javascript")}, nil},
	{"almost HTML", event{response: list("content-type: text/html5")}, nil},
	{"HTML as a parameter", event{response: list("content-type: text/plain; was=text/html")}, nil},
	{"XML", event{response: list("content-type: application/xml")}, nil},
	{"no type", event{response: list("cache-control: no-store", "server-timing: db;dur=3")}, nil},
	{"an empty type", event{response: list("content-type: ")}, nil},
	{"nothing", event{}, nil},

	{"not modified, asked for as a page", event{status: 304, request: list("accept: text/html,application/xhtml+xml,*/*;q=0.8", "sec-fetch-site: none")}, []string{hint("none", "", "", "0")}},
	{"not modified, a picture", event{status: 304, request: list("accept: image/avif,image/webp,*/*;q=0.8")}, nil},
	{"not modified, nobody says what for", event{status: 304}, nil},
	{"not modified, and no page", event{status: 304, request: list("accept: text/html"), response: list("content-type: image/png")}, nil},
	{"not modified, and a page", event{status: 304, response: list(html)}, []string{hint("", "", "", "0")}},
	{"another answer without a type", event{status: 206, request: list("accept: text/html")}, nil},

	{"the site measures", event{response: list(html, `server-timing: db;dur=53, app;dur=47.2;desc="a, b"`)},
		[]string{`db;dur=53, app;dur=47.2;desc="a, b", ` + hint("", "", "", "0")}},
	{"the site measures in several lines", event{response: list(html, "server-timing: db;dur=53", "server-timing: app", "server-timing: cdn")},
		[]string{"db;dur=53", "app", "cdn", hint("", "", "", "0")}},
	{"an empty measure", event{response: list(html, "server-timing: ")}, []string{hint("", "", "", "0")}},
	{"a hint of the origin", event{response: list(html, `server-timing: ds;desc="1.x.1....0"`)}, []string{`ds;desc="1.x.1....0", ` + hint("", "", "", "0")}},

	{"GPC", event{request: list("sec-gpc: 1"), response: list(html)}, []string{hint("", "", "", "1")}},
	{"GPC off", event{request: list("sec-gpc: 0"), response: list(html)}, []string{hint("", "", "", "0")}},
	{"GPC twice", event{request: list("sec-gpc: 0", "sec-gpc: 1"), response: list(html)}, []string{hint("", "", "", "1")}},
	{"DNT", event{request: list("dnt: 1", "sec-fetch-site: none"), response: list(html)}, []string{hint("none", "", "", "1")}},
	{"DNT off", event{request: list("dnt: 0"), response: list(html)}, []string{hint("", "", "", "0")}},
	{"the opt-out cookie", event{cookies: list("a: b", "ds_off: 1"), response: list(html)}, []string{hint("", "", "", "1")}},
	{"the opt-out cookie of another path first", event{cookies: list("ds_off: ", "ds_off: 1"), response: list(html)}, []string{hint("", "", "", "1")}},
	{"the opt-out cookie taken back", event{cookies: list("ds_off: 0"), response: list(html)}, []string{hint("", "", "", "0")}},
	{"other cookies", event{cookies: list("ds_offer: 1", "__proto__: 1"), response: list(html)}, []string{hint("", "", "", "0")}},
	{"one of all", event{request: list("sec-gpc: 1", "dnt: 1"), cookies: list("ds_off: 1"), response: list(html)}, []string{hint("", "", "", "1")}},

	{"quotes in a header", event{request: list(`sec-fetch-site: none", evil;desc="x`), response: list(html)}, []string{hint("noneevil;desc=x", "", "", "0")}},
	{"a backslash", event{request: list(`sec-fetch-dest: document\`), response: list(html)}, []string{hint("", "document", "", "0")}},
	{"a line break", event{request: list("sec-purpose: prefetch\r\nset-cookie: a=b\x00"), response: list(html)}, []string{hint("", "", "prefetchset-cookiea=b", "0")}},
	{"dots", event{request: list("sec-fetch-site: a.b.c.d"), response: list(html)}, []string{hint("abcd", "", "", "0")}},
	{"not ASCII", event{request: list("sec-fetch-site: nöne\xff\u2028"), response: list(html)}, []string{hint("nne", "", "", "0")}},
	{"very long", event{request: list("sec-fetch-site: " + strings.Repeat("a", 8000)), response: list(html)}, []string{hint(strings.Repeat("a", 40), "", "", "0")}},
	{"names of every object", event{request: list("__proto__: 1", "constructor: 2", "toString: 3", ": 4"), response: list(html, "__proto__: 1", "constructor: 2", "hasOwnProperty: 3"),
		cookies: list("constructor: 1")}, []string{hint("", "", "", "0")}},
	{"__proto__ as the prototype", event{request: list("__proto__: 1", "sec-fetch-site: none"), response: list(html, "__proto__: 1"), literal: true}, []string{hint("none", "", "", "0")}},

	{"coded", event{query: list("ds: 8ZkPq4vR2Ts"), response: list(html)}, []string{hint("", "", "", "0")}},
	{"a junk querystring", event{part: partOf("request", "querystring"), junk: "null", response: list(html)}, []string{hint("", "", "", "0")}},
	{"a querystring that is a text", event{part: partOf("request", "querystring"), junk: `"ds=8ZkPq4vR2Ts"`, response: list(html)}, []string{hint("", "", "", "0")}},
	{"no querystring", event{part: partOf("request", "querystring"), response: list(html)}, []string{hint("", "", "", "0")}},

	{"a request id with a quote", event{id: `a"b`, response: list(html)}, nil},
	{"a request id with a dot", event{id: `a.b`, response: list(html)}, nil},
	{"a request id with a line break behind", event{id: "abc\n", response: list(html)}, nil},
	{"a request id too long", event{id: strings.Repeat("a", 129), response: list(html)}, nil},
	{"no context", event{part: partOf("context"), response: list(html)}, nil},
	{"a request id of null", event{part: partOf("context", "requestId"), junk: "null", response: list(html)}, nil},
	{"no request id", event{part: partOf("context", "requestId"), response: list(html)}, nil},
	{"a request of null", event{part: partOf("request"), junk: "null", response: list(html)}, nil},
	{"no request", event{part: partOf("request"), response: list(html)}, nil},
	{"a request without headers", event{part: partOf("request", "headers"), response: list(html)}, nil},
	{"a request without cookies, so without knowing of an objection", event{part: partOf("request", "cookies"), response: list(html)}, nil},
	{"no response", event{part: partOf("response")}, nil},
	{"a response of null", event{part: partOf("response"), junk: "null"}, nil},
	{"a response without headers", event{part: partOf("response", "headers")}, nil},
	{"headers of null", event{part: partOf("response", "headers"), junk: "null"}, nil},
	{"headers that are a list", event{part: partOf("response", "headers"), junk: `["text/html"]`}, nil},
	{"a type that is a number", event{part: partOf("response", "headers", "content-type"), junk: `{"value":1}`}, nil},
	{"a type without an object", event{part: partOf("response", "headers", "content-type"), junk: `"text/html"`}, nil},
	{"an odd header", event{part: partOf("request", "headers", "sec-fetch-site"), junk: `{"value":{"toString":1}}`, response: list(html)}, []string{hint("", "", "", "0")}},
	{"an odd objection", event{part: partOf("request", "headers", "sec-gpc"), junk: `{"value":"1","multiValue":"1"}`, response: list(html)}, nil},
	{"an odd measure", event{part: partOf("response", "headers", "server-timing"), junk: `{"value":"a","multiValue":{}}`, response: list(html)}, nil},
}

// partOf is the number of a part of the event.
func partOf(path ...string) uint8 {
	for i, part := range eventParts {
		if strings.Join(part, ".") == strings.Join(path, ".") {
			return uint8(i)
		}
	}
	panic("an event has no part " + strings.Join(path, "."))
}

// complete fills in what most cases leave to their default.
func (e event) complete() event {
	if e.id == "" {
		e.id = requestID
	}
	if e.ip == "" {
		e.ip = viewerIP
	}
	return e
}

func TestViewerResponse(t *testing.T) {
	f := viewerResponse(t)
	for _, tt := range responseCases {
		t.Run(tt.name, func(t *testing.T) {
			r := runOn(t, f, tt.event.complete(), "response")
			checkResponse(t, tt.event.complete(), r)
			if tt.want == nil {
				assert.Equal(t, r.before, r.after, "untouched")
				return
			}
			assert.Equal(t, tt.want, serverTiming(t, r.after))
		})
	}
}

// TestViewerResponseOnJunk puts junk in the place of every part.
func TestViewerResponseOnJunk(t *testing.T) {
	f := viewerResponse(t)
	for _, e := range junkEvents() {
		checkResponse(t, e, runOn(t, f, e, "response"))
	}
}

// junkEvents are an event with each of its parts replaced by each kind of value.
func junkEvents() (events []event) {
	whole := event{
		request:  list("host: www.example.com", "sec-fetch-site: cross-site", "sec-gpc: 0", "x-ds-ip: 192.0.2.1"),
		response: list(html, "server-timing: db"),
		cookies:  list("ds_off: 0"),
	}.complete()
	for part := range eventParts {
		for _, junk := range []string{"leave it out", "null", "true", "0", "1.5", `""`, `"text/html"`, "[]", "[null]", "{}",
			`{"value":null}`, `{"value":[]}`, `{"value":{}}`, `{"multiValue":[]}`, `{"multiValue":[null]}`, `{"multiValue":[{}]}`, `{"value":"1","multiValue":true}`,
			`{"toString":1,"valueOf":1}`, `{"__proto__":null}`, `{"length":1e9}`, `{"headers":{}}`} {
			for _, literal := range []bool{false, true} {
				e := whole
				e.part, e.junk, e.literal = uint8(part), junk, literal
				events = append(events, e)
			}
		}
	}
	return events
}

// serverTiming is that header of a message, as headerOf.
func serverTiming(t *testing.T, message string) []string {
	t.Helper()
	return headerOf(t, message, "server-timing")
}

// headerOf is a header of a message, a value a line; nil if it is none.
func headerOf(t *testing.T, message, name string) []string {
	t.Helper()
	var m struct {
		Headers map[string]json.RawMessage `json:"headers"`
	}
	if json.Unmarshal([]byte(message), &m) != nil {
		return nil
	}
	var field struct {
		Value      string                   `json:"value"`
		MultiValue []struct{ Value string } `json:"multiValue"`
	}
	if json.Unmarshal(m.Headers[name], &field) != nil {
		return nil
	}
	var values []string
	for _, one := range field.MultiValue {
		values = append(values, one.Value)
	}
	if values == nil && field.Value != "" {
		values = []string{field.Value}
	}
	return values
}

// checkResponse holds for every event: nothing but Server-Timing and X-Robots-Tag is
// another one, what was in them is still in them, and what is new is a hint, and what
// wantRobots says, on HTML alone.
func checkResponse(t *testing.T, e event, r ran) {
	t.Helper()
	source := e.source(true)
	if e.part%uint8(len(eventParts)) == 0 {
		before := serverTiming(t, r.before)
		assert.Equal(t, wantTiming(e, before), serverTiming(t, r.after), source)
	}
	if e.part%uint8(len(eventParts)) == 0 {
		before := headerOf(t, r.before, "x-robots-tag")
		assert.Equal(t, wantRobots(e, before), headerOf(t, r.after, "x-robots-tag"), source)
	}
	if r.before == r.after {
		return
	}
	assert.Equal(t, withoutTiming(t, r.before), withoutTiming(t, r.after), source)
	media, _, _ := strings.Cut(strings.ToLower(r.contentType), ";")
	if e.status != 304 || media != "" {
		assert.Contains(t, []string{"text/html", "application/xhtml+xml"}, strings.TrimRight(media, " \t"), source)
	}

	before, after := serverTiming(t, r.before), serverTiming(t, r.after)
	if slices.Equal(before, after) { // there is no hint
		assert.NotEqual(t, headerOf(t, r.before, "x-robots-tag"), headerOf(t, r.after, "x-robots-tag"), source)
		return
	}
	require.NotEmpty(t, after, source)
	last := after[len(after)-1]
	switch {
	case len(before) == 0:
		require.Len(t, after, 1, source)
	case len(after) == len(before)+1:
		assert.Equal(t, before, after[:len(before)], source)
	default:
		require.Len(t, before, 1, source)
		rest, ok := strings.CutPrefix(last, before[0]+", ")
		require.True(t, ok, "%q does not continue %q", last, before[0])
		last = rest
	}
	assert.Regexp(t, hintPattern, last, source)

	if metrics, err := parseServerTiming(strings.Join(before, ", ")); err == nil {
		now, err := parseServerTiming(strings.Join(after, ", "))
		require.NoError(t, err, source)
		assert.Equal(t, append(metrics, last), now, source)
	}
}

// withoutTiming is a message without the headers that the function sets.
func withoutTiming(t *testing.T, message string) any {
	t.Helper()
	var m any
	require.NoError(t, json.Unmarshal([]byte(message), &m))
	if o, ok := m.(map[string]any); ok {
		if headers, ok := o["headers"].(map[string]any); ok {
			delete(headers, "server-timing")
			delete(headers, "x-robots-tag")
		}
	}
	return m
}

// TestCodeNameOfASite: a site's own name for the parameter stands in the function, and
// nothing else changes.
func TestCodeNameOfASite(t *testing.T) {
	assert.Equal(t, edge.ViewerResponse, edge.ViewerResponseFor("ds"))
	other := edge.ViewerResponseFor("via")
	assert.NotEqual(t, edge.ViewerResponse, other)
	assert.Equal(t, edge.ViewerResponse, strings.Replace(other, "'via'", "'ds'", 1))
}
