package record

// Entry is one thing that a door saw and that is kept: a Sighting of a page view, a
// Share, or an Order.
type Entry interface {
	// Head is what an entry is found by: its id, and its time in Unix seconds.
	Head() (ID, int64)
	// AppendBody appends everything else, beginning with the door. Decode reads it.
	AppendBody(dst []byte) []byte
}

// Head is what the sighting is found by.
func (s *Sighting) Head() (ID, int64) { return s.ID, s.Time }

// AppendBody appends everything else.
func (s *Sighting) AppendBody(dst []byte) []byte { return AppendSighting(dst, s) }

// IsSighting reports whether a body is that of a sighting of a page view.
func IsSighting(body []byte) bool { return len(body) > 0 && Door(body[0]) < numDoors }

// Decode reads what AppendBody wrote.
func Decode(body []byte, id ID, time int64) (Entry, error) {
	switch {
	case IsShare(body):
		s, err := DecodeShare(body, id, time)
		return &s, err
	case IsOrder(body):
		o, err := DecodeOrder(body, id, time)
		return &o, err
	}
	s, err := DecodeSighting(body, id, time)
	return &s, err
}
