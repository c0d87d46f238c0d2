package backfill

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Input is a log: a file, or an object in a bucket.
type Input struct {
	Name     string
	Size     int64
	Modified time.Time
	Open     func(ctx context.Context) (io.ReadCloser, error)
}

// identity is what an input is known by in the journal: if it was changed since, it
// is read again.
func (i *Input) identity() string {
	return fmt.Sprintf("%q\t%d\t%d", i.Name, i.Size, i.Modified.UnixNano())
}

// Bucket lists objects: see lake.S3Objects.
type Bucket interface {
	List(ctx context.Context, bucket, prefix string, each func(key string, size int64, modified time.Time) error) error
	Read(ctx context.Context, bucket, key string) (io.ReadCloser, error)
}

// Inputs finds the logs that paths name: files, folders with all that is in them,
// and s3://bucket/prefix. Hidden files are left out, and links that lead to no file.
// open connects to S3 when it is needed.
func Inputs(ctx context.Context, paths []string, open func() (Bucket, error)) ([]Input, error) {
	var inputs []Input
	for _, path := range paths {
		some, err := inputsOf(ctx, path, open)
		if err != nil {
			return nil, err
		}
		if len(some) == 0 {
			return nil, fmt.Errorf("%s: there is no file", path)
		}
		inputs = append(inputs, some...)
	}
	slices.SortFunc(inputs, func(a, b Input) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(inputs, func(a, b Input) bool { return a.Name == b.Name }), nil
}

func inputsOf(ctx context.Context, path string, open func() (Bucket, error)) (inputs []Input, err error) {
	if place, ok := strings.CutPrefix(path, "s3://"); ok {
		bucket, prefix, _ := strings.Cut(place, "/")
		if bucket == "" {
			return nil, fmt.Errorf("%s names no bucket: write it as s3://bucket/prefix", path)
		}
		objects, err := open()
		if err != nil {
			return nil, err
		}
		return inputs, objects.List(ctx, bucket, prefix, func(key string, size int64, modified time.Time) error {
			if size > 0 && !strings.HasSuffix(key, "/") {
				inputs = append(inputs, Input{Name: "s3://" + bucket + "/" + key, Size: size, Modified: modified,
					Open: func(ctx context.Context) (io.ReadCloser, error) { return objects.Read(ctx, bucket, key) }})
			}
			return nil
		})
	}
	if path, err = filepath.Abs(path); err != nil { // as it is called in whatever folder the work is taken up
		return nil, err
	}
	root := path
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		root += string(filepath.Separator) // or a link to a folder would not be followed
	}
	return inputs, filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name != root && strings.HasPrefix(entry.Name(), ".") {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		info, err := os.Stat(name) // a link counts as what it leads to
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ELOOP) || err == nil && !info.Mode().IsRegular() {
			return nil
		}
		if err != nil {
			return err
		}
		inputs = append(inputs, Input{Name: name, Size: info.Size(), Modified: info.ModTime(),
			Open: func(context.Context) (io.ReadCloser, error) { return os.Open(name) }})
		return nil
	})
}
