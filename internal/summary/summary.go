// Package summary tells a marketer what the tables of a site say: what its direct
// visits really were, and which articles are shared privately and publicly.
package summary

import (
	"cmp"
	"slices"
	"strings"

	"darksocial/darksocial/rollup"
)

// Summary collects the rows of some days.
type Summary struct {
	answer Answer
	named  map[nameKey]int64
	pages  map[string]*Article
	roots  map[string]*Recommendation
	sales  map[string]*Sales // by currency
}

type nameKey struct {
	part   part
	source string
}

// part is what a visit that other tools call direct turned out to be.
type part int

const (
	private part = iota // named, from a messenger or a mail between people
	open                // named, in a network's own app or browser
	assistant
	otherNamed
	hiddenWeb
	typedOrApp
	unknown
	parts
)

// words tell people what a part is. Its key is for machines.
var words = [parts]struct{ key, title, says string }{
	private:    {"private", "shared privately", "messengers and mail, named"},
	open:       {"networks", "inside networks' apps", "feed or message: not to be told"},
	assistant:  {"ai", "AI assistants", "named"},
	otherNamed: {"other_named", "other named sources", "search apps, other sites' apps"},
	hiddenWeb:  {"hidden_web", "a web page that hides itself", "webmail, chats in the browser, …"},
	typedOrApp: {"typed_or_app", "typed, bookmarked, or from an app", "no web page led there"},
	unknown:    {"unknown", "still dark", "nothing says where the link was"},
}

// Answer is what the tables say.
type Answer struct {
	Site     string   `json:"site"`
	Days     []string `json:"days"`
	Arrivals int64    `json:"arrivals"`
	// Direct is how many of them a tool calls direct that reads only Referer and
	// utm; Parts take these apart and add up to it.
	Direct int64  `json:"direct"`
	Parts  []Part `json:"parts"`
	// BroughtToLight is how many of Direct have a source now.
	BroughtToLight int64 `json:"brought_to_light"`
	// Private and Public are arrivals from shares known to be one or the other,
	// whatever the Referer said; of Undecided nobody can tell: an app's browser and
	// a link shim look the same from a feed and from a message.
	Private   int64 `json:"private"`
	Public    int64 `json:"public"`
	Undecided int64 `json:"undecided"`
	// Previews are link previews that apps drew: each is a share begun, and there
	// are more shares than previews.
	Previews int64      `json:"previews"`
	Articles []*Article `json:"articles"`
	// Recommendations that sold most, then those that reached furthest, and all that was
	// sold.
	Recommendations []*Recommendation `json:"recommendations"`
	Sales           []*Sales          `json:"sales"`
	// Records says what became of all that the doors saw, by outcome.
	Records map[string]int64 `json:"records"`
}

// Part is a part of what was called direct.
type Part struct {
	Part     string  `json:"part"`
	Title    string  `json:"-"`
	Says     string  `json:"-"`
	Arrivals int64   `json:"arrivals"`
	Sources  []Named `json:"sources,omitempty"` // most first
}

// Named is a source and its arrivals.
type Named struct {
	Source   string `json:"source"`
	Arrivals int64  `json:"arrivals"`
}

// Article is a page by how it was shared.
type Article struct {
	Page     string `json:"page"`
	Arrivals int64  `json:"arrivals"`
	Private  int64  `json:"private"`
	Public   int64  `json:"public"`
	Previews int64  `json:"previews"`
	Shares   int64  `json:"shares"`
	Orders   int64  `json:"orders"` // of buyers who came by a share of it
}

// New returns an empty summary of a site.
func New(site string) *Summary {
	return &Summary{answer: Answer{Site: site, Records: map[string]int64{}}, named: map[nameKey]int64{}, pages: map[string]*Article{}, roots: map[string]*Recommendation{}, sales: map[string]*Sales{}}
}

// Day says that the rows of a day follow.
func (s *Summary) Day(date string) { s.answer.Days = append(s.answer.Days, date) }

// Arrival takes a row of arrivals.
func (s *Summary) Arrival(row *rollup.Arrival) {
	s.answer.Arrivals += row.Arrivals
	if row.Visibility == "unknown" && (row.Channel == "dark_social" || row.Channel == "social" || row.Channel == "email") {
		s.answer.Undecided += row.Arrivals
	}
	if row.ByReferrer != "direct" {
		return
	}
	s.answer.Direct += row.Arrivals
	if row.Channel != "direct" {
		s.answer.BroughtToLight += row.Arrivals
	}
	s.named[nameKey{partOf(row), row.Source}] += row.Arrivals
}

func partOf(row *rollup.Arrival) part {
	switch row.Channel {
	case "dark_social", "email":
		return private
	case "social":
		return open
	case "ai":
		return assistant
	case "direct":
		switch row.DirectKind {
		case "hidden_web":
			return hiddenWeb
		case "typed_or_app":
			return typedOrApp
		}
		return unknown
	}
	return otherNamed
}

// Page takes a row of pages.
func (s *Summary) Page(row *rollup.Page) {
	s.answer.Private += row.PrivateArrivals
	s.answer.Public += row.PublicArrivals
	s.answer.Previews += row.Previews
	a := s.pages[row.Page]
	if a == nil {
		a = &Article{Page: row.Page}
		s.pages[row.Page] = a
	}
	a.Arrivals += row.Arrivals
	a.Private += row.PrivateArrivals
	a.Public += row.PublicArrivals
	a.Previews += row.Previews
	a.Shares += row.Shares
	a.Orders += row.Orders
}

// Quality takes a row of quality.
func (s *Summary) Quality(row *rollup.Quality) { s.answer.Records[row.Outcome] += row.Records }

// articles is how many are told.
const articles = 10

// Answer adds all up.
func (s *Summary) Answer() *Answer {
	a := s.answer
	for p := range parts {
		part := Part{Part: words[p].key, Title: words[p].title, Says: words[p].says}
		for key, n := range s.named {
			if key.part != p {
				continue
			}
			part.Arrivals += n
			if key.source != "" {
				part.Sources = append(part.Sources, Named{key.source, n})
			}
		}
		slices.SortFunc(part.Sources, func(a, b Named) int {
			return cmp.Or(cmp.Compare(b.Arrivals, a.Arrivals), strings.Compare(a.Source, b.Source))
		})
		a.Parts = append(a.Parts, part)
	}
	for _, page := range s.pages {
		if page.Page != rollup.Other {
			a.Articles = append(a.Articles, page)
		}
	}
	slices.SortFunc(a.Articles, func(x, y *Article) int {
		return cmp.Or(cmp.Compare(y.Private+y.Previews, x.Private+x.Previews), cmp.Compare(y.Public, x.Public), cmp.Compare(y.Arrivals, x.Arrivals), strings.Compare(x.Page, y.Page))
	})
	a.Articles = a.Articles[:min(articles, len(a.Articles))]
	s.addRecommendations(&a)
	return &a
}
