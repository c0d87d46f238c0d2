package front

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/textproto"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// serve starts a site and a front before it, with a proxy between them.
func serve(t *testing.T, w *world, site http.HandlerFunc) (front, origin *httptest.Server) {
	t.Helper()
	origin = httptest.NewServer(site)
	t.Cleanup(origin.Close)
	target, err := url.Parse(origin.URL)
	require.NoError(t, err)
	w.origin = newOrigin(target, originTimeout).ServeHTTP
	front = httptest.NewServer(w.front)
	t.Cleanup(front.Close)
	return front, origin
}

func fetch(t *testing.T, url string) (*http.Response, string) {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Get(url)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer, string(body)
}

func TestOrigin(t *testing.T) {
	for _, tt := range []struct{ target, path, want string }{
		{"", "/a", "/a"},
		{"", "/a/../b%2Fc", "/a/../b%2Fc"},
		{"", "/a?x=1;y=%zz&&", "/a?x=1;y=%zz&&"},
		{"/blog", "/a?x=1", "/blog/a?x=1"},
		{"/blog/?k=1", "/a", "/blog/a?k=1"},
		{"/blog/?k=1", "/a?x=1", "/blog/a?k=1&x=1"},
	} {
		var got *http.Request
		site := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r }))
		target, err := url.Parse(site.URL + tt.target)
		require.NoError(t, err)
		w := newWorld(t, Options{})
		w.origin = NewOrigin(target).ServeHTTP
		w.get(tt.path, "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Host", "evil.example", "Accept", "text/html")
		site.Close()
		assert.Equal(t, tt.want, got.RequestURI)
		assert.Equal(t, target.Host, got.Host)
		assert.Equal(t, http.Header{"Accept": {"text/html"}}, got.Header, "no address, no compression nobody asked for")
	}
}

// TestRedirects: who is sent to the site's own address stays before the front.
func TestRedirects(t *testing.T) {
	for _, tt := range []struct {
		target, location, want string
		tls                    bool
	}{
		{"http://site.test", "http://site.test/b?c=d#e", "http://www.example.com/b?c=d#e", false},
		{"http://site.test", "http://site.test:80/b", "http://www.example.com/b", false},
		{"http://site.test:80", "http://SITE.test/b", "http://www.example.com/b", false},
		{"http://site.test", "//site.test/b", "http://www.example.com/b", false},
		{"http://site.test", "http://site.test//evil.example", "http://www.example.com//evil.example", false},
		{"http://site.test", "http://site.test/b", "https://www.example.com/b", true},
		{"https://site.test", "https://site.test/b", "http://www.example.com/b", false},
		{"http://site.test:3000", "http://site.test:3000/b", "http://www.example.com/b", false},
		{"http://site.test:3000", "http://site.test/b", "http://site.test/b", false},
		{"http://site.test", "https://site.test/b", "https://site.test/b", false},
		{"http://site.test", "http://notsite.test/b", "http://notsite.test/b", false},
		{"http://site.test", "http://site.test.evil.example/b", "http://site.test.evil.example/b", false},
		{"http://site.test", "/b", "/b", false},
		{"http://site.test", "b", "b", false},
		{"http://site.test", "http://%zz", "http://%zz", false},
		{"http://site.test", "", "", false},
	} {
		target, err := url.Parse(tt.target)
		require.NoError(t, err)
		header := http.Header{"Location": {tt.location}}
		r := &http.Request{Host: "www.example.com"}
		if tt.tls {
			r.TLS = &tls.ConnectionState{}
		}
		(&origin{target: target}).redirectHere(header, r)
		assert.Equal(t, tt.want, header.Get("Location"), "%s from %s", tt.location, tt.target)
	}
}

func TestRedirectThroughTheFront(t *testing.T) {
	w := newWorld(t, Options{})
	front, _ := serve(t, w, func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, "http://"+r.Host+"/b", http.StatusFound)
	})
	answer, _ := fetch(t, front.URL+"/a")
	assert.Equal(t, front.URL+"/b", answer.Header.Get("Location"))
}

func TestOriginDown(t *testing.T) {
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, nobody.Close())
	w := newWorld(t, Options{})
	w.origin = NewOrigin(&url.URL{Scheme: "http", Host: nobody.Addr().String()}).ServeHTTP
	answer := w.get("/a")
	assert.Equal(t, http.StatusBadGateway, answer.Code)
	assert.Contains(t, answer.Body.String(), "The site at "+nobody.Addr().String()+" does not answer")
	assert.Equal(t, "no-store", answer.Header().Get("Cache-Control"))
	assert.Empty(t, answer.Header().Get("Server-Timing"))
	assert.Equal(t, http.StatusBadGateway, w.logged()[0].Status)
}

func TestOriginHangs(t *testing.T) {
	asked, end := make(chan struct{}), make(chan struct{})
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(asked)
		<-end
	}))
	t.Cleanup(site.Close)
	t.Cleanup(func() { close(end) })
	target, err := url.Parse(site.URL)
	require.NoError(t, err)
	w := newWorld(t, Options{})
	w.origin = newOrigin(target, 50*time.Millisecond).ServeHTTP
	answer := w.get("/a")
	<-asked
	assert.Equal(t, http.StatusGatewayTimeout, answer.Code)
	assert.Equal(t, "The site at "+target.Host+" took too long to answer.\n", answer.Body.String())
	assert.Equal(t, http.StatusGatewayTimeout, w.logged()[0].Status)
}

// TestOriginIsNotHTTP: an answer that is none is a 502, in words.
func TestOriginIsNotHTTP(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			fmt.Fprint(conn, "SSH-2.0-OpenSSH\r\n")
			_ = conn.Close()
		}
	}()
	w := newWorld(t, Options{})
	w.origin = NewOrigin(&url.URL{Scheme: "http", Host: listener.Addr().String()}).ServeHTTP
	assert.Equal(t, http.StatusBadGateway, w.get("/a").Code)
}

// TestStreams: the viewer has each part of an answer before the site has made the
// next one, however large it grows and although it might be kept.
func TestStreams(t *testing.T) {
	const part, parts = 64 << 10, 64
	w := newWorld(t, Options{CacheBytes: 8 << 20})
	next := make(chan struct{})
	front, _ := serve(t, w, func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Cache-Control", "max-age=60")
		for range parts {
			<-next
			_, _ = rw.Write(make([]byte, part))
			_ = http.NewResponseController(rw).Flush()
		}
	})
	conn, err := net.Dial("tcp", front.Listener.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	fmt.Fprint(conn, "GET /a HTTP/1.1\r\nHost: www.example.com\r\nConnection: close\r\n\r\n")
	next <- struct{}{}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	require.NoError(t, err)
	for i := range parts {
		_, err := io.ReadFull(answer.Body, make([]byte, part))
		require.NoError(t, err)
		if i < parts-1 {
			next <- struct{}{}
		}
	}
	_, err = answer.Body.Read(make([]byte, 1))
	require.Equal(t, io.EOF, err)
	assert.Zero(t, w.front.cache.bytes, "4 MB is more than an eighth of the cache")
}

// TestBrokenAnswer: what breaks off at the site breaks off at the viewer, and is
// not kept.
func TestBrokenAnswer(t *testing.T) {
	for name, headers := range map[string]string{
		"with a length": "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: 100\r\n\r\nhalf",
		"in chunks":     "HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, Options{})
			front, _ := serve(t, w, func(rw http.ResponseWriter, r *http.Request) {
				conn, _, err := http.NewResponseController(rw).Hijack()
				if assert.NoError(t, err) {
					fmt.Fprint(conn, headers)
					_ = conn.Close()
				}
			})
			answer, err := http.Get(front.URL + "/a")
			require.NoError(t, err)
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
			assert.Equal(t, "half", string(body))
			front.Close() // then the request is over
			assert.Zero(t, w.front.cache.bytes)
			assert.Len(t, w.logged(), 1)
			assert.NoError(t, w.reported())
		})
	}
}

// TestNoContentType: what the site does not say is not guessed, from the cache or not.
func TestNoContentType(t *testing.T) {
	w := newWorld(t, Options{})
	w.origin = func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Cache-Control", "max-age=60")
		fmt.Fprint(rw, "<!doctype html><title>page</title>")
	}
	front := httptest.NewServer(w.front)
	t.Cleanup(front.Close)
	for _, result := range []string{resultMiss, resultHit} {
		answer, _ := fetch(t, front.URL+"/a")
		assert.Equal(t, result+" from darksocial", answer.Header.Get("X-Cache"))
		assert.NotContains(t, answer.Header, "Content-Type")
		assert.Empty(t, answer.Header.Get("Server-Timing"), "nobody says that it is HTML")
	}
}

// TestRefusalIsWhole: the viewer has all of a 503, although the site's answer goes on.
func TestRefusalIsWhole(t *testing.T) {
	w := newWorldWith(t, Options{}, Functions{Own: failing{}, Pages: failing{}})
	w.origin = func(rw http.ResponseWriter, _ *http.Request) {
		for {
			if _, err := rw.Write(make([]byte, 64<<10)); err != nil {
				panic(http.ErrAbortHandler) // as a proxy does
			}
		}
	}
	front := httptest.NewServer(w.front)
	t.Cleanup(front.Close)
	answer, body := fetch(t, front.URL+"/a")
	assert.Equal(t, http.StatusServiceUnavailable, answer.StatusCode)
	assert.Equal(t, "The CDN's function failed.\n", body)
}

// TestPanics: a viewer never sees one.
func TestPanics(t *testing.T) {
	w := newWorld(t, Options{})
	w.origin = func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/late" {
			rw.Header().Set("Cache-Control", "max-age=60")
			fmt.Fprint(rw, "half")
			_ = http.NewResponseController(rw).Flush()
		}
		rw.Header().Set("Set-Cookie", "secret=1")
		panic("secret")
	}
	w.own = func(http.ResponseWriter, *http.Request) { panic("secret") }
	front := httptest.NewServer(w.front)
	t.Cleanup(front.Close)
	for _, path := range []string{"/early", "/_ds/hit"} {
		answer, body := fetch(t, front.URL+path)
		assert.Equal(t, http.StatusBadGateway, answer.StatusCode)
		assert.Equal(t, "The site broke off before it had answered.\n", body)
		assert.NotContains(t, answer.Header, "Set-Cookie")
	}
	answer, err := http.Get(front.URL + "/late")
	require.NoError(t, err)
	defer answer.Body.Close()
	_, err = io.ReadAll(answer.Body)
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	front.Close()
	require.Len(t, w.reports, 3)
	for i, err := range w.reports {
		assert.ErrorContains(t, err, "request "+id(i+1)+": panic: secret")
	}
	logged := w.logged()
	require.Len(t, logged, 3)
	assert.Equal(t, http.StatusBadGateway, logged[0].Status)
	assert.Equal(t, http.StatusOK, logged[2].Status)
	assert.Zero(t, w.front.cache.bytes)
}

// TestEarlyHints pass, and are not the answer.
func TestEarlyHints(t *testing.T) {
	w := newWorld(t, Options{})
	front, _ := serve(t, w, func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Link", "</a.css>; rel=preload")
		rw.WriteHeader(http.StatusEarlyHints)
		text("page")(rw, r)
	})
	var early []int
	trace := &httptrace.ClientTrace{Got1xxResponse: func(code int, _ textproto.MIMEHeader) error {
		early = append(early, code)
		return nil
	}}
	r, err := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), trace), http.MethodGet, front.URL+"/a", nil)
	require.NoError(t, err)
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer answer.Body.Close()
	assert.Equal(t, []int{http.StatusEarlyHints}, early)
	assert.Equal(t, http.StatusOK, answer.StatusCode)
	assert.Contains(t, answer.Header.Get("Server-Timing"), id(1))
}

// TestWebsocket: the connection is handed over, and logged when it ends.
func TestWebsocket(t *testing.T) {
	w := newWorld(t, Options{})
	site := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "websocket", r.Header.Get("Upgrade"))
		conn, buffered, err := http.NewResponseController(rw).Hijack()
		if !assert.NoError(t, err) {
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
		line, err := buffered.ReadString('\n')
		assert.NoError(t, err)
		fmt.Fprint(conn, strings.ToUpper(line))
	}))
	t.Cleanup(site.Close)
	target, err := url.Parse(site.URL)
	require.NoError(t, err)
	w.origin = NewOrigin(target).ServeHTTP
	over := make(chan struct{})
	front := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		defer close(over)
		w.front.ServeHTTP(rw, r)
	}))
	t.Cleanup(front.Close)
	conn, err := net.Dial("tcp", front.Listener.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	fmt.Fprint(conn, "GET /socket HTTP/1.1\r\nHost: www.example.com\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
	in := bufio.NewReader(conn)
	answer, err := http.ReadResponse(in, nil)
	require.NoError(t, err)
	assert.Equal(t, http.StatusSwitchingProtocols, answer.StatusCode)
	fmt.Fprint(conn, "hello\n")
	line, err := in.ReadString('\n')
	require.NoError(t, err)
	assert.Equal(t, "HELLO\n", line)
	_, err = in.ReadByte()
	require.Equal(t, io.EOF, err)
	require.NoError(t, conn.Close())
	<-over
	logged := w.logged()
	require.Len(t, logged, 1)
	assert.Equal(t, http.StatusSwitchingProtocols, logged[0].Status)
}
