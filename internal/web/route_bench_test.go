package web_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
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
			b.Run(run.name+"/"+connections.name, func(b *testing.B) {
				load(b, run.handler, connections.n, "pages", func(conn net.Conn, answers *bufio.Reader, n int64) { require.True(b, whole(conn, answers, n, page)) })
			})
		}
	}
}

// forgetful keeps nothing.
type forgetful struct{ web.Writer }

func (forgetful) Write(context.Context, ledger.Brought) error { return nil }
