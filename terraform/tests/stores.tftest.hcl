# The table, the lake, and the lake as Athena sees it.

mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./tests/mocks_us_east_1"
}

variables {
  functions = "./tests/zips"
  sites = {
    b = { hosts = ["b.example"] }
    a = { hosts = ["a.example"] }
  }
}

run "stores" {
  variables {
    failed_pointer_days = 30
    first_day           = "2025-06-01"
  }

  assert {
    condition = (
      aws_dynamodb_table.this.hash_key == "pk" && aws_dynamodb_table.this.range_key == "sk" && aws_dynamodb_table.this.billing_mode == "PAY_PER_REQUEST"
      && { for a in aws_dynamodb_table.this.attribute : a.name => a.type } == { pk = "S", sk = "S" }
      && aws_dynamodb_table.this.ttl[0].attribute_name == "expires" && aws_dynamodb_table.this.ttl[0].enabled
    )
    error_message = "the table has other keys, or its items do not expire"
  }

  assert {
    condition     = aws_dynamodb_table.this.deletion_protection_enabled && !aws_s3_bucket.lake.force_destroy
    error_message = "data could be destroyed by mistake"
  }

  assert {
    condition     = aws_dynamodb_table.this.point_in_time_recovery[0].enabled && aws_dynamodb_table.this.point_in_time_recovery[0].recovery_period_in_days == 7
    error_message = "backups are missing, or keep what has expired for longer than a week"
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.lake.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "AES256"
    error_message = "the lake is not encrypted"
  }

  assert {
    condition = (
      aws_s3_bucket_public_access_block.lake.block_public_acls && aws_s3_bucket_public_access_block.lake.block_public_policy
      && aws_s3_bucket_public_access_block.lake.ignore_public_acls && aws_s3_bucket_public_access_block.lake.restrict_public_buckets
      && aws_s3_bucket_ownership_controls.lake.rule[0].object_ownership == "BucketOwnerEnforced"
    )
    error_message = "the lake could be opened"
  }

  assert {
    condition = jsondecode(aws_s3_bucket_policy.lake.policy).Statement == [{
      Sid       = "OnlyTLS"
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = "*"
      Resource  = ["arn:aws:s3:::lake", "arn:aws:s3:::lake/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
    error_message = "the lake can be read without TLS: ${aws_s3_bucket_policy.lake.policy}"
  }

  assert {
    condition = {
      for r in aws_s3_bucket_lifecycle_configuration.lake.rule :
      r.filter[0].prefix => r.expiration[0].days + r.noncurrent_version_expiration[0].noncurrent_days if r.id != "uploads-and-versions"
      } == {
      "partials/"        = 2
      "failed/records/"  = 7
      "failed/pointers/" = 30
      "queries/"         = 7
      "orders/"          = 90
    }
    error_message = "something is kept longer than promised, or deleted that should stay"
  }

  assert {
    condition     = alltrue([for r in aws_s3_bucket_lifecycle_configuration.lake.rule : r.status == "Enabled"]) && one([for r in aws_s3_bucket_lifecycle_configuration.lake.rule : r.abort_incomplete_multipart_upload[0].days_after_initiation if r.id == "uploads-and-versions"]) == 1
    error_message = "broken uploads stay"
  }

  assert {
    condition = alltrue([
      for bucket in [
        aws_s3_bucket_public_access_block.lake.bucket, aws_s3_bucket_ownership_controls.lake.bucket, aws_s3_bucket_policy.lake.bucket,
        aws_s3_bucket_lifecycle_configuration.lake.bucket, aws_s3_bucket_server_side_encryption_configuration.lake.bucket,
      ] : bucket == aws_s3_bucket.lake.bucket
    ])
    error_message = "a setting belongs to another bucket"
  }

  assert {
    condition     = toset(keys(aws_glue_catalog_table.this)) == toset(keys(local.tables)) && contains(keys(local.tables), "arrivals") && aws_glue_catalog_database.this.name == "darksocial"
    error_message = "the tables are others"
  }

  assert {
    condition = aws_glue_catalog_table.this["pages"].parameters == tomap({
      EXTERNAL                    = "TRUE"
      classification              = "parquet"
      "projection.enabled"        = "true"
      "projection.site.type"      = "enum"
      "projection.site.values"    = "a,b"
      "projection.dt.type"        = "date"
      "projection.dt.format"      = "yyyy-MM-dd"
      "projection.dt.range"       = "2025-06-01,NOW+1DAY"
      "storage.location.template" = "s3://darksocial-lake-123456789012-eu-central-1/pages/site=$${site}/dt=$${dt}/"
    })
    error_message = "Athena looks elsewhere: ${jsonencode(aws_glue_catalog_table.this["pages"].parameters)}"
  }

  assert {
    condition = alltrue([
      for name, table in aws_glue_catalog_table.this :
      [for c in table.storage_descriptor[0].columns : "${c.name} ${c.type} ${c.comment}"] == [for c in local.tables[name].columns : "${c.name} ${c.type} ${c.comment}"]
      && table.description != ""
      && [for key in table.partition_keys : "${key.name} ${key.type}"] == ["site string", "dt string"]
      && table.storage_descriptor[0].location == "s3://${aws_s3_bucket.lake.bucket}/${name}/"
      && table.table_type == "EXTERNAL_TABLE"
    ])
    error_message = "a table has other columns than listed"
  }
}

run "own_key" {
  variables {
    kms_key_arn            = "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-2222-2222-222222222222"
    point_in_time_recovery = false
    deletion_protection    = false
  }

  assert {
    condition     = aws_dynamodb_table.this.server_side_encryption[0].enabled && aws_dynamodb_table.this.server_side_encryption[0].kms_key_arn == var.kms_key_arn
    error_message = "the table uses another key"
  }

  assert {
    condition = (
      one(aws_s3_bucket_server_side_encryption_configuration.lake.rule).apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms"
      && one(aws_s3_bucket_server_side_encryption_configuration.lake.rule).apply_server_side_encryption_by_default[0].kms_master_key_id == var.kms_key_arn
      && one(aws_s3_bucket_server_side_encryption_configuration.lake.rule).bucket_key_enabled
    )
    error_message = "the lake uses another key"
  }

  assert {
    condition     = !aws_dynamodb_table.this.point_in_time_recovery[0].enabled && !aws_dynamodb_table.this.deletion_protection_enabled && aws_s3_bucket.lake.force_destroy
    error_message = "a switch does nothing"
  }
}

# Salts are deleted for good: nothing may keep them, or keep the table.
run "salts" {
  command = plan

  variables {
    collect          = true
    distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
  }

  assert {
    condition = (
      !aws_dynamodb_table.salts[0].point_in_time_recovery[0].enabled && aws_dynamodb_table.salts[0].ttl[0].attribute_name == "expires" && aws_dynamodb_table.salts[0].ttl[0].enabled
      && coalesce(aws_dynamodb_table.salts[0].stream_enabled, false) == false && aws_dynamodb_table.salts[0].deletion_protection_enabled != true
      && aws_dynamodb_table.salts[0].hash_key == "pk" && aws_dynamodb_table.salts[0].range_key == "sk"
    )
    error_message = "a salt would outlive its 48 hours"
  }
}

run "versions" {
  command = plan

  assert {
    condition     = aws_s3_bucket_versioning.lake.versioning_configuration[0].status == "Enabled" && one([for r in aws_s3_bucket_lifecycle_configuration.lake.rule : r.noncurrent_version_expiration[0].noncurrent_days if r.id == "uploads-and-versions"]) == 7
    error_message = "an old version is not kept a week, or is kept longer"
  }
}

run "workgroup" {
  variables {
    query_limit_gb = 2.5
    kms_key_arn    = "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-2222-2222-222222222222"
  }

  assert {
    condition = (
      aws_athena_workgroup.this.configuration[0].enforce_workgroup_configuration && aws_athena_workgroup.this.configuration[0].bytes_scanned_cutoff_per_query == 2500000000
      && aws_athena_workgroup.this.configuration[0].result_configuration[0].output_location == "s3://${aws_s3_bucket.lake.bucket}/queries/"
      && aws_athena_workgroup.this.configuration[0].result_configuration[0].encryption_configuration[0].encryption_option == "SSE_KMS"
      && aws_athena_workgroup.this.configuration[0].result_configuration[0].encryption_configuration[0].kms_key_arn == var.kms_key_arn
    )
    error_message = "a query may read all there is, or leaves its results open"
  }

  # No table lies where results do.
  assert {
    condition     = !contains(keys(local.tables), "queries")
    error_message = "results would be read as data"
  }
}

# Athena knows 50 sites by name; of more, each query names its own.
run "fifty_sites" {
  command = plan

  variables {
    sites = { for i in range(50) : "s${i}" => { hosts = ["s${i}.example"] } }
  }

  assert {
    condition     = aws_glue_catalog_table.this["pages"].parameters["projection.site.type"] == "enum" && length(split(",", aws_glue_catalog_table.this["pages"].parameters["projection.site.values"])) == 50
    error_message = "Athena does not know the sites"
  }
}

run "more_sites" {
  command = plan

  variables {
    sites = { for i in range(51) : "s${i}" => { hosts = ["s${i}.example"] } }
  }

  assert {
    condition     = aws_glue_catalog_table.this["pages"].parameters["projection.site.type"] == "injected" && !contains(keys(aws_glue_catalog_table.this["pages"].parameters), "projection.site.values")
    error_message = "Athena would try 51 sites for each day"
  }
}
