package edge

import (
	"net/http"
	"strings"
)

// OptOutCookie is the mark of a visitor who does not want to be counted as somebody.
// The site sets it at the visitor's own wish, and it has no other effect.
const OptOutCookie = "ds_off"

// Objects reports whether a browser objects to being counted as somebody: by Global
// Privacy Control, by Do Not Track, or by the opt-out mark.
func Objects(r *http.Request) bool {
	if r.Header.Get("Sec-GPC") == "1" || r.Header.Get("DNT") == "1" {
		return true
	}
	return OptedOut(r)
}

// OptedOut reports whether a browser carries the opt-out mark.
func OptedOut(r *http.Request) bool {
	mark, err := r.Cookie(OptOutCookie)
	return err == nil && mark.Value == "1"
}

// Headers that the edge sets on requests for the site's own paths, after it has
// deleted what the client sent under such names.
const (
	HostHeader    = "X-Ds-Host" // the host the visitor asked for: the function's own Host is another
	AddressHeader = "X-Ds-Ip"   // the visitor's address
	IDHeader      = "X-Ds-Id"   // the CDN's id of the request
)

// Host is the host the visitor asked for, in lower case and without port, or empty.
func Host(r *http.Request) string {
	var s scratch
	host := hostName(HeaderValue(r.Header, HostHeader), &s)
	if strings.ContainsFunc(host, notInHostName) {
		return ""
	}
	return host
}
