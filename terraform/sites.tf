# What is known of the sites, and how the functions are told.

variable "sites" {
  description = "The sites by name, each with what a site file says (docs/site.md). shard_bits: a day of the site is kept in 2^bits parts; 0 up to a few million views a day."
  type = map(object({
    hosts    = list(string)
    packages = optional(list(string), [])
    own_channels = optional(list(object({
      utm_source   = optional(string, "")
      utm_medium   = optional(string, "")
      utm_campaign = optional(string, "")
      source       = string
    })), [])
    topics = optional(list(object({
      path  = string
      topic = string
    })), [])
    pages = optional(object({
      ignore = optional(list(string), [])
      hide   = optional(list(string), [])
    }), {})
    time_zone  = optional(string, "")
    log_fields = optional(map(string))
    shard_bits = optional(number, 0)
  }))
  nullable = false

  validation {
    condition     = length(var.sites) > 0
    error_message = "sites is empty: name at least one."
  }

  validation {
    condition     = alltrue([for name in keys(var.sites) : can(regex("^[a-z0-9][a-z0-9.-]{0,62}$", name))])
    error_message = "A site's name must be 1 to 63 lower-case letters, digits, dots and dashes, beginning with a letter or digit: it becomes part of object keys."
  }

  validation {
    condition     = alltrue([for site in values(var.sites) : length(site.hosts) > 0])
    error_message = "Each site needs at least one host: lines of a log are told apart by them."
  }

  validation {
    condition     = alltrue([for zone in values(var.sites)[*].time_zone : can(regex("^([A-Za-z_]+(/[A-Za-z0-9_+-]+)*)?$", zone)) && zone != "Local"])
    error_message = "A time_zone is written as in the IANA list, like \"Europe/Berlin\"; left out it is UTC."
  }
  validation {
    condition     = alltrue([for host in flatten(values(var.sites)[*].hosts) : can(regex("^(localhost|[a-z0-9_-]+([.][a-z0-9_-]+)+)$", host))])
    error_message = "A host is written in lower case, without scheme, port and path, like \"example.com\". It stands for all below it."
  }

  validation {
    condition     = length(distinct(flatten(values(var.sites)[*].hosts))) == length(flatten(values(var.sites)[*].hosts))
    error_message = "A host belongs to one site."
  }

  validation {
    condition     = alltrue([for package in flatten(values(var.sites)[*].packages) : can(regex("^[A-Za-z][A-Za-z0-9_-]*([.][A-Za-z0-9_-]+)+$", package))])
    error_message = "A package is written as in the Play Store's address, like \"com.example.app\"."
  }

  validation {
    condition = alltrue([
      for channel in flatten(values(var.sites)[*].own_channels) :
      "${channel.utm_source}${channel.utm_medium}${channel.utm_campaign}" != "" && channel.source != "" && lower(channel.source) == channel.source
    ])
    error_message = "An own channel needs at least one utm value, and as source the app it is posted in, in lower case, like \"whatsapp\"."
  }

  validation {
    condition = alltrue([
      for path in flatten([for site in values(var.sites) : [site.topics[*].path, site.pages.ignore, site.pages.hide]]) :
      can(regex("^(/([*]|[^*/?#]*))*(/[*][*])?$", path)) && path != ""
    ])
    error_message = "A path pattern begins with \"/\" and has no query; \"*\" is a whole segment, and \"**\" the last one."
  }

  validation {
    condition     = alltrue([for path in flatten(values(var.sites)[*].pages.hide) : strcontains(path, "*")])
    error_message = "A path in pages.hide hides nothing without a \"*\" for each segment to leave out."
  }

  validation {
    condition     = alltrue([for topic in flatten(values(var.sites)[*].topics) : topic.topic != ""])
    error_message = "A topic needs a name."
  }

  validation {
    condition = alltrue(flatten([
      for site in values(var.sites) : [
        for name, key in coalesce(site.log_fields, {}) :
        name == "preset" ? contains(["akamai", "cloudflare", "fastly", "nginx"], coalesce(key, "-")) :
        can(regex("^(encoded|omits_empty|time|url|host|path|query|id|referer|user_agent|method|status|content_type|country|scheme|headers[.][a-z-]+)$", name)) && key != ""
      ]
    ]))
    error_message = "log_fields holds the preset akamai, cloudflare, fastly or nginx, and keys of the log by our names, like { preset = \"nginx\", id = \"request_id\" } (docs/site.md)."
  }

  validation {
    condition = alltrue([
      for fields in [for site in values(var.sites) : coalesce(site.log_fields, {}) if site.log_fields != null] :
      contains(keys(fields), "preset") || contains(keys(fields), "time") && (contains(keys(fields), "url") || contains(keys(fields), "host") && contains(keys(fields), "path"))
    ])
    error_message = "log_fields without a preset needs keys for time, and for url, or host and path."
  }

  validation {
    condition     = alltrue([for site in values(var.sites) : contains(range(7), site.shard_bits)])
    error_message = "shard_bits is a whole number from 0 to 6."
  }
}

locals {
  # Empty fields are left out: Lambda gives all environment variables together 4 KB.
  sites = jsonencode({
    for name, site in var.sites : name => {
      for field, value in {
        hosts        = site.hosts
        packages     = site.packages
        own_channels = [for c in site.own_channels : { for k, v in c : k => v if v != "" }]
        topics       = site.topics
        pages        = { for k, v in site.pages : k => v if length(v) > 0 }
        log_fields   = site.log_fields == null ? {} : site.log_fields
        time_zone    = site.time_zone
        shard_bits   = site.shard_bits
      } : field => value if value != 0 && !contains(["[]", "{}", "\"\""], jsonencode(value))
    }
  })
}
