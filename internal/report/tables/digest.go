package tables

import (
	"context"
	"time"

	"darksocial/darksocial/rollup"
)

// Digest is what most questions about a day ask for, small enough to be kept.
type Digest struct {
	Arrivals []rollup.Arrival // the rows of arrivals, added up over pages: Page is empty, or "(objected)"
	Quality  []rollup.Quality
	Shares   int64
	Previews int64
	Visitors map[Level]int64 // of site, channels and sources; nil if no visitor was hashed
	Last     time.Time       // end of the last hour in which something came; zero if nothing did
	Complete bool            // the day is over and each record has its receipt

	unreadable bool // a table is missing or damaged
}

// Level is what visitors are counted of: see rollup.DailyVisitors.
type Level struct{ Level, Key string }

// Digest reads a day once.
func (d *Day) Digest(ctx context.Context) (*Digest, error) {
	if d.State() == NoData {
		return &Digest{}, nil
	}
	digest, err := d.store.digests.Get(ctx, d.site.Name+" "+d.Date+" "+d.Version(), func(ctx context.Context) (*Digest, int64, time.Time, error) {
		made, err := d.digest(ctx)
		if err != nil {
			return nil, 0, time.Time{}, err
		}
		var until time.Time
		if made.unreadable = d.unreadable.Load(); made.unreadable { // somebody may mend it
			until = d.store.now().Add(changing)
		}
		return made, made.size(), until, nil
	})
	if err != nil {
		return nil, err
	}
	if digest.unreadable { // it may be another request's that found it
		d.unreadable.Store(true)
	}
	return digest, nil
}

func (d *Day) digest(ctx context.Context) (*Digest, error) {
	g := &Digest{}
	arrivals, err := d.Arrivals(ctx)
	if err != nil {
		return nil, err
	}
	g.Arrivals = withoutPages(arrivals)
	if g.Quality, err = d.Quality(ctx); err != nil {
		return nil, err
	}
	for i := range g.Quality {
		g.Complete = g.Quality[i].Complete // of all rows the same
	}
	shares, err := d.Shares(ctx)
	if err != nil {
		return nil, err
	}
	for i := range shares {
		g.Shares += shares[i].Shares
	}
	hours, err := d.Hours(ctx)
	if err != nil {
		return nil, err
	}
	for i := range hours {
		g.Previews += hours[i].Previews
		if end := hours[i].Hour.Add(time.Hour); end.After(g.Last) {
			g.Last = end
		}
	}
	visitors, err := d.DailyVisitors(ctx)
	if err != nil {
		return nil, err
	}
	for i := range visitors {
		if v := &visitors[i]; v.Visitors != nil && v.Level != "page" {
			if g.Visitors == nil {
				g.Visitors = map[Level]int64{}
			}
			g.Visitors[Level{v.Level, v.Key}] = *v.Visitors
		}
	}
	return g, nil
}

// size is about how many bytes a digest takes.
func (g *Digest) size() int64 {
	return 1024 + 320*int64(len(g.Arrivals)) + 120*int64(len(g.Quality)) + 96*int64(len(g.Visitors))
}

// withoutPages adds rows up that differ in their page alone. That nothing but an arrival
// is told of those who object stays to be seen.
func withoutPages(arrivals []rollup.Arrival) []rollup.Arrival {
	type key struct{ page, channel, source, visibility, surface, confidence, directKind, byReferrer string }
	at := map[key]int{}
	var sums []rollup.Arrival
	for i := range arrivals {
		a := &arrivals[i]
		k := key{"", a.Channel, a.Source, a.Visibility, a.Surface, a.Confidence, a.DirectKind, a.ByReferrer}
		if a.Page == rollup.Objected {
			k.page = a.Page
		}
		where, ok := at[k]
		if !ok {
			where = len(sums)
			at[k] = where
			sums = append(sums, rollup.Arrival{Page: k.page, Channel: k.channel, Source: k.source, Visibility: k.visibility, Surface: k.surface,
				Confidence: k.confidence, DirectKind: k.directKind, ByReferrer: k.byReferrer})
		}
		sum := &sums[where]
		sum.Arrivals += a.Arrivals
		sum.Measured += a.Measured
		addKnown(&sum.Readers, a.Readers)
		addKnown(&sum.EngagedSeconds, a.EngagedSeconds)
	}
	return sums
}

// addKnown adds a number that may not be known to another one.
func addKnown(sum **int64, n *int64) {
	if n == nil {
		return
	}
	added := *n
	if *sum != nil {
		added += **sum
	}
	*sum = &added
}
