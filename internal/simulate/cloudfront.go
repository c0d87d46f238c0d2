package simulate

import "strconv"

// columns are those of a legacy standard log, in its order.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
const columns = "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) " +
	"x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type " +
	"cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end"

func (l *log) appendCloudFront(b []byte, q *request) []byte {
	version, scheme, tls, cipher := q.protocol()
	b = append(b, l.date...)
	b = append(b, '\t')
	b = appendClock(b, q.at)
	b = append(b, '\t')
	b = append(b, locations[q.who.trait(traitEdge, len(locations))]...)
	b = append(b, '\t')
	b = strconv.AppendUint(b, uint64(q.bytes), 10)
	b = append(b, "\t-\tGET\t"+distribution+"\t"...) // c-ip is never written
	b = append(b, q.stem.logged...)
	b = append(b, '\t')
	b = strconv.AppendUint(b, uint64(q.status), 10)
	b = append(b, '\t')
	b = l.appendLoggedReferer(b, q)
	b = append(b, '\t')
	b = l.appendLoggedAgent(b, q)
	b = append(b, '\t')
	b = appendLoggedQuery(b, q)
	b = append(b, "\t-\t"...)
	b = append(b, q.result...)
	b = append(b, '\t')
	b = l.appendID(b, q.who)
	b = append(b, '\t')
	b = append(b, l.host.logged...)
	b = append(b, '\t')
	b = append(b, scheme...)
	b = append(b, '\t')
	b = strconv.AppendInt(b, int64(40+8*q.who.trait(traitHeaders, 8)), 10) // what is left of the headers on an open connection
	b = append(b, '\t')
	b = appendSeconds(b, uint64(q.took))
	b = append(b, "\t-\t"...)
	b = append(b, tls...)
	b = append(b, '\t')
	b = append(b, cipher...)
	b = append(b, '\t')
	b = append(b, q.result...)
	b = append(b, '\t')
	b = append(b, version...)
	b = append(b, "\t-\t-\t-\t"...) // nor is c-port
	b = appendSeconds(b, uint64(q.took))
	b = append(b, '\t')
	b = append(b, q.result...)
	b = append(b, '\t')
	b = append(b, q.mime.logged...)
	return append(b, "\t-\t-\t-"...)
}

func (l *log) appendLoggedAgent(b []byte, q *request) []byte {
	if q.who.agent == nobody {
		return append(b, '-')
	}
	return l.logged[q.who.agent].append(b, q.who)
}

func appendLoggedQuery(b []byte, q *request) []byte {
	if q.query.empty() {
		return append(b, '-')
	}
	return q.query.append(b, q.who)
}

// appendCloudFrontJSON writes the fields of standard logging v2 that package edge
// reads and a few more. AWS publishes no specification of the shape: see
// decodeJSON there.
func (l *log) appendCloudFrontJSON(b []byte, q *request) []byte {
	_, scheme, _, _ := q.protocol()
	b = append(b, `{"date":"`...)
	b = append(b, l.date...)
	b = append(b, `","time":"`...)
	b = appendClock(b, q.at)
	b = append(b, `","x-edge-location":"`...)
	b = append(b, locations[q.who.trait(traitEdge, len(locations))]...)
	b = append(b, `","sc-bytes":"`...)
	b = strconv.AppendUint(b, uint64(q.bytes), 10)
	b = append(b, `","cs-method":"GET","cs(Host)":"`+distribution+`","cs-uri-stem":"`...)
	b = append(b, q.stem.logged...)
	b = append(b, `","sc-status":"`...)
	b = strconv.AppendUint(b, uint64(q.status), 10)
	b = append(b, `","cs(Referer)":"`...)
	b = l.appendLoggedReferer(b, q)
	b = append(b, `","cs(User-Agent)":"`...)
	b = l.appendLoggedAgent(b, q)
	b = append(b, `","cs-uri-query":"`...)
	b = appendLoggedQuery(b, q)
	b = append(b, `","x-edge-result-type":"`...)
	b = append(b, q.result...)
	b = append(b, `","x-edge-request-id":"`...)
	b = l.appendID(b, q.who)
	b = append(b, `","x-host-header":"`...)
	b = append(b, l.host.logged...)
	b = append(b, `","cs-protocol":"`...)
	b = append(b, scheme...)
	b = append(b, `","time-taken":"`...)
	b = appendSeconds(b, uint64(q.took))
	b = append(b, `","sc-content-type":"`...)
	b = append(b, q.mime.logged...)
	b = append(b, `","c-country":"`...)
	b = append(b, countries[q.who.country()]...)
	return append(b, `"}`...)
}
