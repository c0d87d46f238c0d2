package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
	"darksocial/internal/runs"
	"darksocial/internal/site"
)

// Encode writes the rows of a table, of the type of its Row, and returns their number.
type Encode func(w io.Writer, row any, rows iter.Seq2[any, error]) (int64, error)

// Roller rolls up days. It is safe for concurrent use, also by other machines: of
// two roll-ups of a day at once, one is told and begins again.
type Roller struct {
	ledger  *ledger.Ledger
	sites   []*site.Site
	lake    object.Store
	encode  Encode
	now     func() time.Time
	options rollup.Options
	memory  memoryLimits
	salts   Salts
	items   Items // nil: share codes are not followed
}

// Salts are what visitors were hashed with: see visitor.Salts.
type Salts interface {
	Forget(ctx context.Context, site string, zone *time.Location) error
}

// Forgetting makes each hourly roll-up delete the salts that have lived long enough.
func (r *Roller) Forgetting(salts Salts) *Roller {
	r.salts = salts
	return r
}

// memoryLimits bound what a roll-up holds at a time, in bytes; the rest lies in
// the folder for temporary files.
type memoryLimits struct{ entries, sums, summer int }

var defaultMemory = memoryLimits{entries: 8 << 20, sums: 4 << 20, summer: 4 << 20}

// NewRoller returns a Roller of sites.
func NewRoller(l *ledger.Ledger, sites []*site.Site, lake object.Store, encode Encode, now func() time.Time) *Roller {
	return &Roller{ledger: l, sites: sites, lake: lake, encode: encode, now: now, options: rollup.DefaultOptions, memory: defaultMemory}
}

// Outcome says what a roll-up did to a day.
type Outcome struct {
	Site string `json:"site"`
	Date string `json:"dt"`
	// Status is rolled_up; shard; closed, then the tables stay as they are; or
	// empty: there is nothing of this day, and no tables are made.
	Status string           `json:"status"`
	Rows   map[string]int64 `json:"rows,omitempty"`
	Late   int              `json:"late,omitempty"` // records that came after the day was closed
	// Unaccounted are records of a day that is over which no receipt tells of: their
	// source was not read to its end, or a receipt is lost.
	Unaccounted int64 `json:"unaccounted,omitempty"`
}

var (
	errLost   = errors.New("the store no longer has all that the last roll-up of this day read; rolling it up again would lose records, so its tables stay as they are")
	errNoSite = errors.New("this deployment serves no such site")
)

// IsLost reports whether a roll-up was refused because the store has forgotten
// what the tables were made of.
func IsLost(err error) bool { return errors.Is(err, errLost) }

// attempts is how often a day is begun again because somebody else rolls it up.
const attempts = 5

// Day rolls up a day of a site: it reads what there is and writes the day's tables
// anew. reopen does so even where the day is closed.
func (r *Roller) Day(ctx context.Context, s *site.Site, day rollup.Day, reopen bool) (*Outcome, error) {
	return r.again(ctx, s, day, how{reopen: reopen})
}

// how says what a roll-up may do beyond the usual.
type how struct {
	reopen  bool // change a closed day
	replace bool // make the tables of other blocks than the last time
	final   bool // close the day at once
}

// Once rolls up a day of which no records are kept, and closes it: what comes of
// it later counts as late.
func (r *Roller) Once(ctx context.Context, s *site.Site, day rollup.Day) (*Outcome, error) {
	return r.again(ctx, s, day, how{final: true})
}

func (r *Roller) again(ctx context.Context, s *site.Site, day rollup.Day, how how) (*Outcome, error) {
	for attempt := 1; ; attempt++ {
		o, err := r.day(ctx, s, day, how)
		if err == nil || !errors.Is(err, object.ErrChanged) || attempt == attempts {
			if err != nil {
				return nil, fmt.Errorf("roll up %s of %s: %w", day.Date, s.Name, err)
			}
			return o, nil
		}
	}
}

func (r *Roller) day(ctx context.Context, s *site.Site, day rollup.Day, how how) (*Outcome, error) {
	day, before, err := r.look(ctx, s, day)
	if err != nil {
		return nil, err
	}
	if before.manifest.Closed && !how.reopen {
		return r.countLate(ctx, s, day, before)
	}
	if how.replace && !before.manifest.LogsAlone() {
		return nil, errOtherDoors
	}
	sums, err := r.fold(ctx, s, day, ledger.Shard{})
	if err != nil {
		return nil, err
	}
	defer sums.Close()
	if !how.replace {
		if err := r.checkLost(ctx, s, day, sums); err != nil {
			return nil, err
		}
	}
	before.final = how.final
	return r.write(ctx, s, day, sums, before)
}

// before is how a day was found before its records were read.
type before struct {
	mark     ledger.Mark
	manifest *stored
	etags    map[string]string // of its tables
	final    bool              // close it
}

// look says how a day is found, and where it begins and ends.
func (r *Roller) look(ctx context.Context, s *site.Site, day rollup.Day) (rollup.Day, *before, error) {
	day, manifest, err := r.window(ctx, s, day)
	if err != nil {
		return day, nil, err
	}
	b := &before{manifest: manifest, etags: map[string]string{}}
	if b.mark, err = r.ledger.Marked(ctx, s.Name, day.Date); err != nil {
		return day, nil, err
	}
	for _, table := range rollup.Tables {
		if b.etags[table.Name], err = r.lake.ETag(ctx, TableKey(table.Name, s.Name, day.Date)); err != nil {
			return day, nil, err
		}
	}
	return day, b, nil
}

// fold reads the records of a shard of a day and adds them up. notes come along
// with the sums.
func (r *Roller) fold(ctx context.Context, s *site.Site, day rollup.Day, shard ledger.Shard, notes ...rollup.Entry) (*runs.File, error) {
	dir := os.TempDir()
	entries := runs.NewSorter(dir, r.memory.entries, nil)
	defer entries.Close()
	sums := runs.NewSorter(dir, r.memory.sums, rollup.Combine)
	defer sums.Close()
	for _, note := range notes {
		if err := add(sums, note); err != nil {
			return nil, err
		}
	}
	err := r.sortEntries(ctx, s, day, shard, entries, func(id ledger.BlockID, block *record.Unpacked) error {
		if err := add(sums, rollup.BlockEntry(id[:])); err != nil {
			return err
		}
		for i := range block.Receipts {
			if receipt := &block.Receipts[i]; day.HasQuarter(receipt.Quarter) {
				if err := add(sums, rollup.ReceiptEntry(receipt)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	summer := runs.NewSummer(sums, r.memory.summer)
	fold := newCoded(func(items rollup.Items) *rollup.Fold { return rollup.NewFold(day, &s.Site, items, summer) }, r.items, s.Name)
	if err := foldAll(ctx, entries, fold); err != nil {
		return nil, err
	}
	if err := fold.end(ctx); err != nil {
		return nil, err
	}
	if err := summer.Flush(); err != nil {
		return nil, err
	}
	return runs.WriteFile(dir, sums.Sorted())
}

// sortEntries reads a shard of a day into entries, and hands each block over.
func (r *Roller) sortEntries(ctx context.Context, s *site.Site, day rollup.Day, shard ledger.Shard, entries *runs.Sorter, each func(ledger.BlockID, *record.Unpacked) error) error {
	var key []byte
	return r.ledger.Scan(ctx, s.Name, day.From, day.To, shard, func(id ledger.BlockID, block *record.Unpacked) error {
		if err := each(id, block); err != nil {
			return err
		}
		for _, p := range block.Sightings {
			if !shard.Has(p.ID) {
				continue
			}
			key = appendEntryKey(key[:0], p.ID, p.Time)
			if err := entries.Add(key, p.Body); err != nil {
				return err
			}
		}
		return nil
	})
}

func add(to *runs.Sorter, e rollup.Entry) error { return to.Add(e.Key, e.Value) }

// checkLost refuses sums for which less was read than for the tables there are.
func (r *Roller) checkLost(ctx context.Context, s *site.Site, day rollup.Day, sums *runs.File) error {
	missing, err := lost(ctx, r.lake, s.Name, day.Date, rollup.Blocks(sums))
	if err == nil && missing > 0 {
		err = fmt.Errorf("%d blocks are gone: %w", missing, errLost)
	}
	return err
}

// write makes the tables of sums and puts them in the place of those that were
// found, the manifest last: a roll-up that is killed on the way has not happened,
// and the next one writes all tables again.
func (r *Roller) write(ctx context.Context, s *site.Site, day rollup.Day, sums *runs.File, before *before) (*Outcome, error) {
	doors, err := rollup.Doors(sums)
	if err != nil {
		return nil, err
	}
	// A day that has no length, because the site moved around the world, still has
	// its place between others.
	if len(doors) == 0 && before.manifest.etag == "" && day.From.Before(day.To) {
		return &Outcome{Site: s.Name, Date: day.Date, Status: "empty"}, nil
	}
	total, err := r.total(s, day, sums)
	if err != nil {
		return nil, err
	}
	now := r.now()
	m := &Manifest{Site: s.Name, Date: day.Date, Zone: s.Zone().String(), From: day.From.UTC(), To: day.To.UTC(), Rules: darksocial.Version(),
		Closes: before.manifest.Closes, Doors: doors}
	if m.Closes.IsZero() {
		m.Closes = later(day.To, now).Add(closeAfter).UTC().Truncate(time.Second)
	}
	if before.final && m.Closes.After(now) {
		m.Closes = now.UTC().Truncate(time.Second)
	}
	m.Closed = !m.Closes.After(now)
	o := &Outcome{Site: s.Name, Date: day.Date, Status: "rolled_up", Rows: map[string]int64{}}
	for _, table := range rollup.Tables {
		written, err := r.writeTable(ctx, table, total, TableKey(table.Name, s.Name, day.Date), before.etags[table.Name])
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", table.Name, err)
		}
		m.Tables = append(m.Tables, *written)
		o.Rows[table.Name] = written.Rows
	}
	if err := writeManifest(ctx, r.lake, os.TempDir(), m, rollup.Blocks(sums), before.manifest.etag); err != nil {
		return nil, err
	}
	if o.Unaccounted, err = total.Unaccounted(); err != nil {
		return nil, err
	}
	return o, r.ledger.Unmark(ctx, s.Name, day.Date, before.mark)
}

// total is what the rows of a day are made of.
func (r *Roller) total(s *site.Site, day rollup.Day, sums *runs.File) (*rollup.Total, error) {
	options := r.options
	options.Over = !day.To.After(r.now())
	return rollup.NewTotal(sums, &s.Site, options)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (r *Roller) writeTable(ctx context.Context, table rollup.Table, total *rollup.Total, key, found string) (*ManifestTable, error) {
	file, err := os.CreateTemp("", "table-*")
	if err != nil {
		return nil, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	rows, err := r.encode(file, table.Row, table.Rows(total))
	if err != nil {
		return nil, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	etag, err := r.lake.Put(ctx, key, file, found)
	return &ManifestTable{table.Name, rows, etag}, err
}
