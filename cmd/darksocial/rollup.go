package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"darksocial/internal/job"
)

type rollupCmd struct {
	storeFlags
	From   string `help:"First day, like 2026-11-20. Without it, all days that need it." placeholder:"DATE"`
	To     string `help:"Last day; the first, if not given." placeholder:"DATE"`
	Reopen bool   `help:"Roll up days again that are closed."`
	JSON   bool   `help:"Tell what was done as JSON."`
}

func (rollupCmd) Help() string {
	return `Makes the tables of each day, as Parquet files, of the records there are: DIR/lake/arrivals/site=…/dt=…/part.parquet and so on. Run again, it gives the same files. A day closes three days after its end, or after its first roll-up if that came later; from then on its tables stay as they are, unless you say --reopen.

Examples:
  darksocial rollup --site www.example.com
  darksocial rollup --site www.example.com --from 2026-11-01 --to 2026-11-30`
}

func (c *rollupCmd) Run(s streams) error {
	if c.To != "" && c.From == "" {
		return errors.New("--to needs --from")
	}
	st, err := c.open()
	if err != nil {
		return err
	}
	defer st.Close()
	roller := st.roller()
	var done []*job.Outcome
	if c.From == "" {
		done, err = roller.Due(context.Background())
	} else {
		if c.To == "" {
			c.To = c.From
		}
		done, err = roller.Range(context.Background(), st.site, c.From, c.To, c.Reopen)
	}
	if c.JSON {
		return errors.Join(err, json.NewEncoder(s.out).Encode(done))
	}
	for _, o := range done {
		fmt.Fprintln(s.out, inWords(o))
	}
	if len(done) == 0 && err == nil {
		fmt.Fprintln(s.out, "Nothing to do: no day was written to since its last roll-up.")
	}
	return err
}

func inWords(o *job.Outcome) string {
	switch {
	case o.Status == "closed" && o.Late > 0:
		return fmt.Sprintf("%s  closed; %s records came later and are kept: --reopen takes them in", o.Date, comma(o.Late))
	case o.Status == "empty":
		return o.Date + "  nothing was seen"
	case o.Status == "closed":
		return o.Date + "  closed"
	}
	return rowsInWords(o.Date, o.Rows)
}

func rowsInWords(date string, rows map[string]int64) string {
	return fmt.Sprintf("%s  %s rows of arrivals, %s pages", date, comma(int(rows["arrivals"])), comma(int(rows["pages"])))
}
