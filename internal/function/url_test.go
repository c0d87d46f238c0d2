package function

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tell answers with what a handler sees of a request.
var tell = URL(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/panic":
		panic("at once")
	case "/late":
		fmt.Fprint(w, "half an answer")
		panic("too late")
	}
	body, err := io.ReadAll(r.Body)
	fmt.Fprintf(w, "%s %s, cookie %q, length %d, body %q %v", r.Method, r.URL.RequestURI(), r.Header["Cookie"], r.ContentLength, body, err)
}))

// ask hands an event over and reads the answer.
func ask(t *testing.T, event *events.LambdaFunctionURLRequest) (status int, body string) {
	t.Helper()
	event.RequestContext.DomainName = "function.lambda-url.us-east-1.on.aws"
	if event.RequestContext.HTTP.Method == "" {
		event.RequestContext.HTTP.Method = http.MethodGet
	}
	answer, err := tell(context.Background(), event)
	require.NoError(t, err)
	if answer.Body == nil {
		return answer.StatusCode, ""
	}
	text, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(text)
}

func TestURL(t *testing.T) {
	for _, tt := range []struct {
		name  string
		event events.LambdaFunctionURLRequest
		want  string
	}{
		{"as it is sent", events.LambdaFunctionURLRequest{RawPath: "/a%2Fb", RawQueryString: "x=1&y=%20"}, `GET /a%2Fb?x=1&y=%20, cookie [], length 0, body "" <nil>`},
		{"cookies", events.LambdaFunctionURLRequest{RawPath: "/", Cookies: []string{"a=b", "ds_off=1"}}, `GET /, cookie ["a=b; ds_off=1"], length 0, body "" <nil>`},
		{"a body", events.LambdaFunctionURLRequest{RawPath: "/", Body: "text"}, `GET /, cookie [], length 4, body "text" <nil>`},
		{"an encoded body", events.LambdaFunctionURLRequest{RawPath: "/", Body: "dGV4dA==", IsBase64Encoded: true}, `GET /, cookie [], length -1, body "text" <nil>`},
		{"an encoded body of nothing", events.LambdaFunctionURLRequest{RawPath: "/", IsBase64Encoded: true}, `GET /, cookie [], length 0, body "" <nil>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			status, got := ask(t, &tt.event)
			assert.Equal(t, http.StatusOK, status)
			assert.Equal(t, tt.want, got)
		})
	}
}

// TestURLOfNoAddress: what cannot be read is refused, and no error quotes it.
func TestURLOfNoAddress(t *testing.T) {
	for _, event := range []events.LambdaFunctionURLRequest{
		{RawPath: "/%zz", RawQueryString: "secret"},
		{RawPath: "/", RawQueryString: "secret\x01"},
		{RawPath: "/secret", RequestContext: events.LambdaFunctionURLRequestContext{HTTP: events.LambdaFunctionURLRequestContextHTTPDescription{Method: "NO METHOD"}}},
	} {
		status, body := ask(t, &event)
		assert.Equal(t, http.StatusBadRequest, status)
		assert.Empty(t, body)
	}
}

// TestURLPanic: a fault is one request's, and is logged.
func TestURLPanic(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))

	status, body := ask(t, &events.LambdaFunctionURLRequest{RawPath: "/panic"})
	assert.Equal(t, http.StatusInternalServerError, status)
	assert.Empty(t, body)
	late := &events.LambdaFunctionURLRequest{RawPath: "/late"}
	late.RequestContext.DomainName, late.RequestContext.HTTP.Method = "function.lambda-url.us-east-1.on.aws", http.MethodGet
	answer, err := tell(context.Background(), late)
	require.NoError(t, err)
	text, err := io.ReadAll(answer.Body)
	assert.Equal(t, "half an answer", string(text))
	assert.ErrorContains(t, err, "cut off", "nobody takes the half for all")
	assert.Contains(t, log.String(), `"fault":"at once"`)
	assert.Contains(t, log.String(), `"fault":"too late"`)
}
