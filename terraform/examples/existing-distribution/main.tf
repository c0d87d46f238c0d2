# For a distribution that exists, and is managed elsewhere. Nothing of it is changed here: the outputs say what to attach, and where.
#
# Its access logs are delivered on top of those it may already have; that is set beside the distribution, not in it.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

variable "functions" {
  description = "Folder of the functions' zips, or s3://BUCKET/PREFIX."
  type        = string
  default     = "../../../dist"
}

variable "distribution_arn" {
  description = "The distribution."
  type        = string
  default     = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
}

module "darksocial" {
  source = "../.."

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  functions        = var.functions
  collect          = true
  deliver_logs     = true
  distribution_arn = var.distribution_arn

  # If the pages' behaviour has a viewer-response function: true, and merge the output of that name into it.
  existing_viewer_response = false

  # If the distribution has a delivery source of standard logs v2: its name.
  existing_delivery_source = null

  sites = {
    "example.com" = {
      hosts = ["example.com"]
    }
  }
}

output "origin" {
  description = "1. Add this origin: https alone, TLS 1.2, with the origin access control."
  value       = module.darksocial.collect_origin
}

output "behaviours" {
  description = "2. Add these behaviours to that origin, in this order, before all others: the methods it says, https alone."
  value       = module.darksocial.behaviours
}

output "viewer_response_function_arn" {
  description = "3. Attach this to viewer-response of the behaviours that serve pages."
  value       = module.darksocial.viewer_response_function_arn
}

output "viewer_response_snippet" {
  description = "3. Or, if there is a function already: put this into it."
  value       = module.darksocial.viewer_response_snippet
}

output "pages_cache_policy_id" {
  description = "4. Use this cache policy for pages, or leave the parameter \"ds\" out of the key of yours."
  value       = module.darksocial.pages_cache_policy_id
}

output "realtime_log_config_arn" {
  description = "5. With realtime_shards: attach this to the behaviours that serve pages."
  value       = module.darksocial.realtime_log_config_arn
}

output "athena_workgroup" {
  description = "Where to query the tables."
  value       = module.darksocial.athena_workgroup
}
