package report_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/edge"
	"darksocial/internal/embedded"
	"darksocial/internal/engine"
	"darksocial/internal/engine/process"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/object"
	"darksocial/internal/parquetfile"
	"darksocial/internal/parquetfile/tablereaders"
	"darksocial/internal/report"
	"darksocial/internal/report/signin"
	"darksocial/internal/simulate"
	"darksocial/internal/site"
)

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	engine.Main(m)
}

const siteName = "www.example.com"

// assets are the files of a small page.
var assets = fstest.MapFS{
	"index.html":          {Data: []byte("<!doctype html><title>report</title><script src=\"/static/a1b2.js\"></script>")},
	"static/a1b2.js":      {Data: []byte("document.title = 'report'")},
	"static/deep/c3.css":  {Data: []byte("p { color: red }")},
	"icon.svg":            {Data: []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")},
	"static/unknown.blob": {Data: []byte{0, 1, 2}},
}

// records are the stores of a deployment's records and of what changes.
type records interface {
	ledger.Blocks
	codes.KV
}

// world is a deployment, on one machine if nothing else is said. Its clock stands still until it is moved.
type world struct {
	t       testing.TB
	records records
	lake    object.Store
	site    *site.Site
	codes   *codes.Codes
	clock   *atomic.Int64
	tokens  *signin.Tokens
	handler http.Handler
	token   string
}

func (w *world) now() time.Time         { return time.Unix(w.clock.Load(), 0).UTC() }
func (w *world) set(t time.Time)        { w.clock.Store(t.Unix()) }
func (w *world) ledger() *ledger.Ledger { return ledger.New(w.records, w.records, w.now) }

func (w *world) roller(into object.Store) *job.Roller {
	return job.NewRoller(w.ledger(), []*site.Site{w.site}, into, parquetfile.WriteRows, w.now).Coded(w.codes)
}

// newWorld is a deployment of nothing yet.
func newWorld(t testing.TB, of *site.Site, now time.Time) *world {
	dir := t.TempDir()
	records, err := embedded.Open(dir, now)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, records.Close()) })
	return openWorld(t, records, openLake(t, dir), of, now)
}

func openLake(t testing.TB, dir string) *lake.Disk {
	tables, err := lake.OpenDisk(filepath.Join(dir, "lake"))
	require.NoError(t, err)
	return tables
}

func openWorld(t testing.TB, records records, tables object.Store, of *site.Site, now time.Time) *world {
	w := &world{t: t, records: records, lake: tables, site: of, clock: &atomic.Int64{}}
	w.set(now)
	w.codes = codes.New(records, w.now)
	w.tokens = signin.New(records, w.now)
	w.serve(w.lake)
	w.token = w.newToken(siteName)
	return w
}

// serve begins to answer anew, from a lake.
func (w *world) serve(from object.Store) {
	w.t.Helper()
	other := &site.Site{Name: "other.example.com"}
	handler, err := report.New([]*site.Site{w.site, other}, from, tablereaders.All, w.ledger(), w.codes, w.records, w.now, assets)
	require.NoError(w.t, err)
	w.handler = handler
}

func (w *world) newToken(sites ...string) string {
	w.t.Helper()
	secret, err := w.tokens.Create(context.Background(), &signin.Token{Sites: sites, Expires: w.now().Add(30 * 24 * time.Hour)})
	require.NoError(w.t, err)
	return secret
}

// get asks with the world's token.
func (w *world) get(path string, parameters url.Values) *httptest.ResponseRecorder {
	w.t.Helper()
	target := "/api/v1/" + path
	if parameters != nil {
		target += "?" + parameters.Encode()
	}
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Header.Set("X-DS-Token", w.token)
	return w.do(r)
}

func (w *world) do(r *http.Request) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, r)
	return answer
}

// ask asks of the world's site and reads the answer.
func ask[T any](w *world, call string, pairs ...string) *T {
	w.t.Helper()
	parameters := url.Values{"site": {siteName}}
	for i := 0; i < len(pairs); i += 2 {
		parameters.Set(pairs[i], pairs[i+1])
	}
	answer := w.get(call, parameters)
	require.Equal(w.t, http.StatusOK, answer.Code, "%s %v: %s", call, pairs, answer.Body)
	checkAnswer(w.t, call, answer.Body.Bytes())
	into := new(T)
	require.NoError(w.t, json.Unmarshal(answer.Body.Bytes(), into))
	return into
}

// The week that the world's site has lived: from a Saturday to the afternoon of a Friday.
var (
	firstMidnight = time.Date(2026, 11, 14, 0, 0, 0, 0, time.UTC)
	friday        = time.Date(2026, 11, 20, 15, 30, 20, 0, time.UTC)
)

const (
	firstDay  = "2026-11-15" // the first that is whole in the site's time zone
	closedDay = "2026-11-16" // the last that is closed
	today     = "2026-11-20"
)

// week is a site that has lived for a week, in which links were passed on from hand to
// hand. Its first days are closed, others open, and what came in the last two hours is
// in the records alone.
// Tests look at the same one, and change nothing of it.
func week(t testing.TB) (*world, *simulate.Truth) {
	if theWeek == nil {
		theWeek, theTruth = liveAWeek(t)
	}
	w := *theWeek
	w.t = t
	return &w, theTruth
}

var (
	theWeek  *world
	theTruth *simulate.Truth
)

func liveAWeek(t testing.TB) (*world, *simulate.Truth) {
	chains, ok := simulate.ByName("chains")
	require.True(t, ok)
	c := simulate.Config{Seed: 7, Date: firstMidnight, Days: 7, Host: siteName, Views: 400, World: chains, Format: simulate.NDJSON, Coded: 700, Stripped: 100}
	of := &site.Site{Name: siteName, Site: chains.Site(siteName), ShardBits: 1}
	of.TimeZone = "Europe/Berlin"
	c.Zone = of.Zone()
	dir := process.TempDir(t)
	records, err := embedded.Open(dir, friday)
	require.NoError(t, err)
	process.AtExit(t, func() { _ = records.Close() }) // its folder goes as well
	w := openWorld(t, records, openLake(t, dir), of, friday)
	key := bytes.Repeat([]byte("key!"), 8)
	kept, err := json.Marshal(map[string][]byte{"current": key})
	require.NoError(t, err)
	_, err = w.records.Swap(t.Context(), "keys/"+siteName, "share", nil, kept, time.Time{})
	require.NoError(t, err)
	c.Keys, err = share.NewKeys(siteName, key)
	require.NoError(t, err)
	batch := w.ledger().NewBatch()
	c.Shared = func(code share.Code, item *share.Item) error {
		if item.Made > friday.Unix() {
			return nil
		}
		if _, err := w.codes.Keep(t.Context(), siteName, code, item); err != nil {
			return err
		}
		receipt := record.Receipt{Source: record.BatchSource(string(code)), Door: record.Shares, Quarter: item.Made / record.Quarter, Written: 1}
		return errors.Join(batch.Receipt(t.Context(), w.site, receipt),
			batch.Add(t.Context(), w.site, &record.Share{ID: record.ShareID(siteName, string(code)), Time: item.Made, Page: w.site.Page(item.Page), Button: item.Button, Code: string(code)}))
	}
	var log bytes.Buffer
	truth, err := simulate.Write(&log, c)
	require.NoError(t, err)
	require.NoError(t, batch.Commit(t.Context()))
	earlier, later := parted(t, log.Bytes(), friday.Add(-2*time.Hour), friday)
	w.label(earlier)
	w.set(time.Date(2026, 11, 17, 1, 0, 0, 0, time.UTC))
	_, err = w.roller(w.lake).Range(t.Context(), w.site, "2026-11-14", closedDay, false)
	require.NoError(t, err)
	w.set(friday)
	_, err = w.roller(w.lake).Due(t.Context())
	require.NoError(t, err)
	w.label(later)
	w.token = w.newToken(siteName)
	return w, truth
}

func (w *world) label(lines []byte) {
	w.t.Helper()
	labeler := job.NewLabeler(w.ledger(), []*site.Site{w.site}, w.lake, job.Formats{Objects: edge.Options{Format: edge.NDJSON, Now: w.now}}).Coded(w.codes)
	_, err := labeler.File(context.Background(), "log", bytes.NewReader(lines), firstMidnight, nil)
	require.NoError(w.t, err)
}

// parted divides the lines of a log at a time, and leaves out those behind another. A
// line without a time stands with the one before.
func parted(t testing.TB, log []byte, at, end time.Time) (earlier, later []byte) {
	into := &earlier
	for line := range bytes.Lines(log) {
		var timed struct{ Time time.Time }
		if err := json.Unmarshal(line, &timed); err == nil && !timed.Time.IsZero() {
			switch {
			case timed.Time.After(end):
				into = nil
			case timed.Time.After(at):
				into = &later
			default:
				into = &earlier
			}
		}
		if into != nil {
			*into = append(*into, line...)
		}
	}
	require.NotEmpty(t, earlier)
	require.NotEmpty(t, later)
	return earlier, later
}

// reference are the tables of the week, as a roll-up makes them of all there is by now.
func (w *world) reference() object.Store {
	w.t.Helper()
	into, err := lake.OpenDisk(w.t.TempDir())
	require.NoError(w.t, err)
	_, err = w.roller(into).Range(context.Background(), w.site, "2026-11-14", today, false)
	require.NoError(w.t, err)
	return into
}

// rowsOf reads a table of a day.
func rowsOf[T any](t testing.TB, from object.Store, table, date string) []T {
	t.Helper()
	body, _, err := from.Open(context.Background(), job.TableKey(table, siteName, date))
	require.NoError(t, err)
	defer body.Close()
	content, err := io.ReadAll(body)
	require.NoError(t, err)
	var list []T
	for row, err := range parquetfile.Read[T](bytes.NewReader(content), int64(len(content))) {
		require.NoError(t, err)
		list = append(list, row)
	}
	return list
}

// dates are those from one to another.
func dates(from, to string) (list []string) {
	at, _ := time.Parse("2006-01-02", from)
	for ; at.Format("2006-01-02") <= to; at = at.AddDate(0, 0, 1) {
		list = append(list, at.Format("2006-01-02"))
	}
	return list
}

// siteOfNothing has no visits yet.
var siteOfNothing = site.Site{Name: siteName}

// values are parameters.
func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}
