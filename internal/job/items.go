package job

import (
	"context"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
)

// Items finds what is kept of share codes: see codes.Codes.
type Items interface {
	Items(ctx context.Context, site string, codes []share.Code) (map[share.Code]*share.Item, error)
}

// Coded makes a Roller follow share codes.
func (r *Roller) Coded(items Items) *Roller {
	r.items = items
	return r
}

// coded folds page views and shares, and finds what is kept of their codes: many at
// once, because asking a store for one takes as long as for a hundred. What has a code
// that is not known yet waits until enough do. Sums do not depend on the order.
type coded struct {
	fold  *rollup.Fold
	items Items
	site  string

	known   *simplelru.LRU[share.Code, *share.Item] // nil: nothing is kept of it
	waiting []func() error
	unknown map[share.Code]bool
}

const (
	mostKnown   = 20_000 // items in memory, a few hundred bytes each: more than mostUnknown codes can have ancestors
	mostUnknown = 1_000  // codes that are asked for at once, and at most share.MaxChain more
	mostWaiting = 2_000  // page views that wait for them: a few thousand bytes each
)

func newCoded(fold func(rollup.Items) *rollup.Fold, items Items, site string) *coded {
	c := &coded{items: items, site: site, unknown: map[share.Code]bool{}}
	c.known, _ = simplelru.NewLRU[share.Code, *share.Item](mostKnown, nil) // fails for a size below 1 alone
	if items == nil {
		c.fold = fold(nil)
		return c
	}
	c.fold = fold(func(code share.Code) *share.Item {
		item, _ := c.known.Get(code)
		return item
	})
	return c
}

// record folds a page view, now or later.
func (c *coded) record(ctx context.Context, r *record.Record) error {
	code := share.Code(r.Code())
	if c.has(code) {
		return c.fold.Add(r)
	}
	later := *r
	return c.wait(ctx, func() error { return c.fold.Add(&later) }, code)
}

// share folds a share, now or later.
func (c *coded) share(ctx context.Context, s *record.Share) error {
	if code := share.Code(s.Code); !c.has(code) {
		return c.wait(ctx, func() error { return c.fold.AddShare(s) }, code)
	}
	return c.fold.AddShare(s)
}

// order folds an order, now or later.
func (c *coded) order(ctx context.Context, o *record.Order) error {
	var unknown []share.Code
	for _, r := range o.Chain {
		if code := share.Code(r.Code); !c.has(code) {
			unknown = append(unknown, code)
		}
	}
	if len(unknown) > 0 {
		return c.wait(ctx, func() error { return c.fold.AddOrder(o) }, unknown...)
	}
	return c.fold.AddOrder(o)
}

// has reports whether all is known that a code leads to: itself and what it came of.
func (c *coded) has(code share.Code) bool {
	if code == "" || c.items == nil {
		return true
	}
	item, ok := c.known.Get(code)
	if !ok || item == nil {
		return ok
	}
	for _, ancestor := range item.Ancestors {
		if _, ok := c.known.Get(ancestor); !ok {
			return false
		}
	}
	return true
}

func (c *coded) wait(ctx context.Context, fold func() error, unknown ...share.Code) error {
	for _, code := range unknown {
		c.unknown[code] = true
	}
	if c.waiting = append(c.waiting, fold); len(c.waiting) < mostWaiting && len(c.unknown) < mostUnknown {
		return nil
	}
	return c.flush(ctx)
}

// end folds what waits and ends the fold.
func (c *coded) end(ctx context.Context) error {
	if err := c.flush(ctx); err != nil {
		return err
	}
	return c.fold.Flush()
}

// flush folds what waits.
func (c *coded) flush(ctx context.Context) error {
	if len(c.waiting) == 0 {
		return nil
	}
	found, err := c.find(ctx, c.unknown)
	if err != nil {
		return err
	}
	ancestors := map[share.Code]bool{}
	for _, item := range found {
		for _, ancestor := range item.Ancestors {
			if _, ok := c.known.Get(ancestor); !ok { // and those that are known stay so
				ancestors[ancestor] = true
			}
		}
	}
	if _, err := c.find(ctx, ancestors); err != nil {
		return err
	}
	for _, fold := range c.waiting {
		if err := fold(); err != nil {
			return err
		}
	}
	clear(c.waiting)
	c.waiting = c.waiting[:0]
	clear(c.unknown)
	return nil
}

// find makes codes known.
func (c *coded) find(ctx context.Context, codes map[share.Code]bool) (map[share.Code]*share.Item, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	list := make([]share.Code, 0, len(codes))
	for code := range codes {
		list = append(list, code)
	}
	found, err := c.items.Items(ctx, c.site, list)
	if err != nil {
		return nil, err
	}
	for _, code := range list {
		c.known.Add(code, found[code])
	}
	return found, nil
}
