package web

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/share"
	"darksocial/internal/edge"
	"darksocial/internal/site"
)

// Route is the handler of the pages that go through us: those under a site's
// routed_paths. It asks the site's origin for them, labels the visit by the
// navigation's own headers, without any script, and keeps it under the CDN's id of
// the request, like the log's line of it.
//
// # The page comes first
//
// The answer goes out as the origin gave it, in pieces as they come. Two things are
// changed: where the origin redirects to itself by its full address, the visitor is
// sent to the host it asked for; and an answer that no shared cache may keep tells the
// label to the page (see tellPage). An answer that breaks off at the origin ends with a
// panic of http.ErrAbortHandler, or the visitor would take it for whole. Trailers are
// passed on, and left out by a function's URL; early hints (1xx) are not, because there
// they would be the answer.
//
// No fault of labelling or of the store costs a page. What the visit brings is written
// beside the copying of the page. When that is over the handler waits for the write a
// little, because a function stands still when it has answered; then it lets go of it.
// A visit that could not be kept is counted as lost with the next write. Lost means
// that nobody knows: what a slow store has taken after all is there, and counted.
//
// # What the origin is told
//
// The request is the visitor's with the origin's Host. The visitor's host is in
// X-Forwarded-Host; no header of ours tells the visitor's address. The label is in
// X-DS-Kind, -Channel, -Source, -Visibility and -Confidence: words of our tables and
// never a client's text. An origin that writes a page by them must say
// "Cache-Control: private", or a cache shows it to others. X-DS-Code has the share code
// in the page's address, if it is one of the site's, for a shop to keep with the cart;
// which app it was shared in is found when visits are counted. Of a browser that objects
// nobody is told anything, and nothing is kept but that there was one.
//
// A visitor without the CDN's id cannot be told from its line in the log, and is
// counted, not kept.
type Route struct {
	sites     site.All
	origins   map[*site.Site]*url.URL // of sites that have one
	writer    Writer
	visitors  Visitors
	codes     Codes // nil if none are given
	now       func() time.Time
	transport http.RoundTripper
	patience  patience
}

// patience is how long a Route waits for others.
type patience struct {
	silence   time.Duration // of an origin in the middle of a body
	write     time.Duration // all that keeps a visit, from the moment the answer begins
	afterPage time.Duration // a handler, for the write, when the page is complete
}

// NewRoute returns the handler for sites that were checked, of which there is at least
// one. w counts for record.Route. transport asks the origins: see NewOriginTransport.
func NewRoute(sites site.All, w Writer, v Visitors, now func() time.Time, transport http.RoundTripper) *Route {
	origins := map[*site.Site]*url.URL{}
	for _, s := range sites {
		if origin, err := s.OriginURL(); err == nil { // a site without one has no routed pages
			origins[s.Site] = origin
		}
	}
	return &Route{sites: sites, origins: origins, writer: w, visitors: v, now: now, transport: transport,
		patience: patience{silence: originSilence, write: 2 * time.Second, afterPage: 300 * time.Millisecond}}
}

// Sharing makes a Route see share codes.
func (x *Route) Sharing(codes Codes) *Route {
	x.codes = codes
	return x
}

func (x *Route) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s, err := x.admit(r)
	if err != nil {
		x.refuse(w, s.Site, err)
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	p := &passage{route: x, site: s, origin: x.origins[s.Site], request: r, sec: x.now().Unix(), cancel: cancel}
	p.look()
	defer p.wait(w)
	proxy := httputil.ReverseProxy{
		Transport:      x.transport,
		Rewrite:        p.toOrigin,
		ModifyResponse: p.answered,
		ErrorHandler:   p.failed,
		FlushInterval:  -1,                         // at once
		ErrorLog:       log.New(io.Discard, "", 0), // it tells of answers that broke off, which the visitor sees
	}
	proxy.ServeHTTP(&answer{w, r}, r.WithContext(ctx))
	if p.body != nil && p.body.broke {
		panic(http.ErrAbortHandler) // so does the proxy, but not where it sees no http.Server
	}
}

// passage is a request on its way to the origin and back.
type passage struct {
	route   *Route
	site    *site.Served
	origin  *url.URL
	request *http.Request // as it came
	cancel  func()        // ends the request to the origin
	sec     int64         // when it came, in Unix seconds

	visit   darksocial.Visit
	objects bool
	facts   darksocial.Facts
	code    share.Code // in the page's address
	fault   bool       // labelling failed: nothing more is made of the visit

	body    *watched      // of the answer; nil if there is none
	written chan struct{} // closed when the write is over; nil if there is none
}

// errUpgraded is of an origin that changes the protocol, which nobody asked it for.
var errUpgraded = errors.New("the origin changes the protocol")

// answered sees the header of the origin's answer before the visitor does.
func (p *passage) answered(answer *http.Response) error {
	if answer.StatusCode == http.StatusSwitchingProtocols {
		return errUpgraded
	}
	redirectHere(answer.Header, p.origin, viewerHost(p.request))
	p.labelled(answer)
	p.body = watch(answer.Body, p.route.patience.silence, p.cancel)
	answer.Body = p.body
	return nil
}

// failed answers for an origin that did not.
func (p *passage) failed(w http.ResponseWriter, _ *http.Request, err error) {
	var timeout net.Error
	switch {
	case p.request.Context().Err() == context.Canceled:
		p.route.writer.Count(p.site.Site, leftGone)
		w.WriteHeader(http.StatusBadGateway) // nobody reads it
	case errors.As(err, &timeout) && timeout.Timeout():
		p.route.refuse(w, p.site.Site, refusedSlowOrigin)
	default:
		p.route.refuse(w, p.site.Site, refusedOrigin)
	}
}

// viewerHost is the host the visitor asked for, with its port where it has one.
func viewerHost(r *http.Request) string {
	asked := edge.HeaderValue(r.Header, edge.HostHeader)
	if u, err := url.Parse("//" + asked); err == nil && u.Host == asked {
		return asked
	}
	return edge.Host(r)
}

// answer is the way to the visitor.
type answer struct {
	http.ResponseWriter
	request *http.Request
}

// WriteHeader keeps early hints back: what is written first to a function's URL is the
// answer. And it keeps a server from guessing a type that the origin does not name.
func (a *answer) WriteHeader(status int) {
	if status < 200 {
		return
	}
	_, typed := a.Header()["Content-Type"]
	if server := a.request.Context().Value(http.ServerContextKey); server != nil && !typed {
		a.Header()["Content-Type"] = nil
	}
	a.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
