package simulate

import "strings"

// person is somebody, or some program, for as long as a visit lasts. All that a
// log shows of them follows from the two numbers.
type person struct {
	agent agentID
	id    uint32
}

// trait is a number that stays the same for a person, of 0 … n-1.
func (p person) trait(which uint64, n int) int {
	return int(mix(uint64(p.id)<<8|which) % uint64(n))
}

// agentID is a kind of client.
type agentID uint8

const (
	chromePhone agentID = iota
	samsungPhone
	safariPhone
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

	whatsappPreview
	signalPreview
	imessagePreview
	telegramPreview
	facebookPreview
	slackPreview
	xPreview
	linkedinPreview
	mastodonPreview

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
	webkitPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS {ios} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
	webView     = "Mozilla/5.0 (Linux; Android {phone.2}; {phone} Build/{phone.1}; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/{chrome.1} Mobile Safari/537.36 "
	chromium    = " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/"
)

// userAgents say how each kind of client writes itself; what differs between
// people are blanks. They are composed from what is known of the apps' shapes:
// the sources stand beside the rules, in darksocial/apps.go and fetchers.go.
var userAgents = [numAgents]string{
	// Chrome on Android says the same of every telephone since 2023.
	chromePhone:    "Mozilla/5.0 (Linux; Android 10; K)" + chromium + "{chrome}.0.0.0 Mobile Safari/537.36",
	samsungPhone:   "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
	safariPhone:    webkitPhone + "Version/{ios.1} Mobile/15E148 Safari/604.1",
	chromeDesktop:  "Mozilla/5.0 ({desktop})" + chromium + "{chrome}.0.0.0 Safari/537.36",
	edgeDesktop:    "Mozilla/5.0 (Windows NT 10.0; Win64; x64)" + chromium + "{chrome}.0.0.0 Safari/537.36 Edg/{chrome}.0.0.0",
	firefoxDesktop: "Mozilla/5.0 ({desktop.1}; rv:{firefox}) Gecko/20100101 Firefox/{firefox}",
	safariDesktop:  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{ios.1} Safari/605.1.15",

	whatsappAndroid: "Mozilla/5.0 (Linux; Android 10; K)" + chromium + "{chrome.1} Mobile Safari/537.36 [WA4A/{whatsapp};]",
	whatsappIPhone:  webkitPhone + "Version/{ios.1} Mobile/15E148 Safari/604.1 [WAiOS/{whatsapp}]",
	// Telegram takes the model out of the web view's name and leaves the release.
	telegramAndroid:    "Mozilla/5.0 (Linux; Android {release}; K)" + chromium + "{chrome.1} Mobile Safari/537.36",
	messengerAndroid:   webView + "[FB_IAB/Orca-Android;FBAV/{meta};]",
	messengerIPhone:    webkitPhone + "Mobile/15E148 [FBAN/MessengerForiOS;FBAV/{meta};FBDV/{iphone};FBSN/iOS;FBSV/{ios.1}]",
	facebookAndroid:    webView + "[FB_IAB/FB4A;FBAV/{meta};IABMV/1;]",
	facebookIPhone:     webkitPhone + "Mobile/15E148 [FBAN/FBIOS;FBAV/{meta};FBDV/{iphone};FBSN/iOS;FBSV/{ios.1};IABMV/1]",
	facebookIPhone2025: webkitPhone + "Version/{ios.1} Mobile/15E148 Safari/604.1 MetaIAB Facebook",
	instagramAndroid:   webView + "Instagram {instagram} Android ({phone.2}; {phone}; de_DE; IABMV/1)",
	instagramIPhone:    webkitPhone + "Mobile/15E148 Instagram {instagram} ({iphone}; iOS {ios}; de_DE; de; IABMV/1)",
	xAndroid:           webView + "TwitterAndroid",
	xIPhone:            webkitPhone + "Mobile/15E148 Twitter for iPhone/{x}",
	linkedinIPhone:     webkitPhone + "Mobile/15E148 [LinkedInApp]/9.31.{minor}",
	googleIPhone:       webkitPhone + "GSA/398.{minor} Mobile/15E148 Safari/604.1",

	whatsappPreview: "WhatsApp/{whatsapp} {side}",
	signalPreview:   "WhatsApp/2",
	imessagePreview: "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
	telegramPreview: "TelegramBot (like TwitterBot)",
	facebookPreview: "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
	slackPreview:    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
	xPreview:        "Twitterbot/1.0",
	linkedinPreview: "LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)",
	mastodonPreview: "Mastodon/4.5.{minor} (http.rb/5.3.1; +https://{instance}/)",

	googlebot:   "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P)" + chromium + "{chrome.1} Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
	bingbot:     "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/{chrome}.0.0.0 Safari/537.36",
	gptbot:      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.3; +https://openai.com/gptbot)",
	chatgptUser: "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ChatGPT-User/1.0; +https://openai.com/bot)",
	linkChecker: "ExampleBot/2.{minor} (+https://bot.example/about)",
	feedReader:  "FeedReader/3.{minor} (+https://reader.example/)",
	// Microsoft opens the links of a mail before its reader can.
	mailScanner: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/{chrome.1} Safari/537.36",
	scanner:     "Mozilla/5.0 ({desktop})" + chromium + "{chrome}.0.0.0 Safari/537.36",
	nobody:      "",
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
	{"desktop", [][]string{{"Windows NT 10.0; Win64; x64", "Windows NT 10.0; Win64; x64"}, {"Windows NT 10.0; Win64; x64", "Windows NT 10.0; Win64; x64"}, {"Macintosh; Intel Mac OS X 10_15_7", "Macintosh; Intel Mac OS X 10.15"}, {"X11; Linux x86_64", "X11; Linux x86_64"}}},
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

// template is a User-Agent as the log writes it, cut at its blanks.
type template []struct {
	text   string
	blank  uint64
	values []string // empty behind the last text
}

// compile reads userAgents.
func compile(written string) template {
	var t template
	for {
		text, rest, found := strings.Cut(written, "{")
		part := template{{text: escape(text)}}
		if !found {
			return append(t, part...)
		}
		var name string
		name, written, _ = strings.Cut(rest, "}")
		name, column, _ := strings.Cut(name, ".")
		at := 0
		if column != "" {
			at = int(column[0] - '0')
		}
		for i, b := range blanks {
			if b.name != name {
				continue
			}
			part[0].blank = uint64(i)
			for _, row := range b.rows {
				part[0].values = append(part[0].values, escape(row[at]))
			}
		}
		t = append(t, part...)
	}
}

// append writes a person's User-Agent.
func (t template) append(b []byte, p person) []byte {
	for i := range t {
		b = append(b, t[i].text...)
		if values := t[i].values; len(values) > 0 {
			b = append(b, values[p.trait(t[i].blank, len(values))]...)
		}
	}
	return b
}
