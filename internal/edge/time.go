package edge

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// earliest is before the first access log of a website. A line dated earlier
// comes from a clock that had not been set, 1970 being the usual value.
var earliest = time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// clock refuses times no request can have had.
type clock struct {
	now    func() time.Time
	latest int64 // Unix seconds; found anew when a line passes it
}

// check lets one day pass for clocks that run ahead and for time zones written
// down wrongly.
func (c *clock) check(t time.Time) error {
	sec := t.Unix()
	if sec > c.latest {
		// Asking the clock once per line would cost as much as a column. A
		// reader may live for days, so the limit must move.
		c.latest = c.now().Add(24 * time.Hour).Unix()
	}
	if sec < earliest || sec > c.latest {
		return fmt.Errorf("dated %s: %w", t.UTC().Format(time.RFC3339), errDated)
	}
	return nil
}

var (
	errDated     = errors.New("check the clock that wrote it")
	errDate      = errors.New("date is not YYYY-MM-DD, or no such day: check the columns")
	errClock     = errors.New("time is not HH:MM:SS: check the columns")
	errMillis    = errors.New("timestamp is thousands of years away: give seconds since 1970, not milliseconds")
	errTimestamp = errors.New("timestamp is not a number of seconds since 1970: check the columns")
)

// day remembers the last date of a log, which is that of nearly every line.
type day struct {
	text string // a copy: the line it came from is gone
	unix int64
}

// isoDate reads YYYY-MM-DD as Unix seconds of its midnight in UTC.
func (d *day) isoDate(s string) (int64, error) {
	if s == d.text && s != "" {
		return d.unix, nil
	}
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, errDate
	}
	return d.set(s, digits(s[:4]), digits(s[5:7]), digits(s[8:]))
}

const months = "JanFebMarAprMayJunJulAugSepOctNovDec"

// clfDate reads DD/Mon/YYYY. The month is written in English whatever the
// server's language is (Apache: ap_get_time; nginx: ngx_http_time).
func (d *day) clfDate(s string) (int64, error) {
	if s == d.text && s != "" {
		return d.unix, nil
	}
	if len(s) != 11 || s[2] != '/' || s[6] != '/' {
		return 0, errDate
	}
	at := strings.Index(months, s[3:6])
	if at%3 != 0 {
		return 0, errDate
	}
	return d.set(s, digits(s[7:]), at/3+1, digits(s[:2]))
}

func (d *day) set(s string, year, month, dayOfMonth int) (int64, error) {
	t := time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC)
	// time.Date turns 30 February into 1 March: such a date is not one.
	if year < 0 || month < 1 || t.Day() != dayOfMonth || t.Month() != time.Month(month) {
		return 0, errDate
	}
	d.text, d.unix = strings.Clone(s), t.Unix()
	return d.unix, nil
}

// timeOfDay reads HH:MM:SS as seconds. 60 is a leap second; a fraction, which
// no log is known to write, is dropped.
func timeOfDay(s string) (int64, error) {
	if len(s) > 8 && s[8] == '.' {
		s = s[:8]
	}
	if len(s) != 8 || s[2] != ':' || s[5] != ':' {
		return 0, errClock
	}
	h, m, sec := digits(s[:2]), digits(s[3:5]), digits(s[6:])
	if h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 60 {
		return 0, errClock
	}
	return int64(h*3600 + m*60 + sec), nil
}

// epoch reads seconds since 1970, which may have a fraction. Where millis is
// set, a number too large for seconds is taken as milliseconds.
func epoch(s string, millis bool) (time.Time, error) {
	if strings.ContainsAny(s, "eE") { // 1.7e9 is how some JSON writers put it
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || math.Abs(f) > 1e15 {
			return time.Time{}, errTimestamp
		}
		s = strconv.FormatFloat(f, 'f', 6, 64)
	}
	whole, fraction, _ := strings.Cut(s, ".")
	sec, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return time.Time{}, errTimestamp
	}
	nsec := 0
	if fraction != "" {
		fraction = fraction[:min(len(fraction), 9)]
		if nsec = digits(fraction); nsec < 0 {
			return time.Time{}, errTimestamp
		}
		for range 9 - len(fraction) {
			nsec *= 10
		}
	}
	switch {
	case sec > -1e11 && sec < 1e11:
		return time.Unix(sec, int64(nsec)).UTC(), nil
	case millis: // in seconds, this would be the year 5138
		return time.UnixMilli(sec).UTC(), nil
	}
	return time.Time{}, errMillis
}

var errAnyTime = errors.New("time is neither RFC 3339 (2026-11-23T14:52:00Z) nor a number since 1970: check the key in log_fields")

// anyTime reads RFC 3339, or a number of seconds, milli-, micro- or nanoseconds
// since 1970. By its size a number can be only one of them: all that clock.check
// lets pass have 9 or 10 digits in seconds, and three more in each next unit. The
// zone may lack its colon, which is how strftime's %z writes it.
func anyTime(s string) (time.Time, error) {
	if len(s) > 10 && s[4] == '-' {
		t, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t, err = time.Parse("2006-01-02T15:04:05Z0700", s)
		}
		if err != nil {
			return time.Time{}, errAnyTime
		}
		return t.UTC(), nil
	}
	if strings.ContainsAny(s, "eE") {
		f, err := strconv.ParseFloat(s, 64)
		if err != nil || math.Abs(f) > 1e19 {
			return time.Time{}, errAnyTime
		}
		s = strconv.FormatFloat(f, 'f', -1, 64)
	}
	whole, fraction, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || digitsEnd(fraction, 0) != len(fraction) {
		return time.Time{}, errAnyTime
	}
	switch size := max(n, -n); {
	case size < 0: // the smallest number has no positive twin
		return time.Time{}, errAnyTime
	case size < 1e11:
		nsec := 0
		for i := range 9 {
			nsec *= 10
			if i < len(fraction) {
				nsec += int(fraction[i] - '0')
			}
		}
		return time.Unix(n, int64(nsec)).UTC(), nil
	case size < 1e14:
		return time.UnixMilli(n).UTC(), nil
	case size < 1e17:
		return time.UnixMicro(n).UTC(), nil
	}
	return time.Unix(0, n).UTC(), nil
}

// digits reads a short unsigned decimal number; -1 if it is none.
func digits(s string) int {
	if s == "" || len(s) > 9 {
		return -1
	}
	n := 0
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return -1
		}
		n = n*10 + int(c)
	}
	return n
}
