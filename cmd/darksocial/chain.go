package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/chain"
)

type chainCmd struct {
	deployedFlags
	Code string `arg:"" help:"A share code, or a link that has one."`
	JSON bool   `help:"Answer as JSON."`
}

func (chainCmd) Help() string {
	return `Draws a recommendation as a tree: the share of this code, what it came of, and what came of it. What a link's code stands for is one share, and no person.

Numbers are those of the tables, so they are as fresh as the last roll-up. Of a recommendation that brought fewer than five arrivals no times are told.

Example:
  darksocial chain --site www.example.com 8ZkPq4vR2Ts`
}

func (c *chainCmd) Run(s streams) error {
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
	code := share.Code(c.Code)
	if link, err := url.Parse(c.Code); err == nil && strings.Contains(c.Code, "?") {
		code = share.Code(share.InQuery(link.RawQuery, d.site.CodeName()))
	}
	item, err := d.codes.Find(ctx, d.site.Name, string(code))
	if err != nil {
		return err
	}
	if item == nil {
		return fmt.Errorf("%q is no share code of %s that is known: it may be another site's, never used, or older than half a year", c.Code, d.site.Name)
	}
	root := item.RootOf(code)
	items := map[share.Code]*share.Item{}
	err = d.codes.Each(ctx, d.site.Name, func(other share.Code, item *share.Item) error {
		if item.RootOf(other) == root {
			items[other] = item
		}
		return nil
	})
	if err != nil {
		return err
	}
	if items[root] == nil { // older than what came of it
		root = code
	}
	dates, err := datesIn(ctx, tables, "recommendations", d.site.Name, "", "")
	if err != nil {
		return err
	}
	var rows []rollup.Recommendation
	for _, date := range dates {
		err := eachRowIn(ctx, tables, "recommendations", d.site.Name, date, func(row *rollup.Recommendation) {
			if row.Root == string(root) {
				rows = append(rows, *row)
			}
		})
		if err != nil {
			return err
		}
	}
	tree := chain.New(root, items, rows, int64(rollup.DefaultOptions.Few))
	if c.JSON {
		out := json.NewEncoder(s.out)
		out.SetIndent("", "  ")
		return out.Encode(tree)
	}
	_, err = fmt.Fprint(s.out, tree.Text(code))
	return err
}
