package dynamo

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine"
	"darksocial/internal/ledger"
	"darksocial/internal/ledger/ledgertest"
)

func TestMain(m *testing.M) { engine.Main(m) }

// open makes a table and returns its store.
func open(t testing.TB, cfg aws.Config) *Store {
	t.Helper()
	client, table := dynamodb.NewFromConfig(cfg), engine.Name(t)
	require.NoError(t, Create(t.Context(), client, table))
	return New(client, table)
}

func TestContract(t *testing.T) {
	ledgertest.Run(t, func(t *testing.T) (ledger.Blocks, ledger.KV) {
		s := open(t, engine.DynamoDB(t))
		return s, s
	})
	ledgertest.RunMany(t, func(t *testing.T) ledgertest.ManyKV { return open(t, engine.DynamoDB(t)) })
	t.Run("reopened", func(t *testing.T) {
		first := open(t, engine.DynamoDB(t))
		ledgertest.Reopen(t, func(t *testing.T) (ledger.Blocks, ledger.KV, func() error) {
			s := New(dynamodb.NewFromConfig(engine.DynamoDB(t)), first.table)
			return s, s, func() error { return nil }
		})
	})
}

// raw reads an item as it is stored.
func raw(t *testing.T, s *Store, at item) item {
	t.Helper()
	out, err := s.client.GetItem(t.Context(), &dynamodb.GetItemInput{TableName: &s.table, Key: at, ConsistentRead: aws.Bool(true)})
	require.NoError(t, err)
	return out.Item
}

// TestItems: what is stored is a contract with the Terraform module, which names
// the keys and the attribute of expiry, and with records that are there already.
func TestItems(t *testing.T) {
	s := open(t, engine.DynamoDB(t))
	ttl, err := s.client.DescribeTimeToLive(t.Context(), &dynamodb.DescribeTimeToLiveInput{TableName: &s.table})
	require.NoError(t, err)
	assert.Contains(t, []types.TimeToLiveStatus{types.TimeToLiveStatusEnabled, types.TimeToLiveStatusEnabling}, ttl.TimeToLiveDescription.TimeToLiveStatus)
	assert.Equal(t, "expires", *ttl.TimeToLiveDescription.AttributeName)

	number := func(n string) types.AttributeValue { return &types.AttributeValueMemberN{Value: n} }
	fraction := time.Unix(1_800_000_000, 1)
	require.NoError(t, s.Append(t.Context(), []ledger.Block{
		{Partition: "p", Key: "a", Data: []byte{0, 1}, Expires: fraction},
		{Partition: "p", Key: "b", Data: []byte{2}},
	}))
	// TTL works in whole seconds: the next one, since nothing is to go early.
	assert.Equal(t, item{"pk": text("b/p"), "sk": text("a"), "b": data([]byte{0, 1}), "expires": number("1800000001")}, raw(t, s, key("b/", "p", "a")))
	assert.Equal(t, item{"pk": text("b/p"), "sk": text("b"), "b": data([]byte{2})}, raw(t, s, key("b/", "p", "b")), "no time of expiry: never")

	for i, step := range []struct {
		expires time.Time
		want    types.AttributeValue
	}{{fraction, number("1800000001")}, {time.Unix(1_800_000_000, 0), number("1800000000")}, {time.Time{}, nil}} {
		var old []byte
		if i > 0 {
			old = []byte{byte(i - 1)}
		}
		made, err := s.Swap(t.Context(), "c", "name", old, []byte{byte(i)}, step.expires)
		require.NoError(t, err)
		require.True(t, made)
		want := item{"pk": text("k/c"), "sk": text("name"), "v": data([]byte{byte(i)})}
		if step.want != nil {
			want["expires"] = step.want
		}
		assert.Equal(t, want, raw(t, s, key("k/", "c", "name")))
	}
}

func TestForeignItem(t *testing.T) {
	s := open(t, engine.DynamoDB(t))
	for _, prefix := range []string{"b/", "k/"} {
		foreign := key(prefix, "x", "y")
		foreign["note"] = text("someone else's")
		_, err := s.client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &s.table, Item: foreign})
		require.NoError(t, err)
	}
	each := func(string, []byte) error { return nil }
	require.ErrorContains(t, s.Scan(t.Context(), "x", each), "none of ours")
	require.ErrorContains(t, s.List(t.Context(), "x", each), "none of ours")
	_, err := s.Get(t.Context(), "x", "y")
	require.ErrorContains(t, err, "none of ours")
	made, err := s.Swap(t.Context(), "x", "y", nil, []byte("value"), time.Time{})
	require.NoError(t, err)
	assert.False(t, made, "it was replaced")
}

// TestConsumed: swaps are counted as well, and reading is not.
func TestConsumed(t *testing.T) {
	s := open(t, engine.DynamoDB(t))
	swap := func(old, next []byte) {
		made, err := s.Swap(t.Context(), "c", "name", old, next, time.Time{})
		require.NoError(t, err)
		require.True(t, made)
	}
	large := make([]byte, 3000)
	swap(nil, []byte{1})
	assert.Equal(t, 1.0, s.Consumed())
	swap([]byte{1}, large)
	assert.Equal(t, 1.0+3, s.Consumed())
	_, err := s.Get(t.Context(), "c", "name")
	require.NoError(t, err)
	assert.Equal(t, 1.0+3, s.Consumed())
	swap(large, nil)
	assert.Equal(t, 1.0+3+3, s.Consumed(), "a deletion costs what is deleted")
}

func TestCreateTwice(t *testing.T) {
	s := open(t, engine.DynamoDB(t))
	err := Create(t.Context(), s.client, s.table)
	require.ErrorContains(t, err, "dynamo: create table "+s.table+": ")
	var there *types.ResourceInUseException
	require.ErrorAs(t, err, &there)
}

// listener hears what is sent.
type listener struct {
	aws.HTTPClient
	hear func(operation string, body []byte)
}

func (l listener) Do(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	l.hear(operation, body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	return l.HTTPClient.Do(r)
}

// TestReadsWhatWasWritten: every read has to ask for it, or it may be answered with
// what was there a second ago. No engine on one machine shows that.
func TestReadsWhatWasWritten(t *testing.T) {
	cfg := engine.DynamoDB(t)
	consistent := map[string][]bool{}
	cfg.HTTPClient = listener{cfg.HTTPClient, func(operation string, body []byte) {
		var request struct{ ConsistentRead bool }
		if assert.NoError(t, json.Unmarshal(body, &request)); operation == "Query" || operation == "GetItem" {
			consistent[operation] = append(consistent[operation], request.ConsistentRead)
		}
	}}
	s := open(t, cfg)
	for i := range 10 {
		require.NoError(t, s.Append(t.Context(), []ledger.Block{{Partition: "p", Key: strconv.Itoa(i), Data: make([]byte, 200_000)}}))
	}
	each := func(string, []byte) error { return nil }
	require.NoError(t, s.Scan(t.Context(), "p", each)) // in two pages
	require.NoError(t, s.List(t.Context(), "c", each))
	_, err := s.Get(t.Context(), "c", "name")
	require.NoError(t, err)
	assert.Equal(t, map[string][]bool{"Query": {true, true, true}, "GetItem": {true}}, consistent)
}
