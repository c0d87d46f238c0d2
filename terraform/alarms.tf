# What is watched. An alarm is of one of two kinds (docs/operations.md): page, visitors are hurt or data is lost; later, everything else, because logs
# are kept for days and read again.
#
# Lambda's, SQS's and CloudFront's own figures cost nothing. Ours, four of five allowed, are counted out of lines that the functions write anyway, and
# cost 30 cents a month each, for the hours in which there was such a line. The other counters are in the table quality, where they cost nothing.

locals {
  namespace = var.name

  # What the functions' lines say: metric → whose lines, which, and what of them.
  own_metrics = {
    LinesRead    = { function = "label", pattern = "{ $.msg = \"labelled\" }", value = "$.lines" }
    LabelErrors  = { function = "label", pattern = "{ $.level = \"ERROR\" }", value = "1" }
    Unaccounted  = { function = "rollup", pattern = "{ $.msg = \"rolled up\" }", value = "$.unaccounted" }
    CollectFails = { function = "collect", pattern = "{ $.level = \"ERROR\" }", value = "1" }
  }

  log_groups = merge(
    { label = aws_cloudwatch_log_group.label.name, rollup = aws_cloudwatch_log_group.rollup.name },
    { for group in aws_cloudwatch_log_group.collect : "collect" => group.name },
  )

  function_names = merge(
    { label = aws_lambda_function.label.function_name, rollup = aws_lambda_function.rollup.function_name },
    { for function in aws_lambda_function.collect : "collect" => function.function_name },
    { for function in aws_lambda_function.report : "report" => function.function_name },
  )

  queue_names = merge(
    { rollup-dead = aws_sqs_queue.rollup_dead.name },
    { for queue in aws_sqs_queue.logs_dead : "logs-dead" => queue.name },
    { for queue in aws_sqs_queue.stream_dead : "stream-dead" => queue.name },
  )

  # Each alarm is one figure over a limit, or, where quiet is what is wrong, under it.
  alarms = merge(
    {
      for function, name in local.function_names : "${function}-errors" => {
        kind      = function == "collect" ? "page" : "later"
        meaning   = function == "collect" ? "collect fails: page views are not taken in, and routed pages are not answered." : function == "report" ? "report fails: the page of what was dark does not answer. Nothing is lost." : "${function} fails. Nothing is lost yet: what failed is tried again, and then lies in a dead-letter queue."
        namespace = "AWS/Lambda", metric = "Errors", dimensions = { FunctionName = name }, statistic = "Sum"
        period    = function == "rollup" ? 3600 : 300, periods = function == "rollup" ? 2 : 3, above = 0, below = null
      }
    },
    {
      for function, name in local.function_names : "${function}-throttles" => {
        kind      = function == "collect" ? "page" : "later"
        meaning   = "${function} is not started as often as it should: the account's or the function's own limit of concurrent runs is reached."
        namespace = "AWS/Lambda", metric = "Throttles", dimensions = { FunctionName = name }, statistic = "Sum"
        period    = 300, periods = 3, above = 0, below = null
      }
    },
    {
      for queue, name in local.queue_names : queue => {
        kind      = queue == "stream-dead" ? "page" : "later"
        meaning   = "Something failed for good and lies in the queue ${name}. Mend the cause, then send it again."
        namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = name }, statistic = "Maximum"
        period    = 300, periods = 1, above = 0, below = null
      }
    },
    {
      for queue in aws_sqs_queue.logs : "logs-age" => {
        kind      = "later"
        meaning   = "label does not keep up: a log object has waited for two hours. Delivered logs live 3 days."
        namespace = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = queue.name }, statistic = "Maximum"
        period    = 900, periods = 2, above = 7200, below = null
      }
    },
    {
      for name in local.from_stream ? [local.function_names.label] : [] : "stream-age" => {
        kind      = "page"
        meaning   = "label is six hours behind the stream of real-time logs, which forgets after a day."
        namespace = "AWS/Lambda", metric = "IteratorAge", dimensions = { FunctionName = name }, statistic = "Maximum"
        period    = 900, periods = 2, above = 6 * 3600 * 1000, below = null
      }
    },
    {
      label-refused = {
        kind      = "later"
        meaning   = "label could not label messages or records, and said why in its log. They come again, and in the end lie in a dead-letter queue."
        namespace = local.namespace, metric = "LabelErrors", dimensions = {}, statistic = "Sum"
        period    = 900, periods = 2, above = 0, below = null
      }
    },
    {
      rollup-unaccounted = {
        kind      = "later"
        meaning   = "Of records of a day that is over no receipt tells: a log was not read to its end, and comes again, or its receipt is lost. The query reconciliation shows the day."
        namespace = local.namespace, metric = "Unaccounted", dimensions = {}, statistic = "Maximum"
        period    = 3600, periods = 1, above = 0, below = null
      }
    },
    {
      for name in aws_lambda_function.collect[*].function_name : "collect-lost" => {
        kind      = "page"
        meaning   = "collect answered that it could not keep what a page told, or a share code: the table is slow, down or refuses."
        namespace = local.namespace, metric = "CollectFails", dimensions = {}, statistic = "Sum"
        period    = 300, periods = 3, above = 0, below = null
      }
    },
    {
      for there in local.from_bucket || local.from_stream ? [true] : [] : "logs-quiet" => {
        kind      = "later"
        meaning   = "No line of a log was read for a day: are logs still delivered, and announced?"
        namespace = local.namespace, metric = "LinesRead", dimensions = {}, statistic = "Sum"
        period    = 86400, periods = 1, above = null, below = 1
      }
    },
  )

  topics = {
    page  = compact([var.alarm_topics.page])
    later = compact([var.alarm_topics.later])
    edge  = compact([var.alarm_topics.edge])
  }
}

resource "aws_cloudwatch_log_metric_filter" "own" {
  for_each = { for metric, from in local.own_metrics : metric => from if from.function != "collect" || var.collect }

  name           = "${var.name}-${each.key}"
  log_group_name = local.log_groups[each.value.function]
  pattern        = each.value.pattern

  metric_transformation {
    namespace = local.namespace
    name      = each.key
    value     = each.value.value
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "[${each.value.kind}] ${each.value.meaning}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = each.value.period
  evaluation_periods  = each.value.periods
  threshold           = each.value.below == null ? each.value.above : each.value.below
  comparison_operator = each.value.below == null ? "GreaterThanThreshold" : "LessThanThreshold"
  treat_missing_data  = each.value.below == null ? "notBreaching" : "breaching"
  alarm_actions       = local.topics[each.value.kind]
  ok_actions          = local.topics[each.value.kind]
  tags                = var.tags
}

# The tables are made hourly. If no run succeeded for four hours they are old, whatever the cause.
resource "aws_cloudwatch_metric_alarm" "fresh" {
  alarm_name          = "${var.name}-tables-old"
  alarm_description   = "[later] No run of rollup succeeded for four hours: the tables are old. Records are kept, and the next run makes up for it."
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  evaluation_periods  = 4
  treat_missing_data  = "breaching"
  alarm_actions       = local.topics.later
  ok_actions          = local.topics.later
  tags                = var.tags

  metric_query {
    id          = "succeeded"
    label       = "runs of rollup that succeeded"
    expression  = "runs - errors"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { runs = "Invocations", errors = "Errors" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/Lambda"
        metric_name = metric_query.value
        dimensions  = { FunctionName = local.function_names.rollup }
        stat        = "Sum"
        period      = 3600
      }
    }
  }
}

# A function at the edge that throws is a 503 to the visitor.
resource "aws_cloudwatch_metric_alarm" "edge" {
  for_each = merge(
    { for function in aws_cloudfront_function.viewer_request : "viewer-request" => function.name },
    { for function in aws_cloudfront_function.viewer_response : "viewer-response" => function.name },
  )
  provider = aws.us_east_1

  alarm_name          = "${var.name}-${each.key}-errors"
  alarm_description   = "[page] The edge function ${each.value} throws: visitors get a 503. Take it off the behaviour first, then look why."
  namespace           = "AWS/CloudFront"
  metric_name         = "FunctionExecutionErrors"
  dimensions          = { FunctionName = each.value, Region = "Global" }
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 2
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.topics.edge
  ok_actions          = local.topics.edge
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "shards" {
  count = var.shard_map ? 1 : 0

  alarm_name          = "${var.name}-shards-failed"
  alarm_description   = "[later] The state machine that rolls up large sites failed. The day's tables stay as they were; start it again for that day."
  namespace           = "AWS/States"
  metric_name         = "ExecutionsFailed"
  dimensions          = { StateMachineArn = aws_sfn_state_machine.shards[0].arn }
  statistic           = "Sum"
  period              = 3600
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.topics.later
  ok_actions          = local.topics.later
  tags                = var.tags
}
