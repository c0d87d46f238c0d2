package terraform

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine"
)

func TestMain(m *testing.M) { engine.Main(m) }

// carried are the resources that the engines carry. The one for DynamoDB has no
// backups, and the one for S3 no lifecycle, versions, encryption and block of public
// access: those are in the plans alone.
var carried = []string{
	"-target=module.darksocial.aws_dynamodb_table.this",
	"-target=module.darksocial.aws_dynamodb_table.salts",
	"-target=module.darksocial.aws_s3_bucket.lake",
	"-target=module.darksocial.aws_s3_bucket_ownership_controls.lake",
}

const local = `
provider "aws" {
  region            = "us-east-1"
  s3_use_path_style = true
}

module "darksocial" {
  source = "../.."

  providers = {
    aws           = aws
    aws.us_east_1 = aws
  }

  name                   = "applied"
  functions              = "../../tests/zips"
  collect                = true
  distribution_arn       = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
  lake_bucket            = "applied-lake"
  deletion_protection    = false
  point_in_time_recovery = false
  sites                  = { "example.com" = { hosts = ["example.com"] } }
}
`

// checkApply makes what the engines carry, finds nothing to do the second time, and
// takes it down again.
func checkApply(t *testing.T, w *workspace) {
	tables, objects := engine.DynamoDB(t), engine.S3(t)
	dir := filepath.Join(w.dir, "examples", "applied")
	require.NoError(t, os.MkdirAll(dir, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "main.tf"), []byte(local), 0o600))
	copyFile(t, filepath.Join(w.dir, examples[0], lockFile), filepath.Join(dir, lockFile))
	aws := newAccount(t)
	env := append(append(engine.DynamoDBEnv(t, tables), engine.S3Env(t, objects)...), "AWS_ENDPOINT_URL_STS="+aws.URL, "AWS_ENDPOINT_URL="+aws.URL)
	run := func(args ...string) string { return w.runWith(t, dir, env, append(args, carried...)...) }

	run("apply", "-auto-approve", "-input=false")
	db := dynamodb.NewFromConfig(tables)
	listed, err := db.ListTables(t.Context(), &dynamodb.ListTablesInput{})
	require.NoError(t, err)
	assert.Contains(t, listed.TableNames, "applied")
	assert.Contains(t, listed.TableNames, "applied-salts")
	name := "applied-lake"
	_, err = engine.S3Client(objects).HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &name})
	require.NoError(t, err)

	// With this flag a plan that is not empty is an exit status of 2, which fails.
	run("plan", "-input=false", "-detailed-exitcode")

	run("destroy", "-auto-approve", "-input=false")
	listed, err = db.ListTables(t.Context(), &dynamodb.ListTablesInput{})
	require.NoError(t, err)
	assert.NotContains(t, listed.TableNames, "applied")
	assert.NotContains(t, listed.TableNames, "applied-salts")
	_, err = engine.S3Client(objects).HeadBucket(t.Context(), &s3.HeadBucketInput{Bucket: &name})
	assert.Error(t, err, "the bucket is still there")
}
