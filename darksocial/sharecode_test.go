package darksocial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const iPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"

// shareRow is a visit with a share code: what the code says beside what the request says.
type shareRow struct {
	name    string
	share   *Share // nil: nothing is known of the code
	referer string
	agent   string
	query   string
	want    string // channel source visibility confidence, and the evidence that the code gives
}

var shareRows = []shareRow{
	{"a messenger's button", &Share{Button: "whatsapp"}, "", iPhone, "", "dark_social whatsapp private certain code.button"},
	{"and its preview", &Share{Button: "whatsapp", Previews: []string{"whatsapp"}}, "", iPhone, "", "dark_social whatsapp private certain code.button code.preview"},
	{"and another app's preview", &Share{Button: "whatsapp", Previews: []string{"telegram"}}, "", iPhone, "", "dark_social whatsapp private strong code.button code.conflict"},
	{"a network's button", &Share{Button: "facebook"}, "", iPhone, "", "social facebook unknown certain code.button"},
	{"a button for a post", &Share{Button: "bluesky"}, "", iPhone, "", "social bluesky public certain code.button"},
	{"e-mail", &Share{Button: "email"}, "", iPhone, "", "email email private certain code.button"},

	{"a copied link", &Share{Button: "copy"}, "", iPhone, "", "dark_social - private unknown code.shared vis.assumed"},
	{"a copied link, previewed", &Share{Button: "copy", Previews: []string{"signal"}}, "", iPhone, "", "dark_social signal private strong code.preview code.shared vis.assumed"},
	{"previewed in two apps", &Share{Button: "system", Previews: []string{"signal", "telegram"}}, "", iPhone, "", "dark_social - private unknown code.shared code.conflict vis.assumed"},
	{"and in a third", &Share{Button: "system", Previews: []string{"signal", "slack", "telegram"}}, "", iPhone, "", "dark_social - private unknown code.shared code.conflict vis.assumed"},
	{"previewed by a family, then by one of it", &Share{Button: "copy", Previews: []string{"facebook", "messenger"}}, "", iPhone, "", "dark_social messenger private strong code.preview code.shared"},
	{"a copied link that somebody posted", &Share{Button: "copy"}, "https://www.reddit.com/r/x/", iPhone, "", "social reddit public strong code.shared vis.assumed"},
	{"a copied link in an app's browser", &Share{Button: "copy"}, "", iPhone + " Instagram 360.0.0.30.80", "", "social instagram unknown certain code.shared"},

	{"a button beats the page before", &Share{Button: "telegram"}, "https://www.google.com/", iPhone, "", "dark_social telegram private certain code.button ref.google"},
	{"and an ad's click id", &Share{Button: "telegram"}, "", iPhone, "gclid=x", "dark_social telegram private certain code.button click.gclid"},
	{"an app of the same family says which", &Share{Button: "facebook"}, "", iPhone + " [FBAN/MessengerForiOS;FBAV/480.0.0.33.107]", "", "dark_social messenger private certain code.button"},

	{"the site's own post", &Share{Own: true, Source: "whatsapp"}, "", iPhone, "", "campaign whatsapp public certain code.own"},
	{"and whoever previews it", &Share{Own: true, Source: "whatsapp", Previews: []string{"telegram"}}, "", iPhone, "", "campaign whatsapp public certain code.own"},
	{"posted nobody said where", &Share{Own: true}, "https://t.me/", iPhone, "", "campaign telegram public certain code.own"},

	{"a code of which nothing is known", nil, "", iPhone, "", "direct - unknown unknown code.unknown"},
	{"and the page before", nil, "https://www.google.com/", iPhone, "", "search google unknown strong code.unknown"},
}

func TestShareCodes(t *testing.T) {
	c := New(Site{Hosts: []string{"example.com"}})
	for _, row := range shareRows {
		v := Visit{Host: "example.com", Path: "/a", Query: row.query, Referer: row.referer, UserAgent: row.agent, Sees: SeesReferer | SeesUserAgent, Method: "GET", Status: 200}
		f := c.Facts(&v)
		if row.share != nil {
			f.ReadShare(row.share)
		} else {
			f.ReadUnknownShare()
		}
		l := Resolve(&f)
		source := l.Source
		if source == "" {
			source = "-"
		}
		want := strings.Fields(row.want)
		assert.Equal(t, want[:4], []string{l.Channel.String(), source, l.Visibility.String(), l.Confidence.String()}, row.name)
		ids := map[string]bool{}
		for i := range l.Evidence.Len() {
			ids[RuleOf(l.Evidence.At(i)).ID] = true
		}
		for _, id := range want[4:] {
			if !strings.HasPrefix(id, "ref.google") { // its id names a host
				assert.True(t, ids[id], "%s: %s in %v", row.name, id, ids)
			}
		}
		assert.Equal(t, KindVisit, l.Kind, row.name)
		assert.NotEmpty(t, Explain(&f, &l).Verdict)
	}
}

// TestPreviewsInAnyOrder: which preview of a shared link was seen first changes nothing.
func TestPreviewsInAnyOrder(t *testing.T) {
	apps := []string{"facebook", "messenger", "signal", "whatsapp", "google_chat"}
	for _, button := range []string{"copy", "facebook", "messenger", "whatsapp"} {
		for a := range apps {
			for b := range apps {
				there, back := Facts{}, Facts{}
				there.ReadShare(&Share{Button: button, Previews: []string{apps[a], apps[b]}})
				back.ReadShare(&Share{Button: button, Previews: []string{apps[b], apps[a]}})
				require.Equal(t, Resolve(&there), Resolve(&back), "%s %s %s", button, apps[a], apps[b])
			}
		}
	}
}

// TestClicksInsideStayInside: a code that stands in the address of a page that was there
// already, or was come to from within, makes no arrival of it.
func TestClicksInsideStayInside(t *testing.T) {
	c := New(Site{Hosts: []string{"example.com"}})
	for _, v := range []Visit{
		{Referer: "https://example.com/b", Sees: SeesReferer | SeesUserAgent},
		{Headers: Headers{FetchSite: "same-origin"}, Sees: SeesAll},
		{Navigation: Reload, Sees: SeesReferer | SeesUserAgent},
	} {
		v.Host, v.Path, v.UserAgent = "example.com", "/a", iPhone
		f := c.Facts(&v)
		f.ReadShare(&Share{Button: "whatsapp"})
		assert.Equal(t, KindInternal, Resolve(&f).Kind)
	}
}

func TestProvesShare(t *testing.T) {
	c := New(Site{})
	for agent, want := range map[string]string{
		"WhatsApp/2.24.10.74 A":         "whatsapp",
		"WhatsApp/2":                    "signal",
		"TelegramBot (like TwitterBot)": "telegram",
		"facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)":                                     "facebook",
		"Mozilla/5.0 (compatible; MicrosoftPreview/2.0; +https://aka.ms/MicrosoftPreview)":                              "", // Microsoft's sandbox
		"Mozilla/5.0 (compatible; Yahoo Link Preview; https://help.yahoo.com/kb/mail/yahoo-link-preview-SLN23615.html)": "",
		"BingPreview/1.0b": "", "Iframely/1.3.1 (+https://iframely.com/docs/about)": "", "SomethingLinkPreview/1.0": "",
		"YoWhatsApp/2.1": "", // likely, no more
		iPhone:           "", "": "", "curl/8.5.0": "",
	} {
		l := c.Classify(&Visit{Host: "example.com", Path: "/a", UserAgent: agent, Sees: SeesUserAgent, Method: "GET", Status: 200})
		assert.Equal(t, want, l.ProvesShare(), agent)
	}
}
