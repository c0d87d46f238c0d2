package edge

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"strings"
	"unsafe"
)

// scratch holds what a line's fields are decoded into. It is emptied for each
// line, so its strings live as long as the line they belong to.
type scratch struct{ buf []byte }

func (s *scratch) reset() { s.buf = s.buf[:0] }

// since returns what was written from start on. If buf had to grow meanwhile,
// strings given out earlier keep the old array alive and stay right.
func (s *scratch) since(start int) string {
	if start == len(s.buf) {
		return ""
	}
	return unsafe.String(&s.buf[start], len(s.buf)-start)
}

// unescape undoes percent-encoding. A "%" without two hex digits stays as it
// is: User-Agents hold such things.
func (s *scratch) unescape(in string) string {
	i := strings.IndexByte(in, '%')
	if i < 0 {
		return in
	}
	start := len(s.buf)
	// Written in place: the result is never longer than the input.
	s.buf = append(s.buf, in...)
	out, n := s.buf[start:], i
	for i < len(in) {
		if i+8 <= len(in) {
			word := load8(in, i)
			binary.LittleEndian.PutUint64(out[n:], word)
			clean := bits.TrailingZeros64(match8(word, '%')) / 8
			i, n = i+clean, n+clean
			if clean == 8 {
				continue
			}
		}
		c := in[i]
		if c == '%' {
			if b, ok := hexByte(in[i+1:]); ok {
				c = b
				i += 2
			}
		}
		out[n] = c
		i, n = i+1, n+1
	}
	s.buf = s.buf[:start+n]
	return s.since(start)
}

// unescapeForm undoes percent-encoding of a header's value. If it holds nothing
// but what encoding a form leaves as it is, it was encoded as one, and "+" is a
// space: Akamai's documentation shows User-Agents like that. Elsewhere "+" is a
// plus, as in "(+https://…)".
func (s *scratch) unescapeForm(in string) string {
	if strings.IndexByte(in, '+') < 0 || strings.ContainsFunc(in, notInForm) || strings.Contains(in, "%20") {
		return s.unescape(in)
	}
	start := len(s.buf)
	s.buf = append(s.buf, in...)
	for i, c := range s.buf[start:] {
		if c == '+' {
			s.buf[start+i] = ' '
		}
	}
	return s.unescape(s.since(start))
}

// notInForm reports whether encoding a form would have escaped a character.
// https://url.spec.whatwg.org/#application-x-www-form-urlencoded-percent-encode-set
func notInForm(r rune) bool {
	return r >= 0x80 || !isLetter(byte(r)) && (r < '0' || r > '9') && strings.IndexByte("%+*-._", byte(r)) < 0
}

// isEscapedURL reports whether a URL was percent-encoded as a whole: the ":" of
// one that was not stands for itself.
func isEscapedURL(s string) bool {
	return hasPrefixFold(s, "http%3a") || hasPrefixFold(s, "https%3a") || hasPrefixFold(s, "android-app%3a")
}

// tabbed puts one tab in the place of each run of spaces.
func (s *scratch) tabbed(in string) string {
	in = strings.Trim(in, " ")
	start := len(s.buf)
	for i := range len(in) {
		switch {
		case in[i] != ' ':
			s.buf = append(s.buf, in[i])
		case in[i-1] != ' ':
			s.buf = append(s.buf, '\t')
		}
	}
	return s.since(start)
}

// What address does with a byte of a URL.
const (
	plain   uint8 = iota // stands for itself
	percent              // may start an escape
	foreign              // not in a URL: a space, or not ASCII
	control              // not in a URL, and nothing good in a path
)

var urlByte = func() (class [256]uint8) {
	for c := range class {
		switch {
		case c < 0x20 || c == 0x7f:
			class[c] = control
		case c == ' ' || c > 0x7f:
			class[c] = foreign
		case c == '%':
			class[c] = percent
		}
	}
	return class
}()

// logEscaped marks the bytes CloudFront itself escapes in a log that may stand
// in a request's URL. It also escapes 0-32 and 127-255, but those the browser
// escapes before it sends them.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
var logEscaped = func() (set [256]bool) {
	for _, c := range []byte("<>\"#%{}|\\^~[]`'") {
		set[c] = true
	}
	return set
}()

// address gives a URL, or a part of one, the way a browser sends it: ASCII,
// with everything else percent-encoded. With logged set it first undoes the
// log's own escapes, exactly once and no others: "%2520" in a log was "%20" in
// the request, while "%26" can only have been sent as it is and must not become
// a "&". So a visit has the same path and query in every format.
//
// ok is false if the URL holds a control character, which is escaped then.
func (s *scratch) address(in string, logged bool) (out string, ok bool) {
	i := 0
	for i < len(in) && (urlByte[in[i]] == plain || !logged && in[i] == '%') {
		i++
	}
	if i == len(in) {
		return in, true
	}
	ok = true
	start := len(s.buf)
	s.buf = append(s.buf, in[:i]...)
	for ; i < len(in); i++ {
		c := in[i]
		switch urlByte[c] {
		case percent:
			if b, isHex := hexByte(in[i+1:]); logged && isHex && logEscaped[b] {
				c = b
				i += 2
			}
			s.buf = append(s.buf, c)
		case control:
			ok = false
			fallthrough
		case foreign:
			const hex = "0123456789ABCDEF"
			s.buf = append(s.buf, '%', hex[c>>4], hex[c&15])
		default:
			s.buf = append(s.buf, c)
		}
	}
	return s.since(start), ok
}

// lower gives ASCII letters in lower case.
func (s *scratch) lower(in string) string {
	i := 0
	for i < len(in) && (in[i] < 'A' || in[i] > 'Z') {
		i++
	}
	if i == len(in) {
		return in
	}
	start := len(s.buf)
	s.buf = append(s.buf, in...)
	for out := s.buf[start:]; i < len(out); i++ {
		if 'A' <= out[i] && out[i] <= 'Z' {
			out[i] |= caseBit
		}
	}
	return s.since(start)
}

// country gives two letters in upper case, and nothing for what is no country.
func (s *scratch) country(in string) string {
	if len(in) != 2 || !isLetter(in[0]) || !isLetter(in[1]) {
		return ""
	}
	start := len(s.buf)
	s.buf = append(s.buf, in[0]&^caseBit, in[1]&^caseBit)
	return s.since(start)
}

// caseBit is what an ASCII letter has more in lower case.
const caseBit = 'a' - 'A'

func isLetter(c byte) bool { return 'a' <= c|caseBit && c|caseBit <= 'z' }

// hexByte reads the two hex digits a string starts with.
func hexByte(s string) (byte, bool) {
	if len(s) < 2 {
		return 0, false
	}
	hi, lo := unhex[s[0]], unhex[s[1]]
	return hi<<4 | lo, hi|lo < 16
}

// unhex is the value of a hex digit, 255 for other bytes.
var unhex = func() (value [256]byte) {
	for c := range value {
		switch {
		case '0' <= c && c <= '9':
			value[c] = byte(c - '0')
		case 'a' <= c && c <= 'f':
			value[c] = byte(c - 'a' + 10)
		case 'A' <= c && c <= 'F':
			value[c] = byte(c - 'A' + 10)
		default:
			value[c] = 255
		}
	}
	return value
}()

// hostName gives a host in lower case and without its port.
func hostName(s string, sc *scratch) string {
	for i := range len(s) {
		if c := s[i]; c == ':' || c == '[' || 'A' <= c && c <= 'Z' {
			if i := strings.LastIndexByte(s, ':'); i > strings.LastIndexByte(s, ']') {
				s = s[:i]
			}
			return sc.lower(s)
		}
	}
	return s
}

// separators appends to at where the byte sep stands in s. It looks at eight
// bytes at a time: columns are so short that calling strings.IndexByte for each
// of the 33 is what reading a line would mostly consist of.
func separators(at []int, s string, sep byte) []int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		for found := match8(load8(s, i), sep); found != 0; found &= found - 1 {
			at = append(at, i+bits.TrailingZeros64(found)/8)
		}
	}
	for ; i < len(s); i++ {
		if s[i] == sep {
			at = append(at, i)
		}
	}
	return at
}

// load8 is the eight bytes of s from i on, the first one lowest. The compiler
// makes one load of it.
func load8(s string, i int) uint64 {
	b := s[i : i+8]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// match8 sets the top bit of each byte of a word that is c, and no other bit.
// https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord
func match8(word uint64, c byte) uint64 {
	const ones, low = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f
	word ^= ones * uint64(c) // zero where the byte is c
	return ^(word&low + low | word | low)
}

var (
	errControl = errors.New("path or query holds a control character: the line is damaged")
	errNotURL  = errors.New("url is not one: give http://…, https://… or a path that starts with /")
)

// splitURL takes an absolute http(s) URL or a path apart. A user name before
// the host, and a fragment, which no browser sends, are dropped.
func splitURL(s string, sc *scratch) (host, path, query string, err error) {
	if i := strings.IndexByte(s, '#'); i >= 0 {
		s = s[:i]
	}
	switch {
	case strings.HasPrefix(s, "/"):
	case hasPrefixFold(s, "http://"), hasPrefixFold(s, "https://"):
		s = s[strings.Index(s, "//")+2:]
		end := strings.IndexAny(s, "/?")
		if end < 0 {
			end = len(s)
		}
		host, s = s[:end], s[end:]
		host = hostName(host[strings.LastIndexByte(host, '@')+1:], sc)
		if host == "" || strings.ContainsFunc(host, notInHost) {
			return "", "", "", errNotURL
		}
		if s == "" || s[0] == '?' {
			start := len(sc.buf)
			sc.buf = append(append(sc.buf, '/'), s...)
			s = sc.since(start)
		}
	default:
		return "", "", "", errNotURL
	}
	s, ok := sc.address(s, false)
	if !ok {
		return "", "", "", errControl
	}
	path, query, _ = strings.Cut(s, "?")
	return host, path, query, nil
}

func notInHost(r rune) bool { return r <= ' ' || r == 0x7f || r == '\\' }

// hasPrefixFold is strings.HasPrefix for a lower-case prefix, whatever the case
// of s.
func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
