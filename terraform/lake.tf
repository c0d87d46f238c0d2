# The bucket of the daily tables: TABLE/site=NAME/dt=YYYY-MM-DD/part.parquet (tables.tf). What Athena must not read lies beside them:
# manifests/ (what a day was made of), partials/ (shards of a day being rolled up), failed/ (what could not be read).
#
# Versioning is off, and no resource turns it on: an old version would outlive what was deleted.

locals {
  lake_bucket = coalesce(var.lake_bucket, "${var.name}-lake-${local.account}-${local.region}")
}

resource "aws_s3_bucket" "lake" {
  bucket        = local.lake_bucket
  force_destroy = !var.deletion_protection
}

resource "aws_s3_bucket_public_access_block" "lake" {
  bucket = aws_s3_bucket.lake.bucket

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "lake" {
  bucket = aws_s3_bucket.lake.bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "lake" {
  bucket = aws_s3_bucket.lake.bucket

  rule {
    # One request to KMS for many objects, instead of one for each.
    bucket_key_enabled = var.kms_key_arn != null

    apply_server_side_encryption_by_default {
      sse_algorithm     = var.kms_key_arn == null ? "AES256" : "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_policy" "lake" {
  bucket = aws_s3_bucket.lake.bucket

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTLS"
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = [aws_s3_bucket.lake.arn, "${aws_s3_bucket.lake.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })

  # S3 refuses two changes of a bucket's access at once.
  depends_on = [aws_s3_bucket_public_access_block.lake]
}

resource "aws_s3_bucket_lifecycle_configuration" "lake" {
  bucket = aws_s3_bucket.lake.bucket

  rule {
    id     = "partials"
    status = "Enabled"

    filter {
      prefix = "partials/"
    }

    expiration {
      days = 2
    }
  }

  # Records that could not be read and that nothing else holds, as those of a stream. They may hold what a visitor sent, so 7 days are promised.
  rule {
    id     = "failed-records"
    status = "Enabled"

    filter {
      prefix = "failed/records/"
    }

    expiration {
      days = 7
    }
  }

  # Bucket, key, line number and reason; never the line.
  rule {
    id     = "failed-pointers"
    status = "Enabled"

    filter {
      prefix = "failed/pointers/"
    }

    expiration {
      days = var.failed_pointer_days
    }
  }

  rule {
    id     = "uploads"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }
}
