package ledgertest

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/ledger"
)

// value gives "" as nil: there is none.
func value(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}

func swapped(t *testing.T, kv ledger.KV, collection, name, old, next string) bool {
	t.Helper()
	made, err := kv.Swap(t.Context(), collection, name, value(old), value(next), later())
	require.NoError(t, err)
	return made
}

func set(t *testing.T, kv ledger.KV, collection, name, next string) {
	t.Helper()
	require.True(t, swapped(t, kv, collection, name, "", next))
}

func get(t *testing.T, kv ledger.KV, collection, name string) string {
	t.Helper()
	found, err := kv.Get(t.Context(), collection, name)
	require.NoError(t, err)
	return string(found)
}

func list(t *testing.T, kv ledger.KV, collection string) []string {
	t.Helper()
	var found []string
	require.NoError(t, kv.List(t.Context(), collection, func(name string, value []byte) error {
		found = append(found, name+"="+string(value))
		return nil
	}))
	return found
}

func noValue(t *testing.T, kv ledger.KV) {
	found, err := kv.Get(t.Context(), "c", "name")
	require.NoError(t, err)
	assert.Nil(t, found)
	assert.Empty(t, list(t, kv, "c"))
	set(t, kv, "c", "other", "value")
	found, err = kv.Get(t.Context(), "c", "name")
	require.NoError(t, err)
	assert.Nil(t, found)
}

func swap(t *testing.T, kv ledger.KV) {
	for _, step := range []struct {
		why, old, next string
		want           bool
		after          string
	}{
		{"a value where there is none", "old", "1", false, ""},
		{"delete what is not there", "old", "", false, ""},
		{"the first value", "", "1", true, "1"},
		{"the first value again", "", "1", false, "1"},
		{"another first value", "", "2", false, "1"},
		{"wrong old", "2", "3", false, "1"},
		{"old is a beginning of what is there", "11", "3", false, "1"},
		{"right old", "1", "22", true, "22"},
		{"what is there is longer than old", "2", "3", false, "22"},
		{"old as it was", "1", "3", false, "22"},
		{"the same again", "22", "22", true, "22"},
		{"delete a wrong one", "1", "", false, "22"},
		{"delete", "22", "", true, ""},
		{"delete again", "22", "", false, ""},
		{"change what was deleted", "22", "3", false, ""},
		{"first again", "", "4", true, "4"},
	} {
		assert.Equal(t, step.want, swapped(t, kv, "c", "name", step.old, step.next), step.why)
		assert.Equal(t, step.after, get(t, kv, "c", "name"), step.why)
	}
	assert.Equal(t, []string{"name=4"}, list(t, kv, "c"))
}

func swapNothing(t *testing.T, kv ledger.KV) {
	assert.True(t, swapped(t, kv, "c", "name", "", ""))
	assert.Empty(t, list(t, kv, "c"))
	set(t, kv, "c", "name", "value")
	assert.False(t, swapped(t, kv, "c", "name", "", ""))
	assert.Equal(t, "value", get(t, kv, "c", "name"))
}

func anyValue(t *testing.T, kv ledger.KV) {
	old := ""
	for _, next := range []string{string(allBytes()), "\x00", "\x00\x00", "\x00a", "\xff", string(noise(1, 100_000)), "1", "1.0", "a", "A"} {
		if old != "" {
			assert.False(t, swapped(t, kv, "c", "name", old+"\x00", "wrong"))
		}
		require.True(t, swapped(t, kv, "c", "name", old, next))
		require.True(t, next == get(t, kv, "c", "name"), "%d bytes came back as others", len(next))
		old = next
	}
}

func namesApart(t *testing.T, kv ledger.KV) {
	for _, name := range odd {
		set(t, kv, name, "name", "in "+name)
		set(t, kv, "c", name, "as "+name)
	}
	for _, name := range odd {
		assert.Equal(t, []string{"name=in " + name}, list(t, kv, name), "collection %q", name)
		assert.Equal(t, "in "+name, get(t, kv, name, "name"), "collection %q", name)
		assert.Equal(t, "as "+name, get(t, kv, "c", name), "name %q", name)
	}
}

func twoSwap(t *testing.T, kv ledger.KV) {
	old := ""
	for round := range 30 {
		next := [2]string{fmt.Sprintf("%d-a", round), fmt.Sprintf("%d-b", round)}
		if round%5 == 4 {
			next = [2]string{"", ""} // two delete
		}
		var made [2]bool
		var errs [2]error
		start := make(chan struct{})
		var wg sync.WaitGroup
		for i := range 2 {
			wg.Go(func() {
				<-start
				made[i], errs[i] = kv.Swap(t.Context(), "c", "name", value(old), value(next[i]), later())
			})
		}
		close(start)
		wg.Wait()
		require.NoError(t, errs[0])
		require.NoError(t, errs[1])
		require.NotEqual(t, made[0], made[1], "round %d: exactly one wins", round)
		winner := 0
		if made[1] {
			winner = 1
		}
		require.Equal(t, next[winner], get(t, kv, "c", "name"), "round %d", round)
		old = next[winner]
	}
}

// counter: no increment is lost.
func counter(t *testing.T, kv ledger.KV) {
	const writers, times = 32, 2
	errs := make([]error, writers)
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for done := 0; done < times && errs[w] == nil; {
				old, err := kv.Get(t.Context(), "counters", "n")
				if err != nil {
					errs[w] = err
					return
				}
				var n uint64
				if old != nil {
					n = binary.BigEndian.Uint64(old)
				}
				made, err := kv.Swap(t.Context(), "counters", "n", old, binary.BigEndian.AppendUint64(nil, n+1), later())
				if errs[w] = err; made {
					done++
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	assert.EqualValues(t, writers*times, binary.BigEndian.Uint64([]byte(get(t, kv, "counters", "n"))))
}

// listInOrder: by bytes, as Go compares strings. UTF-16 and a language's order
// would be others.
func listInOrder(t *testing.T, kv ledger.KV) {
	names := append([]string{"a", "b", "B", "a-b", "a.b", "a/b", "ab", "a b", "2026-11-20", "2026-11-3", "10", "9", "z", "é"}, odd...)
	for _, name := range names {
		set(t, kv, "c", name, "value of "+name)
		set(t, kv, "c2", name, "other")
	}
	set(t, kv, "b", "x", "other")
	slices.Sort(names)
	var want []string
	for _, name := range names {
		want = append(want, name+"=value of "+name)
	}
	assert.Equal(t, want, list(t, kv, "c"))
	assert.True(t, swapped(t, kv, "c", names[0], "value of "+names[0], ""))
	assert.Equal(t, want[1:], list(t, kv, "c"), "deleted")
}

func listMuch(t *testing.T, kv ledger.KV) {
	var want []string
	for i := range 40 {
		name, data := fmt.Sprintf("name-%02d", i), string(noise(uint64(i), 60_000))
		set(t, kv, "c", name, data)
		want = append(want, name+"="+data)
	}
	require.True(t, slices.Equal(want, list(t, kv, "c")), "2.4 MB of values did not come back as they were stored")
}

func listError(t *testing.T, kv ledger.KV) {
	for _, name := range []string{"a", "b", "c"} {
		set(t, kv, "c", name, "value")
	}
	var seen []string
	err := kv.List(t.Context(), "c", func(name string, _ []byte) error {
		if seen = append(seen, name); name == "b" {
			return errEach
		}
		return nil
	})
	require.ErrorIs(t, err, errEach)
	assert.Equal(t, []string{"a", "b"}, seen)
}

func kvCancelled(t *testing.T, kv ledger.KV) {
	set(t, kv, "c", "name", "value")
	_, err := kv.Get(cancelled(t), "c", "name")
	require.ErrorIs(t, err, context.Canceled)
	made, err := kv.Swap(cancelled(t), "c", "name", []byte("value"), []byte("next"), later())
	require.ErrorIs(t, err, context.Canceled)
	assert.False(t, made)
	err = kv.List(cancelled(t), "c", func(string, []byte) error { return nil })
	require.ErrorIs(t, err, context.Canceled)
}

// valueExpired: what has expired may be gone or not, what has not is there, and
// a swap moves the time.
func valueExpired(t *testing.T, kv ledger.KV) {
	now := time.Now()
	for _, name := range []string{"a", "b"} {
		made, err := kv.Swap(t.Context(), "c", name, nil, []byte("1"), now.Add(time.Hour))
		require.NoError(t, err)
		require.True(t, made)
	}
	made, err := kv.Swap(t.Context(), "c", "a", []byte("1"), []byte("2"), now.Add(-time.Hour))
	require.NoError(t, err)
	assert.True(t, made)
	assert.Equal(t, "1", get(t, kv, "c", "b"))
	if left := get(t, kv, "c", "a"); left != "" {
		assert.Equal(t, "2", left)
	}
}

func getMany(t *testing.T, kv ManyKV) {
	ask := func(names ...string) map[string]string {
		found, err := kv.GetMany(t.Context(), "c", names)
		require.NoError(t, err)
		values := map[string]string{}
		for name, value := range found {
			values[name] = string(value)
		}
		return values
	}
	assert.Empty(t, ask())
	assert.Empty(t, ask("a", "b"))
	set(t, kv, "c", "a", "1")
	set(t, kv, "c", "b", "2")
	set(t, kv, "d", "z", "another collection's")
	assert.Equal(t, map[string]string{"a": "1", "b": "2"}, ask("b", "nothing", "a", "z", "a"))
	_, err := kv.GetMany(cancelled(t), "c", []string{"a"})
	require.ErrorIs(t, err, context.Canceled)
}

// getMuch asks for more than DynamoDB takes at once.
func getMuch(t *testing.T, kv ManyKV) {
	var names []string
	for i := range 250 {
		name := fmt.Sprintf("name-%03d", i)
		set(t, kv, "c", name, string(noise(uint64(i), 20_000)))
		names = append(names, name)
	}
	found, err := kv.GetMany(t.Context(), "c", names)
	require.NoError(t, err)
	require.Len(t, found, len(names))
	for i, name := range names {
		require.True(t, string(found[name]) == string(noise(uint64(i), 20_000)), name)
	}
}
