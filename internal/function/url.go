package function

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync/atomic"

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
		cut := &atomic.Bool{}
		response, err := answer(context.WithValue(ctx, cutKey{}, cut), event)
		if err != nil {
			// An address that is none. The error quotes it, with all that its query
			// says, and what a function returns as an error is logged.
			return &events.LambdaFunctionURLStreamingResponse{StatusCode: http.StatusBadRequest, Headers: map[string]string{"Cache-Control": "no-store"}}, nil
		}
		response.Body = &mayBeCut{response.Body, cut}
		return response, nil
	}
}

// cutKey is under which a request's context says whether its answer was cut off.
type cutKey struct{}

// errCut ends an answer that is not whole. Lambda then breaks the connection off, as
// a server does: else the visitor, and every cache, would take the half for all.
var errCut = errors.New("the answer was cut off")

// mayBeCut is the body of an answer, at whose end is known whether it was cut off.
type mayBeCut struct {
	io.Reader
	cut *atomic.Bool
}

func (b *mayBeCut) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF && b.cut.Load() {
		err = errCut
	}
	return n, err
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
		a := &begun{ResponseWriter: w}
		defer func() {
			fault := recover()
			if fault == nil {
				return
			}
			if fault != http.ErrAbortHandler { // that is no fault of ours, but the word for "cut off"
				slog.ErrorContext(r.Context(), "a request could not be answered", "fault", fault, "stack", string(debug.Stack()))
			}
			if !a.has {
				w.WriteHeader(http.StatusInternalServerError)
			} else if cut, ok := r.Context().Value(cutKey{}).(*atomic.Bool); ok {
				cut.Store(true)
			}
		}()
		h.ServeHTTP(a, r)
	})
}

// begun knows whether an answer has begun.
type begun struct {
	http.ResponseWriter
	has bool
}

func (b *begun) WriteHeader(status int) {
	b.has = true
	b.ResponseWriter.WriteHeader(status)
}

func (b *begun) Write(p []byte) (int, error) {
	b.has = true
	return b.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (b *begun) Unwrap() http.ResponseWriter { return b.ResponseWriter }
