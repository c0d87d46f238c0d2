package rollup

import (
	"cmp"
	"iter"
	"slices"
	"strconv"
	"time"

	"darksocial/darksocial/share"
)

func shareRows(t *Total) iter.Seq2[any, error] {
	return mapped(foldedSums(t, sumShares, 3, numSharing, func(parts []string) {
		parts[0] = t.pages.name(parts[0])
	}), func(c counted) any {
		s := Share{Page: c.parts[0], Button: c.parts[1], App: c.parts[2], Shares: c.n[0], Previews: c.n[1], Arrivals: c.n[2]}
		putFewReads(c.n[3:], &s.Measured, &s.Readers, &s.EngagedSeconds)
		return s
	})
}

// putFewReads puts the first counts of a reading into columns.
func putFewReads(n []int64, measured *int64, readers, seconds **int64) {
	if *measured = n[0]; n[0] > 0 {
		r, s := n[1], n[2]
		*readers, *seconds = &r, &s
	}
}

// rootArrivals goes through the recommendations: the root of each, and how many
// arrivals it and all that came of it brought on the day.
func rootArrivals(sums Sums) iter.Seq2[named, error] {
	return func(yield func(named, error) bool) {
		var at named
		for c, err := range counts(sums, sumCodes, numCodeParts, numCodeCounts) {
			if err != nil {
				yield(named{}, err)
				return
			}
			if c.parts[0] != at.name {
				if at.name != "" && !yield(at, nil) {
					return
				}
				at = named{name: c.parts[0]}
			}
			at.n += c.n[3]
		}
		if at.name != "" {
			yield(at, nil)
		}
	}
}

// recommendationRows has a row for each code with which anything happened on the day.
// Those of one root stand together, by generation. Of recommendations that brought few
// arrivals no times are told, and those that are not among the largest are one row.
func recommendationRows(t *Total) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		roots, stopRoots := iter.Pull2(rootArrivals(t.sums))
		defer stopRoots()
		visitors := newBeside(visitorsOfCodes(t.sums), func(v codeVisitors) string { return v.key })
		defer visitors.stop()
		sales := newBeside(soldByCodes(t.sums), func(s sold) string { return s.key })
		defer sales.stop()
		var root named
		var row *Recommendation
		var sold []sold // by the code of row
		rest := &Recommendation{Code: Other, Root: Other}
		flush := func() bool {
			if row == nil {
				return true
			}
			return t.tellCode(row, sold, root.n >= int64(t.Few), rest, yield)
		}
		for c, err := range counts(t.sums, sumCodes, numCodeParts, numCodeCounts) {
			if err == nil {
				err = cmp.Or(visitors.err, sales.err)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if row != nil && row.Root == c.parts[0] && row.Code == c.parts[2] { // known a little better than when another shard was read
				fresh := recommendation(c, root.n >= int64(t.Few))
				row.addNumbers(fresh)
				row.addFacts(fresh)
				continue
			}
			if !flush() {
				return
			}
			if c.parts[0] != root.name {
				if root, err, _ = roots(); err != nil {
					yield(nil, err)
					return
				}
			}
			row = recommendation(c, root.n >= int64(t.Few))
			for v := range visitors.of(codeKey(c.parts)) {
				row.Visitors, row.SelfVisits = &v.visitors, &v.selfVisits
			}
			sold = slices.Collect(sales.of(codeKey(c.parts)))
		}
		if flush() && *rest != (Recommendation{Code: Other, Root: Other}) {
			yield(*rest, nil)
		}
	}
}

// tellCode yields the rows of a code: one, and another for each currency beyond the first
// that it sold in. What is not among the largest is added to the rest, but for what it
// sold: money is never folded away.
func (t *Total) tellCode(row *Recommendation, sales []sold, times bool, rest *Recommendation, yield func(any, error) bool) bool {
	if !t.roots.has(row.Root) {
		rest.addNumbers(row)
		if len(sales) == 0 {
			return true
		}
		row = row.without()
	}
	for _, s := range sales {
		s.put(row, times)
		if !yield(*row, nil) {
			return false
		}
		row = row.without()
	}
	return len(sales) > 0 || yield(*row, nil)
}

// without is the row of a code without its counts.
func (r *Recommendation) without() *Recommendation {
	return &Recommendation{Root: r.Root, Generation: r.Generation, Code: r.Code, Parent: r.Parent, Link: r.Link, Grade: r.Grade, Button: r.Button, App: r.App, Page: r.Page}
}

// beside goes through a sequence that is sorted by a key, in step with another one.
type beside[T any] struct {
	key  func(T) string
	pull func() (T, error, bool)
	stop func()
	next T
	more bool
	err  error
}

func newBeside[T any](all iter.Seq2[T, error], key func(T) string) *beside[T] {
	b := &beside[T]{key: key}
	b.pull, b.stop = iter.Pull2(all)
	b.next, b.err, b.more = b.pull()
	return b
}

// of yields what has a key. Keys are asked for in rising order.
func (b *beside[T]) of(key string) iter.Seq[T] {
	return func(yield func(T) bool) {
		for b.more && b.err == nil && b.key(b.next) <= key {
			at := b.next
			b.next, b.err, b.more = b.pull()
			if b.key(at) == key && !yield(at) {
				return
			}
		}
	}
}

// codeKey is the place of a code among all.
func codeKey(parts []string) string { return parts[0] + "\x00" + parts[1] + "\x00" + parts[2] }

// recommendation makes a row of a sum.
func recommendation(c counted, times bool) *Recommendation {
	generation, _ := strconv.ParseInt(c.parts[1], 10, 64) // two digits
	r := &Recommendation{Root: c.parts[0], Generation: generation, Code: c.parts[2], Parent: c.parts[3], Link: c.parts[4], Grade: c.parts[5], Button: c.parts[6],
		App: c.parts[7], Page: c.parts[8], Shares: c.n[0], Children: c.n[1], Previews: c.n[2], Arrivals: c.n[3], Reach: c.n[4]}
	putFewReads(c.n[5:], &r.Measured, &r.Readers, &r.EngagedSeconds)
	if !times {
		return r
	}
	if made := seconds(c.parts[9]); made != nil && r.Grade == string(share.PerShare) {
		at := time.Unix(*made, 0).UTC()
		r.Made, r.SecondsToOpen, r.SecondsAfterParent = &at, seconds(c.parts[10]), seconds(c.parts[11])
	}
	return r
}

// seconds reads what secondsKey wrote, and nothing as nil.
func seconds(key string) *int64 {
	if key == "" {
		return nil
	}
	n, err := strconv.ParseInt(key, 10, 64)
	if err != nil {
		return nil
	}
	return &n
}

// addNumbers adds the counts of another row.
func (r *Recommendation) addNumbers(other *Recommendation) {
	r.Shares += other.Shares
	r.Children += other.Children
	r.Previews += other.Previews
	r.Arrivals += other.Arrivals
	r.Reach += other.Reach
	r.Measured += other.Measured
	for _, sum := range [...]struct{ to, from **int64 }{
		{&r.Readers, &other.Readers}, {&r.EngagedSeconds, &other.EngagedSeconds}, {&r.Visitors, &other.Visitors}, {&r.SelfVisits, &other.SelfVisits},
	} {
		switch {
		case *sum.from == nil:
		case *sum.to == nil:
			n := **sum.from
			*sum.to = &n
		default:
			n := **sum.to + **sum.from
			*sum.to = &n
		}
	}
}

// addFacts adds what another row knows of the same code.
func (r *Recommendation) addFacts(other *Recommendation) {
	if r.App == "" {
		r.App = other.App
	}
	if r.SecondsToOpen == nil || other.SecondsToOpen != nil && *other.SecondsToOpen < *r.SecondsToOpen {
		r.SecondsToOpen = other.SecondsToOpen
	}
}

// codeVisitors are the visitors of the day who came with a code.
type codeVisitors struct {
	key                  string
	visitors, selfVisits int64
}

// visitorsOfCodes goes through the codes that named visitors shared with or came with.
func visitorsOfCodes(sums Sums) iter.Seq2[codeVisitors, error] {
	return func(yield func(codeVisitors, error) bool) {
		var at codeVisitors
		for c, err := range counts(sums, sumCame, 4, 2) {
			if err != nil {
				yield(codeVisitors{}, err)
				return
			}
			if key := codeKey(c.parts); key != at.key {
				if at.key != "" && !yield(at, nil) {
					return
				}
				at = codeVisitors{key: key}
			}
			if c.n[1] > 0 {
				at.visitors++
			}
			if c.n[0] > 0 { // who shared comes back by the same link
				at.selfVisits += c.n[1]
			}
		}
		if at.key != "" {
			yield(at, nil)
		}
	}
}
