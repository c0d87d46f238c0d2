package darksocial

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hostRow is a row of the tables with the id it has in hostFixture's table.
type hostRow struct {
	host
	group hostGroup
}

// hostFixture builds a table of all rows and conventions. A rule's id is its
// place in rows; the conventions' ids follow.
func hostFixture() (rows []hostRow, table *hostTable) {
	table = &hostTable{}
	for _, g := range hostGroups {
		for _, h := range g.hosts {
			table.add(h.name, RuleID(len(rows)))
			rows = append(rows, hostRow{h, g})
		}
	}
	for i, c := range hostConventions {
		table.addConvention(c, RuleID(len(rows)+i))
	}
	return rows, table
}

// meant lists hosts a name was written for.
func meant(name string) []string {
	host, _ := splitHostName(name)
	stem, starred := strings.CutSuffix(host, ".*")
	if !starred {
		return []string{host, "below.it." + host}
	}
	return []string{stem + ".com", stem + ".de", stem + ".co.uk", "www." + stem + ".com.br"}
}

func TestEveryHostFindsItsRule(t *testing.T) {
	rows, table := hostFixture()
	listed := map[string]bool{}
	for _, r := range rows {
		listed[r.name] = true
	}
	for _, r := range rows {
		_, path := splitHostName(r.name)
		for _, h := range meant(r.name) {
			if strings.HasSuffix(r.name, ".*") && listed[strings.TrimPrefix(h, "www.")] {
				continue // that country's host has a row of its own
			}
			got, ok := table.find(h, path)
			require.True(t, ok, "%s: %s", r.name, h)
			assert.Equal(t, r.name, rowName(rows, got), "%s%s", h, path)
		}
	}
}

func rowName(rows []hostRow, id RuleID) string {
	if int(id) < len(rows) {
		return rows[id].name
	}
	return hostConventions[int(id)-len(rows)].id
}

func TestHostRowsAreWellFormed(t *testing.T) {
	rows, _ := hostFixture()
	label := `[a-z0-9]([a-z0-9-]*[a-z0-9])?`
	valid := regexp.MustCompile(`^(req\.-hit-parade\.com|` + label + `(\.` + label + `)*\.(\*|` + label + `))(/[a-z0-9/_-]+)?$`)
	source := regexp.MustCompile(`^[a-z0-9][a-z0-9._+-]*$`)
	seen := map[string]bool{}
	for _, r := range rows {
		assert.Regexp(t, valid, r.name)
		assert.False(t, seen[r.name], "%s stands twice", r.name)
		seen[r.name] = true
		if r.source != "" {
			assert.Regexp(t, source, r.source, r.name)
		}
	}
	for _, c := range hostConventions {
		assert.False(t, seen[c.id], "%s stands twice", c.id)
		seen[c.id] = true
		assert.NotEmpty(t, c.first+c.last, c.id)
		assert.LessOrEqual(t, c.confidence, Likely, "%s: a habit proves nothing", c.id)
		assert.NotEmpty(t, citations[c.cite], c.id)
	}
	for _, g := range hostGroups {
		assert.NotEmpty(t, citations[g.cite], g.cite)
		assert.NotEqual(t, ChannelNone, g.channel)
		if g.visibility == Private {
			assert.True(t, g.assumed, "a host shows no reader list")
		}
	}
}

var hostCases = []struct {
	host, path string
	want       string // name of the row or id of the convention; "" = none
}{
	// Search, and what else stands below the engines' names.
	{"www.google.com", "/", "google.*"},
	{"google.de", "/search", "google.*"},
	{"www.google.com.pk", "", "google.*"},
	{"www.google.it.ao", "", "google.it.ao"},
	{"images.google.co.jp", "/imgres", "google.*"},
	{"news.google.com.py", "", "news.google.*"},
	{"docs.google.com", "/document", "docs.google.*"},
	{"mail.google.com", "/", "mail.google.*"},
	{"mail.google.com", "/mail/u/0", "mail.google.*"},
	{"mail.google.com", "/chat", "mail.google.com/chat"},
	{"mail.google.com", "/chat/u/0", "mail.google.com/chat"},
	{"mail.google.com", "/chatter", "mail.google.*"},
	{"messages.google.com", "/", "messages.google.com"},
	{"chat.google.com", "/", "chat.google.com"},
	{"gemini.google.com", "/app", "gemini.google.com"},
	{"google.com", "/aclk", "google.com/aclk"},
	{"r.search.yahoo.com", "", "search.yahoo.*"},
	{"de.images.search.yahoo.com", "", "search.yahoo.*"},
	{"us.mg5.mail.yahoo.com", "", "mail.yahoo.*"},
	{"mail.yahoo.co.uk", "", "mail.yahoo.*"},
	{"mail.yahoo.co.jp", "", "mail.yahoo.co.jp"},
	{"qc.yahoo.com", "", "yahoo.*"},
	{"uk.news.yahoo.com", "", "news.yahoo.*"},
	{"finance.yahoo.com", "", "finance.yahoo.*"},
	{"go.mail.ru", "", "go.mail.ru"},
	{"e.mail.ru", "", "e.mail.ru"},
	{"ask.com", "", "ask.*"},
	{"ask.fm", "", "ask.fm"},
	{"s3-us3.ixquick.com", "/do/search", "ixquick.*"},

	// Networks and messengers.
	{"l.facebook.com", "/l.php", "l.facebook.com"},
	{"de-de.facebook.com", "/", "facebook.com"},
	{"facebook.com", "/messages/t/1", "facebook.com/messages"},
	{"t.co", "/abc", "t.co"},
	{"x.com", "/i/grok", "x.com/i/grok"},
	{"x.com", "/i/grok/share/1", "x.com/i/grok"},
	{"x.com", "/i/grok?conversation=1", "x.com/i/grok"},
	{"x.com", "/i/groks", "x.com"},
	{"x.com", "/", "x.com"},
	{"web.whatsapp.com", "/", "web.whatsapp.com"},
	{"web.telegram.org", "/k/", "web.telegram.org"},
	{"blog.telegram.org", "/", "blog.telegram.org"},
	{"pinterest.co.uk", "", "pinterest.*"},
	{"br.pinterest.com", "", "pinterest.*"},
	{"someone.tumblr.com", "", "tumblr.com"},
	{"tripadvisor.com.au", "", "tripadvisor.*"},
	{"discord.com", "/channels/@me", "discord.com"},

	// Mail.
	{"outlook.live.com", "/mail/0/", "outlook.live.com"},
	{"bay172.mail.live.com", "", "mail.live.com"},
	{"live.com", "/test", "live.com"},
	{"deref-gmx.net", "", "deref-gmx.*"},
	{"bap.navigator.web.de", "", "navigator.web.de"},
	{"mailbusiness.ionos.co.uk", "", "mailbusiness.ionos.*"},
	{"orange.fr", "/webmail/fr_FR", "orange.fr/webmail"},
	{"orange.fr", "/webmails", "orange.fr"},
	{"eur01.safelinks.protection.outlook.com", "", "safelinks.protection.outlook.com"},
	{"example.us4.list-manage.com", "", "list-manage.com"},

	// Advertising.
	{"ad.doubleclick.net", "", "doubleclick.net"},
	{"tpc.safeframe.googlesyndication.com", "", "safeframe.googlesyndication.com"},
	{"syndicatedsearch.goog", "", "syndicatedsearch.goog"},

	// Names that only look like listed ones.
	{"notfacebook.com", "", ""},
	{"facebook.com.evil.example", "", ""},
	{"t.co.evil.example", "", ""},
	{"walmart.com", "", ""},
	{"xxt.co", "", ""},
	{"not-twitter.com", "", ""},
	{"mygoogle.com", "", ""},
	{"google.com.evil.example", "", ""},
	{"google.evil", "", ""},
	{"google.zip", "", ""},
	{"google.org", "", ""},
	{"yahoo.com.", "", ""}, // a caller cuts the final dot off
	{"com", "", ""},
	{"co.uk", "", ""},
	{"", "", ""},
	{".", "", ""},
	{"..", "", ""},
	{"192.0.2.7", "", ""},
	{"[2001:db8::1]", "", ""},
	{"example.com", "/facebook.com", ""},

	// Conventions.
	{"webmail.example.de", "", "ref.first.webmail"},
	{"webmail2.example.co.uk", "", "ref.first.webmail"},
	{"webmail.de", "", ""},
	{"mail.example.org", "", "ref.first.mail"},
	{"mail.co.uk", "", ""},
	{"mailing.example.org", "", ""},
	{"deref-example.de", "", "ref.first.deref"},
	{"search.example.com", "", "ref.first.search"},
	{"www.search.example.com", "", "ref.first.search"},
	{"research.example.com", "", ""},
	{"suche.example.de", "", "ref.first.suche"},
	{"mastodon.example", "", "ref.first.mastodon"},
	{"www.mastodon.example", "", "ref.first.mastodon"},
	{"mstdn.jp", "", "ref.first.mstdn"},
	{"social.example.org", "", "ref.first.social"},
	{"newserver.social", "", "ref.tld.social"},
	{"www.newserver.social", "", "ref.tld.social"},
	{"social-traffic.example.xyz", "", ""},
	{"forum.example.net", "", "ref.first.forum"},
}

func TestFindHost(t *testing.T) {
	rows, table := hostFixture()
	for _, c := range hostCases {
		got := ""
		if id, ok := table.find(c.host, c.path); ok {
			got = rowName(rows, id)
		}
		assert.Equal(t, c.want, got, "%s%s", c.host, c.path)
	}
}

// TestHostChannels says it in channels: which row proves them may change.
func TestHostChannels(t *testing.T) {
	rows, table := hostFixture()
	for _, c := range []struct {
		host       string
		channel    Channel
		visibility Visibility
	}{
		{"messages.google.com", DarkSocial, Private},
		{"web.whatsapp.com", DarkSocial, Private},
		{"t.me", DarkSocial, Private},
		{"app.slack.com", DarkSocial, Private},
		{"l.facebook.com", Social, VisibilityUnknown},
		{"www.instagram.com", Social, VisibilityUnknown},
		{"lnkd.in", Social, VisibilityUnknown},
		{"old.reddit.com", Social, Public},
		{"news.ycombinator.com", Social, Public},
		{"fosstodon.org", Social, Public},
		{"youtu.be", Social, Public},
		{"mail.google.com", Email, Private},
		{"us1.campaign-archive.com", Email, Public},
		{"www.google.com", Search, VisibilityUnknown},
		{"chatgpt.com", AI, VisibilityUnknown},
		{"perplexity.ai", AI, VisibilityUnknown},
		{"ad.doubleclick.net", Paid, Public},
		{"docs.google.com", Referral, VisibilityUnknown},
		{"translate.google.de", Referral, VisibilityUnknown},
		{"en.m.wikipedia.org", Referral, VisibilityUnknown},
	} {
		id, ok := table.find(c.host, "/")
		if assert.True(t, ok, c.host) {
			assert.Equal(t, c.channel, rows[id].group.channel, c.host)
			assert.Equal(t, c.visibility, rows[id].group.visibility, c.host)
		}
	}
}

func TestFindHostIsBounded(t *testing.T) {
	_, table := hostFixture()
	deep := strings.Repeat("a.", 120) + "google.com"
	require.LessOrEqual(t, len(deep), maxHost)
	_, ok := table.find(deep, "")
	assert.True(t, ok)
	_, ok = table.find("aaa."+deep, "")
	assert.False(t, ok, "longer than a name can be")
}

func TestFindHostDoesNotAllocate(t *testing.T) {
	_, table := hostFixture()
	allocs := testing.AllocsPerRun(100, func() {
		for _, c := range hostCases {
			table.find(c.host, c.path)
		}
	})
	assert.Zero(t, allocs)
}

// slowFind is find by its definition: a look at every row.
func slowFind(rows []hostRow, host, path string) string {
	best, bestDepth, bestStar, bestPath := "", 0, false, -1
	for _, r := range rows {
		name, prefix := splitHostName(r.name)
		if prefix != "" && !slices.ContainsFunc([]string{"/", "?", "#", ";"}, func(end string) bool { return strings.HasPrefix(path, prefix+end) }) && path != prefix {
			continue
		}
		depth, star := slowDepth(name, host)
		if depth == 0 {
			continue
		}
		better := depth > bestDepth ||
			depth == bestDepth && bestStar && !star ||
			depth == bestDepth && bestStar == star && len(prefix) > bestPath
		if better {
			best, bestDepth, bestStar, bestPath = r.name, depth, star, len(prefix)
		}
	}
	return best
}

// slowDepth returns how many of host's labels name covers, 0 if it does not fit.
func slowDepth(name, host string) (depth int, star bool) {
	labels := strings.Split(host, ".")
	if stem, ok := strings.CutSuffix(name, ".*"); ok {
		ending := slowEnding(labels)
		if ending == 0 || !slices.Equal(strings.Split(stem, "."), lastLabels(labels[:len(labels)-ending], strings.Count(stem, ".")+1)) {
			return 0, true
		}
		return strings.Count(stem, ".") + 1 + ending, true
	}
	if !slices.Equal(strings.Split(name, "."), lastLabels(labels, strings.Count(name, ".")+1)) {
		return 0, false
	}
	return strings.Count(name, ".") + 1, false
}

func slowEnding(labels []string) int {
	last := labels[len(labels)-1]
	switch {
	case len(labels) < 2:
		return 0
	case last == "com", last == "net":
		return 1
	case len(last) != 2:
		return 0
	case len(labels) > 2 && slices.Contains([]string{"co", "com", "net", "org", "or", "ne"}, labels[len(labels)-2]):
		return 2
	}
	return 1
}

func lastLabels(labels []string, n int) []string {
	if n > len(labels) {
		return nil
	}
	return labels[len(labels)-n:]
}

func TestFindHostAgreesWithItsSlowTwin(t *testing.T) {
	rows, table := hostFixture()
	table.conventions = nil
	check := func(host, path string) {
		got := ""
		if id, ok := table.find(host, path); ok {
			got = rowName(rows, id)
		}
		require.Equal(t, slowFind(rows, host, path), got, "%s%s", host, path)
	}
	for _, c := range hostCases {
		if c.host != "" {
			check(c.host, c.path)
		}
	}
	for i := 0; i < len(rows); i += 71 { // a sample: the twin is slow
		_, path := splitHostName(rows[i].name)
		for _, h := range meant(rows[i].name) {
			for _, variant := range []string{h, "www." + h, "mail." + h, "x" + h, h + ".example", h + ".com", h + ".co.uk"} {
				check(variant, path+"/below")
			}
		}
	}
}

func BenchmarkFindHost(b *testing.B) {
	_, table := hostFixture()
	for _, host := range []string{"www.google.com", "l.facebook.com", "de.images.search.yahoo.com", "blog.unlisted.example", strings.Repeat("a.", 120) + "example"} {
		b.Run(fmt.Sprintf("%.30s", host), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				table.find(host, "/")
			}
		})
	}
}
