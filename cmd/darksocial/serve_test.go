package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/engine/process"
	"darksocial/internal/parquetfile"
)

// served is `darksocial serve` as a process of its own.
type served struct {
	t       *testing.T
	cmd     *exec.Cmd
	process *process.Process
	url     string

	report, token string // with --report
}

func startServe(t *testing.T, args ...string) *served {
	program, err := os.Executable()
	require.NoError(t, err)
	out, in, err := os.Pipe()
	require.NoError(t, err)
	s := &served{t: t, cmd: exec.Command(program)}
	s.cmd.Args = append([]string{"darksocial", "serve", "--json", "--listen", "127.0.0.1:0"}, args...)
	s.cmd.Stdout = in
	s.process, err = process.Start(s.cmd)
	require.NoError(t, err)
	t.Cleanup(s.process.Stop)
	require.NoError(t, in.Close())
	var said struct{ URL, Report, Token string }
	require.NoError(t, json.NewDecoder(bufio.NewReader(out)).Decode(&said), s.process.Output())
	require.NoError(t, out.Close())
	s.url, s.report, s.token = said.URL, said.Report, said.Token
	return s
}

// interrupt is Ctrl-C.
func (s *served) interrupt() {
	require.NoError(s.t, s.cmd.Process.Signal(syscall.SIGINT))
	require.NoError(s.t, s.process.Err(), s.process.Output())
}

func (s *served) get(path string, headers map[string]string) *http.Response {
	r, err := http.NewRequest(http.MethodGet, s.url+path[1:], nil)
	require.NoError(s.t, err)
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(s.t, err)
	_, err = io.Copy(io.Discard, answer.Body)
	require.NoError(s.t, err)
	require.NoError(s.t, answer.Body.Close())
	return answer
}

// visit opens a page as an app's browser does, runs its script and returns the
// answer to the hit.
func (s *served) visit(path string) *http.Response {
	browser := map[string]string{"User-Agent": webView,
		"X-Requested-With": "com.viber.voip", "Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document", "Accept": "text/html"}
	page := s.get(path, browser)
	require.Equal(s.t, 200, page.StatusCode)
	hint := regexp.MustCompile(`ds;desc="([^"]*)"`).FindStringSubmatch(page.Header.Get("Server-Timing"))
	require.Len(s.t, hint, 2, page.Header)
	browser["Sec-Fetch-Site"], browser["Sec-Fetch-Dest"], browser["Referer"] = "same-origin", "empty", s.url+path[1:]
	q := url.Values{"v": {"1"}, "i": {"0123456789abcdef01234567"}, "h": {hint[1]}, "p": {path}, "n": {"navigate"}, "a": {"1"}}
	return s.get("/_ds/hit?"+q.Encode(), browser)
}

const (
	webView = "Mozilla/5.0 (Linux; Android 14; SM-S911B Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/137.0.7151.61 Mobile Safari/537.36"
	article = "/lokales/muehlenwehr-wird-erneuert"
)

// TestServe: from a page opened in an app to the day's tables, on one machine, with
// the log and the script agreeing that it was one arrival.
func TestServe(t *testing.T) {
	store := t.TempDir()
	s := startServe(t, "--store", store)
	answer := s.visit(article)
	assert.Equal(t, 204, answer.StatusCode, answer.Header)
	assert.Empty(t, answer.Header.Get("X-Ds-Note"))
	assert.Equal(t, 200, s.get("/_ds/me", nil).StatusCode)
	assert.Equal(t, 403, s.get("/_ds/hit?v=1", nil).StatusCode)
	s.interrupt()

	assert.Equal(t, []rollup.Arrival{{Page: article, Channel: "dark_social", Source: "viber", Visibility: "private", Surface: "in_app", Confidence: "strong",
		ByReferrer: "direct", Arrivals: 1}}, arrivals(t, store, "localhost"))
	left, err := filepath.Glob(filepath.Join(store, "cdn-logs", "*.log"))
	require.NoError(t, err)
	assert.Empty(t, left, "what was labelled is gone")
}

// TestServeReport: who has the token that was told sees the visit that was just made.
func TestServeReport(t *testing.T) {
	s := startServe(t, "--store", t.TempDir(), "--report", "127.0.0.1:0")
	require.Equal(t, 204, s.visit(article).StatusCode)
	ask := func(token string) (*http.Response, map[string]any) {
		r, err := http.NewRequest(http.MethodGet, s.report+"api/v1/now?site=localhost", nil)
		require.NoError(t, err)
		r.Header.Set("X-DS-Token", token)
		answer, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		defer answer.Body.Close()
		var said map[string]any
		require.NoError(t, json.NewDecoder(answer.Body).Decode(&said))
		return answer, said
	}
	answer, _ := ask(s.token + "x")
	assert.Equal(t, http.StatusUnauthorized, answer.StatusCode)
	answer, said := ask(s.token)
	require.Equal(t, http.StatusOK, answer.StatusCode, said)
	assert.EqualValues(t, 1, said["arrivals"], said)
	assert.EqualValues(t, 1, said["private"], said)

	page, err := http.Get(s.report)
	require.NoError(t, err)
	require.NoError(t, page.Body.Close())
	assert.Equal(t, http.StatusOK, page.StatusCode)
	s.interrupt()
}

// TestServeShop: what the demo's shop signs, collect takes.
func TestServeShop(t *testing.T) {
	store := t.TempDir()
	s := startServe(t, "--store", store)
	answer, err := http.PostForm(s.url+"laden/bestellung", nil)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, 200, answer.StatusCode)
	told := s.get("/_ds/buy?"+answer.Request.URL.RawQuery, map[string]string{"Sec-Fetch-Site": "same-origin", "User-Agent": webView})
	assert.Equal(t, 204, told.StatusCode, told.Header)
	assert.Equal(t, "unattributed", told.Header.Get("X-Ds-Note"))
	s.interrupt()
	files, err := filepath.Glob(filepath.Join(store, "lake", "purchases", "site=localhost", "*", "*.parquet"))
	require.NoError(t, err)
	require.Len(t, files, 1)
	rows := parquetRows[rollup.Purchase](t, files[0])
	require.Len(t, rows, 4, "one for each rule")
	for _, row := range rows {
		assert.Equal(t, rollup.Purchase{Link: "unattributed", Rule: row.Rule, Currency: "EUR", Orders: 1, Amount: 8999}, row)
	}
}

// TestServeKilled: what was logged before a kill is labelled by the next one.
func TestServeKilled(t *testing.T) {
	store := t.TempDir()
	s := startServe(t, "--store", store)
	require.Equal(t, 204, s.visit(article).StatusCode)
	s.process.Stop()
	left, err := filepath.Glob(filepath.Join(store, "cdn-logs", "*.log"))
	require.NoError(t, err)
	require.Len(t, left, 1)

	s = startServe(t, "--store", store)
	require.Equal(t, 204, s.visit(article).StatusCode)
	s.interrupt()
	rows := arrivals(t, store, "localhost")
	require.Len(t, rows, 1)
	assert.EqualValues(t, 2, rows[0].Arrivals)
}

// TestServeOrigin: before a site of one's own, with logs from before.
func TestServeOrigin(t *testing.T) {
	origin := startServe(t, "--store", t.TempDir()) // any site will do
	store := t.TempDir()
	s := startServe(t, "--store", store, "--site", "www.example.com", "--origin", origin.url, "--replay", "../../events/sample/www.example.com.2026-11-20.log.gz")
	require.Equal(t, 204, s.visit(article).StatusCode)
	s.interrupt()
	origin.interrupt()
	rows := arrivals(t, store, "www.example.com")
	days := map[string]bool{}
	var direct int64
	for _, row := range rows {
		if direct += row.Arrivals; row.Source == "viber" {
			days[row.Page] = true
		}
	}
	assert.Contains(t, days, article)
	assert.Greater(t, direct, int64(3000), "the sample day is there as well")
}

// TestServeRoute: a page that goes through the function is labelled by its own headers,
// without any script.
func TestServeRoute(t *testing.T) {
	origin := startServe(t, "--store", t.TempDir())
	store := t.TempDir()
	s := startServe(t, "--store", store, "--origin", origin.url, "--route", "/lokales/**")
	answer := s.get(article, map[string]string{"User-Agent": webView, "X-Requested-With": "com.viber.voip", "Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document", "Accept": "text/html"})
	require.Equal(t, 200, answer.StatusCode)
	s.interrupt()
	origin.interrupt()
	assert.Equal(t, []rollup.Arrival{{Page: article, Channel: "dark_social", Source: "viber", Visibility: "private", Surface: "in_app", Confidence: "strong",
		ByReferrer: "direct", Arrivals: 1}}, arrivals(t, store, "localhost"))
}

// arrivals reads the rows of all days.
func arrivals(t *testing.T, store, site string) []rollup.Arrival {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(store, "lake", "arrivals", "site="+site, "*", "*.parquet"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var rows []rollup.Arrival
	for _, name := range files {
		rows = append(rows, parquetRows[rollup.Arrival](t, name)...)
	}
	return rows
}

func parquetRows[T any](t *testing.T, name string) []T {
	t.Helper()
	file, err := os.Open(name)
	require.NoError(t, err)
	defer file.Close()
	info, err := file.Stat()
	require.NoError(t, err)
	var rows []T
	for row, err := range parquetfile.Read[T](file, info.Size()) {
		require.NoError(t, err)
		rows = append(rows, row)
	}
	return rows
}
