package privacy

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
)

// TestVisitorHash: a visitor has one name for one day, by which nothing but the same
// visitor of the same day can be told again; who objects has none, and logs make none.
func TestVisitorHash(t *testing.T) {
	pairs(t, func(t *testing.T, w *world) {
		g := newGenerator(4)
		anna, otto := g.visitor(), g.visitor()
		opens := func(v view, path string, headers map[string]string, change string) {
			v.path, v.headers = path, headers
			page := w.do(w.front, "a page", request(&v, "GET", path))
			hint := hintIn.FindStringSubmatch(page.Header().Get("Server-Timing"))
			require.Len(t, hint, 2)
			r := g.hit(&v, hint[1])
			for name, value := range headers {
				r.Header.Set(name, value)
			}
			r.URL.RawQuery += change
			assert.Equal(t, 204, w.do(w.front, "a hit", r).Code, path)
		}
		opens(anna, "/eins", nil, "")
		opens(anna, "/zwei", nil, "")
		opens(otto, "/drei", nil, "")
		opens(anna, "/gpc", map[string]string{"Sec-Gpc": "1"}, "")
		opens(anna, "/dnt", map[string]string{"Dnt": "1"}, "")
		opens(anna, "/marke", map[string]string{"Cookie": "ds_off=1"}, "")
		opens(anna, "/einspruch", nil, "&o=1")
		w.set(noon.Add(24 * time.Hour))
		opens(anna, "/morgen", nil, "")
		w.cdn(g, 8)

		names := map[string]string{} // by page
		objecting, logged := 0, 0
		for _, s := range w.sightings() {
			switch {
			case s.Door == record.Log:
				assert.Empty(t, s.Visitor, "a log makes no hash")
				logged++
			case s.Facts.Objection == darksocial.Yes:
				assert.Equal(t, record.Sighting{ID: s.ID, Door: record.Beacon, Time: s.Time, Rules: s.Rules, Facts: darksocial.Facts{Objection: darksocial.Yes}}, s,
					"of who objects nothing is kept but that there was somebody")
				objecting++
			default:
				assert.Len(t, s.Visitor, 16, s.Page)
				names[s.Page] = s.Visitor
			}
		}
		assert.Equal(t, 8, logged)
		assert.Equal(t, 4, objecting)
		require.Len(t, names, 4)
		assert.Equal(t, names["/eins"], names["/zwei"], "the same visitor, the same day")
		assert.NotEqual(t, names["/eins"], names["/drei"], "another visitor")
		assert.NotEqual(t, names["/eins"], names["/morgen"], "the same visitor, the next day")
		g.put("visitors")
		newLook(t, g).atLeast("of visitors", w.everything(), 1000)
	})
}

// visitor is somebody whose browser says nothing that others' do not.
func (g *generator) visitor() view {
	v := view{host: pageHost, agent: safari, contentType: "text/html"}
	g.who(&v)
	return v
}

// TestSalt: 48 hours after its day began a salt is nowhere, and no hash of that day
// can be made again, by nobody.
func TestSalt(t *testing.T) {
	pairs(t, func(t *testing.T, w *world) {
		g := newGenerator(5)
		for day := range 2 {
			w.set(noon.Add(time.Duration(day) * 24 * time.Hour))
			v := g.visitor()
			v.path, v.host = fmt.Sprint("/tag/", day), scriptSite
			require.Equal(t, 204, w.do(w.front, "a hit", g.hit(&v, "")).Code)
		}
		first, second := w.salt(date), w.salt("2026-11-21")
		require.Len(t, first, 32)
		require.Len(t, second, 32)
		require.NotEqual(t, first, second)
		assert.NotEmpty(t, w.places(first), "it is looked for where it is")

		for _, tt := range []struct {
			after time.Duration
			gone  bool
		}{{47 * time.Hour, false}, {48 * time.Hour, true}} {
			w.set(midnight.Add(tt.after))
			_, err := w.roller().Due(ctx)
			require.NoError(t, err)
			w.purge()
			assert.Equal(t, tt.gone, w.salt(date) == nil, "%v after the day began", tt.after)
			if tt.gone {
				assert.Empty(t, w.places(first), "the salt is still there, for whoever reads the file")
			}
			assert.NotEmpty(t, w.salt("2026-11-21"), "the next day's is needed")
		}
	})
}

// salt is the salt of a day of the site that counts by the script, or nil.
func (w *world) salt(date string) []byte {
	w.t.Helper()
	value, err := w.saltsKV.Get(ctx, "salts/"+scriptSite, date)
	require.NoError(w.t, err)
	return value
}

// places names all there is that has a value in it, as it is or in another form.
func (w *world) places(value []byte) (names []string) {
	w.t.Helper()
	find := newFinder([]*secret{{kind: "salt", value: string(value), parts: []string{string(value)}}})
	for _, it := range w.everything() {
		if bytes.Contains(it.content, value) || len(find.find(it.content)) > 0 {
			names = append(names, it.name)
		}
	}
	return names
}
