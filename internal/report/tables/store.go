package tables

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"darksocial/darksocial/share"
	"darksocial/internal/job"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
)

// Items finds what is kept of share codes: see codes.Codes.
type Items interface {
	Items(ctx context.Context, site string, codes []share.Code) (map[share.Code]*share.Item, error)
}

// Store reads the days of sites. Safe for concurrent use.
type Store struct {
	lake    object.Store
	readers Readers
	ledger  *ledger.Ledger
	items   Items
	now     func() time.Time
	// foldPatience is for how long a day is folded.
	foldPatience time.Duration

	decoding chan struct{} // has room for as many as are decoded at a time

	dates     *Cache[[]string]
	manifests *Cache[*job.Manifest]
	files     *Cache[*bytes.Reader]
	digests   *Cache[*Digest]
	folds     *Cache[*live]
	recents   *Cache[*Recent]
}

// What is kept in memory, in bytes.
const (
	keptLists   = 8 << 20
	keptFiles   = 64 << 20
	keptDigests = 96 << 20
	keptFolds   = 64 << 20
	keptRecents = 8 << 20
)

// New returns the Store of a lake, with the records of what is not rolled up yet.
func New(lake object.Store, readers Readers, l *ledger.Ledger, items Items, now func() time.Time) *Store {
	return &Store{lake: lake, readers: readers, ledger: l, items: items, now: now, foldPatience: foldPatience, decoding: make(chan struct{}, runtime.GOMAXPROCS(0)),
		dates: NewCache[[]string](keptLists, now), manifests: NewCache[*job.Manifest](keptLists, now), files: NewCache[*bytes.Reader](keptFiles, now),
		digests: NewCache[*Digest](keptDigests, now), folds: NewCache[*live](keptFolds, now), recents: NewCache[*Recent](keptRecents, now)}
}

const (
	// changing is for how long is believed what may change at any time.
	changing = time.Minute
	// closing is for how long a closed day is believed to be as it was: somebody may
	// have told the roll-up to open it again.
	closing = 10 * time.Minute
)

// Dates lists the days of a site that have tables, in rising order.
func (s *Store) Dates(ctx context.Context, site string) ([]string, error) {
	return s.dates.Get(ctx, site, func(ctx context.Context) ([]string, int64, time.Time, error) {
		var dates []string
		prefix := "quality/site=" + site + "/dt="
		err := s.lake.List(ctx, prefix, func(key string) error {
			date, _, _ := strings.Cut(strings.TrimPrefix(key, prefix), "/")
			dates = append(dates, date)
			return nil
		})
		return dates, int64(32 * len(dates)), s.now().Add(changing), err
	})
}

// manifest is that of a day, or nil if it has no tables.
func (s *Store) manifest(ctx context.Context, site, date string) (*job.Manifest, error) {
	return s.manifests.Get(ctx, site+" "+date, func(ctx context.Context) (*job.Manifest, int64, time.Time, error) {
		m, err := job.ManifestOf(ctx, s.lake, site, date)
		until := s.now().Add(changing)
		if m != nil && m.Closed {
			until = s.now().Add(closing)
		}
		return m, 2048, until, err
	})
}

// errDamaged is of a file that should be there and is not, or not as it should be.
var errDamaged = errors.New("the table cannot be read")

// maxFile bounds one table, in bytes. The largest have a few MB.
const maxFile = 64 << 20

// file reads a table. It is kept by its ETag; while a roll-up replaces it, what is there
// is read and not kept.
func (s *Store) file(ctx context.Context, key, etag string) (*bytes.Reader, error) {
	kept, err := s.files.Get(ctx, key+" "+etag, func(ctx context.Context) (*bytes.Reader, int64, time.Time, error) {
		body, found, err := s.lake.Open(ctx, key)
		if errors.Is(err, object.ErrNotFound) {
			return nil, 0, time.Time{}, fmt.Errorf("%s: it is not there: %w", key, errDamaged)
		}
		if err != nil {
			return nil, 0, time.Time{}, err
		}
		defer body.Close()
		content, err := io.ReadAll(io.LimitReader(body, maxFile+1))
		if err == nil && len(content) > maxFile {
			err = fmt.Errorf("%s: it has more than %d bytes: %w", key, maxFile, errDamaged)
		}
		var until time.Time
		if found != etag {
			until = s.now()
		}
		return bytes.NewReader(content), int64(len(content)), until, err
	})
	return kept, err // of it only ReadAt is used, which moves nothing
}
