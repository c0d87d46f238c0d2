// Package object says what a store of files is asked for: the tables lie in one,
// manifests and partial results, and the pointers to what failed. A writer names
// what was there before, by its ETag, so that of two writers one is told.
package object

import (
	"context"
	"errors"
	"io"
	"time"
)

// Store is a bucket or a folder of objects.
type Store interface {
	// Open reads an object and returns its ETag. The error is ErrNotFound if
	// there is none.
	Open(ctx context.Context, key string) (body io.ReadCloser, etag string, err error)
	// ETag is that of an object, or "" if there is none.
	ETag(ctx context.Context, key string) (string, error)
	// Put writes an object if what is there has the ETag old: "" means that there
	// is nothing, Any that it does not matter. It returns the new ETag, or
	// ErrChanged. Readers see the old object or the new one, never a part.
	Put(ctx context.Context, key string, body io.ReadSeeker, old string) (etag string, err error)
	// Delete removes an object; it is no error if there is none.
	Delete(ctx context.Context, key string) error
	// List calls each with the key of every object under a prefix, in rising order.
	List(ctx context.Context, prefix string, each func(key string) error) error
}

// Object is an object of some bucket, being read.
type Object struct {
	Body     io.ReadCloser
	ETag     string // of what is read, without quotes
	Modified time.Time
}

// Any is an ETag that fits whatever is there.
const Any = "*"

var (
	ErrNotFound = errors.New("there is no such object")
	ErrChanged  = errors.New("the object was changed by somebody else meanwhile")
)
