package lambdatest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"

	"github.com/aws/aws-lambda-go/events"
)

// preludeEnd stands between the head of a streamed answer and its body: eight
// zero bytes.
// https://docs.aws.amazon.com/lambda/latest/dg/response-streaming-tutorial.html
var preludeEnd = make([]byte, 8)

// URL is the function's URL: it hands requests over as Lambda does, with payload
// format 2.0, and reads the answers of invoke mode RESPONSE_STREAM.
func (f *Function) URL() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		payload, err := urlEvent(r)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		answer, err := f.Invoke(r.Context(), payload)
		if err == nil {
			err = writeAnswer(w, answer)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
		}
	})
}

func urlEvent(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxPayload))
	if err != nil {
		return nil, err
	}
	address, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		address = r.RemoteAddr
	}
	event := events.LambdaFunctionURLRequest{
		Version: "2.0", RawPath: r.URL.EscapedPath(), RawQueryString: r.URL.RawQuery, Headers: map[string]string{"host": "function.lambda-url.us-east-1.on.aws"},
		RequestContext: events.LambdaFunctionURLRequestContext{
			DomainName: "function.lambda-url.us-east-1.on.aws", RequestID: requestID(),
			HTTP: events.LambdaFunctionURLRequestContextHTTPDescription{Method: r.Method, Path: r.URL.Path, Protocol: r.Proto, SourceIP: address, UserAgent: r.UserAgent()},
		},
	}
	for name, values := range r.Header {
		if name == "Cookie" {
			event.Cookies = strings.Split(strings.Join(values, "; "), "; ")
			continue
		}
		event.Headers[strings.ToLower(name)] = strings.Join(values, ",")
	}
	if len(body) > 0 {
		event.Body, event.IsBase64Encoded = base64.StdEncoding.EncodeToString(body), true
	}
	return json.Marshal(event)
}

func writeAnswer(w http.ResponseWriter, answer []byte) error {
	head, body, _ := bytes.Cut(answer, preludeEnd)
	var prelude struct {
		StatusCode int               `json:"statusCode"`
		Headers    map[string]string `json:"headers"`
		Cookies    []string          `json:"cookies"`
	}
	if err := json.Unmarshal(head, &prelude); err != nil {
		return err
	}
	for name, value := range prelude.Headers {
		w.Header().Set(name, value)
	}
	for _, cookie := range prelude.Cookies {
		w.Header().Add("Set-Cookie", cookie)
	}
	w.WriteHeader(prelude.StatusCode)
	_, _ = w.Write(body) // a client that went away reads nothing
	return nil
}
