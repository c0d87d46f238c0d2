package darksocial

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// All tables are gathered into one list when the program starts. Rule 0 is none.
var rules, tables = gather()

// tableSet is the tables in the form they are looked up in.
type tableSet struct {
	agents       *matcher // fetchers, bots, apps and botWords, in this order
	agentRules   RuleID   // the rule of agents' first pattern; the others follow
	botWordsFrom int      // the place of botWords' first pattern in agents
	packages     packageTable
	hosts        *hostTable
	params       map[string]param
	utmSources   utmTable
	utmMediums   utmTable
	utmCampaigns utmTable
	sourceNames  map[string]string // spellings of a source in a tag, folded, to its name
}

// packageTable finds Android packages.
type packageTable map[string]packageIDs

type packageIDs struct{ requestedWith, app RuleID }

// find returns the row of the longest name that is the package or stands before it.
func (t packageTable) find(name string) (packageIDs, bool) {
	for {
		if p, ok := t[name]; ok {
			return p, true
		}
		dot := strings.LastIndexByte(name, '.')
		if dot < 0 {
			return packageIDs{}, false
		}
		name = name[:dot]
	}
}

// param says what a query parameter is good for.
type param struct {
	use  paramUse
	rule RuleID
}

type paramUse uint8

const (
	paramSource paramUse = iota
	paramRef
	paramMedium
	paramCampaign
	paramPaid
	paramMail
	paramSoft
)

// gatherer collects rules. That no two have the same id is a test's to see.
type gatherer struct{ rules []Rule }

// manyRules is about how many there are, to make room at once.
const manyRules = 6000

func (g *gatherer) add(r Rule) RuleID {
	if s, ok := sources[r.Source]; ok {
		r.Refines = s.refines
		if r.Channel == ChannelNone && r.Signal != SignalBot {
			r.Channel = s.channel
		}
		if r.Channel == s.channel && r.Visibility == VisibilityUnknown {
			r.Visibility, r.Assumed = s.visibility, s.assumed
		}
	}
	g.rules = append(g.rules, r)
	return RuleID(len(g.rules) - 1)
}

func (g *gatherer) tokens(rows []tokenRule, signal Signal, surface Surface) {
	for _, row := range rows {
		g.add(Rule{ID: row.id, Signal: signal, Token: row.pattern, Source: row.source, Confidence: row.confidence,
			Platform: row.platform, Cite: row.cite, surface: surface})
	}
}

// agents gathers the User-Agent tables in the order of the decision.
func (g *gatherer) agents(t *tableSet) {
	t.agentRules = RuleID(len(g.rules))
	g.tokens(fetchers, SignalFetcher, Fetcher)
	g.tokens(bots, SignalBot, Fetcher)
	g.tokens(apps, SignalUserAgent, InApp)
	t.botWordsFrom = len(g.rules) - int(t.agentRules)
	g.tokens(botWords, SignalBot, Fetcher)
	written := make([]string, 0, len(g.rules))
	for _, r := range g.rules[t.agentRules:] {
		written = append(written, r.Token)
	}
	t.agents = newMatcher(written)
}

func gather() ([]Rule, *tableSet) {
	g := &gatherer{rules: make([]Rule, 0, manyRules)}
	for _, r := range singleRules {
		g.add(r)
	}
	t := &tableSet{}
	g.agents(t)
	g.packages(t)
	g.hosts(t)
	g.params(t)
	return g.rules, t
}

func (g *gatherer) packages(t *tableSet) {
	t.packages = make(packageTable, len(packages))
	for _, row := range packages {
		channel := ChannelNone
		if row.source == "" {
			channel = Referral
		}
		t.packages[row.name] = packageIDs{
			requestedWith: g.add(Rule{ID: "xrw." + row.name, Signal: SignalRequestedWith, Token: row.name, Source: row.source,
				Confidence: Strong, Cite: row.cite, surface: InApp}),
			app: g.add(Rule{ID: "app." + row.name, Signal: SignalAppReferer, Token: row.name, Source: row.source,
				Channel: channel, Confidence: Strong, Cite: row.cite, plain: Referral}),
		}
	}
}

func (g *gatherer) hosts(t *tableSet) {
	t.hosts = &hostTable{}
	add := func(r Rule) RuleID {
		r.Signal, r.plain = SignalReferer, r.Channel
		if r.plain == DarkSocial {
			r.plain = Social // no such tool has a channel for messengers
		}
		return g.add(r)
	}
	for _, group := range hostGroups {
		for _, row := range group.hosts {
			t.hosts.add(row.name, add(Rule{ID: "ref." + row.name, Token: row.name, Source: row.source, Channel: group.channel,
				Visibility: group.visibility, Assumed: group.assumed, Confidence: group.confidence, Cite: group.cite}))
		}
	}
	for _, c := range hostConventions {
		token := c.first + "."
		if c.last != "" {
			token = "." + c.last
		}
		t.hosts.addConvention(c, add(Rule{ID: c.id, Token: token, Source: c.source, Channel: c.channel,
			Visibility: c.visibility, Assumed: c.assumed, Confidence: c.confidence, Cite: c.cite}))
	}
}

func (g *gatherer) params(t *tableSet) {
	t.params = map[string]param{}
	uses := map[Signal]paramUse{SignalPaid: paramPaid, SignalCampaign: paramMail, SignalSoftClick: paramSoft}
	for _, row := range clickIDs {
		r := Rule{ID: "click." + row.name, Signal: row.signal, Token: row.name, Source: row.source, Confidence: Strong, Cite: row.cite}
		switch row.signal {
		case SignalPaid:
			r.Channel, r.Visibility = Paid, Public
		case SignalCampaign:
			r.Channel, r.Visibility = Campaign, Public
		case SignalSoftClick:
			r.Confidence = Likely // it stays on a link that is copied on
		}
		t.params[row.name] = param{use: uses[row.signal], rule: g.add(r)}
	}
	for i, names := range [][]string{paramSource: sourceParams, paramRef: refParams, paramMedium: mediumParams, paramCampaign: campaignParams} {
		for _, name := range names {
			t.params[name] = param{use: paramUse(i)}
		}
	}
	t.utmMediums = g.utm(utmMediums)
	t.utmSources = g.utm(utmSources)
	t.utmCampaigns = g.utm(utmCampaigns)

	t.sourceNames = make(map[string]string, len(sources))
	var buf [maxTag]byte
	for name := range sources {
		t.sourceNames[string(foldTag(&buf, name))] = name
	}
}

func (g *gatherer) utm(rows []utmRule) utmTable {
	t := utmTable{exact: map[string]RuleID{}}
	for _, row := range rows {
		r := Rule{ID: row.id, Signal: SignalCampaign, Token: row.value, Channel: Campaign, Confidence: Strong, Cite: "ga-channels", plain: row.channel}
		switch row.channel {
		case Paid:
			r.Signal, r.Channel, r.Visibility = SignalPaid, Paid, Public
		case Email:
			r.Visibility = Public // a newsletter is no message between people
		}
		t.add(row.value, g.add(r))
	}
	return t
}

// Version identifies the rule tables: a hash of every row, in order, and of the
// lists that verdicts hang on besides.
func Version() string { return version() }

var version = sync.OnceValue(func() string {
	var rows []byte // written by hand: formatting six thousand rules would take longer than the start of a program
	for _, r := range rules[1:] {
		for _, text := range [...]string{r.ID, r.Token, r.Source, r.Refines} {
			rows = append(append(rows, text...), 0)
		}
		rows = append(rows, byte(r.Signal), byte(r.Channel), byte(r.Visibility), byte(r.Confidence), byte(r.Platform), byte(r.surface), byte(r.plain))
		rows = strconv.AppendBool(rows, r.Assumed)
	}
	h := sha256.New()
	h.Write(rows)
	fmt.Fprintln(h, browserPackages, browserWords, tagAliases, sourceParams, refParams, mediumParams, campaignParams,
		bareBrowsers.patterns, engines.patterns, compatibleBrowsers, pageStatus, pageTypes, assetExtensions, programPaths, programNames)
	return hex.EncodeToString(h.Sum(nil)[:6])
})

// Rules returns every rule, in the order of the tables.
func Rules() []Rule { return rules[1:] }

// RuleOf returns the rule behind a RuleID in a label's evidence.
func RuleOf(id RuleID) *Rule { return &rules[id] }
