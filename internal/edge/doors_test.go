package edge

import (
	"encoding/json"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/edge/edgetest"
)

// The door test: the same visit, written down in every format and read back,
// is the same visit, in every field the format carries.
func TestSameVisitThroughEveryDoor(t *testing.T) {
	for _, d := range doors {
		t.Run(d.name, func(t *testing.T) {
			for _, row := range edgetest.Visits {
				t.Run(row.Name, func(t *testing.T) {
					line := readOne(t, d.header+d.write(row.Visit)+"\n", d.opt)
					require.NoError(t, line.Err)

					want := d.carries(row.Visit)
					assert.Equal(t, want, line.Visit)
					assert.Equal(t, want.ID, line.ID)
					sameLabel(t, &row.Visit, &line.Visit)
				})
			}
		})
	}
}

// sameLabel: through a door that sees the same, a visit gets the same label;
// through one that sees less, a label that claims no more. What it does claim
// (kind and source, where both have one) is then the same unless only a header
// the door does not carry said otherwise.
func sameLabel(t *testing.T, sent, read *darksocial.Visit) {
	t.Helper()
	classifier := darksocial.New(darksocial.Site{})
	whole, got := classifier.Classify(sent), classifier.Classify(read)
	if read.Sees == sent.Sees && read.ContentType == sent.ContentType && read.Method == sent.Method {
		assert.Equal(t, whole, got)
		return
	}
	blind := *sent // the same visit as seen by somebody without the headers
	blind.Headers, blind.Sees = read.Headers, read.Sees
	blind.ContentType, blind.Method, blind.Status = read.ContentType, read.Method, read.Status
	assert.Equal(t, classifier.Classify(&blind), got)
	if sent.Headers == (darksocial.Headers{}) && read.ContentType == sent.ContentType {
		assert.Equal(t, whole.Kind, got.Kind)
		assert.Equal(t, whole.Channel, got.Channel)
		assert.Equal(t, whole.Source, got.Source)
		assert.Equal(t, whole.ByReferrer, got.ByReferrer)
	}
}

// All rows in one file: no line may leave anything behind for the next.
func TestSameVisitsInOneFile(t *testing.T) {
	for _, d := range doors {
		t.Run(d.name, func(t *testing.T) {
			var file strings.Builder
			file.WriteString(d.header)
			for _, row := range edgetest.Visits {
				file.WriteString(d.write(row.Visit) + "\n")
			}
			lines, err := readAll(t, file.String(), d.opt)
			require.NoError(t, err)
			require.Len(t, lines, len(edgetest.Visits))
			for i, row := range edgetest.Visits {
				require.NoError(t, lines[i].Err, row.Name)
				assert.Equal(t, d.carries(row.Visit), lines[i].Visit, row.Name)
			}
		})
	}
}

// door is a format in one of its spellings.
type door struct {
	name    string
	opt     Options
	header  string
	write   func(darksocial.Visit) string
	carries func(darksocial.Visit) darksocial.Visit // what of a visit the format can say
}

const logSees = darksocial.SeesReferer | darksocial.SeesUserAgent

var doors = slices.Concat(textDoors, jsonDoors)

var textDoors = []door{
	{
		name:    "cloudfront",
		opt:     Options{Format: CloudFront, Now: now},
		header:  standardHeader,
		write:   func(v darksocial.Visit) string { return standardLine(v, once) },
		carries: inStandardLog,
	},
	{
		name:    "cloudfront, escaped twice",
		opt:     Options{Format: CloudFront, Now: now},
		header:  standardHeader,
		write:   func(v darksocial.Visit) string { return standardLine(v, twice) },
		carries: inStandardLog,
	},
	{
		name:   "cloudfront v2, spaces",
		opt:    Options{Format: CloudFront, Now: now},
		header: strings.Replace(standardHeader, "#Version: 1.0\n", "", 1),
		write: func(v darksocial.Visit) string {
			return strings.ReplaceAll(standardLine(v, once), "\t", " ")
		},
		carries: inStandardLog,
	},
	{
		name:    "cloudfront v2, JSON",
		opt:     Options{Format: CloudFront, Now: now},
		write:   v2Line,
		carries: inV2Log,
	},
	{
		name:    "cloudfront real-time",
		opt:     Options{Format: CloudFrontRealtime, Fields: realtimeFields, Now: now},
		write:   func(v darksocial.Visit) string { return realtimeLine(v, true) },
		carries: func(v darksocial.Visit) darksocial.Visit { return v },
	},
	{
		name:  "cloudfront real-time, headers cut",
		opt:   Options{Format: CloudFrontRealtime, Fields: realtimeFields, Now: now},
		write: func(v darksocial.Visit) string { return realtimeLine(v, false) },
		carries: func(v darksocial.Visit) darksocial.Visit {
			v.Headers = darksocial.Headers{}
			v.Sees = logSees
			return v
		},
	},
	{
		name:    "combined with host",
		opt:     Options{Format: Combined, Now: now},
		write:   func(v darksocial.Visit) string { return "www.example.com:443 " + combinedLine(v) },
		carries: inServerLog,
	},
	{
		name:    "combined",
		opt:     Options{Format: Combined, Host: "www.example.com", Now: now},
		write:   combinedLine,
		carries: inServerLog,
	},
	{
		name:    "ndjson",
		opt:     Options{Format: NDJSON, Now: now},
		write:   ndjsonLine,
		carries: func(v darksocial.Visit) darksocial.Visit { return v },
	},
}

func inStandardLog(v darksocial.Visit) darksocial.Visit {
	v.Headers, v.Country = darksocial.Headers{}, ""
	v.Sees = logSees
	return v
}

func inV2Log(v darksocial.Visit) darksocial.Visit {
	v.Headers = darksocial.Headers{}
	v.Sees = logSees
	return v
}

func inServerLog(v darksocial.Visit) darksocial.Visit {
	v.ID, v.Country, v.ContentType = "", "", ""
	v.Headers = darksocial.Headers{}
	v.Sees = logSees
	return v
}

const standardHeader = "#Version: 1.0\n" +
	"#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end\n"

// once and twice are how often the values were escaped. What is escaped twice
// is the User-Agent; a Referer, if it is, was so by another program.
func once(referer, userAgent string) (string, string) {
	return logEscape(referer), logEscape(userAgent)
}

func twice(referer, userAgent string) (string, string) {
	if userAgent = logEscape(userAgent); userAgent != "-" {
		userAgent = logEscape(userAgent)
	}
	if referer == "" {
		return "-", userAgent
	}
	return logEscape(componentEscape(referer)), userAgent
}

func standardLine(v darksocial.Visit, escape func(referer, userAgent string) (string, string)) string {
	referer, userAgent := escape(v.Referer, v.UserAgent)
	contentType := v.ContentType
	if contentType != "" {
		contentType += "; charset=UTF-8"
	}
	return strings.Join([]string{
		v.Time.Format("2006-01-02"), v.Time.Format("15:04:05"), "FRA56-P4", "18342", "192.0.2.7", v.Method,
		"d111111abcdef8.cloudfront.net", logEscape(v.Path), strconv.Itoa(v.Status), referer, userAgent,
		logEscape(v.Query), "-", "Hit", v.ID, v.Host, "https", "391", "0.001", "-", "TLSv1.3",
		"TLS_AES_128_GCM_SHA256", "Hit", "HTTP/2.0", "-", "-", "50123", "0.001", "Hit",
		logEscape(contentType), "17902", "-", "-",
	}, "\t")
}

func v2Line(v darksocial.Visit) string {
	line, err := json.Marshal(map[string]any{
		"timestamp(ms)":     strconv.FormatInt(v.Time.UnixMilli(), 10),
		"c-ip":              "192.0.2.7",
		"cs-method":         v.Method,
		"cs(Host)":          "d111111abcdef8.cloudfront.net",
		"x-host-header":     v.Host,
		"cs-uri-stem":       logEscape(v.Path),
		"cs-uri-query":      logEscape(v.Query),
		"sc-status":         v.Status,
		"cs(Referer)":       logEscape(v.Referer),
		"cs(User-Agent)":    logEscape(v.UserAgent),
		"x-edge-request-id": v.ID,
		"sc-content-type":   logEscape(v.ContentType),
		"c-country":         logEscape(v.Country),
	})
	if err != nil {
		panic(err)
	}
	return string(line)
}

// realtimeFields are all 43 columns, in the order CloudFront writes them in.
var realtimeFields = strings.Fields("timestamp c-ip time-to-first-byte sc-status sc-bytes cs-method cs-protocol cs-host cs-uri-stem cs-bytes " +
	"x-edge-location x-edge-request-id x-host-header time-taken cs-protocol-version c-ip-version cs-user-agent cs-referer cs-cookie cs-uri-query " +
	"x-edge-response-result-type x-forwarded-for ssl-protocol ssl-cipher x-edge-result-type fle-encrypted-fields fle-status sc-content-type " +
	"sc-content-len sc-range-start sc-range-end c-port x-edge-detailed-result-type c-country cs-accept-encoding cs-accept cache-behavior-path-pattern " +
	"cs-headers cs-header-names cs-headers-count origin-fbl origin-lbl asn")

func realtimeLine(v darksocial.Visit, complete bool) string {
	stem := v.Path
	if v.Query != "" {
		stem += "?" + v.Query
	}
	headers, names := headerBlock(v)
	count := strings.Count(names, "%0A")
	if !complete {
		headers = "host:www.example.com%0Acookie:" + strings.Repeat("x", 1200) + "%0A" + headers
		headers = headers[:800]
	}
	return strings.Join([]string{
		fmt.Sprintf("%.3f", float64(v.Time.UnixMilli())/1000), "192.0.2.7", "0.001", strconv.Itoa(v.Status), "18342", v.Method, "https",
		"d111111abcdef8.cloudfront.net", logEscape(stem), "391", "FRA56-P4", v.ID, v.Host, "0.001", "HTTP/2.0", "IPv4",
		logEscape(v.UserAgent), logEscape(v.Referer), "-", logEscape(v.Query), "Hit", "-", "TLSv1.3", "TLS_AES_128_GCM_SHA256", "Hit", "-", "-",
		logEscape(v.ContentType), "17902", "-", "-", "50123", "Hit", logEscape(v.Country), "gzip", "text/html", "*",
		headers, names, strconv.Itoa(count), "0.001", "0.001", "64496",
	}, "\t")
}

// headerBlock writes cs-headers and cs-header-names. The User-Agent, in the
// real block too, is left out: with the long ones the block would be cut.
func headerBlock(v darksocial.Visit) (headers, names string) {
	add := func(name, value string) {
		if value != "" {
			headers += name + ":" + logEscape(value) + "%0A"
			names += name + "%0A"
		}
	}
	add("host", v.Host)
	add("Accept", "text/html;q=0.9")
	for name, value := range headersOf(v) {
		add(name, value)
	}
	return headers, names
}

func headersOf(v darksocial.Visit) map[string]string {
	h := v.Headers
	return map[string]string{
		"X-Requested-With": h.RequestedWith, "sec-fetch-site": h.FetchSite, "sec-fetch-mode": h.FetchMode, "sec-fetch-dest": h.FetchDest,
		"sec-purpose": h.Purpose, "sec-ch-ua": h.Brands, "sec-ch-ua-mobile": h.Mobile, "sec-ch-ua-platform": h.Platform,
		"sec-gpc": h.GPC, "DNT": h.DNT,
	}
}

func combinedLine(v darksocial.Visit) string {
	target := v.Path
	if v.Query != "" {
		target += "?" + v.Query
	}
	berlin := time.FixedZone("", 3600)
	return fmt.Sprintf("192.0.2.7 - - [%s] %s %d 17902 %s %s",
		v.Time.In(berlin).Format("02/Jan/2006:15:04:05 -0700"),
		serverQuote(v.Method+" "+target+" HTTP/1.1"), v.Status, serverQuote(v.Referer), serverQuote(v.UserAgent))
}

// serverQuote writes a field as Apache does.
func serverQuote(s string) string {
	if s == "" {
		return `"-"`
	}
	var b strings.Builder
	b.WriteByte('"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteString(`\` + string(rune(c)))
		case c == '\t':
			b.WriteString(`\t`)
		case c < 32 || c > 126:
			fmt.Fprintf(&b, `\x%02x`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

func ndjsonLine(v darksocial.Visit) string {
	url := "https://" + net.JoinHostPort(v.Host, "443") + v.Path
	if v.Query != "" {
		url += "?" + v.Query
	}
	headers := map[string]string{}
	for name, value := range headersOf(v) {
		if value != "" {
			headers[name] = value
		}
	}
	line, err := json.Marshal(map[string]any{
		"id": v.ID, "time": v.Time.Format(time.RFC3339), "url": url, "referer": v.Referer, "user_agent": v.UserAgent,
		"headers": headers, "country": v.Country, "method": v.Method, "status": v.Status, "content_type": v.ContentType,
	})
	if err != nil {
		panic(err)
	}
	return string(line)
}
