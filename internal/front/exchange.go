package front

import (
	"bufio"
	"fmt"
	"maps"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Results of a request, as the log and X-Cache name them.
const (
	resultHit   = "Hit"
	resultMiss  = "Miss"
	resultError = "Error"
)

// exchange is a request and the way of its answer to the viewer: the edge function
// is run on the headers, a copy is kept for the cache, and it is seen what the log
// tells. Nothing is held back.
type exchange struct {
	http.ResponseWriter // to the viewer
	front               *Front
	request             *http.Request // as the viewer sent it
	id                  string
	began               time.Time

	own     bool    // for an own behaviour
	keep    *copied // takes the answer for the cache; nil if it is not wanted
	result  string
	status  int // 0 until the answer begins
	bytes   int64
	refused bool // the handler's answer was replaced by a refusal
}

// WriteHeader sends the headers, after the edge function of pages has seen them. It
// is not run where the origin answers with 400 or above.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
func (e *exchange) WriteHeader(status int) {
	if e.status != 0 {
		return
	}
	if 100 <= status && status < 200 && status != http.StatusSwitchingProtocols {
		e.ResponseWriter.WriteHeader(status) // an early hint, not yet the answer
		return
	}
	if e.keep != nil {
		e.keep.begin(status, e.Header())
	}
	if !e.own && status < 400 {
		changed, err := e.front.functions.Pages.ViewerResponse(e.context(), e.request, status, e.Header())
		if err != nil {
			e.front.report(fmt.Errorf("front: edge function on the answer to request %s: %w", e.id, err))
			clear(e.Header())
			e.refuse(http.StatusServiceUnavailable, "The CDN's function failed.")
			return
		}
		replace(e.Header(), changed)
	}
	if status >= 400 {
		e.result = resultError
	}
	if _, known := e.Header()["Content-Type"]; !known {
		e.Header()["Content-Type"] = nil // a server would guess one
	}
	e.Header().Set("X-Cache", e.result+" from darksocial")
	e.Header().Set("X-Amz-Cf-Id", e.id)
	e.status = status
	e.ResponseWriter.WriteHeader(status)
}

// replace puts other headers in the place of those there are. They may be the same
// map.
func replace(header, with http.Header) {
	with = maps.Clone(with)
	clear(header)
	maps.Copy(header, with)
}

func (e *exchange) Write(p []byte) (int, error) {
	if e.status == 0 {
		e.WriteHeader(http.StatusOK)
	}
	if e.refused {
		return 0, errRefused
	}
	n, err := e.send(p)
	if e.keep != nil {
		e.keep.write(p, err)
	}
	return n, err
}

func (e *exchange) send(p []byte) (int, error) {
	n, err := e.ResponseWriter.Write(p)
	if e.request.Method != http.MethodHead { // a server takes a body then, and drops it
		e.bytes += int64(n)
	}
	return n, err
}

// refuse answers in the place of the handler, which may go on writing in vain. The
// text is for a person.
func (e *exchange) refuse(status int, why string) {
	e.keep = nil
	h := e.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(len(why)+1))
	h.Set("Cache-Control", "no-store")
	e.WriteHeader(status)
	_, _ = e.send([]byte(why + "\n")) // an error means that the viewer went away
	e.refused = true
}

// finish sends what a handler that wrote nothing has answered.
func (e *exchange) finish() {
	if e.status == 0 {
		e.WriteHeader(http.StatusOK)
	}
}

// FlushError, Hijack and Unwrap are for http.ResponseController.

// FlushError sends what is written so far.
func (e *exchange) FlushError() error {
	if e.status == 0 {
		e.WriteHeader(http.StatusOK)
	}
	return http.NewResponseController(e.ResponseWriter).Flush()
}

// Hijack hands the connection over, for a websocket.
func (e *exchange) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(e.ResponseWriter).Hijack()
	if err == nil {
		e.status = http.StatusSwitchingProtocols
	}
	return conn, rw, err
}

// Unwrap is the writer below.
func (e *exchange) Unwrap() http.ResponseWriter { return e.ResponseWriter }

// entry is the line of the log. Query and Referer of an own behaviour are left out:
// CloudFront writes them, but of a hit they are the hint and the page's whole address,
// which belong to the page's own line. A log that has them would say everything twice.
func (e *exchange) entry() *Entry {
	r, now := e.request, e.front.now()
	stem, query, _ := strings.Cut(target(r), "?")
	entry := &Entry{
		Time: now, Took: now.Sub(e.began), ID: e.id, Method: r.Method, Protocol: "http", Host: r.Host, Stem: stem, Query: query,
		Referer: r.Referer(), UserAgent: r.UserAgent(), Status: e.status, Bytes: e.bytes, ContentType: e.Header().Get("Content-Type"), Result: e.result,
	}
	if r.TLS != nil {
		entry.Protocol = "https"
	}
	if e.own {
		entry.Query, entry.Referer = "", ""
	}
	return entry
}
