package runs

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
)

// File is a run on disk in which the entries of one kind, by the first byte of
// their keys, can be gone through by themselves and more than once.
type File struct {
	file  *os.File
	size  int64
	index [256]place
}

// place is where the entries of a kind begin.
type place struct {
	offset int64
	before uint64 // how many entries stand before
	some   bool
}

// WriteFile writes entries, which must be in order, to a file in dir. Close removes it.
func WriteFile(dir string, entries iter.Seq2[Entry, error]) (*File, error) {
	file, err := os.CreateTemp(dir, "run-*")
	if err != nil {
		return nil, fmt.Errorf("runs: %w", err)
	}
	f := &File{file: file}
	if err := Write(file, f.indexed(entries)); err != nil {
		return nil, errors.Join(fmt.Errorf("runs: %w", err), f.Close())
	}
	if f.size, err = file.Seek(0, io.SeekCurrent); err != nil {
		return nil, errors.Join(fmt.Errorf("runs: %w", err), f.Close())
	}
	return f, nil
}

// indexed passes entries on and notes where each kind begins.
func (f *File) indexed(entries iter.Seq2[Entry, error]) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		var offset int64
		var n uint64
		for e, err := range entries {
			if err == nil {
				if at := &f.index[e.Key[0]]; !at.some {
					*at = place{offset, n, true}
				}
				offset += int64(uvarintLen(len(e.Key)) + len(e.Key) + uvarintLen(len(e.Value)) + len(e.Value))
				n++
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

func uvarintLen(n int) int {
	size := 1
	for ; n >= 0x80; n >>= 7 {
		size++
	}
	return size
}

// All goes through the entries whose key begins with first.
func (f *File) All(first byte) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		at := f.index[first]
		if !at.some {
			return
		}
		in := newReader(io.NewSectionReader(f.file, at.offset, f.size-at.offset))
		in.n = at.before
		for in.next() {
			if in.entry.Key[0] != first || !yield(in.entry, nil) {
				return
			}
		}
		if in.err != nil {
			yield(Entry{}, in.err)
		}
	}
}

// Reader reads the file as a run.
func (f *File) Reader() io.ReadSeeker { return io.NewSectionReader(f.file, 0, f.size) }

// Close removes the file.
func (f *File) Close() error { return errors.Join(f.file.Close(), os.Remove(f.file.Name())) }
