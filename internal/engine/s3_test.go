package engine

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/smithy-go"
)

func bucket(t *testing.T) (*s3.Client, string) {
	t.Helper()
	client, name := S3Client(S3(t)), Name(t)
	_, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name})
	require.NoError(t, err)
	return client, name
}

// refusal is the status and the code of an answer.
func refusal(t *testing.T, err error) (status int, code string) {
	t.Helper()
	var response *awshttp.ResponseError
	require.ErrorAs(t, err, &response)
	var api smithy.APIError
	require.True(t, errors.As(err, &api), err)
	return response.HTTPStatusCode(), api.ErrorCode()
}

func TestS3Put(t *testing.T) {
	client, name := bucket(t)
	write := func(key, body string, set func(*s3.PutObjectInput)) (etag string, err error) {
		in := &s3.PutObjectInput{Bucket: &name, Key: &key, Body: bytes.NewReader([]byte(body))}
		if set != nil {
			set(in)
		}
		out, err := client.PutObject(t.Context(), in)
		if err != nil {
			return "", err
		}
		return *out.ETag, nil
	}
	ifMatch := func(etag string) func(*s3.PutObjectInput) {
		return func(in *s3.PutObjectInput) { in.IfMatch = &etag }
	}
	ifNew := func(in *s3.PutObjectInput) { star := "*"; in.IfNoneMatch = &star }
	content := func(key string) string {
		out, err := client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: &name, Key: &key})
		require.NoError(t, err)
		defer out.Body.Close()
		body, err := io.ReadAll(out.Body)
		require.NoError(t, err)
		return string(body)
	}

	first, err := write("site=a/dt=b/x.parquet", "one", ifNew)
	require.NoError(t, err)
	_, err = write("site=a/dt=b/x.parquet", "two", ifNew)
	status, code := refusal(t, err)
	assert.Equal(t, http.StatusPreconditionFailed, status)
	assert.Equal(t, "PreconditionFailed", code)
	assert.Equal(t, "one", content("site=a/dt=b/x.parquet"))

	second, err := write("site=a/dt=b/x.parquet", "three", ifMatch(first))
	require.NoError(t, err)
	assert.NotEqual(t, first, second)
	assert.Equal(t, "three", content("site=a/dt=b/x.parquet"))

	_, err = write("site=a/dt=b/x.parquet", "four", ifMatch(first))
	status, code = refusal(t, err)
	assert.Equal(t, http.StatusPreconditionFailed, status)
	assert.Equal(t, "PreconditionFailed", code)
	assert.Equal(t, "three", content("site=a/dt=b/x.parquet"))

	_, err = write("nothing/there", "five", ifMatch(first))
	status, code = refusal(t, err)
	assert.Equal(t, http.StatusNotFound, status)
	assert.Equal(t, "NoSuchKey", code)
	_, err = client.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: &name, Key: new("nothing/there")})
	assert.Error(t, err, "it was not written")

	// Asked for, encryption is accepted; whether it is done is not the engine's to say.
	_, err = write("sealed", "six", func(in *s3.PutObjectInput) { in.ServerSideEncryption = types.ServerSideEncryptionAes256 })
	require.NoError(t, err)
	assert.Equal(t, "six", content("sealed"))
}

func TestS3Get(t *testing.T) {
	client, name := bucket(t)
	out, err := client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &name, Key: new("k"), Body: bytes.NewReader([]byte("v"))})
	require.NoError(t, err)

	got, err := client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: &name, Key: new("k"), IfMatch: out.ETag})
	require.NoError(t, err)
	defer got.Body.Close()
	assert.Equal(t, *out.ETag, *got.ETag)

	_, err = client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: &name, Key: new("k"), IfMatch: new(`"00000000000000000000000000000000"`)})
	status, code := refusal(t, err)
	assert.Equal(t, http.StatusPreconditionFailed, status)
	assert.Equal(t, "PreconditionFailed", code)

	_, err = client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: &name, Key: new("none"), IfMatch: out.ETag})
	status, code = refusal(t, err)
	assert.Equal(t, http.StatusNotFound, status)
	assert.Equal(t, "NoSuchKey", code)

	_, err = client.GetObject(t.Context(), &s3.GetObjectInput{Bucket: &name, Key: new("k"), IfNoneMatch: out.ETag})
	var unchanged *awshttp.ResponseError
	require.ErrorAs(t, err, &unchanged)
	assert.Equal(t, http.StatusNotModified, unchanged.HTTPStatusCode())
}

// TestS3KnowsItsKeys: an engine of another test binary would refuse these.
func TestS3KnowsItsKeys(t *testing.T) {
	cfg := S3(t)
	cfg.Credentials = credentials.NewStaticCredentialsProvider(accessKey, rand.Text(), "")
	_, err := S3Client(cfg).ListBuckets(t.Context(), &s3.ListBucketsInput{})
	status, code := refusal(t, err)
	assert.Equal(t, http.StatusForbidden, status)
	assert.Equal(t, "SignatureDoesNotMatch", code)

	cfg.Credentials = credentials.NewStaticCredentialsProvider(rand.Text(), secretKey, "")
	_, err = S3Client(cfg).ListBuckets(t.Context(), &s3.ListBucketsInput{})
	assert.Error(t, err)
}
