package share

// Buttons are those that codes are made for, by the names that stand in codes and
// tables: a closed list, so that no client can make up more.
var Buttons = []string{
	"whatsapp", "messenger", "telegram", "viber", "signal", "snapchat", "line", "kakaotalk", "threema", "sms", "email",
	"slack", "teams", "x", "facebook", "linkedin", "reddit", "mastodon", "bluesky", "copy", "system",
}
