package main

import (
	"context"
	"encoding/json"
	"fmt"
)

type shopKeyCmd struct {
	deployedFlags
	Rotate bool `help:"Make a new key. The one before is good until the next time."`
	JSON   bool `help:"Answer as JSON."`
}

func (shopKeyCmd) Help() string {
	return `Shows the key with which a shop's server signs orders: keep it there, and nowhere else. The first call makes it. See docs/purchases.md.

Examples:
  darksocial shop-key --site www.example.com --table darksocial-records
  darksocial shop-key --site www.example.com --rotate`
}

func (c *shopKeyCmd) Run(s streams) error {
	ctx := context.Background()
	d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer d.close()
	if c.Rotate {
		if err := d.orders.Rotate(ctx, d.site.Name); err != nil {
			return err
		}
		fmt.Fprintln(s.err, "darksocial: functions know the new key within five minutes; sign with the one before until then")
	}
	keys, err := d.orders.Keys(ctx, d.site.Name)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(s.out).Encode(map[string][]string{"keys": keys})
	}
	_, err = fmt.Fprintln(s.out, keys[0])
	return err
}
