package backfill

import (
	"context"
	"slices"
	"time"

	"darksocial/darksocial/record"
	"darksocial/darksocial/rollup"
)

// Coverage is the quarters of an hour in which the logs have any line: a visit, a
// picture, a robot. A site that is reached at all has some in nearly every quarter.
// A line that cannot be read says no time one can trust, so it is of none.
type Coverage struct {
	quarters []int64 // rising
}

// Gap is how long a log may say nothing before a part of it must be missing.
const Gap = 6 * time.Hour

// coverage reads the receipts of all segments.
func (s *Segments) coverage(ctx context.Context) (*Coverage, error) {
	seen := map[int64]bool{}
	for _, partition := range s.partitions() {
		if err := s.Scan(ctx, partition, func(_ string, data []byte) error {
			block, err := record.Unpack(data)
			if err != nil {
				return err
			}
			for _, r := range block.Receipts {
				if r.Written > 0 || len(r.Filtered) > 0 {
					seen[r.Quarter] = true
				}
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	c := &Coverage{}
	for quarter := range seen {
		c.quarters = append(c.quarters, quarter)
	}
	slices.Sort(c.quarters)
	return c, nil
}

// Missing says what is missing for a day to be covered from end to end, or "": a
// line before it and one after it, and none of Gap without a line in between.
func (c *Coverage) Missing(day rollup.Day) string {
	from, to := day.From.Unix()/record.Quarter, day.To.Unix()/record.Quarter
	const gap = int64(Gap / time.Second / record.Quarter)
	first, _ := slices.BinarySearch(c.quarters, from)
	if first == 0 || from-c.quarters[first-1] > gap {
		return "its logs may begin within it: there is no line of the hours before"
	}
	last, _ := slices.BinarySearch(c.quarters, to)
	if last == len(c.quarters) || c.quarters[last]-to > gap {
		return "its logs may end within it: there is no line of the hours after"
	}
	for i := first; i <= last; i++ {
		silent, until := c.quarters[i-1]+1, c.quarters[i]
		if until-c.quarters[i-1] > gap && silent < to && until > from { // not just beside the day
			return "there is no line between " + clock(silent, day) + " and " + clock(until, day) + ": is a log missing?"
		}
	}
	return ""
}

func clock(quarter int64, day rollup.Day) string {
	return time.Unix(quarter*record.Quarter, 0).In(day.From.Location()).Format("15:04")
}

// Days lists the days that any line is of.
func (c *Coverage) Days(zone *time.Location) []rollup.Day {
	var days []rollup.Day
	for _, quarter := range c.quarters {
		day := rollup.DayOf(time.Unix(quarter*record.Quarter, 0), zone)
		if n := len(days); n == 0 || days[n-1].Date != day.Date {
			days = append(days, day)
		}
	}
	return days
}
