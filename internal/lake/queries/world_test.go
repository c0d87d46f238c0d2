package queries_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/reading"
	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/edge"
	"darksocial/internal/embedded"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/parquetfile"
	"darksocial/internal/simulate"
	"darksocial/internal/site"
)

const siteName = "example.com"

// The range that is asked for. There is a day before it, of which no query may tell; one
// in it is missing, and its last is not over.
const (
	dayBefore = "2026-11-05"
	firstDay  = "2026-11-06"
	missing   = "2026-11-08"
	lastDay   = "2026-11-13"
)

// world is a lake that our own roll-up wrote.
type world struct {
	t   *testing.T
	dir string // of the lake, with a slash at the end
}

// lived lets a site live for nine days: a log of visits, some by share codes; a script
// that told how pages were read; a campaign that began in the middle; orders, by
// recommendations and without. A second site has the same tables.
func lived(t *testing.T) *world {
	start, err := time.Parse(time.DateOnly, dayBefore)
	require.NoError(t, err)
	end := start.AddDate(0, 0, 9)
	var clock atomic.Int64
	clock.Store(end.Unix() - 1)
	now := func() time.Time { return time.Unix(clock.Load(), 0).UTC() }
	records, err := embedded.Open(t.TempDir(), now())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, records.Close()) })
	w := &world{t: t, dir: filepath.ToSlash(t.TempDir()) + "/"}
	tables, err := lake.OpenDisk(w.dir)
	require.NoError(t, err)

	key := bytes.Repeat([]byte("key!"), 8)
	kept, err := json.Marshal(map[string][]byte{"current": key})
	require.NoError(t, err)
	_, err = records.Swap(t.Context(), "keys/"+siteName, "share", nil, kept, time.Time{})
	require.NoError(t, err)
	keys, err := share.NewKeys(siteName, key)
	require.NoError(t, err)
	known := codes.New(records, now)

	chains, ok := simulate.ByName("chains")
	require.True(t, ok)
	config := simulate.Config{Seed: 9, Date: start, Days: 9, Host: "www.example.com", Views: 400, World: chains, Format: simulate.NDJSON, Coded: 700, Keys: keys}
	s := &site.Site{Name: siteName, Site: chains.Site(config.Host)}
	book := ledger.New(records, records, now)
	batch := &receipted{batch: book.NewBatch(), site: s, written: map[quarter]int{}}
	config.Shared = func(code share.Code, item *share.Item) error {
		if _, err := known.Keep(t.Context(), siteName, code, item); err != nil {
			return err
		}
		return batch.add(t.Context(), &record.Share{ID: record.ShareID(siteName, string(code)), Time: item.Made, Page: s.Page(item.Page), Button: item.Button, Code: string(code),
			Rules: "rules1"})
	}
	var log bytes.Buffer
	truth, err := simulate.Write(&log, config)
	require.NoError(t, err)
	for _, entry := range append(told(s, start, truth.Recommendations), bought(end, truth.Recommendations)...) {
		require.NoError(t, batch.add(t.Context(), entry))
	}
	require.NoError(t, batch.commit(t.Context()))
	_, err = job.NewLabeler(book, []*site.Site{s}, tables, job.Formats{Objects: edge.Options{Format: edge.NDJSON, Now: now}}).Coded(known).
		File(t.Context(), "log", &log, start, nil)
	require.NoError(t, err)
	_, err = job.NewRoller(book, []*site.Site{s}, tables, parquetfile.WriteRows, now).Coded(known).Due(t.Context())
	require.NoError(t, err)

	for _, table := range w.tables() {
		require.NoError(t, os.RemoveAll(w.dir+table+"/site="+siteName+"/dt="+missing))
		require.NoError(t, os.CopyFS(w.dir+table+"/site=other.example", os.DirFS(w.dir+table+"/site="+siteName)))
	}
	return w
}

// tables are those there are: not all need be made by rolling up.
func (w *world) tables() (names []string) {
	for _, table := range rollup.Tables {
		if _, err := os.Stat(w.dir + table.Name); err == nil {
			names = append(names, table.Name)
		}
	}
	return names
}

// receipted is a batch of what comes one by one, with the receipts a door gives.
type receipted struct {
	batch   *ledger.Batch
	site    *site.Site
	written map[quarter]int
}

type quarter struct {
	door   record.Door
	number int64
}

func (r *receipted) add(ctx context.Context, entry record.Entry) error {
	_, at := entry.Head()
	door := record.Shares
	switch e := entry.(type) {
	case *record.Sighting:
		door = e.Door
	case *record.Order:
		door = record.Orders
	}
	r.written[quarter{door, at / record.Quarter}]++
	return r.batch.Add(ctx, r.site, entry)
}

func (r *receipted) commit(ctx context.Context) error {
	for q, n := range r.written {
		receipt := record.Receipt{Source: record.BatchSource(q.door.String()), Door: q.door, Rules: "rules1", Quarter: q.number, Written: n}
		if err := r.batch.Receipt(ctx, r.site, receipt); err != nil {
			return err
		}
	}
	return r.batch.Commit(ctx)
}

// told are page views that a script saw, and how they were read. From the sixth day on
// some are of a campaign.
func told(s *site.Site, start time.Time, recommendations []simulate.Recommendation) (entries []record.Entry) {
	classifier := darksocial.New(s.Site)
	for i := range 400 {
		at := start.Add(time.Duration(i) * 31 * time.Minute)
		visit := darksocial.Visit{Host: "www.example.com", Path: fmt.Sprintf("/read/%d", i%7), Status: 200, Sees: darksocial.SeesReferer | darksocial.SeesUserAgent,
			UserAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
			Referer:   []string{"", "https://web.whatsapp.com/", "https://www.reddit.com/"}[i%3]}
		if i%5 == 0 && i > 250 {
			visit.Query = "utm_source=letter&utm_medium=email&utm_campaign=autumn"
		}
		seen := record.Sighting{ID: record.ViewID(siteName, fmt.Sprint(i)), Door: record.Beacon, Time: at.Unix(), Page: visit.Path, Rules: "rules1",
			Facts: classifier.Facts(&visit), Visitor: fmt.Sprint(i % 90), Article: darksocial.Article{Title: fmt.Sprintf("Title of day %d", at.Day())}}
		if made := recommendations[i%len(recommendations)]; i%2 == 0 && made.Made.Before(at) {
			seen.Code, seen.Page = string(made.Code), made.Page
		}
		read := record.Sighting{ID: seen.ID, Door: record.Read, Time: seen.Time, Page: seen.Page, Rules: "rules1",
			Reading: reading.Reading{Known: true, Seconds: uint16(i * 7 % 400), Depth: uint8(i * 13 % 101), Words: 300}}
		entries = append(entries, &seen, &read)
	}
	return entries
}

// bought are orders in two currencies, some given back, most by recommendations.
func bought(end time.Time, recommendations []simulate.Recommendation) (entries []record.Entry) {
	made := map[share.Code]*simulate.Recommendation{}
	for i := range recommendations {
		made[recommendations[i].Code] = &recommendations[i]
	}
	for i := range recommendations {
		r := &recommendations[i]
		at := r.Made.Add(3 * time.Hour)
		if i%4 != 0 && r.Generation < 2 || !at.Before(end) {
			continue
		}
		order := record.Order{ID: record.OrderID(siteName, fmt.Sprint(i)), Time: at.Unix(), After: int64(1000 + 37*i), Currency: []string{"EUR", "EUR", "CHF"}[i%3],
			Decay: 500, SinceOpen: -1, Rules: "rules1"}
		if i%5 != 0 {
			order.Link = []share.Link{share.Session, share.Consented}[i%2]
			for of := r; of != nil; of = made[of.Parent] {
				order.Chain = append(order.Chain, record.Recommended{Code: string(of.Code), Page: of.Page, Button: of.Button, App: of.Button})
			}
		}
		entries = append(entries, &order)
		if i%7 == 0 && at.Add(time.Hour).Before(end) {
			back := order
			back.ID, back.Time, back.Before, back.After = record.RefundID(siteName, fmt.Sprint(i), "1"), at.Add(time.Hour).Unix(), order.After, order.After/3
			entries = append(entries, &back)
		}
	}
	return entries
}

// dated is a row of a table, with its day.
type dated[T any] struct {
	dt  string
	row T
}

// rows are all rows of a table in the range, as the roll-up wrote them.
func rows[T any](w *world, table string) (list []dated[T]) {
	w.t.Helper()
	files, err := filepath.Glob(w.dir + table + "/site=" + siteName + "/dt=*/part.parquet")
	require.NoError(w.t, err)
	for _, file := range files {
		_, dt, _ := strings.Cut(filepath.Base(filepath.Dir(file)), "=")
		if dt < firstDay || dt > lastDay {
			continue
		}
		content, err := os.ReadFile(file)
		require.NoError(w.t, err)
		for row, err := range parquetfile.Read[T](bytes.NewReader(content), int64(len(content))) {
			require.NoError(w.t, err)
			list = append(list, dated[T]{dt, row})
		}
	}
	require.NotEmpty(w.t, list, table)
	return list
}
