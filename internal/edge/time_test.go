package edge

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The hand-written parsers agree with package time, on every day of two
// centuries and on what is no day.
func TestDatesAgreeWithPackageTime(t *testing.T) {
	var iso, clf day
	for at := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2100; at = at.AddDate(0, 0, 1) {
		got, err := iso.isoDate(at.Format("2006-01-02"))
		require.NoError(t, err)
		require.Equal(t, at.Unix(), got)
		got, err = clf.clfDate(at.Format("02/Jan/2006"))
		require.NoError(t, err)
		require.Equal(t, at.Unix(), got)
	}
	for _, s := range []string{"", "2026-11-2", "2026-13-01", "2026-00-01", "2026-01-00", "2026-02-29", "2026/01/01", "20x6-01-01", "2026-11-230"} {
		_, want := time.Parse("2006-01-02", s)
		require.Error(t, want)
		_, err := iso.isoDate(s)
		assert.ErrorIs(t, err, errDate, s)
	}
	for _, s := range []string{"", "1/Jan/2026", "01/Foo/2026", "01/anF/2026", "31/Jun/2026", "00/Jan/2026", "01-Jan-2026", "01/Jan/20x6"} {
		_, want := time.Parse("02/Jan/2006", s)
		require.Error(t, want)
		_, err := clf.clfDate(s)
		assert.ErrorIs(t, err, errDate, s)
	}
}

func TestTimeOfDayAgreesWithPackageTime(t *testing.T) {
	for h := range 26 {
		for m := range 62 {
			for s := range 60 {
				text := fmt.Sprintf("%02d:%02d:%02d", h, m, s)
				want, wantErr := time.Parse("15:04:05", text)
				got, err := timeOfDay(text)
				require.Equal(t, wantErr == nil, err == nil, text)
				if err == nil {
					require.Equal(t, int64(want.Sub(want.Truncate(24*time.Hour)).Seconds()), got, text)
				}
			}
		}
	}
	for _, s := range []string{"", "1:02:03", "12.30.00", "12:30:61", "12:30", "ab:cd:ef", "12:30:00Z"} {
		_, err := timeOfDay(s)
		assert.ErrorIs(t, err, errClock, s)
	}
	got, err := timeOfDay("00:00:01.999")
	require.NoError(t, err)
	assert.EqualValues(t, 1, got)
}
