# Access logs of the distribution, delivered to a bucket of their own: CloudFront → standard logs v2 → bucket → EventBridge (logs.tf).
#
# What is delivered is chosen here, column by column. Addresses and cookies are not among them: nobody can lose what was never written down.

locals {
  own_log_bucket = "${var.name}-logs-${local.account}-${local.region}"

  # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
  log_columns = [
    "date", "time", "cs-method", "cs-uri-stem", "sc-status", "cs(Referer)", "cs(User-Agent)", "cs-uri-query",
    "x-edge-request-id", "x-host-header", "sc-content-type", "c-country",
  ]

  # CloudWatch Logs keeps deliveries of CloudFront in one region, whatever the bucket's.
  delivery_source     = var.existing_delivery_source == null ? "${var.name}-access" : var.existing_delivery_source
  delivery_source_arn = "arn:${local.partition}:logs:${local.edge_region}:${local.account}:delivery-source:${local.delivery_source}"
}

resource "aws_s3_bucket" "logs" {
  count = var.deliver_logs ? 1 : 0

  bucket        = local.own_log_bucket
  force_destroy = true # they live 3 days anyway
  tags          = var.tags
}

resource "aws_s3_bucket_public_access_block" "logs" {
  count = var.deliver_logs ? 1 : 0

  bucket = aws_s3_bucket.logs[0].bucket

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "logs" {
  count = var.deliver_logs ? 1 : 0

  bucket = aws_s3_bucket.logs[0].bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

# With S3's own keys: the delivery service writes here, and would need a grant in a key of the owner's.
resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  count = var.deliver_logs ? 1 : 0

  bucket = aws_s3_bucket.logs[0].bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "logs" {
  count = var.deliver_logs ? 1 : 0

  bucket = aws_s3_bucket.logs[0].bucket

  rule {
    id     = "logs"
    status = "Enabled"

    filter {}

    expiration {
      days = 3
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}

# https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-V2-S3.html
resource "aws_s3_bucket_policy" "logs" {
  count = var.deliver_logs ? 1 : 0

  bucket = aws_s3_bucket.logs[0].bucket

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Delivery"
        Effect    = "Allow"
        Action    = ["s3:PutObject"]
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Resource  = ["${aws_s3_bucket.logs[0].arn}/*"]
        Condition = {
          StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control", "aws:SourceAccount" = local.account }
          ArnLike      = { "aws:SourceArn" = local.delivery_source_arn }
        }
      },
      {
        Sid       = "OnlyTLS"
        Effect    = "Deny"
        Action    = "s3:*"
        Principal = "*"
        Resource  = [aws_s3_bucket.logs[0].arn, "${aws_s3_bucket.logs[0].arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })

  # S3 refuses two changes of a bucket's access at once.
  depends_on = [aws_s3_bucket_public_access_block.logs]
}

# The bucket is ours, and so are its notifications.
resource "aws_s3_bucket_notification" "logs" {
  count = var.deliver_logs ? 1 : 0

  bucket      = aws_s3_bucket.logs[0].bucket
  eventbridge = true
}

resource "aws_cloudwatch_log_delivery_source" "logs" {
  count    = var.deliver_logs && var.existing_delivery_source == null ? 1 : 0
  provider = aws.us_east_1

  name         = local.delivery_source
  log_type     = "ACCESS_LOGS"
  resource_arn = var.distribution_arn
  tags         = var.tags
}

# Source, destination and delivery are made one after the other: CloudWatch Logs answers ConflictException to two at once.
# https://github.com/hashicorp/terraform-provider-aws/issues/42194
resource "aws_cloudwatch_log_delivery_destination" "logs" {
  count    = var.deliver_logs ? 1 : 0
  provider = aws.us_east_1

  name          = "${var.name}-access"
  output_format = "w3c"
  tags          = var.tags

  delivery_destination_configuration {
    destination_resource_arn = aws_s3_bucket.logs[0].arn
  }

  depends_on = [aws_cloudwatch_log_delivery_source.logs, aws_s3_bucket_policy.logs]
}

# No path of our own: AWS puts one of its own in front when a delivery is made, and takes it away when it is changed.
# https://github.com/hashicorp/terraform-provider-aws/issues/46328
resource "aws_cloudwatch_log_delivery" "logs" {
  count    = var.deliver_logs ? 1 : 0
  provider = aws.us_east_1

  delivery_source_name     = local.delivery_source
  delivery_destination_arn = aws_cloudwatch_log_delivery_destination.logs[0].arn
  record_fields            = concat(local.log_columns, var.log_extra_fields)
  tags                     = var.tags

  # The first logs would be announced to nobody.
  depends_on = [
    aws_cloudwatch_log_delivery_source.logs,
    aws_s3_bucket_notification.logs,
    aws_cloudwatch_event_target.logs,
  ]
}
