// Package share follows recommendations: share codes, and what came of them.
//
// # Codes
//
// A code is eleven characters in the address of a page that somebody shares. It stands
// for a share and for no person: 40 random bits, and a tag of 24 bits over them, the
// site and a version of the code's form.
//
//	8ZkPq4vR2Ts
//
// The tag is made with a key of the site's. It keeps no secret: whoever has a link has
// its code. It tells a code of ours from anything else that stands in an address,
// without asking the store, so that made-up codes cost nothing. Of those one in 16
// million gets through, and is then not found.
//
// There are at most two keys: one that codes are made with, and one before it whose
// codes are still about. A key that is thrown away takes its codes with it.
package share

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"sync"
)

// Code is a share code as it stands in addresses.
type Code string

// Length is how many characters a code has: 64 bits in base58.
const Length = 11

// version is of the form of codes. Another form takes another number, which changes
// all tags.
const version = 1

const (
	tagBits = 24
	tagMask = 1<<tagBits - 1
)

// Alphabet is what codes are written in, base58: no 0 and O, no I and l, and nothing that an address, a line of
// text or a double click breaks. https://datatracker.ietf.org/doc/html/draft-msporny-base58-03
const Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

// digits are the values of the alphabet's characters; none is noDigit.
var digits = func() (values [256]byte) {
	for i := range values {
		values[i] = noDigit
	}
	for i := range len(Alphabet) {
		values[Alphabet[i]] = byte(i)
	}
	return values
}()

const noDigit = 0xff

// MinKey is how long a key has to be, in bytes.
const MinKey = 16

// Keys make and check the codes of a site. They are safe for concurrent use.
type Keys struct {
	site string
	keys [][]byte
	macs sync.Pool // *macs
}

// macs are what tags are made with: one for each key. Setting them up takes longer than
// using them.
type macs struct {
	of   []hash.Hash
	text []byte // that stands in every tag, and behind it the bits of one
	sum  []byte
}

// NewKeys returns the keys of a site: the one that codes are made with, and perhaps the
// one before it.
func NewKeys(site string, current []byte, before ...[]byte) (*Keys, error) {
	if len(before) > 1 {
		return nil, errors.New("share: at most two keys are in use: the current one and the one before it")
	}
	k := &Keys{site: site, keys: append([][]byte{current}, before...)}
	for _, key := range k.keys {
		if len(key) < MinKey {
			return nil, fmt.Errorf("share: a key of %d bytes: give at least %d", len(key), MinKey)
		}
	}
	k.macs.New = func() any { return k.newMACs() }
	return k, nil
}

func (k *Keys) newMACs() *macs {
	m := &macs{}
	for _, key := range k.keys {
		m.of = append(m.of, hmac.New(sha256.New, key))
	}
	var text bytes.Buffer
	writeParts(&text, []string{"code", string(rune(version)), k.site, string(make([]byte, 8))})
	m.text = text.Bytes()
	return m
}

// tag is that of 40 bits, by one of the keys.
func (m *macs) tag(key int, bits uint64) uint32 {
	binary.BigEndian.PutUint64(m.text[len(m.text)-8:], bits)
	mac := m.of[key]
	mac.Reset()
	_, _ = mac.Write(m.text) // a hash takes everything
	m.sum = mac.Sum(m.sum[:0])
	return binary.BigEndian.Uint32(m.sum) & tagMask
}

// New makes a code of randomness.
func (k *Keys) New(random io.Reader) (Code, error) {
	var bits [8]byte
	if _, err := io.ReadFull(random, bits[3:]); err != nil {
		return "", fmt.Errorf("share: randomness for a code: %w", err)
	}
	return k.code(0, binary.BigEndian.Uint64(bits[:])), nil
}

// Fixed makes the code that stands for some parts, the same every time: for a button on
// a page, whose code may lie in caches.
func (k *Keys) Fixed(parts ...string) Code { return k.fixed(0, parts) }

// IsFixed reports whether a code is one that stands for some parts, made with the
// current key or the one before.
func (k *Keys) IsFixed(code Code, parts ...string) bool {
	for key := range k.keys {
		if k.fixed(key, parts) == code {
			return true
		}
	}
	return false
}

func (k *Keys) fixed(key int, parts []string) Code {
	mac := hmac.New(sha256.New, k.keys[key])
	writeParts(mac, append([]string{"fixed", k.site}, parts...))
	return k.code(key, binary.BigEndian.Uint64(mac.Sum(nil))>>tagBits)
}

func (k *Keys) code(key int, bits uint64) Code {
	m := k.macs.Get().(*macs)
	defer k.macs.Put(m)
	return encode(bits<<tagBits | uint64(m.tag(key, bits)))
}

// Ours reports whether a text is a code of the site's. It takes the same time whichever
// key made it, and however much of the tag is right.
func (k *Keys) Ours(text string) bool {
	n, ok := decode(text)
	if !ok {
		return false
	}
	m := k.macs.Get().(*macs)
	defer k.macs.Put(m)
	same := 0
	for key := range m.of {
		same |= subtle.ConstantTimeEq(int32(n&tagMask), int32(m.tag(key, n>>tagBits)))
	}
	return same == 1
}

// writeParts writes texts with their lengths, so that no two lists are alike.
func writeParts(to io.Writer, parts []string) {
	var length [4]byte
	for _, part := range parts {
		binary.BigEndian.PutUint32(length[:], uint32(len(part)))
		_, _ = to.Write(length[:]) // a hash takes everything
		_, _ = io.WriteString(to, part)
	}
}

// maxParameters bounds how many parameters of an address are looked at.
const maxParameters = 100

// InQuery returns what stands where a page's query has its code, which may be anything
// or nothing: ask Ours. Of a repeated parameter the first counts.
func InQuery(query, name string) string {
	for n := 0; query != "" && n < maxParameters; n++ {
		var pair string
		pair, query, _ = strings.Cut(query, "&")
		if value, ok := strings.CutPrefix(pair, name); ok && strings.HasPrefix(value, "=") {
			return value[1:]
		}
	}
	return ""
}

func encode(n uint64) Code {
	var text [Length]byte
	for i := Length - 1; i >= 0; i-- {
		text[i], n = Alphabet[n%58], n/58
	}
	return Code(text[:])
}

// decode reads what encode wrote, and nothing else: of each number there is one text.
func decode(text string) (n uint64, ok bool) {
	if len(text) != Length {
		return 0, false
	}
	for i := range Length {
		digit := digits[text[i]]
		if digit == noDigit || n > (1<<64-1-uint64(digit))/58 {
			return 0, false
		}
		n = n*58 + uint64(digit)
	}
	return n, true
}
