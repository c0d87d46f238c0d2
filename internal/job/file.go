package job

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"time"

	"darksocial/darksocial/record"
	"darksocial/internal/edge"
	"darksocial/internal/ledger"
)

// File is a log on this machine, or an object somebody gives us to read. It is
// known by its content: labelled again, under whatever name, it changes nothing.
type File struct {
	Name     string
	Modified time.Time
	Open     func(ctx context.Context) (io.ReadCloser, error)
}

// File labels one log that is open. progress, which may be nil, is told the number
// of lines.
func (l *Labeler) File(ctx context.Context, name string, body io.Reader, modified time.Time, progress func(lines int)) (*Result, error) {
	batch := l.ledger.NewBatch()
	result, err := l.readFile(ctx, batch, name, body, modified, progress)
	if err != nil {
		return nil, err
	}
	return result, batch.Commit(ctx)
}

// Files labels several logs: all of them count, or none. A file in which no line
// at its beginning can be read is no log; its name is returned, and nothing of it
// counts. progress is told which file is read, how many bytes of it are, and the
// lines of all files so far: at the beginning of each file, and every few thousand
// lines.
func (l *Labeler) Files(ctx context.Context, files []File, progress func(file, read, lines int)) (result *Result, notLogs []string, err error) {
	batch := l.ledger.NewBatch()
	result = NewResult()
	for i, file := range files {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		progress(i, 0, result.Lines)
		some, isLog, err := l.oneOf(ctx, batch, file, func(read, lines int) { progress(i, read, result.Lines+lines) })
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file.Name, err)
		}
		if !isLog {
			notLogs = append(notLogs, file.Name)
			continue
		}
		result.Add(some)
	}
	return result, notLogs, batch.Commit(ctx)
}

// oneOf labels one file of several.
func (l *Labeler) oneOf(ctx context.Context, batch *ledger.Batch, file File, progress func(read, lines int)) (result *Result, isLog bool, err error) {
	body, err := file.Open(ctx)
	if err != nil {
		return nil, false, err
	}
	defer body.Close()
	head, err := io.ReadAll(io.LimitReader(body, headBytes))
	if err != nil {
		return nil, false, err
	}
	if !IsLog(bytes.NewReader(head), l.formats.Objects) {
		return nil, false, nil
	}
	counted := &countingReader{r: io.MultiReader(bytes.NewReader(head), body)}
	result, err = l.readFile(ctx, batch, file.Name, counted, file.Modified, func(lines int) {
		if lines%4096 == 0 {
			progress(counted.n, lines)
		}
	})
	return result, true, err
}

const (
	headBytes = 256 << 10
	headLines = 50
)

// IsLog reports whether any of the first lines of a log can be read.
func IsLog(in io.Reader, options edge.Options) bool {
	reader, err := edge.NewReader(in, "head", options)
	if err != nil {
		return true // reading it tells what is wrong
	}
	var line edge.Line
	for n := 0; n < headLines && reader.Next(&line); n++ {
		if line.Err == nil {
			return true
		}
	}
	return false
}

type countingReader struct {
	r io.Reader
	n int
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

func (l *Labeler) readFile(ctx context.Context, batch *ledger.Batch, name string, body io.Reader, modified time.Time, progress func(lines int)) (*Result, error) {
	hash := sha256.New()
	hashed := io.TeeReader(body, hash)
	return l.read(ctx, batch, &input{
		name: name, door: record.Log, options: l.formats.Objects, body: hashed, modified: modified, at: Place{Key: name}, progress: progress,
		source: func() record.Source {
			_, _ = io.Copy(io.Discard, hashed) // behind a damaged place nothing was read
			return record.ContentSource(hash.Sum(nil))
		},
	})
}
