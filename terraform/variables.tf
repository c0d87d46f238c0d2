# What and where

variable "name" {
  description = "Begins the name of everything that is made. Unique in the account, also across regions: roles have no region."
  type        = string
  default     = "darksocial"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,22}[a-z0-9]$", var.name))
    error_message = "name must be 2 to 24 lower-case letters, digits and dashes, beginning with a letter and not ending with a dash: it becomes part of a bucket's name."
  }
}

variable "label_zip" {
  description = "Path of label's zip: the program for linux/arm64, named bootstrap."
  type        = string
  nullable    = false

  validation {
    condition     = fileexists(var.label_zip)
    error_message = "label_zip: there is no such file; build it first."
  }
}

variable "rollup_zip" {
  description = "Path of rollup's zip: the program for linux/arm64, named bootstrap."
  type        = string
  nullable    = false

  validation {
    condition     = fileexists(var.rollup_zip)
    error_message = "rollup_zip: there is no such file; build it first."
  }
}

# Access logs

variable "log_bucket" {
  description = "Bucket the access logs are written to, in this region and account. null: no logs from S3."
  type        = string
  default     = null

  validation {
    condition     = var.log_bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.log_bucket))
    error_message = "log_bucket is a bucket's name, not an address or ARN."
  }
}

variable "log_prefix" {
  description = "What the keys of the access logs begin with. Nothing else in the bucket is read."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9!_.()=/-]*$", var.log_prefix)) && !startswith(var.log_prefix, "/")
    error_message = "log_prefix is the beginning of a key, like \"cdn/\": no slash in front, and no wildcards, which would widen what may be read."
  }
}

variable "log_events" {
  description = "How new logs are announced. eventbridge: a rule; the bucket must send its events to EventBridge. s3: the bucket's notifications are set here, which replaces those it has. none: you send the bucket's events to label_queue_arn."
  type        = string
  default     = "eventbridge"
  nullable    = false

  validation {
    condition     = contains(["eventbridge", "s3", "none"], var.log_events)
    error_message = "log_events is eventbridge, s3 or none."
  }
}

variable "log_format" {
  description = "Format of the logs in the bucket: cloudfront, combined, ndjson, cloudfront-realtime or json. json: the keys are those of log_fields of the first of the sites that has them."
  type        = string
  default     = "cloudfront"
  nullable    = false

  validation {
    condition     = contains(["cloudfront", "combined", "ndjson", "cloudfront-realtime", "json"], var.log_format)
    error_message = "log_format is cloudfront, combined, ndjson, cloudfront-realtime or json."
  }

  validation {
    condition     = var.log_format != "json" || anytrue([for site in values(var.sites) : site.log_fields != null])
    error_message = "A log of format json has keys of its own: name them in a site's log_fields, like log_fields = { preset = \"cloudflare\" } (docs/site.md)."
  }
}

variable "log_kms_key_arn" {
  description = "Key the log bucket, or the stream, is encrypted with. null: none of your own."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.log_kms_key_arn))
    error_message = "log_kms_key_arn is the ARN of a key, not of an alias."
  }
}

variable "realtime_stream_arn" {
  description = "Kinesis stream of CloudFront's real-time logs. null: none."
  type        = string
  default     = null

  validation {
    condition     = var.realtime_stream_arn == null || can(regex("^arn:[a-z-]+:kinesis:[a-z0-9-]+:[0-9]{12}:stream/[A-Za-z0-9_.-]+$", var.realtime_stream_arn))
    error_message = "realtime_stream_arn is the ARN of a Kinesis data stream."
  }
}

variable "realtime_fields" {
  description = "Columns of the real-time log, in its order. The log does not name them itself."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = contains(var.realtime_fields, "cs-uri-stem") || var.realtime_stream_arn == null && var.log_format != "cloudfront-realtime"
    error_message = "realtime_fields must list the columns of the real-time log, and cs-uri-stem must be one of them: without it no page is known."
  }

  validation {
    condition     = alltrue([for field in var.realtime_fields : can(regex("^[A-Za-z][A-Za-z0-9()-]*$", field))]) && length(distinct(var.realtime_fields)) == length(var.realtime_fields)
    error_message = "realtime_fields holds one column's name per entry, and each once."
  }
}

# label

variable "label_memory" {
  description = "Memory of label, in MB. More memory is also more processor."
  type        = number
  default     = 512
  nullable    = false

  validation {
    condition     = var.label_memory >= 128 && var.label_memory <= 10240
    error_message = "label_memory is 128 to 10240."
  }
}

variable "label_timeout" {
  description = "Seconds label may take for a batch. A message is hidden six times as long."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.label_timeout >= 10 && var.label_timeout <= 900
    error_message = "label_timeout is 10 to 900."
  }
}

variable "label_batch_size" {
  description = "Log objects in a batch, at most. Larger batches make fewer and fuller writes, and take longer."
  type        = number
  default     = 100
  nullable    = false

  validation {
    condition     = var.label_batch_size >= 1 && var.label_batch_size <= 1000
    error_message = "label_batch_size is 1 to 1000."
  }

  validation {
    condition     = var.label_batch_size <= 10 || var.label_batch_window >= 1
    error_message = "A label_batch_size above 10 needs a label_batch_window of at least 1."
  }
}

variable "label_batch_window" {
  description = "Seconds to wait for a batch to fill."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.label_batch_window >= 0 && var.label_batch_window <= 300
    error_message = "label_batch_window is 0 to 300."
  }
}

variable "label_concurrency" {
  description = "Batches of log objects labelled at a time, at most."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.label_concurrency >= 2 && var.label_concurrency <= 1000
    error_message = "label_concurrency is 2 to 1000."
  }
}

# rollup

variable "rollup_memory" {
  description = "Memory of rollup, in MB. More memory is also more processor."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = var.rollup_memory >= 128 && var.rollup_memory <= 10240
    error_message = "rollup_memory is 128 to 10240."
  }
}

variable "rollup_storage" {
  description = "Disk of rollup, in MB, for sorting what does not fit in memory."
  type        = number
  default     = 2048
  nullable    = false

  validation {
    condition     = var.rollup_storage >= 512 && var.rollup_storage <= 10240
    error_message = "rollup_storage is 512 to 10240."
  }
}

variable "rollup_concurrency" {
  description = "Concurrent runs reserved for rollup, which is also its limit. -1: as many as the account has left."
  type        = number
  default     = -1
  nullable    = false

  validation {
    condition     = var.rollup_concurrency == -1 || var.rollup_concurrency >= 1
    error_message = "rollup_concurrency is -1, or at least 1: with 0 nothing would ever run."
  }
}

# Keeping

variable "lake_bucket" {
  description = "Name of the bucket of the daily tables. null: made of name, account and region."
  type        = string
  default     = null

  validation {
    condition     = var.lake_bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.lake_bucket))
    error_message = "lake_bucket must be a valid bucket name."
  }
}

variable "kms_key_arn" {
  description = "Your own key for the table and the bucket. null: keys of AWS, at no cost."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.kms_key_arn))
    error_message = "kms_key_arn is the ARN of a key, not of an alias."
  }
}

variable "deletion_protection" {
  description = "Refuse to destroy the table, and the bucket while it holds anything."
  type        = bool
  default     = true
  nullable    = false
}

variable "point_in_time_recovery" {
  description = "Continuous backups of the table. They keep records up to 35 days longer than these live."
  type        = bool
  default     = false
  nullable    = false
}

variable "failed_pointer_days" {
  description = "Days to remember which lines of which logs could not be read."
  type        = number
  default     = 90
  nullable    = false

  validation {
    condition     = var.failed_pointer_days >= 1 && floor(var.failed_pointer_days) == var.failed_pointer_days
    error_message = "failed_pointer_days is a whole number of days, at least 1."
  }
}

variable "log_retention_days" {
  description = "Days to keep the functions' own logs. They hold no address, no query and no share code."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.log_retention_days)
    error_message = "log_retention_days is one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365: CloudWatch knows no others below a year."
  }
}

variable "first_day" {
  description = "First day Athena looks for, YYYY-MM-DD. Set it earlier before you label older logs."
  type        = string
  default     = "2026-01-01"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", var.first_day)) && can(formatdate("YYYY", "${var.first_day}T00:00:00Z"))
    error_message = "first_day is a day, written YYYY-MM-DD."
  }
}
