package main

import (
	"context"
	"fmt"
)

type runCmd struct {
	storeFlags
	logFlags
	JSON bool `help:"Answer as JSON."`
}

func (runCmd) Help() string {
	return `Labels the logs, rolls up their days, and tells what came out: label, rollup and summary in one.

Examples:
  darksocial run --site www.example.com access.log
  darksocial run --site www.example.com E2ABC.2026-11-*.gz`
}

// Validate is asked before Run: a wrong call ends with the status for one.
func (c *runCmd) Validate() error { return checkFormat(c.Format, c.Fields, c.SiteFile) }

func (c *runCmd) Run(s streams) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	defer st.Close()
	result, err := c.label(s, st)
	if err != nil {
		return err
	}
	bar := newBar(s)
	bar.say("rolling up")
	_, err = st.roller().Due(context.Background())
	bar.done()
	if err != nil {
		return err
	}
	if err := st.summarize(s, "", "", c.JSON); err != nil {
		return err
	}
	if !c.JSON {
		if _, err := fmt.Fprintf(s.out, "\nThe logs: %s\nThe tables: %s, for any tool that reads Parquet.\n", describe(result), c.Store+"/lake"); err != nil {
			return err
		}
	}
	return partly(result)
}
