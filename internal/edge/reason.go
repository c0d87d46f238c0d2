package edge

import "errors"

// reasons are words for what is wrong with a line, few enough to count by.
var reasons = []struct {
	word   string
	errors []error
}{
	{"columns", []error{errFewer, errMore, errNoFields, errNoStem, errStructure}},
	{"time", []error{errDated, errDate, errClock, errMillis, errTimestamp, errTimeFormat, errAnyTime, errZone, errNoDate}},
	{"keys", []error{errNoKey, errNoKeyAtAll, errKeyComposite}},
	{"request", []error{errNotHTTP, errTargetNoPath, errNoRequest, errStatus, errNoPath, errNotAPath, errNotURL, errNoURL, errNoPage, errControl}},
	{"cut", []error{errOpenQuote, errNotObject, errNotJSON}},
	{"empty", []error{errEmpty}},
	{"too_long", []error{errTooLong}},
}

// Reason is a word for the error of a line: columns, time, keys, request, cut, empty,
// too_long, or unreadable.
func Reason(err error) string {
	for _, r := range reasons {
		for _, e := range r.errors {
			if errors.Is(err, e) {
				return r.word
			}
		}
	}
	return "unreadable"
}
