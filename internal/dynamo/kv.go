package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Get returns a value, or nil if there is none.
func (s *Store) Get(ctx context.Context, collection, name string) ([]byte, error) {
	out, err := s.client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName:      &s.table,
		ConsistentRead: aws.Bool(true),
		Key:            key(valuePrefix, collection, name),
	})
	if err != nil {
		return nil, fmt.Errorf("dynamo: get %s of %s: %w", name, collection, err)
	}
	if out.Item == nil {
		return nil, nil
	}
	value, ok := out.Item["v"].(*types.AttributeValueMemberB)
	if !ok {
		return nil, fmt.Errorf("dynamo: get %s of %s: the item is none of ours: it lacks v", name, collection)
	}
	return value.Value, nil
}

// Swap puts next in the place of old if old is what is there.
func (s *Store) Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error) {
	consumed, err := s.swap(ctx, key(valuePrefix, collection, name), old, next, expires)
	var refused *types.ConditionalCheckFailedException
	switch {
	case errors.As(err, &refused):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("dynamo: swap %s of %s: %w", name, collection, err)
	}
	if consumed != nil {
		s.count(*consumed)
	}
	return true, nil
}

func (s *Store) swap(ctx context.Context, at item, old, next []byte, expires time.Time) (*types.ConsumedCapacity, error) {
	condition, values := "attribute_not_exists(pk)", item(nil)
	if old != nil {
		condition, values = "v = :old", item{":old": data(old)}
	}
	if next == nil {
		out, err := s.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{
			TableName: &s.table, Key: at,
			ConditionExpression: &condition, ExpressionAttributeValues: values,
			ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
		})
		if err != nil {
			return nil, err
		}
		return out.ConsumedCapacity, nil
	}
	at["v"] = data(next)
	out, err := s.client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName: &s.table, Item: expire(at, expires),
		ConditionExpression: &condition, ExpressionAttributeValues: values,
		ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	if err != nil {
		return nil, err
	}
	return out.ConsumedCapacity, nil
}

// List calls each with every value of a collection, by name in rising order.
func (s *Store) List(ctx context.Context, collection string, each func(name string, value []byte) error) error {
	if err := s.query(ctx, valuePrefix+collection, "v", each); err != nil {
		return fmt.Errorf("dynamo: list %s: %w", collection, err)
	}
	return nil
}
