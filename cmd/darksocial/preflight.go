package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"darksocial/internal/function"
	"darksocial/internal/preflight"
)

type preflightCmd struct {
	Distribution  string `required:"" help:"The distribution: its id, or a host name that leads to it." placeholder:"ID"`
	Name          string `help:"Name of the deployment, Terraform's name: what is called after it is no trouble." default:"darksocial"`
	CodeParameter string `help:"Parameter that carries share codes in addresses, Terraform's code_parameter." default:"ds" placeholder:"NAME"`
	Routed        int    `help:"How many paths are to be routed: each needs a behaviour." placeholder:"N"`
	JSON          bool   `help:"Answer as JSON."`
}

func (preflightCmd) Help() string {
	return `Reads a distribution of CloudFront, with your own credentials, and says what is in the way of attaching darksocial to it: a function where ours is to be, logs that are delivered already, a share code in the cache's key, quotas. It changes nothing.

The exit status is 0 if nothing is in the way, 3 if something is, 1 if the distribution cannot be read. The region is that of the functions: AWS_REGION.

Levels:
  stop    has to be changed first
  adapt   the module has to be told
  unseen  could not be looked at; the policy ReadOnlyAccess allows all of it

Examples:
  darksocial preflight --distribution E2EXAMPLE
  darksocial preflight --distribution www.example.com --json`
}

func (c *preflightCmd) Run(s streams) error {
	ctx := context.Background()
	cfg, err := function.AWS(ctx)
	if err != nil {
		return err
	}
	if cfg.Region == "" {
		return errors.New("in which region are the functions to run? Set AWS_REGION")
	}
	client := preflight.NewClient(cfg, &http.Client{Timeout: 30 * time.Second}, time.Now)
	report, err := preflight.Run(ctx, client, preflight.Options{Distribution: c.Distribution, Name: c.Name, Code: c.CodeParameter, Routed: c.Routed})
	if err != nil {
		return err
	}
	if c.JSON {
		encoder := json.NewEncoder(s.out)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		err = encoder.Encode(report)
	} else {
		err = tellPreflight(s.out, report)
	}
	if err == nil && len(report.Findings) > 0 {
		return errPartial
	}
	return err
}

// tellPreflight writes a report for people.
func tellPreflight(out io.Writer, report *preflight.Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Distribution %s (%s), functions in %s\n", report.Distribution, strings.Join(report.Hosts, ", "), report.Region)
	if len(report.Findings) == 0 {
		b.WriteString("\nNothing is in the way.\n")
	}
	for _, f := range report.Findings {
		fmt.Fprintf(&b, "\n%-6s  %s\n        %s\n   why  %s\n    do  %s\n", f.Level, f.At, f.What, f.Why, f.Do)
	}
	_, err := io.WriteString(out, b.String())
	return err
}
