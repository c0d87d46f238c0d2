package backfill

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/internal/edge"
)

// at is a moment on or around 20 November 2026 in UTC: "20 09:15".
func at(t *testing.T, text string) time.Time {
	t.Helper()
	return when(t, "2026-11-"+text)
}

func when(t *testing.T, text string) time.Time {
	t.Helper()
	moment, err := time.Parse("2006-01-02 15:04", text)
	require.NoError(t, err)
	return moment
}

// every is moments from one to another, both included.
func every(step time.Duration, from, to time.Time) (moments []time.Time) {
	for at := from; !at.After(to); at = at.Add(step) {
		moments = append(moments, at)
	}
	return moments
}

// writeTimes writes a log of the combined format with a line for each moment. It
// names no request id.
func writeTimes(t *testing.T, path string, moments ...time.Time) {
	t.Helper()
	var log bytes.Buffer
	for i, at := range moments {
		fmt.Fprintf(&log, "192.0.2.1 - - [%s] \"GET /artikel/%d HTTP/1.1\" 200 512 \"-\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0\"\n",
			at.Format("02/Jan/2006:15:04:05 -0700"), i%7)
	}
	writeFile(t, path, log.Bytes())
}

// covered reads logs and says of each day what is missing, "" where nothing is.
func (d *desk) covered() map[string]string {
	d.t.Helper()
	w := d.work()
	defer w.Close()
	_, _, err := w.Read(d.t.Context(), d.inputs(), d.lake, nil)
	require.NoError(d.t, err)
	days, coverage, err := w.Days(d.t.Context())
	require.NoError(d.t, err)
	missing := map[string]string{}
	for _, day := range days {
		missing[day.Date] = coverage.Missing(day)
	}
	return missing
}

const (
	noStart = "its logs may begin within it: there is no line of the hours before"
	noEnd   = "its logs may end within it: there is no line of the hours after"
)

func hole(from, to string) string {
	return "there is no line between " + from + " and " + to + ": is a log missing?"
}

func TestCoverage(t *testing.T) {
	const quarter = 15 * time.Minute
	join := func(parts ...[]time.Time) (all []time.Time) {
		for _, part := range parts {
			all = append(all, part...)
		}
		return all
	}
	for _, tt := range []struct {
		name string
		zone string
		log  []time.Time
		want map[string]string
	}{
		{"end to end", "", every(quarter, at(t, "19 22:00"), at(t, "21 02:00")),
			map[string]string{"2026-11-19": noStart, "2026-11-20": "", "2026-11-21": noEnd}},
		{"exactly a day", "", every(quarter, at(t, "20 00:00"), at(t, "20 23:59")),
			map[string]string{"2026-11-20": noStart}},
		{"a day and what is after it", "", every(quarter, at(t, "20 00:00"), at(t, "21 00:00")),
			map[string]string{"2026-11-20": noStart, "2026-11-21": noEnd}},
		{"a day, one line before it and one after", "", every(quarter, at(t, "19 23:59"), at(t, "21 00:14")),
			map[string]string{"2026-11-19": noStart, "2026-11-20": "", "2026-11-21": noEnd}},
		{"half a day, then a whole one", "", every(quarter, at(t, "19 12:00"), at(t, "21 06:00")),
			map[string]string{"2026-11-19": noStart, "2026-11-20": "", "2026-11-21": noEnd}},
		{"two halves of two days", "", every(quarter, at(t, "19 12:00"), at(t, "20 12:00")),
			map[string]string{"2026-11-19": noStart, "2026-11-20": noEnd}},
		{"a hole of more than six hours", "", join(every(quarter, at(t, "19 22:00"), at(t, "20 08:10")), every(quarter, at(t, "20 14:30"), at(t, "21 02:00"))),
			map[string]string{"2026-11-19": noStart, "2026-11-20": hole("08:15", "14:30"), "2026-11-21": noEnd}},
		{"a hole of six hours", "", join(every(quarter, at(t, "19 22:00"), at(t, "20 08:00")), every(quarter, at(t, "20 14:00"), at(t, "21 02:00"))),
			map[string]string{"2026-11-19": noStart, "2026-11-20": "", "2026-11-21": noEnd}},
		{"a hole at the beginning", "", join(every(quarter, at(t, "18 22:00"), at(t, "19 23:45")), every(quarter, at(t, "20 06:00"), at(t, "21 02:00"))),
			map[string]string{"2026-11-18": noStart, "2026-11-19": "", "2026-11-20": hole("00:00", "06:00"), "2026-11-21": noEnd}},
		{"a hole over midnight", "", join(every(quarter, at(t, "18 22:00"), at(t, "19 20:00")), every(quarter, at(t, "20 03:00"), at(t, "21 02:00"))),
			map[string]string{"2026-11-18": noStart, "2026-11-19": hole("20:15", "03:00"), "2026-11-20": hole("20:15", "03:00"), "2026-11-21": noEnd}},
		{"a hole of a day", "", join(every(quarter, at(t, "18 22:00"), at(t, "19 23:59")), every(quarter, at(t, "21 00:00"), at(t, "22 01:00"))),
			map[string]string{"2026-11-18": noStart, "2026-11-19": noEnd, "2026-11-21": noStart, "2026-11-22": noEnd}},
		{"a clock that jumps", "", join(
			every(quarter, at(t, "19 10:00"), at(t, "20 14:00")), []time.Time{when(t, "2025-11-20 03:00"), when(t, "2026-12-20 12:00")}),
			map[string]string{"2025-11-20": noStart, "2026-11-19": noStart, "2026-11-20": noEnd, "2026-12-20": noStart}},
		{"a clock that jumps within the day", "", join([]time.Time{at(t, "20 02:00")}, every(quarter, at(t, "20 11:00"), at(t, "21 09:00")), []time.Time{at(t, "21 20:00"), at(t, "22 03:00")}),
			map[string]string{"2026-11-20": noStart, "2026-11-21": hole("09:15", "20:00"), "2026-11-22": noEnd}},
		{"a stray line just before and just after", "", join([]time.Time{at(t, "19 23:00")}, every(quarter, at(t, "20 05:30"), at(t, "20 18:00")), []time.Time{at(t, "21 00:30")}),
			map[string]string{"2026-11-19": noStart, "2026-11-20": hole("23:15", "05:30"), "2026-11-21": noEnd}},
		{"a few lines a day", "", every(5*time.Hour, at(t, "19 10:00"), at(t, "21 12:00")),
			map[string]string{"2026-11-19": noStart, "2026-11-20": "", "2026-11-21": noEnd}},
		{"a few lines, and quiet nights", "", join(every(4*time.Hour, at(t, "19 08:00"), at(t, "19 20:00")), every(4*time.Hour, at(t, "20 08:00"), at(t, "20 20:00")), every(4*time.Hour, at(t, "21 08:00"), at(t, "21 20:00"))),
			map[string]string{"2026-11-19": noStart, "2026-11-20": noEnd, "2026-11-21": noEnd}},
		{"local days", "Europe/Berlin", every(quarter, at(t, "19 22:00"), at(t, "21 22:00")),
			map[string]string{"2026-11-19": noStart, "2026-11-20": "", "2026-11-21": noEnd}},
		{"local days, whole in UTC only", "Europe/Berlin", every(quarter, at(t, "19 23:00"), at(t, "20 22:59")),
			map[string]string{"2026-11-20": noStart}},
		{"local days, a hole by the local clock", "Europe/Berlin", join(every(quarter, at(t, "19 22:00"), at(t, "20 08:00")), every(quarter, at(t, "20 15:00"), at(t, "21 02:00"))),
			map[string]string{"2026-11-19": noStart, "2026-11-20": hole("09:15", "16:00"), "2026-11-21": noEnd}},
		{"the day of 25 hours", "Europe/Berlin", every(quarter, when(t, "2026-10-24 21:00"), when(t, "2026-10-25 23:00")),
			map[string]string{"2026-10-24": noStart, "2026-10-25": "", "2026-10-26": noEnd}},
		{"the day of 25 hours, an hour short", "Europe/Berlin", every(quarter, when(t, "2026-10-24 21:00"), when(t, "2026-10-25 22:59")),
			map[string]string{"2026-10-24": noStart, "2026-10-25": noEnd}},
		{"the day of 23 hours", "Europe/Berlin", every(quarter, when(t, "2026-03-28 22:00"), when(t, "2026-03-29 22:00")),
			map[string]string{"2026-03-28": noStart, "2026-03-29": "", "2026-03-30": noEnd}},
		{"half an hour off", "Asia/Kolkata", every(quarter, at(t, "19 18:15"), at(t, "20 18:30")),
			map[string]string{"2026-11-19": noStart, "2026-11-20": "", "2026-11-21": noEnd}},
		{"where midnight is left out", "America/Santiago", every(quarter, when(t, "2026-09-06 03:00"), when(t, "2026-09-07 04:00")),
			map[string]string{"2026-09-05": noStart, "2026-09-06": "", "2026-09-07": noEnd}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, t.TempDir())
			d.format, d.site.TimeZone = edge.Combined, tt.zone
			writeTimes(t, filepath.Join(d.paths[0], "access.log"), tt.log...)
			assert.Equal(t, tt.want, d.covered())
		})
	}
}

// TestUnreadableLinesCoverNothing: a line without a time is dated by its file,
// which may have been written any time.
func TestUnreadableLinesCoverNothing(t *testing.T) {
	logs := t.TempDir()
	var dated, undated bytes.Buffer
	for i, at := range every(15*time.Minute, at(t, "19 22:00"), at(t, "20 20:00")) {
		fmt.Fprintf(&dated, `{"id":"v%d","time":"%s","url":"https://%s/artikel/1"}`+"\n", i, at.Format(time.RFC3339), host)
		fmt.Fprintf(&undated, `{"id":"u%d","url":"https://%s/artikel/1"}`+"\n", i, host)
	}
	writeFile(t, filepath.Join(logs, "a.ndjson"), dated.Bytes())
	writeFile(t, filepath.Join(logs, "b.ndjson"), undated.Bytes())
	modified := at(t, "21 01:00")
	require.NoError(t, os.Chtimes(filepath.Join(logs, "b.ndjson"), modified, modified))
	d := newDesk(t, logs)
	d.format = edge.NDJSON
	assert.Equal(t, map[string]string{"2026-11-19": noStart, "2026-11-20": noEnd}, d.covered())
}
