package simulate

// fetch is what a request is to the browser that makes it, which newer browsers
// tell in Sec-Fetch-*.
// https://www.w3.org/TR/fetch-metadata/
type fetch uint8

const (
	fetchUntold fetch = iota // a program's
	fetchAlone               // a page that no page led to: typed, or opened from another app
	fetchCross               // a page that another site's led to
	fetchInside              // a page that one of the site's led to
	fetchStyle               // what a page is made of
	fetchPicture
)

var (
	fetchSites = [...]string{"", "none", "cross-site", "same-origin", "same-origin", "same-origin"}
	fetchModes = [...]string{"", "navigate", "navigate", "navigate", "no-cors", "no-cors"}
	fetchDests = [...]string{"", "document", "document", "document", "style", "image"}
	fetchUsers = [...]string{"", "?1", "?1", "?1", "", ""}
)

// header is a header of a request.
type header uint8

const (
	hHost header = iota
	hBrands
	hMobile
	hPlatform
	hUpgrade
	hAgent
	hAccept
	hApp
	hPurpose
	hSite
	hMode
	hUser
	hDest
	hReferer
	hEncoding
	hLanguage
	hGPC
	numHeaders
)

var headerNames = [numHeaders]string{
	"host", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "upgrade-insecure-requests", "user-agent", "accept", "x-requested-with", "sec-purpose",
	"sec-fetch-site", "sec-fetch-mode", "sec-fetch-user", "sec-fetch-dest", "referer", "accept-encoding", "accept-language", "sec-gpc",
}

// order is the order browsers send headers in. It decides what a log that cuts
// them at 800 bytes still has: behind a long User-Agent Sec-Fetch-* is lost.
var order = [numEngines][]header{
	program:  {hHost, hAgent, hAccept, hEncoding},
	chromium: {hHost, hBrands, hMobile, hPlatform, hUpgrade, hAgent, hPurpose, hGPC, hAccept, hSite, hMode, hUser, hDest, hReferer, hEncoding, hLanguage},
	webView:  {hHost, hBrands, hMobile, hPlatform, hUpgrade, hAgent, hGPC, hAccept, hApp, hSite, hMode, hUser, hDest, hReferer, hEncoding, hLanguage},
	firefox:  {hHost, hAgent, hAccept, hLanguage, hEncoding, hReferer, hGPC, hUpgrade, hDest, hMode, hSite, hUser},
	webKit:   {hHost, hDest, hAgent, hUpgrade, hAccept, hReferer, hSite, hMode, hLanguage, hEncoding},
}

// appendHeader writes a header's value; nothing if it is not sent. Client hints
// and Sec-Fetch-* are for https alone; only Chromium's kind has hints.
func (l *log) appendHeader(b []byte, h header, q *request) []byte {
	a := &agents[q.who.agent]
	if q.plain && (h == hBrands || h == hMobile || h == hPlatform || hSite <= h && h <= hDest) {
		return b
	}
	navigation := q.fetch != fetchStyle && q.fetch != fetchPicture
	switch h {
	case hHost:
		return append(b, l.host.sent...)
	case hBrands:
		return l.brands[q.who.agent].append(b, q.who)
	case hMobile:
		if a.device == phone {
			return append(b, "?1"...)
		}
		return append(b, "?0"...)
	case hPlatform:
		return l.appendPlatform(b, q.who)
	case hUpgrade:
		if navigation {
			return append(b, '1')
		}
	case hAgent:
		return l.sent[q.who.agent].append(b, q.who)
	case hAccept:
		if a.engine == program || !navigation {
			return append(b, "*/*"...)
		}
		return append(b, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"...)
	case hApp:
		return append(b, q.app...)
	case hPurpose:
		return append(b, q.purpose...)
	case hSite:
		return append(b, fetchSites[q.fetch]...)
	case hMode:
		return append(b, fetchModes[q.fetch]...)
	case hUser:
		if a.engine != webKit {
			return append(b, fetchUsers[q.fetch]...)
		}
	case hDest:
		return append(b, fetchDests[q.fetch]...)
	case hReferer:
		return l.appendReferer(b, q)
	case hEncoding:
		return append(b, "gzip, deflate, br"...)
	case hLanguage:
		return append(b, "de-DE,de;q=0.9,en;q=0.8"...)
	case hGPC:
		if q.who.objects() {
			return append(b, '1')
		}
	}
	return b
}

var platform = compile(`"{desktop.2}"`, plainly)

func (l *log) appendPlatform(b []byte, p person) []byte {
	switch {
	case agents[p.agent].device != desktop:
		return append(b, `"Android"`...)
	case p.agent == edgeDesktop:
		return append(b, `"Windows"`...)
	}
	return platform.append(b, p)
}
