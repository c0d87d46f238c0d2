package function

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/aws/aws-lambda-go/lambdaurl"
)

// ServeURL answers the requests of the function's URL, whose invoke mode is
// RESPONSE_STREAM. It does not return.
func ServeURL(h http.Handler) { lambdaurl.Start(withCookies(withoutPanic(h))) }

// withCookies puts a request's cookies where http.Request has them. A function URL
// hands them over apart from the headers, and lambdaurl leaves them there:
// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
func withCookies(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if event, ok := lambdaurl.RequestFromContext(r.Context()); ok && len(event.Cookies) > 0 {
			r.Header.Set("Cookie", strings.Join(event.Cookies, "; "))
		}
		h.ServeHTTP(w, r)
	})
}

// withoutPanic keeps the fault of one request to that request. lambdaurl answers in
// a goroutine of its own, where a panic would end the process.
func withoutPanic(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if fault := recover(); fault != nil {
				slog.ErrorContext(r.Context(), "a request could not be answered", "fault", fault, "stack", string(debug.Stack()))
				w.WriteHeader(http.StatusInternalServerError) // has no effect if the answer has begun
			}
		}()
		h.ServeHTTP(w, r)
	})
}
