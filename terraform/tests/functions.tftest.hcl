# The two functions: what they run on, what they are told, when they run.

mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./tests/mocks_us_east_1"
}

variables {
  functions           = "./tests/zips"
  existing_log_bucket = "example-logs"

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
      function.runtime == "provided.al2023" && function.handler == "bootstrap" && function.architectures == tolist(["arm64"]) && function.source_code_hash == filebase64sha256("./tests/zips/label.zip")
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
    condition     = aws_lambda_function.rollup.environment[0].variables == tomap(merge({ for k in ["TABLE", "LAKE_BUCKET", "SITES"] : k => aws_lambda_function.label.environment[0].variables[k] }, { SALT_TABLE = "" }))
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
    existing_log_bucket = "darksocial-lake-123456789012-eu-central-1"
  }

  expect_failures = [aws_lambda_function.label]
}

# Programs from S3, so that nothing has to be built where it is deployed.
run "from_s3" {
  command = plan

  variables {
    functions = "s3://releases/darksocial/1.0.0"
  }

  assert {
    condition = alltrue([
      for name, function in { label = aws_lambda_function.label, rollup = aws_lambda_function.rollup } :
      function.s3_bucket == "releases" && function.s3_key == "darksocial/1.0.0/${name}.zip" && function.filename == null
    ])
    error_message = "the programs are taken from elsewhere"
  }
}

run "reserved" {
  command = plan

  variables {
    reserved_concurrency = { label = 5, rollup = 2 }
    label_concurrency    = 5
    memory               = { label = 256 }
    tags                 = { team = "news" }
  }

  assert {
    condition     = aws_lambda_function.label.reserved_concurrent_executions == 5 && aws_lambda_function.rollup.reserved_concurrent_executions == 2 && aws_lambda_function.label.memory_size == 256 && aws_lambda_function.rollup.memory_size == 1024
    error_message = "a function is given less, or more"
  }

  assert {
    condition = alltrue([
      for tags in [aws_lambda_function.label.tags, aws_dynamodb_table.this.tags, aws_s3_bucket.lake.tags, aws_iam_role.rollup.tags, aws_sqs_queue.rollup_dead.tags, aws_athena_workgroup.this.tags, aws_glue_catalog_database.this.tags] :
      tags == tomap({ team = "news" })
    ])
    error_message = "a bill without tags"
  }
}

run "reserved_too_few" {
  command = plan

  variables {
    reserved_concurrency = { label = 5 }
  }

  expect_failures = [aws_lambda_event_source_mapping.logs]
}

# What is too much for a function is said before anything is made, also of what lies elsewhere.
run "foreign_key" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/22222222-2222-2222-2222-222222222222"
  }

  expect_failures = [aws_lambda_function.label]
}

run "foreign_stream" {
  command = plan

  variables {
    realtime_stream_arn = "arn:aws:kinesis:us-east-1:123456789012:stream/realtime"
    realtime_fields     = ["timestamp", "cs-uri-stem"]
  }

  expect_failures = [aws_lambda_function.label]
}

run "wrong_region" {
  command = plan

  providers = {
    aws           = aws
    aws.us_east_1 = aws
  }

  expect_failures = [data.aws_region.us_east_1]
}
