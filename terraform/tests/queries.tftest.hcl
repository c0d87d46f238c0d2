# What analysts find in the workgroup.

mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./tests/mocks_us_east_1"
}

variables {
  functions = "./tests/zips"
  sites = {
    b = { hosts = ["b.example"] }
    a = { hosts = ["a.example"] }
  }
}

run "queries" {
  assert {
    condition     = length([for name in keys(aws_athena_named_query.this) : name if !startswith(name, "views/")]) >= 14 && aws_athena_named_query.this["01-direct"].name == "01 Direct, taken apart"
    error_message = "questions are missing: ${join(" ", keys(aws_athena_named_query.this))}"
  }

  assert {
    condition     = aws_athena_named_query.this["views/visitor_days"].name == "view visitor_days: Visitors, under the name of what their sums are"
    error_message = "a view is not to be told from a query: ${aws_athena_named_query.this["views/visitor_days"].name}"
  }

  assert {
    condition = alltrue([
      for q in values(aws_athena_named_query.this) : q.workgroup == aws_athena_workgroup.this.name && q.database == aws_glue_catalog_database.this.name
    ])
    error_message = "a query runs elsewhere, where nothing limits what it reads"
  }

  # What Athena takes: https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html
  assert {
    condition = alltrue([
      for q in values(aws_athena_named_query.this) :
      length(q.name) <= 128 && length(q.description) <= 1024 && strcontains(q.description, "Cannot know: ") && !strcontains(q.description, "--") && !strcontains(q.description, "\n")
    ]) && length(distinct([for q in values(aws_athena_named_query.this) : q.name])) == length(aws_athena_named_query.this)
    error_message = "a query has a name or a description that Athena refuses, or none that helps"
  }

  # Each runs as it is, on a site and days that there are.
  assert {
    condition = alltrue([
      for name, q in aws_athena_named_query.this :
      !strcontains(q.query, "example.com") && !strcontains(q.query, "'2026-")
      && (startswith(name, "views/") ? startswith(q.query, "CREATE OR REPLACE VIEW ${trimprefix(name, "views/")} AS\nSELECT ") : startswith(q.query, "-- ") && strcontains(q.query, "WHERE site = 'a' AND dt BETWEEN date_format(current_date - INTERVAL '30' DAY, '%Y-%m-%d') AND date_format(current_date - INTERVAL '1' DAY, '%Y-%m-%d')\n"))
    ])
    error_message = "a query asks for the example's site or days"
  }

  assert {
    condition     = toset(keys(output.view_queries)) == toset([for file in fileset("queries/views", "*.sql") : trimsuffix(file, ".sql")]) && length(output.view_queries) >= 3
    error_message = "a view is not made: ${join(" ", keys(output.view_queries))}"
  }
}
