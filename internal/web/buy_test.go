package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/orders"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

// shop is a world that takes orders.
type shop struct {
	*world
	codes *codes.Codes
	key   string
}

func newShop(t testing.TB) *shop {
	w := newWorld(t, "beacon")
	known := codes.New(w.store, w.now)
	taken := orders.New(w.store, known, w.now)
	w.collect = web.NewCollect(site.Serve([]*site.Site{w.site}), w.writer, visitor.NewSalts(w.store, w.now), w.now).Sharing(known).Selling(taken)
	keys, err := taken.Keys(ctx, siteName)
	require.NoError(t, err)
	return &shop{w, known, keys[0]}
}

// thanks is the request of a page that thanks for an order.
func (s *shop) thanks(signed string, added string) *http.Request {
	r := hitRequest(nil)
	r.URL.Path = "/_ds/buy"
	r.URL.RawQuery = signed + "&s=" + orders.Sign(s.key, signed) + added
	return r
}

// server is the request of a shop's server.
func (s *shop) server(body string) *http.Request {
	r := httptest.NewRequest("POST", "/_ds/buy", strings.NewReader(body))
	r.Header.Set("X-Ds-Host", "www.example.com")
	r.Header.Set("Ds-Signature", orders.Sign(s.key, body))
	return r
}

func (s *shop) bought() (list []*record.Order) {
	s.entries(func(e record.Entry) {
		if o, ok := e.(*record.Order); ok {
			list = append(list, o)
		}
	})
	return list
}

// TestBuyOnPage: an order that the page tells of, by a visitor who had come with a code on
// that day.
func TestBuyOnPage(t *testing.T) {
	s := newShop(t)
	code := s.code(url.Values{"g": {"share"}})
	s.code(used(code, 1, "g", "share"))
	came := hitRequest(url.Values{"h": {"-"}})
	came.Header.Set("Referer", "https://www.example.com/artikel/moor?ds="+string(code))
	require.Equal(t, 204, s.do(came).StatusCode)
	s.clock.Add(600)

	query := fmt.Sprintf("v=1&o=2026-17&a=8999&c=EUR&t=%d", s.now().Unix())
	for range 2 { // loaded again
		answer := s.do(s.thanks(query, ""))
		assert.Equal(t, 204, answer.StatusCode)
	}
	list := s.bought()
	require.NotEmpty(t, list)
	for _, o := range list {
		assert.Equal(t, list[0], o, "the same")
	}
	assert.Equal(t, share.SameDay, list[0].Link)
	assert.Equal(t, string(code), list[0].Chain[0].Code)
	assert.Equal(t, int64(601), list[0].SinceOpen)
	assert.Empty(t, list[0].Number)

	kept := s.thanks(fmt.Sprintf("v=1&o=2026-18&a=100&c=EUR&t=%d", s.now().Unix()), "&k="+string(code)+"&l=consented")
	kept.Header.Set("X-Ds-Ip", "192.0.2.99")
	assert.Equal(t, 204, s.do(kept).StatusCode)
	objecting := s.thanks(fmt.Sprintf("v=1&o=2026-19&a=100&c=EUR&t=%d", s.now().Unix()), "&k="+string(code)+"&l=consented")
	objecting.Header.Set("Sec-GPC", "1")
	answer := s.do(objecting)
	assert.Equal(t, 204, answer.StatusCode)
	assert.Equal(t, "unattributed", answer.Header.Get("X-DS-Note"))
	links := map[share.Link]int{}
	ids := map[record.ID]bool{}
	for _, o := range s.bought() {
		if !ids[o.ID] {
			links[o.Link]++
		}
		ids[o.ID] = true
	}
	assert.Equal(t, map[share.Link]int{share.SameDay: 1, share.Consented: 1, "": 1}, links)
}

// TestBuyByServer: what a shop's server says, and how it is answered.
func TestBuyByServer(t *testing.T) {
	order := func(s *shop) string {
		return fmt.Sprintf(`{"v":1,"type":"order","order":"2026-17","amount":8999,"currency":"EUR","ordered":%d}`, s.now().Unix())
	}
	cancel := func(s *shop) string {
		return fmt.Sprintf(`{"v":1,"type":"cancel","order":"2026-17","ordered":%d}`, s.now().Unix())
	}
	for _, tt := range []struct {
		name    string
		request func(s *shop) *http.Request
		status  int
		word    string // of the refusal or the note
		kept    int
	}{
		{"an order", func(s *shop) *http.Request { return s.server(order(s)) }, 204, "unattributed", 1},
		{"again", func(s *shop) *http.Request { s.do(s.server(order(s))); return s.server(order(s)) }, 204, "duplicate", 1},
		{"a replay, exactly", func(s *shop) *http.Request { s.do(s.server(order(s))); return s.server(order(s)) }, 204, "duplicate", 1},
		{"a cancellation", func(s *shop) *http.Request { s.do(s.server(order(s))); return s.server(cancel(s)) }, 204, "", 2},
		{"a cancellation first", func(s *shop) *http.Request { return s.server(cancel(s)) }, 204, "waiting", 0},
		{"another amount", func(s *shop) *http.Request {
			s.do(s.server(order(s)))
			return s.server(strings.Replace(order(s), "8999", "1", 1))
		}, 409, "conflict", 1},
		{"more back than paid", func(s *shop) *http.Request {
			s.do(s.server(order(s)))
			return s.server(strings.Replace(strings.Replace(order(s), `"order",`, `"refund",`, 1), "8999", "9000", 1))
		}, 409, "too_much", 1},
		{"no signature", func(s *shop) *http.Request { r := s.server(order(s)); r.Header.Del("Ds-Signature"); return r }, 403, "signature", 0},
		{"two signatures", func(s *shop) *http.Request {
			r := s.server(order(s))
			r.Header.Add("Ds-Signature", "x")
			return r
		}, 400, "repeated", 0},
		{"another text", func(s *shop) *http.Request {
			r := s.server(order(s))
			r.Body = io.NopCloser(strings.NewReader(strings.Replace(order(s), "8999", "1", 1)))
			return r
		}, 403, "signature", 0},
		{"another shop's", func(s *shop) *http.Request {
			body := order(s)
			r := s.server(body)
			r.Header.Set("Ds-Signature", orders.Sign(strings.Repeat("0", 64), body))
			return r
		}, 403, "signature", 0},
		{"for another site", func(s *shop) *http.Request {
			r := s.server(order(s))
			r.Header.Set("X-Ds-Host", "example.org")
			return r
		}, 403, "host", 0},
		{"a fraction", func(s *shop) *http.Request { return s.server(strings.Replace(order(s), "8999", "89.99", 1)) }, 400, "amount", 0},
		{"negative", func(s *shop) *http.Request { return s.server(strings.Replace(order(s), "8999", "-8999", 1)) }, 400, "amount", 0},
		{"an unknown currency", func(s *shop) *http.Request { return s.server(strings.Replace(order(s), "EUR", "EUX", 1)) }, 400, "currency", 0},
		{"too long", func(s *shop) *http.Request { return s.server(strings.Repeat(" ", 5000)) }, 413, "too_long", 0},
		{"nothing", func(s *shop) *http.Request { return s.server("") }, 400, "body", 0},
		{"ahead of the clock", func(s *shop) *http.Request {
			return s.server(fmt.Sprintf(`{"v":1,"type":"order","order":"1","amount":1,"currency":"EUR","ordered":%d}`, s.now().Unix()+3600))
		}, 400, "ordered", 0},
		{"half a year late", func(s *shop) *http.Request {
			return s.server(fmt.Sprintf(`{"v":1,"type":"order","order":"1","amount":1,"currency":"EUR","ordered":%d}`, s.now().Unix()-181*86400))
		}, 204, "late", 0},
		{"by another method", func(s *shop) *http.Request { r := s.server(order(s)); r.Method = "PUT"; return r }, 405, "method", 0},
		{"on a page of another site", func(s *shop) *http.Request {
			r := s.thanks(fmt.Sprintf("v=1&o=1&a=1&c=EUR&t=%d", s.now().Unix()), "")
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			return r
		}, 403, "cross_site", 0},
		{"on a page, changed", func(s *shop) *http.Request {
			r := s.thanks(fmt.Sprintf("v=1&o=1&a=100&c=EUR&t=%d", s.now().Unix()), "")
			r.URL.RawQuery = strings.Replace(r.URL.RawQuery, "a=100", "a=1", 1)
			return r
		}, 403, "signature", 0},
		{"on a page, not signed", func(s *shop) *http.Request {
			r := s.thanks("", "")
			r.URL.RawQuery = fmt.Sprintf("v=1&o=1&a=100&c=EUR&t=%d", s.now().Unix())
			return r
		}, 400, "s", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newShop(t)
			answer := s.do(tt.request(s))
			assert.Equal(t, tt.status, answer.StatusCode)
			word := answer.Header.Get("X-DS-Note")
			if tt.status != 204 {
				word = answer.Header.Get("X-DS-Refused")
			}
			assert.Equal(t, tt.word, word)
			ids := map[record.ID]bool{}
			for _, o := range s.bought() {
				ids[o.ID] = true
			}
			assert.Len(t, ids, tt.kept)
			if tt.word == "amount" {
				says, _ := io.ReadAll(answer.Body)
				assert.Contains(t, string(says), "8999 for 89.99")
			}
		})
	}
}

// TestOwnPurchase: who buys by the own recommendation bought by a recommendation: nobody
// can tell, and it counts once.
func TestOwnPurchase(t *testing.T) {
	s := newShop(t)
	code := s.code(url.Values{"g": {"share"}})
	s.code(used(code, 1, "g", "share"))
	body := fmt.Sprintf(`{"v":1,"type":"order","order":"1","amount":100,"currency":"EUR","ordered":%d,"code":%q,"link":"session"}`, s.now().Unix(), code)
	for range 3 {
		assert.Equal(t, 204, s.do(s.server(body)).StatusCode)
	}
	ids := map[record.ID]bool{}
	for _, o := range s.bought() {
		ids[o.ID] = true
		assert.Equal(t, string(code), o.Chain[0].Code)
	}
	assert.Len(t, ids, 1)
	_, filtered := s.counted()
	assert.Empty(t, filtered)
}
