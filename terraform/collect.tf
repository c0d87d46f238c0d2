# collect: what pages and visitors ask for under /_ds/, and routed pages. functions/collect, internal/web.
#
# Its URL is open to the distribution alone: whoever else asks lacks a signature. So there is no secret to keep, in Terraform's state or elsewhere;
# the keys of share codes and the salts are made by the functions themselves.

locals {
  collect_environment = {
    TABLE      = var.name
    SALT_TABLE = local.salt_table
    SITES      = local.sites
  }

  collect_statements = concat(
    [
      {
        Sid      = "Table"
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:GetItem", "dynamodb:PutItem"]
        Resource = [aws_dynamodb_table.this.arn]
      },
      {
        Sid      = "Salts"
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:PutItem"]
        Resource = aws_dynamodb_table.salts[*].arn
      },
      {
        Sid      = "OwnLogs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [for group in aws_cloudwatch_log_group.collect : "${group.arn}:*"]
      },
    ],
    # It keeps nothing in S3.
    [for s in local.key_statements : merge(s, { Condition = { StringEquals = { "kms:ViaService" = ["dynamodb.${local.region}.${local.dns_suffix}"] } } })],
  )
}

resource "aws_lambda_function" "collect" {
  count = var.collect ? 1 : 0

  function_name                  = "${var.name}-collect"
  description                    = "Takes in what pages tell, gives share codes, and routes pages"
  role                           = aws_iam_role.collect[0].arn
  filename                       = local.code.collect.file
  source_code_hash               = local.code.collect.hash
  s3_bucket                      = local.code.collect.bucket
  s3_key                         = local.code.collect.key
  runtime                        = "provided.al2023"
  architectures                  = ["arm64"]
  handler                        = "bootstrap"
  memory_size                    = var.memory.collect
  reserved_concurrent_executions = var.reserved_concurrency.collect
  tags                           = var.tags

  # CloudFront waits 30 seconds; a routed page's origin is waited for 25 (internal/web/route_origin.go).
  timeout = 30

  environment {
    variables = local.collect_environment
  }

  logging_config {
    log_group             = aws_cloudwatch_log_group.collect[0].name
    log_format            = "JSON"
    application_log_level = "INFO"
    system_log_level      = "WARN"
  }

  lifecycle {
    precondition {
      condition     = local.environment_bytes.collect <= local.environment_limit
      error_message = "collect's environment is ${local.environment_bytes.collect} bytes, and Lambda takes ${local.environment_limit}. Nearly all of it is var.sites: use fewer topics and patterns, or deploy the module once per group of sites."
    }
  }
}

resource "aws_cloudwatch_log_group" "collect" {
  count = var.collect ? 1 : 0

  name              = "/aws/lambda/${var.name}-collect"
  retention_in_days = var.log_retention_days
  tags              = var.tags
}

resource "aws_iam_role" "collect" {
  count = var.collect ? 1 : 0

  name               = "${var.name}-collect"
  assume_role_policy = local.lambda_trust
  tags               = var.tags
}

resource "aws_iam_role_policy" "collect" {
  count = var.collect ? 1 : 0

  name = "collect"
  role = aws_iam_role.collect[0].name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.collect_statements
  })
}

resource "aws_lambda_function_url" "collect" {
  count = var.collect ? 1 : 0

  function_name      = aws_lambda_function.collect[0].function_name
  authorization_type = "AWS_IAM"

  # Routed pages go out as they come, and may be longer than the 6 MB of a buffered answer.
  invoke_mode = "RESPONSE_STREAM"
}

# Since October 2025 a function's URL wants both of its callers. The provider's 5.100 cannot yet say that the second is for calls by URL alone
# (lambda:InvokedViaFunctionUrl); it is for this one distribution, which knows no other way to call.
# https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
resource "aws_lambda_permission" "url" {
  count = var.collect ? 1 : 0

  statement_id           = "distribution-url"
  function_name          = aws_lambda_function.collect[0].function_name
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "cloudfront.amazonaws.com"
  source_arn             = var.distribution_arn
  function_url_auth_type = "AWS_IAM"
}

resource "aws_lambda_permission" "invoke" {
  count = var.collect ? 1 : 0

  statement_id  = "distribution-invoke"
  function_name = aws_lambda_function.collect[0].function_name
  action        = "lambda:InvokeFunction"
  principal     = "cloudfront.amazonaws.com"
  source_arn    = var.distribution_arn
}
