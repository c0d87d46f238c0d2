package ledger

import (
	"context"
	"time"

	"darksocial/darksocial/record"
	"darksocial/internal/site"
)

// ForgetCode takes a share code out of all that is kept of a site and returns the
// number of page views and shares it was taken out of. These stay, and so do their
// blocks, under the same names: a roll-up finds all that it found before.
func (l *Ledger) ForgetCode(ctx context.Context, s *site.Site, code string) (int, error) {
	entries := map[record.ID]bool{}
	err := l.Days(ctx, s.Name, func(day time.Time) error {
		bits, known, err := l.shardBits(ctx, s.Name, day)
		if err != nil || !known {
			return err
		}
		for hour := day; hour.Before(day.Add(24 * time.Hour)); hour = hour.Add(time.Hour) {
			for shard := range 1 << bits {
				if err := l.forgetIn(ctx, Block{Partition: partition(s.Name, hour, shard), Expires: l.expires(hour.Add(time.Hour))}, code, entries); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return len(entries), err
}

// forgetIn rewrites the blocks of a partition that hold a code.
func (l *Ledger) forgetIn(ctx context.Context, like Block, code string, entries map[record.ID]bool) error {
	var changed []Block
	err := l.scanKeys(ctx, like.Partition, func(key string, block *record.Unpacked) error {
		found := false
		for i := range block.Sightings {
			p := &block.Sightings[i]
			entry, err := record.Decode(p.Body, p.ID, p.Time)
			if err != nil {
				return err
			}
			if !takeOut(entry, code) {
				continue
			}
			found, entries[p.ID] = true, true
			p.Body = entry.AppendBody(nil)
		}
		if found {
			b := like
			b.Key, b.Data = key, record.Pack(block.Sightings, block.Receipts)
			changed = append(changed, b)
		}
		return nil
	})
	if err != nil || len(changed) == 0 {
		return err
	}
	return l.blocks.Append(ctx, changed)
}

// takeOut takes a code out of an entry and reports whether it was there.
func takeOut(entry record.Entry, code string) bool {
	var places []*string
	switch e := entry.(type) {
	case *record.Sighting:
		places = []*string{&e.Code}
	case *record.Share:
		places = []*string{&e.Code}
	case *record.Order:
		for i := range e.Chain {
			places = append(places, &e.Chain[i].Code)
		}
	}
	found := false
	for _, at := range places {
		if *at == code {
			*at, found = "", true
		}
	}
	return found
}
