package front

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
)

func clock() time.Time { return noon }

func openLog(t testing.TB, dir string) *AccessLog {
	t.Helper()
	l, err := OpenAccessLog(dir, clock)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, l.Close()) })
	return l
}

func entryOf(n int) *Entry {
	return &Entry{Time: noon, ID: id(n), Method: "GET", Protocol: "http", Host: "www.example.com", Stem: fmt.Sprint("/", n), Status: 200, Result: resultMiss}
}

// TestRoundTrip: what a viewer sends is what the reader of logs gives.
func TestRoundTrip(t *testing.T) {
	for _, tt := range []struct {
		name    string
		target  string
		host    string
		headers []string
		want    darksocial.Visit
	}{
		{"plain", "/artikel/freibad", "www.example.com",
			[]string{"Referer", "https://l.facebook.com/", "User-Agent", "Mozilla/5.0 (Linux; Android 10; K) [WA4A/2.25.32.75;]"},
			darksocial.Visit{Host: "www.example.com", Path: "/artikel/freibad", Referer: "https://l.facebook.com/", UserAgent: "Mozilla/5.0 (Linux; Android 10; K) [WA4A/2.25.32.75;]"}},
		{"nothing sent", "/", "www.example.com", nil, darksocial.Visit{Host: "www.example.com", Path: "/"}},
		{"escapes", "/b%C3%BCrgerbus/a%2520b?q=a%26b&c=%25&d=e+f", "www.example.com", []string{"Referer", "https://example.org/?q=%22x%22"},
			darksocial.Visit{Host: "www.example.com", Path: "/b%C3%BCrgerbus/a%2520b", Query: "q=a%26b&c=%25&d=e+f", Referer: "https://example.org/?q=%22x%22"}},
		{"not escaped", "/a[b]|c'`{~}?q=<\">^", "www.example.com", []string{"Referer", "https://example.org/<\">[x]"},
			darksocial.Visit{Host: "www.example.com", Path: "/a[b]|c'`{~}", Query: "q=<\">^", Referer: "https://example.org/<\">[x]"}},
		{"tab and umlaut in a header", "/a", "www.example.com", []string{"User-Agent", "a\tb ü %41"}, darksocial.Visit{Host: "www.example.com", Path: "/a", UserAgent: "a\tb ü %41"}},
		{"host with a port", "/a", "LocalHost:8080", nil, darksocial.Visit{Host: "localhost", Path: "/a"}},
		{"an empty query", "/a?", "www.example.com", nil, darksocial.Visit{Host: "www.example.com", Path: "/a"}},
		{"two question marks", "/a?b?c", "www.example.com", nil, darksocial.Visit{Host: "www.example.com", Path: "/a", Query: "b?c"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t, Options{})
			w.origin = text("page")
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RequestURI, r.Host = tt.target, tt.host
			for i := 0; i < len(tt.headers); i += 2 {
				r.Header.Set(tt.headers[i], tt.headers[i+1])
			}
			w.front.ServeHTTP(httptest.NewRecorder(), r)
			want := tt.want
			want.ID, want.Time, want.Method, want.Status, want.ContentType = id(1), noon, "GET", 200, "text/html"
			want.Sees = darksocial.SeesReferer | darksocial.SeesUserAgent
			assert.Equal(t, []darksocial.Visit{want}, w.logged())
		})
	}
}

// TestLogLine is the line itself, with all its columns.
func TestLogLine(t *testing.T) {
	w := newWorld(t, Options{})
	w.origin, w.own = text("page", "Cache-Control", "max-age=60"), text("")
	w.get("/a%20b?c=d", "Cookie", "secret=1", "X-Forwarded-For", "203.0.113.9", "User-Agent", "curl/8 x")
	w.get("/a%20b?c=d")
	w.get("/_ds/hit?v=1&h=secret", "Referer", "https://www.example.com/a?secret", "User-Agent", "curl/8")
	path, err := w.log.Rotate()
	require.NoError(t, err)
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	lines := strings.Split(string(content), "\n")
	require.Len(t, lines, 6)
	assert.Equal(t, "#Version: 1.0", lines[0])
	assert.Len(t, strings.Fields(lines[1]), 18)
	assert.Equal(t, "2026-11-27\t12:00:00\tLOCAL\t4\tGET\tfront.localhost\t/a%2520b\t200\t-\tcurl/8%20x\tc=d\tMiss\t"+id(1)+"\twww.example.com\thttp\t0.000\ttext/html;%20charset=utf-8", lines[2])
	assert.Contains(t, lines[3], "\tc=d\tHit\t"+id(2))
	assert.Equal(t, "2026-11-27\t12:00:00\tLOCAL\t0\tGET\tfront.localhost\t/_ds/hit\t200\t-\tcurl/8\t-\tMiss\t"+id(3)+"\twww.example.com\thttp\t0.000\ttext/html;%20charset=utf-8", lines[4],
		"query and Referer of a hit belong to the page's line")
	assert.Empty(t, lines[5])
	for _, secret := range []string{"secret", "203.0.113.9", "192.0.2.1"} {
		assert.NotContains(t, string(content), secret)
	}
}

func TestTimeTaken(t *testing.T) {
	w := newWorld(t, Options{})
	w.origin = func(http.ResponseWriter, *http.Request) { w.pass(1234567 * time.Microsecond) }
	w.get("/a")
	path, err := w.log.Rotate()
	require.NoError(t, err)
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Contains(t, string(content), "12:00:01\t", "CloudFront's time is that of the end")
	assert.Contains(t, string(content), "\t1.235\t")
}

func TestRotate(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir)
	path, err := l.Rotate()
	require.NoError(t, err)
	assert.Empty(t, path, "there is no line")

	require.NoError(t, l.Write(entryOf(1)))
	first, err := l.Rotate()
	require.NoError(t, err)
	assert.Regexp(t, regexp.MustCompile(`^E-LOCAL\.2026-11-27-12\.[A-Z0-9]{26}\.log$`), filepath.Base(first))
	info, err := os.Stat(first)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	require.NoError(t, l.Write(entryOf(2)))
	left, err := l.Leftover()
	require.NoError(t, err)
	assert.Equal(t, []string{first}, left, "not the one that is written to")
	second, err := l.Rotate()
	require.NoError(t, err)
	path, err = l.Rotate()
	require.NoError(t, err)
	assert.Empty(t, path)
	left, err = l.Leftover()
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{first, second}, left)

	assert.Equal(t, id(1), readLog(t, first, clock)[0].ID)
	assert.Equal(t, id(2), readLog(t, second, clock)[0].ID, "each has its header")
	require.NoError(t, os.Remove(first))
	require.NoError(t, os.Remove(second))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "notes.txt"), nil, 0o600))
	left, err = l.Leftover()
	require.NoError(t, err)
	assert.Empty(t, left)
}

// TestRotateUnderLoad: every line is in exactly one of the files, whole.
func TestRotateUnderLoad(t *testing.T) {
	const writers, lines = 8, 250
	l := openLog(t, t.TempDir())
	var all sync.WaitGroup
	for writer := range writers {
		all.Go(func() {
			for i := range lines {
				assert.NoError(t, l.Write(entryOf(writer*lines+i)))
			}
		})
	}
	over := make(chan struct{})
	go func() {
		all.Wait()
		close(over)
	}()
	var paths []string
	for rotating := true; rotating; {
		select {
		case <-over:
			rotating = false
		default:
		}
		path, err := l.Rotate()
		require.NoError(t, err)
		if path != "" {
			paths = append(paths, path)
		}
	}
	seen := map[string]int{}
	for _, path := range paths {
		for _, visit := range readLog(t, path, clock) {
			seen[visit.ID]++
		}
	}
	require.Len(t, seen, writers*lines)
	for id, n := range seen {
		assert.Equal(t, 1, n, id)
	}
}

// TestAfterAnError: the line that could not be written is reported, the next one
// begins another file, and what was written before stays.
func TestAfterAnError(t *testing.T) {
	l := openLog(t, t.TempDir())
	require.NoError(t, l.Write(entryOf(1)))
	require.NoError(t, l.file.Close()) // as a disk that fails
	require.Error(t, l.Write(entryOf(2)))
	require.NoError(t, l.Write(entryOf(3)))
	require.NoError(t, l.Close())
	left, err := l.Leftover()
	require.NoError(t, err)
	var ids []string
	for _, path := range left {
		for _, visit := range readLog(t, path, clock) {
			ids = append(ids, visit.ID)
		}
	}
	assert.ElementsMatch(t, []string{id(1), id(3)}, ids)
}

func TestClosed(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir)
	_, err := OpenAccessLog(dir, clock)
	require.ErrorContains(t, err, "another process", "whose file would be taken for a leftover")
	require.NoError(t, l.Write(entryOf(1)))
	require.NoError(t, l.Close())
	require.NoError(t, l.Close())
	require.ErrorIs(t, l.Write(entryOf(2)), errClosed)
	left, err := openLog(t, dir).Leftover()
	require.NoError(t, err)
	require.Len(t, left, 1)
	assert.Len(t, readLog(t, left[0], clock), 1)
}

// TestReported: a line that cannot be written costs the viewer nothing, and somebody
// is told.
func TestReported(t *testing.T) {
	w := newWorld(t, Options{})
	w.origin = text("page")
	require.NoError(t, w.log.Close())
	assert.Equal(t, http.StatusOK, w.get("/a").Code)
	require.ErrorIs(t, w.reported(), errClosed)
}

// killed is set for the process that TestKilled kills: the folder of its log.
const killed = "FRONT_TEST_LOG"

// TestKilled: of a process that is killed in the middle of its work the next one
// finds every line.
func TestKilled(t *testing.T) {
	const lines = 100
	if dir := os.Getenv(killed); dir != "" {
		l, err := OpenAccessLog(dir, clock)
		require.NoError(t, err)
		for i := range lines {
			require.NoError(t, l.Write(entryOf(i)))
		}
		fmt.Println("written")
		select {}
	}
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilled$")
	cmd.Env = append(os.Environ(), killed+"="+dir)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, cmd.Process.Kill())
	assert.Error(t, cmd.Wait(), "it did not end by itself")
	require.NoError(t, err)
	require.Equal(t, "written\n", line)

	left, err := openLog(t, dir).Leftover()
	require.NoError(t, err)
	require.Len(t, left, 1)
	assert.Len(t, readLog(t, left[0], clock), lines)
}

func BenchmarkAccessLog(b *testing.B) {
	l := openLog(b, b.TempDir())
	e := entryOf(1)
	e.UserAgent = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
	for b.Loop() {
		if err := l.Write(e); err != nil {
			b.Fatal(err)
		}
	}
}
