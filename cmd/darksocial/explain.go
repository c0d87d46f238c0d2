package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"darksocial/darksocial"
	"darksocial/internal/edge"
)

type explainCmd struct {
	siteFlags
	URL       string   `arg:"" optional:"" help:"Address of the page that was opened. Without it, one visit is read from standard input, as a line of ndjson."`
	Referer   string   `help:"The Referer header." placeholder:"URL"`
	UserAgent string   `help:"The User-Agent header." short:"A" placeholder:"TEXT"`
	Header    []string `help:"Any other request header; may be given again. Give one and all that are not given count as not sent." short:"H" sep:"none" placeholder:"'Name: value'"`
	JSON      bool     `help:"Answer as JSON."`
}

func (explainCmd) Help() string {
	return `The same decision as classify makes, in words: what the visit was, how sure that is, the rules behind it with their sources, and what cannot be known.

Examples:
  darksocial explain https://example.com/a --referer https://web.whatsapp.com/
  darksocial explain https://example.com/a -H 'X-Requested-With: com.viber.voip' -A 'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) …'
  grep 4711 visits.ndjson | darksocial explain`
}

func (c *explainCmd) Run(s streams) error {
	site, err := c.load()
	if err != nil {
		return err
	}
	visit, err := c.visit(s.in)
	if err != nil {
		return err
	}
	classifier := darksocial.New(*site)
	facts := classifier.Facts(visit)
	label := darksocial.Resolve(&facts)
	if c.JSON {
		_, err = s.out.Write(append(label.AppendJSON(nil, visit.ID), '\n'))
		return err
	}
	return write(s.out, darksocial.Explain(&facts, &label), site.Page(visit.Path))
}

// visit is the one the flags describe, or the one on standard input. Flags are
// read as a line of ndjson would be, so both mean the same.
func (c *explainCmd) visit(in io.Reader) (*darksocial.Visit, error) {
	if c.URL == "" {
		return readOne(in)
	}
	line := map[string]any{"url": c.URL, "referer": c.Referer}
	if c.UserAgent != "" {
		line["user_agent"] = c.UserAgent
	}
	if len(c.Header) > 0 {
		headers := map[string]string{}
		for _, h := range c.Header {
			name, value, ok := strings.Cut(h, ":")
			if !ok {
				return nil, fmt.Errorf("header %q has no colon; write it as 'Name: value'", h)
			}
			headers[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
		}
		line["headers"] = headers
	}
	text, err := json.Marshal(line)
	if err != nil {
		return nil, err
	}
	return readOne(bytes.NewReader(text))
}

func readOne(in io.Reader) (*darksocial.Visit, error) {
	reader, err := edge.NewReader(in, "stdin", edge.Options{Format: edge.NDJSON})
	if err != nil {
		return nil, err
	}
	var line edge.Line
	if !reader.Next(&line) {
		if err := reader.Err(); err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("there is no visit on standard input; give an address, or one line of ndjson")
	}
	return &line.Visit, line.Err
}

// write prints an explanation for people.
func write(out io.Writer, e darksocial.Explanation, page string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", e.Verdict)
	fmt.Fprintf(&b, "  page    %s\n", page)
	if e.Sure != "" {
		fmt.Fprintf(&b, "  sure    %s\n", e.Sure)
	}
	if e.Before != "" {
		fmt.Fprintf(&b, "  before  %s (to a tool that reads only Referer and utm)\n", e.Before)
	}
	if len(e.Why) > 0 {
		b.WriteString("\nWhy\n")
	}
	for _, r := range e.Why {
		fmt.Fprintf(&b, "  %s\n      %s\n", r.Rule, r.Says)
		if r.Source != "" {
			fmt.Fprintf(&b, "      %s\n", r.Source)
		}
	}
	if len(e.Unknown) > 0 {
		b.WriteString("\nWhat this request cannot tell\n")
	}
	for _, u := range e.Unknown {
		fmt.Fprintf(&b, "  %s\n", u)
	}
	_, err := io.WriteString(out, b.String())
	return err
}
