package tables

import "time"

// FoldFor changes for how long a day is folded.
func (s *Store) FoldFor(patience time.Duration) { s.foldPatience = patience }
