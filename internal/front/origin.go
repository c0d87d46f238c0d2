package front

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"time"
)

// originTimeout is how long an origin may take to begin an answer: CloudFront's
// default, as are the ten seconds to connect.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
const originTimeout = 30 * time.Second

// NewOrigin passes requests to any site, which is told its own Host, so that virtual
// hosts work, and no address of a viewer. Bodies are passed on as they come. Where
// the site redirects to itself by its full address, the viewer is sent to the host it
// asked for. A site that does not answer is a 502, one that takes longer than thirty
// seconds to begin is a 504.
//
// target is http or https, with a host; a path is put before all paths.
func NewOrigin(target *url.URL) http.Handler { return newOrigin(target, originTimeout) }

func newOrigin(target *url.URL, timeout time.Duration) http.Handler {
	return &origin{target: target, transport: &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: timeout,
		IdleConnTimeout:       5 * time.Second, // CloudFront's keep-alive timeout
		MaxIdleConnsPerHost:   64,
		DisableCompression:    true, // what the viewer did not ask for is not to be asked for
	}}
}

type origin struct {
	target    *url.URL
	transport http.RoundTripper
}

func (o *origin) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	proxy := httputil.ReverseProxy{
		Transport: o.transport,
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(o.target) // and Host with it
			p.Out.URL.RawQuery = r.URL.RawQuery
			if o.target.RawQuery != "" {
				p.Out.URL.RawQuery = strings.TrimSuffix(o.target.RawQuery+"&"+r.URL.RawQuery, "&")
			}
		},
		ModifyResponse: func(answer *http.Response) error {
			o.redirectHere(answer.Header, r)
			return nil
		},
		ErrorHandler:  o.failed,
		FlushInterval: -1,                         // at once
		ErrorLog:      log.New(io.Discard, "", 0), // it tells of answers that broke off, which the viewer sees
	}
	proxy.ServeHTTP(w, r)
}

// redirectHere puts the viewer's host in the place of the origin's.
func (o *origin) redirectHere(header http.Header, r *http.Request) {
	to, err := url.Parse(header.Get("Location"))
	if err != nil || to.Host == "" { // without a host it is the viewer's already
		return
	}
	if to = o.target.ResolveReference(to); hostPort(to) != hostPort(o.target) {
		return
	}
	to.Scheme, to.Host = "http", r.Host
	if r.TLS != nil {
		to.Scheme = "https"
	}
	header.Set("Location", to.String())
}

// hostPort is the host with its port, whether or not the address names it. So http and
// https are two sites, and who is sent from one to the other is not kept in a circle.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// failed answers for an origin that did not.
func (o *origin) failed(w http.ResponseWriter, r *http.Request, err error) {
	status, why := http.StatusBadGateway, fmt.Sprintf("The site at %s does not answer: %v.", o.target.Host, err)
	var netErr net.Error
	switch {
	case errors.Is(err, context.Canceled):
		why = "The viewer went away." // nobody reads it, but the log has a line
	case errors.As(err, &netErr) && netErr.Timeout():
		status, why = http.StatusGatewayTimeout, fmt.Sprintf("The site at %s took too long to answer.", o.target.Host)
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Error(w, why, status)
}
