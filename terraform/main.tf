# What all functions share: where we are, how things are called, where their programs are.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

data "aws_region" "us_east_1" {
  provider = aws.us_east_1

  lifecycle {
    postcondition {
      condition     = self.id == "us-east-1"
      error_message = "The provider given as aws.us_east_1 is one of ${self.id}. CloudFront keeps the delivery of its logs, and its figures, in us-east-1: give the module a provider of that region, in providers = { aws = aws, aws.us_east_1 = aws.us_east_1 }."
    }
  }
}

locals {
  account    = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.id
  dns_suffix = data.aws_partition.current.dns_suffix

  # Where CloudFront's own things are that have a region.
  edge_region = data.aws_region.us_east_1.id

  lambda_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })

  # What a function needs of the owner's own key, which it uses only through DynamoDB and S3. Both want it of the caller, not of the service:
  # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
  # https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
  key_statements = [
    for key in compact([var.kms_key_arn]) : {
      Sid    = "Key"
      Effect = "Allow"
      Action = [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
      ]
      Resource = [key]
      Condition = {
        StringEquals = { "kms:ViaService" = [for service in ["dynamodb", "s3"] : "${service}.${local.region}.${local.dns_suffix}"] }
      }
    }
  ]

  # Lambda measures the variables as one JSON text, quotes escaped, and says so in its error; the JSON here is at most longer.
  # length() counts characters, base64 bytes.
  environment_limit = 4096
  environment_bytes = {
    for name, environment in { label = local.label_environment, rollup = local.rollup_environment, collect = local.collect_environment, report = local.report_environment } :
    name => floor(length(base64encode(jsonencode(environment))) * 3 / 4)
  }

  # The programs, from a folder or from S3.
  from_s3 = startswith(var.functions, "s3://")
  code = {
    for name in concat(["label", "rollup"], var.collect ? ["collect"] : [], var.report != null ? ["report"] : []) : name => {
      file   = local.from_s3 ? null : "${var.functions}/${name}.zip"
      hash   = local.from_s3 ? null : filebase64sha256("${var.functions}/${name}.zip")
      bucket = local.from_s3 ? split("/", var.functions)[2] : null
      key    = local.from_s3 ? "${join("/", slice(split("/", var.functions), 3, length(split("/", var.functions))))}/${name}.zip" : null
    }
  }

  # An ARN's fourth part is its region.
  foreign = [
    for input, arn in { kms_key_arn = var.kms_key_arn, log_kms_key_arn = var.log_kms_key_arn, realtime_stream_arn = var.realtime_stream_arn } :
    "${input} is in ${split(":", arn)[3]}" if arn != null && try(split(":", arn)[3], local.region) != local.region
  ]
}
