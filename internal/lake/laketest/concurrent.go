package laketest

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/object"
)

const writers = 16

// oneWins lets many writers replace the same object at once: nothing the first
// time, then what was seen before.
func oneWins(t *testing.T, s object.Store) {
	old := ""
	for round := range 10 {
		var (
			start sync.WaitGroup
			done  sync.WaitGroup
			etags [writers]string
			errs  [writers]error
		)
		start.Add(1)
		for i := range writers {
			done.Go(func() {
				start.Wait()
				etags[i], errs[i] = s.Put(t.Context(), "contested", strings.NewReader(contestant(round, i)), old)
			})
		}
		start.Done()
		done.Wait()

		winner := -1
		for i, err := range errs {
			if err == nil {
				require.Equal(t, -1, winner, "two writers won round %d", round)
				winner = i
				continue
			}
			require.ErrorIs(t, err, object.ErrChanged)
		}
		require.NotEqual(t, -1, winner, "no writer won round %d", round)
		body, etag := read(t, s, "contested")
		assert.Equal(t, contestant(round, winner), body)
		assert.Equal(t, etags[winner], etag)
		old = etag
	}
}

func contestant(round, i int) string { return fmt.Sprintf("round %d, writer %d", round, i) }

// noUpdateLost counts in an object, the way a manifest is added to: read, change,
// put over what was read, and again if somebody else was first.
func noUpdateLost(t *testing.T, s object.Store) {
	const each = 5
	var done sync.WaitGroup
	for range writers {
		done.Go(func() {
			for range each {
				assert.NoError(t, Increment(t, s, "counter"))
			}
		})
	}
	done.Wait()
	got, _ := read(t, s, "counter")
	assert.Equal(t, strconv.Itoa(writers*each), got)
}

// Increment adds 1 to the number in an object.
func Increment(t *testing.T, s object.Store, key string) error {
	for {
		n, etag, err := number(t, s, key)
		if err != nil {
			return err
		}
		_, err = s.Put(t.Context(), key, strings.NewReader(strconv.Itoa(n+1)), etag)
		if !errors.Is(err, object.ErrChanged) {
			return err
		}
	}
}

func number(t *testing.T, s object.Store, key string) (n int, etag string, err error) {
	body, etag, err := s.Open(t.Context(), key)
	if errors.Is(err, object.ErrNotFound) {
		return 0, "", nil
	}
	if err != nil {
		return 0, "", err
	}
	defer body.Close()
	text, err := io.ReadAll(body)
	if err != nil {
		return 0, "", err
	}
	n, err = strconv.Atoi(string(text))
	return n, etag, err
}

// readersKeep replaces and deletes an object that somebody has read the half of.
func readersKeep(t *testing.T, s object.Store) {
	was := noise(20 << 20)
	old, err := s.Put(t.Context(), "large", bytes.NewReader(was), "")
	require.NoError(t, err)

	body, etag, err := s.Open(t.Context(), "large")
	require.NoError(t, err)
	defer body.Close()
	assert.Equal(t, old, etag)
	got := make([]byte, len(was))
	_, err = io.ReadFull(body, got[:len(was)/2])
	require.NoError(t, err)

	put(t, s, "large", "replaced", old)
	require.NoError(t, s.Delete(t.Context(), "large"))

	_, err = io.ReadFull(body, got[len(was)/2:])
	require.NoError(t, err)
	assert.True(t, bytes.Equal(was, got), "not what was opened")
	n, err := body.Read(make([]byte, 1))
	assert.Zero(t, n)
	assert.Equal(t, io.EOF, err)
}

// readersSeeWhole reads while others replace. Each content names its own length
// and hash, so that a part, or two in one, is found out.
func readersSeeWhole(t *testing.T, s object.Store) {
	const replaced = 15
	require.NoError(t, replace(t, s, 0))
	end := make(chan struct{})
	var writing, reading sync.WaitGroup
	for i := range 2 {
		writing.Go(func() {
			for n := range replaced {
				assert.NoError(t, replace(t, s, i*replaced+n))
			}
		})
	}
	for range 4 {
		reading.Go(func() {
			for {
				assert.NoError(t, whole(t, s))
				select {
				case <-end:
					return
				default:
				}
			}
		})
	}
	writing.Wait()
	close(end)
	reading.Wait()
}

// replace writes the n-th content, of 1 to 2 MB.
func replace(t *testing.T, s object.Store, n int) error {
	content := bytes.Repeat([]byte{byte(n)}, 1<<20+n*17291)
	sum := sha256.Sum256(content)
	head := binary.BigEndian.AppendUint64(sum[:], uint64(len(content)))
	_, err := s.Put(t.Context(), "replaced", bytes.NewReader(append(head, content...)), object.Any)
	return err
}

func whole(t *testing.T, s object.Store) error {
	body, _, err := s.Open(t.Context(), "replaced")
	if err != nil {
		return err
	}
	defer body.Close()
	all, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	const head = sha256.Size + 8
	if len(all) < head {
		return fmt.Errorf("only %d bytes", len(all))
	}
	want, got := binary.BigEndian.Uint64(all[sha256.Size:head]), sha256.Sum256(all[head:])
	if want != uint64(len(all)-head) || !bytes.Equal(got[:], all[:sha256.Size]) {
		return fmt.Errorf("%d bytes of %d, or others", len(all)-head, want)
	}
	return nil
}
