package simulate

import (
	"strconv"
	"time"
)

// columns are those of a legacy standard log, in its order.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
const columns = "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) " +
	"x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type " +
	"cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end"

// distribution is what cs(Host) says: never the host of the page.
const distribution = "d1234abcd.cloudfront.net"

// request is a line of the log. Strings are escaped as the log has them.
type request struct {
	at      uint32
	who     person
	stem    string
	tag     string
	status  int
	mime    string
	bytes   uint32
	plain   bool   // over http
	referer string // of another site
	ownStem string // or the site's page that is the Referer
	ownTag  string
}

// log writes lines.
type log struct {
	dice   dice
	date   string
	host   string
	agents [numAgents]template
	lines  uint64
	first  uint64 // where the request ids start
	tails  [len(edges)]string
}

func newLog(d dice, host string, date time.Time) log {
	l := log{dice: d, date: date.Format(time.DateOnly), host: escape(host), first: d.pcg.Uint64()}
	for i, written := range userAgents {
		l.agents[i] = compile(written)
	}
	for i := range l.tails {
		var tail []byte
		for len(tail) < idTail {
			tail = appendToken(tail, d.pcg.Uint64())
		}
		l.tails[i] = string(tail[:idTail]) + "=="
	}
	return l
}

func (l *log) header() []byte { return []byte("#Version: 1.0\n#Fields: " + columns + "\n") }

// write writes a line and counts it.
func (d *day) write(q *request) {
	d.log.lines++
	b := d.log.append(d.out.AvailableBuffer(), q)
	_, _ = d.out.Write(append(b, '\n')) // the error comes out of Flush
}

// writeCut writes a line of which the end is missing, as after a crash.
func (d *day) writeCut(q *request) {
	d.log.lines++
	b := d.log.append(d.out.AvailableBuffer(), q)
	_, _ = d.out.Write(append(b[:len(b)/3], '\n'))
}

var edges = [...]string{"FRA56-P4", "FRA60-P1", "HAM50-P2", "DUS51-P1", "MUC50-P1", "TXL50-P3"}

// Numbers of the traits of a person that a line shows; blanks come first.
const (
	traitEdge = 64 + iota
	traitHeaders
	traitVersion
	traitTag
)

func (l *log) append(b []byte, q *request) []byte {
	program := q.who.agent >= whatsappPreview
	took := 1 + l.dice.below(6)
	result := "Hit"
	switch {
	case q.status >= 400:
		result = "Error"
	case q.status == 301:
		result = "Redirect"
	case q.status == 304:
		result = "RefreshHit"
	case l.dice.perMille(60): // chosen: most of a paper's pages are in the cache
		result, took = "Miss", took+l.dice.between(40, 300)
	}
	version, scheme, tls, cipher := "HTTP/2.0", "https", "TLSv1.3", "TLS_AES_128_GCM_SHA256"
	switch {
	case q.plain:
		version, scheme, tls, cipher = "HTTP/1.1", "http", "-", "-"
	case program:
		version = "HTTP/1.1"
	case q.who.trait(traitVersion, 3) == 0:
		version = "HTTP/3.0"
	}

	b = append(b, l.date...)
	b = append(b, '\t')
	b = appendTime(b, q.at)
	b = append(b, '\t')
	b = append(b, edges[q.who.trait(traitEdge, len(edges))]...)
	b = append(b, '\t')
	b = strconv.AppendUint(b, uint64(q.bytes), 10)
	b = append(b, "\t-\tGET\t"+distribution+"\t"...) // c-ip is never written
	b = append(b, q.stem...)
	b = append(b, '\t')
	b = strconv.AppendUint(b, uint64(q.status), 10)
	b = append(b, '\t')
	b = l.appendReferer(b, q)
	b = append(b, '\t')
	if q.who.agent == nobody {
		b = append(b, '-')
	}
	b = l.agents[q.who.agent].append(b, q.who)
	b = append(b, '\t')
	if q.tag == "" {
		b = append(b, '-')
	}
	b = appendTag(b, q.tag, q.who)
	b = append(b, "\t-\t"...)
	b = append(b, result...)
	b = append(b, '\t')
	b = l.appendID(b, q.who)
	b = append(b, '\t')
	b = append(b, l.host...)
	b = append(b, '\t')
	b = append(b, scheme...)
	b = append(b, '\t')
	b = strconv.AppendInt(b, int64(40+8*q.who.trait(traitHeaders, 8)), 10) // what is left of the headers on an open connection
	b = append(b, '\t')
	b = appendSeconds(b, took)
	b = append(b, "\t-\t"...)
	b = append(b, tls...)
	b = append(b, '\t')
	b = append(b, cipher...)
	b = append(b, '\t')
	b = append(b, result...)
	b = append(b, '\t')
	b = append(b, version...)
	b = append(b, "\t-\t-\t-\t"...) // nor is c-port
	b = appendSeconds(b, took)
	b = append(b, '\t')
	b = append(b, result...)
	b = append(b, '\t')
	b = append(b, q.mime...)
	return append(b, "\t-\t-\t-"...)
}

func (l *log) appendReferer(b []byte, q *request) []byte {
	switch {
	case q.referer != "":
		return append(b, q.referer...)
	case q.ownStem == "":
		return append(b, '-')
	}
	b = append(b, "https://"...)
	b = append(b, l.host...)
	b = append(b, q.ownStem...)
	if q.ownTag != "" {
		b = append(b, '?')
	}
	return appendTag(b, q.ownTag, q.who)
}

// appendTag writes a query. What ends in "=" gets a value of the person's own.
func appendTag(b []byte, tag string, p person) []byte {
	b = append(b, tag...)
	if tag != "" && tag[len(tag)-1] == '=' {
		b = append(b, "IwY2xjaw"...) // as the real ones begin
		b = appendToken(b, mix(uint64(p.id)<<8|traitTag))
	}
	return b
}

// appendID writes a request id: 54 characters and "==", as CloudFront's. Theirs
// are 40 bytes at random, which no compression makes smaller. Here six characters
// number the day's lines and the rest is one of the day's own six, so that
// no line of any day has the id of another and a log compresses well.
func (l *log) appendID(b []byte, p person) []byte {
	number := scatter(l.first + l.lines)
	for i := range idHead {
		b = append(b, tokenLetters[number>>(6*i)&63])
	}
	return append(b, l.tails[p.trait(traitEdge, len(edges))]...)
}

const (
	idHead = 6
	idTail = 54 - idHead
)

// scatter gives each number of 36 bits another one, without order.
func scatter(x uint64) uint64 {
	const bits = 6 * idHead
	for range 2 { // odd factors and shifts are one to one
		x = x * 0x9e3779b97f4a7c15 & (1<<bits - 1)
		x ^= x >> (bits / 2)
	}
	return x
}

const tokenLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// appendToken writes 64 bits as eleven letters.
func appendToken(b []byte, x uint64) []byte {
	for range 11 {
		b = append(b, tokenLetters[x&63])
		x >>= 6
	}
	return b
}

func appendTime(b []byte, millis uint32) []byte {
	sec := millis / 1000
	b = appendTwo(b, sec/3600)
	b = append(b, ':')
	b = appendTwo(b, sec/60%60)
	b = append(b, ':')
	return appendTwo(b, sec%60)
}

func appendTwo(b []byte, n uint32) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// appendSeconds writes less than ten thousand milliseconds as seconds.
func appendSeconds(b []byte, millis uint32) []byte {
	b = append(b, byte('0'+millis/1000), '.')
	return append(b, byte('0'+millis/100%10), byte('0'+millis/10%10), byte('0'+millis%10))
}

// escape writes a value as CloudFront does: what is not printable ASCII, the
// space and some signs become "%" and two digits.
func escape(s string) string {
	const digits = "0123456789ABCDEF"
	var b []byte
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ', c >= 0x7f,
			c == '<', c == '>', c == '"', c == '#', c == '%', c == '{', c == '}', c == '|', c == '\\',
			c == '^', c == '~', c == '[', c == ']', c == '`', c == '\'':
			b = append(b, '%', digits[c>>4], digits[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(b)
}
