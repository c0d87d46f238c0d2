# What analysts ask, saved in the workgroup: queries/*.sql. A view is a query that makes it, to be run once, and again after an upgrade; it is saved
# without its comment, which stands in the description.
#
# The files name a site and days as an example. Saved, they name the first of the sites and the last 30 days, so that each runs as it is: change the
# lines WHERE site = … AND dt BETWEEN … for others. They stay constants, because by these Athena chooses what to read.

locals {
  saved_site     = keys(var.sites)[0]
  saved_first    = "date_format(current_date - INTERVAL '30' DAY, '%Y-%m-%d')"
  saved_last     = "date_format(current_date - INTERVAL '1' DAY, '%Y-%m-%d')"
  example_site   = "'www.example.com'"
  example_first  = "'2026-11-01'"
  example_last   = "'2026-11-30'"
  queries_folder = "${path.module}/queries"

  query_texts = merge(
    { for file in fileset(local.queries_folder, "*.sql") : trimsuffix(file, ".sql") => file("${local.queries_folder}/${file}") },
    { for file in fileset(local.queries_folder, "views/*.sql") : trimsuffix(file, ".sql") => file("${local.queries_folder}/${file}") },
  )

  # A comment's first line is the title. The rest, below an empty line of it, says what is answered, and what cannot be known.
  query_comments = { for name, text in local.query_texts : name => split("\n--\n", split("\n\n", text)[0]) }

  saved_queries = {
    for name, text in local.query_texts : name => {
      title       = trimprefix(local.query_comments[name][0], "-- ")
      description = replace(trimprefix(local.query_comments[name][1], "-- "), "\n-- ", " ")
      query = replace(replace(replace(startswith(name, "views/") ? split("\n\n", text)[1] : text,
        local.example_site, "'${local.saved_site}'"),
        local.example_first, local.saved_first),
      local.example_last, local.saved_last)
    }
  }
}

resource "aws_athena_named_query" "this" {
  for_each = local.saved_queries

  # "01 Direct, taken apart"; "view visitor_days: Visitors, …".
  name        = startswith(each.key, "views/") ? "view ${trimprefix(each.key, "views/")}: ${each.value.title}" : "${split("-", each.key)[0]} ${each.value.title}"
  description = each.value.description
  workgroup   = aws_athena_workgroup.this.name
  database    = aws_glue_catalog_database.this.name
  query       = each.value.query
}
