# Real-time logs: CloudFront → Kinesis → label. Off unless var.realtime_shards is above 0: a stream costs by the hour, whether anybody visits or not.
# Nothing flows until realtime_log_config_arn is attached to a behaviour.

locals {
  realtime = var.realtime_shards > 0 ? 1 : 0

  # In CloudFront's order, which is the line's whatever is asked for:
  # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/real-time-logs.html
  # No cs-headers: the Cookie header is in there, and what Sec-Fetch would add is cut off in many lines.
  realtime_columns = [
    "timestamp", "sc-status", "cs-method", "cs-uri-stem", "x-edge-request-id", "x-host-header",
    "cs-user-agent", "cs-referer", "cs-uri-query", "sc-content-type", "c-country",
  ]
}

resource "aws_kinesis_stream" "realtime" {
  count = local.realtime

  name             = "${var.name}-realtime"
  shard_count      = var.realtime_shards
  retention_period = 24
  encryption_type  = "KMS"
  kms_key_id       = var.log_kms_key_arn == null ? "alias/aws/kinesis" : var.log_kms_key_arn
  tags             = var.tags

  stream_mode_details {
    stream_mode = "PROVISIONED"
  }
}

resource "aws_iam_role" "realtime" {
  count = local.realtime

  name = "${var.name}-realtime"
  tags = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "cloudfront.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "realtime" {
  count = local.realtime

  name = "realtime"
  role = aws_iam_role.realtime[0].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{
        Sid      = "Stream"
        Effect   = "Allow"
        Action   = ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:PutRecord", "kinesis:PutRecords"]
        Resource = [aws_kinesis_stream.realtime[0].arn]
      }],
      [
        for key in compact([var.log_kms_key_arn]) : {
          Sid      = "Key"
          Effect   = "Allow"
          Action   = ["kms:GenerateDataKey"]
          Resource = [key]
        }
      ],
    )
  })
}

resource "aws_cloudfront_realtime_log_config" "realtime" {
  count = local.realtime

  name          = "${var.name}-realtime"
  sampling_rate = 100
  fields        = local.realtime_columns

  endpoint {
    stream_type = "Kinesis"

    kinesis_stream_config {
      role_arn   = aws_iam_role.realtime[0].arn
      stream_arn = aws_kinesis_stream.realtime[0].arn
    }
  }

  depends_on = [aws_iam_role_policy.realtime]
}
