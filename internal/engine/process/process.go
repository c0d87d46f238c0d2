// Package process runs the programs that a test needs beside it, and sees to it
// that none outlives the test: not when the test fails, and on Linux not even
// when the test binary is killed.
package process

import (
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// Process is a program that was started.
type Process struct {
	cmd    *exec.Cmd
	output output
	done   chan struct{}
	err    error
}

// Start starts a program in a process group of its own. What it writes to
// stdout, if cmd.Stdout is nil, and to stderr is kept for Output.
func Start(cmd *exec.Cmd) (*Process, error) {
	p := &Process{cmd: cmd, done: make(chan struct{})}
	if err := p.output.open(); err != nil {
		return nil, fmt.Errorf("a file for the output of %s: %w", cmd.Path, err)
	}
	if cmd.Stdout == nil {
		cmd.Stdout = p.output.file
	}
	cmd.Stderr = p.output.file
	// Where input or output goes through a pipe, its end is waited for, but not for
	// ever: a child of the program may hold it.
	cmd.WaitDelay = 5 * time.Second
	separate(cmd)

	started := make(chan error)
	go func() {
		// Linux sends the parent-death signal when the *thread* that started the
		// program ends (prctl(2), go.dev/issue/27505), so that thread is held here
		// for as long as the program runs.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			p.err = cmd.Wait()
		}
		p.output.close()
		close(p.done)
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return p, nil
}

// Stop kills the program and all it started, and waits for its end.
func (p *Process) Stop() {
	select {
	case <-p.done:
		return
	default:
	}
	kill(p.cmd)
	<-p.done
}

// Done is closed when the program has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Err says how the program ended, as exec.Cmd.Wait does; it waits for the end.
func (p *Process) Err() error {
	<-p.done
	return p.err
}

// Output is what the program has written so far.
func (p *Process) Output() string { return p.output.String() }

// output is a file, not a pipe: what the program has written is there at once, so
// a test that has its answer also has what was logged before it.
type output struct {
	mu   sync.Mutex
	file *os.File // without a name, so that nothing of it stays
	all  string   // once the file is closed
}

func (o *output) open() (err error) {
	if o.file, err = os.CreateTemp("", "darksocial-output-"); err != nil {
		return err
	}
	return os.Remove(o.file.Name())
}

func (o *output) close() {
	all := o.String()
	o.mu.Lock()
	defer o.mu.Unlock()
	o.all = all
	_ = o.file.Close() // only read from here
	o.file = nil
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.file == nil {
		return o.all
	}
	text, err := io.ReadAll(io.NewSectionReader(o.file, 0, math.MaxInt64))
	if err != nil {
		return "its output cannot be read: " + err.Error()
	}
	return string(text)
}
