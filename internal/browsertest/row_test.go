package browsertest_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/browsertest"
)

func TestMain(m *testing.M) { browsertest.Main(m) }

// row is something a visitor does, and the hits that come of it.
type row struct {
	name     string
	settings browsertest.Settings
	do       func(v *visit)
	want     []sent

	// complaint is what the browser itself may complain of in its console, as a
	// regular expression. Any other complaint fails the row.
	complaint string
}

// sent is a hit as it has to be: all its parameters by name, but for "v" and "i",
// and under "Referer" that header. Some are written short:
//
//	"h": "/in 2"     the hint that came with the second answer for /in
//	"q": "/in 2"     the request id in that hint
//	"r": "other"     the origin of the other site; "own": of this one
//	"Referer": "/"   an address of this site; without it, the hit's is that of the page "p"
//
// A row that does not mention "a" takes any age.
type sent map[string]string

// visit is a row at work.
type visit struct {
	*testing.T
	own, other *site // where the beacon is, and another one
	profile    *browsertest.Profile
	tab        *browsertest.Tab
}

func run(t *testing.T, rows []row) {
	browser := browsertest.Start(t)
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			v := &visit{T: t, own: newSite(t, "127.0.0.1"), other: newSite(t, "localhost"), profile: browser.Profile(t, r.settings)}
			v.tab = v.profile.Tab()
			r.do(v)
			v.check(r.want)
			for _, complaint := range v.tab.Complaints() {
				if r.complaint == "" || !regexp.MustCompile(r.complaint).MatchString(complaint) {
					assert.Fail(t, "the page must not notice the beacon", complaint)
				}
			}
		})
	}
}

// enter comes to a page from nowhere.
func (v *visit) enter(path string) {
	v.Helper()
	v.tab.Open(v.own.URL + path)
}

// arrive comes from another site by a link.
func (v *visit) arrive(path string) {
	v.Helper()
	v.follow(v.other, path)
}

// follow opens a page of a site, without the beacon, and follows its link to a
// path of the own site.
func (v *visit) follow(from *site, path string) {
	v.Helper()
	v.open(from, path)
	v.tab.Follow("#go")
}

// open opens a page of a site, without the beacon, that has links to a path of the
// own site.
func (v *visit) open(from *site, path string) {
	v.Helper()
	from.put("/from", page{script: "<p>", body: fmt.Sprintf(`<a id=go href="%[1]s">go</a> <a id=new target=_blank rel=opener href="%[1]s">new</a>`, v.own.URL+path)})
	v.tab.Open(from.URL + "/from")
}

// loaded is when the page has loaded and the beacon has had its say.
const loaded = `new Promise(loaded => document.readyState === "complete" ? loaded() : addEventListener("load", loaded))
	.then(() => new Promise(later => setTimeout(later))).then(() => null)`

// settle waits until the page has loaded, the beacon has had its say, and all that
// it sent has reached the site.
func (v *visit) settle() {
	v.Helper()
	v.tab.Evaluate(loaded, nil)
	v.tab.Answered("/_ds/hit")
}

// check compares the hits with what a row wants.
func (v *visit) check(want []sent) {
	v.Helper()
	hits := v.own.received(v.T, len(want))
	require.Len(v, hits, len(want), "hits: %v", hits)
	assert.Empty(v, v.other.received(v.T, 0), "hits of the other site")
	ids := map[string]bool{}
	for i, hit := range hits {
		got := sent{"Referer": hit.header.Get("Referer")}
		for name, values := range hit.query {
			require.Len(v, values, 1, name)
			got[name] = values[0]
		}
		assert.Equal(v, v.inFull(want[i], got), got, "hit %d", i+1)
		assert.Equal(v, "same-origin", hit.header.Get("Sec-Fetch-Site"))
		if id := got["i"]; id != "" {
			assert.False(v, ids[id], "two page views with one id")
			ids[id] = true
		}
	}
}

var (
	randomID = regexp.MustCompile(`^[0-9a-f]{24}$`)
	seconds  = regexp.MustCompile(`^\d{1,5}$`)
)

// inFull writes out what a row wants. What it cannot know is taken from the hit
// itself, if that has the right form.
func (v *visit) inFull(short, got sent) sent {
	v.Helper()
	want := maps.Clone(short)
	want["v"] = "1"
	byScript := short["n"] != "noscript"
	if byScript && short["q"] == "" {
		assert.Regexp(v, randomID, got["i"])
		want["i"] = got["i"]
	}
	if byScript && short["o"] == "" && short["a"] == "" {
		assert.Regexp(v, seconds, got["a"])
		want["a"] = got["a"]
	}
	if hint, ok := v.hint(short["h"]); ok {
		want["h"] = hint
	}
	if hint, ok := v.hint(short["q"]); ok {
		want["q"] = strings.Split(hint, ".")[1]
	}
	switch short["r"] {
	case "own":
		want["r"] = v.own.URL
	case "other":
		want["r"] = v.other.URL
	}
	if referer, ok := short["Referer"]; !ok || strings.HasPrefix(referer, "/") {
		want["Referer"] = v.own.URL + short["p"]
		if ok {
			want["Referer"] = v.own.URL + referer
		}
	}
	return want
}

var which = regexp.MustCompile(`^(/\S*) (\d+)$`)

// hint finds the hint that a row calls "/in 2".
func (v *visit) hint(name string) (hint string, ok bool) {
	v.Helper()
	found := which.FindStringSubmatch(name)
	if found == nil {
		return "", false
	}
	var n int
	_, err := fmt.Sscan(found[2], &n)
	require.NoError(v, err)
	return v.own.given(v.T, found[1], n), true
}
