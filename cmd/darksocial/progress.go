package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// progress tells a person at a terminal how far a long run is. Where nobody
// watches it says nothing.
type progress struct {
	out   io.Writer // nil where nobody watches
	begun time.Time
	last  time.Time
}

// newProgress shows progress on the terminal err, unless the answers go there too.
func newProgress(s streams) *progress {
	p := &progress{begun: time.Now()}
	if isTerminal(s.err) && !isTerminal(s.out) {
		p.out = s.err
	}
	return p
}

func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// lines tells the number of lines done so far, at most every half second; it
// looks at the clock only once in a while.
func (p *progress) lines(n int) {
	if p.out == nil || n%8192 != 0 {
		return
	}
	now := time.Now()
	if now.Sub(p.last) < 500*time.Millisecond {
		return
	}
	p.last = now
	fmt.Fprintf(p.out, "\r%d lines, %.0f a second ", n, float64(n)/now.Sub(p.begun).Seconds())
}

// done takes the line away again.
func (p *progress) done() {
	if p.out != nil && !p.last.IsZero() {
		fmt.Fprint(p.out, "\r\033[K")
	}
}
