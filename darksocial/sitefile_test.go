package darksocial

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const goodSite = `{
  "hosts": ["example.com", "example-shop.de", "localhost"],
  "packages": ["com.example.news"],
  "own_channels": [
    {"utm_source": "whatsapp-kanal", "source": "whatsapp"},
    {"utm_medium": "post", "utm_campaign": "herbst", "source": "telegram"}
  ],
  "topics": [
    {"path": "/politik/**", "topic": "Politik"},
    {"path": "/*/sport", "topic": "Sport"}
  ],
  "pages": {
    "ignore": ["/api/**"],
    "hide": ["/orders/*"]
  }
}
`

func TestParseSite(t *testing.T) {
	want := &Site{
		Hosts:    []string{"example.com", "example-shop.de", "localhost"},
		Packages: []string{"com.example.news"},
		OwnChannels: []OwnChannel{
			{UTMSource: "whatsapp-kanal", Source: "whatsapp"},
			{UTMMedium: "post", UTMCampaign: "herbst", Source: "telegram"},
		},
		Topics: []Topic{{"/politik/**", "Politik"}, {"/*/sport", "Sport"}},
		Pages:  PageRules{Ignore: []string{"/api/**"}, Hide: []string{"/orders/*"}},
	}
	got, err := ParseSite("site.json", []byte(goodSite))
	require.NoError(t, err)
	assert.Equal(t, want, got)
	assert.NoError(t, got.Check())

	for _, empty := range []string{"{}", " {\n} \n", `{"hosts": []}`, `{"pages": {}}`} {
		got, err := ParseSite("site.json", []byte(empty))
		require.NoError(t, err, empty)
		assert.NoError(t, got.Check())
	}
}

// TestSiteProblems: each problem is reported with its file, line and field, and
// what to write instead.
func TestSiteProblems(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"host with a scheme", "{\n\"hosts\": [\n\"a.example\",\n\"https://www.b.example/x\"]}", `site.json:4: hosts[1]: "https://www.b.example/x" is an address; write the host alone: "www.b.example"`},
		{"host with a star", `{"hosts": ["*.a.example"]}`, `site.json:1: hosts[0]: "*.a.example": a host stands for all below it; write "a.example"`},
		{"host with a port", `{"hosts": ["a.example:8080"]}`, `site.json:1: hosts[0]: "a.example:8080" is no host name; write it in lower case and without a port, like "example.com"`},
		{"host in capitals", `{"hosts": ["A.example"]}`, `site.json:1: hosts[0]: "A.example" is no host name; write it in lower case and without a port, like "example.com"`},
		{"host with a final dot", `{"hosts": ["a.example."]}`, `site.json:1: hosts[0]: "a.example." is no host name; write it in lower case and without a port, like "example.com"`},
		{"host of one label", `{"hosts": ["intranet"]}`, `site.json:1: hosts[0]: "intranet" is no host name; write it in lower case and without a port, like "example.com"`},
		{"empty host", `{"hosts": [""]}`, `site.json:1: hosts[0]: "" is no host name; write it in lower case and without a port, like "example.com"`},

		{"package", "{\n\n\"packages\": [\"news\"]}", `site.json:3: packages[0]: "news" is no Android package; write it as in the Play Store's address, like "com.example.app"`},
		{"package with a blank", `{"packages": ["com.example. news"]}`, `site.json:1: packages[0]: "com.example. news" is no Android package; write it as in the Play Store's address, like "com.example.app"`},

		{"channel without values", "{\"own_channels\": [\n{\"source\": \"whatsapp\"}]}", `site.json:2: own_channels[0]: names no utm value; give at least one of utm_source, utm_medium, utm_campaign`},
		{"channel without source", "{\"own_channels\": [\n\n{\"utm_source\": \"a\"}]}", `site.json:3: own_channels[0]: source "": name the app it is posted in, in lower case, like "whatsapp"`},
		{"channel in capitals", `{"own_channels": [{"utm_source": "a", "source": "WhatsApp"}]}`, `site.json:1: own_channels[0]: source "WhatsApp": name the app it is posted in, in lower case, like "whatsapp"`},

		{"topic without name", "{\"topics\": [\n{\"path\": \"/a\"}]}", `site.json:2: topics[0]: has no topic`},
		{"topic without slash", `{"topics": [{"path": "a/**", "topic": "A"}]}`, `site.json:1: topics[0]: path "a/**" must begin with "/"`},
		{"topic without path", `{"topics": [{"topic": "A"}]}`, `site.json:1: topics[0]: path "" must begin with "/"`},

		{"path with a query", "{\"pages\": {\n\"ignore\": [\"/a?b\"]}}", `site.json:2: pages.ignore[0]: path "/a?b" has a query; patterns are of the path alone`},
		{"star in a word", `{"pages": {"ignore": ["/a*"]}}`, `site.json:1: pages.ignore[0]: path "/a*": "*" is a whole segment, and "**" the last one`},
		{"two stars in the middle", `{"pages": {"ignore": ["/a/**/b"]}}`, `site.json:1: pages.ignore[0]: path "/a/**/b": "*" is a whole segment, and "**" the last one`},
		{"hides nothing", "{\"pages\": {\"hide\": [\"/a/*\",\n\"/b\"]}}", `site.json:2: pages.hide[1]: "/b" hides nothing; put "*" for each segment to leave out`},
		{"hidden path without slash", `{"pages": {"hide": ["orders/*"]}}`, `site.json:1: pages.hide[0]: path "orders/*" must begin with "/"`},

		{"several", "{\"hosts\": [\"A\",\n\"b.example/\"],\n\"packages\": [\"c\"]}", `site.json:1: hosts[0]: "A" is no host name; write it in lower case and without a port, like "example.com"
site.json:2: hosts[1]: "b.example/" is an address; write the host alone: "b.example"
site.json:3: packages[0]: "c" is no Android package; write it as in the Play Store's address, like "com.example.app"`},
		{"two in one", "{\n\"topics\": [{\"path\": \"a\"}]}", `site.json:2: topics[0]: has no topic
site.json:2: topics[0]: path "a" must begin with "/"`},
		{"field in capitals", "{\n\"Hosts\": [\"A\"]}", `site.json:2: hosts[0]: "A" is no host name; write it in lower case and without a port, like "example.com"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			site, err := ParseSite("site.json", []byte(tt.text))
			assert.EqualError(t, err, tt.want)
			assert.Nil(t, site)
		})
	}
}

// TestSiteFileThatIsNone: what is wrong with the JSON is said with its line.
func TestSiteFileThatIsNone(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"empty", "", "site.json:1: the file ends too early; is a brace missing?"},
		{"blanks", " \n ", "site.json:1: the file ends too early; is a brace missing?"},
		{"cut off", "{\n\"hosts\": [\n\"a.example\"", "site.json:3: the file ends too early; is a brace missing?"},
		{"brace missing", "{\n\"hosts\": [\"a.example\"]\n", "site.json:2: the file ends too early; is a brace missing?"},
		{"comma too many", "{\n\"hosts\": [\"a.example\",],\n\"packages\": []}", "site.json:2: invalid character ']' looking for beginning of value"},
		{"comma missing", "{\n\"hosts\": [\"a.example\"]\n\"packages\": []}", "site.json:3: invalid character '\"' after object key:value pair"},
		{"comment", "{\n// ours\n\"hosts\": []}", "site.json:2: invalid character '/'"},
		{"byte order mark", "\ufeff{\n\"hosts\": []}", "site.json:1: invalid character 'ï' looking for beginning of value"},
		{"unknown field", "{\n\"hosts\": [],\n\"host\": \"a.example\",\n\"packages\": []\n}", `site.json:3: unknown field "host"`},
		{"unknown field below", "{\n\"pages\": {\n\"hidden\": []}\n\n}", `site.json:3: unknown field "hidden"`},
		{"text for a list", "{\n\"hosts\": \"a.example\"\n}", "site.json:2: hosts must be a list"},
		{"number for a text", "{\n\"hosts\": [\n4711]\n}", "site.json:3: hosts must be a text"},
		{"list for an object", "{\n\"pages\": []\n}", "site.json:2: pages must be an object"},
		{"a list", "[]", "site.json:1: the file must be an object: {…}"},
		{"trailing text", "{}\n\nx", "site.json:3: something stands behind the closing brace"},
		{"two objects", "{}\n{}", "site.json:2: something stands behind the closing brace"},
		{"null", "null", "site.json:1: the file must be an object: {…}"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			site, err := ParseSite("site.json", []byte(tt.text))
			assert.EqualError(t, err, tt.want)
			assert.Nil(t, site)
		})
	}
}

func TestSiteCheck(t *testing.T) {
	site := Site{Hosts: []string{"example.com", "A"}, Pages: PageRules{Ignore: []string{"x"}}}
	assert.EqualError(t, site.Check(), `hosts[1]: "A" is no host name; write it in lower case and without a port, like "example.com"
pages.ignore[0]: path "x" must begin with "/"`)
	assert.NoError(t, (&Site{}).Check())
}

func TestPathFits(t *testing.T) {
	for _, tt := range []struct {
		pattern, path string
		want          bool
	}{
		{"/", "/", true},
		{"/", "", true},
		{"/", "/a", false},
		{"/a", "/a", true},
		{"/a", "/a/", true},
		{"/a/", "/a", true},
		{"/a", "a", true},
		{"/a", "/A", false},
		{"/a", "/ab", false},
		{"/a", "/a/b", false},
		{"/a/b", "/a", false},
		{"/a/b", "/a/b", true},

		{"/*", "/a", true},
		{"/*", "/", false},
		{"/*", "", false},
		{"/*", "/a/b", false},
		{"/a/*", "/a/b", true},
		{"/a/*", "/a", false},
		{"/a/*", "/a/", false},
		{"/a/*", "/a/b/c", false},
		{"/*/b", "/a/b", true},
		{"/*/b", "/a/c", false},
		{"/*/b", "/b", false},
		{"/a/*/c/*", "/a/b/c/d", true},
		{"/a/*/c/*", "/a/b/c", false},

		{"/**", "/", true},
		{"/**", "", true},
		{"/**", "/a/b/c", true},
		{"/a/**", "/a", true},
		{"/a/**", "/a/", true},
		{"/a/**", "/a/b/c", true},
		{"/a/**", "/ab", false},
		{"/a/*/**", "/a", false},
		{"/a/*/**", "/a/", false},
		{"/a/*/**", "/a/b", true},
		{"/a/*/**", "/a/b/c/d", true},
		{"/*/**", "/", false},
		{"/*/**", "/a", true},

		{"/a/**", "/" + strings.Repeat("a/", 1<<19), true},
	} {
		assert.Equal(t, tt.want, PathFits(tt.path, tt.pattern), "%.40q in %q", tt.path, tt.pattern)
	}
}

func TestTopic(t *testing.T) {
	site, err := ParseSite("site.json", []byte(goodSite))
	require.NoError(t, err)
	for path, want := range map[string]string{
		"/politik":       "Politik",
		"/politik/wahl":  "Politik",
		"/politik/sport": "Politik", // the first that fits
		"/lokal/sport":   "Sport",
		"/sport":         "",
		"/":              "",
	} {
		assert.Equal(t, want, site.Topic(path), path)
	}
}

func TestOwnHosts(t *testing.T) {
	listed := Site{Hosts: []string{"example.com"}}
	for host, want := range map[string]bool{
		"example.com": true, "www.example.com": true, "shop.example.com": true, "notexample.com": false, "example.com.evil.example": false, "": false,
	} {
		assert.Equal(t, want, listed.owns(host, "other.example"), host)
	}
	unlisted := Site{}
	for host, want := range map[string]bool{
		"example.com": true, "www.example.com": true, "shop.example.com": false, "": false,
	} {
		assert.Equal(t, want, unlisted.owns(host, "www.example.com"), host)
	}
	assert.False(t, unlisted.owns("", ""), "no host is nobody's")
}
