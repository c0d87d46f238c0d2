package edge

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"darksocial/darksocial"
)

// cloudFront reads standard logs (legacy, and v2 as w3c, plain or JSON) and
// real-time logs. They differ in where the names of the columns come from; what
// a column means and how it is escaped is the same.
type cloudFront struct {
	host  string // of the page, if the log does not say
	clock clock
	day   day

	columns int              // how many a text line has; 0 before the first #Fields
	used    []column         // those that are read
	ends    []int            // where each column of the line ends
	text    record           // the values of a text line; keeps what columns there are
	object  map[string]any   // a JSON line
	keys    map[string]field // of JSON lines
	scratch scratch
}

// column is where in a text line a field is.
type column struct {
	at    int
	field field
}

// field is a column this package reads. Columns that say who the visitor is
// (c-ip, c-port, x-forwarded-for, cookies) have no field, so they are skipped
// without being looked at.
type field uint8

const (
	noField field = iota
	fieldDate
	fieldTime
	fieldTimestamp
	fieldTimestampMS
	fieldID
	fieldMethod
	fieldStatus
	fieldContentType
	fieldDistribution // the distribution's domain name
	fieldHost         // the Host the viewer asked for
	fieldStem
	fieldQuery
	fieldReferer
	fieldUserAgent
	fieldCountry
	fieldHeaders
	fieldHeaderNames
	fieldHeaderCount
	numFields
)

// fieldNames are the names of the columns as simpleName gives them: standard
// logs write cs(User-Agent), real-time logs cs-user-agent.
var fieldNames = map[string]field{
	"date":           fieldDate,
	"time":           fieldTime,
	"timestamp":      fieldTimestamp,
	"timestampms":    fieldTimestampMS,
	"xedgerequestid": fieldID,
	"csmethod":       fieldMethod,
	"scstatus":       fieldStatus,
	"sccontenttype":  fieldContentType,
	"cshost":         fieldDistribution,
	"xhostheader":    fieldHost,
	"csuristem":      fieldStem,
	"csuriquery":     fieldQuery,
	"csreferer":      fieldReferer,
	"csuseragent":    fieldUserAgent,
	"ccountry":       fieldCountry,
	"csheaders":      fieldHeaders,
	"csheadernames":  fieldHeaderNames,
	"csheaderscount": fieldHeaderCount,
}

// simpleName takes the spelling out of a column's name: case, "-", "_" and
// parentheses.
func simpleName(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '-' || r == '_' || r == '(' || r == ')':
			return -1
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// record is one request by column, as the log wrote it; "" where the log wrote
// "-".
type record struct {
	value [numFields]string
	has   [numFields]bool // the log has the column: an empty value means "none"
}

var (
	errNoFields  = errors.New("no #Fields line before it: give the whole file, or name the columns yourself")
	errNoStem    = errors.New("the log has no cs-uri-stem column: add it to the fields of the log")
	errNoPath    = errors.New("cs-uri-stem is empty: the line is damaged")
	errNotAPath  = errors.New("cs-uri-stem does not start with /: check the columns")
	errStructure = errors.New("cs-uri-stem is missing: check the keys of the log")
	errFewer     = errors.New("the line is cut, or belongs to another #Fields line")
	errMore      = errors.New("the line belongs to another #Fields line")
)

func (d *cloudFront) decode(s string, line *Line) (skip bool, err error) {
	d.scratch.reset()
	switch {
	case s[0] == '#':
		if names, ok := strings.CutPrefix(s, "#Fields"); ok {
			d.setColumns(strings.FieldsFunc(strings.TrimPrefix(names, ":"), isBlank))
		}
		return true, nil
	case isObject(s):
		return false, d.decodeJSON(s, line)
	case d.columns == 0:
		return false, errNoFields
	}
	if err := d.split(s); err != nil {
		return false, err
	}
	return false, d.fill(&d.text, line)
}

func isBlank(r rune) bool { return r == ' ' || r == '\t' }

// setColumns replaces the columns. A file glued together from several logs has
// a header before each part, and they need not agree.
func (d *cloudFront) setColumns(names []string) {
	d.columns, d.used, d.text = len(names), nil, record{}
	for i, name := range names {
		f := fieldNames[simpleName(strings.TrimSpace(name))]
		if f == noField || d.text.has[f] { // of two columns of a name, the first
			continue
		}
		d.used = append(d.used, column{i, f})
		d.text.has[f] = true
	}
}

// split puts the columns of a line into d.text. A line with fewer or more
// columns than the header has is not described by it: its values would land in
// the wrong columns.
func (d *cloudFront) split(s string) error {
	d.ends = separators(d.ends[:0], s, '\t')
	if len(d.ends) == 0 && d.columns > 1 { // v2 can be told to write spaces
		s = d.scratch.tabbed(s)
		d.ends = separators(d.ends, s, '\t')
	}
	if have := len(d.ends) + 1; have != d.columns {
		return d.columnError(have)
	}
	d.ends = append(d.ends, len(s))
	for _, c := range d.used {
		start := 0
		if c.at > 0 {
			start = d.ends[c.at-1] + 1
		}
		value := s[start:d.ends[c.at]]
		if value == "-" {
			value = ""
		}
		d.text.value[c.field] = value
	}
	return nil
}

func (d *cloudFront) columnError(have int) error {
	if have < d.columns {
		return fmt.Errorf("%d columns where the log names %d: %w", have, d.columns, errFewer)
	}
	return fmt.Errorf("%d columns where the log names %d: %w", have, d.columns, errMore)
}

// fill makes a visit of a record.
func (d *cloudFront) fill(rec *record, line *Line) error {
	v := &line.Visit
	line.ID = rec.value[fieldID]
	v.ID = line.ID

	t, err := d.time(rec)
	if err != nil {
		return err
	}
	if !t.IsZero() {
		if err := d.clock.check(t); err != nil {
			return err
		}
		v.Time = t
	}

	// No CloudFront log leaves a space unescaped. A value that holds one went
	// through a program that undid the escapes, and a second time would be once
	// too often.
	escaped := strings.IndexByte(rec.value[fieldUserAgent], ' ') < 0

	if err := d.target(rec, v, escaped); err != nil {
		return err
	}
	switch {
	case rec.value[fieldHost] != "":
		v.Host = hostName(rec.value[fieldHost], &d.scratch)
	case d.host != "":
		v.Host = d.host
	default:
		v.Host = hostName(rec.value[fieldDistribution], &d.scratch)
	}
	v.Method = rec.value[fieldMethod]
	// "000" says that the viewer went away before the answer.
	v.Status = max(digits(rec.value[fieldStatus]), 0)
	v.ContentType = d.mediaType(rec.value[fieldContentType])
	v.Country = d.scratch.country(rec.value[fieldCountry])

	if rec.has[fieldReferer] {
		v.Referer = d.referer(rec.value[fieldReferer], escaped)
		v.Sees |= darksocial.SeesReferer
	}
	if rec.has[fieldUserAgent] {
		v.UserAgent = d.userAgent(rec.value[fieldUserAgent], escaped)
		v.Sees |= darksocial.SeesUserAgent
	}
	if rec.value[fieldHeaders] != "" {
		d.headers(rec, v)
	}
	return nil
}

// target sets path and query. A real-time log may have the query in
// cs-uri-stem, too.
func (d *cloudFront) target(rec *record, v *darksocial.Visit, escaped bool) error {
	if !rec.has[fieldStem] {
		return errNoStem
	}
	stem := rec.value[fieldStem]
	if stem == "" {
		return errNoPath
	}
	if stem[0] != '/' && stem != "*" { // OPTIONS * asks about the server
		return errNotAPath
	}
	stem, query, _ := strings.Cut(stem, "?")
	if rec.value[fieldQuery] != "" {
		query = rec.value[fieldQuery]
	}
	var okPath, okQuery bool
	v.Path, okPath = d.scratch.address(stem, escaped)
	v.Query, okQuery = d.scratch.address(query, escaped)
	if !okPath || !okQuery {
		return errControl
	}
	return nil
}

// userAgent undoes the log's escapes. For years CloudFront escaped this column
// twice ("%2520"), and files from then exist:
// https://github.com/matomo-org/matomo-log-analytics/pull/228
func (d *cloudFront) userAgent(s string, escaped bool) string {
	if !escaped {
		return s
	}
	s = d.scratch.unescape(s)
	if strings.IndexByte(s, ' ') < 0 && strings.Contains(s, "%20") {
		s = d.scratch.unescape(s)
	}
	return s
}

// referer undoes the log's escapes. A URL has its ":" unescaped; one that has
// not was escaped as a whole by someone else before.
func (d *cloudFront) referer(s string, escaped bool) string {
	s, _ = d.scratch.address(s, escaped)
	if isEscapedURL(s) {
		s, _ = d.scratch.address(d.scratch.unescape(s), false)
	}
	return s
}

// mediaType gives a Content-Type without parameters, in lower case.
func (d *cloudFront) mediaType(s string) string {
	for i := range len(s) {
		switch c := s[i]; {
		case c == ';':
			return s[:i]
		case c == '%' || c == ' ' || 'A' <= c && c <= 'Z':
			s, _, _ = strings.Cut(d.scratch.unescape(s), ";")
			return d.scratch.lower(strings.TrimSpace(s))
		}
	}
	return s
}

// time is that of date and time, or of the timestamp that real-time logs have
// and v2 logs may have. It is zero if the log has neither.
func (d *cloudFront) time(rec *record) (time.Time, error) {
	if date := rec.value[fieldDate]; date != "" && rec.value[fieldTime] != "" {
		midnight, err := d.day.isoDate(date)
		if err != nil {
			return time.Time{}, err
		}
		sec, err := timeOfDay(rec.value[fieldTime])
		if err != nil {
			return time.Time{}, err
		}
		return time.Unix(midnight+sec, 0).UTC(), nil
	}
	for _, f := range [...]field{fieldTimestampMS, fieldTimestamp} {
		s := rec.value[f]
		if s == "" {
			continue
		}
		if len(s) > 10 && s[4] == '-' { // 2026-11-23T…
			if t, err := time.Parse(time.RFC3339, s); err == nil {
				return t.UTC(), nil
			}
		}
		return epoch(s, true)
	}
	return time.Time{}, nil
}
