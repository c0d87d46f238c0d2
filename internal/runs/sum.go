package runs

import "darksocial/darksocial/rollup"

// Summer adds up counts per key. It is not for concurrent use.
type Summer struct {
	sorter *Sorter
	limit  int
	counts map[string][]int64
	size   int
	value  []byte
}

// NewSummer returns a Summer that keeps about limit bytes of sums before it gives
// them to a Sorter, whose combine must be rollup.Combine.
func NewSummer(sorter *Sorter, limit int) *Summer {
	return &Summer{sorter: sorter, limit: limit, counts: map[string][]int64{}}
}

// sumSize is about what a sum takes beside its key, in bytes.
const sumSize = 120

// Add adds counts to those of a key. A key always has the same number of counts.
func (s *Summer) Add(key []byte, counts ...int64) error {
	if sum, ok := s.counts[string(key)]; ok {
		for i, n := range counts {
			sum[i] += n
		}
		return nil
	}
	if s.size += len(key) + sumSize; s.size > s.limit {
		if err := s.Flush(); err != nil {
			return err
		}
		s.size = len(key) + sumSize
	}
	s.counts[string(key)] = append([]int64(nil), counts...)
	return nil
}

// Flush gives the sums to the Sorter.
func (s *Summer) Flush() error {
	for key, counts := range s.counts {
		s.value = rollup.AppendCounts(s.value[:0], counts)
		if err := s.sorter.Add([]byte(key), s.value); err != nil {
			return err
		}
	}
	clear(s.counts)
	s.size = 0
	return nil
}
