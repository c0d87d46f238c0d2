package simulate

import (
	"errors"
	"math"
	"slices"
	"strings"
)

// Format is a way of writing a log. They are the formats package edge reads.
type Format string

const (
	CloudFront     Format = "cloudfront"          // standard log with the legacy columns
	CloudFrontJSON Format = "cloudfront-json"     // standard logging v2, as JSON, with c-country
	Realtime       Format = "cloudfront-realtime" // real-time log with the columns RealtimeFields
	Combined       Format = "combined"            // Apache and nginx
	NDJSON         Format = "ndjson"              // a JSON object a line, with all headers
)

// Formats lists the formats there are. The first is the one of an empty Config.
var Formats = []Format{CloudFront, CloudFrontJSON, Realtime, Combined, NDJSON}

// AllHeaders reports whether a format shows all that a browser sends. Real-time
// logs cut the headers at 800 bytes, behind all that names an app or objects.
func (f Format) AllHeaders() bool { return f == Realtime || f == NDJSON }

// formats are how to write each. Of a line that is cut a third is left, or
// as many bytes as cannot be read for a whole one.
var formats = map[Format]struct {
	header string
	date   string // the layout of the day
	write  func(*log, []byte, *request) []byte
	cut    int
}{
	CloudFront:     {"#Version: 1.0\n#Fields: " + columns + "\n", "2006-01-02", (*log).appendCloudFront, math.MaxInt},
	CloudFrontJSON: {"", "2006-01-02", (*log).appendCloudFrontJSON, math.MaxInt},
	Realtime:       {"", "", (*log).appendRealtime, math.MaxInt},
	Combined:       {"", "02/Jan/2006", (*log).appendCombined, len(`- - - [20/Nov/2026:14:52:00 +0000] "GET /`)},
	NDJSON:         {"", "2006-01-02", (*log).appendNDJSON, math.MaxInt},
}

func (f Format) check() error {
	if slices.Contains(Formats, f) {
		return nil
	}
	var all []string
	for _, f := range Formats {
		all = append(all, string(f))
	}
	return errors.New("simulate: Format is none of " + strings.Join(all, ", "))
}
