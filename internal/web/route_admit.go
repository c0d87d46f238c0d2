package web

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"darksocial/internal/edge"
	"darksocial/internal/site"
)

// Why a page is not asked for, beside what is told of every request. The CDN must not
// send us what the first three name; the owner sees so when the behaviour of a
// routed path is set up wrongly.
const (
	refusedUpgrade       refusal = "upgrade"
	refusedAuthorization refusal = "authorization"
	refusedLoop          refusal = "loop"
	refusedOrigin        refusal = "origin"
)

// refusedSlowOrigin is refusedOrigin of an origin that does not begin to answer.
var refusedSlowOrigin = errors.New("the origin takes too long to answer")

// admit returns the site of a page that is to be asked for, or why it is refused. In
// any case it returns the site by which the refusal is counted.
func (x *Route) admit(r *http.Request) (*site.Served, error) {
	host := edge.Host(r)
	s, ours := x.sites.Of(host)
	switch {
	case repeated(r.Header):
		return s, refusedRepeated
	case !ours || host == "":
		return s, refusedHost
	case x.origins[s.Site] == nil || !s.Routes(r.URL.EscapedPath()) || climbs(r.URL):
		return s, refusedPath
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return s, refusedMethod
	case r.ContentLength != 0:
		return s, refusedBody
	case r.Header.Get("Upgrade") != "":
		return s, refusedUpgrade
	case isSomebodys(r.Header.Get("Authorization")):
		return s, refusedAuthorization
	case wasHere(r.Header):
		return s, refusedLoop
	}
	return s, nil
}

// climbs reports a path that could lead an origin out of the pattern it fits. Browsers
// take dot segments out before they ask.
func climbs(u *url.URL) bool {
	for segment := range strings.SplitSeq(strings.ReplaceAll(u.Path, `\`, "/"), "/") {
		if segment == "." || segment == ".." {
			return true
		}
	}
	return false
}

// isSomebodys reports credentials of a visitor. A CDN that signs its requests to us
// does so in the same header, and what it signs is for nobody else.
func isSomebodys(authorization string) bool {
	return authorization != "" && !strings.HasPrefix(authorization, "AWS4-")
}

// loopName is ours in CDN-Loop, which tells a proxy that it asks itself.
// https://www.rfc-editor.org/rfc/rfc8586
const (
	loopHeader = "Cdn-Loop"
	loopName   = "darksocial"
)

func wasHere(header http.Header) bool {
	for _, line := range header[loopHeader] {
		for info := range strings.SplitSeq(line, ",") {
			name, _, _ := strings.Cut(info, ";")
			if strings.EqualFold(strings.TrimSpace(name), loopName) {
				return true
			}
		}
	}
	return false
}

// pageRefusals are what a visitor reads in the place of a page.
var pageRefusals = map[refusal]struct {
	status int
	why    string
}{
	refusedRepeated:      {http.StatusBadRequest, "This request did not come through the site's CDN."},
	refusedHost:          {http.StatusForbidden, "There is no such site here."},
	refusedPath:          {http.StatusNotFound, "There is no such page here."},
	refusedMethod:        {http.StatusMethodNotAllowed, "This page can only be read."},
	refusedBody:          {http.StatusBadRequest, "This page takes nothing that is sent to it."},
	refusedUpgrade:       {http.StatusBadRequest, "This page speaks no other protocol."},
	refusedAuthorization: {http.StatusBadRequest, "This page is not for those who sign in with their browser."},
	refusedLoop:          {http.StatusLoopDetected, "The site asks itself for this page."},
	refusedOrigin:        {http.StatusBadGateway, "The site does not answer. Please try again later."},
}

// refuse answers with a short page, and counts it.
func (x *Route) refuse(w http.ResponseWriter, s *site.Site, err error) {
	word := refusedOrigin
	if known, ok := errors.AsType[refusal](err); ok {
		word = known
	}
	page := pageRefusals[word]
	switch {
	case word == refusedMethod:
		w.Header().Set("Allow", "GET, HEAD")
	case errors.Is(err, refusedSlowOrigin):
		page.status, page.why = http.StatusGatewayTimeout, "The site takes too long to answer. Please try again later."
	}
	w.Header().Set(refusedHeader, string(word))
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, page.why, page.status)
	x.writer.Count(s, "refused."+string(word))
}
