package browsertest

import (
	"bytes"
	"compress/gzip"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine/process"
)

// maxSizes are what a page may have to load, in bytes as they are sent: for being
// counted, for being read, and for having buttons.
var maxSizes = map[string]int{"ds.js": 1536, "read.js": 2048, "share.js": 5120}

// stores are all that a script does to what is kept in the browser, beside cookies.
var stores = map[string]string{
	"ds.js":   "localStorage.removeItem",
	"read.js": "localStorage.setItem localStorage.getItem localStorage.removeItem", // after consent
}

// TestBuild: the committed scripts are what their source says, and small.
func TestBuild(t *testing.T) {
	folder := t.TempDir()
	inWeb(t, "esbuild", "build.mjs", folder)
	for name, maxSize := range maxSizes {
		t.Run(name, func(t *testing.T) {
			committed, err := os.ReadFile(filepath.Join(process.Root(), "internal", "web", "assets", name))
			require.NoError(t, err)
			now, err := os.ReadFile(filepath.Join(folder, name))
			require.NoError(t, err)
			assert.True(t, bytes.Equal(now, committed), "%s is not what its source says: run `npm run build` in web/", name)

			var packed bytes.Buffer
			w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
			require.NoError(t, err)
			_, err = w.Write(committed)
			require.NoError(t, err)
			require.NoError(t, w.Close())
			t.Logf("%s: %d bytes, %d by gzip", name, len(committed), packed.Len())
			assert.LessOrEqual(t, packed.Len(), maxSize)

			assert.NotRegexp(t, `[^ -~\n]`, string(committed), "it means the same in any charset")
			assert.NotRegexp(t, `sessionStorage|indexedDB|caches`, string(committed), "it stores nothing there")
			assert.Equal(t, stores[name], strings.Join(regexp.MustCompile(`localStorage(\.\w+)?`).FindAllString(string(committed), -1), " "))
			if name != "share.js" { // which offers on a phone what works on a phone, and tells nobody
				assert.NotRegexp(t, `userAgent|plugins|canvas|screen`, string(committed), "it asks for nothing that tells one browser from another")
			}
		})
	}
}

// TestTypes: TypeScript has nothing to say against the source.
func TestTypes(t *testing.T) {
	inWeb(t, "typescript", "node_modules/typescript/bin/tsc", "--noEmit")
}

// inWeb runs a script with Node.js in web/, where it needs a package.
func inWeb(t *testing.T, needs string, script ...string) {
	t.Helper()
	web := filepath.Join(process.Root(), "web")
	if _, err := os.Stat(filepath.Join(web, "node_modules", needs, "package.json")); err != nil {
		missing(t, "web/node_modules")
	}
	cmd := exec.Command(node(t), script...)
	cmd.Dir = web
	p, err := process.Start(cmd)
	require.NoError(t, err)
	t.Cleanup(p.Stop)
	require.NoError(t, p.Err(), p.Output())
}
