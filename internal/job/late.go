package job

import (
	"context"
	"errors"
	"os"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
)

// countLate counts the records that came after a day was closed. They are kept
// as long as others; the tables stay.
func (r *Roller) countLate(ctx context.Context, s *site.Site, day rollup.Day, before *before) (*Outcome, error) {
	o := &Outcome{Site: s.Name, Date: day.Date, Status: "closed", Late: before.manifest.Late}
	if before.mark == nil {
		return o, nil
	}
	known := map[ledger.BlockID]bool{}
	if _, err := readManifest(ctx, r.lake, s.Name, day.Date, func(id ledger.BlockID) error {
		known[id] = true
		return nil
	}); err != nil {
		return nil, err
	}
	o.Late = 0
	err := r.ledger.Scan(ctx, s.Name, day.From, day.To, ledger.Shard{}, func(id ledger.BlockID, block *record.Unpacked) error {
		for _, p := range block.Sightings {
			if !known[id] && day.Has(p.Time) {
				o.Late++
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	m := before.manifest.Manifest
	m.Late = o.Late
	ids := func(yield func([]byte, error) bool) {
		_, err := readManifest(ctx, r.lake, s.Name, day.Date, func(id ledger.BlockID) error {
			if !yield(id[:], nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
	if err := writeManifest(ctx, r.lake, os.TempDir(), &m, ids, before.manifest.etag); err != nil {
		return nil, err
	}
	return o, r.ledger.Unmark(ctx, s.Name, day.Date, before.mark)
}

var errStopped = errors.New("stopped")
