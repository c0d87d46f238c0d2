# What all functions share: where we are, how things are called.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account    = data.aws_caller_identity.current.account_id
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.id
  dns_suffix = data.aws_partition.current.dns_suffix

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
  environment_limit        = 4096
  label_environment_bytes  = floor(length(base64encode(jsonencode(local.label_environment))) * 3 / 4)
  rollup_environment_bytes = floor(length(base64encode(jsonencode(local.rollup_environment))) * 3 / 4)
}
