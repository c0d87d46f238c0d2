package edge

import (
	"errors"
	"strings"
	"time"

	"darksocial/darksocial"
)

// combined reads the logs of Apache and nginx:
//
//	common          192.0.2.1 - - [23/Nov/2026:14:52:00 +0100] "GET / HTTP/1.1" 200 512
//	combined        … "https://referer.example/" "User-Agent"
//	vhost_combined  host:port before all that
//
// What comes after the User-Agent is left alone: many sites add times or
// addresses there.
// https://httpd.apache.org/docs/2.4/mod/mod_log_config.html
// https://nginx.org/en/docs/http/ngx_http_log_module.html
type combined struct {
	host    string
	clock   clock
	day     day
	scratch scratch
}

var (
	errNoDate       = errors.New("no [day/Mon/year:…] in it: is this the combined format?")
	errZone         = errors.New("time zone is not +HHMM: check the log format")
	errNoRequest    = errors.New("no quoted request after the date: is this the combined format?")
	errOpenQuote    = errors.New("a quote is not closed: the line is cut")
	errStatus       = errors.New("no status after the request: is this the combined format?")
	errNotHTTP      = errors.New("request line is not HTTP: a scanner, or TLS sent to a plain port")
	errTargetNoPath = errors.New("request target is neither a path nor a URL: a scanner, no page was asked for")
)

func (d *combined) decode(s string, line *Line) (skip bool, err error) {
	d.scratch.reset()
	return false, d.fill(s, &line.Visit)
}

func (d *combined) fill(s string, v *darksocial.Visit) (err error) {
	at := findDate(s)
	if at < 0 {
		return errNoDate
	}
	v.Host = d.virtualHost(s[:at])
	if v.Time, err = d.time(s[at+1 : at+dateLen-1]); err != nil {
		return err
	}
	if err := d.clock.check(v.Time); err != nil {
		return err
	}

	rest, ok := strings.CutPrefix(s[at+dateLen:], ` "`)
	if !ok {
		return errNoRequest
	}
	request, rest, ok := d.quoted(rest)
	if !ok {
		return errOpenQuote
	}
	status, rest, _ := strings.Cut(strings.TrimPrefix(rest, " "), " ")
	if status != "-" {
		if v.Status = digits(status); v.Status < 0 || len(status) != 3 {
			return errStatus
		}
	}
	if err := d.request(request, v); err != nil {
		return err
	}

	_, rest, ok = strings.Cut(rest, ` "`) // after the number of bytes
	if !ok {
		return nil // common log
	}
	referer, rest, ok := d.quoted(rest)
	if !ok {
		return errOpenQuote
	}
	v.Referer, _ = d.scratch.address(referer, false)
	v.Sees |= darksocial.SeesReferer
	if rest, ok = strings.CutPrefix(rest, ` "`); !ok {
		return nil
	}
	if v.UserAgent, _, ok = d.quoted(rest); !ok {
		// Servers cut lines that are too long for them, here: what is left of
		// the User-Agent still says most of what it said.
		v.UserAgent = rest
	}
	v.Sees |= darksocial.SeesUserAgent
	return nil
}

const dateLen = len("[23/Nov/2026:14:52:00 +0100]")

// findDate is where the bracketed date starts. A user's name may hold spaces
// and brackets, so the shape of the date decides.
func findDate(s string) int {
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '[')
		if i < 0 || from+i+dateLen > len(s) {
			return -1
		}
		i += from
		if s[i+3] == '/' && s[i+12] == ':' && s[i+dateLen-1] == ']' {
			return i
		}
		from = i + 1
	}
}

// virtualHost is the host a vhost_combined line starts with, without its port.
// Such a line has the client's address second; in other formats the second word
// is the name identd gave, which is "-" wherever nobody runs identd.
func (d *combined) virtualHost(head string) string {
	first, rest, ok := strings.Cut(head, " ")
	second, rest, _ := strings.Cut(rest, " ")
	if !ok || second == "-" || strings.Count(rest, " ") < 2 {
		return d.host
	}
	return hostName(first, &d.scratch)
}

// time reads "23/Nov/2026:14:52:00 +0100".
func (d *combined) time(s string) (time.Time, error) {
	midnight, err := d.day.clfDate(s[:11])
	if err != nil {
		return time.Time{}, err
	}
	sec, err := timeOfDay(s[12:20])
	if err != nil {
		return time.Time{}, err
	}
	h, m := digits(s[22:24]), digits(s[24:26])
	if s[20] != ' ' || s[21] != '+' && s[21] != '-' || h < 0 || h > 14 || m < 0 || m > 59 {
		return time.Time{}, errZone
	}
	east := int64(h*3600 + m*60)
	if s[21] == '-' {
		east = -east
	}
	return time.Unix(midnight+sec-east, 0).UTC(), nil
}

// request reads "GET /path HTTP/1.1". HTTP/0.9 had no version, and its only
// method was GET. The path may hold spaces when a bad client sent some.
func (d *combined) request(s string, v *darksocial.Visit) error {
	method, target, ok := strings.Cut(s, " ")
	if !ok || !isMethod(method) {
		return errNotHTTP
	}
	if i := strings.LastIndex(target, " HTTP/"); i >= 0 {
		target = target[:i]
	} else if method != "GET" {
		return errNotHTTP
	}
	v.Method = method
	switch {
	case method == "OPTIONS" && target == "*":
		// Apache asks itself this to wake its processes up.
		v.Path = target
		return nil
	case method == "CONNECT":
		return nil // names a host to tunnel to, and no page
	case !strings.HasPrefix(target, "/") && !strings.Contains(target, "://"):
		return errTargetNoPath
	}
	host, path, query, err := splitURL(target, &d.scratch)
	if errors.Is(err, errNotURL) {
		err = errTargetNoPath
	}
	if host != "" {
		v.Host = host
	}
	v.Path, v.Query = path, query
	return err
}

func isMethod(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && c != '-' && c != '_' {
			return false
		}
	}
	return s != "" && len(s) <= 32
}

// quoted reads up to the closing quote and undoes the escapes: Apache's
// \" \\ \b \n \r \t \v \xHH, of which nginx writes \xHH. "-" is an empty value.
func (d *combined) quoted(s string) (value, rest string, ok bool) {
	end := strings.IndexAny(s, `"\`)
	if end < 0 {
		return "", "", false
	}
	if s[end] == '"' {
		value, rest = s[:end], s[end+1:]
		if value == "-" {
			value = ""
		}
		return value, rest, true
	}
	start := len(d.scratch.buf)
	d.scratch.buf = append(d.scratch.buf, s[:end]...)
	for i := end; i < len(s); i++ {
		c := s[i]
		if c == '"' {
			return d.scratch.since(start), s[i+1:], true
		}
		if c == '\\' && i+1 < len(s) {
			i++
			switch c = s[i]; c {
			case 'b':
				c = '\b'
			case 'n':
				c = '\n'
			case 'r':
				c = '\r'
			case 't':
				c = '\t'
			case 'v':
				c = '\v'
			case 'x':
				if b, isHex := hexByte(s[i+1:]); isHex {
					c = b
					i += 2
				}
			}
		}
		d.scratch.buf = append(d.scratch.buf, c)
	}
	return "", "", false
}
