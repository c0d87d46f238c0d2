package record

import "darksocial/darksocial"

// Record is one page view, as all doors saw it that did. Of a Record without any
// sighting nothing can be asked.
type Record struct {
	ID   ID
	seen [numDoors]bool
	by   [numDoors]Sighting
}

// Add merges a sighting of this page view.
func (r *Record) Add(s *Sighting) {
	r.ID = s.ID
	if !r.seen[s.Door] {
		r.seen[s.Door], r.by[s.Door] = true, *s
		return
	}
	r.by[s.Door].merge(s)
}

// Merge adds all that another record of the same page view holds.
func (r *Record) Merge(other *Record) {
	for door := range numDoors {
		if other.seen[door] {
			r.Add(&other.by[door])
		}
	}
}

// Seen returns what a door saw, or nil.
func (r *Record) Seen(door Door) *Sighting {
	if !r.seen[door] {
		return nil
	}
	return &r.by[door]
}

// Sightings returns what the doors saw, in their order.
func (r *Record) Sightings() []*Sighting {
	var all []*Sighting
	for door := range numDoors {
		if r.seen[door] {
			all = append(all, &r.by[door])
		}
	}
	return all
}

// Mismatch reports a script's word (of Beacon or Read) that names another page than
// the request was for: it was made up, or its id was. It is left out of the visit.
func (r *Record) Mismatch(door Door) bool {
	first := r.first()
	said := r.by[door].Page // none where the browser objects
	return r.seen[door] && door >= Beacon && first != door && said != "" && said != r.by[first].Page
}

// OnlyRead reports a page view that nobody saw: there is only a word on how it was
// read.
func (r *Record) OnlyRead() bool { return r.first() == Read }

// first is the door that is believed on page, time and status.
func (r *Record) first() Door {
	for door := range numDoors {
		if r.seen[door] {
			return door
		}
	}
	return Read
}

// Visit is what the doors say together: page, time and status of the first of
// them, the facts of all.
func (r *Record) Visit() Sighting {
	first := r.first()
	v := r.by[first]
	for door := first + 1; door < numDoors; door++ {
		if !r.seen[door] || r.Mismatch(door) {
			continue
		}
		at := v.place()
		v.merge(&r.by[door])
		v.Time, v.Page, v.Status = at.time, at.page, at.status
	}
	if r.seen[Beacon] && !r.Mismatch(Beacon) {
		v.Facts.Ran()
	}
	return v
}

// Code is the share code that the page was opened with, or "".
func (r *Record) Code() (code string) {
	for door := range numDoors {
		if r.seen[door] && !r.Mismatch(door) {
			code = max(code, r.by[door].Code)
		}
	}
	return code
}

// Label is the verdict on the page view.
func (r *Record) Label() darksocial.Label {
	v := r.Visit()
	return darksocial.Resolve(&v.Facts)
}
