package web_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/embedded"
	"darksocial/internal/engine/process"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
	"darksocial/internal/visitor"
	"darksocial/internal/web"
)

// rounds is how often the server is killed.
const rounds = 100

// serveEnv names the folder of a server that this test binary is to be.
const serveEnv = "DARKSOCIAL_TEST_SERVE"

// serve is the process that TestKilled kills: collect on SQLite. It says where it
// listens.
func serve(dir string) error {
	store, err := embedded.Open(dir, noon)
	if err != nil {
		return err
	}
	now := func() time.Time { return noon }
	s := &site.Site{Name: siteName, Site: darksocial.Site{Hosts: []string{"example.com"}}}
	writer := ledger.NewWriter(ledger.New(store, store, now), record.Beacon, time.Minute)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	return http.Serve(listener, web.NewCollect(site.Serve([]*site.Site{s}), writer, visitor.NewSalts(store, now), now))
}

// TestKilled kills a server under load, again and again. Every hit that was
// acknowledged is there afterwards.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	program, err := os.Executable()
	require.NoError(t, err)
	acknowledged := map[record.ID]bool{}
	for round := range rounds {
		out, in, err := os.Pipe()
		require.NoError(t, err)
		cmd := exec.Command(program)
		cmd.Env = append(os.Environ(), serveEnv+"="+dir)
		cmd.Stdout = in
		server, err := process.Start(cmd)
		require.NoError(t, err)
		require.NoError(t, in.Close())
		address, err := bufio.NewReader(out).ReadString('\n')
		require.NoError(t, err, server.Output())
		require.NoError(t, out.Close())

		var mu sync.Mutex
		var group sync.WaitGroup
		enough := make(chan struct{})
		count := 0
		for worker := range 16 {
			group.Go(func() {
				untilKilled(strings.TrimSpace(address), round, worker, func(id record.ID) {
					mu.Lock()
					defer mu.Unlock()
					acknowledged[id] = true
					if count++; count == 50+17*round%200 { // at another moment each time
						close(enough)
					}
				})
			})
		}
		<-enough
		server.Stop()
		group.Wait()
	}

	store, err := embedded.Open(dir, noon)
	require.NoError(t, err)
	defer store.Close()
	kept := (&world{t: t, ledger: ledger.New(store, store, func() time.Time { return noon })}).kept()
	lost := 0
	for id := range acknowledged {
		if kept[id] == nil {
			lost++
		}
	}
	t.Logf("killed %d times; %d hits acknowledged, %d kept, %d lost", rounds, len(acknowledged), len(kept), lost)
	assert.Zero(t, lost)
	assert.GreaterOrEqual(t, len(acknowledged), 50*rounds)
}

// untilKilled sends hits until nobody answers.
func untilKilled(address string, round, worker int, acknowledged func(record.ID)) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	defer conn.Close()
	answers := bufio.NewReader(conn)
	var head strings.Builder
	_ = hitRequest(nil).Header.Write(&head)
	for n := 0; ; n++ {
		request := fmt.Sprintf("round%dworker%dhit%d", round, worker, n)
		_, err := fmt.Fprintf(conn, "GET /_ds/hit?v=1&i=%s&h=1.%s.%d.none.document..0&p=%%2F&n=navigate HTTP/1.1\r\nHost: x\r\n%s\r\n", viewID, request, noon.Unix(), head.String())
		if err != nil {
			return
		}
		answer, err := http.ReadResponse(answers, nil)
		if err != nil || answer.StatusCode != http.StatusNoContent {
			return
		}
		acknowledged(record.NewID(siteName, request))
	}
}
