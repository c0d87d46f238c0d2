package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"time"

	"darksocial/darksocial"
	"darksocial/internal/simulate"
)

type simulateCmd struct {
	World    string `help:"Which world: see --list." default:"usual"`
	Seed     uint64 `help:"Another seed gives another log of the same world." default:"1"`
	Date     string `help:"First day." default:"2026-10-05"`
	Days     int    `help:"How many days." default:"7"`
	Views    int    `help:"About how many pages people open in a day. A log has two to three times as many lines." default:"5000"`
	Site     string `help:"Host of the site." default:"www.example.com"`
	Format   string `help:"Format of the log: cloudfront, cloudfront-json, cloudfront-realtime, combined or ndjson." default:"cloudfront" enum:"cloudfront,cloudfront-json,cloudfront-realtime,combined,ndjson"`
	TimeZone string `help:"Time zone of the days that the truth tells beside those of UTC." default:"UTC"`
	Out      string `help:"New folder for the log, a file a day, and for truth.json and site.json. Standard output, in one piece, if not given." placeholder:"DIR" type:"path"`
	Hourly   bool   `help:"With --out: a file an hour, named as CloudFront names them."`
	Truth    string `help:"Without --out: file for the truth." placeholder:"FILE" type:"path"`
	List     bool   `help:"List the worlds, and write nothing."`
}

func (simulateCmd) Help() string {
	return `Writes the log of a site that does not exist, and what is true of it: how many visits there were by which way, what their requests show of it, and what "direct" really was. The same call gives the same log.

Examples:
  darksocial simulate --list
  darksocial simulate --world seo-spike --days 7 --out logs
  darksocial run --site-file logs/site.json logs/*.log.gz
  darksocial simulate --format ndjson --days 1 --truth truth.json | darksocial classify --site www.example.com`
}

// Validate is asked before Run: a wrong call ends with the status for one.
func (c *simulateCmd) Validate() error {
	switch {
	case c.Hourly && c.Out == "":
		return errors.New("--hourly makes files: give a folder for them with --out")
	case c.Truth != "" && c.Out != "":
		return errors.New("--out has the truth in its folder: leave out --truth")
	case c.Days < 1 || c.Views < 1:
		return errors.New("--days and --views are at least 1")
	}
	_, err := c.config()
	return err
}

func (c *simulateCmd) Run(s streams) error {
	if c.List {
		return listWorlds(s.out)
	}
	config, err := c.config()
	if err != nil {
		return err
	}
	if c.Out != "" {
		bar := newBar(s)
		bar.say("writing " + c.Out)
		truth, err := simulate.WriteFiles(c.Out, c.Hourly, config)
		bar.done()
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.out, "%s lines of %d days in %s, with %s and %s\n", comma(truth.Lines), c.Days, c.Out, simulate.TruthFile, simulate.SiteFile)
		return err
	}
	truth, err := simulate.Write(s.out, config)
	if err == nil && c.Truth != "" {
		err = truth.WriteFile(c.Truth)
	}
	return err
}

func (c *simulateCmd) config() (simulate.Config, error) {
	config := simulate.Config{Seed: c.Seed, Days: c.Days, Host: c.Site, Views: c.Views, Format: simulate.Format(c.Format)}
	world, ok := simulate.ByName(c.World)
	if !ok {
		return config, fmt.Errorf("there is no world %q: darksocial simulate --list shows those there are", c.World)
	}
	config.World = world
	host := darksocial.Site{Hosts: []string{c.Site}}
	if err := host.Check(); err != nil {
		return config, fmt.Errorf("--site: %w", err)
	}
	var err error
	if config.Date, err = time.Parse(time.DateOnly, c.Date); err != nil {
		return config, fmt.Errorf("--date %s is no date: write it like 2026-11-20", c.Date)
	}
	if config.Zone, err = time.LoadLocation(c.TimeZone); err != nil {
		return config, fmt.Errorf("--time-zone %s is none: write it like Europe/Berlin", c.TimeZone)
	}
	return config, nil
}

func listWorlds(w io.Writer) error {
	out := bufio.NewWriter(w)
	for _, world := range simulate.Worlds {
		fmt.Fprintf(out, "%-17s %s\n", world.Name, world.Doc)
	}
	return out.Flush()
}
