package site

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

func TestParse(t *testing.T) {
	sites, err := Parse([]byte(`{
		"www.example.com": {"hosts": ["example.com", "example.org"], "shard_bits": 6, "packages": ["com.example.app"],
			"own_channels": [{"utm_source": "wa-kanal", "source": "whatsapp"}],
			"topics": [{"path": "/sport/**", "topic": "Sport"}], "pages": {"ignore": ["/api/**"], "hide": ["/orders/*"]}},
		"blog": {}, "a-1.example": null
	}`))
	require.NoError(t, err)
	require.Len(t, sites, 3)
	assert.Equal(t, &Site{Name: "a-1.example"}, sites[0], "in the order of their names")
	assert.Equal(t, &Site{Name: "blog"}, sites[1])
	assert.Equal(t, &Site{Name: "www.example.com", ShardBits: 6, Site: darksocial.Site{
		Hosts: []string{"example.com", "example.org"}, Packages: []string{"com.example.app"},
		OwnChannels: []darksocial.OwnChannel{{UTMSource: "wa-kanal", Source: "whatsapp"}},
		Topics:      []darksocial.Topic{{Path: "/sport/**", Topic: "Sport"}},
		Pages:       darksocial.PageRules{Ignore: []string{"/api/**"}, Hide: []string{"/orders/*"}},
	}}, sites[2])
	for _, s := range sites {
		assert.Equal(t, time.UTC, s.Zone())
		require.NoError(t, s.Check())
	}
}

func TestParseRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, json string
		want       []string // all of them in one error
	}{
		{"nothing", "", []string{"sites: "}},
		{"cut", `{"example.com": {"hosts": [`, []string{"sites: "}},
		{"a list", `[{"hosts": ["example.com"]}]`, []string{"sites: "}},
		{"null", "null", []string{"there is none", `{"example.com":{"hosts":["example.com"]}}`}},
		{"none", "{}", []string{"there is none"}},
		{"a site file instead of sites", `{"hosts": ["example.com"]}`, []string{"sites: "}},
		{"an unknown field", `{"example.com": {"host": "example.com"}}`, []string{`unknown field "host"`}},
		{"bits as text", `{"example.com": {"shard_bits": "2"}}`, []string{"shard_bits"}},
		{"half a bit", `{"example.com": {"shard_bits": 0.5}}`, []string{"shard_bits"}},
		{"no name", `{"": {}}`, []string{`site "": a name has`}},
		{"too many bits", `{"example.com": {"shard_bits": 7}}`, []string{`site "example.com": shard_bits 7: give 0 to 6`}},
		{"less than no bits", `{"example.com": {"shard_bits": -1}}`, []string{`shard_bits -1: give 0 to 6`}},
		{"an address as host", `{"example.com": {"hosts": ["https://example.com/"]}}`, []string{`site "example.com": hosts[0]: `, "is an address"}},
		{"all that is wrong, of all sites", `{"A": {"shard_bits": 9, "hosts": ["EXAMPLE.com", "*.example.com"]}, "b/c": {"packages": ["app"], "topics": [{"path": "x"}]}, "fine": {}}`, []string{
			`site "A": a name has`, `site "A": shard_bits 9`, `site "A": hosts[0]: `, "hosts[1]: ",
			`site "b/c": a name has`, `site "b/c": packages[0]: `, "topics[0]: has no topic", `topics[0]: path "x" must begin`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.json))
			require.Error(t, err)
			for _, want := range tt.want {
				assert.ErrorContains(t, err, want)
			}
			assert.NotContains(t, err.Error(), `site "fine"`)
		})
	}
}

// TestNames: a name is a piece of a path and of a key, so it holds nothing that
// could part one.
func TestNames(t *testing.T) {
	for _, good := range []string{"a", "0", "example.com", "www.example.co.uk", "xn--bcher-kva.example", "a-", strings.Repeat("a", 63)} {
		assert.NoError(t, (&Site{Name: good}).Check(), "%q", good)
	}
	for _, bad := range []string{"", ".", "..", "-a", ".a", "A", "a/b", `a\b`, "a b", "a=b", "a_b", "a\x00", "a\n", "\na", "a:80", "bücher.example", "a%2fb", strings.Repeat("a", 64)} {
		assert.ErrorContains(t, (&Site{Name: bad}).Check(), "use the site's host", "%q", bad)
	}
}

// TestLogFields: the sites of a deployment share a bucket of logs, and so the
// keys in them.
func TestLogFields(t *testing.T) {
	sites, err := Parse([]byte(`{
		"a.example": {"hosts": ["a.example"]},
		"b.example": {"hosts": ["b.example"], "log_fields": {"preset": "akamai", "encoded": "referer,user_agent", "country": null}},
		"c.example": {"hosts": ["c.example"], "log_fields": "nginx"}
	}`))
	require.NoError(t, err)
	fields := LogFields(sites)
	require.NotNil(t, fields)
	assert.Equal(t, "akamai", fields.Preset)
	assert.Equal(t, []string{"referer", "user_agent"}, fields.Encoded)
	assert.NotContains(t, fields.Keys, "country")
	assert.Nil(t, LogFields(sites[:1]))
	assert.Nil(t, LogFields(nil))
	_, err = Parse([]byte(`{"a.example": {"log_fields": {"time": "t"}}}`))
	assert.ErrorContains(t, err, `site "a.example": log_fields: no key for the page`)
}
