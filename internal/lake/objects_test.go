package lake_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine"
	"darksocial/internal/lake"
	"darksocial/internal/object"
)

// listed is an object as List tells of it.
type listed struct {
	key  string
	size int64
}

func listObjects(t *testing.T, o *lake.S3Objects, bucket, prefix string) (all []listed) {
	t.Helper()
	require.NoError(t, o.List(t.Context(), bucket, prefix, func(key string, size int64, modified time.Time) error {
		assert.WithinDuration(t, time.Now(), modified, 24*time.Hour) // another machine's clock
		all = append(all, listed{key, size})
		return nil
	}))
	return all
}

func TestS3Objects(t *testing.T) {
	cfg := engine.S3(t)
	client, bucket := engine.S3Client(cfg), newBucket(t, cfg)
	for _, key := range []string{"cdn/2026/a.gz", "cdn/b c+ä%.gz", "cdn-other/c.gz", "d.gz"} {
		_, err := client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: strings.NewReader(key)})
		require.NoError(t, err)
	}
	objects := lake.NewS3Objects(client)
	a, b, c, d := listed{"cdn/2026/a.gz", 13}, listed{"cdn/b c+ä%.gz", 14}, listed{"cdn-other/c.gz", 14}, listed{"d.gz", 4}
	for prefix, want := range map[string][]listed{"": {c, a, b, d}, "cdn/": {a, b}, "cdn": {c, a, b}, "cdn/2026/a": {a}, "e": nil} {
		assert.ElementsMatch(t, want, listObjects(t, objects, bucket, prefix), "prefix %q", prefix)
	}

	t.Run("read", func(t *testing.T) {
		body, err := objects.Read(t.Context(), bucket, b.key)
		require.NoError(t, err)
		defer body.Close()
		content, err := io.ReadAll(body)
		require.NoError(t, err)
		assert.Equal(t, b.key, string(content))
	})
	t.Run("open", func(t *testing.T) {
		opened, err := objects.Open(t.Context(), bucket, d.key, "")
		require.NoError(t, err)
		defer opened.Body.Close()
		assert.NotContains(t, opened.ETag, `"`)
		assert.WithinDuration(t, time.Now(), opened.Modified, 24*time.Hour)
	})
	t.Run("nothing there", func(t *testing.T) {
		_, err := objects.Read(t.Context(), bucket, "missing")
		require.ErrorIs(t, err, object.ErrNotFound)
		none := engine.Name(t)
		_, err = objects.Read(t.Context(), none, d.key)
		require.Error(t, err)
		require.NotErrorIs(t, err, object.ErrNotFound, "a mistake in the name of the bucket is no missing object")
		err = objects.List(t.Context(), none, "cdn/", func(string, int64, time.Time) error { return nil })
		require.ErrorContains(t, err, "list s3://"+none+"/cdn/")
	})
	t.Run("error of each", func(t *testing.T) {
		enough, calls := errors.New("enough"), 0
		require.ErrorIs(t, objects.List(t.Context(), bucket, "", func(string, int64, time.Time) error { calls++; return enough }), enough)
		assert.Equal(t, 1, calls)
	})
	t.Run("cancelled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.ErrorIs(t, objects.List(ctx, bucket, "", func(string, int64, time.Time) error { return nil }), context.Canceled)
	})
}

// TestS3ObjectsMany: an answer of S3 lists a thousand objects.
func TestS3ObjectsMany(t *testing.T) {
	cfg := engine.S3(t)
	client, bucket := engine.S3Client(cfg), newBucket(t, cfg)
	const n = 1005
	want := make([]listed, n)
	numbers := make(chan int)
	var writers sync.WaitGroup
	for range 8 {
		writers.Go(func() {
			for i := range numbers {
				want[i] = listed{fmt.Sprintf("cdn/%04d.gz", i), 1}
				_, err := client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: &want[i].key, Body: bytes.NewReader([]byte("x"))})
				assert.NoError(t, err)
			}
		})
	}
	for i := range n {
		numbers <- i
	}
	close(numbers)
	writers.Wait()
	assert.Equal(t, want, listObjects(t, lake.NewS3Objects(client), bucket, "cdn/"))
}

func TestFolderObjects(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "bucket", "cdn"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "bucket", "cdn", "a.gz"), []byte("content"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(dir), "outside"), nil, 0o644))
	objects := lake.NewFolderObjects(dir)
	opened, err := objects.Open(t.Context(), "bucket", "cdn/a.gz", "")
	require.NoError(t, err)
	content, err := io.ReadAll(opened.Body)
	require.NoError(t, err)
	assert.Equal(t, "content", string(content))
	assert.Equal(t, "9a0364b9e99bb480dd25e1f0284c8555", opened.ETag, "the MD5 of the content")
	_, err = objects.Open(t.Context(), "bucket", "cdn/b.gz", "")
	require.ErrorIs(t, err, object.ErrNotFound)
	for _, key := range []string{"../../outside", "../../../etc/passwd"} {
		_, err = objects.Open(t.Context(), "bucket", key, "")
		require.Error(t, err, "out of the folder")
	}
}
