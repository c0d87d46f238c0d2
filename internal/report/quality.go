package report

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

type qualityAnswer struct {
	Meta        *meta        `json:"meta"`
	Confidence  []counted    `json:"confidence"`
	DirectKinds []counted    `json:"direct_kinds"`
	Records     int64        `json:"records"`
	Outcomes    outcomes     `json:"outcomes"`
	Reasons     []reasonRow  `json:"reasons"`
	UnknownApps []counted    `json:"unknown_apps"`
	Doors       []*doorRow   `json:"doors"`
	Late        int64        `json:"late"`
	Rules       []string     `json:"rules"`
	Days        []qualityDay `json:"days"`
}

// outcomes are what became of records.
type outcomes struct {
	Labelled  int64 `json:"labelled"`
	Duplicate int64 `json:"duplicate"`
	Filtered  int64 `json:"filtered"`
	Failed    int64 `json:"failed"`
}

func (o *outcomes) add(outcome string, n int64) {
	switch outcome {
	case rollup.Labelled:
		o.Labelled += n
	case rollup.Duplicate:
		o.Duplicate += n
	case rollup.Filtered:
		o.Filtered += n
	case rollup.Failed:
		o.Failed += n
	}
}

type reasonRow struct {
	Outcome string `json:"outcome"`
	Reason  string `json:"reason"`
	Records int64  `json:"records"`
}

type doorRow struct {
	Door    string `json:"door"`
	Records int64  `json:"records"`
	Days    int    `json:"days"`
	LastDay string `json:"last_day"`
}

type qualityDay struct {
	Date     string       `json:"date"`
	State    tables.State `json:"state"`
	Complete bool         `json:"complete"`
	outcomes
}

// How many of a kind are told.
const (
	reasonsShown     = 50
	unknownAppsShown = 20
)

func qualityOf(ctx context.Context, a *asked) (any, error) {
	answer := &qualityAnswer{Reasons: []reasonRow{}, Doors: []*doorRow{}}
	confidence, kinds, apps, rules := map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]bool{}
	err := a.now.arrivals(ctx, &a.filter, func(_ int, row *rollup.Arrival) {
		confidence[row.Confidence] += row.Arrivals
		if row.Channel == "direct" {
			kinds[row.DirectKind] += row.Arrivals
		}
	})
	if err != nil {
		return nil, err
	}
	reasons := map[reasonRow]int64{}
	doors := map[string]*doorRow{}
	for i, d := range a.now.Days {
		day := qualityDay{Date: d.Date, State: d.State(), Complete: a.now.digests[i].Complete && d.State() != tables.Unreadable}
		for _, row := range a.now.digests[i].Quality {
			rules[row.Rules] = true
			if row.Outcome == rollup.UnknownApp {
				apps[row.Reason] += row.Records
				continue
			}
			day.add(row.Outcome, row.Records)
			answer.Records += row.Records
			answer.Outcomes.add(row.Outcome, row.Records)
			if row.Outcome != rollup.Duplicate {
				reasons[reasonRow{Outcome: row.Outcome, Reason: row.Reason}] += row.Records
			}
			door := doors[row.Door]
			if door == nil {
				door = &doorRow{Door: row.Door}
				doors[row.Door] = door
			}
			door.Records += row.Records
		}
		for _, name := range d.Doors() {
			if door := doors[name]; door != nil {
				door.Days++
				door.LastDay = d.Date
			}
		}
		answer.Late += int64(d.Late())
		answer.Days = append(answer.Days, day)
	}
	for reason, n := range reasons {
		reason.Records = n
		answer.Reasons = append(answer.Reasons, reason)
	}
	slices.SortFunc(answer.Reasons, func(a, b reasonRow) int {
		return cmp.Or(cmp.Compare(b.Records, a.Records), strings.Compare(a.Outcome, b.Outcome), strings.Compare(a.Reason, b.Reason))
	})
	answer.Reasons = answer.Reasons[:min(reasonsShown, len(answer.Reasons))]
	for _, name := range slices.Sorted(maps.Keys(doors)) {
		if doors[name].Days > 0 {
			answer.Doors = append(answer.Doors, doors[name])
		}
	}
	answer.Confidence, answer.DirectKinds = inOrder(confidence, confidences), inOrder(kinds, directKinds)
	answer.UnknownApps = most(apps, unknownAppsShown)
	answer.Rules = append([]string{}, slices.Sorted(maps.Keys(rules))...)
	answer.Meta, err = a.meta(ctx)
	return answer, err
}
