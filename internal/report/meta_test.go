package report_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMeta: an answer says how much it can be relied on.
func TestMeta(t *testing.T) {
	w, _ := week(t)
	got := ask[numbersAnswerSaid](w, "numbers", "from", "2026-11-10", "to", today).Meta
	assert.Equal(t, []string{"2026-11-17", "2026-11-18", "2026-11-19", today}, got.Days.Provisional)
	assert.Equal(t, dates("2026-11-10", "2026-11-13"), got.Days.WithoutData)
	assert.Empty(t, got.Days.Unreadable)
	assert.Equal(t, 7, got.Days.WithData)
	assert.False(t, got.Complete)
	require.NotNil(t, got.DataUpTo)
	assert.WithinRange(t, *got.DataUpTo, friday.Add(-15*time.Minute), friday, "what is in the records counts")

	got = ask[numbersAnswerSaid](w, "numbers", "from", firstDay, "to", closedDay).Meta
	assert.True(t, got.Complete)
	assert.Empty(t, got.Days.Provisional)
	assert.Equal(t, time.Date(2026, 11, 16, 23, 0, 0, 0, time.UTC), got.DataUpTo.UTC(), "the end of the day in Berlin")

	got = ask[numbersAnswerSaid](w, "numbers", "from", "2026-01-01", "to", "2026-01-02").Meta
	assert.True(t, got.Complete)
	assert.Nil(t, got.DataUpTo)
}

// TestCompare: a range is compared with as many days before, or with the same days of the
// week, and it is told whether that is fair.
func TestCompare(t *testing.T) {
	w, _ := week(t)
	got := ask[numbersAnswerSaid](w, "numbers", "from", "2026-11-18", "to", "2026-11-19", "compare", "previous")
	assert.Equal(t, "2026-11-16", got.BeforeRange.From)
	assert.Equal(t, "2026-11-17", got.BeforeRange.To)
	assert.True(t, got.BeforeRange.Fair)
	assert.Equal(t, ask[numbersAnswerSaid](w, "numbers", "from", "2026-11-16", "to", "2026-11-17").Numbers, *got.Before)
	assert.InDelta(t, float64(got.Numbers.Arrivals-got.Before.Arrivals)/float64(got.Before.Arrivals), *got.Change["arrivals"], 0.0001)
	assert.Nil(t, got.Change["visitor_days"], "nobody was hashed")

	got = ask[numbersAnswerSaid](w, "numbers", "from", "2026-11-19", "to", today, "compare", "weekdays")
	assert.Equal(t, "2026-11-12", got.BeforeRange.From)
	assert.False(t, got.BeforeRange.Fair, "today is not over")
	series := ask[seriesSaid](w, "series", "from", "2026-11-19", "to", today, "compare", "previous")
	assert.Len(t, series.Before, 2)
	ask[struct{}](w, "sources", "from", "2026-11-19", "to", today, "compare", "previous")
	ask[struct{}](w, "direct", "from", "2026-11-19", "to", today, "compare", "weekdays")
}
