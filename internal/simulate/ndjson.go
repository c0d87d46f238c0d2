package simulate

import "strconv"

// appendNDJSON writes a request as `darksocial classify` takes it, with all
// headers that were sent.
func (l *log) appendNDJSON(b []byte, q *request) []byte {
	_, scheme, _, _ := q.protocol()
	b = append(b, `{"id":"`...)
	b = l.appendID(b, q.who)
	b = append(b, `","time":"`...)
	b = append(b, l.date...)
	b = append(b, 'T')
	b = appendClock(b, q.at)
	b = append(b, '.', byte('0'+q.at/100%10), byte('0'+q.at/10%10), byte('0'+q.at%10))
	b = append(b, `Z","url":"`...)
	b = append(b, scheme...)
	b = append(b, "://"...)
	b = append(b, l.host.sent...)
	b = append(b, q.stem.sent...)
	b = q.query.appendBehind(b, q.who)
	b = append(b, `","method":"GET","status":`...)
	b = strconv.AppendUint(b, uint64(q.status), 10)
	b = append(b, `,"content_type":"`...)
	b = append(b, q.mime.sent...)
	b = append(b, `","country":"`...)
	b = append(b, countries[q.who.country()]...)
	b = append(b, `","headers":{`...)
	start := len(b)
	for _, h := range order[agents[q.who.agent].engine] {
		value := l.appendHeader(l.scratch[:0], h, q)
		l.scratch = value
		if len(value) == 0 && h != hAgent {
			continue
		}
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = append(b, headerNames[h]...)
		b = append(b, `":"`...)
		b = appendQuoted(b, value)
		b = append(b, '"')
	}
	return append(b, "}}"...)
}

// appendQuoted writes what stands between the quotes of a JSON string. Headers are
// ASCII; of what JSON escapes they have quotes alone.
func appendQuoted(b, value []byte) []byte {
	for _, c := range value {
		if c == '"' {
			b = append(b, '\\')
		}
		b = append(b, c)
	}
	return b
}
