# Blocks of records, receipts, markers and share codes, as opaque bytes under two keys.

resource "aws_dynamodb_table" "this" {
  name                        = var.name
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "pk"
  range_key                   = "sk"
  deletion_protection_enabled = var.deletion_protection

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }

  # Without this block the table is encrypted with a key AWS owns, at no cost.
  dynamic "server_side_encryption" {
    for_each = compact([var.kms_key_arn])

    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }

  # The shortest there is that still covers a long weekend: a backup keeps records longer than their expiry promises.
  point_in_time_recovery {
    enabled                 = var.point_in_time_recovery
    recovery_period_in_days = var.point_in_time_recovery ? 7 : null
  }

  tags = var.tags
}

# What a day's visitors are hashed with. A table of its own, because of this one there must be no backup: with a salt that somebody restored, the
# hashes of its day would say something again. So there is no switch for one, and nothing that would keep the table from being deleted.
locals {
  salt_table = "${var.name}-salts"
}

resource "aws_dynamodb_table" "salts" {
  count = var.collect ? 1 : 0

  name         = local.salt_table
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }

  dynamic "server_side_encryption" {
    for_each = compact([var.kms_key_arn])

    content {
      enabled     = true
      kms_key_arn = server_side_encryption.value
    }
  }

  point_in_time_recovery {
    enabled = false
  }

  tags = var.tags
}
