package ledger

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/site"
)

// Keep is how long a record is kept after its hour, and after it was written: the
// local day it belongs to (1 day and the zone), until that is closed (3), and the
// time to notice that something is wrong (7).
const Keep = 12 * 24 * time.Hour

// Ledger keeps records. It is safe for concurrent use.
type Ledger struct {
	blocks Blocks
	kv     KV
	now    func() time.Time

	divided sync.Map // UTC days whose shard bits are known: they never change. dividedDay → int
}

type dividedDay struct {
	site string
	day  int64
}

// New returns the ledger in two stores.
func New(blocks Blocks, kv KV, now func() time.Time) *Ledger {
	return &Ledger{blocks: blocks, kv: kv, now: now}
}

const (
	hourLayout = "2006-01-02T15"
	dateLayout = "2006-01-02"
)

func partition(site string, hour time.Time, shard int) string {
	return fmt.Sprintf("%s/%s/%d", site, hour.Format(hourLayout), shard)
}

// BlockID names a block among all: a hash of where it lies.
type BlockID [12]byte

func blockID(partition, key string) BlockID {
	sum := sha256.Sum256([]byte(partition + "/" + key))
	return BlockID(sum[:len(BlockID{})])
}

// dayNote is what is kept of a UTC day.
type dayNote struct {
	ShardBits int `json:"shard_bits"`
}

// shardBits returns how finely a UTC day is divided, as the first who writes to
// it says. ok is false if nobody has.
func (l *Ledger) shardBits(ctx context.Context, site string, day time.Time) (bits int, ok bool, err error) {
	value, err := l.kv.Get(ctx, "days/"+site, day.Format(dateLayout))
	if err != nil || value == nil {
		return 0, false, err
	}
	var note dayNote
	if err := json.Unmarshal(value, &note); err != nil || note.ShardBits < 0 || note.ShardBits > record.MaxShardBits {
		return 0, false, fmt.Errorf("ledger: the note on %s of %s cannot be read: %q", day.Format(dateLayout), site, value)
	}
	return note.ShardBits, true, nil
}

// divide is shardBits, and sets it to the site's if nobody has. The note on a day
// is kept as long as what is written now, or that could not be found.
func (l *Ledger) divide(ctx context.Context, s *site.Site, day time.Time) (int, error) {
	note, err := json.Marshal(dayNote{s.ShardBits})
	if err != nil {
		return 0, err
	}
	end := day.Add(24 * time.Hour)
	key := dividedDay{s.Name, day.Unix()}
	if bits, ok := l.divided.Load(key); ok && !l.now().After(end) {
		return bits.(int), nil // a hit is one write, and no read
	}
	for range 2 { // the second time somebody else was first
		bits, ok, err := l.shardBits(ctx, s.Name, day)
		if ok && l.now().After(end) {
			return bits, l.keep(ctx, s.Name, day, bits)
		}
		if ok {
			l.divided.Store(key, bits)
		}
		if ok || err != nil {
			return bits, err
		}
		if _, err := l.kv.Swap(ctx, "days/"+s.Name, day.Format(dateLayout), nil, note, l.expires(end)); err != nil {
			return 0, err
		}
	}
	bits, ok, err := l.shardBits(ctx, s.Name, day)
	if !ok && err == nil {
		err = fmt.Errorf("ledger: the note on %s of %s was written and is not there", day.Format(dateLayout), s.Name)
	}
	return bits, err
}

// keep renews the note on a day that is over.
func (l *Ledger) keep(ctx context.Context, site string, day time.Time, bits int) error {
	note, err := json.Marshal(dayNote{bits})
	if err != nil {
		return err
	}
	_, err = l.kv.Swap(ctx, "days/"+site, day.Format(dateLayout), note, note, l.expires(day.Add(24*time.Hour)))
	return err
}

// Days calls each with the UTC days a site has records of, in rising order.
func (l *Ledger) Days(ctx context.Context, site string, each func(day time.Time) error) error {
	return l.kv.List(ctx, "days/"+site, func(name string, _ []byte) error {
		day, err := time.Parse(dateLayout, name)
		if err != nil {
			return fmt.Errorf("ledger: %q is no day", name)
		}
		return each(day)
	})
}

func (l *Ledger) expires(at time.Time) time.Time {
	if now := l.now(); now.After(at) {
		at = now
	}
	return at.Add(Keep)
}

// Mark is the version of a day's mark: the day was written to after it was over.
type Mark []byte

// mark says that a day was written to after its end.
func (l *Ledger) mark(ctx context.Context, site string, day rollup.Day) error {
	const attempts = 20 // others mark the day as well, or take their mark away
	for range attempts {
		old, err := l.Marked(ctx, site, day.Date)
		if err != nil {
			return err
		}
		done, err := l.kv.Swap(ctx, "dirty/"+site, day.Date, old, []byte(rand.Text()), l.expires(day.To))
		if done || err != nil {
			return err
		}
	}
	return fmt.Errorf("ledger: mark %s of %s: others change the mark all the time", day.Date, site)
}

// Marked returns the mark of a day, or nil.
func (l *Ledger) Marked(ctx context.Context, site, date string) (Mark, error) {
	return l.kv.Get(ctx, "dirty/"+site, date)
}

// Marks calls each with the date of every marked day, in rising order.
func (l *Ledger) Marks(ctx context.Context, site string, each func(date string) error) error {
	return l.kv.List(ctx, "dirty/"+site, func(name string, _ []byte) error { return each(name) })
}

// Unmark takes a mark away that was seen before the day was read. A day written
// to since has another mark, which stays.
func (l *Ledger) Unmark(ctx context.Context, site, date string, seen Mark) error {
	if seen == nil {
		return nil
	}
	_, err := l.kv.Swap(ctx, "dirty/"+site, date, seen, nil, time.Time{})
	return err
}
