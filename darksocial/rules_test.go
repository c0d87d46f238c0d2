package darksocial

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestRuleIDs(t *testing.T) {
	seen := map[string]bool{}
	// Hosts and packages are part of ids, in their own spelling: "/" begins a
	// path, "*" is every country, and a few packages have capitals.
	id := regexp.MustCompile(`^[a-z]+\.[A-Za-z0-9_.*/~-]+$`)
	for _, r := range Rules() {
		assert.False(t, seen[r.ID], "two rules are called %s", r.ID)
		seen[r.ID] = true
		assert.Regexp(t, id, r.ID)
		if r.Signal != SignalRequestedWith && r.Signal != SignalAppReferer && r.Signal != SignalReferer && r.Cite != "tqpr" {
			assert.Equal(t, strings.ToLower(r.ID), r.ID)
		}
		assert.NotEmpty(t, r.Token, r.ID)
		assert.NotEqual(t, SignalNone, r.Signal, r.ID)
		assert.LessOrEqual(t, len(r.Source), maxHost, r.ID)
		assert.Equal(t, strings.ToLower(r.Source), r.Source, r.ID)
		assert.NotPanics(t, func() { r.Words() }, r.ID)
	}
	assert.LessOrEqual(t, len(rules), manyRules, "make manyRules larger: the list is copied once more than needed")
	assert.Less(t, len(rules), 1<<16, "a RuleID is 16 bits")
}

// TestRulesAreKnownByPrefix: what an id begins with says which signal it is.
func TestRulesAreKnownByPrefix(t *testing.T) {
	want := map[string][]Signal{
		"nav": {SignalNotPage}, "fetch": {SignalFetcher}, "bot": {SignalBot}, "ch": {SignalBot, SignalShape}, "purpose": {SignalPrefetch},
		"site": {SignalInternal, SignalOwnChannel}, "utm": {SignalPaid, SignalCampaign}, "click": {SignalPaid, SignalCampaign, SignalSoftClick},
		"ref": {SignalReferer, SignalNote}, "app": {SignalAppReferer, SignalNote}, "xrw": {SignalRequestedWith}, "ua": {SignalUserAgent},
		"shape": {SignalShape}, "sfs": {SignalFetchSite}, "vis": {SignalNote},
		"code": {SignalShareCode, SignalShared, SignalNote},
	}
	for _, r := range Rules() {
		prefix, _, _ := strings.Cut(r.ID, ".")
		assert.Contains(t, want[prefix], r.Signal, r.ID)
	}
}

// TestCitations: every rule's source can be looked up, and none is listed in vain.
func TestCitations(t *testing.T) {
	used := map[string]bool{}
	for _, r := range Rules() {
		if r.Cite != "" {
			assert.NotEmpty(t, citations[r.Cite], "%s cites %q, which citations.go does not have", r.ID, r.Cite)
			used[r.Cite] = true
		}
	}
	for key, where := range citations {
		assert.True(t, used[key], "%s is cited by no rule", key)
		assert.NotEmpty(t, where, key)
	}
	for _, r := range rules[assumed+1:] {
		assert.NotEmpty(t, r.Cite, "%s: a table's row says who says so", r.ID)
	}
}

// TestSources: what an app or package names is known with title and channel.
func TestSources(t *testing.T) {
	for _, r := range Rules() {
		if r.Source == "" {
			continue
		}
		switch r.Signal {
		case SignalUserAgent, SignalRequestedWith, SignalAppReferer, SignalShape, SignalSoftClick:
			assert.NotEmpty(t, sources[r.Source].title, "%s names %q, which sources.go does not have", r.ID, r.Source)
		case SignalFetcher:
			assert.NotEqual(t, Direct, r.Channel, r.ID)
		}
	}
	for name, s := range sources {
		assert.NotEmpty(t, s.title, name)
		assert.NotEqual(t, ChannelNone, s.channel, name)
		assert.Equal(t, strings.ToLower(name), name)
		if s.channel == DarkSocial {
			assert.Equal(t, Private, s.visibility, name)
		}
		if s.assumed {
			assert.NotEqual(t, VisibilityUnknown, s.visibility, name)
		}
		assert.Equal(t, s.title, Title(name))
	}
	assert.Equal(t, "blog.example", Title("blog.example"))
}

// TestRefines: a name may hide behind a known one, and never behind itself.
func TestRefines(t *testing.T) {
	for name := range sources {
		steps := 0
		for at := name; sources[at].refines != ""; at = sources[at].refines {
			assert.NotEmpty(t, sources[sources[at].refines].title, "%s refines %q, which sources.go does not have", at, sources[at].refines)
			if steps++; steps > len(sources) {
				t.Fatalf("%s refines itself", name)
			}
		}
	}
}

func TestSingleRules(t *testing.T) {
	assert.Equal(t, Rule{}, rules[noRule])
	assert.Len(t, singleRules, int(assumed)+1, "a constant has no rule")
	for id := noRule + 1; id <= assumed; id++ {
		assert.NotEmpty(t, rules[id].ID, "constant %d has no rule", id)
		assert.Equal(t, singleRules[id].ID, RuleOf(id).ID)
		assert.NotEqual(t, SignalNone, rules[id].Signal, rules[id].ID)
	}
	assert.Len(t, Rules(), len(rules)-1)
}

func TestVersion(t *testing.T) {
	assert.Regexp(t, `^[0-9a-f]{12}$`, Version())
	assert.Equal(t, Version(), Version())
}

// TestNames: every value of a signal has a word.
func TestNames(t *testing.T) {
	assert.Len(t, signalNames, int(SignalNote)+1)
	for s := SignalNotPage; s <= SignalNote; s++ {
		assert.NotEmpty(t, s.String())
	}
	for d := DeviceUnknown; d <= Desktop; d++ {
		assert.NotEmpty(t, d.String())
	}
}

func TestEvidence(t *testing.T) {
	var e Evidence
	assert.Zero(t, e.Len())
	for id := RuleID(1); id <= maxEvidence+5; id++ {
		e.add(id)
		e.add(id)
	}
	assert.Equal(t, maxEvidence, e.Len(), "bounded, and each rule once")
	assert.True(t, e.Has(1))
	assert.False(t, e.Has(maxEvidence+1))
	assert.Equal(t, RuleID(1), e.At(0))

	e.lead(3)
	assert.Equal(t, []RuleID{3, 1, 2, 4}, e.rules[:4])
	e.lead(maxEvidence + 1)
	assert.Equal(t, []RuleID{3, 1, 2, 4}, e.rules[:4])
	id, ok := e.of(SignalFetcher)
	assert.False(t, ok)
	assert.Zero(t, id)
}
