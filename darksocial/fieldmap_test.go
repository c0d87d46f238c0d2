package darksocial

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func parseFields(t *testing.T, text string) *FieldMap {
	t.Helper()
	site, err := ParseSite("site.json", []byte(`{"log_fields": `+text+`}`))
	require.NoError(t, err)
	return site.LogFields
}

func TestFieldMap(t *testing.T) {
	nginx, ok := LogPreset("nginx")
	require.True(t, ok)
	akamai, ok := LogPreset("akamai")
	require.True(t, ok)

	assert.Nil(t, parseFields(t, `null`), "no map")
	assert.Equal(t, nginx, parseFields(t, `"nginx"`))
	assert.Equal(t, nginx, parseFields(t, `{"preset": "nginx"}`))
	assert.Equal(t, nginx, parseFields(t, `{"preset": "nginx", "country": null, "encoded": null, "omits_empty": null}`))

	assert.Equal(t, &FieldMap{Keys: map[string]string{"time": "ts", "host": "request.host", "path": "uri", "headers.sec-fetch-site": "h.sfs"}, Encoded: []string{"path"}, OmitsEmpty: true},
		parseFields(t, `{"time": "ts", "host": "request.host", "path": "uri", "headers.sec-fetch-site": "h.sfs", "encoded": ["path"], "omits_empty": true}`))
	assert.Equal(t, &FieldMap{Keys: map[string]string{"time": "ts", "url": "u", "scheme": "s"}}, parseFields(t, `{"preset": null, "time": "ts", "url": "u", "scheme": "s"}`))

	// Over a preset: keys of one's own, keys taken away, a url instead of its parts.
	got := parseFields(t, `{"preset": "akamai", "id": "reqId cliPort", "country": null, "headers.dnt": "customField"}`)
	assert.Equal(t, "reqId cliPort", got.Keys["id"])
	assert.Equal(t, "customField", got.Keys["headers.dnt"])
	assert.NotContains(t, got.Keys, "country")
	assert.Equal(t, akamai.Keys["time"], got.Keys["time"])
	assert.Equal(t, akamai.Encoded, got.Encoded)
	assert.True(t, got.OmitsEmpty)
	assert.Equal(t, []string{"content_type", "user_agent"}, parseFields(t, `{"preset": "akamai", "referer": null}`).Encoded)
	got = parseFields(t, `{"preset": "akamai", "url": "reqUrl"}`)
	assert.Equal(t, "reqUrl", got.Keys["url"])
	assert.NotContains(t, got.Keys, "host")
	assert.NotContains(t, got.Keys, "path")
	assert.NotContains(t, got.Keys, "query")

	// Terraform's maps hold texts alone.
	got = parseFields(t, `{"preset": "akamai", "encoded": "referer, user_agent", "omits_empty": "false"}`)
	assert.Equal(t, []string{"referer", "user_agent"}, got.Encoded)
	assert.False(t, got.OmitsEmpty)
	assert.Empty(t, parseFields(t, `{"preset": "akamai", "encoded": []}`).Encoded)

	again, _ := LogPreset("akamai")
	assert.Equal(t, akamai, again, "presets stay what they are")
	akamai.Keys["time"], akamai.Encoded[0] = "x", "x"
	fresh, _ := LogPreset("akamai")
	assert.Equal(t, again, fresh, "nor can they be changed from outside")
}

func TestPresets(t *testing.T) {
	for name := range presets {
		m, ok := LogPreset(name)
		require.True(t, ok)
		assert.NoError(t, m.Check(), name)
		assert.Equal(t, name, m.Preset)
		for _, field := range []string{"time", "id", "referer", "user_agent", "method", "status", "content_type"} {
			assert.Contains(t, m.Keys, field, name)
		}
		assert.Equal(t, name == "fastly" || name == "nginx", m.SeesHeaders(), name)
	}
	assert.Equal(t, "akamai, cloudflare, fastly, nginx", presetNames())
	_, ok := LogPreset("Nginx")
	assert.False(t, ok)
}

// TestSeesHeaders: a map sees headers if it names all whose absence says
// something. Facts must not learn to read the absence of another one.
func TestSeesHeaders(t *testing.T) {
	whole, _ := LogPreset("nginx")
	for name := range whole.Keys {
		header, ok := strings.CutPrefix(name, headerPrefix)
		if !ok {
			continue
		}
		m, _ := LogPreset("nginx")
		delete(m.Keys, name)
		assert.Equal(t, !slices.Contains(tellingHeaders, header), m.SeesHeaders(), header)
	}
	for _, name := range tellingHeaders {
		assert.Contains(t, whole.Keys, headerPrefix+name)
	}
}

// TestFieldMapProblems: each with its line, and what to do.
func TestFieldMapProblems(t *testing.T) {
	const names = "time, url, host, path, query, id, referer, user_agent, method, status, content_type, country, scheme"
	for _, tt := range []struct{ name, text, want string }{
		{"unknown preset", "{\n\"log_fields\": \"cloudfare\"}", `site.json:2: log_fields: "cloudfare" is no preset; use one of akamai, cloudflare, fastly, nginx, or name the keys yourself`},
		{"empty preset", "{\n\"log_fields\": \"\"}", `site.json:2: log_fields: "" is no preset; use one of akamai, cloudflare, fastly, nginx, or name the keys yourself`},
		{"unknown preset of an object", "{\"log_fields\": {\n\"id\": \"x\",\n\"preset\": \"Nginx\"}}", `site.json:3: log_fields.preset: "Nginx" is no preset; use one of akamai, cloudflare, fastly, nginx, or name the keys yourself`},
		{"preset of another kind", `{"log_fields": {"preset": 1}}`, `site.json:1: log_fields.preset: "1" is no preset; use one of akamai, cloudflare, fastly, nginx, or name the keys yourself`},
		{"a list", "{\n\n\"log_fields\": [\"nginx\"]}", `site.json:3: log_fields: must be the name of a preset (akamai, cloudflare, fastly, nginx) or an object of our names and the log's keys`},
		{"a number", `{"log_fields": 1}`, `site.json:1: log_fields: must be the name of a preset (akamai, cloudflare, fastly, nginx) or an object of our names and the log's keys`},

		{"unknown name", "{\"log_fields\": {\"preset\": \"nginx\",\n\"useragent\": \"ua\"}}", `site.json:2: log_fields.useragent: "useragent" is none of our names; use ` + names + ` or headers.<name>`},
		{"unknown name taken away", "{\"log_fields\": {\"preset\": \"nginx\",\n\"Country\": null}}", `site.json:2: log_fields.country: "Country" is none of our names; use ` + names + ` or headers.<name>`},
		{"name in capitals", "{\"log_fields\": {\"preset\": \"nginx\",\n\"Referer\": \"ref\"}}", `site.json:2: log_fields.referer: "Referer" is none of our names; use ` + names + ` or headers.<name>`},
		{"a header that says nothing", "{\"log_fields\": {\"preset\": \"nginx\",\n\"headers.accept\": \"a\"}}", `site.json:2: log_fields.headers.accept: "accept" is no header that says where a visit came from; leave it out`},
		{"a header without name", `{"log_fields": {"preset": "nginx", "headers.": "a"}}`, `site.json:1: log_fields.headers.: "" is no header that says where a visit came from; leave it out`},
		{"a header in capitals", "{\"log_fields\": {\"preset\": \"cloudflare\",\n\"headers.DNT\": \"a\"}}", `site.json:2: log_fields.headers.dnt: write the header's name in lower case: "headers.dnt"`},
		{"a header that has a name", `{"log_fields": {"preset": "nginx", "headers.user-agent": "a"}}`, `site.json:1: log_fields.headers.user-agent: the name for this header is "user_agent"`},

		{"empty key", "{\"log_fields\": {\"preset\": \"nginx\",\n\"id\": \"\"}}", `site.json:2: log_fields.id: is empty; name the key in the log's JSON line, or leave it out`},
		{"blank id", `{"log_fields": {"preset": "nginx", "id": "  "}}`, `site.json:1: log_fields.id: is empty; name the key in the log's JSON line, or leave it out`},
		{"empty time", `{"log_fields": {"preset": "nginx", "time": ""}}`, `site.json:1: log_fields.time: is empty; name the key in the log's JSON line, or leave it out`},
		{"a dot too many", "{\"log_fields\": {\"preset\": \"nginx\",\n\"host\": \"request..host\"}}", `site.json:2: log_fields.host: "request..host": a dot leads into an object, so no part may be empty; write it like "request.host"`},
		{"a dot at the end", `{"log_fields": {"preset": "nginx", "id": "x y."}}`, `site.json:1: log_fields.id: "y.": a dot leads into an object, so no part may be empty; write it like "request.host"`},
		{"a key that is none", "{\"log_fields\": {\"preset\": \"nginx\",\n\"id\": 7}}", `site.json:2: log_fields.id: must be a text: the key in the log's JSON line`},
		{"one key for two", "{\"log_fields\": {\"preset\": \"nginx\",\n\"query\": \"path\"}}", `site.json:2: log_fields.query: "path" is the key of path already; give each its own`},

		{"no time", "{\n\"log_fields\": {\"url\": \"u\"}}", `site.json:2: log_fields: no key for "time"; name the one that holds when the request was made`},
		{"no page", `{"log_fields": {"time": "t", "query": "q"}}`, `site.json:1: log_fields: no key for the page; name one for "url", or for "host" and "path"`},
		{"no host", `{"log_fields": {"time": "t", "path": "p"}}`, `site.json:1: log_fields: no key for "host"; name the one that holds the host that was asked for`},
		{"no path", `{"log_fields": {"time": "t", "host": "h"}}`, `site.json:1: log_fields: no key for "path"; name the one that holds the path, with the query or without`},
		{"the path taken away", `{"log_fields": {"preset": "nginx", "path": null}}`, `site.json:1: log_fields: no key for "path"; name the one that holds the path, with the query or without`},
		{"nothing", `{"log_fields": {}}`, "site.json:1: log_fields: no key for \"time\"; name the one that holds when the request was made\n" + `site.json:1: log_fields: no key for the page; name one for "url", or for "host" and "path"`},
		{"url and its parts", "{\"log_fields\": {\"time\": \"t\",\n\"url\": \"u\",\n\"host\": \"h\"}}", `site.json:3: log_fields.host: "url" holds host, path and query; leave this out`},

		{"encoded of no key", "{\"log_fields\": {\"time\": \"t\", \"url\": \"u\",\n\"encoded\": [\"referer\"]}}", `site.json:2: log_fields.encoded: "referer" has no key here; name one, or leave it out`},
		{"encoded time", `{"log_fields": {"time": "t", "url": "u", "encoded": "time"}}`, `site.json:1: log_fields.encoded: time is a number, and never encoded; leave it out`},
		{"encoded of another kind", `{"log_fields": {"time": "t", "url": "u", "encoded": true}}`, `site.json:1: log_fields.encoded: must be a list of our names, like ["referer", "user_agent"]`},
		{"encoded list of another kind", `{"log_fields": {"time": "t", "url": "u", "encoded": [1]}}`, `site.json:1: log_fields.encoded: must be a list of our names, like ["referer", "user_agent"]`},
		{"omits_empty of another kind", "{\"log_fields\": {\"time\": \"t\", \"url\": \"u\",\n\"omits_empty\": \"yes\"}}", `site.json:2: log_fields.omits_empty: must be true or false`},

		{"with other problems", "{\"hosts\": [\"A\"],\n\"log_fields\": {\"time\": \"t\", \"url\": \"u\",\n\"x\": \"y\",\n\"status\": \"t\"}}", `site.json:1: hosts[0]: "A" is no host name; write it in lower case and without a port, like "example.com"
site.json:2: log_fields.time: "t" is the key of status already; give each its own
site.json:3: log_fields.x: "x" is none of our names; use ` + names + ` or headers.<name>`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			site, err := ParseSite("site.json", []byte(tt.text))
			assert.EqualError(t, err, tt.want)
			assert.Nil(t, site)
		})
	}
}

func TestFieldMapCheck(t *testing.T) {
	m := &FieldMap{Keys: map[string]string{"time": "t"}, Encoded: []string{"referer"}}
	assert.EqualError(t, m.Check(), `log_fields.encoded: "referer" has no key here; name one, or leave it out`+"\n"+
		`log_fields: no key for the page; name one for "url", or for "host" and "path"`)
	assert.EqualError(t, (&Site{LogFields: &FieldMap{Keys: map[string]string{"url": "u"}}}).Check(), `log_fields: no key for "time"; name the one that holds when the request was made`)
}

// TestFieldNames: every name of ours is told of, and every header the classifier
// reads may be mapped.
func TestFieldNames(t *testing.T) {
	for _, name := range FieldNames {
		assert.Empty(t, nameProblem(name))
	}
	for _, name := range []string{"x-requested-with", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "sec-purpose", "purpose", "x-purpose", "x-moz", "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "sec-gpc", "dnt"} {
		assert.Empty(t, nameProblem(headerPrefix+name))
	}
	for preset := range maps.Keys(presets) {
		for name := range presets[preset].Keys {
			assert.Empty(t, nameProblem(name), preset)
		}
	}
}
