package backfill

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"darksocial/internal/ledger"
)

// Segments keeps blocks in files of a folder: each Append makes one file, whole or
// not at all, which has the hash of its content for its name. It holds in memory
// where each block lies, and nothing else: no file is open but while it is read,
// for years of logs make thousands of them. Blocks do not expire.
type Segments struct {
	dir string

	mu    sync.Mutex
	files []string           // paths
	at    map[string][]where // by partition
	names map[string]int     // partition and key of the blocks there are, and which of the partition's each is
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
	s := &Segments{dir: dir, at: map[string][]where{}, names: map[string]int{}}
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
			return nil, fmt.Errorf("backfill: %s: %w", path, err)
		}
	}
	return s, nil
}

// load notes where the blocks of a file lie, if the file is what was written.
func (s *Segments) load(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	sum := sha256.New()
	in := &positioned{r: bufio.NewReaderSize(io.TeeReader(file, sum), 64<<10)}
	var found []located
	for {
		at, err := in.block()
		if err == io.EOF {
			break
		}
		if err != nil {
			return errors.Join(s.damaged(), err)
		}
		found = append(found, at)
	}
	if segmentName(sum) != filepath.Base(path) {
		return s.damaged()
	}
	s.files = append(s.files, path)
	for _, block := range found {
		s.note(block)
	}
	return nil
}

// damaged tells a person what to do. The logs are still there, so nothing is lost
// but time.
func (s *Segments) damaged() error {
	return fmt.Errorf("the segment is damaged: delete the folder %s and begin again", filepath.Dir(s.dir))
}

func segmentName(sum hash.Hash) string { return hex.EncodeToString(sum.Sum(nil)[:16]) + segmentSuffix }

// located is a block of the file that is being loaded.
type located struct {
	partition string
	where
}

// note notes a block of the last file. One that is there already is replaced.
func (s *Segments) note(b located) {
	b.file = len(s.files) - 1
	name := b.partition + "\x00" + b.key
	if i, ok := s.names[name]; ok {
		s.at[b.partition][i] = b.where
		return
	}
	s.names[name] = len(s.at[b.partition])
	s.at[b.partition] = append(s.at[b.partition], b.where)
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
	sum := sha256.New()
	out := bufio.NewWriter(io.MultiWriter(file, sum))
	var head []byte
	for _, b := range blocks {
		head = appendText(appendText(head[:0], b.Partition), b.Key)
		head = binary.AppendUvarint(head, uint64(len(b.Data)))
		_, _ = out.Write(head) // Flush tells
		_, _ = out.Write(b.Data)
	}
	if err := errors.Join(out.Flush(), file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("backfill: %w", err)
	}
	path := filepath.Join(s.dir, segmentName(sum))
	if err := rename(file.Name(), path); err != nil {
		return fmt.Errorf("backfill: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.load(path); err != nil {
		return fmt.Errorf("backfill: %s: %w", path, err)
	}
	return nil
}

// rename gives a file its name, also on the disk: a name alone is not there yet.
// https://man7.org/linux/man-pages/man2/fsync.2.html
func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

func syncFolder(name string) error {
	folder, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
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
		data, err := w.read(files[w.file])
		if err != nil {
			return fmt.Errorf("backfill: %w", err)
		}
		if err := each(w.key, data); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (w *where) read(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data := make([]byte, w.length)
	if _, err := file.ReadAt(data, w.offset); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return data, nil
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

// block reads where the next block lies. The error is io.EOF where there is none.
func (p *positioned) block() (located, error) {
	if _, err := p.r.Peek(1); err != nil {
		return located{}, err
	}
	partition, err := p.text()
	if err != nil {
		return located{}, err
	}
	key, err := p.text()
	if err != nil {
		return located{}, err
	}
	length, err := p.length(maxData)
	if err != nil {
		return located{}, err
	}
	at := located{partition, where{key: key, offset: p.at, length: length}}
	done, err := p.r.Discard(length)
	p.at += int64(done)
	return at, whole(err)
}

func (p *positioned) length(most uint64) (int, error) {
	n, err := binary.ReadUvarint(p)
	if err == nil && n > most {
		err = fmt.Errorf("%d bytes are too many", n)
	}
	return int(n), whole(err)
}

func (p *positioned) text() (string, error) {
	n, err := p.length(maxName)
	if err != nil {
		return "", err
	}
	text := make([]byte, n)
	done, err := io.ReadFull(p.r, text)
	p.at += int64(done)
	return string(text), whole(err)
}

// whole says of an end within a block that it is none.
func whole(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
