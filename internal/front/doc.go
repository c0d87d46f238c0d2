// Package front is a small, honest CloudFront on one machine: it stands before a
// site and before our own handlers, as a distribution with our edge functions would.
//
//	log, err := front.OpenAccessLog(dir, time.Now)
//	…
//	functions := front.Functions{Own: viewerRequest, Pages: viewerResponse}
//	f := front.New(front.NewOrigin(target), collect, functions, log, report, front.Options{})
//	server := &http.Server{Handler: f, MaxHeaderBytes: front.MaxHeaderBytes}
//
// Honest means that what would fail behind CloudFront fails here as well, so that a
// test on localhost can fail. What is taken from CloudFront's documentation, of which
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
// has most:
//
//	                    /_ds/*                              everything else
//	edge function       viewer-request                      viewer-response, of answers below 400
//	cache               never                               GET and HEAD, as the origin says
//	goes to             own handlers, behind an access      the site
//	                    control that signs the requests
//	Host                the function URL's                  the viewer's
//	Authorization       dropped: the signature's is there   as sent
//	POST, PUT, …        only with the hash of the body      as sent
//	always dropped      X-Forwarded-For and -Proto, X-Real-IP, X-Edge-*, Proxy-*, TE, Expect, Trailer,
//	                    X-HTTP-Method-Override, CloudFront-*
//	added               CloudFront-Viewer-Country, if told  nothing
//
// The viewer's address is in x-ds-ip, which the edge function sets, and nowhere
// else: RemoteAddr is the front's own, and X-Forwarded-For, to which CloudFront
// would add the address, is left out.
//
// # The cache
//
// An answer is kept if a cache for all may keep it and the origin says for how long
// (Cache-Control or Expires); CloudFront would keep for a day what says nothing, and
// on a machine where somebody changes pages that is no help. It is found again by
// protocol, host, path and query, and by the headers Vary names. What sets a cookie,
// varies by everything, or is larger than an eighth of the cache is never kept.
// Conditional and range requests are answered from the cache; where it has nothing,
// they pass to the origin like everything else, unbuffered. Several viewers who ask
// for the same page at once each cause a request to the origin.
//
// # The log
//
// Each request becomes a line of a standard log, with the id that is in x-ds-id and
// in the hint: see AccessLog. Requests over CloudFront's limits are not logged, as
// CloudFront logs none.
//
// # What it is not
//
// It compresses nothing, revalidates nothing, knows no country by itself, speaks
// HTTP/1.1, and cannot be told other behaviours. Links in a page that name the
// origin's own host lead past it, and so do cookies with a Domain.
package front
