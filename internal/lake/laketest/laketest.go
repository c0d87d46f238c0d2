// Package laketest is what every object.Store must do, as one suite of tests that
// a bucket and a folder pass alike.
package laketest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/object"
)

// Run tests a store. Each call of open gives an empty one.
func Run(t *testing.T, open func(t *testing.T) object.Store) {
	for _, tt := range []struct {
		name string
		test func(*testing.T, object.Store)
	}{
		{"what was put is read", putAndOpen},
		{"sizes", sizes},
		{"put from where the body stands", putFromWhereItStands},
		{"the etag says whether it changed", etags},
		{"only over what is named", conditions},
		{"delete", remove},
		{"list", list},
		{"list many", listMany},
		{"list stops at an error", listStops},
		{"keys", keys},
		{"bad keys", badKeys},
		{"cancelled", cancelled},
		{"one of many writers wins", oneWins},
		{"no update is lost", noUpdateLost},
		{"readers keep what they opened", readersKeep},
		{"readers see whole objects", readersSeeWhole},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, open(t)) })
	}
}

func putAndOpen(t *testing.T, s object.Store) {
	etag := put(t, s, "arrivals/site=example.com/dt=2026-11-20/part.parquet", "one", "")
	assert.NotEmpty(t, etag)

	body, found := read(t, s, "arrivals/site=example.com/dt=2026-11-20/part.parquet")
	assert.Equal(t, "one", body)
	assert.Equal(t, etag, found, "Open's etag")
	assert.Equal(t, etag, etagOf(t, s, "arrivals/site=example.com/dt=2026-11-20/part.parquet"))

	// A key is not a folder, and none lies in another.
	for _, key := range []string{"other", "arrivals", "arrivals/site=example.com",
		"arrivals/site=example.com/dt=2026-11-20/part.parquet/more"} {
		absent(t, s, key)
	}
}

func sizes(t *testing.T, s object.Store) {
	for _, tt := range []struct {
		name string
		size int
	}{
		{"empty", 0},
		{"one byte", 1},
		{"20 MB and one byte", 20<<20 + 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := noise(tt.size)
			etag, err := s.Put(t.Context(), "big/"+tt.name, bytes.NewReader(want), "")
			require.NoError(t, err)
			body, found, err := s.Open(t.Context(), "big/"+tt.name)
			require.NoError(t, err)
			defer body.Close()
			got, err := io.ReadAll(body)
			require.NoError(t, err)
			assert.True(t, bytes.Equal(want, got), "%d bytes became %d, or others", len(want), len(got))
			assert.Equal(t, etag, found)
		})
	}
}

func putFromWhereItStands(t *testing.T, s object.Store) {
	body := strings.NewReader("read already, to be written")
	_, err := body.Seek(int64(len("read already, ")), io.SeekStart)
	require.NoError(t, err)
	_, err = s.Put(t.Context(), "a", body, "")
	require.NoError(t, err)
	got, _ := read(t, s, "a")
	assert.Equal(t, "to be written", got)
}

func etags(t *testing.T, s object.Store) {
	first := put(t, s, "a", "one", object.Any)
	second := put(t, s, "a", "two", object.Any)
	assert.NotEqual(t, first, second)
	assert.Equal(t, second, etagOf(t, s, "a"))

	put(t, s, "b", "two", "")
	assert.Equal(t, second, etagOf(t, s, "a"), "another key is another object")
	assert.NotEqual(t, object.Any, second)
}

func conditions(t *testing.T, s object.Store) {
	const old = `"0123456789abcdef0123456789abcdef"`
	for _, tt := range []struct {
		name     string
		is       string // what is there; "" if nothing is
		old      func(etag string) string
		wantFail bool
	}{
		{"nothing is there, as said", "", func(string) string { return "" }, false},
		{"nothing is there, whatever", "", func(string) string { return object.Any }, false},
		{"nothing is there, but something was named", "", func(string) string { return old }, true},
		{"something is there, and nothing was named", "is", func(string) string { return "" }, true},
		{"something is there, whatever", "is", func(string) string { return object.Any }, false},
		{"something is there, as named", "is", func(etag string) string { return etag }, false},
		{"something is there, and another was named", "is", func(string) string { return old }, true},
		{"an etag cut short", "is", func(etag string) string { return etag[:len(etag)-1] }, true},
		{"the same content again, as named", "new", func(etag string) string { return etag }, false},
		{"the same content again, and nothing was named", "new", func(string) string { return "" }, true},
		{"the same content again, and another was named", "new", func(string) string { return old }, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			key := "conditions/" + tt.name
			before := ""
			if tt.is != "" {
				before = put(t, s, key, tt.is, "")
			}
			etag, err := s.Put(t.Context(), key, strings.NewReader("new"), tt.old(before))
			if !tt.wantFail {
				require.NoError(t, err)
				assert.Equal(t, etag, etagOf(t, s, key))
				got, _ := read(t, s, key)
				assert.Equal(t, "new", got)
				return
			}
			require.ErrorIs(t, err, object.ErrChanged)
			assert.Empty(t, etag)
			if tt.is == "" {
				absent(t, s, key)
				return
			}
			got, found := read(t, s, key)
			assert.Equal(t, tt.is, got)
			assert.Equal(t, before, found)
		})
	}
	t.Run("an etag of before", func(t *testing.T) {
		first := put(t, s, "x", "one", "")
		second := put(t, s, "x", "two", first)
		_, err := s.Put(t.Context(), "x", strings.NewReader("three"), first)
		require.ErrorIs(t, err, object.ErrChanged)
		put(t, s, "x", "three", second)
	})
	t.Run("an etag of what was deleted", func(t *testing.T) {
		first := put(t, s, "y", "one", "")
		require.NoError(t, s.Delete(t.Context(), "y"))
		_, err := s.Put(t.Context(), "y", strings.NewReader("two"), first)
		require.ErrorIs(t, err, object.ErrChanged)
		put(t, s, "y", "two", "")
	})
}

func remove(t *testing.T, s object.Store) {
	put(t, s, "a/b/c", "one", "")
	put(t, s, "a/b2", "two", "")
	require.NoError(t, s.Delete(t.Context(), "a/b/c"))
	absent(t, s, "a/b/c")
	assert.Equal(t, []string{"a/b2"}, listed(t, s, ""))

	for _, key := range []string{"a/b/c", "a/b", "a", "never/was"} {
		assert.NoError(t, s.Delete(t.Context(), key), "there is no %s", key)
	}
	assert.Equal(t, []string{"a/b2"}, listed(t, s, ""))
	put(t, s, "a/b", "where others lay", "")
}

func list(t *testing.T, s object.Store) {
	assert.Empty(t, listed(t, s, ""), "nothing is there")
	assert.Empty(t, listed(t, s, "no/such/"))

	// By bytes: "-" and "." are before "/", which is before digits and letters.
	all := []string{"a", "b-c", "b.d", "b/c", "b/c-d/e", "b/c0", "b/ä", "b0", "ba/x", "ä/x"}
	for i := range all {
		put(t, s, all[(i*7)%len(all)], "x", "")
	}
	for _, tt := range []struct {
		prefix string
		want   []string
	}{
		{"", all},
		{"b/", []string{"b/c", "b/c-d/e", "b/c0", "b/ä"}},
		{"b", []string{"b-c", "b.d", "b/c", "b/c-d/e", "b/c0", "b/ä", "b0", "ba/x"}},
		{"b/c", []string{"b/c", "b/c-d/e", "b/c0"}},
		{"b/c-d", []string{"b/c-d/e"}},
		{"b/c-d/e", []string{"b/c-d/e"}},
		{"b/c-d/e/", nil},
		{"ä", []string{"ä/x"}},
		{"A", nil},
		{"b/c0/none", nil},
	} {
		assert.Equal(t, tt.want, listed(t, s, tt.prefix), "prefix %q", tt.prefix)
	}
}

// listMany lists more than S3 gives in one page, which is 1000.
func listMany(t *testing.T, s object.Store) {
	want := make([]string, 1001)
	for i := range want {
		want[i] = fmt.Sprintf("many/%04d", i)
	}
	var done sync.WaitGroup
	for i := range writers {
		done.Go(func() {
			for n := i; n < len(want); n += writers {
				_, err := s.Put(t.Context(), want[n], strings.NewReader(""), object.Any)
				assert.NoError(t, err)
			}
		})
	}
	done.Wait()
	assert.Equal(t, want, listed(t, s, "many/"))
}

func listStops(t *testing.T, s object.Store) {
	put(t, s, "a/1", "x", "")
	put(t, s, "a/2", "x", "")
	enough := errors.New("enough")
	var seen []string
	err := s.List(t.Context(), "a/", func(key string) error {
		seen = append(seen, key)
		return enough
	})
	assert.ErrorIs(t, err, enough)
	assert.Equal(t, []string{"a/1"}, seen)
}

func keys(t *testing.T, s object.Store) {
	all := []string{
		"site=example.com/dt=2026-11-20/part.parquet",
		"with blanks / on both sides ",
		"umläute/süß",
		"emoji/🙂",
		"signs/!\"#$%&'()*+,-:;<=>?@[]^_`{|}~",
		"percent/%2F%20+",
		"query/a?b=c&d#e",
		"dots/a..b.",
		"_started/_temporary",
		strings.Repeat("long/", 50) + strings.Repeat("a", 200),
		strings.Repeat(strings.Repeat("b", 200)+"/", 5) + strings.Repeat("c", 19), // 1024 bytes
	}
	slices.Sort(all)
	for _, key := range all {
		etag := put(t, s, key, "in "+key, "")
		put(t, s, key, "in "+key, etag)
	}
	assert.Equal(t, all, listed(t, s, ""))
	for _, key := range all {
		body, etag := read(t, s, key)
		assert.Equal(t, "in "+key, body)
		assert.Equal(t, etag, etagOf(t, s, key))
		require.NoError(t, s.Delete(t.Context(), key))
		absent(t, s, key)
	}
}

func badKeys(t *testing.T, s object.Store) {
	put(t, s, "a/b", "safe", "")
	for _, key := range []string{
		"", "/", "/a", "a/", "a//b", ".", "..", "./a", "../a", "a/.", "a/..", "a/./b", "a/../b", "../../etc/passwd",
		".lock", ".tmp/x", "a/.hidden", "a\x00b", "a\nb", "a\tb", "a\x7fb", "a\u0085b", "a\uFFFEb", "a\xffb",
		strings.Repeat("x/", 512) + "y", strings.Repeat("x", 256),
	} {
		refused := func(what string, err error) {
			t.Helper()
			require.Error(t, err, "%s %q", what, key)
			assert.NotErrorIs(t, err, object.ErrNotFound, "%s %q", what, key)
			assert.NotErrorIs(t, err, object.ErrChanged, "%s %q", what, key)
		}
		for _, old := range []string{"", object.Any, "etag"} {
			_, err := s.Put(t.Context(), key, strings.NewReader("x"), old)
			refused("Put", err)
		}
		_, _, err := s.Open(t.Context(), key)
		refused("Open", err)
		_, err = s.ETag(t.Context(), key)
		refused("ETag", err)
		refused("Delete", s.Delete(t.Context(), key))
		if key != "" && key != "a/" { // which are prefixes
			refused("List", s.List(t.Context(), key, func(string) error { return nil }))
		}
	}
	assert.Equal(t, []string{"a/b"}, listed(t, s, ""))
	got, _ := read(t, s, "a/b")
	assert.Equal(t, "safe", got)
}

func cancelled(t *testing.T, s object.Store) {
	etag := put(t, s, "a", "one", "")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, old := range []string{"", object.Any, etag} {
		_, err := s.Put(ctx, "a", strings.NewReader("two"), old)
		assert.ErrorIs(t, err, context.Canceled)
	}
	_, _, err := s.Open(ctx, "a")
	assert.ErrorIs(t, err, context.Canceled)
	_, err = s.ETag(ctx, "a")
	assert.ErrorIs(t, err, context.Canceled)
	assert.ErrorIs(t, s.Delete(ctx, "a"), context.Canceled)
	assert.ErrorIs(t, s.List(ctx, "", func(string) error { return nil }), context.Canceled)

	got, found := read(t, s, "a")
	assert.Equal(t, "one", got)
	assert.Equal(t, etag, found)
}

// noise is content that neither compresses nor repeats, the same each time.
func noise(size int) []byte {
	content := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(content) // never fails
	return content
}

func put(t *testing.T, s object.Store, key, content, old string) (etag string) {
	t.Helper()
	etag, err := s.Put(t.Context(), key, strings.NewReader(content), old)
	require.NoError(t, err)
	return etag
}

func read(t *testing.T, s object.Store, key string) (content, etag string) {
	t.Helper()
	body, etag, err := s.Open(t.Context(), key)
	require.NoError(t, err)
	defer body.Close()
	all, err := io.ReadAll(body)
	require.NoError(t, err)
	return string(all), etag
}

func etagOf(t *testing.T, s object.Store, key string) string {
	t.Helper()
	etag, err := s.ETag(t.Context(), key)
	require.NoError(t, err)
	return etag
}

func absent(t *testing.T, s object.Store, key string) {
	t.Helper()
	_, _, err := s.Open(t.Context(), key)
	assert.ErrorIs(t, err, object.ErrNotFound, key)
	assert.Empty(t, etagOf(t, s, key), key)
}

func listed(t *testing.T, s object.Store, prefix string) (keys []string) {
	t.Helper()
	require.NoError(t, s.List(t.Context(), prefix, func(key string) error {
		keys = append(keys, key)
		return nil
	}))
	return keys
}
