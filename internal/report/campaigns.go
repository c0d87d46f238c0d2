package report

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"darksocial/darksocial/rollup"
	"darksocial/internal/report/tables"
)

type campaignsAnswer struct {
	Meta      *meta          `json:"meta"`
	Total     int            `json:"total"`
	Campaigns []*campaignRow `json:"campaigns"`
	Other     int64          `json:"other"`
}

type campaignRow struct {
	UTMSource   string `json:"utm_source"`
	UTMMedium   string `json:"utm_medium"`
	UTMCampaign string `json:"utm_campaign"`
	Channel     string `json:"channel"`
	Arrivals    int64  `json:"arrivals"`
	reads
	ReadTimes readTimes `json:"read_times"`
	Purchases *int64    `json:"purchases"`
	Revenue   []money   `json:"revenue"`
}

// maxCampaigns bounds how many campaigns are told apart while an answer is made. Those
// of days behind it are told together.
const maxCampaigns = 50_000

func campaignsOf(ctx context.Context, a *asked) (any, error) {
	type key struct{ source, medium, campaign, channel string }
	rows := map[key]*campaignRow{}
	answer := &campaignsAnswer{Campaigns: []*campaignRow{}}
	var one sync.Mutex
	err := a.now.Each(ctx, func(_ int, day *tables.Day) error {
		list, err := day.Campaigns(ctx)
		if err != nil {
			return err
		}
		one.Lock()
		defer one.Unlock()
		for i := range list {
			row := &list[i]
			if a.filter.channel != nil && *a.filter.channel != row.Channel {
				continue
			}
			k := key{row.UTMSource, row.UTMMedium, row.UTMCampaign, row.Channel}
			c := rows[k]
			if c == nil && (row.UTMCampaign == rollup.Other && row.UTMSource == rollup.Other || len(rows) >= maxCampaigns) {
				answer.Other += row.Arrivals
				continue
			}
			if c == nil {
				c = &campaignRow{UTMSource: k.source, UTMMedium: k.medium, UTMCampaign: k.campaign, Channel: k.channel}
				rows[k] = c
			}
			c.Arrivals += row.Arrivals
			c.reads.add(row.Measured, row.Readers, row.EngagedSeconds)
			c.ReadTimes.add(readTimes{row.Under10s, row.From10s, row.From30s, row.From60s, row.From120s, row.From300s})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	all := make([]*campaignRow, 0, len(rows))
	for _, c := range rows {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b *campaignRow) int {
		return cmp.Or(cmp.Compare(b.Arrivals, a.Arrivals), strings.Compare(a.UTMSource, b.UTMSource), strings.Compare(a.UTMMedium, b.UTMMedium),
			strings.Compare(a.UTMCampaign, b.UTMCampaign), strings.Compare(a.Channel, b.Channel))
	})
	answer.Total = len(all)
	for i, c := range all {
		if i < a.offset || i >= a.offset+a.limit {
			answer.Other += c.Arrivals
			continue
		}
		answer.Campaigns = append(answer.Campaigns, c)
	}
	answer.Meta, err = a.meta(ctx)
	return answer, err
}
