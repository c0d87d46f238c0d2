package darksocial

import "strings"

// Facts is what one request shows, before any verdict. It is what is stored:
// Resolve can be asked again when its policy has become better, and the facts of
// one page view seen through two doors can be merged first.
//
// Strings point into the visit's.
type Facts struct {
	Evidence   Evidence
	Sees       Sight
	FetchSite  FetchSite
	Prefetch   Tri // the browser asked ahead of a click
	Objection  Tri // the browser objects to being counted as somebody: Sec-GPC, DNT or the site's opt-out
	Navigation Navigation
	Device     Device
	OS         string // "iOS", "Android", "Windows", "macOS", "Linux", "ChromeOS" or empty
	Browser    string // family of an ordinary browser, or empty
	Country    string

	RefererHost string // host of another site's Referer, without "www."
	Tagged      string // the source a campaign tag or own channel names, if a table knows it
	Campaign    TagValues

	// What the share code says by which the page was opened. It is not stored: see
	// ReadShare.
	SharedIn       string // the source that was shared in, or empty
	SharedPublicly bool

	// OffPlatform says that the app's token came with a system the app does not
	// run on, or with none.
	OffPlatform bool
	// Unnamed is a vendor's token in the User-Agent, or a package, that no table
	// knows: the next in-app browser shows up here first. Count it with Unnamed.
	Unnamed string
}

// TagValues are a link's campaign parameters, percent-encoded as in the query
// and bounded.
type TagValues struct{ Source, Medium, Name string }

// Tri is yes, no or unknown. Unknown is what a door could not see.
type Tri uint8

const (
	Unknown Tri = iota
	No
	Yes
)

// FetchSite is what Sec-Fetch-Site says.
type FetchSite uint8

const (
	FetchSiteUnknown FetchSite = iota // the door does not see it
	FetchSiteAbsent                   // the browser did not send it: it is old, or no browser
	FetchSiteNone                     // no page led here: address bar, bookmark, another app
	FetchSiteCross
	FetchSiteSame // same-site or same-origin
)

// Facts reads a visit. The evidence comes out strongest signal first.
func (c *Classifier) Facts(v *Visit) Facts {
	f := Facts{Sees: v.Sees, Country: v.Country, Navigation: v.Navigation}
	f.readHeaders(&v.Headers)
	var a agent
	if v.Sees.Has(SeesUserAgent) || v.UserAgent != "" {
		a = c.agents.read(v.UserAgent)
		f.Device, f.OS, f.Browser, f.Unnamed = a.device, a.os, a.browser, a.unnamed
	}
	if f.Device == DeviceUnknown && v.Headers.Mobile == "?1" {
		f.Device = Phone
	}
	ref := readReferer(v.Referer)
	link := readQuery(v.Query)

	f.found(c.notAPage(v))
	f.found(a.fetcher)
	f.found(a.bot)
	f.readAhead(&v.Headers)
	c.readInternal(&f, v, &ref)
	c.readTags(&f, &link)
	f.readReferer(&ref)
	f.readPackage(v.Headers.RequestedWith)
	f.found(a.app)
	f.OffPlatform = a.app != 0 && !a.onPlatform(&rules[a.app])
	f.found(link.soft)
	f.found(a.shape)
	if strings.Contains(v.Headers.Brands, `"Android WebView"`) {
		f.found(webViewBrand)
	}
	f.readFetchSite()
	return f
}

func (f *Facts) found(id RuleID) {
	if id != 0 {
		f.Evidence.add(id)
	}
}

func (f *Facts) readHeaders(h *Headers) {
	switch h.FetchSite {
	case "none":
		f.FetchSite = FetchSiteNone
	case "cross-site":
		f.FetchSite = FetchSiteCross
	case "same-origin", "same-site":
		f.FetchSite = FetchSiteSame
	default: // also what no browser says
		if f.Sees.Has(SeesHeaders) {
			f.FetchSite = FetchSiteAbsent
		}
	}
	switch {
	case h.GPC == "1", h.DNT == "1":
		f.Objection = Yes
	case f.Sees.Has(SeesHeaders):
		f.Objection = No
	}
	switch {
	case isPrefetch(h.Purpose):
		f.Prefetch = Yes
	case f.Sees.Has(SeesHeaders):
		f.Prefetch = No
	}
}

// isPrefetch knows Sec-Purpose ("prefetch", "prefetch;prerender") and what
// browsers sent before it: Purpose: prefetch, X-Purpose: preview, X-Moz: prefetch.
func isPrefetch(purpose string) bool {
	return strings.HasPrefix(purpose, "prefetch") || strings.HasPrefix(purpose, "prerender") || purpose == "preview"
}

// readAhead finds programs and browsers that no person is waiting behind.
func (f *Facts) readAhead(h *Headers) {
	if strings.Contains(h.Brands, "HeadlessChrome") {
		f.found(headlessBrand)
	}
	if f.Prefetch == Yes {
		f.found(prefetch)
	}
}

// readInternal finds what is the site's own: a page before, a word of the browser,
// an app, a page that was there already.
func (c *Classifier) readInternal(f *Facts, v *Visit, ref *origin) {
	if ref.kind == originWeb && c.site.owns(ref.host, bareHost(v.Host)) {
		f.found(siteReferer)
	}
	if f.FetchSite == FetchSiteSame {
		f.found(sameSite)
	}
	switch v.Navigation {
	case Reload:
		f.found(reloaded)
	case BackForward:
		f.found(wentBack)
	}
	if c.site.ownsPackage(v.Headers.RequestedWith) || ref.kind == originApp && c.site.ownsPackage(ref.host) {
		f.found(sitePackage)
	}
}

// readReferer finds whose page or app the Referer is.
func (f *Facts) readReferer(ref *origin) {
	switch ref.kind {
	case originUnreadable:
		f.found(unreadableReferer)
	case originApp:
		f.readApp(ref.host)
	case originWeb:
		if f.Evidence.Has(siteReferer) {
			return
		}
		if f.RefererHost = withoutWWW(ref.host); isAddress(ref.host) {
			f.RefererHost = left // somebody's router, or a proxy of somebody's
		}
		id, ok := tables.hosts.find(ref.host, ref.path)
		switch {
		case ok:
			f.found(id)
		case isSearchPage(ref.path):
			f.found(searchReferer)
		default:
			f.found(otherReferer)
		}
	}
}

// readApp finds the app an android-app Referer names. Android's packages are
// reversed host names: an unlisted com.goodreads.kindle is goodreads.com's.
func (f *Facts) readApp(name string) {
	if isBrowserPackage(name) {
		f.found(browserApp)
		return
	}
	if p, ok := tables.packages.find(name); ok {
		f.found(p.app)
		return
	}
	if id, ok := tables.hosts.find(reversed(name), "/"); ok {
		f.found(id)
		f.found(reversedHost)
		return
	}
	f.found(otherApp)
}

// readPackage finds the app whose WebView asks.
func (f *Facts) readPackage(name string) {
	switch {
	case !isPackage(name), strings.EqualFold(name, "XMLHttpRequest"): // a script asked, not a WebView
		return
	case f.Evidence.Has(sitePackage):
	case isBrowserPackage(name):
		f.found(browserPackage)
	default:
		if p, ok := tables.packages.find(name); ok {
			f.found(p.requestedWith)
			break
		}
		f.found(otherPackage)
		if f.Unnamed = name; !isAppName(name) {
			f.Unnamed = ""
		}
		return
	}
	f.Unnamed = "" // whose web view it is, is known
}

// readFetchSite adds what Sec-Fetch-Site says, as the last word.
func (f *Facts) readFetchSite() {
	switch f.FetchSite {
	case FetchSiteNone:
		f.found(fetchSiteNone)
	case FetchSiteCross:
		f.found(fetchSiteCross)
	case FetchSiteAbsent:
		f.found(fetchSiteAbsent)
	case FetchSiteUnknown:
		f.found(fetchSiteUnknown)
	}
}
