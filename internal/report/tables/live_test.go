package tables_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/codes"
	"darksocial/internal/embedded"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
	"darksocial/internal/parquetfile"
	"darksocial/internal/report/tables"
	"darksocial/internal/site"
)

const siteName = "www.example.com"

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// none reads no rows of a table.
func none[T any](io.ReaderAt, int64) iter.Seq2[T, error] { return func(func(T, error) bool) {} }

var readers = tables.Readers{
	Arrivals: parquetfile.Read[rollup.Arrival], Hours: parquetfile.Read[rollup.Hour], Quality: parquetfile.Read[rollup.Quality], Shares: none[rollup.Share], DailyVisitors: none[rollup.DailyVisitors],
}

// stuck are blocks that do not come, or cannot be read.
type stuck struct {
	ledger.Blocks
	err error
}

func (s *stuck) Scan(ctx context.Context, partition string, each func(string, []byte) error) error {
	if s.err != nil {
		return s.err
	}
	<-ctx.Done()
	return ctx.Err()
}

// TestSlow: a day that takes too long to fold is told as its last roll-up left it, and one
// whose records cannot be read is not told wrongly.
func TestSlow(t *testing.T) {
	now := func() time.Time { return noon }
	records, err := embedded.Open(t.TempDir(), noon)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, records.Close()) })
	files, err := lake.OpenDisk(t.TempDir())
	require.NoError(t, err)
	_, err = records.Swap(t.Context(), "days/"+siteName, "2026-11-20", nil, []byte(`{"shard_bits":0}`), noon.AddDate(0, 0, 9))
	require.NoError(t, err)
	blocks := &stuck{Blocks: records}
	store := tables.New(files, readers, ledger.New(blocks, records, now), codes.New(records, now), now)
	store.FoldFor(20 * time.Millisecond)
	of := &site.Site{Name: siteName}
	today := rollup.DayOf(noon, time.UTC)

	days, err := store.Range(t.Context(), of, today, today)
	require.NoError(t, err)
	assert.Equal(t, tables.NoData, days.Days[0].State(), "nothing was rolled up")

	put(t, files, today, 3)
	store = tables.New(files, readers, ledger.New(blocks, records, now), codes.New(records, now), now)
	store.FoldFor(20 * time.Millisecond)
	days, err = store.Range(t.Context(), of, today, today)
	require.NoError(t, err)
	assert.Equal(t, tables.Provisional, days.Days[0].State())
	rows, err := days.Days[0].Arrivals(t.Context())
	require.NoError(t, err)
	require.Len(t, rows, 1)
	assert.Equal(t, int64(3), rows[0].Arrivals)

	blocks.err = errors.New("the table is gone")
	store = tables.New(files, readers, ledger.New(blocks, records, now), codes.New(records, now), now)
	_, err = store.Range(t.Context(), of, today, today)
	assert.ErrorContains(t, err, "the table is gone")
	_, err = store.Recent(t.Context(), of)
	assert.ErrorContains(t, err, "the table is gone")
}

// put writes a day's tables, as a roll-up leaves them while the day is not over.
func put(t *testing.T, files object.Store, day rollup.Day, arrivals int64) {
	m := job.Manifest{Site: siteName, Date: day.Date, From: day.From, To: day.To, Doors: []string{"log"}}
	for table, row := range map[string]any{"arrivals": rollup.Arrival{Page: "/a", Arrivals: arrivals}, "quality": rollup.Quality{Door: "log", Outcome: rollup.Labelled, Records: arrivals}} {
		var file bytes.Buffer
		_, err := parquetfile.WriteRows(&file, row, func(yield func(any, error) bool) { yield(row, nil) })
		require.NoError(t, err)
		etag, err := files.Put(t.Context(), job.TableKey(table, siteName, day.Date), bytes.NewReader(file.Bytes()), object.Any)
		require.NoError(t, err)
		m.Tables = append(m.Tables, job.ManifestTable{Name: table, Rows: 1, ETag: etag})
	}
	line, err := json.Marshal(m)
	require.NoError(t, err)
	_, err = files.Put(t.Context(), "manifests/site="+siteName+"/dt="+day.Date+".manifest", bytes.NewReader(append(line, '\n')), object.Any)
	require.NoError(t, err)
}
