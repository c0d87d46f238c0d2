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
