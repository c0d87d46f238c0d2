package backfill

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"darksocial/internal/ledger"
)

// Segments keeps blocks in files of a folder: each Append makes one file, whole or
// not at all. It holds in memory where each block lies, and nothing else. Blocks
// do not expire.
type Segments struct {
	dir string

	mu    sync.Mutex
	files []*os.File
	at    map[string][]where // by partition
	names map[string]bool    // partition and key of the blocks there are
}

// where is a block in a file.
type where struct {
	key    string
	file   int
	offset int64
	length int
}

const (
	segmentSuffix = ".segment"
	maxName       = 1 << 10 // bytes of a partition or key: a longer one is damage
	maxData       = 16 << 20
)

// OpenSegments opens the segments in a folder, which it makes if it is not there.
func OpenSegments(dir string) (*Segments, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("backfill: %w", err)
	}
	s := &Segments{dir: dir, at: map[string][]where{}, names: map[string]bool{}}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("backfill: %w", err)
	}
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		if !strings.HasSuffix(path, segmentSuffix) { // of a run that was killed while it wrote
			err = os.Remove(path)
		} else {
			err = s.load(path)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("backfill: %s: %w", path, err), s.Close())
		}
	}
	return s, nil
}

// load notes where the blocks of a file lie.
func (s *Segments) load(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	s.files = append(s.files, file)
	in := &positioned{r: bufio.NewReaderSize(file, 64<<10)}
	for {
		partition, err := in.text()
		if err == io.EOF {
			return nil
		}
		var key string
		if err == nil {
			key, err = in.text()
		}
		var length uint64
		if err == nil {
			length, err = binary.ReadUvarint(in)
		}
		if err == nil && length > maxData {
			err = errDamaged
		}
		if err == nil {
			s.note(partition, where{key, len(s.files) - 1, in.at, int(length)})
			err = in.skip(int(length))
		}
		if err != nil {
			return errors.Join(errDamaged, err)
		}
	}
}

var errDamaged = errors.New("the segment is damaged: delete the work folder and begin again")

func (s *Segments) note(partition string, w where) {
	if name := partition + "\x00" + w.key; !s.names[name] {
		s.names[name] = true
		s.at[partition] = append(s.at[partition], w)
	}
}

// Append keeps blocks: all of them, or none.
func (s *Segments) Append(ctx context.Context, blocks []ledger.Block) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	file, err := os.CreateTemp(s.dir, "new-*")
	if err != nil {
		return fmt.Errorf("backfill: %w", err)
	}
	defer os.Remove(file.Name()) // what is left of it if it was not renamed
	out := bufio.NewWriter(file)
	var head []byte
	for _, b := range blocks {
		head = appendText(appendText(head[:0], b.Partition), b.Key)
		head = binary.AppendUvarint(head, uint64(len(b.Data)))
		_, _ = out.Write(head) // Flush tells
		_, _ = out.Write(b.Data)
	}
	path := file.Name() + segmentSuffix
	if err := errors.Join(out.Flush(), file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("backfill: %w", err)
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return fmt.Errorf("backfill: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.load(path)
}

func appendText(dst []byte, text string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

// Scan calls each with the blocks of a partition.
func (s *Segments) Scan(ctx context.Context, partition string, each func(key string, data []byte) error) error {
	s.mu.Lock()
	list := slices.Clone(s.at[partition])
	files := slices.Clone(s.files)
	s.mu.Unlock()
	for _, w := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		data := make([]byte, w.length)
		if _, err := files[w.file].ReadAt(data, w.offset); err != nil {
			return fmt.Errorf("backfill: %s: %w", files[w.file].Name(), err)
		}
		if err := each(w.key, data); err != nil {
			return err
		}
	}
	return nil
}

// partitions lists those there are.
func (s *Segments) partitions() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := make([]string, 0, len(s.at))
	for partition := range s.at {
		list = append(list, partition)
	}
	slices.Sort(list)
	return list
}

// Close closes the files.
func (s *Segments) Close() error {
	var problems []error
	for _, file := range s.files {
		problems = append(problems, file.Close())
	}
	s.files = nil
	return errors.Join(problems...)
}

// positioned is a reader that knows where it is.
type positioned struct {
	r  *bufio.Reader
	at int64
}

func (p *positioned) ReadByte() (byte, error) {
	b, err := p.r.ReadByte()
	if err == nil {
		p.at++
	}
	return b, err
}

func (p *positioned) skip(n int) error {
	done, err := p.r.Discard(n)
	p.at += int64(done)
	return err
}

func (p *positioned) text() (string, error) {
	n, err := binary.ReadUvarint(p)
	if err != nil {
		return "", err
	}
	if n > maxName {
		return "", errDamaged
	}
	text := make([]byte, n)
	done, err := io.ReadFull(p.r, text)
	p.at += int64(done)
	return string(text), err
}
