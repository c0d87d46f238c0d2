package privacy

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// finder finds secrets in whatever is kept, however they are written. It compares
// eight bytes first, so that it looks at each place once, whatever the number of
// secrets.
type finder struct {
	folded map[uint64][]needle // looked for without regard to case
	exact  map[uint64][]needle
}

// needle is a secret as it may be written.
type needle struct {
	text   string
	form   string
	secret *secret
}

// found is a secret in some content.
type found struct {
	*secret
	form    string
	context string
}

func newFinder(secrets []*secret) *finder {
	f := &finder{folded: map[uint64][]needle{}, exact: map[uint64][]needle{}}
	for _, s := range secrets {
		f.add(s)
	}
	return f
}

func (f *finder) add(s *secret) {
	for _, part := range s.parts {
		put(f.folded, strings.ToLower(part), "plain", s)
		put(f.folded, hex.EncodeToString([]byte(part)), "hex", s)
		for _, written := range [...]string{part, strings.ToLower(part), strings.ToUpper(part)} {
			for shift := range 3 {
				put(f.exact, inBase64(written, shift), "base64", s)
			}
		}
	}
	// A hash without salt is the secret, for whoever can guess it.
	md, sha, sha2 := md5.Sum([]byte(s.value)), sha1.Sum([]byte(s.value)), sha256.Sum256([]byte(s.value))
	for _, sum := range [...][]byte{md[:], sha[:], sha2[:]} {
		put(f.exact, string(sum[:8]), "hash", s)
		put(f.folded, hex.EncodeToString(sum[:8]), "hash in hex", s)
		put(f.exact, base64.RawStdEncoding.EncodeToString(sum)[:11], "hash in base64", s)
		put(f.exact, base64.RawURLEncoding.EncodeToString(sum)[:11], "hash in base64", s)
	}
}

func put(to map[uint64][]needle, text, form string, s *secret) {
	if len(text) < 8 {
		panic(fmt.Sprintf("%s: %q is too short to be looked for", s, text))
	}
	key := binary.LittleEndian.Uint64([]byte(text[:8]))
	for _, have := range to[key] {
		if have.text == text && have.secret == s {
			return
		}
	}
	to[key] = append(to[key], needle{text, form, s})
}

// inBase64 is what of a text is always the same in the base64 of something longer
// that has so many bytes, modulo 3, before it. Neither alphabet's own two signs can
// be in the base64 of ASCII letters and digits.
func inBase64(text string, shift int) string {
	encoded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + text))
	bits := 8 * (shift + len(text))
	return encoded[(8*shift+5)/6 : bits/6]
}

// find returns the secrets that a content has, each once.
func (f *finder) find(content []byte) []found {
	seen := map[*secret]bool{}
	var all []found
	look := func(text []byte, needles map[uint64][]needle) {
		for i := 0; i+8 <= len(text); i++ {
			for _, n := range needles[binary.LittleEndian.Uint64(text[i:])] {
				if !seen[n.secret] && bytes.HasPrefix(text[i:], []byte(n.text)) {
					seen[n.secret] = true
					all = append(all, found{n.secret, n.form, around(text, i, len(n.text))})
				}
			}
		}
	}
	for range 4 { // it may have been escaped more than once
		look(content, f.exact)
		look(lower(content), f.folded)
		next := unescaped(content)
		if bytes.Equal(next, content) {
			break
		}
		content = next
	}
	return all
}

// lower folds ASCII alone: other bytes stay where they are.
func lower(content []byte) []byte {
	folded := bytes.Clone(content)
	for i, c := range folded {
		if 'A' <= c && c <= 'Z' {
			folded[i] = c + 'a' - 'A'
		}
	}
	return folded
}

func unescaped(content []byte) []byte {
	if !bytes.Contains(content, []byte("%")) {
		return content
	}
	out := make([]byte, 0, len(content))
	for i := 0; i < len(content); i++ {
		if content[i] == '%' && i+2 < len(content) {
			if text, err := url.PathUnescape(string(content[i : i+3])); err == nil {
				out = append(out, text...)
				i += 2
				continue
			}
		}
		out = append(out, content[i])
	}
	return out
}

func around(text []byte, at, length int) string {
	return fmt.Sprintf("%q", text[max(0, at-40):min(len(text), at+length+20)])
}

// TestFinder: what the other tests look with finds each kind of secret in each
// disguise, also in the middle of something, and finds nothing where nothing is.
func TestFinder(t *testing.T) {
	g := newGenerator(1)
	for _, make := range []func() string{g.name, g.email, g.password, func() string { return g.token(22) }, g.hex, g.uuid, g.jwt, g.view, g.request,
		g.phone, g.order, g.ipv4, g.ipv6} {
		make()
	}
	other := newGenerator(2)
	f := newFinder(g.secrets)
	for _, s := range g.secrets {
		sum := sha256.Sum256([]byte(s.value))
		for form, content := range map[string]string{
			"plain": s.value, "upper case": strings.ToUpper(s.value), "lower case": strings.ToLower(s.value),
			"escaped": url.QueryEscape(s.value), "escaped twice": url.QueryEscape(url.QueryEscape(s.value)), "each byte escaped": "%" + strings.TrimSuffix(strings.ReplaceAll(fmt.Sprintf("% x", s.value), " ", "%"), "%"),
			"hex": hex.EncodeToString([]byte(s.value)), "base64": base64.StdEncoding.EncodeToString([]byte(s.value)), "base64 of a URL": base64.RawURLEncoding.EncodeToString([]byte("ab" + s.value + "c")),
			"base64 in upper case": base64.StdEncoding.EncodeToString([]byte("a" + strings.ToUpper(s.value))), "hash": string(sum[:]), "hash in hex": hex.EncodeToString(sum[:12]),
			"all but the last": s.value[:len(s.value)-1],
		} {
			if form == "all but the last" && len(s.value) < 22 {
				continue // of a name or a number that is none any more
			}
			got := f.find([]byte("before " + content + "\x00 behind"))
			if assert.Len(t, got, 1, "%s: %s", s, form) {
				assert.Same(t, s, got[0].secret, form)
			}
		}
	}
	for range 1000 {
		assert.Empty(t, f.find([]byte(other.email()+other.token(40)+other.ipv4()+other.ipv6()+other.phone())))
	}
}
