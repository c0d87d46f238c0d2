package job

import (
	"darksocial/darksocial"
	"darksocial/darksocial/record"
)

// ordinals gives ids to lines without one. Lines that say the same are told apart
// by counting them: a reload within the same second is not a duplicate. It
// remembers the last lines only; a line that comes again later gets the id it had.
type ordinals struct {
	young, old map[record.ID]int
}

const ordinalsRemembered = 50_000

func newOrdinals() *ordinals { return &ordinals{young: map[record.ID]int{}} }

func (o *ordinals) id(site string, v *darksocial.Visit) record.ID {
	first := record.LineID(site, v, 0)
	n := max(o.young[first], o.old[first])
	if len(o.young) >= ordinalsRemembered {
		o.young, o.old = map[record.ID]int{}, o.young
	}
	o.young[first] = n + 1
	if n == 0 {
		return first
	}
	return record.LineID(site, v, n)
}
