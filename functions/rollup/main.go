// Function rollup makes the tables of days of the records there are: hourly, and
// when it is told to.
package main

import (
	"context"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"darksocial/internal/codes"
	"darksocial/internal/dynamo"
	"darksocial/internal/function"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/parquetfile"
	"darksocial/internal/visitor"
)

func main() {
	function.LogJSON()
	env := function.NewEnv()
	table, bucket, sites := env.Need("TABLE"), env.Need("LAKE_BUCKET"), env.Sites("SITES")
	salts := env.Or("SALT_TABLE", "")
	if err := env.Err(); err != nil {
		function.Exit(err)
	}
	cfg, err := function.AWS(context.Background())
	if err != nil {
		function.Exit(err)
	}
	client := dynamodb.NewFromConfig(cfg)
	records := dynamo.New(client, table)
	roller := job.NewRoller(ledger.New(records, records, time.Now), sites, lake.NewS3(function.S3(cfg), bucket), parquetfile.WriteRows, time.Now).
		Coded(codes.New(records, time.Now))
	if salts != "" { // where collect hashes visitors
		roller.Forgetting(visitor.NewSalts(dynamo.New(client, salts), time.Now))
	}
	lambda.Start(roller.Handle)
}
