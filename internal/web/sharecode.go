package web

import (
	"context"
	"log/slog"
	"time"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/codes"
	"darksocial/internal/site"
)

// codeIn returns the share code in a page's query, or "". A visit without its code is as
// good as before, so an error is no reason to lose it.
func codeIn(ctx context.Context, known Codes, s *site.Served, query string) share.Code {
	if known == nil {
		return ""
	}
	code, err := known.In(ctx, s.Name, query, s.CodeName())
	if err != nil {
		slog.ErrorContext(ctx, "share code not checked", "site", s.Name, "error", err.Error())
	}
	return code
}

// noteCode notes what a page view that is kept says of its share code: that somebody
// came with it, or that an app drew a preview. It comes after the page view itself, which
// stays kept where this fails.
func noteCode(ctx context.Context, known Codes, s *site.Served, sighting *record.Sighting) {
	if known == nil || sighting.Code == "" || sighting.Facts.Objection == darksocial.Yes {
		return
	}
	code, label := share.Code(sighting.Code), darksocial.Resolve(&sighting.Facts)
	var err error
	switch {
	case label.Kind == darksocial.KindVisit:
		err = known.Note(ctx, s.Name, []codes.Event{{Code: code, At: sighting.Time}})
		if err == nil {
			day := rollup.DayOf(time.Unix(sighting.Time, 0), s.Zone())
			err = known.Came(ctx, s.Name, day.Date, sighting.Visitor, code, sighting.Time)
		}
	case label.ProvesShare() != "":
		err = known.Note(ctx, s.Name, []codes.Event{{Code: code, At: sighting.Time, Preview: label.ProvesShare()}})
	}
	if err != nil {
		slog.ErrorContext(ctx, "share code not noted", "site", s.Name, "error", err.Error())
	}
}
