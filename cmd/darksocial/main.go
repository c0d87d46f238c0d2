// Command darksocial tries the classifier on one machine: it labels access logs
// and explains single visits. Run it with --help.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
)

// Exit statuses, kept stable for scripts.
const (
	exitOK      = 0
	exitFailed  = 1 // nothing, or not all, could be done
	exitUsage   = 2 // the call was wrong
	exitPartial = 3 // done, but some lines could not be read
)

// errPartial ends a command that did its work but for some lines, of which it
// has told already.
var errPartial = errors.New("some lines could not be read")

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

type commands struct {
	Classify classifyCmd `cmd:"" help:"Label each line of an access log."`
	Explain  explainCmd  `cmd:"" help:"Say of one visit where it came from, and why."`
	Rules    rulesCmd    `cmd:"" help:"List the rules, or those that mention a word."`
}

func main() {
	os.Exit(run(os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

// run is main with its world passed in; it returns the exit status.
func run(args []string, s streams) int {
	var c commands
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("darksocial"),
		kong.Description("Tells where a site's visits really came from: it names the apps and messengers behind what other tools call \"direct\". It reads no message and identifies no person."),
		kong.Writers(s.out, s.err),
		kong.Exit(func(status int) { exited = status }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.Bind(s),
	)
	if err != nil {
		panic(err) // the commands above are declared wrongly
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	ctx, err := parser.Parse(args)
	if exited >= 0 {
		return exited // --help has been shown
	}
	if err != nil {
		fmt.Fprintf(s.err, "darksocial: %v\nTry: darksocial --help\n", err)
		return exitUsage
	}
	switch err := ctx.Run(); {
	case err == nil:
		return exitOK
	case errors.Is(err, errPartial):
		return exitPartial
	default:
		fmt.Fprintf(s.err, "darksocial: %v\n", err)
		return exitFailed
	}
}
