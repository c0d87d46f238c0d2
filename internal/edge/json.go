package edge

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"darksocial/darksocial"
)

// jsonLog reads lines of JSON whose keys a field map names, see the package
// documentation.
type jsonLog struct {
	host    string
	clock   clock
	scratch scratch
	keys    jsonKeys

	omitsEmpty  bool
	seesHeaders bool // the map names all headers that matter
	id          []*mapped
	time, url, pageHost, path, query,
	referer, userAgent, method, status, contentType, country *mapped
	headers []*mapped

	lines   int // that are objects
	lacking map[*mapped]int
}

// mapped is one of our names with its key.
type mapped struct {
	name    string // ours; of a header, the header's
	key     string
	slots   [2]int   // nested, and as one key with dots in it
	parent  *keyNode // the object it is in; nil at the top
	encoded bool
}

// allLines is how many lines must lack a key before an error says so of all.
const allLines = 100

var (
	errNoKey        = errors.New("name its key in log_fields, or add it to the log")
	errNoKeyAtAll   = errors.New("the log is not what log_fields describes: compare the keys, see docs/site.md")
	errNoPage       = errors.New("no page was asked for: a scanner, or TLS sent to a plain port")
	errKeyComposite = errors.New("name the key of the value itself in log_fields")
)

// AllLack reports whether the error of a line says that no line so far had a key
// that is needed, so that it is the map or the log that must be changed.
func AllLack(err error) bool { return errors.Is(err, errNoKeyAtAll) }

func newJSONLog(m *darksocial.FieldMap, host string, clock clock) (*jsonLog, error) {
	if m == nil {
		return nil, errors.New(`edge: a log of format json has keys of its own: name them in the site file's "log_fields", see docs/site.md`)
	}
	if err := m.Check(); err != nil {
		return nil, fmt.Errorf("edge: %w", err)
	}
	d := &jsonLog{host: host, clock: clock, omitsEmpty: m.OmitsEmpty, seesHeaders: m.SeesHeaders(), lacking: map[*mapped]int{}}
	d.keys.scratch = &d.scratch
	fields := map[string]**mapped{
		"time": &d.time, "url": &d.url, "host": &d.pageHost, "path": &d.path, "query": &d.query,
		"referer": &d.referer, "user_agent": &d.userAgent, "method": &d.method, "status": &d.status,
		"content_type": &d.contentType, "country": &d.country,
	}
	for _, name := range slices.Sorted(maps.Keys(m.Keys)) {
		encoded := slices.Contains(m.Encoded, name)
		header, isHeader := strings.CutPrefix(name, "headers.")
		switch {
		case isHeader:
			d.headers = append(d.headers, d.mapped(header, m.Keys[name], encoded))
		case name == "id":
			for _, key := range strings.Fields(m.Keys[name]) {
				d.id = append(d.id, d.mapped(name, key, encoded))
			}
		case fields[name] != nil:
			*fields[name] = d.mapped(name, m.Keys[name], encoded)
		}
	}
	return d, nil
}

func (d *jsonLog) mapped(name, key string, encoded bool) *mapped {
	f := &mapped{name: name, key: key, encoded: encoded}
	path := strings.Split(key, ".")
	slot, node := d.keys.add(path...)
	f.slots = [2]int{slot, slot}
	if len(path) > 1 {
		f.parent = node.parent
		f.slots[1], _ = d.keys.add(key)
	}
	return f
}

func (d *jsonLog) decode(s string, line *Line) (skip bool, err error) {
	d.scratch.reset()
	whole := d.keys.read(s)
	line.ID = d.readID()
	if !whole {
		if !isObject(s) {
			return false, errNotObject
		}
		return false, errNotJSON
	}
	d.lines++
	line.Visit.ID = line.ID
	return false, d.fill(&line.Visit)
}

// readID joins the values an id is made of.
func (d *jsonLog) readID() string {
	if len(d.id) == 1 {
		id, _, _ := d.text(d.id[0])
		return id
	}
	start := -1
	for _, f := range d.id {
		part, _, _ := d.text(f)
		switch {
		case part == "":
			return "" // the rest of it would not be unique
		case start < 0:
			start = len(d.scratch.buf)
		default:
			d.scratch.buf = append(d.scratch.buf, '-')
		}
		d.scratch.buf = append(d.scratch.buf, part...)
	}
	if start < 0 {
		return ""
	}
	return d.scratch.since(start)
}

// text is the value of one of ours. "" and "-" say that nothing was sent, and so
// does "(null)", which is how Varnish writes a header that is not there. seen is
// false if the line says nothing about it.
func (d *jsonLog) text(f *mapped) (value string, seen bool, err error) {
	if f == nil {
		return "", false, nil
	}
	for _, i := range f.slots {
		switch s := &d.keys.slots[i]; s.kind {
		case textual:
			value = s.text
			if value == "-" || value == "(null)" {
				value = ""
			}
			if s.escaped {
				value = d.scratch.unquote(value)
			}
			return value, true, nil
		case null:
			return "", d.omitsEmpty, nil
		case composite:
			return "", false, fmt.Errorf("%q, which log_fields gives for %s, is neither a text nor a number: %w", f.key, f.name, errKeyComposite)
		}
	}
	// Who writes an object of headers writes those that were sent.
	return "", d.omitsEmpty || f.parent != nil && f.parent.isObject, nil
}

// needed is text for what there is no visit without. Its key may be there and
// hold nothing.
func (d *jsonLog) needed(f *mapped) (string, error) {
	value, _, err := d.text(f)
	if err != nil {
		return "", err
	}
	for _, i := range f.slots {
		if d.keys.slots[i].kind == textual {
			return value, nil
		}
	}
	d.lacking[f]++
	if d.lines >= allLines && d.lacking[f] == d.lines {
		return "", fmt.Errorf("none of %d lines has %q, which log_fields gives for %s: %w", d.lines, f.key, f.name, errNoKeyAtAll)
	}
	return "", fmt.Errorf("no %q, which log_fields gives for %s: %w", f.key, f.name, errNoKey)
}

func (d *jsonLog) fill(v *darksocial.Visit) error {
	when, err := d.needed(d.time)
	if err != nil {
		return err
	}
	if v.Time, err = anyTime(when); err != nil {
		return err
	}
	if err := d.clock.check(v.Time); err != nil {
		return err
	}
	if err := d.target(v); err != nil {
		return err
	}
	var status, contentType, country string
	for _, part := range [...]struct {
		f  *mapped
		to *string
	}{{d.method, &v.Method}, {d.status, &status}, {d.contentType, &contentType}, {d.country, &country}} {
		if *part.to, _, err = d.text(part.f); err != nil {
			return err
		}
		if part.f != nil && part.f.encoded {
			*part.to = d.scratch.unescape(*part.to)
		}
	}
	v.Status = max(digits(status), 0)
	mediaType, _, _ := strings.Cut(contentType, ";")
	v.ContentType = d.scratch.lower(strings.TrimSpace(mediaType))
	if country != "XX" { // a country nobody knows: ISO 3166 leaves it to its users
		v.Country = d.scratch.country(country)
	}
	return d.request(v)
}

// request sets what the browser sent.
func (d *jsonLog) request(v *darksocial.Visit) error {
	referer, seen, err := d.text(d.referer)
	if err != nil {
		return err
	}
	if seen {
		if d.referer.encoded && isEscapedURL(referer) {
			referer = d.scratch.unescape(referer)
		}
		v.Referer, _ = d.scratch.address(referer, false)
		v.Sees |= darksocial.SeesReferer
	}
	if v.UserAgent, seen, err = d.text(d.userAgent); err != nil {
		return err
	}
	if seen {
		if d.userAgent.encoded {
			v.UserAgent = d.scratch.unescapeForm(v.UserAgent)
		}
		v.Sees |= darksocial.SeesUserAgent
	}
	sees := d.seesHeaders
	for _, f := range d.headers {
		value, seen, err := d.text(f)
		if err != nil {
			return err
		}
		if value != "" {
			if f.encoded {
				value = d.scratch.unescape(value)
			}
			v.Headers.Set(f.name, value)
		}
		sees = sees && seen
	}
	if sees {
		v.Sees |= darksocial.SeesHeaders
	}
	return nil
}

// target sets host, path and query. The path may have the query with it.
func (d *jsonLog) target(v *darksocial.Visit) error {
	page := d.path
	if d.url != nil {
		page = d.url
	} else {
		host, err := d.needed(d.pageHost)
		if err != nil {
			return err
		}
		v.Host = hostName(host, &d.scratch)
	}
	address, err := d.needed(page)
	if err != nil {
		return err
	}
	if page.encoded {
		address = d.scratch.unescape(address)
	}
	var host string
	switch address {
	case "":
		return errNoPage
	case "*": // OPTIONS * asks about the server
		v.Path = address
	default:
		if host, v.Path, v.Query, err = splitURL(address, &d.scratch); err != nil {
			return err
		}
	}
	if v.Host == "" {
		v.Host = host
	}
	if v.Host == "" {
		v.Host = d.host
	}
	query, _, err := d.text(d.query)
	if query == "" || err != nil {
		return err
	}
	if d.query.encoded {
		query = d.scratch.unescape(query)
	}
	var ok bool
	if v.Query, ok = d.scratch.address(strings.TrimPrefix(query, "?"), false); !ok {
		return errControl
	}
	return nil
}
