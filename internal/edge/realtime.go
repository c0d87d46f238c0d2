package edge

import (
	"errors"
	"fmt"
	"strings"

	"darksocial/darksocial"
)

// checkRealtimeFields refuses a list of columns that no visit can be read with.
// CloudFront writes the columns in its own order, whatever order they were
// configured in, and adds new ones now and then: names this package does not
// know are columns to be skipped.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/real-time-logs.html
func checkRealtimeFields(names []string) error {
	if len(names) == 0 {
		return errors.New("edge: a real-time log does not name its columns: give them in the order of the log, timestamp first")
	}
	seen := map[string]bool{}
	for i, name := range names {
		simple := simpleName(strings.TrimSpace(name))
		if simple == "" {
			return fmt.Errorf("edge: column %d of the real-time log has no name: check the list of fields", i+1)
		}
		if strings.ContainsAny(simple, " \t,") {
			return fmt.Errorf("edge: column %d of the real-time log, %q, is several names: give a list", i+1, name)
		}
		if seen[simple] {
			return fmt.Errorf("edge: column %q of the real-time log is named twice: check the list of fields", name)
		}
		seen[simple] = true
	}
	if !seen["csuristem"] {
		return errors.New("edge: the real-time log has no cs-uri-stem: add it to the fields of the log, without it no page is known")
	}
	return nil
}

// maxHeaders is how many bytes of cs-headers CloudFront writes. It says "800
// bytes", not whether it counts before or after escaping, nor whether it cuts
// an escape ("%2") in two: a block two bytes short of it may be a cut one.
const maxHeaders = 800 - 2

// headers reads cs-headers, "name:value" pairs that each end in an escaped line
// feed: "host:example.com%0Adnt:1%0A". Values are escaped as in other columns.
//
// The headers are only all seen if the block was not cut and holds as many as
// cs-headers-count says. What is seen is true in any case, but the last header
// of a cut block may be half a header and is left out.
func (d *cloudFront) headers(rec *record, v *darksocial.Visit) {
	block := rec.value[fieldHeaders]
	cut := len(block) >= maxHeaders
	found, cookie := 0, false
	var referer, userAgent string
	for rest := block; rest != ""; {
		end := nextLineFeed(rest)
		pair := rest[:end]
		ended := end < len(rest)
		if ended {
			rest = rest[end+len("%0A"):]
		} else {
			rest = ""
			if cut {
				break
			}
		}
		name, value, ok := strings.Cut(pair, ":")
		if !ok {
			continue
		}
		found++
		switch name = d.scratch.lower(name); name {
		case "cookie":
			cookie = true
		case "referer":
			referer = value
		case "user-agent":
			userAgent = value
		default:
			if isHeader(name) {
				v.Headers.Set(name, d.scratch.unescape(value))
			}
		}
	}

	complete := !cut
	if rec.value[fieldHeaderCount] != "" {
		count := digits(rec.value[fieldHeaderCount])
		// Logs are seen that count the cookie, name it in cs-header-names and
		// leave it out of cs-headers.
		if !cookie && count == found+1 && namesCookie(rec.value[fieldHeaderNames]) {
			count = found
		}
		complete = complete && count == found
	}
	if complete {
		v.Sees |= darksocial.SeesHeaders
	}
	if !rec.has[fieldReferer] && (complete || referer != "") {
		v.Referer = d.referer(referer, true)
		v.Sees |= darksocial.SeesReferer
	}
	if !rec.has[fieldUserAgent] && (complete || userAgent != "") {
		v.UserAgent = d.userAgent(userAgent, strings.IndexByte(userAgent, ' ') < 0)
		v.Sees |= darksocial.SeesUserAgent
	}
}

// isHeader reports whether Headers.Set would take a header, so that others,
// which are most, are not decoded.
func isHeader(name string) bool { return new(darksocial.Headers).Set(name, "") }

// nextLineFeed is where the next escaped line feed starts, or the end.
func nextLineFeed(s string) int {
	for i := 0; i < len(s); {
		at := strings.IndexByte(s[i:], '%')
		if at < 0 {
			break
		}
		i += at
		if b, ok := hexByte(s[i+1:]); ok && b == '\n' {
			return i
		}
		i++
	}
	return len(s)
}

// namesCookie reports whether a list of header names, each ended by an escaped
// line feed, has the cookie.
func namesCookie(s string) bool {
	for s != "" {
		end := nextLineFeed(s)
		if strings.EqualFold(s[:end], "cookie") {
			return true
		}
		s = s[min(end+len("%0A"), len(s)):]
	}
	return false
}
