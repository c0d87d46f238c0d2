package simulate

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/edge"
)

var friday = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

func written(t testing.TB, c Config) ([]byte, Truth) {
	t.Helper()
	var b bytes.Buffer
	truth, err := Write(&b, c)
	require.NoError(t, err)
	return b.Bytes(), truth
}

// later is when the logs are read: a line of the future is refused.
func later() time.Time { return friday.AddDate(0, 0, 5) }

func reader(t testing.TB, log []byte) *edge.Reader {
	t.Helper()
	r, err := edge.NewReader(bytes.NewReader(log), "log", edge.Options{
		Format: edge.CloudFront,
		Now:    later,
	})
	require.NoError(t, err)
	return r
}

func TestSameSeedSameBytes(t *testing.T) {
	c := Config{Seed: 7, Date: friday, Host: "www.example.com", Views: 3000}
	first, truth := written(t, c)
	again, truthAgain := written(t, c)
	assert.True(t, bytes.Equal(first, again))
	assert.Equal(t, truth, truthAgain)

	for name, other := range map[string]Config{
		"seed": {Seed: 8, Date: c.Date, Host: c.Host, Views: c.Views},
		"date": {Seed: c.Seed, Date: c.Date.AddDate(0, 0, 1), Host: c.Host, Views: c.Views},
	} {
		log, _ := written(t, other)
		assert.Empty(t, shared(requestIDs(t, first), requestIDs(t, log)), "another %s, other requests", name)
	}
}

func requestIDs(t *testing.T, log []byte) map[string]bool {
	t.Helper()
	ids := map[string]bool{}
	var line edge.Line
	r := reader(t, log)
	for r.Next(&line) {
		if line.Err == nil {
			if len(line.ID) != 56 || ids[line.ID] {
				require.Fail(t, "not an id of its own", line.ID)
			}
			ids[strings.Clone(line.ID)] = true
		}
	}
	require.NoError(t, r.Err())
	require.NotEmpty(t, ids)
	return ids
}

func shared(a, b map[string]bool) []string {
	var both []string
	for id := range a {
		if b[id] {
			both = append(both, id)
		}
	}
	return both
}

// verdict is what a label says of a line, as far as a Truth tells it.
type verdict struct {
	kind    darksocial.Kind
	channel darksocial.Channel
	source  string
}

// channels are where the labels put the ways that name themselves.
var channels = map[string]darksocial.Channel{
	"google": darksocial.Search, "google_app": darksocial.Search, "bing": darksocial.Search, "duckduckgo": darksocial.Search, "ecosia": darksocial.Search,
	"whatsapp": darksocial.DarkSocial, "telegram": darksocial.DarkSocial, "messenger": darksocial.DarkSocial,
	"facebook": darksocial.Social, "instagram": darksocial.Social, "x": darksocial.Social, "linkedin": darksocial.Social,
	"chatgpt": darksocial.AI,
	"gmail":   darksocial.Email, "gmx": darksocial.Email, "web.de": darksocial.Email, "outlook": darksocial.Email,
	"newsletter": darksocial.Campaign, "blog.neighbour.example": darksocial.Referral,
}

func (truth *Truth) verdicts(t *testing.T) map[verdict]int {
	t.Helper()
	want := map[verdict]int{
		{kind: darksocial.KindInternal}: truth.Inside,
		{kind: darksocial.KindBot}:      truth.Bots,
		{kind: darksocial.KindOther}:    truth.Assets + truth.Errors,
	}
	for way, n := range truth.Visits {
		want[verdict{darksocial.KindVisit, darksocial.Direct, ""}] += n.Nameless
		if n.Named == 0 {
			continue
		}
		require.Contains(t, channels, way)
		source := way
		if way == "newsletter" { // the site's own: nobody else's name
			source = ""
		}
		want[verdict{darksocial.KindVisit, channels[way], source}] += n.Named
	}
	for app, n := range truth.Previews {
		channel := darksocial.DarkSocial
		if slices.Contains([]string{"facebook", "x", "linkedin", "mastodon"}, app) {
			channel = darksocial.Social
		}
		want[verdict{darksocial.KindPreview, channel, app}] += n
	}
	return want
}

// TestLabels: every line is read, and labelled as what it was written as.
func TestLabels(t *testing.T) {
	log, truth := written(t, Config{Seed: 3, Date: friday, Host: "www.example.com", Views: 20_000})
	classifier := darksocial.New(darksocial.Site{Hosts: []string{"example.com"}})
	got, lines, unreadable := map[verdict]int{}, 0, 0
	last := friday
	var line edge.Line
	r := reader(t, log)
	for r.Next(&line) {
		lines++
		if line.Err != nil {
			unreadable++
			continue
		}
		if line.Visit.Time.Before(last) || line.Visit.Host != "www.example.com" || strings.Contains(line.Visit.UserAgent, "%") {
			require.Fail(t, "not in order, or not escaped once", "%+v", line)
		}
		last = line.Visit.Time
		label := classifier.Classify(&line.Visit)
		got[verdict{label.Kind, label.Channel, strings.Clone(label.Source)}]++
	}
	require.NoError(t, r.Err())
	assert.Equal(t, truth.verdicts(t), got)
	assert.Equal(t, truth.Lines, lines)
	assert.Equal(t, truth.Unreadable, unreadable)
	assert.Equal(t, 1, unreadable)
	assert.True(t, last.Before(friday.AddDate(0, 0, 1)))

	for _, w := range ways {
		shown := truth.Visits[w.name]
		for _, l := range w.looks {
			if l.named {
				assert.Positive(t, shown.Named, w.name)
			} else {
				assert.Positive(t, shown.Nameless, w.name)
			}
		}
	}
}

func (truth *Truth) sum() int {
	sum := truth.Inside + truth.Bots + truth.Assets + truth.Errors + truth.Unreadable
	for _, n := range truth.Visits {
		sum += n.Named + n.Nameless
	}
	for _, n := range truth.Previews {
		sum += n
	}
	return sum
}

func TestTruthAddsUp(t *testing.T) {
	for _, views := range []int{1, 10, 300, 5000} {
		_, truth := written(t, Config{Seed: 1, Date: friday, Host: "www.example.com", Views: views})
		assert.Equal(t, truth.Lines, truth.sum(), "%d views", views)
	}
}

// TestMix holds the day to what is written of it in ways.go.
func TestMix(t *testing.T) {
	truth, err := Write(io.Discard, Config{Seed: 5, Date: friday, Host: "www.example.com", Views: 60_000})
	require.NoError(t, err)
	named, nameless := 0, 0
	for _, n := range truth.Visits {
		named += n.Named
		nameless += n.Nameless
	}
	arrivals := named + nameless
	views := arrivals + truth.Inside
	assert.InEpsilon(t, 60_000, views, 0.03)

	share := func(n, of int) float64 { return float64(n) / float64(of) }
	visits := truth.Visits
	search := visits["google"].Named + visits["google_app"].Named + visits["bing"].Named + visits["duckduckgo"].Named + visits["ecosia"].Named
	assert.InDelta(t, 0.33, share(search, arrivals), 0.03)

	inApp := visits["whatsapp"].Named + visits["telegram"].Named + visits["messenger"].Named
	typed := visits["typed"].Nameless
	dark := inApp + nameless - typed*3/4 // three in four of the typed open a front page
	assert.InDelta(t, 0.30, share(dark, arrivals), 0.10, "Chartbeat: 20 to 40 per cent of external traffic")
	assert.InDelta(t, 0.15, share(inApp, dark), 0.05, "Chartbeat: an app's name recovers 10 to 20 per cent of it")
	assert.InDelta(t, 0.26, share(visits["whatsapp"].Named, visits["whatsapp"].Named+visits["whatsapp"].Nameless), 0.03)
	assert.InDelta(t, 0.86, share(visits["linkedin"].Named, visits["linkedin"].Named+visits["linkedin"].Nameless), 0.05, "SparkToro")
	// Each of WhatsApp's previews comes from a sender's device and brings four clicks.
	assert.InDelta(t, 4, share(visits["whatsapp"].Named+visits["whatsapp"].Nameless, truth.Previews["whatsapp"]), 0.4)
}

// TestPreviewsComeFirst: nobody opens what was sent on WhatsApp before WhatsApp
// has read it.
func TestPreviewsComeFirst(t *testing.T) {
	log, _ := written(t, Config{Seed: 9, Date: friday, Host: "www.example.com", Views: 15_000})
	classifier := darksocial.New(darksocial.Site{Hosts: []string{"example.com"}})
	read, opened := map[string]bool{}, 0
	var line edge.Line
	r := reader(t, log)
	for r.Next(&line) {
		label := classifier.Classify(&line.Visit)
		if line.Err != nil || label.Source != "whatsapp" {
			continue
		}
		if label.Kind == darksocial.KindPreview {
			read[strings.Clone(line.Visit.Path)] = true
			continue
		}
		opened++
		require.True(t, read[line.Visit.Path], "%s was opened at %s before its preview", line.Visit.Path, line.Visit.Time)
	}
	require.NoError(t, r.Err())
	assert.Greater(t, opened, 100)
}

// TestPopularity: what is new is read most, and a few pages most of all.
func TestPopularity(t *testing.T) {
	log, _ := written(t, Config{Seed: 9, Date: friday, Host: "www.example.com", Views: 15_000})
	site := darksocial.Site{Hosts: []string{"example.com"}}
	classifier := darksocial.New(site)
	pages := map[string]int{}
	var line edge.Line
	r := reader(t, log)
	for r.Next(&line) {
		if line.Err == nil && classifier.Classify(&line.Visit).Kind == darksocial.KindVisit {
			pages[site.Page(line.Visit.Path)]++
		}
	}
	require.NoError(t, r.Err())
	assert.Greater(t, len(pages), 200)
	counts := slices.Sorted(maps.Values(pages))
	slices.Reverse(counts)
	assert.Greater(t, counts[1], 20*counts[len(counts)/2])
	var umlauts int
	for page := range pages {
		require.NotContains(t, page, "*", "no page is taken for a person's token")
		if strings.Contains(page, "ü") {
			umlauts++
		}
	}
	assert.Positive(t, umlauts)
}

func TestConfigIsChecked(t *testing.T) {
	good := Config{Seed: 1, Date: friday, Host: "www.example.com", Views: 10}
	for want, spoil := range map[string]func(*Config){
		"Host is empty":                     func(c *Config) { c.Host = "" },
		"Views is 0":                        func(c *Config) { c.Views = 0 },
		"Date is 2026-11-20T01:00:00Z":      func(c *Config) { c.Date = friday.Add(time.Hour) },
		"Date is 2026-11-20T00:00:00+01:00": func(c *Config) { c.Date = time.Date(2026, 11, 20, 0, 0, 0, 0, time.FixedZone("", 3600)) },
	} {
		c := good
		spoil(&c)
		_, err := Write(io.Discard, c)
		assert.ErrorContains(t, err, want)
	}
}

func TestWriteErrorIsReturned(t *testing.T) {
	full := errors.New("disk full")
	_, err := Write(writerFunc(func([]byte) (int, error) { return 0, full }), Config{Seed: 1, Date: friday, Host: "www.example.com", Views: 10_000})
	assert.ErrorIs(t, err, full)
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// TestEscape holds to the list of AWS's documentation.
func TestEscape(t *testing.T) {
	assert.Equal(t, "%00%09%20%7F%C3%BC", escape("\x00\t \x7fü"))
	assert.Equal(t, "%3C%3E%22%23%25%7B%7D%7C%5C%5E%7E%5B%5D%60%27", escape(`<>"#%{}|\^~[]`+"`'"))
	const plain = "!$&()*+,-./0129:;=?@ABYZ_abyz"
	assert.Equal(t, plain, escape(plain))
}

// TestQueueIsInOrder is against sorting.
func TestQueueIsInOrder(t *testing.T) {
	d := newDay(nil, Config{Seed: 1, Date: friday, Host: "h", Views: 1})
	var q queue
	var want []uint32
	for range 1000 {
		at := d.dice.below(300) // many at the same time
		want = append(want, at)
		q.push(event{at: at, page: int32(len(want))})
	}
	slices.Sort(want)
	last := event{}
	for _, at := range want {
		e, ok := q.next(300)
		require.True(t, ok)
		require.Equal(t, at, e.at)
		require.True(t, e.at > last.at || e.page > last.page, "what was planned first happens first")
		last = e
	}
	_, ok := q.next(300)
	assert.False(t, ok)
}

// TestQueueStaysSmall: what waits is a part of the day, however large it is.
func TestQueueStaysSmall(t *testing.T) {
	c := Config{Seed: 2, Date: friday, Host: "www.example.com", Views: 50_000}
	d := newDay(bufferedDiscard(), c)
	d.run()
	require.Greater(t, d.truth.Lines, 100_000)
	assert.Less(t, cap(d.queue.events), 5_000)
}

func BenchmarkWrite(b *testing.B) {
	for _, views := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprintf("views=%d", views), func(b *testing.B) {
			b.ReportAllocs()
			lines, size := 0, 0
			for b.Loop() {
				truth, err := Write(writerFunc(func(p []byte) (int, error) { size += len(p); return len(p), nil }),
					Config{Seed: 1, Date: friday, Host: "www.example.com", Views: views})
				if err != nil {
					b.Fatal(err)
				}
				lines += truth.Lines
			}
			b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
			b.ReportMetric(float64(size)/float64(lines), "B/line")
		})
	}
}

func bufferedDiscard() *bufio.Writer { return bufio.NewWriter(io.Discard) }
