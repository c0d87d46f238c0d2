package job

import (
	"context"
	"encoding/binary"
	"fmt"

	"darksocial/darksocial/record"
	"darksocial/internal/runs"
)

// appendSightingKey makes the key by which the sightings of one page view come to
// stand side by side.
func appendSightingKey(dst []byte, id record.ID, time int64) []byte {
	return binary.BigEndian.AppendUint32(append(dst, id[:]...), uint32(time))
}

// eachRecord merges sorted sightings into records, one after the other.
func eachRecord(ctx context.Context, sightings *runs.Sorter, each func(*record.Record) error) error {
	var rec record.Record
	var id record.ID
	some := false
	n := 0
	for e, err := range sightings.Sorted() {
		if err != nil {
			return err
		}
		if n++; n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		next := record.ID(e.Key)
		if some && next != id {
			if err := each(&rec); err != nil {
				return err
			}
			rec = record.Record{}
		}
		id, some = next, true
		s, err := record.DecodeSighting(e.Value, id, int64(binary.BigEndian.Uint32(e.Key[len(id):])))
		if err != nil {
			return fmt.Errorf("record %s: %w", id, err)
		}
		rec.Add(&s)
	}
	if !some {
		return nil
	}
	return each(&rec)
}
