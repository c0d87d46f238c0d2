# A new CloudFront distribution before a site that is served by any web server, with all there is: the script's requests, routed pages, access logs
# without addresses and cookies.
#
# Try it under the distribution's own name, then give the distribution a certificate and the site's name, and point the site's DNS to it.

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

# Where the functions, the table and the lake are. The distribution is everywhere.
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

variable "host" {
  description = "The site's name, which visitors see."
  type        = string
  default     = "www.example.com"
}

variable "origin" {
  description = "Name under which the site's own server is reached. It must not be the site's name: that leads to the CDN."
  type        = string
  default     = "origin.example.com"

  validation {
    condition     = can(regex("^[a-z0-9-]+([.][a-z0-9-]+)+$", var.origin))
    error_message = "origin is a host name alone, like \"origin.example.com\": no scheme, no path."
  }
}

variable "certificate_arn" {
  description = "Certificate for the site's name, of ACM in us-east-1. null: the distribution is reached under its own name alone."
  type        = string
  default     = null

  validation {
    condition     = var.certificate_arn == null || can(regex("^arn:[a-z-]+:acm:us-east-1:", var.certificate_arn))
    error_message = "certificate_arn is of ACM in us-east-1: CloudFront takes no other."
  }
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
  distribution_arn = aws_cloudfront_distribution.site.arn

  # The page of what was dark. Give it a name of its own: { host = "…", certificate_arn = "…" }.
  report = {}

  sites = {
    "example.com" = {
      hosts     = ["example.com"]
      time_zone = "Europe/Berlin"

      # Pages that are made for each visitor anyway. They go through collect, which asks the site's server for them.
      origin       = "https://${var.origin}"
      routed_paths = ["/angebote/**", "/kampagne"]
    }
  }
}

resource "aws_cloudfront_distribution" "site" {
  comment         = var.host
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"
  aliases         = var.certificate_arn == null ? [] : [var.host]

  origin {
    origin_id   = "site"
    domain_name = var.origin

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  origin {
    origin_id                = "collect"
    domain_name              = module.darksocial.collect_origin.domain_name
    origin_access_control_id = module.darksocial.collect_origin.origin_access_control_id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  dynamic "ordered_cache_behavior" {
    for_each = module.darksocial.behaviours

    content {
      path_pattern               = ordered_cache_behavior.value.path_pattern
      target_origin_id           = "collect"
      allowed_methods            = ordered_cache_behavior.value.allowed_methods
      cached_methods             = ["GET", "HEAD"]
      viewer_protocol_policy     = "https-only"
      compress                   = true
      cache_policy_id            = ordered_cache_behavior.value.cache_policy_id
      origin_request_policy_id   = ordered_cache_behavior.value.origin_request_policy_id
      response_headers_policy_id = ordered_cache_behavior.value.response_headers_policy_id

      dynamic "function_association" {
        for_each = compact([ordered_cache_behavior.value.viewer_request_arn])

        content {
          event_type   = "viewer-request"
          function_arn = function_association.value
        }
      }
    }
  }

  default_cache_behavior {
    target_origin_id         = "site"
    allowed_methods          = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    cached_methods           = ["GET", "HEAD"]
    viewer_protocol_policy   = "redirect-to-https"
    compress                 = true
    cache_policy_id          = module.darksocial.pages_cache_policy_id
    origin_request_policy_id = module.darksocial.pages_origin_request_policy_id

    function_association {
      event_type   = "viewer-response"
      function_arn = module.darksocial.viewer_response_function_arn
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = var.certificate_arn == null
    acm_certificate_arn            = var.certificate_arn
    ssl_support_method             = var.certificate_arn == null ? null : "sni-only"
    minimum_protocol_version       = var.certificate_arn == null ? null : "TLSv1.2_2021"
  }
}

output "domain_name" {
  description = "The distribution's own name: what the site's DNS has to point to."
  value       = aws_cloudfront_distribution.site.domain_name
}

output "script" {
  description = "What belongs into the head of each page."
  value       = "<script src=\"/_ds/ds.js\" async></script>"
}

output "report" {
  description = "Where the report is. A token to sign in with: darksocial token create --site example.com --table darksocial."
  value       = "https://${module.darksocial.report.domain_name}/"
}

output "lake_bucket" {
  description = "Where the daily tables lie."
  value       = module.darksocial.lake_bucket
}

output "glue_database" {
  description = "What to query in Athena."
  value       = module.darksocial.glue_database
}

output "athena_workgroup" {
  description = "Where to query it."
  value       = module.darksocial.athena_workgroup
}
