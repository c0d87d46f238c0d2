package job

import (
	"context"
	"maps"
	"slices"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
)

// tally counts the lines of one source by site and quarter of an hour, for its
// receipts.
type tally struct {
	door    record.Door
	lines   int
	counts  map[tallyKey]*tallied
	last    tallyKey // of a line with a time
	undated map[*site.Served]map[string]int
	at      *tallied // that of last; nil before there was one
}

type tallyKey struct {
	site    *site.Served
	quarter int64
}

type tallied struct {
	written          int
	filtered, failed map[string]int
}

func newTally(door record.Door) *tally {
	return &tally{door: door, counts: map[tallyKey]*tallied{}, undated: map[*site.Served]map[string]int{}}
}

func (t *tally) of(s *site.Served, sec int64) *tallied {
	key := tallyKey{s, sec / record.Quarter}
	if t.at == nil || key != t.last {
		t.last, t.at = key, t.quarter(key)
	}
	return t.at
}

func (t *tally) quarter(key tallyKey) *tallied {
	c := t.counts[key]
	if c == nil {
		c = &tallied{filtered: map[string]int{}, failed: map[string]int{}}
		t.counts[key] = c
	}
	return c
}

func (t *tally) written(s *site.Served, sec int64) { t.of(s, sec).written++ }

func (t *tally) filtered(s *site.Served, sec int64, reason string) { t.of(s, sec).filtered[reason]++ }

// failed counts a line that says no time one can trust: it is taken to be of the
// time of the line before.
func (t *tally) failed(s *site.Served, reason string) {
	if t.at != nil {
		t.quarter(tallyKey{s, t.last.quarter}).failed[reason]++
		return
	}
	if t.undated[s] == nil {
		t.undated[s] = map[string]int{}
	}
	t.undated[s][reason]++
}

// deliver gives the receipts to a batch. Lines before the first with a time are
// taken to be of its time, and those of a source without any of the time it was
// written at.
func (t *tally) deliver(ctx context.Context, batch *ledger.Batch, in *input) error {
	first := in.modified.Unix() / record.Quarter
	if t.at != nil {
		first = slices.MinFunc(slices.Collect(maps.Keys(t.counts)), func(a, b tallyKey) int { return int(a.quarter - b.quarter) }).quarter
	}
	for s, reasons := range t.undated {
		for reason, n := range reasons {
			t.quarter(tallyKey{s, first}).failed[reason] += n
		}
	}
	source := in.source()
	for key, c := range t.counts {
		r := record.Receipt{Source: source, Door: t.door, Rules: darksocial.Version(), Quarter: key.quarter, Written: c.written,
			Filtered: sorted(c.filtered), Failed: sorted(c.failed)}
		if err := batch.Receipt(ctx, key.site.Site, r); err != nil {
			return err
		}
	}
	return nil
}

func sorted(reasons map[string]int) []record.Count {
	var counts []record.Count
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		counts = append(counts, record.Count{Reason: reason, N: reasons[reason]})
	}
	return counts
}

// result adds the tally up.
func (t *tally) result() *Result {
	r := NewResult()
	for _, c := range t.counts {
		r.Add(&Result{Written: c.written, Filtered: c.filtered, Failed: c.failed})
	}
	for _, reasons := range t.undated {
		r.Add(&Result{Failed: reasons})
	}
	r.Lines = t.lines
	return r
}
