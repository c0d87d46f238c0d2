package report

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"darksocial/internal/report/tables"
)

type hoursAnswer struct {
	Meta  *meta        `json:"meta"`
	Hours []*hourPoint `json:"hours"`
	Week  []weekHour   `json:"week"`
}

// hourCounts are what came in an hour.
type hourCounts struct {
	Arrivals int64 `json:"arrivals"`
	Private  int64 `json:"private"`
	Public   int64 `json:"public"`
	Previews int64 `json:"previews"`
}

type hourPoint struct {
	Hour time.Time `json:"hour"`
	hourCounts
}

// weekHour is an hour of the week at the site, of all weeks together.
type weekHour struct {
	Weekday int `json:"weekday"`
	Hour    int `json:"hour"`
	hourCounts
}

// hourDays is of how many days at most each hour is told.
const hourDays = 31

func hoursOf(ctx context.Context, a *asked) (any, error) {
	if a.filter.page != nil {
		for _, name := range a.filter.given() {
			if name == "channel" || name == "source" {
				return nil, notOffered(name, "the hours of a page are not offered by %s: no table holds them. Leave %s out, or page.", name, name)
			}
		}
	}
	answer := &hoursAnswer{}
	var err error
	if answer.Hours, answer.Week, err = a.hours(ctx); err != nil {
		return nil, err
	}
	answer.Meta, err = a.meta(ctx)
	return answer, err
}

// hours adds up what came by the hour. Without a page there is a row of hours for each
// label; with one it is told of the day's largest pages alone, and by visibility.
func (a *asked) hours(ctx context.Context) ([]*hourPoint, []weekHour, error) {
	byHour := map[int64]*hourPoint{}
	at := func(hour time.Time) *hourPoint {
		p := byHour[hour.Unix()]
		if p == nil {
			p = &hourPoint{Hour: hour.UTC()}
			byHour[hour.Unix()] = p
		}
		return p
	}
	var one sync.Mutex
	err := a.now.Each(ctx, func(_ int, day *tables.Day) error {
		if a.filter.page != nil {
			rows, err := day.PageHours(ctx)
			if err != nil {
				return err
			}
			one.Lock()
			defer one.Unlock()
			for i := range rows {
				if row := &rows[i]; row.Page == *a.filter.page && (a.filter.visibility == nil || row.Visibility == *a.filter.visibility) {
					at(row.Hour).add(anyShare, row.Visibility, row.Arrivals, row.Previews)
				}
			}
			return nil
		}
		rows, err := day.Hours(ctx)
		if err != nil {
			return err
		}
		one.Lock()
		defer one.Unlock()
		for i := range rows {
			if row := &rows[i]; a.filter.fits(row.Channel, row.Source, row.Visibility) {
				at(row.Hour).add(row.Channel, row.Visibility, row.Arrivals, row.Previews)
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	points := make([]*hourPoint, 0, len(byHour))
	for _, p := range byHour {
		points = append(points, p)
	}
	slices.SortFunc(points, func(a, b *hourPoint) int { return cmp.Compare(a.Hour.Unix(), b.Hour.Unix()) })
	week := weekOf(points, a.site.Zone())
	if len(a.now.Days) > hourDays {
		points = nil
	}
	return points, week, nil
}

// anyShare stands for a channel that is not told: the hours of a page say of arrivals only
// whom the share was for, if there was one.
const anyShare = "social"

func (h *hourCounts) add(channel, visibility string, arrivals, previews int64) {
	private, public, _ := sides(channel, visibility, arrivals)
	h.Arrivals += arrivals
	h.Private += private
	h.Public += public
	h.Previews += previews
}

// weekOf adds hours up by the hour of the week, Monday's first.
func weekOf(points []*hourPoint, zone *time.Location) []weekHour {
	week := make([]weekHour, 7*24)
	for i := range week {
		week[i].Weekday, week[i].Hour = i/24+1, i%24
	}
	for _, p := range points {
		local := p.Hour.In(zone)
		h := &week[(int(local.Weekday())+6)%7*24+local.Hour()]
		h.Arrivals += p.Arrivals
		h.Private += p.Private
		h.Public += p.Public
		h.Previews += p.Previews
	}
	return week
}
