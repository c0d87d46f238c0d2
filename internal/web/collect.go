package web

import (
	"context"
	"crypto/subtle"
	"net/http"
	"slices"
	"strings"
	"time"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/edge"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
)

// Writer makes durable what requests bring: see ledger.Writer.
type Writer interface {
	Write(ctx context.Context, b ledger.Brought) error
	Count(s *site.Site, reason string)
}

// Writers are one for each door: see ledger.Writer.Of.
type Writers interface {
	Of(door record.Door) *ledger.Writer
}

// Visitors names the visitors of a day: see visitor.Salts.
type Visitors interface {
	Hash(ctx context.Context, site string, day rollup.Day, address, userAgent string) (string, error)
}

// Collect is the handler of everything under /_ds/ that visitors and pages ask for.
type Collect struct {
	sites    site.All
	writer   Writer // of hits
	reads    Writer // of words on how pages were read
	shares   Writer // of uses of share buttons
	sales    Writer // of orders
	visitors Visitors
	now      func() time.Time
	me       http.Handler
	route    http.Handler // of pages; nil if none go through us
	codes    Codes        // nil if none are given
	orders   Orders       // nil if none are taken
}

// NewCollect returns the handler for sites, of which there is at least one.
func NewCollect(sites site.All, w Writers, v Visitors, now func() time.Time) *Collect {
	return &Collect{sites: sites, writer: w.Of(record.Beacon), reads: w.Of(record.Read), shares: w.Of(record.Shares), sales: w.Of(record.Orders), visitors: v, now: now, me: Me(sites)}
}

// Routing makes a Collect hand over what is not under /_ds/: the site's own pages. See
// Route.
func (c *Collect) Routing(route http.Handler) *Collect {
	c.route = route
	return c
}

func (c *Collect) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	if c.route != nil && path != "/_ds" && !strings.HasPrefix(path, "/_ds/") {
		c.route.ServeHTTP(w, r)
		return
	}
	if r.URL.RawPath != "" { // an escaped slash, or a letter escaped for no honest reason
		path = ""
	}
	var answer func(http.ResponseWriter, *http.Request) error
	methods := "GET, HEAD"
	switch {
	case path == "/_ds/hit":
		answer, methods = c.hit, "GET"
	case path == "/_ds/read":
		answer, methods = c.read, "GET"
	case c.codes != nil && path == "/_ds/share":
		answer, methods = c.share, "GET"
	case c.codes != nil && strings.HasPrefix(path, shortPath):
		answer = c.follow
	case c.orders != nil && path == "/_ds/buy":
		answer, methods = c.buy, "GET, POST"
	case path == "/_ds/me", path == "/_ds/me.css", path == "/_ds/me.js":
		answer = c.showMe
	case isScript(path):
		answer = c.serveScript
	default:
		c.refuse(w, r, refusedPath)
		return
	}
	if !slices.Contains(strings.Split(methods, ", "), r.Method) {
		w.Header().Set("Allow", methods)
		c.refuse(w, r, refusedMethod)
		return
	}
	if err := answer(w, r); err != nil {
		c.refuse(w, r, err)
	}
}

func (c *Collect) showMe(w http.ResponseWriter, r *http.Request) error {
	c.me.ServeHTTP(w, r)
	return nil
}

// refuse answers an error, and counts it for the site it was meant for.
func (c *Collect) refuse(w http.ResponseWriter, r *http.Request, err error) {
	refuse(w, err)
	s, _ := c.sites.Of(edge.Host(r))
	c.writer.Count(s.Site, "refused."+w.Header().Get(refusedHeader))
}

// SecretHeader carries the word by which a function knows its own CDN, where the
// CDN does not sign its requests.
const SecretHeader = "X-Ds-Secret"

// OnlyCDN lets through what carries one of the secrets: two, while one takes the
// other's place. On AWS the function's URL is open to the distribution alone and
// needs none.
func OnlyCDN(secrets []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		given, same := []byte(r.Header.Get(SecretHeader)), 0
		for _, secret := range secrets {
			same |= subtle.ConstantTimeCompare(given, []byte(secret))
		}
		if same == 0 || len(given) == 0 { // an empty secret is a slip of who set it
			refuse(w, refusedNotCDN)
			return
		}
		next.ServeHTTP(w, r)
	})
}
