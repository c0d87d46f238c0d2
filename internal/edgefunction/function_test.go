package edgefunction

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func load(t testing.TB, source string) *Function {
	t.Helper()
	f, err := Load("function.js", source)
	require.NoError(t, err)
	return f
}

var context = Context{RequestID: requestID, ViewerIP: viewerIP, Now: func() time.Time { return time.Unix(second, 999e6) }}

func TestLoad(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"no JavaScript", "function handler(event {", "SyntaxError"},
		{"a module", "import cf from 'cloudfront'; function handler(event) {}", "SyntaxError"},
		{"no handler", "function other(event) {}", "there is no function handler(event)"},
		{"a handler that is none", "var handler = 1", "there is no function handler(event)"},
		{"throws at once", "throw new Error('at once')", "at once"},
		{"too large", "function handler(event) {}" + strings.Repeat(" ", maxSource), "CloudFront takes 10240"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load("function.js", tt.source)
			require.ErrorContains(t, err, "edgefunction: function.js: ")
			assert.ErrorContains(t, err, tt.want)
		})
	}
}

// oddRequest has everything that has to go through a function unharmed.
func oddRequest() *http.Request {
	r := httptest.NewRequest("GET", "http://www.example.com/a%2Fb/%e4?q=1&q=%20&flag&=&7=x&__proto__=1", nil)
	r.Header = http.Header{
		"Accept":            {"text/html", "*/*"},
		"Cookie":            {"7=a; b=\"c d\";b=2 ; novalue", "__proto__=x; b=3"},
		"Connection":        {"keep-alive"},
		"Proxy-Connection":  {"keep-alive"},
		"X-Forwarded-Proto": {"https"},
		"X-Real-Ip":         {"192.0.2.1"},
		"X-Amz-Cf-Id":       {"1"},
		"X-Cache":           {"Hit"},
		"X-Edge-Anything":   {"1"},
		"Referer":           {"https://example.org/caf\xe9"},
		"X-Utf8":            {"café"},
		"X-Empty":           {""},
		"X-Nothing":         nil,
		"__proto__":         {"p", "q"},
		"Constructor":       {"c"},
		"x-lower":           {"not as net/http writes it"},
	}
	return r
}

// TestUntouched: what the function leaves alone goes on as it came, byte for byte,
// although JavaScript has an order and an encoding of its own.
func TestUntouched(t *testing.T) {
	f := load(t, `function handler(event) { return event.response || event.request }`)
	r := oddRequest()
	header, answer, err := f.ViewerRequest(context, r)
	require.NoError(t, err)
	assert.Nil(t, answer)
	assert.Equal(t, oddRequest().Header, header)
	assert.Equal(t, oddRequest().URL, r.URL)

	header["Accept"][0] = "changed"
	assert.Equal(t, oddRequest().Header, r.Header, "the returned header is a new one")

	response := http.Header{
		"Content-Type":  {"text/html"},
		"Server-Timing": {"a", "b"},
		"Set-Cookie":    {"b=1; Path=/;  Secure", "a=2", "b=3;HttpOnly", "odd", "7=c\xe9"},
		"Via":           {"1.1 a"},
		"X-Cache":       {"Hit from cloudfront"},
	}
	changed, err := f.ViewerResponse(context, oddRequest(), http.StatusOK, response)
	require.NoError(t, err)
	assert.Equal(t, response, changed)
	changed["Set-Cookie"][0] = "changed"
	assert.Equal(t, "b=1; Path=/;  Secure", response["Set-Cookie"][0])
}

// TestEvent: what the function is shown.
func TestEvent(t *testing.T) {
	f := load(t, `function handler(event) { return {statusCode: 200, body: JSON.stringify(event)} }`)
	_, answer, err := f.ViewerRequest(context, oddRequest())
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"version": "1.0",
		"context": {"eventType": "viewer-request", "requestId": "`+requestID+`"},
		"viewer": {"ip": "198.51.100.11"},
		"request": {
			"method": "GET",
			"uri": "/a%2Fb/%e4",
			"querystring": {"q": {"value": "1", "multiValue": [{"value": "1"}, {"value": "%20"}]}, "flag": {"value": ""}, "": {"value": ""}, "7": {"value": "x"}, "__proto__": {"value": "1"}},
			"headers": {
				"host": {"value": "www.example.com"},
				"accept": {"value": "text/html", "multiValue": [{"value": "text/html"}, {"value": "*/*"}]},
				"referer": {"value": "https://example.org/café"},
				"x-utf8": {"value": "café"},
				"x-empty": {"value": ""},
				"__proto__": {"value": "p", "multiValue": [{"value": "p"}, {"value": "q"}]},
				"constructor": {"value": "c"},
				"x-lower": {"value": "not as net/http writes it"}
			},
			"cookies": {"7": {"value": "a"}, "b": {"value": "\"c d\"", "multiValue": [{"value": "\"c d\""}, {"value": "2"}, {"value": "3"}]}, "__proto__": {"value": "x"}}
		}
	}`, string(answer.Body))

	f = load(t, `function handler(event) { event.response.headers.seen = {value: JSON.stringify(event.response)}; return event.response }`)
	header, err := f.ViewerResponse(context, oddRequest(), http.StatusFound, http.Header{"Set-Cookie": {"a=1; Path=/; Secure", "a=2"}, "Location": {"/b"}, "X-Cache": {"Miss"}})
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"statusCode": 302, "statusDescription": "Found",
		"headers": {"location": {"value": "/b"}},
		"cookies": {"a": {"value": "1", "attributes": "Path=/; Secure", "multiValue": [{"value": "1", "attributes": "Path=/; Secure"}, {"value": "2"}]}}
	}`, header.Get("seen"))
}

// TestChanges: what a function changes, by CloudFront's rules for multiValue.
func TestChanges(t *testing.T) {
	for _, tt := range []struct {
		name, script string
		want         http.Header
		url, wantErr string
	}{
		{name: "a header", script: `h['x-a-b'] = {value: '1'}`, want: http.Header{"A": {"1", "2"}, "B": {"3"}, "Cookie": {"c=4; d=5"}, "X-A-B": {"1"}}},
		{name: "away with one", script: `delete h.a`, want: http.Header{"B": {"3"}, "Cookie": {"c=4; d=5"}}},
		{name: "value, where there is multiValue", script: `h.a.value = '9'`, want: http.Header{"A": {"9", "2"}, "B": {"3"}, "Cookie": {"c=4; d=5"}}},
		{name: "multiValue goes first", script: `h.a.value = '9'; h.a.multiValue.push({value: '8'})`, want: http.Header{"A": {"1", "2", "8"}, "B": {"3"}, "Cookie": {"c=4; d=5"}}},
		{name: "a new field for several", script: `h.a = {value: '9'}`, want: http.Header{"A": {"9"}, "B": {"3"}, "Cookie": {"c=4; d=5"}}},
		{name: "several for one", script: `h.b.multiValue = [{value: '3'}, {value: '6'}]`, want: http.Header{"A": {"1", "2"}, "B": {"3", "6"}, "Cookie": {"c=4; d=5"}}},
		{name: "no values", script: `h.a.multiValue = []`, want: http.Header{"B": {"3"}, "Cookie": {"c=4; d=5"}}},
		{name: "a cookie", script: `m.cookies.e = {value: '6'}; delete m.cookies.d`, want: http.Header{"A": {"1", "2"}, "B": {"3"}, "Cookie": {"c=4; e=6"}}},
		{name: "no cookies", script: `m.cookies = {}`, want: http.Header{"A": {"1", "2"}, "B": {"3"}}},
		{name: "the path", script: `m.uri = '/c%20d'`, want: http.Header{"A": {"1", "2"}, "B": {"3"}, "Cookie": {"c=4; d=5"}}, url: "http://www.example.com/c%20d?x=1&y=2"},
		{name: "the query", script: `m.querystring.x.value = '%2F'; delete m.querystring.y`, want: http.Header{"A": {"1", "2"}, "B": {"3"}, "Cookie": {"c=4; d=5"}}, url: "http://www.example.com/a?x=%2F"},

		{name: "no slash", script: `m.uri = 'a'`, wantErr: "does not begin with a slash"},
		{name: "a bad escape", script: `m.uri = '/%zz'`, wantErr: "invalid URL escape"},
		{name: "a space in the path", script: `m.uri = '/a b'`, wantErr: "not percent-encoded"},
		{name: "a fragment in the query", script: `m.querystring.x.value = '#'`, wantErr: "not percent-encoded"},
		{name: "no path", script: `delete m.uri`, wantErr: "uri is no string"},
		{name: "the host", script: `h.host.value = 'evil.example'`, wantErr: "header host is for reading only"},
		{name: "away with the host", script: `delete h.host`, wantErr: "header host is for reading only"},
		{name: "CloudFront's own", script: `h['x-edge-location'] = {value: '1'}`, wantErr: "header x-edge-location is CloudFront's own"},
		{name: "upper case", script: `h['X-A'] = {value: '1'}`, wantErr: "no name in lower case"},
		{name: "no name", script: `h[''] = {value: '1'}`, wantErr: "no name in lower case"},
		{name: "a name with a space", script: `h['a b'] = {value: '1'}`, wantErr: "no name in lower case"},
		{name: "a line break", script: `h.b.value = 'a\r\nb: c'`, wantErr: "control character"},
		{name: "a header that is a string", script: `h.b = 'a'`, wantErr: `headers: "b": it is no object`},
		{name: "a value that is a number", script: `h.b.value = 1`, wantErr: `headers: "b": its value is no string`},
		{name: "a multiValue of strings", script: `h.b.multiValue = ['a']`, wantErr: `headers: "b": it is no object`},
		{name: "headers that are a string", script: `m.headers = 'a'`, wantErr: "headers is no object"},
		{name: "no headers", script: `m.headers = null`, wantErr: "the message has no headers"},
		{name: "a getter that throws", script: `Object.defineProperty(m, 'headers', {get() { throw new Error('got') }})`, wantErr: "got"},
		{name: "a message that is none", script: `m = 'a'`, wantErr: "the handler returned no message"},
		{name: "undefined", script: `m = undefined`, wantErr: "the handler returned no message"},
		{name: "a promise", script: `m = Promise.resolve(m)`, wantErr: "the handler is async"},
		{name: "an exception", script: `null.x`, wantErr: "TypeError"},
		{name: "an exception that is no error", script: `throw 'text'`, wantErr: "text"},
		{name: "a recursion without end", script: `(function f() { f() })()`, wantErr: "called itself more than 256 deep"},
		{name: "a loop without end", script: `for (;;) {}`, wantErr: "ran for more than 50ms"},
		{name: "a loop without end in what is read", script: `Object.defineProperty(m, 'headers', {get() { for (;;) {} }})`, wantErr: "ran for more than 50ms"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := load(t, "function handler(event) { let m = event.request; const h = m.headers; "+tt.script+"; return m }")
			if strings.HasPrefix(tt.wantErr, "ran for") {
				f.maxTime = 50 * time.Millisecond
			}
			r := httptest.NewRequest("GET", "http://www.example.com/a?x=1&y=2", nil)
			r.Header = http.Header{"A": {"1", "2"}, "B": {"3"}, "Cookie": {"c=4; d=5"}}
			before := r.URL
			header, _, err := f.ViewerRequest(context, r)
			if tt.wantErr != "" {
				assert.ErrorContains(t, err, tt.wantErr)
				assert.Nil(t, header)
				assert.Same(t, before, r.URL)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.want, header)
			if tt.url == "" {
				tt.url = "http://www.example.com/a?x=1&y=2"
			}
			assert.Equal(t, tt.url, r.URL.String())
			assert.Equal(t, "http://www.example.com/a?x=1&y=2", before.String(), "the old URL is left alone")
		})
	}
}

func TestAnswer(t *testing.T) {
	for _, tt := range []struct {
		name, answer string
		want         Answer
		wantErr      string
	}{
		{name: "a redirect", answer: `{statusCode: 302, statusDescription: 'Found', headers: {location: {value: '/b'}}, cookies: {a: {value: '1', attributes: 'Path=/'}}}`,
			want: Answer{302, http.Header{"Location": {"/b"}, "Set-Cookie": {"a=1; Path=/"}}, nil}},
		{name: "text", answer: `{statusCode: 403, body: 'nö'}`, want: Answer{403, http.Header{}, []byte("nö")}},
		{name: "text in an object", answer: `{statusCode: 200, body: {encoding: 'text', data: 'a'}}`, want: Answer{200, http.Header{}, []byte("a")}},
		{name: "base64", answer: `{statusCode: 200, body: {encoding: 'base64', data: 'AP8='}}`, want: Answer{200, http.Header{}, []byte{0, 255}}},
		{name: "bad base64", answer: `{statusCode: 200, body: {encoding: 'base64', data: '!'}}`, wantErr: "the body: illegal base64"},
		{name: "no encoding", answer: `{statusCode: 200, body: {data: 'a'}}`, wantErr: "the body has no encoding"},
		{name: "an unknown encoding", answer: `{statusCode: 200, body: {encoding: 'hex', data: 'a'}}`, wantErr: `encoding "hex"`},
		{name: "no data", answer: `{statusCode: 200, body: {encoding: 'text'}}`, wantErr: "data is no string"},
		{name: "a body that is a number", answer: `{statusCode: 200, body: 1}`, wantErr: "neither a string nor an object"},
		{name: "a status as text", answer: `{statusCode: '200'}`, wantErr: "statusCode 200 is none"},
		{name: "a status out of range", answer: `{statusCode: 42}`, wantErr: "statusCode 42 is none"},
		{name: "a bad header", answer: `{statusCode: 200, headers: {a: {value: '\n'}}}`, wantErr: "control character"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			header, answer, err := load(t, "function handler(event) { return "+tt.answer+" }").ViewerRequest(context, oddRequest())
			assert.Nil(t, header)
			if tt.wantErr != "" {
				assert.ErrorContains(t, err, tt.wantErr)
				assert.Nil(t, answer)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.want, *answer)
		})
	}
}

func TestResponseChanges(t *testing.T) {
	for _, tt := range []struct {
		name, script string
		want         http.Header
		wantErr      string
	}{
		{name: "a cookie more", script: `m.cookies.b = {value: '2', attributes: 'Secure'}`, want: http.Header{"Via": {"1.1 a"}, "Set-Cookie": {"odd", "a=1; Path=/", "b=2; Secure"}}},
		{name: "no cookies", script: `m.cookies = {}`, want: http.Header{"Via": {"1.1 a"}, "Set-Cookie": {"odd"}}},
		{name: "via", script: `m.headers.via.value = '1.1 b'`, wantErr: "header via is for reading only"},
		{name: "the status", script: `m.statusCode = 404`, wantErr: "the status is 404 now and was 200"},
		{name: "no status", script: `delete m.statusCode`, wantErr: "the status is"},
		{name: "the body", script: `m.body = 'a'`, wantErr: "the body is another one now"},
		{name: "no headers", script: `delete m.headers`, wantErr: "the message has no headers"},
		{name: "an exception", script: `null.x`, wantErr: "TypeError"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := load(t, "function handler(event) { const m = event.response; "+tt.script+"; return m }")
			header, err := f.ViewerResponse(context, oddRequest(), 200, http.Header{"Via": {"1.1 a"}, "Set-Cookie": {"odd", "a=1; Path=/"}})
			if tt.wantErr != "" {
				assert.ErrorContains(t, err, tt.wantErr)
				assert.Nil(t, header)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tt.want, header)
		})
	}

	throws := load(t, "function handler(event) { throw 1 }")
	header, err := throws.ViewerResponse(context, oddRequest(), 404, http.Header{"A": {"1"}})
	require.NoError(t, err, "CloudFront runs none on an error of the origin")
	assert.Equal(t, http.Header{"A": {"1"}}, header)
}

// TestRunsShareNothing: what one run leaves behind is not there in the next one, of
// globals as of what belongs to JavaScript itself.
func TestRunsShareNothing(t *testing.T) {
	f := load(t, `
		var runs = 0;
		function handler(event) {
			runs++;
			Object.prototype.runs = (Object.prototype.runs || 0) + 1;
			Array.prototype.push = undefined;
			return {statusCode: 200, body: runs + ' ' + ({}).runs};
		}`)
	for range 3 {
		_, answer, err := f.ViewerRequest(context, oddRequest())
		require.NoError(t, err)
		assert.Equal(t, "1 1", string(answer.Body))
	}
}

func TestTime(t *testing.T) {
	f := load(t, `function handler(event) { return {statusCode: 200, body: String(Date.now()) + ' ' + new Date().getTime()} }`)
	_, answer, err := f.ViewerRequest(context, oddRequest())
	require.NoError(t, err)
	assert.Equal(t, "1795786000999 1795786000999", string(answer.Body))

	_, answer, err = f.ViewerRequest(Context{}, oddRequest())
	require.NoError(t, err)
	milliseconds, err := strconv.ParseInt(strings.Fields(string(answer.Body))[0], 10, 64)
	require.NoError(t, err)
	assert.WithinDuration(t, time.Now(), time.UnixMilli(milliseconds), time.Hour, "without a clock it is the machine's")
}

// TestThroughHTTP runs both of our functions on what net/http read from a wire.
func TestThroughHTTP(t *testing.T) {
	request, response := viewerRequest(t), viewerResponse(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header, answer, err := request.ViewerRequest(context, r)
		if !assert.NoError(t, err) || !assert.Nil(t, answer) {
			return
		}
		assert.Equal(t, []string{r.Host}, header["X-Ds-Host"])
		assert.Equal(t, []string{viewerIP}, header["X-Ds-Ip"])
		assert.Equal(t, []string{requestID}, header["X-Ds-Id"])
		assert.NotContains(t, header, "X-Ds-Country")
		assert.Equal(t, []string{"ds_off=1; a=b"}, header["Cookie"])
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Add("Server-Timing", "db;dur=53")
		w.Header().Add("Server-Timing", "app")
		changed, err := response.ViewerResponse(context, r, http.StatusOK, w.Header())
		if assert.NoError(t, err) {
			w.Header()["Server-Timing"] = changed["Server-Timing"]
		}
	}))
	t.Cleanup(server.Close)
	r, err := http.NewRequest("GET", server.URL+"/_ds/hit?v=1", nil)
	require.NoError(t, err)
	r.Header = http.Header{"X-Ds-Ip": {"192.0.2.1", "192.0.2.2"}, "x-ds-host": {"evil.example"}, "X-DS-ID": {"1"}, "X-Ds-Country": {"DE"},
		"Sec-Fetch-Site": {"cross-site"}, "Sec-Fetch-Dest": {"document"}, "Cookie": {"ds_off=1; a=b"}}
	answer, err := server.Client().Do(r)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	assert.Equal(t, []string{"db;dur=53", "app", hint("cross-site", "document", "", "1")}, answer.Header["Server-Timing"])
}

// TestNoEvent: our functions do not throw where there is no event at all.
func TestNoEvent(t *testing.T) {
	for _, f := range []*Function{viewerRequest(t), viewerResponse(t)} {
		for _, event := range []any{nil, goja.Undefined(), 1, "a", true, []any{}, map[string]any{}} {
			err := f.call(time.Unix(second, 0), func(vm *goja.Runtime) goja.Value { return vm.ToValue(event) }, func(goja.Value) error { return nil })
			assert.NoError(t, err, "%v", event)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	f := viewerResponse(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				header, err := f.ViewerResponse(context, oddRequest(), 200, http.Header{"Content-Type": {"text/html"}})
				assert.NoError(t, err)
				assert.Equal(t, []string{hint("", "", "", "0")}, header["Server-Timing"])
			}
		})
	}
	group.Wait()
}
