package simulate

import "math/rand/v2"

// Varied is a world made for a number: a site like the usual one of which everything
// that an estimate cannot see has been drawn anew, from ranges that are wider than one
// would guess for any one site. All of them are chosen. What the estimate believes
// before it has seen a site is written down in package estimate, from what has been
// published; how wide it believes was settled by sites like these, so that they are no
// proof for any other.
func Varied(number uint64) *World {
	d := dice{rand.NewPCG(number, 0x7a1e)}
	w := but("varied", "a site like the usual one, of which all that is hidden was drawn by chance", 48, func(*World) {})
	w.weights = map[string]uint32{
		"typed":                  d.between(80, 450),
		"google":                 d.between(80, 420),
		"search_without_referer": d.below(140),
		"chatgpt":                d.between(2, 120),
		"mail_scanner":           d.below(40),
		"hidden_web":             d.between(2, 90),
		"sms":                    d.below(90),
		"telegram_channel":       d.below(50) * d.below(2),
		"own_channel_untagged":   d.below(60) * d.below(2),
		"mastodon":               d.below(40),
		"facebook":               d.between(20, 120),
		"newsletter":             d.between(10, 80),
	}
	for _, app := range []string{"whatsapp", "telegram", "signal", "imessage", "messenger", "slack", "discord", "teams", "viber"} {
		usually := ways[wayNumber(app)].weight
		w.weights[app] = usually * d.between(20, 350) / 100
	}
	w.naming = d.between(40, 250)
	w.front, w.kept = d.between(520, 930), d.below(600)
	w.passOn, w.forward = d.below(800), d.below(800)
	w.late, w.noPreview = d.below(700), d.below(500)
	w.reload = d.below(60)
	return &w
}
