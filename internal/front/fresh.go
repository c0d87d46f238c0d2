package front

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pquerna/cachecontrol/cacheobject"
)

// kept are the statuses an answer may be kept with. 206 and 304 are parts of an
// answer, and an error of the origin is to be over when it is over.
var kept = []int{
	http.StatusOK, http.StatusNonAuthoritativeInfo, http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect,
	http.StatusPermanentRedirect, http.StatusNotFound, http.StatusGone,
}

// lifetime is how long a cache for all may keep an answer, from when its origin made
// it; 0 if it may not. What the origin does not say is not guessed.
// https://www.rfc-editor.org/rfc/rfc9111#section-3
func lifetime(r *http.Request, status int, header http.Header, now time.Time) time.Duration {
	if !slices.Contains(kept, status) || len(header["Set-Cookie"]) > 0 || len(header["Trailer"]) > 0 || slices.Contains(varies(header), "*") {
		return 0
	}
	directives, err := cacheobject.ParseResponseCacheControl(strings.Join(header["Cache-Control"], ", "))
	if err != nil || directives.NoCachePresent {
		return 0
	}
	// What the viewer's Cache-Control says is left out: CloudFront passes it on and
	// goes by what the origin says.
	answer := cacheobject.Object{
		RespDirectives: directives, RespHeaders: header, RespStatusCode: status, RespExpiresHeader: timeOf(header, "Expires"), RespDateHeader: timeOf(header, "Date"),
		ReqDirectives: &cacheobject.RequestCacheDirectives{}, ReqHeaders: r.Header, ReqMethod: r.Method, NowUTC: now.UTC(),
	}
	var result cacheobject.ObjectResults
	cacheobject.CachableObject(&answer, &result)
	if len(result.OutReasons) > 0 {
		return 0
	}
	cacheobject.ExpirationObject(&answer, &result)
	if result.OutExpirationTime.IsZero() {
		return 0
	}
	return result.OutExpirationTime.Sub(now)
}

// timeOf is the time a header names. One that cannot be read is in the past, as
// "Expires: 0" is meant.
func timeOf(header http.Header, name string) time.Time {
	t, err := http.ParseTime(header.Get(name))
	if err != nil {
		return time.Time{}
	}
	return t
}

// ageOf is how long an answer was in other caches before.
func ageOf(header http.Header) time.Duration {
	seconds, err := strconv.ParseInt(header.Get("Age"), 10, 32)
	if err != nil || seconds < 0 {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

// varies are the names of the headers an answer depends on, each once, in order.
func varies(header http.Header) []string {
	var names []string
	for _, list := range header["Vary"] {
		for name := range strings.SplitSeq(list, ",") {
			if name = http.CanonicalHeaderKey(strings.TrimSpace(name)); name != "" {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
