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

func (c *counting) GetMany(ctx context.Context, collection string, names []string) (map[string][]byte, error) {
	if c.gets += len(names); c.broken != nil {
		return nil, c.broken
	}
	return c.Store.GetMany(ctx, collection, names)
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

func kept(t *testing.T, c *codes.Codes, parent share.Code) share.Code {
	t.Helper()
	code, err := c.New(ctx, "example.com")
	require.NoError(t, err)
	item := share.Item{Grade: share.PerShare, Button: "copy", Page: "/a", Made: noon.Unix()}
	if parent != "" {
		of, err := c.Find(ctx, "example.com", string(parent))
		require.NoError(t, err)
		item = item.Child(code, parent, of, share.Session)
	}
	_, err = c.Keep(ctx, "example.com", code, &item)
	require.NoError(t, err)
	return code
}

func found(t *testing.T, c *codes.Codes, code share.Code) *share.Item {
	t.Helper()
	item, err := c.Find(ctx, "example.com", string(code))
	require.NoError(t, err)
	return item
}

// TestNote: what is seen of codes is added to what they mean, in any order, by many at
// once; seen again, it costs nothing.
func TestNote(t *testing.T) {
	kv, now := store(t), noon
	c := codes.New(kv, at(&now))
	early, err := c.New(ctx, "example.com")
	require.NoError(t, err)
	late := kept(t, c, "")
	events := []codes.Event{
		{Code: early, At: 50}, {Code: early, At: 40}, {Code: early, At: 45, Preview: "signal"}, {Code: early, At: 60, Preview: "slack"},
		{Code: late, At: 70}, {Code: late, At: 80, Preview: "telegram"},
	}
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			other := codes.New(kv.Store, at(&now))
			for j := range events {
				assert.NoError(t, other.Note(ctx, "example.com", events[(i+j)%len(events):]))
			}
		})
	}
	group.Wait()
	assert.Nil(t, found(t, c, early), "nobody has kept it yet")
	_, err = c.Keep(ctx, "example.com", early, &share.Item{Grade: share.PerShare, Button: "copy", Page: "/a", Made: 30})
	require.NoError(t, err)
	assert.Equal(t, &share.Item{Grade: share.PerShare, Button: "copy", Page: "/a", Made: 30, Opened: 40, Previews: map[string]int64{"signal": 45, "slack": 60}}, found(t, c, early))
	assert.Equal(t, int64(70), found(t, c, late).Opened)

	require.NoError(t, c.Note(ctx, "example.com", events))
	before := kv.gets
	require.NoError(t, c.Note(ctx, "example.com", events))
	assert.Equal(t, before, kv.gets)

	items, err := c.Items(ctx, "example.com", []share.Code{early, late, "8ZkPq4vR2Ts"})
	require.NoError(t, err)
	assert.Equal(t, map[share.Code]*share.Item{early: found(t, c, early), late: found(t, c, late)}, items)
}

// TestForget: what came of a forgotten code begins anew.
func TestForget(t *testing.T) {
	kv, now := store(t), noon
	c := codes.New(kv, at(&now))
	a := kept(t, c, "")
	b := kept(t, c, a)
	d := kept(t, c, b)
	gone, err := c.Forget(ctx, "example.com", b)
	require.NoError(t, err)
	assert.True(t, gone)
	for _, other := range []*codes.Codes{c, codes.New(kv, at(&now))} {
		assert.Nil(t, found(t, other, b))
		assert.Empty(t, found(t, other, d).Ancestors)
		assert.NotNil(t, found(t, other, a))
	}
	for _, nothing := range []share.Code{b, "", "x"} {
		gone, err = c.Forget(ctx, "example.com", nothing)
		require.NoError(t, err)
		assert.False(t, gone)
	}
	n := 0
	require.NoError(t, c.Each(ctx, "example.com", func(code share.Code, item *share.Item) error {
		assert.NotContains(t, string(item.Marshal()), string(b))
		n++
		return nil
	}))
	assert.Equal(t, 2, n)
}

// TestExpired: a code is known for half a year, and one that nobody kept for two days.
func TestExpired(t *testing.T) {
	kv, now := store(t), noon
	c := codes.New(kv, at(&now))
	code := kept(t, c, "")
	unkept, err := c.New(ctx, "example.com")
	require.NoError(t, err)
	require.NoError(t, c.Note(ctx, "example.com", []codes.Event{{Code: unkept, At: noon.Unix()}}))
	require.NoError(t, c.Came(ctx, "example.com", "2026-11-20", "visitor", code, noon.Unix()))
	for _, tt := range []struct {
		after      time.Duration
		kept, seen bool
	}{{47 * time.Hour, true, true}, {49 * time.Hour, true, false}, {codes.Life - time.Hour, true, false}, {codes.Life + time.Hour, false, false}} {
		require.NoError(t, kv.Purge(ctx, noon.Add(tt.after)))
		assert.Equal(t, tt.kept, found(t, c, code) != nil, tt.after)
		items, err := c.Items(ctx, "example.com", []share.Code{unkept})
		require.NoError(t, err)
		assert.Equal(t, tt.seen, len(items) == 1, tt.after)
		came, _, err := c.CameBy(ctx, "example.com", "2026-11-20", "visitor")
		require.NoError(t, err)
		assert.Equal(t, tt.seen, came == code, tt.after)
	}
}

func TestCame(t *testing.T) {
	kv, now := store(t), noon
	c := codes.New(kv, at(&now))
	a, b := kept(t, c, ""), kept(t, c, "")
	for i, code := range []share.Code{a, b, b} {
		require.NoError(t, c.Came(ctx, "example.com", "2026-11-20", "visitor", code, int64(100+i)))
	}
	require.NoError(t, c.Came(ctx, "example.com", "2026-11-20", "visitor", a, 50), "told late")
	require.NoError(t, c.Came(ctx, "example.com", "2026-11-20", "", a, 200), "who objects has no name")
	for _, tt := range []struct {
		day, visitor string
		want         share.Code
		at           int64
	}{{"2026-11-20", "visitor", b, 102}, {"2026-11-21", "visitor", "", 0}, {"2026-11-20", "other", "", 0}, {"2026-11-20", "", "", 0}} {
		code, at, err := c.CameBy(ctx, "example.com", tt.day, tt.visitor)
		require.NoError(t, err)
		assert.Equal(t, tt.want, code, tt)
		assert.Equal(t, tt.at, at, tt)
	}
}

// TestOwn: the code of a post is the same every time, and is known for as long as others.
func TestOwn(t *testing.T) {
	kv, now := store(t), noon
	c := codes.New(kv, at(&now))
	var list []share.Code
	for _, item := range []share.Item{{Name: "Kanal", Source: "whatsapp", Page: "/a"}, {Name: "Kanal", Source: "telegram", Page: "/a"}, {Name: "Brief", Page: "/a"}, {Name: "Kanal", Page: "/b"}} {
		code, err := c.Own(ctx, "example.com", &item)
		require.NoError(t, err)
		list = append(list, code)
		now = now.Add(time.Hour)
	}
	assert.Equal(t, list[0], list[1])
	assert.NotEqual(t, list[0], list[2])
	assert.NotEqual(t, list[0], list[3])
	require.NoError(t, kv.Purge(ctx, noon.Add(codes.Life-time.Hour)))
	assert.Equal(t, &share.Item{Grade: share.Own, Name: "Kanal", Source: "whatsapp", Page: "/a", Made: noon.Unix()}, found(t, c, list[0]))
}

func TestIn(t *testing.T) {
	kv, now := store(t), noon
	c := codes.New(kv, at(&now))
	code := kept(t, c, "")
	for _, tt := range []struct{ query, parameter, want string }{
		{"ds=" + string(code), "ds", string(code)}, {"a=1&ds=" + string(code) + "&ds=x", "ds", string(code)}, {"via=" + string(code), "via", string(code)},
		{"ds=x&ds=" + string(code), "ds", ""}, {"ads=" + string(code), "ds", ""}, {"", "ds", ""}, {"ds", "ds", ""}, {"ds=", "ds", ""}, {"ds=" + string(code) + "%20", "ds", ""},
	} {
		got, err := c.In(ctx, "example.com", tt.query, tt.parameter)
		require.NoError(t, err)
		assert.Equal(t, share.Code(tt.want), got, tt.query)
	}
	got, err := c.In(ctx, "example.org", "ds="+string(code), "ds")
	require.NoError(t, err)
	assert.Empty(t, got, "another site's")
}
