package engine

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// table makes a table whose keys are bytes, and returns its client and name.
func table(t *testing.T, cfg aws.Config) (*dynamodb.Client, string) {
	t.Helper()
	client, name := dynamodb.NewFromConfig(cfg), Name(t)
	_, err := client.CreateTable(t.Context(), &dynamodb.CreateTableInput{
		TableName:   &name,
		BillingMode: types.BillingModePayPerRequest,
		AttributeDefinitions: []types.AttributeDefinition{
			{AttributeName: aws.String("pk"), AttributeType: types.ScalarAttributeTypeB},
			{AttributeName: aws.String("sk"), AttributeType: types.ScalarAttributeTypeB},
		},
		KeySchema: []types.KeySchemaElement{
			{AttributeName: aws.String("pk"), KeyType: types.KeyTypeHash},
			{AttributeName: aws.String("sk"), KeyType: types.KeyTypeRange},
		},
	})
	require.NoError(t, err)
	return client, name
}

func binary(b ...byte) *types.AttributeValueMemberB { return &types.AttributeValueMemberB{Value: b} }

type item = map[string]types.AttributeValue

func put(i item) types.WriteRequest {
	return types.WriteRequest{PutRequest: &types.PutRequest{Item: i}}
}

func TestDynamoDBCounts(t *testing.T) {
	client, name := table(t, DynamoDB(t))
	one, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{
		TableName: &name, ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
		Item: item{"pk": binary(1), "sk": binary(1), "v": binary(make([]byte, 2500)...)},
	})
	require.NoError(t, err)
	require.NotNil(t, one.ConsumedCapacity)
	assert.Equal(t, 3.0, *one.ConsumedCapacity.CapacityUnits, "a unit for each started KiB")

	two, err := client.BatchWriteItem(t.Context(), &dynamodb.BatchWriteItemInput{
		ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
		RequestItems: map[string][]types.WriteRequest{name: {
			put(item{"pk": binary(2), "sk": binary(1), "v": binary(make([]byte, 2500)...)}),
			put(item{"pk": binary(2), "sk": binary(2)}),
		}},
	})
	require.NoError(t, err)
	require.Len(t, two.ConsumedCapacity, 1)
	assert.Equal(t, name, *two.ConsumedCapacity[0].TableName)
	assert.Equal(t, 4.0, *two.ConsumedCapacity[0].CapacityUnits)
}

func TestDynamoDBConditions(t *testing.T) {
	client, name := table(t, DynamoDB(t))
	key := item{"pk": binary(1), "sk": binary(0)}
	write := func(value byte, condition string, values item) error {
		_, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{
			TableName: &name, Item: item{"pk": key["pk"], "sk": key["sk"], "v": binary(value, 0, 255)},
			ConditionExpression: &condition, ExpressionAttributeValues: values,
		})
		return err
	}
	read := func() item {
		got, err := client.GetItem(t.Context(), &dynamodb.GetItemInput{TableName: &name, Key: key, ConsistentRead: aws.Bool(true)})
		require.NoError(t, err)
		return got.Item
	}
	var refused *types.ConditionalCheckFailedException

	require.NoError(t, write(1, "attribute_not_exists(pk)", nil))
	require.ErrorAs(t, write(2, "attribute_not_exists(pk)", nil), &refused)
	assert.Equal(t, binary(1, 0, 255), read()["v"])

	require.NoError(t, write(3, "v = :v", item{":v": binary(1, 0, 255)}))
	require.ErrorAs(t, write(4, "v = :v", item{":v": binary(1, 0, 255)}), &refused, "no longer what is there")
	require.ErrorAs(t, write(4, "v = :v", item{":v": binary(3, 0)}), &refused, "only how it starts")
	require.ErrorAs(t, write(4, "v = :v", item{":v": &types.AttributeValueMemberS{Value: "AwD/"}}), &refused, "its base64 is a string")
	assert.Equal(t, binary(3, 0, 255), read()["v"])
}

// TestDynamoDBPages: a Query stops at 1 MB and goes on from where it stopped, in
// the order of the bytes.
func TestDynamoDBPages(t *testing.T) {
	client, name := table(t, DynamoDB(t))
	const items, size = 30, 50_000
	var want [][]byte
	for i := range items {
		sk := binary(byte(i*8), byte(i)) // from 0 to 232: bytes sort without sign
		want = append(want, sk.Value)
		_, err := client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &name, Item: item{
			"pk": binary(9), "sk": sk, "v": binary(bytes.Repeat([]byte{byte(i)}, size)...),
		}})
		require.NoError(t, err)
	}

	pages := dynamodb.NewQueryPaginator(client, &dynamodb.QueryInput{
		TableName: &name, ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
		KeyConditionExpression: aws.String("pk = :pk"), ExpressionAttributeValues: item{":pk": binary(9)},
	})
	var got [][]byte
	var perPage []int
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		require.NoError(t, err)
		perPage = append(perPage, len(page.Items))
		for _, i := range page.Items {
			got = append(got, i["sk"].(*types.AttributeValueMemberB).Value)
			require.Len(t, i["v"].(*types.AttributeValueMemberB).Value, size)
		}
		t.Logf("a page of %d items, %v units", len(page.Items), *page.ConsumedCapacity.CapacityUnits)
	}
	assert.Equal(t, want, got)
	require.Len(t, perPage, 2, "1.5 MB are two pages")
	assert.InDelta(t, 1<<20/size, perPage[0], 1, fmt.Sprint(perPage))
}
