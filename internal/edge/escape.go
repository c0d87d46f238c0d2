package edge

// AppendEscaped appends a value as CloudFront writes it into a log: what is not
// printable ASCII, the space and some signs become "%" and two digits. It is what
// the Reader undoes, for those who write such logs.
func AppendEscaped[S string | []byte](dst []byte, s S) []byte {
	const digits = "0123456789ABCDEF"
	for i := range len(s) {
		c := s[i]
		if escapes[c] {
			dst = append(dst, '%', digits[c>>4], digits[c&15])
		} else {
			dst = append(dst, c)
		}
	}
	return dst
}

// escapes marks the bytes CloudFront escapes: those of logEscaped, and what is not
// printable.
var escapes = func() (set [256]bool) {
	for c := range set {
		set[c] = c <= ' ' || c >= 0x7f || logEscaped[c]
	}
	return set
}()
