package edge

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"darksocial/darksocial"
)

// ndjson reads one JSON object per line, see the package documentation.
type ndjson struct {
	host    string
	clock   clock
	scratch scratch
}

type ndjsonVisit struct {
	ID          jsonText    `json:"id"`
	Time        jsonText    `json:"time"`
	URL         jsonText    `json:"url"`
	Referer     jsonText    `json:"referer"`
	UserAgent   jsonText    `json:"user_agent"`
	Headers     jsonHeaders `json:"headers"`
	Country     jsonText    `json:"country"`
	Method      jsonText    `json:"method"`
	Status      jsonText    `json:"status"`
	ContentType jsonText    `json:"content_type"`
}

var (
	errNoURL      = errors.New(`no "url": give the page that was asked for`)
	errTimeFormat = errors.New(`"time" is neither RFC 3339 (2026-11-23T14:52:00Z) nor a number of seconds since 1970`)
)

func (d *ndjson) decode(s string, line *Line) (skip bool, err error) {
	d.scratch.reset()
	var in ndjsonVisit
	if err := json.Unmarshal([]byte(s), &in); err != nil {
		line.ID = in.ID.value
		if line.ID == "" {
			line.ID = salvageID(s)
		}
		return false, explainJSON(err)
	}
	line.ID = in.ID.value
	return false, d.fill(&in, line)
}

func (d *ndjson) fill(in *ndjsonVisit, line *Line) (err error) {
	v := &line.Visit
	v.ID = line.ID
	if in.URL.value == "" {
		return errNoURL
	}
	if v.Host, v.Path, v.Query, err = splitURL(in.URL.value, &d.scratch); err != nil {
		return err
	}
	if v.Host == "" {
		v.Host = d.host
	}
	if in.Time.value != "" {
		if v.Time, err = jsonTime(in.Time); err != nil {
			return err
		}
		if err = d.clock.check(v.Time); err != nil {
			return err
		}
	}
	v.Method = in.Method.value
	v.Status = max(digits(in.Status.value), 0)
	mediaType, _, _ := strings.Cut(in.ContentType.value, ";")
	v.ContentType = strings.ToLower(strings.TrimSpace(mediaType))
	v.Country = d.scratch.country(in.Country.value)

	referer, userAgent := in.Referer, in.UserAgent
	if in.Headers.given {
		v.Sees |= darksocial.SeesHeaders
		// Sorted, because a map has no order and two spellings of one name may
		// be there.
		for _, name := range in.Headers.names() {
			value := string(in.Headers.values[name])
			switch simple := strings.ToLower(name); simple {
			case "referer":
				if !referer.present {
					referer = jsonText{value: value, present: true, given: true}
				}
			case "user-agent":
				if !userAgent.present {
					userAgent = jsonText{value: value, present: true, given: true}
				}
			default:
				v.Headers.Set(simple, value)
			}
		}
	}
	// A Referer that is left out was not sent: who writes such lines leaves out
	// what is not there. A missing User-Agent is unheard of in a browser, so
	// left out it means that nobody wrote it down.
	if referer.given || !referer.present {
		v.Referer, _ = d.scratch.address(referer.value, false)
		v.Sees |= darksocial.SeesReferer
	}
	if userAgent.given {
		v.UserAgent = userAgent.value
		v.Sees |= darksocial.SeesUserAgent
	}
	return nil
}

// jsonTime reads a string as RFC 3339 and a number as seconds since 1970.
func jsonTime(in jsonText) (time.Time, error) {
	if in.number {
		return epoch(in.value, false)
	}
	t, err := time.Parse(time.RFC3339, in.value)
	if err != nil {
		return time.Time{}, errTimeFormat
	}
	return t.UTC(), nil
}

// jsonText is a string or a number, and knows null from left out.
type jsonText struct {
	value   string
	number  bool
	present bool // the key is there
	given   bool // with a value that is not null
}

func (t *jsonText) UnmarshalJSON(b []byte) (err error) {
	*t = jsonText{present: true}
	switch {
	case string(b) == "null":
		return nil
	case b[0] == '"':
		t.given = true
		t.value, err = unquote(b)
		return err
	case b[0] == '-' || '0' <= b[0] && b[0] <= '9':
		t.given, t.number, t.value = true, true, string(b)
		return nil
	}
	return errNotText
}

var (
	errNotText    = errors.New("a value is neither a string nor a number: check the format of the line")
	errNotHeaders = errors.New(`"headers" is not an object of strings: {"sec-fetch-site":"none"}`)
)

// jsonHeaders are the headers of a request by name, in whatever case.
type jsonHeaders struct {
	given  bool
	values map[string]headerValue
}

func (h *jsonHeaders) UnmarshalJSON(b []byte) error {
	*h = jsonHeaders{}
	if string(b) == "null" {
		return nil
	}
	if err := json.Unmarshal(b, &h.values); err != nil {
		return errNotHeaders
	}
	h.given = true
	return nil
}

func (h *jsonHeaders) names() []string {
	names := make([]string, 0, len(h.values))
	for name := range h.values {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// headerValue is a string, or the first of an array of strings.
type headerValue string

func (v *headerValue) UnmarshalJSON(b []byte) error {
	if b[0] != '[' {
		s, err := unquote(b)
		*v = headerValue(s)
		return err
	}
	var list []string
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	if len(list) > 0 {
		*v = headerValue(list[0])
	}
	return nil
}

// unquote reads a JSON value that should be a string. The decoder has already
// checked that b is valid JSON; mostly it is the string itself in quotes.
func unquote(b []byte) (s string, err error) {
	if b[0] == '"' && bytes.IndexByte(b, '\\') < 0 && utf8.Valid(b) {
		return string(b[1 : len(b)-1]), nil
	}
	return s, json.Unmarshal(b, &s)
}

// explainJSON says what is wrong with a line. The decoder's own words name Go
// types, and may quote the line.
func explainJSON(err error) error {
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, errNotText):
		return errNotText
	case errors.Is(err, errNotHeaders):
		return errNotHeaders
	case errors.As(err, &syntax):
		return errNotJSON
	}
	return errNotAVisit
}

var (
	errNotJSON   = errors.New("not JSON: the line is cut or damaged, or in another format")
	errNotAVisit = errors.New(`not a JSON object: give {"url":"https://…"}`)
)

// salvageID looks for the id in what can be read of a damaged line, so that the
// line can be told from others.
func salvageID(s string) string {
	dec := json.NewDecoder(strings.NewReader(s))
	dec.UseNumber()
	depth, isKey, key := 0, false, ""
	for {
		token, err := dec.Token()
		if err != nil {
			return ""
		}
		switch x := token.(type) {
		case json.Delim:
			if x == '{' || x == '[' {
				depth++
			} else {
				depth--
			}
			if depth == 0 || x == '[' && depth == 1 {
				return ""
			}
			isKey = depth == 1
			continue
		case string:
			if depth == 1 && isKey {
				key, isKey = x, false
				continue
			}
			if depth == 1 && key == "id" {
				return x
			}
		case json.Number:
			if depth == 1 && key == "id" {
				return x.String()
			}
		}
		isKey = depth == 1
	}
}
