package browsertest

import (
	"bytes"
	"compress/gzip"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine/process"
)

// maxSize is what a page may have to load for being counted, in bytes as they
// are sent.
const maxSize = 1536

// TestBuild: the committed script is what its source says, and small.
func TestBuild(t *testing.T) {
	committed, err := os.ReadFile(filepath.Join(root(), "internal", "web", "assets", "ds.js"))
	require.NoError(t, err)
	folder := t.TempDir()
	inWeb(t, "esbuild", "build.mjs", folder)
	now, err := os.ReadFile(filepath.Join(folder, "ds.js"))
	require.NoError(t, err)
	assert.True(t, bytes.Equal(now, committed), "ds.js is not what its source says: run `npm run build` in web/")

	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	require.NoError(t, err)
	_, err = w.Write(committed)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	t.Logf("ds.js: %d bytes, %d by gzip", len(committed), packed.Len())
	assert.LessOrEqual(t, packed.Len(), maxSize)

	assert.NotRegexp(t, `[^ -~\n]`, string(committed), "it means the same in any charset")
	assert.NotRegexp(t, `localStorage|sessionStorage|indexedDB|caches|userAgent|plugins|canvas|screen`, string(committed),
		"it stores nothing, and asks for nothing that tells one browser from another")
}

// TestTypes: TypeScript has nothing to say against the source.
func TestTypes(t *testing.T) {
	inWeb(t, "typescript", "node_modules/typescript/bin/tsc", "--noEmit")
}

// inWeb runs a script with Node.js in web/, where it needs a package.
func inWeb(t *testing.T, needs string, script ...string) {
	t.Helper()
	web := filepath.Join(root(), "web")
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
