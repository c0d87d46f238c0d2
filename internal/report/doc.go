// Package report answers what a site's report asks: a JSON API, documented in
// openapi.yaml, and the files of the page that shows it. The handler is the same behind
// the CDN on a hostname of its own and on one machine.
//
//	handler := report.New(sites, lake, readers, ledger, codes, kv, time.Now, report.Page)
//
// # Which table answers what
//
// A card of the page, a filter, and the table that answers the two; "–" is not offered,
// with a 400 that says so, and "null" leaves those numbers null and names them in
// meta.not_offered. visitors are told by daily_visitors for one level at a time.
//
//	card                 no filter        channel, source        visibility             topic            page
//	Direct, taken apart  arrivals         arrivals               arrivals               arrivals, pages  arrivals
//	Numbers, series:
//	  arrivals … readers arrivals         arrivals               arrivals               arrivals, pages  arrivals
//	  shares, passed on  shares           null                   null                   pages            pages
//	  previews           hours            hours; null with page  hours; null with page  pages            pages
//	  purchases, revenue purchases        null                   null                   purchases, pages purchases
//	  visitor-days       daily_visitors   daily_visitors (one)   null                   null             daily_visitors
//	Where from           arrivals         arrivals               arrivals               arrivals, pages  arrivals
//	  evidence           evidence         evidence               null                   null             null
//	What: pages, topics  pages            arrivals               arrivals               pages            – (see page)
//	  shares, quadrant   pages            null                   null                   pages            –
//	Article page         –                –                      –                      –                pages, arrivals, page_hours, shares, recommendations
//	Recommendations      recommendations  –                      –                      + pages          recommendations
//	When: 30 minutes     records          records                records                records, pages   records
//	When: hours          hours            hours                  hours                  –                page_hours, with visibility alone
//	Who sees it          audience         audience               –                      –                –
//	How sure are we      arrivals,        –                      –                      –                –
//	                     quality, manifests
//	Why?                 –                arrivals, evidence     arrivals               arrivals, pages  arrivals
//	Campaigns            campaigns        campaigns (channel)    –                      –                –
//	Shares               shares           –                      –                      + pages          shares
//
// The estimate as an interval has its place in the answers and is null until there is a
// table of it. Purchases of campaigns have theirs as well; no table tells them. What
// recommendations sold is in recommendations, what pages sold in purchases.
//
// # What is merged
//
// Days come from package tables: closed and open ones from Parquet, today from the
// records. Each arrival is in exactly one day, so days are added up; what is not known
// of a day adds nothing, and a sum of which no day is known is null. Visitors of several
// days are visitor-days.
//
// # Bounds
//
// A range has at most 400 days and an answer at most some hundred rows; the rest is
// added up. Of pages at most 200,000 are told apart while an answer is made, of
// recommendations 100,000: of more, those with the fewest arrivals are put together.
// Answers are kept in memory by what their days were made of.
//
// # Who may ask
//
// See package signin. What changes anything (POST, DELETE) must be sent by the page:
// a script of another site can neither send JSON without being asked first, nor write
// Sec-Fetch-Site or Origin, and the cookie is SameSite=Strict.
package report
