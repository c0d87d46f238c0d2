package job

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/internal/site"
)

// order is what the roll-up function is told to do. One of:
//
//	{"schedule": "hourly"}             all days that need it, by our own clock
//	{"detail-type": "Scheduled Event"} the same, from a rule of EventBridge
//	{"site", "from", "to"}             the days of a range
//	{"site", "dt", "shard": 3}         one shard of a day
//	{"site", "dt", "merge": true}      the shards of a day together
//
// "reopen": true rolls up days that are closed as well.
type order struct {
	Schedule   string `json:"schedule"`
	DetailType string `json:"detail-type"`
	Site       string `json:"site"`
	From       string `json:"from"`
	To         string `json:"to"`
	Date       string `json:"dt"`
	Shard      *int   `json:"shard"`
	Merge      bool   `json:"merge"`
	Reopen     bool   `json:"reopen"`
}

var errOrder = errors.New(`the event is no order this function knows: it takes {"schedule":"hourly"}, {"site","from","to"}, {"site","dt","shard"} and {"site","dt","merge":true}`)

// Handle does what an event says, and logs what became of each day: the handler of
// functions/rollup.
func (r *Roller) Handle(ctx context.Context, payload json.RawMessage) ([]*Outcome, error) {
	done, err := r.handle(ctx, payload)
	for _, o := range done {
		slog.InfoContext(ctx, "rolled up", "site", o.Site, "dt", o.Date, "status", o.Status, "late", o.Late, "unaccounted", o.Unaccounted)
	}
	return done, err
}

func (r *Roller) handle(ctx context.Context, payload json.RawMessage) ([]*Outcome, error) {
	var o order
	if err := json.NewDecoder(bytes.NewReader(payload)).Decode(&o); err != nil {
		return nil, fmt.Errorf("%w: %w", errOrder, err)
	}
	if o.Schedule != "" || o.DetailType == "Scheduled Event" {
		return r.Due(ctx)
	}
	if o.Site == "" {
		return nil, errOrder
	}
	s, err := r.site(o.Site)
	if err != nil {
		return nil, err
	}
	switch {
	case o.From != "" && o.To != "":
		return r.Range(ctx, s, o.From, o.To, o.Reopen)
	case o.Date != "" && (o.Shard != nil) != o.Merge:
		day, err := rollup.ParseDay(o.Date, s.Zone())
		if err != nil {
			return nil, err
		}
		if o.Merge {
			return one(r.Merge(ctx, s, day, o.Reopen))
		}
		return one(r.Shard(ctx, s, day, *o.Shard))
	}
	return nil, errOrder
}

func one(o *Outcome, err error) ([]*Outcome, error) {
	if err != nil {
		return nil, err
	}
	return []*Outcome{o}, nil
}

func (r *Roller) site(name string) (*site.Site, error) {
	for _, s := range r.sites {
		if s.Name == name {
			return s, nil
		}
	}
	return nil, fmt.Errorf("site %q: %w", name, errNoSite)
}

// maxDays bounds a range: more is a slip of the pen.
const maxDays = 4000

// Range rolls up the days of a range, both ends with it. A day that fails does
// not keep the others from being rolled up.
func (r *Roller) Range(ctx context.Context, s *site.Site, from, to string, reopen bool) ([]*Outcome, error) {
	first, err := rollup.ParseDay(from, s.Zone())
	if err != nil {
		return nil, err
	}
	last, err := rollup.ParseDay(to, s.Zone())
	if err != nil {
		return nil, err
	}
	if last.From.Before(first.From) || last.From.Sub(first.From) > maxDays*24*time.Hour {
		return nil, fmt.Errorf("from %s to %s: give a range of 1 to %d days", from, to, maxDays)
	}
	var days []rollup.Day
	for day := first; !day.From.After(last.From); day = day.Next() {
		days = append(days, day)
	}
	return r.all(ctx, s, days, reopen)
}

func (r *Roller) all(ctx context.Context, s *site.Site, days []rollup.Day, reopen bool) (done []*Outcome, problems error) {
	for _, day := range days {
		o, err := r.Day(ctx, s, day, reopen)
		if err != nil {
			problems = errors.Join(problems, err)
			continue
		}
		done = append(done, o)
	}
	return done, problems
}

// Due rolls up all days of all sites that need it, and has the salts forgotten whose
// time has come.
func (r *Roller) Due(ctx context.Context) (done []*Outcome, problems error) {
	for _, s := range r.sites {
		days, err := r.due(ctx, s)
		if err == nil {
			var some []*Outcome
			some, err = r.all(ctx, s, days, false)
			done = append(done, some...)
		}
		if r.salts != nil {
			err = errors.Join(err, r.salts.Forget(ctx, s.Name, s.Zone()))
		}
		problems = errors.Join(problems, err)
	}
	return done, problems
}

// afterwards is how long after its end a day is still rolled up each time: the
// CDN delivers its last lines within the hour.
const afterwards = 2 * time.Hour

// due lists the days of a site that there are records of and that are not over,
// or only just; were never rolled up; were written to since; or are to be closed.
func (r *Roller) due(ctx context.Context, s *site.Site) ([]rollup.Day, error) {
	now := r.now()
	marked := map[string]bool{}
	if err := r.ledger.Marks(ctx, s.Name, func(date string) error { marked[date] = true; return nil }); err != nil {
		return nil, err
	}
	var days []rollup.Day
	last := ""
	consider := func(day rollup.Day) error {
		if day.Date <= last { // two UTC days lie in one local day
			return nil
		}
		last = day.Date
		m, err := readManifest(ctx, r.lake, s.Name, day.Date, nil)
		if err != nil {
			return err
		}
		dirty := marked[day.Date]
		if m.etag != "" && m.Zone != s.Zone().String() { // its records may have been marked as of its neighbours
			dirty = dirty || marked[day.Previous().Date] || marked[day.Next().Date]
		}
		if m.etag == "" || dirty || day.To.Add(afterwards).After(now) || !m.Closed && !m.Closes.After(now) {
			days = append(days, day)
		}
		return nil
	}
	err := r.ledger.Days(ctx, s.Name, func(utc time.Time) error {
		first, lastMoment := rollup.DayOf(utc, s.Zone()), rollup.DayOf(utc.Add(24*time.Hour-time.Second), s.Zone())
		return errors.Join(consider(first), consider(lastMoment))
	})
	return days, err
}
