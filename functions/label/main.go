// Function label labels access logs: what S3 says of new objects, through SQS,
// EventBridge or at once, and the records of a Kinesis stream.
package main

import (
	"context"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"darksocial/internal/codes"
	"darksocial/internal/dynamo"
	"darksocial/internal/edge"
	"darksocial/internal/function"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
)

func main() {
	function.LogJSON()
	env := function.NewEnv()
	table, bucket, sites := env.Need("TABLE"), env.Need("LAKE_BUCKET"), env.Sites("SITES")
	objects := edge.Options{Format: edge.Format(env.Or("LOG_FORMAT", string(edge.CloudFront))), Fields: env.List("REALTIME_FIELDS"), FieldMap: site.LogFields(sites), Now: time.Now}
	env.Check("LOG_FORMAT", objects.Check())
	formats := job.Formats{
		Objects: objects,
		Stream:  edge.Options{Format: edge.CloudFrontRealtime, Fields: env.List("REALTIME_FIELDS"), Now: time.Now},
	}
	if err := env.Err(); err != nil {
		function.Exit(err)
	}
	cfg, err := function.AWS(context.Background())
	if err != nil {
		function.Exit(err)
	}
	client := function.S3(cfg)
	records := dynamo.New(dynamodb.NewFromConfig(cfg), table)
	labeler := job.NewLabeler(ledger.New(records, records, time.Now), sites, lake.NewS3(client, bucket), formats).Coded(codes.New(records, time.Now))
	lambda.Start(job.NewEvents(labeler, lake.NewS3Objects(client)).Handle)
}
