package dynamo

import (
	"context"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// maxGet is how many items BatchGetItem takes. Of more than 16 MB together it leaves
// the rest unprocessed. See
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
const maxGet = 100

// GetMany returns the values there are of some names.
func (s *Store) GetMany(ctx context.Context, collection string, names []string) (map[string][]byte, error) {
	found := make(map[string][]byte, len(names))
	names = slices.Compact(slices.Sorted(slices.Values(names))) // it refuses a name that is there twice
	for part := range slices.Chunk(names, maxGet) {
		if err := s.getPart(ctx, collection, part, found); err != nil {
			return nil, fmt.Errorf("dynamo: get %d values of %s: %w", len(names), collection, err)
		}
	}
	return found, nil
}

// getPart asks for a batch, and again for what DynamoDB leaves unprocessed.
func (s *Store) getPart(ctx context.Context, collection string, names []string, found map[string][]byte) error {
	ask := types.KeysAndAttributes{ConsistentRead: aws.Bool(true)}
	for _, name := range names {
		ask.Keys = append(ask.Keys, key(valuePrefix, collection, name))
	}
	for attempt := 1; ; attempt++ {
		out, err := s.client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{RequestItems: map[string]types.KeysAndAttributes{s.table: ask}})
		if err != nil {
			return err // the client has tried again by itself
		}
		for _, items := range out.Responses { // of one table, however it is called
			for _, i := range items {
				name, isText := i["sk"].(*types.AttributeValueMemberS)
				value, isData := i["v"].(*types.AttributeValueMemberB)
				if !isText || !isData {
					return fmt.Errorf("table %s holds an item that is none of ours: it lacks sk or v", s.table)
				}
				found[name.Value] = value.Value
			}
		}
		var left []item
		for _, unprocessed := range out.UnprocessedKeys {
			left = append(left, unprocessed.Keys...)
		}
		switch {
		case len(left) == 0:
			return nil
		case len(left) < len(ask.Keys):
			attempt = 1
		case attempt == maxAttempts:
			return errUnprocessed
		}
		ask.Keys = left
		delay, err := backoff.BackoffDelay(attempt-1, errUnprocessed)
		if err == nil {
			err = s.Pause(ctx, delay)
		}
		if err != nil {
			return err
		}
	}
}
