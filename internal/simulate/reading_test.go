package simulate

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"

	"darksocial/darksocial/reading"
)

// TestReadersFound holds the rule that tells readers from mere views to the truth of
// made-up people, for texts of all lengths, and for pages that do not say how long
// their text is.
func TestReadersFound(t *testing.T) {
	for _, tt := range []struct {
		name              string
		from, to          uint32 // words
		told              bool   // whether the page says how many
		precision, recall float64
	}{
		{"short news, of which a screen shows most", 80, 250, true, 0.65, 0.95},
		{"articles", 300, 900, true, 0.85, 0.93},
		{"long reads", 1000, 4000, true, 0.85, 0.95},
		{"all lengths", 80, 4000, true, 0.83, 0.95},
		{"articles that do not say how long they are", 300, 900, false, 0.50, 0.95},
	} {
		d := dice{rand.NewPCG(1, 2)}
		var right, wrong, missed float64
		for range 100_000 {
			reader, seen := d.Read(d.between(tt.from, tt.to))
			if !tt.told {
				seen.Words = 0
			}
			switch found := seen.Kind() == reading.Reader; {
			case found && reader:
				right++
			case found:
				wrong++
			case reader:
				missed++
			}
		}
		precision, recall := right/(right+wrong), right/(right+missed)
		t.Logf("%-45s precision %.3f, recall %.3f", tt.name, precision, recall)
		assert.GreaterOrEqual(t, precision, tt.precision, tt.name)
		assert.GreaterOrEqual(t, recall, tt.recall, tt.name)
	}
}
