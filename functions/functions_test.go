// Package functions holds no code, only the test that runs the functions as they
// are deployed.
package functions

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/dynamo"
	"darksocial/internal/engine"
	"darksocial/internal/job"
	"darksocial/internal/lambdatest"
	"darksocial/internal/parquetfile"
)

func TestMain(m *testing.M) { engine.Main(m) }

const (
	logs = "example-logs" // the bucket that the recorded events name
	day  = "2026-11-20"
)

// deployment is a table and a lake in real engines, and the environment by which
// a function finds them.
type deployment struct {
	s3   *s3.Client
	lake string
	env  []string
}

func deploy(t *testing.T) *deployment {
	ctx := context.Background()
	tables, buckets := engine.DynamoDB(t), engine.S3(t)
	d := &deployment{s3: engine.S3Client(buckets), lake: engine.Name(t)}
	table := engine.Name(t)
	require.NoError(t, dynamo.Create(ctx, dynamodb.NewFromConfig(tables), table))
	for _, bucket := range []string{logs, d.lake} {
		// The events name the bucket of the logs, so all tests share it.
		var there *types.BucketAlreadyOwnedByYou
		if _, err := d.s3.CreateBucket(ctx, &s3.CreateBucketInput{Bucket: &bucket}); !errors.As(err, &there) {
			require.NoError(t, err)
		}
	}
	d.upload(t)
	d.env = append(append(engine.DynamoDBEnv(t, tables), engine.S3Env(t, buckets)...),
		"TABLE="+table, "LAKE_BUCKET="+d.lake, `SITES={"example.com":{"hosts":["example.com"],"shard_bits":1}}`, "LOG_FORMAT=cloudfront",
		"REALTIME_FIELDS=timestamp,sc-status,cs-method,cs-protocol,cs-host,cs-uri-stem,x-edge-request-id,x-host-header,cs-user-agent,cs-referer,cs-uri-query,sc-content-type,c-country")
	return d
}

// upload puts the objects there that the recorded events name.
func (d *deployment) upload(t *testing.T) {
	root := filepath.Join("../events/label/objects", logs)
	require.NoError(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		key, err := filepath.Rel(root, path)
		require.NoError(t, err)
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		bucket, key := logs, filepath.ToSlash(key)
		_, err = d.s3.PutObject(context.Background(), &s3.PutObjectInput{Bucket: &bucket, Key: &key, Body: bytes.NewReader(content)})
		return err
	}))
}

// invoke gives a recorded event to a function.
func invoke(t *testing.T, f *lambdatest.Function, function, name string) []byte {
	t.Helper()
	event, err := os.ReadFile(filepath.Join("../events", function, name))
	require.NoError(t, err)
	answer, err := f.Invoke(context.Background(), event)
	require.NoError(t, err, f.Logs())
	return answer
}

// TestAsDeployed runs the functions' own programs against real engines: what they
// answer is what the handlers answer, and what comes out is the day.
func TestAsDeployed(t *testing.T) {
	d := deploy(t)
	label := lambdatest.Start(t, lambdatest.Build(t, "darksocial/functions/label"), d.env...)
	events, err := filepath.Glob("../events/label/*.want.json")
	require.NoError(t, err)
	require.Len(t, events, 8)
	for _, file := range events {
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		name := strings.TrimSuffix(filepath.Base(file), ".want.json") + ".json"
		assert.JSONEq(t, string(want), string(invoke(t, label, "label", name)), name)
	}
	_, err = label.Invoke(context.Background(), []byte(`{"an":"unknown shape"}`))
	assert.ErrorContains(t, err, "no shape this function knows")
	assert.NotContains(t, label.Logs(), "Mozilla", "no line of a log is logged")

	roll := lambdatest.Start(t, lambdatest.Build(t, "darksocial/functions/rollup"), d.env...)
	var done []job.Outcome
	require.NoError(t, json.Unmarshal(invoke(t, roll, "rollup", "hourly.json"), &done))
	require.Len(t, done, 1)
	assert.Equal(t, "rolled_up", done[0].Status)
	whole := d.table(t, "arrivals")

	for shard := range 2 {
		order, err := json.Marshal(map[string]any{"site": "example.com", "dt": day, "shard": shard})
		require.NoError(t, err)
		_, err = roll.Invoke(context.Background(), order)
		require.NoError(t, err, roll.Logs())
	}
	invoke(t, roll, "rollup", "merge.json")
	assert.Equal(t, whole, d.table(t, "arrivals"), "in shards or not")

	quality := d.table(t, "quality")
	outcomes := map[string]int64{}
	for row, err := range parquetfile.Read[rollup.Quality](bytes.NewReader(quality), int64(len(quality))) {
		require.NoError(t, err)
		outcomes[row.Outcome] += row.Records
	}
	// 57 lines in three objects, 5 in the stream, and the object that is gone.
	assert.Equal(t, int64(57+5+1), outcomes[rollup.Labelled]+outcomes[rollup.Duplicate]+outcomes[rollup.Filtered]+outcomes[rollup.Failed])
	assert.Zero(t, outcomes[rollup.Duplicate], "the same objects came by five events")
}

func (d *deployment) table(t *testing.T, name string) []byte {
	t.Helper()
	return d.tableOf(t, name, day)
}

func (d *deployment) tableOf(t *testing.T, name, day string) []byte {
	t.Helper()
	key := job.TableKey(name, "example.com", day)
	out, err := d.s3.GetObject(context.Background(), &s3.GetObjectInput{Bucket: &d.lake, Key: &key})
	require.NoError(t, err)
	defer out.Body.Close()
	content, err := io.ReadAll(out.Body)
	require.NoError(t, err)
	return content
}

// TestWithoutEnvironment: a function that is set up wrongly says all that is
// missing, at once.
func TestWithoutEnvironment(t *testing.T) {
	for name, tt := range map[string]struct{ env, want string }{
		"label":   {"TABLE=t", "set LAKE_BUCKET, SITES: "},
		"rollup":  {"TABLE=t", "set LAKE_BUCKET, SITES: "},
		"collect": {"CDN_SECRETS=s", "set TABLE, SALT_TABLE, SITES: "},
	} {
		f := lambdatest.Start(t, lambdatest.Build(t, "darksocial/functions/"+name), tt.env)
		_, err := f.Invoke(context.Background(), []byte(`{}`))
		require.Error(t, err)
		assert.Contains(t, f.Logs(), tt.want, name)
	}
}

// TestWithoutLogFields: a log whose keys nobody names could not be read, so the
// function does not begin.
func TestWithoutLogFields(t *testing.T) {
	f := lambdatest.Start(t, lambdatest.Build(t, "darksocial/functions/label"), "TABLE=t", "LAKE_BUCKET=l", `SITES={"example.com":{"hosts":["example.com"]}}`, "LOG_FORMAT=json")
	_, err := f.Invoke(context.Background(), []byte(`{}`))
	require.Error(t, err)
	assert.Contains(t, f.Logs(), "LOG_FORMAT: edge: a log of format json has keys of its own: name them in the site file's")
}
