package signin_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/embedded"
	"darksocial/internal/report/signin"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newTokens(t *testing.T) (*signin.Tokens, *clock, *embedded.Store) {
	kv, err := embedded.Open(t.TempDir(), noon)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, kv.Close()) })
	c := &clock{noon}
	return signin.New(kv, c.now), c, kv
}

func create(t *testing.T, tokens *signin.Tokens, token *signin.Token) string {
	t.Helper()
	secret, err := tokens.Create(t.Context(), token)
	require.NoError(t, err)
	return secret
}

func TestTokens(t *testing.T) {
	tokens, clock, _ := newTokens(t)
	first := &signin.Token{Sites: []string{"a.example", "b.example"}, Name: "Redaktion", Expires: noon.Add(48 * time.Hour)}
	second := &signin.Token{Sites: []string{"b.example"}, Expires: noon.Add(24 * time.Hour)}
	one, two := create(t, tokens, first), create(t, tokens, second)
	assert.NotEqual(t, one, two)
	assert.Len(t, one, len("dsr_")+43, "256 bits")

	found, err := tokens.Token(t.Context(), one)
	require.NoError(t, err)
	assert.Equal(t, first, found)
	assert.True(t, found.MaySee("b.example"))
	assert.False(t, found.MaySee("b.exampl"))
	assert.False(t, found.MaySee(""))

	list, err := tokens.List(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []*signin.Token{second, first}, list)
	clock.at = noon.Add(24 * time.Hour)
	_, err = tokens.Token(t.Context(), two)
	assert.ErrorIs(t, err, signin.ErrUnknown)
	list, err = tokens.List(t.Context())
	require.NoError(t, err)
	assert.Len(t, list, 1)
}

func TestRevoke(t *testing.T) {
	tokens, clock, _ := newTokens(t)
	token := &signin.Token{Sites: []string{"a.example"}, Expires: noon.AddDate(0, 1, 0)}
	secret := create(t, tokens, token)
	link := &signin.Token{Sites: []string{"a.example"}, Fixed: &signin.Fixed{Topic: "Lokales"}, Parent: token.ID, Expires: noon.AddDate(0, 0, 7)}
	shared := create(t, tokens, link)
	session, until, err := tokens.Open(t.Context(), token)
	require.NoError(t, err)
	assert.Equal(t, noon.Add(signin.SessionLife), until)
	opened, _, err := tokens.Open(t.Context(), link)
	require.NoError(t, err)

	for _, id := range []string{"", token.ID[:4], token.ID[:11], "0123456789abcdef", secret} {
		_, err := tokens.Revoke(t.Context(), id)
		assert.ErrorIs(t, err, signin.ErrUnknown, id)
	}
	_, err = tokens.Revoke(t.Context(), token.Short())
	require.NoError(t, err)
	clock.at = clock.at.Add(16 * time.Second) // another function may have looked a moment ago
	for name, err := range map[string]error{"token": second(tokens.Token(t.Context(), secret)), "link": second(tokens.Token(t.Context(), shared)),
		"session": third(tokens.Session(t.Context(), session)), "session of the link": third(tokens.Session(t.Context(), opened))} {
		assert.ErrorIs(t, err, signin.ErrUnknown, name)
	}
}

func second(_ *signin.Token, err error) error             { return err }
func third(_ *signin.Token, _ time.Time, err error) error { return err }

func TestSessions(t *testing.T) {
	tokens, clock, _ := newTokens(t)
	token := &signin.Token{Sites: []string{"a.example"}, Expires: noon.AddDate(1, 0, 0)}
	secret := create(t, tokens, token)
	session, until, err := tokens.Open(t.Context(), token)
	require.NoError(t, err)
	got, expires, err := tokens.Session(t.Context(), session)
	require.NoError(t, err)
	assert.Equal(t, token, got)
	assert.Equal(t, until, expires)
	assert.ErrorIs(t, third(tokens.Session(t.Context(), secret)), signin.ErrUnknown, "a token is no session")
	assert.ErrorIs(t, second(tokens.Token(t.Context(), session)), signin.ErrUnknown, "nor the other way round")
	require.NoError(t, tokens.Close(t.Context(), session))
	require.NoError(t, tokens.Close(t.Context(), session), "again")
	require.NoError(t, tokens.Close(t.Context(), "nonsense"))
	assert.ErrorIs(t, third(tokens.Session(t.Context(), session)), signin.ErrUnknown)

	session, until, err = tokens.Open(t.Context(), token)
	require.NoError(t, err)
	clock.at = until
	assert.ErrorIs(t, third(tokens.Session(t.Context(), session)), signin.ErrUnknown, "it ends by itself")
}

// failing is a store that does not answer.
type failing struct{ signin.KV }

var errStore = errors.New("the store does not answer")

func (failing) Get(context.Context, string, string) ([]byte, error) { return nil, errStore }

// TestStoreFails: that the store does not answer is not that nobody has signed in.
func TestStoreFails(t *testing.T) {
	tokens, clock, kv := newTokens(t)
	token := &signin.Token{Sites: []string{"a.example"}, Expires: noon.AddDate(0, 1, 0)}
	secret := create(t, tokens, token)
	broken := signin.New(failing{kv}, clock.now)
	for _, err := range []error{second(broken.Token(t.Context(), secret)), third(broken.Session(t.Context(), secret)), broken.Close(t.Context(), secret)} {
		assert.ErrorIs(t, err, errStore)
		assert.NotErrorIs(t, err, signin.ErrUnknown)
	}
}

func TestLimit(t *testing.T) {
	c := &clock{noon.Add(20 * time.Second)}
	limit := signin.NewLimit(10, 3, [32]byte{1}, c.now)
	allowed := func(who string, times int) (n int) {
		for range times {
			if limit.Allow(who) {
				n++
			}
		}
		return n
	}
	assert.Equal(t, 3, allowed("a", 5))
	assert.Equal(t, 3, allowed("b", 5))
	assert.Equal(t, 40, limit.Left())
	for i := range 10 {
		allowed(fmt.Sprint(i), 1)
	}
	assert.Equal(t, 0, allowed("c", 1), "all together")
	c.at = c.at.Add(39 * time.Second)
	assert.Equal(t, 0, allowed("a", 1))
	c.at = c.at.Add(time.Second)
	assert.Equal(t, 3, allowed("a", 5), "in the next minute")
}
