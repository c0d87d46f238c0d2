package front

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Names of the files, as CloudFront makes them: distribution, hour, something unique.
const (
	namePrefix = "E-LOCAL."
	nameSuffix = ".log"
	lockName   = ".lock"
)

// AccessLog writes requests into a folder as lines of a standard log, to be read by
// package edge like CloudFront's own. It is safe for concurrent use.
//
// Every so often Rotate ends a file, which is then to be labelled and deleted. Each
// line is written when the request is over, with no buffer before it: a process that
// is killed leaves all lines it has written in a file that the next one finds with
// Leftover.
//
// The log has User-Agents and queries, as CloudFront's has, so its files are for
// their owner only and are not to be kept. It has no address and no cookie: those
// columns are left out, as they are of the deliveries our module creates.
type AccessLog struct {
	mu   sync.Mutex
	dir  string
	now  func() time.Time
	lock *flock.Flock
	file *os.File // nil before the first line, and after Rotate
	line []byte
}

// OpenAccessLog opens a folder for one process and creates it if need be. It is an
// error if another process has it.
func OpenAccessLog(dir string, now func() time.Time) (*AccessLog, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("front: access log: %w", err)
	}
	lock := flock.New(filepath.Join(dir, lockName))
	switch mine, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("front: access log: lock %s: %w", dir, err)
	case !mine:
		return nil, fmt.Errorf("front: access log: another process writes into %s: end it, or give another folder", dir)
	}
	return &AccessLog{dir: dir, now: now, lock: lock}, nil
}

// errClosed is of a line after Close.
var errClosed = errors.New("front: access log: it is closed")

// Write adds a line. After an error the line may be cut; the next one begins another
// file.
func (l *AccessLog) Write(e *Entry) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lock == nil {
		return errClosed
	}
	l.line = l.line[:0]
	if l.file == nil {
		if err := l.create(); err != nil {
			return fmt.Errorf("front: access log: %w", err)
		}
		l.line = append(l.line, logHeader...)
	}
	l.line = e.append(l.line)
	if _, err := l.file.Write(l.line); err != nil {
		err = errors.Join(err, l.file.Close())
		l.file = nil
		return fmt.Errorf("front: access log: %w", err)
	}
	return nil
}

func (l *AccessLog) create() (err error) {
	name := namePrefix + l.now().UTC().Format("2006-01-02-15") + "." + rand.Text() + nameSuffix
	l.file, err = os.OpenFile(filepath.Join(l.dir, name), os.O_WRONLY|os.O_APPEND|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		l.file = nil
	}
	return err
}

// Rotate ends the file that is written to and returns its path, "" if there is no
// line since the last time. The next line begins another one.
func (l *AccessLog) Rotate() (path string, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rotate()
}

func (l *AccessLog) rotate() (path string, err error) {
	if l.file == nil {
		return "", nil
	}
	path, err = l.file.Name(), l.file.Close()
	l.file = nil
	if err != nil {
		err = fmt.Errorf("front: access log: %w", err)
	}
	return path, err
}

// Leftover lists the files that have ended and are still there, by hour: of a process
// that was killed, or such as could not be labelled. The one that is written to is
// not among them.
func (l *AccessLog) Leftover() ([]string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	entries, err := os.ReadDir(l.dir)
	if err != nil {
		return nil, fmt.Errorf("front: access log: %w", err)
	}
	var paths []string
	for _, entry := range entries {
		path := filepath.Join(l.dir, entry.Name())
		isLog := entry.Type().IsRegular() && strings.HasPrefix(entry.Name(), namePrefix) && strings.HasSuffix(entry.Name(), nameSuffix)
		if isLog && (l.file == nil || path != l.file.Name()) {
			paths = append(paths, path)
		}
	}
	return paths, nil
}

// Close ends the log. What is not labelled is left for the next process.
func (l *AccessLog) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lock == nil {
		return nil
	}
	_, err := l.rotate()
	err = errors.Join(err, l.lock.Close())
	l.lock = nil
	return err
}
