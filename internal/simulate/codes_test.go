package simulate

import (
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/share"
)

func siteKeys(t testing.TB) *share.Keys {
	t.Helper()
	keys, err := share.NewKeys("news", []byte("a key of the newspaper"))
	require.NoError(t, err)
	return keys
}

// coded is a week with codes: some made, some lost and some forged.
func coded(t testing.TB, name string) Config {
	t.Helper()
	return Config{Seed: 1, Date: friday, Days: 7, Host: host, Views: 3000, World: world(t, name), Keys: siteKeys(t), Coded: 700, Stripped: 100, Forged: 20}
}

// registered collects what the site would keep.
type registered map[share.Code]*share.Item

func (r registered) add(code share.Code, i *share.Item) error { r[code] = i; return nil }

// withoutCodes takes the codes out of a log again. A query that was nothing else is "-"
// where it stands by itself.
func withoutCodes(log []byte) string {
	text := regexp.MustCompile(`ds=[1-9A-HJ-NP-Za-km-z]{11}`).ReplaceAllString(string(log), "CODE")
	return strings.NewReplacer("?CODE&", "?", "CODE&", "", "?CODE", "", "CODE", "-").Replace(text)
}

// TestCodesChangeAddressesAlone: the same people do the same with codes and without.
func TestCodesChangeAddressesAlone(t *testing.T) {
	for _, name := range []string{"plain", "usual", "channel", "chains"} {
		for _, format := range []Format{CloudFront, Combined, NDJSON} {
			c := coded(t, name)
			c.Days, c.Views, c.Format = 1, 1500, format
			log, truth := simulated(t, c)
			require.NotEmpty(t, truth.Recommendations)
			require.Contains(t, string(log), "ds=")

			c.Keys, c.Coded, c.Stripped, c.Forged = nil, 0, 0, 0
			plainly, plainTruth := simulated(t, c)
			require.True(t, string(plainly) == withoutCodes(log), "%s %s", name, format)
			truth.Recommendations, truth.Lost, truth.Forged = nil, Came{}, Came{}
			for _, days := range [][]Day{truth.Days, truth.LocalDays} {
				for i := range days {
					for j := range days[i].Arrivals {
						days[i].Arrivals[j].Coded = 0
					}
				}
			}
			require.Equal(t, plainTruth, truth)
		}
	}
}

// TestSameSeedSameCodes, whatever the format and the zone; another seed has others.
func TestSameSeedSameCodes(t *testing.T) {
	c := coded(t, "chains")
	first, again := registered{}, registered{}
	c.Shared = first.add
	log, truth := simulated(t, c)
	c.Shared = again.add
	logAgain, truthAgain := simulated(t, c)
	assert.True(t, string(log) == string(logAgain))
	assert.Equal(t, truth, truthAgain)
	assert.Equal(t, first, again)

	text, err := json.Marshal(truth)
	require.NoError(t, err)
	var read Truth
	require.NoError(t, json.Unmarshal(text, &read))
	assert.Equal(t, truth, &read)

	c.Format, c.Zone = NDJSON, time.FixedZone("east", 8*3600)
	_, other := simulated(t, c)
	for i := range other.Recommendations {
		other.Recommendations[i].LocalDays = map[string]Came{}
	}
	assert.Equal(t, truth.Recommendations, other.Recommendations)

	c.Seed++
	_, other = simulated(t, c)
	for _, r := range other.Recommendations {
		require.NotContains(t, first, r.Code)
	}
}

// seenCodes is what a log shows of codes.
type seenCodes struct {
	came     map[share.Code]map[string]both // by date; visits and reloads
	previews map[share.Code]map[string]int
	foreign  both
}

// codeOf is the code in an address, or "".
func codeOf(t *testing.T, query string) string {
	values, err := url.ParseQuery(query)
	require.NoError(t, err)
	require.LessOrEqual(t, len(values[darksocial.DefaultCodeParameter]), 1)
	return values.Get(darksocial.DefaultCodeParameter)
}

// TestEachCode holds the truth of every code against the log, in each format, and day
// by day.
func TestEachCode(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for _, c := range []Config{coded(t, "usual"), coded(t, "chains"), coded(t, "channel-untagged")} {
		for _, c.Format = range Formats {
			kept := registered{}
			c.Shared, c.Zone, c.Days, c.Views, c.Forged = kept.add, berlin, 3, 1500, 200
			log, truth := simulated(t, c)
			seen := seenCodes{came: map[share.Code]map[string]both{}, previews: map[share.Code]map[string]int{}}
			got, want := map[Verdict]int{}, map[Verdict]int{}
			read(t, log, c, func(v *darksocial.Visit, f *darksocial.Facts, l darksocial.Label) {
				got[verdict(l)]++
				code := share.Code(strings.Clone(codeOf(t, v.Query))) // the line is read over
				objected := f.Objection == darksocial.Yes
				switch {
				case code == "":
				case !c.Keys.Ours(string(code)):
					require.NotContains(t, kept, code)
					require.NotEqual(t, darksocial.KindPreview, l.Kind)
					if l.Kind == darksocial.KindVisit {
						seen.foreign = seen.foreign.plus(1, objected)
					}
				case l.Kind == darksocial.KindPreview:
					if seen.previews[code] == nil {
						seen.previews[code] = map[string]int{}
					}
					seen.previews[code][strings.Clone(l.Source)]++
				case l.Kind == darksocial.KindVisit:
					require.Contains(t, kept, code)
					require.Equal(t, kept[code].Page, v.Path)
					if seen.came[code] == nil {
						seen.came[code] = map[string]both{}
					}
					for _, date := range []string{v.Time.Format("UTC 2006-01-02"), v.Time.In(berlin).Format("Berlin 2006-01-02")} {
						seen.came[code][date] = seen.came[code][date].plus(1, objected)
					}
				}
				if item := kept[code]; item != nil {
					require.LessOrEqual(t, item.Made, v.Time.Unix(), "an address was asked for that nobody had shared yet")
				}
			})
			for i := range truth.Days {
				for v, n := range truth.Days[i].Labels(c.Format.AllHeaders()) {
					want[v] += n
				}
			}
			requireSame(t, want, got, string(c.Format)) // the requests say what they said
			requireCodes(t, truth, &seen, c.Format.AllHeaders())
			require.Len(t, kept, len(truth.Recommendations))
		}
	}
}

func requireCodes(t *testing.T, truth *Truth, seen *seenCodes, headers bool) {
	t.Helper()
	visible := func(c Came) both {
		objected := c.Objected + c.ObjectedReloads
		if !headers {
			objected = 0
		}
		return both{c.Visits + c.Reloads - objected, objected}
	}
	for _, r := range truth.Recommendations {
		want := map[string]both{}
		sum := [2]Came{}
		for i, days := range []map[string]Came{r.Days, r.LocalDays} {
			for date, came := range days {
				want[[]string{"UTC ", "Berlin "}[i]+date] = visible(came)
				sum[i] = sum[i].plus(came)
			}
		}
		require.Equal(t, [2]Came{r.Arrivals, r.Arrivals}, sum)
		require.Equal(t, r.Arrivals.Visits == r.Arrivals.Objected, r.Opened.IsZero())
		got := seen.came[r.Code]
		if got == nil {
			got = map[string]both{}
		}
		require.Equal(t, want, got, r.Code)
		previews := seen.previews[r.Code]
		if previews == nil {
			previews = map[string]int{}
		}
		require.Equal(t, r.Previews, previews, r.Code)
	}
	require.NotEmpty(t, seen.came)
	require.NotEmpty(t, seen.previews)
	require.Positive(t, seen.foreign.told)
	if headers { // else what is fetched ahead is among them
		require.Equal(t, visible(truth.Forged), seen.foreign)
	}
}

// TestTrees: what came of a code adds up to its reach, and a chain is as long as an
// item can tell.
func TestTrees(t *testing.T) {
	c := coded(t, "chains")
	c.Coded, c.Stripped = 1000, 0
	kept := registered{}
	var last int64
	c.Shared = func(code share.Code, i *share.Item) error {
		require.LessOrEqual(t, last, i.Made, "in the order of time")
		last = i.Made
		return kept.add(code, i)
	}
	ends := map[int]bool{} // numbers of the codes that came of one of the last generation
	r := followed(t, c, func(r *run, e *event) {
		if m := r.codes.links[e.link].made; e.do == sendLink && !e.forwarded && m != nil && m.Generation == share.MaxAncestors {
			ends[len(r.codes.links)] = true
		}
	})
	require.NotEmpty(t, ends)
	for n := range ends {
		first := r.codes.links[n].made
		assert.Zero(t, first.Generation, "it begins anew")
		assert.Equal(t, first.Code, first.Root)
	}

	all := map[share.Code]*Recommendation{}
	reach, children := map[share.Code]Came{}, map[share.Code]int{}
	generations := make([]int, share.MaxAncestors+1)
	for i := range r.truth.Recommendations {
		rec := &r.truth.Recommendations[i]
		all[rec.Code] = rec
		generations[rec.Generation]++
		item := kept[rec.Code]
		require.Equal(t, share.PerShare, item.Grade)
		require.Equal(t, []any{item.RootOf(rec.Code), item.Parent(), item.Generation, item.Button}, []any{rec.Root, rec.Parent, rec.Generation, rec.Button})
		require.Equal(t, rec.Made.Unix(), item.Made)
		require.Contains(t, share.Buttons, rec.Button)
		for _, of := range append([]share.Code{rec.Code}, item.Ancestors...) {
			reach[of] = reach[of].plus(rec.Arrivals)
		}
		children[rec.Parent]++
	}
	for code, rec := range all {
		require.Equal(t, reach[code], rec.Reach)
		require.Equal(t, children[code], rec.Children)
		if rec.Generation == 0 {
			require.Equal(t, []share.Code{code, ""}, []share.Code{rec.Root, rec.Parent})
			continue
		}
		parent := all[rec.Parent]
		require.Equal(t, []any{parent.Root, parent.Page, parent.Generation + 1}, []any{rec.Root, rec.Page, rec.Generation})
		require.True(t, parent.Made.Before(rec.Made))
	}
	t.Log("codes by generation:", generations)
	for _, n := range generations {
		assert.Positive(t, n)
	}
	assert.True(t, slices.IsSortedFunc(r.truth.Recommendations, func(a, b Recommendation) int { return strings.Compare(string(a.Code), string(b.Code)) }))
}

// TestPassCode: which code somebody has who passes a link on.
func TestPassCode(t *testing.T) {
	const none, shared, forged = 0, 1, 2
	c := coded(t, "usual")
	require.NoError(t, c.complete())
	r := newRun(c, stream{io.Discard})
	r.codes.links = []link{{}, {"ds=shared", &made{}}, {"ds=forged", nil}}
	for _, tt := range []struct {
		name string
		e    event
		want uint32
	}{
		{"a link without a code", event{link: none}, none},
		{"copied, or shared once more", event{link: shared}, shared},
		{"forwarded", event{link: shared, forwarded: true}, shared},
		{"the code was lost", event{link: shared, bare: true}, none},
		{"lost on opening: the message still has it", event{link: shared, bare: true, forwarded: true}, shared},
		{"a forged one", event{link: forged}, none},
	} {
		r.passCode(&tt.e)
		assert.Equal(t, tt.want, tt.e.link, tt.name)
		assert.False(t, tt.e.bare, tt.name)
	}
}

// TestHowManyCodes: as many as was asked for are made, lost and forged.
func TestHowManyCodes(t *testing.T) {
	c := coded(t, "usual")
	c.Views = 20_000
	sent, codes, forged, foreign := 0, 0, 0, 0
	r := followed(t, c, func(r *run, e *event) {
		if origin := ways[e.way].origin; e.do == sendLink && !e.forwarded && (origin == Private || origin == Public) {
			sent++
		}
	})
	for _, l := range r.codes.links[1:] {
		code := strings.TrimPrefix(l.query, "ds=")
		require.Equal(t, l.made != nil, c.Keys.Ours(code))
		switch {
		case l.made != nil:
			codes++
		case r.codes.foreign.Ours(code):
			foreign++
			fallthrough
		default:
			forged++
		}
	}
	arrivals, objected := Came{}, 0
	for _, rec := range r.truth.Recommendations {
		arrivals = arrivals.plus(rec.Arrivals)
		objected += rec.Arrivals.Objected
	}
	others := r.truth.sum(func(a *Arrival) bool { return a.Origin != Program }) - arrivals.Visits - r.truth.Lost.Visits
	assert.Equal(t, len(r.truth.Recommendations), codes)
	assert.InDelta(t, 0.7, part(codes, sent), 0.02)
	assert.InDelta(t, 0.1, part(r.truth.Lost.Visits, arrivals.Visits+r.truth.Lost.Visits), 0.01)
	assert.InDelta(t, 0.02, part(r.truth.Forged.Visits, others), 0.003)
	assert.InDelta(t, 0.5, part(foreign, forged), 0.06)
	assert.InDelta(t, 0.02, part(objected, arrivals.Visits), 0.01)
	for _, came := range []Came{arrivals, r.truth.Lost, r.truth.Forged} {
		assert.Positive(t, came.Objected)
		assert.Positive(t, came.Reloads)
	}
}

// TestMemoryOfCodes: a code takes as much as it takes, however many come by it.
func TestMemoryOfCodes(t *testing.T) {
	held := func(c Config) (bytes int, r *run) {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		r = followed(t, c, func(*run, *event) {})
		runtime.GC()
		runtime.ReadMemStats(&after)
		return int(after.HeapAlloc) - int(before.HeapAlloc), r
	}
	c := coded(t, "chains")
	c.Views = 8_000
	with, r := held(c)
	codes := len(r.codes.links) - 1
	runtime.KeepAlive(r)
	c.Keys, c.Coded, c.Stripped, c.Forged = nil, 0, 0, 0
	without, r := held(c)
	runtime.KeepAlive(r)
	t.Logf("%d codes, %d bytes each", codes, (with-without)/codes)
	assert.Less(t, (with-without)/codes, 4096)
}

// TestSharedErrorEndsIt: what the site cannot keep is not shared.
func TestSharedErrorEndsIt(t *testing.T) {
	full := errors.New("store full")
	c := coded(t, "usual")
	calls := 0
	c.Shared = func(share.Code, *share.Item) error { calls++; return full }
	_, err := Write(io.Discard, c)
	assert.ErrorIs(t, err, full)
	assert.Equal(t, 1, calls)
}

func TestCodesConfigIsChecked(t *testing.T) {
	for want, spoil := range map[string]func(*Config){
		"Coded is 1001: it is of a thousand":    func(c *Config) { c.Coded = 1001 },
		"Stripped is 1001: it is of a thousand": func(c *Config) { c.Stripped = 1001 },
		"Forged is 20, and there are no Keys":   func(c *Config) { c.Keys, c.Coded, c.Stripped = nil, 0, 0 },
	} {
		c := coded(t, "usual")
		spoil(&c)
		_, err := Write(io.Discard, c)
		assert.ErrorContains(t, err, want)
	}
}
