# Where analysts query the tables: a workgroup that encrypts results, keeps them in the lake, and stops a query that reads too much.

resource "aws_athena_workgroup" "this" {
  name        = var.name
  description = "darksocial: queries of the daily tables"

  # It goes with its history of queries, which is all there is in it.
  force_destroy = true
  tags          = var.tags

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = false
    bytes_scanned_cutoff_per_query     = floor(var.query_limit_gb * 1000000000)

    result_configuration {
      output_location = "s3://${aws_s3_bucket.lake.bucket}/queries/"

      encryption_configuration {
        encryption_option = var.kms_key_arn == null ? "SSE_S3" : "SSE_KMS"
        kms_key_arn       = var.kms_key_arn
      }
    }
  }
}
