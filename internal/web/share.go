package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"darksocial/darksocial/share"
	"darksocial/internal/edge"
	"darksocial/internal/site"
)

// Codes makes, keeps and finds share codes: see codes.Codes.
type Codes interface {
	Keys(ctx context.Context, site string) (*share.Keys, error)
	New(ctx context.Context, site string) (share.Code, error)
	Keep(ctx context.Context, site string, code share.Code, item *share.Item) error
	Find(ctx context.Context, site, text string) (*share.Item, error)
}

// Sharing makes a Collect give share codes, and lead those who come with one to the
// page that was shared.
func (c *Collect) Sharing(codes Codes) *Collect {
	c.codes = codes
	return c
}

// CodeParameter is the parameter by which a page's address carries a code. It is on no
// list of parameters that are taken off addresses, and looks like no click id.
const CodeParameter = "ds"

// share gives the code for a button on a page.
//
//	/_ds/share?v=1&b=whatsapp&p=/page                the button's code, the same for all
//	/_ds/share?v=1&b=whatsapp&p=/page&g=share        a code for one share, not kept yet
//	/_ds/share?v=1&b=whatsapp&p=/page&g=share&k=…    keeps it: the button was pressed
//
// f may name the code that the page itself was opened with.
func (c *Collect) share(w http.ResponseWriter, r *http.Request) error {
	s, err := c.admit(r)
	if err != nil {
		return err
	}
	q, item, err := c.readShare(r, s)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), Patience)
	defer cancel()
	code, cache, err := c.codeFor(ctx, s, q, item)
	if err != nil {
		slog.ErrorContext(ctx, "no share code", "site", s.Name, "error", err.Error())
		return err
	}
	w.Header().Set("Cache-Control", cache)
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]share.Code{"code": code}) // who no longer listens misses it
	return nil
}

// readShare reads what is shared.
func (c *Collect) readShare(r *http.Request, s *site.Served) (url.Values, *share.Item, error) {
	if len(r.URL.RawQuery) > maxShareQuery {
		return nil, nil, edge.BadHit("length")
	}
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, nil, edge.BadHit("query")
	}
	grade := share.PerButton
	if q.Get("g") == "share" {
		grade = share.PerShare
	}
	item := &share.Item{Grade: grade, Button: q.Get("b"), Page: q.Get("p"), Made: c.now().Unix()}
	switch {
	case q.Get("v") != "1":
		return nil, nil, edge.BadHit("version")
	case q.Get("g") != "" && q.Get("g") != "share" && q.Get("g") != "button":
		return nil, nil, edge.BadHit("grade")
	case !slices.Contains(share.Buttons, item.Button):
		return nil, nil, edge.BadHit("button")
	case !isOwnPath(item.Page) || strings.Contains(s.Page(item.Page), "*"): // a name in it that must not be kept
		return nil, nil, edge.BadHit("page")
	}
	return q, item, nil
}

const (
	maxShareQuery = 2048
	maxSharePath  = 1024
)

// isOwnPath reports whether a path leads to a page of the same host, whatever a browser
// makes of it: "//evil.example" and "/\evil.example" lead elsewhere.
func isOwnPath(path string) bool {
	if len(path) > maxSharePath || !strings.HasPrefix(path, "/") || len(path) > 1 && (path[1] == '/' || path[1] == '\\') {
		return false
	}
	for i := range len(path) {
		if c := path[i]; c <= ' ' || c > '~' || strings.IndexByte(`\?#"<>`, c) >= 0 {
			return false
		}
	}
	return true
}

// codeFor returns a code for what is shared, kept or new, and how long the answer may
// be cached.
func (c *Collect) codeFor(ctx context.Context, s *site.Served, q url.Values, item *share.Item) (share.Code, string, error) {
	keys, err := c.codes.Keys(ctx, s.Name)
	if err != nil {
		return "", "", err
	}
	if item.Grade == share.PerButton {
		code := keys.Fixed(item.Button, item.Page)
		return code, "private, max-age=86400", c.codes.Keep(ctx, s.Name, code, item)
	}
	pressed := q.Get("k")
	if pressed == "" {
		code, err := c.codes.New(ctx, s.Name)
		return code, "no-store", err
	}
	if !keys.Ours(pressed) {
		return "", "", edge.BadHit("code")
	}
	code := share.Code(pressed)
	if parent := q.Get("f"); parent != "" {
		of, err := c.codes.Find(ctx, s.Name, parent)
		if err != nil {
			return "", "", err
		}
		if of != nil {
			*item = item.Child(code, share.Code(parent), of)
		}
	}
	return code, "no-store", c.codes.Keep(ctx, s.Name, code, item)
}

// shortPath is where a code alone is an address.
const shortPath = "/_ds/s/"

// follow leads to the page that a code was made for, with the code in its address. It
// leads nowhere but to the site itself, and in the same way for everybody: an app's
// preview as well. What is no code, or is not known any more, leads to the front page.
func (c *Collect) follow(w http.ResponseWriter, r *http.Request) error {
	s, ours := c.sites.Of(edge.Host(r))
	if !ours || edge.Host(r) == "" {
		return refusedHost
	}
	text := strings.TrimPrefix(r.URL.Path, shortPath)
	ctx, cancel := context.WithTimeout(r.Context(), Patience)
	defer cancel()
	to := "/"
	if item, err := c.codes.Find(ctx, s.Name, text); err != nil {
		slog.ErrorContext(ctx, "share code not found", "site", s.Name, "error", err.Error())
	} else if item != nil && isOwnPath(item.Page) {
		to = item.Page + "?" + CodeParameter + "=" + url.QueryEscape(text)
	}
	h := w.Header()
	h.Set("Location", to)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	w.WriteHeader(http.StatusFound)
	return nil
}
