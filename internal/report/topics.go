package report

import (
	"cmp"
	"slices"
	"strings"
)

// topicRow is the pages of a topic together.
type topicRow struct {
	Topic    string `json:"topic"`
	Pages    int64  `json:"pages"`
	Arrivals int64  `json:"arrivals"`
	Private  int64  `json:"private"`
	Public   int64  `json:"public"`
	reads
	Shares   *int64   `json:"shares"`
	Previews *int64   `json:"previews"`
	PassedOn *float64 `json:"passed_on"`
}

// topicsShown is how many topics are told.
const topicsShown = 50

// topicsOf adds pages up by what their last day says is their topic. Of what stands for
// many nobody knows the topics.
func topicsOf(sums *pageSums) (list []*topicRow, total int) {
	topics := map[string]*topicRow{}
	list = []*topicRow{}
	for _, p := range sums.pages {
		t := topics[p.Topic]
		if t == nil {
			t = &topicRow{Topic: p.Topic}
			topics[p.Topic] = t
			list = append(list, t)
		}
		t.Pages++
		t.Arrivals += p.Arrivals
		t.Private += p.Private
		t.Public += p.Public
		t.reads.add(p.Measured, p.Readers, p.EngagedSeconds)
		addKnown(&t.Shares, p.Shares)
		addKnown(&t.Previews, p.Previews)
	}
	for _, t := range list {
		t.PassedOn = perHundred(t.Shares, t.Readers)
	}
	slices.SortFunc(list, func(a, b *topicRow) int {
		return cmp.Or(cmp.Compare(b.Arrivals, a.Arrivals), strings.Compare(a.Topic, b.Topic))
	})
	return list[:min(topicsShown, len(list))], len(list)
}

// thresholds are from how many arrivals on a page counts as much shared.
type thresholds struct {
	Private int64 `json:"private"`
	Public  int64 `json:"public"`
}

// quadrants are how many pages lie in each.
type quadrants struct {
	Viral    int `json:"viral"`
	Valuable int `json:"valuable"`
	Both     int `json:"both"`
	Neither  int `json:"neither"`
}

// minShared is the least from which a page counts as much shared: below it one message
// makes the difference.
const minShared = 5

// setQuadrants tells each page its quadrant. The thresholds are the upper quartiles of
// the pages to which anything shared led at all.
func setQuadrants(sums *pageSums) (*thresholds, *quadrants) {
	var private, public []int64
	for _, p := range sums.pages {
		if p.Private+p.Public > 0 {
			private, public = append(private, p.Private), append(public, p.Public)
		}
	}
	t := &thresholds{upperQuartile(private), upperQuartile(public)}
	q := &quadrants{}
	names := [...]string{"neither", "valuable", "viral", "both"}
	counts := [...]*int{&q.Neither, &q.Valuable, &q.Viral, &q.Both}
	for _, p := range sums.pages {
		at := 0
		if p.Private >= t.Private {
			at++
		}
		if p.Public >= t.Public {
			at += 2
		}
		p.Quadrant = &names[at]
		*counts[at]++
	}
	return t, q
}

// upperQuartile is the number that three of four are not larger than, and at least
// minShared.
func upperQuartile(list []int64) int64 {
	if len(list) == 0 {
		return minShared
	}
	slices.Sort(list)
	return max(minShared, list[(len(list)*3+3)/4-1])
}
