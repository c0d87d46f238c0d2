package backfill

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
	"darksocial/internal/edge"
	"darksocial/internal/engine"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/ledger/ledgertest"
	"darksocial/internal/object"
	"darksocial/internal/parquetfile"
	"darksocial/internal/simulate"
	"darksocial/internal/site"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	engine.Main(m)
}

const host = "www.example.com"

// The samples are of a few days from the first on, and are read long after.
var (
	first = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	now   = time.Date(2027, 1, 15, 12, 0, 0, 0, time.UTC)
)

func clockNow() time.Time { return now }

// desk is where a person backfills: some logs, a work folder, a lake.
type desk struct {
	t      testing.TB
	paths  []string
	dir    string
	lake   object.Store
	site   *site.Site
	format edge.Format
	limits limits

	mu     sync.Mutex
	opened map[string]int // how often each log was, by base name
	open   func(in Input) (io.ReadCloser, error)
}

func newDesk(t testing.TB, paths ...string) *desk {
	t.Helper()
	tables, err := lake.OpenDisk(t.TempDir())
	require.NoError(t, err)
	return &desk{t: t, paths: paths, dir: filepath.Join(t.TempDir(), "work"), lake: tables, format: edge.CloudFront, limits: limits{bytes: 64 << 20, files: 2},
		site: &site.Site{Name: host, Site: darksocial.Site{Hosts: []string{host}}}, opened: map[string]int{}}
}

// interruption is what disturbs a run; nil is one that nothing does.
type interruption struct {
	life *ledgertest.Life   // ends at a write
	tell func(Reading)      // hears of the progress
	stop context.CancelFunc // of ctx
}

// inputs finds the logs, and counts how often each is opened.
func (d *desk) inputs() []Input {
	d.t.Helper()
	inputs, err := Inputs(d.t.Context(), d.paths, nil)
	require.NoError(d.t, err)
	for i := range inputs {
		in := inputs[i]
		inputs[i].Open = func(ctx context.Context) (io.ReadCloser, error) {
			d.mu.Lock()
			d.opened[filepath.Base(in.Name)]++
			d.mu.Unlock()
			if d.open != nil {
				return d.open(in)
			}
			return in.Open(ctx)
		}
	}
	return inputs
}

// work opens the work folder.
func (d *desk) work() *Work {
	d.t.Helper()
	w, err := Open(d.dir, d.site, edge.Options{Format: d.format, Now: clockNow}, clockNow)
	require.NoError(d.t, err)
	w.limits = d.limits
	return w
}

// run does what the command does: it reads what was not read, rolls up the days
// that are covered and have no tables, and removes the work.
func (d *desk) run(ctx context.Context, by *interruption) (skipped []string, err error) {
	d.t.Helper()
	inputs := d.inputs()
	w := d.work()
	tables, tell := d.lake, func(Reading) {}
	if by != nil {
		if tell = by.tell; by.life != nil {
			kv, err := openNotes(filepath.Join(d.dir, "days.json"))
			require.NoError(d.t, err)
			w.ledger = ledger.New(by.life.Blocks(w.segments), by.life.KV(kv), clockNow)
			tables = by.life.Lake(d.lake)
		}
	}
	if skipped, err = d.steps(ctx, w, inputs, tables, tell); err != nil {
		return nil, errors.Join(err, w.Close()) // which a dead process does as well, as to the lock
	}
	return skipped, w.Remove()
}

func (d *desk) steps(ctx context.Context, w *Work, inputs []Input, tables object.Store, tell func(Reading)) ([]string, error) {
	_, skipped, err := w.Read(ctx, inputs, tables, tell)
	if err != nil {
		return nil, err
	}
	days, coverage, err := w.Days(ctx)
	if err != nil {
		return nil, err
	}
	roller := job.NewRoller(w.Ledger(), []*site.Site{d.site}, tables, parquetfile.WriteRows, clockNow)
	for _, day := range days {
		m, err := job.ManifestOf(ctx, tables, d.site.Name, day.Date)
		if err != nil {
			return nil, err
		}
		if m != nil || coverage.Missing(day) != "" {
			continue
		}
		if _, err := roller.Day(ctx, d.site, day, false); err != nil {
			return nil, err
		}
	}
	return skipped, nil
}

// done runs undisturbed and returns the tables.
func (d *desk) done() map[string]string {
	d.t.Helper()
	_, err := d.run(d.t.Context(), nil)
	require.NoError(d.t, err)
	require.NoDirExists(d.t, d.dir, "the work is over")
	return d.tables()
}

func (d *desk) tables() map[string]string { d.t.Helper(); return tablesIn(d.t, d.lake) }

// tablesIn are all tables of a lake, byte by byte, by key.
func tablesIn(t testing.TB, l object.Store) map[string]string {
	t.Helper()
	tables := map[string]string{}
	require.NoError(t, l.List(context.Background(), "", func(key string) error {
		if strings.HasSuffix(key, ".parquet") {
			tables[key] = string(readObject(t, l, key))
		}
		return nil
	}))
	return tables
}

func readObject(t testing.TB, l object.Store, key string) []byte {
	t.Helper()
	body, _, err := l.Open(context.Background(), key)
	require.NoError(t, err)
	defer body.Close()
	content, err := io.ReadAll(body)
	require.NoError(t, err)
	return content
}

// sameTables compares without printing kilobytes.
func sameTables(t testing.TB, want, got map[string]string, because ...any) {
	t.Helper()
	require.NotZero(t, len(want))
	require.Equal(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)), because...)
	for key, content := range want {
		require.True(t, content == got[key], "%s is another: %v", key, because)
	}
}

// quality adds up the records of a day by outcome.
func (d *desk) quality(date string) map[string]int64 {
	d.t.Helper()
	content := readObject(d.t, d.lake, job.TableKey("quality", d.site.Name, date))
	sums := map[string]int64{}
	for row, err := range parquetfile.Read[rollup.Quality](bytes.NewReader(content), int64(len(content))) {
		require.NoError(d.t, err)
		sums[row.Outcome] += row.Records
	}
	return sums
}

// days writes logs of some days into a folder, each in so many files, as a
// distribution delivers them. The first and the last day have a neighbour on one
// side only.
func days(t testing.TB, dir string, n, parts, views int) {
	t.Helper()
	for i := range n {
		date := first.AddDate(0, 0, i)
		log := sample(t, date, uint64(i+1), views)
		for part, content := range split(log, parts) {
			writeFile(t, filepath.Join(dir, date.Format("2006-01-02")+"."+string(rune('a'+part))+".log"), content)
		}
	}
}

func sample(t testing.TB, date time.Time, seed uint64, views int) []byte {
	t.Helper()
	var log bytes.Buffer
	_, err := simulate.Write(&log, simulate.Config{Seed: seed, Date: date, Host: host, Views: views})
	require.NoError(t, err)
	return log.Bytes()
}

// split divides a log, each part with the header.
func split(log []byte, parts int) (contents [][]byte) {
	lines := bytes.SplitAfter(log, []byte("\n"))
	header, lines := lines[:2], lines[2:]
	for i := range parts {
		part := lines[len(lines)*i/parts : len(lines)*(i+1)/parts]
		contents = append(contents, append(bytes.Join(header, nil), bytes.Join(part, nil)...))
	}
	return contents
}

func writeFile(t testing.TB, path string, content []byte) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, content, 0o644))
}
