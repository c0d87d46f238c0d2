package terraform

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestLogLines: what the metric filters look for stands in lines that the functions
// write. A filter that finds nothing would be an alarm that never rings.
func TestLogLines(t *testing.T) {
	filters := regexp.MustCompile(`pattern = "\{ \$\.msg = \\"(.*?)\\" \}", value = "\$\.(\w+)"`).FindAllStringSubmatch(readModule(t), -1)
	require.NotEmpty(t, filters)
	var code strings.Builder
	for _, pattern := range []string{"../job/*.go", "../web/*.go", "../function/*.go"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			code.Write(data)
		}
	}
	for _, f := range filters {
		lines := regexp.MustCompile(`slog\.\w+\([^)]*"`+regexp.QuoteMeta(f[1])+`"[^\n]*`).FindAllString(code.String(), -1)
		require.NotEmpty(t, lines, "nobody logs %q", f[1])
		for _, line := range lines {
			assert.Contains(t, line, `"`+f[2]+`"`, "no number to add up")
		}
	}
}
