package web

import "time"

// Hurry makes a Route wait less for an origin that is silent in the middle of a body,
// for a write, and for a write when the page is complete.
func (x *Route) Hurry(silence, write, afterPage time.Duration) {
	x.patience = patience{silence, write, afterPage}
}
