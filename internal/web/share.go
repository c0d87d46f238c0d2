package web

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/edge"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
)

// Codes makes, keeps and finds share codes, and notes what is seen of them: see
// codes.Codes.
type Codes interface {
	Keys(ctx context.Context, site string) (*share.Keys, error)
	New(ctx context.Context, site string) (share.Code, error)
	Keep(ctx context.Context, site string, code share.Code, item *share.Item) (*share.Item, error)
	Find(ctx context.Context, site, text string) (*share.Item, error)
	In(ctx context.Context, site, query, parameter string) (share.Code, error)
	Note(ctx context.Context, site string, events []codes.Event) error
	Came(ctx context.Context, site, day, visitor string, code share.Code, at int64) error
	CameBy(ctx context.Context, site, day, visitor string) (code share.Code, at int64, err error)
}

// Sharing makes a Collect give share codes, and lead those who come with one to the
// page that was shared.
func (c *Collect) Sharing(codes Codes) *Collect {
	c.codes = codes
	return c
}

// share gives the code for a button on a page, and takes the word that it was used.
//
//	/_ds/share?v=1&b=whatsapp&p=/page              the button's code, the same for all
//	/_ds/share?v=1&b=whatsapp&p=/page&g=share      a code for one share
//	/_ds/share?…&k=CODE&i=ID                       the button was used, and the link carries this code. ID names the
//	                                               click; told again, it counts once. Now the code is kept
//	/_ds/share?…&k=CODE&i=ID&f=CODE&l=session      the page itself had been opened with a code
//	/_ds/share?…&k=CODE&i=ID&f=CODE&l=consented    the browser had kept one
//
// A browser that objects is given no code.
func (c *Collect) share(w http.ResponseWriter, r *http.Request) error {
	s, err := c.admit(r)
	if err != nil {
		return err
	}
	if edge.Objects(r) {
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	asked, err := c.readShare(r, s)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), Patience)
	defer cancel()
	code, cache, err := c.codeFor(ctx, r, s, asked)
	if err != nil {
		slog.ErrorContext(ctx, "no share code", "site", s.Name, "error", err.Error())
		return err
	}
	w.Header().Set("Cache-Control", cache)
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]share.Code{"code": code}) // who no longer listens misses it
	return nil
}

// asked is what a page asks of share.
type asked struct {
	item   share.Item
	code   string // that is used; empty: one is asked for
	click  string // names the use
	parent string // the code that led the visitor to the page
	link   share.Link
}

// readShare reads what is asked.
func (c *Collect) readShare(r *http.Request, s *site.Served) (*asked, error) {
	if len(r.URL.RawQuery) > maxShareQuery {
		return nil, edge.BadHit("length")
	}
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, edge.BadHit("query")
	}
	grade := share.PerButton
	if q.Get("g") == "share" {
		grade = share.PerShare
	}
	a := &asked{
		item: share.Item{Grade: grade, Button: q.Get("b"), Page: q.Get("p"), Made: c.now().Unix()},
		code: q.Get("k"), click: q.Get("i"), parent: q.Get("f"), link: share.Link(q.Get("l")),
	}
	switch {
	case q.Get("v") != "1":
		return nil, edge.BadHit("version")
	case q.Get("g") != "" && q.Get("g") != "share" && q.Get("g") != "button":
		return nil, edge.BadHit("grade")
	case !slices.Contains(share.Buttons, a.item.Button):
		return nil, edge.BadHit("button")
	case !share.IsPath(a.item.Page) || strings.Contains(s.Page(a.item.Page), "*"): // a name in it that must not be kept
		return nil, edge.BadHit("page")
	case a.code != "" && !edge.IsViewID(a.click):
		return nil, edge.BadHit("id")
	case a.parent != "" && a.link != share.Session && a.link != share.Consented:
		return nil, edge.BadHit("link")
	}
	return a, nil
}

const maxShareQuery = 2048

// codeFor returns a code for what is shared, kept or new, and how long the answer may
// be cached.
func (c *Collect) codeFor(ctx context.Context, r *http.Request, s *site.Served, a *asked) (share.Code, string, error) {
	keys, err := c.codes.Keys(ctx, s.Name)
	if err != nil {
		return "", "", err
	}
	switch {
	case a.code != "":
		if !keys.Ours(a.code) || a.item.Grade == share.PerButton && !keys.IsFixed(share.Code(a.code), a.item.Button, a.item.Page) {
			return "", "", edge.BadHit("code")
		}
		return share.Code(a.code), "no-store", c.used(ctx, r, s, a)
	case a.item.Grade == share.PerShare:
		code, err := c.codes.New(ctx, s.Name)
		return code, "no-store", err
	}
	return keys.Fixed(a.item.Button, a.item.Page), "private, max-age=86400", nil
}

// toldAgain is how long after a share its page may tell of it again. Later it is
// somebody who has the link and makes up shares.
const toldAgain = 15 * time.Minute

// used keeps that a code was used.
func (c *Collect) used(ctx context.Context, r *http.Request, s *site.Served, a *asked) error {
	now := c.now()
	day := rollup.DayOf(now, s.Zone())
	visitor := visitorOf(ctx, c.visitors, s, now.Unix(), r.Header.Get(edge.AddressHeader), edge.HeaderValue(r.Header, "User-Agent"))
	event := &record.Share{ID: record.ShareID(s.Name, a.click), Time: now.Unix(), Page: s.Page(a.item.Page), Button: a.item.Button, Code: a.code, Visitor: visitor, Rules: darksocial.Version()}
	if a.item.Grade == share.PerButton {
		if _, err := c.codes.Keep(ctx, s.Name, share.Code(a.code), &a.item); err != nil {
			return err
		}
	} else {
		item, err := c.withParent(ctx, s, a, day.Date, visitor)
		if err != nil {
			return err
		}
		kept, err := c.codes.Keep(ctx, s.Name, share.Code(a.code), &item)
		if err != nil {
			return err
		}
		if now.Sub(time.Unix(kept.Made, 0)) > toldAgain || kept.Grade != share.PerShare {
			return nil
		}
		// The code stands for this share and for no other, so it names it.
		event.ID, event.Time, event.Page, event.Button = record.ShareID(s.Name, a.code), kept.Made, s.Page(kept.Page), kept.Button
	}
	return c.shares.Write(ctx, ledger.Brought{Site: s.Site, Entry: event})
}

// withParent adds to a share the one that it came of: the page says by which code it was
// opened, or somebody who looks the same came with one on this day.
func (c *Collect) withParent(ctx context.Context, s *site.Served, a *asked, day, visitor string) (share.Item, error) {
	parent, link := share.Code(a.parent), a.link
	if parent == "" {
		var err error
		if parent, _, err = c.codes.CameBy(ctx, s.Name, day, visitor); err != nil || parent == "" {
			return a.item, err
		}
		link = share.SameDay
	}
	of, err := c.codes.Find(ctx, s.Name, string(parent))
	if err != nil || of == nil {
		return a.item, err
	}
	return a.item.Child(share.Code(a.code), parent, of, link), nil
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
	} else if item != nil && share.IsPath(item.Page) {
		to = item.Page + "?" + s.CodeName() + "=" + url.QueryEscape(text)
	}
	h := w.Header()
	h.Set("Location", to)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	w.WriteHeader(http.StatusFound)
	return nil
}
