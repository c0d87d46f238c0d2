package terraform

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/edge"
	"darksocial/internal/edgefunction"
	"darksocial/internal/site"
)

// logBucket is that of examples/logs-only.
const logBucket = "example-com-logs"

// planCase is an example, planned against the real provider.
type planCase struct {
	name    string
	example string
	inputs  string // of the module that are others than in the example
	check   func(t *testing.T, p *plan)
}

var plans = []planCase{
	{"logs-only", "examples/logs-only", "", checkLogsOnly},
	{"complete", "examples/complete", `tags = { team = "news" }`, checkComplete},
	{"existing-distribution", "examples/existing-distribution", "", checkExisting},
	{"merged", "examples/existing-distribution", "existing_viewer_response = true\n  code_parameter = \"via\"", checkMerged},
}

// lakeResources are all there is of S3 in a logs-only deployment: the lake's.
var lakeResources = []string{
	"aws_s3_bucket.lake",
	"aws_s3_bucket_lifecycle_configuration.lake",
	"aws_s3_bucket_ownership_controls.lake",
	"aws_s3_bucket_policy.lake",
	"aws_s3_bucket_public_access_block.lake",
	"aws_s3_bucket_server_side_encryption_configuration.lake",
	"aws_s3_bucket_versioning.lake",
}

// plan is the part of `terraform show -json` that is looked at.
// https://developer.hashicorp.com/terraform/internals/json-format
type plan struct {
	ResourceChanges []change `json:"resource_changes"`
	PlannedValues   struct {
		Outputs map[string]struct {
			Value any `json:"value"`
		} `json:"outputs"`
	} `json:"planned_values"`
	Configuration struct {
		RootModule struct {
			ModuleCalls map[string]struct {
				Module configuration `json:"module"`
			} `json:"module_calls"`
		} `json:"root_module"`
	} `json:"configuration"`
}

type change struct {
	Address string `json:"address"`
	Mode    string `json:"mode"`
	Type    string `json:"type"`
	Change  struct {
		Actions []string       `json:"actions"`
		After   map[string]any `json:"after"`
	} `json:"change"`
}

// configuration is a module as Terraform read it.
type configuration struct {
	Variables map[string]struct {
		Default     json.RawMessage `json:"default"`
		Description string          `json:"description"`
	} `json:"variables"`
	Outputs map[string]struct {
		Description string `json:"description"`
	} `json:"outputs"`
}

// run plans the example and looks at the result.
func (c planCase) run(t *testing.T, w *workspace) {
	dir := w.variant(t, c.example, c.name, `module "darksocial" {`+"\n  "+c.inputs+"\n}\n")
	aws := newAccount(t)
	env := aws.env("TF_VAR_functions=" + filepath.Join(w.dir, "tests", "zips"))
	w.runWith(t, dir, env, "plan", "-input=false", "-lock=false", "-out=plan.tfplan")
	var p plan
	require.NoError(t, json.Unmarshal([]byte(w.run(t, dir, "show", "-json", "plan.tfplan")), &p))
	t.Logf("%d resources", len(managed(p.ResourceChanges)))

	// A plan that had to ask AWS would depend on what is there.
	assert.Equal(t, []string{"GetCallerIdentity"}, aws.actions(), "calls to AWS")
	c.check(t, &p)
	checkEnvironments(t, p.ResourceChanges)
	read, ok := p.Configuration.RootModule.ModuleCalls["darksocial"]
	require.True(t, ok, "the example does not use the module")
	checkReading(t, read.Module)
}

// variant copies an example, with something in it overridden.
func (w *workspace) variant(t *testing.T, example, name, override string) string {
	t.Helper()
	dir := filepath.Join(w.dir, "examples", "variant-"+strings.ReplaceAll(name, " ", "-")) // as deep as the example
	for _, name := range []string{"main.tf", lockFile} {
		copyFile(t, filepath.Join(w.dir, example, name), filepath.Join(dir, name))
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "override.tf"), []byte(override), 0o600))
	return dir
}

// checkLogsOnly: nothing is in the way of a request, and nothing that exists is
// changed.
func checkLogsOnly(t *testing.T, p *plan) {
	assert.Empty(t, outsiders(p.ResourceChanges), "resources the module has no business with")
	assert.ElementsMatch(t, append([]string{"aws_cloudwatch_event_rule.logs[0]", "aws_cloudwatch_event_target.logs[0]"}, lakeResources...), bucketsAndEvents(p.ResourceChanges))

	functions := ofType(p.ResourceChanges, "aws_lambda_function")
	require.Len(t, functions, 2)
	for _, c := range functions {
		sites, err := site.Parse([]byte(environment(t, c)["SITES"]))
		require.NoError(t, err)
		require.Len(t, sites, 1)
		assert.Equal(t, "example.com", sites[0].Name)
		assert.Equal(t, []string{"example.com", "example-shop.de"}, sites[0].Hosts)
		assert.Equal(t, []darksocial.OwnChannel{{UTMSource: "whatsapp-kanal", Source: "whatsapp"}}, sites[0].OwnChannels)
		assert.Equal(t, []darksocial.Topic{{Path: "/sport/**", Topic: "Sport"}}, sites[0].Topics)
		assert.Equal(t, darksocial.PageRules{Ignore: []string{"/api/**"}, Hide: []string{"/orders/*"}}, sites[0].Pages)
		assert.Zero(t, sites[0].ShardBits)
	}
}

// checkComplete: the distribution has the module's behaviours before its own, and
// routed pages among them, which the functions know as well.
func checkComplete(t *testing.T, p *plan) {
	distributions := ofType(p.ResourceChanges, "aws_cloudfront_distribution")
	require.Len(t, distributions, 2)
	require.Equal(t, "aws_cloudfront_distribution.site", distributions[0].Address)
	require.Equal(t, "module.darksocial.aws_cloudfront_distribution.report[0]", distributions[1].Address)
	after := distributions[0].Change.After
	var patterns []string
	for _, b := range after["ordered_cache_behavior"].([]any) {
		behaviour := b.(map[string]any)
		assert.Equal(t, "collect", behaviour["target_origin_id"])
		assert.Equal(t, "https-only", behaviour["viewer_protocol_policy"])
		if behaviour["path_pattern"] == "/_ds/*" { // a shop's server posts its orders
			assert.Contains(t, behaviour["allowed_methods"], "POST")
		}
		patterns = append(patterns, behaviour["path_pattern"].(string))
	}
	assert.Equal(t, []string{"/_ds/*.js", "/_ds/*", "/angebote", "/angebote/*", "/kampagne"}, patterns)
	pages := after["default_cache_behavior"].([]any)[0].(map[string]any)
	assert.Equal(t, "site", pages["target_origin_id"])
	require.Len(t, pages["function_association"], 1)
	assert.Equal(t, "viewer-response", pages["function_association"].([]any)[0].(map[string]any)["event_type"])

	functions := ofType(p.ResourceChanges, "aws_lambda_function")
	require.Len(t, functions, 4)
	for _, c := range functions {
		sites, err := site.Parse([]byte(environment(t, c)["SITES"]))
		require.NoError(t, err)
		assert.True(t, sites[0].Routes("/angebote/2026/a") && sites[0].Routes("/angebote") && sites[0].Routes("/kampagne") && !sites[0].Routes("/kampagne/a"))
	}
	checkTags(t, p.ResourceChanges)
	checkIdle(t, p.ResourceChanges)
	for _, log := range ofType(p.ResourceChanges, "aws_cloudwatch_log_delivery") {
		assert.NotContains(t, log.Change.After["record_fields"], "c-ip")
	}
}

// checkTags: whatever takes tags has those of the module.
func checkTags(t *testing.T, changes []change) {
	t.Helper()
	tagged := 0
	for _, c := range managed(changes) {
		if tags, ok := c.Change.After["tags"]; ok && strings.HasPrefix(c.Address, "module.darksocial.") {
			tagged++
			assert.Equal(t, map[string]any{"team": "news"}, tags, c.Address)
		}
	}
	assert.Greater(t, tagged, 20)
}

// idle are dollars a month for what costs while nobody visits: one of a kind, and how
// many of it every account has for nothing. All else costs by use.
// https://aws.amazon.com/cloudwatch/pricing/, https://aws.amazon.com/kinesis/data-streams/pricing/
var idle = map[string]struct {
	price float64
	free  int
}{
	"aws_cloudwatch_metric_alarm": {0.10, 10}, // for each metric it looks at
	"aws_cloudwatch_dashboard":    {3, 3},
	"aws_kinesis_stream":          {10.95, 0},
	"aws_kms_key":                 {1, 0},
	"aws_secretsmanager_secret":   {0.40, 0},
}

// checkIdle: a deployment that nobody visits costs less than a dollar a month.
func checkIdle(t *testing.T, changes []change) {
	t.Helper()
	count := map[string]int{}
	for _, c := range managed(changes) {
		queries, _ := c.Change.After["metric_query"].([]any)
		count[c.Type] += max(1, len(queries)-1) // the first of several is what is made of them
	}
	total := 0.0
	for kind, cost := range idle {
		if n := count[kind] - cost.free; n > 0 {
			t.Logf("%d of %s, %d of them free: $%.2f", count[kind], kind, cost.free, float64(n)*cost.price)
			total += float64(n) * cost.price
		}
	}
	assert.LessOrEqual(t, total, 1.0, "dollars a month")
	for _, table := range ofType(changes, "aws_dynamodb_table") {
		assert.Equal(t, "PAY_PER_REQUEST", table.Change.After["billing_mode"], table.Address)
	}
}

// checkExisting: the distribution itself is not managed, and everything else is new.
func checkExisting(t *testing.T, p *plan) {
	assert.Empty(t, ofType(p.ResourceChanges, "aws_cloudfront_distribution"))
	for _, c := range managed(p.ResourceChanges) {
		assert.Equal(t, []string{"create"}, c.Change.Actions, c.Address)
	}
	assert.Len(t, ofType(p.ResourceChanges, "aws_cloudfront_function"), 2)
	assert.Len(t, ofType(p.ResourceChanges, "aws_lambda_permission"), 2)
}

// checkMerged: what is for merging does in the owner's function what ours does, and
// leaves theirs in peace, whatever its names are.
func checkMerged(t *testing.T, p *plan) {
	assert.Len(t, ofType(p.ResourceChanges, "aws_cloudfront_function"), 1)
	snippet, ok := p.PlannedValues.Outputs["viewer_response_snippet"].Value.(string)
	require.True(t, ok)
	theirs := `
function text(event) { return 'theirs'; }
function handler(event) {
  event.response.headers['x-theirs'] = { value: text(event) };
  return addHint(event);
}
`
	f, err := edgefunction.Load("merged.js", snippet+theirs)
	require.NoError(t, err)
	for url, robots := range map[string]string{"https://www.example.com/a": "", "https://www.example.com/a?via=8ZkPq4vR2Ts": "noindex", "https://www.example.com/a?ds=8ZkPq4vR2Ts": ""} {
		header, err := f.ViewerResponse(edgefunction.Context{RequestID: "id", ViewerIP: "192.0.2.1"}, httptest.NewRequest(http.MethodGet, url, nil), http.StatusOK,
			http.Header{"Content-Type": {"text/html"}})
		require.NoError(t, err)
		assert.Equal(t, "theirs", header.Get("X-Theirs"))
		assert.Contains(t, header.Get("Server-Timing"), `ds;desc="1.id.`)
		assert.Equal(t, robots, header.Get("X-Robots-Tag"), url)
	}
}

func managed(changes []change) []change {
	return slices.DeleteFunc(slices.Clone(changes), func(c change) bool { return c.Mode != "managed" })
}

func ofType(changes []change, kind string) []change {
	return slices.DeleteFunc(managed(changes), func(c change) bool { return c.Type != kind })
}

// TestFormats: log_format takes what the readers of logs do.
func TestFormats(t *testing.T) {
	data := readModule(t)
	listed := regexp.MustCompile(`contains\(\[(.*)\], var\.log_format\)`).FindStringSubmatch(data)
	require.Len(t, listed, 2, "no variable says which formats log_format takes")
	var want []string
	for _, format := range edge.Formats {
		want = append(want, strconv.Quote(string(format)))
	}
	assert.ElementsMatch(t, want, strings.Split(listed[1], ", "))
}

// outsiders returns what a logs-only deployment must not change: anything of a
// distribution and of its log delivery, anything that exists, and anything of
// the log bucket.
func outsiders(changes []change) []string {
	var found []string
	for _, c := range changes {
		switch {
		case c.Mode != "managed":
		case strings.HasPrefix(c.Type, "aws_cloudfront"), strings.HasPrefix(c.Type, "aws_cloudwatch_log_delivery"),
			!slices.Equal(c.Change.Actions, []string{"create"}),
			strings.HasPrefix(c.Type, "aws_s3_") && c.Change.After["bucket"] == logBucket:
			found = append(found, c.Address)
		}
	}
	return found
}

// bucketsAndEvents returns all that is made of S3 and of events, by its name in
// the module.
func bucketsAndEvents(changes []change) []string {
	var found []string
	for _, c := range changes {
		if strings.HasPrefix(c.Type, "aws_s3_") || strings.HasPrefix(c.Type, "aws_cloudwatch_event_") {
			found = append(found, strings.TrimPrefix(c.Address, "module.darksocial."))
		}
	}
	return found
}

// TestOutsiders keeps the plan's check able to fail.
func TestOutsiders(t *testing.T) {
	for _, tt := range []struct {
		json string
		want bool
	}{
		{`{"type":"aws_sqs_queue","mode":"managed","change":{"actions":["create"],"after":{}}}`, false},
		{`{"type":"aws_s3_bucket_policy","mode":"managed","change":{"actions":["create"],"after":{"bucket":"lake"}}}`, false},
		{`{"type":"aws_s3_bucket_notification","mode":"managed","change":{"actions":["create"],"after":{"bucket":"example-com-logs"}}}`, true},
		{`{"type":"aws_cloudfront_distribution","mode":"data","change":{"actions":["read"],"after":{}}}`, false},
		{`{"type":"aws_cloudfront_distribution","mode":"managed","change":{"actions":["create"],"after":{}}}`, true},
		{`{"type":"aws_cloudfront_monitoring_subscription","mode":"managed","change":{"actions":["create"],"after":{}}}`, true},
		{`{"type":"aws_cloudwatch_log_delivery_source","mode":"managed","change":{"actions":["create"],"after":{}}}`, true},
		{`{"type":"aws_s3_bucket_policy","mode":"managed","change":{"actions":["create"],"after":{"bucket":"example-com-logs"}}}`, true},
		{`{"type":"aws_sqs_queue","mode":"managed","change":{"actions":["delete","create"],"after":{}}}`, true},
	} {
		var c change
		require.NoError(t, json.Unmarshal([]byte(tt.json), &c))
		assert.Equal(t, tt.want, len(outsiders([]change{c})) > 0, tt.json)
	}
}
