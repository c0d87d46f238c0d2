# Somebody hears of each failure that the functions can have.

mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./tests/mocks_us_east_1"
}

variables {
  functions = "./tests/zips"
  sites     = { "example.com" = { hosts = ["example.com"], shard_bits = 1 } }
}

run "everything" {
  variables {
    collect          = true
    deliver_logs     = true
    realtime_shards  = 1
    shard_map        = true
    distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"

    alarm_topics = {
      page  = "arn:aws:sns:eu-central-1:123456789012:page"
      later = "arn:aws:sns:eu-central-1:123456789012:later"
      edge  = "arn:aws:sns:us-east-1:123456789012:edge"
    }
  }

  assert {
    condition = { for name, a in aws_cloudwatch_metric_alarm.this : name => join(",", a.alarm_actions) } == {
      collect-errors     = "arn:aws:sns:eu-central-1:123456789012:page"
      collect-throttles  = "arn:aws:sns:eu-central-1:123456789012:page"
      collect-lost       = "arn:aws:sns:eu-central-1:123456789012:page"
      stream-age         = "arn:aws:sns:eu-central-1:123456789012:page"
      stream-dead        = "arn:aws:sns:eu-central-1:123456789012:page"
      label-errors       = "arn:aws:sns:eu-central-1:123456789012:later"
      label-throttles    = "arn:aws:sns:eu-central-1:123456789012:later"
      label-refused      = "arn:aws:sns:eu-central-1:123456789012:later"
      rollup-errors      = "arn:aws:sns:eu-central-1:123456789012:later"
      rollup-throttles   = "arn:aws:sns:eu-central-1:123456789012:later"
      rollup-dead        = "arn:aws:sns:eu-central-1:123456789012:later"
      rollup-unaccounted = "arn:aws:sns:eu-central-1:123456789012:later"
      logs-dead          = "arn:aws:sns:eu-central-1:123456789012:later"
      logs-age           = "arn:aws:sns:eu-central-1:123456789012:later"
      logs-quiet         = "arn:aws:sns:eu-central-1:123456789012:later"
    }
    error_message = "an alarm is missing, or reaches others: ${jsonencode({ for name, a in aws_cloudwatch_metric_alarm.this : name => a.alarm_actions })}"
  }

  # What is said of an alarm begins with its kind.
  assert {
    condition = alltrue([
      for a in values(aws_cloudwatch_metric_alarm.this) :
      startswith(a.alarm_description, contains(a.alarm_actions, var.alarm_topics.page) ? "[page] " : "[later] ") && a.ok_actions == a.alarm_actions
    ])
    error_message = "an alarm says that it is of another kind than it is"
  }

  # Quiet is good, but where quiet is what is wrong.
  assert {
    condition = alltrue([
      for name, a in aws_cloudwatch_metric_alarm.this :
      name == "logs-quiet" ? a.treat_missing_data == "breaching" && a.comparison_operator == "LessThanThreshold" && a.threshold == 1 : a.treat_missing_data == "notBreaching" && a.comparison_operator == "GreaterThanThreshold"
    ])
    error_message = "an alarm rings when there is nothing, or never"
  }

  # Periods of an alarm together are at most a day.
  assert {
    condition     = alltrue([for a in values(aws_cloudwatch_metric_alarm.this) : a.period * a.evaluation_periods <= 86400])
    error_message = "CloudWatch takes no alarm of more than a day"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.fresh.treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.fresh.evaluation_periods == 4 && aws_cloudwatch_metric_alarm.fresh.alarm_actions == toset([var.alarm_topics.later])
    error_message = "old tables go unnoticed"
  }

  assert {
    condition     = { for name, a in aws_cloudwatch_metric_alarm.edge : name => join(",", a.alarm_actions) } == { viewer-request = "arn:aws:sns:us-east-1:123456789012:edge", viewer-response = "arn:aws:sns:us-east-1:123456789012:edge" }
    error_message = "an edge function could answer 503 and nobody hears of it"
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.shards[0].dimensions == tomap({ StateMachineArn = "arn:aws:states:eu-central-1:123456789012:stateMachine:shards" })
    error_message = "a large site's day fails in silence"
  }

  # Each costs money every month.
  assert {
    condition     = length(aws_cloudwatch_log_metric_filter.own) <= 5
    error_message = "more than five metrics of our own"
  }

  # An alarm of ours watches a metric that a filter makes.
  assert {
    condition = alltrue([
      for a in values(aws_cloudwatch_metric_alarm.this) :
      contains([for f in values(aws_cloudwatch_log_metric_filter.own) : "${f.metric_transformation[0].namespace}/${f.metric_transformation[0].name}"], "${a.namespace}/${a.metric_name}") || startswith(a.namespace, "AWS/")
    ])
    error_message = "an alarm watches what nobody counts"
  }

  assert {
    condition     = length(jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets) == 8
    error_message = "the dashboard shows something else"
  }
}

run "logs_only" {
  variables {
    existing_log_bucket = "example-logs"
    dashboard           = false
  }

  assert {
    condition = (
      toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(["label-errors", "label-refused", "label-throttles", "logs-age", "logs-dead", "logs-quiet", "rollup-dead", "rollup-errors", "rollup-throttles", "rollup-unaccounted"])
      && length(aws_cloudwatch_metric_alarm.edge) + length(aws_cloudwatch_metric_alarm.shards) + length(aws_cloudwatch_dashboard.this) == 0
      && toset(keys(aws_cloudwatch_log_metric_filter.own)) == toset(["LabelErrors", "LinesRead", "Unaccounted"])
    )
    error_message = "alarms of what there is not, or none of what there is: ${join(" ", keys(aws_cloudwatch_metric_alarm.this))}"
  }

  assert {
    condition     = alltrue([for a in values(aws_cloudwatch_metric_alarm.this) : length(coalesce(a.alarm_actions, [])) == 0])
    error_message = "somebody is told who was not named"
  }
}
