package job

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
	"darksocial/internal/site"
)

// Origin is where arrivals came from, as the table of arrivals tells it.
type Origin struct{ Channel, Source, Visibility string }

// OriginOf is that of a row.
func OriginOf(row *rollup.Arrival) Origin { return Origin{row.Channel, row.Source, row.Visibility} }

// Recount is what a day would be if its tables were made now.
type Recount struct {
	Arrivals map[Origin]int64
	Changed  []string // the tables that would become different, by name
}

// Recount tells what would come out if a day were rolled up now, or replaced, and
// changes nothing. The error is the one that rolling up would give where the store
// has forgotten what the tables were made of: see IsLost.
func (r *Roller) Recount(ctx context.Context, s *site.Site, day rollup.Day, replace bool) (*Recount, error) {
	day, manifest, err := r.window(ctx, s, day)
	if err != nil {
		return nil, err
	}
	sums, err := r.fold(ctx, s, day, ledger.Shard{})
	if err != nil {
		return nil, err
	}
	defer sums.Close()
	if !replace {
		if err := r.checkLost(ctx, s, day, sums); err != nil {
			return nil, err
		}
	}
	total, err := r.total(s, day, sums)
	if err != nil {
		return nil, err
	}
	count := &Recount{Arrivals: map[Origin]int64{}}
	for row, err := range rollup.Tables[0].Rows(total) {
		if err != nil {
			return nil, err
		}
		arrival := row.(rollup.Arrival)
		count.Arrivals[OriginOf(&arrival)] += arrival.Arrivals
	}
	count.Changed, err = r.changed(ctx, s, day, manifest, total)
	return count, err
}

// changed names the tables of a day that are not what would be written, or not
// what the manifest says: a roll-up that was killed before it wrote the manifest
// is to be done again.
func (r *Roller) changed(ctx context.Context, s *site.Site, day rollup.Day, manifest *stored, total *rollup.Total) ([]string, error) {
	etags := map[string]string{}
	for _, table := range manifest.Tables {
		etags[table.Name] = table.ETag
	}
	var names []string
	for _, table := range rollup.Tables {
		made := sha256.New()
		if _, err := r.encode(made, table.Row, table.Rows(total)); err != nil {
			return nil, fmt.Errorf("table %s: %w", table.Name, err)
		}
		found, etag, err := r.hash(ctx, TableKey(table.Name, s.Name, day.Date))
		if err != nil {
			return nil, err
		}
		if etag != etags[table.Name] || !bytes.Equal(found, made.Sum(nil)) {
			names = append(names, table.Name)
		}
	}
	return names, nil
}

// hash is that of an object's content; of one that is not there it is nil.
func (r *Roller) hash(ctx context.Context, key string) (sum []byte, etag string, err error) {
	body, etag, err := r.lake.Open(ctx, key)
	if errors.Is(err, object.ErrNotFound) {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", err
	}
	defer body.Close()
	found := sha256.New()
	if _, err := io.Copy(found, body); err != nil {
		return nil, "", fmt.Errorf("read %s: %w", key, err)
	}
	return found.Sum(nil), etag, nil
}

// Replace makes the tables of a day anew of other blocks than they were made of:
// of its logs, read again with better rules. Only a day may be replaced so that
// nothing but logs had seen: what a beacon told of it is in no log.
func (r *Roller) Replace(ctx context.Context, s *site.Site, day rollup.Day) (*Outcome, error) {
	return r.again(ctx, s, day, how{reopen: true, replace: true, final: true})
}

var errOtherDoors = errors.New("not only logs have seen this day, so its tables cannot be made of logs alone")

// LogsAlone reports whether nothing but logs had seen the day.
func (m *Manifest) LogsAlone() bool {
	return slices.Equal(m.Doors, []string{record.Log.String()})
}
