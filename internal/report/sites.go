package report

import (
	"context"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/internal/report/signin"
)

type sitesAnswer struct {
	Sites   []siteRow     `json:"sites"`
	Expires time.Time     `json:"expires"`
	Fixed   *signin.Fixed `json:"fixed"`
}

type siteRow struct {
	Site     string  `json:"site"`
	TimeZone string  `json:"time_zone"`
	Today    string  `json:"today"`
	FirstDay *string `json:"first_day"`
	LastDay  *string `json:"last_day"`
}

// sitesOf lists the sites somebody may see.
func (h *Report) sitesOf(ctx context.Context, g *grant) (*sitesAnswer, error) {
	answer := &sitesAnswer{Sites: []siteRow{}, Expires: g.until, Fixed: g.Fixed}
	for _, s := range h.sites {
		if !g.MaySee(s.Name) {
			continue
		}
		row := siteRow{Site: s.Name, TimeZone: s.Zone().String(), Today: rollup.DayOf(h.now(), s.Zone()).Date}
		dates, err := h.tables.Dates(ctx, s.Name)
		if err != nil {
			return nil, err
		}
		if len(dates) > 0 {
			row.FirstDay, row.LastDay = &dates[0], &dates[len(dates)-1]
		}
		answer.Sites = append(answer.Sites, row)
	}
	return answer, nil
}
