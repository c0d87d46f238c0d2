package share

import (
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	oldKey = []byte("0123456789abcdef")
	newKey = []byte("fedcba9876543210")
)

func keys(t testing.TB, site string, current []byte, before ...[]byte) *Keys {
	t.Helper()
	k, err := NewKeys(site, current, before...)
	require.NoError(t, err)
	return k
}

func dice(seed uint64) io.Reader { return rand.NewChaCha8([32]byte{byte(seed)}) }

func TestCodes(t *testing.T) {
	k := keys(t, "example.com", oldKey)
	random := dice(1)
	seen := map[Code]bool{}
	for range 20_000 {
		c, err := k.New(random)
		require.NoError(t, err)
		require.Len(t, string(c), Length)
		require.True(t, k.Ours(string(c)))
		require.False(t, seen[c])
		seen[c] = true
		require.Equal(t, string(c), strings.Trim(string(c), "&=?#%+/._-~"), "it can be copied and selected as a word")
	}
}

func TestOurs(t *testing.T) {
	k := keys(t, "example.com", oldKey)
	c, err := k.New(dice(1))
	require.NoError(t, err)
	ours := string(c)
	for _, tt := range []struct {
		name string
		keys *Keys
		code string
		want bool
	}{
		{"as it is", k, ours, true},
		{"of another site", keys(t, "example.org", oldKey), ours, false},
		{"of another key", keys(t, "example.com", newKey), ours, false},
		{"of the key before", keys(t, "example.com", newKey, oldKey), ours, true},
		{"nothing", k, "", false},
		{"cut", k, ours[:10], false},
		{"longer", k, ours + "1", false},
		{"a blank before it", k, " " + ours, false},
		{"in another case", k, strings.ToLower(ours), false},
		{"a character that is none", k, ours[:10] + "0", false},
		{"more than 64 bits", k, "zzzzzzzzzzz", false},
		{"not ASCII", k, ours[:9] + "ä", false},
		{"a zero", k, ours[:10] + "\x00", false},
	} {
		assert.Equal(t, tt.want, tt.keys.Ours(tt.code), tt.name)
	}
	for i := range Length { // one character is another
		for _, other := range Alphabet {
			if changed := ours[:i] + string(other) + ours[i+1:]; changed != ours {
				assert.False(t, k.Ours(changed), changed)
			}
		}
	}
}

// TestFixed: a button on a page has one code, as long as the key lives.
func TestFixed(t *testing.T) {
	k := keys(t, "example.com", oldKey)
	code := k.Fixed("whatsapp", "/a")
	assert.True(t, k.Ours(string(code)))
	assert.Equal(t, code, keys(t, "example.com", oldKey, newKey).Fixed("whatsapp", "/a"))
	assert.True(t, k.IsFixed(code, "whatsapp", "/a"))
	assert.True(t, keys(t, "example.com", newKey, oldKey).IsFixed(code, "whatsapp", "/a"), "the key before")
	assert.False(t, keys(t, "example.com", newKey).IsFixed(code, "whatsapp", "/a"))
	assert.False(t, k.IsFixed(code, "whatsapp", "/b"))
	for _, other := range []Code{k.Fixed("whatsapp", "/b"), k.Fixed("telegram", "/a"), k.Fixed("whatsapp/a"), k.Fixed("whats", "app/a"), keys(t, "example.org", oldKey).Fixed("whatsapp", "/a"), keys(t, "example.com", newKey).Fixed("whatsapp", "/a")} {
		assert.NotEqual(t, code, other)
	}
}

func TestNewKeys(t *testing.T) {
	_, err := NewKeys("example.com", oldKey[:15])
	assert.ErrorContains(t, err, "at least 16")
	_, err = NewKeys("example.com", oldKey, oldKey[:1])
	assert.ErrorContains(t, err, "at least 16")
	_, err = NewKeys("example.com", oldKey, newKey, newKey)
	assert.ErrorContains(t, err, "at most two")
	_, err = keys(t, "example.com", oldKey).New(strings.NewReader("four"))
	assert.True(t, errors.Is(err, io.ErrUnexpectedEOF))
}

// TestForged: of a million codes that were made up none is taken for one of ours.
func TestForged(t *testing.T) {
	k := keys(t, "example.com", oldKey, newKey)
	r := rand.New(rand.NewPCG(1, 2))
	taken := 0
	for range 1_000_000 {
		if k.Ours(string(encode(r.Uint64()))) {
			taken++
		}
	}
	assert.Zero(t, taken)
}

func TestEncoding(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	numbers := []uint64{0, 1, 57, 58, math.MaxUint64, math.MaxUint64 - 1}
	for range 10_000 {
		numbers = append(numbers, r.Uint64()>>r.UintN(64))
	}
	for _, n := range numbers {
		got, ok := decode(string(encode(n)))
		require.True(t, ok)
		require.Equal(t, n, got)
	}
	for _, none := range []string{"jpXCZedGfVR", "jpXCZedGfVz", "zzzzzzzzzzz"} { // 2^64 and more
		_, ok := decode(none)
		assert.False(t, ok, none)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add("8ZkPq4vR2Ts")
	f.Add("jpXCZedGfVQ")
	f.Fuzz(func(t *testing.T, text string) {
		if n, ok := decode(text); ok {
			require.Equal(t, text, string(encode(n)), "of each number there is one text")
		}
	})
}

func BenchmarkOurs(b *testing.B) {
	k := keys(b, "example.com", oldKey, newKey)
	c, err := k.New(dice(1))
	require.NoError(b, err)
	b.ReportAllocs()
	for b.Loop() {
		k.Ours(string(c))
	}
}
