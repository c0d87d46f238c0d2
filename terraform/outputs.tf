output "label_queue_arn" {
  description = "Queue label reads: with log_events = \"none\", send the log bucket's events here. null without a log bucket."
  value       = one(aws_sqs_queue.logs[*].arn)
}

output "dead_letter_queues" {
  description = "Addresses of the queues of what failed for good, by where it comes from: logs, rollup, stream. Watch them."
  value = merge(
    { rollup = aws_sqs_queue.rollup_dead.url },
    { for queue in aws_sqs_queue.logs_dead : "logs" => queue.url },
    { for queue in aws_sqs_queue.stream_dead : "stream" => queue.url },
  )
}

output "table_name" {
  description = "Name of the DynamoDB table."
  value       = aws_dynamodb_table.this.name
}

output "table_arn" {
  description = "ARN of the DynamoDB table."
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

output "label_function_name" {
  description = "Name of the function label."
  value       = aws_lambda_function.label.function_name
}

output "rollup_function_name" {
  description = "Name of the function rollup."
  value       = aws_lambda_function.rollup.function_name
}
