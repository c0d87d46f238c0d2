// Package dynamo keeps records in a table of DynamoDB, the way the Terraform
// module deploys it and with no more rights than it gives: PutItem, DeleteItem,
// BatchWriteItem, GetItem, BatchGetItem and Query.
//
// The table has two string keys, pk and sk, and its time to live in expires:
//
//	pk            sk    b           v      expires
//	b/PARTITION   KEY   the block          Unix seconds
//	k/COLLECTION  NAME              value  Unix seconds
//
// A write costs one unit for each started KiB of an item, names of attributes
// included, which is why they are short. What was paid is counted: see
// Store.Consumed.
package dynamo

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"darksocial/internal/ledger"
)

var (
	_ ledger.Blocks = (*Store)(nil)
	_ ledger.KV     = (*Store)(nil)
)

// Store is a table. It is for concurrent use.
type Store struct {
	client *dynamodb.Client
	table  string

	// Pause waits between two tries of a batch and returns early with an error
	// if ctx ends. A test sets it, so as not to wait.
	Pause func(ctx context.Context, d time.Duration) error

	mu       sync.Mutex
	consumed float64
}

// New returns the store in a table. The client's own retries stay as they are:
// they are for single requests, and Append's come on top.
func New(client *dynamodb.Client, table string) *Store {
	return &Store{client: client, table: table, Pause: pause}
}

// Consumed is how many write capacity units were paid so far, by what DynamoDB
// says in its answers. A swap that was refused costs at least one unit as well,
// but is answered by an error, which does not say so: it is not in here.
func (s *Store) Consumed() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.consumed
}

func (s *Store) count(answers ...types.ConsumedCapacity) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range answers {
		s.consumed += aws.ToFloat64(answers[i].CapacityUnits)
	}
}

// item is one item, or its key.
type item = map[string]types.AttributeValue

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

// data keeps nil from becoming an attribute without a value.
func data(b []byte) types.AttributeValue {
	if b == nil {
		b = []byte{}
	}
	return &types.AttributeValueMemberB{Value: b}
}

// key is where a block or a value is. The prefix keeps the two apart.
func key(prefix, pk, sk string) item { return item{"pk": text(prefix + pk), "sk": text(sk)} }

const (
	blockPrefix = "b/"
	valuePrefix = "k/"
)

// expire notes when an item expires, in whole seconds and never early. A zero time
// is no expiry.
func expire(i item, expires time.Time) item {
	if !expires.IsZero() {
		i["expires"] = &types.AttributeValueMemberN{Value: strconv.FormatInt(expires.Add(time.Second-1).Unix(), 10)}
	}
	return i
}

// query calls each with every item of a partition key, by sort key in rising
// order. attribute is the one that holds the content.
func (s *Store) query(ctx context.Context, pk, attribute string, each func(sk string, data []byte) error) error {
	pages := dynamodb.NewQueryPaginator(s.client, &dynamodb.QueryInput{
		TableName:                 &s.table,
		ConsistentRead:            aws.Bool(true),
		KeyConditionExpression:    aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": text(pk)},
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return err
		}
		for _, i := range page.Items {
			sk, isText := i["sk"].(*types.AttributeValueMemberS)
			content, isData := i[attribute].(*types.AttributeValueMemberB)
			if !isText || !isData {
				return fmt.Errorf("table %s holds an item under %s that is none of ours: it lacks sk or %s", s.table, pk, attribute)
			}
			if err := each(sk.Value, content.Value); err != nil {
				return err
			}
		}
	}
	return nil
}

// Create makes the table and waits until it can be used. It is for an engine on
// one's own machine; on AWS the Terraform module makes the table.
func Create(ctx context.Context, client *dynamodb.Client, table string) error {
	if err := create(ctx, client, table); err != nil {
		return fmt.Errorf("dynamo: create table %s: %w", table, err)
	}
	return nil
}

func create(ctx context.Context, client *dynamodb.Client, table string) error {
	_, err := client.CreateTable(ctx, &dynamodb.CreateTableInput{
		TableName:   &table,
		BillingMode: types.BillingModePayPerRequest,
		AttributeDefinitions: []types.AttributeDefinition{
			{AttributeName: aws.String("pk"), AttributeType: types.ScalarAttributeTypeS},
			{AttributeName: aws.String("sk"), AttributeType: types.ScalarAttributeTypeS},
		},
		KeySchema: []types.KeySchemaElement{
			{AttributeName: aws.String("pk"), KeyType: types.KeyTypeHash},
			{AttributeName: aws.String("sk"), KeyType: types.KeyTypeRange},
		},
	})
	if err != nil {
		return err
	}
	err = dynamodb.NewTableExistsWaiter(client).Wait(ctx, &dynamodb.DescribeTableInput{TableName: &table}, 5*time.Minute,
		func(o *dynamodb.TableExistsWaiterOptions) { o.MinDelay = time.Second })
	if err != nil {
		return err
	}
	_, err = client.UpdateTimeToLive(ctx, &dynamodb.UpdateTimeToLiveInput{
		TableName:               &table,
		TimeToLiveSpecification: &types.TimeToLiveSpecification{AttributeName: aws.String("expires"), Enabled: aws.Bool(true)},
	})
	return err
}
