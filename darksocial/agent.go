package darksocial

import "strings"

// agent is all a User-Agent tells: at most one rule of each kind, and the
// generalities.
type agent struct {
	fetcher RuleID // a link-preview fetcher
	bot     RuleID // any other program
	app     RuleID // an app that names itself
	shape   RuleID // an in-app browser that does not
	unnamed string // a vendor's token no table knows
	general
}

// readAgent reads a User-Agent, strongest verdict first: preview fetcher, other
// bot, named app, shape, browser. A bot must look like one by its place or its
// address, not by a word somewhere: phone models are called BOT, code names
// "jackpot", and Instagram writes "Google/google".
func readAgent(ua string) agent {
	if len(ua) > maxUserAgent {
		ua = ua[:maxUserAgent]
	}
	ua = strings.TrimSpace(ua)
	if ua == "" || ua == "-" {
		return agent{bot: noUserAgent}
	}
	a := agent{general: readGeneral(ua)}
	if a.fetcher = tables.fetchers.find(ua); a.fetcher != noRule {
		return a
	}
	if a.bot = botByName(ua); a.bot != noRule {
		return a
	}
	if a.app = tables.apps.find(ua); a.app != noRule {
		if looksLikeMessenger(ua) {
			a.shape = shapeMessengerFBOP
		}
		return a
	}
	if a.bot = botByForm(ua); a.bot != noRule {
		return a
	}
	a.shape = shapeOf(ua)
	a.unnamed = unnamedToken(ua)
	return a
}

// onPlatform reports whether a rule's token stands on a system its app runs on.
func (a *agent) onPlatform(r *Rule) bool {
	return r.Platform == 0 || r.Platform&a.platform() != 0
}
