package runs

import (
	"encoding/binary"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFilesHaveAnEnd: however much is spilt, only so many files are open, and
// nothing is lost when they are merged.
func TestFilesHaveAnEnd(t *testing.T) {
	const n = 3*maxFiles + 7
	dir := t.TempDir()
	s := NewSorter(dir, 1, nil) // each entry is spilt
	r := rand.New(rand.NewPCG(1, 1))
	for _, i := range r.Perm(n) {
		require.NoError(t, s.Add(binary.BigEndian.AppendUint32([]byte{1}, uint32(i)), []byte("value")))
		require.LessOrEqual(t, len(s.files), maxFiles+1)
	}
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, files, len(s.files), "files that were merged are gone")
	at := uint32(0)
	for e, err := range s.Sorted() {
		require.NoError(t, err)
		require.Equal(t, at, binary.BigEndian.Uint32(e.Key[1:]))
		require.Equal(t, "value", string(e.Value))
		at++
	}
	assert.EqualValues(t, n, at)
	require.NoError(t, s.Close())
	files, err = os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, files)
}
