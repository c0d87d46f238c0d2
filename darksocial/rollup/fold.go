package rollup

import (
	"cmp"
	"fmt"

	"darksocial/darksocial"
	"darksocial/darksocial/reading"
	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
)

// Fold adds the page views of a day to sums.
type Fold struct {
	day   Day
	site  *darksocial.Site
	items Items
	codes map[share.Code]*code
	sums  Adder
	key   []byte
}

// NewFold returns a Fold of a day of a site. items finds what is kept of share codes;
// it may be nil where there are none.
func NewFold(day Day, site *darksocial.Site, items Items, sums Adder) *Fold {
	return &Fold{day: day, site: site, items: items, codes: map[share.Code]*code{}, sums: sums}
}

// Add adds a page view; Flush ends the adding. All that was seen of it must have been merged; views of
// other days are left out.
func (f *Fold) Add(r *record.Record) error {
	if err := f.room(); err != nil {
		return err
	}
	visit := r.Visit()
	code := f.code(share.Code(visit.Code))
	if code != nil {
		ReadShare(&visit, code.Item)
	} else {
		ReadShare(&visit, nil)
	}
	label := darksocial.Resolve(&visit.Facts)
	for _, s := range r.Sightings() {
		if err := f.addSeen(r, s, label.Kind); err != nil {
			return err
		}
	}
	if !f.day.Has(visit.Time) || !IsCounted(f.site, r) {
		return nil
	}
	switch label.Kind {
	case darksocial.KindVisit:
		if visit.Facts.Objection == darksocial.Yes {
			visit, label, code = record.Sighting{Time: visit.Time, Page: Objected}, objected, nil
		}
		return cmp.Or(f.addArrival(&visit, &label), f.addShared(&visit, code))
	case darksocial.KindPreview:
		return cmp.Or(f.addPreview(&visit, &label), f.addSharePreview(&visit, &label, code))
	}
	return nil
}

// objected is all that is told of an arrival with a browser that objects to being
// counted as somebody (Sec-GPC, DNT, the site's opt-out): that there was one.
var objected = darksocial.Label{Kind: darksocial.KindVisit}

// IsCounted reports whether a page view was seen by a door that counts.
func IsCounted(site *darksocial.Site, r *record.Record) bool {
	for _, s := range r.Sightings() {
		if site.Counts(s.Door.String()) {
			return true
		}
	}
	return false
}

// addSeen counts a sighting as its door's, in the quarter of an hour the door's
// receipt counts it in.
func (f *Fold) addSeen(r *record.Record, s *record.Sighting, kind darksocial.Kind) error {
	if !f.day.Has(s.Time) {
		return nil
	}
	switch {
	case r.Mismatch(s.Door):
		return f.add(sumSeen, []string{s.Door.String(), Failed, "mismatch", s.Rules}, 1)
	case s.Door == record.Read && r.OnlyRead():
		return f.add(sumSeen, []string{s.Door.String(), Filtered, "no_view", s.Rules}, 1)
	}
	if name := s.Facts.Unnamed; name != "" {
		if err := f.add(sumUnknown, []string{s.Door.String(), name, s.Rules}, 1); err != nil {
			return err
		}
	}
	return f.add(sumSeen, []string{s.Door.String(), Labelled, kind.String(), s.Rules}, 1)
}

func (f *Fold) addArrival(v *record.Sighting, l *darksocial.Label) error {
	channel, source, visibility := l.Channel.String(), l.Source, l.Visibility.String()
	var private, public int64
	switch {
	case !l.Shared():
	case l.Visibility == darksocial.Private:
		private = 1
	case l.Visibility == darksocial.Public:
		public = 1
	}
	rule := ""
	if l.Evidence.Len() > 0 {
		rule = darksocial.RuleOf(l.Evidence.At(0)).ID
	}
	country := v.Facts.Country
	if country == "" {
		country = "unknown"
	}
	hour := hourKey(v.Time)
	err := cmp.Or(
		f.add(sumArrivals, []string{v.Page, channel, source, visibility, l.Surface.String(), l.Confidence.String(), l.DirectKind.String(), l.ByReferrer.String()}, andReads(v.Reading, 1)...),
		f.add(sumSources, []string{source}, 1),
		f.add(sumPages, []string{v.Page}, andReads(v.Reading, 1, private, public, 0, 0, 0)...),
		f.add(sumAudience, []string{channel, source, "device", v.Facts.Device.String()}, 1),
		f.add(sumAudience, []string{channel, source, "country", country}, 1),
		f.add(sumEvidence, []string{channel, source, rule}, 1),
		f.add(sumHours, []string{hour, channel, source, visibility}, 1, 0),
		f.add(sumPageHours, []string{hour, v.Page, visibility}, 1, 0),
	)
	if tags := v.Facts.Campaign.Text(); err == nil && tags != (darksocial.TagValues{}) {
		err = cmp.Or(
			f.add(sumCampaigns, []string{tags.Source, tags.Medium, tags.Name, channel}, andReads(v.Reading, 1)...),
			f.add(sumTags, []string{tags.Source, tags.Medium, tags.Name}, 1),
		)
	}
	if err == nil {
		err = f.addArticle(v.Page, &v.Article)
	}
	if v.Visitor != "" && err == nil {
		for _, level := range [...][2]string{{"site", ""}, {"channel", channel}, {"source", source}, {"page", v.Page}} {
			err = cmp.Or(err, f.add(sumVisitors, []string{level[0], level[1], v.Visitor}, 1))
		}
	}
	return err
}

func (f *Fold) addPreview(v *record.Sighting, l *darksocial.Label) error {
	hour, visibility := hourKey(v.Time), l.Visibility.String()
	return cmp.Or(
		f.add(sumPages, []string{v.Page}, andReads(reading.Reading{}, 0, 0, 0, 1, 0, 0)...),
		f.add(sumSources, []string{l.Source}, 0), // among the largest if there is room
		f.add(sumHours, []string{hour, l.Channel.String(), l.Source, visibility}, 0, 1),
		f.add(sumPageHours, []string{hour, v.Page, visibility}, 0, 1),
	)
}

// hourKey is the hour of a time, in Unix seconds, as it sorts: until 2286 they all
// have ten digits.
func hourKey(sec int64) string { return fmt.Sprintf("%010d", sec-sec%3600) }

func (f *Fold) add(k kind, parts []string, counts ...int64) error {
	f.key = k.key(f.key[:0], parts...)
	return f.sums.Add(f.key, counts...)
}
