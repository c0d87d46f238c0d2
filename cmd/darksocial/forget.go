package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/job"
	"darksocial/internal/object"
	"darksocial/internal/parquetfile"
)

type forgetCmd struct {
	deployedFlags
	Code string `help:"The share code to forget." required:"" placeholder:"CODE"`
	JSON bool   `help:"Answer as JSON."`
}

func (forgetCmd) Help() string {
	return `Takes a share code out of everything that is kept: what the code stands for, the page views and shares that name it, the shares that came of it, and the tables of all days, where "(forgotten)" stands in its place. Page views and shares stay, and count as before.

Example:
  darksocial forget --site www.example.com --code 7Qh2mXk4VtR`
}

// forgotten stands in tables for a code that was forgotten.
const forgotten = "(forgotten)"

// forgotIn says where a code was.
type forgotIn struct {
	Known   bool `json:"known"`   // what it stands for was kept
	Records int  `json:"records"` // page views and shares
	Orders  int  `json:"orders"`
	Days    int  `json:"days"` // tables
}

func (c *forgetCmd) Run(s streams) error {
	ctx := context.Background()
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	tables, err := d.tables()
	if err != nil {
		return err
	}
	var in forgotIn
	// First what it stands for, so that nothing new comes of it.
	if in.Known, err = d.codes.Forget(ctx, d.site.Name, share.Code(c.Code)); err != nil {
		return err
	}
	if in.Records, err = d.ledger.ForgetCode(ctx, d.site, c.Code); err != nil {
		return err
	}
	if in.Orders, err = d.orders.Forget(ctx, d.site, c.Code); err != nil {
		return err
	}
	if in.Days, err = forgetInTables(ctx, tables, d.site.Name, c.Code); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(s.out).Encode(in)
	}
	if in == (forgotIn{}) {
		_, err = fmt.Fprintf(s.out, "Nothing of %s is kept under that code.\n", d.site.Name)
		return err
	}
	_, err = fmt.Fprintf(s.out, "Forgotten in %s page views and shares and %s orders of %s, and in the tables of %s.\n", comma(in.Records), comma(in.Orders), d.site.Name, days(in.Days))
	return err
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return comma(n) + " days"
}

// forgetInTables takes a code out of the tables of all days and returns of how many.
func forgetInTables(ctx context.Context, tables object.Store, site, code string) (days int, err error) {
	recommendations, err := forgetInTable(ctx, tables, "recommendations", site, code, func(r *rollup.Recommendation) []*string { return []*string{&r.Code, &r.Root, &r.Parent} })
	if err != nil {
		return 0, err
	}
	orders, err := forgetInTable(ctx, tables, "orders", site, code, func(o *rollup.Order) []*string { return []*string{&o.Code, &o.Root} })
	return max(recommendations, orders), err
}

// forgetInTable takes a code out of a table, whose rows name codes in some columns.
func forgetInTable[T any](ctx context.Context, tables object.Store, table, site, code string, columns func(*T) []*string) (days int, err error) {
	dates, err := datesIn(ctx, tables, table, site, "", "")
	if err != nil {
		return 0, err
	}
	for _, date := range dates {
		changed, err := job.Amend(ctx, tables, site, date, table, func(old []byte, to io.Writer) (int64, bool, error) {
			return withoutCode(old, to, code, columns)
		})
		if err != nil {
			return days, err
		}
		if changed {
			days++
		}
	}
	return days, nil
}

// withoutCode writes the rows of a table with a code that is forgotten taken out.
func withoutCode[T any](old []byte, to io.Writer, code string, columns func(*T) []*string) (n int64, found bool, err error) {
	var rows []any
	for row, err := range parquetfile.Read[T](bytes.NewReader(old), int64(len(old))) {
		if err != nil {
			return 0, false, err
		}
		for _, name := range columns(&row) {
			if *name == code {
				*name, found = forgotten, true
			}
		}
		rows = append(rows, row)
	}
	if !found {
		return 0, false, nil
	}
	var none T
	n, err = parquetfile.WriteRows(to, none, func(yield func(any, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	})
	return n, true, err
}
