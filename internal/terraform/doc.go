// Package terraform holds no code, only the tests of the Terraform module in
// terraform/: its form, its own tests, what plans of the examples would make, what
// is made and taken down again on engines that stand for AWS, and what is written of
// the code: the tables of its README, and the columns that Athena is told of.
//
// They need the terraform command, the provider hashicorp/aws and the engines of
// internal/engine. Without the command all that runs it is skipped, unless
// DARKSOCIAL_REQUIRE_ALL is 1. The provider is taken from a mirror on disk, TF_PLUGIN_DIR or one of
// Terraform's own folders, and else fetched by terraform init.
package terraform
