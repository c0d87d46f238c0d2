package report_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/function"
)

// TestLambda: signing in and asking work as a function's URL hands requests over, which
// tells cookies apart from headers, and a body as it likes.
func TestLambda(t *testing.T) {
	w := quiet(t)
	call := function.URL(w.handler)
	ask := func(method, path, query, body string, cookies []string) *events.LambdaFunctionURLStreamingResponse {
		event := &events.LambdaFunctionURLRequest{RawPath: path, RawQueryString: query, Body: body, Cookies: cookies,
			Headers: map[string]string{"x-ds-host": host, "x-ds-ip": "203.0.113.7", "content-type": "application/json", "origin": "https://" + host, "sec-fetch-site": "same-origin"}}
		event.RequestContext.DomainName, event.RequestContext.HTTP.Method = "abc.lambda-url.eu-central-1.on.aws", method
		answer, err := call(t.Context(), event)
		require.NoError(t, err)
		return answer
	}
	in := ask(http.MethodPost, "/api/v1/session", "", fmt.Sprintf(`{"token":%q}`, w.token), nil)
	require.Equal(t, http.StatusOK, in.StatusCode)
	require.Len(t, in.Cookies, 1)
	assert.Contains(t, in.Cookies[0], "__Host-ds_session=")
	assert.Contains(t, in.Cookies[0], "; Secure")
	assert.Contains(t, in.Cookies[0], "; HttpOnly")
	assert.Contains(t, in.Cookies[0], "; SameSite=Strict")
	cookie, _, _ := strings.Cut(in.Cookies[0], ";")

	numbers := ask(http.MethodGet, "/api/v1/numbers", strings.TrimPrefix(ofToday, "?"), "", []string{cookie})
	require.Equal(t, http.StatusOK, numbers.StatusCode)
	body, err := io.ReadAll(numbers.Body)
	require.NoError(t, err)
	checkAnswer(t, "numbers", body)
	assert.True(t, json.Valid(body))
	assert.Equal(t, http.StatusUnauthorized, ask(http.MethodGet, "/api/v1/numbers", strings.TrimPrefix(ofToday, "?"), "", nil).StatusCode)
	assert.Equal(t, http.StatusNoContent, ask(http.MethodDelete, "/api/v1/session", "", "", []string{cookie}).StatusCode)
	assert.Equal(t, http.StatusUnauthorized, ask(http.MethodGet, "/api/v1/sites", "", "", []string{cookie}).StatusCode)
}
