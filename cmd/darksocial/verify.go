package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"darksocial/internal/verify"
)

type verifyCmd struct {
	deployedFlags
	URL   *url.URL      `arg:"" help:"A page of the site." placeholder:"URL"`
	Wait  time.Duration `help:"How long the log line may take. 0: logs are no door of this site." default:"30m"`
	Again string        `help:"Send nothing, and look for the visit that had this hint." placeholder:"HINT"`
	JSON  bool          `help:"Answer as JSON."`
}

func (verifyCmd) Help() string {
	return `Sends one marked visit through the deployed site, as a browser would, and follows it to the table: is the edge's hint there, does collect answer, is the record kept, and does the log's line become the same record? The last shows that the edge's id is the log's.

It counts as a visit of the campaign "darksocial-verify"; its User-Agent has "darksocial" in it. It cleans up nothing and says what it leaves.

The site's name is the one in Terraform's sites: --site, or the host of the page.

The exit status is 0 if all is well, 3 if something cannot be told yet, 1 if something is not.

Examples:
  darksocial verify https://www.example.com/ --site example.com --table darksocial --lake s3://darksocial-lake-123456789012-eu-central-1
  darksocial verify http://localhost:8080/ --store darksocial-data --wait 2m`
}

// Validate is asked before Run.
func (c *verifyCmd) Validate() error {
	if c.URL == nil || c.URL.Scheme != "http" && c.URL.Scheme != "https" || c.URL.Host == "" {
		return fmt.Errorf("%q is no address of a page; write it like https://www.example.com/", fmt.Sprint(c.URL))
	}
	return nil
}

func (c *verifyCmd) Run(s streams) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if c.Site == "" && c.SiteFile == "" {
		c.Site = c.URL.Hostname()
	}
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	visit := verify.Visit{Page: c.URL, Site: d.site, Wait: c.Wait, Again: c.Again}
	if d.lake != nil {
		visit.Tables = d.lake
	}
	v := verify.New(verify.Client(time.Minute), d.ledger, time.Now, wait, rand.Reader)
	report, err := v.Run(ctx, visit, func(step verify.Step) {
		to := s.out
		if step.State == verify.Waiting || c.JSON {
			to = s.err
		}
		fmt.Fprintf(to, "%-8s %-10s %s\n", step.State, step.Name, step.Says)
	})
	if err != nil {
		return err
	}
	if err := c.tell(s.out, report); err != nil {
		return err
	}
	switch report.State() {
	case verify.Failed:
		return fmt.Errorf("the visit did not come through: %s", failedSteps(report))
	case verify.Open:
		return errPartial
	}
	return nil
}

// tell writes what is left to say when all steps were told.
func (c *verifyCmd) tell(out io.Writer, report *verify.Report) error {
	if c.JSON {
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(report)
	}
	_, err := fmt.Fprintf(out, "\nLeft behind: %s.\n", report.Left)
	return err
}

func failedSteps(report *verify.Report) string {
	var names []string
	for _, step := range report.Steps {
		if step.State == verify.Failed {
			names = append(names, step.Name)
		}
	}
	return strings.Join(names, ", ")
}

// wait waits, and returns early if ctx ends.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
