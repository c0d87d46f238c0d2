package job_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/dynamo"
	"darksocial/internal/engine"
	"darksocial/internal/lake"
)

// faultyWorld is the AWS pair behind faults. Nothing waits between tries.
func faultyWorld(t *testing.T) (w *world, table, bucket *engine.Faults) {
	w = newWorld(t)
	cfg := engine.DynamoDB(t)
	plain := dynamodb.NewFromConfig(cfg)
	name := engine.Name(t)
	require.NoError(t, dynamo.Create(context.Background(), plain, name))
	cfg.Retryer = atOnce
	table = engine.Break(&cfg)
	store := dynamo.New(dynamodb.NewFromConfig(cfg), name)
	store.Pause = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	w.blocks, w.kv = store, store

	cfg = engine.S3(t)
	bucketName := newBucket(t, engine.S3Client(cfg))
	cfg.Retryer = atOnce
	bucket = engine.Break(&cfg)
	w.lake = lake.NewS3(engine.S3Client(cfg), bucketName)
	return w, table, bucket
}

// atOnce tries again as often as the functions do, and waits for nothing.
func atOnce() aws.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.MaxAttempts = 5
		o.RateLimiter = ratelimit.None
		o.Backoff = retry.BackoffDelayerFunc(func(int, error) (time.Duration, error) { return 0, nil })
	})
}

// TestThrottled: with half of all requests refused, and half of the items of
// batches left undone, who tries again loses nothing.
func TestThrottled(t *testing.T) {
	log := sample(t, 7, 200)
	calm := embeddedWorld(t)
	calm.label(log)
	want := calm.rollUp()
	ctx := context.Background()

	w, table, bucket := faultyWorld(t)
	table.Refuse(2)
	table.Halve(2)
	bucket.Refuse(2)
	again := func(do func() error) {
		t.Helper()
		for range 5 { // as the queue does, or the scheduler
			if do() == nil {
				return
			}
		}
		t.Fatal("it never came through")
	}
	again(func() error {
		_, err := w.labeler().File(ctx, "log", bytes.NewReader(log), midnight, nil)
		return err
	})
	again(func() error {
		_, err := w.roller().Day(ctx, w.site, w.day(), false)
		return err
	})
	table.Refuse(0)
	bucket.Refuse(0)
	assert.Equal(t, want, w.tables())
	assert.Equal(t, countLines(log), w.lines())
}

// TestStoreDown: while a store is down nothing is acknowledged, and when it is
// back everything that was sent again is there once.
func TestStoreDown(t *testing.T) {
	ctx := context.Background()
	event := eventFile(t, "label", "sqs-s3.json")
	calm := embeddedWorld(t)
	_, err := calm.events().Handle(ctx, event)
	require.NoError(t, err)
	want := calm.rollUp()

	for name, which := range map[string]func(table, bucket *engine.Faults) *engine.Faults{
		"table":  func(table, _ *engine.Faults) *engine.Faults { return table },
		"bucket": func(_, bucket *engine.Faults) *engine.Faults { return bucket },
	} {
		t.Run(name, func(t *testing.T) {
			w, table, bucket := faultyWorld(t)
			down := which(table, bucket)
			down.Down()
			for range 5 { // the queue tries again
				answer, err := w.events().Handle(ctx, event)
				if err == nil { // one object has a line that cannot be kept: its message alone goes back
					require.Equal(t, "bucket", name)
					require.NotEmpty(t, answer)
				}
			}
			_, err := w.roller().Day(ctx, w.site, w.day(), false)
			require.Error(t, err)
			down.Up()
			_, err = w.events().Handle(ctx, event)
			require.NoError(t, err)
			assert.Equal(t, want, w.rollUp())
		})
	}
}
