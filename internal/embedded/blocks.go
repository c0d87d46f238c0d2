package embedded

import (
	"context"
	"database/sql"
	"fmt"

	"darksocial/internal/ledger"
)

// Append stores all blocks in one transaction, or none.
func (s *Store) Append(ctx context.Context, blocks []ledger.Block) error {
	if err := s.append(ctx, blocks); err != nil {
		return fmt.Errorf("embedded: append blocks: %w", err)
	}
	return nil
}

func (s *Store) append(ctx context.Context, blocks []ledger.Block) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	insert, err := tx.PrepareContext(ctx, `INSERT INTO blocks (partition, key, expires, data) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET expires = excluded.expires, data = excluded.data`)
	if err != nil {
		return err
	}
	for i := range blocks {
		b := &blocks[i]
		if _, err := insert.ExecContext(ctx, b.Partition, b.Key, seconds(b.Expires), blob(b.Data)); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// Scan calls each with every block of a partition, as they were when it began.
func (s *Store) Scan(ctx context.Context, partition string, each func(key string, data []byte) error) error {
	err := s.rows(ctx, each, `SELECT key, data FROM blocks WHERE partition = ?`, partition)
	if err != nil {
		return fmt.Errorf("embedded: scan %s: %w", partition, err)
	}
	return nil
}

// rows calls each with the rows of a query: a name and some bytes.
func (s *Store) rows(ctx context.Context, each func(string, []byte) error, query string, args ...any) error {
	rows, err := s.read.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err says what went wrong
	for rows.Next() {
		var name string
		var data sql.RawBytes // valid until the next row: no copy
		if err := rows.Scan(&name, &data); err != nil {
			return err
		}
		if err := each(name, data); err != nil {
			return err
		}
	}
	return rows.Err()
}

// blob keeps an empty value from becoming NULL.
func blob(data []byte) []byte {
	if data == nil {
		return []byte{}
	}
	return data
}
