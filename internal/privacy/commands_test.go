package privacy

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/embedded"
	"darksocial/internal/engine/process"
)

// program is the command as a person runs it, in a folder of its own.
type program struct {
	t      *testing.T
	binary string
	dir    string
	store  string
	said   []item
}

func newProgram(t *testing.T) *program {
	p := &program{t: t, binary: built(t), dir: t.TempDir(), store: t.TempDir()}
	site := map[string]any{"hosts": []string{siteName}, "pages": map[string]any{"hide": []string{hidden}}, "log_fields": fieldMap().Keys}
	p.write("site.json", []byte(asJSON(site)))
	return p
}

var build struct {
	sync.Mutex
	binary string
}

// built is the command, built once. It is built like the tests are, of which most is
// there already.
func built(t *testing.T) string {
	t.Helper()
	build.Lock()
	defer build.Unlock()
	if build.binary == "" {
		binary := filepath.Join(process.TempDir(t), "darksocial")
		out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "darksocial/cmd/darksocial").CombinedOutput()
		require.NoError(t, err, string(out))
		build.binary = binary
	}
	return build.binary
}

func (p *program) write(name string, content []byte) string {
	p.t.Helper()
	name = filepath.Join(p.dir, name)
	require.NoError(p.t, os.WriteFile(name, content, 0o600))
	return name
}

// run runs a command that must end with a status, and notes all it says.
func (p *program) run(status int, args ...string) {
	p.t.Helper()
	cmd := exec.CommandContext(p.t.Context(), p.binary, p.flags(args...)...)
	var out, complaints bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaints
	err := cmd.Run()
	if ended := (*exec.ExitError)(nil); !errors.As(err, &ended) {
		require.NoError(p.t, err)
	}
	require.Equal(p.t, status, cmd.ProcessState.ExitCode(), "%v: %s", args[0], complaints.String())
	p.said = append(p.said, item{"command " + args[0], out.Bytes()}, item{"command " + args[0] + ", complaints", complaints.Bytes()})
}

// flags adds where the site file and the store are.
func (p *program) flags(args ...string) []string {
	args = append(args, "--site-file", filepath.Join(p.dir, "site.json"))
	if args[0] != "classify" && args[0] != "explain" {
		args = append(args, "--store", p.store)
	}
	return args
}

// kept is all that is in the folder of the store.
func (p *program) kept() []item {
	p.t.Helper()
	return decoded(p.t, append(files(p.t, p.store), rows(p.t, filepath.Join(p.store, embedded.FileName))...))
}

// TestCommands runs the command on logs full of secrets, and before a site whose
// visitors have such.
func TestCommands(t *testing.T) {
	p, g := newProgram(t), newGenerator(6)
	logs := map[string]string{}
	var ids []string
	for i := range formats {
		f := &formats[i]
		at := midnight.Add(time.Duration(2+i) * time.Hour)
		views := g.views(f.name)
		log := append(f.write(views, at), strings.Join(g.broken(f, at), "\n")...)
		logs[f.name] = p.write(f.name+".log", log)
		args := []string{logs[f.name], "--format", string(f.options.Format)}
		if f.name == "cloudfront-realtime" {
			args = append(args, "--fields", strings.Join(realtimeFields, ","))
		}
		p.run(3, append([]string{"label"}, args...)...)
		p.run(3, append([]string{"classify"}, args...)...)
		if f.name == "ndjson" {
			for _, v := range views {
				switch v.what {
				case "path, address", "path, name in a segment that nobody hides", "query", "campaign without an address", "Referer, mail box", "Referer, name in a host",
					"User-Agent, unknown app", "X-Requested-With, unknown app":
					ids = append(ids, v.id)
				}
			}
			require.Len(t, ids, 8)
		}
	}
	p.run(0, "rollup", "--from", date)
	p.run(0, "summary")
	p.run(0, "summary", "--json")
	for _, id := range ids {
		p.run(0, "show", id)
	}
	p.explain(g)
	p.run(0, "forget", "--code", "0000000000a")
	p.replay(g)
	l := newLook(t, g)
	l.at("on one machine", append(p.kept(), p.said...))
	l.needs(campaignValues, refererHosts, namesInPaths, unknownApps, givenIDs)
	require.Contains(t, string(saidBy(p.said, "command summary")), "/lokales/muehlenwehr")

	// A backfill keeps no records, and its own folder only until it has made the tables.
	p.store, p.said = t.TempDir(), nil
	p.run(3, "backfill", logs["combined"], "--format", "combined", "--partial")
	p.run(0, "summary")
	l = newLook(t, g)
	l.atLeast("after a backfill", append(p.kept(), p.said...), 20_000)
	l.needs(namesInPaths)
	require.Contains(t, string(saidBy(p.said, "command summary")), "/lokales/muehlenwehr")
}

func saidBy(said []item, name string) (all []byte) {
	for _, it := range said {
		if it.name == name {
			all = append(all, it.content...)
		}
	}
	return all
}

// explain asks about visits that a person types.
func (p *program) explain(g *generator) {
	for i, v := range g.views("explain") {
		if i%5 == 0 && !strings.Contains(v.what, "cut in") {
			p.run(0, "explain", "https://"+v.host+pathAndQuery(&v), "--referer", v.referer, "--user-agent", v.agent, "--header", "Cookie: "+v.cookie)
		}
	}
}

// replay gives the label function's handler an event with records full of secrets.
func (p *program) replay(g *generator) {
	f := &formats[2]
	at := midnight.Add(20 * time.Hour)
	records := strings.SplitAfter(strings.TrimSuffix(string(f.write(g.views("replay"), at)), "\n"), "\n")
	n := len(g.secrets)
	records = append(records, g.broken(f, at)...)
	for _, s := range g.secrets[n:] {
		s.may = unreadable
	}
	event := kinesisEvent(records)
	p.run(0, "replay", "--function", "label", "--fields", strings.Join(realtimeFields, ","), p.write("kinesis.json", []byte(asJSON(event))))
}

// TestServe runs the CDN, collect and the roll-ups before a site, and ends it as a
// person does.
func TestServe(t *testing.T) {
	p, g := newProgram(t), newGenerator(7)
	site := httptest.NewServer(http.HandlerFunc(page))
	defer site.Close()
	out, in, err := os.Pipe()
	require.NoError(t, err)
	defer out.Close()
	cmd := exec.Command(p.binary, p.flags("serve", "--json", "--listen", "127.0.0.1:0", "--origin", site.URL)...)
	cmd.Stdout = in
	server, err := process.Start(cmd)
	require.NoError(t, err)
	t.Cleanup(server.Stop)
	require.NoError(t, in.Close())
	var where struct{ URL string }
	require.NoError(t, json.NewDecoder(out).Decode(&where), server.Output())
	address, err := url.Parse(where.URL)
	require.NoError(t, err)

	send := func(r *http.Request) *http.Response {
		r.URL.Scheme, r.URL.Host, r.RequestURI = "http", address.Host, ""
		answer, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		body, err := io.ReadAll(answer.Body)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		if r.URL.Path != "/_ds/me" { // which shows a browser what it has sent
			p.said = append(p.said, item{"answer to a page", append([]byte(asJSON(answer.Header)), body...)})
		}
		return answer
	}
	kept := 0
	for _, v := range g.views("serve") {
		if v.otherHost || len(v.path) > 2048 {
			continue
		}
		opened := send(request(&v, "GET", pathAndQuery(&v)))
		hint := hintIn.FindStringSubmatch(opened.Header.Get("Server-Timing"))
		require.Len(t, hint, 2, v.what)
		assert.Equal(t, 204, send(g.hit(&v, hint[1])).StatusCode, v.what)
		assert.Equal(t, 200, send(request(&v, "GET", "/_ds/me")).StatusCode, v.what)
		g.put("serve, hit: " + v.what)
		kept++
	}
	require.NoError(t, cmd.Process.Signal(syscall.SIGINT))
	require.NoError(t, server.Err(), server.Output())
	p.said = append(p.said, item{"command serve", []byte(server.Output())})

	left, err := filepath.Glob(filepath.Join(p.store, "cdn-logs", "*.log"))
	require.NoError(t, err)
	assert.Empty(t, left, "the CDN's log is gone when it is labelled")
	g.add("address", "127.0.0.1", "127.0.0.1") // of all these visitors
	g.put("serve")
	l := newLook(t, g)
	l.at("after serve", append(p.kept(), p.said...))
	l.needs(campaignValues, refererHosts, namesInPaths, unknownApps, ownWords)
	assert.Greater(t, kept, len(places)-5)
}
