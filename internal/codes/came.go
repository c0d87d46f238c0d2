package codes

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"darksocial/darksocial/share"
)

// cameLife is how long is known which code a visitor of a day came with. The salt that
// names visitors is gone by then as well.
const cameLife = 48 * time.Hour

// Came notes that a visitor, as named on a day, came with a code. Of several the last
// one counts: it is the page the visitor has seen last.
func (c *Codes) Came(ctx context.Context, site, day, visitor string, code share.Code) error {
	if visitor == "" {
		return nil // objects, or could not be named
	}
	name := day + " " + visitor
	for range attempts {
		old, err := c.kv.Get(ctx, "came/"+site, name)
		if err == nil && bytes.Equal(old, []byte(code)) {
			return nil
		}
		done := false
		if err == nil {
			done, err = c.kv.Swap(ctx, "came/"+site, name, old, []byte(code), c.now().Add(cameLife))
		}
		if err != nil {
			return fmt.Errorf("codes: note by which code a visitor of %s came: %w", site, err)
		}
		if done {
			return nil
		}
	}
	return nil // the same browser comes with many codes at once: one of them is noted
}

// CameBy returns the code a visitor of the day came with last, or "".
func (c *Codes) CameBy(ctx context.Context, site, day, visitor string) (share.Code, error) {
	if visitor == "" {
		return "", nil
	}
	code, err := c.kv.Get(ctx, "came/"+site, day+" "+visitor)
	if err != nil {
		return "", fmt.Errorf("codes: by which code a visitor of %s came: %w", site, err)
	}
	return share.Code(code), nil
}
