package web_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

// routed is a world whose pages go through collect to an origin.
type routed struct {
	*world
	pages     *ledger.Writer // of the door route
	transport *http.Transport
	address   string          // of collect
	origin    string          // of the origin
	busy      sync.WaitGroup  // handlers: a page is complete before its visit is kept
	client    *http.Transport // changes nothing, and follows nothing
}

// newRouted returns one before an origin at an address.
func newRouted(t testing.TB, origin string) *routed {
	w := &routed{world: newWorld(t), origin: origin, transport: web.NewOriginTransport()}
	t.Cleanup(w.transport.CloseIdleConnections)
	w.site.Origin, w.site.RoutedPaths = "http://"+origin, []string{"/", "/artikel/**", "/rezepte/**"}
	require.NoError(t, w.site.Check())
	w.pages = ledger.NewWriter(w.ledger, record.Route, time.Minute)
	w.collect = web.NewCollect(site.Serve([]*site.Site{w.site}), w.writer, visitor.NewSalts(w.store, w.now), w.now).Routing(w.route(w.pages))
	server := httptest.NewServer(http.HandlerFunc(func(answer http.ResponseWriter, r *http.Request) {
		w.busy.Add(1)
		defer w.busy.Done()
		w.collect.ServeHTTP(answer, r)
	}))
	t.Cleanup(server.Close)
	w.address = server.Listener.Addr().String()
	w.client = &http.Transport{DisableCompression: true, MaxIdleConnsPerHost: 64}
	t.Cleanup(w.client.CloseIdleConnections)
	return w
}

// route returns a handler with another writer. It is patient: what a test of something
// else keeps is durable when the handler has ended, however slow the machine is.
func (w *routed) route(writer web.Writer) *web.Route {
	x := web.NewRoute(site.Serve([]*site.Site{w.site}), writer, visitor.NewSalts(w.store, w.now), w.now, w.transport)
	x.Hurry(time.Minute, time.Minute, time.Minute)
	return x
}

// originOf serves an origin.
func originOf(t testing.TB, handler http.HandlerFunc) string {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// rawOrigin is an origin that answers each request with what script writes, and then
// closes the connection. An origin that is broken on purpose cannot be an http.Server.
func rawOrigin(t testing.TB, script func(conn net.Conn, request *http.Request)) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var group sync.WaitGroup
	group.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return // the listener is closed
			}
			group.Go(func() {
				defer conn.Close()
				if request, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
					script(conn, request)
				}
			})
		}
	})
	t.Cleanup(func() {
		assert.NoError(t, listener.Close())
		group.Wait()
	})
	return listener.Addr().String()
}

// request is a visitor's, as it comes from the edge. Of headers each name is followed
// by its value; an empty value takes the header out.
func (w *routed) request(method, target string, headers ...string) *http.Request {
	r, err := http.NewRequestWithContext(w.t.Context(), method, "http://"+w.address+target, nil)
	require.NoError(w.t, err)
	headers = append([]string{"X-Ds-Host", "www.example.com", "X-Ds-Ip", "192.0.2.7", "X-Ds-Id", requestID, "User-Agent", webView,
		"X-Requested-With", "com.viber.voip", "Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, headers...)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" && headers[i] != "User-Agent" { // whose absence has to be asked for like this
			r.Header.Del(headers[i])
		}
	}
	return r
}

// answered is an answer with the whole of its body.
type answered struct {
	*http.Response
	body string
	err  error // of the body
}

// send waits until the handler has ended.
func (w *routed) send(r *http.Request) *answered {
	w.t.Helper()
	answer, err := w.client.RoundTrip(r)
	require.NoError(w.t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	w.busy.Wait()
	return &answered{answer, string(body), err}
}

func (w *routed) get(target string, headers ...string) *answered {
	w.t.Helper()
	return w.send(w.request(http.MethodGet, target, headers...))
}

// keptPage is what is kept of the page view of requests.
func (w *routed) keptPage() *record.Sighting {
	w.t.Helper()
	all := w.kept()
	require.Len(w.t, all, 1)
	got := all[record.NewID(siteName, requestID)]
	require.NotNil(w.t, got)
	return got.Seen(record.Route)
}

// settled waits until n page views are written and returns the counters.
func (w *routed) settled(n int) (written int, filtered map[string]int) {
	w.t.Helper()
	require.Eventually(w.t, func() bool {
		written, filtered = w.counted()
		return written >= n
	}, 30*time.Second, 5*time.Millisecond)
	return written, filtered
}
