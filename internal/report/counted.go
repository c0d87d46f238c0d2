package report

import (
	"cmp"
	"slices"
	"strings"

	"darksocial/darksocial/rollup"
)

// counted is a value and its arrivals.
type counted struct {
	Value    string `json:"value"`
	Arrivals int64  `json:"arrivals"`
}

// most lists values, those with the most arrivals first, and those that stand for many
// last. Those behind the first ones are one together.
func most(arrivals map[string]int64, limit int) []counted {
	list := []counted{}
	for value, n := range arrivals {
		list = append(list, counted{value, n})
	}
	slices.SortFunc(list, func(a, b counted) int {
		return cmp.Or(cmp.Compare(rest(a.Value), rest(b.Value)), cmp.Compare(b.Arrivals, a.Arrivals), strings.Compare(a.Value, b.Value))
	})
	if len(list) <= limit {
		return list
	}
	var others int64
	kept := list[:limit:limit]
	for _, c := range list[limit:] {
		if c.Value == rollup.Few {
			kept = append(kept, c)
		} else {
			others += c.Arrivals
		}
	}
	if others > 0 {
		kept = append(kept, counted{rollup.Other, others})
	}
	return kept
}

// rest orders what stands for many behind what does not.
func rest(value string) int {
	switch value {
	case rollup.Few:
		return 1
	case rollup.Other:
		return 2
	}
	return 0
}

// inOrder lists the arrivals of given values, also of those that have none.
func inOrder(arrivals map[string]int64, values []string) []counted {
	list := make([]counted, len(values))
	for i, value := range values {
		list[i] = counted{value, arrivals[value]}
	}
	return list
}

// What labels say, in the order in which it is told.
var (
	confidences  = []string{"certain", "strong", "likely", "possible", "unknown"}
	visibilities = []string{"private", "public", "unknown"}
	surfaces     = []string{"in_app", "browser", "unknown"}
	directKinds  = []string{"typed_or_app", "hidden_web", "unknown"}
)

// reads is how some arrivals were read.
type reads struct {
	Measured       int64  `json:"measured"`
	Readers        *int64 `json:"readers"`
	EngagedSeconds *int64 `json:"engaged_seconds"`
}

func (r *reads) add(measured int64, readers, seconds *int64) {
	r.Measured += measured
	addKnown(&r.Readers, readers)
	addKnown(&r.EngagedSeconds, seconds)
}

// readTimes are measured arrivals by how long they were read.
type readTimes struct {
	Under10s int64 `json:"under_10s"`
	From10s  int64 `json:"from_10s"`
	From30s  int64 `json:"from_30s"`
	From60s  int64 `json:"from_60s"`
	From120s int64 `json:"from_120s"`
	From300s int64 `json:"from_300s"`
}

func (t *readTimes) add(other readTimes) {
	t.Under10s += other.Under10s
	t.From10s += other.From10s
	t.From30s += other.From30s
	t.From60s += other.From60s
	t.From120s += other.From120s
	t.From300s += other.From300s
}

// sideCounts are arrivals by whom the share they came from was for.
type sideCounts struct {
	Arrivals  int64 `json:"arrivals"`
	Private   int64 `json:"private"`
	Public    int64 `json:"public"`
	Undecided int64 `json:"undecided"`
}

func (s *sideCounts) add(channel, visibility string, n int64) {
	private, public, undecided := sides(channel, visibility, n)
	s.Arrivals += n
	s.Private += private
	s.Public += public
	s.Undecided += undecided
}
