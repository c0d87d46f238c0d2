package tables

import (
	"context"
	"encoding/binary"
	"fmt"
	"iter"
	"maps"
	"os"
	"slices"
	"time"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/ledger"
	"darksocial/internal/runs"
	"darksocial/internal/site"
)

// Minutes is how many minutes are told one by one.
const Minutes = 30

// Recent is what came in the last minutes, the one that runs with it.
type Recent struct {
	From, To time.Time
	Last     time.Time          // of the last page view or share that was seen; zero if there was none
	Arrivals [][]rollup.Arrival // by minute
	Pages    [Minutes][]rollup.Page
}

// recentLasts is for how long the last minutes are not looked at anew.
const recentLasts = 10 * time.Second

// Recent looks at the last minutes.
func (s *Store) Recent(ctx context.Context, of *site.Site) (*Recent, error) {
	return s.recents.Get(ctx, of.Name, func(ctx context.Context) (*Recent, int64, time.Time, error) {
		r, err := s.recent(ctx, of)
		if err != nil {
			return nil, 0, time.Time{}, fmt.Errorf("the last minutes of %s: %w", of.Name, err)
		}
		n := 0
		for m := range Minutes {
			n += len(r.Arrivals[m]) + len(r.Pages[m])
		}
		return r, int64(n) * rowSize, s.now().Add(recentLasts), nil
	})
}

// before is how much earlier another door may have dated what is seen in the window.
const before = 15 * time.Minute

// entriesInMemory is how many bytes of records are sorted in memory; the rest lies in
// the folder for temporary files.
const entriesInMemory = 4 << 20

func (s *Store) recent(ctx context.Context, of *site.Site) (*Recent, error) {
	now := s.now()
	to := now.Truncate(time.Minute).Add(time.Minute)
	r := &Recent{From: to.Add(-Minutes * time.Minute), To: to, Arrivals: make([][]rollup.Arrival, Minutes)}
	entries := runs.NewSorter(os.TempDir(), entriesInMemory, nil)
	defer entries.Close()
	codes := map[share.Code]bool{}
	var key []byte
	err := s.ledger.Scan(ctx, of.Name, r.From, r.To, ledger.Shard{}, func(_ ledger.BlockID, block *record.Unpacked) error {
		for _, p := range block.Sightings {
			if !record.IsSighting(p.Body) && !record.IsShare(p.Body) {
				continue // a shop's order
			}
			if at := time.Unix(p.Time, 0); at.Before(r.From.Add(-before)) || at.After(r.To) {
				continue
			}
			if at := time.Unix(p.Time, 0); at.After(r.Last) && !at.Before(r.From) {
				r.Last = at
			}
			if code := codeIn(&p); code != "" {
				codes[code] = true
			}
			key = binary.BigEndian.AppendUint32(append(key[:0], p.ID[:]...), uint32(p.Time))
			if err := entries.Add(key, p.Body); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	items, err := s.known(ctx, of.Name, codes)
	if err != nil {
		return nil, err
	}
	return r, r.foldMinutes(of, entries, items)
}

// codeIn is the share code of an entry, or "". One that cannot be read says so when it
// is folded.
func codeIn(p *record.Packed) share.Code {
	if record.IsShare(p.Body) {
		made, _ := record.DecodeShare(p.Body, p.ID, p.Time)
		return share.Code(made.Code)
	}
	seen, _ := record.DecodeSighting(p.Body, p.ID, p.Time)
	return share.Code(seen.Code)
}

// known finds what is kept of codes, and of what they came of.
func (s *Store) known(ctx context.Context, site string, codes map[share.Code]bool) (map[share.Code]*share.Item, error) {
	if len(codes) == 0 {
		return nil, nil
	}
	items, err := s.items.Items(ctx, site, slices.Collect(maps.Keys(codes)))
	if err != nil {
		return nil, err
	}
	ancestors := map[share.Code]bool{}
	for _, item := range items {
		for _, code := range item.Ancestors {
			if items[code] == nil {
				ancestors[code] = true
			}
		}
	}
	if len(ancestors) == 0 {
		return items, nil
	}
	more, err := s.items.Items(ctx, site, slices.Collect(maps.Keys(ancestors)))
	maps.Copy(items, more)
	return items, err
}

// foldMinutes folds each minute as if it were a day.
func (r *Recent) foldMinutes(of *site.Site, entries *runs.Sorter, items map[share.Code]*share.Item) error {
	find := func(code share.Code) *share.Item { return items[code] }
	var sums [Minutes]sumsInMemory
	var folds [Minutes]*rollup.Fold
	for m := range Minutes {
		sums[m] = sumsInMemory{}
		from := r.From.Add(time.Duration(m) * time.Minute)
		folds[m] = rollup.NewFold(rollup.Day{From: from, To: from.Add(time.Minute)}, &of.Site, find, sums[m])
	}
	fold := func(at int64, add func(*rollup.Fold) error) error {
		if m := (at - r.From.Unix()) / 60; at >= r.From.Unix() && m < Minutes {
			return add(folds[m])
		}
		return nil
	}
	var seen record.Record
	some := false
	flush := func() error {
		if !some {
			return nil
		}
		some = false
		visit := seen.Visit()
		return fold(visit.Time, func(f *rollup.Fold) error { return f.Add(&seen) })
	}
	var last record.ID
	for e, err := range entries.Sorted() {
		if err != nil {
			return err
		}
		id := record.ID(e.Key[:len(last)])
		at := int64(binary.BigEndian.Uint32(e.Key[len(id):]))
		if again := id == last; !again {
			if err := flush(); err != nil {
				return err
			}
			seen = record.Record{}
		} else if record.IsShare(e.Value) {
			continue // told twice; the first counts
		}
		last = id
		if record.IsShare(e.Value) {
			s, err := record.DecodeShare(e.Value, id, at)
			if err == nil {
				err = fold(at, func(f *rollup.Fold) error { return f.AddShare(&s) })
			}
			if err != nil {
				return err
			}
			continue
		}
		s, err := record.DecodeSighting(e.Value, id, at)
		if err != nil {
			return err
		}
		seen.Add(&s)
		some = true
	}
	if err := flush(); err != nil {
		return err
	}
	for _, f := range folds {
		if err := f.Flush(); err != nil {
			return err
		}
	}
	return r.rows(of, &sums)
}

// rows makes rows of the sums of each minute.
func (r *Recent) rows(of *site.Site, sums *[Minutes]sumsInMemory) error {
	for m := range Minutes {
		total, err := rollup.NewTotal(sums[m], &of.Site, rollup.DefaultOptions)
		if err != nil {
			return err
		}
		for _, table := range rollup.Tables {
			switch table.Row.(type) {
			case rollup.Arrival:
				r.Arrivals[m], _, err = collected[rollup.Arrival](context.Background(), table.Rows(total))
			case rollup.Page:
				r.Pages[m], _, err = collected[rollup.Page](context.Background(), table.Rows(total))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// sumsInMemory are the sums of a minute.
type sumsInMemory map[string][]int64

// Add adds counts to those of a key.
func (s sumsInMemory) Add(key []byte, counts ...int64) error {
	sum, ok := s[string(key)]
	if !ok {
		s[string(key)] = slices.Clone(counts)
		return nil
	}
	for i, n := range counts {
		sum[i] += n
	}
	return nil
}

// All goes through those whose key begins with a byte, in the order of their keys.
func (s sumsInMemory) All(first byte) iter.Seq2[rollup.Entry, error] {
	return func(yield func(rollup.Entry, error) bool) {
		for _, key := range slices.Sorted(maps.Keys(s)) {
			if key[0] == first && !yield(rollup.Entry{Key: []byte(key), Value: rollup.AppendCounts(nil, s[key])}, nil) {
				return
			}
		}
	}
}
