package edgefunction

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// parts are a message's header as the function is given it.
type parts struct {
	original http.Header
	headers  fields
	cookies  fields
	cookie   string   // the header that cookies are of: Cookie, Set-Cookie
	other    []string // lines of it that hold no cookie, and are not shown
	readOnly []string
}

type request struct {
	parts
	method, uri, query string
	params             fields
}

type response struct {
	parts
	status int
}

func requestParts(r *http.Request) *request {
	q := &request{method: r.Method, uri: r.URL.EscapedPath(), query: r.URL.RawQuery, params: newFields(0)}
	q.parts = newParts(r.Header, "Cookie", readOnlyInRequest)
	if r.Host != "" {
		q.headers.add("host", value{text: utf8Text(r.Host)})
	}
	q.split("host")
	for _, line := range r.Header["Cookie"] {
		for pair := range strings.SplitSeq(line, ";") {
			if name, v, ok := strings.Cut(strings.TrimSpace(pair), "="); ok {
				q.cookies.add(utf8Text(name), value{text: utf8Text(v)})
			}
		}
	}
	for pair := range strings.SplitSeq(q.query, "&") {
		if pair != "" {
			name, v, _ := strings.Cut(pair, "=")
			q.params.add(utf8Text(name), value{text: utf8Text(v)})
		}
	}
	return q
}

func responseParts(status int, header http.Header) *response {
	p := &response{status: status}
	p.parts = newParts(header, "Set-Cookie", readOnlyInResponse)
	p.split("")
	for _, line := range header["Set-Cookie"] {
		pair, attributes, _ := strings.Cut(line, ";")
		name, v, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if !ok {
			p.other = append(p.other, line)
			continue
		}
		p.cookies.add(utf8Text(name), value{utf8Text(v), utf8Text(strings.TrimSpace(attributes))})
	}
	return p
}

func newParts(header http.Header, cookie string, readOnly []string) parts {
	return parts{original: header, headers: newFields(len(header) + 1), cookies: newFields(0), cookie: cookie, readOnly: readOnly}
}

// split takes the headers that are shown out of the original, but for one.
func (p *parts) split(but string) {
	for _, key := range slices.Sorted(maps.Keys(p.original)) {
		name := strings.ToLower(key)
		if hidden(name) || name == but || strings.EqualFold(key, p.cookie) {
			continue
		}
		for _, v := range p.original[key] {
			p.headers.add(utf8Text(name), value{text: utf8Text(v)})
		}
	}
}

func (q *request) object(vm *goja.Runtime) *goja.Object {
	o := text(vm, "method", q.method, "uri", utf8Text(q.uri))
	set(o, "querystring", q.params.object(vm))
	set(o, "headers", q.headers.object(vm))
	set(o, "cookies", q.cookies.object(vm))
	return o
}

func (p *response) object(vm *goja.Runtime) *goja.Object {
	o := vm.NewObject()
	set(o, "statusCode", vm.ToValue(p.status))
	set(o, "statusDescription", vm.ToValue(http.StatusText(p.status)))
	set(o, "headers", p.headers.object(vm))
	set(o, "cookies", p.cookies.object(vm))
	return o
}
