package simulate

import (
	"bytes"
	"strconv"

	"darksocial/internal/edge"
)

// RealtimeFields are the columns of a real-time log, in the order CloudFront
// writes them in whatever order they were configured in.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/real-time-logs.html
var RealtimeFields = []string{
	"timestamp", "sc-status", "sc-bytes", "cs-method", "cs-protocol", "cs-host", "cs-uri-stem", "x-edge-location", "x-edge-request-id", "x-host-header",
	"time-taken", "cs-protocol-version", "cs-user-agent", "cs-referer", "cs-uri-query", "x-edge-result-type", "sc-content-type", "c-country",
	"cs-headers", "cs-headers-count",
}

// mostHeaders is where cs-headers is cut, in bytes as they are written.
const mostHeaders = 800

// appendRealtime writes values as a standard log does: how real-time logs escape
// them AWS does not say.
func (l *log) appendRealtime(b []byte, q *request) []byte {
	version, scheme, _, _ := q.protocol()
	b = appendSeconds(b, uint64(l.start.UnixMilli())+q.at)
	b = append(b, '\t')
	b = strconv.AppendUint(b, uint64(q.status), 10)
	b = append(b, '\t')
	b = strconv.AppendUint(b, uint64(q.bytes), 10)
	b = append(b, "\tGET\t"...)
	b = append(b, scheme...)
	b = append(b, "\t"+distribution+"\t"...)
	b = append(b, q.stem.logged...)
	b = q.query.appendBehind(b, q.who) // here the query stands twice
	b = append(b, '\t')
	b = append(b, locations[q.who.trait(traitEdge, len(locations))]...)
	b = append(b, '\t')
	b = l.appendID(b, q.who)
	b = append(b, '\t')
	b = append(b, l.host.logged...)
	b = append(b, '\t')
	b = appendSeconds(b, uint64(q.took))
	b = append(b, '\t')
	b = append(b, version...)
	b = append(b, '\t')
	b = l.appendLoggedAgent(b, q)
	b = append(b, '\t')
	b = l.appendLoggedReferer(b, q)
	b = append(b, '\t')
	b = appendLoggedQuery(b, q)
	b = append(b, '\t')
	b = append(b, q.result...)
	b = append(b, '\t')
	b = append(b, q.mime.logged...)
	b = append(b, '\t')
	b = append(b, countries[q.who.country()]...)
	b = append(b, '\t')
	b, count := l.appendHeaders(b, q)
	b = append(b, '\t')
	return strconv.AppendInt(b, int64(count), 10)
}

// appendHeaders writes cs-headers, "name:value" each with an escaped line feed
// behind it (elastic/integrations#6219), and says how many headers there were.
func (l *log) appendHeaders(b []byte, q *request) (_ []byte, count int) {
	start := len(b)
	for _, h := range order[agents[q.who.agent].engine] {
		value := l.appendHeader(l.scratch[:0], h, q)
		l.scratch = value
		if len(value) == 0 {
			continue
		}
		count++
		b = append(b, headerNames[h]...)
		b = append(b, ':')
		b = edge.AppendEscaped(b, value)
		b = append(b, "%0A"...)
	}
	if len(b)-start > mostHeaders {
		b = b[:start+mostHeaders]
		if i := bytes.LastIndexByte(b[len(b)-2:], '%'); i >= 0 { // half an escape is none
			b = b[:len(b)-2+i]
		}
	}
	return b, count
}
