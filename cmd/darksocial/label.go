package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/dustin/go-humanize"

	"darksocial/internal/edge"
	"darksocial/internal/job"
)

// logFlags say what logs to read, and how.
type logFlags struct {
	Format string   `help:"Format of the logs: cloudfront, combined, ndjson, json, cloudfront-realtime, or auto, which tells the others apart but for the last." default:"auto" enum:"auto,ndjson,cloudfront,cloudfront-realtime,combined,json"`
	Fields []string `help:"Field names of a real-time log, in the order configured." placeholder:"NAME,…"`
	Files  []string `arg:"" optional:"" help:"Logs, gzip or plain. Standard input if none is given." type:"path"`
}

type labelCmd struct {
	storeFlags
	logFlags
	JSON bool `help:"Tell what became of the lines as JSON."`
}

// Validate is asked before Run: a wrong call ends with the status for one.
func (c *labelCmd) Validate() error { return checkFormat(c.Format, c.Fields, c.SiteFile) }

func (labelCmd) Help() string {
	return `Labels each line of the logs and keeps what is a page view from outside: people's visits, link previews, pages fetched ahead. Bots, clicks inside the site, pictures and errors are counted, by reason. A file labelled again changes nothing; a line that cannot be read costs only itself, and the status is then 3.

Examples:
  darksocial label --site www.example.com access.log
  darksocial label --site www.example.com --format cloudfront E2ABC.2026-11-*.gz
  zcat *.gz | darksocial label --site www.example.com`
}

func (c *labelCmd) Run(s streams) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	defer st.Close()
	result, err := c.label(s, st)
	if err != nil {
		return err
	}
	if c.JSON {
		err = json.NewEncoder(s.out).Encode(result)
	} else {
		_, err = io.WriteString(s.out, describe(result))
	}
	if err != nil {
		return err
	}
	return partly(result)
}

// partly is the end of a command that did its work but for lines that failed.
func partly(r *job.Result) error {
	if len(r.Failed) > 0 {
		return errPartial
	}
	return nil
}

// label labels the files into a store.
func (f *logFlags) label(s streams, st *store) (*job.Result, error) {
	total := job.NewResult()
	if len(f.Files) == 0 {
		if isTerminal(s.in) {
			fmt.Fprintln(s.err, "darksocial: reading a log from the keyboard, to the end of input (Ctrl-D)")
		}
		return total, f.labelOne(s, st, "stdin", s.in, 0, time.Now(), total)
	}
	for _, name := range f.Files {
		if err := f.labelFile(s, st, name, total); err != nil {
			return nil, err
		}
	}
	return total, nil
}

func (f *logFlags) labelFile(s streams, st *store, name string, total *job.Result) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	return f.labelOne(s, st, name, file, info.Size(), info.ModTime(), total)
}

func (f *logFlags) labelOne(s streams, st *store, name string, in io.Reader, size int64, modified time.Time, total *job.Result) error {
	bar := newBar(s)
	defer bar.done()
	in = bar.reading(in, name, size)
	format := edge.Format(f.Format)
	if format == "auto" {
		format, in = st.guess(in)
	}
	labeler := job.NewLabeler(st.ledger, st.sites(), st.lake, job.Formats{Objects: st.options(format, f.Fields)}).Coded(st.codes)
	result, err := labeler.File(context.Background(), name, in, modified, bar.lines)
	if err != nil {
		return err
	}
	if result.Lines == 0 {
		return fmt.Errorf("%s: there is no line to label; is it the right file?", name)
	}
	if result.Failed["keys"] == result.Lines {
		return fmt.Errorf("%s: in none of the %d lines are the keys that log_fields names; darksocial classify --format json tells which are missing", name, result.Lines)
	}
	if others := result.Filtered["other_host"]; others > 0 && others == result.Lines-sum(result.Failed) {
		return fmt.Errorf("%s: all lines that can be read are of other hosts than %v; give the site's: --site", name, st.site.Hosts)
	}
	total.Add(result)
	return nil
}

// describe tells in words what became of lines.
func describe(r *job.Result) string {
	out := fmt.Sprintf("%s lines: %s page views kept", comma(r.Lines), comma(r.Written))
	for _, part := range [...]struct {
		what   string
		counts map[string]int
	}{{"left out", r.Filtered}, {"failed", r.Failed}} {
		if len(part.counts) == 0 {
			continue
		}
		out += fmt.Sprintf(", %s %s", comma(sum(part.counts)), part.what)
	}
	out += "\n"
	for _, counts := range [...]map[string]int{r.Filtered, r.Failed} {
		for _, reason := range slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return counts[b] - counts[a] }) {
			out += fmt.Sprintf("  %9s  %s\n", comma(counts[reason]), reasonInWords(reason))
		}
	}
	return out
}

func sum(counts map[string]int) (n int) {
	for _, count := range counts {
		n += count
	}
	return n
}

func comma(n int) string { return humanize.Comma(int64(n)) }

var errNoFields = errors.New("a real-time log does not name its columns: give them in the order you configured, --fields timestamp,cs-uri-stem,…")

var errNoSiteFile = errors.New("a log of format json has keys of its own: name them in the site file's \"log_fields\", and give it with --site-file")

// checkFormat says what else a format needs.
func checkFormat(format string, fields []string, siteFile string) error {
	switch {
	case format == string(edge.CloudFrontRealtime) && len(fields) == 0:
		return errNoFields
	case format == string(edge.JSON) && siteFile == "":
		return errNoSiteFile
	}
	return nil
}
