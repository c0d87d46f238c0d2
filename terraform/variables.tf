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

variable "functions" {
  description = "Where the functions' programs are: a folder with label.zip, rollup.zip and, for collect and report, collect.zip and report.zip; or s3://BUCKET/PREFIX in this region, with another prefix for each version."
  type        = string
  nullable    = false

  validation {
    condition     = !startswith(var.functions, "s3://") || can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.()=-]+)+$", var.functions))
    error_message = "functions in S3 are written s3://BUCKET/PREFIX, without a slash at the end."
  }

  validation {
    condition = startswith(var.functions, "s3://") || alltrue([
      for name in concat(["label", "rollup"], var.collect ? ["collect"] : [], var.report != null ? ["report"] : []) : fileexists("${var.functions}/${name}.zip")
    ])
    error_message = "functions: one of label.zip, rollup.zip and (with collect) collect.zip and (with report) report.zip is not in the folder ${var.functions}. Build them first, with \"make functions\"; they are written to dist/."
  }
}

variable "tags" {
  description = "Tags of everything that takes some."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.tags) : length(key) <= 128 && !startswith(lower(key), "aws:")])
    error_message = "A tag's key is at most 128 characters and does not begin with aws:, which is AWS's own."
  }
}

# Access logs

variable "deliver_logs" {
  description = "Have the distribution's access logs delivered, to a bucket of their own that keeps them 3 days: standard logs v2, without addresses and cookies."
  type        = bool
  default     = false
  nullable    = false

  validation {
    condition     = !var.deliver_logs || var.existing_log_bucket == null
    error_message = "deliver_logs has logs delivered to a bucket of their own; existing_log_bucket names one they are in already. Use one of the two."
  }

  validation {
    condition     = !var.deliver_logs || var.log_format == "cloudfront"
    error_message = "Logs that are delivered by deliver_logs are of the format cloudfront: leave log_format out."
  }
}

variable "log_extra_fields" {
  description = "Columns of the delivered logs that darksocial does not read and you need yourself, like c-ip. What they hold is yours to answer for: see docs/privacy.md."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for field in var.log_extra_fields : can(regex("^[a-z][A-Za-z()-]*$", field))])
    error_message = "log_extra_fields holds names of columns as CloudFront writes them, like \"time-taken\" or \"cs(Cookie)\"."
  }
}

variable "existing_delivery_source" {
  description = "Name of the delivery source (standard logs v2) the distribution has already: it can have only one. null: deliver_logs makes it."
  type        = string
  default     = null

  validation {
    condition     = var.existing_delivery_source == null || can(regex("^[A-Za-z0-9_-]{1,60}$", var.existing_delivery_source))
    error_message = "existing_delivery_source is a name, not an ARN: \"aws logs describe-delivery-sources --region us-east-1\" lists them."
  }

  validation {
    condition     = var.existing_delivery_source == null || var.deliver_logs
    error_message = "existing_delivery_source is used by deliver_logs alone: set that, too."
  }
}

variable "existing_log_bucket" {
  description = "Bucket that access logs are written to already, in this region and account. Nothing of it is changed, notifications neither. null: none."
  type        = string
  default     = null

  validation {
    condition     = var.existing_log_bucket == null || can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.existing_log_bucket))
    error_message = "existing_log_bucket is a bucket's name, not an address or ARN."
  }
}

variable "log_prefix" {
  description = "What the keys of the logs in existing_log_bucket begin with. Nothing else in it is read."
  type        = string
  default     = ""
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9!_.()=/-]*$", var.log_prefix)) && !startswith(var.log_prefix, "/")
    error_message = "log_prefix is the beginning of a key, like \"cdn/\": no slash in front, and no wildcards, which would widen what may be read."
  }
}

variable "log_events" {
  description = "How new logs in existing_log_bucket are announced. eventbridge: the bucket must send its events to EventBridge. none: you send the bucket's events, or EventBridge's, to label_queue_arn."
  type        = string
  default     = "eventbridge"
  nullable    = false

  validation {
    condition     = contains(["eventbridge", "none"], var.log_events)
    error_message = "log_events is eventbridge or none. The notifications of a bucket that is not the module's are never set: that would replace those it has."
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

variable "realtime_shards" {
  description = "Shards of a Kinesis stream for CloudFront's real-time logs, which costs about 11 dollars a month for each. The log is switched on by attaching realtime_log_config_arn to behaviours. 0: none."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.realtime_shards >= 0 && var.realtime_shards <= 500 && floor(var.realtime_shards) == var.realtime_shards
    error_message = "realtime_shards is a whole number from 0 to 500. A shard takes 1,000 lines a second."
  }

  validation {
    condition     = var.realtime_shards == 0 || var.realtime_stream_arn == null
    error_message = "realtime_shards makes a stream; realtime_stream_arn names one there is. Use one of the two."
  }
}

variable "realtime_stream_arn" {
  description = "Kinesis stream that real-time logs are written to already, in this region. null: none."
  type        = string
  default     = null

  validation {
    condition     = var.realtime_stream_arn == null || can(regex("^arn:[a-z-]+:kinesis:[a-z0-9-]+:[0-9]{12}:stream/[A-Za-z0-9_.-]+$", var.realtime_stream_arn))
    error_message = "realtime_stream_arn is the ARN of a Kinesis data stream."
  }
}

variable "realtime_fields" {
  description = "Columns of the log in realtime_stream_arn, in its order. The log does not name them itself."
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

# The CDN

variable "collect" {
  description = "Run collect, which answers /_ds/*, behind the distribution, and make what is attached to it. false: nothing is in the way of a request."
  type        = bool
  default     = false
  nullable    = false
}

variable "distribution_arn" {
  description = "The distribution before the sites: it alone may call collect, and its logs are delivered. null: none."
  type        = string
  default     = null

  validation {
    condition     = var.distribution_arn == null || can(regex("^arn:[a-z-]+:cloudfront::[0-9]{12}:distribution/[A-Z0-9]+$", var.distribution_arn))
    error_message = "distribution_arn is the ARN of a CloudFront distribution, like arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE."
  }

  validation {
    condition     = var.distribution_arn != null || !var.collect && !var.deliver_logs
    error_message = "collect and deliver_logs need distribution_arn."
  }
}

variable "code_parameter" {
  description = "Parameter of a page's address that carries a share code. It is no part of the cache key, and the origin is not told."
  type        = string
  default     = "ds"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9_-]{0,15}$", var.code_parameter))
    error_message = "code_parameter is a name of 1 to 16 lower-case letters, digits, \"_\" and \"-\", beginning with a letter: it stands in every link that is shared."
  }

  validation {
    condition     = !endswith(var.code_parameter, "clid") && !anytrue([for family in local.taken_families : startswith(var.code_parameter, family)])
    error_message = "code_parameter: browsers and blockers take such a parameter off addresses. Use another, like \"ds\" or \"via\"."
  }

  validation {
    condition     = !contains(local.taken_names, var.code_parameter)
    error_message = "code_parameter: this name means something else in addresses, or is taken off them. Use another, like \"ds\" or \"via\"."
  }
}

variable "existing_viewer_response" {
  description = "The pages' behaviour has a viewer-response function already: none is made, and viewer_response_snippet is for merging into it."
  type        = bool
  default     = false
  nullable    = false
}

# The report

variable "report" {
  description = "Run report, which shows what was dark, before a distribution of its own. host is its name, with a certificate of ACM in us-east-1; without, it is reached under the distribution's name. null: there is no page."
  type = object({
    host            = optional(string)
    certificate_arn = optional(string)
  })
  default = null

  validation {
    condition     = var.report == null || (try(var.report.host, null) == null) == (try(var.report.certificate_arn, null) == null)
    error_message = "report: a host needs a certificate_arn, and a certificate_arn a host."
  }

  validation {
    condition     = try(var.report.certificate_arn, null) == null || can(regex("^arn:[a-z-]+:acm:us-east-1:", var.report.certificate_arn))
    error_message = "report.certificate_arn is of ACM in us-east-1: CloudFront takes no other."
  }

  validation {
    condition = alltrue([
      for host in compact([try(var.report.host, null)]) :
      can(regex("^[a-z0-9-]+([.][a-z0-9-]+)+$", host)) && !contains(flatten([for site in var.sites : site.hosts]), host)
    ])
    error_message = "report.host is a host name, and none of a site: who is signed in to the report shares no name with the site's visitors."
  }
}

# The functions

variable "memory" {
  description = "Memory of each function, in MB. More memory is also more processor."
  type = object({
    label   = optional(number, 512)
    rollup  = optional(number, 1024)
    collect = optional(number, 256)
    report  = optional(number, 1024)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for mb in values(var.memory) : mb >= 128 && mb <= 10240])
    error_message = "memory is 128 to 10240 for each function."
  }
}

variable "reserved_concurrency" {
  description = "Concurrent runs reserved for each function, which is also its limit. -1: as many as the account has left. Young accounts have 10 in all and refuse to reserve any."
  type = object({
    label   = optional(number, -1)
    rollup  = optional(number, -1)
    collect = optional(number, -1)
    report  = optional(number, -1)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for runs in values(var.reserved_concurrency) : runs == -1 || runs >= 1])
    error_message = "reserved_concurrency is -1, or at least 1: with 0 nothing would ever run."
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

variable "shard_map" {
  description = "Once a day roll up yesterday of the sites whose shard_bits is above 0 in parts, side by side, by a state machine. For sites too large for one run of rollup."
  type        = bool
  default     = false
  nullable    = false
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
  description = "Your own key, of this region, for the tables and the lake. null: keys of AWS, at no cost."
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
  description = "Continuous backups of the table. They keep records 7 days longer than these live. The salts are never backed up."
  type        = bool
  default     = true
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

# Queries and alarms

variable "query_limit_gb" {
  description = "Gigabytes that one query in Athena may read. 1,000 cost about 5 dollars."
  type        = number
  default     = 10
  nullable    = false

  validation {
    condition     = var.query_limit_gb >= 0.02 && var.query_limit_gb <= 10000
    error_message = "query_limit_gb is 0.02 to 10000: Athena knows no limit below 10 MB."
  }
}

variable "alarm_topics" {
  description = "SNS topics of the alarms. page: visitors are hurt, or data is lost. later: what can wait for the morning; logs are read again. edge: as page, of the edge functions; it must be in us-east-1. null: the alarm is there and tells nobody."
  type = object({
    page  = optional(string)
    later = optional(string)
    edge  = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for topic in values(var.alarm_topics) : topic == null || can(regex("^arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$", topic))])
    error_message = "alarm_topics holds ARNs of SNS topics."
  }

  validation {
    condition     = var.alarm_topics.edge == null || can(regex("^arn:[a-z-]+:sns:us-east-1:", var.alarm_topics.edge))
    error_message = "alarm_topics.edge must be a topic in us-east-1: CloudFront's figures are there, and an alarm reaches topics of its own region only."
  }
}

variable "dashboard" {
  description = "Make a dashboard. An account has three for nothing; each further one costs 3 dollars a month."
  type        = bool
  default     = true
  nullable    = false
}
