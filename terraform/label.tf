# label: batches of access logs → labels in the table. functions/label, internal/job/label.go.

locals {
  # The stream's columns: ours as we ask for them (realtime.tf), another's as its owner says.
  realtime_fields = var.realtime_shards > 0 ? local.realtime_columns : var.realtime_fields
  stream_arn      = var.realtime_shards > 0 ? one(aws_kinesis_stream.realtime[*].arn) : var.realtime_stream_arn

  from_stream = var.realtime_stream_arn != null || var.realtime_shards > 0

  label_environment = {
    TABLE           = var.name
    LAKE_BUCKET     = local.lake_bucket
    SITES           = local.sites
    LOG_FORMAT      = var.log_format
    REALTIME_FIELDS = join(",", local.realtime_fields)
  }

  label_statements = concat(
    [
      {
        Sid      = "Table"
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:GetItem", "dynamodb:PutItem"]
        Resource = [aws_dynamodb_table.this.arn]
      },
      {
        Sid      = "Failed"
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = ["${aws_s3_bucket.lake.arn}/failed/*"]
      },
      {
        Sid      = "OwnLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.label.arn}:*"]
      },
    ],
    local.key_statements,
    flatten([
      for bucket in local.from_bucket ? [local.log_bucket_arn] : [] : [
        {
          Sid      = "ReadLogs"
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:GetObjectVersion"]
          Resource = ["${bucket}/${local.log_prefix}*"]
        },
        # Without it a missing object is a 403. S3 takes the key asked for as s3:prefix then: https://github.com/ceph/ceph/pull/68577
        {
          Sid       = "MissingLogs"
          Effect    = "Allow"
          Action    = ["s3:ListBucket"]
          Resource  = [bucket]
          Condition = { StringLike = { "s3:prefix" = ["${local.log_prefix}*"] } }
        },
        {
          Sid      = "Queue"
          Effect   = "Allow"
          Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
          Resource = [aws_sqs_queue.logs[0].arn]
        },
      ]
    ]),
    [
      for key in compact([var.log_kms_key_arn]) : {
        Sid       = "LogKey"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = [key]
        Condition = { StringEquals = { "kms:ViaService" = [for service in ["kinesis", "s3"] : "${service}.${local.region}.${local.dns_suffix}"] } }
      }
    ],
    flatten([
      for stream in local.from_stream ? [local.stream_arn] : [] : [
        {
          Sid      = "Stream"
          Effect   = "Allow"
          Action   = ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"]
          Resource = [stream]
        },
        {
          Sid      = "StreamFailed"
          Effect   = "Allow"
          Action   = ["sqs:SendMessage"]
          Resource = [aws_sqs_queue.stream_dead[0].arn]
        },
      ]
    ]),
  )
}

resource "aws_lambda_function" "label" {
  function_name                  = "${var.name}-label"
  description                    = "Labels access logs: where visits really came from"
  role                           = aws_iam_role.label.arn
  filename                       = local.code.label.file
  source_code_hash               = local.code.label.hash
  s3_bucket                      = local.code.label.bucket
  s3_key                         = local.code.label.key
  runtime                        = "provided.al2023"
  architectures                  = ["arm64"]
  handler                        = "bootstrap"
  memory_size                    = var.memory.label
  timeout                        = var.label_timeout
  reserved_concurrent_executions = var.reserved_concurrency.label
  tags                           = var.tags

  environment {
    variables = local.label_environment
  }

  # Lambda's own lines cost as much as the labels: WARN leaves out START, END and REPORT.
  logging_config {
    log_group             = aws_cloudwatch_log_group.label.name
    log_format            = "JSON"
    application_log_level = "INFO"
    system_log_level      = "WARN"
  }

  lifecycle {
    precondition {
      condition     = var.existing_log_bucket == null || var.existing_log_bucket != local.lake_bucket
      error_message = "existing_log_bucket is the lake's own bucket: use two."
    }

    precondition {
      condition     = length(local.foreign) == 0
      error_message = "This is ${local.region}, and ${join(", ", local.foreign)}. Functions read streams and use keys of their own region: deploy the module where the logs are, with keys from there."
    }

    precondition {
      condition     = local.environment_bytes.label <= local.environment_limit
      error_message = "label's environment is ${local.environment_bytes.label} bytes, and Lambda takes ${local.environment_limit}. Nearly all of it is var.sites: use fewer topics and patterns, or deploy the module once per group of sites."
    }
  }
}

resource "aws_cloudwatch_log_group" "label" {
  name              = "/aws/lambda/${var.name}-label"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_iam_role" "label" {
  name               = "${var.name}-label"
  assume_role_policy = local.lambda_trust
  tags               = var.tags
}

resource "aws_iam_role_policy" "label" {
  name = "label"
  role = aws_iam_role.label.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.label_statements
  })
}

resource "aws_lambda_event_source_mapping" "logs" {
  count = local.from_bucket ? 1 : 0

  event_source_arn                   = aws_sqs_queue.logs[0].arn
  function_name                      = aws_lambda_function.label.arn
  tags                               = var.tags
  batch_size                         = var.label_batch_size
  maximum_batching_window_in_seconds = var.label_batch_window

  # One bad object never sends back the whole batch.
  function_response_types = ["ReportBatchItemFailures"]

  scaling_config {
    maximum_concurrency = var.label_concurrency
  }

  lifecycle {
    precondition {
      condition     = var.reserved_concurrency.label == -1 || var.reserved_concurrency.label >= var.label_concurrency
      error_message = "label_concurrency is ${var.label_concurrency}, and only ${var.reserved_concurrency.label} runs are reserved for label: messages would be refused, and become dead letters. Lower the one or raise the other."
    }
  }

  depends_on = [aws_iam_role_policy.label]
}

resource "aws_lambda_event_source_mapping" "stream" {
  count = local.from_stream ? 1 : 0

  event_source_arn = local.stream_arn
  function_name    = aws_lambda_function.label.arn
  tags             = var.tags

  # What the stream still holds is labelled as well. That can be twice, which the rollup undoes; what is skipped is lost.
  starting_position = "TRIM_HORIZON"

  # A record is about 1 KB and base64 here; Lambda takes 6 MB.
  batch_size                         = 2000
  maximum_batching_window_in_seconds = var.label_batch_window

  function_response_types        = ["ReportBatchItemFailures"]
  bisect_batch_on_function_error = true
  maximum_retry_attempts         = 5

  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.stream_dead[0].arn
    }
  }

  depends_on = [aws_iam_role_policy.label]
}

# Ranges of the stream that failed: shard and sequence numbers, no records. The stream itself forgets after a day unless told otherwise.
resource "aws_sqs_queue" "stream_dead" {
  count = local.from_stream ? 1 : 0

  name                      = "${var.name}-stream-dead"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 14 * 24 * 60 * 60
  tags                      = var.tags
}
