package embedded

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/ledger"
)

// roleEnv makes the test binary one of several processes that use a folder. It
// holds what to do, the folder is in dirEnv and the process's number in numberEnv.
const (
	roleEnv   = "EMBEDDED_TEST_ROLE"
	dirEnv    = "EMBEDDED_TEST_DIR"
	numberEnv = "EMBEDDED_TEST_NUMBER"
)

func TestMain(m *testing.M) {
	role := roles[os.Getenv(roleEnv)]
	if role == nil {
		os.Exit(m.Run())
	}
	if err := role(os.Getenv(dirEnv), os.Getenv(numberEnv)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var roles = map[string]func(dir, number string) error{"label": label, "forever": forever}

// process is a program that is ended when the test ends.
func process(t *testing.T, role, dir string, number int) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append(os.Environ(), roleEnv+"="+role, dirEnv+"="+dir, numberEnv+"="+strconv.Itoa(number))
	return cmd
}

const processes, batches = 4, 20

// label appends blocks, scans what others append, and counts.
func label(dir, number string) error {
	ctx := context.Background()
	s, err := Open(dir, time.Now())
	if err != nil {
		return err
	}
	for i := range batches {
		batch := []ledger.Block{
			{Partition: "hour", Key: fmt.Sprintf("%s-%d-a", number, i), Data: bytes.Repeat([]byte(number), 20_000)},
			{Partition: "hour", Key: fmt.Sprintf("%s-%d-b", number, i), Data: []byte(number)},
		}
		if err := s.Append(ctx, batch); err != nil {
			return err
		}
		if err := s.Scan(ctx, "hour", func(string, []byte) error { return nil }); err != nil {
			return err
		}
		for made := false; !made; {
			old, err := s.Get(ctx, "counters", "n")
			if err != nil {
				return err
			}
			n, _ := strconv.Atoi(string(old)) // 0 if there is none
			if made, err = s.Swap(ctx, "counters", "n", old, strconv.AppendInt(nil, int64(n)+1, 10), time.Time{}); err != nil {
				return err
			}
		}
	}
	return s.Close()
}

// TestProcesses: several start at the same moment on a folder that is new, and
// each finds what it wrote.
func TestProcesses(t *testing.T) {
	dir := t.TempDir()
	var running []*exec.Cmd
	var outputs [processes]bytes.Buffer
	for i := range processes {
		cmd := process(t, "label", dir, i)
		cmd.Stdout, cmd.Stderr = &outputs[i], &outputs[i]
		require.NoError(t, cmd.Start())
		running = append(running, cmd)
	}
	for i, cmd := range running {
		assert.NoError(t, cmd.Wait(), "process %d: %s", i, &outputs[i])
	}
	s := open(t, dir, time.Now())
	assert.Equal(t, processes*batches*2, keys(t, s, "hour"))
	n, err := s.Get(t.Context(), "counters", "n")
	require.NoError(t, err)
	assert.Equal(t, strconv.Itoa(processes*batches), string(n))
}

// forever appends blocks, and says of each when it is acknowledged.
func forever(dir, _ string) error {
	s, err := Open(dir, time.Now())
	for i := 0; err == nil; i++ {
		if err = s.Append(context.Background(), many("p", i+1, time.Time{})[i:]); err == nil {
			_, err = fmt.Println(i)
		}
	}
	return err
}

// TestKilled: what was acknowledged is there after the process was ended at some
// point. That it survives a power cut as well is up to SQLite: see TestSettings.
func TestKilled(t *testing.T) {
	dir := t.TempDir()
	cmd := process(t, "forever", dir, 0)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	acknowledged := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		require.Equal(t, strconv.Itoa(acknowledged), lines.Text())
		if acknowledged++; acknowledged == 50 {
			require.NoError(t, cmd.Process.Kill()) // and what it said before is read to its end
		}
	}
	require.Error(t, cmd.Wait(), "it was to be killed")
	require.GreaterOrEqual(t, acknowledged, 50)
	s := open(t, dir, time.Now())
	assert.GreaterOrEqual(t, keys(t, s, "p"), acknowledged)
}
