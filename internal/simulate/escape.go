package simulate

import "darksocial/internal/edge"

// text is a value as it was sent and as CloudFront writes it into a log.
type text struct{ sent, logged string }

func written(s string) text { return text{s, escape(s)} }

// escape writes a value as CloudFront does. Most need no escapes.
func escape(s string) string {
	if b := edge.AppendEscaped(nil, s); len(b) > len(s) {
		return string(b)
	}
	return s
}
