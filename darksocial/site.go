package darksocial

import (
	"slices"
	"strings"
)

// Site is what the owner tells us about a site, usually in a JSON file (see
// ParseSite). The zero Site is usable: a visit's own host is then the site.
type Site struct {
	// Hosts are the site's own. Each stands for itself and all below it.
	Hosts []string `json:"hosts"`
	// Packages are the site's own Android apps: a visit inside one is internal.
	Packages []string `json:"packages"`
	// OwnChannels are the utm values of the site's own posts in messengers and
	// networks: a campaign, seen by all, whatever app it was read in.
	OwnChannels []OwnChannel `json:"own_channels"`
	// Topics give pages a topic by their path. The first that fits wins.
	Topics []Topic `json:"topics"`
	// Pages says how paths become page names.
	Pages PageRules `json:"pages"`
	// TimeZone is the IANA name of the time zone the site's days are of, such as
	// "Europe/Berlin". Empty means UTC.
	TimeZone string `json:"time_zone"`
	// Doors are the ways by which page views of the site are counted, of DoorNames;
	// what another door saw adds to what they saw and counts for nothing by itself.
	// Empty means all.
	Doors []string `json:"doors"`
	// CodeParameter is the name of the parameter by which a page's address carries a
	// share code. Empty means DefaultCodeParameter.
	CodeParameter string `json:"code_parameter"`
	// ChainDecay is the factor by which each share of a chain before the last is worth
	// less for a purchase, by the rule chain_decay: from 0.001 to 1. 0 means 0.5.
	ChainDecay float64 `json:"chain_decay"`
	// RefundDays is for how many days an order is known, so that a refund can be told of
	// it: up to 400. 0 means 180.
	RefundDays int `json:"refund_days"`
	// OrderTable makes a table of single orders, with the shop's own numbers.
	OrderTable bool `json:"order_table"`
	// LogFields are the keys of the site's JSON logs, if it has such logs.
	LogFields *FieldMap `json:"log_fields"`
}

// DoorNames are the ways by which page views are seen: an access log in files, one
// as a stream, a page proxied by us, a script in the page. Where doors disagree on
// a page view's place and time, the first of them is believed. The last tells how a
// page was read that another door saw.
var DoorNames = [...]string{"log", "realtime", "route", "beacon", "read"}

// Counts reports whether what a door alone saw is counted.
func (s *Site) Counts(door string) bool {
	if len(s.Doors) == 0 {
		return door != "read"
	}
	return slices.Contains(s.Doors, door)
}

// CountsRequests reports whether a door counts that sees every request for a page
// that leaves the browser. The script in the page is then not alone.
func (s *Site) CountsRequests() bool {
	return s.Counts("log") || s.Counts("realtime") || s.Counts("route")
}

// OwnChannel is a set of utm values; an empty one is not asked for.
type OwnChannel struct {
	UTMSource   string `json:"utm_source"`
	UTMMedium   string `json:"utm_medium"`
	UTMCampaign string `json:"utm_campaign"`
	Source      string `json:"source"` // the app it was posted in, as in labels: "whatsapp"
}

// Topic names the topic of the pages under a path pattern.
type Topic struct {
	Path  string `json:"path"`
	Topic string `json:"topic"`
}

// PageRules holds path patterns: "*" is any one segment, a last "**" is any rest.
type PageRules struct {
	// Ignore lists paths that are no pages, such as "/api/**".
	Ignore []string `json:"ignore"`
	// Hide lists paths whose starred segments must not be stored, such as
	// "/orders/*": its pages are all counted as "/orders/*".
	Hide []string `json:"hide"`
}

// owns reports whether host is one of the site's. Without any listed, the
// visited host is the site, with and without www.
func (s *Site) owns(host, visited string) bool {
	if len(s.Hosts) == 0 {
		return host != "" && withoutWWW(host) == withoutWWW(visited)
	}
	for _, name := range s.Hosts {
		if under(host, name) {
			return true
		}
	}
	return false
}

func (s *Site) ownsPackage(name string) bool {
	for _, own := range s.Packages {
		if own == name {
			return true
		}
	}
	return false
}

// ownChannel returns the listed channel a link's tags belong to.
func (s *Site) ownChannel(t *tags) (OwnChannel, bool) {
	if !t.tagged() {
		return OwnChannel{}, false
	}
	for _, c := range s.OwnChannels {
		if sameTag(c.UTMSource, t.source) && sameTag(c.UTMMedium, t.medium) && sameTag(c.UTMCampaign, t.campaign) {
			return c, true
		}
	}
	return OwnChannel{}, false
}

func sameTag(want, value string) bool {
	if want == "" {
		return true
	}
	var a, b [maxTag]byte
	return string(foldTag(&a, want)) == string(foldTag(&b, value))
}

// Owns reports whether a host, in lower case and without port, is one of the site's.
// A site that lists none owns every host: it is all there is in its logs.
func (s *Site) Owns(host string) bool { return len(s.Hosts) == 0 || s.owns(host, host) }

// Topic returns the topic of a page, or "".
func (s *Site) Topic(page string) string {
	for _, t := range s.Topics {
		if PathFits(page, t.Path) {
			return t.Topic
		}
	}
	return ""
}

// PathFits reports whether a path fits a pattern of segments: "*" is any one
// segment, a last "**" is any rest, and none.
func PathFits(path, pattern string) bool {
	for {
		want, restPattern, moreWanted := strings.Cut(strings.TrimPrefix(pattern, "/"), "/")
		if want == "**" && !moreWanted {
			return true
		}
		path = strings.TrimPrefix(path, "/")
		have, restPath, more := strings.Cut(path, "/")
		if path == "" && want != "" || want != "*" && want != have {
			return false
		}
		if !moreWanted || restPattern == "" {
			return restPath == ""
		}
		if !more && restPattern != "**" {
			return false
		}
		path, pattern = restPath, restPattern
	}
}
