package rollup

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial"
	"darksocial/darksocial/record"
)

var (
	theSite    = &darksocial.Site{Hosts: []string{"example.com"}, Topics: []darksocial.Topic{{Path: "/sport/**", Topic: "Sport"}}}
	classifier = darksocial.New(*theSite)
	day        = DayOf(time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), time.UTC)
	noon       = day.From.Unix() + 12*3600
)

func pick[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

const (
	safari  = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
	pling   = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Pling/7.1"
	fetcher = "WhatsApp/2.25.33.70 A"

	whatsApp = "https://web.whatsapp.com/"       // private
	gmail    = "https://mail.google.com/"        // private, mail between people
	reddit   = "https://www.reddit.com/"         // public
	facebook = "https://l.facebook.com/"         // nobody knows
	blog     = "https://blog.neighbour.example/" // no share
)

// view is a page view as a door sees it. Of the zero view all is usual: a direct
// visit to /a at noon, read in a log.
type view struct {
	id      int
	door    record.Door
	at      int64 // seconds after noon
	page    string
	agent   string // Safari if empty
	referer string
	query   string
	country string
	rules   string
	objects darksocial.Tri

	navigation darksocial.Navigation
	visitor    string
}

func (v view) sighting() record.Sighting {
	visit := darksocial.Visit{Host: "example.com", Path: cmp.Or(v.page, "/a"), UserAgent: cmp.Or(v.agent, safari), Referer: v.referer, Query: v.query, Country: v.country, Status: 200, Navigation: v.navigation,
		Sees: darksocial.SeesReferer | darksocial.SeesUserAgent}
	facts := classifier.Facts(&visit)
	facts.Objection = v.objects
	return record.Sighting{ID: record.NewID("example.com", fmt.Sprint(v.id)), Door: v.door, Time: noon + v.at, Page: cmp.Or(v.page, "/a"), Status: 200,
		Rules: cmp.Or(v.rules, "rules1"), Facts: facts, Visitor: v.visitor}
}

func (v view) record() *record.Record { return together(v) }

// together is one page view seen several times.
func together(views ...view) *record.Record {
	var r record.Record
	for _, v := range views {
		s := v.sighting()
		r.Add(&s)
	}
	return &r
}

// numbered gives each of a list of views an id of its own.
func numbered(views ...view) []*record.Record {
	records := make([]*record.Record, len(views))
	for i, v := range views {
		v.id = i
		records[i] = v.record()
	}
	return records
}

func oneOfEach() []*record.Record {
	return numbered(view{}, view{referer: whatsApp}, view{referer: gmail}, view{referer: reddit}, view{referer: facebook}, view{referer: blog},
		view{agent: fetcher}, view{agent: pling}, view{agent: "curl/8"}, view{page: "/sport/1", referer: reddit})
}

func foldInto(t testing.TB, sums Adder, d Day, records ...*record.Record) {
	t.Helper()
	f := NewFold(d, theSite, nil, sums)
	for _, r := range records {
		require.NoError(t, f.Add(r))
	}
}

func foldAll(t testing.TB, records ...*record.Record) sorted {
	sums := sorted{}
	foldInto(t, sums, day, records...)
	return sums
}

// rows gives the rows of a table, which are of its type.
func rows[T any](t testing.TB, sums Sums, o Options, table string) []T {
	t.Helper()
	total, err := NewTotal(sums, theSite, o)
	require.NoError(t, err)
	at := slices.IndexFunc(Tables, func(tt Table) bool { return tt.Name == table })
	require.GreaterOrEqual(t, at, 0, table)
	var list []T
	for row, err := range Tables[at].Rows(total) {
		require.NoError(t, err)
		require.Equal(t, reflect.TypeOf(Tables[at].Row), reflect.TypeOf(row))
		list = append(list, row.(T))
	}
	return list
}

// pageRow is a page whose previews a messenger drew of links without a code: each is a share.
func pageRow(page, topic string, arrivals, private, public, previews int64) Page {
	return Page{Shares: previews, Page: page, Topic: topic, Arrivals: arrivals, PrivateArrivals: private, PublicArrivals: public, Previews: previews}
}

func arrival(page, channel, source, visibility, confidence, directKind, byReferrer string, n int64) Arrival {
	return Arrival{Page: page, Channel: channel, Source: source, Visibility: visibility, Surface: "browser", Confidence: confidence, DirectKind: directKind, ByReferrer: byReferrer, Arrivals: n}
}

func TestArrivalsAndPages(t *testing.T) {
	for _, tt := range []struct {
		name     string
		records  []*record.Record
		options  Options
		arrivals []Arrival
		pages    []Page
	}{
		{"nothing", nil, DefaultOptions, nil, nil},
		{"every label", oneOfEach(), DefaultOptions, []Arrival{
			arrival("/a", "dark_social", "whatsapp", "private", "likely", "", "social", 1),
			arrival("/a", "direct", "", "unknown", "unknown", "unknown", "direct", 2),
			arrival("/a", "email", "gmail", "private", "strong", "", "email", 1),
			arrival("/a", "referral", "blog.neighbour.example", "unknown", "strong", "", "referral", 1),
			arrival("/a", "social", "facebook", "unknown", "strong", "", "social", 1),
			arrival("/a", "social", "reddit", "public", "strong", "", "social", 1),
			arrival("/sport/1", "social", "reddit", "public", "strong", "", "social", 1),
		}, []Page{pageRow("/a", "", 7, 2, 1, 1), pageRow("/sport/1", "Sport", 1, 0, 1, 0)}},
		{"three in one row", numbered(view{referer: reddit}, view{referer: "https://old.reddit.com/r/moor"}, view{referer: reddit, at: 3600}), DefaultOptions,
			[]Arrival{arrival("/a", "social", "reddit", "public", "strong", "", "social", 3)}, []Page{pageRow("/a", "", 3, 0, 3, 0)}},
		{"previews alone", numbered(view{agent: fetcher}, view{agent: fetcher, page: "/b"}, view{agent: fetcher}), DefaultOptions,
			nil, []Page{pageRow("/a", "", 0, 0, 0, 2), pageRow("/b", "", 0, 0, 0, 1)}},
		{"what is no arrival", numbered(view{agent: "curl/8"}, view{referer: "https://example.com/b"}), DefaultOptions, nil, nil},
		{"of other days", numbered(view{at: -12*3600 - 1}, view{at: 12 * 3600}, view{at: -12 * 3600}, view{at: 12*3600 - 1}), DefaultOptions,
			[]Arrival{arrival("/a", "direct", "", "unknown", "unknown", "unknown", "direct", 2)}, []Page{pageRow("/a", "", 2, 0, 0, 0)}},
		{"one view seen by two doors", []*record.Record{together(view{}, view{door: record.Realtime, at: 2, referer: reddit})}, DefaultOptions,
			[]Arrival{arrival("/a", "social", "reddit", "public", "strong", "", "social", 1)}, []Page{pageRow("/a", "", 1, 0, 1, 0)}},
		{"the first door's day counts", []*record.Record{together(view{at: -12*3600 - 1}, view{door: record.Realtime, at: -12 * 3600})}, DefaultOptions, nil, nil},
		{"the largest pages, of equal ones the first", numbered(view{page: "/d"}, view{page: "/c"}, view{page: "/b"}, view{page: "/a"}, view{page: "/c"}, view{page: "/e", agent: fetcher}),
			Options{Pages: 2, Sources: 10}, []Arrival{
				arrival("/a", "direct", "", "unknown", "unknown", "unknown", "direct", 1),
				arrival("/c", "direct", "", "unknown", "unknown", "unknown", "direct", 2),
				arrival("(other)", "direct", "", "unknown", "unknown", "unknown", "direct", 2),
			}, []Page{pageRow("/a", "", 1, 0, 0, 0), pageRow("/c", "", 2, 0, 0, 0), pageRow("(other)", "", 2, 0, 0, 1)}},
		{"the largest sources; none is no source", numbered(view{}, view{}, view{}, view{referer: blog}, view{referer: reddit}, view{referer: whatsApp}, view{referer: whatsApp},
			view{referer: "https://a.example/"}, view{referer: "https://b.example/"}), Options{Pages: 10, Sources: 2}, []Arrival{
			arrival("/a", "dark_social", "whatsapp", "private", "likely", "", "social", 2),
			arrival("/a", "direct", "", "unknown", "unknown", "unknown", "direct", 3),
			arrival("/a", "referral", "(other)", "unknown", "strong", "", "referral", 2),
			arrival("/a", "referral", "a.example", "unknown", "strong", "", "referral", 1),
			arrival("/a", "social", "(other)", "public", "strong", "", "social", 1),
		}, []Page{pageRow("/a", "", 9, 2, 1, 0)}},
		{"no rows of their own", numbered(view{}, view{page: "/b", referer: reddit}), Options{}, []Arrival{
			arrival("(other)", "direct", "", "unknown", "unknown", "unknown", "direct", 1),
			arrival("(other)", "social", "(other)", "public", "strong", "", "social", 1),
		}, []Page{pageRow("(other)", "", 2, 0, 1, 0)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sums := foldAll(t, tt.records...)
			assert.Equal(t, tt.arrivals, rows[Arrival](t, sums, tt.options, "arrivals"))
			assert.Equal(t, tt.pages, rows[Page](t, sums, tt.options, "pages"))
		})
	}
}

// TestForgedKeys: no text somebody sends makes a row of another page, source or
// door. (The name of a site stands in no key.)
func TestForgedKeys(t *testing.T) {
	honest := view{id: 1, referer: reddit}.sighting()
	var records []*record.Record
	for i, page := range []string{"/a", "/a\x00direct\x00", "\x00/a", "/a\x00dark_social\x00whatsapp\x00private\x00in_app\x00certain\x00\x00direct", "/b\x00"} {
		s := honest
		s.ID, s.Page = record.NewID("example.com", fmt.Sprint(i)), page
		s.Rules = "rules1\x00rules2"
		s.Facts.Unnamed = "Pl\x00ing"
		records = append(records, &record.Record{})
		records[i].Add(&s)
	}
	s := view{id: 99, referer: blog}.sighting()
	s.Facts.RefererHost = "blog.example\x00private\x00"
	records = append(records, &record.Record{})
	records[5].Add(&s)
	sums := foldAll(t, records...)
	got := rows[Arrival](t, sums, DefaultOptions, "arrivals")
	var n int64
	for _, row := range got {
		n += row.Arrivals
		assert.Contains(t, []string{"reddit", "blog.exampleprivate"}, row.Source)
		assert.NotEqual(t, "private", row.Visibility)
	}
	assert.EqualValues(t, len(records), n)
	pages := rows[Page](t, sums, DefaultOptions, "pages")
	names := make([]string, len(pages))
	for i, page := range pages {
		names[i] = page.Page
		assert.Zero(t, page.PrivateArrivals)
	}
	assert.Equal(t, []string{"/a", "/adark_socialwhatsappprivatein_appcertaindirect", "/adirect", "/b"}, names)
	for _, row := range rows[Quality](t, sums, DefaultOptions, "quality") {
		assert.Contains(t, []string{"rules1", "rules1rules2"}, row.Rules)
		assert.Equal(t, "log", row.Door)
	}
}

// TestColumns: a row is a struct of columns with names.
func TestColumns(t *testing.T) {
	for _, table := range Tables {
		row := reflect.TypeOf(table.Row)
		require.Equal(t, reflect.Struct, row.Kind(), table.Name)
		require.True(t, reflect.ValueOf(table.Row).IsZero(), table.Name)
		names := map[string]bool{}
		for i := range row.NumField() {
			name := row.Field(i).Tag.Get("parquet")
			assert.NotEmpty(t, name, "%s.%s", table.Name, row.Field(i).Name)
			assert.False(t, names[name], "%s.%s twice", table.Name, name)
			names[name] = true
		}
	}
}

func TestRowsStop(t *testing.T) {
	sums := foldAll(t, oneOfEach()...)
	for _, table := range Tables {
		for _, o := range []Options{{}, DefaultOptions} {
			total, err := NewTotal(sums, theSite, o)
			require.NoError(t, err)
			all := 0
			for range table.Rows(total) {
				all++
			}
			for stop := 1; stop <= all; stop++ {
				n := 0
				for range table.Rows(total) {
					if n++; n == stop {
						break
					}
				}
				require.Equal(t, stop, n, table.Name)
			}
		}
	}
}

// failingAdder takes some sums and then no more.
type failingAdder struct{ left int }

func (f *failingAdder) Add([]byte, ...int64) error {
	if f.left--; f.left < 0 {
		return errBroken
	}
	return nil
}

func TestFoldErrors(t *testing.T) {
	rec := together(view{agent: pling}, view{door: record.Realtime, agent: pling})
	needs := 0
	for ; ; needs++ {
		err := NewFold(day, theSite, nil, &failingAdder{left: needs}).Add(rec)
		if err == nil {
			break
		}
		require.ErrorIs(t, err, errBroken)
	}
	assert.Equal(t, 12, needs, "seen and unknown at two doors, and eight sums of an arrival")
}

func BenchmarkFold(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	records := someRecords(r, 1000)
	sums := sorted{}
	f := NewFold(day, theSite, nil, sums)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if err := f.Add(records[i%len(records)]); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkTables(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	sums := foldAll(b, someRecords(r, 5000)...)
	b.ReportAllocs()
	for b.Loop() {
		if err := everything(sums); err != nil {
			b.Fatal(err)
		}
	}
}
