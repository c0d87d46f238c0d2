package backfill

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

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
	segments *Segments
	ledger   *ledger.Ledger
	done     map[string]bool // inputs, by identity
}

// Open takes up the backfill of a site in a folder, or begins one.
func Open(dir string, s *site.Site, now func() time.Time) (*Work, error) {
	undivided := *s
	undivided.ShardBits = 0 // everything is read on this machine
	segments, err := OpenSegments(filepath.Join(dir, "segments"))
	if err != nil {
		return nil, err
	}
	kv, err := openNotes(filepath.Join(dir, "days.json"))
	if err != nil {
		return nil, errors.Join(err, segments.Close())
	}
	w := &Work{site: &undivided, dir: dir, segments: segments, ledger: ledger.New(segments, kv, now), done: map[string]bool{}}
	if err := w.readJournal(); err != nil {
		return nil, errors.Join(err, segments.Close())
	}
	return w, nil
}

// Ledger holds what was read.
func (w *Work) Ledger() *ledger.Ledger { return w.ledger }

// Close closes the work, to be taken up again.
func (w *Work) Close() error { return w.segments.Close() }

// Remove ends the work: everything is in tables.
func (w *Work) Remove() error { return errors.Join(w.Close(), os.RemoveAll(w.dir)) }

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

// Groups of inputs are read into one batch and become durable together: few enough
// to lose little when killed, many enough that a folder of a hundred thousand
// little files does not become as many segments.
const (
	groupBytes = 64 << 20
	groupFiles = 500
)

// Read reads the inputs that were not read yet. Files in which no line can be read
// are named in skipped and left out. tell, which may be nil, hears how far it is.
func (w *Work) Read(ctx context.Context, inputs []Input, options edge.Options, failures job.Failures, tell func(Reading)) (result *job.Result, skipped []string, err error) {
	labeler := job.NewLabeler(w.ledger, []*site.Site{w.site}, failures, job.Formats{Objects: options})
	result = job.NewResult()
	var at Reading
	for _, in := range inputs {
		at.All += in.Size
		if w.done[in.identity()] {
			at.Done += in.Size
		}
	}
	for group := range groups(inputs, func(in *Input) bool { return !w.done[in.identity()] }) {
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
func groups(inputs []Input, wanted func(*Input) bool) func(yield func([]Input) bool) {
	return func(yield func([]Input) bool) {
		var group []Input
		var size int64
		for i := range inputs {
			if !wanted(&inputs[i]) {
				continue
			}
			group = append(group, inputs[i])
			if size += inputs[i].Size; size >= groupBytes || len(group) == groupFiles {
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

// Coverage is what the logs cover.
func (w *Work) Coverage(ctx context.Context) (*Coverage, error) { return w.segments.coverage(ctx) }

// Days lists the days that any line is of.
func (w *Work) Days(ctx context.Context) ([]rollup.Day, *Coverage, error) {
	c, err := w.Coverage(ctx)
	if err != nil {
		return nil, nil, err
	}
	return c.Days(w.site.Zone()), c, nil
}
