# rollup: each hour, what has changed in the table → the day's tables in the lake. functions/rollup, internal/job/rollup.go.

locals {
  rollup_environment = {
    TABLE       = var.name
    LAKE_BUCKET = local.lake_bucket
    SITES       = local.sites
    SALT_TABLE  = var.collect ? local.salt_table : ""
  }

  # All but failed/: those are label's.
  rollup_prefixes = concat([for table in keys(local.tables) : "${table}/*"], ["manifests/*", "partials/*"])

  rollup_statements = concat(
    [
      {
        Sid      = "Table"
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]
        Resource = [aws_dynamodb_table.this.arn]
      },
      {
        Sid      = "Lake"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = [for prefix in local.rollup_prefixes : "${aws_s3_bucket.lake.arn}/${prefix}"]
      },
      {
        Sid      = "Partials"
        Effect   = "Allow"
        Action   = ["s3:DeleteObject"]
        Resource = ["${aws_s3_bucket.lake.arn}/partials/*"]
      },
      # To list partials, and so that a missing object is a 404 (see label.tf).
      {
        Sid       = "List"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [aws_s3_bucket.lake.arn]
        Condition = { StringLike = { "s3:prefix" = local.rollup_prefixes } }
      },
      {
        Sid      = "DeadLetters"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.rollup_dead.arn]
      },
      {
        Sid      = "OwnLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.rollup.arn}:*"]
      },
    ],
    local.key_statements,
    # It looks for salts that have lived long enough, and deletes them. It makes none.
    [
      for table in aws_dynamodb_table.salts : {
        Sid      = "Salts"
        Effect   = "Allow"
        Action   = ["dynamodb:DeleteItem", "dynamodb:Query"]
        Resource = [table.arn]
      }
    ],
  )
}

resource "aws_lambda_function" "rollup" {
  function_name                  = "${var.name}-rollup"
  description                    = "Rolls labels up to daily tables"
  role                           = aws_iam_role.rollup.arn
  filename                       = local.code.rollup.file
  source_code_hash               = local.code.rollup.hash
  s3_bucket                      = local.code.rollup.bucket
  s3_key                         = local.code.rollup.key
  runtime                        = "provided.al2023"
  architectures                  = ["arm64"]
  handler                        = "bootstrap"
  memory_size                    = var.memory.rollup
  timeout                        = 900
  reserved_concurrent_executions = var.reserved_concurrency.rollup
  tags                           = var.tags

  # Sorted runs spill to disk, so that memory stays flat.
  ephemeral_storage {
    size = var.rollup_storage
  }

  environment {
    variables = local.rollup_environment
  }

  logging_config {
    log_group             = aws_cloudwatch_log_group.rollup.name
    log_format            = "JSON"
    application_log_level = "INFO"
    system_log_level      = "WARN"
  }

  lifecycle {
    precondition {
      condition     = local.environment_bytes.rollup <= local.environment_limit
      error_message = "rollup's environment is ${local.environment_bytes.rollup} bytes, and Lambda takes ${local.environment_limit}. Nearly all of it is var.sites: use fewer topics and patterns, or deploy the module once per group of sites."
    }
  }
}

resource "aws_cloudwatch_log_group" "rollup" {
  name              = "/aws/lambda/${var.name}-rollup"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_iam_role" "rollup" {
  name               = "${var.name}-rollup"
  assume_role_policy = local.lambda_trust
  tags               = var.tags
}

resource "aws_iam_role_policy" "rollup" {
  name = "rollup"
  role = aws_iam_role.rollup.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.rollup_statements
  })
}

# The scheduler's part ends when Lambda has taken the event; a run that fails then would vanish. The next hour does its work again anyway.
resource "aws_lambda_function_event_invoke_config" "rollup" {
  function_name                = aws_lambda_function.rollup.function_name
  maximum_event_age_in_seconds = 3600
  maximum_retry_attempts       = 1

  destination_config {
    on_failure {
      destination = aws_sqs_queue.rollup_dead.arn
    }
  }

  depends_on = [aws_iam_role_policy.rollup]
}

# Runs that could not be started, and runs that failed: which hour or day, and the error.
resource "aws_sqs_queue" "rollup_dead" {
  name                      = "${var.name}-rollup-dead"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 14 * 24 * 60 * 60
  tags                      = var.tags
}

resource "aws_scheduler_schedule_group" "rollup" {
  name = "${var.name}-rollup"
  tags = var.tags
}

resource "aws_scheduler_schedule" "hourly" {
  name                = "${var.name}-hourly"
  group_name          = aws_scheduler_schedule_group.rollup.name
  schedule_expression = "rate(1 hour)"

  flexible_time_window {
    mode                      = "FLEXIBLE"
    maximum_window_in_minutes = 10
  }

  target {
    arn      = aws_lambda_function.rollup.arn
    role_arn = aws_iam_role.scheduler.arn

    # Not jsonencode: it writes < as \u003c, and the scheduler fills in only what it finds as written.
    input = "{\"schedule\":\"hourly\",\"time\":\"<aws.scheduler.scheduled-time>\"}"

    retry_policy {
      maximum_event_age_in_seconds = 3600
      maximum_retry_attempts       = 5
    }

    dead_letter_config {
      arn = aws_sqs_queue.rollup_dead.arn
    }
  }

  depends_on = [aws_iam_role_policy.scheduler]
}

resource "aws_iam_role" "scheduler" {
  name = "${var.name}-scheduler"
  tags = var.tags

  # The scheduler names the group, not the schedule, as the source:
  # https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "scheduler.amazonaws.com" }
      Condition = {
        StringEquals = {
          "aws:SourceAccount" = local.account
          "aws:SourceArn"     = aws_scheduler_schedule_group.rollup.arn
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "scheduler" {
  name = "scheduler"
  role = aws_iam_role.scheduler.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "Rollup"
          Effect   = "Allow"
          Action   = ["lambda:InvokeFunction"]
          Resource = [aws_lambda_function.rollup.arn]
        },
        {
          Sid      = "DeadLetters"
          Effect   = "Allow"
          Action   = ["sqs:SendMessage"]
          Resource = [aws_sqs_queue.rollup_dead.arn]
        },
      ],
      [
        for machine in aws_sfn_state_machine.shards : {
          Sid      = "Shards"
          Effect   = "Allow"
          Action   = ["states:StartExecution"]
          Resource = [machine.arn]
        }
      ],
    )
  })
}
