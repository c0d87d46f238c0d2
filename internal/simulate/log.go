package simulate

import (
	"strconv"
	"time"
)

// request is what a client asks for and gets, as far as any log tells it.
type request struct {
	at        uint64
	who       person
	stem      text
	query     query
	status    int
	mime      text
	bytes     uint32
	plain     bool   // over http
	referer   string // of another site
	from      *text  // or the site's page that is the Referer
	fromQuery query
	app       string // around the web view
	fetch     fetch
	purpose   string // Sec-Purpose

	result string // what the CDN did with it
	took   uint32 // milliseconds
}

// distribution is what cs(Host) says: never the host of the page.
const distribution = "d1234abcd.cloudfront.net"

var locations = [...]string{"FRA56-P4", "FRA60-P1", "HAM50-P2", "DUS51-P1", "MUC50-P1", "TXL50-P3"}

// log writes lines in any of the formats.
type log struct {
	start    time.Time
	host     text
	logged   [numAgents]template // User-Agents as CloudFront writes them
	sent     [numAgents]template
	brands   [numAgents]template // Sec-CH-UA
	lines    uint64
	first    uint64 // where the request ids start
	tails    [len(locations)]string
	midnight uint64 // of the day that date is
	date     string // as the format writes it
	layout   string
	write    func(*log, []byte, *request) []byte
	scratch  []byte
}

func newLog(d dice, c *Config) log {
	f := formats[c.Format]
	l := log{start: c.Date, host: written(c.Host), first: d.pcg.Uint64(), layout: f.date, write: f.write}
	l.date = c.Date.Format(l.layout)
	for i, a := range agents {
		l.logged[i] = compile(a.userAgent, escape)
		l.sent[i] = compile(a.userAgent, plainly)
		l.brands[i] = compile(`"Chromium";v="{chrome}", "`+a.brand+`";v="{chrome}", "Not?A_Brand";v="24"`, plainly)
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

func plainly(s string) string { return s }

func (l *log) time(at uint64) time.Time { return l.start.Add(time.Duration(at) * time.Millisecond) }

// write writes a line and counts it.
func (r *run) write(q *request) { r.writePart(q, false) }

// writeCut writes a line of which the end is missing, as after a crash.
func (r *run) writeCut(q *request) { r.writePart(q, true) }

func (r *run) writePart(q *request, cut bool) {
	if q.at >= r.until {
		r.turnFile(q.at)
	}
	// A copy, because what the formats take would be a new piece of memory each time.
	r.asked = *q
	r.answer(&r.asked)
	r.log.lines++
	for _, t := range r.tallies {
		t.lines++
	}
	l := &r.log
	if q.at >= l.midnight+millisPerDay {
		l.midnight = q.at - q.at%millisPerDay
		l.date = l.time(q.at).Format(l.layout)
	}
	b := l.write(l, r.out.AvailableBuffer(), &r.asked)
	if cut {
		b = b[:min(len(b)/3, formats[r.config.Format].cut)]
	}
	_, err := r.out.Write(append(b, '\n'))
	r.fail(err)
}

// answer draws what the CDN does with a request.
func (r *run) answer(q *request) {
	q.took = 1 + r.dice.below(6)
	q.result = "Hit"
	switch {
	case q.status >= 400:
		q.result = "Error"
	case q.status == 301:
		q.result = "Redirect"
	case q.status == 304:
		q.result = "RefreshHit"
	case r.dice.perMille(60): // chosen: most of a paper's pages are in the cache
		q.result, q.took = "Miss", q.took+r.dice.between(40, 300)
	}
}

// protocol is over what a request came.
func (q *request) protocol() (version, scheme, tls, cipher string) {
	version, scheme, tls, cipher = "HTTP/2.0", "https", "TLSv1.3", "TLS_AES_128_GCM_SHA256"
	switch {
	case q.plain:
		return "HTTP/1.1", "http", "-", "-"
	case agents[q.who.agent].engine == program:
		version = "HTTP/1.1"
	case q.who.trait(traitVersion, 3) == 0:
		version = "HTTP/3.0"
	}
	return version, scheme, tls, cipher
}

// appendReferer writes the Referer as it was sent, or nothing.
func (l *log) appendReferer(b []byte, q *request) []byte {
	if q.from == nil {
		return append(b, q.referer...)
	}
	return l.appendOwn(b, l.host.sent, q.from.sent, q)
}

// appendLoggedReferer writes it as CloudFront does. The Referers of other sites
// are the same either way.
func (l *log) appendLoggedReferer(b []byte, q *request) []byte {
	switch {
	case q.from != nil:
		return l.appendOwn(b, l.host.logged, q.from.logged, q)
	case q.referer == "":
		return append(b, '-')
	}
	return append(b, q.referer...)
}

func (l *log) appendOwn(b []byte, host, stem string, q *request) []byte {
	b = append(b, "https://"...)
	b = append(b, host...)
	b = append(b, stem...)
	return q.fromQuery.appendBehind(b, q.who)
}

// query is that of a page's address: the code of a link that was shared, and behind it
// what the app or the site it was found in has added.
type query struct{ code, tag string }

func (q query) empty() bool { return q == query{} }

// appendBehind writes the query behind a path, if there is one.
func (q query) appendBehind(b []byte, p person) []byte {
	if q.empty() {
		return b
	}
	return q.append(append(b, '?'), p)
}

// append writes the query. A tag that ends in "=" gets a value of the person's own.
func (q query) append(b []byte, p person) []byte {
	b = append(b, q.code...)
	if q.code != "" && q.tag != "" {
		b = append(b, '&')
	}
	b = append(b, q.tag...)
	if q.tag != "" && q.tag[len(q.tag)-1] == '=' {
		b = append(b, "IwY2xjaw"...) // as the real ones begin
		b = appendToken(b, mix(uint64(p.id)<<8|traitTag))
	}
	return b
}

// appendID writes a request id: 54 characters and "==", as CloudFront's. Theirs
// are 40 bytes at random, which no compression makes smaller. Here six characters
// number the log's lines and the rest is one of the log's own six, so that
// no line of any log has the id of another and a log compresses well.
func (l *log) appendID(b []byte, p person) []byte {
	number := scatter(l.first + l.lines)
	for i := range idHead {
		b = append(b, tokenLetters[number>>(6*i)&63])
	}
	return append(b, l.tails[p.trait(traitEdge, len(locations))]...)
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

// appendClock writes the time of day.
func appendClock(b []byte, at uint64) []byte {
	sec := uint32(at % millisPerDay / 1000)
	b = appendTwo(b, sec/3600)
	b = append(b, ':')
	b = appendTwo(b, sec/60%60)
	b = append(b, ':')
	return appendTwo(b, sec%60)
}

func appendTwo(b []byte, n uint32) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

// appendSeconds writes milliseconds as CloudFront writes seconds.
func appendSeconds(b []byte, millis uint64) []byte {
	b = strconv.AppendUint(b, millis/1000, 10)
	return append(b, '.', byte('0'+millis/100%10), byte('0'+millis/10%10), byte('0'+millis%10))
}
