// Package preflight reads a distribution of CloudFront before darksocial is attached
// to it, with the credentials of whoever asks, and says what is in the way: what
// Terraform's data sources cannot see.
//
//	client := preflight.NewClient(config, http.DefaultClient, time.Now)
//	report, err := preflight.Run(ctx, client, preflight.Options{Distribution: "E2EXAMPLE", Name: "darksocial", Code: "ds"})
//	for _, finding := range report.Findings { … }
//
// It changes nothing. It needs these rights; what may not be read is a finding of its
// own, and the rest is looked at all the same:
//
//	cloudfront:GetDistribution, GetCachePolicy, GetFunction, GetRealtimeLogConfig,
//	           ListCachePolicies, ListDistributions, ListFunctions, ListOriginAccessControls,
//	           ListOriginRequestPolicies, ListResponseHeadersPolicies
//	lambda:GetAccountSettings, logs:DescribeDeliverySources, servicequotas:ListServiceQuotas
//
// Reading what is there takes a handful of requests that are described in a line each
// (wire.go), so they are made by hand and signed: four more clients of AWS would be
// more program than the rest of this.
//
//	client.go    a signed request and its answer
//	wire.go      the requests, and the shape of what comes back
//	run.go       what is asked, in order
//	behaviors.go what is found at the behaviours: functions, caches, paths
//	logs.go      what is found of logs: delivery sources, real-time configurations
//	quotas.go    what is found of the account: concurrent runs, quotas
package preflight
