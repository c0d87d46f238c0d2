package codes

import (
	"context"
	"fmt"
	"sync"

	"darksocial/darksocial/share"
)

// Event is something that was seen of a code.
type Event struct {
	Code    share.Code
	At      int64  // Unix seconds
	Preview string // the source whose app drew a preview of it; empty: a visitor came with it
}

// atOnce is how many codes are changed at the same time.
const atOnce = 16

// Note notes what was seen of codes, which have been checked. Noted again, it changes
// nothing, and where that is known costs nothing.
func (c *Codes) Note(ctx context.Context, site string, events []Event) error {
	fresh := map[share.Code]*share.Item{}
	for _, e := range events {
		if fresh[e.Code] == nil {
			fresh[e.Code] = &share.Item{}
		}
		if e.Preview != "" {
			fresh[e.Code].Preview(e.Preview, e.At)
		} else {
			fresh[e.Code].Open(e.At)
		}
	}
	var left []share.Code
	for code, item := range fresh {
		if known, ok := c.seen.Get(place{site, code}); ok && !adds(known, item) {
			delete(fresh, code)
			continue
		}
		left = append(left, code)
	}
	if len(left) == 0 {
		return nil
	}
	stored, err := c.getMany(ctx, site, left)
	if err == nil {
		err = c.addAll(ctx, site, fresh, stored)
	}
	if err != nil {
		return fmt.Errorf("codes: note what was seen of %d of %s: %w", len(fresh), site, err)
	}
	return nil
}

// addAll adds what is fresh to what was found stored.
func (c *Codes) addAll(ctx context.Context, site string, fresh map[share.Code]*share.Item, stored map[share.Code][]byte) error {
	var group sync.WaitGroup
	slots := make(chan struct{}, atOnce)
	failed := make(chan error, 1)
	for code, item := range fresh {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			change := func(i *share.Item) bool {
				if !adds(i, item) {
					return false
				}
				i.Add(item)
				return true
			}
			_, done, err := c.swapItem(ctx, site, code, stored[code], change)
			if !done && err == nil { // somebody was quicker
				_, err = c.change(ctx, site, code, change)
			}
			if err != nil {
				select {
				case failed <- err:
				default: // one is enough
				}
			}
		})
	}
	group.Wait()
	select {
	case err := <-failed:
		return err
	default:
		return nil
	}
}

// adds reports whether something was seen that is not known yet.
func adds(known, fresh *share.Item) bool {
	if fresh.Opened != 0 && (known.Opened == 0 || fresh.Opened < known.Opened) {
		return true
	}
	for source, at := range fresh.Previews {
		if before, ok := known.Previews[source]; !ok || at < before {
			return true
		}
	}
	return false
}
