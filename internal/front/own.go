package front

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// functionHost is what the own handlers see as Host. It is the function URL's, never
// the viewer's: a handler that reads it is wrong here and behind CloudFront.
const functionHost = "collect.internal"

// maxPayload is what Lambda takes with a request.
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const maxPayload = 6 << 20

// serveOwn runs the edge function and passes a request to the own handlers as a
// function URL behind an origin access control gets it.
func (f *Front) serveOwn(e *exchange, r *http.Request) {
	seen := r.Clone(r.Context()) // the function may give it another address
	header, answer, err := f.functions.Own.ViewerRequest(e.context(), seen)
	switch {
	case err != nil:
		f.report(fmt.Errorf("front: edge function on request %s: %w", e.id, err))
		e.refuse(http.StatusServiceUnavailable, "The CDN's function failed.")
		return
	case answer != nil:
		replace(e.Header(), answer.Header)
		e.WriteHeader(answer.Status)
		_, _ = e.Write(answer.Body) // an error means that the viewer went away
		return
	}
	out := passedOn(seen, header)
	out.Host = functionHost
	out.Header.Del("Authorization")
	for name := range out.Header {
		if hopByHop[name] {
			delete(out.Header, name)
		}
	}
	if f.country != "" {
		out.Header.Set("CloudFront-Viewer-Country", f.country)
	}
	if status, why := takePayload(out); status != 0 {
		e.refuse(status, why)
		return
	}
	f.own.ServeHTTP(e, out)
}

// passedOn is a request as it goes on to an origin: with these headers, without
// those CloudFront removes, and without the viewer's address.
func passedOn(r *http.Request, header http.Header) *http.Request {
	out := r.Clone(r.Context())
	out.Header = make(http.Header, len(header))
	for name, values := range header {
		if name = http.CanonicalHeaderKey(name); !removed(name) {
			out.Header[name] = values
		}
	}
	out.RemoteAddr = address
	out.URL.Scheme, out.URL.Host, out.URL.User = "", "", nil
	out.RequestURI = out.URL.RequestURI()
	return out
}

// removed reports whether CloudFront removes a header on the way to any origin, or
// sets it itself.
func removed(name string) bool {
	switch name {
	case "Expect", "Te", "Trailer", "X-Forwarded-For", "X-Forwarded-Proto", "X-Http-Method-Override", "X-Real-Ip":
		return true
	}
	return strings.HasPrefix(name, "X-Edge-") || strings.HasPrefix(name, "Proxy-") || strings.HasPrefix(name, "Cloudfront-")
}

// hopByHop are the headers of one connection. A proxy to the origin needs them, for
// websockets.
var hopByHop = map[string]bool{"Connection": true, "Keep-Alive": true, "Transfer-Encoding": true, "Upgrade": true}

// takePayload does with a body what a function URL does whose caller signs: it takes
// none without the hash of it, and none whose hash is another.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
func takePayload(r *http.Request) (status int, why string) {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return 0, ""
	}
	hash := r.Header.Get("X-Amz-Content-Sha256")
	if hash == "" {
		return http.StatusForbidden, "A request with a body needs x-amz-content-sha256, the SHA-256 of the body in hex: the CDN signs it."
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxPayload))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return http.StatusRequestEntityTooLarge, fmt.Sprintf("The body is longer than %d bytes.", maxPayload)
	} else if err != nil {
		return http.StatusBadRequest, "The body could not be read."
	}
	if sum := sha256.Sum256(body); !strings.EqualFold(hash, hex.EncodeToString(sum[:])) {
		return http.StatusForbidden, "x-amz-content-sha256 is not the SHA-256 of the body."
	}
	r.Body, r.ContentLength, r.TransferEncoding, r.Trailer = io.NopCloser(bytes.NewReader(body)), int64(len(body)), nil, nil
	return 0, ""
}
