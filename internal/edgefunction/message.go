package edgefunction

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

var errNoHeaders = errors.New("the message has no headers")

// applyTo gives r the URL of the message, and returns its header.
func (q *request) applyTo(r *http.Request, message *goja.Object) (http.Header, error) {
	if !isSet(message.Get("headers")) {
		return nil, errNoHeaders
	}
	header, err := q.header(message)
	if err != nil {
		return nil, err
	}
	uri, ok := message.Get("uri").(goja.String)
	if !ok {
		return nil, errors.New("uri is no string")
	}
	path, query := uri.String(), q.query
	if path == utf8Text(q.uri) {
		path = q.uri
	}
	params, err := q.params.read(message, "querystring")
	if err != nil {
		return nil, err
	}
	if !params.equal(&q.params) {
		query = params.joined("&")
	}
	return header, setURL(r, path, query)
}

// setURL gives r a new URL if path or query are other ones now.
func setURL(r *http.Request, uri, query string) error {
	if uri == r.URL.EscapedPath() && query == r.URL.RawQuery {
		return nil
	}
	if !strings.HasPrefix(uri, "/") {
		return fmt.Errorf("uri %q does not begin with a slash", uri)
	}
	if strings.ContainsFunc(uri+query, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '#' }) {
		return fmt.Errorf("uri %q with query %q is not percent-encoded", uri, query)
	}
	path, err := url.PathUnescape(uri)
	if err != nil {
		return fmt.Errorf("uri: %w", err)
	}
	changed := *r.URL
	changed.Path, changed.RawPath, changed.RawQuery = path, uri, query
	r.URL = &changed
	return nil
}

// applied returns the header of the message, which must leave the rest as it is.
func (p *response) applied(message *goja.Object) (http.Header, error) {
	if status := message.Get("statusCode"); !isSet(status) || status.ToInteger() != int64(p.status) {
		return nil, fmt.Errorf("the status is %v now and was %d", status, p.status)
	}
	if isSet(message.Get("body")) {
		return nil, errors.New("the body is another one now")
	}
	if !isSet(message.Get("headers")) {
		return nil, errNoHeaders
	}
	return p.header(message)
}

// joined are names and values as in a query or a Cookie header.
func (f *fields) joined(separator string) string {
	var pairs []string
	for _, one := range f.list {
		for _, v := range one.values {
			pairs = append(pairs, one.name+"="+v.text)
		}
	}
	return strings.Join(pairs, separator)
}

// header returns the original header with what the message changed in it.
func (p *parts) header(message *goja.Object) (http.Header, error) {
	headers, err := p.headers.read(message, "headers")
	if err != nil {
		return nil, err
	}
	cookies, err := p.cookies.read(message, "cookies")
	if err != nil {
		return nil, err
	}
	for _, name := range p.readOnly {
		if !slices.Equal(headers.get(name), p.headers.get(name)) {
			return nil, fmt.Errorf("header %s is for reading only", name)
		}
	}
	header := http.Header{}
	for key, lines := range p.original {
		if name := utf8Text(strings.ToLower(key)); p.headers.get(name) == nil || slices.Equal(headers.get(name), p.headers.get(name)) {
			header[key] = slices.Clone(lines)
		}
	}
	for _, one := range headers.list {
		if !slices.Equal(one.values, p.headers.get(one.name)) {
			if err := put(header, one); err != nil {
				return nil, err
			}
		}
	}
	if !cookies.equal(&p.cookies) {
		p.setCookies(header, cookies)
	}
	return header, nil
}

// put sets a header that the function set.
func put(header http.Header, one field) error {
	if !isToken(one.name) || one.name != strings.ToLower(one.name) {
		return fmt.Errorf("header %q is no name in lower case", one.name)
	}
	if hidden(one.name) {
		return fmt.Errorf("header %s is CloudFront's own", one.name)
	}
	lines := make([]string, len(one.values))
	for i, v := range one.values {
		if strings.ContainsFunc(v.text, isControl) {
			return fmt.Errorf("header %s: %q holds a control character", one.name, v.text)
		}
		lines[i] = v.text
	}
	header[http.CanonicalHeaderKey(one.name)] = lines
	return nil
}

func (p *parts) setCookies(header http.Header, cookies *fields) {
	lines := slices.Clone(p.other)
	if p.cookie == "Cookie" {
		if len(cookies.list) > 0 {
			lines = append(lines, cookies.joined("; "))
		}
	} else {
		for _, one := range cookies.list {
			for _, v := range one.values {
				line := one.name + "=" + v.text
				if v.attributes != "" {
					line += "; " + v.attributes
				}
				lines = append(lines, line)
			}
		}
	}
	delete(header, p.cookie)
	if len(lines) > 0 {
		header[p.cookie] = lines
	}
}
