package job

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"darksocial/internal/ledger"
	"darksocial/internal/object"
)

// Amend changes a table of a day after it was written, and its manifest with it: what
// must be forgotten is taken out of days whose records are long gone. change writes the
// new table of the old one, or reports that nothing changes. Amend reports whether
// anything did.
func Amend(ctx context.Context, lake object.Store, site, date, table string, change func(old []byte, to io.Writer) (rows int64, changed bool, err error)) (changed bool, err error) {
	for attempt := 1; ; attempt++ {
		changed, err = amend(ctx, lake, site, date, table, change)
		if !errors.Is(err, object.ErrChanged) || attempt == attempts {
			break
		}
	}
	if err != nil {
		return false, fmt.Errorf("amend %s of %s of %s: %w", table, date, site, err)
	}
	return changed, nil
}

func amend(ctx context.Context, lake object.Store, site, date, table string, change func([]byte, io.Writer) (int64, bool, error)) (bool, error) {
	var blocks []ledger.BlockID
	m, err := readManifest(ctx, lake, site, date, func(id ledger.BlockID) error {
		blocks = append(blocks, id)
		return nil
	})
	if err != nil || m.etag == "" {
		return false, err
	}
	body, etag, err := lake.Open(ctx, TableKey(table, site, date))
	if errors.Is(err, object.ErrNotFound) {
		return false, nil // made before there was such a table
	}
	if err != nil {
		return false, err
	}
	old, err := io.ReadAll(body) // a day's table is a few MB
	if err = errors.Join(err, body.Close()); err != nil {
		return false, err
	}
	var next bytes.Buffer
	rows, changed, err := change(old, &next)
	if err != nil || !changed {
		return false, err
	}
	if etag, err = lake.Put(ctx, TableKey(table, site, date), bytes.NewReader(next.Bytes()), etag); err != nil {
		return false, err
	}
	for i := range m.Tables {
		if m.Tables[i].Name == table {
			m.Tables[i] = ManifestTable{table, rows, etag}
		}
	}
	return true, writeManifest(ctx, lake, os.TempDir(), &m.Manifest, ids(blocks), m.etag)
}

func ids(blocks []ledger.BlockID) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for i := range blocks {
			if !yield(blocks[i][:], nil) {
				return
			}
		}
	}
}
