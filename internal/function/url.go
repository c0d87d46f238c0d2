package function

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdaurl"
)

// ServeURL answers the requests of the function's URL, whose invoke mode is
// RESPONSE_STREAM. It does not return.
func ServeURL(h http.Handler) { lambda.Start(URL(h)) }

// URL makes a handler of requests one of the events as which a function's URL hands
// them over. The body of an answer is to be read to its end.
func URL(h http.Handler) func(context.Context, *events.LambdaFunctionURLRequest) (*events.LambdaFunctionURLStreamingResponse, error) {
	answer := lambdaurl.Wrap(whole(withoutPanic(h)))
	return func(ctx context.Context, event *events.LambdaFunctionURLRequest) (*events.LambdaFunctionURLStreamingResponse, error) {
		response, err := answer(ctx, event)
		if err != nil {
			// An address that is none. The error quotes it, with all that its query
			// says, and what a function returns as an error is logged.
			return &events.LambdaFunctionURLStreamingResponse{StatusCode: http.StatusBadRequest, Headers: map[string]string{"Cache-Control": "no-store"}}, nil
		}
		return response, nil
	}
}

// whole puts into a request what lambdaurl leaves in the event: the cookies, which a
// function URL hands over apart from the headers, and that there is a body, where
// it is encoded (https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html).
func whole(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if event, ok := lambdaurl.RequestFromContext(r.Context()); ok {
			if len(event.Cookies) > 0 {
				r.Header.Set("Cookie", strings.Join(event.Cookies, "; "))
			}
			if event.IsBase64Encoded && event.Body != "" {
				r.ContentLength = -1 // of a length that is not known; 0 would say there is none
			}
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
