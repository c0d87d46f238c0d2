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
			if have := lower(s[end]); want == have && want != '#' || want == '#' && isDigit(have) {
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
// patterns that can begin there.
type matcher struct {
	patterns []pattern
	atBorder [256][]uint16 // by lower-case first byte: places in patterns, ascending
	inWord   [256][]uint16 // of those, the ones that may begin behind a letter
}

func newMatcher(written []string) *matcher {
	m := &matcher{patterns: make([]pattern, len(written))}
	for i, w := range written {
		p := parsePattern(w)
		m.patterns[i] = p
		c := p.text[0]
		if c == '#' || c == ' ' {
			panic("darksocial: a pattern may not begin with '#' or a blank: " + w)
		}
		m.atBorder[c] = append(m.atBorder[c], uint16(i))
		if p.insideLeft || !p.wordStart {
			m.inWord[c] = append(m.inWord[c], uint16(i))
		}
	}
	return m
}

// first returns the place of the first pattern, in the order of the table, that
// stands anywhere in s; -1 if none does. Patterns from shy on are not looked for
// between the positions from and to. The work is bounded by len(s) times the
// patterns that share a first byte.
func (m *matcher) first(s string, shy, from, to int) int {
	best := len(m.patterns)
	for i := 0; i < len(s); i++ {
		candidates := m.atBorder[lower(s[i])]
		if i > 0 && isLetter(s[i-1]) {
			candidates = m.inWord[lower(s[i])]
		}
		for _, k := range candidates {
			if int(k) >= best || int(k) >= shy && from <= i && i < to {
				break // ascending: the rest is no better
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

// any reports whether one of the patterns stands in s.
func (m *matcher) any(s string) bool { return m.first(s, len(m.patterns), 0, 0) >= 0 }

func hasAnyFold(s string, parts []string) bool {
	for _, p := range parts {
		if hasFold(s, p) {
			return true
		}
	}
	return false
}

// hasFold reports whether part, in lower case, stands in s in any case.
func hasFold(s, part string) bool { return indexFold(s, part) >= 0 }

func indexFold(s, part string) int {
	first := part[0]
	for i := 0; i+len(part) <= len(s); i++ {
		if lower(s[i]) == first && equalFoldASCII(s[i:i+len(part)], part) {
			return i
		}
	}
	return -1
}

func equalFoldASCII(s, lowered string) bool {
	for i := range len(lowered) {
		if lower(s[i]) != lowered[i] {
			return false
		}
	}
	return true
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
