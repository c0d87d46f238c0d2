package visitor_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/embedded"
	"darksocial/internal/visitor"
)

var (
	ctx  = context.Background()
	noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	day  = rollup.DayOf(noon, time.UTC)
)

func store(t *testing.T) *embedded.Store {
	s, err := embedded.Open(t.TempDir(), noon)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	return s
}

func at(when *time.Time) func() time.Time { return func() time.Time { return *when } }

func TestHash(t *testing.T) {
	kv, now := store(t), noon
	hash := func(s *visitor.Salts, site string, day rollup.Day, address, agent string) string {
		h, err := s.Hash(ctx, site, day, address, agent)
		require.NoError(t, err)
		return h
	}
	salts := visitor.NewSalts(kv, at(&now))
	one := hash(salts, "a", day, "192.0.2.7", "Mozilla")
	assert.Len(t, one, 16)
	assert.NotContains(t, one, "192")

	for _, tt := range []struct {
		name                 string
		site, address, agent string
		day                  rollup.Day
		same                 bool
	}{
		{"again", "a", "192.0.2.7", "Mozilla", day, true},
		{"mapped into IPv6", "a", "::ffff:192.0.2.7", "Mozilla", day, true},
		{"another address", "a", "192.0.2.8", "Mozilla", day, false},
		{"another browser", "a", "192.0.2.7", "Mozilla/5", day, false},
		{"another site", "b", "192.0.2.7", "Mozilla", day, false},
		{"the next day", "a", "192.0.2.7", "Mozilla", day.Next(), false},
		{"the day before", "a", "192.0.2.7", "Mozilla", day.Previous(), false},
	} {
		// Another function of the same deployment makes the same hash.
		for _, s := range []*visitor.Salts{salts, visitor.NewSalts(kv, at(&now))} {
			assert.Equal(t, tt.same, hash(s, tt.site, tt.day, tt.address, tt.agent) == one, tt.name)
		}
	}
	assert.NotEqual(t, one, hash(visitor.NewSalts(store(t), at(&now)), "a", day, "192.0.2.7", "Mozilla"), "another salt")

	six := hash(salts, "a", day, "2001:db8:1:2:3:4:5:6", "Mozilla")
	assert.Equal(t, six, hash(salts, "a", day, "2001:db8:1:2:ffff::1%eth0", "Mozilla"), "the browser changed its half")
	assert.NotEqual(t, six, hash(salts, "a", day, "2001:db8:1:3::1", "Mozilla"))
	for _, none := range []string{"", "-", "unknown", "192.0.2", "192.0.2.7, 10.0.0.1", "192.0.2.7:443"} {
		assert.Empty(t, hash(salts, "a", day, none, "Mozilla"), none)
	}
}

// TestForget: after 48 hours no store and no memory has the salt, and no hash of
// the day can be made again.
func TestForget(t *testing.T) {
	kv, now := store(t), noon
	salts := visitor.NewSalts(kv, at(&now))
	first, err := salts.Hash(ctx, "a", day, "192.0.2.7", "Mozilla")
	require.NoError(t, err)
	count := func() (n int) {
		require.NoError(t, kv.List(ctx, "salts/a", func(string, []byte) error { n++; return nil }))
		return n
	}
	for _, tt := range []struct {
		now  time.Time
		want int
	}{{noon, 1}, {day.From.Add(48*time.Hour - time.Second), 1}, {day.From.Add(48 * time.Hour), 0}} {
		now = tt.now
		require.NoError(t, salts.Forget(ctx, "a", time.UTC))
		assert.Equal(t, tt.want, count(), tt.now)
	}
	again, err := salts.Hash(ctx, "a", day, "192.0.2.7", "Mozilla")
	require.NoError(t, err)
	assert.NotEmpty(t, first)
	assert.Empty(t, again)
	assert.Zero(t, count(), "a day that is over gets no new salt")
}

// TestOneSalt: of many who ask for a new day's salt at once all get the same.
func TestOneSalt(t *testing.T) {
	kv, now := store(t), noon
	hashes := make([]string, 16)
	var group sync.WaitGroup
	for i := range hashes {
		group.Go(func() {
			h, err := visitor.NewSalts(kv, at(&now)).Hash(ctx, "a", day, "192.0.2.7", "Mozilla")
			assert.NoError(t, err)
			hashes[i] = h
		})
	}
	group.Wait()
	for _, h := range hashes {
		assert.Equal(t, hashes[0], h)
	}
}

type broken struct{ *embedded.Store }

var errBroken = errors.New("the disk is gone")

func (broken) Get(context.Context, string, string) ([]byte, error) { return nil, errBroken }

func TestBrokenStore(t *testing.T) {
	_, err := visitor.NewSalts(broken{store(t)}, time.Now).Hash(ctx, "a", rollup.DayOf(time.Now(), time.UTC), "192.0.2.7", "")
	assert.ErrorIs(t, err, errBroken)
	assert.NotContains(t, err.Error(), "192.0.2.7")
}
