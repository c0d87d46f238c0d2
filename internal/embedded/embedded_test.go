package embedded

import (
	"bytes"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/ledger"
	"darksocial/internal/ledger/ledgertest"
)

// open opens a store that is closed when the test ends.
func open(t testing.TB, dir string, now time.Time) *Store {
	t.Helper()
	s, err := Open(dir, now)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	return s
}

func TestContract(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) (ledger.Blocks, ledger.KV) {
		s := open(t, t.TempDir(), time.Now())
		return s, s
	})
	ledgertest.RunMany(t, func(t *testing.T) ledgertest.ManyKV { return open(t, t.TempDir(), time.Now()) })
	t.Run("reopened", func(t *testing.T) {
		dir := t.TempDir()
		ledgertest.Reopen(t, func(t *testing.T) (ledger.Blocks, ledger.KV, func() error) {
			s, err := Open(dir, time.Now())
			require.NoError(t, err)
			return s, s, s.Close
		})
	})
}

// TestSettings: on each of several connections, not only on the first.
func TestSettings(t *testing.T) {
	s := open(t, t.TempDir(), time.Now())
	for _, db := range []*sql.DB{s.write, s.read, s.read, s.read} {
		conn, err := db.Conn(t.Context())
		require.NoError(t, err)
		defer conn.Close()
		var mode string
		var synchronous int
		require.NoError(t, conn.QueryRowContext(t.Context(), `PRAGMA journal_mode`).Scan(&mode))
		require.NoError(t, conn.QueryRowContext(t.Context(), `PRAGMA synchronous`).Scan(&synchronous))
		assert.Equal(t, "wal", mode)
		assert.Equal(t, 2, synchronous, "FULL: an acknowledged write survives a power cut")
	}
}

// TestFolders: the name of a folder is no part of an address with options.
func TestFolders(t *testing.T) {
	for _, name := range []string{"two words", "per%20cent", "quest?ion", "quest?_synchronous=OFF", "ha#sh", "a&b=c", "ü", "a/b/c", "semi;colon", "quo'te"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), filepath.FromSlash(name))
			ledgertest.Reopen(t, func(t *testing.T) (ledger.Blocks, ledger.KV, func() error) {
				s, err := Open(dir, time.Now())
				require.NoError(t, err)
				return s, s, s.Close
			})
			entries, err := os.ReadDir(dir)
			require.NoError(t, err)
			require.Len(t, entries, 1, "a closed database is one file")
			assert.Equal(t, FileName, entries[0].Name())
		})
	}
}

// edit changes the database without the store.
func edit(t *testing.T, dir, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, FileName))
	require.NoError(t, err)
	_, err = db.Exec(statement)
	require.NoError(t, err)
	require.NoError(t, db.Close())
}

func TestRefused(t *testing.T) {
	closed := func(t *testing.T, dir string) {
		t.Helper()
		s, err := Open(dir, time.Now())
		require.NoError(t, err)
		require.NoError(t, s.Close())
	}
	write := func(t *testing.T, dir, content string) {
		t.Helper()
		require.NoError(t, os.WriteFile(filepath.Join(dir, FileName), []byte(content), 0o600))
	}
	for _, tt := range []struct {
		name    string
		prepare func(t *testing.T, dir string)
		want    string
	}{
		{"newer", func(t *testing.T, dir string) { closed(t, dir); edit(t, dir, `PRAGMA user_version = 99`) }, "version 99, this program knows versions up to 1: update it"},
		{"another program's", func(t *testing.T, dir string) { edit(t, dir, `CREATE TABLE bookmarks (url TEXT)`) }, "another program's database"},
		{"text", func(t *testing.T, dir string) { write(t, dir, strings.Repeat("date\ttime\n", 1000)) }, "it is not a database"},
		{"short text", func(t *testing.T, dir string) { write(t, dir, "hello\n") }, "it is not a database"},
		{"a folder", func(t *testing.T, dir string) { require.NoError(t, os.Mkdir(filepath.Join(dir, FileName), 0o700)) }, "unable to open"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			tt.prepare(t, dir)
			before, _ := os.ReadFile(filepath.Join(dir, FileName)) // a folder has none
			_, err := Open(dir, time.Now())
			require.ErrorContains(t, err, "embedded: open "+filepath.Join(dir, FileName)+": ")
			require.ErrorContains(t, err, tt.want)
			after, _ := os.ReadFile(filepath.Join(dir, FileName))
			assert.Equal(t, before, after, "it was changed")
		})
	}
	t.Run("no folder", func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "file")
		require.NoError(t, os.WriteFile(dir, nil, 0o600))
		_, err := Open(dir, time.Now())
		require.ErrorContains(t, err, dir)
	})
}

// TestDamaged: a damaged file is an error, never an empty day nor half of one.
func TestDamaged(t *testing.T) {
	const page, blocks = 4096, 500
	for _, tt := range []struct {
		name string
		from func(size int) int // damaged from here to the end
	}{
		{"all but the first page", func(int) int { return page }},
		{"the last pages", func(size int) int { return size - 10*page }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			s, err := Open(dir, time.Now())
			require.NoError(t, err)
			all := many("p", blocks, time.Time{})
			for i := range all {
				all[i].Data = bytes.Repeat([]byte("data"), 200)
			}
			require.NoError(t, s.Append(t.Context(), all))
			require.NoError(t, s.Close())
			file := filepath.Join(dir, FileName)
			content, err := os.ReadFile(file)
			require.NoError(t, err)
			damaged := content[tt.from(len(content)):]
			for i := range damaged {
				damaged[i] = 0xff
			}
			require.NoError(t, os.WriteFile(file, content, 0o600))

			found := 0
			s, err = Open(dir, time.Now())
			if err == nil {
				t.Cleanup(func() { assert.NoError(t, s.Close()) })
				err = s.Scan(t.Context(), "p", func(string, []byte) error { found++; return nil })
			}
			require.ErrorContains(t, err, "malformed", "%d blocks were found", found)
			assert.Less(t, found, blocks)
		})
	}
}

func many(partition string, n int, expires time.Time) []ledger.Block {
	blocks := make([]ledger.Block, n)
	for i := range blocks {
		blocks[i] = ledger.Block{Partition: partition, Key: fmt.Sprint(i), Data: []byte("data"), Expires: expires}
	}
	return blocks
}

func keys(t *testing.T, s *Store, partition string) (n int) {
	t.Helper()
	require.NoError(t, s.Scan(t.Context(), partition, func(string, []byte) error { n++; return nil }))
	return n
}

func TestPurge(t *testing.T) {
	dir := t.TempDir()
	start := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	end := start.AddDate(0, 0, 7)
	s, err := Open(dir, start)
	require.NoError(t, err)
	for partition, expires := range map[string]time.Time{
		"before": end.Add(-time.Hour), "then": end, "a little later": end.Add(time.Millisecond), "later": end.Add(time.Hour), "never": {},
	} {
		require.NoError(t, s.Append(t.Context(), many(partition, 1200, expires))) // more than go at once
		made, err := s.Swap(t.Context(), "c", partition, nil, []byte("value"), expires)
		require.NoError(t, err)
		require.True(t, made)
	}
	// Stored again before it expires: the later time counts.
	require.NoError(t, s.Append(t.Context(), many("before", 10, end.Add(time.Hour))))
	made, err := s.Swap(t.Context(), "c", "then", []byte("value"), []byte("next"), end.Add(time.Hour))
	require.NoError(t, err)
	require.True(t, made)
	require.NoError(t, s.Close())

	s = open(t, dir, end)
	assert.Equal(t, 10, keys(t, s, "before"))
	assert.Zero(t, keys(t, s, "then"))
	for _, partition := range []string{"a little later", "later", "never"} {
		assert.Equal(t, 1200, keys(t, s, partition), partition)
	}
	var names []string
	require.NoError(t, s.List(t.Context(), "c", func(name string, _ []byte) error { names = append(names, name); return nil }))
	assert.Equal(t, []string{"a little later", "later", "never", "then"}, names)

	require.NoError(t, s.Purge(t.Context(), end.AddDate(100, 0, 0)))
	for partition, want := range map[string]int{"before": 0, "a little later": 0, "later": 0, "never": 1200} {
		assert.Equal(t, want, keys(t, s, partition), partition)
	}
}

// BenchmarkAppend appends blocks of 20 KB, as a batch of a thousand arrivals is,
// so many in one transaction.
func BenchmarkAppend(b *testing.B) {
	const size = 20_000
	for _, n := range []int{1, 10, 100} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			s := open(b, b.TempDir(), time.Now())
			blocks := make([]ledger.Block, n)
			for i := range blocks {
				content := make([]byte, size)
				_, _ = rand.NewChaCha8([32]byte{byte(i)}).Read(content) // never fails
				blocks[i] = ledger.Block{Partition: fmt.Sprint("example.com/2026-11-20T09/", i%4), Data: content, Expires: time.Now().AddDate(0, 0, 10)}
			}
			r := rand.New(rand.NewPCG(1, 1))
			b.SetBytes(int64(n) * size)
			for b.Loop() {
				for i := range blocks {
					blocks[i].Key = fmt.Sprintf("%016x", r.Uint64()) // in no order, as hashes are
				}
				if err := s.Append(b.Context(), blocks); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*n)/b.Elapsed().Seconds(), "blocks/s")
		})
	}
}
