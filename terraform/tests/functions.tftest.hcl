# The two functions: what they run on, what they are told, when they run.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  label_zip  = "./tests/empty.zip"
  rollup_zip = "./tests/empty.zip"
  log_bucket = "example-logs"

  sites = {
    "example.com" = {
      hosts        = ["example.com"]
      own_channels = [{ utm_source = "whatsapp-kanal", source = "whatsapp" }]
      topics       = [{ path = "/sport/**", topic = "Sport" }]
      pages        = { hide = ["/orders/*"] }
      shard_bits   = 3
    }
    plain = { hosts = ["example.org"], log_fields = { preset = "cloudflare", country = null } }
  }
}

run "functions" {
  assert {
    condition = alltrue([
      for function in [aws_lambda_function.label, aws_lambda_function.rollup] :
      function.runtime == "provided.al2023" && function.handler == "bootstrap" && function.architectures == tolist(["arm64"]) && function.source_code_hash == filebase64sha256("./tests/empty.zip")
    ])
    error_message = "not the Go program for arm64"
  }

  assert {
    condition     = aws_lambda_function.label.memory_size == 512 && aws_lambda_function.label.timeout == 60
    error_message = "label's defaults are others"
  }

  assert {
    condition = (
      aws_lambda_function.rollup.memory_size == 1024 && aws_lambda_function.rollup.timeout == 900
      && aws_lambda_function.rollup.ephemeral_storage[0].size == 2048 && aws_lambda_function.rollup.reserved_concurrent_executions == -1
    )
    error_message = "rollup's defaults are others"
  }

  assert {
    condition = alltrue([
      for pair in [[aws_lambda_function.label, aws_cloudwatch_log_group.label], [aws_lambda_function.rollup, aws_cloudwatch_log_group.rollup]] :
      pair[0].logging_config[0].log_group == pair[1].name && pair[0].logging_config[0].log_format == "JSON" && pair[1].retention_in_days == 30
    ])
    error_message = "a function logs where nothing is deleted"
  }

  assert {
    condition = { for k, v in aws_lambda_function.label.environment[0].variables : k => v if k != "SITES" } == {
      TABLE           = aws_dynamodb_table.this.name
      LAKE_BUCKET     = aws_s3_bucket.lake.bucket
      LOG_FORMAT      = "cloudfront"
      REALTIME_FIELDS = ""
    }
    error_message = "label is told something else"
  }

  assert {
    condition     = aws_lambda_function.rollup.environment[0].variables == tomap({ for k in ["TABLE", "LAKE_BUCKET", "SITES"] : k => aws_lambda_function.label.environment[0].variables[k] })
    error_message = "rollup is told something else than label"
  }

  assert {
    condition = jsondecode(aws_lambda_function.label.environment[0].variables.SITES) == {
      "example.com" = {
        hosts        = ["example.com"]
        own_channels = [{ utm_source = "whatsapp-kanal", source = "whatsapp" }]
        topics       = [{ path = "/sport/**", topic = "Sport" }]
        pages        = { hide = ["/orders/*"] }
        shard_bits   = 3
      }
      plain = { hosts = ["example.org"], log_fields = { preset = "cloudflare", country = null } }
    }
    error_message = "the sites arrive changed: ${aws_lambda_function.label.environment[0].variables.SITES}"
  }

  assert {
    condition     = aws_lambda_function.label.environment[0].variables.LAKE_BUCKET == "darksocial-lake-123456789012-eu-central-1"
    error_message = "the lake is called otherwise"
  }

  assert {
    condition     = aws_scheduler_schedule.hourly.schedule_expression == "rate(1 hour)" && aws_scheduler_schedule.hourly.flexible_time_window[0].mode == "FLEXIBLE"
    error_message = "the hour is another"
  }

  assert {
    condition     = aws_scheduler_schedule.hourly.target[0].arn == aws_lambda_function.rollup.arn && aws_scheduler_schedule.hourly.target[0].role_arn == aws_iam_role.scheduler.arn
    error_message = "the schedule starts something else"
  }

  # Literally: escaped as JSON would have it, the scheduler would not fill in the time.
  assert {
    condition     = aws_scheduler_schedule.hourly.target[0].input == "{\"schedule\":\"hourly\",\"time\":\"<aws.scheduler.scheduled-time>\"}"
    error_message = "the event is another: ${aws_scheduler_schedule.hourly.target[0].input}"
  }

  assert {
    condition = (
      aws_scheduler_schedule.hourly.target[0].dead_letter_config[0].arn == aws_sqs_queue.rollup_dead.arn
      && aws_scheduler_schedule.hourly.target[0].retry_policy[0].maximum_retry_attempts > 0
      && aws_lambda_function_event_invoke_config.rollup.function_name == aws_lambda_function.rollup.function_name
      && aws_lambda_function_event_invoke_config.rollup.destination_config[0].on_failure[0].destination == aws_sqs_queue.rollup_dead.arn
    )
    error_message = "a run that failed would vanish"
  }

  assert {
    condition     = aws_scheduler_schedule.hourly.group_name == aws_scheduler_schedule_group.rollup.name
    error_message = "the schedule is outside the group the role trusts"
  }
}

# Lambda takes 4 KB of environment: 60 short topics.
run "many_topics" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], topics = [for i in range(60) : { path = "/section-${i}/**", topic = "${i} AEOUAEOUAEOU" }] } }
  }
}

# As many characters, but more bytes.
run "topics_of_many_bytes" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], topics = [for i in range(60) : { path = "/section-${i}/**", topic = "${i} ÄËÖÜÄËÖÜÄËÖÜ" }] } }
  }

  expect_failures = [aws_lambda_function.label, aws_lambda_function.rollup]
}

run "logs_in_the_lake" {
  command = plan

  variables {
    log_bucket = "darksocial-lake-123456789012-eu-central-1"
  }

  expect_failures = [aws_lambda_function.label]
}
