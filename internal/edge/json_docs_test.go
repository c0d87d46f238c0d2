package edge

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

// vendorPage is the part of docs/site.md under a vendor's heading, in blocks.
func vendorPage(t *testing.T, heading string) (fields []*darksocial.FieldMap, blocks []string, text string) {
	t.Helper()
	data, err := os.ReadFile("../../docs/site.md")
	require.NoError(t, err)
	_, text, ok := strings.Cut(string(data), "\n### "+heading+"\n")
	require.True(t, ok, "docs/site.md has no %s", heading)
	text, _, _ = strings.Cut(text, "\n### ")
	for _, block := range regexp.MustCompile("(?s)```(\\w+)\n(.*?)```").FindAllStringSubmatch(text, -1) {
		if block[1] != "json" {
			blocks = append(blocks, strings.TrimSpace(block[2]))
			continue
		}
		site, err := darksocial.ParseSite("docs/site.md", []byte(block[2]))
		require.NoError(t, err)
		fields = append(fields, site.LogFields)
	}
	require.NotEmpty(t, fields)
	return fields, blocks, text
}

// TestSitePageLines: the line the page shows for each vendor is read with the map
// it shows, and is the same visit for all.
func TestSitePageLines(t *testing.T) {
	for _, vendor := range []string{"Cloudflare", "Fastly", "Akamai", "nginx"} {
		fields, blocks, text := vendorPage(t, vendor)
		line := readOne(t, blocks[len(blocks)-1], Options{Format: JSON, FieldMap: fields[0]})
		require.NoError(t, line.Err, vendor)
		v := line.Visit
		assert.Equal(t, at145200.Unix(), v.Time.Unix(), vendor)
		assert.Equal(t, "WhatsApp/2.25.33.70 A", v.UserAgent, vendor)
		assert.Equal(t, []string{"www.example.com", "/artikel/moor", "a=b", "", "GET", "text/html"}, []string{v.Host, v.Path, v.Query, v.Referer, v.Method, v.ContentType}, vendor)
		assert.Equal(t, 200, v.Status, vendor)
		assert.NotEmpty(t, v.ID, vendor)
		assert.True(t, v.Sees.Has(logSees), vendor)
		for _, key := range fields[0].Keys {
			for _, key := range strings.Fields(key) {
				assert.Contains(t, text, key, "%s: docs/site.md does not tell to log it", vendor)
			}
		}
	}
	fields, _, _ := vendorPage(t, "Cloudflare")
	assert.True(t, fields[1].SeesHeaders())
	fields, _, _ = vendorPage(t, "Others")
	assert.True(t, fields[0].SeesHeaders())
}

// TestSitePageFormats: the formats the page has for Fastly and nginx write JSON,
// with the keys of their presets and no others.
func TestSitePageFormats(t *testing.T) {
	_, blocks, _ := vendorPage(t, "Fastly")
	fastly := blocks[0]
	require.NotContains(t, fastly, "\n")
	fastly = regexp.MustCompile(`%\{[^}]*\}V`).ReplaceAllString(fastly, "1")

	_, blocks, _ = vendorPage(t, "nginx")
	nginx := ""
	for _, part := range regexp.MustCompile(`'([^']*)'`).FindAllStringSubmatch(blocks[0], -1) {
		nginx += part[1]
	}
	for key, variable := range map[string]string{"sec_ch_ua": "$http_sec_ch_ua", "path": "$request_uri", "content_type": "$sent_http_content_type"} {
		assert.Contains(t, nginx, `"`+key+`":"`+variable+`"`)
	}
	nginx = regexp.MustCompile(`\$\w+`).ReplaceAllString(nginx, "1")

	for preset, format := range map[string]string{"fastly": fastly, "nginx": nginx} {
		var line map[string]any
		require.NoError(t, json.Unmarshal([]byte(format), &line), format)
		m, ok := darksocial.LogPreset(preset)
		require.True(t, ok)
		assert.ElementsMatch(t, slices.Collect(maps.Values(m.Keys)), slices.Collect(maps.Keys(line)), preset)
	}
}
