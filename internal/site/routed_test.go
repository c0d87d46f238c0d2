package site

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

func TestRouted(t *testing.T) {
	sites, err := Parse([]byte(`{"example.com": {"hosts": ["example.com"], "origin": "https://origin.example.com:8443", "routed_paths": ["/", "/*", "/news/**", "/a/*/c", "/stra%C3%9Fe"]}}`))
	require.NoError(t, err)
	s := sites[0]
	u, err := s.OriginURL()
	require.NoError(t, err)
	assert.Equal(t, "https://origin.example.com:8443", u.String())
	for path, want := range map[string]bool{
		"/": true, "/about": true, "/news": true, "/news/2026/11/a": true, "/a/b/c": true, "/a/b/d": false, "/other/a": false, "/stra%C3%9Fe": true, "/news%2Fa/b": false,
	} {
		assert.Equal(t, want, s.Routes(path), path)
	}
	assert.False(t, (&Site{}).Routes("/"), "nothing is routed unless it is said to be")
}

func TestRoutedRefuses(t *testing.T) {
	const like = `like "https://origin.example.com"`
	for _, tt := range []struct {
		name, origin string
		paths        []string
		want         []string // all of them in one error
	}{
		{"no origin", "", []string{"/a"}, []string{`site "example.com": routed_paths: there is no origin`, like}},
		{"no scheme", "origin.example.com", nil, []string{`origin "origin.example.com": write a scheme and a host alone`, like}},
		{"another scheme", "ftp://origin.example.com", nil, []string{like}},
		{"no host", "https://", nil, []string{like}},
		{"a port without a host", "https://:8443", nil, []string{like}},
		{"no port", "https://a:b", nil, []string{like}},
		{"a path", "https://origin.example.com/blog", nil, []string{like}},
		{"a slash", "https://origin.example.com/", nil, []string{like}},
		{"a query", "https://origin.example.com?a=b", nil, []string{like}},
		{"an empty query", "https://origin.example.com?", nil, []string{like}},
		{"a fragment", "https://origin.example.com#a", nil, []string{like}},
		{"a user", "https://user:secret@origin.example.com", nil, []string{like}},
		{"the site itself", "https://example.com", []string{"/a"}, []string{"is the site's own address"}},
		{"the site itself with www", "https://WWW.example.com", []string{"/a"}, []string{"is the site's own address"}},
		{"the whole site", "https://origin.example.com", []string{"/**"}, []string{`routed_paths[0]: path "/**" is the whole site`}},
		{"nearly the whole site", "https://origin.example.com", []string{"/a", "/*/**"}, []string{`routed_paths[1]: path "/*/**" is the whole site`}},
		{"our paths", "https://origin.example.com", []string{"/_ds/**", "/_ds", "/_ds/hit"}, []string{"routed_paths[0]: ", "routed_paths[1]: ", "routed_paths[2]: ", "under /_ds/"}},
		{"no paths", "https://origin.example.com", []string{"", "a", "/a?b", "/a*"}, []string{
			`routed_paths[0]: path "" must begin`, `routed_paths[1]: path "a" must begin`, "routed_paths[2]: ", "has a query", `routed_paths[3]: path "/a*": "*" is a whole segment`}},
		{"not as browsers send it", "https://origin.example.com", []string{"/straße/**"}, []string{`write it as browsers send it: "/stra%C3%9Fe/**"`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := Site{Name: "example.com", Site: darksocial.Site{Hosts: []string{"example.com"}}, Origin: tt.origin, RoutedPaths: tt.paths}
			err := s.Check()
			require.Error(t, err)
			for _, want := range tt.want {
				assert.ErrorContains(t, err, want)
			}
			assert.NotContains(t, err.Error(), "secret")
		})
	}
	assert.NoError(t, (&Site{Name: "a", Site: darksocial.Site{Hosts: []string{"example.com"}}, Origin: "http://example.com:8080"}).Check(), "another port is another server")
}
