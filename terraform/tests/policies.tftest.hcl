# Least privilege: each policy, whole. A permission more is a failure here, as is one less.

mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./tests/mocks_us_east_1"
}

variables {
  functions           = "./tests/zips"
  sites               = { "example.com" = { hosts = ["example.com"] } }
  existing_log_bucket = "example-logs"
  log_prefix          = "cdn/"
}

run "logs" {
  assert {
    condition = { for s in jsondecode(aws_iam_role_policy.label.policy).Statement : s.Sid => { for k, v in s : k => v if k != "Sid" } } == {
      Table = {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:GetItem", "dynamodb:PutItem"]
        Resource = ["arn:aws:dynamodb:eu-central-1:123456789012:table/darksocial"]
      }
      Failed = {
        Effect   = "Allow"
        Action   = ["s3:PutObject"]
        Resource = ["arn:aws:s3:::lake/failed/*"]
      }
      OwnLogs = {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:aws:logs:eu-central-1:123456789012:log-group:label:*"]
      }
      ReadLogs = {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:GetObjectVersion"]
        Resource = ["arn:aws:s3:::example-logs/cdn/*"]
      }
      MissingLogs = {
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = ["arn:aws:s3:::example-logs"]
        Condition = { StringLike = { "s3:prefix" = ["cdn/*"] } }
      }
      Queue = {
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = ["arn:aws:sqs:eu-central-1:123456789012:logs"]
      }
    }
    error_message = "label's policy is another: ${aws_iam_role_policy.label.policy}"
  }

  assert {
    condition     = aws_lambda_function.label.role == aws_iam_role.label.arn && aws_iam_role_policy.label.role == aws_iam_role.label.name
    error_message = "the policy is not that of the function's role"
  }

  assert {
    condition = { for s in jsondecode(aws_iam_role_policy.rollup.policy).Statement : s.Sid => { for k, v in s : k => v if k != "Sid" } } == {
      Table = {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]
        Resource = ["arn:aws:dynamodb:eu-central-1:123456789012:table/darksocial"]
      }
      Lake = {
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject"]
        Resource = [for prefix in concat(keys(local.tables), ["manifests", "partials"]) : "arn:aws:s3:::lake/${prefix}/*"]
      }
      Partials = {
        Effect   = "Allow"
        Action   = ["s3:DeleteObject"]
        Resource = ["arn:aws:s3:::lake/partials/*"]
      }
      List = {
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = ["arn:aws:s3:::lake"]
        Condition = { StringLike = { "s3:prefix" = [for prefix in concat(keys(local.tables), ["manifests", "partials"]) : "${prefix}/*"] } }
      }
      DeadLetters = {
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = ["arn:aws:sqs:eu-central-1:123456789012:rollup-dead"]
      }
      OwnLogs = {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:aws:logs:eu-central-1:123456789012:log-group:rollup:*"]
      }
    }
    error_message = "rollup's policy is another: ${aws_iam_role_policy.rollup.policy}"
  }

  assert {
    condition     = aws_lambda_function.rollup.role == aws_iam_role.rollup.arn && aws_iam_role_policy.rollup.role == aws_iam_role.rollup.name
    error_message = "the policy is not that of the function's role"
  }

  assert {
    condition = [for s in jsondecode(aws_iam_role_policy.scheduler.policy).Statement : { for k, v in s : k => v if k != "Sid" }] == [
      { Effect = "Allow", Action = ["lambda:InvokeFunction"], Resource = ["arn:aws:lambda:eu-central-1:123456789012:function:rollup"] },
      { Effect = "Allow", Action = ["sqs:SendMessage"], Resource = ["arn:aws:sqs:eu-central-1:123456789012:rollup-dead"] },
    ]
    error_message = "the scheduler's policy is another: ${aws_iam_role_policy.scheduler.policy}"
  }

  assert {
    condition = jsondecode(aws_iam_role.scheduler.assume_role_policy).Statement[0].Condition == {
      StringEquals = {
        "aws:SourceAccount" = "123456789012"
        "aws:SourceArn"     = "arn:aws:scheduler:eu-central-1:123456789012:schedule-group/rollup"
      }
    }
    error_message = "another's schedules may use the role: ${aws_iam_role.scheduler.assume_role_policy}"
  }
}

run "stream" {
  variables {
    existing_log_bucket = null
    realtime_stream_arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/realtime"
    realtime_fields     = ["timestamp", "cs-uri-stem"]
    log_kms_key_arn     = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111"
  }

  assert {
    condition = { for s in jsondecode(aws_iam_role_policy.label.policy).Statement : s.Sid => { for k, v in s : k => v if k != "Sid" } if !contains(["Table", "Failed", "OwnLogs"], s.Sid) } == {
      LogKey = {
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = ["arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111"]
        Condition = { StringEquals = { "kms:ViaService" = ["kinesis.eu-central-1.amazonaws.com", "s3.eu-central-1.amazonaws.com"] } }
      }
      Stream = {
        Effect   = "Allow"
        Action   = ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"]
        Resource = ["arn:aws:kinesis:eu-central-1:123456789012:stream/realtime"]
      }
      StreamFailed = {
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = ["arn:aws:sqs:eu-central-1:123456789012:stream-dead"]
      }
    }
    error_message = "label's policy is another: ${aws_iam_role_policy.label.policy}"
  }
}

run "collect" {
  variables {
    existing_log_bucket = null
    collect             = true
    distribution_arn    = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
  }

  assert {
    condition = { for s in jsondecode(aws_iam_role_policy.collect[0].policy).Statement : s.Sid => { for k, v in s : k => v if k != "Sid" } } == {
      Table = {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:GetItem", "dynamodb:PutItem"]
        Resource = ["arn:aws:dynamodb:eu-central-1:123456789012:table/darksocial"]
      }
      Salts = {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:PutItem"]
        Resource = ["arn:aws:dynamodb:eu-central-1:123456789012:table/darksocial-salts"]
      }
      OwnLogs = {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:aws:logs:eu-central-1:123456789012:log-group:collect:*"]
      }
    }
    error_message = "collect's policy is another: ${aws_iam_role_policy.collect[0].policy}"
  }

  assert {
    condition     = aws_lambda_function.collect[0].role == aws_iam_role.collect[0].arn && aws_iam_role_policy.collect[0].role == aws_iam_role.collect[0].name
    error_message = "the policy is not that of the function's role"
  }

  assert {
    condition = [for s in jsondecode(aws_iam_role_policy.rollup.policy).Statement : s if s.Sid == "Salts"] == [{
      Sid      = "Salts"
      Effect   = "Allow"
      Action   = ["dynamodb:DeleteItem", "dynamodb:Query"]
      Resource = ["arn:aws:dynamodb:eu-central-1:123456789012:table/darksocial-salts"]
    }]
    error_message = "rollup deletes salts, and does nothing else with them"
  }

  # Both that AWS wants, for one distribution each; nobody else may call.
  assert {
    condition = {
      for p in [aws_lambda_permission.url[0], aws_lambda_permission.invoke[0]] :
      p.action => "${p.principal} ${p.source_arn} ${coalesce(p.function_url_auth_type, "-")}"
      } == {
      "lambda:InvokeFunctionUrl" = "cloudfront.amazonaws.com arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE AWS_IAM"
      "lambda:InvokeFunction"    = "cloudfront.amazonaws.com arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE -"
    }
    error_message = "others than the distribution may call collect"
  }

  assert {
    condition     = aws_lambda_function_url.collect[0].authorization_type == "AWS_IAM"
    error_message = "collect's URL is open to everybody"
  }
}

run "report" {
  variables {
    report = {}
  }

  assert {
    condition = { for s in jsondecode(aws_iam_role_policy.report[0].policy).Statement : s.Sid => { for k, v in s : k => v if k != "Sid" } } == {
      Table = {
        Effect   = "Allow"
        Action   = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"]
        Resource = ["arn:aws:dynamodb:eu-central-1:123456789012:table/darksocial"]
      }
      SignIns = {
        Effect    = "Allow"
        Action    = ["dynamodb:DeleteItem", "dynamodb:PutItem"]
        Resource  = ["arn:aws:dynamodb:eu-central-1:123456789012:table/darksocial"]
        Condition = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["k/tokens", "k/sessions"] } }
      }
      Lake = {
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = [for prefix in concat(keys(local.tables), ["manifests"]) : "arn:aws:s3:::lake/${prefix}/*"]
      }
      List = {
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = ["arn:aws:s3:::lake"]
        Condition = { StringLike = { "s3:prefix" = [for prefix in concat(keys(local.tables), ["manifests"]) : "${prefix}/*"] } }
      }
      OwnLogs = {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["arn:aws:logs:eu-central-1:123456789012:log-group:report:*"]
      }
    }
    error_message = "report's policy is another: ${aws_iam_role_policy.report[0].policy}"
  }

  assert {
    condition     = aws_lambda_function.report[0].role == aws_iam_role.report[0].arn && aws_iam_role_policy.report[0].role == aws_iam_role.report[0].name
    error_message = "the policy is not that of the function's role"
  }

  assert {
    condition = { for p in aws_lambda_permission.report : p.action => "${p.principal} ${p.source_arn} ${coalesce(p.function_url_auth_type, "-")}" } == {
      "lambda:InvokeFunctionUrl" = "cloudfront.amazonaws.com arn:aws:cloudfront::123456789012:distribution/E2REPORT AWS_IAM"
      "lambda:InvokeFunction"    = "cloudfront.amazonaws.com arn:aws:cloudfront::123456789012:distribution/E2REPORT -"
    }
    error_message = "others than its distribution may call report"
  }

  assert {
    condition     = aws_lambda_function_url.report[0].authorization_type == "AWS_IAM"
    error_message = "report's URL is open to everybody"
  }
}

# Every input at once. And the rule behind the lists: a wildcard only at the end of an object's key or a log stream.
run "everything" {
  variables {
    existing_log_bucket = null
    log_prefix          = ""
    collect             = true
    deliver_logs        = true
    distribution_arn    = "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE"
    realtime_shards     = 1
    shard_map           = true
    sites               = { "example.com" = { hosts = ["example.com"], shard_bits = 3 } }
    log_kms_key_arn     = "arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111"
    kms_key_arn         = "arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-2222-2222-222222222222"
  }

  assert {
    condition = alltrue(flatten([
      for policy in [
        aws_iam_role_policy.label.policy, aws_iam_role_policy.rollup.policy, aws_iam_role_policy.collect[0].policy, aws_iam_role_policy.scheduler.policy,
        aws_iam_role_policy.shards[0].policy, aws_iam_role_policy.realtime[0].policy, aws_sqs_queue_policy.logs[0].policy, aws_s3_bucket_policy.logs[0].policy,
        ] : [
        for s in jsondecode(policy).Statement : s.Effect == "Deny" ? [] : concat(
          [for action in s.Action : can(regex("^[a-z0-9]+:[A-Za-z]+$", action))],
          [for resource in s.Resource : can(regex("^arn:aws:(s3:::[a-z0-9-]+/[a-z_/]*[*]|logs:[^*]+:log-group:[a-z]+:[*]|[^*]+)$", resource))],
        )
      ]
    ]))
    error_message = "an action or a resource has a wildcard that reaches further than a prefix"
  }

  assert {
    condition = alltrue([
      for policy in [aws_iam_role_policy.label.policy, aws_iam_role_policy.rollup.policy] :
      [for s in jsondecode(policy).Statement : { for k, v in s : k => v if k != "Sid" } if s.Sid == "Key"] == [{
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
        Resource  = ["arn:aws:kms:eu-central-1:123456789012:key/22222222-2222-2222-2222-222222222222"]
        Condition = { StringEquals = { "kms:ViaService" = ["dynamodb.eu-central-1.amazonaws.com", "s3.eu-central-1.amazonaws.com"] } }
      }]
    ])
    error_message = "label and rollup need the key, and through DynamoDB and S3 alone"
  }

  assert {
    condition = alltrue([
      for s in jsondecode(aws_iam_role_policy.collect[0].policy).Statement :
      s.Condition == { StringEquals = { "kms:ViaService" = ["dynamodb.eu-central-1.amazonaws.com"] } } if s.Sid == "Key"
    ])
    error_message = "collect keeps nothing in S3 and needs no key there"
  }

  assert {
    condition = (
      [for s in jsondecode(aws_iam_role_policy.shards[0].policy).Statement : "${join(",", s.Action)} ${join(",", s.Resource)}"] == ["lambda:InvokeFunction arn:aws:lambda:eu-central-1:123456789012:function:rollup"]
      && [for s in jsondecode(aws_iam_role_policy.scheduler.policy).Statement : join(",", s.Resource) if s.Sid == "Shards"] == ["arn:aws:states:eu-central-1:123456789012:stateMachine:shards"]
    )
    error_message = "the state machine may more than start rollup, or nobody may start it"
  }

  assert {
    condition = { for s in jsondecode(aws_iam_role_policy.realtime[0].policy).Statement : s.Sid => s.Resource } == {
      Stream = ["arn:aws:kinesis:eu-central-1:123456789012:stream/own"]
      Key    = ["arn:aws:kms:eu-central-1:123456789012:key/11111111-1111-1111-1111-111111111111"]
    }
    error_message = "CloudFront may write elsewhere: ${aws_iam_role_policy.realtime[0].policy}"
  }

  # Whoever else delivers logs, or for another account, writes nothing here.
  assert {
    condition = [for s in jsondecode(aws_s3_bucket_policy.logs[0].policy).Statement : s.Condition if s.Sid == "Delivery"] == [{
      StringEquals = { "s3:x-amz-acl" = "bucket-owner-full-control", "aws:SourceAccount" = "123456789012" }
      ArnLike      = { "aws:SourceArn" = "arn:aws:logs:us-east-1:123456789012:delivery-source:darksocial-access" }
    }]
    error_message = "the log bucket is open to others: ${aws_s3_bucket_policy.logs[0].policy}"
  }
}
