package lake_test

import (
	"context"
	"io"
	"sync/atomic"

	"darksocial/internal/object"
)

// taker uses two stores of the same objects, taking turns.
type taker struct {
	stores [2]object.Store
	turn   atomic.Int64
}

func (t *taker) next() object.Store { return t.stores[t.turn.Add(1)%2] }

func (t *taker) Open(ctx context.Context, key string) (io.ReadCloser, string, error) {
	return t.next().Open(ctx, key)
}

func (t *taker) ETag(ctx context.Context, key string) (string, error) {
	return t.next().ETag(ctx, key)
}

func (t *taker) Put(ctx context.Context, key string, body io.ReadSeeker, old string) (string, error) {
	return t.next().Put(ctx, key, body, old)
}

func (t *taker) Delete(ctx context.Context, key string) error { return t.next().Delete(ctx, key) }

func (t *taker) List(ctx context.Context, prefix string, each func(string) error) error {
	return t.next().List(ctx, prefix, each)
}
