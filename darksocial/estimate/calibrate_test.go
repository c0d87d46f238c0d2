package estimate

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// masked is a site on which "strong" is right in eight of ten and not, as is believed, in
// 95 of a hundred.
func masked() []Masked {
	var all []Masked
	for code := range 400 {
		for i := range 3 {
			m := Masked{Code: fmt.Sprint("code", code), App: "whatsapp"}
			switch {
			case (code+i)%2 == 0:
			case code%10 < 8:
				m.Named, m.Confidence = "whatsapp", "strong"
			default:
				m.Named, m.Confidence = "telegram", "strong"
			}
			all = append(all, m)
		}
	}
	return all
}

func TestCalibration(t *testing.T) {
	c := NewCalibrator()
	for _, m := range masked() {
		c.Add(m)
	}
	r := c.Result()
	assert.Equal(t, 1200, r.Arrivals)
	require.Len(t, r.Apps, 2)
	telegram, whatsapp := r.Apps[0], r.Apps[1]
	assert.Equal(t, App{App: "telegram", Named: 120, Precision: telegram.Precision, Recall: Interval{0, 0, 1}}, telegram)
	assert.Zero(t, telegram.Precision.Estimate)
	assert.Equal(t, []int{1200, 480, 480}, []int{whatsapp.Coded, whatsapp.Named, whatsapp.Right})
	assert.InDelta(t, 1, whatsapp.Precision.Estimate, 0)
	assert.InDelta(t, 0.4, whatsapp.Recall.Estimate, 1e-9)
	assert.Less(t, whatsapp.Recall.Low, 0.39)
	require.Len(t, r.Levels, 1)
	l := r.Levels[0]
	assert.Equal(t, []any{"strong", 600, 480}, []any{l.Confidence, l.Named, l.Right})
	assert.InDelta(t, 0.8, l.Learned, 0.01)
	assert.Greater(t, l.Measured.High-l.Measured.Low, 2*1.96*0.0163, "three arrivals by a code are no three witnesses")
	assert.InDelta(t, 0.15, r.Before.ECE, 0.02)
	assert.Less(t, r.After.ECE, 0.06)
	assert.Less(t, r.After.Brier, r.Before.Brier)
}

// TestCalibratorsMerge: in any order, in any parts.
func TestCalibratorsMerge(t *testing.T) {
	whole, odd, even := NewCalibrator(), NewCalibrator(), NewCalibrator()
	for i, m := range masked() {
		whole.Add(m)
		[]*Calibrator{even, odd}[i%2].Add(m)
	}
	odd.Merge(even)
	assert.Equal(t, whole.Result(), odd.Result())
}

// TestNothingMasked: without codes nothing is said, and nothing falls over.
func TestNothingMasked(t *testing.T) {
	c := NewCalibrator()
	c.Add(Masked{Code: "code", App: "", Named: "whatsapp", Confidence: "certain"})
	c.Add(Masked{App: "whatsapp"})
	r := c.Result()
	assert.Equal(t, Calibration{Apps: []App{}, Levels: []Level{}}, r)
	c.Add(Masked{Code: "one", App: "signal"})
	_, err := json.Marshal(c.Result())
	require.NoError(t, err)
}
