package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

// TestScriptCodeName: in a script codes stand in the parameter that the site has
// chosen for them, once, and each such script has a tag and an address of its own.
func TestScriptCodeName(t *testing.T) {
	w := newWorld(t)
	sites := []*site.Site{
		{Name: "via", Site: darksocial.Site{Hosts: []string{"via.example"}, CodeParameter: "via"}},
		{Name: "plain", Site: darksocial.Site{Hosts: []string{"plain.example"}}},
		{Name: "long", Site: darksocial.Site{Hosts: []string{"long.example"}, CodeParameter: "a-b_c-0123456789"}},
		{Name: "too", Site: darksocial.Site{Hosts: []string{"too.example"}, CodeParameter: "via"}},
	}
	for _, s := range sites {
		require.NoError(t, s.Check())
	}
	collect := web.NewCollect(site.Serve(sites), w.writer, visitor.NewSalts(w.store, w.now), w.now)
	ask := func(host, path string) (status int, body, tag string) {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("X-Ds-Host", host)
		answer := httptest.NewRecorder()
		collect.ServeHTTP(answer, r)
		said, err := io.ReadAll(answer.Result().Body)
		require.NoError(t, err)
		return answer.Code, string(said), answer.Header().Get("ETag")
	}
	names := map[string]string{"plain.example": "ds", "via.example": "via", "long.example": "a-b_c-0123456789", "too.example": "via", "collect.lambda-url.example": "via"}
	for _, script := range []string{"read", "share"} {
		tags, bodies := map[string]string{}, map[string]string{}
		for host, name := range names {
			status, body, tag := ask(host, "/_ds/"+script+".js")
			require.Equal(t, 200, status)
			assert.Len(t, regexp.MustCompile(`"`+name+`"`).FindAllString(strings.ReplaceAll(body, `e.name==="ds"`, ""), -1), 1, "%s of %s", script, host)
			assert.NotContains(t, body, "CODE_NAME")
			if other, ok := tags[name]; ok {
				assert.Equal(t, other, tag, host)
			}
			tags[name], bodies[name] = tag, body
			status, same, _ := ask(host, "/_ds/"+script+"."+strings.Trim(tag, `"`)+".js")
			assert.Equal(t, 200, status)
			assert.Equal(t, body, same, "for ever under its content's name")
		}
		assert.Len(t, tags, 3)
		assert.NotEqual(t, tags["ds"], tags["via"])
		assert.Equal(t, strings.ReplaceAll(bodies["a-b_c-0123456789"], "a-b_c-0123456789", "via"), bodies["via"], "nothing else differs")
		status, _, _ := ask("plain.example", "/_ds/"+script+"."+strings.Trim(tags["via"], `"`)+".js")
		assert.Equal(t, http.StatusNotFound, status, "another site's")
	}
	_, plain, _ := ask("plain.example", "/_ds/ds.js")
	_, named, tag := ask("via.example", web.ScriptPath())
	assert.Equal(t, plain, named, "the beacon knows no codes")
	assert.Equal(t, web.ScriptPath(), "/_ds/ds."+strings.Trim(tag, `"`)+".js")
}
