package darksocial

import (
	"strings"
	"unicode"
)

// source is what is known of an app, network or service, whichever rule finds it.
type source struct {
	title      string // its name as people write it
	channel    Channel
	visibility Visibility
	assumed    bool   // visibility is what it is mostly used for; nothing in a request shows it
	refines    string // the less specific source that this one's visits can look like
}

// sources lists what rules of more than one table name. Visibility says whether
// a share in it is meant for some or for all:
//
//   - messengers are private by habit, but WhatsApp, Telegram, Viber and Signal
//     also broadcast (channels, status, stories), and nothing in a request tells
//     the two apart: private, assumed;
//   - a network with a feed and messages (Facebook, Instagram, X, LinkedIn) opens
//     both in the same in-app browser and over the same link shim: unknown;
//   - a network where nearly everything is posted for all is public, assumed.
var sources = map[string]source{
	// Messengers.
	"whatsapp":        {title: "WhatsApp", channel: DarkSocial, visibility: Private, assumed: true},
	"messenger":       {title: "Messenger", channel: DarkSocial, visibility: Private, refines: "facebook"},
	"telegram":        {title: "Telegram", channel: DarkSocial, visibility: Private, assumed: true},
	"signal":          {title: "Signal", channel: DarkSocial, visibility: Private, assumed: true},
	"imessage":        {title: "iMessage", channel: DarkSocial, visibility: Private},
	"google_messages": {title: "Google Messages", channel: DarkSocial, visibility: Private},
	"google_chat":     {title: "Google Chat", channel: DarkSocial, visibility: Private, refines: "google"},
	"viber":           {title: "Viber", channel: DarkSocial, visibility: Private, assumed: true},
	"line":            {title: "LINE", channel: DarkSocial, visibility: Private, assumed: true},
	"kakaotalk":       {title: "KakaoTalk", channel: DarkSocial, visibility: Private, assumed: true},
	"wechat":          {title: "WeChat", channel: DarkSocial, visibility: Private, assumed: true},
	"wecom":           {title: "WeCom", channel: DarkSocial, visibility: Private, refines: "wechat"},
	"qq":              {title: "QQ", channel: DarkSocial, visibility: Private, assumed: true},
	"tim":             {title: "TIM", channel: DarkSocial, visibility: Private, refines: "qq"},
	"tencent_docs":    {title: "Tencent Docs", channel: DarkSocial, visibility: Private, assumed: true, refines: "qq"},
	"zalo":            {title: "Zalo", channel: DarkSocial, visibility: Private, assumed: true},
	"kik":             {title: "Kik", channel: DarkSocial, visibility: Private},
	"imo":             {title: "imo", channel: DarkSocial, visibility: Private, assumed: true},
	"snapchat":        {title: "Snapchat", channel: DarkSocial, visibility: Private, assumed: true},
	"threema":         {title: "Threema", channel: DarkSocial, visibility: Private},
	"wire":            {title: "Wire", channel: DarkSocial, visibility: Private},
	"matrix":          {title: "Matrix", channel: DarkSocial, visibility: Private, assumed: true},
	"keybase":         {title: "Keybase", channel: DarkSocial, visibility: Private},
	"groupme":         {title: "GroupMe", channel: DarkSocial, visibility: Private},
	"sms":             {title: "SMS", channel: DarkSocial, visibility: Private},
	"bbm":             {title: "BBM", channel: DarkSocial, visibility: Private, assumed: true},
	"gg":              {title: "Gadu-Gadu", channel: DarkSocial, visibility: Private},
	"anytype":         {title: "Anytype", channel: DarkSocial, visibility: Private, assumed: true},

	// Teams at work.
	"slack":      {title: "Slack", channel: DarkSocial, visibility: Private, assumed: true},
	"discord":    {title: "Discord", channel: DarkSocial, visibility: Private, assumed: true},
	"teams":      {title: "Microsoft Teams", channel: DarkSocial, visibility: Private, assumed: true},
	"skype":      {title: "Skype", channel: DarkSocial, visibility: Private},
	"mattermost": {title: "Mattermost", channel: DarkSocial, visibility: Private, assumed: true},
	"zulip":      {title: "Zulip", channel: DarkSocial, visibility: Private, assumed: true},
	"rocketchat": {title: "Rocket.Chat", channel: DarkSocial, visibility: Private, assumed: true},
	"chatwork":   {title: "Chatwork", channel: DarkSocial, visibility: Private, assumed: true},
	"dingtalk":   {title: "DingTalk", channel: DarkSocial, visibility: Private, assumed: true},
	"lark":       {title: "Lark", channel: DarkSocial, visibility: Private, assumed: true},
	"yammer":     {title: "Yammer", channel: DarkSocial, visibility: Private, assumed: true},
	"notion":     {title: "Notion", channel: DarkSocial, visibility: Private, assumed: true},

	// Networks with a feed and messages.
	"facebook":  {title: "Facebook", channel: Social},
	"instagram": {title: "Instagram", channel: Social, refines: "facebook"},
	"threads":   {title: "Threads", channel: Social, refines: "instagram"},
	"tiktok":    {title: "TikTok", channel: Social},
	"douyin":    {title: "Douyin", channel: Social},
	"x":         {title: "X", channel: Social},
	"linkedin":  {title: "LinkedIn", channel: Social},
	"xing":      {title: "XING", channel: Social},
	"vk":        {title: "VK", channel: Social},
	"ok":        {title: "Odnoklassniki", channel: Social},
	"nextdoor":  {title: "Nextdoor", channel: Social},

	// Networks where nearly all is posted for all.
	"pinterest":  {title: "Pinterest", channel: Social, visibility: Public, assumed: true},
	"reddit":     {title: "Reddit", channel: Social, visibility: Public, assumed: true},
	"weibo":      {title: "Weibo", channel: Social, visibility: Public, assumed: true},
	"mastodon":   {title: "Mastodon", channel: Social, visibility: Public, assumed: true},
	"misskey":    {title: "Misskey", channel: Social, visibility: Public, assumed: true},
	"friendica":  {title: "Friendica", channel: Social, visibility: Public, assumed: true},
	"pleroma":    {title: "Pleroma", channel: Social, visibility: Public, assumed: true},
	"akkoma":     {title: "Akkoma", channel: Social, visibility: Public, assumed: true},
	"lemmy":      {title: "Lemmy", channel: Social, visibility: Public, assumed: true},
	"pixelfed":   {title: "Pixelfed", channel: Social, visibility: Public, assumed: true},
	"gotosocial": {title: "GoToSocial", channel: Social, visibility: Public, assumed: true},
	"peertube":   {title: "PeerTube", channel: Social, visibility: Public, assumed: true},
	"discourse":  {title: "Discourse", channel: Social, visibility: Public, assumed: true},
	"bluesky":    {title: "Bluesky", channel: Social, visibility: Public, assumed: true},
	"youtube":    {title: "YouTube", channel: Social, visibility: Public, assumed: true},
	"flipboard":  {title: "Flipboard", channel: Social, visibility: Public, assumed: true},
	"quora":      {title: "Quora", channel: Social, visibility: Public, assumed: true},
	"tumblr":     {title: "Tumblr", channel: Social, visibility: Public, assumed: true},
	"alipay":     {title: "Alipay", channel: Social},
	"steam":      {title: "Steam", channel: Social},

	// News apps that open pages of others.
	"ntv": {title: "ntv", channel: Referral},

	// Mail.
	"email":         {title: "e-mail", channel: Email, visibility: Private}, // a share button's: nobody knows which program
	"gmail":         {title: "Gmail", channel: Email, visibility: Private, assumed: true, refines: "google"},
	"outlook":       {title: "Outlook", channel: Email, visibility: Private, assumed: true},
	"yahoo_mail":    {title: "Yahoo Mail", channel: Email, visibility: Private, assumed: true, refines: "yahoo"},
	"gmx":           {title: "GMX", channel: Email, visibility: Private, assumed: true},
	"web.de":        {title: "WEB.DE", channel: Email, visibility: Private, assumed: true},
	"t-online":      {title: "Telekom Mail", channel: Email, visibility: Private, assumed: true},
	"proton":        {title: "Proton Mail", channel: Email, visibility: Private, assumed: true},
	"samsung_email": {title: "Samsung Email", channel: Email, visibility: Private, assumed: true},
	"apple_mail":    {title: "Apple Mail", channel: Email, visibility: Private, assumed: true},
	"thunderbird":   {title: "Thunderbird", channel: Email, visibility: Private, assumed: true},
	"k9_mail":       {title: "K-9 Mail", channel: Email, visibility: Private, assumed: true},
	"fairemail":     {title: "FairEmail", channel: Email, visibility: Private, assumed: true},
	"spark":         {title: "Spark", channel: Email, visibility: Private, assumed: true},
	"superhuman":    {title: "Superhuman", channel: Email, visibility: Private, assumed: true},
	"mail.ru":       {title: "Mail.ru", channel: Email, visibility: Private, assumed: true},
	"yandex_mail":   {title: "Yandex Mail", channel: Email, visibility: Private, assumed: true, refines: "yandex"},
	"libero_mail":   {title: "Libero Mail", channel: Email, visibility: Private, assumed: true},
	"earthlink":     {title: "EarthLink", channel: Email, visibility: Private, assumed: true},
	"aol_mail":      {title: "AOL Mail", channel: Email, visibility: Private, assumed: true},

	// Search, and apps of which search is a part.
	"google":           {title: "Google", channel: Search},
	"google_app":       {title: "the Google app (search or Discover, which cannot be told apart)", channel: Search, refines: "google"},
	"bing":             {title: "Bing", channel: Search},
	"naver":            {title: "Naver", channel: Search},
	"naver_dictionary": {title: "Naver Dictionary", channel: Referral},
	"baidu":            {title: "Baidu", channel: Search},
	"yandex":           {title: "Yandex", channel: Search},
	"yahoo":            {title: "Yahoo", channel: Search},
	"duckduckgo":       {title: "DuckDuckGo", channel: Search},
	"daum":             {title: "Daum", channel: Search},

	// Assistants.
	"chatgpt":    {title: "ChatGPT", channel: AI},
	"claude":     {title: "Claude", channel: AI},
	"perplexity": {title: "Perplexity", channel: AI},
	"gemini":     {title: "Gemini", channel: AI, refines: "google"},
	"copilot":    {title: "Copilot", channel: AI, refines: "bing"},
	"grok":       {title: "Grok", channel: AI, refines: "x"},
	"mistral":    {title: "Mistral", channel: AI},
	"deepseek":   {title: "DeepSeek", channel: AI},
	"meta_ai":    {title: "Meta AI", channel: AI},
}

// Title returns a source's name as people write it, or the name itself.
func Title(name string) string {
	if s, ok := sources[name]; ok {
		return s.title
	}
	return name
}

// FindSource returns the source that a name given by people means: one of ours, its
// title, or a longer text with one of them in it as a word of its own, as in
// "WhatsApp-Kanal".
func FindSource(text string) (name string, ok bool) {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '.' })
	for _, word := range words {
		if alias, known := tagAliases[word]; known {
			word = alias
		}
		if _, known := sources[word]; known {
			return word, true
		}
		for name, s := range sources {
			if strings.ToLower(s.title) == word {
				return name, true
			}
		}
	}
	return "", false
}
