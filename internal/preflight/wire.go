package preflight

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
)

// api is the version of CloudFront's interface, which begins every path:
// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_Operations.html
const api = "/2020-05-31/"

// distribution is what is read of one, of all that GetDistribution answers.
type distribution struct {
	ID      string `xml:"Id"`
	ARN     string
	Status  string
	Enabled bool       `xml:"DistributionConfig>Enabled"`
	Aliases []string   `xml:"DistributionConfig>Aliases>Items>CNAME"`
	Origins int        `xml:"DistributionConfig>Origins>Quantity"`
	Default behavior   `xml:"DistributionConfig>DefaultCacheBehavior"`
	Others  []behavior `xml:"DistributionConfig>CacheBehaviors>Items>CacheBehavior"`
	Logging struct {
		Enabled        bool
		Bucket, Prefix string
	} `xml:"DistributionConfig>Logging"`
}

// behavior is what the distribution does with the paths of a pattern.
type behavior struct {
	PathPattern string // empty: all others
	CachePolicy string `xml:"CachePolicyId"`
	Realtime    string `xml:"RealtimeLogConfigArn"`
	Functions   []struct {
		ARN   string `xml:"FunctionARN"`
		Event string `xml:"EventType"`
	} `xml:"FunctionAssociations>Items>FunctionAssociation"`
	Lambdas []struct {
		ARN   string `xml:"LambdaFunctionARN"`
		Event string `xml:"EventType"`
	} `xml:"LambdaFunctionAssociations>Items>LambdaFunctionAssociation"`
	// Forwarded is how caches were set before there were policies.
	Forwarded *struct {
		QueryString bool
		Keys        []string `xml:"QueryStringCacheKeys>Items>Name"`
	} `xml:"ForwardedValues"`
}

// name is how a behaviour is called in the console.
func (b *behavior) name() string {
	if b.PathPattern == "" {
		return "Default (*)"
	}
	return b.PathPattern
}

func (c *Client) distribution(ctx context.Context, id string) (*distribution, error) {
	d := &distribution{}
	return d, c.getXML(ctx, api+"distribution/"+url.PathEscape(id), d)
}

// distributions calls each with the id and the names of every distribution, until one
// is what was looked for.
func (c *Client) distributions(ctx context.Context, found func(id string, hosts []string) bool) error {
	for marker := ""; ; {
		var list struct {
			NextMarker string
			Items      []struct {
				ID      string   `xml:"Id"`
				Domain  string   `xml:"DomainName"`
				Aliases []string `xml:"Aliases>Items>CNAME"`
			} `xml:"Items>DistributionSummary"`
		}
		path := api + "distribution"
		if marker != "" {
			path += "?Marker=" + url.QueryEscape(marker)
		}
		if err := c.getXML(ctx, path, &list); err != nil {
			return err
		}
		for _, d := range list.Items {
			if found(d.ID, append(d.Aliases, d.Domain)) {
				return nil
			}
		}
		if marker = list.NextMarker; marker == "" {
			return nil
		}
	}
}

// cachePolicy is what makes answers be kept, and apart.
type cachePolicy struct {
	Name        string   `xml:"CachePolicyConfig>Name"`
	MaxTTL      int64    `xml:"CachePolicyConfig>MaxTTL"`
	Behavior    string   `xml:"CachePolicyConfig>ParametersInCacheKeyAndForwardedToOrigin>QueryStringsConfig>QueryStringBehavior"`
	QueryString []string `xml:"CachePolicyConfig>ParametersInCacheKeyAndForwardedToOrigin>QueryStringsConfig>QueryStrings>Items>Name"`
}

func (c *Client) cachePolicy(ctx context.Context, id string) (*cachePolicy, error) {
	p := &cachePolicy{}
	return p, c.getXML(ctx, api+"cache-policy/"+url.PathEscape(id), p)
}

// functionCode is the code of a CloudFront Function, as it is live.
func (c *Client) functionCode(ctx context.Context, name string) ([]byte, error) {
	return c.get(ctx, cloudFront, api+"function/"+url.PathEscape(name)+"?Stage=LIVE")
}

// count is how many there are of a list of the account's: of own policies, functions.
func (c *Client) count(ctx context.Context, list string) (n int, err error) {
	var page struct{ Quantity int }
	err = c.getXML(ctx, api+list, &page)
	return page.Quantity, err
}

// realtimeConfig is a real-time log configuration.
type realtimeConfig struct {
	Name    string
	Rate    int      `xml:"SamplingRate"`
	Streams []string `xml:"EndPoints>member>KinesisStreamConfig>StreamARN"`
	Fields  []string `xml:"Fields>Field"`
}

func (c *Client) realtimeConfig(ctx context.Context, arn string) (*realtimeConfig, error) {
	var text bytes.Buffer
	if err := xml.EscapeText(&text, []byte(arn)); err != nil {
		return nil, err
	}
	ask := `<GetRealtimeLogConfigRequest xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><ARN>` + text.String() + `</ARN></GetRealtimeLogConfigRequest>`
	body, err := c.do(ctx, cloudFront, http.MethodPost, api+"get-realtime-log-config", http.Header{"Content-Type": {"text/xml"}}, []byte(ask))
	if err != nil {
		return nil, err
	}
	var answer struct{ RealtimeLogConfig realtimeConfig }
	return &answer.RealtimeLogConfig, xml.Unmarshal(body, &answer)
}

// deliverySource says that logs of something are delivered: standard logs v2.
type deliverySource struct {
	Name      string   `json:"name"`
	Resources []string `json:"resourceArns"`
	LogType   string   `json:"logType"`
}

func (c *Client) deliverySources(ctx context.Context) (all []deliverySource, err error) {
	for token := ""; ; {
		ask := map[string]string{}
		if token != "" {
			ask["nextToken"] = token
		}
		var page struct {
			Sources []deliverySource `json:"deliverySources"`
			Next    string           `json:"nextToken"`
		}
		if err := c.call(ctx, edgeLogs, "Logs_20140328.DescribeDeliverySources", ask, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Sources...)
		if token = page.Next; token == "" {
			return all, nil
		}
	}
}

// concurrency is how many functions may run at a time in the region, in all.
func (c *Client) concurrency(ctx context.Context) (n int, err error) {
	region := c.config.Region
	body, err := c.get(ctx, service{"lambda", "lambda." + region + ".amazonaws.com", region}, "/2016-08-19/account-settings")
	if err != nil {
		return 0, err
	}
	var answer struct {
		AccountLimit struct{ ConcurrentExecutions int }
	}
	err = json.Unmarshal(body, &answer)
	return answer.AccountLimit.ConcurrentExecutions, err
}

// quotas are those of CloudFront that were ever set or can be, by name.
func (c *Client) quotas(ctx context.Context) (map[string]int, error) {
	quotas := map[string]int{}
	for token := ""; ; {
		ask := map[string]string{"ServiceCode": "cloudfront"}
		if token != "" {
			ask["NextToken"] = token
		}
		var page struct {
			Quotas []struct {
				QuotaName string
				Value     float64
			}
			NextToken string
		}
		if err := c.call(ctx, serviceQuotas, "ServiceQuotasV20190624.ListServiceQuotas", ask, &page); err != nil {
			return nil, err
		}
		for _, q := range page.Quotas {
			quotas[q.QuotaName] = int(q.Value)
		}
		if token = page.NextToken; token == "" {
			return quotas, nil
		}
	}
}
