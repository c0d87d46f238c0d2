package front

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// servePage answers from the cache, else from the origin.
func (f *Front) servePage(e *exchange, r *http.Request) {
	r = withoutParameter(r, f.leftOut)
	out := passedOn(r, r.Header)
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		f.origin.ServeHTTP(e, out)
		return
	}
	key := cacheKey(r)
	if o := f.cache.get(key, r.Header, e.began); o != nil {
		e.result = resultHit
		o.serve(e, out, e.began)
		return
	}
	if r.Method == http.MethodHead { // has no body that could be kept
		f.origin.ServeHTTP(e, out)
		return
	}
	e.keep = &copied{request: r, now: e.began, most: f.cache.most / largest}
	f.origin.ServeHTTP(e, out)
	e.finish()
	if o := e.keep.done(); o != nil {
		f.cache.put(key, r.Header, o)
	}
}

// withoutParameter is a request without a parameter of its query. Other parameters
// stay as they were written.
func withoutParameter(r *http.Request, name string) *http.Request {
	if name == "" || !strings.Contains(r.URL.RawQuery, name) {
		return r
	}
	var kept []string
	for part := range strings.SplitSeq(r.URL.RawQuery, "&") {
		if key, _, _ := strings.Cut(part, "="); key != name {
			kept = append(kept, part)
		}
	}
	less := *r
	u := *r.URL
	u.RawQuery = strings.Join(kept, "&")
	less.URL, less.RequestURI = &u, u.RequestURI()
	return &less
}

// cacheKey is what an answer is found again by.
func cacheKey(r *http.Request) string {
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	return scheme + strings.ToLower(r.Host) + target(r)
}

// copied is an answer on its way into the cache. A nil object means that it is not
// kept.
type copied struct {
	request *http.Request
	now     time.Time
	most    int64
	object  *object
	length  int64 // what Content-Length says; -1 if nothing
}

// begin decides by the headers, as the origin sent them.
func (c *copied) begin(status int, header http.Header) {
	age := ageOf(header)
	fresh := lifetime(c.request, status, header, c.now) - age
	if fresh <= 0 {
		return
	}
	c.length = -1
	if said := header.Get("Content-Length"); said != "" {
		n, err := strconv.ParseInt(said, 10, 64)
		if err != nil || n < 0 || n > c.most {
			return
		}
		c.length = n
	}
	c.object = &object{status: status, header: header.Clone(), body: make([]byte, 0, max(c.length, 0)), made: c.now.Add(-age), expires: c.now.Add(fresh)}
}

// write takes a part of the body, unless it could not be sent: who breaks off may
// have broken the answer as well.
func (c *copied) write(p []byte, err error) {
	switch {
	case c.object == nil:
	case err != nil || int64(len(c.object.body)+len(p)) > c.most:
		c.object = nil
	default:
		c.object.body = append(c.object.body, p...)
	}
}

// done gives the answer if it is whole and may be kept, else nil.
func (c *copied) done() *object {
	if c == nil || c.object == nil || c.length >= 0 && c.length != int64(len(c.object.body)) {
		return nil
	}
	c.object.body = bytes.Clone(c.object.body) // no larger than it is
	return c.object
}

// object is an answer that is kept. Nothing changes it.
type object struct {
	status  int
	header  http.Header
	body    []byte
	made    time.Time // at the origin
	expires time.Time
}

// serve answers a GET or HEAD. Conditions and ranges are for http.ServeContent,
// which takes an answer to be a 200.
func (o *object) serve(w http.ResponseWriter, r *http.Request, now time.Time) {
	h := w.Header()
	for name, values := range o.header {
		h[name] = append([]string(nil), values...)
	}
	h.Set("Age", strconv.FormatInt(int64(max(now.Sub(o.made), 0)/time.Second), 10))
	h.Set("Content-Length", strconv.Itoa(len(o.body)))
	if o.status != http.StatusOK {
		w.WriteHeader(o.status)
		if r.Method != http.MethodHead {
			_, _ = w.Write(o.body) // an error means that the viewer went away
		}
		return
	}
	if _, known := h["Content-Type"]; !known {
		h["Content-Type"] = nil // ServeContent would guess one
	}
	modified, err := http.ParseTime(h.Get("Last-Modified"))
	if err != nil {
		modified = time.Time{}
	}
	http.ServeContent(w, r, "", modified, bytes.NewReader(o.body))
}
