package simulate

// Origin says why people really come, whatever a log shows of it.
type Origin string

const (
	Private   Origin = "private"   // somebody sent them the link: messengers, and mail between people
	Public    Origin = "public"    // somebody posted it for all
	Searched  Origin = "search"    // they looked for it
	Typed     Origin = "typed"     // they typed the address, or had it in a bookmark
	Assistant Origin = "assistant" // an assistant gave it as an answer
	Linked    Origin = "link"      // another site links to it
	Campaign  Origin = "campaign"  // the site sent it out, with its own tags
	Program   Origin = "program"   // nobody came: a program that looks like a browser
)

// Name is what a request shows of where it came from: the fields of a label
// (darksocial.Label) in their spelling there. What names nothing is direct.
type Name struct {
	Channel    string `json:"channel"`
	Source     string `json:"source"`
	Visibility string `json:"visibility"`
	DirectKind string `json:"direct_kind,omitempty"` // only of direct
}

// direct is the channel of what names nothing.
const direct = "direct"

// shared reports whether it is something a person shared: a campaign is seen by
// all, too, and is not.
func (n Name) shared() bool {
	return n.Channel == "dark_social" || n.Channel == "social" || n.Channel == "email"
}

// names are what looks can name.
var names = map[string]Name{
	"google":     {"search", "google", "unknown", ""},
	"google_app": {"search", "google_app", "unknown", ""},
	"bing":       {"search", "bing", "unknown", ""},
	"duckduckgo": {"search", "duckduckgo", "unknown", ""},
	"ecosia":     {"search", "ecosia", "unknown", ""},

	"whatsapp":        {"dark_social", "whatsapp", "private", ""},
	"telegram":        {"dark_social", "telegram", "private", ""},
	"messenger":       {"dark_social", "messenger", "private", ""},
	"viber":           {"dark_social", "viber", "private", ""},
	"snapchat":        {"dark_social", "snapchat", "private", ""},
	"google_messages": {"dark_social", "google_messages", "private", ""},
	"teams":           {"dark_social", "teams", "private", ""},

	"facebook":  {"social", "facebook", "unknown", ""},
	"instagram": {"social", "instagram", "unknown", ""},
	"x":         {"social", "x", "unknown", ""},
	"linkedin":  {"social", "linkedin", "unknown", ""},
	"tiktok":    {"social", "tiktok", "unknown", ""},
	"reddit":    {"social", "reddit", "public", ""},

	"gmail":   {"email", "gmail", "private", ""},
	"gmx":     {"email", "gmx", "private", ""},
	"web.de":  {"email", "web.de", "private", ""},
	"outlook": {"email", "outlook", "private", ""},

	"chatgpt":                 {"ai", "chatgpt", "unknown", ""},
	"newsletter":              {"campaign", "", "public", ""}, // the site's own: nobody else's name
	"own_channel":             {"campaign", "whatsapp", "public", ""},
	"blog.neighbour.example":  {"referral", "blog.neighbour.example", "unknown", ""},
	"forum.neighbour.example": {"social", "forum.neighbour.example", "public", ""},
}

// publicPreviews are the apps whose previews are of posts, not of messages.
var publicPreviews = map[string]bool{"facebook": true, "x": true, "linkedin": true, "mastodon": true, "reddit": true}
