package lambdatest

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"darksocial/internal/engine/process"
)

// builds are the functions that this test binary has built.
var builds struct {
	sync.Mutex
	dir string
	by  map[string]string // binary by package
}

// Build builds a function as it is deployed, but for this machine, and returns its
// binary. A package is built once in a test binary. pkg is an import path, or a
// folder relative to the test's, such as "./testdata/echo".
func Build(t testing.TB, pkg string) string {
	t.Helper()
	builds.Lock()
	defer builds.Unlock()
	if binary, done := builds.by[pkg]; done {
		return binary
	}
	if builds.by == nil {
		builds.dir, builds.by = process.TempDir(t), map[string]string{}
	}
	// Lambda wants a file of this name: docs.aws.amazon.com/lambda/latest/dg/golang-package.html
	binary := filepath.Join(builds.dir, strconv.Itoa(len(builds.by))+"-"+path.Base(pkg), "bootstrap")
	// Without net/rpc, which only the retired go1.x runtime needs, it is a third smaller.
	cmd := exec.CommandContext(t.Context(), "go", "build", "-tags", "lambda.norpc", "-trimpath", "-ldflags", "-s -w", "-o", binary, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("lambdatest: build %s: %v\n%s", pkg, err, out)
	}
	builds.by[pkg] = binary
	return binary
}
