package preflight

import (
	"context"
	"fmt"
)

// enoughRuns is how many functions should be able to run at a time: label takes up to
// ten (label_concurrency), rollup one a site, and the rest is collect's.
const enoughRuns = 100

func (l *look) checkConcurrency(ctx context.Context) {
	runs, err := l.concurrency(ctx)
	at := "account, region " + l.Region()
	switch {
	case err != nil:
		l.unseen("Lambda in "+l.Region(), err, "see in Service Quotas that concurrent executions are at least "+fmt.Sprint(enoughRuns))
	case runs < enoughRuns:
		l.found(Adapt, at, fmt.Sprintf("%d functions can run at a time, all together", runs),
			"young accounts have 10: label alone may take them all, and then collect answers visitors with an error; reserving any is refused",
			"ask for 1,000 in Service Quotas (Lambda, concurrent executions: L-B99A9384); it costs nothing. Until then keep reserved_concurrency at -1 and set label_concurrency = 2")
	}
}

// quota is a limit of the account or the distribution that a deployment comes nearer to.
type quota struct {
	name    string // in Service Quotas
	usual   int    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
	list    string // of CloudFront's interface; "" if the distribution knows how many there are
	here    int
	adds    int
	because string
}

func (l *look) checkQuotas(ctx context.Context) {
	limits, err := l.quotas(ctx)
	if err != nil {
		l.unseen("quotas", err, "the usual ones were taken instead")
	}
	behaviors := len(l.distribution.Others) + 1 // the default
	ours := 0
	for i := range l.distribution.Others {
		if isOwn(l.distribution.Others[i].PathPattern) {
			ours++
		}
	}
	added := max(0, behaviorsAdded+l.Routed-ours)
	origins, account := 1, 1 // what is added, unless it is there
	if ours > 0 {
		origins, account = 0, 0
	}
	for _, q := range []quota{
		{"Cache behaviors per distribution", 75, "", behaviors, added, "for /_ds/*.js, /_ds/* and each routed path"},
		{"Origins per distribution", 100, "", l.distribution.Origins, origins, "for collect"},
		{"Cache policies per AWS account", 20, "cache-policy?Type=custom", 0, 3 * account, "for scripts, for /_ds/* and for pages"},
		{"Origin request policies per AWS account", 20, "origin-request-policy?Type=custom", 0, account, "for pages"},
		{"Response headers policies per AWS account", 20, "response-headers-policy?Type=custom", 0, account, "for /_ds/*"},
		{"Origin access controls per AWS account", 100, "origin-access-control", 0, account, "for collect"},
		{"Functions per AWS account", 100, "function", 0, 2 * account, "at viewer-request and viewer-response"},
	} {
		l.checkQuota(ctx, q, limits)
	}
}

func (l *look) checkQuota(ctx context.Context, q quota, limits map[string]int) {
	if q.adds == 0 {
		return
	}
	limit := q.usual
	if set, known := limits[q.name]; known {
		limit = set
	}
	if q.list != "" {
		var err error
		if q.here, err = l.count(ctx, q.list); err != nil {
			l.unseen(q.name, err, fmt.Sprintf("see that there is room for %d more", q.adds))
			return
		}
	}
	if q.here+q.adds > limit {
		l.found(Stop, q.name, fmt.Sprintf("%d of %d are in use, and %d more are needed, %s", q.here, limit, q.adds, q.because),
			"apply would fail half-way", "ask for more in Service Quotas (CloudFront), or remove what nobody uses")
	}
}
