package codes

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"darksocial/darksocial/share"
)

// collection is where a code lies. There is one for each last character of a code, because
// a table writes what lies together only so often: a thousand times a second.
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
func collection(site string, code share.Code) string {
	return "codes/" + site + "/" + string(code[len(code)-1:])
}

// getMany returns what is stored of codes, which have been checked.
func (c *Codes) getMany(ctx context.Context, site string, codes []share.Code) (map[share.Code][]byte, error) {
	lying := map[string][]string{}
	for _, code := range codes {
		at := collection(site, code)
		lying[at] = append(lying[at], string(code))
	}
	stored := make(map[share.Code][]byte, len(codes))
	for at, names := range lying {
		found, err := c.kv.GetMany(ctx, at, names)
		if err != nil {
			return nil, err
		}
		for name, value := range found {
			stored[share.Code(name)] = value
		}
	}
	return stored, nil
}

// Keep keeps what a code means, and returns what is kept: if somebody was first, what
// they kept.
func (c *Codes) Keep(ctx context.Context, site string, code share.Code, item *share.Item) (*share.Item, error) {
	if known, ok := c.seen.Get(place{site, code}); ok && known.Kept() && c.now().Sub(time.Unix(known.Made, 0)) < Life {
		return known, nil
	}
	kept, err := c.change(ctx, site, code, func(i *share.Item) bool {
		if i.Kept() {
			return false
		}
		i.Add(item)
		return true
	})
	if err != nil {
		return nil, fmt.Errorf("codes: keep one of %s: %w", site, err)
	}
	return kept, nil
}

// attempts is how often a change is begun again because somebody else changes the same
// code.
const attempts = 10

// change changes what is kept of a code, and returns what is kept then.
func (c *Codes) change(ctx context.Context, site string, code share.Code, change func(*share.Item) (changed bool)) (*share.Item, error) {
	for range attempts {
		old, err := c.kv.Get(ctx, collection(site, code), string(code))
		if err != nil {
			return nil, err
		}
		kept, done, err := c.swapItem(ctx, site, code, old, change)
		if done || err != nil {
			return kept, err
		}
	}
	return nil, fmt.Errorf("others change it all the time")
}

// swapItem tries to change what is kept of a code, of which old was found.
func (c *Codes) swapItem(ctx context.Context, site string, code share.Code, old []byte, change func(*share.Item) bool) (kept *share.Item, done bool, err error) {
	kept = &share.Item{}
	if old != nil {
		if kept, err = share.ReadItem(old); err != nil {
			return nil, false, err
		}
	}
	if !change(kept) {
		c.seen.Add(place{site, code}, kept)
		return kept, true, nil
	}
	next := kept.Marshal()
	if bytes.Equal(old, next) {
		return kept, true, nil
	}
	if done, err = c.kv.Swap(ctx, collection(site, code), string(code), old, next, c.expires(kept)); done {
		c.seen.Add(place{site, code}, kept)
	}
	return kept, done, err
}

// expires is when a code is forgotten. One that nobody keeps was made up by somebody
// who asked for codes and did not use them, or its use is still to come.
func (c *Codes) expires(i *share.Item) time.Time {
	if !i.Kept() {
		return c.now().Add(unkeptLife)
	}
	return time.Unix(i.Made, 0).Add(Life)
}

// unkeptLife is how long is known what was seen of a code that nobody has kept yet.
const unkeptLife = 48 * time.Hour

// Own makes the code of a post of the site's own, the same every time, and keeps it.
func (c *Codes) Own(ctx context.Context, site string, item *share.Item) (share.Code, error) {
	keys, err := c.Keys(ctx, site)
	if err != nil {
		return "", err
	}
	item.Grade, item.Made = share.Own, c.now().Unix()
	code := keys.Fixed("own", item.Name, item.Page)
	_, err = c.Keep(ctx, site, code, item)
	return code, err
}

// In returns the code that a page's query carries by a parameter, if it is one of the
// site's, or "". What looks like none costs nothing.
func (c *Codes) In(ctx context.Context, site, query, parameter string) (share.Code, error) {
	text := share.InQuery(query, parameter)
	if len(text) != share.Length {
		return "", nil
	}
	keys, err := c.Keys(ctx, site)
	if err != nil || !keys.Ours(text) {
		return "", err
	}
	return share.Code(strings.Clone(text)), nil
}

// Find returns what is kept of a code, or nil. What is no code of the site's is not
// looked up.
func (c *Codes) Find(ctx context.Context, site, text string) (*share.Item, error) {
	keys, err := c.Keys(ctx, site)
	if err != nil || !keys.Ours(text) {
		return nil, err
	}
	stored, err := c.kv.Get(ctx, collection(site, share.Code(text)), text)
	if err != nil || stored == nil {
		return nil, err
	}
	item, err := share.ReadItem(stored)
	if err != nil || !item.Kept() {
		return nil, err
	}
	return item, nil
}

// Items returns what is kept of some codes, which have been checked. Those of which
// nothing is known are left out.
func (c *Codes) Items(ctx context.Context, site string, codes []share.Code) (map[share.Code]*share.Item, error) {
	stored, err := c.getMany(ctx, site, codes)
	if err != nil {
		return nil, fmt.Errorf("codes: %d of %s: %w", len(codes), site, err)
	}
	items := make(map[share.Code]*share.Item, len(stored))
	for code, text := range stored {
		if items[code], err = share.ReadItem(text); err != nil {
			return nil, fmt.Errorf("codes: %s of %s: %w", code, site, err)
		}
	}
	return items, nil
}

// Each calls each with every code that was kept, in no order that means anything.
func (c *Codes) Each(ctx context.Context, site string, each func(share.Code, *share.Item) error) error {
	for i := range len(share.Alphabet) {
		err := c.kv.List(ctx, collection(site, share.Code(share.Alphabet[i:i+1])), func(name string, value []byte) error {
			item, err := share.ReadItem(value)
			if err != nil {
				return fmt.Errorf("codes: %s of %s: %w", name, site, err)
			}
			if !item.Kept() {
				return nil
			}
			return each(share.Code(name), item)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Forget forgets a code, and takes it out of those that came of it: they begin anew
// where it was.
func (c *Codes) Forget(ctx context.Context, site string, code share.Code) (found bool, err error) {
	if len(code) != share.Length {
		return false, nil
	}
	of := map[share.Code]bool{code: true}
	err = c.Each(ctx, site, func(other share.Code, item *share.Item) error {
		found = found || other == code
		if item.Without(code) {
			of[other] = true
		}
		return nil
	})
	for other := range of {
		if err == nil {
			err = c.forgetIn(ctx, site, other, code)
		}
	}
	if err != nil {
		return found, fmt.Errorf("codes: forget one of %s: %w", site, err)
	}
	return found, nil
}

func (c *Codes) forgetIn(ctx context.Context, site string, other, code share.Code) error {
	for range attempts {
		old, err := c.kv.Get(ctx, collection(site, other), string(other))
		if err != nil || old == nil {
			return err
		}
		var next []byte
		var expires time.Time
		if other != code {
			item, err := share.ReadItem(old)
			if err != nil {
				return err
			}
			item.Without(code)
			next, expires = item.Marshal(), c.expires(item)
		}
		c.seen.Remove(place{site, other})
		if done, err := c.kv.Swap(ctx, collection(site, other), string(other), old, next, expires); done || err != nil {
			return err
		}
	}
	return fmt.Errorf("others change it all the time")
}
