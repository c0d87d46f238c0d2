package runs

import (
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// someKinds are sorted pairs, whose keys begin with any byte, most of them with few.
func someKinds(r *rand.Rand, n int) []pair {
	pairs := make([]pair, n)
	for i := range pairs {
		first := byte(r.IntN(256))
		if r.IntN(3) > 0 {
			first = "\x00ap\xff"[r.IntN(4)]
		}
		key := string([]byte{first}) + strings.Repeat("k", r.IntN(200))
		pairs[i] = pair{key, strings.Repeat("v", r.IntN(300))}
	}
	return slowSort(pairs, nil)
}

func TestFileAll(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 1))
		pairs := someKinds(r, r.IntN(500))
		dir := t.TempDir()
		f, err := WriteFile(dir, entries(pairs...))
		require.NoError(t, err)
		for range 2 { // more than once
			for first := range 256 {
				var want []pair
				for _, p := range pairs {
					if p.key[0] == byte(first) {
						want = append(want, p)
					}
				}
				require.Equal(t, want, collected(t, f.All(byte(first))), "seed %d, kind %q", seed, byte(first))
			}
			require.Equal(t, pairs, append([]pair{}, collected(t, Read(f.Reader()))...), "the whole")
		}
		require.NoError(t, f.Close())
		requireNoFiles(t, dir)
	}
}

// TestFileAllAtOnce: two can go through it in turns, as the fold's tables do.
func TestFileAllAtOnce(t *testing.T) {
	pairs := []pair{{"a1", "1"}, {"a2", "2"}, {"b1", "3"}}
	f, err := WriteFile(t.TempDir(), entries(pairs...))
	require.NoError(t, err)
	defer f.Close()
	var got []pair
	for outer, err := range f.All('a') {
		require.NoError(t, err)
		key := string(outer.Key)
		for inner, err := range f.All('b') {
			require.NoError(t, err)
			got = append(got, pair{key, string(inner.Key)})
		}
		require.Equal(t, key, string(outer.Key), "the entry is still valid")
	}
	assert.Equal(t, []pair{{"a1", "b1"}, {"a2", "b1"}}, got)
}

// TestFileReader: a store finds out how long a body is by going to its end.
func TestFileReader(t *testing.T) {
	f, err := WriteFile(t.TempDir(), entries(few...))
	require.NoError(t, err)
	defer f.Close()
	in := f.Reader()
	size, err := in.Seek(0, io.SeekEnd)
	require.NoError(t, err)
	_, err = in.Seek(0, io.SeekStart)
	require.NoError(t, err)
	data, err := io.ReadAll(in)
	require.NoError(t, err)
	assert.Len(t, data, int(size))
	assert.Equal(t, written(t, few...), data)
}

func TestFileErrors(t *testing.T) {
	t.Run("of the entries", func(t *testing.T) {
		dir := t.TempDir()
		_, err := WriteFile(dir, then(errDisk, few...))
		require.ErrorIs(t, err, errDisk)
		requireNoFiles(t, dir)
	})
	t.Run("no folder", func(t *testing.T) {
		_, err := WriteFile(filepath.Join(t.TempDir(), "none"), entries(few...))
		require.Error(t, err)
	})
	t.Run("a file that was cut", func(t *testing.T) {
		run := written(t, few...)
		for end := range run {
			dir := t.TempDir()
			f, err := WriteFile(dir, entries(few...))
			require.NoError(t, err)
			require.NoError(t, f.file.Truncate(int64(end)))
			_, err = collect(f.All('d')) // the last kind ends with the run
			require.Error(t, err, "cut at %d", end)
			_, err = collect(Read(f.Reader()))
			require.Error(t, err, "cut at %d", end)
			require.NoError(t, f.Close())
			requireNoFiles(t, dir)
		}
	})
	t.Run("a file that was closed", func(t *testing.T) {
		f, err := WriteFile(t.TempDir(), entries(few...))
		require.NoError(t, err)
		require.NoError(t, f.Close())
		_, err = collect(f.All('a'))
		require.Error(t, err)
	})
}
