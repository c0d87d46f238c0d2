package terraform

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// refusal is an example with mistakes in it, and what a plan says of each.
type refusal struct {
	name     string
	zips     string // folder below the module
	override string
	want     []string // a beginning of each error's message, lines joined
}

var refusals = []refusal{
	{"inputs", "tests/zips", `
module "darksocial" {
  name  = "My Site"
  sites = { "example.com" = { hosts = ["example.com"], origin = "https://origin.example.com/blog" } }
}
`, []string{
		"name must be 2 to 24 lower-case letters",
		"An origin is a scheme and a host alone",
	}},
	{"zips", "tests/zips_without_collect", "", []string{"functions: one of label.zip, rollup.zip and (with collect) collect.zip and (with report) report.zip is not in the folder"}},
	{"places", "tests/zips", `
provider "aws" {
  alias  = "us_east_1"
  region = "eu-west-1"
}
`, []string{"The provider given as aws.us_east_1 is one of eu-west-1."}},
	{"keys", "tests/zips", `
module "darksocial" {
  kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/22222222-2222-2222-2222-222222222222"
}
`, []string{"This is eu-central-1, and kms_key_arn is in us-west-2."}},
}

// run plans the example and reads what Terraform says: a sentence for each mistake,
// and nothing that only follows from it.
func (r refusal) run(t *testing.T, w *workspace) {
	dir := w.variant(t, "examples/existing-distribution", "refused "+r.name, r.override)
	_, stderr, err := w.try(t, dir, newAccount(t).env("TF_VAR_functions="+filepath.Join(w.dir, r.zips)), "plan", "-input=false", "-lock=false")
	assert.Error(t, err)
	said := strings.Join(strings.Fields(strings.ReplaceAll(stderr, "│", "")), " ")
	for _, want := range r.want {
		assert.Contains(t, said, want)
	}
	assert.Equal(t, len(r.want), strings.Count(stderr, "Error: "), "errors beside the sentences:\n%s", stderr)
}
