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
	from, to := device(ua)
	if i := tables.agents.first(ua, tables.botWordsFrom, from, to); i >= 0 {
		switch id := tables.agentRules + RuleID(i); {
		case rules[id].Signal == SignalFetcher:
			return agent{fetcher: id}
		case rules[id].Signal == SignalUserAgent:
			a := agent{app: id, general: readGeneral(ua)}
			if looksLikeMessenger(ua) {
				a.shape = shapeMessengerFBOP
			}
			return a
		case i < tables.botWordsFrom, rules[id].Confidence > Likely, !inWebView(ua):
			return agent{bot: id}
		}
	}
	if id := botByForm(ua); id != noRule {
		return agent{bot: id}
	}
	return agent{shape: shapeOf(ua), unnamed: unnamedToken(ua), general: readGeneral(ua)}
}

// device returns where the remark begins and ends in which a phone names itself:
// any word may stand in there.
func device(ua string) (from, to int) {
	from = strings.IndexByte(ua, '(')
	if from < 0 {
		return 0, 0
	}
	to = from + len(remark(ua))
	if in := ua[from:to]; !strings.Contains(in, "Android") && !strings.HasPrefix(in, "(Mobile;") {
		return 0, 0
	}
	return from, to
}

// remark returns what stands in the first parentheses, with them: the system and
// the device. They may hold others: "(Linux; Android 9; NOTE (2019))".
func remark(ua string) string {
	from := strings.IndexByte(ua, '(')
	depth := 0
	for i := max(0, from); i < len(ua); i++ {
		switch ua[i] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return ua[from : i+1]
			}
		}
	}
	return ua[max(0, from):]
}

// onPlatform reports whether a rule's token stands on a system its app runs on.
func (a *agent) onPlatform(r *Rule) bool {
	return r.Platform == 0 || r.Platform&a.platform() != 0
}
