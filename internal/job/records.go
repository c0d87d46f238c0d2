package job

import (
	"context"
	"encoding/binary"
	"fmt"

	"darksocial/darksocial/record"
	"darksocial/internal/runs"
)

// appendEntryKey makes the key by which the sightings of one page view come to stand
// side by side.
func appendEntryKey(dst []byte, id record.ID, time int64) []byte {
	return binary.BigEndian.AppendUint32(append(dst, id[:]...), uint32(time))
}

// folder takes what a day holds.
type folder interface {
	record(ctx context.Context, r *record.Record) error
	share(ctx context.Context, s *record.Share) error
	order(ctx context.Context, o *record.Order) error
}

// foldAll merges sorted entries into records, one after the other, and hands over each
// record, share and order once.
func foldAll(ctx context.Context, entries *runs.Sorter, to folder) error {
	var rec record.Record
	var id record.ID
	some := false // rec holds something
	first := true
	n := 0
	for e, err := range entries.Sorted() {
		if err != nil {
			return err
		}
		if n++; n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		next := record.ID(e.Key)
		again := !first && next == id
		if some && !again {
			if err := to.record(ctx, &rec); err != nil {
				return err
			}
			rec, some = record.Record{}, false
		}
		id, first = next, false
		sec := int64(binary.BigEndian.Uint32(e.Key[len(id):]))
		if !record.IsSighting(e.Value) {
			if again {
				continue // told twice; the first counts
			}
			if err := foldEvent(ctx, e.Value, id, sec, to); err != nil {
				return fmt.Errorf("entry %s: %w", id, err)
			}
			continue
		}
		s, err := record.DecodeSighting(e.Value, id, sec)
		if err != nil {
			return fmt.Errorf("record %s: %w", id, err)
		}
		rec.Add(&s)
		some = true
	}
	if !some {
		return nil
	}
	return to.record(ctx, &rec)
}

// foldEvent hands over what is no sighting of a page view.
func foldEvent(ctx context.Context, body []byte, id record.ID, sec int64, to folder) error {
	entry, err := record.Decode(body, id, sec)
	if err != nil {
		return err
	}
	switch e := entry.(type) {
	case *record.Share:
		return to.share(ctx, e)
	case *record.Order:
		return to.order(ctx, e)
	}
	return nil
}
