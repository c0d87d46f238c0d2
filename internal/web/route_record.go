package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/internal/edge"
	"darksocial/internal/ledger"
)

// Why a page view is counted and not kept, beside the rules by which it is no arrival.
const (
	leftNoID = "no_id" // the CDN's id is missing: nobody knows which line of the log this is
	leftGone = "gone"  // the visitor went away before the origin had answered
	leftLost = "lost"  // nobody knows whether it was kept
)

// bring says what becomes of the visit: what is kept of it, as of a line of a log, or
// why it is left out.
func (p *passage) bring() ledger.Brought {
	b := ledger.Brought{Site: p.site.Site, Time: p.sec}
	label := darksocial.Resolve(&p.facts)
	if b.Reason = label.LeftOut(); b.Reason != "" {
		return b
	}
	if !edge.IsRequestID(p.visit.ID) {
		b.Reason = leftNoID
		return b
	}
	s := &record.Sighting{ID: record.NewID(p.site.Name, p.visit.ID), Door: record.Route, Time: p.sec, Rules: darksocial.Version()}
	b.Entry = s
	if p.objects {
		s.Facts.Objection = darksocial.Yes // and nothing else
		return b
	}
	s.Page, s.Status, s.Facts, s.Code = p.site.Page(p.visit.Path), p.visit.Status, p.facts, string(p.code)
	return b
}

// keep makes durable what the visit brings, under a deadline of its own: a visitor who
// goes away was there. It does not wait.
func (p *passage) keep(b ledger.Brought) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(p.request.Context()), p.route.patience.write)
	address, agent := p.request.Header.Get(edge.AddressHeader), p.visit.UserAgent // the request is not ours for ever
	p.written = make(chan struct{})
	go func() {
		defer close(p.written)
		defer cancel()
		p.guarded(func() {
			s, kept := b.Entry.(*record.Sighting)
			if kept && !p.objects {
				s.Visitor = visitorOf(ctx, p.route.visitors, p.site, s.Time, address, agent)
			}
			if err := p.route.writer.Write(ctx, b); err != nil {
				slog.ErrorContext(ctx, "visit not written", "site", p.site.Name, "error", err.Error())
				p.route.writer.Count(p.site.Site, leftLost)
				return
			}
			if kept {
				noteCode(ctx, p.route.codes, p.site, s)
			}
		})
	}()
}

// wait sends what is left of the page, and then waits for the write as long as the
// visitor can be made to wait. It is called when the page is complete or has broken off.
func (p *passage) wait(w http.ResponseWriter) {
	if p.written == nil {
		return
	}
	_ = http.NewResponseController(w).Flush() // an error means that nothing is held back, or the visitor went away
	timer := time.NewTimer(p.route.patience.afterPage)
	defer timer.Stop()
	select {
	case <-p.written:
	case <-timer.C:
	}
}
