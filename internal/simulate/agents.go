package simulate

// agentID is a kind of client.
type agentID uint8

const (
	chromePhone agentID = iota
	samsungPhone
	safariPhone
	chromeTablet
	chromeDesktop
	edgeDesktop
	firefoxDesktop
	safariDesktop

	whatsappAndroid
	whatsappIPhone
	telegramAndroid
	messengerAndroid
	messengerIPhone
	facebookAndroid
	facebookIPhone
	facebookIPhone2025
	instagramAndroid
	instagramIPhone
	xAndroid
	xIPhone
	linkedinIPhone
	googleIPhone
	snapchatAndroid
	snapchatIPhone
	tiktokAndroid
	tiktokIPhone
	teamsIPhone
	unnamedAndroid

	whatsappPreview
	signalPreview
	imessagePreview
	telegramPreview
	facebookPreview
	slackPreview
	xPreview
	linkedinPreview
	mastodonPreview
	viberPreview
	snapchatPreview
	discordPreview
	teamsPreview
	googleMessagesPreview
	redditPreview

	googlebot
	bingbot
	gptbot
	chatgptUser
	linkChecker
	feedReader
	mailScanner
	scanner
	nobody // sends no User-Agent
	numAgents
)

const (
	webKitPhone    = "Mozilla/5.0 (iPhone; CPU iPhone OS {ios} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
	androidWebView = "Mozilla/5.0 (Linux; Android {phone.2}; {phone} Build/{phone.1}; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/{chrome.1} Mobile Safari/537.36"
	blink          = " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/"
)

// agents say how each kind of client writes itself; what differs between people
// are blanks. The User-Agents are composed from what is known of the apps' shapes:
// the sources stand beside the rules, in darksocial/apps.go and fetchers.go.
var agents = [numAgents]struct {
	userAgent string
	engine    engine
	device    int
	brand     string // in Sec-CH-UA, behind Chromium
}{
	// Chrome on Android says the same of every telephone since 2023.
	chromePhone:  {"Mozilla/5.0 (Linux; Android 10; K)" + blink + "{chrome}.0.0.0 Mobile Safari/537.36", chromium, phone, "Google Chrome"},
	samsungPhone: {"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36", chromium, phone, "Samsung Internet"},
	safariPhone:  {webKitPhone + "Version/{ios.1} Mobile/15E148 Safari/604.1", webKit, phone, ""},
	// A tablet is a telephone that leaves out "Mobile". An iPad says it is a Mac.
	chromeTablet:   {"Mozilla/5.0 (Linux; Android 10; K)" + blink + "{chrome}.0.0.0 Safari/537.36", chromium, tablet, "Google Chrome"},
	chromeDesktop:  {"Mozilla/5.0 ({desktop})" + blink + "{chrome}.0.0.0 Safari/537.36", chromium, desktop, "Google Chrome"},
	edgeDesktop:    {"Mozilla/5.0 (Windows NT 10.0; Win64; x64)" + blink + "{chrome}.0.0.0 Safari/537.36 Edg/{chrome}.0.0.0", chromium, desktop, "Microsoft Edge"},
	firefoxDesktop: {"Mozilla/5.0 ({desktop.1}; rv:{firefox}) Gecko/20100101 Firefox/{firefox}", firefox, desktop, ""},
	safariDesktop:  {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{ios.1} Safari/605.1.15", webKit, desktop, ""},

	whatsappAndroid: {"Mozilla/5.0 (Linux; Android 10; K)" + blink + "{chrome.1} Mobile Safari/537.36 [WA4A/{whatsapp};]", webView, phone, "Android WebView"},
	whatsappIPhone:  {webKitPhone + "Version/{ios.1} Mobile/15E148 Safari/604.1 [WAiOS/{whatsapp}]", webKit, phone, ""},
	// Telegram takes the model out of the web view's name and leaves the release.
	telegramAndroid:    {"Mozilla/5.0 (Linux; Android {release}; K)" + blink + "{chrome.1} Mobile Safari/537.36", webView, phone, "Android WebView"},
	messengerAndroid:   {androidWebView + " [FB_IAB/Orca-Android;FBAV/{meta};]", webView, phone, "Android WebView"},
	messengerIPhone:    {webKitPhone + "Mobile/15E148 [FBAN/MessengerForiOS;FBAV/{meta};FBDV/{iphone};FBSN/iOS;FBSV/{ios.1}]", webKit, phone, ""},
	facebookAndroid:    {androidWebView + " [FB_IAB/FB4A;FBAV/{meta};IABMV/1;]", webView, phone, "Android WebView"},
	facebookIPhone:     {webKitPhone + "Mobile/15E148 [FBAN/FBIOS;FBAV/{meta};FBDV/{iphone};FBSN/iOS;FBSV/{ios.1};IABMV/1]", webKit, phone, ""},
	facebookIPhone2025: {webKitPhone + "Version/{ios.1} Mobile/15E148 Safari/604.1 MetaIAB Facebook", webKit, phone, ""},
	instagramAndroid:   {androidWebView + " Instagram {instagram} Android ({phone.2}; {phone}; de_DE; IABMV/1)", webView, phone, "Android WebView"},
	instagramIPhone:    {webKitPhone + "Mobile/15E148 Instagram {instagram} ({iphone}; iOS {ios}; de_DE; de; IABMV/1)", webKit, phone, ""},
	xAndroid:           {androidWebView + " TwitterAndroid", webView, phone, "Android WebView"},
	xIPhone:            {webKitPhone + "Mobile/15E148 Twitter for iPhone/{x}", webKit, phone, ""},
	linkedinIPhone:     {webKitPhone + "Mobile/15E148 [LinkedInApp]/9.31.{minor}", webKit, phone, ""},
	googleIPhone:       {webKitPhone + "GSA/398.{minor} Mobile/15E148 Safari/604.1", webKit, phone, ""},
	snapchatAndroid:    {androidWebView + "Snapchat13.50.{minor}.40 (SM-S921B; Android 16; gzip; )", webView, phone, "Android WebView"}, // no space before it
	snapchatIPhone:     {webKitPhone + "Version/{ios.1} Mobile/15E148 Snapchat/13.50.{minor}.40 (like Safari/8619.2.8, panda)", webKit, phone, ""},
	tiktokAndroid:      {androidWebView + " musical_ly_2024109030 AppName/musical_ly BytedanceWebview/d8a21c6", webView, phone, "Android WebView"},
	tiktokIPhone:       {webKitPhone + "Version/{ios.1} Mobile/15E148 Safari/604.1 musical_ly_41.{minor}.0", webKit, phone, ""},
	teamsIPhone:        {webKitPhone + "Mobile/15E148 TeamsMobile-iOS", webKit, phone, ""},
	unnamedAndroid:     {androidWebView, webView, phone, "Android WebView"}, // Viber's, and mail apps'

	whatsappPreview:       {userAgent: "WhatsApp/{whatsapp} {side}"},
	signalPreview:         {userAgent: "WhatsApp/2"},
	imessagePreview:       {userAgent: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0"},
	telegramPreview:       {userAgent: "TelegramBot (like TwitterBot)"},
	facebookPreview:       {userAgent: "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"},
	slackPreview:          {userAgent: "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)"},
	xPreview:              {userAgent: "Twitterbot/1.0"},
	linkedinPreview:       {userAgent: "LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)"},
	mastodonPreview:       {userAgent: "Mastodon/4.5.{minor} (http.rb/5.3.1; +https://{instance}/)"},
	viberPreview:          {userAgent: "Viber"},
	snapchatPreview:       {userAgent: "Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots"},
	discordPreview:        {userAgent: "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)"},
	teamsPreview:          {userAgent: "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com"},
	googleMessagesPreview: {userAgent: "Mozilla/5.0 (Linux; Android 10; K)" + blink + "{chrome}.0.0.0 Safari/537.36 GoogleMessages/15.{minor}"},
	redditPreview:         {userAgent: "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)"},

	googlebot:   {userAgent: "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P)" + blink + "{chrome.1} Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
	bingbot:     {userAgent: "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/{chrome}.0.0.0 Safari/537.36"},
	gptbot:      {userAgent: "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.3; +https://openai.com/gptbot)"},
	chatgptUser: {userAgent: "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ChatGPT-User/1.0; +https://openai.com/bot)"},
	linkChecker: {userAgent: "ExampleBot/2.{minor} (+https://bot.example/about)"},
	feedReader:  {userAgent: "FeedReader/3.{minor} (+https://reader.example/)"},
	// Microsoft opens the links of a mail before its reader can.
	mailScanner: {userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/{chrome.1} Safari/537.36"},
	scanner:     {userAgent: "Mozilla/5.0 ({desktop})" + blink + "{chrome}.0.0.0 Safari/537.36"},
	nobody:      {},
}

// blanks are what stands in the blanks. A row is one telephone, or one version,
// that is written differently in different places.
var blanks = []struct {
	name string
	rows [][]string
}{
	{"chrome", [][]string{{"155", "155.0.8310.61"}, {"155", "155.0.8310.61"}, {"155", "155.0.8310.44"}, {"154", "154.0.8244.90"}}},
	{"ios", [][]string{{"18_7", "26.2"}, {"18_7", "26.2"}, {"18_7", "26.1"}, {"18_6", "18.6"}}},
	{"firefox", [][]string{{"157.0"}, {"156.0"}, {"140.0"}}},
	{"desktop", [][]string{
		{"Windows NT 10.0; Win64; x64", "Windows NT 10.0; Win64; x64", "Windows"}, {"Windows NT 10.0; Win64; x64", "Windows NT 10.0; Win64; x64", "Windows"},
		{"Macintosh; Intel Mac OS X 10_15_7", "Macintosh; Intel Mac OS X 10.15", "macOS"}, {"X11; Linux x86_64", "X11; Linux x86_64", "Linux"}}},
	{"phone", [][]string{{"SM-S921B", "BP2A.250605.031", "16"}, {"SM-A556B", "AP3A.240905.015", "15"}, {"SM-A346B", "UP1A.231005.007", "14"}, {"Pixel 9", "BP3A.250905.014", "16"}, {"Pixel 7a", "AP4A.250205.002", "15"}, {"CPH2609", "TP1A.220905.001", "13"}}},
	{"release", [][]string{{"16"}, {"15"}, {"14"}, {"13"}}},
	{"iphone", [][]string{{"iPhone17,3"}, {"iPhone16,1"}, {"iPhone15,4"}, {"iPhone14,5"}}},
	{"whatsapp", [][]string{{"2.25.33.70"}, {"2.25.36.71"}, {"2.26.30.72"}, {"2.26.41.75"}}},
	{"meta", [][]string{{"536.0.0.46.77"}, {"537.0.0.51.83"}, {"531.1.0.43.109"}}},
	{"instagram", [][]string{{"408.0.0.33.67"}, {"406.0.0.40.71"}, {"402.0.0.38.84"}}},
	{"x", [][]string{{"11.42"}, {"11.40"}, {"11.38"}}},
	{"minor", [][]string{{"1"}, {"2"}, {"3"}, {"4"}}},
	{"side", [][]string{{"A"}, {"A"}, {"i"}, {"W"}}}, // which WhatsApp: Android, iPhone, web
	{"instance", [][]string{{"social.example"}, {"moin.example"}, {"norden.example"}, {"troet.example"}, {"mastodon.example"}, {"toot.example"}}},
}
