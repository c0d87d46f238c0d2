package darksocial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// tagged returns the evidence and label of a visit whose link has a query.
func tagged(site Site, query string) (Facts, Label) {
	v := logged(func(v *Visit) { v.Query = query })
	c := New(site)
	f := c.Facts(&v)
	return f, Resolve(&f)
}

// TestUTMRules: every row is reached, by its value in any spelling.
func TestUTMRules(t *testing.T) {
	for _, table := range []struct {
		param string
		rows  []utmRule
	}{
		{"utm_source", utmSources},
		{"utm_medium", utmMediums},
		{"utm_campaign", utmCampaigns},
	} {
		for _, row := range table.rows {
			t.Run(row.id, func(t *testing.T) {
				value := strings.ReplaceAll(row.value, "*", "zz-")
				for _, written := range []string{value, strings.ToUpper(value), strings.ReplaceAll(value, "-", "_"), strings.ReplaceAll(value, "-", "+"), strings.ReplaceAll(value, "-", "%20")} {
					f, l := tagged(Site{}, table.param+"="+written)
					assert.Contains(t, ids(&f.Evidence), row.id, written)
					if row.channel == Paid {
						assert.Equal(t, Paid, l.Channel, written)
						assert.Equal(t, Public, l.Visibility, written)
					} else {
						assert.Equal(t, Campaign, l.Channel, written)
					}
					assert.Equal(t, row.channel, l.ByReferrer, written)
				}
			})
		}
	}
}

func TestTagValues(t *testing.T) {
	for _, tt := range []struct {
		query   string
		channel Channel
		source  string
	}{
		// Names of ours, in any spelling, and their aliases.
		{"utm_source=whatsapp", Campaign, "whatsapp"},
		{"utm_source=WhatsApp", Campaign, "whatsapp"},
		{"utm_source=google_app", Campaign, "google_app"},
		{"utm_source=google-app", Campaign, "google_app"},
		{"utm_source=Google%20App", Campaign, "google_app"},
		{"utm_source=fb", Campaign, "facebook"},
		{"utm_source=IG", Campaign, "instagram"},
		{"utm_source=threads", Campaign, "threads"},
		{"utm_source=partner", Campaign, ""},
		{"ref=producthunt", Campaign, ""},

		// Hosts the tables know.
		{"utm_source=l.facebook.com", Campaign, "facebook"},
		{"utm_source=reddit.com", Campaign, "reddit"},
		{"utm_source=https%3A%2F%2Fwww.reddit.com%2Fr%2Fgo", Campaign, "reddit"},
		{"utm_source=http://reddit.com/", Campaign, "reddit"},
		{"utm_source=notreddit.com", Campaign, ""},
		{"utm_source=.", Campaign, ""},
		{"utm_source=..", Campaign, ""},

		// Assistants tag their links by themselves.
		{"utm_source=chatgpt.com", AI, "chatgpt"},
		{"utm_source=ChatGPT.com", AI, "chatgpt"},
		{"utm_source=https://chatgpt.com/", AI, "chatgpt"},
		{"utm_source=openai", AI, "chatgpt"},
		{"utm_source=perplexity", AI, "perplexity"},
		{"ref=chatgpt.com", AI, "chatgpt"},

		// Paid.
		{"utm_source=google&utm_medium=cpc", Paid, "google"},
		{"utm_source=fb&utm_medium=paid_social", Paid, "facebook"},
		{"utm_source=chatgpt.com&utm_medium=cpc", Paid, "chatgpt"},
		{"utm_medium=cpc", Paid, ""},
		{"utm_source=google-ads", Paid, ""},
		{"utm_source=googleads", Paid, "google"},
		{"utm_source=adwords", Paid, "google"},
		{"utm_campaign=cross-network&utm_source=google", Paid, "google"},
		{"utm_source=news&utm_medium=email&gclid=1", Paid, "google"},

		// Words that only end in "ads".
		{"utm_source=downloads", Campaign, ""},
		{"utm_source=leads", Campaign, ""},

		// Mail tools.
		{"mc_cid=1", Campaign, "mailchimp"},
		{"mc_cid=1&utm_source=brief", Campaign, "mailchimp"},
	} {
		_, l := tagged(Site{}, tt.query)
		assert.Equal(t, tt.channel, l.Channel, tt.query)
		assert.Equal(t, tt.source, l.Source, tt.query)
	}
}

// TestTagAliases: an alias means a name of ours, and its spelling is how values
// are compared.
func TestTagAliases(t *testing.T) {
	for alias, name := range tagAliases {
		var buf [maxTag]byte
		assert.Equal(t, alias, string(foldTag(&buf, alias)), "never found")
		assert.NotEmpty(t, sources[name].title, "%s stands for %q, which sources.go does not have", alias, name)
		assert.Empty(t, sources[alias].title, "%s is a name of its own", alias)
		got, assistant := tagSource([]byte(alias), alias)
		assert.Equal(t, name, got)
		assert.Equal(t, sources[name].channel == AI, assistant, alias)
	}
}

func TestOwnChannels(t *testing.T) {
	site := Site{OwnChannels: []OwnChannel{
		{UTMSource: "Kanal", UTMMedium: "post", Source: "whatsapp"},
		{UTMSource: "Kanal", Source: "telegram"},
		{UTMCampaign: "story 2026", Source: "instagram"},
		{UTMSource: "werbung", Source: "facebook"},
	}}
	for _, tt := range []struct{ query, want string }{
		{"utm_source=kanal&utm_medium=POST", "whatsapp"},
		{"utm_source=KANAL&utm_medium=other", "telegram"},
		{"utm_source=kanal", "telegram"},
		{"utm_campaign=story_2026", "instagram"},
		{"utm_campaign=story%202026&utm_source=other", "instagram"},
		{"utm_source=kanal2", ""},
		{"utm_medium=post", ""},
		{"", ""},
	} {
		f, l := tagged(site, tt.query)
		assert.Equal(t, tt.want != "", f.Evidence.Has(ownChannel), tt.query)
		if tt.want != "" {
			assert.Equal(t, tt.want, l.Source, tt.query)
			assert.Equal(t, Campaign, l.Channel, tt.query)
			assert.Equal(t, Public, l.Visibility, tt.query)
			assert.Equal(t, Certain, l.Confidence, tt.query)
		}
	}

	_, l := tagged(site, "utm_source=werbung&utm_medium=cpc")
	assert.Equal(t, Paid, l.Channel, "paid stays paid")
	assert.Equal(t, "facebook", l.Source)
}

func TestCampaignIsKept(t *testing.T) {
	f, _ := tagged(Site{}, "utm_source=A%20b&utm_medium=C&utm_campaign=d+e")
	assert.Equal(t, TagValues{"A%20b", "C", "d+e"}, f.Campaign)
	f, _ = tagged(Site{}, "mc_cid=1&fbclid=2")
	assert.Equal(t, TagValues{}, f.Campaign)
}

// TestImpersonal: no campaign value that is somebody's address is kept, however
// often it was escaped.
func TestImpersonal(t *testing.T) {
	for value, want := range map[string]string{
		"": "", "newsletter": "newsletter", "100%25": "100%25", "1240": "1240", "%2525": "%2525", "a%2Fb": "a%2Fb", "%": "%", "50%2540x": "*",
		"me@example.com": "*", "me%40example.com": "*", "me%2540example.com": "*", "me%252540example.com": "*", "a%25b%40": "*",
		"me%25%34%30example.com": "*", "me%4%30example.com": "*",
	} {
		assert.Equal(t, want, impersonal(value), value)
	}
	v := Visit{Path: "/", Query: "utm_source=me%40example.com&utm_medium=me@example.com&utm_campaign=%2540", UserAgent: uaSafari}
	facts := New(Site{}).Facts(&v)
	assert.Equal(t, TagValues{"*", "*", "*"}, facts.Campaign)
}
