// Package estimating gives package estimate what a site's records hold.
//
//	seen, masked, err := estimating.Gather(ctx, roller, codes, site, days)
//	result := seen.Run(estimate.Both, 1)
//
// Arrivals and previews are read as the roll-up reads them, merged of what all doors saw.
// What a share code says of an arrival is left out of its name: the code is the answer
// that the name is held against.
//
// Package trials holds the estimate against simulated sites, of which the truth is known.
package estimating
