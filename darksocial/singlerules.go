package darksocial

// The rules that are no rows of a table: what is decided in code, or by the
// site's own file. They come first among all rules, so their ids are constants.
const (
	noRule RuleID = iota

	navMethod
	navStatus
	navOwn
	navDest
	navEmbedded
	navMode
	navType
	navExtension
	navName
	navIgnored

	noUserAgent
	formProgram
	formCompatible
	formEngine
	formKHTML
	headlessBrand

	prefetch

	siteReferer
	sitePackage
	sameSite
	reloaded
	wentBack
	codeOwn
	codeButton
	codePreview
	codeShared
	codeConflict
	codeUnknown

	ownChannel

	assistantTag
	otherReferer
	searchReferer
	unreadableReferer
	otherApp
	browserApp
	reversedHost
	otherPackage
	browserPackage

	shapeTelegram
	shapeMessengerFBOP
	shapeAndroidWebView
	shapeReducedWebView
	shapeIOSWebView
	webViewBrand

	fetchSiteNone
	fetchSiteCross
	fetchSiteAbsent
	fetchSiteUnknown

	assumed
)

var singleRules = [...]Rule{
	navMethod:    {ID: "nav.method", Signal: SignalNotPage, Token: "any method but GET"},
	navStatus:    {ID: "nav.status", Signal: SignalNotPage, Token: "a redirect or an error"},
	navOwn:       {ID: "nav.own", Signal: SignalNotPage, Token: "a path of ours: " + ownPath},
	navDest:      {ID: "nav.dest", Signal: SignalNotPage, Token: "Sec-Fetch-Dest other than document", Cite: "fetch-metadata"},
	navEmbedded:  {ID: "nav.embedded", Signal: SignalNotPage, Token: "Sec-Fetch-Dest of a frame in another page", Cite: "fetch-metadata"},
	navMode:      {ID: "nav.mode", Signal: SignalNotPage, Token: "Sec-Fetch-Mode other than navigate", Cite: "fetch-metadata"},
	navType:      {ID: "nav.type", Signal: SignalNotPage, Token: "an answer that is not HTML"},
	navExtension: {ID: "nav.extension", Signal: SignalNotPage, Token: "a file's extension"},
	navName:      {ID: "nav.name", Signal: SignalNotPage, Token: "a path that programs ask for"},
	navIgnored:   {ID: "nav.ignored", Signal: SignalNotPage, Token: "a path the site ignores"},

	noUserAgent:    {ID: "bot.no-user-agent", Signal: SignalBot, Token: "no User-Agent", Confidence: Strong, surface: Fetcher},
	formProgram:    {ID: "bot.form.program", Signal: SignalBot, Token: "a User-Agent no browser writes", Confidence: Likely, surface: Fetcher},
	formCompatible: {ID: "bot.form.compatible", Signal: SignalBot, Token: "compatible; and the name of no browser", Confidence: Strong, surface: Fetcher},
	formEngine:     {ID: "bot.form.engine", Signal: SignalBot, Token: "Mozilla without an engine", Confidence: Likely, surface: Fetcher},
	formKHTML:      {ID: "bot.form.khtml", Signal: SignalBot, Token: "more in (KHTML, like Gecko) than browsers write", Confidence: Strong, surface: Fetcher},
	headlessBrand:  {ID: "ch.headless", Signal: SignalBot, Token: "Sec-CH-UA with HeadlessChrome", Confidence: Certain, Cite: "mdn", surface: Fetcher},

	prefetch: {ID: "purpose.prefetch", Signal: SignalPrefetch, Token: "Sec-Purpose and its forerunners", Cite: "mdn"},

	siteReferer:  {ID: "site.referer", Signal: SignalInternal, Token: "a Referer of the site itself"},
	sitePackage:  {ID: "site.package", Signal: SignalInternal, Token: "the site's own app", surface: InApp},
	sameSite:     {ID: "site.same", Signal: SignalInternal, Token: "Sec-Fetch-Site same-origin or same-site", Cite: "fetch-metadata"},
	reloaded:     {ID: "site.reload", Signal: SignalInternal, Token: "the page was loaded again"},
	wentBack:     {ID: "site.back", Signal: SignalInternal, Token: "the page was gone back to"},
	codeOwn:      {ID: "code.own", Signal: SignalShareCode, Token: "a code made for a post of the site's own", Confidence: Certain},
	codeButton:   {ID: "code.button", Signal: SignalShareCode, Token: "a code made by a button for an app", Confidence: Certain},
	codePreview:  {ID: "code.preview", Signal: SignalShareCode, Token: "a code whose link an app drew a preview of", Confidence: Strong},
	codeShared:   {ID: "code.shared", Signal: SignalShared, Token: "a code made for a copied link or the system's share sheet", Channel: DarkSocial, Visibility: Private, Assumed: true},
	codeConflict: {ID: "code.conflict", Signal: SignalNote, Token: "the link of this code was previewed in several apps"},
	codeUnknown:  {ID: "code.unknown", Signal: SignalNote, Token: "a code of the site's of which nothing is known"},

	ownChannel: {ID: "site.utm", Signal: SignalOwnChannel, Token: "utm values the site lists", Channel: Campaign, Visibility: Public, Confidence: Certain},

	assistantTag:      {ID: "utm.assistant", Signal: SignalCampaign, Token: "an assistant in utm_source", Channel: AI, Confidence: Strong, Cite: "facts-ai", plain: AI},
	otherReferer:      {ID: "ref.other", Signal: SignalReferer, Token: "a site no table lists", Channel: Referral, Confidence: Strong, plain: Referral},
	searchReferer:     {ID: "ref.path.search", Signal: SignalReferer, Token: "a page of search results on a site no table lists", Channel: Search, Confidence: Possible, Cite: "convention", plain: Referral},
	unreadableReferer: {ID: "ref.unreadable", Signal: SignalNote, Token: "a Referer that is no address"},
	otherApp:          {ID: "app.other", Signal: SignalAppReferer, Token: "an app no table lists", Channel: Referral, Confidence: Strong, plain: Referral},
	browserApp:        {ID: "app.browser", Signal: SignalAppReferer, Token: "a browser", Cite: "dd-browsers", plain: Referral},
	reversedHost:      {ID: "app.reversed-host", Signal: SignalNote, Token: "the Referer is an app whose package is this site's reversed name"},
	otherPackage:      {ID: "xrw.other", Signal: SignalRequestedWith, Token: "an app no table lists", surface: InApp},
	browserPackage:    {ID: "xrw.browser", Signal: SignalRequestedWith, Token: "a browser on WebView", Cite: "dd-browsers", surface: Browser},

	shapeTelegram:       {ID: "shape.telegram", Signal: SignalShape, Token: "Android other than 10; K with a full Chrome version", Source: "telegram", Confidence: Likely, Cite: "telegram-webview", surface: InApp},
	shapeMessengerFBOP:  {ID: "shape.messenger-fbop80", Signal: SignalShape, Token: "FBAN/FBIOS, FBOP/80, no IABMV, iOS 18 or later", Source: "messenger", Confidence: Possible, Cite: "inapp-spy-35", surface: InApp},
	shapeAndroidWebView: {ID: "shape.android-webview", Signal: SignalShape, Token: "; wv)", Cite: "chromium-webview", surface: InApp},
	shapeReducedWebView: {ID: "shape.android-10-k", Signal: SignalShape, Token: "Android 10; K with a full Chrome version", Cite: "chromium-ua"},
	shapeIOSWebView:     {ID: "shape.ios-webview", Signal: SignalShape, Token: "WKWebView's default", Cite: "inapp-spy", surface: InApp},
	webViewBrand:        {ID: "ch.webview", Signal: SignalShape, Token: "Sec-CH-UA with Android WebView", Cite: "chromium-webview", surface: InApp},

	fetchSiteNone:    {ID: "sfs.none", Signal: SignalFetchSite, Token: "none", Cite: "fetch-metadata"},
	fetchSiteCross:   {ID: "sfs.cross-site", Signal: SignalFetchSite, Token: "cross-site", Cite: "fetch-metadata"},
	fetchSiteAbsent:  {ID: "sfs.absent", Signal: SignalFetchSite, Token: "not sent", Cite: "fetch-metadata"},
	fetchSiteUnknown: {ID: "sfs.unknown", Signal: SignalFetchSite, Token: "not seen at this door"},

	assumed: {ID: "vis.assumed", Signal: SignalNote, Token: "visibility is what the source is mostly used for"},
}
