package job_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/edge"
	"darksocial/internal/job"
)

// everyFiveMinutes is a log with one visit every five minutes, seconds before and
// at midnight among them.
func everyFiveMinutes(from, to time.Time) (log []byte, n int64) {
	var b bytes.Buffer
	for t := from; t.Before(to); t = t.Add(5 * time.Minute) {
		for _, at := range []time.Time{t, t.Add(-time.Second)} {
			fmt.Fprintf(&b, `{"id":"%d","time":%d,"url":"https://example.com/a","user_agent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"}`+"\n", n, at.Unix())
			n++
		}
	}
	return b.Bytes(), n
}

func (w *world) labelJSON(log []byte) {
	w.t.Helper()
	l := job.NewLabeler(w.ledger(), w.sites(), w.lake, job.Formats{Objects: edge.Options{Format: edge.NDJSON, Now: w.now}})
	_, err := l.File(context.Background(), "log", bytes.NewReader(log), midnight, nil)
	require.NoError(w.t, err)
}

// perDay rolls up all days that are due and returns the arrivals of each, and the
// lines that quality accounts for.
func (w *world) perDay() (arrivals map[string]int64, lines int64) {
	w.t.Helper()
	_, err := w.roller().Due(context.Background())
	require.NoError(w.t, err)
	arrivals = map[string]int64{}
	for date := range w.dates() {
		for _, row := range rowsOn[rollup.Arrival](w, "arrivals", date) {
			arrivals[date] += row.Arrivals
		}
		for _, row := range rowsOn[rollup.Quality](w, "quality", date) {
			lines += row.Records
		}
	}
	return arrivals, lines
}

// dates are the days the lake has tables of.
func (w *world) dates() map[string]bool {
	w.t.Helper()
	dates := map[string]bool{}
	const prefix = "arrivals/site=" + siteName + "/dt="
	require.NoError(w.t, w.lake.List(context.Background(), prefix, func(key string) error {
		dates[key[len(prefix):len(prefix)+len(date)]] = true
		return nil
	}))
	return dates
}

func TestLocalDays(t *testing.T) {
	for _, tt := range []struct {
		zone  string
		from  time.Time // in UTC, two days
		short map[string]int64
	}{
		{"Europe/Berlin", time.Date(2026, 3, 28, 0, 0, 0, 0, time.UTC), map[string]int64{"2026-03-29": 23 * 24}},  // forward
		{"Europe/Berlin", time.Date(2026, 10, 24, 0, 0, 0, 0, time.UTC), map[string]int64{"2026-10-25": 25 * 24}}, // back
		{"America/New_York", time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC), map[string]int64{"2026-11-01": 25 * 24}},
		{"Asia/Kathmandu", time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), map[string]int64{"2026-06-02": 24 * 24}}, // a quarter to an hour
		{"Pacific/Kiritimati", time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), map[string]int64{"2026-06-02": 24 * 24}},
		{"Pacific/Niue", time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), map[string]int64{"2026-06-01": 24 * 24}},
	} {
		t.Run(fmt.Sprint(tt.zone, tt.from.Format("-2006-01-02")), func(t *testing.T) {
			w := embeddedWorld(t)
			w.site.TimeZone = tt.zone
			to := tt.from.Add(72 * time.Hour)
			w.set(to.Add(48 * time.Hour))
			log, n := everyFiveMinutes(tt.from.Add(-24*time.Hour), to)
			w.labelJSON(log)
			arrivals, lines := w.perDay()
			assert.Equal(t, n, lines, "each line is of one day")
			var sum int64
			for _, day := range arrivals {
				sum += day
			}
			assert.Equal(t, n, sum)
			for date, want := range tt.short {
				assert.Equal(t, want, arrivals[date], "%s: two visits in five minutes", date)
			}
		})
	}
}

// TestChangedZone: when a site moves to another time zone, every page view stays in
// one day, also when the days around the change are rolled up again.
func TestChangedZone(t *testing.T) {
	first := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for _, zones := range [][2]string{{"", "Europe/Berlin"}, {"Europe/Berlin", ""}, {"", "America/New_York"}, {"Pacific/Kiritimati", "Pacific/Niue"}, {"Pacific/Niue", "Pacific/Kiritimati"}} {
		t.Run(fmt.Sprintf("%s to %s", zones[0], zones[1]), func(t *testing.T) {
			w := embeddedWorld(t)
			w.site.TimeZone = zones[0]
			half, to := first.Add(52*time.Hour), first.Add(120*time.Hour)
			w.set(half)
			log, n := everyFiveMinutes(first, half)
			w.labelJSON(log)
			_, lines := w.perDay()
			require.Equal(t, n, lines)

			w.site.TimeZone = zones[1]
			w.set(to.Add(30 * time.Hour))
			log, n = everyFiveMinutes(first, to) // the old lines again, and more
			w.labelJSON(log)
			arrivals, _ := w.perDay()
			var sum int64
			for _, day := range arrivals {
				sum += day
			}
			assert.Equal(t, n, sum)
			for date := range w.dates() {
				day, err := rollup.ParseDay(date, w.site.Zone())
				require.NoError(t, err)
				_, err = w.roller().Day(context.Background(), w.site, day, false)
				require.NoError(t, err)
			}
			again, _ := w.perDay()
			assert.Equal(t, arrivals, again)
		})
	}
}
