# Dark social from the access logs a CloudFront distribution already writes to a bucket. The distribution is not touched, nor is it mentioned:
# all it takes is to know where its logs lie.
#
# The bucket has to send its events to EventBridge; if it does not yet, switch that on where the bucket is managed:
#
#   resource "aws_s3_bucket_notification" "logs" {
#     bucket      = "example-com-logs"
#     eventbridge = true
#   }

terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"
    }
  }
}

# The region of the log bucket.
provider "aws" {
  region = "eu-central-1"
}

# For CloudFront's own things, of which this example has none. The module wants it all the same.
provider "aws" {
  alias  = "us_east_1"
  region = "us-east-1"
}

variable "functions" {
  description = "Folder of the functions' zips."
  type        = string
  default     = "../../../dist"
}

module "darksocial" {
  source = "../.."

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  functions = var.functions

  existing_log_bucket = "example-com-logs"
  log_prefix          = "cdn/"

  sites = {
    "example.com" = {
      hosts = ["example.com", "example-shop.de"]
      own_channels = [
        { utm_source = "whatsapp-kanal", source = "whatsapp" },
      ]
      topics = [
        { path = "/sport/**", topic = "Sport" },
      ]
      pages = {
        ignore = ["/api/**"]
        hide   = ["/orders/*"]
      }
    }
  }
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

output "dead_letter_queues" {
  description = "What failed for good."
  value       = module.darksocial.dead_letter_queues
}
