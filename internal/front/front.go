package front

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"darksocial/internal/edgefunction"
)

// Limits of a request, in bytes. CloudFront refuses what is longer and logs none of it.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
const (
	maxURL     = 8192
	maxRequest = 20_480 // the URL and all headers

	// MaxHeaderBytes is for the http.Server before a Front. The server itself would
	// cut in only 4 KiB later; what is between is refused here.
	MaxHeaderBytes = maxRequest
)

// ownName is the first name in the paths of the own behaviours, /_ds/*.
const ownName = "_ds"

// address is the RemoteAddr that handlers behind the front see.
const address = "127.0.0.1:0"

// ViewerRequest is an edge function that is run on requests. It gives the headers
// the request goes on with, or an answer of its own.
type ViewerRequest interface {
	ViewerRequest(c edgefunction.Context, r *http.Request) (http.Header, *edgefunction.Answer, error)
}

// ViewerResponse is an edge function that is run on answers. It gives the headers
// the answer goes out with.
type ViewerResponse interface {
	ViewerResponse(c edgefunction.Context, r *http.Request, status int, header http.Header) (http.Header, error)
}

// Functions are the edge functions of the two behaviours.
type Functions struct {
	Own   ViewerRequest  // of /_ds/*
	Pages ViewerResponse // of everything else
}

// Options are what may be left out.
type Options struct {
	Country    string // of all viewers, ISO 3166-1 alpha-2; "" sends no CloudFront-Viewer-Country
	CacheBytes int64  // bound of the cache; 64 MiB if 0
	// Parameter of a page's query that is no part of the cache's key, and so, as with
	// CloudFront, is not passed on to the site either; "" leaves none out.
	LeftOut string
	// Routed reports whether a page, by its escaped path, has a behaviour of its own
	// that leads to the own handlers, without a cache; none has if it is nil.
	Routed func(path string) bool
	Now    func() time.Time // time.Now if nil
	NewID  func() string    // of requests; random ones like CloudFront's if nil
}

// Front is the http.Handler. It is safe for concurrent use.
type Front struct {
	origin, own http.Handler
	functions   Functions
	log         *AccessLog
	report      func(error)
	country     string
	routed      func(path string) bool
	leftOut     string
	now         func() time.Time
	newID       func() string
	cache       *cache
}

// New returns a front before a site and the own handlers. report is told what no
// viewer can be told: an edge function that failed, a handler that panicked, a line
// that could not be logged. Errors name a request by its id alone: a path may hold a
// share code. It is called from many goroutines.
func New(origin, own http.Handler, functions Functions, log *AccessLog, report func(error), o Options) *Front {
	f := &Front{origin: origin, own: own, functions: functions, log: log, report: report, country: o.Country, routed: o.Routed, leftOut: o.LeftOut, now: o.Now, newID: o.NewID}
	if f.now == nil {
		f.now = time.Now
	}
	if f.routed == nil {
		f.routed = func(string) bool { return false }
	}
	if f.newID == nil {
		f.newID = newID
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = 64 << 20
	}
	f.cache = newCache(o.CacheBytes)
	return f
}

// newID makes an id like those of CloudFront: 56 characters, "==" at the end.
func newID() string {
	var b [40]byte
	_, _ = rand.Read(b[:]) // never fails: pkg.go.dev/crypto/rand#Read
	return base64.URLEncoding.EncodeToString(b[:])
}

func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e := &exchange{ResponseWriter: w, front: f, request: r, own: isOwn(r.URL), id: f.newID(), began: f.now(), result: resultMiss}
	if status, why := tooLong(r); status != 0 {
		e.refuse(status, why)
		return
	}
	defer func() {
		broken := e.recovered(recover())
		if err := f.log.Write(e.entry()); err != nil {
			f.report(err)
		}
		if broken {
			panic(http.ErrAbortHandler) // the only way to tell the viewer that the rest is missing
		}
	}()
	switch {
	case !methods[r.Method]:
		e.refuse(http.StatusMethodNotAllowed, "This method is none that a CDN passes on.")
	case r.ContentLength != 0 && (r.Method == http.MethodGet || r.Method == http.MethodHead):
		e.refuse(http.StatusForbidden, "A GET has no body.")
	case e.own, f.routed(r.URL.EscapedPath()):
		f.serveOwn(e, r)
	default:
		f.servePage(e, r)
	}
	e.finish()
}

// methods are those CloudFront can pass on.
var methods = map[string]bool{
	http.MethodGet: true, http.MethodHead: true, http.MethodOptions: true,
	http.MethodPost: true, http.MethodPut: true, http.MethodPatch: true, http.MethodDelete: true,
}

// tooLong says why a request is over CloudFront's limits, or 0. AWS's text names one
// status, 413, for all of them; these say which limit it was.
func tooLong(r *http.Request) (status int, why string) {
	size := len(target(r))
	if size > maxURL {
		return http.StatusRequestURITooLong, fmt.Sprintf("The address is longer than %d bytes.", maxURL)
	}
	size += len(r.Method) + len(r.Host)
	for name, values := range r.Header {
		for _, value := range values {
			size += len(name) + len(value) + len(": \r\n")
		}
	}
	if size > maxRequest {
		return http.StatusRequestHeaderFieldsTooLarge, fmt.Sprintf("The request's headers are longer than %d bytes. Cookies may be too many.", maxRequest)
	}
	return 0, ""
}

// isOwn reports whether a request is for an own behaviour. Like CloudFront it first
// takes "." and ".." and needless escapes out of the path; what is passed on is the
// path as it was sent.
func isOwn(u *url.URL) bool {
	var segments []string
	for segment := range strings.SplitSeq(strings.TrimPrefix(u.EscapedPath(), "/"), "/") {
		switch name, _ := url.PathUnescape(segment); name { // what EscapedPath gives can be unescaped
		case ".":
		case "..":
			segments = segments[:max(len(segments)-1, 0)]
		default:
			segments = append(segments, name)
		}
	}
	return len(segments) > 1 && segments[0] == ownName
}

// target is the address a request names, as it was sent, without scheme and host.
func target(r *http.Request) string {
	if strings.HasPrefix(r.RequestURI, "/") || r.RequestURI == "*" {
		return r.RequestURI
	}
	return r.URL.RequestURI()
}

// context is what an edge function is told of a request.
func (e *exchange) context() edgefunction.Context {
	host, _, err := net.SplitHostPort(e.request.RemoteAddr)
	if err != nil {
		host = e.request.RemoteAddr
	}
	return edgefunction.Context{RequestID: e.id, ViewerIP: host, Now: e.front.now}
}

// recovered deals with a panic of a handler. It reports whether the answer, which
// has begun, has to be broken off.
func (e *exchange) recovered(p any) (broken bool) {
	if p == nil {
		return false
	}
	if p != http.ErrAbortHandler { // else a proxy lost its origin or the viewer, and that is no fault
		e.front.report(fmt.Errorf("front: request %s: panic: %v\n%s", e.id, p, debug.Stack()))
	}
	if e.status != 0 {
		return !e.refused // after a refusal the viewer has all there is
	}
	clear(e.Header())
	e.refuse(http.StatusBadGateway, "The site broke off before it had answered.")
	return false
}

// errRefused ends the writing of an answer that is not sent.
var errRefused = errors.New("front: another answer was sent")
