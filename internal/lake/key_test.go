package lake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/internal/lake"
)

// TestKeysSayWhatIsWrong looks at the error; laketest has the keys.
func TestKeysSayWhatIsWrong(t *testing.T) {
	d := openDisk(t, t.TempDir())
	for key, want := range map[string]string{
		"a//b":                     "empty part",
		"a/../b":                   "starts with a dot",
		"a\nb":                     "control character",
		"a\xff":                    "not UTF-8",
		strings.Repeat("a", 256):   "256 bytes",
		strings.Repeat("a/", 1000): "2000 bytes",
	} {
		_, err := d.ETag(t.Context(), key)
		assert.ErrorIs(t, err, lake.ErrKey)
		assert.ErrorContains(t, err, want)
	}
}
