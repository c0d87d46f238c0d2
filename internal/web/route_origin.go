package web

import (
	"io"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"time"
)

// Bounds of an origin. CloudFront waits for a function as long as for any origin, 30
// seconds by default, for the beginning of an answer and in the middle of it: ours has
// to have given up before. See "Response timeout" in
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html
const (
	originConnect = 5 * time.Second
	originBegin   = 25 * time.Second
	originSilence = 25 * time.Second
	originIdle    = 5 * time.Second // CloudFront's, and short: a function that stood still wakes with old connections
	originHeader  = 64 << 10        // bytes of an answer's header
)

// NewOriginTransport returns the transport that asks origins. It speaks HTTP/1.1, as
// CloudFront does, asks for no compression that the visitor did not ask for, and
// follows no redirect. One thing it adds to answers: net/http puts "Cache-Control:
// no-cache" beside a "Pragma: no-cache" that stands alone.
func NewOriginTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: originConnect}).DialContext,
		TLSHandshakeTimeout:    originConnect,
		ResponseHeaderTimeout:  originBegin,
		MaxResponseHeaderBytes: originHeader,
		IdleConnTimeout:        originIdle,
		MaxIdleConnsPerHost:    256,
		DisableCompression:     true,
	}
}

// toOrigin makes the request to the origin of the visitor's. Headers of one connection
// are gone already, and so is who forwarded it for whom.
func (p *passage) toOrigin(request *httputil.ProxyRequest) {
	out := request.Out
	out.URL.Scheme, out.URL.Host, out.URL.User, out.Host = p.origin.Scheme, p.origin.Host, nil, ""
	out.URL.RawQuery = request.In.URL.RawQuery // the proxy has taken out what it cannot read
	for name := range out.Header {
		if isKept(name) {
			delete(out.Header, name)
		}
	}
	out.Header.Set("X-Forwarded-Host", viewerHost(request.In))
	out.Header[loopHeader] = append(out.Header[loopHeader], loopName)
	p.tellOrigin(out.Header)
}

// isKept reports a header that is for us alone: what the edge tells us, what a client
// writes like it (to many origins "_" is "-"), what the CDN signs its request to us
// with, and the visitor's address.
func isKept(name string) bool {
	name = strings.ToLower(strings.ReplaceAll(name, "_", "-"))
	switch name {
	case "authorization", "cloudfront-viewer-address", "x-real-ip":
		return true
	case "x-amz-cf-id": // the CDN's id, which every origin is told
		return false
	}
	return strings.HasPrefix(name, "x-ds-") || strings.HasPrefix(name, "x-amz-") || strings.HasPrefix(name, "x-amzn-")
}

// redirectHere puts the visitor's host in the place of the origin's. The scheme is left
// out: the visitor's holds, which we do not know. https and http of the origin are two
// servers, and who is sent from one to the other is not kept in a circle.
func redirectHere(header http.Header, origin *url.URL, host string) {
	location := header.Get("Location")
	to, err := url.Parse(location)
	if err != nil || to.Host == "" || to.User != nil {
		return
	}
	if to.Scheme == "" {
		to.Scheme = origin.Scheme
	}
	if hostPort(to) != hostPort(origin) {
		return
	}
	_, rest, _ := strings.Cut(location, "//")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[end:]
	} else {
		rest = ""
	}
	header.Set("Location", "//"+host+rest)
}

// hostPort is the host with its port, whether or not the address names it.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// watched is the body of an answer. Where the origin says nothing for too long in the
// middle of it, the request ends and the body with it.
type watched struct {
	io.ReadCloser
	silence time.Duration
	timer   *time.Timer
	broke   bool // it ended before its end
}

// watch returns the body with end called where the origin says nothing for too long. A
// visitor who is slow to read is no fault of the origin.
func watch(body io.ReadCloser, silence time.Duration, end func()) *watched {
	timer := time.AfterFunc(silence, end)
	timer.Stop()
	return &watched{ReadCloser: body, silence: silence, timer: timer}
}

func (b *watched) Read(p []byte) (int, error) {
	b.timer.Reset(b.silence)
	defer b.timer.Stop()
	n, err := b.ReadCloser.Read(p)
	b.broke = err != nil && err != io.EOF
	return n, err
}
