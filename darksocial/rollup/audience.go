package rollup

import "iter"

// audienceRows tell no value of so few arrivals that it might be somebody: the
// values of a source with fewer than Few are one row together. Sums stay right.
func audienceRows(t *Total) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		var at, few Audience // the channel, source and dimension whose values come
		flush := func() bool { return few.Arrivals == 0 || yield(few, nil) }
		for c, err := range foldedSums(t, sumAudience, 4, 1, func(parts []string) { parts[1] = t.sources.name(parts[1]) }) {
			if err != nil {
				yield(nil, err)
				return
			}
			if next := (Audience{Channel: c.parts[0], Source: c.parts[1], Dimension: c.parts[2]}); next != at {
				if !flush() {
					return
				}
				at, few = next, next
				few.Value = Few
			}
			row := at
			row.Value, row.Arrivals = c.parts[3], c.n[0]
			if row.Arrivals < int64(t.Few) {
				few.Arrivals += row.Arrivals
				continue
			}
			if !yield(row, nil) {
				return
			}
		}
		flush()
	}
}
