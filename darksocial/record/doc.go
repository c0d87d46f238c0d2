// Package record is what is stored of a page view: facts, never a verdict.
//
// Each door that sees a page view (an access log, the function in the request
// path, the beacon) writes a Sighting of it. All sightings with one ID are one
// page view; Merge brings them together into a Record, in whatever order they
// come and however often. What the doors say together, and which of them is
// believed where they disagree, is decided when a Record is read (Visit), so that
// a better rule serves stored days as well.
//
// A Record keeps the sightings of its doors apart until then. That is what makes
// Merge commutative, associative and idempotent without thought: each door's part
// is a set of facts that only grows. It also means that a beacon somebody made up
// can be left out again after it was merged.
//
// # In the store
//
// Many sightings are packed into a Block: about 17 bytes each in a batch of a few
// hundred, 12 of them the id. A Block also carries the receipts of the sources it
// was read from: see Receipt. Both are versioned and checksummed; what is damaged
// or was written by a newer version is an error, never an empty day.
package record
