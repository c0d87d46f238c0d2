# What is refused before anything is made.

mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./tests/mocks_us_east_1"
}

variables {
  functions = "./tests/zips"
  sites     = { "example.com" = { hosts = ["example.com"] } }
}

# The largest and smallest that are taken.
run "limits" {
  command = plan

  variables {
    name                 = "aaaaaaaaaaaaaaaaaaaaaaaa"
    label_batch_size     = 10
    label_batch_window   = 0
    label_concurrency    = 2
    label_timeout        = 900
    rollup_storage       = 10240
    first_day            = "2024-02-29"
    reserved_concurrency = { rollup = 1 }
    query_limit_gb       = 0.02
  }
}

# Each of these must be refused. (A rule that looks at another variable is not asked when that one is wrong, so those come below.)
run "wrong" {
  command = plan

  variables {
    name                 = "Darksocial"
    functions            = "./tests/missing"
    existing_log_bucket  = "s3://example-logs"
    tags                 = { "aws:cost" = "x" }
    log_extra_fields     = ["c ip"]
    code_parameter       = "Code"
    memory               = { label = 64 }
    reserved_concurrency = { rollup = 0 }
    query_limit_gb       = 0
    alarm_topics         = { page = "ops" }
    log_prefix           = "cdn/*"
    log_events           = "sns"
    log_format           = "iis"
    log_kms_key_arn      = "arn:aws:kms:eu-central-1:123456789012:alias/logs"
    realtime_stream_arn  = "realtime"
    label_timeout        = 901
    label_batch_window   = 301
    label_concurrency    = 1
    rollup_storage       = 256
    lake_bucket          = "Lake"
    kms_key_arn          = "alias/own"
    failed_pointer_days  = 0.5
    log_retention_days   = 31
    first_day            = "2026-02-30"
  }

  expect_failures = [
    var.name,
    var.functions,
    var.existing_log_bucket,
    var.tags,
    var.log_extra_fields,
    var.code_parameter,
    var.memory,
    var.reserved_concurrency,
    var.query_limit_gb,
    var.alarm_topics,
    var.log_prefix,
    var.log_events,
    var.log_format,
    var.log_kms_key_arn,
    var.realtime_stream_arn,
    var.label_timeout,
    var.label_batch_window,
    var.label_concurrency,
    var.rollup_storage,
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
    realtime_fields      = ["cs-uri-stem", "cs-uri-stem"]
    label_batch_size     = 1001
    name                 = "aaaaaaaaaaaaaaaaaaaaaaaaa"
    log_prefix           = "/cdn"
    label_timeout        = 5
    label_concurrency    = 1001
    rollup_storage       = 20480
    failed_pointer_days  = 0
    first_day            = "2026-02-01T00:00:00Z"
    functions            = "s3://releases/"
    code_parameter       = "fbclid"
    memory               = { rollup = 10241 }
    reserved_concurrency = { collect = -2 }
    realtime_shards      = 501
    query_limit_gb       = 10001
    alarm_topics         = { edge = "arn:aws:sns:eu-central-1:123456789012:ops" }
  }

  expect_failures = [
    var.realtime_fields,
    var.label_batch_size,
    var.name,
    var.log_prefix,
    var.label_timeout,
    var.label_concurrency,
    var.rollup_storage,
    var.failed_pointer_days,
    var.first_day,
    var.functions,
    var.code_parameter,
    var.memory,
    var.reserved_concurrency,
    var.realtime_shards,
    var.query_limit_gb,
    var.alarm_topics,
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

# A folder in which one program is missing: here collect's, which only collect needs.
run "a_zip_is_missing" {
  command = plan

  variables {
    functions        = "./tests/zips_without_collect"
    collect          = true
    distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
  }

  expect_failures = [var.functions]
}

run "no_distribution" {
  command = plan

  variables {
    collect = true
  }

  expect_failures = [var.distribution_arn]
}

run "delivery_without_distribution" {
  command = plan

  variables {
    deliver_logs = true
  }

  expect_failures = [var.distribution_arn]
}

run "two_places_for_logs" {
  command = plan

  variables {
    deliver_logs        = true
    existing_log_bucket = "example-logs"
    distribution_arn    = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
  }

  expect_failures = [var.deliver_logs]
}

run "two_streams" {
  command = plan

  variables {
    realtime_shards          = 1
    realtime_stream_arn      = "arn:aws:kinesis:eu-central-1:123456789012:stream/realtime"
    realtime_fields          = ["cs-uri-stem"]
    existing_delivery_source = "other"
  }

  expect_failures = [var.realtime_shards, var.existing_delivery_source]
}

# Setting a notification on a bucket that is not ours would replace those it has.
run "notifications" {
  command = plan

  variables {
    existing_log_bucket = "example-logs"
    log_events          = "s3"
  }

  expect_failures = [var.log_events]
}

run "wrong_links" {
  command = plan

  variables {
    distribution_arn         = "E1EXAMPLE"
    existing_delivery_source = "arn:aws:logs:us-east-1:123456789012:delivery-source:x"
    realtime_shards          = 0.5
  }

  expect_failures = [var.distribution_arn, var.existing_delivery_source, var.realtime_shards]
}

run "a_name_that_is_taken" {
  command = plan

  variables {
    code_parameter = "mc_cid"
  }

  expect_failures = [var.code_parameter]
}

run "a_report_without_a_certificate" {
  command = plan

  variables {
    report = { host = "report.example.com" }
  }

  expect_failures = [var.report]
}

run "a_report_under_a_sites_name" {
  command = plan

  variables {
    report = { host = "example.com", certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1" }
  }

  expect_failures = [var.report]
}

run "a_report_with_a_certificate_of_elsewhere" {
  command = plan

  variables {
    report = { host = "report.example.com", certificate_arn = "arn:aws:acm:eu-central-1:123456789012:certificate/1" }
  }

  expect_failures = [var.report]
}
