package browsertest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"darksocial/internal/engine/process"
)

// interval is between two looks at what the browser has written.
const interval = 20 * time.Millisecond

// Unwatched is a browser that nobody drives or looks into: its page has to do
// everything by itself, and to tell its server.
type Unwatched struct {
	t       testing.TB
	profile string
	command *exec.Cmd
	process *process.Process
}

// NewUnwatched returns a browser on its first day, which is not open yet. It ends
// with the test.
func NewUnwatched(t testing.TB) *Unwatched {
	t.Helper()
	// Not t.TempDir: the path of a socket in it must be short.
	profile, err := os.MkdirTemp("", "darksocial-")
	if err != nil {
		t.Fatalf("browsertest: %v", err)
	}
	u := &Unwatched{t: t, profile: profile}
	t.Cleanup(func() {
		u.Close()
		// Its helpers end a little later, and may still write.
		err := os.RemoveAll(profile)
		for deadline := time.Now().Add(patience); err != nil && time.Now().Before(deadline); err = os.RemoveAll(profile) {
			time.Sleep(interval)
		}
		if err != nil {
			t.Errorf("browsertest: %v", err)
		}
	})
	return u
}

// Open opens the browser with a page.
func (u *Unwatched) Open(page string) {
	u.t.Helper()
	u.start(page)
}

// Restore opens it with the tabs that it was closed with.
func (u *Unwatched) Restore() {
	u.t.Helper()
	u.start("--restore-last-session")
}

func (u *Unwatched) start(what string) {
	u.t.Helper()
	u.command = exec.Command(chromium(u.t), append([]string{"--headless", "--user-data-dir=" + u.profile, what}, flags...)...)
	u.command.Env = []string{"HOME=" + u.profile, "TMPDIR=" + u.profile}
	var err error
	if u.process, err = process.Start(u.command); err != nil {
		u.t.Fatalf("browsertest: start Chromium: %v", err)
	}
}

// Remembers waits until the browser has written down that it shows a page, which
// it does some seconds later, and not when it is closed.
func (u *Unwatched) Remembers(page string) {
	u.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(interval) {
		sessions, _ := filepath.Glob(filepath.Join(u.profile, "Default", "Sessions", "Session_*"))
		for _, session := range sessions {
			if content, err := os.ReadFile(session); err == nil && bytes.Contains(content, []byte(page)) {
				return
			}
		}
		if time.Now().After(deadline) {
			u.t.Fatalf("browsertest: the browser has not written down that it shows %s", page)
		}
	}
}

// Close closes the browser as its person does.
func (u *Unwatched) Close() {
	if u.process == nil {
		return
	}
	_ = u.command.Process.Signal(syscall.SIGTERM) // fails if it has ended
	select {
	case <-u.process.Done():
	case <-time.After(patience):
	}
	u.process.Stop()
	if u.t.Failed() {
		u.t.Logf("Chromium wrote: %s", u.process.Output())
	}
}
