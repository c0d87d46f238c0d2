package rollup

import (
	"darksocial/darksocial"
	"darksocial/darksocial/record"
)

// Fold adds the page views of a day to sums.
type Fold struct {
	day  Day
	sums Adder
	key  []byte
}

// NewFold returns a Fold of a day.
func NewFold(day Day, sums Adder) *Fold { return &Fold{day: day, sums: sums} }

// Add adds a page view. All that was seen of it must have been merged; views of
// other days are left out.
func (f *Fold) Add(r *record.Record) error {
	visit := r.Visit()
	label := darksocial.Resolve(&visit.Facts)
	for _, s := range r.Sightings() {
		if err := f.addSeen(r, s, label.Kind); err != nil {
			return err
		}
	}
	if !f.day.Has(visit.Time) {
		return nil
	}
	switch label.Kind {
	case darksocial.KindVisit:
		return f.addArrival(visit.Page, &label)
	case darksocial.KindPreview:
		return f.add(sumPages, []string{visit.Page}, 0, 0, 0, 1)
	}
	return nil
}

// addSeen counts a sighting as its door's, in the quarter of an hour the door's
// receipt counts it in.
func (f *Fold) addSeen(r *record.Record, s *record.Sighting, kind darksocial.Kind) error {
	if !f.day.Has(s.Time) {
		return nil
	}
	if s.Door == record.Beacon && r.Mismatch() {
		return f.add(sumSeen, []string{s.Door.String(), Failed, "mismatch", s.Rules}, 1)
	}
	if name := s.Facts.Unnamed; name != "" {
		if err := f.add(sumUnknown, []string{s.Door.String(), name, s.Rules}, 1); err != nil {
			return err
		}
	}
	return f.add(sumSeen, []string{s.Door.String(), Labelled, kind.String(), s.Rules}, 1)
}

func (f *Fold) addArrival(page string, l *darksocial.Label) error {
	if err := f.add(sumArrivals, []string{page, l.Channel.String(), l.Source, l.Visibility.String(), l.Surface.String(),
		l.Confidence.String(), l.DirectKind.String(), l.ByReferrer.String()}, 1); err != nil {
		return err
	}
	if err := f.add(sumSources, []string{l.Source}, 1); err != nil {
		return err
	}
	var private, public int64
	switch {
	case !l.Shared():
	case l.Visibility == darksocial.Private:
		private = 1
	case l.Visibility == darksocial.Public:
		public = 1
	}
	return f.add(sumPages, []string{page}, 1, private, public, 0)
}

func (f *Fold) add(k kind, parts []string, counts ...int64) error {
	f.key = k.key(f.key[:0], parts...)
	return f.sums.Add(f.key, counts...)
}
