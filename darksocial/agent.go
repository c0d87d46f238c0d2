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

// readAgent reads a User-Agent, strongest verdict first: preview fetcher, named
// bot, named app, a bot by its words or form, shape, browser. A bot must look
// like one by its place or its address, not by a word somewhere: phone models are
// called BOT, code names "jackpot", and Instagram writes "Google/google".
func readAgent(ua string) agent {
	if len(ua) > maxUserAgent {
		ua = ua[:maxUserAgent]
	}
	ua = strings.TrimSpace(ua)
	if ua == "" || ua == "-" {
		return agent{bot: noUserAgent}
	}
	if i := tables.agents.first(ua, tables.botWordsFrom, deviceEnd(ua)); i >= 0 {
		switch id := tables.agentRules + RuleID(i); rules[id].Signal {
		case SignalFetcher:
			return agent{fetcher: id}
		case SignalBot:
			return agent{bot: id}
		default:
			a := agent{app: id, general: readGeneral(ua)}
			if looksLikeMessenger(ua) {
				a.shape = shapeMessengerFBOP
			}
			return a
		}
	}
	if id := botByForm(ua); id != noRule {
		return agent{bot: id}
	}
	return agent{shape: shapeOf(ua), unnamed: unnamedToken(ua), general: readGeneral(ua)}
}

// deviceEnd returns where the remark ends in which Android names the device, or 0.
func deviceEnd(ua string) int {
	end := strings.IndexByte(ua, ')')
	if end < 0 || !strings.Contains(ua[:end], "Android") {
		return 0
	}
	return end
}

// onPlatform reports whether a rule's token stands on a system its app runs on.
func (a *agent) onPlatform(r *Rule) bool {
	return r.Platform == 0 || r.Platform&a.platform() != 0
}
