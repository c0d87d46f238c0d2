# What is attached to the distribution: two functions at the edge, what is cached and what the origin is told. The distribution itself is its owner's.

locals {
  edge = var.collect ? 1 : 0

  viewer_request_code = file("${path.module}/edge/viewer-request.js")

  # The name of the parameter is set in the code: a CloudFront Function has no environment.
  viewer_response_code = replace(file("${path.module}/edge/viewer-response.js"), local.code_parameter_line, "const codeName = '${var.code_parameter}';")
  code_parameter_line  = "const codeName = 'ds';"

  # In a scope of its own: the other function's names are not ours to know.
  viewer_response_snippet = join("\n", [
    "// From darksocial. At the end of your own handler: return addHint(event);",
    "// It reads event.response, so change that first, and in place.",
    "const addHint = (function () {",
    trimspace(local.viewer_response_code),
    "return handler;",
    "})();",
    "",
  ])

  # CloudFront takes 10 KB: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
  edge_limit = 10240

  # Policies of AWS's own, which have the same id in every account.
  # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
  caching_disabled              = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
  all_viewer_except_host_header = "b689b0a8-53d0-40ab-baf2-68738e2966ac"

  # CloudFront knows three sets of methods, and the only one with POST has all. A shop's server posts its orders to /_ds/buy, with a signature and a
  # hash of the body in headers (docs/purchases.md); AllViewerExceptHostHeader passes both on, and CloudFront signs for the function with the latter.
  # https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
  reading_methods = ["GET", "HEAD"]
  all_methods     = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]

  # The behaviours to add, the most special first: CloudFront takes the first that fits. Only these lead to collect.
  behaviours = var.collect ? concat(
    [
      {
        path_pattern               = "/_ds/*.js"
        allowed_methods            = local.reading_methods
        cache_policy_id            = aws_cloudfront_cache_policy.scripts[0].id
        origin_request_policy_id   = null
        response_headers_policy_id = aws_cloudfront_response_headers_policy.own[0].id
        viewer_request_arn         = null
      },
      {
        path_pattern               = "/_ds/*"
        allowed_methods            = local.all_methods
        cache_policy_id            = aws_cloudfront_cache_policy.own[0].id
        origin_request_policy_id   = local.all_viewer_except_host_header
        response_headers_policy_id = aws_cloudfront_response_headers_policy.own[0].id
        viewer_request_arn         = aws_cloudfront_function.viewer_request[0].arn
      },
    ],
    # Pages are the site's: nothing is added to their headers, and not even for a second is one shown to somebody else.
    [
      for pattern in local.routed_patterns : {
        path_pattern               = pattern
        allowed_methods            = local.reading_methods
        cache_policy_id            = local.caching_disabled
        origin_request_policy_id   = local.all_viewer_except_host_header
        response_headers_policy_id = null
        viewer_request_arn         = aws_cloudfront_function.viewer_request[0].arn
      }
    ],
  ) : []
}

# On /_ds/* and before the report: tells the function the visitor's host and address and the request's id.
resource "aws_cloudfront_function" "viewer_request" {
  count = var.collect || var.report != null ? 1 : 0

  name    = "${var.name}-viewer-request"
  comment = "darksocial: what our functions are told of a request"
  runtime = "cloudfront-js-2.0"
  publish = true
  code    = local.viewer_request_code

  lifecycle {
    precondition {
      condition     = length(local.viewer_request_code) <= local.edge_limit
      error_message = "edge/viewer-request.js is longer than the ${local.edge_limit} bytes that CloudFront takes."
    }
  }
}

# On pages: gives the script in the page its hint.
resource "aws_cloudfront_function" "viewer_response" {
  count = var.collect && !var.existing_viewer_response ? 1 : 0

  name    = "${var.name}-viewer-response"
  comment = "darksocial: a hint in the Server-Timing of pages"
  runtime = "cloudfront-js-2.0"
  publish = true
  code    = local.viewer_response_code

  lifecycle {
    precondition {
      condition     = length(local.viewer_response_code) <= local.edge_limit
      error_message = "edge/viewer-response.js is longer than the ${local.edge_limit} bytes that CloudFront takes."
    }

    precondition {
      condition     = strcontains(file("${path.module}/edge/viewer-response.js"), local.code_parameter_line)
      error_message = "edge/viewer-response.js has no line ${local.code_parameter_line} to put code_parameter in: it is not of this version of the module."
    }
  }
}

# CloudFront signs what it asks collect.
resource "aws_cloudfront_origin_access_control" "collect" {
  count = local.edge

  name                              = "${var.name}-collect"
  description                       = "darksocial: collect answers the distribution alone"
  origin_access_control_origin_type = "lambda"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

# Scripts are the same for everybody, and say themselves how long they live.
resource "aws_cloudfront_cache_policy" "scripts" {
  count = local.edge

  name        = "${var.name}-scripts"
  comment     = "darksocial: scripts, as long as they say"
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = true
    enable_accept_encoding_gzip   = true

    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "none"
    }

    query_strings_config {
      query_string_behavior = "none"
    }
  }
}

# Nothing is cached: every answer says no-store. But a policy that forbids caching cannot name the header with the visitor's country, and no other
# policy beside AllViewerExceptHostHeader can. The query is in the key so that no two requests are taken for one.
resource "aws_cloudfront_cache_policy" "own" {
  count = local.edge

  name        = "${var.name}-own"
  comment     = "darksocial: nothing is cached, and the country is told"
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 1

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = false
    enable_accept_encoding_gzip   = false

    cookies_config {
      cookie_behavior = "none"
    }

    headers_config {
      header_behavior = "whitelist"

      headers {
        items = ["CloudFront-Viewer-Country"]
      }
    }

    query_strings_config {
      query_string_behavior = "all"
    }
  }
}

# For the owner's pages: as the origin says, one copy whatever code the link has. Like AWS's UseOriginCacheControlHeaders-QueryStrings otherwise:
# who has cookies gets pages of their own.
resource "aws_cloudfront_cache_policy" "pages" {
  count = local.edge

  name        = "${var.name}-pages"
  comment     = "darksocial: pages as the origin says, without the share code"
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = true
    enable_accept_encoding_gzip   = true

    cookies_config {
      cookie_behavior = "all"
    }

    headers_config {
      header_behavior = "whitelist"

      headers {
        items = ["Host", "Origin", "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override"]
      }
    }

    query_strings_config {
      query_string_behavior = "allExcept"

      query_strings {
        items = [var.code_parameter]
      }
    }
  }
}

# What is no part of the key must not reach the origin either: it could write one visitor's code into a page for all.
resource "aws_cloudfront_origin_request_policy" "pages" {
  count = local.edge

  name    = "${var.name}-pages"
  comment = "darksocial: all the visitor sent, without the share code"

  cookies_config {
    cookie_behavior = "all"
  }

  headers_config {
    header_behavior = "allViewer"
  }

  query_strings_config {
    query_string_behavior = "allExcept"

    query_strings {
      items = [var.code_parameter]
    }
  }
}

# No Referrer-Policy: on a short link it would decide what the next page is told. What collect says itself stays.
resource "aws_cloudfront_response_headers_policy" "own" {
  count = local.edge

  name    = "${var.name}-own"
  comment = "darksocial: answers under /_ds/"

  security_headers_config {
    content_type_options {
      override = true
    }

    frame_options {
      frame_option = "DENY"
      override     = false
    }
  }
}
