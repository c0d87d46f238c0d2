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

// A hint's time must lie between these and now. It is the edge's clock, so it may be
// a little ahead of ours; and no page may tell of itself after MaxAge.
const (
	hintAhead = 2 * time.Minute
	hintOld   = edge.MaxAge + 15*time.Minute
)

// Why a hit is counted and left out, beside the rules by which it is no arrival.
const (
	leftNoHint   = "no_hint"   // logs see each request, and nothing says which of them this is
	leftNoScript = "no_script" // without the script nobody knows where the visitor came from
)

// hit takes a page view that the page's script tells of.
func (c *Collect) hit(w http.ResponseWriter, r *http.Request) error {
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
	b := c.bring(ctx, r, s, h, now)
	if err := c.writer.Write(ctx, b); err != nil {
		slog.ErrorContext(r.Context(), "hit not written", "site", s.Name, "error", err.Error())
		return err
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
	case h.Hint != nil && (h.Hint.Time.After(now.Add(hintAhead)) || h.Hint.Time.Before(now.Add(-hintOld))):
		h.Hint = nil
		return "hint_time"
	}
	return ""
}

// bring says what becomes of a hit: what is kept of it, or why it is left out.
func (c *Collect) bring(ctx context.Context, r *http.Request, s *site.Served, h *edge.Hit, now time.Time) ledger.Brought {
	sighting := &record.Sighting{Door: record.Beacon, Time: shown(h, now), Rules: darksocial.Version()}
	requested := false // it is known which request the view is of
	switch {
	case h.Hint != nil:
		sighting.ID, requested = record.NewID(s.Name, h.Hint.RequestID), true
	case h.Objects && h.RequestID != "":
		sighting.ID, requested = record.NewID(s.Name, h.RequestID), true
	default:
		sighting.ID = record.ViewID(s.Name, h.ViewID)
	}
	leave := func(reason string) ledger.Brought {
		return ledger.Brought{Site: s.Site, Time: sighting.Time, Reason: reason}
	}
	if h.NoScript {
		return leave(leftNoScript)
	}
	// The CDN saw every request that left the browser. Without its id this view
	// cannot be told from one that was counted, unless it made no request at all.
	shownFromCache := h.Cached && h.Hint == nil && h.HintErr == nil && h.Visit.Navigation == darksocial.Navigate
	if s.CountsRequests() && !requested && !shownFromCache {
		return leave(leftNoHint)
	}
	if h.Objects {
		sighting.Facts.Objection = darksocial.Yes // and nothing else
		return ledger.Brought{Site: s.Site, Sighting: sighting}
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
	sighting.Page = s.Page(h.Visit.Path)
	sighting.Visitor = c.visitor(ctx, r, s, sighting.Time)
	return ledger.Brought{Site: s.Site, Sighting: sighting}
}

// shown is when the page was shown: by the edge's clock, else by ours less the age
// the page says it has. The visitor's clock is never asked.
func shown(h *edge.Hit, now time.Time) int64 {
	if h.Hint != nil {
		return h.Hint.Time.Unix()
	}
	return now.Add(-h.Age).Unix()
}

// leftOut says why a page view is no arrival to be kept, or "".
func leftOut(f *darksocial.Facts) string {
	switch label := darksocial.Resolve(f); label.Kind {
	case darksocial.KindVisit:
		return ""
	case darksocial.KindOther:
		return darksocial.RuleOf(label.Evidence.At(0)).ID
	default:
		return label.Kind.String()
	}
}

// visitor names the day's visitor. Without a name the hit is as good as before, so
// an error is no reason to lose it.
func (c *Collect) visitor(ctx context.Context, r *http.Request, s *site.Served, sec int64) string {
	day := rollup.DayOf(time.Unix(sec, 0), s.Zone())
	name, err := c.visitors.Hash(ctx, s.Name, day, r.Header.Get(edge.AddressHeader), edge.HeaderValue(r.Header, "User-Agent"))
	if err != nil {
		slog.ErrorContext(ctx, "visitor not hashed", "site", s.Name, "error", err.Error())
	}
	return name
}
