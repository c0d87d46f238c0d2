package front

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/edge"
	"darksocial/internal/edgefunction"
	functions "darksocial/terraform/edge"
)

// noon is when the world begins.
var noon = time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)

// world is a front with our own edge functions, before handlers that a test sets.
type world struct {
	t      testing.TB
	front  *Front
	log    *AccessLog
	origin http.HandlerFunc
	own    http.HandlerFunc

	mu       sync.Mutex
	time     time.Time
	requests int
	reports  []error
}

func newWorld(t testing.TB, o Options) *world {
	t.Helper()
	return newWorldWith(t, o, Functions{Own: load(t, "viewer-request.js", functions.ViewerRequest), Pages: load(t, "viewer-response.js", functions.ViewerResponse)})
}

func newWorldWith(t testing.TB, o Options, f Functions) *world {
	t.Helper()
	w := &world{t: t, time: noon}
	var err error
	w.log, err = OpenAccessLog(t.TempDir(), w.now)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.log.Close()) })
	o.Now, o.NewID = w.now, w.newID
	origin := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { w.origin(rw, r) })
	own := http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { w.own(rw, r) })
	w.front = New(origin, own, f, w.log, w.report, o)
	return w
}

func load(t testing.TB, name, source string) *edgefunction.Function {
	t.Helper()
	f, err := edgefunction.Load(name, source)
	require.NoError(t, err)
	return f
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.time
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.time = w.time.Add(d)
}

func (w *world) newID() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.requests++
	return id(w.requests)
}

// id is that of the nth request.
func id(n int) string { return fmt.Sprintf("%054d==", n) }

func (w *world) report(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reports = append(w.reports, err)
}

func (w *world) reported() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return errors.Join(w.reports...)
}

// get sends a GET with headers given in pairs.
func (w *world) get(path string, headers ...string) *httptest.ResponseRecorder {
	return w.send(http.MethodGet, path, "", headers...)
}

func (w *world) send(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, bytes.NewReader([]byte(body)))
	r.Host = "www.example.com"
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	w.front.ServeHTTP(answer, r)
	return answer
}

// logged gives what was logged since the last call, as it is read when labelled.
func (w *world) logged() []darksocial.Visit {
	w.t.Helper()
	path, err := w.log.Rotate()
	require.NoError(w.t, err)
	if path == "" {
		return nil
	}
	defer func() { require.NoError(w.t, os.Remove(path)) }()
	return readLog(w.t, path, w.now)
}

// readLog reads a log whole; a line that cannot be read fails the test.
func readLog(t testing.TB, path string, now func() time.Time) []darksocial.Visit {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	r, err := edge.NewReader(bytes.NewReader(content), path, edge.Options{Format: edge.CloudFront, Now: now})
	require.NoError(t, err)
	var visits []darksocial.Visit
	var line edge.Line
	for r.Next(&line) {
		require.NoError(t, line.Err)
		visits = append(visits, cloned(line.Visit))
	}
	require.NoError(t, r.Err())
	return visits
}

// text answers with a page and headers given in pairs.
func text(body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		_, _ = w.Write([]byte(body))
	}
}

// counted counts the requests that reach a handler.
func counted(n *int, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		*n++
		h(w, r)
	}
}

// cloned copies a visit's strings out of the reader's buffer.
func cloned(v darksocial.Visit) darksocial.Visit {
	for _, s := range []*string{&v.ID, &v.Host, &v.Path, &v.Query, &v.Referer, &v.UserAgent, &v.Country, &v.Method, &v.ContentType} {
		*s = strings.Clone(*s)
	}
	return v
}
