package edgefunction

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"
)

// An event for the functions under test, as few texts: a case of a table, and a
// seed of a fuzz target. It goes into the engine as JavaScript, past net/http and
// its rules, so that it may hold what no HTTP library lets through.
type event struct {
	id, ip                     string
	request, response, cookies string // see list
	part                       uint8  // of parts, which is replaced by junk; 0 for none
	junk                       string // JSON, or anything else to leave the part out
	status                     uint16 // of the answer; 0 is 200
	literal                    bool   // the event is an object literal, where __proto__ is the prototype
	query                      string // see list
}

const (
	requestID = "yFHbDvCDsQTXJKem666hFJqAYBhaGhAMu398GrX7RMVW=="
	viewerIP  = "198.51.100.11"
	second    = 1795786000
)

// Lists of headers and cookies are one text for the fuzzer's sake.
const (
	betweenFields = "\x1e"
	behindName    = "\x1f"
)

// list makes a text of names and values: "a: 1", "b: 2".
func list(lines ...string) string {
	for i, line := range lines {
		lines[i] = strings.Replace(line, ": ", behindName, 1)
	}
	return strings.Join(lines, betweenFields)
}

// valuesOf reads a list: names in the order they came in, and their values.
func valuesOf(list string) (names []string, values map[string][]string) {
	values = map[string][]string{}
	if list == "" {
		return nil, values
	}
	for line := range strings.SplitSeq(list, betweenFields) {
		name, v, _ := strings.Cut(line, behindName)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		values[name] = append(values[name], v)
	}
	return names, values
}

// parts of an event that can be missing or odd.
var eventParts = [][]string{
	{},
	{"context"}, {"context", "requestId"},
	{"viewer"}, {"viewer", "ip"},
	{"request"}, {"request", "headers"}, {"request", "cookies"}, {"request", "querystring"},
	{"request", "headers", "host"}, {"request", "headers", "sec-fetch-site"}, {"request", "headers", "sec-gpc"},
	{"request", "headers", "x-ds-ip"}, {"request", "cookies", "ds_off"},
	{"response"}, {"response", "headers"}, {"response", "cookies"}, {"response", "statusCode"},
	{"response", "headers", "content-type"}, {"response", "headers", "server-timing"},
	{"version"}, {"request", "querystring", "ds"}, {"response", "headers", "x-robots-tag"},
}

// raw is JSON that stands in an event as it is.
type raw string

// object keeps the order of its names.
type object struct {
	names  []string
	values map[string]any
}

func obj(pairs ...any) *object {
	o := &object{values: map[string]any{}}
	for i := 0; i < len(pairs); i += 2 {
		o.set(pairs[i].(string), pairs[i+1])
	}
	return o
}

func (o *object) set(name string, v any) {
	if _, ok := o.values[name]; !ok {
		o.names = append(o.names, name)
	}
	o.values[name] = v
}

func (o *object) remove(name string) {
	o.names = slices.DeleteFunc(o.names, func(n string) bool { return n == name })
	delete(o.values, name)
}

// fieldsOf makes the object of headers or cookies.
func fieldsOf(list string) *object {
	o := obj()
	names, values := valuesOf(list)
	for _, name := range names {
		first := obj("value", values[name][0])
		if len(values[name]) > 1 {
			var all []any
			for _, v := range values[name] {
				all = append(all, obj("value", v))
			}
			first.set("multiValue", all)
		}
		o.set(name, first)
	}
	return o
}

// source is the event as JavaScript; response says which kind it is.
func (e event) source(response bool) string {
	root := obj("version", "1.0", "context", obj("eventType", "viewer", "requestId", e.id), "viewer", obj("ip", e.ip),
		"request", obj("method", "GET", "uri", "/a", "querystring", fieldsOf(e.query), "headers", fieldsOf(e.request), "cookies", fieldsOf(e.cookies)))
	if response {
		root.set("response", obj("statusCode", raw(fmt.Sprint(cmp.Or(e.status, 200))), "headers", fieldsOf(e.response), "cookies", obj()))
	}
	e.spoil(root)
	var b strings.Builder
	write(&b, root)
	return b.String()
}

// spoil replaces a part by junk.
func (e event) spoil(root *object) {
	path := eventParts[int(e.part)%len(eventParts)]
	for i, name := range path {
		if i < len(path)-1 {
			next, ok := root.values[name].(*object)
			if !ok {
				return
			}
			root = next
			continue
		}
		if json.Valid([]byte(e.junk)) && noEscapes(e.junk) {
			root.set(name, raw(e.junk))
		} else {
			root.remove(name)
		}
	}
}

// noEscapes keeps the junk to what JSON and JavaScript read in the same way.
func noEscapes(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsAny(s, "\\\u2028\u2029")
}

func write(b *strings.Builder, v any) {
	switch v := v.(type) {
	case raw:
		b.WriteString(string(v))
	case string:
		writeString(b, v)
	case []any:
		b.WriteByte('[')
		for i, one := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			write(b, one)
		}
		b.WriteByte(']')
	case *object:
		b.WriteByte('{')
		for i, name := range v.names {
			if i > 0 {
				b.WriteByte(',')
			}
			writeString(b, name)
			b.WriteByte(':')
			write(b, v.values[name])
		}
		b.WriteByte('}')
	}
}

// writeString writes a string. A byte that is no UTF-8 becomes half of a surrogate
// pair, which JavaScript's strings may hold and Go's may not.
func writeString(b *strings.Builder, s string) {
	b.WriteByte('"')
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(b, `\ud8%02x`, s[0])
		case r < ' ' || r == '"' || r == '\\' || r == 0x7f || r == '\u2028' || r == '\u2029':
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	b.WriteByte('"')
}

// ran is what became of a message: as JSON, "" for undefined.
type ran struct {
	before, after string
	contentType   string // as the function saw it
}

// runOn runs a function on an event, and fails the test if it throws.
func runOn(t *testing.T, f *Function, e event, part string) ran {
	t.Helper()
	source := e.source(part == "response")
	var r ran
	var engine *goja.Runtime
	json := func(v goja.Value) string {
		stringify, _ := goja.AssertFunction(engine.Get("JSON").(*goja.Object).Get("stringify"))
		out, err := stringify(goja.Undefined(), v)
		require.NoError(t, err)
		if goja.IsUndefined(out) {
			return ""
		}
		return out.String()
	}
	err := f.call(time.Unix(second, 999e6), func(vm *goja.Runtime) goja.Value {
		engine = vm
		var made goja.Value
		var err error
		if e.literal {
			made, err = vm.RunString("(" + source + ")")
		} else {
			parse, _ := goja.AssertFunction(vm.Get("JSON").(*goja.Object).Get("parse"))
			made, err = parse(goja.Undefined(), vm.ToValue(source))
		}
		require.NoError(t, err, source)
		require.NoError(t, vm.Set("given", made))
		look := func(script string) goja.Value {
			v, err := vm.RunString(script)
			require.NoError(t, err)
			return v
		}
		r.before = json(look("given." + part))
		r.contentType = look(`(function () { try { const v = given.response.headers['content-type'].value; return typeof v === 'string' ? v : '' } catch (e) { return '' } })()`).String()
		return made
	}, func(message goja.Value) error {
		r.after = json(message)
		return nil
	})
	require.NoError(t, err, "it threw on %s", source)
	return r
}
