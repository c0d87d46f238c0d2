package tables

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/internal/job"
	"darksocial/internal/site"
)

// State says how much a day can be relied on.
type State string

const (
	Final       State = "final"       // closed: it stays as it is
	Provisional State = "provisional" // it may still change
	NoData      State = "no_data"     // there is nothing of it
	Unreadable  State = "unreadable"  // a table of it is missing or damaged
)

// Day is one day of a site, as it was when it was asked for.
type Day struct {
	rollup.Day
	store      *Store
	site       *site.Site
	manifest   *job.Manifest
	live       *live // its records, where it comes from them
	unreadable atomic.Bool
	topics     topicPages
}

// topicPages are the pages of topics that were asked for.
type topicPages struct {
	sync.Mutex
	pages map[string]map[string]bool
}

// State is how much the day can be relied on, as far as it was read.
func (d *Day) State() State {
	switch {
	case d.unreadable.Load():
		return Unreadable
	case d.live != nil:
		return Provisional
	case d.manifest == nil:
		return NoData
	case d.manifest.Closed:
		return Final
	}
	return Provisional
}

// Doors are those that saw anything of the day.
func (d *Day) Doors() []string {
	if d.live != nil {
		return d.live.doors
	}
	if d.manifest == nil {
		return nil
	}
	return d.manifest.Doors
}

// Late is how many records came after the day was closed.
func (d *Day) Late() int {
	if d.manifest == nil {
		return 0
	}
	return d.manifest.Late
}

// Version names what the day is made of: another version may have other rows.
func (d *Day) Version() string {
	switch {
	case d.live != nil:
		return "live " + d.live.made.UTC().Format(time.RFC3339Nano)
	case d.manifest == nil:
		return ""
	}
	version := ""
	for _, t := range d.manifest.Tables {
		version += t.ETag + " "
	}
	return version
}

// etagOf is that of a table of the day; ok is false if it has no such table.
func (d *Day) etagOf(table string) (etag string, ok bool) {
	if d.manifest == nil {
		return "", false
	}
	i := slices.IndexFunc(d.manifest.Tables, func(t job.ManifestTable) bool { return t.Name == table })
	if i < 0 {
		return "", false
	}
	return d.manifest.Tables[i].ETag, true
}

// Range is the days of a site from one to another, both with it.
type Range struct{ Days []*Day }

// Range finds out where the days of a range come from. There is at least one, and none
// lies in the future.
func (s *Store) Range(ctx context.Context, of *site.Site, from, to rollup.Day) (*Range, error) {
	dates, err := s.Dates(ctx, of.Name)
	if err != nil {
		return nil, err
	}
	r := &Range{}
	for day := from; !day.From.After(to.From); day = day.Next() {
		r.Days = append(r.Days, &Day{Day: day, store: s, site: of})
	}
	return r, r.Each(ctx, func(_ int, d *Day) (err error) {
		if _, found := slices.BinarySearch(dates, d.Date); found {
			if d.manifest, err = s.manifest(ctx, of.Name, d.Date); err != nil {
				return err
			}
		}
		return s.addLive(ctx, d)
	})
}

// atOnce is how many days are read at the same time: a store of objects answers each
// slowly and all together.
const atOnce = 16

// Each calls do for each day, several at a time, and returns the first error.
func (r *Range) Each(ctx context.Context, do func(i int, d *Day) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wait sync.WaitGroup
	next := atomic.Int64{}
	for range min(atOnce, len(r.Days)) {
		wait.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1) - 1)
				if i >= len(r.Days) {
					return
				}
				if err := do(i, r.Days[i]); err != nil {
					cancel(err)
				}
			}
		})
	}
	wait.Wait()
	return context.Cause(ctx)
}

// Version names what the days are made of.
func (r *Range) Version() string {
	all := sha256.New()
	for _, d := range r.Days {
		_, _ = io.WriteString(all, d.Date+" "+d.Version()+"\n") // a hash takes everything
	}
	return hex.EncodeToString(all.Sum(nil))
}
