// Package edge holds the two CloudFront Functions, for whoever runs them outside
// of CloudFront: the tests, and the CDN front of darksocial serve (see
// internal/edgefunction). Terraform reads the .js files beside this one itself.
//
// Both are for the runtime cloudfront-js-2.0, need no key-value store, no network
// and no table, and return the message as it came where anything is missing or
// odd: a function that throws is a 503 to the visitor.
package edge

import (
	_ "embed"
	"strings"
)

// ViewerResponse runs on every answer to a visitor. It adds the hint to HTML: what
// the page's script cannot know by itself, in a Server-Timing header.
//
//go:embed viewer-response.js
var ViewerResponse string

// ViewerRequest runs on requests to our own paths, /_ds/*. It passes on the
// viewer's Host and address and the request's id, in headers that no client can set.
//
//go:embed viewer-request.js
var ViewerRequest string

// codeName is where ViewerResponse has the name of the parameter that carries share
// codes; Terraform replaces the same line.
const codeName = "const codeName = 'ds';"

// ViewerResponseFor is ViewerResponse for sites whose share codes stand in a parameter:
// see darksocial.Site.CodeName.
func ViewerResponseFor(parameter string) string {
	return strings.Replace(ViewerResponse, codeName, "const codeName = '"+parameter+"';", 1)
}
