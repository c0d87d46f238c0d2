package job

import (
	"context"
	"time"

	"darksocial/darksocial/rollup"
	"darksocial/internal/site"
)

// window is a day as it is rolled up. A day that was rolled up before begins and
// ends as it did then, even if the site has moved to another time zone since. A
// new day begins where the day before it ended and ends where the day after it
// begins, if those were rolled up: so the day on which the zone is changed is
// longer or shorter than others, and no page view is counted twice or not at all.
//
// The day's manifest, which there may not be, is returned as well.
func (r *Roller) window(ctx context.Context, s *site.Site, day rollup.Day) (rollup.Day, *stored, error) {
	m, err := readManifest(ctx, r.lake, s.Name, day.Date, nil)
	if err != nil {
		return day, nil, err
	}
	if m.etag != "" {
		day.From, day.To = m.From, m.To
		return day, m, nil
	}
	previous, err := readManifest(ctx, r.lake, s.Name, day.Previous().Date, nil)
	if err != nil {
		return day, nil, err
	}
	next, err := readManifest(ctx, r.lake, s.Name, day.Next().Date, nil)
	if err != nil {
		return day, nil, err
	}
	if previous.etag != "" && near(previous.To, day.From) {
		day.From = previous.To
	}
	if next.etag != "" && near(next.From, day.To) {
		day.To = next.From
	}
	if day.To.Before(day.From) { // the site moved around the world: the day has been already
		day.To = day.From
	}
	return day, m, nil
}

// near reports whether two moments are no further apart than two time zones can be.
func near(a, b time.Time) bool { return a.Sub(b).Abs() <= 26*time.Hour }
