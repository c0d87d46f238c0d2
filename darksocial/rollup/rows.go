package rollup

import "time"

// The rows of the tables. The struct is the schema: field tags name the columns.

// Arrival counts arrivals: page navigations from outside by people.
type Arrival struct {
	Page       string `parquet:"page,dict"`        // cleaned path; "(other)"; or "(objected)", of which nothing else is told
	Channel    string `parquet:"channel,dict"`     // empty where the browser objects; dark_social, social, email, search, ai, paid, campaign, referral, direct
	Source     string `parquet:"source,dict"`      // canonical name, host of a referring site, "(other)" or empty
	Visibility string `parquet:"visibility,dict"`  // private, public, unknown
	Surface    string `parquet:"surface,dict"`     // in_app, browser, unknown
	Confidence string `parquet:"confidence,dict"`  // of the source: certain, strong, likely, possible, unknown
	DirectKind string `parquet:"direct_kind,dict"` // of direct: typed_or_app, hidden_web, unknown; else empty
	ByReferrer string `parquet:"by_referrer,dict"` // the channel of a tool that reads only Referer and utm; empty if the door could not see the Referer
	Arrivals   int64  `parquet:"arrivals"`

	Measured       int64  `parquet:"measured"`        // arrivals of which the script in the page told how they were read: see darksocial/reading
	Readers        *int64 `parquet:"readers"`         // of them, those who read; null where nothing is known
	EngagedSeconds *int64 `parquet:"engaged_seconds"` // of them together; null where nothing is known
	Under10s       int64  `parquet:"read_under_10s"`  // of them, engaged for less than 10 seconds
	From10s        int64  `parquet:"read_10s"`        // 10 to 29 seconds
	From30s        int64  `parquet:"read_30s"`        // 30 to 59
	From60s        int64  `parquet:"read_60s"`        // 60 to 119
	From120s       int64  `parquet:"read_120s"`       // 120 to 299
	From300s       int64  `parquet:"read_300s"`       // 300 and more
}

// Page counts what came to a page, and what was shared of it. What the page says of
// itself is what most of its views of the day said, of at least three: one visitor
// cannot rename an article.
type Page struct {
	Page            string `parquet:"page"`           // cleaned path, or "(other)"
	Title           string `parquet:"title"`          // of the article, or empty
	Topic           string `parquet:"topic,dict"`     // as the article says, else by the site's path rules, or empty
	Author          string `parquet:"author,dict"`    // as the article says, or empty
	Published       string `parquet:"published,dict"` // when the article says it was published: a date or a time in UTC, or empty
	Canonical       string `parquet:"canonical"`      // the article's own name for its page, where it is another; or empty
	Words           *int64 `parquet:"words"`          // of the article's text
	Arrivals        int64  `parquet:"arrivals"`
	PrivateArrivals int64  `parquet:"private_arrivals"` // from messengers and mail between people
	PublicArrivals  int64  `parquet:"public_arrivals"`  // from posts everybody can see
	Previews        int64  `parquet:"previews"`         // link previews that apps drew: at least so many shares were begun
	Shares          int64  `parquet:"shares"`           // uses of share buttons, and previews by private apps of links without a code
	Orders          int64  `parquet:"orders"`           // whose buyers came by a share of the page; what they brought stands in purchases

	Measured       int64  `parquet:"measured"`        // arrivals of which the script in the page told how they were read: see darksocial/reading
	Readers        *int64 `parquet:"readers"`         // of them, those who read; null where nothing is known
	EngagedSeconds *int64 `parquet:"engaged_seconds"` // of them together; null where nothing is known
	Under10s       int64  `parquet:"read_under_10s"`  // of them, engaged for less than 10 seconds
	From10s        int64  `parquet:"read_10s"`        // 10 to 29 seconds
	From30s        int64  `parquet:"read_30s"`        // 30 to 59
	From60s        int64  `parquet:"read_60s"`        // 60 to 119
	From120s       int64  `parquet:"read_120s"`       // 120 to 299
	From300s       int64  `parquet:"read_300s"`       // 300 and more

	PassedOn *float64 `parquet:"passed_on"` // shares per 100 readers; null where there are no readers, or nobody knows
}

// Audience counts arrivals by what they were made with and where from. Values with
// few arrivals, of which one might be somebody, are one row "(few)".
type Audience struct {
	Channel   string `parquet:"channel,dict"`
	Source    string `parquet:"source,dict"`
	Dimension string `parquet:"dimension,dict"` // device or country; each adds up to all arrivals
	Value     string `parquet:"value,dict"`     // phone, tablet, desktop, unknown; ISO 3166-1 alpha-2, or unknown; "(few)"
	Arrivals  int64  `parquet:"arrivals"`
}

// Evidence counts arrivals by the strongest rule that speaks for their source.
type Evidence struct {
	Channel  string `parquet:"channel,dict"`
	Source   string `parquet:"source,dict"`
	Rule     string `parquet:"rule,dict"` // id of the first rule of the evidence: see docs/rules.md
	Arrivals int64  `parquet:"arrivals"`
}

// Hour counts arrivals and link previews by the hour. The hour is an instant, the
// same for all time zones.
type Hour struct {
	Hour       time.Time `parquet:"hour,timestamp(millisecond)"` // in which it began, UTC
	Channel    string    `parquet:"channel,dict"`
	Source     string    `parquet:"source,dict"`
	Visibility string    `parquet:"visibility,dict"`
	Arrivals   int64     `parquet:"arrivals"`
	Previews   int64     `parquet:"previews"`
}

// PageHour counts arrivals and link previews of the day's largest pages by the
// hour: how a page spread.
type PageHour struct {
	Hour       time.Time `parquet:"hour,timestamp(millisecond)"` // in which it began, UTC
	Page       string    `parquet:"page,dict"`                   // cleaned path; of smaller pages there are no rows
	Visibility string    `parquet:"visibility,dict"`
	Arrivals   int64     `parquet:"arrivals"`
	Previews   int64     `parquet:"previews"`
}

// Campaign counts arrivals by their link's campaign tags.
type Campaign struct {
	UTMSource   string `parquet:"utm_source,dict"` // as it was tagged, or "(other)" in all three
	UTMMedium   string `parquet:"utm_medium,dict"`
	UTMCampaign string `parquet:"utm_campaign,dict"`
	Channel     string `parquet:"channel,dict"`
	Arrivals    int64  `parquet:"arrivals"`

	Measured       int64  `parquet:"measured"`        // arrivals of which the script in the page told how they were read: see darksocial/reading
	Readers        *int64 `parquet:"readers"`         // of them, those who read; null where nothing is known
	EngagedSeconds *int64 `parquet:"engaged_seconds"` // of them together; null where nothing is known
	Under10s       int64  `parquet:"read_under_10s"`  // of them, engaged for less than 10 seconds
	From10s        int64  `parquet:"read_10s"`        // 10 to 29 seconds
	From30s        int64  `parquet:"read_30s"`        // 30 to 59
	From60s        int64  `parquet:"read_60s"`        // 60 to 119
	From120s       int64  `parquet:"read_120s"`       // 120 to 299
	From300s       int64  `parquet:"read_300s"`       // 300 and more
}

// DailyVisitors counts visitors of the day. They are told apart by a hash that
// changes every day, so sums over days are visitor-days.
type DailyVisitors struct {
	Level    string `parquet:"level,dict"` // site, channel, source, page
	Key      string `parquet:"key"`        // of the level: empty for site
	Visitors *int64 `parquet:"visitors"`   // null where no visitor was hashed: logs do not say who objects
}

// Share counts how pages were passed on, and what came of it. A share is a use of a share
// button, or a preview by a private app of a link without a code.
type Share struct {
	Page     string `parquet:"page"`        // cleaned path, or "(other)"
	Button   string `parquet:"button,dict"` // that was used; empty where only a preview tells of the share, and for posts of the site's own
	App      string `parquet:"app,dict"`    // the button's; of a copied link and the share sheet the one that drew a preview of it; or empty
	Shares   int64  `parquet:"shares"`
	Previews int64  `parquet:"previews"` // that apps drew of the shared links
	Arrivals int64  `parquet:"arrivals"` // that came with their codes

	Measured       int64  `parquet:"measured"`        // arrivals of which the script in the page told how they were read: see darksocial/reading
	Readers        *int64 `parquet:"readers"`         // of them, those who read; null where nothing is known
	EngagedSeconds *int64 `parquet:"engaged_seconds"` // of them together; null where nothing is known
}

// Recommendation counts what came of one share code on the day: "which recommendation",
// never "which person". A share that came of another has it as its parent, and all that
// came of one have the same root. Where few arrivals came of a root, no times are told.
type Recommendation struct {
	Root       string `parquet:"root"`        // the code of the first share; "(other)"
	Generation int64  `parquet:"generation"`  // how often the link had been passed on before: 0 for the root
	Code       string `parquet:"code"`        // of this share; "(other)"
	Parent     string `parquet:"parent"`      // the code of the share this one came of; empty for a root
	Link       string `parquet:"link,dict"`   // how that is known: session, same_day, consented
	Grade      string `parquet:"grade,dict"`  // what the code stands for: share, one share; button, all uses of a button on a page; own, a post of the site's own
	Button     string `parquet:"button,dict"` // that was used
	App        string `parquet:"app,dict"`    // that was shared in, as far as is known
	Page       string `parquet:"page,dict"`   // that was shared: cleaned path

	Shares   int64 `parquet:"shares"`   // uses: of a grade share 1 on the day it was made
	Children int64 `parquet:"children"` // shares by those who had come with the code
	Previews int64 `parquet:"previews"` // that apps drew of the link
	Arrivals int64 `parquet:"arrivals"` // that came with the code
	Reach    int64 `parquet:"reach"`    // arrivals that came with the code or with one that came of it

	Measured       int64  `parquet:"measured"`        // arrivals of which the script in the page told how they were read: see darksocial/reading
	Readers        *int64 `parquet:"readers"`         // of them, those who read; null where nothing is known
	EngagedSeconds *int64 `parquet:"engaged_seconds"` // of them together; null where nothing is known
	Visitors       *int64 `parquet:"visitors"`        // of the day who came with the code; null where no visitor was hashed
	SelfVisits     *int64 `parquet:"self_visits"`     // arrivals by visitors who had shared with the code on the day; null where no visitor was hashed

	Currency   string `parquet:"currency,dict"` // of what was sold; empty if nothing was. A code that sold in several has a row for each, all other counts in the first
	Orders     int64  `parquet:"orders"`        // whose buyers came with the code
	FirstShare *int64 `parquet:"first_share"`   // minor units, less what was given back on the day, if all is the root's
	LastShare  *int64 `parquet:"last_share"`    // if all is the share's by which the buyer came
	Linear     *int64 `parquet:"linear"`        // if each share of the chain has the same
	ChainDecay *int64 `parquet:"chain_decay"`   // if each has less than the one after it

	TimedOrders        int64      `parquet:"timed_orders"`                         // orders of which it is known when the buyer had opened the page
	SecondsToOrder     *int64     `parquet:"seconds_to_order"`                     // of them together, from the last opening to the order
	Made               *time.Time `parquet:"made,optional,timestamp(millisecond)"` // when it was shared, UTC
	SecondsToOpen      *int64     `parquet:"seconds_to_open"`                      // from the share to the first arrival, on the day of that
	SecondsAfterParent *int64     `parquet:"seconds_after_parent"`                 // from the parent's share to this one, on the day it was made
}

// Purchase counts orders by the recommendation they came of, and divides what they
// brought among the shares of its chain, by four rules side by side. Each rule adds up to
// all orders exactly, with those that name no recommendation as a row of their own: add
// up one rule, never several. Where no generations are followed the chain is one share,
// and all rules say the same.
type Purchase struct {
	Page     string `parquet:"page,dict"`     // that was shared: cleaned path, "(other)", or empty
	Source   string `parquet:"source,dict"`   // app it was shared in, as far as is known
	Button   string `parquet:"button,dict"`   // that was used; empty for posts of the site's own
	Link     string `parquet:"link,dict"`     // how the order names the recommendation: session, consented, same_day; unattributed
	Rule     string `parquet:"rule,dict"`     // first_share, last_share, linear, chain_decay
	Currency string `parquet:"currency,dict"` // ISO 4217

	Orders   int64 `parquet:"orders"`   // placed; each counts once, for the share by which the buyer came
	Amount   int64 `parquet:"amount"`   // minor units, of orders placed on the day
	Refunds  int64 `parquet:"refunds"`  // refunds and cancellations; each counts once, like orders
	Refunded int64 `parquet:"refunded"` // minor units that were given back on the day, of whichever day's orders; amount - refunded is net
}

// Order is what an order brought a share, by a rule. There are rows only if the site asks
// for them (order_table), and for 90 days.
type Order struct {
	Number   string `parquet:"number"`    // the shop's own
	Rule     string `parquet:"rule,dict"` // first_share, last_share, linear, chain_decay
	Root     string `parquet:"root"`      // the code of the recommendation's first share; empty if the order names none
	Code     string `parquet:"code"`      // of the share that is given this
	Link     string `parquet:"link,dict"` // how the order names it: session, consented, same_day; unattributed
	Currency string `parquet:"currency,dict"`
	Amount   int64  `parquet:"amount"` // minor units; negative if more was given back on the day than paid
}

// Quality says what became of what the doors saw. Of the outcomes labelled,
// duplicate, filtered and failed the records of a door add up to the lines it
// read; unknown_app is some of the labelled, told apart by a name no rule knows.
type Quality struct {
	Door     string `parquet:"door,dict"`    // log, realtime, route, beacon; read, of how pages were read; share, of share buttons; order, of shops
	Outcome  string `parquet:"outcome,dict"` // labelled, duplicate, filtered, failed; unknown_app
	Reason   string `parquet:"reason,dict"`  // of labelled: the kind of page view, share, order, refund; of filtered and failed: why; of unknown_app: the name
	Rules    string `parquet:"rules,dict"`   // version of the rule tables the door used
	Complete bool   `parquet:"complete"`     // the day is over and each record has its receipt
	Records  int64  `parquet:"records"`
}

// Outcomes of a record.
const (
	Labelled   = "labelled"
	Duplicate  = "duplicate"
	Filtered   = "filtered"
	Failed     = "failed"
	UnknownApp = "unknown_app"
)

// Objected stands for the page of an arrival whose browser objects to being counted
// as somebody. Channel, source and all else of it are left empty or unknown.
const Objected = "(objected)"

// Few stands for values with too few arrivals to be told.
const Few = "(few)"

// Other stands for the many that are too small for rows of their own.
const Other = "(other)"
