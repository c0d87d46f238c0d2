package backfill

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
	"darksocial/internal/edge"
	"darksocial/internal/job"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
)

// Work is a backfill on its way, in its folder.
type Work struct {
	site     *site.Site
	dir      string
	options  edge.Options
	lock     *flock.Flock
	segments *Segments
	ledger   *ledger.Ledger
	done     map[string]bool // inputs, by identity
	anew     bool
	limits   limits
	codes    job.Codes // nil: share codes are not looked for
}

// Coded makes a Work see share codes in the addresses of pages.
func (w *Work) Coded(codes job.Codes) *Work {
	w.codes = codes
	return w
}

// Open takes up the backfill of a site in a folder, or begins one. One that was
// begun with other rules, or told otherwise how to read the logs, is begun anew:
// see Anew.
func Open(dir string, s *site.Site, options edge.Options, now func() time.Time) (*Work, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("backfill: %w", err)
	}
	lock := flock.New(filepath.Join(dir, "lock"))
	switch mine, err := lock.TryLock(); {
	case err != nil:
		return nil, fmt.Errorf("backfill: %w", err)
	case !mine:
		return nil, fmt.Errorf("backfill: another one is at work in %s: wait for its end", dir)
	}
	undivided := *s
	undivided.ShardBits = 0 // everything is read on this machine
	w := &Work{site: &undivided, dir: dir, options: options, lock: lock, done: map[string]bool{}, limits: defaultLimits}
	if err := w.open(now); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	return w, nil
}

func (w *Work) open(now func() time.Time) error {
	if err := w.settle(); err != nil {
		return err
	}
	var err error
	if w.segments, err = OpenSegments(filepath.Join(w.dir, "segments")); err != nil {
		return err
	}
	kv, err := openNotes(filepath.Join(w.dir, "days.json"))
	if err != nil {
		return err
	}
	w.ledger = ledger.New(w.segments, kv, now)
	return w.readJournal()
}

// settle notes what the records come to depend on besides the logs, and removes
// those that were read when it was something else: a record is kept under the id
// of its page view, so two that differ could not be told apart.
func (w *Work) settle() error {
	of := w.site.Site
	of.TimeZone, of.Topics = "", nil // are asked when a day is rolled up
	text, err := json.Marshal(struct {
		Rules  string
		Site   darksocial.Site
		Format edge.Format
		Fields []string
	}{darksocial.Version(), of, w.options.Format, w.options.Fields})
	if err != nil {
		return err
	}
	path := filepath.Join(w.dir, "settings.json")
	switch before, err := os.ReadFile(path); {
	case err == nil && bytes.Equal(before, text):
		return nil
	case err == nil:
		w.anew = true
		if err := w.clear(); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("backfill: %w", err)
	}
	return replaceFile(path, text)
}

// clear removes what was read. The journal goes first: an input it names is not
// read again.
func (w *Work) clear() error {
	for _, name := range [...]string{w.journal(), filepath.Join(w.dir, "segments"), filepath.Join(w.dir, "days.json")} {
		if err := os.RemoveAll(name); err != nil {
			return fmt.Errorf("backfill: %w", err)
		}
	}
	return nil
}

// Anew reports whether what was read before could not be used.
func (w *Work) Anew() bool { return w.anew }

// Ledger holds what was read.
func (w *Work) Ledger() *ledger.Ledger { return w.ledger }

// Close closes the work, to be taken up again.
func (w *Work) Close() error { return w.lock.Close() }

// Remove ends the work: everything is in tables.
func (w *Work) Remove() error {
	if err := errors.Join(w.clear(), w.Close()); err != nil {
		return err
	}
	return os.RemoveAll(w.dir)
}

func (w *Work) journal() string { return filepath.Join(w.dir, "journal") }

// readJournal reads which inputs were read to their end. A last line that is cut
// names an input that will be read again, which changes nothing.
func (w *Work) readJournal() error {
	file, err := os.Open(w.journal())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("backfill: %w", err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		w.done[lines.Text()] = true
	}
	return nil
}

// note writes into the journal that inputs were read, which is durable when it returns.
func (w *Work) note(inputs []Input) error {
	file, err := os.OpenFile(w.journal(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("backfill: %w", err)
	}
	text := "\n" // ends a line that was cut
	for _, in := range inputs {
		text += in.identity() + "\n"
		w.done[in.identity()] = true
	}
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("backfill: %w", err)
	}
	return nil
}

// Reading is how far the reading of logs is, in bytes of them.
type Reading struct {
	Done, All int64
	Lines     int
	Name      string
}

// limits bound how many inputs are read into one batch and become durable together:
// few enough to lose little when killed, many enough that a folder of a hundred
// thousand little files does not become as many segments.
type limits struct {
	bytes int64
	files int
}

var defaultLimits = limits{bytes: 64 << 20, files: 500}

// Read reads the inputs that were not read yet. Files in which no line can be read
// are named in skipped and left out. tell, which may be nil, hears how far it is.
func (w *Work) Read(ctx context.Context, inputs []Input, failures job.Failures, tell func(Reading)) (result *job.Result, skipped []string, err error) {
	labeler := job.NewLabeler(w.ledger, []*site.Site{w.site}, failures, job.Formats{Objects: w.options}).Coded(w.codes)
	result = job.NewResult()
	var at Reading
	for _, in := range inputs {
		at.All += in.Size
		if w.done[in.identity()] {
			at.Done += in.Size
		}
	}
	for group := range w.limits.groups(inputs, func(in *Input) bool { return !w.done[in.identity()] }) {
		var files []job.File
		for _, in := range group {
			files = append(files, job.File{Name: in.Name, Modified: in.Modified, Open: in.Open})
		}
		lines := result.Lines
		some, notLogs, err := labeler.Files(ctx, files, func(file, done, n int) {
			if tell != nil {
				now := at
				for _, in := range group[:file] {
					now.Done += in.Size
				}
				now.Done += min(int64(done), group[file].Size)
				now.Lines, now.Name = lines+n, group[file].Name
				tell(now)
			}
		})
		if err != nil {
			return nil, nil, err
		}
		if err := w.note(group); err != nil {
			return nil, nil, err
		}
		for _, in := range group {
			at.Done += in.Size
		}
		skipped = append(skipped, notLogs...)
		result.Add(some)
	}
	return result, skipped, nil
}

// groups yields the wanted inputs in groups.
func (l limits) groups(inputs []Input, wanted func(*Input) bool) func(yield func([]Input) bool) {
	return func(yield func([]Input) bool) {
		var group []Input
		var size int64
		for i := range inputs {
			if !wanted(&inputs[i]) {
				continue
			}
			group = append(group, inputs[i])
			if size += inputs[i].Size; size >= l.bytes || len(group) == l.files {
				if !yield(group) {
					return
				}
				group, size = nil, 0
			}
		}
		if len(group) > 0 {
			yield(group)
		}
	}
}

// Days lists the days that any line is of, and what of them the logs cover.
func (w *Work) Days(ctx context.Context) ([]rollup.Day, *Coverage, error) {
	c, err := w.segments.coverage(ctx)
	if err != nil {
		return nil, nil, err
	}
	return c.Days(w.site.Zone()), c, nil
}
