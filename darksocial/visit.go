package darksocial

import "time"

// Visit is one request as a door saw it: a line of an access log, a request to
// a function, a beacon. Doors fill in what they can see and say, in Sees, what
// an empty field means: the browser did not send it, or nobody looked.
//
// Strings may point into a door's buffer. Nothing in this package keeps them
// beyond the call they were passed to, except as copies.
type Visit struct {
	ID   string    // the CDN's request id; empty if the door has none
	Time time.Time // zero if unknown

	Host  string // host of the page, without port
	Path  string // path of the page as requested, percent-encoded
	Query string // query of the page without "?", percent-encoded

	Referer   string // the Referer header, a URL or an android-app:// name
	UserAgent string
	Headers   Headers
	Country   string // ISO 3166-1 alpha-2, upper case; empty if unknown

	Method      string // empty if unknown
	Status      int    // HTTP status of the answer; 0 if unknown
	ContentType string // media type of the answer; empty if unknown

	Navigation Navigation // how the page came onto the screen; only the page itself knows

	Sees Sight
}

// Navigation says how a page came onto the screen. A log cannot tell: a page that
// is loaded again brings the Referer and the Sec-Fetch-Site of the first time.
type Navigation uint8

const (
	NavigationUnknown Navigation = iota
	Navigate
	Reload
	BackForward // through the browser's history, or a session it restored
	Prerender
)

// Again reports whether the page had been on the screen before: a page view, and
// no arrival.
func (n Navigation) Again() bool { return n == Reload || n == BackForward }

// Sight is a set of the things a door can see. What it cannot see is unknown,
// which is not the same as absent: a log without Sec-Fetch-Site says nothing
// about where a visit came from, a request without it says "an old browser".
type Sight uint8

const (
	SeesReferer   Sight = 1 << iota // an empty Referer means the browser sent none
	SeesUserAgent                   // an empty UserAgent means the client sent none
	SeesHeaders                     // an empty header means the browser sent none

	SeesAll = SeesReferer | SeesUserAgent | SeesHeaders
)

// Has reports whether every thing in want is seen.
func (s Sight) Has(want Sight) bool { return s&want == want }

// Headers holds the request headers the classifier reads, of the navigation
// itself. A beacon's own Sec-Fetch headers describe the beacon and must not be
// put here.
type Headers struct {
	RequestedWith string // X-Requested-With: the Android app whose WebView asks
	FetchSite     string // Sec-Fetch-Site
	FetchMode     string // Sec-Fetch-Mode
	FetchDest     string // Sec-Fetch-Dest
	Purpose       string // Sec-Purpose, or the older Purpose, X-Purpose, X-Moz
	Brands        string // Sec-CH-UA
	Mobile        string // Sec-CH-UA-Mobile
	Platform      string // Sec-CH-UA-Platform
	GPC           string // Sec-GPC
	DNT           string // DNT
}

// Set stores a header by its lower-case name and reports whether the classifier
// reads it at all.
func (h *Headers) Set(name, value string) bool {
	switch name {
	case "x-requested-with":
		h.RequestedWith = value
	case "sec-fetch-site":
		h.FetchSite = value
	case "sec-fetch-mode":
		h.FetchMode = value
	case "sec-fetch-dest":
		h.FetchDest = value
	case "sec-purpose", "purpose", "x-purpose", "x-moz":
		if h.Purpose == "" || name == "sec-purpose" {
			h.Purpose = value
		}
	case "sec-ch-ua":
		h.Brands = value
	case "sec-ch-ua-mobile":
		h.Mobile = value
	case "sec-ch-ua-platform":
		h.Platform = value
	case "sec-gpc":
		h.GPC = value
	case "dnt":
		h.DNT = value
	default:
		return false
	}
	return true
}
