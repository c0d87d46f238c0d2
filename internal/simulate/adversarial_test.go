package simulate

import (
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAdversarialWorldsAreWhatTheyAreNamed: each has what it is there for, and what is
// said of lines holds for them, too.
func TestAdversarialWorldsAreWhatTheyAreNamed(t *testing.T) {
	usual := lived(t, "usual", 2500)
	properties := map[string]func(t *testing.T, truth *Truth){
		"feigned-previews": func(t *testing.T, truth *Truth) {
			for i, d := range truth.Days {
				assert.Greater(t, d.Previews["whatsapp"], usual.Days[i].Previews["whatsapp"]+300)
				assert.InDelta(t, usual.Days[i].Shared.Links, d.Shared.Links, 40)
			}
		},
		"newsletter-untagged": func(t *testing.T, truth *Truth) {
			assert.Zero(t, truth.sum(by("newsletter")))
			assert.Greater(t, truth.sum(by("newsletter_untagged")), 500)
		},
		"leak-burst": func(t *testing.T, truth *Truth) {
			assert.Greater(t, truth.spikes(func(d *Day) int { return d.sum(by("search_without_referer")) }), 10.0)
		},
		"posing-programs": func(t *testing.T, truth *Truth) {
			assert.Greater(t, part(truth.sum(from(Program)), truth.sum(every)), 0.1)
		},
	}
	for _, w := range Adversarial {
		t.Run(w.Name, func(t *testing.T) {
			truth := lived(t, w.Name, 2500)
			requireAddsUp(t, truth)
			require.Contains(t, properties, w.Name)
			properties[w.Name](t, truth)
		})
	}
	assert.Len(t, properties, len(Adversarial))
}

// TestVaried: the same number is the same world, another number another.
func TestVaried(t *testing.T) {
	assert.Equal(t, Varied(7), Varied(7))
	assert.NotEqual(t, Varied(7).weights, Varied(8).weights)
}

// TestCodedArrivals: the rows tell how many of their lines have a code in the address,
// as many as the codes tell.
func TestCodedArrivals(t *testing.T) {
	c := coded(t, "usual")
	truth, err := Write(io.Discard, c)
	require.NoError(t, err)
	came, lines := 0, 0
	for _, r := range truth.Recommendations {
		came += r.Arrivals.Visits + r.Arrivals.Reloads
	}
	for _, d := range truth.Days {
		for _, a := range d.Arrivals {
			lines += a.Coded
			require.LessOrEqual(t, a.Coded, a.Lines)
		}
	}
	assert.Positive(t, lines)
	assert.Equal(t, came, lines)
}
