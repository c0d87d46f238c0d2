package runs

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
)

// Sorter sorts entries. It is not for concurrent use.
type Sorter struct {
	dir     string
	limit   int
	combine Combine
	memory  memory
	files   []*os.File
}

// NewSorter returns a Sorter that keeps about limit bytes in memory and the rest
// in files in dir, which it removes. combine may be nil.
func NewSorter(dir string, limit int, combine Combine) *Sorter {
	return &Sorter{dir: dir, limit: min(limit, maxArena), combine: combine}
}

// item is where an entry lies in the arena.
type item struct {
	start, value, end uint32
}

func (i item) entry(arena []byte) Entry {
	return Entry{Key: arena[i.start:i.value], Value: arena[i.value:i.end]}
}

const (
	itemSize = 12            // bytes
	maxArena = math.MaxInt32 // what an item can point into, on every machine
	atOnce   = 32 << 20
	maxFiles = 128 // open at a time, each with a buffer
)

// Add takes an entry, of which it keeps a copy.
func (s *Sorter) Add(key, value []byte) error {
	if len(key) == 0 || len(key) > maxKey || len(value) > maxValue {
		return fmt.Errorf("runs: an entry with a key of %d and a value of %d bytes", len(key), len(value))
	}
	m := &s.memory
	if len(m.items) > 0 && len(m.arena)+len(key)+len(value)+itemSize*len(m.items) > s.limit {
		if err := s.spill(); err != nil {
			return err
		}
	}
	if m.arena == nil { // all at once: growing would leave as much behind as is kept
		m.arena = make([]byte, 0, min(s.limit, atOnce))
	}
	start := len(m.arena)
	m.arena = append(append(m.arena, key...), value...)
	m.items = append(m.items, item{uint32(start), uint32(start + len(key)), uint32(len(m.arena))})
	return nil
}

// spill writes what is in memory to a file.
func (s *Sorter) spill() error {
	file, err := os.CreateTemp(s.dir, "run-*")
	if err != nil {
		return fmt.Errorf("runs: %w", err)
	}
	s.files = append(s.files, file)
	if len(s.files) > maxFiles {
		// All runs so far become one, so that there is an end to open files: after
		// this an entry has been written twice, and after as many again a third time.
		return s.compact(file)
	}
	s.memory.sort()
	if err := Write(file, combined(s.combine, merged([]source{&s.memory}))); err != nil {
		return fmt.Errorf("runs: %w", err)
	}
	s.memory = memory{arena: s.memory.arena[:0], items: s.memory.items[:0]}
	return nil
}

// compact merges all files into the last one, which is empty, and spills what is in
// memory along with them.
func (s *Sorter) compact(into *os.File) error {
	old := Sorter{files: s.files[:len(s.files)-1], memory: s.memory, combine: s.combine}
	s.files = []*os.File{into}
	if err := errors.Join(Write(into, old.Sorted()), old.Close()); err != nil {
		return fmt.Errorf("runs: %w", err)
	}
	s.memory = memory{arena: s.memory.arena[:0], items: s.memory.items[:0]}
	return nil
}

// Sorted goes through all entries in order, once. Nothing may be added any more.
func (s *Sorter) Sorted() iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		sources := make([]source, 0, len(s.files)+1)
		for _, file := range s.files {
			if _, err := file.Seek(0, 0); err != nil {
				yield(Entry{}, fmt.Errorf("runs: %w", err))
				return
			}
			sources = append(sources, newReader(file))
		}
		s.memory.sort()
		sources = append(sources, &s.memory)
		for e, err := range combined(s.combine, merged(sources)) {
			if !yield(e, err) {
				return
			}
		}
	}
}

// Close removes the files.
func (s *Sorter) Close() error {
	var problems []error
	for _, file := range s.files {
		problems = append(problems, file.Close(), os.Remove(file.Name()))
	}
	s.files, s.memory = nil, memory{}
	return errors.Join(problems...)
}
