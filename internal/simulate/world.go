package simulate

import (
	"slices"

	"darksocial/darksocial"
)

// World is what people do on a site, and what happens there. Numbers that end in
// "per thousand" are chosen unless something else is said.
type World struct {
	Name, Doc string

	dice uint64 // no two worlds throw the same
	rare bool   // also the ways that bring few people

	weights   map[string]uint32 // of ways, instead of those in ways.go
	only      []Origin          // nobody comes for another reason
	naming    uint32            // per hundred: how much more often, or less, what names itself is seen; 0 is as usual
	outspoken bool              // of what shows no name nine in ten parts are gone
	old       bool              // nothing has been published for a month
	fewest    bool              // at most eight views a day
	spike     *spike
	scans     int    // a day
	bursts    int    // of robots, a day
	feigned   int    // previews of nothing that was shared, in bursts a day
	front     uint32 // of a thousand who type an address, those who want a front page; 0 is as usual
	kept      uint32 // of a thousand of the others, those who open what they had found before, old or new

	// passOn is how many readers the links that come of a private link have, per
	// thousand of its own: the branching of the tree. Below 1000 trees end. Most
	// cascades end within one step of who began them (Goel, Watts and Goldstein,
	// The structure of online diffusion networks, 2012).
	passOn  uint32
	forward uint32 // links passed on inside their app, which has the preview already
	late    uint32 // clicks hours and days after the message
	// noPreview are links sent without a preview: it was switched off, or the
	// client has none, as WhatsApp's in the browser for a long time.
	noPreview uint32
	reload    uint32 // visits whose first page is loaded again
	ahead     uint32 // Google's results that Chrome fetches before the click
	prerender uint32 // the site's own pages likewise
	tablets   uint32 // of Android's Chrome
}

// spike is a day in the middle on which more people come for some reasons.
type spike struct {
	ways  []string
	times uint32
	page  choice // fresh: the news of the morning; anyAge: something old
	share uint32 // of those ways that lead to that page, per thousand
}

// The plain world is the one that events/ has recorded: a day by itself, on which
// nobody passes anything on.
var plain = World{Name: "plain", Doc: "one day like another: no link is passed on, no page is loaded twice or ahead; what events/sample has", scans: 1}

// usual is the world that the others are some other of.
var usual = World{
	Name: "usual", Doc: "a small local paper: a third of the visits are dark, a fifth of those names an app", dice: 1, rare: true,
	scans: 1, bursts: 2, passOn: 350, forward: 400, late: 300, noPreview: 100, reload: 30, ahead: 60, prerender: 50, tablets: 80,
}

// but is the usual world but for something.
func but(name, doc string, dice uint64, change func(*World)) World {
	w := usual
	w.Name, w.Doc, w.dice = name, doc, dice
	change(&w)
	return w
}

// Worlds lists the worlds there are. The first is the one of an empty Config.
var Worlds = []World{
	plain,
	usual,
	but("no-previews", "nobody's app reads a page for a preview", 2, func(w *World) { w.noPreview = 1000 }),
	but("news-spike", "one day a piece of news brings four times as many people by search and the front page; as many links as ever are sent", 3, func(w *World) {
		w.spike = &spike{ways: []string{"google", "google_app", "bing", "duckduckgo", "ecosia", "typed"}, times: 4, page: fresh, share: 600}
	}),
	but("seo-spike", "one day Google sends three times as many people, half of them to one old article", 4, func(w *World) {
		w.spike = &spike{ways: []string{"google"}, times: 3, page: anyAge, share: 500}
	}),
	but("all-typed", "everybody types the address: nothing is shared or searched", 5, func(w *World) { w.only = []Origin{Typed} }),
	but("nobody-shares", "people search, type, follow links and newsletters: nothing is shared, in private or public", 6, func(w *World) {
		w.only = []Origin{Searched, Typed, Assistant, Linked, Campaign}
	}),
	but("scanner-storm", "scans, crawlers and mail scanners without end; every fifth arrival is a program that looks like Chrome", 7, func(w *World) {
		w.scans, w.bursts, w.weights = 40, 40, map[string]uint32{"mail_scanner": 250}
	}),
	but("few", "a handful of visits a day, whatever was asked for", 8, func(w *World) { w.fewest = true }),
	but("channel", "the paper has a channel in WhatsApp, and tags its links there", 9, func(w *World) { w.weights = map[string]uint32{"own_channel": 120} }),
	but("channel-untagged", "the same channel without tags: a log takes it for messages", 10, func(w *World) {
		w.weights = map[string]uint32{"own_channel_untagged": 120}
	}),
	but("named-apps", "mostly apps that name themselves", 11, func(w *World) {
		w.outspoken, w.weights = true, map[string]uint32{"signal": 2, "imessage": 2, "slack": 2, "discord": 1, "snapchat": 40, "messenger": 40, "telegram": 50}
	}),
	but("old-site", "nothing has been published for a month", 12, func(w *World) { w.old = true }),
	but("viral", "links go from hand to hand: each brings nine tenths of its readers again", 13, func(w *World) { w.passOn = 900 }),
	but("hidden-search", "half of the visits from search have no Referer, at deep addresses", 14, func(w *World) {
		w.weights = map[string]uint32{"google": 120, "search_without_referer": 200}
	}),
	but("assistants", "assistants' apps send many people, without a name", 15, func(w *World) { w.weights = map[string]uint32{"chatgpt": 200} }),
	but("work", "a readership at desks: Slack, Teams, Discord and webmail that hide where they are", 16, func(w *World) {
		w.weights = map[string]uint32{"slack": 80, "teams": 60, "discord": 40, "hidden_web": 80, "whatsapp": 30}
	}),
	but("chains", "a third of the readers and more come by messages; what is shared goes on and on, within hours", 17, func(w *World) {
		w.passOn, w.forward, w.late = 930, 50, 0
		w.weights = map[string]uint32{"whatsapp": 300, "signal": 80, "imessage": 80, "telegram": 80}
	}),
	but("dark-apps", "most private links come by SMS and by apps that name nothing; half of them draw no previews", 18, func(w *World) {
		w.weights = map[string]uint32{"sms": 90, "signal": 60, "imessage": 60, "whatsapp": 40}
	}),
	but("broadcast", "channels of others in Telegram, and one of the paper's own in WhatsApp that nobody tags", 19, func(w *World) {
		w.weights = map[string]uint32{"telegram_channel": 100, "own_channel_untagged": 50}
	}),
}

// Adversarial are worlds in which somebody wants a share of the visits to be counted as
// what it is not, or in which it looks like it by accident. They stand apart: what is
// said of the others is not said of them.
var Adversarial = []World{
	but("feigned-previews", "a program reads pages as WhatsApp does, again and again; nobody has shared them", 32, func(w *World) { w.feigned = 6 }),
	but("newsletter-untagged", "the newsletter's links have no tags: bursts without a name, and nothing was shared", 33, func(w *World) {
		w.weights = map[string]uint32{"newsletter": 0, "newsletter_untagged": 90}
	}),
	but("leak-burst", "on one day a search engine that hides itself sends many people to one new page", 34, func(w *World) {
		w.weights = map[string]uint32{"search_without_referer": 30}
		w.spike = &spike{ways: []string{"search_without_referer"}, times: 20, page: fresh, share: 800}
	}),
	but("posing-programs", "programs that look like Chrome open what is new, as many as there are people who share", 35, func(w *World) {
		w.weights = map[string]uint32{"mail_scanner": 160}
	}),
}

// ByName finds a world, of Worlds or of Adversarial.
func ByName(name string) (*World, bool) {
	for _, worlds := range [][]World{Worlds, Adversarial} {
		for i := range worlds {
			if worlds[i].Name == name {
				return &worlds[i], true
			}
		}
	}
	return nil, false
}

// Site is what the site's owner would tell of it.
func (w *World) Site(host string) darksocial.Site {
	s := darksocial.Site{Hosts: []string{host}}
	if w.weight(&ways[wayNumber("own_channel")]) > 0 {
		s.OwnChannels = []darksocial.OwnChannel{{UTMSource: "whatsapp", UTMMedium: "channel", Source: "whatsapp"}}
	}
	return s
}

// weight is how often people come by a way.
func (w *World) weight(of *way) uint32 {
	if of.rare && !w.rare {
		return 0
	}
	if len(w.only) > 0 && !slices.Contains(w.only, of.origin) {
		return 0
	}
	if weight, set := w.weights[of.name]; set {
		return weight
	}
	return of.weight
}

// lookWeight is how often a look is seen of a way's visits.
func (w *World) lookWeight(of *look) uint32 {
	switch {
	case of.rare && !w.rare:
		return 0
	case w.outspoken && (of.names != "" || of.byApp != ""):
		return 10 * of.weight
	case w.naming > 0 && (of.names != "" || of.byApp != ""):
		return w.naming * of.weight
	case w.naming > 0:
		return 100 * of.weight
	}
	return of.weight
}

// often is how many times as many people come by a way on a day of the spike.
func (s *spike) often(of *way) uint32 {
	if slices.Contains(s.ways, of.name) {
		return s.times
	}
	return 1
}

func wayNumber(name string) int {
	for i := range ways {
		if ways[i].name == name {
			return i
		}
	}
	panic("no way is called " + name)
}
