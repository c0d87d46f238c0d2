package darksocial

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUnnamedToken(t *testing.T) {
	for _, tt := range []struct{ ua, want string }{
		{uaIPhone + " AcmeChat/3.1", "AcmeChat"},
		{uaIPhone + " [AcmeChat/3.1;en]", "AcmeChat"},
		{uaIPhone + " (AcmeChat; iOS)", "AcmeChat"},
		{uaSafari + " AcmeChat/3.1 Other/2", "AcmeChat"},
		{uaWebView + " Acme_Chat-2.0/7", "Acme_Chat-2.0"},
		{uaWebView + " acme", "acme"},

		// Nothing behind the browser's own.
		{uaSafari, ""},
		{uaIPhone, ""},
		{uaWebView, ""},
		{uaChrome, ""},
		// Browsers.
		{uaChrome + " OPR/93.4.0", ""},
		{uaChrome + " EdgA/144.0.3719.77", ""},
		{uaSafari + " Ddg/18.6", ""},
		// No phone, no browser's face.
		{uaWindows + " AcmeChat/3.1", ""},
		{uaMac + " AcmeChat/3.1", ""},
		{"AcmeChat/3.1 Mobile/15E148", ""},
		{"Mozilla/5.0 (Mobile; rv:48.0) Gecko/48.0 KAIOS/2.5.4", ""},
		// No name.
		{uaIPhone + " 4711/2", ""},
		{uaIPhone + " x/2", ""},
		{uaIPhone + " +++", ""},
		{uaIPhone + " äöü/2", ""},
		{uaIPhone + " " + strings.Repeat("a", maxUnnamed), strings.Repeat("a", maxUnnamed)},
		{uaIPhone + " " + strings.Repeat("a", maxUnnamed+1), ""},
	} {
		assert.Equal(t, tt.want, unnamedToken(tt.ua), tt.ua)
	}
	for token := range browserTokens {
		assert.Empty(t, unnamedToken(uaChrome+" "+token+"/1.2"), token)
	}
}

// TestUnnamedInFacts: an app a table knows is not unnamed.
func TestUnnamedInFacts(t *testing.T) {
	c := New(Site{})
	for _, tt := range []struct{ ua, pkg, want string }{
		{uaWebView + " AcmeChat/3.1", "", "AcmeChat"},
		{uaWebView + " AcmeChat/3.1", "net.acme.chat", "net.acme.chat"},
		{uaWebView + " AcmeChat/3.1", "com.whatsapp", ""},
		{uaWebView + " AcmeChat/3.1", "com.brave.browser", ""},
		{uaWebView + " [FB_IAB/FB4A;FBAV/533.0.0.46.77;]", "", ""},
		{"AcmeBot/1", "", ""},
	} {
		v := inPackage(tt.pkg, tt.ua)
		assert.Equal(t, tt.want, c.Facts(&v).Unnamed, "%s %s", tt.ua, tt.pkg)
	}
}

func TestUnnamedCounts(t *testing.T) {
	u := NewUnnamed(10)
	for _, name := range []string{"b", "a", "", "b", "c", "b", "a"} {
		u.Count(name)
	}
	assert.Equal(t, []NameCount{{"b", 3}, {"a", 2}, {"c", 1}}, u.Top(10))
	assert.Equal(t, []NameCount{{"b", 3}}, u.Top(1))
	assert.Empty(t, u.Top(0))
	assert.Zero(t, u.Undercount)
	assert.Empty(t, NewUnnamed(10).Top(5))
}

// TestUnnamedIsBounded counts far more names than fit, a few of them often, and
// compares with exact counts: none too high, none too low by more than Undercount,
// and whatever is more frequent than that is there.
func TestUnnamedIsBounded(t *testing.T) {
	for _, limit := range []int{-1, 0, 1, 2, 20, 100} {
		t.Run(fmt.Sprint(limit), func(t *testing.T) {
			rnd := rand.New(rand.NewPCG(3, uint64(limit+1)))
			u, exact := NewUnnamed(limit), map[string]int{}
			for range 20_000 {
				name := fmt.Sprintf("rare%d", rnd.IntN(5000))
				if rnd.IntN(3) == 0 {
					name = fmt.Sprintf("often%d", rnd.IntN(5))
				}
				u.Count(name)
				exact[name]++
			}
			top := u.Top(1 << 20)
			require.LessOrEqual(t, len(top), max(1, limit))
			assert.LessOrEqual(t, u.Undercount, 20_000/(max(1, limit)+1), "no name's count can be lower by more")
			counted := map[string]int{}
			for _, c := range top {
				counted[c.Name] = c.Count
				assert.LessOrEqual(t, c.Count, exact[c.Name], c.Name)
				assert.GreaterOrEqual(t, c.Count, exact[c.Name]-u.Undercount, c.Name)
			}
			for name, n := range exact {
				if n > u.Undercount {
					assert.Contains(t, counted, name, "seen %d times", n)
				}
			}
			if limit >= 20 {
				for i := range 5 {
					assert.Contains(t, counted, fmt.Sprintf("often%d", i))
				}
			}
		})
	}
}

// TestUnnamedKeepsNoBuffer: names point into a door's buffer.
func TestUnnamedKeepsNoBuffer(t *testing.T) {
	u := NewUnnamed(1)
	buffer := []byte("first")
	u.Count(stringOf(buffer))
	copy(buffer, "other")
	assert.Equal(t, "first", u.Top(1)[0].Name)

	u.Count(stringOf([]byte("second"))) // struck out, and "first" with it
	assert.Empty(t, u.Top(1))
	assert.Equal(t, 1, u.Undercount)
}
