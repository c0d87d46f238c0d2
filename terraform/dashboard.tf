# One page that answers: does it run, does it keep up, does anything get lost.

locals {
  rows = concat(
    [
      {
        title = "Runs, and those that failed"
        metrics = flatten([
          for function, name in local.function_names : [
            for metric in ["Invocations", "Errors", "Throttles"] : { m = ["AWS/Lambda", metric, "FunctionName", name] }
          ]
        ])
      },
      {
        title = "Time of a run, milliseconds, 99 of 100"
        metrics = [
          for function, name in local.function_names : { m = ["AWS/Lambda", "Duration", "FunctionName", name, { stat = "p99" }] }
        ]
      },
      {
        title   = "Lines read, and what could not be kept"
        metrics = [for metric in keys(local.own_metrics) : { m = [local.namespace, metric] }]
      },
      {
        title   = "Failed for good: messages in dead-letter queues"
        metrics = [for queue, name in local.queue_names : { m = ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name, { stat = "Maximum" }] }]
      },
      {
        title = "What the table takes, units"
        metrics = [
          for metric in ["ConsumedWriteCapacityUnits", "ConsumedReadCapacityUnits", "WriteThrottleEvents"] : { m = ["AWS/DynamoDB", metric, "TableName", aws_dynamodb_table.this.name] }
        ]
      },
    ],
    [
      for queue in aws_sqs_queue.logs : {
        title   = "Oldest log object that waits, seconds"
        metrics = [{ m = ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", queue.name, { stat = "Maximum" }] }]
      }
    ],
    [
      for there in local.from_stream ? [true] : [] : {
        title   = "How far label is behind the stream, milliseconds"
        metrics = [{ m = ["AWS/Lambda", "IteratorAge", "FunctionName", local.function_names.label, { stat = "Maximum" }] }]
      }
    ],
    [
      for there in var.collect ? [true] : [] : {
        title = "Edge functions: runs, errors"
        metrics = flatten([
          for name in concat(aws_cloudfront_function.viewer_request[*].name, aws_cloudfront_function.viewer_response[*].name) : [
            for metric in ["FunctionInvocations", "FunctionExecutionErrors"] : { m = ["AWS/CloudFront", metric, "FunctionName", name, "Region", "Global", { region = local.edge_region }] }
          ]
        ])
      }
    ],
  )
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.dashboard ? 1 : 0

  dashboard_name = var.name

  dashboard_body = jsonencode({
    widgets = [
      for i, row in local.rows : {
        type   = "metric"
        x      = i % 2 * 12
        y      = floor(i / 2) * 6
        width  = 12
        height = 6
        properties = {
          title   = row.title
          region  = local.region
          stat    = "Sum"
          period  = 300
          metrics = [for one in row.metrics : one.m]
        }
      }
    ]
  })
}
