package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

// sharing is a world that gives codes.
func sharing(t testing.TB) (*world, *codes.Codes) {
	w := newWorld(t)
	c := codes.New(w.store, w.now)
	w.collect = web.NewCollect(site.Serve([]*site.Site{w.site}), w.writer, visitor.NewSalts(w.store, w.now), w.now).Sharing(c)
	return w, c
}

// shareRequest asks for a code as a page's button does.
func shareRequest(q url.Values) *http.Request {
	r := hitRequest(nil)
	r.URL.Path = "/_ds/share"
	all := url.Values{"v": {"1"}, "b": {"whatsapp"}, "p": {"/artikel/moor"}}
	for name, values := range q {
		if all[name] = values; values[0] == "-" {
			delete(all, name)
		}
	}
	r.URL.RawQuery = all.Encode()
	return r
}

func (w *world) code(q url.Values) share.Code {
	answer := w.do(shareRequest(q))
	require.Equal(w.t, 200, answer.StatusCode, answer.Header)
	var said struct{ Code share.Code }
	require.NoError(w.t, json.NewDecoder(answer.Body).Decode(&said))
	return said.Code
}

func TestShare(t *testing.T) {
	w, c := sharing(t)
	find := func(code share.Code) *share.Item {
		item, err := c.Find(ctx, siteName, string(code))
		require.NoError(t, err)
		return item
	}
	button := w.code(nil)
	assert.Equal(t, button, w.code(nil), "a button's code is the same for all")
	assert.NotEqual(t, button, w.code(url.Values{"b": {"telegram"}}))
	assert.Nil(t, find(button), "nobody has pressed it yet")
	assert.Equal(t, button, w.code(used(button, 1)))
	assert.Equal(t, &share.Item{Grade: share.PerButton, Button: "whatsapp", Page: "/artikel/moor", Made: noon.Unix()}, find(button))
	assert.Equal(t, "private, max-age=86400", w.do(shareRequest(nil)).Header.Get("Cache-Control"))

	one := url.Values{"g": {"share"}, "b": {"copy"}}
	minted := w.code(one)
	assert.NotEqual(t, minted, w.code(one))
	assert.Nil(t, find(minted), "nobody has pressed the button yet")
	assert.Equal(t, "no-store", w.do(shareRequest(one)).Header.Get("Cache-Control"))
	for i := range 3 { // told three times
		assert.Equal(t, minted, w.code(used(minted, i, "g", "share", "b", "copy")))
	}
	assert.Equal(t, "/artikel/moor", find(minted).Page)

	child := w.code(url.Values{"g": {"share"}})
	w.code(used(child, 7, "g", "share", "f", string(minted), "l", "session"))
	assert.Equal(t, minted, find(child).Root)
	assert.Equal(t, minted, find(child).Parent())
	assert.Equal(t, share.Session, find(child).Link)

	assert.ElementsMatch(t, []string{"whatsapp " + string(button), "copy " + string(minted), "whatsapp " + string(child)}, w.uses())
}

// used are the parameters by which a page tells that a code was used, by a click of some
// number.
func used(code share.Code, click int, more ...string) url.Values {
	q := url.Values{"k": {string(code)}, "i": {fmt.Sprintf("%024x", click)}}
	for i := 0; i < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return q
}

// uses are the shares that are kept: the button and the code of each.
func (w *world) uses() (list []string) {
	w.entries(func(e record.Entry) {
		if s, ok := e.(*record.Share); ok {
			list = append(list, s.Button+" "+s.Code)
		}
	})
	slices.Sort(list)
	return slices.Compact(list)
}

// TestManyShares: a thousand shares in a second from one page are a thousand; the same
// click told twice is one, whatever comes between.
func TestManyShares(t *testing.T) {
	w, _ := sharing(t)
	button := w.code(nil)
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 125 {
				for range 2 {
					assert.Equal(t, 200, w.do(shareRequest(used(button, 125*worker+i))).StatusCode)
				}
			}
		})
	}
	group.Wait()
	ids := map[record.ID]bool{}
	w.entries(func(e record.Entry) {
		id, _ := e.Head()
		ids[id] = true
	})
	assert.Len(t, ids, 1000)
}

// TestSharesMadeUp: a code stands for one share. Who tells of it again on another day has
// the link, and counts for nothing; nor does a button's code for another button.
func TestSharesMadeUp(t *testing.T) {
	w, c := sharing(t)
	minted := w.code(url.Values{"g": {"share"}})
	w.code(used(minted, 1, "g", "share"))
	w.clock.Add(3600)
	w.code(used(minted, 2, "g", "share", "b", "email", "p", "/other"))
	assert.Equal(t, []string{"whatsapp " + string(minted)}, w.uses())
	item, err := c.Find(ctx, siteName, string(minted))
	require.NoError(t, err)
	assert.Equal(t, "/artikel/moor", item.Page)
	button := w.code(nil)
	assert.Equal(t, 400, w.do(shareRequest(used(button, 1, "b", "telegram"))).StatusCode)
	assert.Equal(t, 400, w.do(shareRequest(used(button, 1, "p", "/other"))).StatusCode)
	assert.Equal(t, 400, w.do(shareRequest(used(minted, 1))).StatusCode, "a share's is no button's")
}

// TestLoops: a share that comes of one that came of it begins anew, and the seventeenth
// generation does.
func TestLoops(t *testing.T) {
	w, c := sharing(t)
	find := func(code share.Code) *share.Item {
		item, err := c.Find(ctx, siteName, string(code))
		require.NoError(t, err)
		return item
	}
	mint := func() share.Code { return w.code(url.Values{"g": {"share"}}) }
	a, b := mint(), mint()
	w.code(used(a, 1, "g", "share"))
	w.code(used(b, 2, "g", "share", "f", string(a), "l", "session"))
	w.code(used(a, 3, "g", "share", "f", string(b), "l", "session")) // A→B→A
	assert.Empty(t, find(a).Ancestors)
	assert.Equal(t, a, find(b).Parent())
	self := mint()
	w.code(used(self, 4, "g", "share", "f", string(self), "l", "session"))
	assert.Empty(t, find(self).Ancestors)

	parent := a
	for generation := 1; generation <= share.MaxAncestors; generation++ {
		child := mint()
		w.code(used(child, 100+generation, "g", "share", "f", string(parent), "l", "session"))
		require.Equal(t, generation, find(child).Generation)
		require.Equal(t, a, find(child).Root)
		parent = child
	}
	seventeenth := mint()
	w.code(used(seventeenth, 200, "g", "share", "f", string(parent), "l", "session"))
	assert.Equal(t, 0, find(seventeenth).Generation)
	assert.Empty(t, find(seventeenth).Root)

	for _, nobodys := range []string{"8ZkPq4vR2Ts", string(mint())} { // forged; never used
		child := mint()
		w.code(used(child, 300, "g", "share", "f", nobodys, "l", "consented"))
		assert.Empty(t, find(child).Ancestors)
	}
}

// TestSameDay: who came with a code and shares on the same day, with the same address and
// browser, passes it on, even where the page does not know.
func TestSameDay(t *testing.T) {
	w, c := sharing(t)
	first := w.code(url.Values{"g": {"share"}})
	w.code(used(first, 1, "g", "share"))
	w.clock.Add(60)
	came := hitRequest(url.Values{"h": {"-"}})
	came.Header.Set("Referer", "https://www.example.com/artikel/moor?ds="+string(first))
	w.site.Doors = []string{"beacon"}
	require.Equal(t, 204, w.do(came).StatusCode)

	item, err := c.Find(ctx, siteName, string(first))
	require.NoError(t, err)
	assert.Equal(t, noon.Unix()+59, item.Opened, "as old as the page says")

	for _, tt := range []struct {
		name   string
		change func(*http.Request)
		want   share.Code
	}{
		{"the same browser", func(*http.Request) {}, first},
		{"another address", func(r *http.Request) { r.Header.Set("X-Ds-Ip", "192.0.2.8") }, ""},
		{"another browser", func(r *http.Request) {
			r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
		}, ""},
	} {
		second := w.code(url.Values{"g": {"share"}})
		r := shareRequest(used(second, 2, "g", "share"))
		tt.change(r)
		require.Equal(t, 200, w.do(r).StatusCode)
		item, err := c.Find(ctx, siteName, string(second))
		require.NoError(t, err)
		assert.Equal(t, tt.want, item.Parent(), tt.name)
		if tt.want != "" {
			assert.Equal(t, share.SameDay, item.Link)
		}
	}
}

// TestObjectorsHaveNoCodes: nothing is given to a browser that objects, and nothing kept.
func TestObjectorsHaveNoCodes(t *testing.T) {
	w, c := sharing(t)
	minted := w.code(url.Values{"g": {"share"}})
	for _, q := range []url.Values{nil, {"g": {"share"}}, used(minted, 1, "g", "share")} {
		for _, objection := range []string{"Sec-GPC", "DNT"} {
			r := shareRequest(q)
			r.Header.Set(objection, "1")
			answer := w.do(r)
			assert.Equal(t, 204, answer.StatusCode)
		}
	}
	assert.Empty(t, w.uses())
	item, err := c.Find(ctx, siteName, string(minted))
	require.NoError(t, err)
	assert.Nil(t, item)
}

func TestShareRefused(t *testing.T) {
	for _, tt := range []struct {
		name   string
		q      url.Values
		status int
		reason string
	}{
		{"no version", url.Values{"v": {"-"}}, 400, "version"},
		{"a button that is none", url.Values{"b": {"myspace"}}, 400, "button"},
		{"no button", url.Values{"b": {"-"}}, 400, "button"},
		{"a grade that is none", url.Values{"g": {"person"}}, 400, "grade"},
		{"another site", url.Values{"p": {"https://evil.example/"}}, 400, "page"},
		{"another site, without a scheme", url.Values{"p": {"//evil.example/"}}, 400, "page"},
		{"another site, to browsers", url.Values{"p": {`/\evil.example/`}}, 400, "page"},
		{"a header in it", url.Values{"p": {"/a\r\nSet-Cookie: x"}}, 400, "page"},
		{"a query in it", url.Values{"p": {"/a?u=https://evil.example"}}, 400, "page"},
		{"a name in it", url.Values{"p": {"/konto/me@example.com"}}, 400, "page"},
		{"a token in it", url.Values{"p": {"/reset/0123456789abcdef0123456789abcdef"}}, 400, "page"},
		{"a long one", url.Values{"p": {"/" + strings.Repeat("a", 1500)}}, 400, "page"},
		{"longer", url.Values{"p": {"/" + strings.Repeat("a", 2500)}}, 414, "length"},
		{"a forged code", used("8ZkPq4vR2Ts", 1, "g", "share"), 400, "code"},
		{"a use without a name", url.Values{"k": {"8ZkPq4vR2Ts"}}, 400, "id"},
		{"a use with another name", url.Values{"k": {"8ZkPq4vR2Ts"}, "i": {"me@example.com"}}, 400, "id"},
		{"a link that is none", used("8ZkPq4vR2Ts", 1, "f", "8ZkPq4vR2Ts", "l", "person"), 400, "link"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w, _ := sharing(t)
			answer := w.do(shareRequest(tt.q))
			assert.Equal(t, tt.status, answer.StatusCode)
			assert.Equal(t, tt.reason, answer.Header.Get("X-DS-Refused"))
		})
	}
	w, _ := sharing(t)
	r := shareRequest(nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	assert.Equal(t, 403, w.do(r).StatusCode, "another site's page")
}

// TestFollow: a short link leads to a page of the site and nowhere else, in the same way
// for everybody.
func TestFollow(t *testing.T) {
	w, c := sharing(t)
	code := w.code(nil)
	w.code(used(code, 1))
	planted := w.code(url.Values{"g": {"share"}})
	_, err := c.Keep(ctx, siteName, planted, &share.Item{Grade: share.PerShare, Button: "copy", Page: "//evil.example/"})
	require.NoError(t, err)
	for _, tt := range []struct{ name, path, want string }{
		{"a code", "/_ds/s/" + string(code), "/artikel/moor?ds=" + string(code)},
		{"one that was never kept", "/_ds/s/" + string(w.code(url.Values{"g": {"share"}})), "/"},
		{"a forged one", "/_ds/s/8ZkPq4vR2Ts", "/"},
		{"none", "/_ds/s/", "/"},
		{"an address", "/_ds/s/https://evil.example/", "/"},
		{"two slashes", "/_ds/s///evil.example", "/"},
		{"a page that was planted in the store", "/_ds/s/" + string(planted), "/"},
	} {
		for _, agent := range []string{iPhone, "WhatsApp/2.24.13.78 A", "curl/8"} {
			for _, method := range []string{"GET", "HEAD"} {
				r := httptest.NewRequest(method, tt.path, nil)
				r.Header.Set("X-Ds-Host", "www.example.com")
				r.Header.Set("User-Agent", agent)
				answer := w.do(r)
				assert.Equal(t, 302, answer.StatusCode, tt.name)
				assert.Equal(t, tt.want, answer.Header.Get("Location"), tt.name)
				assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
				assert.Equal(t, "noindex", answer.Header.Get("X-Robots-Tag"))
			}
		}
	}
	r := httptest.NewRequest("GET", "/_ds/s/"+string(code), nil)
	r.Header.Set("X-Ds-Host", "example.org")
	assert.Equal(t, 403, w.do(r).StatusCode)
	r.Method = "POST"
	assert.Equal(t, 405, w.do(r).StatusCode)
}

func FuzzShare(f *testing.F) {
	w, _ := sharing(f)
	for _, q := range []url.Values{nil, {"g": {"share"}}, used("8ZkPq4vR2Ts", 1, "f", "8ZkPq4vR2Ts", "l", "session")} {
		f.Add(shareRequest(q).URL.RawQuery)
	}
	f.Fuzz(func(t *testing.T, query string) {
		r := shareRequest(nil)
		r.URL.RawQuery = query
		answer := w.do(r)
		require.Contains(t, []int{200, 400, 414}, answer.StatusCode, query)
	})
}
