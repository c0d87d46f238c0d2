# What AWS would answer: an account in Frankfurt, and an ARN of its own for each resource, so that a policy about the wrong one is seen.

mock_data "aws_caller_identity" {
  defaults = { account_id = "123456789012" }
}

mock_data "aws_partition" {
  defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
}

mock_data "aws_region" {
  defaults = { id = "eu-central-1" }
}

override_resource {
  target = aws_dynamodb_table.this
  values = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/darksocial" }
}

override_resource {
  target = aws_s3_bucket.lake
  values = { arn = "arn:aws:s3:::lake" }
}

override_resource {
  target = aws_cloudwatch_event_rule.logs
  values = { arn = "arn:aws:events:eu-central-1:123456789012:rule/logs" }
}

override_resource {
  target = aws_sqs_queue.logs
  values = { arn = "arn:aws:sqs:eu-central-1:123456789012:logs", url = "https://sqs.eu-central-1.amazonaws.com/123456789012/logs" }
}

override_resource {
  target = aws_sqs_queue.logs_dead
  values = { arn = "arn:aws:sqs:eu-central-1:123456789012:logs-dead", url = "https://sqs.eu-central-1.amazonaws.com/123456789012/logs-dead" }
}

override_resource {
  target = aws_sqs_queue.stream_dead
  values = { arn = "arn:aws:sqs:eu-central-1:123456789012:stream-dead", url = "https://sqs.eu-central-1.amazonaws.com/123456789012/stream-dead" }
}

override_resource {
  target = aws_sqs_queue.rollup_dead
  values = { arn = "arn:aws:sqs:eu-central-1:123456789012:rollup-dead", url = "https://sqs.eu-central-1.amazonaws.com/123456789012/rollup-dead" }
}

override_resource {
  target = aws_iam_role.label
  values = { arn = "arn:aws:iam::123456789012:role/label" }
}

override_resource {
  target = aws_iam_role.rollup
  values = { arn = "arn:aws:iam::123456789012:role/rollup" }
}

override_resource {
  target = aws_iam_role.scheduler
  values = { arn = "arn:aws:iam::123456789012:role/scheduler" }
}

override_resource {
  target = aws_lambda_function.label
  values = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:label" }
}

override_resource {
  target = aws_lambda_function.rollup
  values = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:rollup" }
}

override_resource {
  target = aws_cloudwatch_log_group.label
  values = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:label" }
}

override_resource {
  target = aws_cloudwatch_log_group.rollup
  values = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:rollup" }
}

override_resource {
  target = aws_scheduler_schedule_group.rollup
  values = { arn = "arn:aws:scheduler:eu-central-1:123456789012:schedule-group/rollup" }
}

override_resource {
  target = aws_dynamodb_table.salts
  values = { arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/darksocial-salts" }
}

override_resource {
  target = aws_s3_bucket.logs
  values = { arn = "arn:aws:s3:::logs" }
}

override_resource {
  target = aws_kinesis_stream.realtime
  values = { arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/own" }
}

override_resource {
  target = aws_iam_role.collect
  values = { arn = "arn:aws:iam::123456789012:role/collect" }
}

override_resource {
  target = aws_iam_role.realtime
  values = { arn = "arn:aws:iam::123456789012:role/realtime" }
}

override_resource {
  target = aws_iam_role.shards
  values = { arn = "arn:aws:iam::123456789012:role/shards" }
}

override_resource {
  target = aws_lambda_function.collect
  values = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:collect" }
}

override_resource {
  target = aws_lambda_function_url.collect
  values = { function_url = "https://abc.lambda-url.eu-central-1.on.aws/" }
}

override_resource {
  target = aws_cloudwatch_log_group.collect
  values = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:collect" }
}

override_resource {
  target = aws_sfn_state_machine.shards
  values = { arn = "arn:aws:states:eu-central-1:123456789012:stateMachine:shards" }
}

override_resource {
  target = aws_cloudfront_function.viewer_request
  values = { arn = "arn:aws:cloudfront::123456789012:function/viewer-request" }
}

override_resource {
  target = aws_cloudfront_function.viewer_response
  values = { arn = "arn:aws:cloudfront::123456789012:function/viewer-response" }
}

override_resource {
  target = aws_cloudfront_realtime_log_config.realtime
  values = { arn = "arn:aws:cloudfront::123456789012:realtime-log-config/realtime" }
}

override_resource {
  target = aws_cloudfront_cache_policy.scripts
  values = { id = "scripts" }
}

override_resource {
  target = aws_cloudfront_cache_policy.own
  values = { id = "own" }
}

override_resource {
  target = aws_cloudfront_response_headers_policy.own
  values = { id = "own-headers" }
}

override_resource {
  target = aws_cloudfront_origin_access_control.collect
  values = { id = "EOAC" }
}

override_resource {
  target = aws_iam_role.report
  values = { arn = "arn:aws:iam::123456789012:role/report" }
}

override_resource {
  target = aws_cloudwatch_log_group.report
  values = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:report" }
}

override_resource {
  target = aws_cloudfront_distribution.report
  values = { arn = "arn:aws:cloudfront::123456789012:distribution/E2REPORT" }
}

override_resource {
  target = aws_lambda_function_url.report
  values = { function_url = "https://report.lambda-url.eu-central-1.on.aws/" }
}
