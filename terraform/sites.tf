# What is known of the sites, and how the functions are told.

variable "sites" {
  description = "The sites by name, each with what a site file says (docs/site.md). shard_bits: a day of the site is kept in 2^bits parts; 0 up to a few million views a day. routed_paths: pages that collect asks origin for; a path, or one that ends in /**."
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
    time_zone    = optional(string, "")
    chain_decay  = optional(number, 0)
    refund_days  = optional(number, 0)
    order_table  = optional(bool, false)
    doors        = optional(list(string), [])
    log_fields   = optional(map(string))
    origin       = optional(string, "")
    routed_paths = optional(list(string), [])
    shard_bits   = optional(number, 0)
  }))
  nullable = false

  validation {
    condition     = length(var.sites) > 0
    error_message = "sites is empty: name at least one."
  }

  validation {
    condition     = length(var.sites) <= 100
    error_message = "At most 100 sites: the functions are told of them in 4 KB. Deploy the module once per group of sites, each with a name of its own."
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
    condition     = alltrue([for site in values(var.sites) : site.chain_decay == 0 || site.chain_decay >= 0.001 && site.chain_decay <= 1])
    error_message = "A chain_decay is the part of the next share's worth, from 0.001 to 1; left out it is 0.5."
  }

  validation {
    condition     = alltrue([for days in values(var.sites)[*].refund_days : days >= 0 && days <= 400 && floor(days) == days])
    error_message = "refund_days are whole days, up to 400; left out they are 180."
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
    condition     = alltrue([for door in flatten(values(var.sites)[*].doors) : contains(["log", "realtime", "route", "beacon"], door)])
    error_message = "doors holds the doors that count: log, realtime, route, beacon. Left out, all do."
  }

  validation {
    condition     = alltrue([for site in values(var.sites) : site.origin == "" || can(regex("^https?://[A-Za-z0-9_.-]+(:[0-9]+)?$", site.origin))])
    error_message = "An origin is a scheme and a host alone, like \"https://origin.example.com\": no path, no slash at the end, no query. Pages are asked for under the path they are visited under."
  }

  validation {
    condition = alltrue(flatten([
      for site in values(var.sites) : [for host in site.hosts : !contains([host, "www.${host}"], lower(replace(site.origin, "/^https?:[/][/]/", "")))]
    ]))
    error_message = "An origin must not be a host of the site itself: the CDN would ask itself. Give the address that the CDN asks."
  }

  validation {
    condition     = alltrue([for site in values(var.sites) : length(site.routed_paths) == 0 || site.origin != ""])
    error_message = "routed_paths need an origin to ask for them, like origin = \"https://origin.example.com\"."
  }

  validation {
    condition     = var.collect || length(flatten(values(var.sites)[*].routed_paths)) == 0
    error_message = "routed_paths go through collect: set collect = true."
  }

  validation {
    condition = alltrue([
      for path in flatten(values(var.sites)[*].routed_paths) :
      can(regex("^(/[A-Za-z0-9_.$~'@:+-]*)+([/][*][*])?$", path)) && path != "/**" && path != "/_ds" && !startswith(path, "/_ds/")
    ])
    error_message = "Each of routed_paths is a path, or ends in \"/**\", and is never the whole site or under /_ds/. Another \"*\" cannot be routed: in CloudFront's patterns it stands for slashes, too."
  }

  validation {
    condition     = length(flatten(values(var.sites)[*].routed_paths)) <= 20
    error_message = "At most 20 routed_paths in all: each is a behaviour or two of the distribution, which has a quota of them."
  }

  validation {
    condition     = alltrue([for site in values(var.sites) : contains(range(7), site.shard_bits)])
    error_message = "shard_bits is a whole number from 0 to 6."
  }
}

locals {
  # The pages that go through collect, as CloudFront's patterns, in which "*" stands for slashes, too.
  routed_patterns = distinct(flatten([
    for site in values(var.sites) : [
      for path in site.routed_paths : endswith(path, "/**") ? [trimsuffix(path, "/**"), trimsuffix(path, "*")] : [path]
    ]
  ]))

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
        chain_decay  = site.chain_decay
        refund_days  = site.refund_days
        order_table  = site.order_table
        doors        = site.doors
        origin       = site.origin
        routed_paths = site.routed_paths
        shard_bits   = site.shard_bits

        # One distribution, one edge function: one name for all. "ds" goes without saying.
        code_parameter = var.code_parameter == "ds" ? "" : var.code_parameter
      } : field => value if !contains(["0", "false", "[]", "{}", "\"\""], jsonencode(value))
    }
  })
}
