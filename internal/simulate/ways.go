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
//   - WhatsApp, Slack and Mastodon send no Referer at all, Messenger in a quarter
//     of the cases, Instagram's messages in seven of ten, LinkedIn's posts in 86
//     per cent, posts on Facebook and X nearly always (SparkToro 2023);
//   - ChatGPT's site tags its links and sends a Referer in some 40 per cent
//     (searchpilot 2026).
//
// https://sparktoro.com/blog/new-research-dark-social-falsely-attributes-significant-percentages-of-web-traffic-as-direct
// http://blog.chartbeat.com/2014/12/04/dark-social-2014/
type way struct {
	name   string // as labels call it
	weight uint32
	pages  choice
	shared *sharing // nil: people come one by one
	looks  []look
}

// look is what a request shows of a way, and how often.
type look struct {
	weight  uint32
	agents  []chance
	referer string
	tag     string // the query; what ends in "=" gets a random value
	named   bool
}

type chance struct {
	agent  agentID
	weight uint32
}

// Whose browser it is. 62 per cent of the clicks on shared links were made on
// telephones (RadiumOne 2016), half of what has no Referer (BuzzFeed 2012); which
// browsers, is chosen.
var (
	anyone   = []chance{{chromePhone, 29}, {samsungPhone, 6}, {safariPhone, 27}, {chromeDesktop, 17}, {edgeDesktop, 9}, {firefoxDesktop, 6}, {safariDesktop, 6}}
	phones   = []chance{{chromePhone, 50}, {samsungPhone, 8}, {safariPhone, 42}}
	androids = []chance{{chromePhone, 88}, {samsungPhone, 12}}
	iPhones  = []chance{{safariPhone, 1}}
	desktops = []chance{{chromeDesktop, 46}, {edgeDesktop, 24}, {firefoxDesktop, 15}, {safariDesktop, 15}}
)

func only(a agentID) []chance { return []chance{{a, 1}} }

const newsletterTag = "utm_source=newsletter&utm_medium=email&utm_campaign=morgenpost"

var ways = []way{
	{"google", 264, anyAge, nil, []look{
		{80, anyone, "https://www.google.com/", "", true},
		{10, anyone, "https://www.google.de/", "", true},
		// Part of the direct visits to deep addresses is search: of Groupon's, more
		// than half left with it (2014). The tenth is chosen.
		{10, anyone, "", "", false},
	}},
	{"google_app", 45, fresh, nil, []look{
		{60, androids, "android-app://com.google.android.googlequicksearchbox/", "", true},
		{40, only(googleIPhone), "", "", true},
	}},
	{"bing", 28, anyAge, nil, []look{{1, desktops, "https://www.bing.com/", "", true}}},
	{"duckduckgo", 14, anyAge, nil, []look{{1, anyone, "https://duckduckgo.com/", "", true}}},
	{"ecosia", 9, anyAge, nil, []look{{1, desktops, "https://www.ecosia.org/", "", true}}},
	{"typed", 230, home, nil, []look{{1, anyone, "", "", false}}},

	// Messengers. A quarter of WhatsApp's visits in its own browser: chosen, it is
	// rolled out in part. Its web client is on the lists of Referers, though
	// SparkToro saw none: a few.
	{"whatsapp", 105, fresh, &sharing{only(whatsappPreview), "whatsapp", 4, 0, 1}, []look{
		{16, only(whatsappAndroid), "", "", true},
		{8, only(whatsappIPhone), "", "", true},
		{2, desktops, "https://web.whatsapp.com/", "", true},
		{40, androids, "", "", false},
		{34, iPhones, "", "", false},
	}},
	// On the iPhone Telegram looks like Safari; half of its readers: chosen.
	{"telegram", 18, fresh, &sharing{only(telegramPreview), "telegram", 5, dayLong, 1}, []look{
		{45, only(telegramAndroid), "", "", true},
		{5, desktops, "https://web.telegram.org/", "", true},
		{50, phones, "", "", false},
	}},
	{"signal", 14, fresh, &sharing{only(signalPreview), "signal", 2, 0, 1}, []look{{1, phones, "", "", false}}},
	{"imessage", 18, fresh, &sharing{only(imessagePreview), "imessage", 2, 0, 1}, []look{{1, iPhones, "", "", false}}},
	{"messenger", 14, fresh, &sharing{only(facebookPreview), "facebook", 2, dayLong, 1}, []look{
		{15, only(messengerAndroid), "https://l.facebook.com/", "fbclid=", true},
		{10, only(messengerIPhone), "https://l.facebook.com/", "fbclid=", true},
		{20, only(messengerAndroid), "", "", true},
		{15, only(messengerIPhone), "", "", true},
		{40, phones, "", "", false},
	}},
	{"slack", 7, fresh, &sharing{only(slackPreview), "slack", 3, 30, 1}, []look{{1, desktops, "", "", false}}},

	// Networks.
	{"facebook", 66, fresh, &sharing{only(facebookPreview), "facebook", 25, dayLong, 1}, []look{
		{40, only(facebookAndroid), "http://m.facebook.com/", "fbclid=", true},
		{18, only(facebookIPhone), "https://l.facebook.com/", "fbclid=", true},
		{12, only(facebookIPhone2025), "", "fbclid=", true},
		{12, phones, "https://lm.facebook.com/", "fbclid=", true},
		{18, desktops, "https://l.facebook.com/", "fbclid=", true},
	}},
	{"instagram", 16, fresh, nil, []look{
		{40, only(instagramAndroid), "https://l.instagram.com/", "fbclid=", true},
		{30, only(instagramIPhone), "https://l.instagram.com/", "fbclid=", true},
		{18, only(instagramAndroid), "", "", true},
		{12, only(instagramIPhone), "", "", true},
	}},
	{"x", 9, fresh, &sharing{only(xPreview), "x", 8, dayLong, 1}, []look{
		{30, only(xAndroid), "https://t.co/", "", true},
		{25, only(xIPhone), "https://t.co/", "", true},
		{45, desktops, "https://t.co/", "", true},
	}},
	{"linkedin", 6, fresh, &sharing{only(linkedinPreview), "linkedin", 6, dayLong, 1}, []look{
		{46, only(linkedinIPhone), "https://www.linkedin.com/", "", true},
		{40, desktops, "https://www.linkedin.com/", "", true},
		{14, desktops, "", "", false},
	}},
	// Mastodon sends no Referer since 2023, and every instance reads a public post.
	{"mastodon", 12, fresh, &sharing{only(mastodonPreview), "mastodon", 10, dayLong, 6}, []look{{1, anyone, "", "", false}}},
	{"chatgpt", 12, anyAge, nil, []look{
		{40, desktops, "https://chatgpt.com/", "utm_source=chatgpt.com", true},
		{30, anyone, "", "utm_source=chatgpt.com", true},
		{30, phones, "", "", false}, // its apps
	}},

	// Mail from person to person. Webmail that hides its address is Gmail's, in a
	// log without Sec-Fetch-Site the same as typed; programs show as little.
	{"gmail", 7, fresh, nil, []look{{1, androids, "android-app://com.google.android.gm/", "", true}}},
	{"gmx", 12, fresh, nil, []look{{1, anyone, "https://deref-gmx.net/", "", true}}},
	{"web.de", 11, fresh, nil, []look{{1, anyone, "https://deref-web.de/", "", true}}},
	{"outlook", 5, fresh, nil, []look{{1, desktops, "https://outlook.live.com/", "", true}}},
	{"hidden_web", 26, fresh, nil, []look{{1, desktops, "", "", false}}},

	{"newsletter", 38, fresh, nil, []look{{1, anyone, "", newsletterTag, true}}},
	{"blog.neighbour.example", 14, anyAge, nil, []look{{1, anyone, "https://blog.neighbour.example/", "", true}}},
}

// sharing is what goes before the visits of a way: a link is sent, and the app
// reads the page for a preview.
type sharing struct {
	fetcher []chance
	app     string // as the preview's label calls it
	// clicks on a shared link, on average: chosen. Between one and nearly twice as
	// many come of each.
	clicks uint32
	// cache is for how many minutes an app's server does not read a page again;
	// 0 where the sender's own device reads it, each time. Slack's is half an hour;
	// the others' are longer than a day, as far as is known.
	cache uint32
	crowd uint32 // how many servers read it; chosen
}

const dayLong = 24 * 60

// delays between a preview and a click, in seconds: any step is as likely as any
// other. The one gap that has been published is 6 seconds (Telegram); the rest is
// chosen: half come within five minutes, the last two hours later.
var delays = [...]uint32{6, 15, 30, 60, 150, 300, 600, 1200, 2400, 4800, 7200}

// delay draws one, in milliseconds.
func (d dice) delay() uint32 {
	step := d.below(uint32(len(delays) - 1))
	return 1000*delays[step] + d.below(1000*(delays[step+1]-delays[step]))
}

// curve is how many people come in each hour of the day, UTC: the morning, noon
// and evening of a country one hour ahead. Chosen.
var curve = [24]uint64{2, 1, 1, 2, 6, 18, 38, 42, 40, 40, 44, 52, 46, 40, 40, 44, 52, 56, 58, 60, 50, 30, 14, 5}
