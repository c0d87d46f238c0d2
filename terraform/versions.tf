terraform {
  # What the module is tested with, and later ones.
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7"

      # Some of what belongs to CloudFront is kept in Northern Virginia: the delivery of its logs and its figures.
      configuration_aliases = [aws.us_east_1]
    }
  }
}
