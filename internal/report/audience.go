package report

import (
	"context"
	"sync"

	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

type audienceAnswer struct {
	Meta           *meta     `json:"meta"`
	Arrivals       int64     `json:"arrivals"`
	Devices        []counted `json:"devices"`
	Countries      []counted `json:"countries"`
	CountriesTotal int       `json:"countries_total"`
}

func audienceOf(ctx context.Context, a *asked) (any, error) {
	devices, countries := map[string]int64{}, map[string]int64{}
	answer := &audienceAnswer{}
	var one sync.Mutex
	err := a.now.Each(ctx, func(_ int, day *tables.Day) error {
		rows, err := day.Audience(ctx)
		if err != nil {
			return err
		}
		one.Lock()
		defer one.Unlock()
		for i := range rows {
			row := &rows[i]
			if a.filter.channel != nil && row.Channel != *a.filter.channel || a.filter.source != nil && row.Source != *a.filter.source {
				continue
			}
			if row.Dimension == "device" {
				devices[row.Value] += row.Arrivals
				answer.Arrivals += row.Arrivals
			} else {
				countries[row.Value] += row.Arrivals
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for value := range countries {
		if value != rollup.Few && value != "unknown" {
			answer.CountriesTotal++
		}
	}
	answer.Devices, answer.Countries = most(devices, len(devices)), most(countries, a.limit)
	answer.Meta, err = a.meta(ctx)
	return answer, err
}
