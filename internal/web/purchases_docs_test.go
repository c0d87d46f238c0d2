package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/record"
	"darksocial/internal/edgefunction"
	"darksocial/internal/front"
	"darksocial/terraform/edge"
)

// needs skips a test for want of a program, or fails where all tests have to run.
func needs(t *testing.T, program string) string {
	path, err := exec.LookPath(program)
	switch {
	case err == nil:
	case os.Getenv("DARKSOCIAL_REQUIRE_ALL") != "":
		t.Fatalf("%s is missing: its example in docs/purchases.md was not run", program)
	default:
		t.Skipf("%s is not installed. Not run: its example in docs/purchases.md", program)
	}
	return path
}

// TestPurchasesPage runs the examples of docs/purchases.md against a shop behind the
// front, which refuses what CloudFront refuses.
func TestPurchasesPage(t *testing.T) {
	text, err := os.ReadFile("../../docs/purchases.md")
	require.NoError(t, err)
	example := func(language, with string) string {
		for _, found := range regexp.MustCompile("(?s)```"+language+"\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(found[1], with) {
				return found[1]
			}
		}
		require.Fail(t, "no such example", "%s with %s", language, with)
		return ""
	}
	for _, tt := range []struct {
		name string
		run  func(t *testing.T, dir, url string) *exec.Cmd
		want int64
	}{
		{"curl", func(t *testing.T, dir, url string) *exec.Cmd {
			needs(t, "curl")
			needs(t, "openssl")
			return exec.Command(needs(t, "bash"), "-ec", strings.Replace(example("sh", "curl"), "https://www.example.com", url, 1))
		}, 8999},
		{"Node", func(t *testing.T, dir, url string) *exec.Cmd {
			node := needs(t, "node")
			tell := strings.Replace(example("js", "export async function tell"), "https://www.example.com", url, 1)
			require.NoError(t, os.WriteFile(filepath.Join(dir, "tell.mjs"), []byte(tell), 0o600))
			script := `import { tell } from './tell.mjs'; const ordered = Math.floor(Date.now() / 1000)
				const order = { type: 'order', order: 'N-1', amount: 700, currency: 'EUR', ordered }
				await tell(order); await tell(order); await tell({ type: 'cancel', order: 'N-1', ordered })
				try { await tell({ ...order, amount: 1 }); process.exit(1) } catch (error) { if (!/409/.test(error)) throw error }`
			require.NoError(t, os.WriteFile(filepath.Join(dir, "main.mjs"), []byte(script), 0o600))
			return exec.Command(node, filepath.Join(dir, "main.mjs"))
		}, 0},
		{"a relay", func(t *testing.T, dir, url string) *exec.Cmd {
			node := needs(t, "node")
			tell := strings.Replace(example("js", "export async function tell"), "https://www.example.com", url, 1)
			relay := strings.Replace(strings.Replace(example("js", "createServer"), "./tell.js", "./tell.mjs", 1), ".listen(8080, '127.0.0.1')", ".listen(0, '127.0.0.1', run)", 1)
			relay = strings.Replace(relay, "createServer(", "const server = createServer(", 1) + `
				async function run() {
					const body = { id: 17, total: '89.99', currency: 'EUR', created_at: new Date().toISOString(), note: 'gift ds=8ZkPq4vR2Ts' }
					const answer = await fetch('http://127.0.0.1:' + server.address().port, { method: 'POST', body: JSON.stringify(body) })
					server.close(); server.closeAllConnections()
					if (answer.status !== 204) { console.error(answer.status, await answer.text()); process.exit(1) }
				}`
			require.NoError(t, os.WriteFile(filepath.Join(dir, "tell.mjs"), []byte(tell), 0o600))
			require.NoError(t, os.WriteFile(filepath.Join(dir, "relay.mjs"), []byte(relay), 0o600))
			return exec.Command(node, filepath.Join(dir, "relay.mjs"))
		}, 8999},
		{"PHP", func(t *testing.T, dir, url string) *exec.Cmd {
			php, err := exec.LookPath("php")
			if err != nil {
				t.Skip("PHP is not installed. Not run: its example in docs/purchases.md") // nor is it asked for anywhere
			}
			code := strings.Replace(example("php", "curl_init"), "https://www.example.com", url, 1) +
				"\ntell(['type' => 'order', 'order' => 'P-1', 'amount' => 300, 'currency' => 'EUR', 'ordered' => time()]);\n"
			file := filepath.Join(dir, "tell.php")
			require.NoError(t, os.WriteFile(file, []byte(code), 0o600))
			return exec.Command(php, file)
		}, 300},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newShop(t)
			s.clock.Store(time.Now().Unix()) // the examples have a clock of their own
			s.site.Hosts = append(s.site.Hosts, "127.0.0.1")
			dir := t.TempDir()
			command := tt.run(t, dir, s.behindTheFront(t))
			command.Env = append(os.Environ(), "SHOP_KEY="+s.key)
			says, err := command.CombinedOutput()
			require.NoError(t, err, string(says))
			total := int64(0)
			ids := map[record.ID]bool{}
			for _, o := range s.bought() {
				if !ids[o.ID] {
					total += o.After - o.Before
				}
				ids[o.ID] = true
			}
			assert.NotEmpty(t, ids, string(says))
			assert.Equal(t, tt.want, total)
		})
	}
}

// behindTheFront serves the shop behind the front and returns its address.
func (s *shop) behindTheFront(t *testing.T) string {
	own, err := edgefunction.Load("viewer-request.js", edge.ViewerRequest)
	require.NoError(t, err)
	pages, err := edgefunction.Load("viewer-response.js", edge.ViewerResponse)
	require.NoError(t, err)
	log, err := front.OpenAccessLog(t.TempDir(), s.now)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, log.Close()) })
	server := httptest.NewServer(front.New(http.NotFoundHandler(), s.collect, front.Functions{Own: own, Pages: pages}, log,
		func(err error) { assert.NoError(t, err) }, front.Options{}))
	t.Cleanup(server.Close)
	return fmt.Sprintf("http://%s", server.Listener.Addr())
}
