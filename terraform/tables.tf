# The tables as Athena sees them. Partitions are computed from the site's name and the day, so nothing has to be added when a day appears.

#
# Of up to 50 sites Athena knows the names. Beyond that trying each would take longer than reading: then every query names its sites,
# WHERE site = '…', and one that does not is refused. https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html

locals {
  few_sites = length(var.sites) <= 50

  site_projection = merge(
    { "projection.site.type" = local.few_sites ? "enum" : "injected" },
    { for key, value in { "projection.site.values" = join(",", keys(var.sites)) } : key => value if local.few_sites },
  )
}

resource "aws_glue_catalog_database" "this" {
  name        = replace(var.name, "-", "_")
  description = "darksocial: daily tables of where visits came from"
  tags        = var.tags
}

resource "aws_glue_catalog_table" "this" {
  for_each = local.tables

  database_name = aws_glue_catalog_database.this.name
  name          = each.key
  table_type    = "EXTERNAL_TABLE"
  description   = each.value.description

  parameters = merge(local.site_projection, {
    EXTERNAL               = "TRUE"
    classification         = "parquet"
    "projection.enabled"   = "true"
    "projection.dt.type"   = "date"
    "projection.dt.format" = "yyyy-MM-dd"
    # NOW is UTC; east of it tomorrow has begun.
    "projection.dt.range"       = "${var.first_day},NOW+1DAY"
    "storage.location.template" = "s3://${aws_s3_bucket.lake.bucket}/${each.key}/site=$${site}/dt=$${dt}/"
  })

  partition_keys {
    name    = "site"
    type    = "string"
    comment = "name of the site"
  }

  # Text, as in every example of Athena's manual; days written this way sort as text.
  partition_keys {
    name    = "dt"
    type    = "string"
    comment = "day in the site's time zone, 2026-11-20; always bound it"
  }

  storage_descriptor {
    location      = "s3://${aws_s3_bucket.lake.bucket}/${each.key}/"
    input_format  = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"

    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
    }

    dynamic "columns" {
      for_each = each.value.columns

      content {
        name    = columns.value.name
        type    = columns.value.type
        comment = columns.value.comment
      }
    }
  }
}
