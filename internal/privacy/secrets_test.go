package privacy

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strings"
)

// secret is something that is nobody's business, and unlike anything else in a test.
type secret struct {
	kind  string // what it is
	where string // where it was put
	value string
	parts []string // what nothing else has: one of them found is the secret found
	may   *reason  // why it may be found all the same; nil for nearly all
	// unlogged says that the CDN's own log must not have it either.
	unlogged bool
}

func (s *secret) String() string {
	if s.unlogged {
		return fmt.Sprintf("%s %q of who asks, %s", s.kind, s.value, s.where)
	}
	return fmt.Sprintf("%s %q, %s", s.kind, s.value, s.where)
}

// generator makes secrets up, the same for the same seed.
type generator struct {
	dice    *rand.Rand
	secrets []*secret
	taken   map[string]bool // addresses, of which there are not so many
	placed  int             // how many secrets have their place
}

func newGenerator(seed uint64) *generator {
	return &generator{dice: rand.New(rand.NewPCG(seed, 0)), taken: map[string]bool{}}
}

// add makes a secret known and returns its value.
func (g *generator) add(kind, value string, parts ...string) string {
	g.secrets = append(g.secrets, &secret{kind: kind, value: value, parts: parts})
	return value
}

// put says where the secrets were put that have no place yet, and returns them.
func (g *generator) put(where string) []*secret {
	list := g.secrets[g.placed:]
	for _, s := range list {
		s.where = where
	}
	g.placed = len(g.secrets)
	return list
}

// unlogged marks the secrets since the nth as such that not even the CDN logs.
func (g *generator) unlogged(n int) {
	for _, s := range g.secrets[n:] {
		s.unlogged = true
	}
}

// may says why the last secret may be found.
func (g *generator) may(r *reason, value string) string {
	g.secrets[len(g.secrets)-1].may = r
	return value
}

const (
	consonants = "bcdfghjklmnpqrstvwxz"
	digits     = "0123456789"
	letters    = "abcdefghijklmnopqrstuvwxyz"
)

func (g *generator) some(n int, of string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = of[g.dice.IntN(len(of))]
	}
	return string(b)
}

// word is ten letters that no language has beside each other.
func (g *generator) word() string { return g.some(10, consonants) }

var firstNames = []string{"erika", "otto", "jasmin", "ali", "bo"}

func (g *generator) firstName() string { return firstNames[g.dice.IntN(len(firstNames))] }

// name is a person's.
func (g *generator) name() string {
	word := g.word()
	return g.add("name", g.firstName()+"-"+word, word)
}

// email is the address of a person's mail box.
func (g *generator) email() string {
	word := g.word()
	return g.add("e-mail address", g.firstName()+"."+word+"@post.example", word)
}

// escapedEmail is one whose "@" was escaped so many times.
func (g *generator) escapedEmail(times int) string {
	return strings.Replace(g.email(), "@", "%"+strings.Repeat("25", times-1)+"40", 1)
}

func (g *generator) password() string {
	word := g.word()
	return g.add("password", "Pw-"+word, word)
}

// token is what tells a session: letters and digits mixed, beginning with a letter.
func (g *generator) token(n int) string {
	text := "k" + g.some(n-5, letters+strings.ToUpper(letters)+digits) + g.some(4, digits)
	return g.add("token", text, chunks(text)...)
}

func (g *generator) hex() string {
	text := "f" + g.some(31, "0123456789abcdef")
	return g.add("hex token", text, chunks(text)...)
}

func (g *generator) uuid() string {
	h := "c" + g.some(31, "0123456789abcdef")
	text := h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-8" + h[17:20] + "-" + h[20:]
	return g.add("UUID", text, text[:18], text[24:])
}

func (g *generator) jwt() string {
	encode := base64.RawURLEncoding.EncodeToString
	subject := encode([]byte(`{"sub":"` + g.some(12, consonants) + `"}`))
	signature := encode([]byte(g.some(32, letters+digits)))
	text := encode([]byte(`{"alg":"HS256"}`)) + "." + subject + "." + signature
	return g.add("JWT", text, append(chunks(subject[10:]), chunks(signature)...)...)
}

// view is an id as a page makes one of its view.
func (g *generator) view() string {
	text := g.some(24, "0123456789abcdef")
	return g.add("view's id", text, chunks(text)...)
}

// request is an id as a CDN gives one to a request.
func (g *generator) request() string {
	text := g.some(54, letters+strings.ToUpper(letters)+digits) + "=="
	return g.add("request's id", text, chunks(text[:50])...)
}

// phone is a number as addresses have it: with the country, without blanks.
func (g *generator) phone() string {
	number := "17" + g.some(9, digits)
	return g.add("telephone number", "+49"+number, number)
}

func (g *generator) order() string {
	number := "8" + g.some(12, digits)
	return g.add("order's number", number, number)
}

// ipv4 is out of 198.18.0.0/15, which is for tests of networks (RFC 2544).
func (g *generator) ipv4() string {
	part := func() int { return 100 + g.dice.IntN(156) }
	text := fmt.Sprintf("198.%d.%d.%d", 18+g.dice.IntN(2), part(), part())
	if g.taken[text] {
		return g.ipv4()
	}
	g.taken[text] = true
	return g.add("IPv4 address", text, text, strings.ReplaceAll(text, ".", "-"))
}

// ipv6 is out of 2001:db8::/32, which is for documents (RFC 3849). Of such an address
// the first half alone is somebody's.
func (g *generator) ipv6() string {
	group := func() string { return fmt.Sprintf("%04x", 0x1000+g.dice.IntN(0xf000)) }
	text := "2001:db8:" + strings.Join([]string{group(), group(), group(), group(), group(), group()}, ":")
	raw := netip.MustParseAddr(text).As16()
	return g.add("IPv6 address", text, text[:18], string(raw[:8]), string(raw[8:]), hex.EncodeToString(raw[:8]))
}

// address is one or the other.
func (g *generator) address() string {
	if g.dice.IntN(2) == 0 {
		return g.ipv4()
	}
	return g.ipv6()
}

// chunks cuts a long secret, so that its beginning or its end is found as well.
func chunks(text string) (parts []string) {
	const size = 12
	for at := 0; at+size < len(text); at += size {
		parts = append(parts, text[at:at+size])
	}
	return append(parts, text[len(text)-size:])
}
