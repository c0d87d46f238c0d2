package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/internal/edge"
	"darksocial/internal/report/signin"
	"darksocial/internal/site"
)

// TokenHeader carries a token. Authorization would be taken by the CDN's signature.
const TokenHeader = "X-Ds-Token"

// Names of the cookie. A browser takes one that begins with __Host- only over https, for
// this host alone: see https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#cookie_prefixes
const (
	cookieName      = "__Host-ds_session"
	localCookieName = "ds_session"
)

// grant is what somebody who is signed in may see, and until when.
type grant struct {
	*signin.Token
	until time.Time
}

var errSignIn = unauthorized("Sign in: send a token in X-DS-Token, or POST it to /api/v1/session. Tokens are made by darksocial token create.")

// signedIn says who asks.
func (h *Report) signedIn(r *http.Request) (*grant, error) {
	g, err := h.whoAsks(r)
	switch {
	case errors.Is(err, signin.ErrUnknown):
		if !h.attempts.Allow(address(r)) {
			return nil, h.tooMany(h.attempts)
		}
		return nil, errSignIn
	case err != nil:
		return nil, err
	case !h.calls.Allow(g.ID):
		return nil, h.tooMany(h.calls)
	}
	return g, nil
}

func (h *Report) whoAsks(r *http.Request) (*grant, error) {
	if given := r.Header.Values(TokenHeader); len(given) > 0 {
		if len(given) > 1 {
			return nil, signin.ErrUnknown
		}
		token, err := h.tokens.Token(r.Context(), given[0])
		if err == nil && token.Fixed != nil { // a link is opened by a browser
			err = signin.ErrUnknown
		}
		if err != nil {
			return nil, err
		}
		return &grant{token, token.Expires}, nil
	}
	cookie, err := r.Cookie(cookieFor(r))
	if err != nil {
		return nil, errSignIn // no attempt at anything
	}
	token, until, err := h.tokens.Session(r.Context(), cookie.Value)
	if err != nil {
		return nil, err
	}
	return &grant{token, until}, nil
}

func (h *Report) tooMany(limit *signin.Limit) error {
	return &problem{status: http.StatusTooManyRequests, code: "too_many", text: "There were too many attempts or calls in this minute. Wait for the next one.", retryAfter: limit.Left()}
}

// address is where a request comes from, as the edge says. Only its hash is kept, for a
// minute.
func address(r *http.Request) string {
	if said := r.Header.Get(edge.AddressHeader); said != "" {
		return said
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// hostOf is the host and port the browser asked for.
func hostOf(r *http.Request) string {
	if said := r.Header.Get(edge.HostHeader); said != "" {
		return strings.ToLower(said)
	}
	return strings.ToLower(r.Host)
}

// isLocal reports whether a browser asks on its own machine, where there is no https and
// nobody on the way.
func isLocal(r *http.Request) bool {
	host := hostOf(r)
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func cookieFor(r *http.Request) string {
	if isLocal(r) {
		return localCookieName
	}
	return cookieName
}

func setCookie(w http.ResponseWriter, r *http.Request, value string, expires time.Time) {
	cookie := &http.Cookie{Name: cookieFor(r), Value: value, Path: "/", HttpOnly: true, Secure: !isLocal(r), SameSite: http.SameSiteStrictMode, Expires: expires.UTC()}
	if value == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(w, cookie)
}

// change answers the calls that change something: who is signed in, and which links
// there are.
func (h *Report) change(w http.ResponseWriter, r *http.Request, what string) {
	if err := ownPage(r); err != nil {
		h.fail(w, r, err)
		return
	}
	var err error
	switch {
	case what == "session" && r.Method == http.MethodPost:
		err = h.signIn(w, r)
	case what == "session" && r.Method == http.MethodDelete:
		err = h.signOut(w, r)
	case what == "links" && r.Method == http.MethodPost:
		err = h.makeLink(w, r)
	default:
		allow := map[string]string{"session": "POST, DELETE", "links": "POST"}[what]
		w.Header().Set("Allow", allow)
		err = &problem{status: http.StatusMethodNotAllowed, code: "method", text: "this call takes " + allow}
	}
	if err != nil {
		h.fail(w, r, err)
	}
}

// ownPage says why a request was not sent by our page, or by a program, or nil. Browsers
// write Sec-Fetch-Site and Origin themselves.
func ownPage(r *http.Request) error {
	cross := &problem{status: http.StatusForbidden, code: "cross_site", text: "another site's page sent this: only the report's own may"}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return cross
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		from, err := url.Parse(origin)
		if err != nil || withoutPort(from.Host) != withoutPort(hostOf(r)) {
			return cross
		}
	}
	return nil
}

// withoutPort leaves out the port: the edge tells the host alone.
func withoutPort(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return strings.ToLower(name)
	}
	return strings.ToLower(host)
}

// maxBody is the longest body of a call, in bytes.
const maxBody = 16 << 10

// readBody reads a body of JSON, with the fields that into has and no others.
func readBody(r *http.Request, into any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return &problem{status: http.StatusUnsupportedMediaType, code: "invalid", text: "send JSON, with Content-Type: application/json"}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		return invalid("", "the body could not be read")
	}
	if len(body) > maxBody {
		return &problem{status: http.StatusRequestEntityTooLarge, code: "too_large", text: "the body is longer than any is"}
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return invalid("", "the body is not the JSON that openapi.yaml describes")
	}
	if _, err := dec.Token(); err != io.EOF {
		return invalid("", "something stands behind the JSON")
	}
	return nil
}

func (h *Report) signIn(w http.ResponseWriter, r *http.Request) error {
	if !h.attempts.Allow(address(r)) {
		return h.tooMany(h.attempts)
	}
	var body struct {
		Token string `json:"token"`
	}
	if err := readBody(r, &body); err != nil {
		return err
	}
	token, err := h.tokens.Token(r.Context(), strings.TrimSpace(body.Token))
	if err == nil && token.Fixed != nil {
		err = signin.ErrUnknown
	}
	if errors.Is(err, signin.ErrUnknown) {
		return &problem{status: http.StatusUnauthorized, code: "unauthorized", field: "token", text: "This token was never made, has expired or was revoked. darksocial token list shows those there are."}
	}
	if err != nil {
		return err
	}
	secret, until, err := h.tokens.Open(r.Context(), token)
	if err != nil {
		return err
	}
	answer, err := h.sitesOf(r.Context(), &grant{token, until})
	if err != nil {
		return err
	}
	setCookie(w, r, secret, until)
	writeJSON(w, r, http.StatusOK, answer)
	return nil
}

func (h *Report) signOut(w http.ResponseWriter, r *http.Request) error {
	if cookie, err := r.Cookie(cookieFor(r)); err == nil {
		if err := h.tokens.Close(r.Context(), cookie.Value); err != nil {
			return err
		}
	}
	setCookie(w, r, "", time.Unix(1, 0))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// linkBody is what a share link is to be.
type linkBody struct {
	Site string `json:"site"`
	Days int    `json:"days"`
	signin.Fixed
}

type linkAnswer struct {
	Path    string    `json:"path"`
	Expires time.Time `json:"expires"`
	ID      string    `json:"id"`
}

// maxLinkDays is for how long a share link may work.
const maxLinkDays = 365

func (h *Report) makeLink(w http.ResponseWriter, r *http.Request) error {
	g, err := h.signedIn(r)
	if err != nil {
		return err
	}
	if g.Fixed != nil {
		return forbidden("", "a share link makes no others: sign in with a token")
	}
	var body linkBody
	if err := readBody(r, &body); err != nil {
		return err
	}
	if err := h.checkLink(&body, g); err != nil {
		return err
	}
	link := &signin.Token{Sites: []string{body.Site}, Fixed: &body.Fixed, Parent: g.ID, Expires: h.now().Add(time.Duration(body.Days) * 24 * time.Hour)}
	if link.Expires.After(g.Expires) {
		link.Expires = g.Expires
	}
	secret, err := h.tokens.Create(r.Context(), link)
	if err != nil {
		return err
	}
	writeJSON(w, r, http.StatusCreated, linkAnswer{sharedPath + secret, link.Expires, link.Short()})
	return nil
}

// checkLink refuses a link that would show nothing.
func (h *Report) checkLink(body *linkBody, g *grant) error {
	i := slices.IndexFunc(h.sites, func(s *site.Site) bool { return s.Name == body.Site })
	if i < 0 || !g.MaySee(body.Site) {
		return forbidden("site", "this token is not for the site %q", body.Site)
	}
	if body.Days < 1 || body.Days > maxLinkDays {
		return invalid("days", "days is from 1 to %d", maxLinkDays)
	}
	if (body.From == "") != (body.To == "") {
		return invalid("from", "give from and to, or neither")
	}
	given := url.Values{"site": {body.Site}}
	for name, value := range map[string]string{"from": body.From, "to": body.To, "channel": body.Channel, "source": body.Source,
		"visibility": body.Visibility, "topic": body.Topic, "page": body.Page} {
		if value != "" {
			given.Set(name, value)
		}
	}
	if body.From == "" {
		today := rollup.DayOf(h.now(), h.sites[i].Zone()).Date
		given.Set("from", today)
		given.Set("to", today)
	}
	_, err := h.read(given.Encode(), endpoints[0], g.Token) // it takes every filter
	return err
}

// openLink opens a share link in a browser.
func (h *Report) openLink(w http.ResponseWriter, r *http.Request, secret string) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", "GET")
		http.Error(w, "Open this link in a browser.", http.StatusMethodNotAllowed)
		return
	}
	if !h.attempts.Allow(address(r)) {
		h.fail(w, r, h.tooMany(h.attempts))
		return
	}
	link, err := h.tokens.Token(r.Context(), secret)
	if err == nil && link.Fixed == nil { // a token in an address would stand in logs and histories
		err = signin.ErrUnknown
	}
	if errors.Is(err, signin.ErrUnknown) {
		http.Error(w, "This link was never made, has expired or was revoked. Ask whoever sent it for a new one.", http.StatusNotFound)
		return
	}
	var opened string
	var until time.Time
	if err == nil {
		opened, until, err = h.tokens.Open(r.Context(), link)
	}
	if err != nil {
		h.fail(w, r, err)
		return
	}
	setCookie(w, r, opened, until)
	http.Redirect(w, r, "/", http.StatusSeeOther)
}
