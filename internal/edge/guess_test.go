package edge

import (
	"bytes"
	"compress/gzip"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGuess(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     Format
	}{
		{"standard log", "#Version: 1.0\n#Fields: date time\n", CloudFront},
		{"version 2 as JSON", `{"date":"2026-11-01","cs-uri-stem":"/a"}`, CloudFront},
		{"ndjson", "\ufeff\n{\"url\":\"/a\"}\n", NDJSON},
		{"combined", `192.0.2.1 - - [23/Nov/2026:14:52:00 +0100] "GET / HTTP/1.1" 200 512 "-" "-"`, Combined},
		{"nothing", "", Combined},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var zipped bytes.Buffer
			z := gzip.NewWriter(&zipped)
			_, err := io.WriteString(z, tt.in)
			require.NoError(t, err)
			require.NoError(t, z.Close())
			for _, in := range []string{tt.in, zipped.String()} {
				got, rest := Guess(strings.NewReader(in))
				assert.Equal(t, tt.want, got)
				all, err := io.ReadAll(rest)
				require.NoError(t, err)
				assert.Equal(t, in, string(all), "nothing was taken")
			}
		})
	}
}
