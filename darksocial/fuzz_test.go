package darksocial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// FuzzClassify: whatever a client sends, there is a label, and the same one for
// the same visit.
func FuzzClassify(f *testing.F) {
	add := func(v Visit) {
		h := v.Headers
		f.Add(v.Host, v.Path, v.Query, v.Referer, v.UserAgent, h.RequestedWith, h.FetchSite, h.FetchDest, h.Purpose, h.Brands, byte(v.Sees))
	}
	for _, tt := range policyCases {
		add(tt.visit)
	}
	for _, ua := range allExamples() {
		add(page(func(v *Visit) { v.UserAgent = ua }))
	}
	for _, referer := range []string{
		"https://user:a@l.facebook.com.:443/l.php?u=x", "https%3A%2F%2Fwww.google.com%2F", "android-app://com.google.android.gm/", "android-app://com.quora.android", "javascript:x", "http://[::1]:80/", "https://…/", "-",
	} {
		add(page(func(v *Visit) { v.Referer = referer }))
	}
	for _, query := range []string{
		"gclid=1&fbclid=2&mc_cid=3&utm_source=chatgpt.com&utm_medium=CPC&utm_campaign=cross_network", "utm_source=%68ttps%3A%2F%2Fx.com", "utm_source=...", "ref=%", "utm_source=WhatsApp-Kanal&utm_medium=ads",
	} {
		add(page(func(v *Visit) { v.Query = query }))
	}
	for _, name := range []string{"com.whatsapp.w4b", "com.brave.browser", "com.example.news", "a.b.c.d.e.f.g.h", "net.acme", "XMLHttpRequest"} {
		add(page(func(v *Visit) { v.Headers.RequestedWith = name }))
	}

	c, again := New(policySite), New(policySite)
	f.Fuzz(func(t *testing.T, host, path, query, referer, ua, requestedWith, fetchSite, fetchDest, purpose, brands string, sees byte) {
		v := Visit{
			Host: host, Path: path, Query: query, Referer: referer, UserAgent: ua, Sees: Sight(sees) & SeesAll,
			Headers: Headers{RequestedWith: requestedWith, FetchSite: fetchSite, FetchDest: fetchDest, Purpose: purpose, Brands: brands},
		}
		facts := c.Facts(&v)
		require.Equal(t, facts, again.Facts(&v), "facts depend on what was seen before")
		before := facts
		l := Resolve(&facts)
		require.Equal(t, before, facts, "Resolve changed the facts")
		require.Equal(t, l, Resolve(&facts))
		require.Equal(t, l, c.Classify(&v))
		checkLabel(t, &l)
		if _, ok := facts.Evidence.of(SignalFetchSite); l.Kind == KindVisit {
			require.Equal(t, facts.FetchSite != FetchSiteSame, ok, "the last rule found no room: %v", evidenceIDs(&l))
		}
		if len(query)+len(referer)+len(ua) < 1000 {
			require.NotEmpty(t, Explain(&facts, &l).Verdict)
		}
	})
}

// checkLabel demands what holds for any label.
func checkLabel(t *testing.T, l *Label) {
	require.LessOrEqual(t, l.Kind, KindOther)
	require.LessOrEqual(t, l.Channel, Direct)
	require.LessOrEqual(t, l.ByReferrer, Direct)
	require.LessOrEqual(t, len(l.Source), maxHost)
	require.False(t, strings.ContainsAny(l.Source, "/@? "), "%q", l.Source)
	require.NotZero(t, l.Evidence.Len(), "a label without a reason")
	for i := range l.Evidence.Len() {
		require.NotEmpty(t, RuleOf(l.Evidence.At(i)).ID)
	}
	switch l.Kind {
	case KindBot, KindInternal, KindOther:
		assert.Equal(t, ChannelNone, l.Channel, "it comes from nowhere")
		assert.Empty(t, l.Source)
	case KindVisit, KindPrefetch:
		assert.NotEqual(t, ChannelNone, l.Channel)
	}
	assert.Equal(t, l.Channel == Direct, l.DirectKind != NotDirect)
	if l.Channel == Direct {
		assert.Empty(t, l.Source, "direct is from nobody")
		assert.Equal(t, ConfidenceUnknown, l.Confidence)
	}
	if l.Channel == DarkSocial {
		assert.Equal(t, Private, l.Visibility)
	}
	decodeLabel(t, l.AppendJSON(nil, "1"))
}
