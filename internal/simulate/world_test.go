package simulate

import (
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// lived is a week in a world.
func lived(t *testing.T, name string, views int) *Truth {
	t.Helper()
	truth, err := Write(io.Discard, Config{Seed: 11, Date: friday, Days: 7, Host: host, Views: views, World: world(t, name)})
	require.NoError(t, err)
	require.Len(t, truth.Days, 7)
	return truth
}

// sum adds up the visits that a condition holds of.
func (d *Day) sum(of func(*Arrival) bool) (n int) {
	for i := range d.Arrivals {
		if a := &d.Arrivals[i]; a.Is == kindNames[visit] && of(a) {
			n += a.Lines
		}
	}
	return n
}

func (t *Truth) sum(of func(*Arrival) bool) (n int) {
	for i := range t.Days {
		n += t.Days[i].sum(of)
	}
	return n
}

func every(*Arrival) bool { return true }

func from(origins ...Origin) func(*Arrival) bool {
	return func(a *Arrival) bool { return slices.Contains(origins, a.Origin) }
}

func by(way string) func(*Arrival) bool { return func(a *Arrival) bool { return a.Way == way } }

func part(n, of int) float64 { return float64(n) / float64(of) }

// spikes says how many times a usual day the day in the middle has.
func (t *Truth) spikes(of func(*Day) int) float64 {
	var others []int
	for i := range t.Days {
		if i != len(t.Days)/2 {
			others = append(others, of(&t.Days[i]))
		}
	}
	slices.Sort(others)
	return part(of(&t.Days[len(t.Days)/2]), others[len(others)/2])
}

// TestWorldsAreWhatTheyAreNamed: each world has the property that it is there for.
func TestWorldsAreWhatTheyAreNamed(t *testing.T) {
	properties := map[string]func(t *testing.T, truth *Truth){
		"plain": func(t *testing.T, truth *Truth) {
			for _, d := range truth.Days {
				assert.Zero(t, d.Shared.PassedOn+d.InsideAhead)
				assert.Len(t, d.Shared.Visits, 1)
				for _, a := range d.Arrivals {
					assert.Equal(t, kindNames[visit], a.Is)
				}
			}
		},
		"usual": func(t *testing.T, truth *Truth) {
			for _, d := range truth.Days {
				assert.Positive(t, d.InsideAhead)
				assert.Positive(t, d.Shared.PassedOn)
			}
			requirePublished(t, truth)
		},
		"no-previews": func(t *testing.T, truth *Truth) {
			for _, d := range truth.Days {
				assert.Empty(t, d.Previews)
				assert.Greater(t, d.Shared.Links, 50)
			}
		},
		"news-spike": func(t *testing.T, truth *Truth) {
			assert.InDelta(t, 4, truth.spikes(func(d *Day) int { return d.sum(from(Searched, Typed)) }), 0.6)
			assert.InDelta(t, 1, truth.spikes(func(d *Day) int { return d.Shared.Links }), 0.3)
			assert.InDelta(t, 1, truth.spikes(func(d *Day) int { return d.sum(from(Private)) }), 0.3)
			assert.Greater(t, part(most(&truth.Days[3]), truth.Days[3].sum(every)), 0.3)
			assert.Less(t, part(most(&truth.Days[2]), truth.Days[2].sum(every)), 0.25)
		},
		"seo-spike": func(t *testing.T, truth *Truth) {
			assert.InDelta(t, 3, truth.spikes(func(d *Day) int { return d.sum(by("google")) }), 0.4)
			assert.InDelta(t, 1, truth.spikes(func(d *Day) int { return d.sum(from(Private, Public)) }), 0.3)
			assert.InDelta(t, 1, truth.spikes(func(d *Day) int { return d.sum(from(Typed)) }), 0.2)
		},
		"all-typed": func(t *testing.T, truth *Truth) {
			assert.Equal(t, truth.sum(every), truth.sum(from(Typed)))
			requireNoShares(t, truth)
		},
		"nobody-shares": func(t *testing.T, truth *Truth) {
			assert.Zero(t, truth.sum(from(Private, Public)))
			assert.Positive(t, truth.sum(from(Searched)))
			requireNoShares(t, truth)
		},
		"scanner-storm": func(t *testing.T, truth *Truth) {
			assert.InDelta(t, 0.2, part(truth.sum(from(Program)), truth.sum(every)), 0.05)
			usual := lived(t, "usual", 2500)
			for i, d := range truth.Days {
				assert.Greater(t, d.Errors, 5*usual.Days[i].Errors)
				assert.Greater(t, d.Bots, 3*usual.Days[i].Bots)
			}
		},
		"few": func(t *testing.T, truth *Truth) {
			for _, d := range truth.Days {
				assert.LessOrEqual(t, d.sum(every), 12)
			}
			assert.Greater(t, truth.sum(every), 10)
		},
		"channel": func(t *testing.T, truth *Truth) {
			posts := func(a *Arrival) bool { return a.Way == "own_channel" }
			assert.InDelta(t, 0.1, part(truth.sum(posts), truth.sum(every)), 0.06)
			assert.Equal(t, truth.sum(posts), truth.sum(func(a *Arrival) bool {
				return a.Log == Name{"campaign", "whatsapp", "public", ""} && a.Headers == a.Log
			}))
		},
		"channel-untagged": func(t *testing.T, truth *Truth) {
			posts := func(a *Arrival) bool { return a.Way == "own_channel_untagged" && a.Origin == Public }
			assert.InDelta(t, 0.1, part(truth.sum(posts), truth.sum(every)), 0.06)
			assert.Positive(t, truth.sum(func(a *Arrival) bool { return posts(a) && a.Log.Visibility == "private" }))
			assert.Positive(t, truth.sum(func(a *Arrival) bool { return posts(a) && a.Log.Channel == direct }))
		},
		"named-apps": func(t *testing.T, truth *Truth) {
			named := func(t *Truth) float64 {
				apps := func(a *Arrival) bool {
					return (a.Origin == Private || a.Origin == Public) && a.Headers.Channel != "email" && a.Way != "hidden_web"
				}
				return part(t.sum(func(a *Arrival) bool { return apps(a) && a.Headers.Channel != direct }), t.sum(apps))
			}
			assert.Greater(t, named(truth), 0.8)
			assert.Less(t, named(lived(t, "usual", 2500)), 0.6)
		},
		"old-site": func(t *testing.T, truth *Truth) {
			c := Config{Seed: 11, Date: friday, Days: 7, Host: host, Views: 2500, World: world(t, "old-site")}
			require.NoError(t, c.complete())
			for _, p := range newRun(c, stream{io.Discard}).site.pages {
				assert.Less(t, p.published, int32(-24*29))
			}
		},
		"viral": func(t *testing.T, truth *Truth) {
			first, later := 0, 0
			for _, d := range truth.Days {
				for i, n := range d.Shared.Visits {
					if i == 0 {
						first += n
					} else {
						later += n
					}
				}
			}
			assert.Greater(t, later, first)
		},
		"hidden-search": func(t *testing.T, truth *Truth) {
			dark := func(a *Arrival) bool { return a.Origin == Searched && a.Log.Channel == direct }
			assert.InDelta(t, 0.5, part(truth.sum(dark), truth.sum(from(Searched))), 0.1)
		},
		"assistants": func(t *testing.T, truth *Truth) {
			assert.Greater(t, part(truth.sum(func(a *Arrival) bool { return a.Origin == Assistant && a.Log.Channel == direct }), truth.sum(every)), 0.03)
		},
		"chains": func(t *testing.T, truth *Truth) {
			assert.Greater(t, part(truth.sum(from(Private)), truth.sum(every)), 0.33)
			far := 0
			for _, d := range truth.Days {
				for generation, n := range d.Shared.Visits {
					if generation >= 6 {
						far += n
					}
				}
			}
			assert.Greater(t, far, 100)
		},
		"dark-apps": func(t *testing.T, truth *Truth) {
			silent := func(a *Arrival) bool { return a.Way == "sms" }
			assert.InDelta(t, 0.08, part(truth.sum(silent), truth.sum(every)), 0.03)
			for _, d := range truth.Days {
				assert.Greater(t, d.Previews["signal"], 5)
			}
		},
		"broadcast": func(t *testing.T, truth *Truth) {
			assert.Greater(t, truth.sum(by("telegram_channel")), 500)
			assert.Greater(t, truth.sum(by("own_channel_untagged")), 200)
		},
		"work": func(t *testing.T, truth *Truth) {
			hidden := func(a *Arrival) bool { return a.Headers.DirectKind == "hidden_web" }
			assert.Greater(t, part(truth.sum(hidden), truth.sum(every)), 0.12)
		},
	}
	for _, w := range Worlds {
		t.Run(w.Name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, properties, w.Name, "say what the world is there for")
			truth := lived(t, w.Name, viewsOf(&w))
			requireAddsUp(t, truth)
			properties[w.Name](t, truth)
		})
	}
	assert.Len(t, properties, len(Worlds))
	assert.GreaterOrEqual(t, len(Worlds), 10)
}

// viewsOf is how many views a day a world needs to be told from chance: links are
// few, and what comes of them comes in clusters.
func viewsOf(w *World) int {
	if w.spike != nil {
		return 9000
	}
	return 2500
}

func requireNoShares(t *testing.T, truth *Truth) {
	for _, d := range truth.Days {
		assert.Empty(t, d.Previews)
		assert.Zero(t, d.Shared.Links)
	}
}

// most is how many visits the most visited article has.
func most(d *Day) (n int) {
	for _, p := range d.Pages {
		if strings.Count(p.Page, "/") > 1 {
			n = max(n, p.Visits)
		}
	}
	return n
}

// requireAddsUp: each line is in exactly one number, and the numbers of the pages
// and hours are those of the rows.
func requireAddsUp(t *testing.T, truth *Truth) {
	t.Helper()
	lines := 0
	perHour, perDay := Hour{}, Hour{}
	for _, h := range truth.Hours {
		perHour.Visits += h.Visits
		perHour.Reloads += h.Reloads
		perHour.Ahead += h.Ahead
		perHour.Previews += h.Previews
	}
	for i := range truth.Days {
		d := &truth.Days[i]
		lines += d.Lines
		objected := 0
		sum := d.Inside + d.InsideAhead + d.Bots + d.Assets + d.Errors + d.Unreadable
		byKind, pages := map[string]int{}, map[string]int{}
		for _, a := range d.Arrivals {
			sum += a.Lines
			byKind[a.Is] += a.Lines
			total := 0
			for _, n := range a.Devices {
				total += n
			}
			for _, n := range a.Countries {
				total += n
			}
			require.Equal(t, 2*a.Lines, total)
			require.LessOrEqual(t, a.Opened, a.Lines)
			if a.Objected && a.Is != kindNames[ahead] {
				objected += a.Lines
			}
		}
		for _, p := range d.Pages {
			pages[kindNames[visit]] += p.Visits
			pages[kindNames[reload]] += p.Reloads
			pages[kindNames[ahead]] += p.Ahead
			pages["preview"] += p.Previews
			objected -= p.Objected
		}
		require.Zero(t, objected, d.Date)
		for _, n := range d.Previews {
			sum += n
			byKind["preview"] += n
		}
		maps.DeleteFunc(pages, func(_ string, n int) bool { return n == 0 })
		require.Equal(t, byKind, pages, d.Date)
		require.Equal(t, d.Lines, sum, d.Date)
		require.Equal(t, d.sum(func(a *Arrival) bool { return a.Log.Channel == direct })+d.Direct.Log["reload"], total(d.Direct.Log))
		perDay.Visits += byKind[kindNames[visit]]
		perDay.Reloads += byKind[kindNames[reload]]
		perDay.Ahead += byKind[kindNames[ahead]]
		perDay.Previews += byKind["preview"]
	}
	require.Equal(t, truth.Lines, lines)
	require.Equal(t, perDay, perHour)
}

func total(counts map[string]int) (sum int) {
	for _, n := range counts {
		sum += n
	}
	return sum
}

// requirePublished holds the usual world to what is published of such sites, and
// every look of every way to being seen.
func requirePublished(t *testing.T, _ *Truth) {
	t.Helper()
	truth := lived(t, "usual", 9_000)
	arrivals := truth.sum(every)
	views := arrivals
	for _, d := range truth.Days {
		views += d.Inside
	}
	assert.InEpsilon(t, 63_000, views, 0.08, "a little less: what was sent before the first day is missing")
	assert.InDelta(t, 0.33, part(truth.sum(from(Searched)), arrivals), 0.04)
	assert.InDelta(t, 0.02, part(truth.sum(func(a *Arrival) bool { return a.Objected }), arrivals), 0.005, "a third come with Safari, which cannot object")

	typed := truth.sum(from(Typed))
	apps := truth.sum(func(a *Arrival) bool { return a.Origin == Private && a.Log.Channel == "dark_social" })
	dark := truth.sum(func(a *Arrival) bool { return a.Log.Channel == direct }) + apps - typed*3/4 // three in four of the typed open a front page
	assert.InDelta(t, 0.30, part(dark, arrivals), 0.10, "Chartbeat: 20 to 40 per cent of external traffic")
	assert.InDelta(t, 0.15, part(apps, dark), 0.06, "Chartbeat: an app's name recovers 10 to 20 per cent of it")
	named := func(way string) float64 {
		return part(truth.sum(func(a *Arrival) bool { return a.Way == way && a.Log.Channel != direct }), truth.sum(by(way)))
	}
	assert.InDelta(t, 0.26, named("whatsapp"), 0.02)
	assert.InDelta(t, 0.86, named("linkedin"), 0.04, "SparkToro")
	assert.Zero(t, named("mastodon")+named("slack")+named("discord"), "SparkToro")

	seen := map[string]int{}
	for _, d := range truth.Days {
		for _, a := range d.Arrivals {
			if a.Is == kindNames[visit] {
				seen[a.Way+" "+a.Log.Channel+" "+a.Headers.Source+a.Headers.DirectKind] += a.Lines
			}
		}
	}
	for i := range ways {
		for j := range ways[i].looks {
			log, headers := ways[i].looks[j].named()
			if usual.weight(&ways[i]) > 0 {
				assert.Positive(t, seen[ways[i].name+" "+log.Channel+" "+headers.Source+headers.DirectKind], ways[i].name)
			}
		}
	}
}

// TestWorldsThrowTheirOwnDice: else two of them would share request ids.
func TestWorldsThrowTheirOwnDice(t *testing.T) {
	dice, names := map[uint64]bool{}, map[string]bool{}
	for _, w := range slices.Concat(Worlds, Adversarial, []World{*Varied(1)}) {
		assert.False(t, dice[w.dice] || names[w.Name], w.Name)
		dice[w.dice], names[w.Name] = true, true
		assert.NotEmpty(t, w.Doc)
		for way := range w.weights {
			assert.NotPanics(t, func() { wayNumber(way) })
		}
	}
	_, ok := ByName("no such world")
	assert.False(t, ok)
}

// TestPopularity: what is new is read most, and a few pages most of all.
func TestPopularity(t *testing.T) {
	truth := lived(t, "usual", 9_000)
	var visits []int
	umlauts := 0
	for _, p := range truth.Days[6].Pages {
		visits = append(visits, p.Visits)
		require.NotContains(t, p.Page, "*", "no page is taken for a person's token")
		if strings.Contains(p.Page, "ü") {
			umlauts++
		}
	}
	slices.Sort(visits)
	slices.Reverse(visits)
	assert.Greater(t, len(visits), 200)
	assert.Greater(t, visits[1], 20*visits[len(visits)/2])
	assert.Positive(t, umlauts)
}
