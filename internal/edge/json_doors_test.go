package edge

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

// fieldMap reads a map as it stands in a site file.
func fieldMap(t testing.TB, text string) *darksocial.FieldMap {
	t.Helper()
	site, err := darksocial.ParseSite("site.json", []byte(`{"log_fields":`+text+`}`))
	require.NoError(t, err)
	return site.LogFields
}

func jsonOptions(fields string) Options {
	site, err := darksocial.ParseSite("site.json", []byte(`{"log_fields":`+fields+`}`))
	if err != nil {
		panic(err)
	}
	return Options{Format: JSON, FieldMap: site.LogFields, Now: now}
}

// cloudflareHeaders is what an owner adds whose zone logs the headers.
const cloudflareHeaders = `{"preset":"cloudflare",
	"headers.sec-fetch-site":"RequestHeaders.sec-fetch-site","headers.sec-fetch-mode":"RequestHeaders.sec-fetch-mode","headers.sec-fetch-dest":"RequestHeaders.sec-fetch-dest",
	"headers.sec-purpose":"RequestHeaders.sec-purpose","headers.sec-ch-ua":"RequestHeaders.sec-ch-ua","headers.sec-ch-ua-mobile":"RequestHeaders.sec-ch-ua-mobile",
	"headers.sec-ch-ua-platform":"RequestHeaders.sec-ch-ua-platform","headers.sec-gpc":"RequestHeaders.sec-gpc","headers.dnt":"RequestHeaders.dnt"}`

// caddyFields is a map of one's own: nested, headers as arrays under their
// canonical names, seconds with a fraction.
const caddyFields = `{"time":"ts","host":"request.host","path":"request.uri","method":"request.method","status":"status","content_type":"resp_headers.Content-Type",
	"referer":"request.headers.Referer","user_agent":"request.headers.User-Agent","headers.x-requested-with":"request.headers.X-Requested-With",
	"headers.sec-fetch-site":"request.headers.Sec-Fetch-Site","headers.sec-fetch-mode":"request.headers.Sec-Fetch-Mode","headers.sec-fetch-dest":"request.headers.Sec-Fetch-Dest",
	"headers.sec-purpose":"request.headers.Sec-Purpose","headers.sec-ch-ua":"request.headers.Sec-Ch-Ua","headers.sec-ch-ua-mobile":"request.headers.Sec-Ch-Ua-Mobile",
	"headers.sec-ch-ua-platform":"request.headers.Sec-Ch-Ua-Platform","headers.sec-gpc":"request.headers.Sec-Gpc","headers.dnt":"request.headers.Dnt"}`

var jsonDoors = []door{
	{
		name:  "json, Cloudflare",
		opt:   jsonOptions(`"cloudflare"`),
		write: func(v darksocial.Visit) string { return cloudflareLine(v, v.Time.Format(time.RFC3339)) },
		carries: func(v darksocial.Visit) darksocial.Visit {
			v.Headers = darksocial.Headers{RequestedWith: v.Headers.RequestedWith}
			v.Sees = logSees
			return v
		},
	},
	{
		name:    "json, Cloudflare with its custom fields",
		opt:     jsonOptions(cloudflareHeaders),
		write:   func(v darksocial.Visit) string { return cloudflareLine(v, v.Time.UnixNano()) },
		carries: func(v darksocial.Visit) darksocial.Visit { return v },
	},
	{
		name: "json, Fastly",
		opt:  jsonOptions(`"fastly"`),
		write: func(v darksocial.Visit) string {
			return configuredLine(v, fastlyEscape, strconv.FormatInt(v.Time.Unix(), 10))
		},
		carries: func(v darksocial.Visit) darksocial.Visit { return v },
	},
	{
		name: "json, nginx",
		opt:  jsonOptions(`"nginx"`),
		write: func(v darksocial.Visit) string {
			return configuredLine(v, nginxEscape, `"`+v.Time.In(time.FixedZone("", 3600)).Format("2006-01-02T15:04:05-07:00")+`"`)
		},
		carries: func(v darksocial.Visit) darksocial.Visit {
			v.Country = ""
			return v
		},
	},
	{
		name:    "json, Akamai",
		opt:     jsonOptions(`"akamai"`),
		write:   func(v darksocial.Visit) string { return akamaiLine(v, url.QueryEscape) },
		carries: inAkamai,
	},
	{
		name:  "json, Akamai, spaces alone escaped",
		opt:   jsonOptions(`"akamai"`),
		write: func(v darksocial.Visit) string { return akamaiLine(v, rfc1738Escape) },
		carries: func(v darksocial.Visit) darksocial.Visit {
			// Nobody can tell whose escapes they were.
			v.UserAgent = strings.ReplaceAll(v.UserAgent, "%20", " ")
			return inAkamai(v)
		},
	},
	{
		name:  "json, own keys",
		opt:   jsonOptions(caddyFields),
		write: caddyLine,
		carries: func(v darksocial.Visit) darksocial.Visit {
			v.ID, v.Country = "", ""
			return v
		},
	},
}

func inAkamai(v darksocial.Visit) darksocial.Visit {
	v.ID += "-" + akamaiTime(v)
	v.Headers = darksocial.Headers{}
	v.Sees = logSees
	return v
}

func withQuery(v darksocial.Visit) string {
	if v.Query == "" {
		return v.Path
	}
	return v.Path + "?" + v.Query
}

func mustJSON(value any) string {
	line, err := json.Marshal(value) // "&" is \u0026, "<" \u003c
	if err != nil {
		panic(err)
	}
	return string(line)
}

func cloudflareLine(v darksocial.Visit, when any) string {
	headers := map[string]string{}
	for name, value := range headersOf(v) {
		if value != "" && name != "X-Requested-With" {
			headers[strings.ToLower(name)] = value
		}
	}
	return mustJSON(map[string]any{
		"ClientIP": "192.0.2.7", "ClientASN": 64496, "EdgeStartTimestamp": when, "EdgeEndTimestamp": when, "RayID": v.ID, "ParentRayID": "00",
		"ClientRequestHost": v.Host, "ClientRequestURI": withQuery(v), "ClientRequestPath": v.Path, "ClientRequestMethod": v.Method,
		"ClientRequestReferer": v.Referer, "ClientRequestUserAgent": v.UserAgent, "ClientRequestScheme": "https", "ClientCountry": strings.ToLower(v.Country),
		"ClientXRequestedWith": v.Headers.RequestedWith, "EdgeResponseStatus": v.Status, "EdgeResponseContentType": v.ContentType,
		"RequestHeaders": headers, "ResponseHeaders": map[string]string{"server": "x"}, "SecurityActions": []string{}, "WorkerSubrequest": false,
	})
}

// akamaiTime is in seconds, as a text.
func akamaiTime(v darksocial.Visit) string { return fmt.Sprintf("%d.000", v.Time.Unix()) }

// akamaiLine leaves out what is empty.
func akamaiLine(v darksocial.Visit, escape func(string) string) string {
	keys := map[string]any{
		"version": 2, "cliIP": "192.0.2.7", "reqTimeSec": akamaiTime(v), "reqId": v.ID, "reqHost": v.Host, "reqPort": "443",
		"reqPath": v.Path, "queryStr": v.Query, "reqMethod": v.Method, "statusCode": strconv.Itoa(v.Status), "UA": escape(v.UserAgent),
		"referer": escape(v.Referer), "rspContentType": escape(v.ContentType + "; charset=utf-8"), "country": v.Country,
	}
	for key, value := range keys {
		if value == "" {
			delete(keys, key)
		}
	}
	return mustJSON(keys)
}

// rfc1738Escape escapes what Akamai says it does: octets outside of 0x21 to 0x7E.
func rfc1738Escape(s string) string {
	return escapeIf(s, func(c byte) bool { return c < 0x21 || c > 0x7e })
}

// configuredLine is what the formats in docs/site.md make Fastly and nginx write.
func configuredLine(v darksocial.Visit, escape func(string) string, when string) string {
	text := func(s string) string { return `"` + escape(s) + `"` }
	h := v.Headers
	return `{"time":` + when + `,"id":` + text(v.ID) + `,"host":` + text(v.Host) + `,"path":` + text(withQuery(v)) +
		`,"method":` + text(v.Method) + `,"status":` + strconv.Itoa(v.Status) + `,"content_type":` + text(v.ContentType) + `,"country":` + text(v.Country) +
		`,"referer":` + text(v.Referer) + `,"user_agent":` + text(v.UserAgent) + `,"x_requested_with":` + text(h.RequestedWith) +
		`,"sec_fetch_site":` + text(h.FetchSite) + `,"sec_fetch_mode":` + text(h.FetchMode) + `,"sec_fetch_dest":` + text(h.FetchDest) +
		`,"sec_purpose":` + text(h.Purpose) + `,"sec_ch_ua":` + text(h.Brands) + `,"sec_ch_ua_mobile":` + text(h.Mobile) +
		`,"sec_ch_ua_platform":` + text(h.Platform) + `,"sec_gpc":` + text(h.GPC) + `,"dnt":` + text(h.DNT) + `}`
}

// fastlyEscape is VCL's json.escape, from its documentation.
func fastlyEscape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\t':
			b.WriteString(`\t`)
		case r < 0x20 || r == 0x7f || r == 0x2028 || r == 0x2029:
			fmt.Fprintf(&b, `\u%04X`, r)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04X\u%04X`, hi, lo)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// nginxEscape is escape=json: ngx_escape_json in src/core/ngx_string.c.
func nginxEscape(s string) string {
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c == '\t':
			b.WriteString(`\t`)
		case c < 0x20:
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func caddyLine(v darksocial.Visit) string {
	headers := map[string][]string{}
	add := func(name, value string) {
		if value != "" {
			headers[name] = []string{value, "a second one"}
		}
	}
	add("Referer", v.Referer)
	add("User-Agent", v.UserAgent)
	for name, value := range headersOf(v) {
		name = strings.ToLower(name)
		parts := strings.Split(name, "-")
		for i, part := range parts {
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
		add(strings.Join(parts, "-"), value)
	}
	return mustJSON(map[string]any{
		"level": "info", "ts": float64(v.Time.UnixMilli()) / 1000, "status": v.Status, "duration": 0.0012,
		"request":      map[string]any{"remote_ip": "192.0.2.7", "method": v.Method, "host": v.Host + ":443", "uri": withQuery(v), "headers": headers},
		"resp_headers": map[string][]string{"Content-Type": {v.ContentType + "; charset=utf-8"}},
	})
}
