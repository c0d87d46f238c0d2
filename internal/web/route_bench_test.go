package web_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/internal/ledger"
	"darksocial/internal/web"
)

// BenchmarkRoute measures pages that go through a Route beside pages that go through a
// bare reverse proxy with the same transport, in one run: the time from the request to
// the last byte of the page, of the middle request and of the one in a hundred that
// takes longest. A page of 60 bytes shows all that is added. Client, both servers and
// the store share the machine.
//
// label is a Route whose visits are kept by nobody; kept is one on SQLite; down is one
// whose store fails. Each connection asks for its next page when the handler of the
// last one has ended, so kept shows the wait for the store as well.
func BenchmarkRoute(b *testing.B) {
	for _, connections := range []struct {
		name string
		n    int
	}{{"1", 1}, {"16", 16}} {
		w := newRouted(b, originOf(b, html))
		target, err := url.Parse(w.site.Origin)
		require.NoError(b, err)
		bare := &httputil.ReverseProxy{Transport: w.transport, Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }, FlushInterval: -1}
		store := &faulty{Blocks: w.store}
		store.fails.Store(true)
		down := ledger.NewWriter(ledger.New(store, w.store, w.now), record.Route, time.Minute)
		for _, run := range []struct {
			name    string
			handler http.Handler
		}{
			{"bare", bare}, {"label", w.route(forgetful{})}, {"kept", w.route(w.pages)}, {"down", w.route(down)},
		} {
			b.Run(run.name+"/"+connections.name, func(b *testing.B) { loadPages(b, run.handler, connections.n) })
		}
	}
}

// forgetful keeps nothing.
type forgetful struct{ web.Writer }

func (forgetful) Write(context.Context, ledger.Brought) error { return nil }

// loadPages asks for b.N pages, each a page view of its own, over connections that stay
// open.
func loadPages(b *testing.B, handler http.Handler, connections int) {
	server := httptest.NewServer(handler)
	b.Cleanup(server.Close)
	var next atomic.Int64
	times := make([][]time.Duration, connections)
	var group sync.WaitGroup
	b.ResetTimer()
	begin := time.Now()
	for i := range connections {
		group.Go(func() { times[i] = pagesOver(b, server.Listener.Addr().String(), &next) })
	}
	group.Wait()
	took := time.Since(begin)
	b.StopTimer()
	all := slices.Concat(times...)
	slices.Sort(all)
	require.Len(b, all, b.N)
	b.ReportMetric(float64(b.N)/took.Seconds(), "pages/s")
	b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(0, "ns/op")
}

func pagesOver(b *testing.B, address string, next *atomic.Int64) []time.Duration {
	conn, err := net.Dial("tcp", address)
	require.NoError(b, err)
	defer conn.Close()
	answers := bufio.NewReader(conn)
	var times []time.Duration
	for {
		i := next.Add(1)
		if i > int64(b.N) {
			return times
		}
		begin := time.Now()
		require.True(b, whole(conn, answers, i, page))
		times = append(times, time.Since(begin))
	}
}
