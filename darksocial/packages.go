package darksocial

import (
	"slices"
	"strings"
)

// packageRule is a row of the table of Android apps. An app tells its name in
// two ways: its WebView sends X-Requested-With: PACKAGE, and a browser it opens
// may get the Referer android-app://PACKAGE/. One row serves both, as the rules
// xrw.PACKAGE and app.PACKAGE. A package stands for itself and for every name
// below it (com.linkedin covers com.linkedin.pulse); the longest wins.
type packageRule struct {
	name   string
	source string // "" = a known app that is no place to share in: named, but direct
	cite   string
}

var packages = []packageRule{
	// Messengers.
	{"com.whatsapp", "whatsapp", "snowplow"},
	{"com.facebook.orca", "messenger", "dd-apps"},
	{"com.facebook.mlite", "messenger", "memory"},
	{"com.facebook.talk", "messenger", "memory"},
	{"com.facebook.workchat", "messenger", "memory"},
	{"org.telegram", "telegram", "dd-apps"},
	{"org.thunderdog.challegram", "telegram", "memory"},
	{"org.aka", "telegram", "dd-apps"},
	{"ir.ilmili.telegraph", "telegram", "dd-apps"},
	{"the.best.gram", "telegram", "dd-apps"},
	{"org.thoughtcrime.securesms", "signal", "memory"},
	{"com.google.android.apps.messaging", "google_messages", "chrome-intents"},
	{"com.samsung.android.messaging", "sms", "memory"},
	{"com.google.android.apps.dynamite", "google_chat", "memory"},
	{"com.viber.voip", "viber", "dd-apps"},
	{"jp.naver.line", "line", "dd-apps"},
	{"com.linecorp", "line", "memory"},
	{"com.kakao.talk", "kakaotalk", "dd-apps"},
	{"com.tencent.mm", "wechat", "dd-apps"},
	{"com.tencent.wework", "wecom", "memory"},
	{"com.tencent.mobileqq", "qq", "memory"},
	{"com.zing.zalo", "zalo", "memory"},
	{"kik.android", "kik", "dd-apps"},
	{"com.imo.android.imoim", "imo", "memory"},
	{"com.snapchat", "snapchat", "dd-apps"},
	{"ch.threema.app", "threema", "memory"},
	{"com.wire", "wire", "memory"},
	{"im.vector.app", "matrix", "memory"},
	{"com.groupme.android", "groupme", "memory"},
	{"com.bbm", "bbm", "memory"},

	// Teams at work.
	{"com.slack", "slack", "snowplow"},
	{"com.Slack", "slack", "snowplow"},
	{"com.discord", "discord", "memory"},
	{"com.microsoft.teams", "teams", "memory"},
	{"com.skype", "skype", "memory"},
	{"com.mattermost", "mattermost", "memory"},
	{"com.alibaba.android.rimet", "dingtalk", "memory"},
	{"com.yammer", "yammer", "memory"},
	{"notion.id", "notion", "memory"},

	// Networks.
	{"com.facebook", "facebook", "dd-apps"},
	{"m.facebook.com", "facebook", "chrome-intents"}, // Chrome's name for the Facebook app
	{"com.instagram", "instagram", "dd-apps"},
	{"com.instagram.barcelona", "threads", "dd-apps"},
	{"com.zhiliaoapp.musically", "tiktok", "matomo-6828"},
	{"com.ss.android.ugc.trill", "tiktok", "memory"},
	{"com.ss.android.ugc.aweme", "douyin", "memory"},
	{"com.twitter", "x", "dd-apps"},
	{"com.linkedin", "linkedin", "dd-apps"},
	{"linkedin.android", "linkedin", "snowplow"},
	{"com.xing.android", "xing", "memory"},
	{"com.pinterest", "pinterest", "snowplow"},
	{"com.reddit", "reddit", "dd-apps"},
	{"com.laurencedawson.reddit_sync", "reddit", "snowplow"},
	{"com.andrewshu.android.reddit", "reddit", "dd-apps"},
	{"com.andrewshu.android.redditdonation", "reddit", "dd-apps"},
	{"org.quantumbadger.redreader", "reddit", "dd-apps"},
	{"com.sina.weibo", "weibo", "dd-apps"},
	{"com.vkontakte.android", "vk", "memory"},
	{"com.vk", "vk", "memory"},
	{"ru.ok.android", "ok", "memory"},
	{"org.joinmastodon.android", "mastodon", "snowplow"},
	{"com.keylesspalace.tusky", "mastodon", "memory"},
	{"xyz.blueskyweb.app", "bluesky", "memory"},
	{"com.google.android.youtube", "youtube", "dd-apps"},
	{"com.google.android.apps.youtube", "youtube", "memory"},
	{"flipboard.app", "flipboard", "memory"},
	{"com.tumblr", "tumblr", "memory"},
	{"com.nextdoor", "nextdoor", "memory"},

	// Mail.
	{"com.google.android.gm", "gmail", "snowplow"},
	{"com.microsoft.office.outlook", "outlook", "dd-apps"},
	{"com.microsoft.outlooklite", "outlook", "memory"},
	{"com.yahoo.mobile.client.android.mail", "yahoo_mail", "snowplow"},
	{"com.yahoo.aerogram", "yahoo_mail", "memory"},
	{"jp.co.yahoo.android.ymail", "yahoo_mail", "memory"},
	{"com.aol.mobile.aolapp", "aol_mail", "snowplow"},
	{"de.gmx.mobile.android.mail", "gmx", "dd-apps"},
	{"de.web.mobile.android.mail", "web.de", "dd-apps"},
	{"de.telekom.mail", "t-online", "dd-apps"},
	{"ch.protonmail.android", "proton", "memory"},
	{"com.samsung.android.email", "samsung_email", "dd-apps"},
	{"com.readdle.spark", "spark", "memory"},
	{"com.readdle.smartemail", "spark", "memory"},
	{"com.superhuman", "superhuman", "memory"},
	{"com.fsck.k9", "k9_mail", "memory"},
	{"net.thunderbird.android", "thunderbird", "memory"},
	{"eu.faircode.email", "fairemail", "memory"},
	{"ru.mail.mailapp", "mail.ru", "memory"},
	{"ru.mail.mail", "mail.ru", "memory"},
	{"ru.yandex.mail", "yandex_mail", "memory"},
	{"it.italiaonline.mail", "libero_mail", "dd-apps"},
	{"com.apple.mobilemail", "apple_mail", "memory"},
	{"com.earthlink.myearthlink", "earthlink", "memory"},

	// Search.
	{"com.google.android.googlequicksearchbox", "google_app", "snowplow"},
	{"com.google.android.apps.searchlite", "google_app", "dd-apps"},
	{"com.amazon.webapps.gms.search", "google_app", "dd-apps"},
	{"com.microsoft.bing", "bing", "dd-apps"},
	{"com.microsoft.bingintl", "bing", "dd-apps"},
	{"com.nhn.android.search", "naver", "dd-apps"},
	{"net.daum.android.daum", "daum", "dd-apps"},
	{"com.baidu.searchbox", "baidu", "dd-apps"},
	{"ru.yandex.searchplugin", "yandex", "memory"},
	{"ru.yandex.mobile.search", "yandex", "memory"},
	{"com.yahoo.onesearch", "yahoo", "dd-apps"},

	// Assistants.
	{"com.openai.chatgpt", "chatgpt", "memory"},
	{"com.anthropic.claude", "claude", "memory"},
	{"ai.perplexity.app", "perplexity", "memory"},
	{"com.google.android.apps.bard", "gemini", "memory"},
	{"com.microsoft.copilot", "copilot", "dd-apps"},
	{"ai.x.grok", "grok", "memory"},
	{"com.deepseek.chat", "deepseek", "dd-apps"},
	{"ai.mistral.chat", "mistral", "memory"},

	// Apps under a wider name above, or under a site's reversed name, that show
	// pages for other reasons.
	{"com.google.android.gms", "", "dd-apps"},
	{"com.google.android.apps", "", "memory"},
	{"com.google", "", "memory"},
	{"com.yahoo", "", "memory"},
	{"com.amazon", "", "memory"},
}

// browserPackages are browsers on Android's WebView. They send their own name in
// X-Requested-With as an in-app browser would, but whoever reads in one is
// simply browsing: the name proves nothing about a share, and takes back what
// the WebView's shape suggests.
var browserPackages = []string{
	"acr.browser", "ai.perplexity.comet", "app.vanadium", "arun.com.chromer", "com.alohamobile.browser", "com.aloha.browser",
	"com.android.browser", "com.android.chrome", "com.apusapps.browser", "com.asus.browser", "com.brave.browser", "com.browser",
	"com.chrome.beta", "com.chrome.dev", "com.cloudmosa.puffin", "com.cloudmosa.puffinFree", "com.coccoc.trinhduyet",
	"com.dolphin.browser", "com.duckduckgo.mobile.android", "com.ecosia.android", "com.explore.web.browser", "com.fulldive.mobile",
	"com.ghostery.android", "com.google.android.apps.chrome", "com.heytap.browser", "com.hisense.odinbrowser", "com.huawei.browser",
	"com.jio.web", "com.kiwibrowser.browser", "com.ksmobile.cb", "com.lenovo.browser", "com.mcent.browser", "com.mi.globalbrowser",
	"com.microsoft.emmx", "com.mx.browser", "com.nationaledtech.spinbrowser", "com.opera", "com.phlox.tvwebbrowser",
	"com.qihoo.browser", "com.qwant.liberty", "com.sec.android.app.sbrowser", "com.startpage", "com.stoutner.privacybrowser",
	"com.talpa.hibrowser", "com.tcl.browser", "com.tencent.mtt", "com.transsion.phoenix", "com.UCMobile", "com.uc.browser",
	"com.vivaldi.browser", "com.vivo.browser", "com.yandex.browser", "company.thebrowser", "cz.seznam.sbrowser",
	"info.plateaukao.einkbro", "jp.hazuki.yuzubrowser", "mark.via", "mobi.mgeek.TunnyBrowser", "net.soti.surf", "nextapp.atlas",
	"org.adblockplus.browser", "org.bromite", "org.chromium.webview_shell", "org.cromite", "org.lilo.mobile", "org.lineageos.jelly",
	"org.midorinext.android", "org.mozilla", "org.torproject.torbrowser", "org.zirco", "pi.browser", "phx.hot.browser",
}

// browserWords in an unlisted package mark a browser as well: hundreds of small
// ones exist, and nearly all say so.
var browserWords = []string{"browser", "browse", "webview_shell"}

// isBrowserPackage reports whether a package is a browser's.
func isBrowserPackage(name string) bool {
	for at := len(name); at > 0; at = strings.LastIndexByte(name[:at], '.') {
		if browserPackageSet[name[:at]] {
			return true
		}
	}
	return hasAnyFold(name, browserWords)
}

var browserPackageSet = set(browserPackages...)

// reversed turns a package's name into the host it was made from:
// "com.example.app" is "app.example.com". At most six labels are looked at.
func reversed(name string) string {
	labels := strings.SplitN(name, ".", 7)
	slices.Reverse(labels[:min(6, len(labels))])
	return strings.ToLower(strings.Join(labels[:min(6, len(labels))], "."))
}
