package report

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"darksocial/darksocial"
	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

type sourcesAnswer struct {
	Meta        *meta         `json:"meta"`
	Arrivals    int64         `json:"arrivals"`
	BeforeRange *beforeRange  `json:"before_range"`
	Channels    []*channelRow `json:"channels"`
}

type channelRow struct {
	Channel string `json:"channel"`
	sideCounts
	reads
	Before  *int64       `json:"before"`
	Total   int          `json:"total"`
	Sources []*sourceRow `json:"sources"`
}

type sourceRow struct {
	Source string `json:"source"`
	Title  string `json:"title"`
	sideCounts
	reads
	Before     *int64         `json:"before"`
	Surfaces   []counted      `json:"surfaces"`
	Confidence []counted      `json:"confidence"`
	Evidence   []ruleArrivals `json:"evidence"`

	surfaces, confidences, rules map[string]int64
}

type ruleArrivals struct {
	Rule     string `json:"rule"`
	Says     string `json:"says"`
	Arrivals int64  `json:"arrivals"`
}

// place is where a row of the tree stands.
type place struct{ channel, source string }

func sourcesOf(ctx context.Context, a *asked) (any, error) {
	rows := map[place]*sourceRow{}
	at := func(channel, source string) *sourceRow {
		p := place{channel, source}
		if rows[p] == nil {
			rows[p] = &sourceRow{Source: source, Title: darksocial.Title(source), surfaces: map[string]int64{}, confidences: map[string]int64{}, rules: map[string]int64{}}
		}
		return rows[p]
	}
	err := a.now.arrivals(ctx, &a.filter, func(_ int, row *rollup.Arrival) {
		s := at(row.Channel, row.Source)
		s.sideCounts.add(row.Channel, row.Visibility, row.Arrivals)
		s.reads.add(row.Measured, row.Readers, row.EngagedSeconds)
		s.surfaces[row.Surface] += row.Arrivals
		s.confidences[row.Confidence] += row.Arrivals
	})
	if err != nil {
		return nil, err
	}
	answer := &sourcesAnswer{Channels: []*channelRow{}, BeforeRange: a.beforeRange()}
	if a.before != nil {
		err := a.before.arrivals(ctx, &a.filter, func(_ int, row *rollup.Arrival) { addKnown(&at(row.Channel, row.Source).Before, &row.Arrivals) })
		if err != nil {
			return nil, err
		}
	}
	var missing []notOfferedField
	evidence := a.filter.evidence()
	if evidence {
		err = a.now.evidence(ctx, &a.filter, func(row *rollup.Evidence) { at(row.Channel, row.Source).rules[row.Rule] += row.Arrivals })
	} else {
		missing = append(missing, notOfferedField{"evidence", noEvidence})
	}
	if err != nil {
		return nil, err
	}
	answer.Channels = channelsOf(rows, a.limit, a.before != nil, evidence)
	for _, c := range answer.Channels {
		answer.Arrivals += c.Arrivals
	}
	answer.Meta, err = a.meta(ctx, missing...)
	return answer, err
}

const noEvidence = "evidence is counted by channel and source alone"

// evidence reports whether a table tells the evidence of what the filter asks for.
func (f *filter) evidence() bool { return f.visibility == nil && !f.pages() }

// evidence calls take with the rows of evidence that fit.
func (d *days) evidence(ctx context.Context, f *filter, take func(*rollup.Evidence)) error {
	var one sync.Mutex
	return d.Each(ctx, func(_ int, day *tables.Day) error {
		rows, err := day.Evidence(ctx)
		if err != nil {
			return err
		}
		one.Lock()
		defer one.Unlock()
		for i := range rows {
			if row := &rows[i]; (f.channel == nil || *f.channel == row.Channel) && (f.source == nil || *f.source == row.Source) {
				take(row)
			}
		}
		return nil
	})
}

// channelsOf puts sources into their channels, the largest first.
func channelsOf(rows map[place]*sourceRow, limit int, compared, evidence bool) []*channelRow {
	channels := map[string]*channelRow{}
	list := []*channelRow{}
	for p, s := range rows {
		c := channels[p.channel]
		if c == nil {
			c = &channelRow{Channel: p.channel}
			channels[p.channel] = c
			list = append(list, c)
		}
		if compared && s.Before == nil {
			s.Before = new(int64)
		}
		c.Sources = append(c.Sources, s)
		c.addCounts(&s.sideCounts)
		c.reads.add(s.Measured, s.Readers, s.EngagedSeconds)
		addKnown(&c.Before, s.Before)
	}
	for _, c := range list {
		c.cut(limit)
		for _, s := range c.Sources {
			s.finish(evidence)
		}
	}
	slices.SortFunc(list, func(a, b *channelRow) int {
		return cmp.Or(cmp.Compare(b.Arrivals, a.Arrivals), strings.Compare(a.Channel, b.Channel))
	})
	return list
}

func (s *sideCounts) addCounts(other *sideCounts) {
	s.Arrivals += other.Arrivals
	s.Private += other.Private
	s.Public += other.Public
	s.Undecided += other.Undecided
}

// cut keeps the largest sources of a channel and makes one of the rest.
func (c *channelRow) cut(limit int) {
	slices.SortFunc(c.Sources, func(a, b *sourceRow) int {
		return cmp.Or(cmp.Compare(rest(a.Source), rest(b.Source)), cmp.Compare(b.Arrivals, a.Arrivals), strings.Compare(a.Source, b.Source))
	})
	c.Total = len(c.Sources)
	last := c.Sources[len(c.Sources)-1]
	if last.Source == rollup.Other {
		c.Total--
	}
	if c.Total <= limit {
		return
	}
	others := &sourceRow{Source: rollup.Other, Title: rollup.Other, surfaces: map[string]int64{}, confidences: map[string]int64{}, rules: map[string]int64{}}
	for _, s := range c.Sources[limit:] {
		others.addCounts(&s.sideCounts)
		others.reads.add(s.Measured, s.Readers, s.EngagedSeconds)
		addKnown(&others.Before, s.Before)
		addAll(others.surfaces, s.surfaces)
		addAll(others.confidences, s.confidences)
		addAll(others.rules, s.rules)
	}
	c.Sources = append(c.Sources[:limit:limit], others)
}

func addAll(to, from map[string]int64) {
	for key, n := range from {
		to[key] += n
	}
}

// rulesShown is how many rules of a source are told.
const rulesShown = 20

func (s *sourceRow) finish(evidence bool) {
	s.Surfaces, s.Confidence = inOrder(s.surfaces, surfaces), inOrder(s.confidences, confidences)
	if !evidence {
		return
	}
	s.Evidence = []ruleArrivals{}
	for _, c := range most(s.rules, rulesShown) {
		s.Evidence = append(s.Evidence, ruleArrivals{c.Value, ruleWords(c.Value), c.Arrivals})
	}
}

// ruleWords says a rule in words; nothing for one that this program does not know.
func ruleWords(id string) string {
	rule, ok := darksocial.FindRule(id)
	if !ok {
		return ""
	}
	return darksocial.RuleOf(rule).Words()
}
