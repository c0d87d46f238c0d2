package web_test

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/embedded"
	"darksocial/internal/engine/process"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

var ctx = context.Background()

func TestMain(m *testing.M) {
	if dir := os.Getenv(serveEnv); dir != "" {
		fmt.Fprintln(os.Stderr, serve(dir))
		os.Exit(1)
	}
	slog.SetDefault(slog.New(slog.DiscardHandler))
	process.Main(m)
}

const (
	siteName  = "example.com"
	requestID = "yFHbDvCDsQTXJKem666hFJqAYBhaGhAMu398GrX7RMVW=="
	viewID    = "0123456789abcdef01234567"
	iPhone    = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// world is collect on one machine. Its clock stands still until moved.
type world struct {
	t       testing.TB
	store   *embedded.Store
	ledger  *ledger.Ledger
	writer  *ledger.Writer
	site    *site.Site
	clock   atomic.Int64
	collect http.Handler
}

func newWorld(t testing.TB, doors ...string) *world {
	store, err := embedded.Open(t.TempDir(), noon)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, store.Close()) })
	w := &world{t: t, store: store, site: &site.Site{Name: siteName, Site: darksocial.Site{Hosts: []string{"example.com"}, Doors: doors}}}
	w.clock.Store(noon.Unix())
	w.ledger = ledger.New(store, store, w.now)
	w.writer = ledger.NewWriter(w.ledger, record.Beacon, time.Minute)
	w.collect = web.NewCollect(site.Serve([]*site.Site{w.site}), w.writer, visitor.NewSalts(store, w.now), w.now)
	return w
}

func (w *world) now() time.Time { return time.Unix(w.clock.Load(), 0) }

// hint is one as the edge writes it.
func hint(at time.Time, fetchSite string) string {
	return fmt.Sprintf("1.%s.%d.%s.document..0", requestID, at.Unix(), fetchSite)
}

// hitRequest is a hit that an honest page sends. Of change each value takes the
// place of one of the query; "-" takes it out.
func hitRequest(change url.Values) *http.Request {
	q := url.Values{"v": {"1"}, "i": {viewID}, "h": {hint(noon, "none")}, "p": {"/artikel/moor"}, "n": {"navigate"}, "a": {"1"}}
	for name, values := range change {
		if q[name] = values; values[0] == "-" {
			delete(q, name)
		}
	}
	r := httptest.NewRequest("GET", "/_ds/hit?"+q.Encode(), nil)
	r.Header.Set("X-Ds-Host", "www.example.com")
	r.Header.Set("X-Ds-Ip", "192.0.2.7")
	r.Header.Set("X-Ds-Id", "another-request==")
	r.Header.Set("User-Agent", iPhone)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Sec-Fetch-Mode", "cors")
	r.Header.Set("Sec-Fetch-Dest", "empty")
	r.Header.Set("Referer", "https://www.example.com/artikel/moor?utm_source=a&secret=b")
	r.Header.Set("CloudFront-Viewer-Country", "DE")
	return r
}

func (w *world) do(r *http.Request) *http.Response {
	answer := httptest.NewRecorder()
	w.collect.ServeHTTP(answer, r)
	return answer.Result()
}

// kept returns all records of the site, by id.
func (w *world) kept() map[record.ID]*record.Record {
	records := map[record.ID]*record.Record{}
	w.entries(func(e record.Entry) {
		s, ok := e.(*record.Sighting)
		if !ok {
			return
		}
		if records[s.ID] == nil {
			records[s.ID] = &record.Record{}
		}
		records[s.ID].Add(s)
	})
	return records
}

// entries calls each with everything that is kept of the site.
func (w *world) entries(each func(record.Entry)) {
	require.NoError(w.t, w.ledger.Days(ctx, siteName, func(day time.Time) error {
		return w.ledger.Scan(ctx, siteName, day, day.Add(24*time.Hour), ledger.Shard{}, func(_ ledger.BlockID, b *record.Unpacked) error {
			for _, p := range b.Sightings {
				e, err := record.Decode(p.Body, p.ID, p.Time)
				require.NoError(w.t, err)
				each(e)
			}
			return nil
		})
	}))
}

// counted adds up the receipts: what was written, and left out by reason.
func (w *world) counted() (written int, filtered map[string]int) {
	require.NoError(w.t, w.writer.Flush(ctx))
	filtered = map[string]int{}
	seen := map[string]bool{}
	require.NoError(w.t, w.ledger.Days(ctx, siteName, func(day time.Time) error {
		return w.ledger.Scan(ctx, siteName, day, day.Add(24*time.Hour), ledger.Shard{}, func(_ ledger.BlockID, b *record.Unpacked) error {
			for i := range b.Receipts {
				r := &b.Receipts[i]
				if key := string(r.AppendKey(nil)); seen[key] {
					continue
				} else {
					seen[key] = true
				}
				written += r.Written
				for _, c := range r.Filtered {
					filtered[c.Reason] += c.N
				}
			}
			return nil
		})
	}))
	return written, filtered
}

// rawStatus sends bytes as they are and returns the status of the first answer.
func rawStatus(t *testing.T, address, request string) int {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	require.NoError(t, err)
	defer conn.Close()
	_, err = conn.Write([]byte(request))
	require.NoError(t, err)
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	defer answer.Body.Close()
	return answer.StatusCode
}
