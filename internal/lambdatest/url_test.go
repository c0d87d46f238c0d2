package lambdatest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestURLEvent: a request as Lambda hands it over.
func TestURLEvent(t *testing.T) {
	r := httptest.NewRequest("POST", "/a%2Fb?x=1&y=%20", strings.NewReader("text"))
	r.Host = "the.visitors.host.example"
	r.Header = http.Header{"X-Two": {"a", "b"}, "Cookie": {"a=b; c=d"}, "User-Agent": {"me"}}
	payload, err := urlEvent(r)
	require.NoError(t, err)
	var got events.LambdaFunctionURLRequest
	require.NoError(t, json.Unmarshal(payload, &got))
	assert.Regexp(t, `^[0-9a-f-]{36}$`, got.RequestContext.RequestID)
	got.RequestContext.RequestID = ""
	const name = "function.lambda-url.us-east-1.on.aws"
	assert.Equal(t, events.LambdaFunctionURLRequest{
		Version: "2.0", RawPath: "/a%2Fb", RawQueryString: "x=1&y=%20",
		Cookies: []string{"a=b", "c=d"},
		Headers: map[string]string{"host": name, "x-two": "a,b", "user-agent": "me"},
		Body:    "dGV4dA==", IsBase64Encoded: true,
		RequestContext: events.LambdaFunctionURLRequestContext{
			DomainName: name,
			HTTP:       events.LambdaFunctionURLRequestContextHTTPDescription{Method: "POST", Path: "/a/b", Protocol: "HTTP/1.1", SourceIP: "192.0.2.1", UserAgent: "me"},
		},
	}, got)
}

// TestURLAnswer: an answer as a function streams it.
func TestURLAnswer(t *testing.T) {
	w := httptest.NewRecorder()
	require.NoError(t, writeAnswer(w, []byte(`{"statusCode":201,"headers":{"X-One":"a"},"cookies":["a=b","c=d"]}`+"\x00\x00\x00\x00\x00\x00\x00\x00the body\x00\x00\x00\x00\x00\x00\x00\x00 of it")))
	assert.Equal(t, 201, w.Code)
	assert.Equal(t, http.Header{"X-One": {"a"}, "Set-Cookie": {"a=b", "c=d"}}, w.Header())
	assert.Equal(t, "the body\x00\x00\x00\x00\x00\x00\x00\x00 of it", w.Body.String())
}

// TestURLOfAFailure: an error of the function is no answer.
func TestURLOfAFailure(t *testing.T) {
	w := httptest.NewRecorder()
	echo(t).URL().ServeHTTP(w, httptest.NewRequest("GET", "/", nil)) // which knows no such event
	assert.Equal(t, http.StatusBadGateway, w.Code)
}
