// Function collect answers what pages and visitors ask for under /_ds/, behind the
// site's CDN.
package main

import (
	"context"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"darksocial/darksocial/record"
	"darksocial/internal/codes"
	"darksocial/internal/dynamo"
	"darksocial/internal/function"
	"darksocial/internal/ledger"
	"darksocial/internal/orders"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

func main() {
	function.LogJSON()
	env := function.NewEnv()
	table, salts, sites, secrets := env.Need("TABLE"), env.Need("SALT_TABLE"), env.Sites("SITES"), env.List("CDN_SECRETS")
	if err := env.Err(); err != nil {
		function.Exit(err)
	}
	cfg, err := function.AWS(context.Background())
	if err != nil {
		function.Exit(err)
	}
	client := dynamodb.NewFromConfig(cfg)
	records := dynamo.New(client, table)
	writer := ledger.NewWriter(ledger.New(records, records, time.Now), record.Beacon, web.Patience)
	served, visitors := site.Serve(sites), visitor.NewSalts(dynamo.New(client, salts), time.Now)
	known := codes.New(records, time.Now)
	route := web.NewRoute(served, writer.Of(record.Route), visitors, time.Now, web.NewOriginTransport()).Sharing(known)
	collect := web.NewCollect(served, writer, visitors, time.Now).Sharing(known).Selling(orders.New(records, known, time.Now)).Routing(route)
	var handler http.Handler = collect
	if len(secrets) > 0 {
		handler = web.OnlyCDN(secrets, handler)
	}
	function.ServeURL(handler)
}
