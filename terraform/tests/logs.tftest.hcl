# How logs reach label, in each of the ways.

mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./tests/mocks_us_east_1"
}

variables {
  functions           = "./tests/zips"
  sites               = { "example.com" = { hosts = ["example.com"] } }
  existing_log_bucket = "example-logs"
  log_prefix          = "cdn/"
}

run "by_rule" {
  variables {
    label_timeout      = 120
    label_batch_size   = 1000
    label_batch_window = 5
    label_concurrency  = 3
  }

  assert {
    condition = jsondecode(aws_cloudwatch_event_rule.logs[0].event_pattern) == {
      source        = ["aws.s3"]
      "detail-type" = ["Object Created"]
      detail        = { bucket = { name = ["example-logs"] }, object = { key = [{ prefix = "cdn/" }] } }
    }
    error_message = "the rule takes other events: ${aws_cloudwatch_event_rule.logs[0].event_pattern}"
  }

  assert {
    condition     = aws_cloudwatch_event_target.logs[0].arn == aws_sqs_queue.logs[0].arn && aws_cloudwatch_event_target.logs[0].rule == aws_cloudwatch_event_rule.logs[0].name
    error_message = "the rule does not send to the queue"
  }

  assert {
    condition = jsondecode(aws_sqs_queue_policy.logs[0].policy).Statement == [{
      Sid       = "Logs"
      Effect    = "Allow"
      Action    = ["sqs:SendMessage"]
      Principal = { Service = "events.amazonaws.com" }
      Resource  = ["arn:aws:sqs:eu-central-1:123456789012:logs"]
      Condition = {
        ArnEquals    = { "aws:SourceArn" = "arn:aws:events:eu-central-1:123456789012:rule/logs" }
        StringEquals = { "aws:SourceAccount" = "123456789012" }
      }
    }]
    error_message = "others than the rule may send: ${aws_sqs_queue_policy.logs[0].policy}"
  }

  assert {
    condition     = length(aws_s3_bucket_notification.logs) == 0
    error_message = "the owner's notifications would be replaced"
  }

  assert {
    condition     = length(aws_lambda_event_source_mapping.stream) + length(aws_sqs_queue.stream_dead) == 0
    error_message = "a stream nobody asked for"
  }

  assert {
    condition     = aws_sqs_queue.logs[0].visibility_timeout_seconds >= 6 * aws_lambda_function.label.timeout + aws_lambda_event_source_mapping.logs[0].maximum_batching_window_in_seconds
    error_message = "a message would come back while label still works on it"
  }

  assert {
    condition     = jsondecode(aws_sqs_queue.logs[0].redrive_policy) == { deadLetterTargetArn = aws_sqs_queue.logs_dead[0].arn, maxReceiveCount = 5 }
    error_message = "failed messages get lost: ${aws_sqs_queue.logs[0].redrive_policy}"
  }

  assert {
    condition = jsondecode(aws_sqs_queue_redrive_allow_policy.logs_dead[0].redrive_allow_policy) == {
      redrivePermission = "byQueue"
      sourceQueueArns   = [aws_sqs_queue.logs[0].arn]
    }
    error_message = "other queues may put their dead letters here"
  }

  assert {
    condition     = aws_sqs_queue.logs_dead[0].message_retention_seconds == 14 * 86400 && aws_sqs_queue.logs[0].message_retention_seconds < aws_sqs_queue.logs_dead[0].message_retention_seconds
    error_message = "a dead letter must be kept longer than a living one"
  }

  assert {
    condition     = alltrue([for queue in concat(aws_sqs_queue.logs, aws_sqs_queue.logs_dead, [aws_sqs_queue.rollup_dead]) : queue.sqs_managed_sse_enabled])
    error_message = "a queue is not encrypted"
  }

  assert {
    condition     = aws_lambda_event_source_mapping.logs[0].function_response_types == toset(["ReportBatchItemFailures"])
    error_message = "one bad object would send back its whole batch"
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.logs[0].event_source_arn == aws_sqs_queue.logs[0].arn
      && aws_lambda_event_source_mapping.logs[0].function_name == aws_lambda_function.label.arn
      && aws_lambda_event_source_mapping.logs[0].batch_size == 1000
      && aws_lambda_event_source_mapping.logs[0].maximum_batching_window_in_seconds == 5
      && aws_lambda_event_source_mapping.logs[0].scaling_config[0].maximum_concurrency == 3
    )
    error_message = "the mapping is another"
  }
}

run "without_prefix" {
  command = plan

  variables {
    log_prefix = ""
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.logs[0].event_pattern).detail == { bucket = { name = ["example-logs"] } }
    error_message = "an empty prefix is no prefix: ${aws_cloudwatch_event_rule.logs[0].event_pattern}"
  }
}

run "by_owner" {
  variables {
    log_events = "none"
  }

  assert {
    condition     = length(aws_cloudwatch_event_rule.logs) + length(aws_cloudwatch_event_target.logs) + length(aws_s3_bucket_notification.logs) == 0
    error_message = "the owner wires the events"
  }

  assert {
    condition     = output.label_queue_arn == aws_sqs_queue.logs[0].arn && jsondecode(aws_sqs_queue_policy.logs[0].policy).Statement[0].Condition.ArnEquals == { "aws:SourceArn" = "arn:aws:s3:::example-logs" }
    error_message = "the owner's bucket has no queue it may send to"
  }
}

run "stream" {
  variables {
    existing_log_bucket = null
    realtime_stream_arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/realtime"
    realtime_fields     = ["timestamp", "cs-uri-stem", "cs-user-agent"]
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.stream[0].event_source_arn == var.realtime_stream_arn
      && aws_lambda_event_source_mapping.stream[0].function_name == aws_lambda_function.label.arn
      && aws_lambda_event_source_mapping.stream[0].function_response_types == toset(["ReportBatchItemFailures"])
      && aws_lambda_event_source_mapping.stream[0].bisect_batch_on_function_error
      && aws_lambda_event_source_mapping.stream[0].maximum_retry_attempts > 0
      && aws_lambda_event_source_mapping.stream[0].destination_config[0].on_failure[0].destination_arn == aws_sqs_queue.stream_dead[0].arn
    )
    error_message = "one bad record would hold up its shard, or be lost"
  }

  assert {
    condition     = aws_lambda_function.label.environment[0].variables.REALTIME_FIELDS == "timestamp,cs-uri-stem,cs-user-agent"
    error_message = "label does not know the columns"
  }

  assert {
    condition     = length(aws_sqs_queue.logs) + length(aws_sqs_queue_policy.logs) + length(aws_lambda_event_source_mapping.logs) + length(aws_cloudwatch_event_rule.logs) == 0 && output.label_queue_arn == null
    error_message = "a queue without a log bucket"
  }

  assert {
    condition     = output.dead_letter_queues == { rollup = aws_sqs_queue.rollup_dead.url, stream = aws_sqs_queue.stream_dead[0].url }
    error_message = "dead letters nobody hears of"
  }
}
