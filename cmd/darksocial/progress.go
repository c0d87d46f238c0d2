package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/term"

	"darksocial/internal/backfill"
)

// progress tells a person at a terminal how far a long run is, from the first
// second. Where nobody watches it says nothing.
type progress struct {
	out   io.Writer // nil where nobody watches
	now   func() time.Time
	begun time.Time
	last  time.Time

	name       string // of the file being read
	read, size int64  // bytes of it; size is 0 if nobody knows
	skipped    int64  // bytes that a run before this one has read
}

// newProgress shows progress on the terminal err, unless the answers go there too.
func newProgress(s streams) *progress {
	p := newBar(s)
	if isTerminal(s.out) {
		p.out = nil
	}
	return p
}

// newBar shows progress on the terminal err also where the answers go there: they
// come when all is done.
func newBar(s streams) *progress {
	p := &progress{now: time.Now, begun: time.Now()}
	if isTerminal(s.err) {
		p.out = s.err
	}
	return p
}

func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// reading counts what is read of a file of a size in bytes, so that the share of
// it and the time left can be told. It shows the file at once.
func (p *progress) reading(in io.Reader, name string, size int64) io.Reader {
	p.name, p.size = filepath.Base(name), size
	if p.out == nil {
		return in
	}
	p.last = p.now()
	fmt.Fprintf(p.out, "\r%s …", p.name)
	return &counting{in, p}
}

type counting struct {
	in io.Reader
	p  *progress
}

func (c *counting) Read(b []byte) (int, error) {
	n, err := c.in.Read(b)
	c.p.read += int64(n)
	return n, err
}

// lines tells the number of lines done so far, at most every half second; it
// looks at the clock only once in a while.
func (p *progress) lines(n int) {
	if p.out != nil && n%8192 == 0 && p.due() {
		p.show(n)
	}
}

// due reports whether half a second has gone by since something was shown.
func (p *progress) due() bool { return p.now().Sub(p.last) >= 500*time.Millisecond }

// show shows how far it is, after so many lines.
func (p *progress) show(n int) {
	p.last = p.now()
	fmt.Fprint(p.out, "\r\033[K"+p.line(n, p.last.Sub(p.begun)))
}

func (p *progress) line(n int, elapsed time.Duration) string {
	elapsed = max(elapsed, time.Millisecond)
	line := fmt.Sprintf("%s lines, %s a second ", comma(n), comma(int(float64(n)/elapsed.Seconds())))
	if p.size == 0 || p.read == 0 {
		return line
	}
	part := min(float64(p.read)/float64(p.size), 1)
	left := time.Duration(float64(elapsed) * (1 - part) / part).Round(time.Second)
	const width = 20
	bar := make([]rune, width)
	for i := range bar {
		bar[i] = '·'
		if i < int(part*width) {
			bar[i] = '█'
		}
	}
	return fmt.Sprintf("%s %s %3.0f %%  %s left  %s", p.name, string(bar), part*100, left, line)
}

// bytes tells how far the reading of many logs is.
func (p *progress) bytes(r backfill.Reading) {
	if p.out == nil || !p.due() {
		return
	}
	if p.last.IsZero() {
		p.skipped = r.Done // and took no time now
	}
	p.name, p.read, p.size = filepath.Base(r.Name), r.Done-p.skipped, r.All-p.skipped
	p.show(r.Lines)
}

// say tells what is being done where that takes a while.
func (p *progress) say(what string) {
	if p.out != nil {
		p.last = p.now()
		fmt.Fprintf(p.out, "\r\033[K%s …", what)
	}
}

// done takes the line away again.
func (p *progress) done() {
	if p.out != nil && !p.last.IsZero() {
		fmt.Fprint(p.out, "\r\033[K")
	}
}
