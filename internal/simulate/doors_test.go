package simulate

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/internal/edge"
)

const host = "www.example.com"

// read gives each line of a log to see, with its label, and returns how many
// lines there were and how many could not be read.
func read(t testing.TB, log []byte, c Config, see func(*darksocial.Visit, *darksocial.Facts, darksocial.Label)) (lines, unreadable int) {
	t.Helper()
	options := edge.Options{Format: edge.Format(c.Format), Host: host, Now: later}
	switch c.Format {
	case CloudFrontJSON:
		options.Format = edge.CloudFront
	case Realtime:
		options.Fields = RealtimeFields
	}
	r, err := edge.NewReader(bytes.NewReader(log), "log", options)
	require.NoError(t, err)
	classifier := darksocial.New(c.World.Site(host))
	var line edge.Line
	var last time.Time
	for r.Next(&line) {
		lines++
		if line.Err != nil {
			unreadable++
			continue
		}
		v := &line.Visit
		if v.Time.Before(last) || v.Host != host || strings.Contains(v.UserAgent, "%") {
			require.Fail(t, "not in order, or not escaped once", "%+v", line)
		}
		last = v.Time
		facts := classifier.Facts(v)
		see(v, &facts, darksocial.Resolve(&facts))
	}
	require.NoError(t, r.Err())
	return lines, unreadable
}

// verdict is a label, as far as a Truth tells it.
func verdict(l darksocial.Label) Verdict {
	return Verdict{l.Kind.String(), l.Channel.String(), strings.Clone(l.Source), l.Visibility.String()}
}

// TestSameTruthThroughEveryDoor: what happens is the same whatever it is written
// as, and every line is labelled as what the truth says its format shows.
func TestSameTruthThroughEveryDoor(t *testing.T) {
	for _, w := range Worlds {
		t.Run(w.Name, func(t *testing.T) {
			t.Parallel()
			c := Config{Seed: 3, Date: friday, Host: host, Views: 700, World: &w}
			var first *Truth
			for _, c.Format = range Formats {
				log, truth := simulated(t, c)
				if first == nil {
					first = truth
				}
				require.Equal(t, first, truth, c.Format)
				got := map[Verdict]int{}
				lines, unreadable := read(t, log, c, func(_ *darksocial.Visit, _ *darksocial.Facts, l darksocial.Label) { got[verdict(l)]++ })
				want := map[Verdict]int{}
				wantUnreadable := 0
				for i := range truth.Days {
					for v, n := range truth.Days[i].Labels(c.Format.AllHeaders()) {
						want[v] += n
					}
					wantUnreadable += truth.Days[i].Unreadable
				}
				requireSame(t, want, got, string(c.Format))
				assert.Equal(t, truth.Lines, lines, c.Format)
				assert.Equal(t, wantUnreadable, unreadable, c.Format)
				assert.Equal(t, 1, unreadable, c.Format)
			}
		})
	}
}

// requireSame names only what differs.
func requireSame(t *testing.T, want, got map[Verdict]int, of string) {
	t.Helper()
	for v, n := range want {
		assert.Equal(t, n, got[v], "%s: %+v", of, v)
	}
	for v, n := range got {
		if want[v] == 0 {
			assert.Fail(t, "not in the truth", "%s: %+v %d times", of, v, n)
		}
	}
}

// TestHeadersAreCut: real-time logs lose the end of some headers, and never what
// names an app or a page fetched ahead.
func TestHeadersAreCut(t *testing.T) {
	c := Config{Seed: 3, Date: friday, Host: host, Views: 4000, World: world(t, "usual"), Format: Realtime}
	log, _ := simulated(t, c)
	cut, whole, apps := 0, 0, 0
	read(t, log, c, func(v *darksocial.Visit, _ *darksocial.Facts, l darksocial.Label) {
		switch {
		case !v.Sees.Has(darksocial.SeesHeaders):
			cut++
		case v.UserAgent != "":
			whole++
		}
		if strings.Contains(v.UserAgent, "; wv)") {
			apps++
			require.NotEmpty(t, v.Headers.RequestedWith)
		}
	})
	assert.Greater(t, cut, 50)
	assert.Greater(t, whole, 10*cut)
	assert.Greater(t, apps, 100)
}

// counts are a day's numbers as they are counted from a log.
type counts struct {
	lines     int
	labels    map[Verdict]int
	pages     map[string]Page
	campaigns map[darksocial.TagValues]both
	devices   map[string]both
	countries map[string]both
	kinds     map[string]both // of direct
}

// both counts the lines of browsers that do not object, and of those that do.
type both struct{ told, objected int }

func (n both) plus(lines int, objected bool) both {
	if objected {
		return both{n.told, n.objected + lines}
	}
	return both{n.told + lines, n.objected}
}

func newCounts() *counts {
	return &counts{0, map[Verdict]int{}, map[string]Page{}, map[darksocial.TagValues]both{}, map[string]both{}, map[string]both{}, map[string]both{}}
}

func (n *counts) add(page string, f *darksocial.Facts, l darksocial.Label) {
	n.lines++
	n.labels[verdict(l)]++
	p := n.pages[page]
	switch l.Kind {
	case darksocial.KindPreview:
		p.Previews++
		n.pages[page] = p
	case darksocial.KindPrefetch:
		if l.Channel != darksocial.Direct { // the site's own pages are not opened from outside
			p.Ahead++
			n.pages[page] = p
		}
	case darksocial.KindVisit:
		objected := f.Objection == darksocial.Yes
		p.Visits++ // and reloads: nothing tells them apart
		if objected {
			p.Objected++
		}
		switch {
		case objected, !l.Shared():
		case l.Visibility == darksocial.Private:
			p.Headers.Private++
		case l.Visibility == darksocial.Public:
			p.Headers.Public++
		}
		n.pages[page] = p
		device, country := f.Device.String(), strings.Clone(f.Country)
		n.devices[device] = n.devices[device].plus(1, objected)
		n.countries[country] = n.countries[country].plus(1, objected)
		if f.Campaign != (darksocial.TagValues{}) {
			tags := darksocial.TagValues{Source: strings.Clone(f.Campaign.Source), Medium: strings.Clone(f.Campaign.Medium), Name: strings.Clone(f.Campaign.Name)}
			n.campaigns[tags] = n.campaigns[tags].plus(1, objected)
		}
		if l.Channel == darksocial.Direct {
			kind := l.DirectKind.String()
			n.kinds[kind] = n.kinds[kind].plus(1, objected)
		}
	}
}

// TestEachDay holds every number of the truth against the log with all headers,
// day by day, in UTC and in a zone whose clocks are set back on the second day.
func TestEachDay(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	c := Config{Seed: 5, Date: time.Date(2026, 10, 24, 0, 0, 0, 0, time.UTC), Days: 3, Host: host, Views: 3000, World: world(t, "channel"), Format: NDJSON, Zone: berlin}
	log, truth := simulated(t, c)
	site := c.World.Site(host)
	days, hours := map[string]*counts{}, map[time.Time]*Hour{}
	unreadable := 0
	_, unreadable = read(t, log, c, func(v *darksocial.Visit, f *darksocial.Facts, l darksocial.Label) {
		for _, date := range []string{v.Time.Format("UTC 2006-01-02"), v.Time.In(berlin).Format("Berlin 2006-01-02")} {
			if days[date] == nil {
				days[date] = newCounts()
			}
			days[date].add(site.Page(v.Path), f, l)
		}
		hour := v.Time.Truncate(time.Hour)
		if hours[hour] == nil {
			hours[hour] = &Hour{Hour: hour}
		}
		switch {
		case l.Kind == darksocial.KindPreview:
			hours[hour].Previews++
		case l.Kind == darksocial.KindVisit:
			hours[hour].Visits++
		case l.Kind == darksocial.KindPrefetch && l.Channel != darksocial.Direct:
			hours[hour].Ahead++
		}
	})
	check := func(zone string, list []Day) {
		for i := range list {
			d := &list[i]
			got := days[zone+" "+d.Date]
			require.NotNil(t, got, d.Date)
			delete(days, zone+" "+d.Date)
			assert.Equal(t, d.Lines, got.lines+d.Unreadable, d.Date)
			unreadable -= d.Unreadable
			requireSame(t, d.Labels(true), got.labels, d.Date)
			requirePages(t, d, got)
			requireMeasures(t, d, got)
		}
	}
	require.Len(t, truth.Days, 3)
	require.Len(t, truth.LocalDays, 4)
	check("UTC", truth.Days)
	assert.Zero(t, unreadable)
	check("Berlin", truth.LocalDays)
	assert.Empty(t, days)
	whole := func(list []Day) (w []bool) {
		for _, d := range list {
			w = append(w, d.Whole)
		}
		return w
	}
	assert.Equal(t, []bool{true, true, true}, whole(truth.Days))
	assert.Equal(t, []bool{false, true, true, false}, whole(truth.LocalDays))

	require.Len(t, truth.Hours, 72)
	for _, h := range truth.Hours {
		h.Visits, h.Reloads = h.Visits+h.Reloads, 0
		if got := hours[h.Hour]; got != nil {
			require.Equal(t, h, *got)
		} else {
			require.Equal(t, Hour{Hour: h.Hour}, h)
		}
	}
}

func requirePages(t *testing.T, d *Day, got *counts) {
	t.Helper()
	seen := 0
	for _, p := range d.Pages {
		p.Visits += p.Reloads
		p.Log, p.Shared, p.Reloads = Sides{}, Sides{}, 0
		name := p.Page
		p.Page = ""
		require.Equal(t, p, got.pages[name], name)
		seen++
	}
	require.Equal(t, len(got.pages), seen)
	if d.Whole {
		assert.Greater(t, seen, 20)
	}
}

// requireMeasures compares what is counted by device, country, campaign and kind
// of direct.
func requireMeasures(t *testing.T, d *Day, got *counts) {
	t.Helper()
	want := newCounts()
	for _, a := range d.Arrivals {
		if a.Is == kindNames[ahead] {
			continue
		}
		for device, n := range a.Devices {
			want.devices[device] = want.devices[device].plus(n, a.Objected)
		}
		for country, n := range a.Countries {
			want.countries[country] = want.countries[country].plus(n, a.Objected)
		}
		if a.Headers.Channel == direct {
			want.kinds[a.Headers.DirectKind] = want.kinds[a.Headers.DirectKind].plus(a.Lines, a.Objected)
		}
	}
	for _, u := range d.Campaigns {
		want.campaigns[darksocial.TagValues{Source: u.Source, Medium: u.Medium, Name: u.Campaign}] = both{u.Visits + u.Reloads - u.Objected, u.Objected}
	}
	assert.Equal(t, want.devices, got.devices, d.Date)
	assert.Equal(t, want.countries, got.countries, d.Date)
	assert.Equal(t, want.campaigns, got.campaigns, d.Date)
	assert.Equal(t, want.kinds, got.kinds, d.Date)
	wantDirect := 0
	for _, n := range got.kinds {
		wantDirect += n.told
	}
	assert.Equal(t, wantDirect, total(d.Direct.Headers), d.Date)
}
