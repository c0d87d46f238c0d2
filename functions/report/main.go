// Function report answers what the report's page asks, and serves the page, behind a CDN
// on a hostname of its own.
package main

import (
	"context"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"darksocial/internal/codes"
	"darksocial/internal/dynamo"
	"darksocial/internal/function"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/parquetfile/tablereaders"
	"darksocial/internal/report"
	"darksocial/internal/web"
)

func main() {
	function.LogJSON()
	env := function.NewEnv()
	table, bucket, sites, secrets := env.Need("TABLE"), env.Need("LAKE_BUCKET"), env.Sites("SITES"), env.List("CDN_SECRETS")
	if err := env.Err(); err != nil {
		function.Exit(err)
	}
	cfg, err := function.AWS(context.Background())
	if err != nil {
		function.Exit(err)
	}
	records := dynamo.New(dynamodb.NewFromConfig(cfg), table)
	handler, err := report.New(sites, lake.NewS3(function.S3(cfg), bucket), tablereaders.All, ledger.New(records, records, time.Now), codes.New(records, time.Now), records, time.Now, report.Page)
	if err != nil {
		function.Exit(err)
	}
	function.ServeURL(behindCDN(secrets, handler))
}

// behindCDN lets through what comes from the CDN, where that says so with a secret.
func behindCDN(secrets []string, handler http.Handler) http.Handler {
	if len(secrets) == 0 {
		return handler
	}
	return web.OnlyCDN(secrets, handler)
}
