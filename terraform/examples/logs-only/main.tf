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
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.90, < 7"
    }
  }
}

# The region of the log bucket.
provider "aws" {
  region = "eu-central-1"
}

variable "dist" {
  description = "Folder of the functions' zips."
  type        = string
  default     = "../../../dist"
}

module "darksocial" {
  source = "../.."

  label_zip  = "${var.dist}/label.zip"
  rollup_zip = "${var.dist}/rollup.zip"

  log_bucket = "example-com-logs"
  log_prefix = "cdn/"

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

output "dead_letter_queues" {
  description = "What failed for good."
  value       = module.darksocial.dead_letter_queues
}
