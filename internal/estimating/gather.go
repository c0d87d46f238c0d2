package estimating

import (
	"context"
	"errors"
	"maps"
	"slices"

	"darksocial/darksocial"
	"darksocial/darksocial/estimate"
	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
	"darksocial/darksocial/share"
	"darksocial/internal/site"
)

// Views calls each with every page view of a day: see job.Roller.
type Views interface {
	Views(ctx context.Context, s *site.Site, day rollup.Day, each func(*record.Record) error) error
}

// Items finds what is kept of share codes: see codes.Codes.
type Items interface {
	Items(ctx context.Context, site string, codes []share.Code) (map[share.Code]*share.Item, error)
}

// ErrDays is what a range gets that is empty or too long.
var ErrDays = errors.New("an estimate is of 1 to 62 days")

// Gather reads what an estimate of some days, one after the other, is made of, and what
// tells how right the labels are. A day that is an hour longer or shorter than others is
// taken for one of 24: see estimate.NewCollector.
func Gather(ctx context.Context, views Views, items Items, s *site.Site, days []rollup.Day) (*estimate.Collector, *estimate.Calibrator, error) {
	if len(days) == 0 || len(days) > estimate.MaxDays {
		return nil, nil, ErrDays
	}
	g := &gatherer{items: items, site: s, seen: estimate.NewCollector(days[0].From.Unix(), len(days)), masked: estimate.NewCalibrator(), unknown: map[share.Code]bool{}}
	for _, day := range days {
		err := views.Views(ctx, s, day, func(r *record.Record) error { return g.add(ctx, day, r) })
		if err != nil {
			return nil, nil, err
		}
	}
	return g.seen, g.masked, g.ask(ctx)
}

type gatherer struct {
	items  Items
	site   *site.Site
	seen   *estimate.Collector
	masked *estimate.Calibrator

	waiting []waiting // for what is kept of their codes, which are asked for many at once
	unknown map[share.Code]bool
}

// waiting is an arrival or a preview with a code.
type waiting struct {
	code       share.Code
	arrival    estimate.Arrival
	preview    *estimate.Preview // in place of the arrival
	confidence string            // of the arrival's name, "" where it has none
}

const (
	mostUnknown = 1000
	mostWaiting = 10_000
)

func (g *gatherer) add(ctx context.Context, day rollup.Day, r *record.Record) error {
	v := r.Visit()
	if !day.Has(v.Time) || !rollup.IsCounted(&g.site.Site, r) {
		return nil
	}
	label := darksocial.Resolve(&v.Facts)
	switch label.Kind {
	case darksocial.KindVisit:
		if v.Facts.Objection == darksocial.Yes {
			return nil
		}
		arrival := Arrival(v.Time, v.Page, &v.Facts, &label)
		if v.Code == "" {
			g.seen.Add(arrival)
			return nil
		}
		w := waiting{code: share.Code(v.Code), arrival: arrival}
		if label.Channel != darksocial.Direct {
			w.confidence = label.Confidence.String()
		}
		return g.wait(ctx, w)
	case darksocial.KindPreview:
		app := label.ProvesShare()
		if app == "" {
			return nil
		}
		preview := &estimate.Preview{Time: v.Time, Page: v.Page, App: app}
		if v.Code == "" {
			g.seen.AddPreview(*preview)
			return nil
		}
		return g.wait(ctx, waiting{code: share.Code(v.Code), preview: preview})
	}
	return nil
}

func (g *gatherer) wait(ctx context.Context, w waiting) error {
	g.waiting, g.unknown[w.code] = append(g.waiting, w), true
	if len(g.unknown) < mostUnknown && len(g.waiting) < mostWaiting {
		return nil
	}
	return g.ask(ctx)
}

// ask adds what waits. Of a code of which nothing is kept nobody knows that a person
// shared it; one of the site's own posts is no share of a reader's.
func (g *gatherer) ask(ctx context.Context) error {
	if len(g.waiting) == 0 {
		return nil
	}
	items, err := g.items.Items(ctx, g.site.Name, slices.Collect(maps.Keys(g.unknown)))
	if err != nil {
		return err
	}
	for _, w := range g.waiting {
		item := items[w.code]
		switch {
		case item != nil && item.Grade == share.Own:
		case w.preview != nil:
			if item != nil {
				w.preview.Code = string(w.code)
			}
			g.seen.AddPreview(*w.preview)
		default:
			if item != nil {
				w.arrival.Code = string(w.code)
				g.mask(&w, item)
			}
			g.seen.Add(w.arrival)
		}
	}
	g.waiting = g.waiting[:0]
	clear(g.unknown)
	return nil
}

// mask counts what the headers alone say of an arrival of which the code tells the app.
func (g *gatherer) mask(w *waiting, item *share.Item) {
	named := ""
	if w.confidence != "" {
		named = w.arrival.App
	}
	g.masked.Add(estimate.Masked{Code: string(w.code), App: rollup.AppOf(item), Named: named, Confidence: w.confidence})
}
