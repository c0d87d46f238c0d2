package lake_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine"
	"darksocial/internal/lake"
	"darksocial/internal/lake/laketest"
	"darksocial/internal/object"
)

func TestMain(m *testing.M) { engine.Main(m) }

func TestS3(t *testing.T) {
	laketest.Run(t, func(t *testing.T) object.Store {
		cfg := engine.S3(t)
		return lake.NewS3(engine.S3Client(cfg), newBucket(t, cfg))
	})
}

// TestS3LostAnswer loses the answer to a Put that was done, so that the SDK sends
// the object a second time.
func TestS3LostAnswer(t *testing.T) {
	for _, tt := range []struct {
		name  string
		there string // "" if there is nothing
		old   func(etag string) string
	}{
		{"nothing was there", "", func(string) string { return "" }},
		{"over what was named", "old", func(etag string) string { return etag }},
		{"over whatever", "old", func(string) string { return object.Any }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, other, wire := brokenLake(t)
			before := ""
			if tt.there != "" {
				before = put(t, other, tt.there, "")
			}
			wire.lose = 1
			etag, err := l.Put(t.Context(), "key", strings.NewReader("new"), tt.old(before))
			require.NoError(t, err)
			assert.EqualValues(t, 2, wire.puts.Load(), "the object was sent twice")
			assert.Equal(t, "new", read(t, other))
			now, err := other.ETag(t.Context(), "key")
			require.NoError(t, err)
			assert.Equal(t, now, etag)
			put(t, other, "newer", etag)
		})
	}
}

// TestS3LostAnswerAndReplaced has somebody else replace the object between the Put
// that was done and the one that is sent again.
func TestS3LostAnswerAndReplaced(t *testing.T) {
	for _, theirs := range []string{"theirs", "ours"} {
		t.Run("by "+theirs, func(t *testing.T) {
			l, other, wire := brokenLake(t)
			wire.lose = 1
			wire.between = func() { put(t, other, theirs, object.Any) }
			_, err := l.Put(t.Context(), "key", strings.NewReader("ours"), "")
			require.ErrorIs(t, err, object.ErrChanged)
			assert.EqualValues(t, 2, wire.puts.Load())
			assert.Equal(t, theirs, read(t, other))
		})
	}
}

// TestS3SameContentIsNotOurs has somebody else write the very same bytes first: he
// won, with or without a second try on our side.
func TestS3SameContentIsNotOurs(t *testing.T) {
	for _, refuse := range []int{0, 1} {
		l, other, wire := brokenLake(t)
		put(t, other, "same", "")
		wire.refuse = refuse
		_, err := l.Put(t.Context(), "key", strings.NewReader("same"), "")
		require.ErrorIs(t, err, object.ErrChanged)
		assert.EqualValues(t, 1+refuse, wire.puts.Load())
	}
}

// TestS3Refusals gives each of the answers by which AWS refuses a conditional
// write; the engine has no 409. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
func TestS3Refusals(t *testing.T) {
	for _, tt := range []struct {
		status      int
		code        string
		old         string
		wantChanged bool
	}{
		{412, "PreconditionFailed", "", true},
		{412, "PreconditionFailed", `"etag"`, true},
		{409, "ConditionalRequestConflict", "", true},
		{409, "ConditionalRequestConflict", `"etag"`, true},
		{404, "NoSuchKey", `"etag"`, true},
		{404, "NoSuchKey", "", false},
		{404, "NoSuchBucket", `"etag"`, false},
		{409, "OperationAborted", `"etag"`, false},
		{403, "AccessDenied", `"etag"`, false},
		{400, "EntityTooLarge", object.Any, false},
	} {
		t.Run(tt.code+" "+tt.old, func(t *testing.T) {
			l, _, wire := brokenLake(t)
			wire.status, wire.code = tt.status, tt.code
			_, err := l.Put(t.Context(), "key", strings.NewReader("x"), tt.old)
			require.Error(t, err)
			assert.Equal(t, tt.wantChanged, errors.Is(err, object.ErrChanged), "%v", err)
			if !tt.wantChanged {
				var api smithy.APIError
				require.ErrorAs(t, err, &api)
				assert.Equal(t, tt.code, api.ErrorCode())
			}
		})
	}
}

func TestS3NoBucket(t *testing.T) {
	l := lake.NewS3(engine.S3Client(engine.S3(t)), engine.Name(t))
	_, _, err := l.Open(t.Context(), "key")
	require.Error(t, err)
	assert.NotErrorIs(t, err, object.ErrNotFound, "a mistake in the configuration is not an empty lake")
	_, err = l.Put(t.Context(), "key", strings.NewReader("x"), `"etag"`)
	require.Error(t, err)
	assert.NotErrorIs(t, err, object.ErrChanged)
	require.Error(t, l.List(t.Context(), "", func(string) error { return nil }))
}

// TestS3ListLeavesOut has objects in the bucket that are not the lake's.
func TestS3ListLeavesOut(t *testing.T) {
	cfg := engine.S3(t)
	client, bucket := engine.S3Client(cfg), newBucket(t, cfg)
	for _, key := range []string{"folder/", "folder/object", "folder/.hidden"} {
		_, err := client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: bytes.NewReader(nil)})
		require.NoError(t, err)
	}
	var keys []string
	require.NoError(t, lake.NewS3(client, bucket).List(t.Context(), "", func(key string) error {
		keys = append(keys, key)
		return nil
	}))
	assert.Equal(t, []string{"folder/object"}, keys)
}

func newBucket(t *testing.T, cfg aws.Config) string {
	t.Helper()
	name := engine.Name(t)
	_, err := engine.S3Client(cfg).CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name})
	require.NoError(t, err)
	return name
}
