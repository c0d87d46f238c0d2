package rollup

// The rows of the tables. The struct is the schema: field tags name the columns.

// Arrival counts arrivals: page navigations from outside by people.
type Arrival struct {
	Page       string `parquet:"page,dict"`        // cleaned path, or "(other)"
	Channel    string `parquet:"channel,dict"`     // dark_social, social, email, search, ai, paid, campaign, referral, direct
	Source     string `parquet:"source,dict"`      // canonical name, host of a referring site, "(other)" or empty
	Visibility string `parquet:"visibility,dict"`  // private, public, unknown
	Surface    string `parquet:"surface,dict"`     // in_app, browser, unknown
	Confidence string `parquet:"confidence,dict"`  // of the source: certain, strong, likely, possible, unknown
	DirectKind string `parquet:"direct_kind,dict"` // of direct: typed_or_app, hidden_web, unknown; else empty
	ByReferrer string `parquet:"by_referrer,dict"` // the channel of a tool that reads only Referer and utm; empty if the door could not see the Referer
	Arrivals   int64  `parquet:"arrivals"`
}

// Page counts what came to a page, and what was shared of it.
type Page struct {
	Page            string `parquet:"page"`       // cleaned path, or "(other)"
	Topic           string `parquet:"topic,dict"` // by the site's path rules, or empty
	Arrivals        int64  `parquet:"arrivals"`
	PrivateArrivals int64  `parquet:"private_arrivals"` // from messengers and mail between people
	PublicArrivals  int64  `parquet:"public_arrivals"`  // from posts everybody can see
	Previews        int64  `parquet:"previews"`         // link previews that apps drew: at least so many shares were begun
}

// Quality says what became of what the doors saw. Of the outcomes labelled,
// duplicate, filtered and failed the records of a door add up to the lines it
// read; unknown_app is some of the labelled, told apart by a name no rule knows.
type Quality struct {
	Door     string `parquet:"door,dict"`    // log, realtime, route, beacon
	Outcome  string `parquet:"outcome,dict"` // labelled, duplicate, filtered, failed; unknown_app
	Reason   string `parquet:"reason,dict"`  // of labelled: the kind of page view; of filtered and failed: why; of unknown_app: the name
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

// Other stands for the many that are too small for rows of their own.
const Other = "(other)"
