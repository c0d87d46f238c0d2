// Package embedded keeps records on one machine: SQLite in one file, in the
// process, with no account and no service to start. It is the default of serve
// and label, and right for one small site.
//
// Several processes may have the same folder open, and write to it: one labels
// while another rolls up. They take turns at a transaction, so each waits a few
// milliseconds for the other. The folder has to be on a disk of this machine:
// SQLite's lock is not safe on most network file systems, see
// https://www.sqlite.org/faq.html#q5.
package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"darksocial/internal/ledger"
)

var (
	_ ledger.Blocks = (*Store)(nil)
	_ ledger.KV     = (*Store)(nil)
)

// FileName is the database's name in its folder. SQLite puts two more files
// beside it while it is open.
const FileName = "records.db"

// schemaVersion is the file's user_version. A change of schema takes the next
// number, and a way from the one before to it.
const schemaVersion = 1

// Tables with a row id take blocks of 20 KB half as fast again as WITHOUT ROWID,
// which keeps only the first kilobyte of a row in its place. The index makes it
// cheap to find what has expired, and costs too little to measure. No expiry is
// NULL, which is never less than a time.
const schema = `
CREATE TABLE blocks (
	partition TEXT NOT NULL, key TEXT NOT NULL, expires INTEGER, data BLOB NOT NULL,
	PRIMARY KEY (partition, key));
CREATE INDEX blocks_expires ON blocks (expires);
CREATE TABLE kv (
	collection TEXT NOT NULL, name TEXT NOT NULL, expires INTEGER, value BLOB NOT NULL,
	PRIMARY KEY (collection, name));
CREATE INDEX kv_expires ON kv (expires);
PRAGMA user_version = 1;
`

// patience is how long a write waits for other processes' writes. Theirs take
// milliseconds; only a machine that is about to stall takes seconds.
const patience = 30 * time.Second

// Store is an open database. It is for concurrent use.
type Store struct {
	read *sql.DB
	// write has one connection. SQLite writes one transaction at a time, and a
	// queue in this process is fairer and quicker than asking for a lock again
	// and again.
	write *sql.DB
}

// Open opens the database in a folder, or makes both. What has expired by now is
// deleted.
func Open(dir string, now time.Time) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("embedded: %w", err)
	}
	file, err := filepath.Abs(filepath.Join(dir, FileName))
	if err != nil {
		return nil, fmt.Errorf("embedded: %w", err)
	}
	s, err := connect(file)
	if err != nil {
		return nil, fmt.Errorf("embedded: open %s: %w", file, err)
	}
	if err := s.prepare(); err != nil {
		_ = s.Close() // says nothing that err does not
		return nil, fmt.Errorf("embedded: open %s: %w", file, understandable(err))
	}
	if err := s.Purge(context.Background(), now); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

// connect sets up connections, which are made when they are first used.
func connect(file string) (*Store, error) {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") { // a drive of Windows
		path = "/" + path
	}
	options := url.Values{
		"_busy_timeout": {fmt.Sprint(patience.Milliseconds())},
		// An acknowledged write has to survive a power cut. NORMAL, which is
		// common with WAL, may lose the last ones:
		// https://www.sqlite.org/pragma.html#pragma_synchronous
		"_synchronous": {"FULL"},
		// What is deleted is overwritten: a salt that can be dug out of the file again
		// was never forgotten. https://www.sqlite.org/pragma.html#pragma_secure_delete
		"_pragma": {"secure_delete(ON)"},
		// A transaction that begins by reading cannot wait for its turn to write.
		"_txlock": {"immediate"},
	}
	name := (&url.URL{Scheme: "file", Path: path, RawQuery: options.Encode()}).String()
	read, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	write, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, errors.Join(err, read.Close())
	}
	write.SetMaxOpenConns(1)
	return &Store{read: read, write: write}, nil
}

// prepare makes the tables of a new file.
func (s *Store) prepare() error {
	if ready, err := check(s.write); ready || err != nil {
		return err
	}
	// One writes while others read. The file keeps the mode.
	if _, err := s.write.Exec(`PRAGMA journal_mode = WAL`); err != nil {
		return err
	}
	tx, err := s.write.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after Commit it does nothing
	// Again, now that no other process can be at it.
	if ready, err := check(tx); ready || err != nil {
		return err
	}
	if _, err := tx.Exec(schema); err != nil {
		return err
	}
	return tx.Commit()
}

// check reports whether the tables are there, and refuses what is not ours
// without changing it.
func check(db interface {
	QueryRow(query string, args ...any) *sql.Row
}) (ready bool, err error) {
	var version, tables int
	// Both in one statement: another process may make the tables in between.
	err = db.QueryRow(`SELECT user_version, (SELECT count(*) FROM sqlite_schema) FROM pragma_user_version`).Scan(&version, &tables)
	if err != nil {
		return false, err
	}
	switch {
	case version > schemaVersion:
		return false, fmt.Errorf("it is of version %d, this program knows versions up to %d: update it", version, schemaVersion)
	case version == 0 && tables > 0:
		return false, errors.New("it is another program's database: choose another folder")
	}
	return version == schemaVersion, nil
}

// understandable says in words what is no database.
func understandable(err error) error {
	var failed *sqlite.Error
	if errors.As(err, &failed) && failed.Code()&0xff == sqlite3.SQLITE_NOTADB {
		return fmt.Errorf("it is not a database, or a damaged one: move it away or choose another folder: %w", err)
	}
	return err
}

// Purge deletes what has expired by now. Open does it too: a program that runs
// for weeks calls it each day. The file does not become smaller, what is written
// next takes the place.
func (s *Store) Purge(ctx context.Context, now time.Time) error {
	for _, table := range [...]string{"blocks", "kv"} {
		// A few hundred at a time, so that no other process has to wait long.
		statement := `DELETE FROM ` + table + ` WHERE rowid IN (SELECT rowid FROM ` + table + ` WHERE expires <= ? LIMIT 500)`
		for deleted := int64(1); deleted > 0; {
			result, err := s.write.ExecContext(ctx, statement, now.Unix())
			if err == nil {
				deleted, err = result.RowsAffected()
			}
			if err != nil {
				return fmt.Errorf("embedded: delete what has expired of %s: %w", table, err)
			}
		}
	}
	// The write-ahead log still has what was there before.
	if _, err := s.write.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		return fmt.Errorf("embedded: empty the write-ahead log: %w", err)
	}
	return nil
}

// Close closes the database. What was appended is durable without it.
func (s *Store) Close() error {
	if err := errors.Join(s.read.Close(), s.write.Close()); err != nil {
		return fmt.Errorf("embedded: close: %w", err)
	}
	return nil
}

// seconds is a time of expiry as it is stored: whole seconds, never early. A zero
// time is none.
func seconds(expires time.Time) any {
	if expires.IsZero() {
		return nil
	}
	return expires.Add(time.Second - 1).Unix()
}
