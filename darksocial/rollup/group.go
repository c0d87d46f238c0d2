package rollup

import (
	"iter"
	"slices"
	"strings"
)

// foldedSums goes through sums of one kind whose parts are changed by fold: what is too
// small becomes "(other)", and sums that are then alike are added up. Sums with the
// same first part stand together, in order; those whose first part became
// "(other)" come last. Only the sums of one first part are held at a time.
func foldedSums(t *Total, k kind, nParts, nCounts int, fold func(parts []string)) iter.Seq2[counted, error] {
	return func(yield func(counted, error) bool) {
		group, rest := group{}, group{}
		first := ""
		for c, err := range counts(t.sums, k, nParts, nCounts) {
			if err != nil {
				yield(counted{}, err)
				return
			}
			fold(c.parts)
			if c.parts[0] == Other {
				rest.add(c)
				continue
			}
			if c.parts[0] != first {
				if !group.flush(yield) {
					return
				}
				first = c.parts[0]
			}
			group.add(c)
		}
		_ = group.flush(yield) && rest.flush(yield)
	}
}

// group is sums by their parts, which hold no zero byte.
type group map[string][]int64

func (g group) add(c counted) {
	key := strings.Join(c.parts, "\x00")
	sum := g[key]
	if sum == nil {
		g[key] = slices.Clone(c.n)
		return
	}
	for i, n := range c.n {
		sum[i] += n
	}
}

// flush yields the sums in order and empties the group.
func (g group) flush(yield func(counted, error) bool) bool {
	keys := make([]string, 0, len(g))
	for key := range g {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		if !yield(counted{strings.Split(key, "\x00"), g[key]}, nil) {
			return false
		}
	}
	clear(g)
	return true
}

// mapped makes rows of sums.
func mapped(sums iter.Seq2[counted, error], row func(counted) any) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		for c, err := range sums {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(row(c), nil) {
				return
			}
		}
	}
}
