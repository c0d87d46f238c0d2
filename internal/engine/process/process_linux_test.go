package process

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDiesWithItsParent kills a program that has started another, as a test
// binary is killed on a timeout of CI: the other must go as well.
func TestDiesWithItsParent(t *testing.T) {
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	parent := command("parent")
	parent.Stdout = w
	require.NoError(t, parent.Start())
	t.Cleanup(func() { _ = parent.Process.Kill() })
	require.NoError(t, w.Close())

	var up strings.Builder
	for buf := make([]byte, 64); strings.Count(up.String(), "up\n") < 2; { // both run
		n, err := r.Read(buf)
		require.NoError(t, err)
		up.Write(buf[:n])
	}
	require.NoError(t, parent.Process.Kill())
	assert.EqualError(t, parent.Wait(), "signal: killed")
	assert.Empty(t, reads(t, r))
}

// TestStopEndsTheGroup: an engine may be a script around a program.
func TestStopEndsTheGroup(t *testing.T) {
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer r.Close()
	cmd := command("group")
	cmd.Stdout = w
	p, err := Start(cmd)
	require.NoError(t, err)
	t.Cleanup(p.Stop)
	require.NoError(t, w.Close())
	var up strings.Builder
	for buf := make([]byte, 64); strings.Count(up.String(), "up\n") < 2; {
		n, err := r.Read(buf)
		require.NoError(t, err, p.Output())
		up.Write(buf[:n])
	}
	p.Stop()
	assert.Empty(t, reads(t, r))
}
