package report

import (
	"context"

	"darksocial/internal/report/tables"
)

type numbersAnswer struct {
	Meta        *meta               `json:"meta"`
	Numbers     *numbers            `json:"numbers"`
	Before      *numbers            `json:"before"`
	BeforeRange *beforeRange        `json:"before_range"`
	Change      map[string]*float64 `json:"change"`
}

func numbersOf(ctx context.Context, a *asked) (any, error) {
	list, err := a.now.byDay(ctx, &a.filter)
	if err != nil {
		return nil, err
	}
	answer := &numbersAnswer{Numbers: total(list)}
	if a.before != nil {
		was, err := a.before.byDay(ctx, &a.filter)
		if err != nil {
			return nil, err
		}
		answer.Before, answer.BeforeRange = total(was), a.beforeRange()
		answer.Change = change(answer.Before, answer.Numbers)
	}
	answer.Meta, err = a.meta(ctx, a.filter.missing()...)
	return answer, err
}

// change is how much each number is another than before.
func change(before, now *numbers) map[string]*float64 {
	counts := map[string]*float64{}
	known := func(n int64) *int64 { return &n }
	for _, c := range [...]struct {
		name        string
		before, now *int64
	}{
		{"arrivals", known(before.Arrivals), known(now.Arrivals)},
		{"private", known(before.Private), known(now.Private)},
		{"public", known(before.Public), known(now.Public)},
		{"undecided", known(before.Undecided), known(now.Undecided)},
		{"direct", known(before.Direct), known(now.Direct)},
		{"brought_to_light", known(before.BroughtToLight), known(now.BroughtToLight)},
		{"objected", known(before.Objected), known(now.Objected)},
		{"measured", known(before.Measured), known(now.Measured)},
		{"readers", before.Readers, now.Readers},
		{"engaged_seconds", before.EngagedSeconds, now.EngagedSeconds},
		{"shares", before.Shares, now.Shares},
		{"previews", before.Previews, now.Previews},
		{"visitor_days", before.VisitorDays, now.VisitorDays},
		{"orders", before.Orders, now.Orders},
		{"purchases", before.Purchases, now.Purchases},
	} {
		counts[c.name] = nil
		if c.before != nil && c.now != nil && *c.before != 0 {
			counts[c.name] = rounded(float64(*c.now-*c.before)/float64(*c.before), 4)
		}
	}
	for _, r := range [...]struct {
		name        string
		before, now *float64
	}{
		{"privately_shared", before.PrivatelyShared, now.PrivatelyShared},
		{"brought_to_light_share", before.BroughtToLightShare, now.BroughtToLightShare},
		{"passed_on", before.PassedOn, now.PassedOn},
	} {
		counts[r.name] = nil
		if r.before != nil && r.now != nil {
			counts[r.name] = rounded(*r.now-*r.before, 4)
		}
	}
	return counts
}

type seriesAnswer struct {
	Meta        *meta        `json:"meta"`
	Points      []point      `json:"points"`
	Before      []point      `json:"before"`
	BeforeRange *beforeRange `json:"before_range"`
}

type point struct {
	Date    string       `json:"date"`
	State   tables.State `json:"state"`
	Numbers *numbers     `json:"numbers"`
}

func seriesOf(ctx context.Context, a *asked) (any, error) {
	answer := &seriesAnswer{}
	var err error
	if answer.Points, err = a.now.points(ctx, &a.filter); err != nil {
		return nil, err
	}
	if a.before != nil {
		if answer.Before, err = a.before.points(ctx, &a.filter); err != nil {
			return nil, err
		}
		answer.BeforeRange = a.beforeRange()
	}
	answer.Meta, err = a.meta(ctx, a.filter.missing()...)
	return answer, err
}

func (d *days) points(ctx context.Context, f *filter) ([]point, error) {
	list, err := d.byDay(ctx, f)
	if err != nil {
		return nil, err
	}
	points := make([]point, len(list))
	for i, n := range list {
		if n != nil {
			n.finish()
		}
		points[i] = point{d.Days[i].Date, d.Days[i].State(), n}
	}
	return points, nil
}
