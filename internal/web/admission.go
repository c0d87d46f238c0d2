package web

import (
	"net/http"
	"net/url"
	"strings"

	"darksocial/internal/edge"
	"darksocial/internal/site"
)

// admit returns the site whose page sent a request, or why it is refused.
func (c *Collect) admit(r *http.Request) (*site.Served, error) {
	if repeated(r.Header) {
		return nil, refusedRepeated
	}
	if r.ContentLength != 0 {
		return nil, refusedBody
	}
	s, ours := c.sites.Of(edge.Host(r))
	if !ours || edge.Host(r) == "" {
		return nil, refusedHost
	}
	return s, fromPage(r, s)
}

// repeated reports a header of the edge that stands there twice. The edge sets each
// once: such a request did not come through it.
func repeated(header http.Header) bool {
	for _, name := range [...]string{edge.HostHeader, edge.AddressHeader, edge.IDHeader} {
		if len(header.Values(name)) > 1 {
			return true
		}
	}
	return false
}

// fromPage says why a request was not sent by a page of the site, or nil.
func fromPage(r *http.Request, s *site.Served) error {
	said := false
	switch r.Header.Get("Sec-Fetch-Site") {
	case "":
	case "same-origin", "same-site":
		said = true
	case "none":
		return refusedNoPage
	default:
		return refusedCrossSite
	}
	switch r.Header.Get("Sec-Fetch-Dest") {
	case "", "empty", "image": // fetch, or the picture
	default:
		return refusedNoPage
	}
	for _, name := range [...]string{"Origin", "Referer"} {
		value := r.Header.Get(name)
		if value == "" {
			continue
		}
		page, err := url.Parse(value)
		if err != nil || !isOwn(s, strings.ToLower(page.Hostname()), edge.Host(r)) {
			return refusedCrossSite
		}
		said = true
	}
	if !said {
		return refusedNoPage
	}
	return nil
}

// isOwn reports whether a page's host is the site's: the host the request was sent
// to, or another that the site lists.
func isOwn(s *site.Served, host, asked string) bool {
	return host == asked || host != "" && len(s.Hosts) > 0 && s.Owns(host)
}
