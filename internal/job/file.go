package job

import (
	"context"
	"crypto/sha256"
	"io"
	"time"

	"darksocial/darksocial/record"
)

// File labels a file on this machine, or what comes on standard input. The file
// is known by its content: labelled again, under whatever name, it changes
// nothing. progress, which may be nil, is told the number of lines.
func (l *Labeler) File(ctx context.Context, name string, body io.Reader, modified time.Time, progress func(lines int)) (*Result, error) {
	hash := sha256.New()
	hashed := io.TeeReader(body, hash)
	batch := &batch{Batch: l.ledger.NewBatch()}
	result, err := l.read(ctx, batch, &input{
		name: name, door: record.Log, options: l.formats.Objects, body: hashed, modified: modified, at: Place{Key: name}, progress: progress,
		source: func() record.Source {
			_, _ = io.Copy(io.Discard, hashed) // behind a damaged place nothing was read
			return record.ContentSource(hash.Sum(nil))
		},
	})
	if err != nil {
		return nil, err
	}
	return result, batch.Commit(ctx)
}
