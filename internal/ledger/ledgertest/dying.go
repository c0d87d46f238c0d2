package ledgertest

import (
	"context"
	"errors"
	"io"
	"time"

	"darksocial/internal/ledger"
	"darksocial/internal/object"
)

// Life is how many writes a process makes before it is killed: that write and all
// that follow are not made. With Half set, of several blocks the first half is
// still stored. Stores that share a Life are those of one process.
type Life struct {
	Left int
	Half bool
}

// ErrKilled is what writes give after the end.
var ErrKilled = errors.New("killed")

func (l *Life) ends() bool { l.Left--; return l.Left < 0 }

// Blocks are blocks as the process sees them.
func (l *Life) Blocks(b ledger.Blocks) ledger.Blocks { return dyingBlocks{b, l} }

// KV is a KV as the process sees it.
func (l *Life) KV(kv ledger.KV) ledger.KV { return dyingKV{kv, l} }

// Lake is a lake as the process sees it.
func (l *Life) Lake(s object.Store) object.Store { return dyingLake{s, l} }

type dyingBlocks struct {
	ledger.Blocks
	*Life
}

func (d dyingBlocks) Append(ctx context.Context, blocks []ledger.Block) error {
	if !d.ends() {
		return d.Blocks.Append(ctx, blocks)
	}
	if d.Half && d.Left == -1 {
		if err := d.Blocks.Append(ctx, blocks[:len(blocks)/2]); err != nil {
			return err
		}
	}
	return ErrKilled
}

type dyingKV struct {
	ledger.KV
	*Life
}

func (d dyingKV) Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error) {
	if d.ends() {
		return false, ErrKilled
	}
	return d.KV.Swap(ctx, collection, name, old, next, expires)
}

type dyingLake struct {
	object.Store
	*Life
}

func (d dyingLake) Put(ctx context.Context, key string, body io.ReadSeeker, old string) (string, error) {
	if d.ends() {
		return "", ErrKilled
	}
	return d.Store.Put(ctx, key, body, old)
}
