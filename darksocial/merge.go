package darksocial

import (
	"cmp"
	"sync"
)

// Merge adds to f what another sighting of the same page view shows: sets unite,
// what is known beats what is not. Where two sightings contradict each other the
// greater value stays, which is arbitrary but the same in any order: Merge is
// commutative, associative and idempotent.
func (f *Facts) Merge(g *Facts) {
	f.Evidence.unite(&g.Evidence)
	f.Sees |= g.Sees
	f.FetchSite = max(f.FetchSite, g.FetchSite)
	f.Prefetch = max(f.Prefetch, g.Prefetch)
	f.Objection = max(f.Objection, g.Objection)
	f.Navigation = max(f.Navigation, g.Navigation)
	f.Device = max(f.Device, g.Device)
	f.OS = max(f.OS, g.OS)
	f.Browser = max(f.Browser, g.Browser)
	f.Country = max(f.Country, g.Country)
	f.RefererHost = max(f.RefererHost, g.RefererHost)
	f.Tagged = max(f.Tagged, g.Tagged)
	if g.Campaign.compare(f.Campaign) > 0 {
		f.Campaign = g.Campaign
	}
	f.OffPlatform = f.OffPlatform || g.OffPlatform
	f.Unnamed = max(f.Unnamed, g.Unnamed)
	f.Evidence.forget(SignalFetchSite) // one door did not see the header, the other did
	f.readFetchSite()
}

// Ran says that a browser ran the page: it was not only fetched ahead. That it was
// fetched ahead, too, stays known: a prerendered page of the site itself says
// Sec-Fetch-Site none and is still a click inside the site.
func (f *Facts) Ran() { f.Evidence.forget(SignalPrefetch) }

func (t TagValues) compare(u TagValues) int {
	return cmp.Or(cmp.Compare(t.Source, u.Source), cmp.Compare(t.Medium, u.Medium), cmp.Compare(t.Name, u.Name))
}

func (e *Evidence) unite(other *Evidence) {
	for _, id := range other.rules[:other.n] {
		e.add(id)
	}
}

// remove takes out a rule.
func (e *Evidence) remove(id RuleID) {
	for i, have := range e.rules[:e.n] {
		if have == id {
			copy(e.rules[i:], e.rules[i+1:e.n])
			e.n--
			e.rules[e.n] = noRule // so that equal evidence is equal
			return
		}
	}
}

// forget takes out the rules of a signal.
func (e *Evidence) forget(s Signal) {
	kept := 0
	for _, id := range e.rules[:e.n] {
		if rules[id].Signal != s {
			e.rules[kept] = id
			kept++
		}
	}
	clear(e.rules[kept:e.n]) // so that equal evidence is equal
	e.n = uint8(kept)
}

// Add puts a rule into its place in the evidence.
func (e *Evidence) Add(id RuleID) { e.add(id) }

// FindRule returns the rule with an id, as it is stored.
func FindRule(id string) (RuleID, bool) {
	found, ok := ruleIDs()[id]
	return found, ok
}

// ruleIDs is made when it is first asked for: a program that only labels needs none.
var ruleIDs = sync.OnceValue(func() map[string]RuleID {
	ids := make(map[string]RuleID, len(rules))
	for i := range rules[1:] {
		ids[rules[i+1].ID] = RuleID(i + 1)
	}
	return ids
})
