# How label hears of new log objects: log bucket → EventBridge → queue → label.
#
# A bucket has one notification configuration, and whoever sets it sets all of it. Of a bucket that is not ours we therefore never do: an EventBridge
# rule needs only that the bucket sends its events there (var.log_events).

locals {
  from_bucket = var.deliver_logs || var.existing_log_bucket != null
  by_rule     = var.deliver_logs || local.from_bucket && var.log_events == "eventbridge"

  # Ours (delivery.tf) has nothing but logs in it.
  log_bucket     = var.deliver_logs ? local.own_log_bucket : var.existing_log_bucket
  log_prefix     = var.deliver_logs ? "" : var.log_prefix
  log_bucket_arn = local.from_bucket ? "arn:${local.partition}:s3:::${local.log_bucket}" : null

  # Who may write to the queue. With "none" the owner's notification comes from the bucket itself.
  log_sender = (
    local.by_rule
    ? { service = "events.amazonaws.com", arn = one(aws_cloudwatch_event_rule.logs[*].arn) }
    : { service = "s3.amazonaws.com", arn = local.log_bucket_arn }
  )
}

resource "aws_sqs_queue" "logs" {
  count = local.from_bucket ? 1 : 0

  name                    = "${var.name}-logs"
  sqs_managed_sse_enabled = true
  tags                    = var.tags

  # Six times what label may take, and what it waits for a batch to fill:
  # https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
  visibility_timeout_seconds = 6 * var.label_timeout + var.label_batch_window

  # A message keeps its age when it becomes a dead letter, so it must be younger here than it may be there.
  message_retention_seconds = 4 * 24 * 60 * 60

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.logs_dead[0].arn
    maxReceiveCount     = 5
  })
}

# Messages that failed five times. They name a bucket and a key, so they can be sent again as long as the log object lives.
resource "aws_sqs_queue" "logs_dead" {
  count = local.from_bucket ? 1 : 0

  name                      = "${var.name}-logs-dead"
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 14 * 24 * 60 * 60
  tags                      = var.tags
}

resource "aws_sqs_queue_redrive_allow_policy" "logs_dead" {
  count = local.from_bucket ? 1 : 0

  queue_url = aws_sqs_queue.logs_dead[0].id

  redrive_allow_policy = jsonencode({
    redrivePermission = "byQueue"
    sourceQueueArns   = [aws_sqs_queue.logs[0].arn]
  })
}

resource "aws_sqs_queue_policy" "logs" {
  count = local.from_bucket ? 1 : 0

  queue_url = aws_sqs_queue.logs[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Logs"
      Effect    = "Allow"
      Action    = ["sqs:SendMessage"]
      Principal = { Service = local.log_sender.service }
      Resource  = [aws_sqs_queue.logs[0].arn]
      Condition = {
        ArnEquals    = { "aws:SourceArn" = local.log_sender.arn }
        StringEquals = { "aws:SourceAccount" = local.account }
      }
    }]
  })
}

resource "aws_cloudwatch_event_rule" "logs" {
  count = local.by_rule ? 1 : 0

  name        = "${var.name}-logs"
  description = "New access logs in ${local.log_bucket}/${local.log_prefix}"
  tags        = var.tags

  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["Object Created"]
    detail = merge(
      { bucket = { name = [local.log_bucket] } },
      { for field, value in { object = { key = [{ prefix = local.log_prefix }] } } : field => value if local.log_prefix != "" },
    )
  })
}

resource "aws_cloudwatch_event_target" "logs" {
  count = local.by_rule ? 1 : 0

  rule = aws_cloudwatch_event_rule.logs[0].name
  arn  = aws_sqs_queue.logs[0].arn

  # Before it may write, the target drops what it is sent.
  depends_on = [aws_sqs_queue_policy.logs]
}
