// Package orders takes a shop's word on what was bought and given back, and finds the
// recommendation that each order came of.
//
// # What a shop says
//
// From its own server, as JSON, signed:
//
//	POST /_ds/buy
//	ds-signature: HEX of HMAC-SHA256(key, body)
//	{"v":1,"type":"order","order":"2026-0017","amount":8999,"currency":"EUR","ordered":1795435200,"code":"8ZkPq4vR2Ts","link":"session"}
//	{"v":1,"type":"refund","order":"2026-0017","refund":"R-1","amount":2000,"currency":"EUR","ordered":1795435200}
//	{"v":1,"type":"cancel","order":"2026-0017","ordered":1795435200}
//
// or by the page that thanks for the order, whose server has signed what stands before
// the signature:
//
//	GET /_ds/buy?v=1&o=2026-0017&a=8999&c=EUR&t=1795435200&s=HEX&k=8ZkPq4vR2Ts&l=session
//
// Amounts are whole minor units of an ISO 4217 currency. ordered is when the order was
// placed, in Unix seconds by the shop's clock.
//
// # What becomes of it
//
// An order counts once, however often it is told: the first word stands, and another
// amount under the same number is an error. It is looked for under a keyed hash of its
// number, for the refund window (180 days, or the site's refund_days). A refund takes
// back of each share's credit what it was given; a cancellation is a refund of all that
// is left. Refunds may come first: they wait for their order. An order, or a refund of
// an order, that is older than the window is late: counted, and in no table.
//
// An order counts on the day it was placed if it is told within two days, else on the
// day it is told; a refund on the day it is told.
//
// # The link
//
// How an order names its recommendation:
//
//	session    the shop kept the code of the page the buyer came to, and says it
//	consented  the buyer's browser kept it, with consent
//	same_day   the page that thanks for the order was opened by a visitor who looks like
//	           one who had come with a code on that day
//
// An order without any is unattributed. So is one whose buyer read the recommendation in
// an app's browser and bought in another browser, with nothing but the order between them.
package orders
