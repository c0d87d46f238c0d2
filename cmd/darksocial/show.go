package main

import (
	"context"
	"fmt"
	"strings"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
)

type showCmd struct {
	storeFlags
	ID   string `arg:"" help:"The request id in the log, or the id of the record."`
	JSON bool   `help:"Answer as JSON."`
}

func (showCmd) Help() string {
	return `Shows what is kept of one page view: which doors saw it, what it was, and why. It is all there is: no address, no User-Agent, no query.

Example:
  darksocial show --site www.example.com yFHbDvCDsQTXJKem666hFJqAYBhaGhAMu398GrX7RMVW==`
}

func (c *showCmd) Run(s streams) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	defer st.Close()
	ids := []record.ID{record.NewID(st.site.Name, c.ID)}
	if id, ok := record.ParseID(c.ID); ok {
		ids = append(ids, id)
	}
	for _, id := range ids {
		rec, err := st.ledger.Find(context.Background(), st.site.Name, id)
		if err != nil {
			return err
		}
		if rec == nil {
			continue
		}
		visit := rec.Visit()
		item, err := st.codes.Find(context.Background(), st.site.Name, visit.Code)
		if err != nil {
			return err
		}
		rollup.ReadShare(&visit, item)
		label := darksocial.Resolve(&visit.Facts)
		if c.JSON {
			_, err := s.out.Write(append(label.AppendJSON(nil, id.String()), '\n'))
			return err
		}
		var doors []string
		for _, sighting := range rec.Sightings() {
			doors = append(doors, sighting.Door.String())
		}
		fmt.Fprintf(s.out, "%s  %s  seen by: %s\n\n", id, visit.Shown().Format("2006-01-02 15:04:05 MST"), strings.Join(doors, ", "))
		return write(s.out, darksocial.Explain(&visit.Facts, &label), visit.Page)
	}
	return fmt.Errorf("no record of %s has the id %q; bots, clicks inside the site and files are counted and not kept", st.site.Name, c.ID)
}
