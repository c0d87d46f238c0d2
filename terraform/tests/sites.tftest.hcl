# Sites the functions would not begin with are refused before anything is made. The rules are those of a site file (docs/site.md).

mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./tests/mocks_us_east_1"
}

variables {
  functions = "./tests/zips"
}

# Those below differ from these in one thing each.
run "good" {
  command = plan

  variables {
    sites = {
      "0-a.b" = {
        hosts      = ["example.com", "localhost"]
        packages   = ["com.example.app"]
        topics     = [{ path = "/a/*", topic = "A" }, { path = "/**", topic = "B" }, { path = "/*/c", topic = "C" }]
        pages      = { ignore = ["/", "/api/**"], hide = ["/orders/*"] }
        time_zone  = "Europe/Berlin"
        shard_bits = 6

        chain_decay = 0.7
        refund_days = 30
        order_table = true
      }
      other = {
        hosts        = ["example.org"]
        own_channels = [{ utm_medium = "kanal", source = "telegram" }]
        shard_bits   = 0
        log_fields   = { preset = "akamai", id = "reqId cliPort", country = null, "headers.dnt" = "customField", encoded = "referer, user_agent", omits_empty = "true" }
      }
      third = {
        hosts      = ["example.net"]
        log_fields = { time = "ts", host = "request.host", path = "request.uri" }
      }
    }
  }
}

run "none" {
  command = plan

  variables {
    sites = {}
  }

  expect_failures = [var.sites]
}

run "upper_case" {
  command = plan

  variables {
    sites = { "Example.com" = { hosts = ["example.com"] } }
  }

  expect_failures = [var.sites]
}

run "slash" {
  command = plan

  variables {
    sites = { "a/b" = { hosts = ["example.com"] } }
  }

  expect_failures = [var.sites]
}

run "comma" {
  command = plan

  variables {
    sites = { "a,b" = { hosts = ["example.com"] } }
  }

  expect_failures = [var.sites]
}

run "beginning_with_dot" {
  command = plan

  variables {
    sites = { ".a" = { hosts = ["example.com"] } }
  }

  expect_failures = [var.sites]
}

run "too_long" {
  command = plan

  variables {
    sites = { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" = { hosts = ["example.com"] } }
  }

  expect_failures = [var.sites]
}

run "without_host" {
  command = plan

  variables {
    sites = { a = { hosts = [] } }
  }

  expect_failures = [var.sites]
}

run "host_is_address" {
  command = plan

  variables {
    sites = { a = { hosts = ["https://example.com"] } }
  }

  expect_failures = [var.sites]
}

run "host_upper_case" {
  command = plan

  variables {
    sites = { a = { hosts = ["Example.com"] } }
  }

  expect_failures = [var.sites]
}

run "host_without_dot" {
  command = plan

  variables {
    sites = { a = { hosts = ["example"] } }
  }

  expect_failures = [var.sites]
}

run "host_of_two" {
  command = plan

  variables {
    sites = { a = { hosts = ["example.com"] }, b = { hosts = ["example.com"] } }
  }

  expect_failures = [var.sites]
}

run "shard_bits_negative" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], shard_bits = -1 } }
  }

  expect_failures = [var.sites]
}

run "shard_bits_too_many" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], shard_bits = 7 } }
  }

  expect_failures = [var.sites]
}

run "shard_bits_broken" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], shard_bits = 1.5 } }
  }

  expect_failures = [var.sites]
}

run "package_without_dot" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], packages = ["app"] } }
  }

  expect_failures = [var.sites]
}

run "channel_without_utm" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], own_channels = [{ source = "whatsapp" }] } }
  }

  expect_failures = [var.sites]
}

run "channel_source_upper_case" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], own_channels = [{ utm_source = "x", source = "WhatsApp" }] } }
  }

  expect_failures = [var.sites]
}

run "topic_path_without_slash" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], topics = [{ path = "sport/**", topic = "Sport" }] } }
  }

  expect_failures = [var.sites]
}

run "topic_without_name" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], topics = [{ path = "/sport/**", topic = "" }] } }
  }

  expect_failures = [var.sites]
}

run "ignore_with_query" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], pages = { ignore = ["/a?b"] } } }
  }

  expect_failures = [var.sites]
}

run "ignore_with_star_in_segment" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], pages = { ignore = ["/a*"] } } }
  }

  expect_failures = [var.sites]
}

run "hide_without_star" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], pages = { hide = ["/orders"] } } }
  }

  expect_failures = [var.sites]
}

run "unknown_preset" {
  command = plan

  variables {
    sites = { a = { hosts = ["example.com"], log_fields = { preset = "cloudfront" } } }
  }

  expect_failures = [var.sites]
}

run "unknown_field" {
  command = plan

  variables {
    sites = { a = { hosts = ["example.com"], log_fields = { preset = "nginx", useragent = "ua" } } }
  }

  expect_failures = [var.sites]
}

run "empty_key" {
  command = plan

  variables {
    sites = { a = { hosts = ["example.com"], log_fields = { preset = "nginx", id = "" } } }
  }

  expect_failures = [var.sites]
}

run "fields_without_a_page" {
  command = plan

  variables {
    sites = { a = { hosts = ["example.com"], log_fields = { time = "t", host = "h" } } }
  }

  expect_failures = [var.sites]
}

run "no_fields_at_all" {
  command = plan

  variables {
    sites = { a = { hosts = ["example.com"], log_fields = {} } }
  }

  expect_failures = [var.sites]
}

run "time_zone_unknown" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], time_zone = "Berlin, Germany" } }
  }

  expect_failures = [var.sites]
}

# What collect routes.

run "routed" {
  command = plan

  variables {
    collect          = true
    distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
    sites            = { "example.com" = { hosts = ["example.com"], origin = "https://origin.example.com:8443", routed_paths = ["/", "/news/**", "/a/b"], doors = ["route"] } }
  }

  assert {
    condition     = local.routed_patterns == tolist(["/", "/news", "/news/*", "/a/b"])
    error_message = "CloudFront routes other pages: ${join(" ", local.routed_patterns)}"
  }
}

run "origin_with_a_path" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], origin = "https://origin.example.com/blog" } }
  }

  expect_failures = [var.sites]
}

run "origin_with_a_slash" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], origin = "https://origin.example.com/" } }
  }

  expect_failures = [var.sites]
}

run "origin_is_the_site" {
  command = plan

  variables {
    collect          = true
    distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
    sites            = { "example.com" = { hosts = ["example.com"], origin = "https://www.example.com", routed_paths = ["/a"] } }
  }

  expect_failures = [var.sites]
}

run "routed_without_origin" {
  command = plan

  variables {
    collect          = true
    distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
    sites            = { "example.com" = { hosts = ["example.com"], routed_paths = ["/a"] } }
  }

  expect_failures = [var.sites]
}

run "routed_without_collect" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], origin = "https://origin.example.com", routed_paths = ["/a"] } }
  }

  expect_failures = [var.sites]
}

run "routed_whole_site" {
  command = plan

  variables {
    collect          = true
    distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
    sites            = { "example.com" = { hosts = ["example.com"], origin = "https://origin.example.com", routed_paths = ["/**"] } }
  }

  expect_failures = [var.sites]
}

# In CloudFront's patterns it would route /a/b/c, which collect does not.
run "routed_by_a_star" {
  command = plan

  variables {
    collect          = true
    distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
    sites            = { "example.com" = { hosts = ["example.com"], origin = "https://origin.example.com", routed_paths = ["/a/*"] } }
  }

  expect_failures = [var.sites]
}

run "routed_own_paths" {
  command = plan

  variables {
    collect          = true
    distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
    sites            = { "example.com" = { hosts = ["example.com"], origin = "https://origin.example.com", routed_paths = ["/_ds/**"] } }
  }

  expect_failures = [var.sites]
}

run "routed_too_many" {
  command = plan

  variables {
    collect          = true
    distribution_arn = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
    sites            = { "example.com" = { hosts = ["example.com"], origin = "https://origin.example.com", routed_paths = [for i in range(21) : "/p${i}"] } }
  }

  expect_failures = [var.sites]
}

run "unknown_door" {
  command = plan

  variables {
    sites = { "example.com" = { hosts = ["example.com"], doors = ["read"] } }
  }

  expect_failures = [var.sites]
}

run "seventy" {
  command = plan

  variables {
    sites = { for i in range(70) : "s${i}" => { hosts = ["s${i}.example"] } }
  }
}

run "a_thousand" {
  command = plan

  variables {
    sites = { for i in range(1000) : "s${i}" => { hosts = ["s${i}.example"] } }
  }

  expect_failures = [var.sites]
}

run "decay" {
  command = plan

  variables {
    sites = { a = { hosts = ["example.com"], chain_decay = 1.5 } }
  }

  expect_failures = [var.sites]
}

run "refunds" {
  command = plan

  variables {
    sites = { a = { hosts = ["example.com"], refund_days = 500 } }
  }

  expect_failures = [var.sites]
}
