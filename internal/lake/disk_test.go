package lake_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/lake"
	"darksocial/internal/lake/laketest"
	"darksocial/internal/object"
)

func TestDisk(t *testing.T) {
	laketest.Run(t, func(t *testing.T) object.Store { return openDisk(t, t.TempDir()) })
}

// TestDiskOfTwo runs the suite on a folder that is open twice: the lock of the
// file is what holds the writers apart, as it does with two programs.
func TestDiskOfTwo(t *testing.T) {
	laketest.Run(t, func(t *testing.T) object.Store {
		dir := t.TempDir()
		return &taker{stores: [2]object.Store{openDisk(t, dir), openDisk(t, dir)}}
	})
}

// TestProcesses counts in one object from four processes at once.
func TestProcesses(t *testing.T) {
	const processes, each = 4, 25
	if dir := os.Getenv("LAKE_TEST_DIR"); dir != "" {
		for range each {
			require.NoError(t, laketest.Increment(t, openDisk(t, dir), "count/er"))
		}
		return
	}
	dir := t.TempDir()
	var running []*exec.Cmd
	for range processes {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestProcesses$", "-test.v")
		cmd.Env = append(os.Environ(), "LAKE_TEST_DIR="+dir)
		cmd.Stderr = os.Stderr
		require.NoError(t, cmd.Start())
		t.Cleanup(func() { _ = cmd.Process.Kill() })
		running = append(running, cmd)
	}
	for _, cmd := range running {
		assert.NoError(t, cmd.Wait())
	}
	content, err := os.ReadFile(filepath.Join(dir, "count", "er"))
	require.NoError(t, err)
	assert.Equal(t, "100", string(content))
}

func TestDiskKeepsPlainFiles(t *testing.T) {
	dir := t.TempDir()
	d := openDisk(t, filepath.Join(dir, "made", "for", "it"))
	_, err := d.Put(t.Context(), "site=example.com/part.parquet", strings.NewReader("content"), "")
	require.NoError(t, err)
	content, err := os.ReadFile(filepath.Join(dir, "made/for/it/site=example.com/part.parquet"))
	require.NoError(t, err)
	assert.Equal(t, "content", string(content))

	// The other way round: what somebody copied into the folder is an object.
	require.NoError(t, os.WriteFile(filepath.Join(dir, "made/for/it/copied"), []byte("new"), 0o600))
	etag, err := d.ETag(t.Context(), "copied")
	require.NoError(t, err)
	// printf new | sha256sum | cut -c1-32
	assert.Equal(t, "11507a0e2f5e69d5dfa40a62a1bd7b6e", etag)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "made/for/it/copied"), []byte("wen"), 0o600))
	_, err = d.Put(t.Context(), "copied", strings.NewReader("x"), etag)
	assert.ErrorIs(t, err, object.ErrChanged)
}

// TestDiskSameSizeSameTime replaces content by other content of the same size, and
// sets the old time: nothing but the content tells them apart.
func TestDiskSameSizeSameTime(t *testing.T) {
	dir := t.TempDir()
	d := openDisk(t, dir)
	etag, err := d.Put(t.Context(), "a", strings.NewReader("one"), "")
	require.NoError(t, err)
	info, err := os.Stat(filepath.Join(dir, "a"))
	require.NoError(t, err)
	_, err = d.Put(t.Context(), "a", strings.NewReader("two"), etag)
	require.NoError(t, err)
	require.NoError(t, os.Chtimes(filepath.Join(dir, "a"), info.ModTime(), info.ModTime()))

	_, err = d.Put(t.Context(), "a", strings.NewReader("three"), etag)
	assert.ErrorIs(t, err, object.ErrChanged)
}

func TestDiskLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	d := openDisk(t, dir)
	_, err := d.Put(t.Context(), "a/b/c", strings.NewReader("x"), "")
	require.NoError(t, err)
	_, err = d.Put(t.Context(), "a/b/c", strings.NewReader("x"), "")
	require.ErrorIs(t, err, object.ErrChanged)
	ctx, cancel := context.WithCancel(t.Context())
	_, err = d.Put(ctx, "a/d", cancels{strings.NewReader("some content"), cancel}, object.Any)
	require.ErrorIs(t, err, context.Canceled)
	_, err = d.Put(t.Context(), "a/b", strings.NewReader("x"), object.Any)
	require.Error(t, err, "a folder of other objects is there")
	_, err = d.Put(t.Context(), "a/b/c/d", strings.NewReader("x"), object.Any)
	require.Error(t, err, "an object is there where a folder would be")

	assert.Equal(t, []string{".lock", ".tmp", "a", "a/b", "a/b/c"}, walk(t, dir))
	require.NoError(t, d.Delete(t.Context(), "a/b/c"))
	assert.Equal(t, []string{".lock", ".tmp"}, walk(t, dir))
}

func TestOpenDiskRemovesWhatWasLeft(t *testing.T) {
	dir := t.TempDir()
	openDisk(t, dir)
	for name, age := range map[string]time.Duration{"new": 0, "young": 23 * time.Hour, "old": 25 * time.Hour} {
		path := filepath.Join(dir, ".tmp", name)
		require.NoError(t, os.WriteFile(path, []byte("half"), 0o600))
		then := time.Now().Add(-age)
		require.NoError(t, os.Chtimes(path, then, then))
	}
	d := openDisk(t, dir)
	assert.Equal(t, []string{".tmp", ".tmp/new", ".tmp/young"}, walk(t, dir))
	require.NoError(t, d.List(t.Context(), "", func(key string) error {
		assert.Fail(t, "listed "+key)
		return nil
	}))
}

func TestOpenDiskFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	_, err := lake.OpenDisk(file)
	require.Error(t, err)
}

// TestDiskWaitsNoLongerThanAsked has the lock elsewhere: who waits for it gives up
// with its context, and reading waits for nobody.
func TestDiskWaitsNoLongerThanAsked(t *testing.T) {
	dir := t.TempDir()
	d := openDisk(t, dir)
	_, err := d.Put(t.Context(), "a", strings.NewReader("x"), "")
	require.NoError(t, err)
	lock := flock.New(filepath.Join(dir, ".lock"))
	require.NoError(t, lock.Lock())
	defer func() { assert.NoError(t, lock.Unlock()) }()

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = d.Put(ctx, "a", strings.NewReader("y"), object.Any)
	require.ErrorIs(t, err, context.DeadlineExceeded)
	body, _, err := d.Open(t.Context(), "a")
	require.NoError(t, err)
	require.NoError(t, body.Close())
}

func openDisk(t *testing.T, dir string) *lake.Disk {
	t.Helper()
	d, err := lake.OpenDisk(dir)
	require.NoError(t, err)
	return d
}

// walk is everything below a folder.
func walk(t *testing.T, dir string) (names []string) {
	t.Helper()
	require.NoError(t, filepath.Walk(dir, func(path string, _ os.FileInfo, err error) error {
		if path != dir {
			names = append(names, filepath.ToSlash(strings.TrimPrefix(path, dir+string(filepath.Separator))))
		}
		return err
	}))
	return names
}

// cancels is a body in the middle of which the context ends.
type cancels struct {
	*strings.Reader
	cancel func()
}

func (c cancels) Read(p []byte) (int, error) {
	c.cancel()
	return c.Reader.Read(p[:1])
}

func BenchmarkDiskETag20MB(b *testing.B) {
	d, err := lake.OpenDisk(b.TempDir())
	require.NoError(b, err)
	_, err = d.Put(b.Context(), "a", strings.NewReader(strings.Repeat("x", 20<<20)), "")
	require.NoError(b, err)
	b.SetBytes(20 << 20)
	for b.Loop() {
		_, err := d.ETag(b.Context(), "a")
		require.NoError(b, err)
	}
}
