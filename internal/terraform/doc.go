// Package terraform holds no code, only the tests of the Terraform module in
// terraform/: its form, its own tests, what a plan of the example would make,
// and the tables of its README.
//
// They need the terraform command and the provider hashicorp/aws. Without the
// command all but the README's test are skipped, unless DARKSOCIAL_REQUIRE_ALL
// is 1. The provider is taken from a mirror on disk, TF_PLUGIN_DIR or one of
// Terraform's own folders, and else fetched by terraform init.
package terraform
