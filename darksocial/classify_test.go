package darksocial

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// User-Agents of the policy table.
const (
	uaChrome    = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/155.0.0.0 Mobile Safari/537.36"
	uaSafari    = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
	uaWebView   = "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/BP2A.250705.008; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.7339.155 Mobile Safari/537.36"
	uaTelegram  = "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.7339.155 Mobile Safari/537.36"
	uaWhatsApp  = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.7390.70 Mobile Safari/537.36 [WA4A/2.25.33.70;]"
	uaFacebook  = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F79 [FBAN/FBIOS;FBAV/512.0.0.50.98;FBDV/iPhone15,4;FBSN/iOS;FBSV/17.5;IABMV/1]"
	uaMessenger = "Mozilla/5.0 (Linux; Android 13; SM-A546B Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36 [FB_IAB/Orca-Android;FBAV/462.0.0.30.109;]"
	uaGoogleApp = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/380.0.788317806 Mobile/15E148 Safari/604.1"
)

// policyCase is one visit and the label it must get; fields of the label left
// empty are zero.
type policyCase struct {
	name  string
	visit Visit
	want  want
}

type want struct {
	kind       Kind
	channel    Channel
	visibility Visibility
	source     string
	surface    Surface
	confidence Confidence
	directKind DirectKind
	before     Channel
	evidence   []string
}

// page is a visit of /a on www.example.com with everything in sight.
func page(change func(*Visit)) Visit {
	v := Visit{Host: "www.example.com", Path: "/a", UserAgent: uaChrome, Sees: SeesAll}
	change(&v)
	return v
}

// logged is the same seen by a log that has neither Sec-Fetch nor packages.
func logged(change func(*Visit)) Visit {
	v := page(change)
	v.Sees &^= SeesHeaders
	return v
}

var policySite = Site{
	Hosts:       []string{"example.com", "example-shop.de"},
	Packages:    []string{"com.example.news"},
	OwnChannels: []OwnChannel{{UTMSource: "WhatsApp-Kanal", Source: "whatsapp"}},
}

// policyCases follow the order of precedence.
var policyCases = []policyCase{
	// What it is.
	{"asset", page(func(v *Visit) { v.Path = "/app.css" }), want{kind: KindOther, surface: Browser, evidence: []string{"nav.extension", "sfs.absent"}}},
	{"asset for a bot", logged(func(v *Visit) { v.Path, v.UserAgent = "/a.png", "WhatsApp/2.25.33.70 A" }), want{kind: KindOther, surface: Fetcher, evidence: []string{"nav.extension", "fetch.whatsapp.version", "sfs.unknown"}}},
	{"preview in a messenger", logged(func(v *Visit) { v.UserAgent = "WhatsApp/2.25.33.70 A" }), want{KindPreview, DarkSocial, Private, "whatsapp", Fetcher, Certain, NotDirect, ChannelNone, []string{"fetch.whatsapp.version", "sfs.unknown", "vis.assumed"}}},
	{"preview of Signal", logged(func(v *Visit) { v.UserAgent = "WhatsApp/2" }), want{KindPreview, DarkSocial, Private, "signal", Fetcher, Strong, NotDirect, ChannelNone, []string{"fetch.signal.whatsapp2", "sfs.unknown", "vis.assumed"}}},
	{"preview in a feed", logged(func(v *Visit) { v.UserAgent = "facebookexternalhit/1.1" }), want{KindPreview, Social, VisibilityUnknown, "facebook", Fetcher, Certain, NotDirect, ChannelNone, []string{"fetch.facebook.externalhit", "sfs.unknown"}}},
	{"bot", logged(func(v *Visit) { v.UserAgent = "Mozilla/5.0 (compatible; ExampleBot/1.0)" }), want{kind: KindBot, surface: Fetcher, evidence: []string{"bot.word.bot", "sfs.unknown"}}},
	{"no User-Agent", logged(func(v *Visit) { v.UserAgent = "-" }), want{kind: KindBot, surface: Fetcher, evidence: []string{"bot.no-user-agent", "sfs.unknown"}}},
	{"headless brand", page(func(v *Visit) { v.Headers.Brands = `"HeadlessChrome";v="142"` }), want{kind: KindBot, surface: Fetcher, evidence: []string{"ch.headless", "sfs.absent"}}},
	{"prefetch", page(func(v *Visit) {
		v.Headers.Purpose, v.Headers.FetchSite, v.Referer = "prefetch;prerender", "cross-site", "https://www.google.com/"
	}), want{KindPrefetch, Search, VisibilityUnknown, "google", Browser, Strong, NotDirect, Search, []string{"ref.google.*", "purpose.prefetch", "sfs.cross-site"}}},

	// Inside the site.
	{"own Referer", logged(func(v *Visit) { v.Referer = "https://www.example.com/" }), want{kind: KindInternal, surface: Browser, evidence: []string{"site.referer", "sfs.unknown"}}},
	{"own Referer below a listed host", logged(func(v *Visit) { v.Referer = "https://shop.example.com:8443/x" }), want{kind: KindInternal, surface: Browser, evidence: []string{"site.referer", "sfs.unknown"}}},
	{"own Referer on another listed host", logged(func(v *Visit) { v.Referer = "https://www.example-shop.de/" }), want{kind: KindInternal, surface: Browser, evidence: []string{"site.referer", "sfs.unknown"}}},
	{"own Referer and a tag", logged(func(v *Visit) { v.Referer, v.Query = "https://www.example.com/", "utm_source=teaser" }), want{kind: KindInternal, surface: Browser, evidence: []string{"site.referer", "utm.source.other", "sfs.unknown"}}},
	{"a host that only looks like ours", logged(func(v *Visit) { v.Referer = "https://www.example.com.evil.example/" }), want{KindVisit, Referral, VisibilityUnknown, "example.com.evil.example", Browser, Strong, NotDirect, Referral, []string{"ref.other", "sfs.unknown"}}},
	{"another that only looks like ours", logged(func(v *Visit) { v.Referer = "https://notexample.com/" }), want{KindVisit, Referral, VisibilityUnknown, "notexample.com", Browser, Strong, NotDirect, Referral, []string{"ref.other", "sfs.unknown"}}},
	{"own Referer, new landing inside an app", page(func(v *Visit) {
		v.Referer, v.Headers.FetchSite, v.UserAgent = "https://www.example.com/", "none", uaWhatsApp
	}), want{KindVisit, DarkSocial, Private, "whatsapp", InApp, Certain, NotDirect, Direct, []string{"ua.whatsapp.wa4a", "site.referer", "sfs.none", "vis.assumed"}}},
	{"own Referer, sent back from elsewhere", page(func(v *Visit) { v.Referer, v.Headers.FetchSite = "https://www.example.com/", "cross-site" }), want{KindVisit, Direct, VisibilityUnknown, "", Browser, ConfidenceUnknown, HiddenWeb, Direct, []string{"site.referer", "sfs.cross-site"}}},
	{"own link prerendered", page(func(v *Visit) {
		v.Referer, v.Headers.FetchSite, v.Headers.Purpose = "https://www.example.com/", "none", "prefetch;prerender"
	}), want{kind: KindPrefetch, surface: Browser, channel: Direct, directKind: TypedOrApp, before: Direct, evidence: []string{"purpose.prefetch", "site.referer", "sfs.none"}}},
	{"same-site from a host nobody listed", Visit{Host: "www.elsewhere.example", Path: "/a", UserAgent: uaChrome, Referer: "https://shop.elsewhere.example/", Sees: SeesAll, Headers: Headers{FetchSite: "same-site"}}, want{kind: KindInternal, surface: Browser, evidence: []string{"site.same", "ref.other"}}},
	{"same-origin without Referer", page(func(v *Visit) { v.Headers.FetchSite = "same-origin" }), want{kind: KindInternal, surface: Browser, evidence: []string{"site.same"}}},
	{"own app", page(func(v *Visit) { v.Headers.RequestedWith, v.UserAgent = "com.example.news", uaWebView }), want{kind: KindInternal, surface: InApp, evidence: []string{"site.package", "shape.android-webview", "sfs.absent"}}},

	// The link's own marks.
	{"paid click id beats all", page(func(v *Visit) {
		v.Query, v.Referer = "gclid=Cj0&utm_source=news&utm_medium=email", "https://www.google.com/"
	}), want{KindVisit, Paid, Public, "google", Browser, Strong, NotDirect, Email, []string{"click.gclid", "utm.medium.email", "utm.source.other", "ref.google.*", "sfs.absent"}}},
	{"paid medium", logged(func(v *Visit) { v.Query = "utm_source=facebook&utm_medium=cpc" }), want{KindVisit, Paid, Public, "facebook", Browser, Strong, NotDirect, Paid, []string{"utm.medium.cpc", "utm.source.other", "sfs.unknown"}}},
	{"own channel", logged(func(v *Visit) { v.Query, v.UserAgent = "utm_source=whatsapp_kanal", uaWhatsApp }), want{KindVisit, Campaign, Public, "whatsapp", InApp, Certain, NotDirect, Campaign, []string{"site.utm", "utm.source.other", "ua.whatsapp.wa4a", "sfs.unknown"}}},
	{"campaign beats Referer", logged(func(v *Visit) { v.Query, v.Referer = "utm_source=partner", "https://www.google.com/" }), want{KindVisit, Campaign, VisibilityUnknown, "", Browser, Strong, NotDirect, Campaign, []string{"utm.source.other", "ref.google.*", "sfs.unknown"}}},
	{"newsletter", logged(func(v *Visit) { v.Query = "mc_cid=1a2b3c" }), want{KindVisit, Campaign, Public, "mailchimp", Browser, Strong, NotDirect, Direct, []string{"click.mc_cid", "sfs.unknown"}}},
	{"assistant's tag", logged(func(v *Visit) { v.Query = "utm_source=chatgpt.com" }), want{KindVisit, AI, VisibilityUnknown, "chatgpt", Browser, Strong, NotDirect, AI, []string{"utm.assistant", "sfs.unknown"}}},

	// The page or app before.
	{"search", logged(func(v *Visit) { v.Referer = "https://www.google.co.uk/" }), want{KindVisit, Search, VisibilityUnknown, "google", Browser, Strong, NotDirect, Search, []string{"ref.google.*", "sfs.unknown"}}},
	{"a search nobody lists", logged(func(v *Visit) { v.Referer = "https://finder.example/web/search.php?q=moor" }), want{KindVisit, Search, VisibilityUnknown, "finder.example", Browser, Possible, NotDirect, Referral, []string{"ref.path.search", "sfs.unknown"}}},
	{"a page about searching", logged(func(v *Visit) { v.Referer = "https://blog.example/how-to-search/" }), want{KindVisit, Referral, VisibilityUnknown, "blog.example", Browser, Strong, NotDirect, Referral, []string{"ref.other", "sfs.unknown"}}},
	{"a messenger's web client", page(func(v *Visit) { v.Referer, v.Headers.FetchSite = "https://web.whatsapp.com/", "cross-site" }), want{KindVisit, DarkSocial, Private, "whatsapp", Browser, Likely, NotDirect, Social, []string{"ref.web.whatsapp.com", "sfs.cross-site", "vis.assumed"}}},
	{"another site inside an app", logged(func(v *Visit) { v.Referer, v.UserAgent = "https://blog.example/", uaFacebook }), want{KindVisit, Referral, VisibilityUnknown, "blog.example", InApp, Strong, NotDirect, Referral, []string{"ref.other", "ua.facebook.fbios", "sfs.unknown"}}},
	{"a link shim, refined by the app", logged(func(v *Visit) { v.Referer, v.UserAgent = "https://l.facebook.com/", uaMessenger }), want{KindVisit, DarkSocial, Private, "messenger", InApp, Certain, NotDirect, Social, []string{"ua.messenger.iab-orca", "ref.l.facebook.com", "sfs.unknown"}}},
	{"search inside the search app", logged(func(v *Visit) { v.Referer, v.UserAgent = "https://www.google.com/", uaGoogleApp }), want{KindVisit, Search, VisibilityUnknown, "google_app", InApp, Certain, NotDirect, Search, []string{"ua.google_app.gsa", "ref.google.*", "sfs.unknown"}}},
	{"app Referer", logged(func(v *Visit) { v.Referer = "android-app://org.telegram.messenger/" }), want{KindVisit, DarkSocial, Private, "telegram", Browser, Strong, NotDirect, Referral, []string{"app.org.telegram", "sfs.unknown", "vis.assumed"}}},
	{"Referer that is no address", logged(func(v *Visit) { v.Referer = "blap" }), want{KindVisit, Direct, VisibilityUnknown, "", Browser, ConfidenceUnknown, DirectUnknown, Direct, []string{"sfs.unknown", "ref.unreadable"}}},

	// The app around the page.
	{"package beats the User-Agent", page(func(v *Visit) { v.Headers.RequestedWith, v.UserAgent = "com.facebook.orca", uaWebView }), want{KindVisit, DarkSocial, Private, "messenger", InApp, Strong, NotDirect, Direct, []string{"xrw.com.facebook.orca", "shape.android-webview", "sfs.absent"}}},
	{"package of a browser takes the shape back", page(func(v *Visit) {
		v.Headers.RequestedWith, v.UserAgent = "com.duckduckgo.mobile.android", uaTelegram
	}), want{KindVisit, Direct, VisibilityUnknown, "", Browser, ConfidenceUnknown, DirectUnknown, Direct, []string{"xrw.browser", "shape.telegram", "sfs.absent"}}},
	{"package nobody lists", page(func(v *Visit) { v.Headers.RequestedWith, v.UserAgent = "net.unheard.of", uaWebView }), want{KindVisit, Direct, VisibilityUnknown, "", InApp, ConfidenceUnknown, DirectUnknown, Direct, []string{"xrw.other", "shape.android-webview", "sfs.absent"}}},
	{"script's X-Requested-With", page(func(v *Visit) { v.Headers.RequestedWith = "XMLHttpRequest" }), want{KindVisit, Direct, VisibilityUnknown, "", Browser, ConfidenceUnknown, DirectUnknown, Direct, []string{"sfs.absent"}}},
	{"named in the User-Agent", logged(func(v *Visit) { v.UserAgent = uaWhatsApp }), want{KindVisit, DarkSocial, Private, "whatsapp", InApp, Certain, NotDirect, Direct, []string{"ua.whatsapp.wa4a", "sfs.unknown", "vis.assumed"}}},
	{"feed or message", logged(func(v *Visit) { v.UserAgent = uaFacebook }), want{KindVisit, Social, VisibilityUnknown, "facebook", InApp, Certain, NotDirect, Direct, []string{"ua.facebook.fbios", "sfs.unknown"}}},
	{"named on a system the app does not run on", logged(func(v *Visit) {
		v.UserAgent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 [WA4A/2.25.33.70;]"
	}), want{KindVisit, DarkSocial, Private, "whatsapp", InApp, Strong, NotDirect, Direct, []string{"ua.whatsapp.wa4a", "sfs.unknown", "vis.assumed"}}},
	{"soft click id", logged(func(v *Visit) { v.Query = "fbclid=IwY2" }), want{KindVisit, Social, VisibilityUnknown, "facebook", Browser, Likely, NotDirect, Direct, []string{"click.fbclid", "sfs.unknown"}}},
	{"soft click id, refined by the app", logged(func(v *Visit) { v.Query, v.UserAgent = "fbclid=IwY2", uaMessenger }), want{KindVisit, DarkSocial, Private, "messenger", InApp, Certain, NotDirect, Direct, []string{"ua.messenger.iab-orca", "click.fbclid", "sfs.unknown"}}},
	{"Telegram's shape", logged(func(v *Visit) { v.UserAgent = uaTelegram }), want{KindVisit, DarkSocial, Private, "telegram", InApp, Likely, NotDirect, Direct, []string{"shape.telegram", "sfs.unknown", "vis.assumed"}}},
	{"a web view that names nothing", page(func(v *Visit) {
		v.UserAgent, v.Headers.Brands, v.Headers.FetchSite = uaWebView, `"Android WebView";v="140", "Chromium";v="140"`, "none"
	}), want{KindVisit, Direct, VisibilityUnknown, "", InApp, ConfidenceUnknown, TypedOrApp, Direct, []string{"shape.android-webview", "ch.webview", "sfs.none"}}},

	// Direct, taken apart.
	{"typed or app", page(func(v *Visit) { v.Headers.FetchSite = "none" }), want{KindVisit, Direct, VisibilityUnknown, "", Browser, ConfidenceUnknown, TypedOrApp, Direct, []string{"sfs.none"}}},
	{"hidden web", page(func(v *Visit) { v.Headers.FetchSite = "cross-site" }), want{KindVisit, Direct, VisibilityUnknown, "", Browser, ConfidenceUnknown, HiddenWeb, Direct, []string{"sfs.cross-site"}}},
	{"old browser", page(func(v *Visit) { v.UserAgent = uaSafari }), want{KindVisit, Direct, VisibilityUnknown, "", Browser, ConfidenceUnknown, DirectUnknown, Direct, []string{"sfs.absent"}}},
	{"a door without headers", logged(func(v *Visit) {}), want{KindVisit, Direct, VisibilityUnknown, "", Browser, ConfidenceUnknown, DirectUnknown, Direct, []string{"sfs.unknown"}}},
	{"a door that sees nothing", Visit{Host: "www.example.com", Path: "/a"}, want{KindVisit, Direct, VisibilityUnknown, "", SurfaceUnknown, ConfidenceUnknown, DirectUnknown, ChannelNone, []string{"sfs.unknown"}}},
	{"cross-site at a door without Referer", Visit{Host: "www.example.com", Path: "/a", Sees: SeesHeaders, Headers: Headers{FetchSite: "cross-site"}}, want{KindVisit, Direct, VisibilityUnknown, "", SurfaceUnknown, ConfidenceUnknown, DirectUnknown, ChannelNone, []string{"sfs.cross-site"}}},
}

func TestPolicy(t *testing.T) {
	c := New(policySite)
	for _, tt := range policyCases {
		t.Run(tt.name, func(t *testing.T) {
			l := c.Classify(&tt.visit)
			got := want{l.Kind, l.Channel, l.Visibility, l.Source, l.Surface, l.Confidence, l.DirectKind, l.ByReferrer, evidenceIDs(&l)}
			assert.Equal(t, tt.want, got)
		})
	}
}

// TestResolveIsClassify: a verdict on stored facts is the verdict on the visit.
func TestResolveIsClassify(t *testing.T) {
	c := New(policySite)
	for _, tt := range policyCases {
		f := c.Facts(&tt.visit)
		again := f
		assert.Equal(t, c.Classify(&tt.visit), Resolve(&f), tt.name)
		assert.Equal(t, again, f, "%s: Resolve must leave the facts alone", tt.name)
	}
}

// TestUnknownIsNotAbsent: a door that sees less may say less, never other.
func TestUnknownIsNotAbsent(t *testing.T) {
	c := New(policySite)
	for _, tt := range policyCases {
		v := tt.visit
		v.Sees = 0
		f := c.Facts(&v)
		assert.NotContains(t, ids(&f.Evidence), "sfs.absent", tt.name)
		assert.NotEqual(t, No, f.Objection, tt.name)
		assert.NotEqual(t, No, f.Prefetch, tt.name)
	}
}

// TestWithoutSite: the visited host is the site when nobody says otherwise.
func TestWithoutSite(t *testing.T) {
	c := New(Site{})
	for _, tt := range []struct {
		host, referer string
		want          Kind
	}{
		{"www.example.com", "https://example.com/", KindInternal},
		{"example.com", "https://www.example.com/a?b", KindInternal},
		{"EXAMPLE.com", "https://Example.COM/", KindInternal},
		{"example.com", "https://shop.example.com/", KindVisit},
		{"example.com", "https://example.com.evil.example/", KindVisit},
		{"", "https://example.com/", KindVisit},
	} {
		v := Visit{Host: tt.host, Path: "/", Referer: tt.referer, UserAgent: uaSafari, Sees: SeesReferer | SeesUserAgent}
		assert.Equal(t, tt.want, c.Classify(&v).Kind, "%s from %s", tt.host, tt.referer)
	}
}

// TestEvidenceHoldsAll: a visit that shows every signal at once loses none.
func TestEvidenceHoldsAll(t *testing.T) {
	c := New(policySite)
	v := page(func(v *Visit) {
		v.Path, v.UserAgent = "/a.css", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22F76 [FBAN/FBIOS;FBOP/80]"
		v.Query = "gclid=1&mc_cid=1&fbclid=1&utm_source=whatsapp-kanal&utm_medium=email&utm_campaign=x"
		v.Referer = "android-app://com.goodreads.kindle/"
		v.Headers = Headers{RequestedWith: "net.unheard.of", FetchSite: "same-origin", Purpose: "prefetch", Brands: `"HeadlessChrome", "Android WebView"`}
	})
	l := c.Classify(&v)
	assert.Equal(t, []string{"nav.extension", "ch.headless", "purpose.prefetch", "site.same", "click.gclid", "site.utm", "click.mc_cid", "utm.medium.email",
		"utm.source.other", "utm.campaign.other", "ref.goodreads.com", "xrw.other", "ua.facebook.fbios", "click.fbclid", "shape.messenger-fbop80", "ch.webview", "app.reversed-host"}, evidenceIDs(&l))
	assert.LessOrEqual(t, l.Evidence.Len()+3, maxEvidence, "the signals that exclude those here must fit as well")
}

func TestClassifyAllocatesNothing(t *testing.T) {
	c := New(policySite)
	for _, tt := range policyCases {
		c.Classify(&tt.visit) // the User-Agent is known from now on
		allocs := testing.AllocsPerRun(20, func() { c.Classify(&tt.visit) })
		assert.Zero(t, allocs, tt.name)
	}
}

func evidenceIDs(l *Label) []string { return ids(&l.Evidence) }

func ids(e *Evidence) []string {
	var list []string
	for i := range e.Len() {
		list = append(list, rules[e.At(i)].ID)
	}
	return list
}
