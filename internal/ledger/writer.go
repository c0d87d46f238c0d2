package ledger

import (
	"context"
	"crypto/rand"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/site"
)

// Writer makes durable what many requests bring one by one. Each waits for its own;
// what comes while a write is under way goes into the next one together. So a
// function that has one request at a time writes at once, and a server under load
// writes as often as its disk can. Safe for concurrent use.
type Writer struct {
	*queue
	door record.Door
}

// queue is what the Writers of all doors of a process have in common.
type queue struct {
	ledger   *Ledger
	patience time.Duration

	mu      sync.Mutex
	waiting []*brought
	writing bool                     // somebody takes care of waiting
	riding  map[rider]map[string]int // counts that wait for the next write
}

type rider struct {
	site *site.Site
	door record.Door
}

// Brought is what became of one thing a door saw: it is kept, or left out and
// counted.
type Brought struct {
	Site   *site.Site
	Entry  record.Entry // what is kept; nil if it is left out
	Time   int64        // of what is left out, in Unix seconds
	Reason string       // why it is left out
}

type brought struct {
	Brought
	door record.Door
	done chan error
}

// maxWaiting bounds how many requests wait: more of them would only wait longer.
const maxWaiting = 16_384

// ErrBusy says that too many wait already.
var ErrBusy = errors.New("ledger: too many requests wait to be written")

// NewWriter returns a Writer of what a door sees. A write may take patience at most.
func NewWriter(l *Ledger, door record.Door, patience time.Duration) *Writer {
	return &Writer{&queue{ledger: l, patience: patience, riding: map[rider]map[string]int{}}, door}
}

// Of returns the Writer of what another door sees. Both write together.
func (w *Writer) Of(door record.Door) *Writer { return &Writer{w.queue, door} }

// Write returns nil when what was brought is durable. After an error it may be or
// not: brought again, it counts as a duplicate.
func (w *Writer) Write(ctx context.Context, b Brought) error {
	mine := &brought{b, w.door, make(chan error, 1)}
	w.mu.Lock()
	if len(w.waiting) >= maxWaiting {
		w.mu.Unlock()
		return ErrBusy
	}
	w.waiting = append(w.waiting, mine)
	if !w.writing {
		w.writing = true
		go w.write()
	}
	w.mu.Unlock()
	select {
	case err := <-mine.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Count counts what was refused before it was looked at. The count is written with
// whatever is written next, and is lost if the program ends before: a refusal is
// worth no write of its own, or anybody could cause writes.
func (w *Writer) Count(s *site.Site, reason string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ride(rider{s, w.door}, reason, 1)
}

// Flush writes the counts that wait, for a program that ends in peace.
func (q *queue) Flush(ctx context.Context) error { return q.commit(ctx, nil) }

// write writes what waits until nothing does.
func (q *queue) write() {
	for {
		q.mu.Lock()
		group := q.waiting
		q.waiting = nil
		q.writing = len(group) > 0
		q.mu.Unlock()
		if len(group) == 0 {
			return
		}
		// Not under one request's deadline: the others wait as well.
		ctx, cancel := context.WithTimeout(context.Background(), q.patience)
		err := q.commit(ctx, group)
		cancel()
		for _, b := range group {
			b.done <- err
		}
	}
}

// commit makes one batch of all, with a receipt for each site and quarter of an
// hour.
func (q *queue) commit(ctx context.Context, group []*brought) error {
	batch, counts := q.ledger.NewBatch(), counts{}
	for _, b := range group {
		if b.Entry == nil {
			counts.of(b.Site, b.door, b.Time).filtered[b.Reason]++
			continue
		}
		if err := batch.Add(ctx, b.Site, b.Entry); err != nil {
			return err
		}
		_, sec := b.Entry.Head()
		counts.of(b.Site, b.door, sec).written++
	}
	riding := q.takeRiding()
	now := q.ledger.now().Unix()
	for r, reasons := range riding {
		for reason, n := range reasons {
			counts.of(r.site, r.door, now).filtered[reason] += n
		}
	}
	err := counts.deliver(ctx, batch)
	if err == nil {
		err = batch.Commit(ctx)
	}
	if err != nil {
		q.giveBack(riding)
	}
	return err
}

func (q *queue) takeRiding() map[rider]map[string]int {
	q.mu.Lock()
	defer q.mu.Unlock()
	riding := q.riding
	q.riding = map[rider]map[string]int{}
	return riding
}

func (q *queue) giveBack(riding map[rider]map[string]int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for r, reasons := range riding {
		for reason, n := range reasons {
			q.ride(r, reason, n)
		}
	}
}

func (q *queue) ride(r rider, reason string, n int) {
	if q.riding[r] == nil {
		q.riding[r] = map[string]int{}
	}
	q.riding[r][reason] += n
}

// counts are what the receipts of a batch say.
type counts map[counted]*count

type counted struct {
	site    *site.Site
	door    record.Door
	quarter int64
}

type count struct {
	written  int
	filtered map[string]int
}

func (c counts) of(s *site.Site, door record.Door, sec int64) *count {
	key := counted{s, door, sec / record.Quarter}
	if c[key] == nil {
		c[key] = &count{filtered: map[string]int{}}
	}
	return c[key]
}

// deliver gives the receipts to a batch. Their source is this batch and no other:
// what is brought again, because the answer was lost, is another and a duplicate.
func (c counts) deliver(ctx context.Context, batch *Batch) error {
	name := rand.Text()
	for key, n := range c {
		r := record.Receipt{Source: record.BatchSource(key.door.String() + name), Door: key.door, Rules: darksocial.Version(), Quarter: key.quarter, Written: n.written}
		for _, reason := range slices.Sorted(maps.Keys(n.filtered)) {
			r.Filtered = append(r.Filtered, record.Count{Reason: reason, N: n.filtered[reason]})
		}
		if err := batch.Receipt(ctx, key.site, r); err != nil {
			return err
		}
	}
	return nil
}
