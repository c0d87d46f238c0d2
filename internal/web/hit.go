package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/internal/edge"
	"darksocial/internal/ledger"
	"darksocial/internal/site"
)

// Patience is how long a hit may take: nobody waits for it, but a connection.
const Patience = 5 * time.Second

// hintAhead is how far a hint's time may be ahead of ours: it is the edge's clock.
const hintAhead = 2 * time.Minute

// hintWaits is how long before the page was shown it may have been asked for: a page
// that was rendered ahead waits that long at most. An older hint is another view's:
// Safari shows a page out of its cache with the size and the hint of the first time.
const hintWaits = 15 * time.Minute

// Why a hit is counted and left out, beside the rules by which it is no arrival.
const (
	leftNoHint   = "no_hint"   // logs see each request, and nothing says which of them this is
	leftNoScript = "no_script" // without the script nobody knows where the visitor came from
	leftObjects  = "objects"   // how somebody reads who objects is nobody's business
	leftNothing  = "nothing"   // a word on how a page was read that says nothing
)

// hit takes a page view that the page's script tells of.
func (c *Collect) hit(w http.ResponseWriter, r *http.Request) error {
	return c.take(w, r, c.writer, c.viewed)
}

// read takes a word on how a page was read that was told of before, or will be. Lost,
// it is not known; sent again, it says the same.
func (c *Collect) read(w http.ResponseWriter, r *http.Request) error {
	return c.take(w, r, c.reads, c.wasRead)
}

// take takes what the page's script says, and answers when it is durable.
func (c *Collect) take(w http.ResponseWriter, r *http.Request, writer Writer, bring func(context.Context, *http.Request, *site.Served, *edge.Hit, time.Time) ledger.Brought) error {
	s, err := c.admit(r)
	if err != nil {
		return err
	}
	h, err := edge.ReadHit(r)
	if err != nil {
		return err
	}
	now := c.now()
	note := checkHint(h, now)
	ctx, cancel := context.WithTimeout(r.Context(), Patience)
	defer cancel()
	b := bring(ctx, r, s, h, now)
	if err := writer.Write(ctx, b); err != nil {
		slog.ErrorContext(r.Context(), "hit not written", "site", s.Name, "error", err.Error())
		return err
	}
	if sighting, kept := b.Entry.(*record.Sighting); kept {
		noteCode(ctx, c.codes, s, sighting)
	}
	if note == "" {
		note = b.Reason
	}
	if note != "" {
		w.Header().Set(noteHeader, note)
	}
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// checkHint takes a hint away that cannot be used, and says why.
func checkHint(h *edge.Hit, now time.Time) string {
	switch {
	case errors.Is(h.HintErr, edge.ErrHintVersion):
		return "hint_version"
	case h.HintErr != nil:
		return "hint"
	case h.Hint == nil:
		return ""
	}
	age := h.Age
	if h.Objects { // it does not say its age
		age = edge.MaxAge
	}
	if h.Hint.Time.After(now.Add(hintAhead)) || h.Hint.Time.Before(now.Add(-age-hintWaits)) {
		h.Hint = nil
		return "hint_time"
	}
	return ""
}

// begin makes a sighting of a page view that the script tells of, or says why there is
// none. requested is whether it is known which request the view is of.
func begin(door record.Door, s *site.Served, h *edge.Hit, now time.Time) (sighting *record.Sighting, requested bool, reason string) {
	sighting = &record.Sighting{Door: door, Time: shown(h, now), Rules: darksocial.Version()}
	switch {
	case h.Hint != nil:
		sighting.ID, requested = record.NewID(s.Name, h.Hint.RequestID), true
	case h.Objects && h.RequestID != "":
		sighting.ID, requested = record.NewID(s.Name, h.RequestID), true
	default:
		sighting.ID = record.ViewID(s.Name, h.ViewID)
	}
	if h.NoScript {
		return sighting, requested, leftNoScript
	}
	// The CDN saw every request that left the browser. Without its id this view
	// cannot be told from one that was counted, unless it made no request at all.
	shownFromCache := h.Cached && h.Hint == nil && h.HintErr == nil && h.Visit.Navigation == darksocial.Navigate
	if s.CountsRequests() && !requested && !shownFromCache {
		reason = leftNoHint
	}
	return sighting, requested, reason
}

// wasRead says what becomes of a word on how a page was read.
func (c *Collect) wasRead(_ context.Context, _ *http.Request, s *site.Served, h *edge.Hit, now time.Time) ledger.Brought {
	sighting, _, reason := begin(record.Read, s, h, now)
	switch {
	case h.Objects:
		reason = leftObjects
	case reason == "" && !h.Reading.Known:
		reason = leftNothing
	}
	if reason != "" {
		return ledger.Brought{Site: s.Site, Time: sighting.Time, Reason: reason}
	}
	sighting.Page, sighting.Reading = s.Page(h.Visit.Path), h.Reading
	return ledger.Brought{Site: s.Site, Entry: sighting}
}

// viewed says what becomes of a hit: what is kept of it, or why it is left out.
func (c *Collect) viewed(ctx context.Context, r *http.Request, s *site.Served, h *edge.Hit, now time.Time) ledger.Brought {
	sighting, requested, reason := begin(record.Beacon, s, h, now)
	leave := func(reason string) ledger.Brought {
		return ledger.Brought{Site: s.Site, Time: sighting.Time, Reason: reason}
	}
	if reason != "" {
		return leave(reason)
	}
	if h.Objects {
		sighting.Facts.Objection = darksocial.Yes // and nothing else
		return ledger.Brought{Site: s.Site, Entry: sighting}
	}
	f := &sighting.Facts
	*f = s.Classifier.Facts(&h.Visit)
	f.Ran()
	if f.Objection == darksocial.Unknown {
		f.Objection = darksocial.No // the script's own request would have said so
	}
	// Of a request that a log tells of, everything the page knows is kept: it may say
	// that what looks like an arrival is none.
	if reason := leftOut(f); reason != "" && !(requested && s.CountsRequests()) {
		return leave(reason)
	}
	sighting.Page, sighting.Reading, sighting.Article = s.Page(h.Visit.Path), h.Reading, h.Article
	if canonical := sighting.Article.Canonical; canonical != "" {
		if sighting.Article.Canonical = s.Page(canonical); sighting.Article.Canonical == sighting.Page {
			sighting.Article.Canonical = "" // the name it has
		}
	}
	sighting.Code = string(codeIn(ctx, c.codes, s, h.Visit.Query))
	sighting.Visitor = visitorOf(ctx, c.visitors, s, sighting.Time, r.Header.Get(edge.AddressHeader), h.Visit.UserAgent)
	return ledger.Brought{Site: s.Site, Entry: sighting}
}

// shown is when the page was shown: by the edge's clock, else by ours less the age
// the page says it has. The visitor's clock is never asked.
func shown(h *edge.Hit, now time.Time) int64 {
	if h.Hint != nil {
		return h.Hint.Time.Unix()
	}
	return now.Add(-h.Age).Unix()
}

// leftOut says why a page view is no arrival to be kept, or "". A preview's fetcher
// that runs scripts is none either: its request is the evidence.
func leftOut(f *darksocial.Facts) string {
	label := darksocial.Resolve(f)
	if label.Kind == darksocial.KindPreview {
		return label.Kind.String()
	}
	return label.LeftOut()
}

// visitorOf names the day's visitor. Without a name the visit is as good as before, so
// an error is no reason to lose it.
func visitorOf(ctx context.Context, visitors Visitors, s *site.Served, sec int64, address, agent string) string {
	name, err := visitors.Hash(ctx, s.Name, rollup.DayOf(time.Unix(sec, 0), s.Zone()), address, agent)
	if err != nil {
		slog.ErrorContext(ctx, "visitor not hashed", "site", s.Name, "error", err.Error())
	}
	return name
}
