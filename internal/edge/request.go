package edge

import (
	"net/http"
	"strings"

	"darksocial/darksocial"
)

// Bounds of a page's request, in bytes. Browsers stay far below them, and CloudFront
// takes no URL longer than 8 KiB.
const (
	maxPath      = 8192
	maxQuery     = 8192
	maxReferer   = 2048
	maxUserAgent = 1024
	maxHeader    = 512
)

// HeaderNames are the request headers a visit is read from. Of those that say that
// a browser asks ahead of a click, the first that was sent counts.
var HeaderNames = []string{
	"User-Agent", "Referer", "X-Requested-With", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest",
	"Sec-Purpose", "Purpose", "X-Moz", "X-Purpose",
	"Sec-CH-UA", "Sec-CH-UA-Mobile", "Sec-CH-UA-Platform", "Sec-GPC", "DNT",
}

// HeaderValue returns a request header as Request reads it: of a repeated one the
// first value, and of a long one the beginning. It is empty if none was sent.
func HeaderValue(h http.Header, name string) string {
	most := maxHeader
	switch name {
	case "User-Agent":
		most = maxUserAgent
	case "Referer":
		most = maxReferer
	}
	return begin(h.Get(name), most)
}

// Request makes a visit of the request for a page that reached a function with all
// its headers, as it does where the CDN caches nothing. The request of a script in a
// page is another matter: see ReadHit.
//
// Host and ID are what the CDN's edge says they are; Path, Query and Referer come as
// from a log. Neither the visitor's address nor a cookie is looked at. Time, Status
// and ContentType are left to the caller, who answers.
func Request(r *http.Request) darksocial.Visit {
	var s scratch
	query, _, _ := strings.Cut(r.URL.RawQuery, "#") // no browser sends a fragment
	v := darksocial.Visit{
		ID:        HeaderValue(r.Header, IDHeader),
		Host:      Host(r),
		Path:      s.part(r.URL.EscapedPath(), maxPath),
		Query:     s.part(query, maxQuery),
		Referer:   s.part(HeaderValue(r.Header, "Referer"), maxReferer),
		UserAgent: HeaderValue(r.Header, "User-Agent"),
		Country:   s.country(HeaderValue(r.Header, "CloudFront-Viewer-Country")),
		Method:    r.Method,
		Sees:      darksocial.SeesAll,
	}
	for _, name := range HeaderNames {
		if value := HeaderValue(r.Header, name); value != "" {
			v.Headers.Set(strings.ToLower(name), value)
		}
	}
	return v
}

// part gives a part of a URL as a browser sends it, of no more than most bytes.
func (s *scratch) part(in string, most int) string {
	out, _ := s.address(begin(in, most), false)
	return begin(out, most)
}

// notInHostName is notInHost, and what begins or ends the host in a URL.
func notInHostName(r rune) bool { return notInHost(r) || strings.ContainsRune("/?#@", r) }

func begin(s string, most int) string { return s[:min(len(s), most)] }
