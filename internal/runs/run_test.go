package runs

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"math"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pair is an entry that stays as it is.
type pair struct{ key, value string }

// entries gives pairs as a run is given: in buffers that are written over at the
// next one, so that whoever keeps an entry without copying it is found out.
func entries(pairs ...pair) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		var key, value []byte
		for _, p := range pairs {
			key, value = append(key[:0], p.key...), append(value[:0], p.value...)
			if !yield(Entry{Key: key, Value: value}, nil) {
				return
			}
			for _, buffer := range [][]byte{key, value} {
				for i := range buffer {
					buffer[i] = '#'
				}
			}
		}
	}
}

// then is pairs, and an error at their end.
func then(err error, pairs ...pair) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for e := range entries(pairs...) {
			if !yield(e, nil) {
				return
			}
		}
		yield(Entry{}, err)
	}
}

func collect(entries iter.Seq2[Entry, error]) (pairs []pair, err error) {
	for e, err := range entries {
		if err != nil {
			return pairs, err
		}
		pairs = append(pairs, pair{string(e.Key), string(e.Value)})
	}
	return pairs, nil
}

func collected(t testing.TB, entries iter.Seq2[Entry, error]) []pair {
	t.Helper()
	pairs, err := collect(entries)
	require.NoError(t, err)
	return pairs
}

func written(t testing.TB, pairs ...pair) []byte {
	t.Helper()
	var run bytes.Buffer
	require.NoError(t, Write(&run, entries(pairs...)))
	return run.Bytes()
}

var few = []pair{{"a", "1"}, {"b", ""}, {"bb", strings.Repeat("x", 200)}, {strings.Repeat("c", 130), "4"}, {"d", "5"}}

// sizes are pairs of every length at which something changes.
func sizes() []pair {
	var pairs []pair
	key := byte('a')
	for _, n := range []int{1, 127, 128, buffer - 1, buffer, buffer + 1, maxKey} {
		n = min(n, maxKey)
		pairs = append(pairs, pair{strings.Repeat(string(rune(key)), n), ""}, pair{strings.Repeat(string(rune(key+1)), n), strings.Repeat("v", n)})
		key += 2
	}
	return append(pairs, pair{"z", strings.Repeat("v", maxValue)})
}

func TestWriteRead(t *testing.T) {
	for _, tt := range []struct {
		name  string
		pairs []pair
	}{
		{"nothing", nil},
		{"one", few[:1]},
		{"few", few},
		{"the same key", []pair{{"a", "1"}, {"a", "2"}, {"a", "1"}}},
		{"zero bytes", []pair{{"\x00", "\x00"}, {"\x00\x00", "\x00\x00\x00"}}},
		{"all lengths", sizes()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			run := written(t, tt.pairs...)
			for _, in := range []io.Reader{bytes.NewReader(run), iotest.HalfReader(bytes.NewReader(run)), iotest.DataErrReader(bytes.NewReader(run))} {
				got := collected(t, Read(in))
				require.True(t, assert.ObjectsAreEqual(tt.pairs, got), "%d entries in, %d others out", len(tt.pairs), len(got))
			}
		})
	}
}

// TestCut: wherever a run was cut, it is an error, and never a smaller run.
func TestCut(t *testing.T) {
	run := written(t, few...)
	for end := range run {
		_, err := collect(Read(bytes.NewReader(run[:end])))
		require.ErrorIs(t, err, errCut, "cut at %d of %d", end, len(run))
	}
}

func TestCutOfManyEntries(t *testing.T) {
	pairs := make([]pair, 200) // their number takes two bytes
	for i := range pairs {
		pairs[i] = pair{"k", "v"}
	}
	run := written(t, pairs...)
	for end := len(run) - 8; end < len(run); end++ {
		_, err := collect(Read(bytes.NewReader(run[:end])))
		require.ErrorIs(t, err, errCut, "cut at %d of %d", end, len(run))
	}
}

func TestDamaged(t *testing.T) {
	uvarint := func(n uint64) string { return string(binary.AppendUvarint(nil, n)) }
	for _, tt := range []struct{ name, run, want string }{
		{"an entry is gone", "\x01k\x01v" + "\x00\x02", "1 entries where there should be 2"},
		{"an entry too many", "\x01k\x01v\x01k\x01v" + "\x00\x01", "2 entries where there should be 1"},
		{"a key that is too long", uvarint(maxKey+1) + strings.Repeat("k", maxKey+1) + "\x00\x00\x01", "damaged"},
		{"a value that is too long", "\x01k" + uvarint(maxValue+1), "damaged"},
		{"a length that is none", "\x01k" + strings.Repeat("\xff", 11), "overflows"},
		{"the greatest length", uvarint(math.MaxUint64), "damaged"},
		{"a value that is not there", "\x01k" + uvarint(maxValue), errCut.Error()},
		{"nothing at all", "", errCut.Error()},
		{"a number that is none", "\x00" + strings.Repeat("\xff", 11), "overflows"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := collect(Read(strings.NewReader(tt.run)))
			require.ErrorContains(t, err, tt.want)
		})
	}
}

// TestDamagedAnywhere: no byte of a run, be it what it may, makes a panic, or
// another number of entries without an error. What it makes of a key or a value is
// not noticed: a run has no checksum, the store it lies in has.
func TestDamagedAnywhere(t *testing.T) {
	run := written(t, few...)
	for i := range run {
		for bit := range 8 {
			torn := bytes.Clone(run)
			torn[i] ^= 1 << bit
			got, err := collect(Read(bytes.NewReader(torn)))
			if err == nil {
				require.Len(t, got, len(few), "byte %d, bit %d", i, bit)
			}
		}
	}
}

var errDisk = errors.New("the disk is broken")

func TestReadErrors(t *testing.T) {
	run := written(t, few...)
	for after := range run {
		in := io.MultiReader(bytes.NewReader(run[:after]), iotest.ErrReader(errDisk))
		got, err := collect(Read(in))
		require.ErrorIs(t, err, errDisk, "after %d bytes", after)
		require.Less(t, len(got), len(few)+1)
	}
}

// failing takes some bytes and then no more.
type failing struct{ left int }

func (f *failing) Write(p []byte) (int, error) {
	if len(p) > f.left {
		return f.left, errDisk
	}
	f.left -= len(p)
	return len(p), nil
}

func TestWriteErrors(t *testing.T) {
	large := []pair{{"a", strings.Repeat("x", buffer)}, {strings.Repeat("b", buffer), ""}, {"c", "3"}}
	all := len(written(t, large...))
	for _, left := range []int{0, 1, buffer - 1, buffer, buffer + 1, buffer + 100, 2 * buffer, all - 1} {
		require.ErrorIs(t, Write(&failing{left}, entries(large...)), errDisk, "%d of %d bytes", left, all)
	}
	require.NoError(t, Write(&failing{all}, entries(large...)))
	require.ErrorIs(t, Write(io.Discard, then(errDisk, few...)), errDisk, "an error of the entries")
}

func TestReadStops(t *testing.T) {
	n := 0
	for range Read(bytes.NewReader(written(t, few...))) {
		if n++; n == 2 {
			break
		}
	}
	assert.Equal(t, 2, n)
}

// readAll reads to the end and returns how much the reader holds.
func readAll(data []byte) (entries, held int) {
	in := newReader(bytes.NewReader(data))
	for in.next() {
		entries++
	}
	return entries, cap(in.entry.Key) + cap(in.entry.Value)
}

// TestNoGiantAllocation: a few bytes that promise the longest entries there may be
// take a few times their length, not what a length could say.
func TestNoGiantAllocation(t *testing.T) {
	var data []byte
	for n := maxKey / 8; n <= maxKey; n *= 2 {
		data = binary.AppendUvarint(data, uint64(n))
		data = append(data, make([]byte, n)...)
		data = append(data, 0) // no value
	}
	data = binary.AppendUvarint(append(data, 1, 'k'), maxValue)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, held := readAll(data)
	runtime.ReadMemStats(&after)
	assert.LessOrEqual(t, held, 2*(maxKey+maxValue))
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(4*(maxKey+maxValue)))
}

func FuzzRead(f *testing.F) {
	f.Add([]byte{})
	f.Add(written(f, few...))
	f.Add(written(f, few...)[:20])
	f.Add([]byte("\x01k\x80\x80\x80\x08"))
	f.Add(bytes.Repeat([]byte{0xff}, 20))
	f.Fuzz(func(t *testing.T, data []byte) {
		n, held := readAll(data)
		require.LessOrEqual(t, held, 2*(maxKey+maxValue))
		require.LessOrEqual(t, n, len(data)/2)
		pairs, err := collect(Read(bytes.NewReader(data)))
		require.Len(t, pairs, n)
		if err == nil { // it was a run: written again it says the same
			require.Equal(t, pairs, collected(t, Read(bytes.NewReader(written(t, pairs...)))))
		}
	})
}
