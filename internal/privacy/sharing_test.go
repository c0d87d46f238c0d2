package privacy

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/orders"
)

// own is a request of a page's script for a path of ours, full of secrets.
func (g *generator) own(v *view, path string, q url.Values) *http.Request {
	n := len(g.secrets)
	r := request(v, "GET", path+"?"+q.Encode())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Sec-Fetch-Dest", "empty")
	r.Header.Set("Referer", "https://"+v.host+v.path+"?nur="+g.token(30))
	g.unlogged(n)
	return r
}

// shares has pages shared by buttons, opened by their codes, and bought from; and much that
// is refused.
func (w *world) shares(g *generator) {
	v := g.loaded()
	v.path, v.query = "/lokales/muehlenwehr", ""
	share := func(q url.Values) *http.Request {
		all := url.Values{"v": {"1"}, "b": {"whatsapp"}, "p": {v.path}, "g": {"share"}, "email": {g.email()}}
		for name, values := range q {
			all[name] = values
		}
		return g.own(v, "/_ds/share", all)
	}
	minted := w.do(w.front, "a code", share(nil))
	require.Equal(w.t, 200, minted.Code)
	var said struct{ Code string }
	require.NoError(w.t, json.Unmarshal(minted.Body.Bytes(), &said))
	for _, q := range []url.Values{{"k": {said.Code}, "i": {g.view()}}, {"k": {said.Code}, "i": {g.view()}, "f": {g.token(20)}, "l": {"session"}}, {"g": {"button"}}} {
		assert.Equal(w.t, 200, w.do(w.front, "a share", share(q)).Code)
	}
	for _, q := range []url.Values{{"b": {g.name()}}, {"p": {"/konto/" + g.email()}}, {"p": {"//" + g.name() + ".example"}}, {"k": {g.token(20)}, "i": {g.view()}}, {"k": {said.Code}, "i": {g.email()}}, {"l": {g.name()}, "f": {g.email()}, "k": {said.Code}, "i": {g.view()}}} {
		assert.Equal(w.t, 400, w.do(w.front, "a share that is refused", share(q)).Code)
	}
	g.put("shares")

	// Opened by the code, by a short link and by a preview.
	coded := g.loaded()
	coded.path, coded.query = v.path, "ds="+said.Code+"&nur="+g.token(20)
	page := w.do(w.front, "a shared page", request(coded, "GET", pathAndQuery(coded)))
	require.Equal(w.t, 200, page.Code)
	hint := hintIn.FindStringSubmatch(page.Header().Get("Server-Timing"))
	require.Len(w.t, hint, 2)
	assert.Equal(w.t, 204, w.do(w.front, "a hit by a code", g.hit(coded, hint[1])).Code)
	short := w.do(w.front, "a short link", request(g.loaded(), "GET", "/_ds/s/"+said.Code+"?nur="+g.token(30)))
	assert.Equal(w.t, 302, short.Code)
	assert.Equal(w.t, v.path+"?ds="+said.Code, short.Header().Get("Location"))
	assert.Equal(w.t, "/", w.do(w.front, "a short link to nowhere", request(g.loaded(), "GET", "/_ds/s/"+g.token(20))).Header().Get("Location"))
	g.put("shared pages")
}

// purchases has a shop tell of orders, whose numbers are nobody's business.
func (w *world) purchases(g *generator) {
	keys, err := w.orders.Keys(ctx, siteName)
	require.NoError(w.t, err)
	page := func(v *view, number string) *http.Request {
		signed := url.Values{"v": {"1"}, "o": {number}, "a": {"8999"}, "c": {"EUR"}, "t": {fmt.Sprint(w.now().Unix())}}.Encode()
		r := g.own(v, "/_ds/buy", nil)
		r.URL.RawQuery = signed + "&s=" + orders.Sign(keys[0], signed)
		r.RequestURI = r.URL.RequestURI()
		return r
	}
	server := func(body, key string) *http.Request {
		r := request(g.loaded(), "POST", "/_ds/buy?nur="+g.token(20))
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		sum := sha256.Sum256([]byte(body))
		r.Header.Set("X-Amz-Content-Sha256", hex.EncodeToString(sum[:]))
		r.Header.Set("Ds-Signature", orders.Sign(key, body))
		return r
	}
	says := func(kind, number, more string) string {
		return fmt.Sprintf(`{"v":1,"type":%q,"order":%q,"ordered":%d%s}`, kind, number, w.now().Unix(), more)
	}
	v := g.loaded()
	assert.Equal(w.t, 204, w.do(w.front, "a page that thanks", page(v, "Bestellung "+g.token(16))).Code)
	number := g.email() // some shops do
	assert.Equal(w.t, 204, w.do(w.front, "an order", server(says("order", number, `,"amount":700,"currency":"EUR"`), keys[0])).Code)
	assert.Equal(w.t, 204, w.do(w.front, "a refund", server(says("refund", number, fmt.Sprintf(`,"refund":%q,"amount":100,"currency":"EUR"`, g.token(16))), keys[0])).Code)
	assert.Equal(w.t, 204, w.do(w.front, "a refund without its order", server(says("refund", g.token(16), `,"refund":"1","amount":100,"currency":"EUR"`), keys[0])).Code)
	assert.Equal(w.t, 409, w.do(w.front, "another amount", server(says("order", number, `,"amount":1,"currency":"EUR"`), keys[0])).Code)
	assert.Equal(w.t, 403, w.do(w.front, "an order that is not signed", server(says("order", g.token(16), `,"amount":700,"currency":"EUR"`), g.hex())).Code)
	for _, body := range []string{g.email(), says("order", g.token(16), fmt.Sprintf(`,"amount":1,"currency":"EUR","customer":%q`, g.email())), says("order", g.token(16), fmt.Sprintf(`,"amount":1,"currency":%q`, g.name()))} {
		assert.Equal(w.t, 400, w.do(w.front, "an order that is none", server(body, keys[0])).Code)
	}
	g.put("orders")
}
