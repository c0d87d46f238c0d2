package rollup

import (
	"fmt"
	"testing"
	"time"
	_ "time/tzdata" // so that zones are there on every machine

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	require.NoError(t, err)
	return z
}

func TestDays(t *testing.T) {
	for _, tt := range []struct {
		zone, date string
		from       string
		hours      float64
	}{
		{"UTC", "2026-11-20", "2026-11-20T00:00:00Z", 24},
		{"Europe/Berlin", "2026-11-20", "2026-11-19T23:00:00Z", 24},
		{"Europe/Berlin", "2026-03-28", "2026-03-27T23:00:00Z", 24},
		{"Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z", 23},
		{"Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z", 24},
		{"Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00Z", 25},
		{"Asia/Kathmandu", "2026-11-20", "2026-11-19T18:15:00Z", 24},
		{"Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30:00Z", 23.5},
		{"Pacific/Chatham", "2026-11-20", "2026-11-19T10:15:00Z", 24},
		// Where the clock goes forward at midnight a day begins at one.
		{"America/Santiago", "2026-09-05", "2026-09-05T04:00:00Z", 24},
		{"America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", 23},
		{"Atlantic/Azores", "2026-03-29", "2026-03-29T01:00:00Z", 23},
		{"Atlantic/Azores", "2026-10-25", "2026-10-25T00:00:00Z", 25},
		{"America/Havana", "2026-03-08", "2026-03-08T05:00:00Z", 23},
		{"Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z", 23},
		{"Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00Z", 23},
	} {
		t.Run(tt.zone+" "+tt.date, func(t *testing.T) {
			d, err := ParseDay(tt.date, zone(t, tt.zone))
			require.NoError(t, err)
			assert.Equal(t, tt.date, d.Date)
			assert.Equal(t, tt.from, d.From.UTC().Format(time.RFC3339))
			assert.Equal(t, tt.hours, d.To.Sub(d.From).Hours())
			assert.False(t, d.Has(d.From.Unix()-1))
			assert.True(t, d.Has(d.From.Unix()))
			assert.True(t, d.Has(d.To.Unix()-1))
			assert.False(t, d.Has(d.To.Unix()))
			quarters := 0
			for q := d.From.Unix()/900 - 100; q < d.To.Unix()/900+100; q++ {
				if d.HasQuarter(q) {
					quarters++
					assert.True(t, d.Has(q*900) && d.Has(q*900+899), "a quarter lies in one day")
				}
			}
			assert.Equal(t, int(tt.hours*4), quarters)
		})
	}
}

// TestDaysFollow: whatever the zone, each moment lies in exactly one day, the next
// day begins where a day ends, and a date names one day.
func TestDaysFollow(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "America/Santiago", "Atlantic/Azores",
		"America/Havana", "America/Asuncion", "Africa/Cairo", "Asia/Beirut", "Asia/Tehran", "Africa/Casablanca", "Pacific/Apia", "Pacific/Kiritimati", "America/Sao_Paulo", "America/Scoresbysund"} {
		t.Run(name, func(t *testing.T) {
			z := zone(t, name)
			d := DayOf(time.Date(2010, 1, 1, 12, 0, 0, 0, z), z)
			for range 18 * 366 {
				require.Equal(t, d.Date, d.From.In(z).Format(dateLayout))
				last := d.To.Add(-time.Second)
				require.Equal(t, d.Date, last.In(z).Format(dateLayout), "%s ends at %s", d.Date, d.To)
				require.Equal(t, d, DayOf(d.From, z))
				require.Equal(t, d, DayOf(last, z))
				require.Zero(t, d.From.Unix()%900, "quarters of an hour lie in one day")
				again, err := ParseDay(d.Date, z)
				require.NoError(t, err)
				require.Equal(t, d, again)
				next := d.Next()
				require.True(t, next.From.Equal(d.To), "%s ends at %s and %s begins at %s", d.Date, d.To, next.Date, next.From)
				require.Greater(t, next.Date, d.Date)
				d = next
			}
		})
	}
}

func TestParseDay(t *testing.T) {
	for _, date := range []string{"", "20.11.2026", "2026-11-31", "2026-13-01", "2026-1-1", "2026-11-20T00:00:00Z", " 2026-11-20", "2026-11-20\x00", "0000-00-00"} {
		_, err := ParseDay(date, time.UTC)
		require.ErrorContains(t, err, "write it like 2026-11-20", "%q", date)
		require.ErrorContains(t, err, fmt.Sprintf("%q", date))
	}
}
