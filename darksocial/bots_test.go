package darksocial

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// To add a bot: one row in bots.go, one entry here (see apps_test.go).
var botExamples = map[string]struct{ seen, not []string }{
	"bot.openai.user":          {seen: []string{uaMac + "; compatible; ChatGPT-User/1.2; +https://openai.example/bot"}},
	"bot.openai.search":        {seen: []string{"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; OAI-SearchBot/1.4; +https://openai.example"}},
	"bot.openai.gpt":           {seen: []string{"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.4; +https://openai.example/gptbot)"}},
	"bot.anthropic.user":       {seen: []string{"Mozilla/5.0 (compatible; Claude-User/1.1; +mailto:user@anthropic.example)"}},
	"bot.anthropic.bot":        {seen: []string{"Mozilla/5.0 (compatible; ClaudeBot/1.1; +mailto:bot@anthropic.example)"}},
	"bot.perplexity.user":      {seen: []string{"Mozilla/5.0 (compatible; Perplexity-User/1.1; +https://perplexity.example)"}},
	"bot.perplexity.bot":       {seen: []string{"Mozilla/5.0 (compatible; PerplexityBot/1.1; +https://perplexity.example)"}},
	"bot.mistral.user":         {seen: []string{"Mozilla/5.0 (compatible; MistralAI-User/1.1; +https://docs.mistral.example/robots)"}},
	"bot.meta.external":        {seen: []string{"meta-externalagent/1.2 (+https://developers.facebook.example)", "meta-externalfetcher/1.2", "meta-externalads/1.1"}, not: []string{"meta-externalhit/1.2"}},
	"bot.meta.webindexer":      {seen: []string{"meta-webindexer/1.2 (+https://developers.facebook.example)"}},
	"bot.meta.catalog":         {seen: []string{"facebookcatalog/1.1"}},
	"bot.meta.facebookbot":     {seen: []string{"Mozilla/5.0 (compatible; FacebookBot/1.1; +https://developers.facebook.example)"}, not: []string{uaWebView + " MetaIAB Facebook", "Facebot/1.1"}},
	"bot.cohere":               {seen: []string{"cohere-ai/1.1"}},
	"bot.google.web-preview":   {seen: []string{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko; Google Web Preview) Chrome/88.0.4324.175 Safari/537.36"}},
	"bot.google.page-speed":    {seen: []string{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko; Google Page Speed Insights) Chrome/91.0.4472.101 Safari/537.36"}},
	"bot.google.named":         {seen: []string{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36 (compatible; Google-Read-Aloud)", "Google-InspectionTool/1.1"}, not: []string{uaWebView + " Instagram 402.0.0.33.84 Android (34/14; 420dpi; 1080x2400; Google/google; Pixel 8a; akita; akita; es_ES; 769112043)", uaWebView + " GoogleApp/17.1.52"}},
	"bot.google.apis":          {seen: []string{"APIs-Google (+https://developers.google.example/webmasters)"}},
	"bot.google.mediapartners": {seen: []string{"Mediapartners-Google/2.2"}},
	"bot.google.other":         {seen: []string{"GoogleOther/1.0", uaMac + " (compatible; GoogleOther)"}},
	"bot.google.imageproxy":    {seen: []string{"Mozilla/5.0 (Windows NT 10.0; rv:70.0) Gecko Firefox/70.0 (via ggpht.com GoogleImageProxy)"}},
	"bot.yahoo.mailproxy":      {seen: []string{"YahooMailProxy; https://help.yahoo.example/kb/yahoo-mail-proxy"}},
	"bot.yandex.compatible":    {seen: []string{"Mozilla/5.0 (compatible; YandexMetrika/3.0)", "Mozilla/5.0 (compatible; YandexDirect/4.1)"}, not: []string{uaWindows + " YaBrowser/26.1.0"}},

	"bot.headless":       {seen: []string{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/144.0.7559.31 Safari/537.36"}},
	"bot.phantomjs":      {seen: []string{"Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.3 Safari/538.1"}},
	"bot.slimerjs":       {seen: []string{"Mozilla/5.0 (X11; Linux x86_64; rv:59.0) Gecko/20100101 SlimerJS/1.1.1"}},
	"bot.puppeteer":      {seen: []string{uaMac + " Puppeteer/24.1"}},
	"bot.playwright":     {seen: []string{"Playwright/1.57.0 (x64; debian 13) node/24.2"}},
	"bot.selenium":       {seen: []string{uaWindows + " Selenium/4.39", "SeleniumRC"}},
	"bot.cypress":        {seen: []string{uaWindows + " Cypress/15.7.1"}},
	"bot.splash":         {seen: []string{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/602.1 (KHTML, like Gecko) splash Version/10.0 Safari/602.1"}, not: []string{uaIPhone + " Unsplash/9.1"}},
	"bot.jsdom":          {seen: []string{"Mozilla/5.0 (linux) AppleWebKit/537.36 (KHTML, like Gecko) jsdom/26.1.1"}},
	"bot.htmlunit":       {seen: []string{"Mozilla/5.0 (Windows; HtmlUnit/4.18)"}},
	"bot.webkit2":        {seen: []string{"webkit2png/0.9", uaMac + " webkit2pdf"}, not: []string{uaMac}},
	"bot.prerender":      {seen: []string{uaWindows + " Prerender (+saas)"}},
	"bot.rendertron":     {seen: []string{uaWindows + " Rendertron"}},
	"bot.browserless":    {seen: []string{uaWindows + " browserless/2.31"}},
	"bot.webdriver":      {seen: []string{uaWindows + " WebDriver/3.1"}},
	"bot.electron-fetch": {seen: []string{"electron-fetch/1.10 electron (+local)"}},

	"bot.lighthouse":      {seen: []string{uaChrome + " Chrome-Lighthouse"}},
	"bot.webpagetest":     {seen: []string{uaWindows + " PTST/260112.101010"}},
	"bot.gtmetrix":        {seen: []string{uaWindows + " GTmetrix"}},
	"bot.pingdom":         {seen: []string{uaWindows + " PingdomTMS/2.1"}},
	"bot.dareboost":       {seen: []string{uaWindows + " DareBoost"}},
	"bot.catchpoint":      {seen: []string{uaWindows + " Catchpoint"}},
	"bot.synthetic":       {seen: []string{uaWindows + " CloudWatchSynthetics/1.2"}},
	"bot.neustar":         {seen: []string{uaWindows + " Neustar WPM"}},
	"bot.dejaclick":       {seen: []string{uaWindows + " DejaClick/3.1.9"}},
	"bot.site24x7":        {seen: []string{uaWindows + " Site24x7"}},
	"bot.statuscake":      {seen: []string{uaWindows + " StatusCake"}},
	"bot.newrelic":        {seen: []string{uaWindows + " NewRelicPinger/2.0 (4711)"}},
	"bot.ghost-inspector": {seen: []string{uaWindows + " Ghost Inspector"}},
	"bot.speedcurve":      {seen: []string{uaWindows + " SpeedCurve"}},
	"bot.rigor":           {seen: []string{uaWindows + " Rigor/1.1"}},
	"bot.browsershots":    {seen: []string{uaWindows + " Browsershots"}},
	"bot.netcraft":        {seen: []string{"Mozilla/5.0 (compatible; NetcraftSurveyAgent/1.1; +info@netcraft.example)"}},
	"bot.censys":          {seen: []string{"Mozilla/5.0 (compatible; CensysInspect/1.2)"}},
	"bot.nmap":            {seen: []string{"Mozilla/5.0 (compatible; Nmap Scripting Engine)"}},
	"bot.printfriendly":   {seen: []string{uaWindows + " PrintFriendly.com"}},
	"bot.adbeat":          {seen: []string{uaWindows + " adbeat.com/policy"}},
	"bot.gomez":           {seen: []string{"Mozilla/5.0 (Windows NT 6.1; GomezAgent 3.1) Gecko/20100101 Firefox/24.0"}},
	"bot.keynote":         {seen: []string{uaWindows + " KeynoteAgent"}},
	"bot.dynatrace":       {seen: []string{uaWindows + " DynatraceMonitor/1.2"}},
	"bot.ruxit":           {seen: []string{uaWindows + " RuxitSynthesis/1.1"}},
	"bot.appinsights":     {seen: []string{"Mozilla/5.0 (Windows NT 10.0; AppInsights)"}},
	"bot.datadog":         {seen: []string{"DatadogProbe/1"}},
	"bot.thousandeyes":    {seen: []string{uaWindows + " ThousandEyes-Dragonfly-x2"}},
	"bot.siteimprove":     {seen: []string{"Mozilla/5.0 (compatible; Siteimprove.com)"}},
	"bot.nagios":          {seen: []string{"check_http/v2.5 (nagios-plugins 2.5)"}},
	"bot.zabbix":          {seen: []string{"Zabbix 7.4"}},
	"bot.sucuri":          {seen: []string{uaWindows + " SucuriScan/1.2"}},
	"bot.qualys":          {seen: []string{uaWindows + " Qualys/2.0"}},
	"bot.detectify":       {seen: []string{"Mozilla/5.0 (compatible; Detectify)"}},
	"bot.tenable":         {seen: []string{"Tenable.asm/2.0"}},
	"bot.acunetix":        {seen: []string{uaWindows + " AcunetixWVS/15"}},
	"bot.nikto":           {seen: []string{"Mozilla/5.00 (Nikto/2.5.1)"}},
	"bot.zgrab":           {seen: []string{"Mozilla/5.0 zgrab/1.x"}},
	"bot.masscan":         {seen: []string{"masscan/1.4"}},
	"bot.builtwith":       {seen: []string{uaWindows + " BuiltWith/2.2"}},
	"bot.wappalyzer":      {seen: []string{uaWindows + " Wappalyzer"}},
	"bot.screaming-frog":  {seen: []string{"Screaming Frog SEO Spider/23.1"}},
	"bot.sistrix":         {seen: []string{"Mozilla/5.0 (compatible; SISTRIX Optimizer/2)"}},
	"bot.xenu":            {seen: []string{"Xenu Link Sleuth/1.3.9"}},
	"bot.sitebulb":        {seen: []string{uaWindows + " Sitebulb/8.2"}},
	"bot.brandverity":     {seen: []string{"BrandVerity/1.1"}},
	"bot.proximic":        {seen: []string{"Mozilla/5.0 (compatible; proximic; +info)"}},
	"bot.grapeshot":       {seen: []string{"Mozilla/5.0 (compatible; GrapeshotCrawler/2.1)"}},
	"bot.trendiction":     {seen: []string{"Mozilla/5.0 (compatible; trendictionbot0.6.0)"}},
	"bot.netvibes":        {seen: []string{"Netvibes (local)"}},
	"bot.newsnow":         {seen: []string{"Mozilla/5.0 NewsNow/1.1"}},
	"bot.newsgator":       {seen: []string{"NewsGatorOnline/2.1"}},
	"bot.netnewswire":     {seen: []string{"NetNewsWire (RSS Reader; local)"}},
	"bot.newsblur":        {seen: []string{"NewsBlur Feed Fetcher - 7 subscribers"}},
	"bot.liferea":         {seen: []string{"Liferea/1.15.9 (Linux)"}},
	"bot.akregator":       {seen: []string{"Akregator/6.5.1; syndication"}},
	"bot.stumbleupon":     {seen: []string{"Mozilla/5.0 StumbleUponBot"}},
	"bot.pubsub":          {seen: []string{"PubSubHubbub-Hub/1.2"}},
	"bot.wordpress":       {seen: []string{"WordPress/6.9.1; blog.example"}},
	"bot.larbin":          {seen: []string{"larbin_2.6.4"}},
	"bot.mechanize":       {seen: []string{"WWW-Mechanize/2.20", "Mozilla/5.0 PyMechanize/0.4"}},
	"bot.httrack":         {seen: []string{"Mozilla/4.5 (compatible; HTTrack 3.2x; Windows 2000)"}},
	"bot.nutch":           {seen: []string{"NutchCVS/0.9"}},
	"bot.heritrix":        {seen: []string{"Mozilla/5.0 (compatible; heritrix/3.11)"}},

	"bot.address.http":  {seen: []string{uaWindows + " (http://tools.example/)", "Mozilla/5.0 (X11; Linux x86_64) reader;HTTP://tools.example"}},
	"bot.address.https": {seen: []string{uaWindows + " (+https://tools.example/)"}},
	"bot.address.www":   {seen: []string{"Mozilla/5.0 (Windows NT 10.0; +www.tools.example) Gecko/20100101 Firefox/140.0"}, not: []string{uaIPhone + " www.app.example"}},
}

// Words programs call themselves by.
var botWordExamples = map[string]struct{ seen, not []string }{
	"bot.word.bot": {seen: []string{"AcmeBot/2.1", "Mozilla/5.0 (compatible; some-bot)", "acmebot"}, not: []string{
		"Mozilla/5.0 (Linux; Android 13; CUBOT P80 Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/139.0.7258.62 Mobile Safari/537.36",
		"Mozilla/5.0 (Linux; Android 7.0; M bot 60) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.5993.65 Mobile Safari/537.36",
		"Mozilla/5.0 (Linux; Android 8.0.0; jackpot2lte) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0.5615.47 Mobile Safari/537.36",
		uaIPhone + " Botanica/1.2",
	}},
	"bot.word.bots":        {seen: []string{"WebBots/1.1"}},
	"bot.word.robot":       {seen: []string{"Robotino/1.0", "RobotsTxtReader 2"}},
	"bot.word.crawl":       {seen: []string{"AcmeCrawler/3", "Mozilla/5.0 (compatible; crawl-it)"}},
	"bot.word.spider":      {seen: []string{"Acmespider/1.4", "Mozilla/5.0 (compatible; Spiderling)"}},
	"bot.word.scraper":     {seen: []string{"Scrapy/2.13.4", "page-scraper"}},
	"bot.word.slurp":       {seen: []string{"Mozilla/5.0 (compatible; Slurp; Acme)"}},
	"bot.word.fetcher":     {seen: []string{"AcmeFetcher/1.0", "node-fetch/3.3"}},
	"bot.word.archiver":    {seen: []string{"AcmeArchiver/1", "Mozilla/5.0 (compatible; archive.example)"}},
	"bot.word.monitor":     {seen: []string{"AcmeMonitor/5.1", "Monitoring 2"}},
	"bot.word.uptime":      {seen: []string{"Mozilla/5.0 (compatible; Acme-Uptime/1)"}},
	"bot.word.checker":     {seen: []string{"LinkChecker/10.6", "check_ssl/2.90"}},
	"bot.word.validator":   {seen: []string{"AcmeValidator/1.1"}},
	"bot.word.scanner":     {seen: []string{"AcmeScanner/1"}},
	"bot.word.indexer":     {seen: []string{"AcmeIndexer/2"}},
	"bot.word.feed":        {seen: []string{"AcmeFeeder/1", "FeedReader 3"}},
	"bot.word.rss":         {seen: []string{"RSSOwl/2.2", "rss-tool 1"}, not: []string{uaIPhone + " Harrss/1"}},
	"bot.word.screenshot":  {seen: []string{"AcmeScreenshots/2"}},
	"bot.word.thumbnail":   {seen: []string{"Thumbnailer/1", "AcmeThumb 2"}},
	"bot.word.preview":     {seen: []string{"PagePreviewer/1"}},
	"bot.word.proxy":       {seen: []string{"AcmeProxy/1"}},
	"bot.word.analyzer":    {seen: []string{"AcmeAnalyzer/1"}},
	"bot.word.inspector":   {seen: []string{"AcmeInspector/2"}},
	"bot.word.security":    {seen: []string{"Acme Security/1"}},
	"bot.word.seo":         {seen: []string{"SEOlyzer 1", "seo-tool"}, not: []string{uaIPhone + " Museo/3"}},
	"bot.word.download":    {seen: []string{"Downloader/2"}},
	"bot.word.curl":        {seen: []string{"curl/8.17.0"}},
	"bot.word.wget":        {seen: []string{"Wget/1.25.1", "Wget2/2.2"}},
	"bot.word.python":      {seen: []string{"python-requests/2.33.0", "Python/3.14 aiohttp/3.13.2"}},
	"bot.word.java":        {seen: []string{"Java/25.0.2"}, not: []string{"JavaFX/25"}},
	"bot.word.libwww":      {seen: []string{"libwww-perl/6.81"}},
	"bot.word.httpclient":  {seen: []string{"Apache-HttpClient/5.6", "AcmeHTTPClient 1"}},
	"bot.word.okhttp":      {seen: []string{"okhttp/5.3.2"}},
	"bot.word.agent":       {seen: []string{"NewsAgent/1"}, not: []string{uaIPhone + " Agentur/2"}},
	"bot.word.audit":       {seen: []string{"AcmeAudit/1"}},
	"bot.word.optimizer":   {seen: []string{"AcmeOptimizer/1"}},
	"bot.word.tester":      {seen: []string{"AcmeTester/1"}},
	"bot.word.measurement": {seen: []string{"AcmeMeasurements/1"}},
	"bot.word.sitemap":     {seen: []string{"Sitemaps/1"}},
	"bot.word.extractor":   {seen: []string{"TextExtractor/1"}},
	"bot.word.harvester":   {seen: []string{"AcmeHarvester/1"}},
	"bot.word.collector":   {seen: []string{"AcmeCollector/1"}},
	"bot.word.grabber":     {seen: []string{"AcmeGrabber/1"}},
	"bot.word.copier":      {seen: []string{"WebCopier/7"}},
	"bot.word.aggregator":  {seen: []string{"AcmeAggregator/1"}},
	"bot.word.importer":    {seen: []string{"AcmeImporter/1"}},
	"bot.word.podcast":     {seen: []string{"Podcasts/1"}},
	"bot.word.webhook":     {seen: []string{"AcmeWebhooks/1"}},
	"bot.word.http-client": {seen: []string{"Acme http client/1"}},
	"bot.word.library":     {seen: []string{"AcmeLibrary/1"}},
	"bot.word.w3c":         {seen: []string{"W3C_Unicorn/1.1"}},
	"bot.word.speed":       {seen: []string{"mod_pagespeed/1.15"}},
	"bot.word.research":    {seen: []string{"AcmeResearch/1"}},
	"bot.word.snapshot":    {seen: []string{"AcmeSnapshot/1"}},
	"bot.word.watch":       {seen: []string{"PageWatcher/1"}},
	"bot.word.sniffer":     {seen: []string{"AcmeSniffer/1"}},
}

// What no browser writes.
var botFormExamples = map[string]struct{ seen, not []string }{
	"bot.no-user-agent":   {seen: []string{"", "-", " \t"}, not: []string{"--", "x"}},
	"bot.form.program":    {seen: []string{"Zephyr/1.0", "Dalvik/2.1.0 (Linux; U; Android 15; SM-S936B Build/AP3A)", "PostmanRuntime/7.51.0", "x", "--"}},
	"bot.form.compatible": {seen: []string{"Mozilla/5.0 (X11; compatible; Zephyr/2.0)", "Mozilla/5.0 (Linux; Android 6.0.1) AppleWebKit/537.36 Mobile Safari/537.36 (compatible; Zephyr)"}},
	"bot.form.engine":     {seen: []string{"Mozilla/5.0", "Mozilla/4.0 (Zephyr)", "Mozilla/5.0 (compatible; Zephyr/2.0)"}},
	"bot.form.khtml":      {seen: []string{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko; Zephyr) Chrome/120.0.0.0 Safari/537.36"}},
}

// people are read by people: phones with odd names, browsers from before the
// touch screen, apps that only sound like programs.
var people = []string{
	uaChrome, uaSafari, uaWebView, uaOldWebView, uaTelegram, uaIPhone, uaIPad, uaWindows, uaMac,
	"Mozilla/5.0 (Linux; Android 13; CUBOT P80 Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/139.0.7258.62 Mobile Safari/537.36",
	"Mozilla/5.0 (Linux; U; Android 4.4.2; pl-pl; CUBOT S208 Build/KOT49H) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30",
	"Mozilla/5.0 (Linux; Android 7.0; M bot 60) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.5993.65 Mobile Safari/537.36",
	"Mozilla/5.0 (Linux; Android 8.0.0; jackpot2lte Build/R16NW; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/112.0.5615.47 Mobile Safari/537.36",
	"Mozilla/5.0 (Linux; Android 14; Pixel 8a Build/UQ1A.240205.004; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/141.0.7390.97 Mobile Safari/537.36 Instagram 402.0.0.33.84 Android (34/14; 420dpi; 1080x2400; Google/google; Pixel 8a; akita; akita; es_ES; 769112043; IABMV/1)",
	uaSafari + " MetaIAB Facebook",
	uaOldWebView + " Viber/13.2.0.7",
	uaIPhone + " [Pinterest/iOS]",
	"Opera/9.80 (J2ME/MIDP; Opera Mini/8.0.40377/191.328; U; sw) Presto/2.12.423 Version/12.16",
	"Opera/9.80 (Windows NT 6.1; Edition Yx) Presto/2.12.388 Version/12.18",
	"UCWEB/2.0 (MIDP-2.0; U; Adr 7.1.2; hi; Redmi_4A) U2/1.0.0 UCBrowser/11.4.0.1020 U2/1.0.0 Mobile",
	"NokiaC3-01/5.0 (07.58) Profile/MIDP-2.1 Configuration/CLDC-1.1 Mozilla/5.0 AppleWebKit/420+ (KHTML, like Gecko) Safari/420+",
	"Nokia6233/2.0 (05.60) Profile/MIDP-2.0 Configuration/CLDC-1.1",
	"BlackBerry9320/7.1.0.569 Profile/MIDP-2.1 Configuration/CLDC-1.1 VendorID/603",
	"Mozilla/5.0 (BlackBerry; U; BlackBerry 9810; nl) AppleWebKit/534.11+ (KHTML, like Gecko) Version/7.1.0.342 Mobile Safari/534.11+",
	"SAMSUNG-GT-S5620/S5620XXJG5 SHP/VPP/R5 Dolfin/2.0 NexPlayer/3.0 SMM-MMS/1.2.0 profile/MIDP-2.1 configuration/CLDC-1.1",
	"SonyEricssonK750c/R1CA Browser/SEMC-Browser/4.2 Profile/MIDP-2.0 Configuration/CLDC-1.1",
	"Lynx/2.9.2 libwww-FM/2.14 SSL-MM/1.4.1 OpenSSL/3.4.1",
	"ELinks (0.17.1; Linux 6.12 x86_64; 132x43-2)",
	"w3m/0.5.5+git20240101",
	"Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.0; Trident/4.0; SLCC1)",
	"Mozilla/5.0 (compatible; MSIE 10.0; Windows Phone 8.0; Trident/6.0; IEMobile/10.0; ARM; Touch; NOKIA; Lumia 822)",
	"Mozilla/5.0 (compatible; Konqueror/4.12; Linux) KHTML/4.12.5 (like Gecko)",
	"Mozilla/5.0 (X11; CrOS x86_64 16181.61.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.6998.198 Safari/537.36",
	"Mozilla/5.0 (PlayStation; PlayStation 5/10.40) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.0 Safari/605.1.15",
	"Mozilla/5.0 (Nintendo Switch; WifiWebAuthApplet) AppleWebKit/613.0 (KHTML, like Gecko) NF/6.0.3.27.4 NintendoBrowser/5.1.0.33120",
	"Mozilla/5.0 (SMART-TV; Linux; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/8.0 TV Safari/537.36",
}

func TestBots(t *testing.T) {
	requireExamples(t, bots, botExamples, func(a agent) RuleID { return a.bot })
}

func TestBotWords(t *testing.T) {
	requireExamples(t, botWords, botWordExamples, func(a agent) RuleID { return a.bot })
}

func TestBotForms(t *testing.T) {
	var rows []tokenRule
	for _, id := range []RuleID{noUserAgent, formProgram, formCompatible, formEngine, formKHTML} {
		rows = append(rows, tokenRule{id: idOf(id)})
	}
	requireExamples(t, rows, botFormExamples, func(a agent) RuleID { return a.bot })
}

func TestPeopleAreNoBots(t *testing.T) {
	for _, ua := range people {
		a := readAgent(ua)
		assert.Equal(t, "", idOf(a.bot), ua)
		assert.Equal(t, "", idOf(a.fetcher), ua)
	}
}
