package codes

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"darksocial/darksocial/share"
)

// cameLife is how long is known which code a visitor of a day came with. The salt that
// names visitors is gone by then as well.
const cameLife = 48 * time.Hour

// visitors is where it is known by which code a visitor came: in one of many places, as
// codes lie.
func visitors(site, visitor string) string { return "came/" + site + "/" + visitor[len(visitor)-1:] }

// Came notes that a visitor, as named on a day, came with a code at a time, in Unix
// seconds. Of several the last one counts: it is the page the visitor has seen last.
func (c *Codes) Came(ctx context.Context, site, day, visitor string, code share.Code, at int64) error {
	if visitor == "" {
		return nil // objects, or could not be named
	}
	lies, name := visitors(site, visitor), day+" "+visitor
	for range attempts {
		old, err := c.kv.Get(ctx, lies, name)
		if _, last := readCame(old); err == nil && last >= at {
			return nil
		}
		done := false
		if err == nil {
			done, err = c.kv.Swap(ctx, lies, name, old, fmt.Appendf(nil, "%s %d", code, at), c.now().Add(cameLife))
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

// CameBy returns the code a visitor of the day came with last, or "", and when.
func (c *Codes) CameBy(ctx context.Context, site, day, visitor string) (code share.Code, at int64, err error) {
	if visitor == "" {
		return "", 0, nil
	}
	text, err := c.kv.Get(ctx, visitors(site, visitor), day+" "+visitor)
	if err != nil {
		return "", 0, fmt.Errorf("codes: by which code a visitor of %s came: %w", site, err)
	}
	code, at = readCame(text)
	return code, at, nil
}

// readCame reads what Came wrote; anything else is nothing.
func readCame(text []byte) (share.Code, int64) {
	code, when, _ := strings.Cut(string(text), " ")
	at, err := strconv.ParseInt(when, 10, 64)
	if err != nil {
		return "", 0
	}
	return share.Code(code), at
}
