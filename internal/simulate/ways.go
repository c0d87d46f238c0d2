package simulate

// way is how people come to the site. Weights are per thousand arrivals, chosen
// for a small local paper within what has been published:
//
//   - most come by search, directly or from the site itself (chosen);
//   - a third of the visits from elsewhere have no Referer though they open an
//     article, 20 to 40 per cent at most sites (Chartbeat 2014 and 2015). Here:
//     most of the messengers, what hides, and what search and assistants lose;
//   - of those, apps that name themselves bring 10 to 20 per cent to light
//     (Chartbeat 2015);
//   - WhatsApp, Slack, Discord and Mastodon send no Referer at all, Messenger in a
//     quarter of the cases, Instagram's messages in seven of ten, LinkedIn's posts
//     in 86 per cent, posts on Facebook, X and Reddit nearly always (SparkToro 2023);
//   - ChatGPT's site tags its links and sends a Referer in some 40 per cent
//     (searchpilot 2026).
//
// https://sparktoro.com/blog/new-research-dark-social-falsely-attributes-significant-percentages-of-web-traffic-as-direct
// http://blog.chartbeat.com/2014/12/04/dark-social-2014/
type way struct {
	name   string
	origin Origin
	weight uint32
	pages  choice
	shared *sharing // nil: people come one by one
	looks  []look
	rare   bool // not in the plain world
}

// look is what a request shows of a way, and how often.
type look struct {
	weight  uint32
	agents  []chance
	referer string // an origin, as browsers send it by themselves; a whole address where a site's policy is unsafe-url
	tag     string // the query; what ends in "=" gets a random value
	app     string // X-Requested-With: the app around an Android web view
	hidden  bool   // a web page led here and told no Referer (its policy is no-referrer)
	names   string // what Referer, User-Agent and query name: a key of names, or nothing
	byApp   string // what is named once X-Requested-With is seen, if it is something else
	rare    bool
}

// The tags of what the site sends out itself.
const (
	newsletterTag = "utm_source=newsletter&utm_medium=email&utm_campaign=morgenpost"
	channelTag    = "utm_source=whatsapp&utm_medium=channel&utm_campaign=kanal"
)

// inChannel is how a reader of a WhatsApp channel opens a link: as of a message.
func inChannel(tag, named, unnamed string) []look {
	return []look{
		{weight: 16, agents: only(whatsappAndroid), app: "com.whatsapp", tag: tag, names: named},
		{weight: 8, agents: only(whatsappIPhone), tag: tag, names: named},
		{weight: 40, agents: androids, tag: tag, names: unnamed},
		{weight: 36, agents: iPhones, tag: tag, names: unnamed},
	}
}

var ways = []way{
	{name: "google", origin: Searched, weight: 264, pages: anyAge, looks: []look{
		{weight: 80, agents: anyone, referer: "https://www.google.com/", names: "google"},
		{weight: 10, agents: anyone, referer: "https://www.google.de/", names: "google"},
		// Part of the direct visits to deep addresses is search: of Groupon's, more
		// than half left with it (2014). The tenth is chosen.
		{weight: 10, agents: anyone},
	}},
	{name: "google_app", origin: Searched, weight: 45, pages: fresh, looks: []look{
		{weight: 60, agents: androids, referer: "android-app://com.google.android.googlequicksearchbox/", names: "google_app"},
		{weight: 40, agents: only(googleIPhone), names: "google_app"},
	}},
	{name: "bing", origin: Searched, weight: 28, pages: anyAge, looks: []look{{weight: 1, agents: desktops, referer: "https://www.bing.com/", names: "bing"}}},
	{name: "duckduckgo", origin: Searched, weight: 14, pages: anyAge, looks: []look{{weight: 1, agents: anyone, referer: "https://duckduckgo.com/", names: "duckduckgo"}}},
	{name: "ecosia", origin: Searched, weight: 9, pages: anyAge, looks: []look{{weight: 1, agents: desktops, referer: "https://www.ecosia.org/", names: "ecosia"}}},
	{name: "search_without_referer", origin: Searched, weight: 0, pages: anyAge, rare: true, looks: []look{{weight: 1, agents: anyone}}},
	{name: "typed", origin: Typed, weight: 230, pages: home, looks: []look{{weight: 1, agents: anyone}}},

	// Messengers. A quarter of WhatsApp's visits in its own browser: chosen, it is
	// rolled out in part. Its web client is on the lists of Referers, though
	// SparkToro saw none: a few.
	{name: "whatsapp", origin: Private, weight: 105, pages: fresh, shared: &sharing{only(whatsappPreview), "whatsapp", 4, 0, 1}, looks: []look{
		{weight: 16, agents: only(whatsappAndroid), app: "com.whatsapp", names: "whatsapp"},
		{weight: 8, agents: only(whatsappIPhone), names: "whatsapp"},
		{weight: 2, agents: desktops, referer: "https://web.whatsapp.com/", names: "whatsapp"},
		{weight: 40, agents: androids},
		{weight: 34, agents: iPhones},
	}},
	// On the iPhone Telegram looks like Safari; half of its readers: chosen.
	{name: "telegram", origin: Private, weight: 18, pages: fresh, shared: &sharing{only(telegramPreview), "telegram", 5, dayLong, 1}, looks: []look{
		{weight: 45, agents: only(telegramAndroid), app: "org.telegram.messenger.web", names: "telegram"},
		{weight: 5, agents: desktops, referer: "https://web.telegram.org/", names: "telegram"},
		{weight: 50, agents: phones},
	}},
	{name: "signal", origin: Private, weight: 14, pages: fresh, shared: &sharing{only(signalPreview), "signal", 2, 0, 1}, looks: []look{{weight: 1, agents: phones}}},
	{name: "imessage", origin: Private, weight: 18, pages: fresh, shared: &sharing{only(imessagePreview), "imessage", 2, 0, 1}, looks: []look{{weight: 1, agents: iPhones}}},
	// Since 2024 some of Messenger's visits have Facebook's name in the User-Agent,
	// and only the package tells them apart; how many, is chosen.
	{name: "messenger", origin: Private, weight: 14, pages: fresh, shared: &sharing{only(facebookPreview), "facebook", 2, dayLong, 1}, looks: []look{
		{weight: 15, agents: only(messengerAndroid), app: messengerApp, referer: "https://l.facebook.com/", tag: "fbclid=", names: "messenger"},
		{weight: 10, agents: only(messengerIPhone), referer: "https://l.facebook.com/", tag: "fbclid=", names: "messenger"},
		{weight: 20, agents: only(messengerAndroid), app: messengerApp, names: "messenger"},
		{weight: 15, agents: only(messengerIPhone), names: "messenger"},
		{weight: 40, agents: phones},
		{weight: 20, agents: only(facebookAndroid), app: messengerApp, names: "facebook", byApp: "messenger", rare: true},
	}},
	{name: "slack", origin: Private, weight: 7, pages: fresh, shared: &sharing{only(slackPreview), "slack", 3, 30, 1}, looks: []look{{weight: 1, agents: desktops, hidden: true}}},
	// Viber's browser says nothing of itself but its package (device-detector 2025).
	// Who reads its preview, nobody knows: here the sender's device.
	{name: "viber", origin: Private, weight: 4, pages: fresh, rare: true, shared: &sharing{only(viberPreview), "viber", 3, 0, 1}, looks: []look{
		{weight: 60, agents: only(unnamedAndroid), app: "com.viber.voip", byApp: "viber"},
		{weight: 40, agents: iPhones},
	}},
	{name: "snapchat", origin: Private, weight: 6, pages: fresh, rare: true, shared: &sharing{only(snapchatPreview), "snapchat", 3, 30, 1}, looks: []look{
		{weight: 50, agents: only(snapchatAndroid), app: "com.snapchat.android", names: "snapchat"},
		{weight: 50, agents: only(snapchatIPhone), names: "snapchat"},
	}},
	{name: "discord", origin: Private, weight: 5, pages: fresh, rare: true, shared: &sharing{only(discordPreview), "discord", 4, 30, 1}, looks: []look{
		{weight: 50, agents: desktops},
		{weight: 30, agents: desktops, hidden: true},
		{weight: 20, agents: phones},
	}},
	{name: "teams", origin: Private, weight: 4, pages: fresh, rare: true, shared: &sharing{only(teamsPreview), "skype", 3, 30, 1}, looks: []look{
		{weight: 30, agents: only(teamsIPhone), names: "teams"},
		{weight: 70, agents: desktops},
	}},
	{name: "google_messages", origin: Private, weight: 5, pages: fresh, rare: true, shared: &sharing{only(googleMessagesPreview), "google_messages", 2, 0, 1}, looks: []look{
		{weight: 50, agents: androids, referer: "android-app://com.google.android.apps.messaging/", names: "google_messages"},
		{weight: 50, agents: androids},
	}},

	// Networks.
	{name: "facebook", origin: Public, weight: 66, pages: fresh, shared: &sharing{only(facebookPreview), "facebook", 25, dayLong, 1}, looks: []look{
		{weight: 40, agents: only(facebookAndroid), app: "com.facebook.katana", referer: "http://m.facebook.com/", tag: "fbclid=", names: "facebook"},
		{weight: 18, agents: only(facebookIPhone), referer: "https://l.facebook.com/", tag: "fbclid=", names: "facebook"},
		{weight: 12, agents: only(facebookIPhone2025), tag: "fbclid=", names: "facebook"},
		{weight: 12, agents: phones, referer: "https://lm.facebook.com/", tag: "fbclid=", names: "facebook"},
		{weight: 18, agents: desktops, referer: "https://l.facebook.com/", tag: "fbclid=", names: "facebook"},
	}},
	{name: "instagram", origin: Public, weight: 16, pages: fresh, looks: []look{
		{weight: 40, agents: only(instagramAndroid), app: "com.instagram.android", referer: "https://l.instagram.com/", tag: "fbclid=", names: "instagram"},
		{weight: 30, agents: only(instagramIPhone), referer: "https://l.instagram.com/", tag: "fbclid=", names: "instagram"},
		{weight: 18, agents: only(instagramAndroid), app: "com.instagram.android", names: "instagram"},
		{weight: 12, agents: only(instagramIPhone), names: "instagram"},
	}},
	{name: "x", origin: Public, weight: 9, pages: fresh, shared: &sharing{only(xPreview), "x", 8, dayLong, 1}, looks: []look{
		{weight: 30, agents: only(xAndroid), app: "com.twitter.android", referer: "https://t.co/", names: "x"},
		{weight: 25, agents: only(xIPhone), referer: "https://t.co/", names: "x"},
		{weight: 45, agents: desktops, referer: "https://t.co/", names: "x"},
	}},
	{name: "linkedin", origin: Public, weight: 6, pages: fresh, shared: &sharing{only(linkedinPreview), "linkedin", 6, dayLong, 1}, looks: []look{
		{weight: 46, agents: only(linkedinIPhone), referer: "https://www.linkedin.com/", names: "linkedin"},
		{weight: 40, agents: desktops, referer: "https://www.linkedin.com/", names: "linkedin"},
		{weight: 14, agents: desktops},
	}},
	// Mastodon sends no Referer since 2023, and every instance reads a public post.
	{name: "mastodon", origin: Public, weight: 12, pages: fresh, shared: &sharing{only(mastodonPreview), "mastodon", 10, dayLong, 6}, looks: []look{{weight: 1, agents: anyone, hidden: true}}},
	{name: "tiktok", origin: Public, weight: 8, pages: fresh, rare: true, looks: []look{
		{weight: 50, agents: only(tiktokAndroid), app: "com.zhiliaoapp.musically", names: "tiktok"},
		{weight: 50, agents: only(tiktokIPhone), names: "tiktok"},
	}},
	{name: "reddit", origin: Public, weight: 6, pages: fresh, rare: true, shared: &sharing{only(redditPreview), "reddit", 8, dayLong, 1}, looks: []look{
		{weight: 50, agents: androids, referer: "android-app://com.reddit.frontpage/", names: "reddit"},
		{weight: 50, agents: desktops, referer: "https://www.reddit.com/", names: "reddit"},
	}},
	// Links in SMS, and of what draws no previews. Nothing reads the page.
	{name: "sms", origin: Private, weight: 0, pages: fresh, rare: true, shared: &sharing{only(whatsappPreview), "whatsapp", 2, 0, 0}, looks: []look{{weight: 1, agents: phones}}},
	// A channel of somebody else's in Telegram: everybody can read it, nobody is named.
	{name: "telegram_channel", origin: Public, weight: 0, pages: fresh, rare: true, shared: &sharing{only(telegramPreview), "telegram", 30, dayLong, 1}, looks: []look{
		{weight: 40, agents: only(telegramAndroid), app: "org.telegram.messenger.web", names: "telegram"},
		{weight: 60, agents: phones},
	}},
	{name: "chatgpt", origin: Assistant, weight: 12, pages: anyAge, looks: []look{
		{weight: 40, agents: desktops, referer: "https://chatgpt.com/", tag: "utm_source=chatgpt.com", names: "chatgpt"},
		{weight: 30, agents: anyone, tag: "utm_source=chatgpt.com", names: "chatgpt"},
		{weight: 30, agents: phones}, // its apps
	}},

	// Mail from person to person. Webmail that hides its address is Gmail's, in a
	// log without Sec-Fetch-Site the same as typed; programs show as little.
	{name: "gmail", origin: Private, weight: 7, pages: fresh, looks: []look{{weight: 1, agents: androids, referer: "android-app://com.google.android.gm/", names: "gmail"}}},
	{name: "gmx", origin: Private, weight: 12, pages: fresh, looks: []look{
		{weight: 80, agents: anyone, referer: "https://deref-gmx.net/", names: "gmx"},
		{weight: 20, agents: only(unnamedAndroid), app: "de.gmx.mobile.android.mail", byApp: "gmx", rare: true},
	}},
	{name: "web.de", origin: Private, weight: 11, pages: fresh, looks: []look{{weight: 1, agents: anyone, referer: "https://deref-web.de/", names: "web.de"}}},
	{name: "outlook", origin: Private, weight: 5, pages: fresh, looks: []look{{weight: 1, agents: desktops, referer: "https://outlook.live.com/", names: "outlook"}}},
	{name: "hidden_web", origin: Private, weight: 26, pages: fresh, looks: []look{{weight: 1, agents: desktops, hidden: true}}},

	// What the site sends out itself. A channel is read by many from one post;
	// without tags a log takes it for messages.
	{name: "newsletter", origin: Campaign, weight: 38, pages: fresh, looks: []look{{weight: 1, agents: anyone, tag: newsletterTag, names: "newsletter"}}},
	// One that somebody forgot to tag: it comes to all at once, and looks like a message.
	{name: "newsletter_untagged", origin: Campaign, weight: 0, pages: fresh, rare: true, shared: &sharing{only(whatsappPreview), "whatsapp", 120, 0, 0}, looks: []look{{weight: 1, agents: anyone}}},
	{name: "own_channel", origin: Campaign, weight: 0, pages: fresh, rare: true, shared: &sharing{only(whatsappPreview), "whatsapp", 40, 0, 1}, looks: inChannel(channelTag, "own_channel", "own_channel")},
	{name: "own_channel_untagged", origin: Public, weight: 0, pages: fresh, rare: true, shared: &sharing{only(whatsappPreview), "whatsapp", 40, 0, 1}, looks: inChannel("", "whatsapp", "")},

	{name: "blog.neighbour.example", origin: Linked, weight: 14, pages: anyAge, looks: []look{{weight: 1, agents: anyone, referer: "https://blog.neighbour.example/", names: "blog.neighbour.example"}}},
	{name: "forum.neighbour.example", origin: Public, weight: 8, pages: anyAge, rare: true, looks: []look{
		{weight: 1, agents: anyone, referer: "https://forum.neighbour.example/viewtopic.php?t=4711&start=20", names: "forum.neighbour.example"},
	}},
	// Microsoft opens the links of mails within a minute, as Chrome without a
	// Referer; what says "headless" is in robots.go, this does not. Chosen: few.
	{name: "mail_scanner", origin: Program, weight: 5, pages: fresh, rare: true, looks: []look{{weight: 1, agents: only(chromeDesktop)}}},
}

const messengerApp = "com.facebook.orca"
