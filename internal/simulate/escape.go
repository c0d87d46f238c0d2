package simulate

import "strings"

// text is a value as it was sent and as CloudFront writes it into a log.
type text struct{ sent, logged string }

func written(s string) text { return text{s, escape(s)} }

// escape writes a value as CloudFront does: what is not printable ASCII, the
// space and some signs become "%" and two digits.
func escape(s string) string {
	for i := range len(s) {
		if escapes[s[i]] {
			return string(appendEscaped(nil, s))
		}
	}
	return s
}

func appendEscaped[S string | []byte](b []byte, s S) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(s) {
		c := s[i]
		if escapes[c] {
			b = append(b, '%', digits[c>>4], digits[c&15])
		} else {
			b = append(b, c)
		}
	}
	return b
}

// escapes are the bytes CloudFront escapes.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
var escapes = func() (set [256]bool) {
	for c := range set {
		set[c] = c <= ' ' || c >= 0x7f || strings.IndexByte("<>\"#%{}|\\^~[]`'", byte(c)) >= 0
	}
	return set
}()
