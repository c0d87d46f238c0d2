package process

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// role makes the test binary the program that a test runs.
const role = "PROCESS_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(role) {
	case "":
		Main(m)
	case "speak":
		os.Stdout.WriteString("said\n")
		os.Stderr.WriteString("complained\n")
		os.Exit(3)
	case "stay":
		stay()
	case "parent": // starts one that stays, and stays
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), role+"=stay")
		child.Stdout = os.Stdout // the pipe that the test reads until all its writers are gone
		if _, err := Start(child); err != nil {
			panic(err)
		}
		stay()
	case "group": // the same, but the other one is in its group, and would outlive it
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), role+"=stay")
		child.Stdout = os.Stdout
		if err := child.Start(); err != nil {
			panic(err)
		}
		stay()
	}
}

// stay says that the program runs, and never ends.
func stay() {
	os.Stdout.WriteString("up\n")
	for {
		time.Sleep(time.Hour)
	}
}

func command(as string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), role+"="+as)
	return cmd
}

func TestOutputAndEnd(t *testing.T) {
	p, err := Start(command("speak"))
	require.NoError(t, err)
	assert.EqualError(t, p.Err(), "exit status 3")
	assert.Contains(t, p.Output(), "said\n")
	assert.Contains(t, p.Output(), "complained\n")
	p.Stop() // has nothing to do, and says nothing
}

func TestStopEndsIt(t *testing.T) {
	p, err := Start(command("stay"))
	require.NoError(t, err)
	select {
	case <-p.Done():
		require.Fail(t, "it ended by itself", p.Output())
	default:
	}
	p.Stop()
	assert.EqualError(t, p.Err(), "signal: killed")
}

func TestNotThere(t *testing.T) {
	_, err := Start(exec.Command("./no-such-program"))
	assert.ErrorContains(t, err, "no-such-program")
}

// reads returns what comes through a pipe until every process that can write to
// it has ended, so its return proves their end.
func reads(t *testing.T, r *os.File) string {
	t.Helper()
	require.NoError(t, r.SetReadDeadline(time.Now().Add(time.Minute)))
	var all strings.Builder
	buf := make([]byte, 256)
	for {
		n, err := r.Read(buf)
		all.Write(buf[:n])
		if err != nil {
			require.ErrorContains(t, err, "EOF", "a process still holds the pipe")
			return all.String()
		}
	}
}

func TestAtExitIsDoneLastFirst(t *testing.T) {
	before := exits.do
	exits.do = nil
	t.Cleanup(func() { exits.running, exits.do = true, before })
	var done []string
	status := run(func() int {
		AtExit(t, func() { done = append(done, "first") })
		AtExit(t, func() { done = append(done, "second") })
		return 7
	})
	assert.Equal(t, 7, status)
	assert.Equal(t, []string{"second", "first"}, done)
}
