package front

import (
	"strconv"
	"time"

	"darksocial/internal/edge"
)

// Entry is a request as the log tells of it. Strings are as they were sent; "" means
// that nothing was.
type Entry struct {
	Time        time.Time // when the answer was over
	Took        time.Duration
	ID          string // the CDN's request id
	Method      string
	Protocol    string // "http" or "https"
	Host        string // the Host the viewer asked for
	Stem        string // the path, percent-encoded
	Query       string
	Referer     string
	UserAgent   string
	Status      int
	Bytes       int64 // of the body
	ContentType string
	Result      string // "Hit", "Miss" or "Error"
}

// logHeader begins each file. What says who the viewer is has no column: c-ip,
// c-port, x-forwarded-for, cs(Cookie).
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
const logHeader = "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query " +
	"x-edge-result-type x-edge-request-id x-host-header cs-protocol time-taken sc-content-type\n"

// What the two columns say that name a place and a distribution.
const (
	edgeLocation = "LOCAL"
	distribution = "front.localhost"
)

// append adds the line, in the order of logHeader.
func (e *Entry) append(b []byte) []byte {
	at := e.Time.UTC()
	b = at.AppendFormat(b, "2006-01-02\t15:04:05\t")
	b = append(b, edgeLocation+"\t"...)
	b = strconv.AppendInt(b, e.Bytes, 10)
	b = append(b, '\t')
	b = append(b, e.Method...)
	b = append(b, "\t"+distribution+"\t"...)
	b = column(b, e.Stem)
	b = strconv.AppendInt(b, int64(e.Status), 10)
	b = append(b, '\t')
	b = column(b, e.Referer)
	b = column(b, e.UserAgent)
	b = column(b, e.Query)
	b = column(b, e.Result)
	b = column(b, e.ID)
	b = column(b, e.Host)
	b = column(b, e.Protocol)
	b = strconv.AppendFloat(b, max(e.Took, 0).Seconds(), 'f', 3, 64)
	b = append(b, '\t')
	b = column(b, e.ContentType)
	b[len(b)-1] = '\n'
	return b
}

// column adds a value and the tab behind it.
func column(b []byte, value string) []byte {
	if value == "" {
		return append(b, "-\t"...)
	}
	return append(edge.AppendEscaped(b, value), '\t')
}
