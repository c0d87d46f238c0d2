package darksocial

import "strings"

// tags is what the page's query says of how its link was made.
type tags struct {
	source, medium, campaign string // percent-encoded as in the query, at most maxTag bytes
	fromRef                  bool   // source came from ref=, not from a campaign parameter
	paid, mail, soft         RuleID // click ids
}

// Bounds on what a client can make us look at.
const (
	maxTag    = 128  // bytes of a campaign value
	maxParams = 100  // parameters of one query
	maxQuery  = 8192 // bytes of a query: CloudFront takes no longer URL
)

// readQuery reads campaign parameters and click ids in one pass. Of a repeated
// parameter the first value counts.
func readQuery(query string) (t tags) {
	if len(query) > maxQuery {
		query = query[:maxQuery]
	}
	for n := 0; query != "" && n < maxParams; n++ {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		name, value, ok := strings.Cut(pair, "=")
		if !ok || value == "" {
			continue
		}
		p, known := tables.params[name]
		if !known {
			continue
		}
		value = bounded(value)
		switch p.use {
		case paramSource:
			if t.source == "" || t.fromRef {
				t.source, t.fromRef = value, false
			}
		case paramRef:
			if t.source == "" {
				t.source, t.fromRef = value, true
			}
		case paramMedium:
			first(&t.medium, value)
		case paramCampaign:
			first(&t.campaign, value)
		case paramPaid:
			first(&t.paid, p.rule)
		case paramMail:
			first(&t.mail, p.rule)
		case paramSoft:
			first(&t.soft, p.rule)
		}
	}
	return t
}

func first[T comparable](to *T, value T) {
	var zero T
	if *to == zero {
		*to = value
	}
}

// tagged reports whether the link carries a campaign at all.
func (t *tags) tagged() bool { return t.source != "" || t.medium != "" || t.campaign != "" }

// foldTag writes a campaign value the way the tables compare it: unescaped,
// lower case, "-", "_", "+" and blanks as "-". The result lives in buf.
func foldTag(buf *[maxTag]byte, value string) []byte {
	out := buf[:0]
	for i := 0; i < len(value) && len(out) < len(buf); i++ {
		c := value[i]
		if c == '%' && i+2 < len(value) && isHex(value[i+1]) && isHex(value[i+2]) {
			c = unhex(value[i+1])<<4 | unhex(value[i+2])
			i += 2
		}
		switch c {
		case '_', '+', ' ':
			c = '-'
		}
		out = append(out, lower(c))
	}
	return out
}

func isHex(c byte) bool { c = lower(c); return isDigit(c) || 'a' <= c && c <= 'f' }

func unhex(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return lower(c) - 'a' + 10
}
