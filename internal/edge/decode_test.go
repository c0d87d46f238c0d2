package edge

import (
	"math/rand"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// slowUnescape is scratch.unescape as one would write it first.
func slowUnescape(s string) string {
	var b strings.Builder
	for s != "" {
		if len(s) >= 3 {
			if raw, err := url.PathUnescape(s[:3]); s[0] == '%' && err == nil {
				b.WriteString(raw)
				s = s[3:]
				continue
			}
		}
		b.WriteByte(s[0])
		s = s[1:]
	}
	return b.String()
}

func slowSeparators(s string, sep byte) (at []int) {
	for i := range len(s) {
		if s[i] == sep {
			at = append(at, i)
		}
	}
	return at
}

// The decoders that look at eight bytes at a time agree with those that look at
// one, on strings of all short lengths made of the bytes that matter.
func TestFastDecodersAgreeWithSlowOnes(t *testing.T) {
	const alphabet = "%%%%2250aAfFgG\t\t\t\x08\x0a\x00\x89\xff é"
	random := rand.New(rand.NewSource(1))
	var sc scratch
	for range 200_000 {
		b := make([]byte, random.Intn(40))
		for i := range b {
			b[i] = alphabet[random.Intn(len(alphabet))]
		}
		s := string(b)
		sc.reset()
		before := sc.lower("BEFORE")
		require.Equal(t, slowUnescape(s), sc.unescape(s), "%q", s)
		require.Equal(t, slowSeparators(s, '\t'), separators(nil, s, '\t'), "%q", s)
		require.Equal(t, "before", before)
		require.Equal(t, s, string(b), "the input is not written to")
	}
}

// Whatever a browser sends comes back out of a CloudFront log as it was sent.
func TestAddressUndoesTheLogsEscapes(t *testing.T) {
	const sent = "abc/?&=%%%20%C3%A4%25%26%2F%2525+~'[]{}|\\^`<>\"#;:@!$()*,.-_"
	random := rand.New(rand.NewSource(1))
	var sc scratch
	for range 100_000 {
		b := make([]byte, random.Intn(30))
		for i := range b {
			b[i] = sent[random.Intn(len(sent))]
		}
		s := string(b)
		sc.reset()
		logged := logEscape(s)
		if s == "" {
			logged = ""
		}
		got, ok := sc.address(logged, true)
		require.True(t, ok)
		require.Equal(t, s, got)

		got, ok = sc.address(s, false)
		require.True(t, ok)
		require.Equal(t, s, got, "not logged: nothing to undo")
	}
}

func TestAddressOfOddBytes(t *testing.T) {
	tests := []struct {
		in     string
		want   string
		wantOK bool
	}{
		{"", "", true},
		{"/a b", "/a%20b", true},
		{"/ü", "/%C3%BC", true},
		{"/\x00", "/%00", false},
		{"/\x7f\t", "/%7F%09", false},
	}
	var sc scratch
	for _, tt := range tests {
		for _, logged := range []bool{false, true} {
			got, ok := sc.address(tt.in, logged)
			assert.Equal(t, tt.want, got)
			assert.Equal(t, tt.wantOK, ok)
		}
	}
}

func TestHostName(t *testing.T) {
	tests := map[string]string{
		"":                 "",
		"www.example.com":  "www.example.com",
		"WWW.EXAMPLE.COM":  "www.example.com",
		"example.com:8080": "example.com",
		"[2001:DB8::1]":    "[2001:db8::1]",
		"[2001:db8::1]:80": "[2001:db8::1]",
		":80":              "",
	}
	var sc scratch
	for in, want := range tests {
		assert.Equal(t, want, hostName(in, &sc), in)
	}
}

func TestLower(t *testing.T) {
	var sc scratch
	assert.Equal(t, "äÖ az@[`{ 09", sc.lower("äÖ AZ@[`{ 09"))
}

func TestCountry(t *testing.T) {
	var sc scratch
	for in, want := range map[string]string{"DE": "DE", "de": "DE", "aZ": "AZ", "": "", "D": "", "DEU": "", "T1": "", "{[": "", "ü": "", "-": ""} {
		assert.Equal(t, want, sc.country(in), in)
	}
}

// Growing the scratch must not move strings it has given out.
func TestScratchGrowsBehindItsStrings(t *testing.T) {
	var sc scratch
	first := sc.lower("FIRST")
	for range 20 {
		_ = sc.lower(strings.Repeat("X", 1000))
	}
	assert.Equal(t, "first", first)
}
