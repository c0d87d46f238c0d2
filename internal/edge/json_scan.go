package edge

import (
	"math/bits"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonKeys finds the values of some keys in a line that is a JSON object, in one
// pass and without building what the other keys hold. A CDN's line has sixty
// keys, of which a dozen matter.
//
// It takes what encoding/json takes, but for nesting beyond maxDepth. Of a key
// given twice, the last counts.
type jsonKeys struct {
	root    keyNode
	slots   []slot
	scratch *scratch
}

// maxDepth bounds the recursion. Logs are flat, or nearly so.
const maxDepth = 100

// keyNode is a key on the way to one of ours.
type keyNode struct {
	children map[string]*keyNode
	lengths  uint64 // bit n says that a child's key has n bytes, bit 63 that one has more
	slot     int    // where its value goes, or -1
	below    []int  // the slots of all under it
	parent   *keyNode
	isObject bool // in this line
}

// slot is what a line has under a key.
type slot struct {
	kind    slotKind
	escaped bool   // has escapes to be undone
	text    string // of a string, between the quotes; of a number
}

type slotKind uint8

const (
	notThere  slotKind = iota
	null               // as if not known
	textual            // a string or a number
	composite          // an object, or true or false
)

// add makes room for a key, given by the names that lead to it.
func (k *jsonKeys) add(path ...string) (int, *keyNode) {
	if k.root.children == nil {
		k.root.slot = -1
	}
	n := &k.root
	var way []*keyNode
	for _, name := range path {
		way = append(way, n)
		child := n.children[name]
		if child == nil {
			child = &keyNode{slot: -1, parent: n}
			if n.children == nil {
				n.children = map[string]*keyNode{}
			}
			n.children[name] = child
			n.lengths |= 1 << min(len(name), 63)
		}
		n = child
	}
	if n.slot < 0 {
		n.slot = len(k.slots)
		k.slots = append(k.slots, slot{})
	}
	for _, above := range way {
		above.below = append(above.below, n.slot)
	}
	return n.slot, n
}

// read fills the slots from a line, and reports whether it is a JSON object. If
// it is not, the slots hold what came before the damage.
func (k *jsonKeys) read(s string) bool {
	clear(k.slots)
	k.root.isObject = false
	i := blanks(s, 0)
	if i == len(s) || s[i] != '{' {
		return false
	}
	i = k.object(s, i+1, &k.root, 1)
	return i >= 0 && blanks(s, i) == len(s)
}

// object reads the rest of an object whose brace has been read. Like those
// below, it returns where it ends, or -1 if it is damaged.
func (k *jsonKeys) object(s string, i int, n *keyNode, depth int) int {
	if depth > maxDepth {
		return -1
	}
	n.isObject = true
	for _, c := range n.children {
		c.isObject = false
	}
	if i = blanks(s, i); i < len(s) && s[i] == '}' {
		return i + 1
	}
	for {
		if i == len(s) || s[i] != '"' {
			return -1
		}
		end, escaped := stringEnd(s, i+1)
		if end < 0 {
			return -1
		}
		child := k.child(n, s[i+1:end], escaped)
		if i = blanks(s, end+1); i == len(s) || s[i] != ':' {
			return -1
		}
		i = blanks(s, i+1)
		if child == nil {
			i = skipValue(s, i, depth)
		} else {
			i = k.value(s, i, child, depth)
		}
		if i < 0 {
			return -1
		}
		if i = blanks(s, i); i == len(s) {
			return -1
		}
		switch s[i] {
		case '}':
			return i + 1
		case ',':
			i = blanks(s, i+1)
		default:
			return -1
		}
	}
}

func (k *jsonKeys) child(n *keyNode, key string, escaped bool) *keyNode {
	if escaped {
		key = k.scratch.unquote(key)
	}
	if n.lengths&(1<<min(len(key), 63)) == 0 {
		return nil
	}
	return n.children[key]
}

// value reads the value of a key that is ours, or on the way to one.
func (k *jsonKeys) value(s string, i int, n *keyNode, depth int) int {
	n.isObject = false
	for _, below := range n.below {
		k.slots[below] = slot{}
	}
	if i < len(s) && s[i] == '{' && n.children != nil {
		if n.slot >= 0 {
			k.slots[n.slot] = slot{kind: composite}
		}
		return k.object(s, i+1, n, depth+1)
	}
	end := skipValue(s, i, depth)
	if end >= 0 && n.slot >= 0 {
		k.slots[n.slot] = slotOf(s[i:end])
	}
	return end
}

// slotOf takes a value apart that is known to be valid. Of an array it is the
// first value: that is how some write headers.
func slotOf(value string) slot {
	for value[0] == '[' {
		value = value[blanks(value, 1):]
		if value[0] == ']' {
			return slot{kind: textual}
		}
	}
	switch c := value[0]; {
	case c == '"':
		end, escaped := stringEnd(value, 1)
		return slot{kind: textual, escaped: escaped, text: value[1:end]}
	case c == '-' || '0' <= c && c <= '9':
		return slot{kind: textual, text: value[:numberEnd(value, 0)]}
	case c == 'n':
		return slot{kind: null}
	}
	return slot{kind: composite}
}

func blanks(s string, i int) int {
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\r' || s[i] == '\n') {
		i++
	}
	return i
}

// skipValue returns where a value ends.
func skipValue(s string, i, depth int) int {
	if i == len(s) || depth > maxDepth {
		return -1
	}
	switch s[i] {
	case '"':
		end, _ := stringEnd(s, i+1)
		if end < 0 {
			return -1
		}
		return end + 1
	case '{':
		return skipMembers(s, i+1, depth+1, '}')
	case '[':
		return skipMembers(s, i+1, depth+1, ']')
	case 't':
		return literalEnd(s, i, "true")
	case 'f':
		return literalEnd(s, i, "false")
	case 'n':
		return literalEnd(s, i, "null")
	}
	return numberEnd(s, i)
}

// skipMembers skips the rest of an object or an array.
func skipMembers(s string, i, depth int, closing byte) int {
	if depth > maxDepth {
		return -1
	}
	if i = blanks(s, i); i < len(s) && s[i] == closing {
		return i + 1
	}
	for {
		if closing == '}' {
			if i == len(s) || s[i] != '"' {
				return -1
			}
			end, _ := stringEnd(s, i+1)
			if end < 0 {
				return -1
			}
			if i = blanks(s, end+1); i == len(s) || s[i] != ':' {
				return -1
			}
			i = blanks(s, i+1)
		}
		if i = skipValue(s, i, depth); i < 0 {
			return -1
		}
		if i = blanks(s, i); i == len(s) {
			return -1
		}
		switch s[i] {
		case closing:
			return i + 1
		case ',':
			i = blanks(s, i+1)
		default:
			return -1
		}
	}
}

func literalEnd(s string, i int, literal string) int {
	if strings.HasPrefix(s[i:], literal) {
		return i + len(literal)
	}
	return -1
}

// numberEnd returns where a number ends, as the grammar of JSON has it.
func numberEnd(s string, i int) int {
	if i < len(s) && s[i] == '-' {
		i++
	}
	start := i
	i = digitsEnd(s, i)
	if i == start || s[start] == '0' && i > start+1 {
		return -1
	}
	if i < len(s) && s[i] == '.' {
		start, i = i+1, digitsEnd(s, i+1)
		if i == start {
			return -1
		}
	}
	if i < len(s) && s[i]|caseBit == 'e' {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		start, i = i, digitsEnd(s, i)
		if i == start {
			return -1
		}
	}
	return i
}

func digitsEnd(s string, i int) int {
	for i < len(s) && '0' <= s[i] && s[i] <= '9' {
		i++
	}
	return i
}

// stringEnd returns where the closing quote of a string is, and whether there
// are escapes before it.
func stringEnd(s string, i int) (end int, escaped bool) {
	const ones = 0x0101010101010101
	for {
		for i+8 <= len(s) {
			word := load8(s, i)
			// A byte below 32 has its three upper bits clear.
			found := match8(word, '"') | match8(word, '\\') | match8(word&(ones*0xe0), 0)
			if found != 0 {
				i += bits.TrailingZeros64(found) / 8
				break
			}
			i += 8
		}
		if i >= len(s) {
			return -1, false
		}
		switch c := s[i]; {
		case c == '"':
			return i, escaped
		case c < 0x20:
			return -1, false
		case c != '\\':
			i++
			continue
		}
		escaped = true
		switch i++; {
		case i == len(s):
			return -1, false
		case s[i] == 'u':
			if _, ok := hex4(s[i+1:]); !ok {
				return -1, false
			}
			i += 5
		case strings.IndexByte(`"\/bfnrt`, s[i]) >= 0:
			i++
		default:
			return -1, false
		}
	}
}

func hex4(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	hi, ok1 := hexByte(s)
	lo, ok2 := hexByte(s[2:])
	return rune(hi)<<8 | rune(lo), ok1 && ok2
}

// unquote undoes the escapes of a JSON string, which are known to be valid.
// Bytes that are no UTF-8 stay what they are, as in the text logs.
func (s *scratch) unquote(in string) string {
	start := len(s.buf)
	for i := 0; i < len(in); i++ {
		c := in[i]
		if c != '\\' {
			s.buf = append(s.buf, c)
			continue
		}
		i++
		switch c = in[i]; c {
		case 'b':
			c = '\b'
		case 'f':
			c = '\f'
		case 'n':
			c = '\n'
		case 'r':
			c = '\r'
		case 't':
			c = '\t'
		case 'u':
			r, _ := hex4(in[i+1:])
			i += 4
			if utf16.IsSurrogate(r) {
				second := rune(utf8.RuneError)
				if strings.HasPrefix(in[i+1:], `\u`) {
					second, _ = hex4(in[i+3:])
				}
				if r = utf16.DecodeRune(r, second); r != utf8.RuneError {
					i += 6
				}
			}
			s.buf = utf8.AppendRune(s.buf, r)
			continue
		}
		s.buf = append(s.buf, c)
	}
	return s.since(start)
}
