package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"darksocial/darksocial"
	"darksocial/internal/edge"
)

type siteFlags struct {
	Site     string `help:"Host of the site. Its own Referers are internal, and logs without hosts are of it." placeholder:"HOST"`
	SiteFile string `help:"JSON file with what the site knows of itself: hosts, apps, own channels, topics, pages, keys of its logs." placeholder:"FILE" type:"path"`
}

type classifyCmd struct {
	siteFlags
	Format string   `help:"Format of the log: ndjson, cloudfront, cloudfront-realtime, combined or json." default:"ndjson" enum:"ndjson,cloudfront,cloudfront-realtime,combined,json"`
	Fields []string `help:"Field names of a real-time log, in the order configured." placeholder:"NAME,…"`
	Files  []string `arg:"" optional:"" help:"Logs, gzip or plain. Standard input if none is given." type:"path"`
}

func (classifyCmd) Help() string {
	return `One answer per line, in order, as JSON: the label's fields and the line's id. A line that cannot be read gives {"id","error"}; the others are not harmed, and the exit status is then 3. The "#" lines of a CloudFront log describe the others and get no answer. Nothing is kept.

Formats:
  ndjson                one visit per line: {"id","time","url","referer","user_agent","headers":{…},"country"}; all but url may be left out
  cloudfront            standard log, by its own #Fields line; version 2 as JSON too
  cloudfront-realtime   tab-separated, with the fields you configured: --fields
  combined              Apache's and nginx's usual log
  json                  JSON of Cloudflare, Fastly, Akamai, nginx and others: the site file's log_fields name the keys

Examples:
  darksocial classify --format combined --site www.example.com < access.log
  darksocial classify --format cloudfront E2ABC.2026-11-01-*.gz | jq -r .channel | sort | uniq -c
  echo '{"url":"https://example.com/a","user_agent":"WhatsApp/2.26.1 A"}' | darksocial classify`
}

// Validate is asked before Run: a wrong call ends with the status for one.
func (c *classifyCmd) Validate() error {
	return checkFormat(c.Format, c.Fields, c.SiteFile)
}

// unnamedKept is how many names of unknown apps are counted at once.
const unnamedKept = 1000

func (c *classifyCmd) Run(s streams) error {
	site, err := c.load()
	if err != nil {
		return err
	}
	job := classifyJob{
		classifier: darksocial.New(*site),
		options:    edge.Options{Format: edge.Format(c.Format), Fields: c.Fields, FieldMap: site.LogFields, Host: c.Site, Now: time.Now},
		out:        bufio.NewWriterSize(s.out, 1<<16),
		complain:   s.err,
		unnamed:    darksocial.NewUnnamed(unnamedKept),
		progress:   newProgress(s),
	}
	if len(c.Files) == 0 {
		if isTerminal(s.in) {
			fmt.Fprintf(s.err, "darksocial: reading %s from the keyboard, to the end of input (Ctrl-D)\n", c.Format)
		}
		err = job.read(s.in, "stdin")
	}
	for _, name := range c.Files {
		if err = job.readFile(name); err != nil {
			break
		}
	}
	job.progress.done()
	if flushed := job.out.Flush(); err == nil {
		err = flushed
	}
	if err != nil {
		return err
	}
	return job.report()
}

// load returns the site the flags describe.
func (f *siteFlags) load() (*darksocial.Site, error) {
	site := &darksocial.Site{}
	if f.SiteFile != "" {
		data, err := os.ReadFile(f.SiteFile)
		if err != nil {
			return nil, fmt.Errorf("read the site file: %w", err)
		}
		if site, err = darksocial.ParseSite(f.SiteFile, data); err != nil {
			return nil, err
		}
	}
	if f.Site != "" {
		host := darksocial.Site{Hosts: []string{strings.ToLower(f.Site)}}
		if err := host.Check(); err != nil {
			return nil, fmt.Errorf("--site: %w", err)
		}
		site.Hosts = append(site.Hosts, host.Hosts...)
	}
	return site, nil
}

// classifyJob labels lines and keeps count.
type classifyJob struct {
	classifier *darksocial.Classifier
	options    edge.Options
	out        *bufio.Writer
	complain   io.Writer
	unnamed    *darksocial.Unnamed
	progress   *progress

	lines, failed int
	broken        bool // an input ended early
	warned        bool // that a log has none of the keys
	answer        []byte
}

// complaints is how many unreadable lines are named one by one.
const complaints = 10

func (j *classifyJob) readFile(name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	return j.read(file, name)
}

// read labels one input. The error it returns is one that makes going on
// pointless; what is wrong with the input itself is counted and told.
func (j *classifyJob) read(in io.Reader, name string) error {
	reader, err := edge.NewReader(in, name, j.options)
	if err != nil {
		return err
	}
	before := j.lines
	var line edge.Line
	for reader.Next(&line) {
		j.lines++
		j.progress.lines(j.lines)
		id := line.ID
		if id == "" {
			id = strconv.Itoa(line.Number)
		}
		if line.Err != nil {
			j.fail(line.Err)
			j.answer = appendError(j.answer[:0], id, line.Err)
		} else {
			facts := j.classifier.Facts(&line.Visit)
			label := darksocial.Resolve(&facts)
			j.unnamed.Count(facts.Unnamed)
			j.answer = label.AppendJSON(j.answer[:0], id)
		}
		j.answer = append(j.answer, '\n')
		if _, err := j.out.Write(j.answer); err != nil {
			return fmt.Errorf("write the labels: %w", err)
		}
	}
	if err := reader.Err(); err != nil {
		j.broken = true
		fmt.Fprintf(j.complain, "darksocial: %v\n", err)
	} else if j.lines == before {
		j.broken = true
		fmt.Fprintf(j.complain, "darksocial: %s: there is no line to label; is it the right file?\n", name)
	}
	return nil
}

func (j *classifyJob) fail(err error) {
	j.failed++
	// What is wrong with all lines is known only after many.
	all := edge.AllLack(err) && !j.warned
	if j.failed <= complaints || all {
		j.warned = j.warned || all
		fmt.Fprintf(j.complain, "darksocial: %v\n", err)
	}
}

func appendError(dst []byte, id string, err error) []byte {
	dst = append(dst, `{"id":`...)
	dst = darksocial.AppendString(dst, id)
	dst = append(dst, `,"error":`...)
	dst = darksocial.AppendString(dst, err.Error())
	return append(dst, '}')
}

// report tells what was left and what was noticed.
func (j *classifyJob) report() error {
	if top := j.unnamed.Top(5); len(top) > 0 {
		fmt.Fprint(j.complain, "darksocial: apps no rule knows:")
		for _, n := range top {
			fmt.Fprintf(j.complain, " %s %d", n.Name, n.Count)
		}
		fmt.Fprintln(j.complain)
	}
	if j.failed > 0 {
		fmt.Fprintf(j.complain, "darksocial: %d of %d lines could not be read\n", j.failed, j.lines)
	}
	if j.failed > 0 || j.broken {
		return errPartial
	}
	return nil
}
