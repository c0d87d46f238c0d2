package codes_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/embedded"
)

var (
	ctx  = context.Background()
	noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
)

// counting is a store that counts what is asked of it, and may be broken.
type counting struct {
	*embedded.Store
	gets   int
	broken error
}

func (c *counting) Get(ctx context.Context, collection, name string) ([]byte, error) {
	if c.gets++; c.broken != nil {
		return nil, c.broken
	}
	return c.Store.Get(ctx, collection, name)
}

func store(t testing.TB) *counting {
	s, err := embedded.Open(t.TempDir(), noon)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	return &counting{Store: s}
}

func at(t *time.Time) func() time.Time { return func() time.Time { return *t } }

func TestCodes(t *testing.T) {
	kv, now := store(t), noon
	c := codes.New(kv, at(&now))
	code, err := c.New(ctx, "example.com")
	require.NoError(t, err)

	found, err := c.Find(ctx, "example.com", string(code))
	require.NoError(t, err)
	assert.Nil(t, found, "made, and never kept")

	item := &share.Item{Grade: share.PerShare, Button: "copy", Page: "/a", Made: noon.Unix()}
	for _, again := range []*share.Item{item, {Grade: share.PerShare, Button: "email", Page: "/other"}} {
		kept, err := c.Keep(ctx, "example.com", code, again)
		require.NoError(t, err)
		assert.Equal(t, item, kept)
	}
	for _, other := range []*codes.Codes{c, codes.New(kv, at(&now))} { // another function of the same deployment
		found, err = other.Find(ctx, "example.com", string(code))
		require.NoError(t, err)
		assert.Equal(t, item, found, "a code means one thing")
	}
	found, err = c.Find(ctx, "example.org", string(code))
	require.NoError(t, err)
	assert.Nil(t, found, "another site's")
}

// TestForgedCodesCostNothing: what is no code of ours is told without the store.
func TestForgedCodesCostNothing(t *testing.T) {
	kv, now := store(t), noon
	c := codes.New(kv, at(&now))
	_, err := c.Keys(ctx, "example.com")
	require.NoError(t, err)
	before := kv.gets
	for _, forged := range []string{"", "11111111111", "8ZkPq4vR2Ts", "../../etc", "zzzzzzzzzzz", "me@example.com"} {
		found, err := c.Find(ctx, "example.com", forged)
		require.NoError(t, err)
		assert.Nil(t, found)
	}
	assert.Equal(t, before, kv.gets)
}

func TestRotate(t *testing.T) {
	kv, now := store(t), noon
	c := codes.New(kv, at(&now))
	code, err := c.New(ctx, "example.com")
	require.NoError(t, err)
	_, err = c.Keep(ctx, "example.com", code, &share.Item{Grade: share.PerShare, Button: "copy", Page: "/a"})
	require.NoError(t, err)
	for rotations, want := range []bool{true, true, false} {
		if rotations > 0 {
			require.NoError(t, c.Rotate(ctx, "example.com"))
		}
		found, err := c.Find(ctx, "example.com", string(code))
		require.NoError(t, err)
		assert.Equal(t, want, found != nil, "after %d rotations", rotations)
	}
}

// TestOneKey: of many functions that begin at once all have the same key.
func TestOneKey(t *testing.T) {
	kv, now := store(t), noon
	made := make([]share.Code, 16)
	var group sync.WaitGroup
	for i := range made {
		group.Go(func() {
			keys, err := codes.New(kv.Store, at(&now)).Keys(ctx, "example.com")
			assert.NoError(t, err)
			made[i] = keys.Fixed("whatsapp", "/a")
		})
	}
	group.Wait()
	for _, code := range made {
		assert.Equal(t, made[0], code)
	}
}

func TestBrokenStore(t *testing.T) {
	kv, now := store(t), noon
	kv.broken = errors.New("the disk is gone")
	c := codes.New(kv, at(&now))
	_, err := c.New(ctx, "example.com")
	assert.ErrorIs(t, err, kv.broken)
	_, err = c.Find(ctx, "example.com", "8ZkPq4vR2Ts")
	assert.ErrorIs(t, err, kv.broken)
	assert.ErrorIs(t, c.Rotate(ctx, "example.com"), kv.broken)
}
