package rollup

import (
	"fmt"
	"time"
)

// Day is one day of a site in its own time zone.
type Day struct {
	Date     string // "2026-11-20"
	From, To time.Time
}

const dateLayout = "2006-01-02"

// DayOf returns the day a moment lies in.
func DayOf(t time.Time, zone *time.Location) Day {
	year, month, day := t.In(zone).Date()
	return Day{
		Date: time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Format(dateLayout),
		From: start(year, month, day, zone),
		To:   start(year, month, day+1, zone),
	}
}

// start is the first moment of a day. Where the clock goes forward at midnight,
// as in Chile and on the Azores, that day has no midnight, and time.Date may give
// an hour of the day before: the day then begins when the clock goes forward.
func start(year int, month time.Month, day int, zone *time.Location) time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, zone)
	if t.Day() != time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Day() {
		_, t = t.ZoneBounds()
	}
	return t
}

// ParseDay reads a date.
func ParseDay(date string, zone *time.Location) (Day, error) {
	t, err := time.Parse(dateLayout, date)
	if err != nil {
		return Day{}, fmt.Errorf("%q is no date: write it like 2026-11-20", date)
	}
	year, month, day := t.Date()
	return DayOf(time.Date(year, month, day, 12, 0, 0, 0, zone), zone), nil // noon: not every day has a midnight
}

// Previous is the day before.
func (d Day) Previous() Day { return DayOf(d.From.Add(-time.Second), d.From.Location()) }

// Next is the day after.
func (d Day) Next() Day { return DayOf(d.To, d.To.Location()) }

// Has reports whether a moment, in Unix seconds, lies in the day.
func (d Day) Has(sec int64) bool { return d.From.Unix() <= sec && sec < d.To.Unix() }

// HasQuarter reports whether a quarter of an hour lies in the day, by the number
// receipts count by.
func (d Day) HasQuarter(quarter int64) bool { return d.Has(quarter * 15 * 60) }
