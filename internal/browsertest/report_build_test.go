package browsertest_test

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/engine/process"
	"darksocial/internal/report"
)

// TestReportBuild: the committed page is what its source says, is small, and has
// nothing in it that the policy forbids.
func TestReportBuild(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		process.Missing(t, "Node.js is not installed")
	}
	web := filepath.Join(process.Root(), "web")
	for _, needed := range []string{"esbuild", "d3-scale"} {
		if _, err := os.Stat(filepath.Join(web, "node_modules", needed, "package.json")); err != nil {
			process.Missing(t, "web/node_modules is not installed: `npm ci` in web/")
		}
	}
	run := func(args ...string) {
		t.Helper()
		cmd := exec.Command(node, args...)
		cmd.Dir = web
		said, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", said)
	}
	folder := t.TempDir()
	run("build.mjs", folder)
	run("node_modules/typescript/bin/tsc", "-p", "page")

	files := func(in fs.FS) map[string]string {
		all := map[string]string{}
		require.NoError(t, fs.WalkDir(in, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := fs.ReadFile(in, name)
			all[name] = string(content)
			return err
		}))
		return all
	}
	built, committed := files(os.DirFS(filepath.Join(folder, "report"))), files(report.Page)
	assert.True(t, len(built) > 3 && assert.ObjectsAreEqual(built, committed), "the page is not what its source says: run `npm run build` in web/")

	sizes := map[string]int{}
	firstPaint := 0
	for name, content := range committed {
		var packed bytes.Buffer
		w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		require.NoError(t, err)
		_, err = w.Write([]byte(content))
		require.NoError(t, err)
		require.NoError(t, w.Close())
		sizes[filepath.Ext(name)] += packed.Len()
		if filepath.Ext(name) != ".txt" {
			firstPaint += packed.Len()
		}
	}
	t.Logf("bytes by gzip: %v, to the first paint %d", sizes, firstPaint)
	assert.Less(t, firstPaint, 100_000)

	index := committed["index.html"]
	assert.NotRegexp(t, `<style|\sstyle=|\son\w+=|<script>|https?:|<script[^>]*>\s*\S+?</script>`, index)
	for _, named := range regexp.MustCompile(`/(static/[^"]+)`).FindAllStringSubmatch(index, -1) {
		assert.Contains(t, committed, named[1])
	}
	for name, content := range committed {
		if strings.HasSuffix(name, ".js") {
			assert.NotRegexp(t, `innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function`, content, "nothing reads HTML or code")
		}
		if strings.HasSuffix(name, ".css") {
			assert.NotRegexp(t, `url\(|@import`, content, "nothing is loaded from elsewhere")
			assert.Contains(t, content, "@media print")
		}
	}
	assert.Contains(t, committed["licences.txt"], "d3-scale")
}
