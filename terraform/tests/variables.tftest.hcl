# What is refused before anything is made.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  label_zip  = "./tests/empty.zip"
  rollup_zip = "./tests/empty.zip"
  sites      = { "example.com" = { hosts = ["example.com"] } }
}

# The largest and smallest that are taken.
run "limits" {
  command = plan

  variables {
    name               = "aaaaaaaaaaaaaaaaaaaaaaaa"
    label_batch_size   = 10
    label_batch_window = 0
    label_concurrency  = 2
    label_timeout      = 900
    rollup_storage     = 10240
    rollup_concurrency = 1
    first_day          = "2024-02-29"
  }
}

# Each of these must be refused. (A rule that looks at another variable is not asked when that one is wrong, so those come below.)
run "wrong" {
  command = plan

  variables {
    name                = "Darksocial"
    label_zip           = "./tests/missing.zip"
    rollup_zip          = "./tests/missing.zip"
    log_bucket          = "s3://example-logs"
    log_prefix          = "cdn/*"
    log_events          = "sns"
    log_format          = "iis"
    log_kms_key_arn     = "arn:aws:kms:eu-central-1:123456789012:alias/logs"
    realtime_stream_arn = "realtime"
    label_memory        = 64
    label_timeout       = 901
    label_batch_window  = 301
    label_concurrency   = 1
    rollup_memory       = 10241
    rollup_storage      = 256
    rollup_concurrency  = 0
    lake_bucket         = "Lake"
    kms_key_arn         = "alias/own"
    failed_pointer_days = 0.5
    log_retention_days  = 31
    first_day           = "2026-02-30"
  }

  expect_failures = [
    var.name,
    var.label_zip,
    var.rollup_zip,
    var.log_bucket,
    var.log_prefix,
    var.log_events,
    var.log_format,
    var.log_kms_key_arn,
    var.realtime_stream_arn,
    var.label_memory,
    var.label_timeout,
    var.label_batch_window,
    var.label_concurrency,
    var.rollup_memory,
    var.rollup_storage,
    var.rollup_concurrency,
    var.lake_bucket,
    var.kms_key_arn,
    var.failed_pointer_days,
    var.log_retention_days,
    var.first_day,
  ]
}

# Those with two sides, from the other one.
run "wrong_otherwise" {
  command = plan

  variables {
    realtime_fields     = ["cs-uri-stem", "cs-uri-stem"]
    label_batch_size    = 1001
    name                = "aaaaaaaaaaaaaaaaaaaaaaaaa"
    log_prefix          = "/cdn"
    label_memory        = 20480
    label_timeout       = 5
    label_concurrency   = 1001
    rollup_memory       = 127
    rollup_storage      = 20480
    rollup_concurrency  = -2
    failed_pointer_days = 0
    first_day           = "2026-02-01T00:00:00Z"
  }

  expect_failures = [
    var.realtime_fields,
    var.label_batch_size,
    var.name,
    var.log_prefix,
    var.label_memory,
    var.label_timeout,
    var.label_concurrency,
    var.rollup_memory,
    var.rollup_storage,
    var.rollup_concurrency,
    var.failed_pointer_days,
    var.first_day,
  ]
}

# What is right alone.
run "wrong_together" {
  command = plan

  variables {
    label_batch_window = 0
    log_format         = "cloudfront-realtime"
    label_batch_size   = 11
    realtime_fields    = ["timestamp"]
  }

  expect_failures = [
    var.label_batch_size,
    var.realtime_fields,
  ]
}

run "stream_without_fields" {
  command = plan

  variables {
    realtime_stream_arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/realtime"
    label_batch_size    = 0
  }

  expect_failures = [
    var.realtime_fields,
    var.label_batch_size,
  ]
}

run "fields_in_one_text" {
  command = plan

  variables {
    realtime_fields    = ["timestamp,cs-uri-stem"]
    label_batch_window = -1
  }

  expect_failures = [
    var.realtime_fields,
    var.label_batch_window,
  ]
}

# A format whose keys nobody names.
run "json_without_fields" {
  command = plan

  variables {
    log_format = "json"
  }

  expect_failures = [var.log_format]
}
