package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestLogOfOtherKeys: of a long log that has none of the keys, the first lines
// are complained of, and then, once, that it is all of them.
func TestLogOfOtherKeys(t *testing.T) {
	site := filepath.Join(t.TempDir(), "site.json")
	require.NoError(t, os.WriteFile(site, []byte(`{"log_fields": "nginx"}`), 0o600))
	var out, told strings.Builder
	in := strings.NewReader(strings.Repeat(`{"ts":1,"uri":"/geheim"}`+"\n", 300))
	status := run([]string{"classify", "--format", "json", "--site-file", site}, streams{in, &out, &told})
	assert.Equal(t, exitPartial, status)
	assert.Equal(t, 300, strings.Count(out.String(), "\n"))
	assert.Equal(t, told.String()[strings.LastIndex(told.String(), "darksocial: stdin:"):], `darksocial: stdin:100: none of 100 lines has "time", which log_fields gives for time: the log is not what log_fields describes: compare the keys, see docs/site.md
darksocial: 300 of 300 lines could not be read
`)
	assert.Equal(t, complaints+2, strings.Count(told.String(), "\n"))
	assert.NotContains(t, out.String()+told.String(), "geheim")
}
