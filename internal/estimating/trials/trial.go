package trials

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"darksocial/darksocial/estimate"
	"darksocial/darksocial/share"
	"darksocial/internal/simulate"
)

// Trial is one week of which the estimate is held against the truth.
type Trial struct {
	World  string
	Config simulate.Config
	Truth  Truth
	Masked estimate.Calibration
	Deep   int // what the rule of the landing page calls shared
	Result map[estimate.Method]estimate.Result
	Took   time.Duration // the estimate by all evidence
}

// covers reports whether the truth lies in the interval.
func covers(i estimate.Interval, truth float64) bool { return i.Low <= truth && truth <= i.High }

// off is how far an estimate is off, in parts of all that is direct.
func (t *Trial) off(estimate float64) float64 {
	return math.Abs(estimate-float64(t.Truth.Shared)) / math.Max(1, float64(t.Truth.Direct))
}

// bestRule is how far off the better of the two rules is: that all at deep pages are
// shared, and that none are.
func (t *Trial) bestRule() float64 { return min(t.off(float64(t.Deep)), t.off(0)) }

// previewed says by which source the previews of a way's links are known.
var previewed = map[string]string{"whatsapp": "whatsapp", "own_channel_untagged": "whatsapp", "signal": "signal", "imessage": "imessage", "telegram": "telegram",
	"telegram_channel": "telegram", "messenger": "facebook", "slack": "slack", "discord": "discord", "viber": "viber", "google_messages": "google_messages",
	"mastodon": "mastodon", "linkedin": "linkedin"}

// split is how far the shares of the apps that draw previews are off: the part that would
// have to go to other apps. Few are not split.
func (t *Trial) split(m estimate.Method) (off float64, ok bool) {
	truth, said := map[string]float64{}, map[string]float64{}
	all, sum := 0.0, 0.0
	for way, n := range t.Truth.ByApp {
		if app := previewed[way]; app != "" {
			truth[app] += float64(n)
			all += float64(n)
		}
	}
	for _, s := range t.Result[m].BySource {
		if s.Previews > 0 {
			said[s.Source] += s.Shared.Estimate
			sum += s.Shared.Estimate
			truth[s.Source] += 0
		}
	}
	if all < 100 || sum == 0 {
		return 0, false
	}
	for app, n := range truth {
		off += math.Abs(n/all-said[app]/sum) / 2
	}
	return off, true
}

var firstDay = time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)

// VariedWeek is the week of a site that a number stands for: a site of 200 to 20,000
// views a day, in a world like no other, with codes or without, that sees all headers
// or three.
func VariedWeek(number uint64) (simulate.Config, error) {
	dice := rand.New(rand.NewPCG(number, 0xb01d))
	c := simulate.Config{Seed: number, Date: firstDay, Days: 7, Host: "www.example.com", World: simulate.Varied(number),
		Views: int(200 * math.Pow(100, dice.Float64())), Format: [...]simulate.Format{simulate.CloudFront, simulate.NDJSON}[number%2]}
	return c, withCodes(&c, dice)
}

// withCodes gives two of three sites codes.
func withCodes(c *simulate.Config, dice *rand.Rand) (err error) {
	if dice.IntN(3) == 0 {
		return nil
	}
	if c.Keys, err = share.NewKeys("news", []byte("a key of the newspaper")); err != nil {
		return err
	}
	c.Coded, c.Stripped, c.Forged = dice.Uint32N(601), dice.Uint32N(101), dice.Uint32N(21)
	return nil
}

// WorldWeek is a week of a world by name.
func WorldWeek(world *simulate.World, number uint64) (simulate.Config, error) {
	c, err := VariedWeek(number)
	c.World = world
	return c, err
}

// Try simulates a week and estimates it by some methods.
func Try(c simulate.Config, methods ...estimate.Method) (*Trial, error) {
	week, err := Simulate(c)
	if err != nil {
		return nil, err
	}
	t := &Trial{World: c.World.Name, Config: c, Truth: week.Truth, Masked: week.Masked.Result(), Deep: week.Seen.ByLandingPage(), Result: map[estimate.Method]estimate.Result{}}
	for _, m := range methods {
		start := time.Now()
		t.Result[m] = week.Seen.Run(m, c.Seed)
		if m == estimate.Both {
			t.Took = time.Since(start)
		}
	}
	return t, nil
}

// Report tells how well a method did in some trials.
type Report struct {
	Weeks, Refused, Covered int
	Below, Above            int     // the truth lies below the interval, or above
	Width                   float64 // median, of those answered: high less low, by the estimate
	Off, RuleOff            float64 // mean of those answered: how far off, in parts of direct; the better of the rules
	Bias                    float64 // median of the estimate's quotient by the truth
	Split                   float64 // median of those answered: how far off the apps' shares are
	Reach                   float64 // how many times as wide an interval must be for 95 of 100 to cover
}

// Judge sums up trials.
func Judge(trials []*Trial, m estimate.Method) Report {
	r := Report{Weeks: len(trials)}
	var widths, bias, reach, split []float64
	deep, none := 0.0, 0.0
	for _, t := range trials {
		result, truth := t.Result[m], float64(t.Truth.Shared)
		if result.Quality.Refused {
			r.Refused++
			continue
		}
		s := result.Shared
		switch {
		case truth < s.Low:
			r.Below++
		case truth > s.High:
			r.Above++
		default:
			r.Covered++
		}
		side := s.High - s.Estimate
		if truth < s.Estimate {
			side = s.Estimate - s.Low
		}
		reach = append(reach, math.Abs(truth-s.Estimate)/max(1, side))
		if off, ok := t.split(m); ok {
			split = append(split, off)
		}
		widths = append(widths, (s.High-s.Low)/max(1, s.Estimate))
		bias = append(bias, s.Estimate/max(1, truth))
		r.Off += t.off(s.Estimate)
		deep += t.off(float64(t.Deep))
		none += t.off(0)
	}
	answered := float64(max(1, r.Weeks-r.Refused))
	r.Off, r.RuleOff = r.Off/answered, min(deep, none)/answered
	r.Width, r.Bias = quantile(widths, 0.5), quantile(bias, 0.5)
	r.Reach, r.Split = quantile(reach, 0.95), quantile(split, 0.5)
	return r
}

func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	return values[int(q*float64(len(values)-1)+0.5)]
}

// Write writes a report as a line.
func (r Report) Write(w io.Writer, name string) error {
	_, err := fmt.Fprintf(w, "%-22s %4d weeks %4d refused %4d/%-4d covered (%d below, %d above) width %.2f off %.3f rule %.3f estimate/truth %.2f reach %.2f apps off %.2f\n", name, r.Weeks, r.Refused,
		r.Covered, r.Weeks-r.Refused, r.Below, r.Above, r.Width, r.Off, r.RuleOff, r.Bias, r.Reach, r.Split)
	return err
}
