package process

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Missing skips a test for which something is not installed, or fails it where
// everything must be tested: if DARKSOCIAL_REQUIRE_ALL is 1.
func Missing(t testing.TB, says string) {
	t.Helper()
	if os.Getenv("DARKSOCIAL_REQUIRE_ALL") == "1" {
		t.Fatal(says)
	}
	t.Skip(says)
}

// workingDir is the folder of the tests, noted before one of them changes it.
var workingDir, _ = os.Getwd()

// Root is the folder of the main module, or "" outside of it.
var Root = sync.OnceValue(func() string {
	for dir := workingDir; ; dir = filepath.Dir(dir) {
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(mod), "module darksocial\n") {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
})
