package lake

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"darksocial/internal/object"

	"github.com/gofrs/flock"
)

const (
	// lockName and tempName are names in the lake's folder that no key can have.
	lockName = ".lock"
	tempName = ".tmp"

	// lockPoll is how often the lock is tried while another process has it. It is
	// held for as long as one file is hashed and renamed.
	lockPoll = 5 * time.Millisecond

	// tempAge is when an unfinished file has lost its writer: no write lasts a day.
	tempAge = 24 * time.Hour
)

// Disk is a lake in a folder. Each object is a file with the key for its path, so
// that DuckDB and everything else reads the tables as they lie there. The folder
// is one file system, or an object could not be renamed into its place, and no
// key goes on where another ends: "a" and "a/b" cannot both be files.
//
// The ETag is a hash of the content, and is read from the content each time it is
// asked for: by ETag, by Open, and by a Put that replaces an object it names.
// What would spare that is worse. A note beside the file cannot be replaced in one
// step with it; an extended attribute is not on every file system and is lost by
// many a copy; size, time and inode can all be those of the file that was there
// before, since the clock of a file system ticks in milliseconds and it uses inodes
// again. The objects of one machine are a few MB, which hash in milliseconds, and
// the reader's next read finds them in memory.
type Disk struct {
	dir string

	// writer is the lock among the goroutines of this process. The lock of the
	// file is among processes and is polled; with this one before it, the many
	// goroutines of one process do not poll against each other.
	writer chan struct{}
}

// OpenDisk opens the lake in a folder, which is made if it is missing, and removes
// what writers left unfinished there more than a day ago.
func OpenDisk(dir string) (*Disk, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("lake: open the folder: %w", err)
	}
	temp := filepath.Join(dir, tempName)
	if err := os.MkdirAll(temp, 0o777); err != nil {
		return nil, fmt.Errorf("lake: open the folder: %w", err)
	}
	left, err := os.ReadDir(temp)
	if err != nil {
		return nil, fmt.Errorf("lake: open the folder: %w", err)
	}
	for _, file := range left {
		info, err := file.Info()
		if err != nil || time.Since(info.ModTime()) < tempAge {
			continue // its writer is at work, or has just finished
		}
		if err := os.Remove(filepath.Join(temp, file.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("lake: remove an unfinished file: %w", err)
		}
	}
	return &Disk{dir: dir, writer: make(chan struct{}, 1)}, nil
}

// Open implements Lake. The file is hashed and then handed out from its start: it
// is the same open file, so the ETag is that of what is read, whatever happens at
// its path meanwhile.
func (d *Disk) Open(ctx context.Context, key string) (io.ReadCloser, string, error) {
	name, err := d.file(ctx, key)
	if err != nil {
		return nil, "", err
	}
	file, err := openFile(name)
	if err != nil {
		return nil, "", fmt.Errorf("lake: open %s: %w", key, err)
	}
	if file == nil {
		return nil, "", fmt.Errorf("lake: open %s: %w", key, object.ErrNotFound)
	}
	etag, err := hashOf(ctx, file)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		file.Close()
		return nil, "", fmt.Errorf("lake: read %s: %w", key, err)
	}
	return file, etag, nil
}

// ETag implements Lake.
func (d *Disk) ETag(ctx context.Context, key string) (string, error) {
	name, err := d.file(ctx, key)
	if err != nil {
		return "", err
	}
	etag, err := etagOf(ctx, name)
	if err != nil {
		return "", fmt.Errorf("lake: read %s: %w", key, err)
	}
	return etag, nil
}

// Put implements Lake. The content is on the disk before the lock is taken: other
// writers wait only while the old object is compared and the new one renamed.
func (d *Disk) Put(ctx context.Context, key string, body io.ReadSeeker, old string) (string, error) {
	name, err := d.file(ctx, key)
	if err != nil {
		return "", err
	}
	temp, etag, err := d.writeTemp(ctx, body)
	if err != nil {
		return "", fmt.Errorf("lake: write %s: %w", key, err)
	}
	defer os.Remove(temp) // gone already if all went well

	err = d.locked(ctx, func() error {
		if old != object.Any {
			now, err := etagOf(ctx, name)
			if err != nil {
				return err
			}
			if now != old {
				return object.ErrChanged
			}
		}
		if err := makeFolder(filepath.Dir(name)); err != nil {
			return err
		}
		if err := os.Rename(temp, name); err != nil {
			return err
		}
		return syncFolder(filepath.Dir(name))
	})
	if err != nil {
		return "", fmt.Errorf("lake: write %s: %w", key, err)
	}
	return etag, nil
}

// Delete implements Lake. Folders that become empty go too: a bucket has none.
func (d *Disk) Delete(ctx context.Context, key string) error {
	name, err := d.file(ctx, key)
	if err != nil {
		return err
	}
	err = d.locked(ctx, func() error {
		file, err := openFile(name)
		if file == nil || err != nil {
			return err
		}
		file.Close()
		if err := os.Remove(name); err != nil {
			return err
		}
		// Writers make their folders under the same lock, so none loses its own.
		folder := filepath.Dir(name)
		for folder != d.dir && os.Remove(folder) == nil {
			folder = filepath.Dir(folder)
		}
		return syncFolder(folder)
	})
	if err != nil {
		return fmt.Errorf("lake: delete %s: %w", key, err)
	}
	return nil
}

// List implements Lake.
func (d *Disk) List(ctx context.Context, prefix string, each func(key string) error) error {
	if err := checkPrefix(prefix); err != nil {
		return err
	}
	folder, _ := path.Split(prefix)
	return d.list(ctx, folder, prefix, each)
}

// list walks one folder, "" or ending with "/". S3 orders whole keys by their
// bytes, in which a folder's name counts with its slash: "a-b" is before "a/b".
func (d *Disk) list(ctx context.Context, folder, prefix string, each func(key string) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	entries, err := os.ReadDir(filepath.Join(d.dir, filepath.FromSlash(folder)))
	if missing(err) {
		return nil // there is none, or it was emptied meanwhile
	}
	if err != nil {
		return fmt.Errorf("lake: list the folder: %w", err)
	}
	keys := make([]string, 0, len(entries))
	for _, entry := range entries {
		key := folder + entry.Name()
		if checkKey(key) != nil {
			continue // ours, or put there by somebody else: it cannot be opened
		}
		if entry.IsDir() {
			key += "/"
		} else if !entry.Type().IsRegular() {
			continue
		}
		if strings.HasPrefix(key, prefix) {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		if strings.HasSuffix(key, "/") {
			err = d.list(ctx, key, prefix, each)
		} else {
			err = each(key)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// file is the path of an object.
func (d *Disk) file(ctx context.Context, key string) (string, error) {
	if err := checkKey(key); err != nil {
		return "", err
	}
	local, err := filepath.Localize(key) // refuses what Windows reads otherwise
	if err != nil {
		return "", fmt.Errorf("lake: %w: %q is no path on this system", ErrKey, key)
	}
	return filepath.Join(d.dir, local), ctx.Err()
}

// locked runs do while no other writer of the lake is at work, in any process.
// The operating system frees the lock of a process that is killed.
func (d *Disk) locked(ctx context.Context, do func() error) error {
	select {
	case d.writer <- struct{}{}:
		defer func() { <-d.writer }()
	case <-ctx.Done():
		return ctx.Err()
	}
	lock := flock.New(filepath.Join(d.dir, lockName), flock.SetPermissions(0o666))
	if _, err := lock.TryLockContext(ctx, lockPoll); err != nil {
		return fmt.Errorf("lock the folder: %w", err)
	}
	return errors.Join(do(), lock.Unlock())
}

// writeTemp puts the content into a new file, hashing it on the way. All such
// files lie in one folder, so that the next OpenDisk finds what was left behind
// without walking through the lake.
func (d *Disk) writeTemp(ctx context.Context, body io.Reader) (name, etag string, err error) {
	file, err := os.OpenFile(filepath.Join(d.dir, tempName, rand.Text()), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return "", "", err
	}
	hash := sha256.New()
	_, err = io.Copy(io.MultiWriter(file, hash), reader{ctx, body})
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		os.Remove(file.Name())
		return "", "", err
	}
	return file.Name(), text(hash.Sum(nil)), nil
}

// etagOf reads the file of an object; "" means that there is none.
func etagOf(ctx context.Context, name string) (string, error) {
	file, err := openFile(name)
	if file == nil || err != nil {
		return "", err
	}
	defer file.Close()
	return hashOf(ctx, file)
}

func hashOf(ctx context.Context, body io.Reader) (string, error) {
	hash := sha256.New()
	if _, err := io.Copy(hash, reader{ctx, body}); err != nil {
		return "", err
	}
	return text(hash.Sum(nil)), nil
}

// text shortens a hash to 16 bytes, which nothing hits by chance.
func text(sum []byte) string { return hex.EncodeToString(sum[:16]) }

// openFile is nil if there is no such file: nothing, or a folder of other objects.
func openFile(name string) (*os.File, error) {
	file, err := os.Open(name)
	if missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil || info.IsDir() {
		file.Close()
		return nil, err
	}
	return file, nil
}

// missing tells that there is no file of this name. ENOTDIR says so as well: a
// part of the path before it is an object.
func missing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// makeFolder makes a folder and those it lies in. Each is in its parent's list on
// the disk before it is used, or a file in it could be lost with its name.
func makeFolder(name string) error {
	err := os.Mkdir(name, 0o777)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeFolder(filepath.Dir(name)); err != nil {
			return err
		}
		err = os.Mkdir(name, 0o777)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil // a file of this name is refused by the rename
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(name))
}

// syncFolder puts the names in a folder on the disk: a rename alone is not there
// yet. https://man7.org/linux/man-pages/man2/fsync.2.html
func syncFolder(name string) error {
	folder, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// reader stops a long copy when its context ends.
type reader struct {
	ctx  context.Context
	body io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.body.Read(p)
}
