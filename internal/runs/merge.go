package runs

import (
	"bytes"
	"container/heap"
	"io"
	"iter"
	"slices"
)

// Merge goes through runs at once, in the order of the keys. With combine, entries
// of the same key become one; without, all are there, in the order of the runs.
func Merge(combine Combine, inputs ...io.Reader) iter.Seq2[Entry, error] {
	readers := make([]source, len(inputs))
	for i, in := range inputs {
		readers[i] = newReader(in)
	}
	return combined(combine, merged(readers))
}

// source is a run being read; current is valid until the next call of next.
type source interface {
	next() bool
	current() Entry
	failed() error
}

func (r *reader) current() Entry { return r.entry }
func (r *reader) failed() error  { return r.err }

// merged goes through sources in the order of the keys.
func merged(sources []source) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		h := &heads{}
		for i, s := range sources {
			if s.next() {
				h.list = append(h.list, head{s, i})
			} else if err := s.failed(); err != nil {
				yield(Entry{}, err)
				return
			}
		}
		heap.Init(h)
		for len(h.list) > 0 {
			s := h.list[0].source
			if !yield(s.current(), nil) {
				return
			}
			if s.next() {
				heap.Fix(h, 0)
				continue
			}
			if err := s.failed(); err != nil {
				yield(Entry{}, err)
				return
			}
			heap.Pop(h)
		}
	}
}

// head is a source that stands at an entry.
type head struct {
	source source
	place  int
}

type heads struct{ list []head }

func (h *heads) Len() int { return len(h.list) }
func (h *heads) Less(i, j int) bool {
	order := bytes.Compare(h.list[i].source.current().Key, h.list[j].source.current().Key)
	return order < 0 || order == 0 && h.list[i].place < h.list[j].place
}
func (h *heads) Swap(i, j int) { h.list[i], h.list[j] = h.list[j], h.list[i] }
func (h *heads) Push(x any)    { h.list = append(h.list, x.(head)) }
func (h *heads) Pop() any {
	last := h.list[len(h.list)-1]
	h.list = h.list[:len(h.list)-1]
	return last
}

// combined makes one entry of all that have the same key.
func combined(combine Combine, entries iter.Seq2[Entry, error]) iter.Seq2[Entry, error] {
	if combine == nil {
		return entries
	}
	return func(yield func(Entry, error) bool) {
		var held Entry
		for e, err := range entries {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if held.Key != nil && bytes.Equal(held.Key, e.Key) {
				// Copied, because what combine returns may be e's own.
				held.Value = append(held.Value[:0], combine(held.Key, held.Value, e.Value)...)
				continue
			}
			if held.Key != nil && !yield(held, nil) {
				return
			}
			held = Entry{Key: append(held.Key[:0], e.Key...), Value: append(held.Value[:0], e.Value...)}
		}
		if held.Key != nil {
			yield(held, nil)
		}
	}
}

// memory is a run that was never written: entries of a Sorter.
type memory struct {
	arena []byte
	items []item
	at    int
}

func (m *memory) next() bool {
	m.at++
	return m.at <= len(m.items)
}
func (m *memory) current() Entry { return m.items[m.at-1].entry(m.arena) }
func (m *memory) failed() error  { return nil }

func (m *memory) sort() {
	slices.SortStableFunc(m.items, func(a, b item) int {
		return bytes.Compare(a.entry(m.arena).Key, b.entry(m.arena).Key)
	})
}
