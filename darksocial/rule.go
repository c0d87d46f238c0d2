package darksocial

// Rule is one row of a rule table: a token, what it proves, how well, and who
// says so. Rows are written in the tables (apps.go, packages.go, hosts_*.go,
// params.go, fetchers.go, bots.go) and gathered, with their ids, in rules.go.
type Rule struct {
	ID         string // "ua.whatsapp.wa4a": stored with every label, so never renamed and never used again
	Signal     Signal
	Token      string // what is looked for; see the table for its grammar
	Source     string // whose it is: a name in sources.go, or empty
	Channel    Channel
	Visibility Visibility
	Confidence Confidence
	Assumed    bool   // Visibility is what this source is mostly used for, not what was seen
	Refines    string // the less specific source this one may hide behind
	Platform   platform
	Cite       string // a key of citations

	surface Surface // what it shows the page was opened in
	plain   Channel // what a tool that reads only Referer and utm makes of it
}

// RuleID is a rule's place in the tables of this build. What is stored is the
// rule's ID, which does not change from build to build.
type RuleID uint16

// Signal is the kind of thing a rule looks at. The signals that can name a
// source are in the order of precedence in classify.go.
type Signal uint8

const (
	SignalNone Signal = iota

	// What the request is.
	SignalNotPage  // not a page navigation
	SignalFetcher  // a link-preview fetcher's User-Agent
	SignalBot      // any other program's User-Agent
	SignalPrefetch // Sec-Purpose and its forerunners
	SignalInternal // the site's own pages and apps

	// Where a visit came from.
	SignalShareCode     // a share code that names an app
	SignalPaid          // a paid click id, or utm values that say paid
	SignalOwnChannel    // utm values the site lists as its own posts
	SignalCampaign      // any other utm
	SignalReferer       // another site's Referer
	SignalAppReferer    // an android-app:// Referer
	SignalRequestedWith // X-Requested-With
	SignalUserAgent     // an app's name in the User-Agent
	SignalSoftClick     // a click id that organic links carry as well
	SignalShape         // a User-Agent or client hint that only a WebView has
	SignalShared        // a share code that names none
	SignalFetchSite     // Sec-Fetch-Site
	SignalNote          // a remark on another rule
)

var signalNames = [...]string{"", "not a page", "link-preview fetcher", "bot", "prefetch", "internal",
	"share code", "paid", "own channel", "campaign tag", "Referer", "android-app Referer", "X-Requested-With", "User-Agent",
	"click id", "WebView shape", "share code without an app", "Sec-Fetch-Site", "note"}

func (s Signal) String() string { return signalNames[s] }

// platform is a set of the systems an app's token is honest on.
type platform uint8

const (
	android platform = 1 << iota
	iOS
	desktop
	mobile = android | iOS
)

// Evidence is a short set of rules, strongest signal first: in the order of the
// signals, and of the tables within one. So it does not matter in which order
// rules were found, or at which door.
type Evidence struct {
	n     uint8
	rules [maxEvidence]RuleID
}

// maxEvidence is more than the rules one visit can show: a test adds them up.
const maxEvidence = 20

// add puts a rule into its place. Of too many the weakest is left out, so that
// the order in which they come does not matter.
func (e *Evidence) add(id RuleID) {
	if e.Has(id) {
		return
	}
	i := int(e.n)
	if i == len(e.rules) {
		if i--; !stronger(id, e.rules[i]) {
			return
		}
	} else {
		e.n++
	}
	for ; i > 0 && stronger(id, e.rules[i-1]); i-- {
		e.rules[i] = e.rules[i-1]
	}
	e.rules[i] = id
}

func stronger(a, b RuleID) bool {
	if sa, sb := rules[a].Signal, rules[b].Signal; sa != sb {
		return sa < sb
	}
	return a < b
}

// Len returns the number of rules.
func (e *Evidence) Len() int { return int(e.n) }

// At returns the i-th strongest rule.
func (e *Evidence) At(i int) RuleID { return e.rules[i] }

// Has reports whether a rule is in the evidence.
func (e *Evidence) Has(id RuleID) bool {
	for _, have := range e.rules[:e.n] {
		if have == id {
			return true
		}
	}
	return false
}

// of returns the first rule of a signal.
func (e *Evidence) of(s Signal) (RuleID, bool) {
	for _, id := range e.rules[:e.n] {
		if rules[id].Signal == s {
			return id, true
		}
	}
	return 0, false
}
