package ledger

import (
	"context"
	"time"
)

// Blocks keeps opaque blocks by partition. It is all the ledger asks of a
// database: no query, no secondary index.
type Blocks interface {
	// Append stores blocks and returns nil only when all of them are durable. A
	// block whose partition and key are there already replaces it: it has the
	// same content. Some may be stored when an error is returned.
	Append(ctx context.Context, blocks []Block) error
	// Scan calls each with every block of a partition that was appended before
	// Scan was called, in any order. data is valid until each returns. An error
	// of each ends the scan and is returned.
	Scan(ctx context.Context, partition string, each func(key string, data []byte) error) error
}

// Block is one opaque block.
type Block struct {
	Partition, Key string
	Data           []byte
	Expires        time.Time // not deleted before; the store may keep it longer
}

// KV keeps small values that change, under a name in a collection.
type KV interface {
	// Get returns a value, or nil if there is none.
	Get(ctx context.Context, collection, name string) ([]byte, error)
	// Swap puts next in the place of old if old is what is there, and reports
	// whether it was. old nil means that there is no value, next nil that there
	// shall be none. Values are compared byte by byte and are never empty. A swap
	// that was made and whose answer was lost may be reported as not made.
	Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error)
	// List calls each with every value of a collection, by name in rising order.
	List(ctx context.Context, collection string, each func(name string, value []byte) error) error
}
