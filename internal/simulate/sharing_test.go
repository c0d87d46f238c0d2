package simulate

import (
	"io"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// followed runs a world and has see look at each event before it happens.
func followed(t *testing.T, c Config, see func(*run, *event)) *run {
	t.Helper()
	require.NoError(t, c.complete())
	r := newRun(c, stream{io.Discard})
	r.all(func(e *event) {
		see(r, e)
		r.happen(e)
	})
	require.NoError(t, r.closeFile())
	return r
}

// TestGenerations: who passes a link on has opened it before, and links die out:
// all that come of a link bring passOn in a thousand of its readers again.
func TestGenerations(t *testing.T) {
	for _, name := range []string{"usual", "viral"} {
		c := Config{Seed: 4, Date: friday, Days: 10, Host: host, Views: 8000, World: world(t, name)}
		type step struct {
			page       int32
			generation uint8
		}
		firstRead := map[step]uint64{}
		sent := 0
		r := followed(t, c, func(_ *run, e *event) {
			if ways[e.way].origin != Private {
				return
			}
			switch e.do {
			case arrive, arriveSecure:
				at := step{e.page, e.generation}
				if _, seen := firstRead[at]; !seen {
					firstRead[at] = e.at
				}
			case sendLink:
				sent++
				if e.generation > 0 {
					before, seen := firstRead[step{e.page, e.generation - 1}]
					require.True(t, seen && before < e.at, "a link was passed on before anybody had read it")
				}
			}
		})
		links, passedOn, visits := 0, 0, []int(nil)
		for _, d := range r.truth.Days[2:] { // nothing was sent before the first
			links += d.Shared.Links
			passedOn += d.Shared.PassedOn
			for len(visits) < len(d.Shared.Visits) {
				visits = append(visits, 0)
			}
			for i, n := range d.Shared.Visits {
				visits[i] += n
			}
		}
		assert.Greater(t, sent, links)
		all := 0
		for _, n := range visits {
			all += n
		}
		again := float64(all-visits[0]) / float64(all)
		assert.InDelta(t, float64(c.World.passOn)/1000, again, 0.12, name)
		assert.InDelta(t, float64(c.World.passOn)/1000, float64(passedOn)/float64(links), 0.15, name)
	}
}

// TestPreviewsComeFirst: nobody opens what was sent before its app has read it, and
// where a device reads it, each link that is not forwarded is read once.
func TestPreviewsComeFirst(t *testing.T) {
	c := Config{Seed: 9, Date: friday, Days: 2, Host: host, Views: 8000, World: &plain}
	read, opened, links, fetches := map[event]bool{}, 0, 0, 0
	whatsapp := uint8(wayNumber("whatsapp"))
	followed(t, c, func(_ *run, e *event) {
		if ways[e.way].shared == nil {
			return
		}
		at := event{way: e.way, page: e.page}
		switch e.do {
		case sendLink:
			if e.way == whatsapp {
				links++
			}
		case readPreview:
			read[at] = true
			if e.way == whatsapp {
				fetches++
			}
		case arrive:
			opened++
			require.True(t, read[at])
		}
	})
	assert.Greater(t, opened, 500)
	assert.Equal(t, links, fetches)
}

// TestLateClicks: most of a link's readers come soon, the rest for days.
func TestLateClicks(t *testing.T) {
	c := Config{Seed: 9, Date: friday, Host: host, Views: 10, World: world(t, "usual")}
	require.NoError(t, c.complete())
	r := newRun(c, stream{io.Discard})
	var all []uint64
	for range 10_000 {
		all = append(all, r.delay())
	}
	slices.Sort(all)
	const hour = millisPerHour
	assert.GreaterOrEqual(t, all[0], uint64(6_000))
	assert.Less(t, all[len(all)/2], uint64(hour/2))
	assert.InDelta(t, 0.3, float64(len(all)-countBelow(all, 2*hour))/float64(len(all)), 0.02)
	assert.Greater(t, all[len(all)-1], uint64(48*hour))
	assert.Less(t, all[len(all)-1], uint64(64*hour))
}

func countBelow(sorted []uint64, x uint64) int {
	n, _ := slices.BinarySearch(sorted, x)
	return n
}

// TestServersKeepWhatTheyRead: an app with a cache reads a page once in its time.
func TestServersKeepWhatTheyRead(t *testing.T) {
	c := Config{Seed: 9, Date: friday, Days: 3, Host: host, Views: 20_000, World: world(t, "work")}
	type key struct {
		way  uint8
		page int32
	}
	last := map[key]uint64{}
	cached := 0
	followed(t, c, func(r *run, e *event) {
		s := ways[e.way].shared
		if s == nil || s.cache == 0 || s.crowd > 1 {
			return
		}
		at := key{e.way, e.page}
		switch before, seen := last[at]; {
		case e.do == readPreview:
			require.True(t, !seen || e.at >= before+uint64(s.cache)*millisPerMinute, ways[e.way].name)
			last[at] = e.at
		case e.do == sendLink && seen && e.at < before+uint64(s.cache)*millisPerMinute:
			cached++
		}
	})
	assert.Greater(t, cached, 100)
}
