# The same account in Northern Virginia, where CloudFront keeps what has a region.

mock_data "aws_region" {
  defaults = { id = "us-east-1" }
}

override_resource {
  target = aws_cloudwatch_log_delivery_destination.logs
  values = { arn = "arn:aws:logs:us-east-1:123456789012:delivery-destination:darksocial-access" }
}
