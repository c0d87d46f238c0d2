package darksocial

import "strings"

// bots are programs that name themselves: crawlers, monitors, and assistants that
// read a page for somebody. Most programs are found by the words they call
// themselves by (botWords) or by their form (botByForm), so this table needs only
// those that look like a browser, and those worth a name.
var bots = []tokenRule{
	// Assistants and their crawlers. An answer that quotes a page is no visit.
	{"bot.openai.user", "ChatGPT-User", "chatgpt", Certain, 0, "monperrus"},
	{"bot.openai.search", "OAI-SearchBot", "chatgpt", Certain, 0, "monperrus"},
	{"bot.openai.gpt", "GPTBot", "chatgpt", Certain, 0, "monperrus"},
	{"bot.anthropic.user", "Claude-User", "claude", Certain, 0, "monperrus"},
	{"bot.anthropic.bot", "ClaudeBot", "claude", Certain, 0, "monperrus"},
	{"bot.perplexity.user", "Perplexity-User", "perplexity", Certain, 0, "monperrus"},
	{"bot.perplexity.bot", "PerplexityBot", "perplexity", Certain, 0, "monperrus"},
	{"bot.mistral.user", "MistralAI-User", "mistral", Certain, 0, "monperrus"},
	{"bot.meta.external", "meta-external*", "facebook", Certain, 0, "meta-crawlers"},
	{"bot.meta.webindexer", "meta-webindexer", "facebook", Certain, 0, "meta-crawlers"},
	{"bot.meta.catalog", "facebookcatalog", "facebook", Certain, 0, "meta-crawlers"},
	{"bot.meta.facebookbot", "FacebookBot", "facebook", Certain, 0, "meta-crawlers"},
	{"bot.cohere", "cohere-ai", "", Certain, 0, "monperrus"},

	// Search engines' programs with a browser's face.
	{"bot.google.web-preview", "Google Web Preview", "google", Certain, 0, "google-crawlers"},
	{"bot.google.page-speed", "Google Page Speed*", "google", Certain, 0, "google-crawlers"},
	{"bot.google.apis", "APIs-Google", "google", Certain, 0, "google-crawlers"},
	{"bot.google.mediapartners", "Mediapartners-Google", "google", Certain, 0, "google-crawlers"},
	{"bot.google.other", "GoogleOther", "google", Certain, 0, "google-crawlers"},
	{"bot.google.imageproxy", "GoogleImageProxy", "gmail", Certain, 0, "signatures"},
	{"bot.yahoo.mailproxy", "YahooMailProxy", "yahoo_mail", Certain, 0, "signatures"},
	{"bot.yandex.compatible", "compatible; Yandex*", "yandex", Certain, 0, "monperrus"},

	// Browsers that a program drives.
	{"bot.headless", "Headless*", "", Certain, 0, "isbot"},
	{"bot.phantomjs", "PhantomJS", "", Certain, 0, "isbot"},
	{"bot.slimerjs", "SlimerJS", "", Certain, 0, "isbot"},
	{"bot.puppeteer", "Puppeteer", "", Certain, 0, "isbot"},
	{"bot.playwright", "Playwright", "", Certain, 0, "isbot"},
	{"bot.selenium", "Selenium*", "", Certain, 0, "isbot"},
	{"bot.cypress", "Cypress/", "", Certain, 0, "isbot"},
	{"bot.splash", "splash", "", Likely, 0, "isbot"},
	{"bot.jsdom", "jsdom", "", Certain, 0, "isbot"},
	{"bot.htmlunit", "HtmlUnit", "", Certain, 0, "isbot"},
	{"bot.webkit2", "webkit2*", "", Certain, 0, "isbot"},
	{"bot.prerender", "Prerender*", "", Certain, 0, "isbot"},
	{"bot.rendertron", "Rendertron", "", Certain, 0, "isbot"},
	{"bot.browserless", "browserless", "", Certain, 0, "isbot"},
	{"bot.webdriver", "WebDriver", "", Certain, 0, "isbot"},
	{"bot.electron-fetch", "electron-fetch", "", Certain, 0, "isbot"},

	// Monitors and page testers.
	{"bot.lighthouse", "Chrome-Lighthouse", "", Certain, 0, "isbot"},
	{"bot.webpagetest", "PTST", "", Certain, 0, "isbot"},
	{"bot.gtmetrix", "GTmetrix", "", Certain, 0, "isbot"},
	{"bot.pingdom", "Pingdom*", "", Certain, 0, "isbot"},
	{"bot.dareboost", "DareBoost", "", Certain, 0, "isbot"},
	{"bot.catchpoint", "Catchpoint", "", Certain, 0, "isbot"},
	{"bot.synthetic", "*Synthetic*", "", Certain, 0, "isbot"},
	{"bot.neustar", "Neustar WPM", "", Certain, 0, "isbot"},
	{"bot.dejaclick", "DejaClick", "", Certain, 0, "isbot"},
	{"bot.site24x7", "Site24x7", "", Certain, 0, "isbot"},
	{"bot.statuscake", "StatusCake", "", Certain, 0, "isbot"},
	{"bot.newrelic", "NewRelic*", "", Certain, 0, "isbot"},
	{"bot.ghost-inspector", "Ghost Inspector", "", Certain, 0, "isbot"},
	{"bot.speedcurve", "SpeedCurve", "", Certain, 0, "isbot"},
	{"bot.rigor", "Rigor/", "", Certain, 0, "isbot"},
	{"bot.browsershots", "Browsershots", "", Certain, 0, "isbot"},
	{"bot.netcraft", "Netcraft*", "", Certain, 0, "isbot"},
	{"bot.censys", "Censys*", "", Certain, 0, "isbot"},
	{"bot.nmap", "Nmap Script*", "", Certain, 0, "isbot"},
	{"bot.printfriendly", "PrintFriendly*", "", Certain, 0, "isbot"},
	{"bot.adbeat", "adbeat*", "", Certain, 0, "isbot"},
	{"bot.gomez", "Gomez*", "", Certain, 0, "isbot"},
	{"bot.keynote", "Keynote*", "", Certain, 0, "isbot"},
	{"bot.dynatrace", "Dynatrace*", "", Certain, 0, "isbot"},
	{"bot.ruxit", "Ruxit*", "", Certain, 0, "isbot"},
	{"bot.appinsights", "AppInsights", "", Certain, 0, "isbot"},
	{"bot.datadog", "Datadog*", "", Certain, 0, "isbot"},
	{"bot.thousandeyes", "ThousandEyes*", "", Certain, 0, "isbot"},
	{"bot.siteimprove", "Siteimprove*", "", Certain, 0, "isbot"},
	{"bot.nagios", "*nagios*", "", Certain, 0, "isbot"},
	{"bot.zabbix", "Zabbix", "", Certain, 0, "isbot"},
	{"bot.sucuri", "Sucuri*", "", Certain, 0, "isbot"},
	{"bot.qualys", "Qualys*", "", Certain, 0, "isbot"},
	{"bot.detectify", "Detectify", "", Certain, 0, "isbot"},
	{"bot.tenable", "Tenable*", "", Certain, 0, "isbot"},
	{"bot.acunetix", "Acunetix*", "", Certain, 0, "isbot"},
	{"bot.nikto", "Nikto", "", Certain, 0, "isbot"},
	{"bot.zgrab", "zgrab", "", Certain, 0, "isbot"},
	{"bot.masscan", "masscan", "", Certain, 0, "isbot"},
	{"bot.builtwith", "BuiltWith", "", Certain, 0, "isbot"},
	{"bot.wappalyzer", "Wappalyzer", "", Certain, 0, "isbot"},
	{"bot.screaming-frog", "Screaming Frog*", "", Certain, 0, "isbot"},
	{"bot.sistrix", "SISTRIX*", "", Certain, 0, "isbot"},
	{"bot.xenu", "Xenu*", "", Certain, 0, "isbot"},
	{"bot.sitebulb", "Sitebulb", "", Certain, 0, "isbot"},
	{"bot.brandverity", "BrandVerity", "", Certain, 0, "isbot"},
	{"bot.proximic", "proximic", "", Certain, 0, "isbot"},
	{"bot.grapeshot", "Grapeshot*", "", Certain, 0, "isbot"},
	{"bot.trendiction", "trendiction*", "", Certain, 0, "isbot"},
	{"bot.netvibes", "Netvibes*", "", Certain, 0, "isbot"},
	{"bot.newsnow", "NewsNow", "", Certain, 0, "isbot"},
	{"bot.newsgator", "NewsGator*", "", Certain, 0, "isbot"},
	{"bot.netnewswire", "NetNewsWire", "", Certain, 0, "isbot"},
	{"bot.newsblur", "NewsBlur*", "", Certain, 0, "isbot"},
	{"bot.liferea", "Liferea", "", Certain, 0, "isbot"},
	{"bot.akregator", "Akregator", "", Certain, 0, "isbot"},
	{"bot.stumbleupon", "StumbleUpon*", "", Certain, 0, "isbot"},
	{"bot.pubsub", "PubSub*", "", Certain, 0, "isbot"},
	{"bot.wordpress", "WordPress/", "", Certain, 0, "isbot"},
	{"bot.larbin", "larbin", "", Certain, 0, "isbot"},
	{"bot.mechanize", "*Mechanize", "", Certain, 0, "isbot"},
	{"bot.httrack", "HTTrack", "", Certain, 0, "isbot"},
	{"bot.nutch", "Nutch*", "", Certain, 0, "isbot"},
	{"bot.heritrix", "heritrix", "", Certain, 0, "isbot"},

	// More monitors and testers.
	{"bot.alertsite", "AlertSite*", "", Certain, 0, "memory"},
	{"bot.uptrends", "Uptrends*", "", Certain, 0, "memory"},
	{"bot.yottaa", "Yottaa*", "", Certain, 0, "memory"},
	{"bot.watchmouse", "WatchMouse", "", Certain, 0, "memory"},
	{"bot.monitis", "Monitis", "", Certain, 0, "memory"},
	{"bot.hosttracker", "HostTracker*", "", Certain, 0, "memory"},
	{"bot.alwaysonline", "Cloudflare-AlwaysOnline", "", Certain, 0, "memory"},
	{"bot.hubspot", "HubSpot*", "", Certain, 0, "memory"},
	{"bot.securityheaders", "SecurityHeaders", "", Certain, 0, "memory"},
	{"bot.ssllabs", "SSL Labs", "", Certain, 0, "memory"},
	{"bot.woorank", "WooRank", "", Certain, 0, "memory"},
	{"bot.seobility", "Seobility", "", Certain, 0, "memory"},
	{"bot.lipperhey", "Lipperhey*", "", Certain, 0, "memory"},
	{"bot.megaindex", "MegaIndex*", "", Certain, 0, "memory"},
	{"bot.panscient", "panscient*", "", Certain, 0, "memory"},
	{"bot.vagabondo", "Vagabondo", "", Certain, 0, "memory"},
	{"bot.virustotal", "VirusTotal*", "", Certain, 0, "memory"},
	{"bot.cloudcheckr", "CloudCheckr", "", Certain, 0, "memory"},
	{"bot.binglocalsearch", "BingLocalSearch", "", Certain, 0, "memory"},
	{"bot.google.favicon", "Google Favicon", "google", Certain, 0, "memory"},
	{"bot.testcafe", "TestCafe", "", Certain, 0, "memory"},
	{"bot.casperjs", "CasperJS", "", Certain, 0, "memory"},
	{"bot.nightmare", "Nightmare/", "", Certain, 0, "memory"},
	{"bot.zombie", "Zombie.js", "", Certain, 0, "memory"},

	// Programs say where to read of them; browsers never do.
	{"bot.address.http", "*http://*", "", Strong, 0, "convention"},
	{"bot.address.https", "*https://*", "", Strong, 0, "convention"},
	{"bot.address.www", "+www.*", "", Strong, 0, "convention"},
}

// botWords are what programs call themselves by, looked for where no app is
// named, and never in the name of a device: phones are called CUBOT. The likely
// come last, so that one of them is found only where none of the others is.
var botWords = []tokenRule{
	{"bot.google.named", "Google-*", "google", Strong, 0, "google-crawlers"},
	{"bot.word.bot", "*bot", "", Strong, 0, "convention"},
	{"bot.word.crawl", "*crawl*", "", Strong, 0, "convention"},
	{"bot.word.spider", "*spider*", "", Strong, 0, "convention"},
	{"bot.word.scraper", "*scrap*", "", Strong, 0, "convention"},
	{"bot.word.slurp", "slurp*", "", Strong, 0, "convention"},
	{"bot.word.fetcher", "*fetch*", "", Strong, 0, "convention"},
	{"bot.word.monitor", "*monitor*", "", Strong, 0, "convention"},
	{"bot.word.uptime", "*uptime*", "", Strong, 0, "convention"},
	{"bot.word.validator", "*validat*", "", Strong, 0, "convention"},
	{"bot.word.indexer", "*indexer", "", Strong, 0, "convention"},
	{"bot.word.screenshot", "*screenshot*", "", Strong, 0, "convention"},
	{"bot.word.curl", "curl/", "", Certain, 0, "convention"},
	{"bot.word.wget", "Wget*", "", Certain, 0, "convention"},
	{"bot.word.python", "python*", "", Strong, 0, "convention"},
	{"bot.word.java", "Java/#", "", Strong, 0, "convention"},
	{"bot.word.libwww", "libwww-perl", "", Certain, 0, "convention"},
	{"bot.word.httpclient", "*HttpClient", "", Strong, 0, "convention"},
	{"bot.word.okhttp", "okhttp*", "", Strong, 0, "convention"},
	{"bot.word.measurement", "*measurement*", "", Strong, 0, "convention"},
	{"bot.word.sitemap", "sitemap*", "", Strong, 0, "convention"},
	{"bot.word.extractor", "*extract*", "", Strong, 0, "convention"},
	{"bot.word.harvester", "*harvest*", "", Strong, 0, "convention"},
	{"bot.word.collector", "*collector*", "", Strong, 0, "convention"},
	{"bot.word.grabber", "*grabber*", "", Strong, 0, "convention"},
	{"bot.word.copier", "*copier*", "", Strong, 0, "convention"},
	{"bot.word.aggregator", "*aggregator*", "", Strong, 0, "convention"},
	{"bot.word.importer", "*importer*", "", Strong, 0, "convention"},
	{"bot.word.webhook", "*webhook*", "", Strong, 0, "convention"},
	{"bot.word.http-client", "http client*", "", Strong, 0, "convention"},
	{"bot.word.w3c", "W3C*", "", Strong, 0, "convention"},
	{"bot.word.speed", "*pagespeed*", "", Strong, 0, "convention"},
	{"bot.word.sniffer", "*sniff*", "", Strong, 0, "convention"},

	// Apps are called so as well: on a phone these prove nothing.
	{"bot.word.bots", "*bots", "", Likely, 0, "convention"},
	{"bot.word.robot", "robot*", "", Likely, 0, "convention"},
	{"bot.word.archiver", "*archiv*", "", Likely, 0, "convention"},
	{"bot.word.checker", "*check*", "", Likely, 0, "convention"},
	{"bot.word.scanner", "*scan*", "", Likely, 0, "convention"},
	{"bot.word.feed", "*feed*", "", Likely, 0, "convention"},
	{"bot.word.rss", "rss*", "", Likely, 0, "convention"},
	{"bot.word.thumbnail", "*thumb*", "", Likely, 0, "convention"},
	{"bot.word.preview", "*preview*", "", Likely, 0, "convention"},
	{"bot.word.proxy", "*proxy*", "", Likely, 0, "convention"},
	{"bot.word.analyzer", "*analyzer*", "", Likely, 0, "convention"},
	{"bot.word.inspector", "*inspect*", "", Likely, 0, "convention"},
	{"bot.word.security", "security", "", Likely, 0, "convention"},
	{"bot.word.seo", "seo*", "", Likely, 0, "convention"},
	{"bot.word.download", "download*", "", Likely, 0, "convention"},
	{"bot.word.agent", "*agent", "", Likely, 0, "convention"},
	{"bot.word.audit", "*audit*", "", Likely, 0, "convention"},
	{"bot.word.optimizer", "*optimizer*", "", Likely, 0, "convention"},
	{"bot.word.tester", "*tester*", "", Likely, 0, "convention"},
	{"bot.word.podcast", "*podcast*", "", Likely, 0, "convention"},
	{"bot.word.code-library", "*library*", "", Likely, 0, "convention"},
	{"bot.word.research", "*research*", "", Likely, 0, "convention"},
	{"bot.word.snapshot", "*snapshot*", "", Likely, 0, "convention"},
	{"bot.word.watch", "*watcher*", "", Likely, 0, "convention"},
	{"bot.word.probe", "*probe*", "", Likely, 0, "convention"},
	{"bot.word.verifier", "verif*", "", Likely, 0, "convention"},
}

// botByForm finds programs that name nothing the tables know, by what no browser
// writes.
func botByForm(ua string) RuleID {
	switch {
	case strings.HasPrefix(ua, "Mozilla/"):
		if !engines.any(ua) {
			return formEngine
		}
	case !bareBrowsers.any(ua):
		return formProgram
	}
	switch {
	case otherCompatible(ua):
		return formCompatible
	case khtmlTail(ua):
		return formKHTML
	}
	return noRule
}

// bareBrowsers are marks of browsers that do not begin with "Mozilla/": Opera,
// those of phones before the touch screen, and those behind an app's own name.
var bareBrowsers = anywhere(
	"mozilla",
	"opera", "ucweb", "midp", "netfront", "up.browser", "profile/", "applewebkit", "docomo/", "kddi-", "j-phone/", "vodafone/", "softbank/",
	"blackberry", "nokia", "sonyericsson", "samsung", "symbianos", "mot-", "lg-", "lge-", "htc", "lynx/", "links (", "elinks", "w3m/", "dillo/",
	"netsurf", "amiga", "mosaic", "obigo", "teleca", "maui", "webos", "browser/",
)

// engines are marks of a rendering engine, or of a system a browser runs on.
var engines = anywhere(
	"gecko", "webkit", "msie", "trident", "opera", "presto", "konqueror", "khtml", "netfront", "goanna", "netscape", "firefox", "avantgo", "icab",
	"windows", "win9", "win32", "mac", "linux", "x11", "nokia", "symbian", "blackberry", "palm", "iphone", "ipad", "android", "brew", "profile/",
	"playstation", "nintendo", "cellphone", "browser", "beos", "amiga", "risc os", "netsurf", "plan9", "os/2", "[en", "[ja", "[de", "[fr", "; i)", "; u)", "; u;", "; i;", "webtv",
	"sunos", "freebsd", "openbsd",
)

// anywhere matches texts in any case and any place.
func anywhere(texts ...string) *matcher {
	written := make([]string, len(texts))
	for i, text := range texts {
		written[i] = "*" + text + "*"
	}
	return newMatcher(written)
}

// otherCompatible reports whether "compatible;" is followed by a program's name.
// Only browsers that wanted to pass for Netscape or Internet Explorer wrote it.
func otherCompatible(ua string) bool {
	at := indexFold(ua, "compatible;")
	if at < 0 || hasFold(ua, "msie ") || hasFold(ua, "[en]") {
		return false
	}
	rest := strings.TrimLeft(ua[at+len("compatible;"):], " ")
	if rest == "" || !isWord(rest[0]) {
		return false // nobody's name
	}
	for _, browser := range compatibleBrowsers {
		if len(rest) >= len(browser) && strings.EqualFold(rest[:len(browser)], browser) {
			return false
		}
	}
	return true
}

var compatibleBrowsers = []string{
	"MSIE", "Konqueror", "iCab", "OmniWeb", "ABrowse", "Linux", "Windows", "Origyn", "NetPositive", "AvantGo", "NetFront", "U;", "KUN", "IBrowse",
	"Opera", "Netscape", "Mozilla", "Android", "Macintosh", "Intel", "X11", "IE", "AmigaVoyager", "AWEB", "Voyager", "WebTV", "Palm", "Nokia", "Symbian",
	"Galeon", "Dillo", "Gecko", "RISC OS", "Lynx", "Camino", "Firefox", "Safari", "Chrome", "Maxthon",
}

// khtmlTail reports whether the engine's remark holds more than browsers write:
// "(KHTML, like Gecko; Google Web Preview)". Some of WebKit's early relatives put
// Safari's number there.
func khtmlTail(ua string) bool {
	at := strings.Index(ua, "(KHTML, like Gecko")
	if at < 0 {
		return false
	}
	rest := ua[at+len("(KHTML, like Gecko"):]
	return rest != "" && (rest[0] == ';' || rest[0] == ',') && !strings.HasPrefix(strings.TrimLeft(rest[1:], " "), "Safari")
}

func hasAnyFold(s string, parts []string) bool {
	for _, p := range parts {
		if hasFold(s, p) {
			return true
		}
	}
	return false
}

// hasFold reports whether part, in lower case, stands in s in any case.
func hasFold(s, part string) bool { return indexFold(s, part) >= 0 }

func indexFold(s, part string) int {
	first := part[0]
	for i := 0; i+len(part) <= len(s); i++ {
		if lower(s[i]) == first && equalFoldASCII(s[i:i+len(part)], part) {
			return i
		}
	}
	return -1
}

func equalFoldASCII(s, lowered string) bool {
	for i := range len(lowered) {
		if lower(s[i]) != lowered[i] {
			return false
		}
	}
	return true
}
