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
	ledger   *Ledger
	door     record.Door
	patience time.Duration

	mu      sync.Mutex
	waiting []*brought
	writing bool                          // somebody takes care of waiting
	riding  map[*site.Site]map[string]int // counts that wait for the next write
}

// Brought is what became of one thing a door saw: it is kept, or left out and
// counted.
type Brought struct {
	Site     *site.Site
	Sighting *record.Sighting // what is kept; nil if it is left out
	Time     int64            // of what is left out, in Unix seconds
	Reason   string           // why it is left out
}

type brought struct {
	Brought
	done chan error
}

// maxWaiting bounds how many requests wait: more of them would only wait longer.
const maxWaiting = 16_384

// ErrBusy says that too many wait already.
var ErrBusy = errors.New("ledger: too many requests wait to be written")

// NewWriter returns a Writer of what a door sees. A write may take patience at most.
func NewWriter(l *Ledger, door record.Door, patience time.Duration) *Writer {
	return &Writer{ledger: l, door: door, patience: patience, riding: map[*site.Site]map[string]int{}}
}

// Write returns nil when what was brought is durable. After an error it may be or
// not: brought again, it counts as a duplicate.
func (w *Writer) Write(ctx context.Context, b Brought) error {
	mine := &brought{b, make(chan error, 1)}
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
	w.ride(s, reason, 1)
}

// Flush writes the counts that wait, for a program that ends in peace.
func (w *Writer) Flush(ctx context.Context) error { return w.commit(ctx, nil) }

// write writes what waits until nothing does.
func (w *Writer) write() {
	for {
		w.mu.Lock()
		group := w.waiting
		w.waiting = nil
		w.writing = len(group) > 0
		w.mu.Unlock()
		if len(group) == 0 {
			return
		}
		// Not under one request's deadline: the others wait as well.
		ctx, cancel := context.WithTimeout(context.Background(), w.patience)
		err := w.commit(ctx, group)
		cancel()
		for _, b := range group {
			b.done <- err
		}
	}
}

// commit makes one batch of all, with a receipt for each site and quarter of an
// hour.
func (w *Writer) commit(ctx context.Context, group []*brought) error {
	batch, counts := w.ledger.NewBatch(), counts{}
	for _, b := range group {
		if b.Sighting == nil {
			counts.of(b.Site, b.Time).filtered[b.Reason]++
			continue
		}
		if err := batch.Add(ctx, b.Site, b.Sighting); err != nil {
			return err
		}
		counts.of(b.Site, b.Sighting.Time).written++
	}
	riding := w.takeRiding()
	now := w.ledger.now().Unix()
	for s, reasons := range riding {
		for reason, n := range reasons {
			counts.of(s, now).filtered[reason] += n
		}
	}
	err := counts.deliver(ctx, batch, w.door)
	if err == nil {
		err = batch.Commit(ctx)
	}
	if err != nil {
		w.giveBack(riding)
	}
	return err
}

func (w *Writer) takeRiding() map[*site.Site]map[string]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	riding := w.riding
	w.riding = map[*site.Site]map[string]int{}
	return riding
}

func (w *Writer) giveBack(riding map[*site.Site]map[string]int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for s, reasons := range riding {
		for reason, n := range reasons {
			w.ride(s, reason, n)
		}
	}
}

func (w *Writer) ride(s *site.Site, reason string, n int) {
	if w.riding[s] == nil {
		w.riding[s] = map[string]int{}
	}
	w.riding[s][reason] += n
}

// counts are what the receipts of a batch say.
type counts map[counted]*count

type counted struct {
	site    *site.Site
	quarter int64
}

type count struct {
	written  int
	filtered map[string]int
}

func (c counts) of(s *site.Site, sec int64) *count {
	key := counted{s, sec / record.Quarter}
	if c[key] == nil {
		c[key] = &count{filtered: map[string]int{}}
	}
	return c[key]
}

// deliver gives the receipts to a batch. Their source is this batch and no other:
// what is brought again, because the answer was lost, is another and a duplicate.
func (c counts) deliver(ctx context.Context, batch *Batch, door record.Door) error {
	source := record.BatchSource(rand.Text())
	for key, n := range c {
		r := record.Receipt{Source: source, Door: door, Rules: darksocial.Version(), Quarter: key.quarter, Written: n.written}
		for _, reason := range slices.Sorted(maps.Keys(n.filtered)) {
			r.Filtered = append(r.Filtered, record.Count{Reason: reason, N: n.filtered[reason]})
		}
		if err := batch.Receipt(ctx, key.site, r); err != nil {
			return err
		}
	}
	return nil
}
