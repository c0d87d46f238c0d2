package job

import "darksocial/darksocial/rollup"

// Tell has a Roller tell everything: nothing is too small for a row of its own.
func (r *Roller) Tell() {
	r.options = rollup.Options{Pages: 1 << 20, HourPages: 1 << 20, Sources: 1 << 20, Campaigns: 1 << 20, Roots: 1 << 20}
}
