package engine

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash/crc32"
	"io"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// once lets the SDK try only once.
func once() aws.Retryer { return aws.NopRetryer{} }

func putOne(t *testing.T, client *dynamodb.Client, name string) error {
	_, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &name, Item: item{"pk": binary(1), "sk": binary(1)}})
	return err
}

func count(t *testing.T, name string) int {
	out, err := dynamodb.NewFromConfig(DynamoDB(t)).Scan(t.Context(), &dynamodb.ScanInput{TableName: &name, ConsistentRead: aws.Bool(true)})
	require.NoError(t, err)
	return len(out.Items)
}

func TestRefuse(t *testing.T) {
	cfg := DynamoDB(t)
	cfg.Retryer = once
	faults := Break(&cfg)
	client, name := table(t, cfg)
	require.NoError(t, putOne(t, client, name), "no fault unless asked for")

	faults.Refuse(3)
	var refused []bool
	for range 7 {
		err := putOne(t, client, name)
		refused = append(refused, err != nil)
		if err != nil {
			var throttled *types.ProvisionedThroughputExceededException
			require.ErrorAs(t, err, &throttled)
		}
	}
	assert.Equal(t, []bool{false, false, true, false, false, true, false}, refused)
	assert.Equal(t, 8, faults.Requests("PutItem"))

	faults.Refuse(0)
	for range 4 {
		require.NoError(t, putOne(t, client, name))
	}
}

// TestRefusedIsTriedAgain: to the SDK it is the answer of AWS.
func TestRefusedIsTriedAgain(t *testing.T) {
	cfg := DynamoDB(t)
	cfg.Retryer = func() aws.Retryer {
		return retry.NewStandard(func(o *retry.StandardOptions) {
			o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
		})
	}
	faults := Break(&cfg)
	client, name := table(t, cfg)
	faults.Refuse(2)
	require.NoError(t, putOne(t, client, name))
	require.NoError(t, putOne(t, client, name), "refused, then done")
	assert.Equal(t, 3, faults.Requests("PutItem"))
	faults.Refuse(1)
	require.Error(t, putOne(t, client, name))
	assert.Equal(t, 6, faults.Requests("PutItem"), "three tries")
	faults.Refuse(0)
	faults.Down()
	require.Error(t, putOne(t, client, name))
	assert.Equal(t, 9, faults.Requests("PutItem"), "three tries")
}

func TestHalve(t *testing.T) {
	cfg := DynamoDB(t)
	cfg.Retryer = once
	faults := Break(&cfg)
	client, name := table(t, cfg)
	_, other := table(t, cfg)
	todo := map[string][]types.WriteRequest{}
	for i := range 25 {
		into := name
		if i >= 20 {
			into = other
		}
		todo[into] = append(todo[into], put(item{"pk": binary(1), "sk": binary(byte(i))}))
	}

	faults.Halve(1)
	var left []int
	for len(todo) > 0 {
		out, err := client.BatchWriteItem(t.Context(), &dynamodb.BatchWriteItemInput{RequestItems: todo})
		require.NoError(t, err)
		todo = out.UnprocessedItems
		left = append(left, len(todo[name])+len(todo[other]))
		assert.Equal(t, 25-left[len(left)-1], count(t, name)+count(t, other), "what is not called unprocessed is there, and nothing else")
	}
	assert.Equal(t, []int{12, 6, 3, 1, 0}, left)

	faults.Halve(2)
	for _, want := range []int{0, 1} {
		out, err := client.BatchWriteItem(t.Context(), &dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{
			name: {put(item{"pk": binary(2), "sk": binary(1)}), put(item{"pk": binary(2), "sk": binary(2)})},
		}})
		require.NoError(t, err)
		assert.Len(t, out.UnprocessedItems[name], want)
	}
}

// TestHalvedIsSound: AWS checks the signature of what it gets, and the SDK the
// checksum of the answer, which the engine of the tests does not send.
func TestHalvedIsSound(t *testing.T) {
	cfg := DynamoDB(t)
	seen := &record{next: cfg.HTTPClient}
	cfg.HTTPClient = seen
	faults := Break(&cfg)
	got := &record{next: faults}
	cfg.HTTPClient = got
	client, name := table(t, cfg)
	faults.Halve(1)
	_, err := client.BatchWriteItem(t.Context(), &dynamodb.BatchWriteItemInput{RequestItems: map[string][]types.WriteRequest{
		name: {put(item{"pk": binary(2), "sk": binary(1)}), put(item{"pk": binary(2), "sk": binary(2)})},
	}})
	require.NoError(t, err)
	assert.Empty(t, got.answered.Get("X-Amz-Crc32"), "that of the whole answer")

	body, err := seen.last.GetBody()
	require.NoError(t, err)
	text, err := io.ReadAll(body)
	require.NoError(t, err)
	assert.Equal(t, 1, bytes.Count(text, []byte("PutRequest")))
	sum := sha256.Sum256(text)
	keys, err := cfg.Credentials.Retrieve(t.Context())
	require.NoError(t, err)
	at, err := time.Parse("20060102T150405Z", seen.last.Header.Get("X-Amz-Date"))
	require.NoError(t, err)
	again := seen.last.Clone(t.Context())
	again.Header.Del("Authorization")
	require.NoError(t, v4.NewSigner().SignHTTP(t.Context(), keys, again, hex.EncodeToString(sum[:]), "dynamodb", cfg.Region, at))
	assert.Equal(t, again.Header.Get("Authorization"), seen.last.Header.Get("Authorization"))
}

// record notes the last request, and adds the checksum to an answer that AWS sends.
type record struct {
	next aws.HTTPClient
	last *http.Request

	answered http.Header // before that
}

func (r *record) Do(request *http.Request) (*http.Response, error) {
	r.last = request
	response, err := r.next.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	r.answered = response.Header.Clone()
	response.Body = io.NopCloser(bytes.NewReader(body))
	response.Header.Set("X-Amz-Crc32", strconv.FormatUint(uint64(crc32.ChecksumIEEE(body)), 10))
	return response, err
}

func TestDown(t *testing.T) {
	cfg := DynamoDB(t)
	cfg.Retryer = once
	faults := Break(&cfg)
	client, name := table(t, cfg)
	faults.Down()
	assert.ErrorContains(t, putOne(t, client, name), "connection refused")
	assert.ErrorContains(t, putOne(t, client, name), "connection refused")
	assert.Zero(t, count(t, name))
	faults.Up()
	require.NoError(t, putOne(t, client, name))
	assert.Equal(t, 1, count(t, name))
}

func TestFaultsOfS3(t *testing.T) {
	cfg := S3(t)
	cfg.Retryer = once
	faults := Break(&cfg)
	client, name := S3Client(cfg), Name(t)
	_, err := client.CreateBucket(t.Context(), &s3.CreateBucketInput{Bucket: &name})
	require.NoError(t, err)
	write := func() error {
		_, err := client.PutObject(t.Context(), &s3.PutObjectInput{Bucket: &name, Key: new("k"), Body: bytes.NewReader([]byte("v"))})
		return err
	}
	faults.Refuse(1)
	status, code := refusal(t, write())
	assert.Equal(t, http.StatusServiceUnavailable, status)
	assert.Equal(t, "SlowDown", code)
	faults.Refuse(0)
	faults.Down()
	assert.ErrorContains(t, write(), "connection refused")
	faults.Up()
	require.NoError(t, write())
	assert.Equal(t, 4, faults.Requests("PUT"), "the bucket, and three times the object")
}
