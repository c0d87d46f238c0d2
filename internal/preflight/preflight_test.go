package preflight

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// account is an account of AWS that answers what is written down, by method and path
// or by operation. What is asked and not written down is refused.
type account struct {
	t       *testing.T
	answers map[string]string
	url     string
}

const (
	distributionPath = "GET /2020-05-31/distribution/E1EXAMPLE0001"
	optimized        = "GET /2020-05-31/cache-policy/658327ea-f89d-4fab-a63d-7e88639e58f6"
	realtimePath     = "POST /2020-05-31/get-realtime-log-config"
	lambdaPath       = "GET /2016-08-19/account-settings"
	sources          = "Logs_20140328.DescribeDeliverySources"
	quotas           = "ServiceQuotasV20190624.ListServiceQuotas"
)

// newAccount has a distribution that nothing is in the way of.
func newAccount(t *testing.T) *account {
	distribution, err := os.ReadFile("testdata/distribution.xml")
	require.NoError(t, err)
	a := &account{t: t, answers: map[string]string{
		distributionPath: string(distribution),
		optimized:        cachePolicyXML("Managed-CachingOptimized", 31536000, "none"),
		lambdaPath:       `{"AccountLimit":{"ConcurrentExecutions":1000,"UnreservedConcurrentExecutions":1000},"AccountUsage":{"FunctionCount":3}}`,
		sources:          `{"deliverySources":[{"name":"other","resourceArns":["arn:aws:cloudfront::123456789012:distribution/E2OTHER000001"],"service":"cloudfront","logType":"ACCESS_LOGS"}]}`,
		quotas:           `{"Quotas":[{"QuotaName":"Cache behaviors per distribution","Value":75.0},{"QuotaName":"Functions per AWS account","Value":100.0}]}`,
	}}
	for _, list := range []string{"cache-policy?Type=custom", "origin-request-policy?Type=custom", "response-headers-policy?Type=custom", "origin-access-control", "function"} {
		a.answers["GET /2020-05-31/"+list] = `<List xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><MaxItems>100</MaxItems><Quantity>2</Quantity></List>`
	}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	a.url = server.URL
	return a
}

func cachePolicyXML(name string, maxTTL int, behavior string, parameters ...string) string {
	var list strings.Builder
	for _, p := range parameters {
		list.WriteString("<Name>" + p + "</Name>")
	}
	return fmt.Sprintf(`<CachePolicy xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>x</Id><CachePolicyConfig><Name>%s</Name><DefaultTTL>0</DefaultTTL><MaxTTL>%d</MaxTTL><MinTTL>0</MinTTL>
		<ParametersInCacheKeyAndForwardedToOrigin><QueryStringsConfig><QueryStringBehavior>%s</QueryStringBehavior><QueryStrings><Quantity>%d</Quantity><Items>%s</Items></QueryStrings></QueryStringsConfig></ParametersInCacheKeyAndForwardedToOrigin>
		</CachePolicyConfig></CachePolicy>`, name, maxTTL, behavior, len(parameters), list.String())
}

// ServeHTTP answers as AWS does. Each request must be signed, for the service and region it is of.
func (a *account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key, service := r.Method+" "+r.URL.RequestURI(), "us-east-1/cloudfront"
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		key, service = target, map[string]string{"Logs_20140328": "us-east-1/logs", "ServiceQuotasV20190624": "us-east-1/servicequotas"}[target[:strings.Index(target, ".")]]
	} else if key == lambdaPath {
		service = "eu-central-1/lambda"
	}
	assert.Regexp(a.t, `^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261120/`+service+`/aws4_request, SignedHeaders=.*, Signature=[0-9a-f]{64}$`, r.Header.Get("Authorization"), key)
	body, err := io.ReadAll(r.Body)
	assert.NoError(a.t, err)
	if key == realtimePath {
		assert.Contains(a.t, string(body), "<ARN>arn:aws:cloudfront::123456789012:realtime-log-config/", key)
	}
	if strings.Contains(string(body), "nextToken") {
		key += " next"
	}
	answer, known := a.answers[key]
	switch {
	case known:
		_, _ = io.WriteString(w, answer)
	case strings.Contains(service, "cloudfront"):
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, `<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not allowed to ask `+r.URL.Path+`</Message></Error><RequestId>1</RequestId></ErrorResponse>`)
	default:
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"__type":"com.amazon.coral.service#AccessDeniedException","message":"not allowed"}`)
	}
}

// change replaces text of an answer, which must be there.
func (a *account) change(key, old, with string) {
	require.Contains(a.t, a.answers[key], old)
	a.answers[key] = strings.Replace(a.answers[key], old, with, 1)
}

func (a *account) run(o Options) (*Report, error) {
	config := aws.Config{Region: "eu-central-1", Credentials: credentials.NewStaticCredentialsProvider("AKIAEXAMPLE", "secret", ""), BaseEndpoint: &a.url}
	now := func() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) }
	if o.Distribution == "" {
		o.Distribution = "E1EXAMPLE0001"
	}
	o.Name, o.Code = "darksocial", "ds"
	return Run(context.Background(), NewClient(config, http.DefaultClient, now), o)
}

// with puts a behaviour for a pattern before the default.
func (a *account) with(behaviors ...string) {
	a.change(distributionPath, "<CacheBehaviors><Quantity>0</Quantity></CacheBehaviors>",
		fmt.Sprintf("<CacheBehaviors><Quantity>%d</Quantity><Items>%s</Items></CacheBehaviors>", len(behaviors), strings.Join(behaviors, "")))
}

func behaviorXML(pattern, more string) string {
	return "<CacheBehavior><PathPattern>" + pattern + "</PathPattern><CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId>" + more + "</CacheBehavior>"
}

const noFunctions = "<FunctionAssociations><Quantity>0</Quantity></FunctionAssociations>"

func functionXML(event, name string) string {
	return "<FunctionAssociations><Quantity>1</Quantity><Items><FunctionAssociation><FunctionARN>arn:aws:cloudfront::123456789012:function/" + name + "</FunctionARN><EventType>" + event + "</EventType></FunctionAssociation></Items></FunctionAssociations>"
}

func realtimeXML(rate int, fields ...string) string {
	return fmt.Sprintf(`<GetRealtimeLogConfigResult xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><RealtimeLogConfig><ARN>x</ARN><Name>theirs</Name><SamplingRate>%d</SamplingRate><EndPoints><member><StreamType>Kinesis</StreamType><KinesisStreamConfig><RoleARN>r</RoleARN><StreamARN>arn:aws:kinesis:eu-central-1:123456789012:stream/theirs</StreamARN></KinesisStreamConfig></member></EndPoints><Fields><Field>%s</Field></Fields></RealtimeLogConfig></GetRealtimeLogConfigResult>`,
		rate, strings.Join(fields, "</Field><Field>"))
}

func TestNothingInTheWay(t *testing.T) {
	report, err := newAccount(t).run(Options{})
	require.NoError(t, err)
	assert.Equal(t, &Report{Distribution: "E1EXAMPLE0001", Hosts: []string{"www.example.com", "*.shop.example.com"}, Region: "eu-central-1", Findings: []Finding{}}, report)
}

func TestFindings(t *testing.T) {
	const realtimeARN = "<RealtimeLogConfigArn>arn:aws:cloudfront::123456789012:realtime-log-config/theirs</RealtimeLogConfigArn>"
	for _, tt := range []struct {
		name   string
		change func(a *account)
		routed int
		want   []Finding // what What and Do must contain
	}{
		{"a viewer-response function", func(a *account) {
			a.change(distributionPath, noFunctions, functionXML("viewer-response", "headers"))
			a.answers["GET /2020-05-31/function/headers?Stage=LIVE"] = "function handler(event) { return event.response; }"
		}, 0, []Finding{{Level: Adapt, At: "behaviour Default (*)", What: "headers is at viewer-response", Do: "existing_viewer_response = true"}}},
		{"one that has the snippet already", func(a *account) {
			a.change(distributionPath, noFunctions, functionXML("viewer-response", "headers"))
			a.answers["GET /2020-05-31/function/headers?Stage=LIVE"] = "add(response.headers, 'server-timing', `ds;desc=\"${hint(event)}\"`)"
		}, 0, nil},
		{"one whose code may not be read", func(a *account) {
			a.change(distributionPath, noFunctions, functionXML("viewer-response", "headers"))
		}, 0, []Finding{{Level: Unseen, At: "function headers", What: "403 AccessDenied", Do: "existing_viewer_response"}}},
		{"a viewer-request function is no trouble", func(a *account) {
			a.change(distributionPath, noFunctions, functionXML("viewer-request", "redirects"))
		}, 0, nil},
		{"Lambda@Edge at a viewer event", func(a *account) {
			a.change(distributionPath, "<LambdaFunctionAssociations><Quantity>0</Quantity></LambdaFunctionAssociations>", "<LambdaFunctionAssociations><Quantity>1</Quantity><Items><LambdaFunctionAssociation><LambdaFunctionARN>arn:aws:lambda:us-east-1:123456789012:function:auth:7</LambdaFunctionARN><EventType>viewer-request</EventType></LambdaFunctionAssociation></Items></LambdaFunctionAssociations>")
		}, 0, []Finding{{Level: Stop, At: "behaviour Default (*)", What: "auth:7", Do: "CloudFront Function"}}},
		{"a v2 source", func(a *account) {
			a.change(sources, `"deliverySources":[`, `"deliverySources":[{"name":"cdn-logs","resourceArns":["arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE0001"],"service":"cloudfront","logType":"ACCESS_LOGS"},`)
		}, 0, []Finding{{Level: Adapt, At: "standard logs v2", What: "cdn-logs", Do: `existing_delivery_source = "cdn-logs"`}}},
		{"a v2 source on a later page", func(a *account) {
			a.answers[sources] = `{"deliverySources":[],"nextToken":"2"}`
			a.answers[sources+" next"] = `{"deliverySources":[{"name":"cdn-logs","resourceArns":["arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE0001"],"logType":"ACCESS_LOGS"}]}`
		}, 0, []Finding{{Level: Adapt, At: "standard logs v2", What: "cdn-logs", Do: "existing_delivery_source"}}},
		{"our own v2 source", func(a *account) {
			a.change(sources, `"deliverySources":[`, `"deliverySources":[{"name":"darksocial-access","resourceArns":["arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE0001"],"service":"cloudfront","logType":"ACCESS_LOGS"},`)
		}, 0, nil},
		{"legacy logs", func(a *account) {
			a.change(distributionPath, "<Logging><Enabled>false</Enabled><IncludeCookies>false</IncludeCookies><Bucket/><Prefix/></Logging>", "<Logging><Enabled>true</Enabled><IncludeCookies>false</IncludeCookies><Bucket>example-logs.s3.amazonaws.com</Bucket><Prefix>cdn/</Prefix></Logging>")
		}, 0, []Finding{{Level: Adapt, At: "standard logs (legacy)", What: "example-logs/cdn/", Do: `existing_log_bucket = "example-logs" with log_prefix = "cdn/"`}}},
		{"a real-time configuration", func(a *account) {
			a.change(distributionPath, noFunctions, noFunctions+realtimeARN)
			a.answers[realtimePath] = realtimeXML(100, neededFields...)
		}, 0, []Finding{{Level: Adapt, At: "behaviour Default (*)", What: "theirs is attached", Do: `realtime_stream_arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/theirs", realtime_fields = ["timestamp",`}}},
		{"one that samples, lacks and tells too much", func(a *account) {
			a.change(distributionPath, noFunctions, noFunctions+realtimeARN)
			a.answers[realtimePath] = realtimeXML(10, append([]string{"c-ip"}, neededFields[1:]...)...)
		}, 0, []Finding{{Level: Adapt, What: "is attached"}, {Level: Adapt, What: "10 of 100", Do: "100"}, {Level: Adapt, What: "lacks timestamp"}, {Level: Adapt, What: "has c-ip"}}},
		{"our own real-time configuration", func(a *account) {
			a.change(distributionPath, noFunctions, noFunctions+strings.ReplaceAll(realtimeARN, "/theirs", "/darksocial-realtime"))
		}, 0, nil},
		{"the whole query in the key", func(a *account) { a.answers[optimized] = cachePolicyXML("shop", 86400, "all") }, 0,
			[]Finding{{Level: Adapt, At: "behaviour Default (*)", What: "the cache policy shop", Do: "pages_cache_policy_id"}}},
		{"the parameter in the key", func(a *account) { a.answers[optimized] = cachePolicyXML("shop", 86400, "whitelist", "page", "ds") }, 0,
			[]Finding{{Level: Adapt, What: "ds splits the cache", Do: "take ds out"}}},
		{"others in the key", func(a *account) { a.answers[optimized] = cachePolicyXML("shop", 86400, "whitelist", "page") }, 0, nil},
		{"all but others in the key", func(a *account) { a.answers[optimized] = cachePolicyXML("shop", 86400, "allExcept", "gclid") }, 0,
			[]Finding{{Level: Adapt, Do: "add ds"}}},
		{"all but the parameter in the key", func(a *account) { a.answers[optimized] = cachePolicyXML("shop", 86400, "allExcept", "ds", "gclid") }, 0, nil},
		{"the whole query where nothing is kept", func(a *account) { a.answers[optimized] = cachePolicyXML("Managed-CachingDisabled", 0, "all") }, 0, nil},
		{"settings from before policies", func(a *account) {
			a.change(distributionPath, "<CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId>", "<ForwardedValues><QueryString>true</QueryString><Cookies><Forward>none</Forward></Cookies></ForwardedValues>")
		}, 0, []Finding{{Level: Adapt, What: "before there were policies"}}},
		{"such settings with other parameters", func(a *account) {
			a.change(distributionPath, "<CachePolicyId>658327ea-f89d-4fab-a63d-7e88639e58f6</CachePolicyId>", "<ForwardedValues><QueryString>true</QueryString><QueryStringCacheKeys><Quantity>1</Quantity><Items><Name>page</Name></Items></QueryStringCacheKeys></ForwardedValues>")
		}, 0, nil},
		{"a young account", func(a *account) { a.change(lambdaPath, `"ConcurrentExecutions":1000`, `"ConcurrentExecutions":10`) }, 0,
			[]Finding{{Level: Adapt, At: "account, region eu-central-1", What: "10 functions", Do: "label_concurrency = 2"}}},
		{"a pattern that fits ours", func(a *account) { a.with(behaviorXML("*.js", ""), behaviorXML("/img/*", "")) }, 0,
			[]Finding{{Level: Adapt, At: "behaviour *.js", What: "/_ds/ds.js", Do: "before these"}}},
		{"such a pattern before ours", func(a *account) {
			a.with(behaviorXML("*.js", ""), behaviorXML("/_ds/*.js", ""), behaviorXML("/_ds/*", ""))
		}, 0, []Finding{{Level: Stop, At: "behaviour *.js", Do: "move"}}},
		{"such a pattern behind ours", func(a *account) {
			a.with(behaviorXML("/_ds/*.js", ""), behaviorXML("/_ds/*", ""), behaviorXML("*.js", ""))
		}, 0, nil},
		{"no room for behaviours", func(a *account) { a.change(quotas, `"Value":75.0`, `"Value":4.0`) }, 2,
			[]Finding{{Level: Stop, At: "Cache behaviors per distribution", What: "1 of 4 are in use, and 4 more", Do: "Service Quotas"}}},
		{"no room for policies, by the usual quota", func(a *account) {
			a.change("GET /2020-05-31/cache-policy?Type=custom", "<Quantity>2", "<Quantity>18")
		}, 0, []Finding{{Level: Stop, At: "Cache policies per AWS account", What: "18 of 20"}}},
		{"what is ours needs no more room", func(a *account) {
			a.with(behaviorXML("/_ds/*.js", ""), behaviorXML("/_ds/*", ""))
			a.change("GET /2020-05-31/cache-policy?Type=custom", "<Quantity>2", "<Quantity>20")
		}, 0, nil},
		{"a disabled distribution", func(a *account) { a.change(distributionPath, "<Enabled>true</Enabled>", "<Enabled>false</Enabled>") }, 0,
			[]Finding{{Level: Stop, At: "distribution", What: "disabled"}}},
		{"nothing else may be read", func(a *account) { a.answers = map[string]string{distributionPath: a.answers[distributionPath]} }, 0,
			[]Finding{{Level: Unseen, At: "cache policy 658327ea-f89d-4fab-a63d-7e88639e58f6"}, {Level: Unseen, At: "standard logs", What: "AWS answered 400 AccessDeniedException: not allowed"}, {Level: Unseen, At: "Lambda in eu-central-1"},
				{Level: Unseen, At: "quotas"}, {Level: Unseen, At: "Cache policies per AWS account"}, {Level: Unseen, At: "Origin request policies per AWS account"}, {Level: Unseen, At: "Response headers policies per AWS account"},
				{Level: Unseen, At: "Origin access controls per AWS account"}, {Level: Unseen, At: "Functions per AWS account"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := newAccount(t)
			tt.change(a)
			report, err := a.run(Options{Routed: tt.routed})
			require.NoError(t, err)
			text, err := json.MarshalIndent(report.Findings, "", " ")
			require.NoError(t, err)
			require.Len(t, report.Findings, len(tt.want), string(text))
			for i, want := range tt.want {
				got := report.Findings[i]
				assert.Equal(t, want.Level, got.Level)
				assert.Contains(t, got.At, want.At)
				assert.Contains(t, got.What, want.What)
				assert.Contains(t, got.Do, want.Do)
				assert.NotEmpty(t, got.Why)
				assert.NotEmpty(t, got.Do)
			}
		})
	}
}

// TestByName: a distribution is found by a name that leads to it.
func TestByName(t *testing.T) {
	const first, second = "GET /2020-05-31/distribution", "GET /2020-05-31/distribution?Marker=E0"
	for host, found := range map[string]bool{"www.example.com": true, "WWW.example.com": true, "d111111abcdef8.cloudfront.net": true, "a.shop.example.com": true,
		"shop.example.com": false, "a.b.shop.example.com": false, "example.com": false} {
		t.Run(host, func(t *testing.T) {
			a := newAccount(t)
			a.answers[first] = `<DistributionList><NextMarker>E0</NextMarker><IsTruncated>true</IsTruncated><Items><DistributionSummary><Id>E0</Id><DomainName>d0.cloudfront.net</DomainName></DistributionSummary></Items></DistributionList>`
			a.answers[second] = `<DistributionList><IsTruncated>false</IsTruncated><Items><DistributionSummary><Id>E1EXAMPLE0001</Id><DomainName>d111111abcdef8.cloudfront.net</DomainName><Aliases><Quantity>2</Quantity><Items><CNAME>www.example.com</CNAME><CNAME>*.shop.example.com</CNAME></Items></Aliases></DistributionSummary></Items></DistributionList>`
			report, err := a.run(Options{Distribution: host})
			if !found {
				assert.ErrorIs(t, err, ErrNone)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, "E1EXAMPLE0001", report.Distribution)
		})
	}
}

func TestNoDistribution(t *testing.T) {
	_, err := newAccount(t).run(Options{Distribution: "E9NOBODY00000"})
	var refused *Refused
	require.ErrorAs(t, err, &refused)
	assert.Equal(t, &Refused{403, "AccessDenied", "not allowed to ask /2020-05-31/distribution/E9NOBODY00000"}, refused)
}

// TestOdd: what is no answer of AWS is an error, and no panic.
func TestOdd(t *testing.T) {
	for _, answer := range []string{"", "<html>", `{"a":`, "<Distribution>"} {
		a := newAccount(t)
		a.answers[distributionPath] = answer
		_, err := a.run(Options{})
		require.Error(t, err, answer)
	}
	for _, body := range []string{"", "no", "[1]", `{"__type":5}`, "<a/>"} {
		var refused *Refused
		require.True(t, errors.As(refusal(502, []byte(body)), &refused))
		assert.Equal(t, "Bad Gateway", refused.Code, body)
	}
}

func TestFits(t *testing.T) {
	for _, tt := range []struct {
		pattern, path string
		want          bool
	}{
		{"*", "/_ds/hit", true}, {"/*", "/_ds/hit", true}, {"*.js", "/_ds/ds.js", true}, {"_ds/*", "/_ds/hit", true}, {"/_d?/hit", "/_ds/hit", true},
		{"/*/hit", "/_ds/hit", true}, {"/a*t", "/a/b/t", true},
		{"/img/*", "/_ds/hit", false}, {"/_ds", "/_ds/hit", false}, {"/[_]ds/hit", "/_ds/hit", false}, {`/\*`, "/_ds/hit", false}, {"*.JS", "/_ds/ds.js", false},
	} {
		assert.Equal(t, tt.want, fits(tt.pattern, tt.path), "%s %s", tt.pattern, tt.path)
	}
}
