package cost

// Price is what AWS charges for a thing, in US dollars.
type Price struct {
	Thing  string
	USD    float64
	Per    float64 // of them
	Unit   string
	Source string
}

// One is the price of one of the thing.
func (p Price) One() float64 { return p.USD / p.Per }

// PricesOf is when the prices were looked up. They are list prices of us-east-1, on
// demand, without the free tier; Frankfurt is 10 to 25 percent above.
const PricesOf = "November 2026"

const million = 1e6

// The prices. A source in parentheses was not read on a page of AWS itself.
var (
	PriceRequest   = Price{"requests answered by CloudFront", 1.00, million, "million, https", "aws.amazon.com/cloudfront/pricing"}
	PriceEdge      = Price{"runs of edge functions", 0.10, million, "million", "aws.amazon.com/cloudfront/pricing"}
	PriceOut       = Price{"sent to visitors", 0.085, 1, "GB", "aws.amazon.com/cloudfront/pricing"}
	PriceRealtime  = Price{"real-time log lines", 0.01, million, "million", "AWS, How AWS Pricing Works"}
	PricePut       = Price{"Kinesis PUT units", 0.014, million, "million", "(calculator.city)"}
	PriceShard     = Price{"Kinesis shards", 0.015, 1, "hour", "(calculator.city)"}
	PriceRun       = Price{"runs of functions", 0.20, million, "million", "aws.amazon.com/lambda/pricing"}
	PriceGBSecond  = Price{"time of functions", 0.0000133334, 1, "GB-second, arm64", "aws.amazon.com/lambda/pricing"}
	PriceWrite     = Price{"DynamoDB write units", 0.625, million, "million", "aws.amazon.com/dynamodb/pricing/on-demand"}
	PriceRead      = Price{"DynamoDB read units", 0.125, million, "million", "aws.amazon.com/dynamodb/pricing/on-demand"}
	PriceStored    = Price{"DynamoDB storage", 0.25, 1, "GB-month", "aws.amazon.com/dynamodb/pricing/on-demand"}
	PriceRecovery  = Price{"DynamoDB point-in-time recovery", 0.20, 1, "GB-month", "aws.amazon.com/dynamodb/pricing/on-demand"}
	PriceObject    = Price{"S3 objects written", 5.00, million, "million", "(athena.guide)"}
	PriceGet       = Price{"S3 objects read", 0.40, million, "million", "(athena.guide)"}
	PriceQueue     = Price{"SQS requests", 0.40, million, "million", "aws.amazon.com/sqs/pricing"}
	PriceAlarm     = Price{"CloudWatch alarms", 0.10, 1, "metric and month", "aws.amazon.com/cloudwatch/pricing"}
	PriceOwnMetric = Price{"CloudWatch metrics of our own", 0.30, 1, "month", "aws.amazon.com/cloudwatch/pricing"}
	PriceScanned   = Price{"Athena, scanned", 5.00, 1000, "GB", "(athena.guide)"}
)

// Prices are all of them, in the order of docs/cost.md.
func Prices() []Price {
	return []Price{PriceRequest, PriceEdge, PriceOut, PriceRealtime, PricePut, PriceShard, PriceRun, PriceGBSecond, PriceWrite, PriceRead,
		PriceStored, PriceRecovery, PriceObject, PriceGet, PriceQueue, PriceAlarm, PriceOwnMetric, PriceScanned}
}
