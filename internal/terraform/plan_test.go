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
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/edge"
	"darksocial/internal/site"
)

// logBucket is the example's.
const logBucket = "example-com-logs"

// planCase is the example with one value of log_events, and what that may make
// besides what is always made. (With "none" it makes less than either; the
// module's own tests see to that.)
type planCase struct {
	events string
	want   []string
}

var plans = []planCase{
	{"eventbridge", []string{"aws_cloudwatch_event_rule.logs[0]", "aws_cloudwatch_event_target.logs[0]"}},
	{"s3", []string{"aws_s3_bucket_notification.logs[0]"}},
}

// always is made of buckets whatever log_events says: all of it is the lake's.
var always = []string{
	"aws_s3_bucket.lake",
	"aws_s3_bucket_lifecycle_configuration.lake",
	"aws_s3_bucket_ownership_controls.lake",
	"aws_s3_bucket_policy.lake",
	"aws_s3_bucket_public_access_block.lake",
	"aws_s3_bucket_server_side_encryption_configuration.lake",
}

// plan is the part of `terraform show -json` that is looked at.
// https://developer.hashicorp.com/terraform/internals/json-format
type plan struct {
	ResourceChanges []change `json:"resource_changes"`
	Configuration   struct {
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

// check plans the example against the real provider and looks at the result.
func (c planCase) check(t *testing.T, w *workspace) {
	dir := filepath.Join(w.dir, example+"-"+c.events)
	for _, name := range []string{"main.tf", lockFile} {
		copyFile(t, filepath.Join(w.dir, example, name), filepath.Join(dir, name))
	}
	override := `module "darksocial" {` + "\n" + `  log_events = "` + c.events + `"` + "\n}\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "override.tf"), []byte(override), 0o600))
	for _, name := range []string{"label.zip", "rollup.zip"} {
		copyFile(t, filepath.Join(w.dir, "tests", "empty.zip"), filepath.Join(dir, "dist", name))
	}

	aws := newAccount(t)
	env := []string{
		"AWS_ACCESS_KEY_ID=test", "AWS_SECRET_ACCESS_KEY=test", "AWS_ENDPOINT_URL=" + aws.URL,
		"TF_VAR_dist=" + filepath.Join(dir, "dist"),
	}
	w.runWith(t, dir, env, "plan", "-input=false", "-lock=false", "-out=plan.tfplan")
	var p plan
	require.NoError(t, json.Unmarshal([]byte(w.run(t, dir, "show", "-json", "plan.tfplan")), &p))

	// A plan that had to ask AWS would depend on what is there.
	assert.Equal(t, []string{"GetCallerIdentity"}, aws.actions(), "calls to AWS")

	assert.Empty(t, outsiders(p.ResourceChanges), "resources the module has no business with")
	assert.ElementsMatch(t, slices.Concat(always, c.want), bucketsAndEvents(p.ResourceChanges))
	checkEnvironment(t, p.ResourceChanges)
	read, ok := p.Configuration.RootModule.ModuleCalls["darksocial"]
	require.True(t, ok, "the example does not use the module")
	checkReading(t, read.Module)
}

// checkEnvironment gives the functions' environment to what reads it there.
func checkEnvironment(t *testing.T, changes []change) {
	t.Helper()
	functions := 0
	for _, c := range changes {
		if c.Type != "aws_lambda_function" {
			continue
		}
		functions++
		blocks, ok := c.Change.After["environment"].([]any)
		require.True(t, ok && len(blocks) == 1, c.Address)
		variables, ok := blocks[0].(map[string]any)["variables"].(map[string]any)
		require.True(t, ok, c.Address)
		text, ok := variables["SITES"].(string)
		require.True(t, ok, c.Address)
		sites, err := site.Parse([]byte(text))
		require.NoError(t, err, text)
		require.Len(t, sites, 1)
		assert.Equal(t, "example.com", sites[0].Name)
		assert.Equal(t, []string{"example.com", "example-shop.de"}, sites[0].Hosts)
		assert.Equal(t, []darksocial.OwnChannel{{UTMSource: "whatsapp-kanal", Source: "whatsapp"}}, sites[0].OwnChannels)
		assert.Equal(t, []darksocial.Topic{{Path: "/sport/**", Topic: "Sport"}}, sites[0].Topics)
		assert.Equal(t, darksocial.PageRules{Ignore: []string{"/api/**"}, Hide: []string{"/orders/*"}}, sites[0].Pages)
		assert.Zero(t, sites[0].ShardBits)
	}
	assert.Equal(t, 2, functions)
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
// the log bucket but its notifications, which log_events decides on.
func outsiders(changes []change) []string {
	var found []string
	for _, c := range changes {
		switch {
		case c.Mode != "managed":
		case strings.HasPrefix(c.Type, "aws_cloudfront"), strings.HasPrefix(c.Type, "aws_cloudwatch_log_delivery"),
			!slices.Equal(c.Change.Actions, []string{"create"}),
			strings.HasPrefix(c.Type, "aws_s3_") && c.Change.After["bucket"] == logBucket && c.Type != "aws_s3_bucket_notification":
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
		{`{"type":"aws_s3_bucket_notification","mode":"managed","change":{"actions":["create"],"after":{"bucket":"example-com-logs"}}}`, false},
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

// account answers the one call a plan makes, who am I, and notes all others.
type account struct {
	*httptest.Server
	mu   sync.Mutex
	seen map[string]bool
}

func newAccount(t *testing.T) *account {
	a := &account{seen: map[string]bool{}}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		action := r.FormValue("Action")
		if action == "" {
			action = r.Method + " " + r.URL.Path + " " + r.Header.Get("X-Amz-Target")
		}
		a.mu.Lock()
		a.seen[action] = true
		a.mu.Unlock()
		if action != "GetCallerIdentity" {
			http.Error(w, "nobody should ask for this", http.StatusBadRequest)
			return
		}
		w.Header().Set("Content-Type", "text/xml")
		_, _ = w.Write([]byte(`<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>` +
			`<Arn>arn:aws:iam::123456789012:user/test</Arn><UserId>AIDATEST</UserId><Account>123456789012</Account>` +
			`</GetCallerIdentityResult></GetCallerIdentityResponse>`))
	}))
	t.Cleanup(a.Close)
	return a
}

func (a *account) actions() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var actions []string
	for action := range a.seen {
		actions = append(actions, action)
	}
	slices.Sort(actions)
	return actions
}
