# The bucket of the daily tables: TABLE/site=NAME/dt=YYYY-MM-DD/part.parquet (tables.tf). What Athena must not read lies beside them:
# manifests/ (what a day was made of), partials/ (shards of a day being rolled up), failed/ (what could not be read), queries/ (results of Athena).
#
# Versions are kept for 7 days, against a slip of the hand. Days of a rule count until an object is no longer the current one, and then those of an
# old version begin: what is promised to live 7 days is hidden after 6 and gone a day later.

locals {
  lake_bucket = coalesce(var.lake_bucket, "${var.name}-lake-${local.account}-${local.region}")
}

resource "aws_s3_bucket" "lake" {
  bucket        = local.lake_bucket
  force_destroy = !var.deletion_protection
  tags          = var.tags
}

resource "aws_s3_bucket_versioning" "lake" {
  bucket = aws_s3_bucket.lake.bucket

  versioning_configuration {
    status = "Enabled"
  }
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

locals {
  # Days by prefix, old versions included. Records that could not be read and that nothing else holds, as those of a stream, may hold what a visitor
  # sent. Pointers are bucket, key, line number and reason; never the line.
  lake_lives = {
    "partials/"        = 2
    "failed/records/"  = 7
    "failed/pointers/" = var.failed_pointer_days
    "queries/"         = 7

    # The table of single orders, where a site asks for it: rollup deletes its days too (internal/job/orders.go).
    "orders/" = 90
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "lake" {
  bucket = aws_s3_bucket.lake.bucket

  dynamic "rule" {
    for_each = local.lake_lives

    content {
      id     = trimsuffix(replace(rule.key, "/", "-"), "-")
      status = "Enabled"

      filter {
        prefix = rule.key
      }

      expiration {
        days = max(1, rule.value - 1)
      }

      noncurrent_version_expiration {
        noncurrent_days = 1
      }
    }
  }

  rule {
    id     = "uploads-and-versions"
    status = "Enabled"

    filter {}

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }

    noncurrent_version_expiration {
      noncurrent_days = 7
    }

    expiration {
      expired_object_delete_marker = true
    }
  }

  # Rules for versions presuppose that there are some.
  depends_on = [aws_s3_bucket_versioning.lake]
}
