package edgefunction

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/terraform/edge"
)

// wantRobots says in Go what becomes of X-Robots-Tag: the slow twin.
func wantRobots(e event, before []string) []string {
	_, query := valuesOf(e.query)
	_, response := valuesOf(e.response)
	_, coded := query["ds"]
	switch {
	case !coded || !ofPage(e):
		return before
	case len(response["x-robots-tag"]) > 1:
		return append(before, "noindex")
	case len(before) == 1:
		return []string{"noindex, " + before[0]}
	}
	return []string{"noindex"}
}

// TestRobots: a page with a code in its address is in no search engine, and what the
// site says to robots itself still stands.
func TestRobots(t *testing.T) {
	f := viewerResponse(t)
	coded := list("ds: 8ZkPq4vR2Ts")
	for _, tt := range []struct {
		name  string
		event event
		want  []string
	}{
		{"a code", event{query: coded, response: list(html)}, []string{"noindex"}},
		{"no code", event{query: list("a: 1", "dsx: 2", "DS: 3", "constructor: 4", "__proto__: 5"), response: list(html)}, nil},
		{"no parameters", event{response: list(html)}, nil},
		{"without a value", event{query: list("a: 1", "ds: "), response: list(html)}, []string{"noindex"}},
		{"twice", event{query: list("ds: a", "ds: b"), response: list(html)}, []string{"noindex"}},
		{"of another form", event{query: list("ds: " + strings.Repeat("%00<script>", 500)), response: list(html)}, []string{"noindex"}},
		{"XHTML", event{query: coded, response: list("content-type: application/xhtml+xml")}, []string{"noindex"}},
		{"a picture", event{query: coded, response: list("content-type: image/png")}, nil},
		{"not modified", event{query: coded, status: 304, request: list("accept: text/html")}, []string{"noindex"}},
		{"where the hint cannot be", event{query: coded, id: "odd.id", response: list(html)}, []string{"noindex"}},
		{"the site says more", event{query: coded, response: list(html, "x-robots-tag: googlebot: nofollow")}, []string{"noindex, googlebot: nofollow"}},
		{"the site says more, in lines", event{query: coded, response: list(html, "x-robots-tag: noarchive", "x-robots-tag: bot: nofollow")}, []string{"noarchive", "bot: nofollow", "noindex"}},
		{"the site says nothing", event{query: coded, response: list(html, "x-robots-tag: ")}, []string{"noindex"}},
		{"the site says so, and there is no code", event{response: list(html, "x-robots-tag: all")}, []string{"all"}},
		{"several values", event{part: partOf("request", "querystring", "ds"), junk: `{"value":"a","multiValue":[{"value":"a"},{"value":"b"}]}`, response: list(html)}, []string{"noindex"}},
		{"several values that are none", event{part: partOf("request", "querystring", "ds"), junk: `{"multiValue":null}`, response: list(html)}, []string{"noindex"}},
		{"null", event{part: partOf("request", "querystring", "ds"), junk: `null`, response: list(html)}, []string{"noindex"}},
		{"no querystring", event{part: partOf("request", "querystring"), response: list(html)}, nil},
		{"a querystring of null", event{part: partOf("request", "querystring"), junk: "null", response: list(html)}, nil},
		{"a querystring that is a list", event{part: partOf("request", "querystring"), junk: `["ds"]`, response: list(html)}, nil},
		{"a querystring that inherits", event{part: partOf("request", "querystring"), junk: `{"__proto__":{"ds":{"value":"a"}}}`, literal: true, response: list(html)}, nil},
		{"an odd header of the site", event{query: coded, part: partOf("response", "headers", "x-robots-tag"), junk: `{"value":1}`, response: list(html)}, []string{"noindex"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := tt.event.complete()
			r := runOn(t, f, e, "response")
			checkResponse(t, e, r)
			assert.Equal(t, tt.want, headerOf(t, r.after, "x-robots-tag"))
		})
	}
}

// TestCodeName: Terraform puts the site's name of the parameter into the function.
func TestCodeName(t *testing.T) {
	const line = "const codeName = 'ds';"
	require.Equal(t, 1, strings.Count(edge.ViewerResponse, line))
	require.Equal(t, 1, strings.Count(edge.ViewerResponse, "'ds'"))
	f, err := Load("viewer-response.js", strings.Replace(edge.ViewerResponse, line, "const codeName = 'via';", 1))
	require.NoError(t, err)
	for query, want := range map[string]string{"?via=8ZkPq4vR2Ts": "noindex", "?a=1&via": "noindex", "?ds=8ZkPq4vR2Ts": "", "": ""} {
		r := httptest.NewRequest("GET", "https://www.example.com/a"+query, nil)
		header, err := f.ViewerResponse(context, r, http.StatusOK, http.Header{"Content-Type": {"text/html"}})
		require.NoError(t, err)
		assert.Equal(t, want, header.Get("X-Robots-Tag"), query)
		assert.NotEmpty(t, header.Get("Server-Timing"), query)
	}
}
