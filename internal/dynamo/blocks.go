package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"darksocial/internal/ledger"
)

const (
	// maxBatch is how many items BatchWriteItem takes. With the most an item can
	// be, 400 KB, they stay below its other limit of 16 MB, in base64 too. See
	// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
	maxBatch = 25

	// maxAttempts is how often a batch is tried while none of it is stored. A
	// try that stores a part starts the count anew: that table is slow, not down.
	maxAttempts = 7
)

// backoff gives the waits between the tries: up to 1, 2, 4, 8, 16 and 32 seconds,
// in half the cases less than half of that, a minute in all. So many functions
// that were refused at the same moment do not come back at the same moment:
// https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
var backoff = retry.NewExponentialJitterBackoff(32 * time.Second)

var errUnprocessed = errors.New("DynamoDB left a part unprocessed: the table's throughput is exceeded")

// Append stores blocks, in batches one after the other. What DynamoDB leaves
// unprocessed and requests that fail for a time are tried again; the error says
// how many blocks were not stored.
func (s *Store) Append(ctx context.Context, blocks []ledger.Block) error {
	requests := puts(blocks)
	for at := 0; at < len(requests); at += maxBatch {
		left, err := s.put(ctx, requests[at:min(at+maxBatch, len(requests))])
		if err != nil {
			left += max(0, len(requests)-at-maxBatch)
			return fmt.Errorf("dynamo: append blocks: %d of %d not stored: %w", left, len(requests), err)
		}
	}
	return nil
}

// puts makes one request for each block. DynamoDB refuses a batch with two for
// the same key, so the last one stands for all.
func puts(blocks []ledger.Block) []types.WriteRequest {
	type place struct{ partition, key string }
	seen := make(map[place]int, len(blocks))
	requests := make([]types.WriteRequest, 0, len(blocks))
	for i := range blocks {
		b := &blocks[i]
		put := expire(key(blockPrefix, b.Partition, b.Key), b.Expires)
		put["b"] = data(b.Data)
		request := types.WriteRequest{PutRequest: &types.PutRequest{Item: put}}
		at, twice := seen[place{b.Partition, b.Key}]
		if twice {
			requests[at] = request
			continue
		}
		seen[place{b.Partition, b.Key}] = len(requests)
		requests = append(requests, request)
	}
	return requests
}

// put stores one batch. With an error it says how many of it are not stored.
func (s *Store) put(ctx context.Context, batch []types.WriteRequest) (left int, err error) {
	for attempt := 1; ; attempt++ {
		rest, err := s.try(ctx, batch)
		if err == nil && len(rest) == 0 {
			return 0, nil
		}
		if len(rest) < len(batch) {
			attempt = 1
		}
		batch = rest
		if err == nil {
			err = errUnprocessed
		} else if !s.client.Options().Retryer.IsErrorRetryable(err) {
			return len(batch), err
		}
		if attempt == maxAttempts {
			return len(batch), fmt.Errorf("%d tries in a row stored nothing: %w", attempt, err)
		}
		delay, failed := backoff.BackoffDelay(attempt-1, err)
		if failed == nil {
			failed = s.Pause(ctx, delay)
		}
		if failed != nil {
			return len(batch), fmt.Errorf("%w, waiting to try again after: %w", failed, err)
		}
	}
}

// try sends a batch once and returns what of it is not stored.
func (s *Store) try(ctx context.Context, batch []types.WriteRequest) (rest []types.WriteRequest, err error) {
	out, err := s.client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{
		RequestItems:           map[string][]types.WriteRequest{s.table: batch},
		ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	if err != nil {
		return batch, err
	}
	s.count(out.ConsumedCapacity...)
	for _, unprocessed := range out.UnprocessedItems { // of one table, however it is called
		rest = append(rest, unprocessed...)
	}
	return rest, nil
}

// pause waits, but not for what comes after ctx's deadline: the caller then still
// has the time to say what it could not do.
func pause(ctx context.Context, d time.Duration) error {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		return context.DeadlineExceeded
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Scan calls each with every block of a partition.
func (s *Store) Scan(ctx context.Context, partition string, each func(key string, data []byte) error) error {
	if err := s.query(ctx, blockPrefix+partition, "b", each); err != nil {
		return fmt.Errorf("dynamo: scan %s: %w", partition, err)
	}
	return nil
}
