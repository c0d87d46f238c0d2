# What is attached to a distribution. null or empty without collect.

output "behaviours" {
  description = "Behaviours to add to the distribution, in this order, before its own: path_pattern, allowed_methods, and ids of policies and functions. All lead to collect_origin, over https. Orders are posted to /_ds/buy, so /_ds/* allows all methods."
  value       = local.behaviours
}

output "collect_origin" {
  description = "The origin of the behaviours: domain_name and origin_access_control_id. It is asked over https alone."
  value = var.collect ? {
    domain_name              = trimsuffix(trimprefix(aws_lambda_function_url.collect[0].function_url, "https://"), "/")
    origin_access_control_id = aws_cloudfront_origin_access_control.collect[0].id
  } : null
}

output "viewer_response_function_arn" {
  description = "Function for viewer-response of the behaviours that serve pages. null with existing_viewer_response."
  value       = one(aws_cloudfront_function.viewer_response[*].arn)
}

output "viewer_response_snippet" {
  description = "The same to merge into a viewer-response function there is already: put it above your handler, and end that with return addHint(event)."
  value       = var.collect ? local.viewer_response_snippet : null
}

output "pages_cache_policy_id" {
  description = "Cache policy for pages: as the origin says, and the share code is no part of the key. If you have one of your own, leave code_parameter out of its key."
  value       = one(aws_cloudfront_cache_policy.pages[*].id)
}

output "pages_origin_request_policy_id" {
  description = "Origin request policy for pages: all the visitor sent but the share code."
  value       = one(aws_cloudfront_origin_request_policy.pages[*].id)
}

output "realtime_log_config_arn" {
  description = "Real-time log configuration to attach to behaviours. null without realtime_shards."
  value       = one(aws_cloudfront_realtime_log_config.realtime[*].arn)
}

output "report" {
  description = "Where the report is: domain_name of its distribution, to which the DNS of report.host has to point, and hosted_zone_id for an alias. null without report."
  value = var.report == null ? null : {
    domain_name    = aws_cloudfront_distribution.report[0].domain_name
    hosted_zone_id = aws_cloudfront_distribution.report[0].hosted_zone_id
  }
}

# What there is.

output "label_queue_arn" {
  description = "Queue label reads: with log_events = \"none\", send the log bucket's events here, or EventBridge's. null without logs in a bucket."
  value       = one(aws_sqs_queue.logs[*].arn)
}

output "log_bucket" {
  description = "Name of the bucket of delivered logs. null without deliver_logs."
  value       = one(aws_s3_bucket.logs[*].bucket)
}

output "dead_letter_queues" {
  description = "Addresses of the queues of what failed for good, by where it comes from: logs, rollup, stream. Alarms watch them."
  value = merge(
    { rollup = aws_sqs_queue.rollup_dead.url },
    { for queue in aws_sqs_queue.logs_dead : "logs" => queue.url },
    { for queue in aws_sqs_queue.stream_dead : "stream" => queue.url },
  )
}

output "table_name" {
  description = "Name of the DynamoDB table of records."
  value       = aws_dynamodb_table.this.name
}

output "table_arn" {
  description = "ARN of the DynamoDB table of records."
  value       = aws_dynamodb_table.this.arn
}

output "lake_bucket" {
  description = "Name of the bucket of the daily tables."
  value       = aws_s3_bucket.lake.bucket
}

output "lake_bucket_arn" {
  description = "ARN of the bucket of the daily tables."
  value       = aws_s3_bucket.lake.arn
}

output "glue_database" {
  description = "Name of the database for Athena."
  value       = aws_glue_catalog_database.this.name
}

output "athena_workgroup" {
  description = "Workgroup to query in: it encrypts results and stops a query that reads too much."
  value       = aws_athena_workgroup.this.name
}

output "view_queries" {
  description = "Saved queries that make the views, ids by the view's name: to be run once, and again after an upgrade."
  value       = { for name, query in aws_athena_named_query.this : trimprefix(name, "views/") => query.id if startswith(name, "views/") }
}

output "function_names" {
  description = "Names of the functions: label, rollup and, where they run, collect and report."
  value       = local.function_names
}

output "shard_map_arn" {
  description = "State machine that rolls up a day of a large site in shards. null without shard_map."
  value       = one(aws_sfn_state_machine.shards[*].arn)
}
