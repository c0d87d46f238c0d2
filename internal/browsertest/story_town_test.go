package browsertest_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/codes"
	"darksocial/internal/demo"
	"darksocial/internal/edge"
	"darksocial/internal/edgefunction"
	"darksocial/internal/embedded"
	"darksocial/internal/front"
	"darksocial/internal/job"
	"darksocial/internal/lake"
	"darksocial/internal/ledger"
	"darksocial/internal/orders"
	"darksocial/internal/parquetfile"
	sites "darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
	functions "darksocial/terraform/edge"
)

// noon is when a town's clock begins.
var noon = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

// town is what `darksocial serve` runs, demo and all, with a clock that stands still until
// it is moved.
type town struct {
	t      *testing.T
	URL    string
	clock  atomic.Int64
	site   *sites.Site
	log    *front.AccessLog
	ledger *ledger.Ledger
	lake   *lake.Disk
	codes  *codes.Codes
	orders *orders.Orders
	salts  *visitor.Salts

	mu       sync.Mutex
	changed  *sync.Cond
	busy     int              // requests that are not over
	answered map[string][]int // status codes, by path
}

func newTown(t *testing.T) *town {
	w := &town{t: t, site: &sites.Site{Name: "localhost", Site: darksocial.Site{Hosts: []string{"localhost", "127.0.0.1"}}}, answered: map[string][]int{}}
	w.changed = sync.NewCond(&w.mu)
	w.clock.Store(noon.Unix())
	dir := t.TempDir()
	store, err := embedded.Open(dir, w.now())
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, store.Close()) })
	w.lake, err = lake.OpenDisk(dir + "/lake")
	require.NoError(t, err)
	w.log, err = front.OpenAccessLog(dir+"/cdn-logs", w.now)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.log.Close()) })

	w.ledger, w.codes, w.salts = ledger.New(store, store, w.now), codes.New(store, w.now), visitor.NewSalts(store, w.now)
	w.orders = orders.New(store, w.codes, w.now)
	writer := ledger.NewWriter(w.ledger, record.Beacon, time.Minute)
	collect := web.NewCollect(sites.Serve([]*sites.Site{w.site}), writer, w.salts, w.now).Sharing(w.codes).Selling(w.orders)
	paper, err := demo.New(w.sign, w.now)
	require.NoError(t, err)
	request, err := edgefunction.Load("viewer-request.js", functions.ViewerRequest)
	require.NoError(t, err)
	response, err := edgefunction.Load("viewer-response.js", functions.ViewerResponse)
	require.NoError(t, err)
	report := func(err error) { assert.NoError(t, err) }
	cdn := front.New(paper, collect, front.Functions{Own: request, Pages: response}, w.log, report, front.Options{LeftOut: w.site.CodeName(), Now: w.now})
	server := httptest.NewServer(w.watching(cdn))
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	w.URL = server.URL
	return w
}

func (w *town) now() time.Time         { return time.Unix(w.clock.Load(), 0).UTC() }
func (w *town) passes(d time.Duration) { w.clock.Add(int64(d / time.Second)) }

func (w *town) sign(ctx context.Context, text string) (string, error) {
	keys, err := w.orders.Keys(ctx, w.site.Name)
	if err != nil {
		return "", err
	}
	return orders.Sign(keys[0], text), nil
}

// watching notes which requests have come to an end.
func (w *town) watching(next http.Handler) http.Handler {
	return http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		w.busy++
		w.mu.Unlock()
		status := &noted{ResponseWriter: answer, status: http.StatusOK}
		defer func() {
			w.mu.Lock()
			w.busy--
			w.answered[r.URL.Path] = append(w.answered[r.URL.Path], status.status)
			w.mu.Unlock()
			w.changed.Broadcast()
		}()
		next.ServeHTTP(status, r)
	})
}

// noted is an answer whose status is remembered.
type noted struct {
	http.ResponseWriter
	status int
}

func (n *noted) WriteHeader(status int) {
	n.status = status
	n.ResponseWriter.WriteHeader(status)
}

// asked is how often a path was asked for and answered.
func (w *town) asked(path string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.answered[path])
}

// until waits until a path has been answered n times, the last time with a status.
func (w *town) until(path string, n, status int) {
	w.t.Helper()
	w.waitFor(path, func() bool { return len(w.answered[path]) >= n })
	w.mu.Lock()
	defer w.mu.Unlock()
	require.Equal(w.t, status, w.answered[path][n-1], path)
}

func (w *town) waitFor(what string, there func() bool) {
	w.t.Helper()
	late := false
	timer := time.AfterFunc(30*time.Second, func() {
		w.mu.Lock()
		late = true
		w.mu.Unlock()
		w.changed.Broadcast()
	})
	defer timer.Stop()
	w.mu.Lock()
	defer w.mu.Unlock()
	for !there() {
		if late {
			require.Failf(w.t, "waited in vain", "for %s; answered: %v", what, w.answered)
		}
		w.changed.Wait()
	}
}

// fetches asks for a page as an app does that draws a preview of a link.
func (w *town) fetches(agent, link string) {
	w.t.Helper()
	r, err := http.NewRequest(http.MethodGet, link, nil)
	require.NoError(w.t, err)
	r.Header.Set("User-Agent", agent)
	w.send(r, http.StatusOK)
}

// tells is the word of the shop's server.
func (w *town) tells(body string) {
	w.t.Helper()
	signature, err := w.sign(w.t.Context(), body)
	require.NoError(w.t, err)
	r, err := http.NewRequest(http.MethodPost, w.URL+"/_ds/buy", strings.NewReader(body))
	require.NoError(w.t, err)
	hash := sha256.Sum256([]byte(body))
	r.Header.Set("X-Amz-Content-Sha256", hex.EncodeToString(hash[:]))
	r.Header.Set("Ds-Signature", signature)
	w.send(r, http.StatusNoContent)
}

func (w *town) send(r *http.Request, status int) {
	w.t.Helper()
	answer, err := http.DefaultClient.Do(r)
	require.NoError(w.t, err)
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	require.NoError(w.t, err)
	require.Equal(w.t, status, answer.StatusCode, "%s", said)
}

// keepsUp does what serve does every minute.
func (w *town) keepsUp() {
	w.t.Helper()
	w.waitFor("all requests", func() bool { return w.busy == 0 })
	ctx := w.t.Context()
	_, err := w.log.Rotate()
	require.NoError(w.t, err)
	files, err := w.log.Leftover()
	require.NoError(w.t, err)
	all := []*sites.Site{w.site}
	labeler := job.NewLabeler(w.ledger, all, w.lake, job.Formats{Objects: edge.Options{Format: edge.CloudFront, Now: w.now}}).Coded(w.codes)
	for _, name := range files {
		content, err := os.ReadFile(name)
		require.NoError(w.t, err)
		_, err = labeler.File(ctx, name, bytes.NewReader(content), w.now(), nil)
		require.NoError(w.t, err)
		require.NoError(w.t, os.Remove(name))
	}
	_, err = job.NewRoller(w.ledger, all, w.lake, parquetfile.WriteRows, w.now).Coded(w.codes).Forgetting(w.salts).Due(ctx)
	require.NoError(w.t, err)
}

// rowsOf reads a table of the day it is.
func rowsOf[T any](w *town, table string) []T {
	w.t.Helper()
	body, _, err := w.lake.Open(w.t.Context(), job.TableKey(table, w.site.Name, w.now().Format(time.DateOnly)))
	require.NoError(w.t, err)
	defer body.Close()
	content, err := io.ReadAll(body)
	require.NoError(w.t, err)
	var list []T
	for row, err := range parquetfile.Read[T](bytes.NewReader(content), int64(len(content))) {
		require.NoError(w.t, err)
		list = append(list, row)
	}
	return list
}
