package browsertest_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/browsertest"
	"darksocial/internal/engine/process"
)

// TestShopLook: on a narrow screen, by day and by night, the pages of the demo's shop can
// be used, and axe finds nothing wrong with them.
func TestShopLook(t *testing.T) {
	axe, err := os.ReadFile("../../web/node_modules/axe-core/axe.min.js")
	if err != nil {
		process.Missing(t, "axe-core is not installed: `npm ci` in web/")
	}
	w := newTown(t)
	for _, dark := range []bool{false, true} {
		p := w.person(browsertest.Settings{UserAgent: android, Dark: dark, Width: 360})
		check := func(page string) {
			t.Helper()
			var got struct {
				Overflow bool
				Small    []string
				Paper    string
			}
			p.tab.Evaluate(`({
				overflow: document.documentElement.scrollWidth > innerWidth,
				small: [...document.querySelectorAll("button, footer a")].filter(button => button.getBoundingClientRect().height < 24).map(button => button.textContent),
				paper: getComputedStyle(document.body).backgroundColor,
			})`, &got)
			assert.False(t, got.Overflow, page)
			assert.Empty(t, got.Small, page)
			assert.Equal(t, dark, got.Paper == "rgb(22, 26, 25)", "%s: %s", page, got.Paper)
			p.tab.Evaluate(string(axe)+"; null", nil)
			var result struct {
				Violations []struct {
					ID    string
					Help  string
					Nodes []struct{ HTML, FailureSummary string }
				}
				Passes int
			}
			p.tab.Evaluate(`axe.run().then(({ violations, passes }) => ({ violations, passes: passes.length }))`, &result)
			assert.Empty(t, result.Violations, page)
			assert.Greater(t, result.Passes, 15, page)
			t.Logf("axe: %s, dark %t: %d violations, %d rules passed", page, dark, len(result.Violations), result.Passes)
			assert.Empty(t, p.tab.Complaints(), page)
		}
		p.opens(w.URL + "/")
		check("/")
		for _, path := range []string{shoes, "/en/shop/moor-shoes"} {
			p.tab.Follow(`a[href="` + path + `"]`)
			p.knows()
			p.tab.Evaluate(`customElements.whenDefined("ds-share").then(() => null)`, nil)
			check(path)
			told := w.asked("/_ds/buy")
			p.tab.Follow("#buy button")
			p.knows()
			w.until("/_ds/buy", told+1, 204)
			check("thanks for " + path)
			p.tab.Follow(".name a")
		}
	}
}

// TestShopByKeyboard: the shoes can be bought without a pointer.
func TestShopByKeyboard(t *testing.T) {
	w := newTown(t)
	p := w.person(browsertest.Settings{UserAgent: mac})
	p.opens(w.URL + shoes)
	var focused, outline string
	for tabs := 0; focused != "Ein Paar bestellen"; tabs++ {
		require.Less(t, tabs, 10, "the button is not come to: %q", focused)
		p.tab.Press("Tab")
		p.tab.Evaluate(`document.activeElement.textContent`, &focused)
	}
	p.tab.Evaluate(`getComputedStyle(document.activeElement).outlineStyle`, &outline)
	assert.Equal(t, "solid", outline, "where the focus is can be seen")
	p.tab.Press("Enter")
	p.tab.At(w.URL + thanks + "?*")
	w.until("/_ds/buy", 1, 204)
	assert.Empty(t, p.tab.Complaints())
}

// TestShopWithoutScripts: the shoes can be bought, and nobody is told.
func TestShopWithoutScripts(t *testing.T) {
	w := newTown(t)
	p := w.person(browsertest.Settings{NoScript: true})
	p.tab.Open(w.URL + shoes)
	p.tab.Follow("#buy button")
	p.tab.At(w.URL + thanks + "?*")
	var says string
	p.tab.Evaluate(`document.querySelector("main").textContent`, &says)
	assert.Contains(t, says, "QB-")
	w.waitFor("all requests", func() bool { return w.busy == 0 })
	assert.Zero(t, w.asked("/_ds/buy"))
}
