package ledger

import (
	"context"
	"fmt"
	"time"

	"darksocial/darksocial/record"
)

// Shard is one of 2^Bits parts of a site's records. The zero Shard is all.
type Shard struct{ Bits, Index int }

// Has reports whether an id belongs to the part.
func (s Shard) Has(id record.ID) bool { return id.Shard(s.Bits) == s.Index }

func (s Shard) String() string { return fmt.Sprintf("%d of %d", s.Index, 1<<s.Bits) }

// slack is how far apart two doors may date one page view.
const slack = 15 * time.Minute

// Scan calls each with every block that may hold sightings of a shard between two
// moments, and of the quarter of an hour on either side, in which another door
// may have seen the same page view. Blocks hold more than was asked for.
func (l *Ledger) Scan(ctx context.Context, site string, from, to time.Time, shard Shard, each func(BlockID, *record.Unpacked) error) error {
	from, to = from.Add(-slack).UTC().Truncate(time.Hour), to.Add(slack).UTC()
	bits, known := 0, false
	for hour := from; hour.Before(to); hour = hour.Add(time.Hour) {
		if hour == from || hour.Hour() == 0 {
			var err error
			if bits, known, err = l.shardBits(ctx, site, hour); err != nil {
				return err
			}
		}
		if !known {
			continue // nobody has written to this day
		}
		first, after := shard.partitions(bits)
		for index := first; index < after; index++ {
			if err := l.scanPartition(ctx, partition(site, hour, index), each); err != nil {
				return err
			}
		}
	}
	return nil
}

// partitions are those of a day divided by bits in which the shard's ids lie.
func (s Shard) partitions(bits int) (first, after int) {
	if bits <= s.Bits { // the day is divided less finely
		first = s.Index >> (s.Bits - bits)
		return first, first + 1
	}
	return s.Index << (bits - s.Bits), (s.Index + 1) << (bits - s.Bits)
}

func (l *Ledger) scanPartition(ctx context.Context, partition string, each func(BlockID, *record.Unpacked) error) error {
	return l.scanKeys(ctx, partition, func(key string, block *record.Unpacked) error {
		return each(blockID(partition, key), block)
	})
}

func (l *Ledger) scanKeys(ctx context.Context, partition string, each func(key string, block *record.Unpacked) error) error {
	return l.blocks.Scan(ctx, partition, func(key string, data []byte) error {
		block, err := record.Unpack(data)
		if err != nil {
			return fmt.Errorf("ledger: block %s of %s: %w", key, partition, err)
		}
		return each(key, block)
	})
}

// Find returns the record with an id, or nil. It looks through every hour there is.
func (l *Ledger) Find(ctx context.Context, site string, id record.ID) (*record.Record, error) {
	var found *record.Record
	shard := Shard{Bits: record.MaxShardBits, Index: id.Shard(record.MaxShardBits)}
	err := l.Days(ctx, site, func(day time.Time) error {
		return l.Scan(ctx, site, day.Add(slack), day.Add(24*time.Hour-slack), shard, func(_ BlockID, block *record.Unpacked) error {
			for _, p := range block.Sightings {
				if p.ID != id || !record.IsSighting(p.Body) {
					continue
				}
				s, err := record.DecodeSighting(p.Body, p.ID, p.Time)
				if err != nil {
					return err
				}
				if found == nil {
					found = &record.Record{}
				}
				found.Add(&s)
			}
			return nil
		})
	})
	return found, err
}
