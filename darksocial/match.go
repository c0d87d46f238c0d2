package darksocial

import "strings"

// A pattern is how the tables write a User-Agent token: the text itself, case
// ignored, and where it must stand.
//
//	Viber      a word of its own: no letter before it, and none behind
//	*bot       may begin inside a word (Googlebot)
//	crawl*     may go on as a word (crawler)
//	^WhatsApp/ the User-Agent begins with it
//	Viber$     the User-Agent ends with it
//	Line/#     '#' is any digit
//	Weibo (    a blank is a blank or nothing: proxies and logs lose them
//
// A digit ends a word: apps glue their names to "Safari/537.36". The borders are
// only asked of letters and digits: "[WA4A/" needs none.
type pattern struct {
	text                 string // lower case
	atStart, atEnd       bool
	insideLeft, goesOn   bool
	wordStart, digitHead bool // the first byte is a letter; a digit
	wordEnd              bool // the last byte is a letter
}

func parsePattern(s string) pattern {
	var p pattern
	if rest, ok := strings.CutPrefix(s, "^"); ok {
		p.atStart, s = true, rest
	} else if rest, ok := strings.CutPrefix(s, "*"); ok {
		p.insideLeft, s = true, rest
	}
	if rest, ok := strings.CutSuffix(s, "$"); ok {
		p.atEnd, s = true, rest
	} else if rest, ok := strings.CutSuffix(s, "*"); ok {
		p.goesOn, s = true, rest
	}
	p.text = strings.ToLower(s)
	if p.text == "" {
		panic("darksocial: empty pattern")
	}
	p.wordStart, p.digitHead = isLetter(p.text[0]), isDigit(p.text[0])
	p.wordEnd = isLetter(p.text[len(p.text)-1])
	return p
}

// matchAt reports whether the pattern stands at position i of s.
func (p *pattern) matchAt(s string, i int) bool {
	end := i
	for k := 0; k < len(p.text); k++ {
		want := p.text[k]
		if end < len(s) {
			if have := lower(s[end]); want == have || want == '#' && isDigit(have) {
				end++
				continue
			}
		}
		if want != ' ' || k == 0 {
			return false
		}
	}
	switch {
	case p.atStart && i != 0, p.atEnd && end != len(s):
		return false
	case i > 0 && !p.insideLeft && (p.wordStart && isLetter(s[i-1]) || p.digitHead && isWord(s[i-1])):
		return false
	case end < len(s) && !p.goesOn && p.wordEnd && isLetter(s[end]):
		return false
	}
	return true
}

// matcher looks for many patterns in one pass: each byte leads to the few
// patterns that begin with it. Two patterns may stand in one string; the caller
// is told of both.
type matcher struct {
	patterns []pattern
	byFirst  [256][]uint16 // by lower-case first byte: places in patterns, ascending
}

func newMatcher(written []string) *matcher {
	m := &matcher{patterns: make([]pattern, len(written))}
	for i, w := range written {
		p := parsePattern(w)
		m.patterns[i] = p
		if p.text[0] == '#' {
			panic("darksocial: a pattern may not begin with '#': " + w)
		}
		m.byFirst[p.text[0]] = append(m.byFirst[p.text[0]], uint16(i))
	}
	return m
}

// first returns the place of the first pattern, in the order of the table, that
// stands anywhere in s; -1 if none does. Its work is bounded by len(s) times the
// patterns that share a first byte.
func (m *matcher) first(s string) int {
	best := len(m.patterns)
	for i := 0; i < len(s); i++ {
		for _, k := range m.byFirst[lower(s[i])] {
			if int(k) >= best {
				break // ascending: none of the rest is better
			}
			if m.patterns[k].matchAt(s, i) {
				best = int(k)
				break
			}
		}
	}
	if best == len(m.patterns) {
		return -1
	}
	return best
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { c = lower(c); return 'a' <= c && c <= 'z' }
func isWord(c byte) bool   { return isLetter(c) || isDigit(c) }
