// Package layout holds no code, only the test that keeps the import direction:
//
//	functions, cmd → internal → darksocial → standard library
package layout

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	pathpkg "path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = "../.."

// maxLines is how long a file may be before it holds more than one idea.
const maxLines = 400

// coreMayNot are packages that would make the core depend on the world.
var coreMayNot = []string{
	"net", "net/http", "os", "os/exec", "io/fs", "path/filepath", "syscall", "log", "log/slog", "math/rand", "math/rand/v2",
	"crypto/rand", "database/sql", "regexp", "unsafe",
}

// stores are the concrete stores. Only the programs choose one.
var stores = []string{"darksocial/internal/dynamo", "darksocial/internal/lake", "darksocial/internal/embedded"}

// forTests are packages that run something for other packages' tests.
var forTests = []string{"internal/lambdatest", "internal/browsertest"}

// goFile is one parsed file of the module.
type goFile struct {
	path   string // below the module's root, with slashes
	source []byte
	*ast.File
}

func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && path != root) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), path, source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		below, err := filepath.Rel(root, path)
		files = append(files, goFile{filepath.ToSlash(below), source, parsed})
		return err
	})
	require.NoError(t, err)
	require.Greater(t, len(files), 20, "the module's files were not found")
	return files
}

func TestImportDirection(t *testing.T) {
	for _, file := range goFiles(t) {
		top, _, _ := strings.Cut(file.path, "/")
		test := strings.HasSuffix(file.path, "_test.go")
		for _, spec := range file.Imports {
			imported := strings.Trim(spec.Path.Value, `"`)
			assert.Empty(t, problem(top, file.path, imported, test), "%s imports %s", file.path, imported)
		}
	}
}

// problem says what is wrong with an import, or "".
func problem(top, path, imported string, test bool) string {
	ours := strings.HasPrefix(imported, "darksocial/")
	library := !ours && strings.Contains(strings.Split(imported, "/")[0], ".")
	switch {
	case top == "darksocial" && ours && !strings.HasPrefix(imported, "darksocial/darksocial"):
		return "the core imports nothing of the project but itself"
	case top == "darksocial" && library && !test && !(imported == "github.com/mssola/useragent" && path == "darksocial/useragent.go"):
		return "the core needs no library but mssola/useragent, in useragent.go"
	case imported == "math/rand/v2" && strings.HasPrefix(path, "darksocial/estimate/"):
		return "" // a bootstrap draws, by the seed it is given
	case top == "darksocial" && !test && in(coreMayNot, imported):
		return "the core is pure: no I/O, no clock, no randomness, no regular expressions"
	case top == "internal" && ours && (strings.HasPrefix(imported, "darksocial/cmd/") || strings.HasPrefix(imported, "darksocial/functions/")):
		return "imports point inwards"
	case top == "internal" && !test && in(stores, imported):
		return "a store is chosen by a main, and passed in"
	case strings.HasPrefix(imported, "github.com/parquet-go/") && !strings.HasPrefix(path, "internal/parquetfile/"):
		return "Parquet is 12 MB of program: only parquetfile links it, and only who needs tables links that"
	case strings.HasPrefix(imported, "darksocial/internal/parquetfile") && !test && !strings.HasPrefix(path, "internal/parquetfile/") && !strings.HasPrefix(path, "functions/rollup/") && !strings.HasPrefix(path, "functions/report/") && !strings.HasPrefix(path, "cmd/"):
		return "the encoding of tables is chosen by a main, and passed in"
	case strings.HasPrefix(imported, "darksocial/internal/engine") && !test && !strings.HasPrefix(path, "internal/engine/") && !in(forTests, pathpkg.Dir(path)):
		return "engines are for tests"
	case strings.HasPrefix(imported, "github.com/dop251/goja") && !strings.HasPrefix(path, "internal/edgefunction/"),
		imported == "darksocial/internal/edgefunction" && top == "functions" && !test:
		return "a JavaScript engine stands in for the CDN, on one machine; no function needs one"
	case top == "terraform" && ours:
		return "what is deployed beside the functions knows nothing of them"
	}
	return ""
}

func in(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

// TestProblem keeps the test above able to fail.
func TestProblem(t *testing.T) {
	for _, tt := range []struct {
		path, imported string
		test, want     bool
	}{
		{"darksocial/classify.go", "strings", false, false},
		{"darksocial/classify.go", "net/http", false, true},
		{"darksocial/classify.go", "darksocial/internal/edge", false, true},
		{"darksocial/classify.go", "github.com/mssola/useragent", false, true},
		{"darksocial/useragent.go", "github.com/mssola/useragent", false, false},
		{"darksocial/share/code.go", "darksocial/darksocial", false, false},
		{"darksocial/classify_test.go", "github.com/stretchr/testify/assert", true, false},
		{"internal/edge/reader.go", "darksocial/darksocial", false, false},
		{"internal/edge/reader.go", "darksocial/cmd/darksocial", false, true},
		{"internal/job/label.go", "darksocial/internal/dynamo", false, true},
		{"functions/label/main.go", "darksocial/internal/dynamo", false, false},
		{"functions/label/main.go", "darksocial/internal/parquetfile", false, true},
		{"functions/rollup/main.go", "darksocial/internal/parquetfile", false, false},
		{"internal/job/rollup.go", "darksocial/internal/parquetfile", false, true},
		{"internal/job/rollup_test.go", "darksocial/internal/parquetfile", true, false},
		{"internal/report/report.go", "darksocial/internal/parquetfile/tablereaders", false, true},
		{"internal/lake/s3.go", "github.com/parquet-go/parquet-go", false, true},
		{"internal/job/label.go", "darksocial/internal/engine", false, true},
		{"internal/browsertest/browser.go", "darksocial/internal/engine/process", false, false},
		{"internal/browsertesting/browser.go", "darksocial/internal/engine/process", false, true},
		{"internal/front/front.go", "darksocial/internal/edgefunction", false, false},
		{"internal/front/front.go", "github.com/dop251/goja", false, true},
		{"functions/collect/main.go", "darksocial/internal/edgefunction", false, true},
		{"terraform/edge/edge.go", "darksocial/internal/edgefunction", false, true},
	} {
		top, _, _ := strings.Cut(tt.path, "/")
		assert.Equal(t, tt.want, problem(top, tt.path, tt.imported, tt.test) != "", "%s imports %s", tt.path, tt.imported)
	}
}

// TestNoClock: the core is told the time.
func TestNoClock(t *testing.T) {
	for _, file := range goFiles(t) {
		if !strings.HasPrefix(file.path, "darksocial/") {
			continue
		}
		ast.Inspect(file.File, func(n ast.Node) bool {
			if call, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := call.X.(*ast.Ident); ok && pkg.Name == "time" {
					assert.NotContains(t, []string{"Now", "Since", "Until", "Sleep", "After", "Tick"}, call.Sel.Name, file.path)
				}
			}
			return true
		})
	}
}

func TestFilesAreShort(t *testing.T) {
	for _, file := range goFiles(t) {
		assert.LessOrEqual(t, bytes.Count(file.source, []byte("\n")), maxLines, "%s: is there more than one idea in it?", file.path)
	}
}
