package edge

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/reading"
)

// Hit is what the script in a page says of a page view: see web/src/beacon.ts,
// which sends it.
type Hit struct {
	ViewID    string // made by the page for this view alone
	RequestID string // of the page, where the browser objects and sends no hint
	Hint      *Hint  // nil if there is none that can be used
	HintErr   error  // why the hint cannot be used; nil if there is none
	Cached    bool   // the page came out of the browser's own cache
	Age       time.Duration
	Objects   bool // the browser objects to being counted as somebody
	NoScript  bool // a picture sent it, not the script
	Visit     darksocial.Visit
	Reading   reading.Reading    // how the page was read; not known yet where the page was just opened
	Article   darksocial.Article // what the page says of itself, once in a while
}

// BadHit says which part of a hit cannot be read.
type BadHit string

func (e BadHit) Error() string { return "the hit's " + string(e) + " cannot be read" }

// Bounds of a hit. A script that keeps to the contract stays far below them.
const (
	maxHitQuery  = 4096
	maxHitParams = 20
	maxPagePath  = 2048
	maxOrigin    = 300
	// MaxAge is how long after its navigation a page may tell of it.
	MaxAge = 6 * time.Hour
)

var navigations = map[string]darksocial.Navigation{
	"": darksocial.NavigationUnknown, "navigate": darksocial.Navigate, "reload": darksocial.Reload,
	"back_forward": darksocial.BackForward, "prerender": darksocial.Prerender,
}

// ReadHit reads a request for /_ds/hit. What it says of itself is in the query;
// what the browser says of itself is in the headers of the request, which are
// those of the page's request but for Sec-Fetch-*: those describe the script's. The
// page's own query is read out of the Referer, which is the page: so the script
// needs no list of the parameters that may be kept.
func ReadHit(r *http.Request) (*Hit, error) {
	if len(r.URL.RawQuery) > maxHitQuery || strings.Count(r.URL.RawQuery, "&") >= maxHitParams {
		return nil, BadHit("length")
	}
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, BadHit("query")
	}
	if q.Get("v") != "1" {
		return nil, BadHit("version")
	}
	h := &Hit{ViewID: q.Get("i"), RequestID: q.Get("q"), Cached: q.Get("c") == "1", NoScript: q.Get("n") == "noscript"}
	h.Objects = q.Get("o") == "1" || Objects(r)
	if text := q.Get("h"); text != "" {
		if hint, err := ParseHint(text); err != nil {
			h.HintErr = err
		} else {
			h.Hint = &hint
			h.Objects = h.Objects || hint.Objects
		}
	}
	if h.NoScript {
		return h, nil
	}
	if h.ViewID != "" && !IsViewID(h.ViewID) || h.RequestID != "" && !IsRequestID(h.RequestID) ||
		h.ViewID == "" && (!h.Objects || h.RequestID == "" && h.Hint == nil) {
		return nil, BadHit("id")
	}
	if h.Objects { // nothing else of it is looked at
		return h, nil
	}
	if h.Age, err = readAge(q.Get("a")); err != nil {
		return nil, err
	}
	if err := h.readVisit(r, q); err != nil {
		return nil, err
	}
	return h, nil
}

func (h *Hit) readVisit(r *http.Request, q url.Values) error {
	v := &h.Visit
	*v = Request(r)
	page := v.Referer // of the script's request
	// What the request says of its own coming about is not the page's.
	v.Headers.FetchSite, v.Headers.FetchMode, v.Headers.FetchDest, v.Headers.Purpose = "", "", "", ""
	v.Sees = darksocial.SeesReferer | darksocial.SeesUserAgent
	v.Query = ""
	var ok bool
	if v.Navigation, ok = navigations[q.Get("n")]; !ok {
		return BadHit("navigation")
	}
	if v.Path = q.Get("p"); !strings.HasPrefix(v.Path, "/") || len(v.Path) > maxPagePath || hasControl(v.Path) {
		return BadHit("page")
	}
	if v.Referer = q.Get("r"); len(v.Referer) > maxOrigin || hasControl(v.Referer) {
		return BadHit("referrer")
	}
	if page, err := url.Parse(page); err == nil && page.EscapedPath() == v.Path {
		v.Query = page.RawQuery
	}
	if h.Reading, ok = readReading(q); !ok {
		return BadHit("reading")
	}
	h.Article = readArticle(q)
	v.ContentType = "text/html" // or no script would have run
	v.Method = http.MethodGet
	if h.Hint != nil {
		h.Hint.Onto(v)
	}
	return nil
}

// readAge reads how many seconds ago the page was navigated to.
func readAge(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	seconds, err := strconv.ParseUint(s, 10, 32)
	if age := time.Duration(seconds) * time.Second; err == nil && age <= MaxAge {
		return age, nil
	}
	return 0, BadHit("age")
}

// IsViewID reports whether a text is a name as pages make them: 12 bytes in hexadecimal.
func IsViewID(s string) bool {
	for i := range len(s) {
		if c := s[i]; !('0' <= c && c <= '9' || 'a' <= c && c <= 'f') {
			return false
		}
	}
	return len(s) == 24
}

func hasControl(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return true
		}
	}
	return false
}
