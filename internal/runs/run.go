// Package runs sorts and sums more than fits into memory.
//
// A run is a file of entries in the order of their keys. A Sorter takes entries
// in any order, keeps as many as it may, and spills sorted runs to disk; a Summer
// adds up counts per key before it bothers a Sorter with them. Merge goes through
// several runs at once. So a day is folded in the same memory whatever its size,
// on one machine or in parts on many.
package runs

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"

	"darksocial/darksocial/rollup"
)

// Entry is a key, never empty, and a value. Both are valid until the next entry.
type Entry = rollup.Entry

// Combine makes one value of two of the same key. It may write into a and must
// give the same in any order and grouping.
type Combine func(key, a, b []byte) []byte

const (
	maxKey   = 64 << 10 // a longer one is a damaged run
	maxValue = 16 << 20
	buffer   = 64 << 10
)

// Write writes entries, which must be in order, as a run. The run ends with their
// number, so that one that was cut is noticed.
func Write(w io.Writer, entries iter.Seq2[Entry, error]) error {
	out := bufio.NewWriterSize(w, buffer)
	var head []byte
	n := uint64(0)
	for e, err := range entries {
		if err != nil {
			return err
		}
		head = binary.AppendUvarint(head[:0], uint64(len(e.Key)))
		head = append(head, e.Key...)
		head = binary.AppendUvarint(head, uint64(len(e.Value)))
		if _, err := out.Write(head); err != nil {
			return err
		}
		if _, err := out.Write(e.Value); err != nil {
			return err
		}
		n++
	}
	if _, err := out.Write(binary.AppendUvarint([]byte{0}, n)); err != nil {
		return err
	}
	return out.Flush()
}

var errCut = errors.New("runs: the run ends early")

// Read goes through a run.
func Read(r io.Reader) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		in := newReader(r)
		for in.next() {
			if !yield(in.entry, nil) {
				return
			}
		}
		if in.err != nil {
			yield(Entry{}, in.err)
		}
	}
}

// reader goes through a run, entry by entry.
type reader struct {
	in    *bufio.Reader
	entry Entry
	n     uint64
	err   error
}

func newReader(r io.Reader) *reader { return &reader{in: bufio.NewReaderSize(r, buffer)} }

func (r *reader) next() bool {
	length, err := r.length(maxKey)
	if err == nil && length == 0 {
		var n uint64
		if n, err = binary.ReadUvarint(r.in); err == nil && n != r.n {
			err = fmt.Errorf("runs: %d entries where there should be %d", r.n, n)
		}
		if err == nil {
			return false
		}
	}
	if err == nil {
		if r.entry.Key, err = r.bytes(r.entry.Key, length); err == nil {
			if length, err = r.length(maxValue); err == nil {
				r.entry.Value, err = r.bytes(r.entry.Value, length)
			}
		}
	}
	r.n++
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = errCut
	}
	r.err = err
	return err == nil
}

func (r *reader) length(most uint64) (int, error) {
	n, err := binary.ReadUvarint(r.in)
	if err == nil && n > most {
		err = errors.New("runs: the run is damaged")
	}
	return int(n), err
}

func (r *reader) bytes(into []byte, n int) ([]byte, error) {
	if cap(into) < n {
		into = make([]byte, n+n/2)
	}
	_, err := io.ReadFull(r.in, into[:n])
	return into[:n], err
}
