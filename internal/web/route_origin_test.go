package web_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/web"
)

// until waits for the other end to close the connection.
func until(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) }

// say writes what an origin answers. An error means that the proxy has had enough.
func say(conn net.Conn, text string) { _, _ = io.WriteString(conn, text) }

// TestBadOrigin: what an origin does wrong before its answer has begun is a short page
// that says so, and is counted.
func TestBadOrigin(t *testing.T) {
	for _, tt := range []struct {
		name   string
		script func(net.Conn, *http.Request)
		status int
	}{
		{"hangs", func(conn net.Conn, _ *http.Request) { until(conn) }, 504},
		{"hangs in the middle of the header", func(conn net.Conn, _ *http.Request) {
			say(conn, "HTTP/1.1 200 OK\r\nContent-Type: te")
			until(conn)
		}, 504},
		{"hangs behind an early hint", func(conn net.Conn, _ *http.Request) {
			say(conn, "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")
			until(conn)
		}, 504},
		{"closes", func(net.Conn, *http.Request) {}, 502},
		{"resets", func(conn net.Conn, _ *http.Request) {
			assert.NoError(t, conn.(*net.TCPConn).SetLinger(0))
		}, 502},
		{"speaks another protocol", func(conn net.Conn, _ *http.Request) { say(conn, "SSH-2.0-OpenSSH_9.6\r\n\r\n") }, 502},
		{"sends ten thousand headers", func(conn net.Conn, _ *http.Request) {
			say(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
			for i := range 10_000 {
				say(conn, fmt.Sprintf("X-Header-%d: %d\r\n", i, i))
			}
			say(conn, "\r\n")
			until(conn)
		}, 502},
		{"sends an endless header", func(conn net.Conn, _ *http.Request) {
			say(conn, "HTTP/1.1 200 OK\r\nX-Long: ")
			for piece := strings.Repeat("a", 64<<10); ; {
				if _, err := io.WriteString(conn, piece); err != nil {
					return
				}
			}
		}, 502},
		{"names two lengths", func(conn net.Conn, _ *http.Request) {
			say(conn, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab")
		}, 502},
		{"names a length that is none", func(conn net.Conn, _ *http.Request) { say(conn, "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n") }, 502},
		{"changes the protocol", func(conn net.Conn, _ *http.Request) {
			say(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
			until(conn)
		}, 502},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newRouted(t, rawOrigin(t, tt.script))
			w.transport.ResponseHeaderTimeout = time.Minute
			if tt.status == 504 {
				w.transport.ResponseHeaderTimeout = 50 * time.Millisecond
			}
			answer := w.get("/artikel/moor")
			require.NoError(t, answer.err)
			assert.Equal(t, tt.status, answer.StatusCode)
			assert.Equal(t, "origin", answer.Header.Get("X-Ds-Refused"))
			assert.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
			assert.Equal(t, "text/plain; charset=utf-8", answer.Header.Get("Content-Type"))
			assert.Contains(t, answer.body, "Please try again later.")
			assert.NotContains(t, answer.body, "127.0.0.1")
			require.NoError(t, w.pages.Flush(ctx))
			written, filtered := w.counted()
			assert.Zero(t, written)
			assert.Equal(t, map[string]int{"refused.origin": 1}, filtered)
		})
	}

	t.Run("is not there", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		require.NoError(t, listener.Close())
		assert.Equal(t, 502, newRouted(t, listener.Addr().String()).get("/").StatusCode)
	})
}

// TestBrokenOff: an answer that breaks off at the origin breaks off at the visitor, who
// sees that it is not whole; what came before has arrived. The visit is kept.
func TestBrokenOff(t *testing.T) {
	half := strings.Repeat("a", 100_000)
	for _, tt := range []struct {
		name   string
		script func(net.Conn, *http.Request)
		hangs  bool
	}{
		{"says a length that is too long", func(conn net.Conn, _ *http.Request) {
			say(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 200000\r\n\r\n"+half)
		}, false},
		{"closes in the middle of a chunk", func(conn net.Conn, _ *http.Request) {
			say(conn, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s", 200_000, half))
		}, false},
		{"closes before the last chunk", func(conn net.Conn, _ *http.Request) {
			say(conn, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", len(half), half))
		}, false},
		{"writes a chunk that is none", func(conn net.Conn, _ *http.Request) {
			say(conn, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\nnone\r\n", len(half), half))
		}, false},
		{"hangs", func(conn net.Conn, _ *http.Request) {
			say(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 200000\r\n\r\n"+half)
			until(conn)
		}, true},
		{"hangs in chunks", func(conn net.Conn, _ *http.Request) {
			say(conn, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n", len(half), half))
			until(conn)
		}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newRouted(t, rawOrigin(t, tt.script))
			if tt.hangs {
				route := w.route(w.pages)
				route.Hurry(100*time.Millisecond, time.Minute, time.Minute)
				w.collect = route
			}
			answer := w.get("/artikel/moor")
			assert.Equal(t, 200, answer.StatusCode)
			require.ErrorIs(t, answer.err, io.ErrUnexpectedEOF)
			assert.True(t, strings.HasPrefix(half, answer.body))
			if !tt.hangs { // else a machine that is busy may have taken itself for a silent origin
				assert.Len(t, answer.body, len(half))
			}
			assert.Equal(t, "/artikel/moor", w.keptPage().Page)
		})
	}
}

// TestBrokenOffInAFunction: without an http.Server, too, somebody is told that the
// answer is not whole.
func TestBrokenOffInAFunction(t *testing.T) {
	w := newRouted(t, rawOrigin(t, func(conn net.Conn, _ *http.Request) {
		say(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 200\r\n\r\nhalf")
	}))
	answer := httptest.NewRecorder()
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() { w.collect.ServeHTTP(answer, w.request("GET", "/artikel/moor")) })
	assert.Equal(t, "half", answer.Body.String())
	assert.Len(t, w.kept(), 1)
}

// TestSlowVisitor: a visitor who is slow to read is not taken for a silent origin.
func TestSlowVisitor(t *testing.T) {
	const silence = 2 * time.Second
	big := bytes.Repeat([]byte("a"), 16<<20) // more than lies in buffers on the way
	w := newRouted(t, originOf(t, func(answer http.ResponseWriter, _ *http.Request) { _, _ = answer.Write(big) }))
	route := w.route(w.pages)
	route.Hurry(silence, time.Minute, time.Minute)
	w.collect = route
	answer, err := w.client.RoundTrip(w.request("GET", "/"))
	require.NoError(t, err)
	defer answer.Body.Close()
	<-time.After(silence + silence/2) // it reads nothing for as long as would be too long for the origin
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	assert.Len(t, body, len(big))
}

// TestShortLength: of an answer that is longer than it says the visitor gets what was
// said, and the rest is nobody's answer.
func TestShortLength(t *testing.T) {
	w := newRouted(t, rawOrigin(t, func(conn net.Conn, r *http.Request) {
		say(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n"+strings.TrimPrefix(r.URL.Path, "/artikel/")+"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged")
	}))
	for _, name := range []string{"aaaa", "bbbb"} {
		answer := w.get("/artikel/" + name)
		require.NoError(t, answer.err)
		assert.Equal(t, name, answer.body)
	}
}

// TestCircles: an origin that sends visitors round, and one that is the CDN itself.
func TestCircles(t *testing.T) {
	t.Run("redirects to itself", func(t *testing.T) {
		asked := 0
		w := newRouted(t, originOf(t, func(answer http.ResponseWriter, r *http.Request) {
			asked++
			http.Redirect(answer, r, "http://"+r.Host+r.URL.Path, http.StatusFound)
		}))
		answer := w.get("/artikel/moor")
		assert.Equal(t, 302, answer.StatusCode)
		assert.Equal(t, "//www.example.com/artikel/moor", answer.Header.Get("Location"))
		assert.Equal(t, 1, asked, "who is sent round is the visitor, whose browser ends it")
	})
	t.Run("asks us", func(t *testing.T) {
		asked := 0
		var w *routed
		w = newRouted(t, originOf(t, func(answer http.ResponseWriter, r *http.Request) {
			asked++
			// As a CDN before us would do it.
			again := w.request("GET", r.RequestURI)
			again.Header["Cdn-Loop"] = r.Header["Cdn-Loop"]
			back, err := w.client.RoundTrip(again)
			if !assert.NoError(t, err) {
				return
			}
			defer back.Body.Close()
			for name, values := range back.Header {
				answer.Header()[name] = values
			}
			answer.WriteHeader(back.StatusCode)
			_, _ = io.Copy(answer, back.Body)
		}))
		answer := w.get("/artikel/moor")
		assert.Equal(t, http.StatusLoopDetected, answer.StatusCode)
		assert.Equal(t, "loop", answer.Header.Get("X-Ds-Refused"))
		assert.Equal(t, 1, asked)
	})
}

// TestVisitorGoneBefore: nobody waits for an origin for a visitor who went away.
func TestVisitorGoneBefore(t *testing.T) {
	asked, left := make(chan bool), make(chan bool)
	w := newRouted(t, originOf(t, func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
		close(left)
	}))
	conn, err := net.Dial("tcp", w.address)
	require.NoError(t, err)
	say(conn, "GET /artikel/moor HTTP/1.1\r\nHost: x\r\nX-Ds-Host: www.example.com\r\nX-Ds-Id: a==\r\n\r\n")
	<-asked
	require.NoError(t, conn.Close())
	<-left
	w.busy.Wait()
	require.NoError(t, w.pages.Flush(ctx))
	_, filtered := w.counted()
	assert.Equal(t, map[string]int{"gone": 1}, filtered)
}

// TestOriginTransport keeps the bounds that the function of a CDN needs.
func TestOriginTransport(t *testing.T) {
	transport := web.NewOriginTransport()
	assert.Less(t, transport.ResponseHeaderTimeout, 30*time.Second, "CloudFront's own")
	assert.True(t, transport.DisableCompression)
	assert.Equal(t, int64(64<<10), transport.MaxResponseHeaderBytes)
	assert.Equal(t, 5*time.Second, transport.TLSHandshakeTimeout)
}
