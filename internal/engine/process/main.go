package process

import (
	"os"
	"sync"
	"testing"
)

// exits are what Main does after the tests.
var exits struct {
	sync.Mutex
	running bool
	do      []func()
}

// Main runs the tests of a package, then what was left to AtExit, and exits. It
// is the whole of a TestMain.
func Main(m *testing.M) { os.Exit(run(m.Run)) }

func run(tests func() int) int {
	exits.Lock()
	exits.running = true
	exits.Unlock()
	defer func() {
		exits.Lock()
		do := exits.do
		exits.running, exits.do = false, nil
		exits.Unlock()
		for i := len(do) - 1; i >= 0; i-- {
			do[i]()
		}
	}()
	return tests()
}

// AtExit leaves something to do after the last test of the package: to stop what
// the tests share. t.Cleanup cannot, since it ends with its test.
func AtExit(t testing.TB, do func()) {
	t.Helper()
	exits.Lock()
	defer exits.Unlock()
	if !exits.running {
		t.Fatal("what tests share must be stopped after them: add `func TestMain(m *testing.M) { engine.Main(m) }`")
	}
	exits.do = append(exits.do, do)
}

// TempDir makes a folder for what tests share, which is removed after the last
// test of the package.
func TempDir(t testing.TB) string {
	t.Helper()
	var dir string
	AtExit(t, func() { _ = os.RemoveAll(dir) })
	var err error
	if dir, err = os.MkdirTemp("", "darksocial-"); err != nil {
		t.Fatalf("a folder for what tests share: %v", err)
	}
	return dir
}
