package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/site"
)

// Bounds of a batch in memory. A group that is full is written at once, so memory
// does not depend on how much a batch holds.
const (
	groupRecords = 12_000  // 12 bytes of id each, which do not pack
	groupBytes   = 2 << 20 // of bodies, before they are packed
	batchBytes   = 4 << 20 // of bodies, in all groups: the largest is written then, which makes the fewest blocks
)

// Batch collects what is read from some sources. Nothing of it counts before
// Commit has returned nil. It is not for concurrent use.
type Batch struct {
	ledger   *Ledger
	groups   map[groupKey]*group
	receipts map[hourKey][]record.Receipt
	bits     map[hourKey]int       // of UTC days, by their first hour
	days     map[dayKey]rollup.Day // whose roll-ups read what was added
	touched  touched
	size     int
	lost     error // why something that was added is gone
}

// touched is the last quarter of an hour whose days were looked at: mostly the same.
type touched struct {
	site    string
	quarter int64
}

type hourKey struct {
	site string
	hour int64 // Unix seconds / 3600
}

type groupKey struct {
	hourKey
	shard int
}

type dayKey struct{ site, date string }

// group is the sightings of one partition that are not written yet.
type group struct {
	entries []entry
	bodies  []byte
}

type entry struct {
	id   record.ID
	time int64
	end  int // of its body
}

// NewBatch returns an empty batch.
func (l *Ledger) NewBatch() *Batch {
	return &Batch{ledger: l, groups: map[groupKey]*group{}, receipts: map[hourKey][]record.Receipt{}, bits: map[hourKey]int{}, days: map[dayKey]rollup.Day{}}
}

// Add takes an entry, whose strings are copied. When the batch is full it
// writes a part of it, which is what an error is about.
func (b *Batch) Add(ctx context.Context, s *site.Site, e record.Entry) error {
	if b.lost != nil {
		return b.lost
	}
	id, sec := e.Head()
	hour := hourKey{s.Name, sec / 3600}
	bits, err := b.shardBits(ctx, s, hour)
	if err != nil {
		b.lost = err
		return err
	}
	b.touch(s, sec)
	key := groupKey{hour, id.Shard(bits)}
	g := b.groups[key]
	if g == nil {
		g = &group{}
		b.groups[key] = g
	}
	before := len(g.bodies)
	g.bodies = e.AppendBody(g.bodies)
	g.entries = append(g.entries, entry{id, sec, len(g.bodies)})
	b.size += len(g.bodies) - before
	if len(g.entries) >= groupRecords || len(g.bodies) >= groupBytes {
		return b.write(ctx, key)
	}
	if b.size >= batchBytes {
		return b.write(ctx, b.largest())
	}
	return nil
}

// Err is why something that was added is gone, or nil. A batch with an error cannot
// become durable any more.
func (b *Batch) Err() error { return b.lost }

// Receipt takes a receipt, to be written when all that was added is durable.
func (b *Batch) Receipt(ctx context.Context, s *site.Site, r record.Receipt) error {
	hour := hourKey{s.Name, r.Quarter * record.Quarter / 3600}
	if _, err := b.shardBits(ctx, s, hour); err != nil {
		return err
	}
	b.touch(s, r.Quarter*record.Quarter)
	b.receipts[hour] = append(b.receipts[hour], r)
	return nil
}

// touch remembers the days whose roll-ups read a record: its own, and the day a
// quarter of an hour before or after, whose page views it may be a sighting of.
func (b *Batch) touch(s *site.Site, sec int64) {
	now := touched{s.Name, sec / record.Quarter}
	if now == b.touched {
		return
	}
	b.touched = now
	for _, near := range [...]time.Duration{-slack, slack} {
		day := rollup.DayOf(time.Unix(sec, 0).Add(near), s.Zone())
		b.days[dayKey{s.Name, day.Date}] = day
	}
}

func (b *Batch) shardBits(ctx context.Context, s *site.Site, hour hourKey) (int, error) {
	day := time.Unix(hour.hour*3600, 0).UTC().Truncate(24 * time.Hour)
	key := hourKey{s.Name, day.Unix() / 3600}
	if bits, ok := b.bits[key]; ok {
		return bits, nil
	}
	bits, err := b.ledger.divide(ctx, s, day)
	if err == nil {
		b.bits[key] = bits
	}
	return bits, err
}

// largest is the group with the most bytes; of equal ones the earliest, so that
// the same batch is divided in the same way again.
func (b *Batch) largest() (key groupKey) {
	most := -1
	for k, g := range b.groups {
		if n := len(g.bodies); n > most || n == most && k.compare(key) < 0 {
			key, most = k, n
		}
	}
	return key
}

func (k groupKey) compare(other groupKey) int {
	return cmp.Or(cmp.Compare(k.site, other.site), cmp.Compare(k.hour, other.hour), cmp.Compare(k.shard, other.shard))
}

// write stores a group that no receipt waits for.
func (b *Batch) write(ctx context.Context, key groupKey) error {
	blocks, _ := b.take(key, nil)
	return b.append(ctx, blocks)
}

// append stores blocks. They were taken out of the batch, so after an error the
// batch can no longer become durable.
func (b *Batch) append(ctx context.Context, blocks []Block) error {
	if len(blocks) == 0 {
		return nil
	}
	if err := b.ledger.blocks.Append(ctx, blocks); err != nil {
		b.lost = fmt.Errorf("ledger: write the records of %s: %w", blocks[0].Partition, err)
	}
	return b.lost
}

// take removes a group from the batch and packs it, with receipts in the last block
// or, where they are too many, in the last ones, which then hold nothing else.
func (b *Batch) take(key groupKey, receipts []record.Receipt) (first, last []Block) {
	var sightings []record.Packed
	if g := b.groups[key]; g != nil {
		sightings = make([]record.Packed, len(g.entries))
		start := 0
		for i, e := range g.entries {
			sightings[i] = record.Packed{ID: e.id, Time: e.time, Body: g.bodies[start:e.end]}
			start = e.end
		}
		b.size -= len(g.bodies)
		delete(b.groups, key)
	}
	hour := time.Unix(key.hour*3600, 0).UTC()
	return pack(Block{Partition: partition(key.site, hour, key.shard), Expires: b.ledger.expires(hour.Add(time.Hour))}, sightings, receipts)
}

// pack makes blocks like one, each no longer than may be: those without receipts
// and those with.
func pack(like Block, sightings []record.Packed, receipts []record.Receipt) (first, last []Block) {
	like.Key, like.Data = record.BlockKey(sightings, receipts), record.Pack(sightings, receipts)
	switch half := len(sightings) / 2; {
	case len(like.Data) <= record.MaxBlock:
	case len(sightings) > 1:
		first, _ = pack(like, sightings[:half], nil)
		more, last := pack(like, sightings[half:], receipts)
		return append(first, more...), last
	case len(sightings) == 1 && len(receipts) > 0:
		first, _ = pack(like, sightings, nil)
		_, last = pack(like, nil, receipts)
		return first, last
	case len(receipts) > 1:
		half = len(receipts) / 2
		_, last = pack(like, nil, receipts[:half])
		_, more := pack(like, nil, receipts[half:])
		return nil, append(last, more...)
	} // one sighting is bounded where it was read
	if len(receipts) == 0 {
		return []Block{like}, nil
	}
	return nil, []Block{like}
}

// Commit makes the batch durable: first what no receipt rides on, then the blocks
// with the receipts, then the marks of days that are over.
func (b *Batch) Commit(ctx context.Context) error {
	if b.lost != nil {
		return b.lost
	}
	var first, last []Block
	for _, key := range b.sorted() {
		receipts := b.receipts[key.hourKey]
		delete(b.receipts, key.hourKey)
		plain, received := b.take(key, receipts)
		first, last = append(first, plain...), append(last, received...)
	}
	for hour, receipts := range b.receipts { // of hours nothing was seen in
		_, received := b.take(groupKey{hourKey: hour}, receipts)
		last = append(last, received...)
	}
	clear(b.receipts)
	for _, blocks := range [...][]Block{first, last} {
		if err := b.append(ctx, blocks); err != nil {
			return err
		}
	}
	for key, day := range b.days {
		if day.To.After(b.ledger.now()) {
			continue
		}
		if err := b.ledger.mark(ctx, key.site, day); err != nil {
			return err
		}
	}
	clear(b.days)
	return nil
}

func (b *Batch) sorted() []groupKey {
	keys := make([]groupKey, 0, len(b.groups))
	for key := range b.groups {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, groupKey.compare)
	return keys
}
