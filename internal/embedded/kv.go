package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Get returns a value, or nil if there is none.
func (s *Store) Get(ctx context.Context, collection, name string) ([]byte, error) {
	var value []byte
	err := s.read.QueryRowContext(ctx, `SELECT value FROM kv WHERE collection = ? AND name = ?`, collection, name).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("embedded: get %s of %s: %w", name, collection, err)
	}
	return value, nil
}

// GetMany returns the values there are of some names.
func (s *Store) GetMany(ctx context.Context, collection string, names []string) (map[string][]byte, error) {
	found := make(map[string][]byte, len(names))
	for _, name := range names { // in the same process: asking for many at once gains nothing
		value, err := s.Get(ctx, collection, name)
		if err != nil {
			return nil, err
		}
		if value != nil {
			found[name] = value
		}
	}
	return found, nil
}

// Swap puts next in the place of old if old is what is there. Each case is one
// statement, and so a transaction of its own.
func (s *Store) Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error) {
	made, err := s.swap(ctx, collection, name, old, next, expires)
	if err != nil {
		return false, fmt.Errorf("embedded: swap %s of %s: %w", name, collection, err)
	}
	return made, nil
}

func (s *Store) swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error) {
	var result sql.Result
	var err error
	switch {
	case old == nil && next == nil:
		there, err := s.Get(ctx, collection, name)
		return there == nil && err == nil, err
	case old == nil:
		result, err = s.write.ExecContext(ctx, `INSERT INTO kv (collection, name, expires, value) VALUES (?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, collection, name, seconds(expires), next)
	case next == nil:
		result, err = s.write.ExecContext(ctx, `DELETE FROM kv WHERE collection = ? AND name = ? AND value = ?`,
			collection, name, old)
	default:
		result, err = s.write.ExecContext(ctx, `UPDATE kv SET value = ?, expires = ? WHERE collection = ? AND name = ? AND value = ?`,
			next, seconds(expires), collection, name, old)
	}
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// List calls each with every value of a collection, by name in rising order.
func (s *Store) List(ctx context.Context, collection string, each func(name string, value []byte) error) error {
	err := s.rows(ctx, each, `SELECT name, value FROM kv WHERE collection = ? ORDER BY name`, collection)
	if err != nil {
		return fmt.Errorf("embedded: list %s: %w", collection, err)
	}
	return nil
}
