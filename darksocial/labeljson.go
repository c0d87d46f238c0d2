package darksocial

import "unicode/utf8"

// AppendJSON appends the label as one JSON object, with the id of what was
// labelled in front:
//
//	{"id":"…","kind":"visit","channel":"dark_social",…,"evidence":["ua.whatsapp.wa4a","vis.assumed"],"rules":"…"}
//
// It allocates only to grow dst.
func (l *Label) AppendJSON(dst []byte, id string) []byte {
	dst = append(dst, `{"id":`...)
	dst = AppendString(dst, id)
	dst = append(dst, `,"kind":"`...)
	dst = append(dst, l.Kind.String()...)
	dst = append(dst, `","channel":"`...)
	dst = append(dst, l.Channel.String()...)
	dst = append(dst, `","visibility":"`...)
	dst = append(dst, l.Visibility.String()...)
	dst = append(dst, `","source":`...)
	dst = AppendString(dst, l.Source)
	dst = append(dst, `,"surface":"`...)
	dst = append(dst, l.Surface.String()...)
	dst = append(dst, `","confidence":"`...)
	dst = append(dst, l.Confidence.String()...)
	dst = append(dst, `","direct_kind":"`...)
	dst = append(dst, l.DirectKind.String()...)
	dst = append(dst, `","by_referrer":"`...)
	dst = append(dst, l.ByReferrer.String()...)
	dst = append(dst, `","evidence":[`...)
	for i := range l.Evidence.Len() {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = AppendString(dst, rules[l.Evidence.At(i)].ID)
	}
	dst = append(dst, `],"rules":"`...)
	dst = append(dst, Version()...)
	return append(dst, `"}`...)
}

// MarshalJSON gives the label without an id in front.
func (l Label) MarshalJSON() ([]byte, error) {
	dst := l.AppendJSON(nil, "")
	return append([]byte{'{'}, dst[len(`{"id":"",`):]...), nil
}

const hexDigits = "0123456789abcdef"

// AppendString appends s as a JSON string. Bytes that are no UTF-8 become U+FFFD,
// and "<", ">" and "&" are escaped, so that the text may stand in a page's script.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	plain := 0 // start of what needs no escaping
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c < utf8.RuneSelf && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' && c != 0x7f {
			i++
			continue
		}
		size := 1
		if c >= utf8.RuneSelf {
			var r rune
			if r, size = utf8.DecodeRuneInString(s[i:]); r != utf8.RuneError && r != '\u2028' && r != '\u2029' || r == utf8.RuneError && size > 1 {
				i += size
				continue
			}
		}
		dst = append(dst, s[plain:i]...)
		switch {
		case c == '"', c == '\\':
			dst = append(dst, '\\', c)
		case c < utf8.RuneSelf:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		case size == 3:
			dst = append(dst, '\\', 'u', '2', '0', '2', hexDigits[s[i+2]&15]) // U+2028, U+2029
		default:
			dst = append(dst, "\ufffd"...)
		}
		i += size
		plain = i
	}
	dst = append(dst, s[plain:]...)
	return append(dst, '"')
}
