# What is attached to the distribution, and what logs it is made to deliver.

mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./tests/mocks_us_east_1"
}

variables {
  functions        = "./tests/zips"
  distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"

  sites = { "example.com" = { hosts = ["example.com"] } }
}

run "collect" {
  variables {
    collect = true

    sites = {
      "example.com" = {
        hosts        = ["example.com"]
        origin       = "https://origin.example.com"
        routed_paths = ["/offers/**", "/landing"]
        doors        = ["beacon", "route"]
      }
    }
  }

  assert {
    condition = (
      aws_lambda_function.collect[0].runtime == "provided.al2023" && aws_lambda_function.collect[0].architectures == tolist(["arm64"])
      && aws_lambda_function.collect[0].memory_size == 256 && aws_lambda_function.collect[0].timeout == 30
      && aws_lambda_function.collect[0].logging_config[0].log_group == aws_cloudwatch_log_group.collect[0].name && aws_cloudwatch_log_group.collect[0].retention_in_days == 30
    )
    error_message = "not the Go program for arm64, or its log is kept for ever"
  }

  assert {
    condition = { for k, v in aws_lambda_function.collect[0].environment[0].variables : k => v if k != "SITES" } == {
      TABLE      = aws_dynamodb_table.this.name
      SALT_TABLE = aws_dynamodb_table.salts[0].name
    }
    error_message = "collect is told something else"
  }

  assert {
    condition     = aws_lambda_function.rollup.environment[0].variables.SALT_TABLE == aws_dynamodb_table.salts[0].name
    error_message = "rollup does not know where the salts are that it has to delete"
  }

  assert {
    condition = jsondecode(aws_lambda_function.collect[0].environment[0].variables.SITES)["example.com"] == {
      hosts        = ["example.com"]
      origin       = "https://origin.example.com"
      routed_paths = ["/offers/**", "/landing"]
      doors        = ["beacon", "route"]
    }
    error_message = "the site arrives changed: ${aws_lambda_function.collect[0].environment[0].variables.SITES}"
  }

  assert {
    condition     = aws_lambda_function_url.collect[0].invoke_mode == "RESPONSE_STREAM" && output.collect_origin == { domain_name = "abc.lambda-url.eu-central-1.on.aws", origin_access_control_id = "EOAC" }
    error_message = "the origin is another"
  }

  assert {
    condition     = aws_cloudfront_origin_access_control.collect[0].origin_access_control_origin_type == "lambda" && aws_cloudfront_origin_access_control.collect[0].signing_behavior == "always"
    error_message = "CloudFront would not sign what it asks"
  }

  # Routed pages are never cached; what we answer ourselves is not, and scripts are as long as they say.
  assert {
    condition = [for b in output.behaviours : join(" ", [for v in [b.path_pattern, length(b.allowed_methods), b.cache_policy_id, b.origin_request_policy_id, b.viewer_request_arn] : coalesce(v, "-")])] == [
      "/_ds/*.js 2 scripts - -",
      "/_ds/* 7 own b689b0a8-53d0-40ab-baf2-68738e2966ac arn:aws:cloudfront::123456789012:function/viewer-request",
      "/offers 2 4135ea2d-6df8-44a3-9df3-4b5a84be39ad b689b0a8-53d0-40ab-baf2-68738e2966ac arn:aws:cloudfront::123456789012:function/viewer-request",
      "/offers/* 2 4135ea2d-6df8-44a3-9df3-4b5a84be39ad b689b0a8-53d0-40ab-baf2-68738e2966ac arn:aws:cloudfront::123456789012:function/viewer-request",
      "/landing 2 4135ea2d-6df8-44a3-9df3-4b5a84be39ad b689b0a8-53d0-40ab-baf2-68738e2966ac arn:aws:cloudfront::123456789012:function/viewer-request",
    ]
    error_message = "the behaviours are others: ${jsonencode(output.behaviours)}"
  }

  # A shop's server posts its orders. The policy beside passes on its signature, and the hash of the body that CloudFront signs with.
  assert {
    condition     = contains([for b in output.behaviours : b if b.path_pattern == "/_ds/*"][0].allowed_methods, "POST") && local.all_viewer_except_host_header == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    error_message = "an order would be refused by CloudFront with 403, or reach collect without its signature"
  }

  assert {
    condition = (
      aws_cloudfront_cache_policy.own[0].min_ttl == 0 && aws_cloudfront_cache_policy.own[0].default_ttl == 0 && aws_cloudfront_cache_policy.own[0].max_ttl == 1
      && aws_cloudfront_cache_policy.own[0].parameters_in_cache_key_and_forwarded_to_origin[0].query_strings_config[0].query_string_behavior == "all"
      && one(aws_cloudfront_cache_policy.own[0].parameters_in_cache_key_and_forwarded_to_origin[0].headers_config[0].headers[0].items) == "CloudFront-Viewer-Country"
    )
    error_message = "hits could be cached, or come without a country"
  }

  assert {
    condition = (
      aws_cloudfront_cache_policy.scripts[0].min_ttl == 0 && aws_cloudfront_cache_policy.scripts[0].max_ttl == 31536000
      && aws_cloudfront_cache_policy.scripts[0].parameters_in_cache_key_and_forwarded_to_origin[0].query_strings_config[0].query_string_behavior == "none"
    )
    error_message = "scripts are cached otherwise than they say"
  }

  assert {
    condition = (
      aws_cloudfront_cache_policy.pages[0].parameters_in_cache_key_and_forwarded_to_origin[0].query_strings_config[0].query_string_behavior == "allExcept"
      && one(aws_cloudfront_cache_policy.pages[0].parameters_in_cache_key_and_forwarded_to_origin[0].query_strings_config[0].query_strings[0].items) == "ds"
      && aws_cloudfront_origin_request_policy.pages[0].query_strings_config[0].query_string_behavior == "allExcept"
      && one(aws_cloudfront_origin_request_policy.pages[0].query_strings_config[0].query_strings[0].items) == "ds"
    )
    error_message = "each share would have a copy of the page, or one visitor's code would be in the page of all"
  }

  assert {
    condition = alltrue([
      for f in [aws_cloudfront_function.viewer_request[0], aws_cloudfront_function.viewer_response[0]] :
      f.runtime == "cloudfront-js-2.0" && f.publish && length(f.code) <= 10240
    ])
    error_message = "an edge function that CloudFront does not take, or that is not live"
  }

  assert {
    condition     = output.viewer_response_function_arn == "arn:aws:cloudfront::123456789012:function/viewer-response"
    error_message = "nothing to attach to pages"
  }
}

# The owner's word for the parameter is everybody's.
run "another_parameter" {
  variables {
    collect        = true
    code_parameter = "via"
  }

  assert {
    condition     = strcontains(aws_cloudfront_function.viewer_response[0].code, "'via'") && !strcontains(aws_cloudfront_function.viewer_response[0].code, "codeName = 'ds'")
    error_message = "the edge function knows another parameter"
  }

  assert {
    condition = (
      one(aws_cloudfront_cache_policy.pages[0].parameters_in_cache_key_and_forwarded_to_origin[0].query_strings_config[0].query_strings[0].items) == "via"
      && one(aws_cloudfront_origin_request_policy.pages[0].query_strings_config[0].query_strings[0].items) == "via"
      && jsondecode(aws_lambda_function.collect[0].environment[0].variables.SITES)["example.com"].code_parameter == "via"
    )
    error_message = "a policy or a function knows another parameter"
  }
}

# A behaviour takes one function per event: who has one gets ours to merge.
run "existing_viewer_response" {
  variables {
    collect                  = true
    existing_viewer_response = true
  }

  assert {
    condition     = length(aws_cloudfront_function.viewer_response) == 0 && output.viewer_response_function_arn == null
    error_message = "a second function for an event that has one"
  }

  assert {
    condition     = strcontains(output.viewer_response_snippet, "const addHint = (function () {") && strcontains(output.viewer_response_snippet, "Server-Timing")
    error_message = "nothing to merge"
  }
}

# Without collect nothing of CloudFront is made, and nothing can be called.
run "logs_only" {
  variables {
    distribution_arn    = null
    existing_log_bucket = "example-logs"
  }

  assert {
    condition = (
      length(aws_cloudfront_function.viewer_request) + length(aws_cloudfront_function.viewer_response) + length(aws_cloudfront_cache_policy.pages) + length(aws_cloudfront_cache_policy.own)
      + length(aws_cloudfront_origin_access_control.collect) + length(aws_lambda_function.collect) + length(aws_lambda_function_url.collect) + length(aws_lambda_permission.url) + length(aws_lambda_permission.invoke)
      + length(aws_dynamodb_table.salts) + length(aws_cloudwatch_log_delivery_source.logs) + length(aws_cloudwatch_log_delivery.logs) + length(aws_cloudfront_realtime_log_config.realtime) == 0
    )
    error_message = "something is in the way of a request"
  }

  assert {
    condition     = output.behaviours == [] && output.collect_origin == null && output.viewer_response_snippet == null
    error_message = "an output names what there is not"
  }

  assert {
    condition     = length(aws_s3_bucket_notification.logs) + length(aws_s3_bucket.logs) + length(aws_s3_bucket_policy.logs) == 0
    error_message = "a bucket that is not ours is changed"
  }
}

run "delivery" {
  variables {
    deliver_logs     = true
    log_extra_fields = ["time-taken"]
  }

  # No address, no cookie.
  assert {
    condition     = alltrue([for column in ["c-ip", "c-port", "x-forwarded-for", "cs(Cookie)"] : !contains(aws_cloudwatch_log_delivery.logs[0].record_fields, column)])
    error_message = "the log says who it was: ${join(" ", aws_cloudwatch_log_delivery.logs[0].record_fields)}"
  }

  assert {
    condition     = alltrue([for column in ["date", "time", "cs-uri-stem", "cs-uri-query", "x-edge-request-id", "x-host-header", "cs(Referer)", "cs(User-Agent)", "time-taken"] : contains(aws_cloudwatch_log_delivery.logs[0].record_fields, column)])
    error_message = "a column is missing: ${join(" ", aws_cloudwatch_log_delivery.logs[0].record_fields)}"
  }

  assert {
    condition = (
      aws_cloudwatch_log_delivery_source.logs[0].resource_arn == var.distribution_arn && aws_cloudwatch_log_delivery_source.logs[0].log_type == "ACCESS_LOGS"
      && aws_cloudwatch_log_delivery.logs[0].delivery_source_name == aws_cloudwatch_log_delivery_source.logs[0].name
      && aws_cloudwatch_log_delivery.logs[0].delivery_destination_arn == aws_cloudwatch_log_delivery_destination.logs[0].arn
      && aws_cloudwatch_log_delivery_destination.logs[0].delivery_destination_configuration[0].destination_resource_arn == aws_s3_bucket.logs[0].arn
      && aws_cloudwatch_log_delivery_destination.logs[0].output_format == "w3c"
    )
    error_message = "the logs go elsewhere"
  }

  assert {
    condition = (
      aws_s3_bucket_notification.logs[0].bucket == aws_s3_bucket.logs[0].bucket && aws_s3_bucket_notification.logs[0].eventbridge
      && jsondecode(aws_cloudwatch_event_rule.logs[0].event_pattern).detail == { bucket = { name = [aws_s3_bucket.logs[0].bucket] } }
      && output.log_bucket == aws_s3_bucket.logs[0].bucket
    )
    error_message = "label does not hear of the logs"
  }

  assert {
    condition     = one([for r in aws_s3_bucket_lifecycle_configuration.logs[0].rule : r.expiration[0].days]) == 3 && aws_s3_bucket_public_access_block.logs[0].restrict_public_buckets
    error_message = "raw logs live longer than 3 days, or could be opened"
  }

  assert {
    condition     = length(aws_lambda_function.collect) == 0
    error_message = "delivered logs need no function in the way of a request"
  }
}

run "existing_delivery_source" {
  variables {
    deliver_logs             = true
    existing_delivery_source = "cdn-logs"
  }

  assert {
    condition = (
      length(aws_cloudwatch_log_delivery_source.logs) == 0 && aws_cloudwatch_log_delivery.logs[0].delivery_source_name == "cdn-logs"
      && jsondecode(aws_s3_bucket_policy.logs[0].policy).Statement[0].Condition.ArnLike == { "aws:SourceArn" = "arn:aws:logs:us-east-1:123456789012:delivery-source:cdn-logs" }
    )
    error_message = "a distribution can have one source only"
  }
}

run "realtime" {
  variables {
    realtime_shards = 2
  }

  assert {
    condition = (
      aws_kinesis_stream.realtime[0].shard_count == 2 && aws_kinesis_stream.realtime[0].encryption_type == "KMS" && aws_kinesis_stream.realtime[0].retention_period == 24
      && aws_cloudfront_realtime_log_config.realtime[0].endpoint[0].kinesis_stream_config[0].stream_arn == aws_kinesis_stream.realtime[0].arn
      && aws_lambda_event_source_mapping.stream[0].event_source_arn == aws_kinesis_stream.realtime[0].arn
      && output.realtime_log_config_arn == "arn:aws:cloudfront::123456789012:realtime-log-config/realtime"
    )
    error_message = "the log does not reach label"
  }

  assert {
    condition = (
      toset(split(",", aws_lambda_function.label.environment[0].variables.REALTIME_FIELDS)) == aws_cloudfront_realtime_log_config.realtime[0].fields
      && alltrue([for column in ["c-ip", "cs-cookie", "x-forwarded-for", "cs-headers"] : !contains(aws_cloudfront_realtime_log_config.realtime[0].fields, column)])
    )
    error_message = "label reads other columns than are sent, or the log says who it was"
  }
}

run "shards" {
  variables {
    shard_map = true
    sites     = { "example.com" = { hosts = ["example.com"], shard_bits = 3 }, small = { hosts = ["example.org"] } }
  }

  assert {
    condition     = { for site, s in aws_scheduler_schedule.daily : site => "${s.schedule_expression} ${s.target[0].input}" } == { "example.com" = "cron(0 15 * * ? *) {\"site\":\"example.com\",\"shards\":8,\"time\":\"<aws.scheduler.scheduled-time>\"}" }
    error_message = "another day, or another site, is rolled up in shards"
  }

  assert {
    condition     = aws_scheduler_schedule.daily["example.com"].target[0].arn == aws_sfn_state_machine.shards[0].arn && aws_scheduler_schedule.daily["example.com"].target[0].dead_letter_config[0].arn == aws_sqs_queue.rollup_dead.arn
    error_message = "the schedule starts something else, or a day that was not started would vanish"
  }
}

# The events are those that rollup takes (events/rollup).
run "shard_events" {
  variables {
    shard_map = true
    sites     = { "example.com" = { hosts = ["example.com"], shard_bits = 3 } }
  }

  assert {
    condition     = keys(jsondecode(aws_sfn_state_machine.shards[0].definition).States.Shards.ItemSelector) == keys(jsondecode(file("../events/rollup/shard.json")))
    error_message = "rollup knows no such order: ${aws_sfn_state_machine.shards[0].definition}"
  }

  assert {
    condition = (
      keys(jsondecode(aws_sfn_state_machine.shards[0].definition).States.Merge.Arguments.Payload) == keys(jsondecode(file("../events/rollup/merge.json")))
      && jsondecode(aws_sfn_state_machine.shards[0].definition).States.Merge.Arguments.Payload.merge == true
    )
    error_message = "rollup knows no such order: ${aws_sfn_state_machine.shards[0].definition}"
  }

  # Every state leads to one there is, and the last is the merge.
  assert {
    condition = alltrue([
      for name, state in jsondecode(aws_sfn_state_machine.shards[0].definition).States :
      try(state.End, false) ? name == "Merge" : contains(["Day", "Shards", "Merge"], state.Next)
    ]) && jsondecode(aws_sfn_state_machine.shards[0].definition).StartAt == "Day"
    error_message = "the machine stops on its way"
  }

  assert {
    condition = (
      jsondecode(aws_sfn_state_machine.shards[0].definition).States.Shards.ItemProcessor.States.Shard.Arguments.FunctionName == aws_lambda_function.rollup.arn
      && jsondecode(aws_sfn_state_machine.shards[0].definition).States.Merge.Arguments.FunctionName == aws_lambda_function.rollup.arn
    )
    error_message = "another function is asked"
  }
}

run "shards_of_nothing" {
  command = plan

  variables {
    shard_map = true
  }

  expect_failures = [aws_sfn_state_machine.shards]
}

# The report is before a distribution of its own, with or without collect, and the sites' is left as it is.
run "report" {
  variables {
    report = {}
  }

  assert {
    condition = (
      aws_lambda_function.report[0].runtime == "provided.al2023" && aws_lambda_function.report[0].architectures == tolist(["arm64"])
      && aws_lambda_function.report[0].memory_size == 1024 && aws_lambda_function.report[0].timeout == 30
      && aws_lambda_function.report[0].logging_config[0].log_group == aws_cloudwatch_log_group.report[0].name && aws_cloudwatch_log_group.report[0].retention_in_days == 30
    )
    error_message = "not the Go program for arm64, or its log is kept for ever"
  }

  assert {
    condition     = { for k, v in aws_lambda_function.report[0].environment[0].variables : k => v } == { for k in ["TABLE", "LAKE_BUCKET", "SITES"] : k => aws_lambda_function.label.environment[0].variables[k] }
    error_message = "report is told something else than label"
  }

  assert {
    condition = (
      length(aws_cloudfront_distribution.report[0].aliases) == 0 && aws_cloudfront_distribution.report[0].viewer_certificate[0].cloudfront_default_certificate
      && one(aws_cloudfront_distribution.report[0].default_cache_behavior[0].function_association[*].function_arn) == aws_cloudfront_function.viewer_request[0].arn
      && aws_cloudfront_distribution.report[0].default_cache_behavior[0].cache_policy_id == local.caching_disabled
      && aws_cloudfront_distribution.report[0].default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https"
    )
    error_message = "what is signed in could be cached, or is not told from whom it comes"
  }

  assert {
    condition     = length(aws_lambda_function.collect) == 0 && length(aws_cloudfront_function.viewer_response) == 0 && length(output.behaviours) == 0
    error_message = "the report brings something into the sites' distribution"
  }

  assert {
    condition     = contains(keys(output.function_names), "report") && output.report.domain_name == aws_cloudfront_distribution.report[0].domain_name
    error_message = "nobody learns where the report is"
  }
}

run "report_of_a_name" {
  variables {
    report = { host = "report.example.com", certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1" }
  }

  assert {
    condition = (
      aws_cloudfront_distribution.report[0].aliases == toset(["report.example.com"]) && !aws_cloudfront_distribution.report[0].viewer_certificate[0].cloudfront_default_certificate
      && aws_cloudfront_distribution.report[0].viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    )
    error_message = "the report has another name, or old ciphers"
  }
}
