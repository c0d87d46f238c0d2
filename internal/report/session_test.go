package report_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/report/signin"
	"darksocial/internal/site"
)

const host = "report.example.com"

// request is one of a browser on the report's own page.
func request(method, path, body string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("X-Ds-Host", host)
	r.Header.Set("X-Ds-Ip", "203.0.113.7")
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Origin", "https://"+host)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	return r
}

func (w *world) signIn(token string) *httptest.ResponseRecorder {
	return w.do(request(http.MethodPost, "/api/v1/session", fmt.Sprintf(`{"token":%q}`, token)))
}

// with asks with a cookie.
func (w *world) with(cookie *http.Cookie, path string) *httptest.ResponseRecorder {
	r := request(http.MethodGet, path, "")
	r.AddCookie(cookie)
	return w.do(r)
}

const ofToday = "?site=" + siteName + "&from=" + today + "&to=" + today

func quiet(t testing.TB) *world { return newWorld(t, &site.Site{Name: siteName}, friday) }

func TestSession(t *testing.T) {
	w := quiet(t)
	answer := w.signIn(" " + w.token + "\n")
	require.Equal(t, http.StatusOK, answer.Code, answer.Body)
	checkAnswer(t, "sites", answer.Body.Bytes())
	require.Len(t, answer.Result().Cookies(), 1)
	cookie := answer.Result().Cookies()[0]
	assert.Equal(t, "__Host-ds_session", cookie.Name)
	assert.True(t, cookie.HttpOnly)
	assert.True(t, cookie.Secure)
	assert.Equal(t, http.SameSiteStrictMode, cookie.SameSite)
	assert.Equal(t, "/", cookie.Path)
	assert.Empty(t, cookie.Domain)
	assert.Equal(t, friday.Add(signin.SessionLife), cookie.Expires)
	assert.NotContains(t, cookie.Value, w.token)

	assert.Equal(t, http.StatusOK, w.with(cookie, "/api/v1/sites").Code)
	assert.Equal(t, http.StatusOK, w.with(cookie, "/api/v1/numbers"+ofToday).Code)
	assert.Equal(t, http.StatusForbidden, w.with(cookie, "/api/v1/numbers"+strings.Replace(ofToday, siteName, "other.example.com", 1)).Code)

	out := request(http.MethodDelete, "/api/v1/session", "")
	out.AddCookie(cookie)
	answer = w.do(out)
	assert.Equal(t, http.StatusNoContent, answer.Code)
	assert.Equal(t, -1, answer.Result().Cookies()[0].MaxAge)
	assert.Equal(t, http.StatusUnauthorized, w.with(cookie, "/api/v1/sites").Code, "it is over on the server as well")
}

// TestKeptHashed: what is kept is of no use to sign in.
func TestKeptHashed(t *testing.T) {
	w := quiet(t)
	session := w.signIn(w.token).Result().Cookies()[0].Value
	for _, collection := range []string{"tokens", "sessions"} {
		n := 0
		require.NoError(t, w.records.List(context.Background(), collection, func(name string, value []byte) error {
			n++
			for _, secret := range []string{w.token, session} {
				assert.NotContains(t, name+string(value), secret)
				assert.NotContains(t, name+string(value), strings.TrimPrefix(secret, "dsr_"))
			}
			assert.Equal(t, http.StatusUnauthorized, w.signIn(name).Code)
			assert.Equal(t, http.StatusUnauthorized, w.signIn("dsr_"+name).Code)
			return nil
		}))
		assert.NotZero(t, n, collection)
	}
}

// TestLocalCookie: on one's own machine there is no https.
func TestLocalCookie(t *testing.T) {
	w := quiet(t)
	for _, tt := range []struct {
		host   string
		secure bool
	}{{"localhost:8080", false}, {"127.0.0.1:8080", false}, {"[::1]:8080", false}, {"localhost", false},
		{"localhost.example.com", true}, {"192.0.2.1:8080", true}, {"report.example.com", true}} {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/session", strings.NewReader(fmt.Sprintf(`{"token":%q}`, w.token)))
		r.Host = tt.host
		r.Header.Set("Content-Type", "application/json")
		answer := w.do(r)
		require.Equal(t, http.StatusOK, answer.Code)
		cookie := answer.Result().Cookies()[0]
		assert.Equal(t, tt.secure, cookie.Secure, tt.host)
		assert.Equal(t, tt.secure, strings.HasPrefix(cookie.Name, "__Host-"), tt.host)
		assert.True(t, cookie.HttpOnly, tt.host)
	}
}

// TestBadTokens: forged, expired, revoked and another site's tokens open nothing.
func TestBadTokens(t *testing.T) {
	w := quiet(t)
	ctx := context.Background()
	short, err := w.tokens.Create(ctx, &signin.Token{Sites: []string{siteName}, Expires: friday.Add(time.Hour)})
	require.NoError(t, err)
	ask := func(token string) int {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/numbers"+ofToday, nil)
		r.Header.Set("X-DS-Token", token)
		return w.do(r).Code
	}
	assert.Equal(t, http.StatusOK, ask(short))
	cookie := w.signIn(short).Result().Cookies()[0]
	assert.Equal(t, friday.Add(time.Hour), cookie.Expires, "a session does not outlive its token")
	for _, forged := range []string{"", "a", "dsr_", short[:len(short)-1], short + "A", short[:len(short)-1] + "!", strings.ToUpper(short), "dsr_" + strings.Repeat("A", 43), strings.Repeat("a", 10_000), "dsr_\x00"} {
		assert.Equal(t, http.StatusUnauthorized, ask(forged), "%.20q", forged)
	}
	assert.Equal(t, http.StatusForbidden, ask(w.newToken("other.example.com")))
	assert.Equal(t, http.StatusForbidden, ask(w.newToken("gone.example.com")))
	twice := httptest.NewRequest(http.MethodGet, "/api/v1/numbers"+ofToday, nil)
	twice.Header["X-Ds-Token"] = []string{short, short}
	assert.Equal(t, http.StatusUnauthorized, w.do(twice).Code)

	w.set(friday.Add(time.Hour))
	assert.Equal(t, http.StatusUnauthorized, ask(short), "expired")
	assert.Equal(t, http.StatusUnauthorized, w.with(cookie, "/api/v1/sites").Code)

	w.set(friday.Add(2 * time.Hour))
	long := w.newToken(siteName)
	session := w.signIn(long).Result().Cookies()[0]
	list, err := w.tokens.List(ctx)
	require.NoError(t, err)
	id := list[len(list)-1].Short()
	_, err = w.tokens.Revoke(ctx, id)
	require.NoError(t, err)
	w.set(friday.Add(2*time.Hour + 20*time.Second))
	assert.Equal(t, http.StatusUnauthorized, ask(long), "revoked")
	assert.Equal(t, http.StatusUnauthorized, w.with(session, "/api/v1/sites").Code, "and its sessions with it")
	_, err = w.tokens.Revoke(ctx, id)
	assert.ErrorIs(t, err, signin.ErrUnknown)
	_, err = w.tokens.Revoke(ctx, "")
	assert.ErrorIs(t, err, signin.ErrUnknown)
}

// TestCrossSite: another site's page changes nothing.
func TestCrossSite(t *testing.T) {
	w := quiet(t)
	body := fmt.Sprintf(`{"token":%q}`, w.token)
	for _, tt := range []struct {
		name   string
		change func(r *http.Request)
		want   int
	}{
		{"the report's page", func(*http.Request) {}, http.StatusOK},
		{"a program", func(r *http.Request) { r.Header.Del("Origin"); r.Header.Del("Sec-Fetch-Site") }, http.StatusOK},
		{"with a charset", func(r *http.Request) { r.Header.Set("Content-Type", "application/json; charset=utf-8") }, http.StatusOK},
		{"another site", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, http.StatusForbidden},
		{"another page of the domain", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, http.StatusForbidden},
		{"typed", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "none") }, http.StatusForbidden},
		{"another origin", func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, http.StatusForbidden},
		{"an origin that ends alike", func(r *http.Request) { r.Header.Set("Origin", "https://not"+host) }, http.StatusForbidden},
		{"no origin", func(r *http.Request) { r.Header.Set("Origin", "null") }, http.StatusForbidden},
		{"a form", func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }, http.StatusUnsupportedMediaType},
		{"text", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, http.StatusUnsupportedMediaType},
		{"nothing said", func(r *http.Request) { r.Header.Del("Content-Type") }, http.StatusUnsupportedMediaType},
	} {
		r := request(http.MethodPost, "/api/v1/session", body)
		tt.change(r)
		assert.Equal(t, tt.want, w.do(r).Code, tt.name)
	}
	out := request(http.MethodDelete, "/api/v1/session", "")
	out.Header.Set("Sec-Fetch-Site", "cross-site")
	assert.Equal(t, http.StatusForbidden, w.do(out).Code)
	for _, bad := range []string{"", "{", "[]", `{"token":1}`, `{"token":"a","more":1}`, `{"token":"a"} {}`, "null" + strings.Repeat(" ", 20_000)} {
		answer := w.do(request(http.MethodPost, "/api/v1/session", bad+" "))
		assert.GreaterOrEqual(t, answer.Code, 400, "%.20q", bad)
		assert.Less(t, answer.Code, 500, "%.20q", bad)
		assert.Empty(t, answer.Result().Cookies())
	}
}

// TestRateLimit: nobody tries all tokens, and who is signed in is not kept out by those
// who try.
func TestRateLimit(t *testing.T) {
	w := quiet(t)
	cookie := w.signIn(w.token).Result().Cookies()[0]
	try := func(address string) int {
		r := request(http.MethodPost, "/api/v1/session", `{"token":"dsr_no"}`)
		r.Header.Set("X-Ds-Ip", address)
		return w.do(r).Code
	}
	codes := map[int]int{}
	for range 30 {
		codes[try("203.0.113.9")]++
	}
	assert.Equal(t, map[int]int{http.StatusUnauthorized: 20, http.StatusTooManyRequests: 10}, codes, "of one address")
	assert.Equal(t, http.StatusUnauthorized, try("203.0.113.10"), "another may")
	for i := range 400 {
		try(fmt.Sprintf("2001:db8::%x", i))
	}
	assert.Equal(t, http.StatusTooManyRequests, try("203.0.113.11"), "of all together")
	assert.Equal(t, http.StatusOK, w.with(cookie, "/api/v1/sites").Code)
	r := httptest.NewRequest(http.MethodGet, "/api/v1/sites", nil)
	r.Header.Set("X-DS-Token", "dsr_no")
	answer := w.do(r)
	assert.Equal(t, http.StatusTooManyRequests, answer.Code, "a header is an attempt as well")
	assert.Equal(t, "40", answer.Header().Get("Retry-After"))
	w.set(friday.Add(time.Minute))
	assert.Equal(t, http.StatusUnauthorized, try("203.0.113.9"), "in the next minute")

	limited := 0
	for range 1300 {
		if w.with(cookie, "/api/v1/nothing").Code == http.StatusTooManyRequests {
			limited++
		}
	}
	assert.Equal(t, 100, limited, "calls are bounded too")
}

type linkSaid struct {
	Path, ID string
	Expires  time.Time
}

// makeLink makes a share link with the world's token.
func (w *world) makeLink(body string) *httptest.ResponseRecorder {
	r := request(http.MethodPost, "/api/v1/links", body)
	r.Header.Set("X-DS-Token", w.token)
	return w.do(r)
}

func TestLink(t *testing.T) {
	w := quiet(t)
	answer := w.makeLink(`{"site":"` + siteName + `","days":7,"from":"2026-11-01","to":"2026-11-20","topic":"Lokales"}`)
	require.Equal(t, http.StatusCreated, answer.Code, answer.Body)
	assert.Empty(t, readContract(t).problemsOf("post", "links", "201", answer.Body.Bytes()))
	var link linkSaid
	require.NoError(t, json.Unmarshal(answer.Body.Bytes(), &link))
	assert.Equal(t, friday.Add(7*24*time.Hour), link.Expires)

	opened := w.do(request(http.MethodGet, link.Path, ""))
	require.Equal(t, http.StatusSeeOther, opened.Code)
	assert.Equal(t, "/", opened.Header().Get("Location"))
	assert.Equal(t, "no-store", opened.Header().Get("Cache-Control"))
	cookie := opened.Result().Cookies()[0]
	assert.True(t, cookie.HttpOnly)

	sites := w.with(cookie, "/api/v1/sites")
	checkAnswer(t, "sites", sites.Body.Bytes())
	assert.Contains(t, sites.Body.String(), `"fixed":{"from":"2026-11-01","to":"2026-11-20","topic":"Lokales"}`)
	of := "?site=" + siteName
	for _, tt := range []struct {
		call string
		want int
	}{
		{"numbers" + of, http.StatusOK}, // its own days
		{"numbers" + of + "&from=2026-11-02&to=2026-11-03", http.StatusOK},
		{"numbers" + of + "&from=2026-11-02&to=2026-11-03&topic=Lokales&channel=social", http.StatusOK},
		{"numbers" + of + "&from=2026-10-31&to=2026-11-03", http.StatusForbidden},
		{"numbers" + of + "&topic=Sport", http.StatusForbidden},
		{"numbers" + of + "&topic=(none)", http.StatusForbidden},
		{"numbers" + of + "&compare=previous", http.StatusForbidden},
		{"numbers?site=other.example.com&from=2026-11-02&to=2026-11-03", http.StatusForbidden},
		{"audience" + of, http.StatusBadRequest}, // no table holds it by topic
		{"quality" + of, http.StatusBadRequest},
		{"page" + of + "&page=/a", http.StatusBadRequest},
		{"recommendation" + of + "&root=abc", http.StatusBadRequest},
		{"now" + of, http.StatusOK}, // today is one of its days
	} {
		got := w.with(cookie, "/api/v1/"+tt.call)
		assert.Equal(t, tt.want, got.Code, "%s: %s", tt.call, got.Body)
	}

	w.set(friday.Add(24 * time.Hour))
	assert.Equal(t, http.StatusForbidden, w.with(cookie, "/api/v1/now"+of).Code, "today is none of its days any more")
	w.set(friday)

	again := request(http.MethodPost, "/api/v1/links", `{"site":"`+siteName+`","days":7}`)
	again.AddCookie(cookie)
	assert.Equal(t, http.StatusForbidden, w.do(again).Code, "a link makes no links")
	assert.Equal(t, http.StatusUnauthorized, w.signIn(strings.TrimPrefix(link.Path, "/shared/")).Code, "a link is no token")
	header := request(http.MethodGet, "/api/v1/sites", "")
	header.Header.Set("X-DS-Token", strings.TrimPrefix(link.Path, "/shared/"))
	assert.Equal(t, http.StatusUnauthorized, w.do(header).Code)
	assert.Equal(t, http.StatusNotFound, w.do(request(http.MethodGet, "/shared/"+w.token, "")).Code, "a token is no link")
	assert.Equal(t, http.StatusNotFound, w.do(request(http.MethodGet, "/shared/", "")).Code)

	list, err := w.tokens.List(context.Background())
	require.NoError(t, err)
	require.Len(t, list, 2)
	assert.Equal(t, link.ID, list[0].Short())
	_, err = w.tokens.Revoke(context.Background(), list[1].Short())
	require.NoError(t, err)
	w.set(friday.Add(25 * time.Hour))
	assert.Equal(t, http.StatusUnauthorized, w.with(cookie, "/api/v1/sites").Code, "it ends with the token that made it")
	assert.Equal(t, http.StatusNotFound, w.do(request(http.MethodGet, link.Path, "")).Code)
}

func TestBadLinks(t *testing.T) {
	w := quiet(t)
	for _, body := range []string{
		`{}`, `{"site":"` + siteName + `"}`, `{"site":"` + siteName + `","days":366}`, `{"site":"` + siteName + `","days":-1}`, `{"site":"other.example.com","days":1}`,
		`{"site":"` + siteName + `","days":1,"from":"2026-11-01"}`, `{"site":"` + siteName + `","days":1,"from":"2026-11-02","to":"2026-11-01"}`,
		`{"site":"` + siteName + `","days":1,"channel":"made up"}`, `{"site":"` + siteName + `","days":1,"sites":["other.example.com"]}`,
		`{"site":"` + siteName + `","days":1,"page":"` + strings.Repeat("a", 3000) + `"}`,
	} {
		answer := w.makeLink(body)
		assert.GreaterOrEqual(t, answer.Code, 400, "%.80s", body)
		assert.Less(t, answer.Code, 500, "%.80s", body)
	}
	unsigned := request(http.MethodPost, "/api/v1/links", `{"site":"`+siteName+`","days":1}`)
	assert.Equal(t, http.StatusUnauthorized, w.do(unsigned).Code)
}

// TestUnsigned: nothing is told without signing in.
func TestUnsigned(t *testing.T) {
	w := quiet(t)
	for path := range readContract(t).Paths {
		if strings.HasPrefix(path, "/api/v1/") && path != "/api/v1/session" && path != "/api/v1/links" {
			answer := w.do(request(http.MethodGet, path+ofToday, ""))
			assert.Equal(t, http.StatusUnauthorized, answer.Code, path)
			checkError(t, "numbers", answer.Body.Bytes())
		}
	}
}
