package darksocial

// tokenRule is a row of a table of User-Agent tokens. Rows are in order of
// precedence: of all that stand in a User-Agent the first wins, so what is more
// specific comes first.
type tokenRule struct {
	id         string
	pattern    string // grammar: see pattern in match.go
	source     string // "" = unnamed
	confidence Confidence
	platform   platform // where the token is honest; 0 = anywhere
	cite       string
}

// apps are the names that apps write into the User-Agent of their in-app
// browsers. To add one: a row here, an example in apps_test.go.
var apps = []tokenRule{
	// Meta. One browser serves the whole family, so the app's own token must beat
	// the family's (FBAN, FBAV, MetaIAB). FBAV may be missing, the block may be
	// the whole User-Agent, and newer builds put Safari/604.1 behind it.
	{"ua.messenger.fban-ios", "FBAN/MessengerForiOS", "messenger", Certain, iOS, "inapp-spy"},
	{"ua.messenger.fban-lite-ios", "FBAN/MessengerLiteForiOS", "messenger", Certain, iOS, "inapp-spy"},
	{"ua.messenger.iab", "FB_IAB/MESSENGER", "messenger", Certain, android, "inapp-spy"},
	{"ua.messenger.iab-orca", "FB_IAB/Orca-Android", "messenger", Certain, android, "dd-6971"},
	{"ua.messenger.fban-orca", "FBAN/Orca-Android", "messenger", Certain, android, "dd-6971"},
	{"ua.messenger.mlite", "FBAN/mLite", "messenger", Certain, mobile, "dd"},
	{"ua.messenger.fban", "FBAN/Messenger*", "messenger", Strong, 0, "dd"},
	{"ua.messenger.lightspeed", "^LightSpeed [", "messenger", Strong, iOS, "dd"},
	{"ua.messenger.metaiab", "MetaIAB Messenger", "messenger", Likely, mobile, "inapp-spy-57"},
	{"ua.threads.barcelona", "Barcelona #", "threads", Certain, mobile, "uap-651"},
	{"ua.threads.metaiab", "MetaIAB Threads", "threads", Likely, mobile, "inapp-spy-57"},
	{"ua.instagram.version", "Instagram #", "instagram", Certain, mobile, "inapp-spy-50"},
	{"ua.instagram.metaiab", "MetaIAB Instagram", "instagram", Strong, mobile, "inapp-spy-57"},
	{"ua.facebook.metaiab", "MetaIAB Facebook", "facebook", Certain, mobile, "inapp-spy-57"},
	{"ua.facebook.fbios", "FBAN/FBIOS", "facebook", Certain, iOS, "inapp-spy"},
	{"ua.facebook.fbiphone", "FBAN/FBForIPhone", "facebook", Certain, iOS, "dd"},
	{"ua.facebook.fb4a-iab", "FB_IAB/FB4A", "facebook", Certain, android, "inapp-spy"},
	{"ua.facebook.fb4a", "FBAN/FB4A", "facebook", Certain, android, "isbot-314"},
	{"ua.facebook.lite", "FBAN/EMA", "facebook", Certain, mobile, "dd"},
	{"ua.facebook.windows", "FBAN/FBW", "facebook", Certain, 0, "dd"},
	{"ua.facebook.groups", "FBAN/GroupsForiOS", "facebook", Certain, iOS, "dd"},
	{"ua.facebook.pages", "FBAN/FBPageAdmin*", "facebook", Certain, mobile, "dd"},
	{"ua.facebook.fban", "FBAN/", "facebook", Strong, 0, "dd"},
	{"ua.facebook.fb-iab", "FB_IAB/", "facebook", Strong, 0, "dd"},
	{"ua.facebook.fbav", "FBAV/", "facebook", Strong, 0, "dd"},
	{"ua.facebook.metaiab-bare", "MetaIAB", "facebook", Likely, mobile, "inapp-spy-57"},

	// WhatsApp has named its in-app browser since 2025, on a part of the phones.
	{"ua.whatsapp.wa4a", "WA4A/", "whatsapp", Certain, android, "inapp-spy-1a34086"},
	{"ua.whatsapp.waios", "WAiOS/", "whatsapp", Certain, iOS, "inapp-spy-1a34086"},

	// Only web views of bots and mini apps carry Telegram's name.
	{"ua.telegram.mini-app", "Telegram-Android/", "telegram", Certain, android, "telegram-webview"},

	// Android glues the name to "Safari/537.36".
	{"ua.snapchat.slash", "Snapchat/", "snapchat", Certain, mobile, "inapp-spy"},
	{"ua.snapchat.glued", "Snapchat#", "snapchat", Certain, android, "dd"},

	// ByteDance shares one web view among its apps: the app's name decides.
	{"ua.douyin.aweme", "aweme*", "douyin", Certain, mobile, "dd"},
	{"ua.tiktok.musically", "musical_ly*", "tiktok", Certain, mobile, "inapp-spy"},
	{"ua.tiktok.trill", "trill_", "tiktok", Certain, mobile, "inapp-spy"},
	{"ua.tiktok.app-trill", "AppName/trill", "tiktok", Certain, mobile, "dd"},
	{"ua.tiktok.app-go", "AppName/musically_go", "tiktok", Certain, mobile, "dd"},
	{"ua.tiktok.app-lite", "AppName/ultralite", "tiktok", Certain, mobile, "dd"},
	{"ua.tiktok.package", "com.zhiliaoapp.musically*", "tiktok", Strong, mobile, "dd"},
	{"ua.tiktok.package-trill", "com.ss.android.ugc.trill", "tiktok", Strong, android, "dd"},
	{"ua.tiktok.name", "TikTok #", "tiktok", Strong, mobile, "dd"},
	{"ua.tiktok.bytedance", "BytedanceWebview/", "tiktok", Likely, mobile, "inapp-spy"},

	{"ua.x.iphone", "Twitter for iPhone", "x", Certain, iOS, "inapp-spy"},
	{"ua.x.ipad", "Twitter for iPad", "x", Certain, iOS, "inapp-spy"},
	{"ua.x.android", "TwitterAndroid", "x", Certain, android, "dd"},
	{"ua.linkedin.app", "LinkedInApp", "linkedin", Certain, mobile, "inapp-spy"},
	{"ua.linkedin.windows", "LinkedIn/Windows-Native-App", "linkedin", Strong, desktop, "signatures"},
	{"ua.pinterest.ios", "[Pinterest/iOS]", "pinterest", Certain, iOS, "dd"},
	{"ua.pinterest.android", "[Pinterest/Android]", "pinterest", Certain, android, "dd"},
	{"ua.pinterest.native", "Pinterest for *", "pinterest", Strong, mobile, "dd"},
	{"ua.reddit.version", "Reddit/Version", "reddit", Certain, android, "dd"},
	{"ua.reddit.slash", "Reddit/#", "reddit", Strong, mobile, "dd"},

	// Asia.
	{"ua.line.slash", "Line/#", "line", Certain, mobile, "inapp-spy"},
	{"ua.line.liff", "LIFF", "line", Strong, mobile, "line-liff"},
	{"ua.kakaotalk.name", "KAKAOTALK", "kakaotalk", Certain, mobile, "inapp-spy"},
	{"ua.wecom.wxwork", "wxwork/", "wecom", Certain, 0, "dd"},
	{"ua.wechat.micromessenger", "MicroMessenger/", "wechat", Certain, 0, "dd"},
	{"ua.tim.slash", "TIM/#", "tim", Strong, mobile, "signatures"},
	{"ua.tencent_docs.name", "TencentDocs", "tencent_docs", Strong, mobile, "signatures"},
	{"ua.qq.android", "V1_AND_SQ*", "qq", Certain, android, "dd"},
	{"ua.qq.ios", "V1_IPH_SQ*", "qq", Certain, iOS, "dd"},
	{"ua.qq.slash", "QQ/#", "qq", Strong, mobile, "dd"},
	{"ua.weibo.marks", "__weibo__", "weibo", Certain, mobile, "dd"},
	{"ua.weibo.name", "Weibo*", "weibo", Strong, mobile, "dd"},
	{"ua.zalo.ios", "Zalo iOS/", "zalo", Certain, iOS, "dd"},
	{"ua.zalo.android", "Zalo android/", "zalo", Certain, android, "dd"},
	{"ua.zalo.slash", "Zalo/", "zalo", Strong, 0, "dd"},
	{"ua.dingtalk.name", "DingTalk/", "dingtalk", Certain, 0, "dd"},
	{"ua.lark.name", "Lark/", "lark", Certain, 0, "dd"},
	{"ua.alipay.client", "AlipayClient/", "alipay", Certain, mobile, "dd"},
	{"ua.naver.search", "NAVER(inapp; search", "naver", Certain, mobile, "dd"},
	{"ua.naver.dictionary", "NAVER(inapp; naverdicapp", "naver_dictionary", Certain, mobile, "dd"},
	{"ua.naver.other", "NAVER(inapp", "naver", Likely, mobile, "dd"},
	{"ua.daum.apps", "DaumApps/", "daum", Certain, mobile, "dd"},
	{"ua.baidu.box", "baiduboxapp/", "baidu", Certain, mobile, "dd"},

	// Other messengers and tools at work. Their desktop apps open links outside,
	// so these are rarely the reader of an article.
	{"ua.viber.slash", "Viber/#", "viber", Certain, 0, "dd"},
	{"ua.viber.last", "Viber$", "viber", Strong, 0, "dd"},
	{"ua.kik.slash", "Kik/#", "kik", Certain, mobile, "dd"},
	{"ua.imo.android", "imoAndroid/", "imo", Certain, android, "dd"},
	{"ua.slack.ssb", "Slack_SSB/", "slack", Certain, desktop, "signatures"},
	{"ua.slack.slash", "Slack/#", "slack", Strong, 0, "signatures"},
	{"ua.discord.slash", "discord/#", "discord", Strong, 0, "signatures"},
	{"ua.teams.ios", "TeamsMobile-iOS", "teams", Certain, iOS, "dd"},
	{"ua.teams.android", "TeamsMobile-Android", "teams", Certain, android, "dd"},
	{"ua.teams.slash", "Teams/#", "teams", Strong, 0, "signatures"},
	{"ua.teams.maglev", "maglev/", "teams", Likely, mobile, "signatures"},
	{"ua.skype.slash", "Skype/#", "skype", Strong, 0, "signatures"},
	{"ua.yammer.slash", "Yammer/#", "yammer", Certain, mobile, "dd"},

	// Mail.
	{"ua.outlook.mobile", "Outlook-iOS-Android/", "outlook", Likely, mobile, "dd"},
	{"ua.yahoo_mail.japan", "jp.co.yahoo.ymail", "yahoo_mail", Likely, mobile, "dd"},

	// Search and news apps: not dark social, but not "direct" either.
	{"ua.google_app.gsa", "GSA/#", "google_app", Certain, mobile, "inapp-spy"},
	{"ua.google_app.android", "GoogleApp/", "google_app", Certain, android, "dd"},
	{"ua.google_app.gsapp", "GSApp/", "google_app", Strong, mobile, "dd"},
	{"ua.google_app.nstnwv", "NSTNWV/", "google_app", Likely, iOS, "signatures"},
	{"ua.bing.sapphire", "BingSapphire/", "bing", Certain, mobile, "dd"},
	{"ua.bing.web", "BingWeb/", "bing", Certain, 0, "dd"},
	{"ua.bing.ipad", "bingipadclient*", "bing", Certain, iOS, "dd"},
	{"ua.bing.start", "Sapphire/", "bing", Likely, mobile, "signatures"},
	{"ua.flipboard.name", "Flipboard/#", "flipboard", Certain, mobile, "dd"},
	{"ua.xing.name", "XING/#", "xing", Strong, mobile, "dd"},
	{"ua.vk.android", "VKAndroidApp/", "vk", Certain, android, "dd"},
	{"ua.ntv.app", "ntvmobil", "ntv", Strong, mobile, "memory"},
	{"ua.nextdoor.name", "Nextdoor/#", "nextdoor", Strong, mobile, "dd"},
}
