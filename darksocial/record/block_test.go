package record

import (
	"encoding/binary"
	"encoding/hex"
	"flag"
	"hash/crc32"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/reading"
)

var update = flag.Bool("update", false, "write testdata instead of comparing with it")

func receipts() []Receipt {
	return []Receipt{
		{Source: ObjectSource("logs", "a.gz", "e1"), Rules: "aaa", Quarter: 1_988_888, Written: 12, Filtered: []Count{{"bot", 3}, {"internal", 1}}},
		{Source: StreamSource("arn", "shard-1", []byte{1, 2}, []byte{1, 9}), Door: Realtime, Rules: "aaa", Quarter: 1_988_889, Failed: []Count{{"columns", 2}}},
	}
}

func TestBlockKeepsAll(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var in []Packed
	want := map[string]Packed{}
	for _, s := range someSightings(r, 500) {
		p := packed(s)
		in = append(in, p)
		want[string(p.ID[:])+string(p.Body)] = p
	}
	block := Pack(in, receipts())
	require.Equal(t, block, Pack(in, receipts()), "the same content, the same bytes")
	out, err := Unpack(block)
	require.NoError(t, err)
	require.Len(t, out.Sightings, len(in))
	for _, p := range out.Sightings {
		require.Contains(t, want, string(p.ID[:])+string(p.Body))
	}
	require.Len(t, out.Receipts, 2)
	for i, r := range receipts() {
		require.Equal(t, string(AppendReceipt(nil, &r)), string(AppendReceipt(nil, &out.Receipts[i])))
	}
}

// TestSizes: a block of a few hundred arrivals costs less than 20 bytes each.
func TestSizes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for n, most := range map[int]int{10: 60, 100: 32, 400: 24} {
		all := someSightings(r, n)
		group := make([]Packed, 0, n)
		for i, s := range all {
			s.ID = NewID("site", string(rune(i)))
			s.Code, s.Visitor, s.Reading, s.Article = "", "", reading.Reading{}, darksocial.Article{} // as from a log
			group = append(group, packed(s))
		}
		size := len(Pack(group, receipts()[:1]))
		t.Logf("%d sightings: %.1f bytes each", n, float64(size)/float64(n))
		assert.LessOrEqual(t, size/n, most, "%d sightings", n)
	}
}

func TestBlockKey(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	group := []Packed{packed(someSighting(r)), {ID: NewID("s", "x"), Body: packed(someSighting(r)).Body}}
	group[1].Body[0] = group[0].Body[0]
	key := BlockKey(group, receipts())
	slices.Reverse(group)
	assert.Equal(t, key, BlockKey(group, receipts()), "in any order")
	assert.NotEqual(t, key, BlockKey(group, receipts()[:1]), "other receipts are other content")
	assert.NotEqual(t, key, BlockKey(group[:1], receipts()))
	other := slices.Clone(group)
	other[0].Body, other[1].Body = []byte{9}, []byte{9}
	assert.NotEqual(t, key, BlockKey(other, receipts()), "another door's sightings of the same page views")

	names := map[string]bool{}
	for doors := range 8 { // of three page views, each seen by one of two doors
		var three []Packed
		for i := range 3 {
			three = append(three, Packed{ID: NewID("s", string(rune('a'+i))), Body: []byte{byte(doors >> i & 1)}})
		}
		names[BlockKey(three, nil)] = true
	}
	assert.Len(t, names, 8)
}

func TestTornBlocks(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	block := Pack([]Packed{packed(someSighting(r)), packed(someSighting(r))}, receipts())
	for end := range block {
		_, err := Unpack(block[:end])
		require.Error(t, err, "cut at %d", end)
	}
	for i := range block {
		torn := slices.Clone(block)
		torn[i] ^= 0x10
		_, err := Unpack(torn)
		require.Error(t, err, "byte %d is another", i)
	}
	newer := slices.Clone(block)
	newer[0] = blockVersion + 1
	_, err := Unpack(newer)
	require.ErrorContains(t, err, "update it")
}

// TestUnknownRule: a rule of a newer program is no reason to drop evidence.
func TestUnknownRule(t *testing.T) {
	s := Sighting{ID: NewID("s", "1")}
	s.Facts.Evidence.Add(mustRule(t, "ua.whatsapp.wa4a"))
	body := AppendSighting(nil, &s)
	body = []byte(strings.Replace(string(body), "ua.whatsapp.wa4a", "ua.whatsapp.9999", 1))
	_, err := DecodeSighting(body, s.ID, 0)
	require.ErrorContains(t, err, `rule "ua.whatsapp.9999" is unknown`)
}

func mustRule(t *testing.T, id string) darksocial.RuleID {
	t.Helper()
	rule, ok := darksocial.FindRule(id)
	require.True(t, ok, id)
	return rule
}

// TestOlderVersions: blocks of every version there has been can still be read.
// The file of a version is written once and never again.
func TestOlderVersions(t *testing.T) {
	s := Sighting{ID: NewID("example.com", "1"), Door: Log, Time: 1_790_000_000, Page: "/artikel/moor", Status: 200, Rules: "0123456789ab",
		Facts: darksocial.Facts{Sees: darksocial.SeesUserAgent | darksocial.SeesReferer, Device: darksocial.Phone, OS: "Android", Browser: "Chrome", Country: "DE"}}
	s.Facts.Evidence.Add(mustRule(t, "ua.whatsapp.wa4a"))
	s.Facts.Evidence.Add(mustRule(t, "sfs.unknown"))
	const file = "testdata/block.v1.hex"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(hex.EncodeToString(Pack([]Packed{packed(s)}, receipts()))+"\n"), 0o644))
	}
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	block, err := hex.DecodeString(strings.TrimSpace(string(text)))
	require.NoError(t, err)
	out, err := Unpack(block)
	require.NoError(t, err)
	require.Len(t, out.Sightings, 1)
	got, err := DecodeSighting(out.Sightings[0].Body, out.Sightings[0].ID, out.Sightings[0].Time)
	require.NoError(t, err)
	require.Equal(t, s, got)
	require.Len(t, out.Receipts, 2)
	require.Equal(t, 12, out.Receipts[0].Written)
}

func TestReceiptRanges(t *testing.T) {
	span := func(from, to string) Source { return StreamSource("arn", "s", []byte(from), []byte(to)) }
	whole, half := span("\x01", "\x09"), span("\x01", "\x04")
	assert.True(t, whole.Contains(&half))
	assert.True(t, whole.Contains(&whole))
	assert.False(t, half.Contains(&whole))
	long := span("\x01", "\x01\x00")
	assert.True(t, long.Contains(&whole), "numbers, not texts")
	other := StreamSource("arn", "t", []byte("\x01"), []byte("\x04"))
	assert.False(t, whole.Contains(&other))
	keys := []string{}
	for _, s := range []Source{span("\x01", "\x01\x00"), whole, half, span("\x02", "\x09")} {
		keys = append(keys, string((&Receipt{Source: s}).AppendKey(nil)))
	}
	assert.True(t, slices.IsSorted(keys), "wide ranges come first")
}

// withChecksum makes a block of anything, so that what stands behind the checksum
// is fuzzed as well.
func withChecksum(data []byte) []byte {
	block := append([]byte{blockVersion, 0, 0, 0, 0}, data...)
	binary.BigEndian.PutUint32(block[1:], crc32.Checksum(data, checksums))
	return block
}

func FuzzUnpack(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 1))
	f.Add(Pack([]Packed{packed(someSighting(r))}, receipts()))
	f.Add(Pack(nil, receipts()))
	f.Add((&Order{After: 8999, Currency: "EUR", Link: "session", Chain: []Recommended{{"A", "/a", "copy", "signal"}, {Code: "B"}}, Decay: 500, SinceOpen: -1, Rules: "r"}).AppendBody(nil))
	f.Add((&Share{Page: "/a", Button: "copy", Code: "8ZkPq4vR2Ts", Visitor: "v", Rules: "r"}).AppendBody(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = Unpack(data)
		_, _ = Unpack(withChecksum(data))
		_, _ = DecodeReceipt(data)
		if e, err := Decode(data, ID{}, 0); err == nil {
			again, err := Decode(e.AppendBody(nil), ID{}, 0)
			require.NoError(t, err)
			require.Equal(t, e, again)
		}
	})
}

func BenchmarkPack(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var group []Packed
	for i, s := range someSightings(r, 400) {
		s.ID = NewID("site", string(rune(i)))
		group = append(group, packed(s))
	}
	b.ReportAllocs()
	for b.Loop() {
		Pack(group, receipts())
	}
}
