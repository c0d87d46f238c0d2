package reading

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestKind(t *testing.T) {
	for _, tt := range []struct {
		name string
		Reading
		want Kind
	}{
		{"nothing was told", Reading{}, Unknown},
		{"told, and closed at once", Reading{Known: true}, View},
		{"a text of 400 words takes 100 seconds: half of them", Reading{true, 50, 50, 400}, Reader},
		{"a second less", Reading{true, 49, 50, 400}, View},
		{"less of the text", Reading{true, 50, 49, 400}, View},
		{"to the end in no time", Reading{true, 3, 100, 400}, View},
		{"left open at the top", Reading{true, 1800, 20, 400}, View},
		{"a short text", Reading{true, 8, 100, 20}, Reader},
		{"a short text, gone at once", Reading{true, 7, 100, 20}, View},
		{"a long text", Reading{true, 120, 60, 20_000}, Reader},
		{"a long text, left early", Reading{true, 119, 60, 20_000}, View},
		{"nobody knows how long the text is", Reading{true, 20, 50, 0}, Reader},
		{"nobody knows how long the text is, gone early", Reading{true, 19, 100, 0}, View},
		{"the longest text there can be", Reading{true, 1800, 100, 65535}, Reader},
	} {
		assert.Equal(t, tt.want, tt.Kind(), tt.name)
	}
}

func TestBucket(t *testing.T) {
	for seconds, want := range map[uint16]int{0: 0, 9: 0, 10: 1, 29: 1, 30: 2, 59: 2, 60: 3, 119: 3, 120: 4, 299: 4, 300: 5, 1800: 5, 65535: 5} {
		assert.Equal(t, want, Reading{Seconds: seconds}.Bucket(), seconds)
	}
}

// TestMerge: in any order and however often, the most that was told.
func TestMerge(t *testing.T) {
	words := []Reading{{}, {Known: true}, {true, 30, 10, 0}, {true, 5, 90, 400}, {true, 30, 10, 400}}
	want := Reading{true, 30, 90, 400}
	for shift := range words {
		var got Reading
		for i := range 2 * len(words) {
			got.Merge(words[(i+shift)%len(words)])
		}
		assert.Equal(t, want, got)
	}
}
