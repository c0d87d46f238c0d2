package signin

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
)

// KV keeps tokens and sessions: see ledger.KV, which says what the methods mean.
type KV interface {
	Get(ctx context.Context, collection, name string) ([]byte, error)
	Swap(ctx context.Context, collection, name string, old, next []byte, expires time.Time) (bool, error)
	List(ctx context.Context, collection string, each func(name string, value []byte) error) error
}

// Token is what is kept of a token or a share link.
type Token struct {
	Sites   []string  `json:"sites"`
	Name    string    `json:"name,omitempty"` // what whoever made it calls it
	Made    time.Time `json:"made"`
	Expires time.Time `json:"expires"`
	// Fixed is the filter of a share link, nil for a token, and Parent the id of the
	// token that made it.
	Fixed  *Fixed `json:"fixed,omitempty"`
	Parent string `json:"parent,omitempty"`

	// ID is by what it is kept: a hash, which is of no use to sign in.
	ID string `json:"-"`
}

// Fixed is the filter of a share link. What is empty is not fixed.
type Fixed struct {
	From       string `json:"from,omitempty"`
	To         string `json:"to,omitempty"`
	Channel    string `json:"channel,omitempty"`
	Source     string `json:"source,omitempty"`
	Visibility string `json:"visibility,omitempty"`
	Topic      string `json:"topic,omitempty"`
	Page       string `json:"page,omitempty"`
}

// MaySee reports whether the token is for a site.
func (t *Token) MaySee(site string) bool { return slices.Contains(t.Sites, site) }

// Short is how people name a token: the beginning of its id.
func (t *Token) Short() string { return t.ID[:shortID] }

const shortID = 12

// ErrUnknown is what a token gets that was never made, has expired or was revoked, and a
// session that is over.
var ErrUnknown = errors.New("there is no such token, or it is over")

// Tokens keeps tokens, links and sessions. Safe for concurrent use.
type Tokens struct {
	kv     KV
	now    func() time.Time
	random io.Reader
	known  *lru.Cache[string, remembered] // by collection and hash
}

// remembered is what was found a moment ago.
type remembered struct {
	value []byte
	until time.Time
}

const (
	tokens   = "tokens"
	sessions = "sessions"

	rememberedMost = 1000
	rememberedFor  = 15 * time.Second

	// SessionLife is how long a session lasts at most.
	SessionLife = 7 * 24 * time.Hour
)

// New returns the tokens in a store.
func New(kv KV, now func() time.Time) *Tokens {
	known, err := lru.New[string, remembered](rememberedMost)
	if err != nil {
		panic(err) // of a size below 1
	}
	return &Tokens{kv: kv, now: now, random: rand.Reader, known: known}
}

// prefix is how a token begins, so that people and programs that look for secrets in
// files know one when they see it.
const prefix = "dsr_"

const secretBytes = 32

// secret makes what is told once.
func (t *Tokens) secret() string {
	bits := make([]byte, secretBytes)
	_, _ = io.ReadFull(t.random, bits) // crypto/rand never fails
	return prefix + base64.RawURLEncoding.EncodeToString(bits)
}

// hash is by what a secret is kept; ok is false for what is none.
func hash(secret string) (id string, ok bool) {
	text, ok := strings.CutPrefix(secret, prefix)
	if !ok {
		return "", false
	}
	bits, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || len(bits) != secretBytes {
		return "", false
	}
	sum := sha256.Sum256(bits)
	return hex.EncodeToString(sum[:]), true
}

// Create keeps a token or a link and returns it, for the only time. Made and ID are set.
func (t *Tokens) Create(ctx context.Context, token *Token) (secret string, err error) {
	secret = t.secret()
	token.ID, _ = hash(secret)
	token.Made = t.now().UTC().Truncate(time.Second)
	token.Expires = token.Expires.UTC().Truncate(time.Second)
	if err := t.put(ctx, tokens, token.ID, token, token.Expires); err != nil {
		return "", fmt.Errorf("signin: keep a token: %w", err)
	}
	return secret, nil
}

// Token returns what a token or link stands for, or ErrUnknown.
func (t *Tokens) Token(ctx context.Context, secret string) (*Token, error) {
	id, ok := hash(secret)
	if !ok {
		return nil, ErrUnknown
	}
	return t.byID(ctx, id)
}

func (t *Tokens) byID(ctx context.Context, id string) (*Token, error) {
	token := &Token{}
	if err := t.get(ctx, tokens, id, token); err != nil {
		return nil, err
	}
	token.ID = id
	if !t.now().Before(token.Expires) {
		return nil, ErrUnknown
	}
	if token.Parent != "" {
		parent, err := t.byID(ctx, token.Parent)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(token.Sites, parent.MaySee) {
			return nil, ErrUnknown
		}
	}
	return token, nil
}

// session is what is kept of one.
type session struct {
	Token   string    `json:"token"` // its id
	Expires time.Time `json:"expires"`
}

// Open begins a session for a token or link, and returns what the browser keeps of it,
// and when it is over.
func (t *Tokens) Open(ctx context.Context, token *Token) (secret string, expires time.Time, err error) {
	secret = t.secret()
	id, _ := hash(secret)
	s := session{Token: token.ID, Expires: t.now().UTC().Truncate(time.Second).Add(SessionLife)}
	if token.Expires.Before(s.Expires) {
		s.Expires = token.Expires
	}
	if err := t.put(ctx, sessions, id, s, s.Expires); err != nil {
		return "", time.Time{}, fmt.Errorf("signin: begin a session: %w", err)
	}
	return secret, s.Expires, nil
}

// Session returns what a session stands for, and when it is over, or ErrUnknown.
func (t *Tokens) Session(ctx context.Context, secret string) (*Token, time.Time, error) {
	id, ok := hash(secret)
	if !ok {
		return nil, time.Time{}, ErrUnknown
	}
	var s session
	if err := t.get(ctx, sessions, id, &s); err != nil {
		return nil, time.Time{}, err
	}
	if !t.now().Before(s.Expires) {
		return nil, time.Time{}, ErrUnknown
	}
	token, err := t.byID(ctx, s.Token)
	return token, s.Expires, err
}

// Close ends a session. It is no error if there is none.
func (t *Tokens) Close(ctx context.Context, secret string) error {
	id, ok := hash(secret)
	if !ok {
		return nil
	}
	if err := t.remove(ctx, sessions, id); err != nil {
		return fmt.Errorf("signin: end a session: %w", err)
	}
	return nil
}

// List returns all tokens and links that are kept, those that expire first first.
func (t *Tokens) List(ctx context.Context) ([]*Token, error) {
	var list []*Token
	err := t.kv.List(ctx, tokens, func(name string, value []byte) error {
		token := &Token{ID: name}
		if err := json.Unmarshal(value, token); err != nil {
			return fmt.Errorf("token %s cannot be read", name[:min(shortID, len(name))])
		}
		if t.now().Before(token.Expires) {
			list = append(list, token)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("signin: list tokens: %w", err)
	}
	slices.SortStableFunc(list, func(a, b *Token) int { return a.Expires.Compare(b.Expires) })
	return list, nil
}

// Revoke ends the token or link whose id begins as is said, with its sessions and links.
// It returns ErrUnknown if there is none, or more than one.
func (t *Tokens) Revoke(ctx context.Context, id string) (*Token, error) {
	list, err := t.List(ctx)
	if err != nil {
		return nil, err
	}
	var found *Token
	for _, token := range list {
		if len(id) >= shortID && strings.HasPrefix(token.ID, id) {
			if found != nil {
				return nil, fmt.Errorf("more than one token begins with %q: %w", id, ErrUnknown)
			}
			found = token
		}
	}
	if found == nil {
		return nil, ErrUnknown
	}
	if err := t.remove(ctx, tokens, found.ID); err != nil {
		return nil, fmt.Errorf("signin: revoke a token: %w", err)
	}
	return found, nil
}

func (t *Tokens) get(ctx context.Context, collection, id string, into any) error {
	key := collection + " " + id
	known, ok := t.known.Get(key)
	if !ok || !t.now().Before(known.until) {
		value, err := t.kv.Get(ctx, collection, id)
		if err != nil {
			return fmt.Errorf("signin: %w", err)
		}
		known = remembered{value, t.now().Add(rememberedFor)}
		if value != nil { // of those that are none there are too many
			t.known.Add(key, known)
		}
	}
	if known.value == nil {
		return ErrUnknown
	}
	if err := json.Unmarshal(known.value, into); err != nil {
		return fmt.Errorf("signin: what is kept in %s cannot be read", collection)
	}
	return nil
}

func (t *Tokens) put(ctx context.Context, collection, id string, value any, expires time.Time) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	done, err := t.kv.Swap(ctx, collection, id, nil, text, expires)
	if err == nil && !done {
		err = errors.New("the same is there already")
	}
	return err
}

// attempts is how often what others change is tried again.
const attempts = 3

func (t *Tokens) remove(ctx context.Context, collection, id string) error {
	defer t.known.Remove(collection + " " + id)
	for range attempts {
		old, err := t.kv.Get(ctx, collection, id)
		if err != nil || old == nil {
			return err
		}
		if done, err := t.kv.Swap(ctx, collection, id, old, nil, time.Time{}); done || err != nil {
			return err
		}
	}
	return errors.New("others change it all the time")
}
