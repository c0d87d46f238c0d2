package main

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/alecthomas/kong"

	"darksocial/darksocial"
)

// Exit statuses, kept stable for scripts.
const (
	exitOK      = 0
	exitFailed  = 1 // nothing, or not all, could be done
	exitUsage   = 2 // the call was wrong
	exitPartial = 3 // done, but something could not be read
)

// errPartial ends a command that did its work but for what it could not read,
// and has told so already.
var errPartial = errors.New("not everything could be read")

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

type commands struct {
	Classify  classifyCmd  `cmd:"" help:"Label each line of an access log."`
	Explain   explainCmd   `cmd:"" help:"Say of one visit where it came from, and why."`
	Rules     rulesCmd     `cmd:"" help:"List the rules, or those that mention a word."`
	Serve     serveCmd     `cmd:"" help:"Run it all on this machine: a CDN, the site, the script, the tables."`
	Run       runCmd       `cmd:"" help:"Label logs, roll up their days, and tell what came out."`
	Label     labelCmd     `cmd:"" help:"Label logs and keep the page views."`
	Backfill  backfillCmd  `cmd:"" help:"Make tables of old logs, without keeping records."`
	Rollup    rollupCmd    `cmd:"" help:"Make the tables of each day."`
	Summary   summaryCmd   `cmd:"" help:"Tell what the tables say."`
	Estimate  estimateCmd  `cmd:"" help:"Estimate how many of the nameless visits were shared, as an interval."`
	Calibrate calibrateCmd `cmd:"" help:"Tell how right the labels are, measured by the site's own codes."`
	Query     queryCmd     `cmd:"" help:"Ask the tables a question in SQL, with DuckDB."`
	Show      showCmd      `cmd:"" help:"Show what is kept of one page view."`
	Code      codeCmd      `cmd:"" help:"Make a link for a post of the site's own, or a new key for codes."`
	Chain     chainCmd     `cmd:"" help:"Draw a recommendation as a tree: which share came of which."`
	ShopKey   shopKeyCmd   `cmd:"" help:"Show the key with which a shop signs its orders, or make a new one."`
	Token     tokenCmd     `cmd:"" help:"Make, list and revoke the tokens that open the report."`
	Forget    forgetCmd    `cmd:"" help:"Forget a share code."`
	Preflight preflightCmd `cmd:"" help:"Say what is in the way of attaching it to a distribution."`
	Verify    verifyCmd    `cmd:"" help:"Send a marked visit through the deployed site and follow it."`
	Replay    replayCmd    `cmd:"" help:"Give recorded events to the functions' handlers."`
	Simulate  simulateCmd  `cmd:"" help:"Write the log of a site that does not exist, and what is true of it."`

	Version kong.VersionFlag `help:"Show the versions of the program and of its rules."`
}

const about = `Tells where a site's visits really came from: it names the apps and messengers behind what other tools call "direct". It reads no message and identifies no person.`

// versions names the program and its rules, whose version stands in every label.
func versions() string {
	program := "(devel)"
	if build, ok := debug.ReadBuildInfo(); ok && build.Main.Version != "" {
		program = build.Main.Version
	}
	return "darksocial " + program + ", rules " + darksocial.Version()
}

// run does what the arguments say and returns the exit status.
func run(args []string, s streams) int {
	var c commands
	exited := -1
	parser, err := kong.New(&c, kong.Name("darksocial"), kong.Description(about), kong.Writers(s.out, s.err),
		kong.Exit(func(status int) { exited = status }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true, WrapUpperBound: 100}),
		kong.Vars{"version": versions()}, kong.Bind(s))
	if err != nil {
		panic(err) // the commands are declared wrongly
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	switch {
	case exited >= 0:
		return exited // help has been shown
	case err != nil:
		fmt.Fprintf(s.err, "darksocial: %v\nTry: darksocial --help\n", err)
		return exitUsage
	}
	switch err := command.Run(); {
	case err == nil:
		return exitOK
	case errors.Is(err, errPartial):
		return exitPartial
	default:
		fmt.Fprintf(s.err, "darksocial: %v\n", err)
		return exitFailed
	}
}
