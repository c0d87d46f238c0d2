# Sites too large for one run of rollup: once a day yesterday's shards are folded side by side and then merged. rollup, internal/job/shards.go.
#
# By hand, for another day: {"site":"example.com","dt":"2026-11-20","shards":8}.

locals {
  sharded = { for name, site in var.sites : name => pow(2, site.shard_bits) if var.shard_map && site.shard_bits > 0 }

  rollup_retry = [{
    ErrorEquals     = ["States.ALL"]
    IntervalSeconds = 30
    MaxAttempts     = 3
    BackoffRate     = 2
  }]

  shard_map = {
    Comment       = "Rolls up one day of one site in shards"
    QueryLanguage = "JSONata"
    StartAt       = "Day"
    States = {
      Day = {
        Type = "Pass"
        Assign = {
          site   = "{% $states.input.site %}"
          shards = "{% $states.input.shards %}"
          # The schedule tells when it ran; the day is the one before.
          dt = "{% $exists($states.input.dt) ? $states.input.dt : $fromMillis($toMillis($states.input.time) - 86400000, '[Y0001]-[M01]-[D01]') %}"
        }
        Next = "Shards"
      }
      Shards = {
        Type           = "Map"
        Items          = "{% [0..($shards - 1)] %}"
        MaxConcurrency = 16
        ItemSelector = {
          site  = "{% $site %}"
          dt    = "{% $dt %}"
          shard = "{% $states.context.Map.Item.Value %}"
        }
        ItemProcessor = {
          ProcessorConfig = { Mode = "INLINE" }
          StartAt         = "Shard"
          States = {
            Shard = {
              Type      = "Task"
              Resource  = "arn:${local.partition}:states:::lambda:invoke"
              Arguments = { FunctionName = aws_lambda_function.rollup.arn, Payload = "{% $states.input %}" }
              Output    = {}
              Retry     = local.rollup_retry
              End       = true
            }
          }
        }
        Output = {}
        Next   = "Merge"
      }
      Merge = {
        Type     = "Task"
        Resource = "arn:${local.partition}:states:::lambda:invoke"
        Arguments = {
          FunctionName = aws_lambda_function.rollup.arn
          Payload      = { site = "{% $site %}", dt = "{% $dt %}", merge = true }
        }
        Output = "{% $states.result.Payload %}"
        Retry  = local.rollup_retry
        End    = true
      }
    }
  }
}

resource "aws_sfn_state_machine" "shards" {
  count = var.shard_map ? 1 : 0

  name       = "${var.name}-shards"
  role_arn   = aws_iam_role.shards[0].arn
  definition = jsonencode(local.shard_map)
  tags       = var.tags

  lifecycle {
    precondition {
      condition     = length(local.sharded) > 0
      error_message = "shard_map is for sites whose shard_bits is above 0, and there is none."
    }
  }

  depends_on = [aws_iam_role_policy.shards]
}

resource "aws_iam_role" "shards" {
  count = var.shard_map ? 1 : 0

  name = "${var.name}-shards"
  tags = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "states.amazonaws.com" }
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnEquals    = { "aws:SourceArn" = "arn:${local.partition}:states:${local.region}:${local.account}:stateMachine:${var.name}-shards" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "shards" {
  count = var.shard_map ? 1 : 0

  name = "shards"
  role = aws_iam_role.shards[0].name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "Rollup"
      Effect   = "Allow"
      Action   = ["lambda:InvokeFunction"]
      Resource = [aws_lambda_function.rollup.arn]
    }]
  })
}

# At 15:00 UTC the day before is over in every time zone of the earth, and its last logs are here.
resource "aws_scheduler_schedule" "daily" {
  for_each = local.sharded

  name                = "daily-${substr(each.key, 0, 58)}" # 64 characters at most; the group is this deployment's
  group_name          = aws_scheduler_schedule_group.rollup.name
  schedule_expression = "cron(0 15 * * ? *)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = aws_sfn_state_machine.shards[0].arn
    role_arn = aws_iam_role.scheduler.arn
    input    = "{\"site\":\"${each.key}\",\"shards\":${each.value},\"time\":\"<aws.scheduler.scheduled-time>\"}"

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
