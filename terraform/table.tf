# Blocks of records, receipts and markers, as opaque bytes under two keys.

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

  # Off by default: a backup keeps records longer than their expiry promises.
  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }
}
