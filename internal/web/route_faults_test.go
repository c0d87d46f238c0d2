package web_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

// faulty is a store that fails, or that takes its time, until it is well again.
type faulty struct {
	ledger.Blocks
	fails atomic.Bool
	holds chan bool // open: a write waits until it is closed. nil: none waits
}

var errDown = errors.New("the store is down")

func (f *faulty) Append(ctx context.Context, blocks []ledger.Block) error {
	if f.holds != nil {
		<-f.holds
	}
	if f.fails.Load() {
		return errDown
	}
	return f.Blocks.Append(ctx, blocks)
}

// told counts what a Route does with its writer.
type told struct {
	web.Writer
	kept, lost atomic.Int64 // visits
	busy       atomic.Bool  // it refuses everything
}

func (w *told) Write(ctx context.Context, b ledger.Brought) error {
	if w.busy.Load() {
		return ledger.ErrBusy
	}
	err := w.Writer.Write(ctx, b)
	if err == nil {
		w.kept.Add(1)
	}
	return err
}

func (w *told) Count(s *site.Site, reason string) {
	w.Writer.Count(s, reason)
	if reason == "lost" {
		w.lost.Add(1)
	}
}

// visits asks for n pages, each a page view of its own, over connections that stay
// open, and returns how many were not whole.
func visits(t testing.TB, address, body string, n, connections int) (broken int) {
	var next, bad atomic.Int64
	var group sync.WaitGroup
	for range connections {
		group.Go(func() {
			conn, err := net.Dial("tcp", address)
			if !assert.NoError(t, err) {
				return
			}
			defer conn.Close()
			answers := bufio.NewReader(conn)
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				if !whole(conn, answers, i, body) {
					bad.Add(1)
					return // the connection is of no use any more
				}
			}
		})
	}
	group.Wait()
	return int(bad.Load())
}

func whole(conn net.Conn, answers *bufio.Reader, i int64, body string) bool {
	if _, err := io.WriteString(conn, visitHead(i)); err != nil {
		return false
	}
	answer, err := http.ReadResponse(answers, nil)
	if err != nil {
		return false
	}
	defer answer.Body.Close()
	got, err := io.ReadAll(answer.Body)
	return err == nil && string(got) == body && answer.StatusCode == http.StatusOK && answer.Header.Get("Content-Type") == "text/html; charset=utf-8" && answer.Header.Get("X-Ds-Refused") == ""
}

// visitHead is a visitor's request, the i-th, as it comes from the edge.
func visitHead(i int64) string {
	return fmt.Sprintf("GET /artikel/%d HTTP/1.1\r\nHost: x\r\nX-Ds-Host: www.example.com\r\nX-Ds-Ip: 192.0.2.7\r\nX-Ds-Id: visit-%d==\r\nUser-Agent: %s\r\n"+
		"X-Requested-With: com.viber.voip\r\nSec-Fetch-Site: none\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nAccept-Encoding: gzip\r\n\r\n", i%1000, i, webView)
}

// TestStoreFaults: whatever the store does, every page is served whole, and every visit
// that could not be kept is counted with the next one that is.
func TestStoreFaults(t *testing.T) {
	const pages, connections = 2_500, 32 // ten thousand in all
	for _, tt := range []struct {
		name     string
		patience time.Duration // of the handler, for the write
		fault    func(*faulty, *told)
		release  func(*faulty) // what waits
		lost     int
	}{
		{"down", time.Minute, func(f *faulty, _ *told) { f.fails.Store(true) }, func(*faulty) {}, pages},
		{"slow", time.Microsecond, func(f *faulty, _ *told) { f.holds = make(chan bool) }, func(f *faulty) { close(f.holds) }, 0},
		{"slow, and then down", time.Microsecond, func(f *faulty, _ *told) { f.fails.Store(true); f.holds = make(chan bool) }, func(f *faulty) { close(f.holds) }, pages},
		{"refusing", time.Minute, func(_ *faulty, w *told) { w.busy.Store(true) }, func(*faulty) {}, pages},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newRouted(t, originOf(t, html))
			store := &faulty{Blocks: w.store}
			w.ledger = ledger.New(store, w.store, w.now)
			w.pages = ledger.NewWriter(w.ledger, record.Route, time.Minute)
			writer := &told{Writer: w.pages}
			route := w.route(writer)
			route.Hurry(time.Minute, time.Minute, tt.patience)
			w.collect = route
			tt.fault(store, writer)
			broken := visits(t, w.address, page, pages, connections)
			tt.release(store)
			require.Eventually(t, func() bool { return writer.kept.Load()+writer.lost.Load() == pages }, time.Minute, time.Millisecond, "each visit comes to an end")
			t.Logf("%d pages, %d broken; %d visits lost", pages, broken, writer.lost.Load())
			assert.Zero(t, broken)
			assert.EqualValues(t, tt.lost, writer.lost.Load(), "a store that is slow takes them after all")

			store.fails.Store(false) // it is well again
			writer.busy.Store(false)
			require.Equal(t, 200, w.get("/artikel/moor").StatusCode)
			written, filtered := w.settled(pages + 1 - tt.lost)
			assert.Equal(t, tt.lost, filtered["lost"])
			assert.Equal(t, pages+1, written+filtered["lost"], "each visit is written or counted")
		})
	}
}

// TestOutOfTime: a write that takes longer than it may is counted as lost; it may be
// durable all the same.
func TestOutOfTime(t *testing.T) {
	w := newRouted(t, originOf(t, html))
	store := &faulty{Blocks: w.store, holds: make(chan bool)}
	w.ledger = ledger.New(store, w.store, w.now)
	w.pages = ledger.NewWriter(w.ledger, record.Route, time.Minute)
	writer := &told{Writer: w.pages}
	route := w.route(writer)
	route.Hurry(time.Minute, time.Millisecond, time.Minute)
	w.collect = route
	require.Equal(t, page, w.get("/artikel/moor").body)
	assert.Equal(t, int64(1), writer.lost.Load())
	close(store.holds)
	w.settled(1)
	require.NoError(t, w.pages.Flush(ctx))
	written, filtered := w.counted()
	assert.Equal(t, 1, written)
	assert.Equal(t, map[string]int{"lost": 1}, filtered)
}

// failing is a day's salts that cannot be had.
type failing struct{ fault func() error }

func (f failing) Hash(context.Context, string, rollup.Day, string, string) (string, error) {
	return "", f.fault()
}

// TestFaults: a fault of ours, wherever it is, costs no page.
func TestFaults(t *testing.T) {
	oh := func() error { panic("oh") }
	for _, tt := range []struct {
		name  string
		route func(*routed, *told) *web.Route
		kept  int
		lost  int64
	}{
		{"the visitor's name cannot be had", func(w *routed, writer *told) *web.Route {
			return web.NewRoute(site.Serve([]*site.Site{w.site}), writer, failing{func() error { return errDown }}, w.now, w.transport)
		}, 1, 0},
		{"a panic about the visitor's name", func(w *routed, writer *told) *web.Route {
			return web.NewRoute(site.Serve([]*site.Site{w.site}), writer, failing{oh}, w.now, w.transport)
		}, 0, 1},
		{"a panic of labelling", func(w *routed, writer *told) *web.Route {
			return web.NewRoute(site.All{{Site: w.site}}, writer, visitor.NewSalts(w.store, w.now), w.now, w.transport) // nothing to label with
		}, 0, 1},
		{"a panic of the writer", func(w *routed, writer *told) *web.Route {
			writer.Writer = panicking{writer.Writer}
			return web.NewRoute(site.Serve([]*site.Site{w.site}), writer, visitor.NewSalts(w.store, w.now), w.now, w.transport)
		}, 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newRouted(t, originOf(t, header("Cache-Control", "private")))
			writer := &told{Writer: w.pages}
			route := tt.route(w, writer)
			route.Hurry(time.Minute, time.Minute, time.Minute)
			w.collect = route
			answer := w.get("/artikel/moor")
			assert.Equal(t, 200, answer.StatusCode)
			assert.Equal(t, page, answer.body)
			assert.Len(t, w.kept(), tt.kept)
			assert.Equal(t, tt.lost, writer.lost.Load())
		})
	}
}

type panicking struct{ web.Writer }

func (panicking) Write(context.Context, ledger.Brought) error { panic("oh") }

// TestPageBeforeWrite: the whole page is with the visitor while its visit is still
// being written.
func TestPageBeforeWrite(t *testing.T) {
	for name, origin := range map[string]http.HandlerFunc{
		"a page": html, "empty": status(200, "Content-Type", "text/html", "Content-Length", "0"), "not modified": status(304),
	} {
		t.Run(name, func(t *testing.T) {
			w := newRouted(t, originOf(t, origin))
			store := &faulty{Blocks: w.store, holds: make(chan bool)}
			w.pages = ledger.NewWriter(ledger.New(store, w.store, w.now), record.Route, time.Minute)
			w.collect = w.route(w.pages)
			answer, err := w.client.RoundTrip(w.request("GET", "/artikel/moor"))
			require.NoError(t, err)
			_, err = io.ReadAll(answer.Body)
			require.NoError(t, err)
			assert.Empty(t, w.kept())
			close(store.holds)
			w.busy.Wait()
			assert.Len(t, w.kept(), 1)
		})
	}
}

// TestWithoutAServer: a writer of answers that can hold nothing back is enough.
func TestWithoutAServer(t *testing.T) {
	w := newRouted(t, originOf(t, html))
	answer := httptest.NewRecorder()
	w.collect.ServeHTTP(struct{ http.ResponseWriter }{answer}, w.request("GET", "/artikel/moor"))
	assert.Equal(t, page, answer.Body.String())
	assert.Len(t, w.kept(), 1)
}

// TestVisitorGone: whoever goes away in the middle of a page was there. The visit is
// kept although nobody waits for the page any more.
func TestVisitorGone(t *testing.T) {
	gone := make(chan bool)
	w := newRouted(t, originOf(t, func(answer http.ResponseWriter, r *http.Request) {
		answer.Header().Set("Content-Type", "text/html")
		_, _ = answer.Write(bytes.Repeat([]byte("a"), 1<<20))
		_ = http.NewResponseController(answer).Flush()
		<-r.Context().Done() // the proxy has let go as well
		close(gone)
	}))
	store := &faulty{Blocks: w.store, holds: make(chan bool)}
	w.pages = ledger.NewWriter(ledger.New(store, w.store, w.now), record.Route, time.Minute)
	writer := &told{Writer: w.pages}
	w.collect = w.route(writer)
	answer, err := w.client.RoundTrip(w.request("GET", "/artikel/moor"))
	require.NoError(t, err)
	_, err = io.ReadFull(answer.Body, make([]byte, 1000))
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	<-gone
	close(store.holds)
	w.busy.Wait()
	assert.EqualValues(t, 1, writer.kept.Load())
	assert.Zero(t, writer.lost.Load())
	assert.Equal(t, "/artikel/moor", w.keptPage().Page)
}
