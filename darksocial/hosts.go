package darksocial

import "strings"

// host is a row of the tables of Referer hosts.
//
// name is a host, which stands for itself and every host below it, with an
// optional path prefix: "x.com/i/grok". A last label "*" stands for every
// country's ending (google.* is google.com, google.de, google.co.uk, …; see
// cutEnding). The longest name that fits wins, so docs.google.com may say
// something else than google.*.
type host struct {
	name   string
	source string // "" = unnamed: the channel is known, the site is in the Referer
}

// hostGroup is a table of hosts that prove the same.
type hostGroup struct {
	channel    Channel
	visibility Visibility
	assumed    bool // visibility is what these hosts are mostly used for, not what was seen
	confidence Confidence
	cite       string // a key of citations
	hosts      []host
}

// hostGroups holds every row. The order does not matter: names are unique, and
// the longest one wins.
var hostGroups = []hostGroup{
	{channel: Search, confidence: Strong, cite: "memory", hosts: searchHosts},
	{channel: Search, confidence: Strong, cite: "memory", hosts: nationalSearchHosts},
	{channel: Search, confidence: Strong, cite: "memory", hosts: oldSearchHosts},

	// Behind these a feed and a message look the same: visibility stays unknown.
	{channel: Social, confidence: Strong, cite: "facts-shims", hosts: mixedSocialHosts},
	{channel: Social, visibility: Public, assumed: true, confidence: Strong, cite: "memory", hosts: socialHosts},
	{channel: Social, visibility: Public, assumed: true, confidence: Strong, cite: "memory", hosts: communityHosts},
	{channel: Social, visibility: Public, assumed: true, confidence: Strong, cite: "memory", hosts: publishingHosts},
	{channel: Social, visibility: Public, assumed: true, confidence: Strong, cite: "memory", hosts: fediverseHosts},
	{channel: Social, visibility: Public, assumed: true, confidence: Strong, cite: "memory", hosts: videoHosts},

	{channel: Email, visibility: Private, assumed: true, confidence: Strong, cite: "facts-webmail", hosts: mailHosts},
	{channel: Email, visibility: Private, assumed: true, confidence: Likely, cite: "memory", hosts: mailPortalHosts},
	{channel: Email, visibility: Public, assumed: true, confidence: Strong, cite: "memory", hosts: newsletterHosts},

	// A web client shows its origin only, never the chat, and channels look like chats.
	{channel: DarkSocial, visibility: Private, assumed: true, confidence: Likely, cite: "facts-web-clients", hosts: messengerHosts},
	{channel: DarkSocial, visibility: Private, assumed: true, confidence: Possible, cite: "facts-web-clients", hosts: messengerSites},

	{channel: AI, confidence: Strong, cite: "facts-ai", hosts: aiHosts},
	{channel: Paid, visibility: Public, confidence: Strong, cite: "memory", hosts: adHosts},
	{channel: Referral, confidence: Strong, cite: "memory", hosts: otherHosts},
}

// hostConvention is a habit in naming hosts that says what a host is when
// nobody has listed it.
//
// first is a pattern for the first label and last one for the last; a trailing
// "*" makes it a prefix, an empty one fits everything. A first label counts
// only when the site's own name comes behind it: mail.example.de is the mail of
// example.de, while mail.de and mail.co.uk are somebody's name. ownName lifts
// this for labels that mean the same as a name.
type hostConvention struct {
	id          string
	first, last string
	ownName     bool
	channel     Channel
	visibility  Visibility
	assumed     bool
	confidence  Confidence
	source      string
	cite        string
}

// hostConventions are asked last, in this order.
var hostConventions = []hostConvention{
	// The redirectors of the 1&1 family (GMX, WEB.DE, mail.com, 1&1, IONOS) put before every link in a mail. The label is
	// the registered name itself and nobody else is known to use it.
	{id: "ref.first.deref", first: "deref-*", ownName: true,
		channel: Email, visibility: Private, assumed: true, confidence: Likely, cite: "facts-webmail"},
	// The same family's mailbox without script.
	{id: "ref.first.lightmailer", first: "lightmailer*",
		channel: Email, visibility: Private, assumed: true, confidence: Likely, cite: "facts-webmail"},
	// Providers, universities and firms name their webmail so; webmail2, webmail-1 are the machines of one. The word has no
	// other use.
	{id: "ref.first.webmail", first: "webmail*",
		channel: Email, visibility: Private, assumed: true, confidence: Likely, cite: "convention"},
	// Roundcube, Zimbra and Outlook on the web are named after the program.
	{id: "ref.first.roundcube", first: "roundcube",
		channel: Email, visibility: Private, assumed: true, confidence: Likely, cite: "convention"},
	{id: "ref.first.zimbra", first: "zimbra*",
		channel: Email, visibility: Private, assumed: true, confidence: Likely, cite: "convention"},
	{id: "ref.first.owa", first: "owa",
		channel: Email, visibility: Private, assumed: true, confidence: Likely, cite: "convention"},
	// A page under mail. is a mailbox; list archives call themselves mailman. or lists.
	{id: "ref.first.mail", first: "mail",
		channel: Email, visibility: Private, assumed: true, confidence: Likely, cite: "convention"},
	{id: "ref.first.poczta", first: "poczta",
		channel: Email, visibility: Private, assumed: true, confidence: Likely, cite: "convention"},
	{id: "ref.first.pochta", first: "pochta",
		channel: Email, visibility: Private, assumed: true, confidence: Likely, cite: "convention"},
	// email. is a provider's mailbox as well as a firm's newsletter in the browser: mail, but who knows whose.
	{id: "ref.first.email", first: "email",
		channel: Email, confidence: Possible, cite: "convention"},

	// "Search" in the languages of the web. A page there lists what fits a question; on a portal that is the web, on a shop
	// or a newspaper its own pages, which then link inwards and are seldom anybody's Referer.
	{id: "ref.first.search", first: "search",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.websearch", first: "websearch",
		channel: Search, confidence: Likely, cite: "convention"},
	{id: "ref.first.suche", first: "suche",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.buscar", first: "buscar",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.buscador", first: "buscador",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.busca", first: "busca",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.recherche", first: "recherche",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.ricerca", first: "ricerca",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.cerca", first: "cerca",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.zoeken", first: "zoeken",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.szukaj", first: "szukaj",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.hledani", first: "hledani",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.hladat", first: "hladat",
		channel: Search, confidence: Possible, cite: "convention"},
	{id: "ref.first.poisk", first: "poisk",
		channel: Search, confidence: Possible, cite: "convention"},

	// Servers of the fediverse. Mastodon's sample names are what most of them copied.
	{id: "ref.first.mastodon", first: "mastodon*", ownName: true,
		channel: Social, visibility: Public, assumed: true, confidence: Likely, source: "mastodon", cite: "convention"},
	{id: "ref.first.mstdn", first: "mstdn*", ownName: true,
		channel: Social, visibility: Public, assumed: true, confidence: Likely, source: "mastodon", cite: "convention"},
	{id: "ref.first.toot", first: "toot", ownName: true,
		channel: Social, visibility: Public, assumed: true, confidence: Possible, source: "mastodon", cite: "convention"},
	{id: "ref.first.misskey", first: "misskey*", ownName: true,
		channel: Social, visibility: Public, assumed: true, confidence: Likely, source: "misskey", cite: "convention"},
	{id: "ref.first.lemmy", first: "lemmy*", ownName: true,
		channel: Social, visibility: Public, assumed: true, confidence: Likely, source: "lemmy", cite: "convention"},
	{id: "ref.first.pixelfed", first: "pixelfed*", ownName: true,
		channel: Social, visibility: Public, assumed: true, confidence: Likely, source: "pixelfed", cite: "convention"},
	{id: "ref.first.peertube", first: "peertube*", ownName: true,
		channel: Social, visibility: Public, assumed: true, confidence: Likely, source: "peertube", cite: "convention"},
	// social.example.org is a firm's or club's own server, or its wall of posts: people talking in public either way.
	{id: "ref.first.social", first: "social", ownName: true,
		channel: Social, visibility: Public, assumed: true, confidence: Possible, cite: "convention"},
	// A board where anyone may read along; its answers link wherever the question leads.
	{id: "ref.first.forum", first: "forum",
		channel: Social, visibility: Public, assumed: true, confidence: Possible, cite: "convention"},
	{id: "ref.first.forums", first: "forums",
		channel: Social, visibility: Public, assumed: true, confidence: Possible, cite: "convention"},
	// The ending is open to anyone; those whose pages people follow links from are mostly networks and fediverse servers.
	{id: "ref.tld.social", last: "social",
		channel: Social, visibility: Public, assumed: true, confidence: Likely, cite: "convention"},
}

const (
	maxHost       = 253           // length of the longest name the DNS can hold
	longestEnding = len("com.uk") // what a star stands for, at most
)

// hostTable finds the rule of a host. It is filled once and then only read.
type hostTable struct {
	exact       map[string]hostEntry // "docs.google.com"
	starred     map[string]hostEntry // "google" for google.*
	conventions []conventionEntry
	longest     int // length of the longest host any name can stand for: longer suffixes need no look-up
}

// hostEntry is what the table knows of one name.
type hostEntry struct {
	plain RuleID
	whole bool // plain is set; if not, only the paths count
	paths []pathEntry
}

type pathEntry struct {
	prefix string // "/i/grok"
	id     RuleID
}

type conventionEntry struct {
	hostConvention
	ruleID RuleID
}

// add puts a name of the host tables in.
func (t *hostTable) add(name string, id RuleID) {
	if t.exact == nil {
		t.exact, t.starred = make(map[string]hostEntry), make(map[string]hostEntry)
	}
	name, path := splitHostName(name)
	t.longest = max(t.longest, len(name)+longestEnding)
	table := t.exact
	if stem, ok := strings.CutSuffix(name, ".*"); ok {
		table, name = t.starred, stem
	}
	entry := table[name]
	if path == "" {
		entry.plain, entry.whole = id, true
	} else {
		entry.paths = append(entry.paths, pathEntry{path, id})
	}
	table[name] = entry
}

// addConvention puts a convention in, to be asked after those before it.
func (t *hostTable) addConvention(c hostConvention, id RuleID) {
	t.conventions = append(t.conventions, conventionEntry{c, id})
}

// find returns the rule of the longest name that host (lower-case, no port, no
// trailing dot) and path fit. At the same length a full name beats a starred
// one, and a path that fits beats none.
func (t *hostTable) find(host, path string) (RuleID, bool) {
	if host == "" || len(host) > maxHost {
		return 0, false
	}
	stem := cutEnding(host)
	for i := 0; i < len(host); {
		if len(host)-i <= t.longest {
			if id, ok := t.exact[host[i:]].fit(path); ok {
				return id, true
			}
			if i < len(stem) {
				if id, ok := t.starred[host[i:len(stem)]].fit(path); ok {
					return id, true
				}
			}
		}
		dot := strings.IndexByte(host[i:], '.')
		if dot < 0 {
			break
		}
		i += dot + 1
	}
	return t.findConvention(host, stem)
}

// findConvention returns the rule of the first convention that fits; stem is
// what cutEnding leaves of host.
func (t *hostTable) findConvention(host, stem string) (RuleID, bool) {
	host, stem = strings.TrimPrefix(host, "www."), strings.TrimPrefix(stem, "www.")
	first, _, named := strings.Cut(host, ".")
	if !named {
		return 0, false
	}
	lastDot := strings.LastIndexByte(host, '.')
	last := host[lastDot+1:]
	if stem == "" {
		stem = host[:lastDot]
	}
	below := len(first) < len(stem) // a site's own name lies between the first label and the ending
	for i := range t.conventions {
		c := &t.conventions[i]
		if c.first != "" && !below && !c.ownName {
			continue
		}
		if labelFits(c.first, first) && labelFits(c.last, last) {
			return c.ruleID, true
		}
	}
	return 0, false
}

// fit returns the rule of the longest path prefix that path has, or else the
// rule of the name alone.
func (e hostEntry) fit(path string) (id RuleID, ok bool) {
	id, ok = e.plain, e.whole
	longest := 0
	for _, p := range e.paths {
		if len(p.prefix) > longest && hasPathPrefix(path, p.prefix) {
			id, ok, longest = p.id, true, len(p.prefix)
		}
	}
	return id, ok
}

// splitHostName takes "x.com/i/grok" apart into "x.com" and "/i/grok".
func splitHostName(name string) (host, path string) {
	if slash := strings.IndexByte(name, '/'); slash >= 0 {
		return name[:slash], name[slash:]
	}
	return name, ""
}

// hasPathPrefix reports whether path is prefix or lies below it. Paths end at
// "?" and "#": a caller may pass the rest of a URL as it is.
func hasPathPrefix(path, prefix string) bool {
	if !strings.HasPrefix(path, prefix) {
		return false
	}
	return len(path) == len(prefix) || strings.IndexByte("/?#;", path[len(prefix)]) >= 0
}

// labelFits matches a label with a pattern of hostConvention.
func labelFits(pattern, label string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		return strings.HasPrefix(label, prefix)
	}
	return pattern == "" || pattern == label
}

// cutEnding returns host without the ending a star stands for: com or net, a
// country's two letters, or co, com, net, org, or, ne before a country's two
// letters. Others are not cut: .org is rarely the brand's own (google.org is a
// charity), and in the new endings a famous name is often somebody else's.
// For any other host it returns "": no star fits.
func cutEnding(host string) string {
	dot := strings.LastIndexByte(host, '.')
	if dot < 0 {
		return ""
	}
	last := host[dot+1:]
	if last == "com" || last == "net" {
		return host[:dot]
	}
	if len(last) != 2 {
		return ""
	}
	rest := host[:dot]
	if i := strings.LastIndexByte(rest, '.'); i >= 0 {
		switch rest[i+1:] {
		case "co", "com", "net", "org", "or", "ne":
			return rest[:i]
		}
	}
	return rest
}
