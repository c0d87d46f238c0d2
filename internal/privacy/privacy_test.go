package privacy

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/summary"
)

// reason is why a secret may be found all the same, and where.
type reason struct {
	why string
	in  []string // beginnings of the names of what is kept
}

// These are all reasons there are.
var (
	unreadable = &reason{"a record of a stream that nobody can read is kept as it is, encrypted, for a week: the stream forgets it, and it could not be read again",
		[]string{"lake/failed/records/"}}
	campaignValues = &reason{"a campaign's tags are the site's own words; one with an address is left out",
		[]string{"store/", "file/records.db", "lake/campaigns/", "lake/partials/", "temp/"}}
	refererHosts = &reason{"the host of a Referer is the source of the visit",
		[]string{"store/", "file/records.db", "lake/", "temp/", "summary", "show", "command classify", "command summary", "command show", "command explain"}}
	namesInPaths = &reason{"names in words are not to be told from other words: a site hides them by its site file",
		[]string{"store/", "file/records.db", "lake/", "temp/", "summary", "show", "command summary", "command show", "command explain"}}
	bylines = &reason{"who wrote an article is what the article says, to everybody",
		[]string{"store/", "file/records.db", "lake/pages/", "lake/partials/", "temp/"}}
	unknownApps = &reason{"the name of an app that no rule knows: the next messenger shows up here first",
		[]string{"store/", "file/records.db", "lake/partials/", "temp/", "command classify"}}
	ownWords = &reason{"the hint tells a browser's own words to its own page, without capitals and digits",
		[]string{"answer to a page"}}
	givenIDs = &reason{"classify keeps nothing, and names the lines it was given by their ids",
		[]string{"command classify"}}
)

// TestNothingStays runs a day of traffic full of secrets through a deployment and
// looks for them in all that it keeps, writes and answers.
func TestNothingStays(t *testing.T) {
	pairs(t, func(t *testing.T, w *world) {
		g := newGenerator(20261120)
		w.logs(g)
		w.visits(g)
		w.refusals(g)
		w.shares(g)
		w.purchases(g)
		w.me(g)
		w.cdn(g, len(places)-3)
		require.NoError(t, w.writer.Flush(ctx))
		l := newLook(t, g)
		l.at("while the day goes on", w.everything())

		// The day is folded in parts, whose sums lie in the lake until they are merged.
		day, err := rollup.ParseDay(date, time.UTC)
		require.NoError(t, err)
		w.set(midnight.Add(25 * time.Hour))
		for shard := range 2 {
			_, err := w.roller().Shard(ctx, w.sites[0], day, shard)
			require.NoError(t, err)
		}
		l.at("between the parts of a roll-up", w.everything())
		_, err = w.roller().Merge(ctx, w.sites[0], day, false)
		require.NoError(t, err)
		done, err := w.roller().Due(ctx)
		require.NoError(t, err)
		require.NotEmpty(t, done)
		w.tell()
		l.at("after the roll-up", w.everything())

		assert.Empty(t, w.temporary(), "temporary files are gone")
		l.needs(unreadable, campaignValues, refererHosts, namesInPaths, bylines, unknownApps, ownWords)
	})
}

// look looks for secrets.
type look struct {
	t      *testing.T
	find   *finder
	needed map[*reason]bool
	told   map[string]bool
}

func newLook(t *testing.T, g *generator) *look {
	for _, s := range g.secrets {
		require.NotEmpty(t, s.where, "nobody says where %s was put", s)
	}
	return &look{t, newFinder(g.secrets), map[*reason]bool{}, map[string]bool{}}
}

// at reports each kind of secret that is where it may not be, once. There must be
// something to look at.
func (l *look) at(when string, list []item) {
	l.t.Helper()
	l.atLeast(when, list, 100_000)
}

func (l *look) atLeast(when string, list []item, bytes int) {
	l.t.Helper()
	size := 0
	for _, it := range list {
		size += len(it.content)
		for _, f := range l.find.find(it.content) {
			if f.may != nil && slices.ContainsFunc(f.may.in, func(place string) bool { return strings.HasPrefix(it.name, place) }) {
				l.needed[f.may] = true
				continue
			}
			if key := f.kind + f.where; !l.told[key] {
				l.told[key] = true
				l.t.Errorf("%s, %s has %s, %s: %s", when, it.name, f.secret, f.form, f.context)
			}
		}
	}
	require.Greater(l.t, size, bytes, "there is too little to look at")
}

// needs fails the test for a reason that no secret needed.
func (l *look) needs(reasons ...*reason) {
	l.t.Helper()
	for _, r := range reasons {
		assert.True(l.t, l.needed[r], "no secret needs the reason any more: %s", r.why)
	}
}

// tell tells what the commands summary and show tell.
func (w *world) tell() {
	w.t.Helper()
	s := summary.New(siteName)
	s.Day(date)
	eachRow(w, "arrivals", s.Arrival)
	eachRow(w, "pages", s.Page)
	eachRow(w, "quality", s.Quality)
	eachRow(w, "recommendations", s.Recommendation)
	eachRow(w, "purchases", s.Purchase)
	text := s.Answer().Text() + asJSON(s.Answer())
	assert.Contains(w.t, text, "/lokales/muehlenwehr")
	w.answers = append(w.answers, item{"summary", []byte(text)})

	records := map[record.ID]*record.Record{}
	for _, s := range w.sightings() {
		if records[s.ID] == nil {
			records[s.ID] = &record.Record{}
		}
		records[s.ID].Add(&s)
	}
	require.Greater(w.t, len(records), 6*len(places))
	for id, r := range records {
		visit, label := r.Visit(), r.Label()
		w.answers = append(w.answers, item{"show", fmt.Appendf(nil, "%s %s %s %+v %s", id, visit.Page, visit.Shown(), darksocial.Explain(&visit.Facts, &label), label.AppendJSON(nil, id.String()))})
	}
}
