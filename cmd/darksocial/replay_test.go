package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRecordedEvents holds what collect answers to each recorded request to the file
// beside it. Headers that change with every version of the script or of a page are
// left out.
func TestRecordedEvents(t *testing.T) {
	files, err := filepath.Glob("../../events/collect/*.json")
	require.NoError(t, err)
	tried := 0
	for _, file := range files {
		if strings.HasSuffix(file, ".want.json") {
			continue
		}
		tried++
		t.Run(filepath.Base(file), func(t *testing.T) {
			var out, complaints strings.Builder
			status := run([]string{"replay", "--store", t.TempDir(), "--site", "example.com", file}, streams{strings.NewReader(""), &out, &complaints})
			require.Equal(t, exitOK, status, complaints.String())
			var got answer
			require.NoError(t, json.Unmarshal([]byte(out.String()), &got))
			for _, name := range []string{"Content-Length", "Etag"} {
				delete(got.Headers, name)
			}
			text, err := json.MarshalIndent(got, "", "  ")
			require.NoError(t, err)
			beside := strings.TrimSuffix(file, ".json") + ".want.json"
			if *update {
				require.NoError(t, os.WriteFile(beside, append(text, '\n'), 0o644))
			}
			want, err := os.ReadFile(beside)
			require.NoError(t, err)
			assert.JSONEq(t, string(want), string(text))
		})
	}
	assert.Equal(t, 16, tried)
}
