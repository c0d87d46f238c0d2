package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"darksocial/darksocial/rollup"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
	"darksocial/internal/runs"
	"darksocial/internal/site"
)

// A day too large for one machine is folded in shards, each for itself, and their
// sums are merged. A partial is a run of sums; it also holds the mark of the day
// as it was before the shard was read.

func partialKey(site, date string, shard ledger.Shard) string {
	return fmt.Sprintf("partials/site=%s/dt=%s/%02d-of-%02d.run", site, date, shard.Index, 1<<shard.Bits)
}

// partialNote is the kind of key under which a partial keeps its mark; the sums
// leave it free.
const partialNote = 'm'

type note struct {
	Mark []byte `json:"mark"`
}

// Shard folds one shard of a day and keeps the sums for Merge.
func (r *Roller) Shard(ctx context.Context, s *site.Site, day rollup.Day, index int) (*Outcome, error) {
	shard := ledger.Shard{Bits: s.ShardBits, Index: index}
	if index < 0 || index >= 1<<s.ShardBits {
		return nil, fmt.Errorf("shard %d: site %s has the shards 0 to %d", index, s.Name, 1<<s.ShardBits-1)
	}
	day, _, err := r.window(ctx, s, day)
	if err != nil {
		return nil, err
	}
	mark, err := r.ledger.Marked(ctx, s.Name, day.Date)
	if err != nil {
		return nil, err
	}
	value, err := json.Marshal(note{mark})
	if err != nil {
		return nil, err
	}
	sums, err := r.fold(ctx, s, day, shard, rollup.Entry{Key: []byte{partialNote, byte(index)}, Value: value})
	if err != nil {
		return nil, fmt.Errorf("fold shard %s of %s of %s: %w", shard, day.Date, s.Name, err)
	}
	defer sums.Close()
	if _, err := r.lake.Put(ctx, partialKey(s.Name, day.Date, shard), sums.Reader(), object.Any); err != nil {
		return nil, fmt.Errorf("keep the sums of shard %s: %w", shard, err)
	}
	return &Outcome{Site: s.Name, Date: day.Date, Status: "shard"}, nil
}

// Merge makes the tables of a day of the sums of all its shards.
func (r *Roller) Merge(ctx context.Context, s *site.Site, day rollup.Day, reopen bool) (*Outcome, error) {
	day, before, err := r.look(ctx, s, day)
	if err != nil {
		return nil, err
	}
	if before.manifest.Closed && !reopen {
		return r.countLate(ctx, s, day, before)
	}
	var inputs []io.Reader
	var keys []string
	for index := range 1 << s.ShardBits {
		key := partialKey(s.Name, day.Date, ledger.Shard{Bits: s.ShardBits, Index: index})
		body, _, err := r.lake.Open(ctx, key)
		if errors.Is(err, object.ErrNotFound) {
			return nil, fmt.Errorf(`merge %s of %s: shard %d is missing; fold it first: {"site":%q,"dt":%q,"shard":%d}`, day.Date, s.Name, index, s.Name, day.Date, index)
		}
		if err != nil {
			return nil, err
		}
		defer body.Close()
		inputs, keys = append(inputs, body), append(keys, key)
	}
	sums, err := runs.WriteFile(os.TempDir(), runs.Merge(rollup.Combine, inputs...))
	if err != nil {
		return nil, fmt.Errorf("merge %s of %s: %w", day.Date, s.Name, err)
	}
	defer sums.Close()
	if before.mark, err = commonMark(sums); err != nil {
		return nil, err
	}
	if err := r.checkLost(ctx, s, day, sums); err != nil {
		return nil, fmt.Errorf("merge %s of %s: %w", day.Date, s.Name, err)
	}
	o, err := r.write(ctx, s, day, sums, before)
	if err != nil {
		return nil, fmt.Errorf("merge %s of %s: %w", day.Date, s.Name, err)
	}
	for _, key := range keys {
		if err := r.lake.Delete(ctx, key); err != nil {
			return nil, err
		}
	}
	return o, nil
}

// commonMark is the mark that all shards saw, or none: a day that was written to
// while its shards were read is to be rolled up again.
func commonMark(sums *runs.File) (ledger.Mark, error) {
	var common ledger.Mark
	first := true
	for e, err := range sums.All(partialNote) {
		var n note
		if err == nil {
			err = json.Unmarshal(e.Value, &n)
		}
		if err != nil {
			return nil, err
		}
		if !first && string(n.Mark) != string(common) {
			return nil, nil
		}
		common, first = n.Mark, false
	}
	return common, nil
}
