// Package browsertest gives tests a real browser: Chromium, headless, driven by
// Playwright. What a page's script does in a visitor's browser is tested in one,
// against a server of the test on loopback.
//
//	func TestMain(m *testing.M) { browsertest.Main(m) }
//
//	func TestButton(t *testing.T) {
//		tab := browsertest.Start(t).Profile(t, browsertest.Settings{}).Tab()
//		tab.Open(server.URL + "/article")
//		tab.Click("button")
//		var text string
//		tab.Evaluate(`document.querySelector("output").value`, &text)
//	}
//
// The first Start starts the browser, Main stops it; every Profile is as new as a
// browser on its first day, and ends with its test. Nothing waits for time to
// pass: what happens in the browser is waited for by its event, for half a minute
// at most, and what must not happen is shown by a later event.
//
// Chromium prerenders nothing where a debugger looks on, as the driver does. For
// that, and for a browser that is closed and opened again, there is Unwatched.
//
// It needs Node.js, web/node_modules and Chromium, which is /usr/bin/chromium or
// what CHROMIUM names. Without one of them a test is skipped, or fails if
// DARKSOCIAL_REQUIRE_ALL is 1.
package browsertest

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"darksocial/internal/engine/process"
)

// patience is for the driver to come up, to answer and to end. It takes a second
// to start, and gives up on the browser by itself after 30.
const patience = time.Minute

// flags keep the browser to itself: no GPU, no sandbox (which needs rights that
// containers lack), and not a word to its maker.
var flags = []string{
	"--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
	"--no-first-run", "--disable-quic",
}

// Main runs the tests of a package, stops the browser they shared, and exits. It
// is the same as engine.Main; a package that needs both calls either.
func Main(m *testing.M) { process.Main(m) }

// Browser is a running browser.
type Browser struct {
	process *process.Process
	stdin   io.WriteCloser
	version string

	mu      sync.Mutex
	last    int // id of a command
	waiting map[int]chan answer
}

// command is what the driver is told.
type command struct {
	ID       int       `json:"id"`
	Do       string    `json:"do"`
	Profile  int       `json:"profile,omitempty"`
	Tab      int       `json:"tab,omitempty"`
	URL      string    `json:"url,omitempty"`
	Selector string    `json:"selector,omitempty"`
	Script   string    `json:"script,omitempty"`
	By       int       `json:"by,omitempty"`
	Settings *Settings `json:"settings,omitempty"`
}

// answer is what it says.
type answer struct {
	ID     int             `json:"id"`
	Result json.RawMessage `json:"result"`
	Error  string          `json:"error"`
}

var shared struct {
	sync.Mutex
	browser *Browser
	err     error
}

// Start returns the browser of the test package, which it starts if it is the
// first to ask.
func Start(t testing.TB) *Browser {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.browser == nil && shared.err == nil {
		shared.browser, shared.err = start(t)
	}
	if shared.err != nil {
		t.Fatalf("browsertest: %v", shared.err)
	}
	return shared.browser
}

func start(t testing.TB) (*Browser, error) {
	t.Helper()
	node, driver, chromium := node(t), driver(t), chromium(t)
	args, err := json.Marshal(flags)
	if err != nil {
		return nil, err
	}
	home := process.TempDir(t) // of Playwright's profiles too, whatever becomes of it
	cmd := exec.Command(node, driver)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + home, "CHROMIUM=" + chromium, "CHROMIUM_ARGS=" + string(args)}
	b := &Browser{waiting: map[int]chan answer{}}
	if b.stdin, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	// Not StdoutPipe, which the end of the process closes before all is read.
	stdout, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	cmd.Stdout = w
	ready := make(chan answer, 1)
	b.waiting[0] = ready
	b.process, err = process.Start(cmd)
	_ = w.Close() // the driver has its own
	if err != nil {
		_ = stdout.Close()
		return nil, err
	}
	go b.listen(stdout)
	process.AtExit(t, b.stop)

	said, err := b.wait(ready)
	if err != nil {
		return nil, fmt.Errorf("start Chromium: %w", err)
	}
	return b, json.Unmarshal(said, &b.version)
}

// stop closes the browser and waits for its end.
func (b *Browser) stop() {
	_ = b.stdin.Close()
	select {
	case <-b.process.Done():
	case <-time.After(patience):
	}
	b.process.Stop()
}

// Version is Chromium's: "156.0.8078.108".
func (b *Browser) Version() string { return b.version }

// listen hands out the driver's answers until it ends.
func (b *Browser) listen(stdout *os.File) {
	defer stdout.Close()
	for lines := bufio.NewReader(stdout); ; {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return // whoever waits sees the process end
		}
		var a answer
		if err := json.Unmarshal(line, &a); err != nil {
			a.Error = fmt.Sprintf("the driver wrote %q", line)
		}
		b.mu.Lock()
		asked := b.waiting[a.ID]
		delete(b.waiting, a.ID)
		b.mu.Unlock()
		if asked != nil {
			asked <- a
		}
	}
}

// ask has the driver do something and returns the result.
func (b *Browser) ask(c command) (json.RawMessage, error) {
	asked := make(chan answer, 1)
	b.mu.Lock()
	b.last++
	c.ID = b.last
	b.waiting[c.ID] = asked
	line, err := json.Marshal(c)
	if err == nil {
		_, err = b.stdin.Write(append(line, '\n'))
	}
	b.mu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Do, errors.Join(err, b.ended()))
	}
	result, err := b.wait(asked)
	if err != nil {
		return nil, fmt.Errorf("%s %s%s: %w", c.Do, c.URL, c.Selector, err)
	}
	return result, nil
}

func (b *Browser) wait(asked <-chan answer) (json.RawMessage, error) {
	select {
	case a := <-asked:
		if a.Error != "" {
			return nil, errors.New(a.Error)
		}
		return a.Result, nil
	case <-b.process.Done():
		return nil, b.ended()
	case <-time.After(patience):
		return nil, fmt.Errorf("no answer for %s", patience)
	}
}

// ended says why the driver is no more, or nil if it is there.
func (b *Browser) ended() error {
	select {
	case <-b.process.Done():
		return fmt.Errorf("the browser has ended: %w\n%s", cmp.Or(b.process.Err(), errors.New("by itself")), strings.TrimSpace(b.process.Output()))
	default:
		return nil
	}
}

func node(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		missing(t, "Node.js")
	}
	return path
}

// driver is the script in web/ that drives the browser.
func driver(t testing.TB) string {
	t.Helper()
	web := filepath.Join(process.Root(), "web")
	if _, err := os.Stat(filepath.Join(web, "node_modules", "playwright-core", "package.json")); err != nil {
		missing(t, "web/node_modules")
	}
	return filepath.Join(web, "test", "driver.mjs")
}

func chromium(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath(cmp.Or(os.Getenv("CHROMIUM"), "/usr/bin/chromium"))
	if err != nil {
		missing(t, "Chromium")
	}
	return path
}

func missing(t testing.TB, name string) {
	t.Helper()
	process.Missing(t, name+" is not installed: a browser test needs Node.js, Chromium, and `npm ci` in web/")
}
