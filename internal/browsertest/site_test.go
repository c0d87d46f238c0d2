package browsertest_test

import (
	"bytes"
	"cmp"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// page is what a site shows at a path. The zero value is a page with the beacon
// and nothing else.
type page struct {
	head   string                     // before the script
	script string                     // in place of the script's plain tag
	body   string                     // behind it
	header http.Header                // of the answer; without Cache-Control the page is revalidated
	hint   func(hint string) []string // the metrics of Server-Timing, made of the edge's hint; nil: just that
	raw    string                     // all of the answer's body, which is no page then
}

// built is where the scripts are as they are committed, and as programs embed them.
const built = "../web/assets/"

const tag = `<script src="/_ds/ds.js"></script>`

// edgeSecond is what the edge's clock says in these tests.
const edgeSecond = 1795786000

// site is a web server behind an edge that adds the hint, and the collect that
// answers to the beacon. It remembers what it was asked for.
type site struct {
	URL string

	mu       sync.Mutex
	changed  *sync.Cond
	pages    map[string]page
	hint     map[string][]string // hints given, by path, in order
	asked    []string            // paths, in order
	hits     []hit
	reads    []hit    // requests for /_ds/read
	shares   []hit    // requests for /_ds/share
	scripts  []string // asked for, in order
	codeName string   // of the parameter that carries codes
	released map[string]bool
	closed   bool
	answer   http.HandlerFunc // to a hit
	code     http.HandlerFunc // to a button that asks for a code
}

// hit is a request for /_ds/hit: its parameters, and of its headers what matters.
type hit struct {
	query  url.Values
	header http.Header
}

// newSite starts a site at 127.0.0.1, or under another name of it, which makes it
// another site to a browser.
func newSite(t *testing.T, name string) *site {
	t.Helper()
	s := &site{pages: map[string]page{}, hint: map[string][]string{}, released: map[string]bool{}, codeName: "ds"}
	s.changed = sync.NewCond(&s.mu)
	s.answer = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
	}
	s.code = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write([]byte(`{"code":"8ZkPq4vR2Ts"}`))
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/", s.page)
	mux.HandleFunc("/_ds/share", s.share)
	mux.HandleFunc("/_ds/hit", s.hit)
	mux.HandleFunc("/_ds/read", s.read)
	for path, file := range map[string]string{"/_ds/ds.js": "ds.js", "/_ds/ds.0123abcd.js": "ds.js", "/_ds/read.js": "read.js", "/_ds/share.js": "share.js"} {
		script, err := os.ReadFile(built + file)
		require.NoError(t, err)
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			s.mu.Lock()
			s.scripts = append(s.scripts, file)
			name := s.codeName
			s.mu.Unlock()
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = w.Write(bytes.Replace(script, []byte("__CODE_NAME__"), []byte(name), 1)) // as internal/web does it
		})
	}
	mux.HandleFunc("/favicon.ico", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("/tell/{what}", s.tell)
	mux.HandleFunc("/until/{what}", s.until)
	server := httptest.NewServer(mux)
	t.Cleanup(func() {
		s.mu.Lock()
		s.closed = true
		s.mu.Unlock()
		s.changed.Broadcast()
		server.CloseClientConnections()
		server.Close()
	})
	s.URL = strings.Replace(server.URL, "127.0.0.1", name, 1)
	return s
}

// page answers with a page and the edge's hint.
func (s *site) page(w http.ResponseWriter, r *http.Request) {
	defer s.changed.Broadcast()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.URL.EscapedPath())
	p := s.pages[r.URL.EscapedPath()]
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	for name, values := range p.header {
		w.Header()[name] = values
	}
	hint := s.hintFor(r)
	s.hint[r.URL.EscapedPath()] = append(s.hint[r.URL.EscapedPath()], hint)
	if p.hint == nil {
		p.hint = func(hint string) []string { return []string{fmt.Sprintf(`ds;desc="%s"`, hint)} }
	}
	for _, metric := range p.hint(hint) {
		w.Header().Add("Server-Timing", metric)
	}
	status := http.StatusOK
	switch {
	case w.Header().Get("Location") != "":
		status = http.StatusFound
	case w.Header().Get("ETag") != "" && r.Header.Get("If-None-Match") == w.Header().Get("ETag"):
		status = http.StatusNotModified
	}
	w.WriteHeader(status)
	switch {
	case status != http.StatusOK: // without a body
	case p.raw != "":
		_, _ = w.Write([]byte(p.raw))
	default:
		fmt.Fprintf(w, "<!doctype html><meta charset=utf-8><title>%s</title>%s%s%s", r.URL.Path, p.head, cmp.Or(p.script, tag), p.body)
	}
}

// hintFor is what the edge says of a request for a page.
func (s *site) hintFor(r *http.Request) string {
	objection := "0"
	if c, _ := r.Cookie("ds_off"); r.Header.Get("Sec-GPC") == "1" || r.Header.Get("DNT") == "1" || c != nil && c.Value == "1" {
		objection = "1"
	}
	id := fmt.Sprintf("request-%d_on==", len(s.asked)) // CloudFront's are base64url, too
	return strings.Join([]string{"1", id, fmt.Sprint(edgeSecond),
		r.Header.Get("Sec-Fetch-Site"), r.Header.Get("Sec-Fetch-Dest"), r.Header.Get("Sec-Purpose"), objection}, ".")
}

func (s *site) hit(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.hits = append(s.hits, hit{r.URL.Query(), r.Header.Clone()})
	answer := s.answer
	s.mu.Unlock()
	s.changed.Broadcast()
	answer(w, r)
}

func (s *site) read(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.reads = append(s.reads, hit{r.URL.Query(), r.Header.Clone()})
	answer := s.answer
	s.mu.Unlock()
	s.changed.Broadcast()
	answer(w, r)
}

func (s *site) share(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.shares = append(s.shares, hit{r.URL.Query(), r.Header.Clone()})
	code := s.code
	s.mu.Unlock()
	s.changed.Broadcast()
	code(w, r)
}

// tell is where a page says what it did.
func (s *site) tell(w http.ResponseWriter, r *http.Request) {
	s.release(r.PathValue("what"))
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}

// until answers a page when the test, or another page, lets it.
func (s *site) until(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.released[r.PathValue("what")] && !s.closed {
		s.changed.Wait()
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
}

func (s *site) release(what string) {
	s.mu.Lock()
	s.released[what] = true
	s.mu.Unlock()
	s.changed.Broadcast()
}

// put sets what the site shows at a path.
func (s *site) put(path string, p page) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = p
}

// given returns the nth hint, from 1, that was given with a path.
func (s *site) given(t *testing.T, path string, n int) string {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	require.GreaterOrEqual(t, len(s.hint[path]), n, "%s was not asked for so often", path)
	return s.hint[path][n-1]
}

// received waits for a number of hits and returns all there are.
func (s *site) received(t *testing.T, n int) []hit {
	t.Helper()
	s.waitFor(t, fmt.Sprintf("%d hits", n), func() bool { return len(s.hits) >= n })
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]hit{}, s.hits...)
}

// wereRead waits for a number of words on how pages were read and returns all there are.
func (s *site) wereRead(t *testing.T, n int) []hit {
	t.Helper()
	s.waitFor(t, fmt.Sprintf("%d words on reading", n), func() bool { return len(s.reads) >= n })
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]hit{}, s.reads...)
}

// wereShared waits for a number of words of buttons and returns all there are.
func (s *site) wereShared(t *testing.T, n int) []hit {
	t.Helper()
	s.waitFor(t, fmt.Sprintf("%d words of buttons", n), func() bool { return len(s.shares) >= n })
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]hit{}, s.shares...)
}

// loaded says whether a page has asked for a script.
func (s *site) loaded(file string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(s.scripts, file)
}

// told waits until a page has told something.
func (s *site) told(t *testing.T, what string) {
	t.Helper()
	s.waitFor(t, "a page to tell "+what, func() bool { return s.released[what] })
}

func (s *site) waitFor(t *testing.T, what string, there func() bool) {
	t.Helper()
	late := false
	timer := time.AfterFunc(30*time.Second, func() {
		s.mu.Lock()
		late = true
		s.mu.Unlock()
		s.changed.Broadcast()
	})
	defer timer.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for !there() {
		if late {
			require.Failf(t, "waited in vain", "for %s; asked for: %v; hits: %v", what, s.asked, s.hits)
		}
		s.changed.Wait()
	}
}
