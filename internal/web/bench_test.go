package web_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// BenchmarkHit measures collect on SQLite beside a handler that does nothing, in one
// run: requests a second, and the time of the middle request and of the one in a
// hundred that takes longest. Client and server share the machine.
func BenchmarkHit(b *testing.B) {
	nothing := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	for _, connections := range []int{1, 16, 64, 256} {
		b.Run(fmt.Sprintf("bare/%d", connections), func(b *testing.B) { load(b, nothing, connections, "requests", hit(b)) })
		b.Run(fmt.Sprintf("collect/%d", connections), func(b *testing.B) {
			w := newWorld(b)
			load(b, w.collect, connections, "requests", hit(b))
		})
	}
}

// load has b.N requests made, each with a number of its own, over connections that
// stay open, and tells how many there were a second and how long they took.
func load(b *testing.B, handler http.Handler, connections int, what string, ask func(conn net.Conn, answers *bufio.Reader, n int64)) {
	server := httptest.NewServer(handler)
	b.Cleanup(server.Close)
	var next atomic.Int64
	times := make([][]time.Duration, connections)
	over := func() (times []time.Duration) {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		require.NoError(b, err)
		defer conn.Close()
		answers := bufio.NewReader(conn)
		for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
			begin := time.Now()
			ask(conn, answers, n)
			times = append(times, time.Since(begin))
		}
		return times
	}
	var group sync.WaitGroup
	b.ResetTimer()
	begin := time.Now()
	for i := range connections {
		group.Go(func() { times[i] = over() })
	}
	group.Wait()
	took := time.Since(begin)
	b.StopTimer()
	all := slices.Concat(times...)
	slices.Sort(all)
	require.Len(b, all, b.N)
	b.ReportMetric(float64(b.N)/took.Seconds(), what+"/s")
	b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(0, "ns/op")
}

// hit sends a hit of a page view of its own.
func hit(b *testing.B) func(net.Conn, *bufio.Reader, int64) {
	head := &bytes.Buffer{}
	_ = hitRequest(nil).Header.Write(head) // a buffer takes everything
	return func(conn net.Conn, answers *bufio.Reader, n int64) {
		_, err := fmt.Fprintf(conn, "GET /_ds/hit?v=1&i=%024x&h=1.%032dAA%%3D%%3D.%d.none.document..0&p=%%2Fartikel%%2F%d&n=navigate&a=1 HTTP/1.1\r\nHost: x\r\n%s\r\n", n, n, noon.Unix(), n%1000, head)
		require.NoError(b, err)
		answer, err := http.ReadResponse(answers, nil)
		require.NoError(b, err)
		_, _ = io.Copy(io.Discard, answer.Body)
		require.Equal(b, http.StatusNoContent, answer.StatusCode)
	}
}
