package rollup

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"

	"darksocial/darksocial"
	"darksocial/darksocial/reading"
	"darksocial/darksocial/record"
	"darksocial/darksocial/share"
)

// Items finds what is kept of a share code that was checked: nil if there is nothing.
type Items func(share.Code) *share.Item

// code is what was known of a share code by the end of the day.
type code struct {
	*share.Item
	name share.Code
	app  string
	key  []byte // of its sums

	counts [numCodeCounts]int64 // that the sums do not have yet
	some   bool
}

// codesRemembered is how many codes are not looked at anew for each arrival. Each takes
// a few hundred bytes.
const codesRemembered = 20_000

// code returns what was known of a code, or nil.
func (f *Fold) code(name share.Code) *code {
	if name == "" || f.items == nil {
		return nil
	}
	if known, ok := f.codes[name]; ok {
		return known
	}
	var known *code
	if item := f.items(name).Before(f.day.To.Unix()); item != nil {
		known = &code{Item: item, name: name, app: AppOf(item)}
	}
	f.codes[name] = known
	return known
}

// room forgets codes if too many are remembered. What holds on to one must not be at work.
func (f *Fold) room() error {
	if len(f.codes) < codesRemembered {
		return nil
	}
	return f.Flush()
}

// Flush gives the sums what is counted of codes: an arrival counts for all that its code
// came of, so that is added up here first. It is called when all was added.
func (f *Fold) Flush() error {
	for _, of := range f.codes {
		if of == nil || !of.some {
			continue
		}
		if err := f.sums.Add(f.keyOf(of), of.counts[:]...); err != nil {
			return err
		}
	}
	clear(f.codes)
	return nil
}

// keyOf is the key of a code's sums.
func (f *Fold) keyOf(of *code) []byte {
	if of.key == nil {
		of.key = f.codeKey(of)
	}
	return of.key
}

// AddShare adds a share. Those of other days are left out.
func (f *Fold) AddShare(s *record.Share) error {
	if !f.day.Has(s.Time) {
		return nil
	}
	if err := f.room(); err != nil {
		return err
	}
	of := f.code(share.Code(s.Code))
	app := ""
	if of != nil {
		app = of.app
	} else {
		app = AppOf(&share.Item{Grade: share.PerShare, Button: s.Button})
	}
	err := f.add(sumSeen, []string{record.Shares.String(), Labelled, "share", s.Rules}, 1)
	if err == nil {
		err = f.add(sumPages, []string{s.Page}, andReads(reading.Reading{}, 0, 0, 0, 0, 1, 0)...)
	}
	if err == nil {
		err = f.add(sumShares, []string{s.Page, s.Button, app}, shareCounts(1, 0, 0, reading.Reading{})...)
	}
	if err != nil || of == nil {
		return err
	}
	of.add(codeCounts{shares: 1})
	if parent := f.code(of.Parent()); parent != nil {
		parent.add(codeCounts{children: 1})
	}
	return f.addCame(of, s.Visitor, 1, 0)
}

// ReadShare adds to a page view what its share code says, of which item is kept, or
// nothing.
func ReadShare(v *record.Sighting, item *share.Item) {
	switch {
	case v.Code == "":
	case item == nil:
		v.Facts.ReadUnknownShare()
	default:
		v.Facts.ReadShare(shareOf(item))
		if item.Grade == share.Own && v.Facts.Campaign == (darksocial.TagValues{}) {
			v.Facts.Campaign = darksocial.TagValues{Source: url.QueryEscape(item.Source), Medium: "own", Name: url.QueryEscape(item.Name)}
		}
	}
}

// shareOf is what a code says of a visit. Previews speak only for a code that stands
// for one share: a button's is seen by many.
func shareOf(item *share.Item) *darksocial.Share {
	s := &darksocial.Share{Button: item.Button, Own: item.Grade == share.Own, Source: item.Source}
	if item.Grade == share.PerShare {
		s.Previews = slices.Sorted(maps.Keys(item.Previews))
	}
	return s
}

// AppOf is the app that a share was made in, as far as the code knows, or "".
func AppOf(item *share.Item) string {
	var f darksocial.Facts
	f.ReadShare(shareOf(item))
	return f.SharedIn
}

// addShared adds an arrival that came with a code.
func (f *Fold) addShared(v *record.Sighting, of *code) error {
	if of == nil {
		return nil
	}
	err := f.add(sumShares, []string{v.Page, of.Button, of.app}, shareCounts(0, 0, 1, v.Reading)...)
	if err == nil {
		err = f.addCame(of, v.Visitor, 0, 1)
	}
	of.add(codeCounts{arrivals: 1, reach: 1, reading: v.Reading})
	for _, name := range of.Ancestors {
		if ancestor := f.code(name); ancestor != nil {
			ancestor.add(codeCounts{reach: 1})
		}
	}
	return err
}

// addSharePreview adds a preview that an app drew: of a share that is known by its code,
// or of one of which nothing else is known. Only the latter is a share by itself, and
// only where the app is for some and not for all.
func (f *Fold) addSharePreview(v *record.Sighting, l *darksocial.Label, of *code) error {
	if of != nil {
		of.add(codeCounts{previews: 1})
		return f.add(sumShares, []string{v.Page, of.Button, l.Source}, shareCounts(0, 1, 0, reading.Reading{})...)
	}
	shares := int64(0)
	if l.ProvesShare() != "" && l.Visibility == darksocial.Private {
		shares = 1
	}
	return cmp.Or(
		f.add(sumPages, []string{v.Page}, andReads(reading.Reading{}, 0, 0, 0, 0, shares, 0)...),
		f.add(sumShares, []string{v.Page, "", l.Source}, shareCounts(shares, 1, 0, reading.Reading{})...),
	)
}

// numSharing is how many counts a sum of shares has.
const numSharing = 3 + numSharingReads

// numSharingReads is how many of the counts of a reading stand in tables of shares:
// measured, readers, engaged seconds.
const numSharingReads = 3

func shareCounts(shares, previews, arrivals int64, r reading.Reading) []int64 {
	reads := readsOf(r)
	return append([]int64{shares, previews, arrivals}, reads[:numSharingReads]...)
}

// codeCounts are what is counted of a code.
type codeCounts struct {
	shares, children, previews, arrivals, reach int64
	reading                                     reading.Reading
}

// add adds to what is counted of a code.
func (of *code) add(c codeCounts) {
	of.some = true
	for i, n := range [...]int64{c.shares, c.children, c.previews, c.arrivals, c.reach} {
		of.counts[i] += n
	}
	if c.reading.Known {
		reads := readsOf(c.reading)
		for i := range numSharingReads {
			of.counts[5+i] += reads[i]
		}
	}
}

const (
	numCodeParts  = 12
	numCodeCounts = 5 + numSharingReads
)

// codeKey is the key of a code's sums. What is known of the code stands in it, so that
// rows need nothing but sums.
func (f *Fold) codeKey(of *code) []byte {
	var toOpen, afterParent string
	if of.Opened != 0 && f.day.Has(of.Opened) {
		toOpen = secondsKey(of.Opened - of.Made)
	}
	if parent := f.code(of.Parent()); parent != nil && f.day.Has(of.Made) {
		afterParent = secondsKey(of.Made - parent.Made)
	}
	return sumCodes.key(nil, string(of.RootOf(of.name)), generationKey(of.Item), string(of.name), string(of.Parent()), string(of.Link), string(of.Grade), of.Button, of.app,
		f.site.Page(of.Page), secondsKey(of.Made), toOpen, afterParent)
}

// addCame notes which visitors shared with a code, and which came with it.
func (f *Fold) addCame(of *code, visitor string, shares, arrivals int64) error {
	if visitor == "" {
		return nil
	}
	return f.add(sumCame, []string{string(of.RootOf(of.name)), generationKey(of.Item), string(of.name), visitor}, shares, arrivals)
}

func generationKey(item *share.Item) string { return fmt.Sprintf("%02d", item.Generation) }

// secondsKey writes seconds as they sort. Clocks of two machines may differ by a little
// less than nothing.
func secondsKey(sec int64) string { return fmt.Sprintf("%010d", max(0, sec)) }
