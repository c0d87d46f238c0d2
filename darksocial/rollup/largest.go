package rollup

import "container/heap"

// largest finds the names with the largest numbers; of equal ones those that come
// first in the alphabet.
type largest struct {
	limit int
	least leastFirst
	names map[string]bool
}

type named struct {
	name string
	n    int64
}

// less orders by number, and by the alphabet from its end.
func (a named) less(b named) bool { return a.n < b.n || a.n == b.n && a.name > b.name }

func newLargest(limit int) largest { return largest{limit: limit} }

// offer names a candidate. Each name is offered once.
func (l *largest) offer(name string, n int64) {
	c := named{name, n}
	switch {
	case len(l.least) < l.limit:
		heap.Push(&l.least, c)
	case l.limit > 0 && l.least[0].less(c):
		l.least[0] = c
		heap.Fix(&l.least, 0)
	}
}

// choose ends the offers.
func (l *largest) choose() {
	l.names = make(map[string]bool, len(l.least))
	for _, c := range l.least {
		l.names[c.name] = true
	}
	l.least = nil
}

func (l *largest) has(name string) bool { return l.names[name] }

// name is the name itself if it is among the largest, and "(other)" if not. The
// empty name says that there is none, and stays.
func (l *largest) name(name string) string {
	if name == "" || l.names[name] {
		return name
	}
	return Other
}

type leastFirst []named

func (h leastFirst) Len() int           { return len(h) }
func (h leastFirst) Less(i, j int) bool { return h[i].less(h[j]) }
func (h leastFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *leastFirst) Push(x any)        { *h = append(*h, x.(named)) }
func (h *leastFirst) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}
