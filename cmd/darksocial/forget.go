package main

import (
	"context"
	"encoding/json"
	"fmt"
)

type forgetCmd struct {
	storeFlags
	Code string `help:"The share code to forget." required:"" placeholder:"CODE"`
	JSON bool   `help:"Answer as JSON."`
}

func (forgetCmd) Help() string {
	return `Takes a share code out of every page view that is kept, whether the page was opened with it or with one that came of it. The page views stay, and count as before; the tables name no codes.

Example:
  darksocial forget --site www.example.com --code 7Qh2mXk4VtR`
}

func (c *forgetCmd) Run(s streams) error {
	st, err := c.open()
	if err != nil {
		return err
	}
	defer st.Close()
	n, err := st.ledger.ForgetCode(context.Background(), st.site, c.Code)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(s.out).Encode(map[string]int{"forgotten": n})
	}
	if n == 0 {
		_, err = fmt.Fprintf(s.out, "No page view of %s is kept with that code.\n", st.site.Name)
		return err
	}
	_, err = fmt.Fprintf(s.out, "Forgotten in %s page views of %s.\n", comma(n), st.site.Name)
	return err
}
