package darksocial

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// FieldMap says under which keys a log of JSON lines holds what a visit is made
// of: the "log_fields" of a site file. In it stand a preset's name, or our names
// and the log's keys, or both:
//
//	"log_fields": "cloudflare"
//	"log_fields": {"time": "ts", "host": "host", "path": "uri", "referer": "request.headers.Referer"}
//	"log_fields": {"preset": "cloudflare", "id": "MyRay", "country": null}
type FieldMap struct {
	// Preset is the name of the map that this one began with, or "".
	Preset string
	// Keys are the log's keys by our names. A dot in a key leads into an object:
	// "a.b" is the b of {"a":{"b":…}}, and else the key "a.b" itself. "id" may
	// list several keys with blanks between, whose values are joined.
	Keys map[string]string
	// Encoded are those of our names whose values the log percent-encodes as a
	// whole, beyond what a browser sends.
	Encoded []string
	// OmitsEmpty says that the log leaves the key out where nothing was sent. In
	// other logs a key that is not in a line says nothing.
	OmitsEmpty bool

	problems []fieldProblem // of reading it, for check
}

type fieldProblem struct{ field, text string }

// FieldNames are our names. Beside them there is "headers." with the lower-case
// name of a header that Headers.Set takes. "scheme" may be named and is not used.
var FieldNames = []string{
	"time", "url", "host", "path", "query", "id", "referer", "user_agent",
	"method", "status", "content_type", "country", "scheme",
}

const headerPrefix = "headers."

// tellingHeaders are those whose absence says something: an old browser or a
// program, no prefetch, no objection, no web view.
var tellingHeaders = []string{"sec-fetch-site", "sec-purpose", "x-requested-with", "sec-gpc", "dnt"}

// SeesHeaders reports whether the map names enough headers to say of one that
// is not in a line that the browser did not send it. Of fewer, those that are
// there count, and the others are unknown.
func (m *FieldMap) SeesHeaders() bool {
	for _, name := range tellingHeaders {
		if m.Keys[headerPrefix+name] == "" {
			return false
		}
	}
	return true
}

// UnmarshalJSON never fails on JSON: what is wrong is kept for Check, which
// knows the line.
func (m *FieldMap) UnmarshalJSON(data []byte) error {
	*m = FieldMap{}
	var raw any
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	switch x := raw.(type) {
	case string:
		m.begin(x, "")
	case map[string]any:
		if preset := x["preset"]; preset != nil {
			name, isText := preset.(string)
			if !isText {
				name = fmt.Sprint(preset)
			}
			m.begin(name, ".preset")
		}
		m.read(x)
	default:
		m.problem("", fmt.Sprintf("must be the name of a preset (%s) or an object of our names and the log's keys", presetNames()))
	}
	return nil
}

// begin takes a preset's keys.
func (m *FieldMap) begin(name, field string) {
	preset, ok := LogPreset(name)
	if !ok {
		m.problem(field, fmt.Sprintf("%q is no preset; use one of %s, or name the keys yourself", name, presetNames()))
		return
	}
	*m = *preset
}

// read puts an owner's own keys over those of a preset. null takes a key away.
func (m *FieldMap) read(own map[string]any) {
	if m.Keys == nil {
		m.Keys = map[string]string{}
	}
	if _, ok := own["url"].(string); ok { // it holds what the preset has in three
		for _, part := range [...]string{"host", "path", "query"} {
			delete(m.Keys, part)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(own)) {
		switch value := own[name].(type) {
		case nil:
			if problem := nameProblem(name); problem != "" && name != "preset" && name != "encoded" && name != "omits_empty" {
				m.problem("."+name, problem)
			}
			delete(m.Keys, name)
			m.Encoded = slices.DeleteFunc(m.Encoded, func(e string) bool { return e == name })
		default:
			m.readOne(name, value)
		}
	}
}

func (m *FieldMap) readOne(name string, value any) {
	text, isText := value.(string)
	switch {
	case name == "preset":
	case name == "encoded":
		m.readEncoded(value)
	case name == "omits_empty":
		// Terraform's maps hold texts alone.
		switch fmt.Sprint(value) {
		case "true":
			m.OmitsEmpty = true
		case "false":
			m.OmitsEmpty = false
		default:
			m.problem("."+name, "must be true or false")
		}
	case !isText:
		m.problem("."+name, "must be a text: the key in the log's JSON line")
	default:
		m.Keys[name] = text
	}
}

// readEncoded takes a list, or the names in one text.
func (m *FieldMap) readEncoded(value any) {
	m.Encoded = nil
	switch x := value.(type) {
	case string:
		m.Encoded = strings.FieldsFunc(x, func(r rune) bool { return r == ' ' || r == ',' })
	case []any:
		for _, e := range x {
			name, ok := e.(string)
			if !ok {
				m.problem(".encoded", "must be a list of our names, like [\"referer\", \"user_agent\"]")
				return
			}
			m.Encoded = append(m.Encoded, name)
		}
	default:
		m.problem(".encoded", "must be a list of our names, like [\"referer\", \"user_agent\"]")
	}
}

func (m *FieldMap) problem(field, text string) {
	m.problems = append(m.problems, fieldProblem{strings.ToLower(field), text})
}

// Check reports everything that is wrong with a map.
func (m *FieldMap) Check() error {
	var problems []error
	m.check(func(field, problem string) {
		problems = append(problems, fmt.Errorf("%s: %s", field, problem))
	})
	return errors.Join(problems...)
}

// check reports what is wrong with a map, by field: "log_fields.time".
func (m *FieldMap) check(report func(field, problem string)) {
	tell := func(field, problem string) { report("log_fields"+field, problem) }
	for _, p := range m.problems {
		tell(p.field, p.text)
	}
	names := slices.Sorted(maps.Keys(m.Keys))
	usedBy := map[string]string{}
	for _, name := range names {
		field := "." + strings.ToLower(name)
		if problem := nameProblem(name); problem != "" {
			tell(field, problem)
			continue
		}
		key := m.Keys[name]
		if problem := keyProblem(name, key); problem != "" {
			tell(field, problem)
			continue
		}
		// An id may be made of what has another use as well.
		if name == "id" || name == "scheme" {
			continue
		}
		if other, ok := usedBy[key]; ok {
			tell(field, fmt.Sprintf("%q is the key of %s already; give each its own", key, other))
		}
		usedBy[key] = name
	}
	if m.Keys["url"] != "" {
		for _, part := range [...]string{"host", "path", "query"} {
			if _, ok := m.Keys[part]; ok {
				tell("."+part, `"url" holds host, path and query; leave this out`)
			}
		}
	}
	for _, name := range m.Encoded {
		switch _, ok := m.Keys[name]; {
		case name == "time" || name == "status":
			tell(".encoded", fmt.Sprintf("%s is a number, and never encoded; leave it out", name))
		case !ok:
			tell(".encoded", fmt.Sprintf("%q has no key here; name one, or leave it out", name))
		}
	}
	if len(m.problems) == 0 {
		m.checkComplete(tell)
	}
}

// checkComplete reports what no visit can be made without.
func (m *FieldMap) checkComplete(tell func(field, problem string)) {
	has := func(name string) bool { _, ok := m.Keys[name]; return ok }
	if !has("time") {
		tell("", `no key for "time"; name the one that holds when the request was made`)
	}
	switch {
	case has("url"):
	case !has("host") && !has("path"):
		tell("", `no key for the page; name one for "url", or for "host" and "path"`)
	case !has("host"):
		tell("", `no key for "host"; name the one that holds the host that was asked for`)
	case !has("path"):
		tell("", `no key for "path"; name the one that holds the path, with the query or without`)
	}
}

func nameProblem(name string) string {
	if slices.Contains(FieldNames, name) {
		return ""
	}
	header, ok := strings.CutPrefix(name, headerPrefix)
	switch {
	case !ok:
		return fmt.Sprintf("%q is none of our names; use %s or headers.<name>", name, strings.Join(FieldNames, ", "))
	case header == "referer" || header == "user-agent":
		return fmt.Sprintf("the name for this header is %q", strings.ReplaceAll(header, "-", "_"))
	case header != strings.ToLower(header):
		return fmt.Sprintf("write the header's name in lower case: %q", strings.ToLower(name))
	case !new(Headers).Set(header, ""):
		return fmt.Sprintf("%q is no header that says where a visit came from; leave it out", header)
	}
	return ""
}

func keyProblem(name, key string) string {
	keys := []string{key}
	if name == "id" {
		keys = strings.Fields(key)
	}
	if len(keys) == 0 || key == "" {
		return "is empty; name the key in the log's JSON line, or leave it out"
	}
	for _, key := range keys {
		if slices.Contains(strings.Split(key, "."), "") {
			return fmt.Sprintf("%q: a dot leads into an object, so no part may be empty; write it like \"request.host\"", key)
		}
	}
	return ""
}
