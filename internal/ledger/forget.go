package ledger

import (
	"context"
	"time"

	"darksocial/darksocial/record"
	"darksocial/internal/site"
)

// ForgetCode takes a share code out of all that is kept of a site and returns the
// number of page views it was taken out of. The page views themselves stay, and so do
// their blocks, under the same names: a roll-up finds all that it found before.
func (l *Ledger) ForgetCode(ctx context.Context, s *site.Site, code string) (int, error) {
	views := map[record.ID]bool{}
	err := l.Days(ctx, s.Name, func(day time.Time) error {
		bits, known, err := l.shardBits(ctx, s.Name, day)
		if err != nil || !known {
			return err
		}
		for hour := day; hour.Before(day.Add(24 * time.Hour)); hour = hour.Add(time.Hour) {
			for shard := range 1 << bits {
				if err := l.forgetIn(ctx, Block{Partition: partition(s.Name, hour, shard), Expires: l.expires(hour.Add(time.Hour))}, code, views); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return len(views), err
}

// forgetIn rewrites the blocks of a partition that hold a code.
func (l *Ledger) forgetIn(ctx context.Context, like Block, code string, views map[record.ID]bool) error {
	var changed []Block
	err := l.scanKeys(ctx, like.Partition, func(key string, block *record.Unpacked) error {
		found := false
		for i := range block.Sightings {
			p := &block.Sightings[i]
			sighting, err := record.DecodeSighting(p.Body, p.ID, p.Time)
			if err != nil {
				return err
			}
			if sighting.Code.Code != code && sighting.Code.Root != code {
				continue
			}
			found, views[p.ID] = true, true
			sighting.Code = record.Code{}
			p.Body = record.AppendSighting(nil, &sighting)
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
