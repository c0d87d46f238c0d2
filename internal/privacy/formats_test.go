package privacy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"darksocial/darksocial"
	"darksocial/internal/edge"
)

// format is a way of writing page views down, with every column there is.
type format struct {
	name     string
	options  edge.Options
	seesHost bool // it says for which host a page was
	head     string
	line     func(v *view, at time.Time) string
}

// formats are all that package edge reads. What says who asks is in each of them.
var formats = []format{
	{"cloudfront", edge.Options{Format: edge.CloudFront}, true, "#Version: 1.0\n#Fields: " + strings.Join(standardFields, " ") + "\n", standardLine},
	{"cloudfront-json", edge.Options{Format: edge.CloudFront}, true, "", standardObject},
	{"cloudfront-realtime", edge.Options{Format: edge.CloudFrontRealtime, Fields: realtimeFields}, true, "", realtimeLine},
	{"combined", edge.Options{Format: edge.Combined}, false, "", combinedLine},
	{"ndjson", edge.Options{Format: edge.NDJSON}, true, "", ndjsonLine},
	{"json", edge.Options{Format: edge.JSON, FieldMap: fieldMap()}, true, "", mappedLine},
}

// write writes page views as a log, one every ten seconds.
func (f *format) write(views []view, from time.Time) []byte {
	var log bytes.Buffer
	log.WriteString(f.head)
	for i := range views {
		log.WriteString(f.line(&views[i], from.Add(time.Duration(i)*10*time.Second)) + "\n")
	}
	return log.Bytes()
}

// standardFields are all columns of a standard log that say something of a visitor.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
var standardFields = []string{
	"date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status", "cs(Referer)", "cs(User-Agent)", "cs-uri-query",
	"cs(Cookie)", "x-edge-result-type", "x-edge-request-id", "x-host-header", "cs-protocol", "x-forwarded-for", "c-port", "sc-content-type", "c-country",
}

// realtimeFields are those of a real-time log.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/real-time-logs.html
var realtimeFields = []string{
	"timestamp", "c-ip", "sc-status", "cs-method", "cs-host", "cs-uri-stem", "x-edge-request-id", "x-host-header", "cs-user-agent", "cs-referer", "cs-cookie",
	"cs-uri-query", "x-forwarded-for", "sc-content-type", "c-country", "cs-headers", "cs-header-names", "cs-headers-count",
}

// columns are the values of CloudFront's columns, as they were before they were
// written down.
func columns(v *view, at time.Time) map[string]string {
	headers := requestHeaders(v)
	var block, names strings.Builder
	for _, h := range headers {
		block.WriteString(h[0] + ":" + h[1] + "\n")
		names.WriteString(h[0] + "\n")
	}
	return map[string]string{
		"date": at.Format(time.DateOnly), "time": at.Format(time.TimeOnly), "timestamp": fmt.Sprintf("%d.100", at.Unix()), "x-edge-location": "FRA56-P1", "sc-bytes": "4711",
		"c-ip": v.ip, "cs-method": "GET", "cs-host": "d111111abcdef8.cloudfront.net", "cs-uri-stem": v.path, "sc-status": "200", "cs-referer": v.referer, "cs-user-agent": v.agent,
		"cs-uri-query": v.query, "cs-cookie": v.cookie, "x-edge-result-type": "Hit", "x-edge-request-id": v.id, "x-host-header": v.host, "cs-protocol": "https",
		"x-forwarded-for": v.forwarded, "c-port": "54321", "sc-content-type": v.contentType, "c-country": "DE",
		"cs-headers": block.String(), "cs-header-names": names.String(), "cs-headers-count": strconv.Itoa(len(headers)),
	}
}

// requestHeaders are all headers of a request, those first that are looked at:
// CloudFront cuts the rest.
func requestHeaders(v *view) (headers [][2]string) {
	site := "none"
	if v.referer != "" {
		site = "cross-site"
	}
	add := func(name, value string) {
		if own, ok := v.headers[name]; ok {
			value = own
		}
		if value != "" {
			headers = append(headers, [2]string{name, value})
		}
	}
	for _, h := range [...][2]string{
		{"x-requested-with", ""}, {"sec-fetch-site", site}, {"sec-fetch-mode", "navigate"}, {"sec-fetch-dest", "document"}, {"sec-purpose", ""}, {"sec-ch-ua", ""}, {"sec-ch-ua-platform", ""},
		{"from", ""}, {"x-user", ""}, {"x-api-key", ""}, {"x-csrf-token", ""}, {"user-agent", v.agent}, {"referer", v.referer}, {"cookie", v.cookie}, {"authorization", v.authorization},
		{"x-forwarded-for", v.forwarded}, {"x-real-ip", v.ip}, {"forwarded", "for=" + v.ip}, {"true-client-ip", v.ip}, {"x-forwarded-user", v.user},
	} {
		add(h[0], h[1])
	}
	return headers
}

// written is a value as CloudFront writes it into a column.
func written(value string) string {
	if value == "" {
		return "-"
	}
	return string(edge.AppendEscaped(nil, value))
}

// columnOf is the name of a standard log's column in the spelling of a real-time
// log's: "cs-user-agent" for "cs(User-Agent)".
func columnOf(field string) string {
	return strings.ToLower(strings.NewReplacer("(", "-", ")", "").Replace(field))
}

func textLine(fields []string, values map[string]string) string {
	list := make([]string, len(fields))
	for i, field := range fields {
		list[i] = written(values[columnOf(field)])
	}
	return strings.Join(list, "\t")
}

func standardLine(v *view, at time.Time) string { return textLine(standardFields, columns(v, at)) }

// realtimeLine cuts the headers as CloudFront does.
func realtimeLine(v *view, at time.Time) string {
	values := columns(v, at)
	values["cs-headers"] = values["cs-headers"][:min(len(values["cs-headers"]), 700)]
	return textLine(realtimeFields, values)
}

func standardObject(v *view, at time.Time) string {
	values, object := columns(v, at), map[string]string{}
	for _, field := range standardFields {
		object[field] = written(values[columnOf(field)])
	}
	return asJSON(object)
}

func combinedLine(v *view, at time.Time) string {
	target := v.path
	if v.query != "" {
		target += "?" + v.query
	}
	quote := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	return fmt.Sprintf(`%s - %s [%s] "GET %s HTTP/1.1" 200 4711 "%s" "%s" "%s" "%s"`, v.ip, v.user, at.Format("02/Jan/2006:15:04:05 -0700"), quote.Replace(target),
		quote.Replace(v.referer), quote.Replace(v.agent), v.forwarded, quote.Replace(v.cookie))
}

func ndjsonLine(v *view, at time.Time) string { return asJSON(ndjsonObject(v, at)) }

// ndjsonObject has a user in the page's address, as no browser sends one, but as
// programs write it down.
func ndjsonObject(v *view, at time.Time) map[string]any {
	headers := map[string]string{}
	for _, h := range requestHeaders(v) {
		headers[h[0]] = h[1]
	}
	return map[string]any{
		"id": v.id, "time": at.Format(time.RFC3339), "url": "https://" + v.user + ":" + v.user + "@" + v.host + pathAndQuery(v), "referer": v.referer, "user_agent": v.agent, "headers": headers,
		"country": "DE", "method": "GET", "status": 200, "content_type": v.contentType, "remote_addr": v.ip, "remote_user": v.user, "cookies": v.cookie,
	}
}

// pathAndQuery is a page's address without its host.
func pathAndQuery(v *view) string {
	if v.query == "" {
		return v.path
	}
	return v.path + "?" + v.query
}

// fieldMap names the keys of mappedObject.
func fieldMap() *darksocial.FieldMap {
	m := &darksocial.FieldMap{Keys: map[string]string{
		"time": "t", "host": "request.host", "path": "request.uri", "referer": "request.headers.Referer", "user_agent": "request.headers.UA", "id": "rid", "method": "request.method",
		"status": "response.status", "content_type": "response.type", "country": "geo",
	}}
	for _, name := range [...]string{"x-requested-with", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-purpose", "sec-ch-ua", "sec-ch-ua-platform", "sec-gpc", "dnt"} {
		m.Keys["headers."+name] = "request.headers." + name
	}
	return m
}

func mappedLine(v *view, at time.Time) string { return asJSON(mappedObject(v, at)) }

func mappedObject(v *view, at time.Time) map[string]any {
	headers := map[string]string{"Referer": v.referer, "UA": v.agent}
	for _, h := range requestHeaders(v) {
		if h[0] != "referer" && h[0] != "user-agent" {
			headers[h[0]] = h[1]
		}
	}
	return map[string]any{
		"t": at.UnixMilli(), "rid": v.id, "geo": "DE", "client": map[string]any{"ip": v.ip, "user": v.user, "forwarded": v.forwarded},
		"request":  map[string]any{"host": v.host, "uri": pathAndQuery(v), "method": "GET", "headers": headers, "cookies": v.cookie},
		"response": map[string]any{"status": 200, "type": v.contentType},
	}
}

func asJSON(object any) string {
	text, err := json.Marshal(object)
	if err != nil {
		panic(err) // texts and numbers alone
	}
	return string(text)
}
