package rollup

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"

	"darksocial/darksocial/record"
)

// qualityKey is what the rows of Quality are told apart by.
type qualityKey struct{ door, outcome, reason, rules string }

// qualityRows add up what the receipts say was read and what the fold has seen.
// What was written more often than it was seen is duplicate.
func qualityRows(t *Total) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		rows, unwritten, err := t.outcomes()
		complete := unwritten == 0 && t.Over
		if err == nil {
			err = t.unknownApps(rows)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		for _, k := range sortedKeys(rows) {
			if !yield(Quality{Door: k.door, Outcome: k.outcome, Reason: k.reason, Rules: k.rules, Complete: complete, Records: rows[k]}, nil) {
				return
			}
		}
	}
}

func sortedKeys(rows map[qualityKey]int64) []qualityKey {
	return slices.SortedFunc(maps.Keys(rows), func(a, b qualityKey) int {
		return cmp.Or(cmp.Compare(a.door, b.door), cmp.Compare(a.outcome, b.outcome), cmp.Compare(a.reason, b.reason), cmp.Compare(a.rules, b.rules))
	})
}

// Unaccounted is how many records of a day that is over have no receipt.
func (t *Total) Unaccounted() (int64, error) {
	if !t.Over {
		return 0, nil
	}
	_, unwritten, err := t.outcomes()
	return unwritten, err
}

// outcomes counts records by what became of them, and those that no receipt tells of. A
// record without its receipt makes the day incomplete: its source was not read to the
// end, or the receipt is still to come.
func (t *Total) outcomes() (rows map[qualityKey]int64, unwritten int64, err error) {
	rows = map[qualityKey]int64{}
	written := map[qualityKey]int64{}
	for r, err := range receipts(t.sums) {
		if err != nil {
			return nil, 0, err
		}
		door := r.Door.String()
		written[qualityKey{door: door, rules: r.Rules}] += int64(r.Written)
		for _, c := range r.Filtered {
			rows[qualityKey{door, Filtered, c.Reason, r.Rules}] += int64(c.N)
		}
		for _, c := range r.Failed {
			rows[qualityKey{door, Failed, c.Reason, r.Rules}] += int64(c.N)
		}
	}
	for c, err := range counts(t.sums, sumSeen, 4, 1) {
		if err != nil {
			return nil, 0, err
		}
		rows[qualityKey{c.parts[0], c.parts[1], c.parts[2], c.parts[3]}] += c.n[0]
		written[qualityKey{door: c.parts[0], rules: c.parts[3]}] -= c.n[0]
	}
	return rows, addDuplicates(rows, written), nil
}

// addDuplicates adds what of each door and rules was written more often than it
// was seen, and returns how much was seen and not written. Rules do not part
// the two: a range of a stream that was tried again in halves, after an update,
// counts with the rules of the whole and is seen with those of the halves.
func addDuplicates(rows, left map[qualityKey]int64) (missing int64) {
	unwritten := map[string]int64{} // by door
	for key, n := range left {
		unwritten[key.door] -= min(n, 0)
	}
	for _, key := range sortedKeys(left) {
		n := left[key]
		elsewhere := min(max(n, 0), unwritten[key.door]) // seen with other rules
		unwritten[key.door] -= elsewhere
		if n -= elsewhere; n > 0 {
			rows[qualityKey{key.door, Duplicate, "", key.rules}] = n
		}
	}
	for _, n := range unwritten {
		missing += n
	}
	return missing
}

// unknownApps adds the names no rule knows.
func (t *Total) unknownApps(rows map[qualityKey]int64) error {
	const told = 100
	names := newLargest(told)
	for c, err := range counts(t.sums, sumUnknown, 3, 1) {
		if err != nil {
			return err
		}
		if c.n[0] >= int64(t.Few) {
			names.offer(string(sumUnknown.key(nil, c.parts...)), c.n[0])
		}
	}
	names.choose()
	for c, err := range counts(t.sums, sumUnknown, 3, 1) {
		if err != nil {
			return err
		}
		name := Other
		if names.has(string(sumUnknown.key(nil, c.parts...))) {
			name = c.parts[1]
		}
		rows[qualityKey{c.parts[0], UnknownApp, name, c.parts[2]}] += c.n[0]
	}
	return nil
}

// receipts goes through the receipts of a day, of each source one per quarter of
// an hour: a range of a stream that was tried again in parts is left out where
// the whole is there.
func receipts(sums Sums) iter.Seq2[*record.Receipt, error] {
	return func(yield func(*record.Receipt, error) bool) {
		var last *record.Receipt
		for s, err := range sums.All(byte(sumReceipt)) {
			if err != nil {
				yield(nil, err)
				return
			}
			r, err := record.DecodeReceipt(s.Value)
			if err != nil {
				yield(nil, fmt.Errorf("rollup: receipt %w", err))
				return
			}
			if last != nil && last.Quarter == r.Quarter && last.Source.Contains(&r.Source) {
				continue
			}
			last = &r
			if !yield(&r, nil) {
				return
			}
		}
	}
}
