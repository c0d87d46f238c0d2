package simulate

import "strconv"

// appendCombined writes a line of Apache's and nginx's combined format, without
// an address.
func (l *log) appendCombined(b []byte, q *request) []byte {
	version, _, _, _ := q.protocol()
	b = append(b, "- - - ["...)
	b = append(b, l.date...)
	b = append(b, ':')
	b = appendClock(b, q.at)
	b = append(b, ` +0000] "GET `...)
	b = append(b, q.stem.sent...)
	b = q.query.appendBehind(b, q.who)
	b = append(b, ' ')
	b = append(b, version...)
	b = append(b, `" `...)
	b = strconv.AppendUint(b, uint64(q.status), 10)
	b = append(b, ' ')
	b = strconv.AppendUint(b, uint64(q.bytes), 10)
	b = append(b, ` "`...)
	if q.from == nil && q.referer == "" {
		b = append(b, '-')
	}
	b = l.appendReferer(b, q)
	b = append(b, `" "`...)
	if q.who.agent == nobody {
		b = append(b, '-')
	}
	b = l.sent[q.who.agent].append(b, q.who)
	return append(b, '"')
}
