package estimate

import "fmt"

// Merge adds what another Collector has gathered: of a shard, or of a day of a week. Its
// days must be among those of c. It is not changed.
func (c *Collector) Merge(other *Collector) error {
	shift := other.from - c.from
	if shift < 0 || shift%600 != 0 || other.from+int64(other.days)*86400 > c.from+int64(c.days)*86400 {
		return fmt.Errorf("estimate: %d days from %d are not among %d days from %d, in tens of minutes", other.days, other.from, c.days, c.from)
	}
	minutes := uint32(shift / 60)
	app := func(number uint32) uint32 { return uint32(c.app(other.apps[number])) }
	for name, from := range other.pages {
		to := c.page(name, from.first+minutes)
		for _, e := range from.nameless {
			to.nameless = append(to.nameless, e+minutes<<4)
		}
		for _, e := range from.labelled {
			if Came(e>>7&7) != Nameless { // what a code tells stands with the code
				to.labelled = append(to.labelled, (e+minutes<<10)&^0x7f|app(e&0x7f))
			}
		}
		for _, e := range from.previews {
			to.previews = append(to.previews, (e+minutes<<8)&^0x7f|app(e&0x7f))
		}
		for came, n := range from.named {
			to.named[came] += n
		}
	}
	for code, from := range other.codes {
		to := c.code(code, from.page)
		for _, e := range from.arrivals {
			to.arrivals = first(append(to.arrivals, (e+minutes<<10)&^0x7f|app(e&0x7f)), 2*maxPerCode)
		}
		for _, e := range from.previews {
			to.previews = first(append(to.previews, (e+minutes<<8)&^0x7f|app(e&0x7f)), 2*maxPerCode)
		}
	}
	for came, devices := range other.came {
		for device, n := range devices {
			c.came[came][device] += n
		}
	}
	for i, n := range other.minutes {
		c.minutes[i+int(minutes)/10] += n
	}
	c.outside += other.outside
	return nil
}
