package job

import (
	"context"
	"os"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/ledger"
	"darksocial/internal/runs"
	"darksocial/internal/site"
)

// Views calls each with every page view of a day, merged of what all doors saw of it, as
// the roll-up merges it. The record is each's until it returns.
func (r *Roller) Views(ctx context.Context, s *site.Site, day rollup.Day, each func(*record.Record) error) error {
	entries := runs.NewSorter(os.TempDir(), r.memory.entries, nil)
	defer entries.Close()
	err := r.sortEntries(ctx, s, day, ledger.Shard{}, entries, func(ledger.BlockID, *record.Unpacked) error { return nil })
	if err != nil {
		return err
	}
	return foldAll(ctx, entries, viewer(each))
}

// viewer is a folder of page views alone.
type viewer func(*record.Record) error

func (v viewer) record(_ context.Context, r *record.Record) error { return v(r) }
func (v viewer) share(context.Context, *record.Share) error       { return nil }
func (v viewer) order(context.Context, *record.Order) error       { return nil }
