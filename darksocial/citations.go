package darksocial

// Cited says where it can be read that the rule's token means what the rule
// says; empty for what is decided in code.
func (r *Rule) Cited() string { return citations[r.Cite] }

// citations says where it can be read that a token means what a rule says. A
// row that stands on memory alone says so: it is right as far as anybody here
// knows, and a recorded request would be welcome.
var citations = map[string]string{
	"anytype-3258":      "https://github.com/anyproto/anytype-heart/pull/3258",
	"bluesky-6521":      "https://github.com/bluesky-social/social-app/issues/6521",
	"chrome-intents":    "Chromium, IntentHandler.java: apps whose Referer Chrome sets or knows",
	"chromium-ua":       "Chromium, docs/user_agent: the reduced User-Agent",
	"chromium-webview":  "Chromium, android_webview: the WebView's User-Agent and client hints",
	"convention":        "a habit in naming, not a vendor's word",
	"dd":                "https://github.com/matomo-org/device-detector: recorded User-Agents in its tests",
	"dd-6971":           "https://github.com/matomo-org/device-detector/issues/6971",
	"dd-apps":           "https://github.com/matomo-org/device-detector: recorded X-Requested-With headers",
	"dd-browsers":       "https://github.com/matomo-org/device-detector: browsers that send their package",
	"facts-ai":          "https://www.searchpilot.com and others: what assistants send",
	"facts-shims":       "the network's own link redirector",
	"facts-web-clients": "the messenger's own web client",
	"facts-webmail":     "the provider's own webmail",
	"fetch-metadata":    "https://www.w3.org/TR/fetch-metadata/",
	"ga-channels":       "https://support.google.com/analytics/answer/9756891: default channel group",
	"google-crawlers":   "https://developers.google.com/search/docs/crawling-indexing/overview-google-crawlers",
	"inapp-spy":         "https://github.com/shalanah/inapp-spy",
	"inapp-spy-1a34086": "https://github.com/shalanah/inapp-spy/commit/1a34086",
	"inapp-spy-35":      "https://github.com/shalanah/inapp-spy/pull/35",
	"inapp-spy-50":      "https://github.com/shalanah/inapp-spy/issues/50",
	"inapp-spy-57":      "https://github.com/shalanah/inapp-spy/issues/57",
	"isbot":             "https://github.com/omrilotan/isbot: recorded User-Agents in its tests",
	"isbot-314":         "https://github.com/omrilotan/isbot/issues/314",
	"line-liff":         "https://developers.line.biz/en/docs/liff/",
	"matomo-6828":       "https://github.com/matomo-org/device-detector/pull/6828",
	"mdn":               "https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers",
	"memory":            "common knowledge, no recorded request seen yet",
	"meta-crawlers":     "https://developers.facebook.com/docs/sharing/webmasters/web-crawlers",
	"monperrus":         "https://github.com/monperrus/crawler-user-agents",
	"signal-13522":      "https://github.com/signalapp/Signal-Android/issues/13522",
	"signal-9958":       "https://github.com/signalapp/Signal-Android/issues/9958",
	"signatures":        "read in the app's own code",
	"slack-robots":      "https://api.slack.com/robots",
	"snap-robots":       "https://developers.snap.com/robots",
	"snowplow":          "https://github.com/snowplow-referer-parser/referer-parser",
	"tdesktop-7943":     "https://github.com/telegramdesktop/tdesktop/issues/7943",
	"telegram-webview":  "https://github.com/DrKLO/Telegram: BotWebViewContainer",
	"tqpr":              "https://github.com/mpchadwick/tracking-query-params-registry",
	"uap-651":           "https://github.com/ua-parser/uap-core/issues/651",
	"upfold-imessage":   "https://peter.upfold.org.uk/blog/2019/02: iMessage's link previews",
	"whatsapp-previews": "https://developers.facebook.com/documentation/business-messaging/whatsapp/link-previews",
}
