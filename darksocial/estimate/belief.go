package estimate

import "math"

// belief is what is held of a number before a site has said anything: its middle, and
// how far it may lie from there, on a scale on which that makes sense. Nineteen of
// twenty sites are held to lie within twice the spread.
type belief struct {
	middle, spread float64
	scale          scale
}

type scale uint8

const (
	byFactor scale = iota // of what can be any factor: the spread is of its logarithm
	byOdds                // of what lies between 0 and 1: of the logarithm of its odds
)

// at is the value so many spreads off the middle.
func (b *belief) at(x float64) float64 {
	if b.scale == byOdds {
		odds := math.Log(b.middle/(1-b.middle)) + b.spread*x
		return 1 / (1 + math.Exp(-odds))
	}
	return b.middle * math.Exp(b.spread*x)
}

// The numbers nobody can count. A source stands beside those that anything has been
// published on; the others are guesses with a wide spread.
type unknown uint8

const (
	typedDeep  unknown = iota // arrivals typed, completed or bookmarked at deep pages, for each at front pages
	leak                      // arrivals from search without a Referer, for each with one
	leakAI                    // the same of assistants
	programs                  // of the nameless at deep pages: programs that were taken for people
	laid                      // of what messengers bring: laid to previews
	elsewhere                 // arrivals by mail and places that draw no previews, for each by messengers
	elsewhereD                // of those, on desktops
	hiddenPart                // of what web pages hide: shared
	again                     // pages loaded again, for each visit
	typedLike                 // of what is typed deep: pages like those that are shared, not like those that search finds
	namedPart                 // of messengers' arrivals: those that name themselves
	stripped                  // arrivals whose code was taken off, for each nameless one with a code
	messages                  // arrivals by messengers; for each nameless at deep pages
	numUnknowns
)

// usual is what is believed of any site.
var usual = [numUnknowns]belief{
	// A guess: browsers complete addresses of pages that were opened before.
	typedDeep: {0.30, 0.55, byFactor},
	// Of Groupon's direct visits to long addresses 60 % left with search (2014): far more
	// than this middle, at a site that lives on search. Therefore the spread.
	leak: {0.12, 0.85, byFactor},
	// ChatGPT's links bring a Referer in 40 % on the web, 10 % in the app (searchpilot
	// 2026); most are tagged since 2025.
	leakAI:   {0.60, 0.70, byFactor},
	programs: {0.012, 1.60, byFactor},
	// The only half-life published of links sent directly is 3.4 hours (bitly 2011);
	// messages are read sooner, and some are sent without a preview.
	laid:       {0.50, 0.55, byOdds},
	elsewhere:  {0.28, 0.70, byFactor},
	elsewhereD: {0.75, 0.80, byOdds},
	// Webmail, Slack, Mastodon, Discord; and pages with rel=noreferrer, assistants.
	hiddenPart: {0.92, 0.70, byOdds},
	again:      {0.025, 0.60, byFactor},
	typedLike:  {0.75, 1.00, byOdds},
	// An app's name brings 10 to 20 % of what is dark to light at most sites, 10 to 50 % at
	// all (Chartbeat 2015).
	namedPart: {0.20, 0.90, byOdds},
	stripped:  {0.04, 1.00, byFactor},
	messages:  {0.25, 1.50, byFactor},
}

// elsewhereWithFetch is what is believed where Sec-Fetch-Site is seen: most of the places that
// draw no previews are web pages, and those are told apart by it.
var elsewhereWithFetch = belief{0.10, 0.65, byFactor}
