# The tables as Athena sees them. Partitions are computed from the site's name and the day, so nothing has to be added when a day appears.

locals {
  # The columns of the rows in darksocial/rollup, one a line.
  tables = {
    arrivals = [
      { name = "page", type = "string" },
      { name = "channel", type = "string" },
      { name = "source", type = "string" },
      { name = "visibility", type = "string" },
      { name = "surface", type = "string" },
      { name = "confidence", type = "string" },
      { name = "direct_kind", type = "string" },
      { name = "by_referrer", type = "string" },
      { name = "arrivals", type = "bigint" },
      { name = "measured", type = "bigint" },
      { name = "readers", type = "bigint" },
      { name = "engaged_seconds", type = "bigint" },
      { name = "read_under_10s", type = "bigint" },
      { name = "read_10s", type = "bigint" },
      { name = "read_30s", type = "bigint" },
      { name = "read_60s", type = "bigint" },
      { name = "read_120s", type = "bigint" },
      { name = "read_300s", type = "bigint" },
    ]
    pages = [
      { name = "page", type = "string" },
      { name = "title", type = "string" },
      { name = "topic", type = "string" },
      { name = "author", type = "string" },
      { name = "published", type = "string" },
      { name = "canonical", type = "string" },
      { name = "words", type = "bigint" },
      { name = "arrivals", type = "bigint" },
      { name = "private_arrivals", type = "bigint" },
      { name = "public_arrivals", type = "bigint" },
      { name = "previews", type = "bigint" },
      { name = "measured", type = "bigint" },
      { name = "readers", type = "bigint" },
      { name = "engaged_seconds", type = "bigint" },
      { name = "read_under_10s", type = "bigint" },
      { name = "read_10s", type = "bigint" },
      { name = "read_30s", type = "bigint" },
      { name = "read_60s", type = "bigint" },
      { name = "read_120s", type = "bigint" },
      { name = "read_300s", type = "bigint" },
    ]
    audience = [
      { name = "channel", type = "string" },
      { name = "source", type = "string" },
      { name = "dimension", type = "string" },
      { name = "value", type = "string" },
      { name = "arrivals", type = "bigint" },
    ]
    evidence = [
      { name = "channel", type = "string" },
      { name = "source", type = "string" },
      { name = "rule", type = "string" },
      { name = "arrivals", type = "bigint" },
    ]
    hours = [
      { name = "hour", type = "timestamp" },
      { name = "channel", type = "string" },
      { name = "source", type = "string" },
      { name = "visibility", type = "string" },
      { name = "arrivals", type = "bigint" },
      { name = "previews", type = "bigint" },
    ]
    page_hours = [
      { name = "hour", type = "timestamp" },
      { name = "page", type = "string" },
      { name = "visibility", type = "string" },
      { name = "arrivals", type = "bigint" },
      { name = "previews", type = "bigint" },
    ]
    campaigns = [
      { name = "utm_source", type = "string" },
      { name = "utm_medium", type = "string" },
      { name = "utm_campaign", type = "string" },
      { name = "channel", type = "string" },
      { name = "arrivals", type = "bigint" },
      { name = "measured", type = "bigint" },
      { name = "readers", type = "bigint" },
      { name = "engaged_seconds", type = "bigint" },
      { name = "read_under_10s", type = "bigint" },
      { name = "read_10s", type = "bigint" },
      { name = "read_30s", type = "bigint" },
      { name = "read_60s", type = "bigint" },
      { name = "read_120s", type = "bigint" },
      { name = "read_300s", type = "bigint" },
    ]
    daily_visitors = [
      { name = "level", type = "string" },
      { name = "key", type = "string" },
      { name = "visitors", type = "bigint" },
    ]
    quality = [
      { name = "door", type = "string" },
      { name = "outcome", type = "string" },
      { name = "reason", type = "string" },
      { name = "rules", type = "string" },
      { name = "complete", type = "boolean" },
      { name = "records", type = "bigint" },
    ]
  }
}

resource "aws_glue_catalog_database" "this" {
  name        = replace(var.name, "-", "_")
  description = "darksocial: daily tables of where visits came from"
}

resource "aws_glue_catalog_table" "this" {
  for_each = local.tables

  database_name = aws_glue_catalog_database.this.name
  name          = each.key
  table_type    = "EXTERNAL_TABLE"

  parameters = {
    EXTERNAL                 = "TRUE"
    classification           = "parquet"
    "projection.enabled"     = "true"
    "projection.site.type"   = "enum"
    "projection.site.values" = join(",", keys(var.sites))
    "projection.dt.type"     = "date"
    "projection.dt.format"   = "yyyy-MM-dd"
    # NOW is UTC; east of it tomorrow has begun.
    "projection.dt.range"       = "${var.first_day},NOW+1DAY"
    "storage.location.template" = "s3://${aws_s3_bucket.lake.bucket}/${each.key}/site=$${site}/dt=$${dt}/"
  }

  partition_keys {
    name = "site"
    type = "string"
  }

  # Text, as in every example of Athena's manual; days written this way sort as text.
  partition_keys {
    name = "dt"
    type = "string"
  }

  storage_descriptor {
    location      = "s3://${aws_s3_bucket.lake.bucket}/${each.key}/"
    input_format  = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"

    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
    }

    dynamic "columns" {
      for_each = each.value

      content {
        name = columns.value.name
        type = columns.value.type
      }
    }
  }
}
