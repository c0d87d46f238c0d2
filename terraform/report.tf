# report: the page of what was dark, and the API behind it. functions/report, internal/report.
#
# It lives on a hostname of its own, before a distribution of its own: what is signed in there is no cookie of the site, and no script of the site
# reads it. It reads the tables and today's records; what it writes are sign-ins.

locals {
  report = var.report == null ? 0 : 1

  report_environment = {
    TABLE       = var.name
    LAKE_BUCKET = local.lake_bucket
    SITES       = local.sites
  }

  report_prefixes = [for prefix in concat(keys(local.tables), ["manifests"]) : "${prefix}/*"]

  report_statements = concat(
    [
      {
        Sid      = "Table"
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"]
        Resource = [aws_dynamodb_table.this.arn]
      },
      # No record, code or order can be changed from here (internal/dynamo/store.go, internal/report/signin).
      {
        Sid       = "SignIns"
        Effect    = "Allow"
        Action    = ["dynamodb:DeleteItem", "dynamodb:PutItem"]
        Resource  = [aws_dynamodb_table.this.arn]
        Condition = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["k/tokens", "k/sessions"] } }
      },
      {
        Sid      = "Lake"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = [for prefix in local.report_prefixes : "${aws_s3_bucket.lake.arn}/${prefix}"]
      },
      # To find the days there are, and so that a missing object is a 404 (see label.tf).
      {
        Sid       = "List"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [aws_s3_bucket.lake.arn]
        Condition = { StringLike = { "s3:prefix" = local.report_prefixes } }
      },
      {
        Sid      = "OwnLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [for group in aws_cloudwatch_log_group.report : "${group.arn}:*"]
      },
    ],
    local.key_statements,
  )
}

resource "aws_lambda_function" "report" {
  count = local.report

  function_name                  = "${var.name}-report"
  description                    = "Shows what was dark: the page, and the API behind it"
  role                           = aws_iam_role.report[0].arn
  filename                       = local.code.report.file
  source_code_hash               = local.code.report.hash
  s3_bucket                      = local.code.report.bucket
  s3_key                         = local.code.report.key
  runtime                        = "provided.al2023"
  architectures                  = ["arm64"]
  handler                        = "bootstrap"
  memory_size                    = var.memory.report
  reserved_concurrent_executions = var.reserved_concurrency.report
  tags                           = var.tags

  # CloudFront waits 30 seconds, and an answer gives up after 28 (internal/report/report.go).
  timeout = 30

  environment {
    variables = local.report_environment
  }

  logging_config {
    log_group             = aws_cloudwatch_log_group.report[0].name
    log_format            = "JSON"
    application_log_level = "INFO"
    system_log_level      = "WARN"
  }
}

resource "aws_cloudwatch_log_group" "report" {
  count = local.report

  name              = "/aws/lambda/${var.name}-report"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_iam_role" "report" {
  count = local.report

  name               = "${var.name}-report"
  assume_role_policy = local.lambda_trust
  tags               = var.tags
}

resource "aws_iam_role_policy" "report" {
  count = local.report

  name = "report"
  role = aws_iam_role.report[0].name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.report_statements
  })
}

resource "aws_lambda_function_url" "report" {
  count = local.report

  function_name      = aws_lambda_function.report[0].function_name
  authorization_type = "AWS_IAM"
  invoke_mode        = "RESPONSE_STREAM"
}

# Both permissions: see collect.tf.
resource "aws_lambda_permission" "report" {
  for_each = var.report == null ? {} : { url = "lambda:InvokeFunctionUrl", invoke = "lambda:InvokeFunction" }

  statement_id           = "report-${each.key}"
  function_name          = aws_lambda_function.report[0].function_name
  action                 = each.value
  principal              = "cloudfront.amazonaws.com"
  source_arn             = aws_cloudfront_distribution.report[0].arn
  function_url_auth_type = each.key == "url" ? "AWS_IAM" : null
}

resource "aws_cloudfront_origin_access_control" "report" {
  count = local.report

  name                              = "${var.name}-report"
  description                       = "darksocial: report answers its distribution alone"
  origin_access_control_origin_type = "lambda"
  signing_behavior                  = "always"
  signing_protocol                  = "sigv4"
}

# Nothing is cached here: what is final the function remembers, and the page's own files the browser does.
resource "aws_cloudfront_distribution" "report" {
  count = local.report

  comment         = "darksocial: the report of ${var.name}"
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"
  price_class     = "PriceClass_100"
  aliases         = var.report.host == null ? [] : [var.report.host]
  tags            = var.tags

  origin {
    origin_id                = "report"
    domain_name              = trimsuffix(trimprefix(aws_lambda_function_url.report[0].function_url, "https://"), "/")
    origin_access_control_id = aws_cloudfront_origin_access_control.report[0].id

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    target_origin_id         = "report"
    allowed_methods          = local.all_methods
    cached_methods           = local.reading_methods
    viewer_protocol_policy   = "redirect-to-https"
    compress                 = true
    cache_policy_id          = local.caching_disabled
    origin_request_policy_id = local.all_viewer_except_host_header

    # Whose sign-ins are too many is told by the address.
    function_association {
      event_type   = "viewer-request"
      function_arn = aws_cloudfront_function.viewer_request[0].arn
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = var.report.host == null
    acm_certificate_arn            = var.report.certificate_arn
    ssl_support_method             = var.report.host == null ? null : "sni-only"
    minimum_protocol_version       = var.report.host == null ? null : "TLSv1.2_2021"
  }
}
