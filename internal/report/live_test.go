package report_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"darksocial/darksocial/rollup"
	"darksocial/internal/site"
)

type nowSaid struct {
	From, To                             time.Time
	DataUpTo                             *time.Time `json:"data_up_to"`
	Arrivals, Private, Public, Undecided int64
	Previews, Shares                     *int64
	Minutes                              []struct {
		Minute   time.Time
		Arrivals int64
	}
	Pages []struct {
		Page     string
		Arrivals int64
	}
	Sources []struct {
		Source   string
		Arrivals int64
	}
}

// visitLine is a line of ndjson for a page view.
func visitLine(at time.Time, id, path, more string) string {
	return `{"id":"` + id + `","time":"` + at.Format(time.RFC3339) + `","url":"https://` + siteName + path + `"` + more + `}` + "\n"
}

// TestNow: the last minutes are told one by one, from records that no table has.
func TestNow(t *testing.T) {
	w := newWorld(t, &site.Site{Name: siteName}, friday)
	empty := ask[nowSaid](w, "now")
	assert.Zero(t, empty.Arrivals)
	assert.Nil(t, empty.DataUpTo)
	assert.Len(t, empty.Minutes, 30)
	w.set(friday.Add(time.Minute))
	now := w.now()

	const chrome = `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36`
	referred := func(host string) string { return `,"user_agent":"` + chrome + `","referer":"https://` + host + `/"` }
	w.label([]byte(
		visitLine(now.Add(-31*time.Minute), "old", "/old", referred("www.google.com")) +
			visitLine(now.Add(-20*time.Minute), "a", "/a", referred("web.whatsapp.com")) +
			visitLine(now.Add(-20*time.Minute), "b", "/a", referred("www.google.com")) +
			visitLine(now.Add(-20*time.Minute), "b", "/a", referred("www.google.com")) + // told twice
			visitLine(now.Add(-5*time.Second), "c", "/c", referred("mastodon.social")) +
			visitLine(now.Add(-time.Minute), "p", "/c", `,"user_agent":"WhatsApp/2.25.33.70 A"`) +
			visitLine(now.Add(-time.Minute), "d", "/b", `,"user_agent":"`+chrome+`","headers":{"sec-gpc":"1"}`)))
	got := ask[nowSaid](w, "now")
	assert.Equal(t, int64(4), got.Arrivals)
	assert.Equal(t, int64(1), got.Private)
	assert.Equal(t, int64(1), got.Public)
	assert.Equal(t, int64(1), *got.Previews)
	assert.Equal(t, now.Add(-5*time.Second), got.DataUpTo.UTC())
	require.Len(t, got.Minutes, 30)
	assert.Equal(t, got.From, got.Minutes[0].Minute)
	assert.Equal(t, got.To, got.Minutes[29].Minute.Add(time.Minute))
	byMinute := map[time.Time]int64{}
	for _, m := range got.Minutes {
		if m.Arrivals > 0 {
			byMinute[m.Minute.UTC()] = m.Arrivals
		}
	}
	assert.Equal(t, map[time.Time]int64{now.Add(-20 * time.Minute).Truncate(time.Minute): 2, now.Truncate(time.Minute): 1, now.Add(-time.Minute).Truncate(time.Minute): 1}, byMinute)
	assert.Equal(t, "/a", got.Pages[0].Page)
	assert.Equal(t, int64(2), got.Pages[0].Arrivals)
	assert.Len(t, got.Sources, 4, "three, and none")

	w.set(now.Add(15 * time.Second))
	assert.Equal(t, int64(1), ask[nowSaid](w, "now", "visibility", "private").Arrivals)
	filtered := ask[nowSaid](w, "now", "page", "/a", "channel", "search")
	assert.Equal(t, int64(1), filtered.Arrivals)
	assert.Nil(t, filtered.Previews)
	assert.Equal(t, int64(3), ask[nowSaid](w, "now", "topic", "(none)").Arrivals, "of who objects no page is told")

	today := ask[numbersAnswerSaid](w, "numbers", "from", today, "to", today)
	assert.Equal(t, int64(5), today.Numbers.Arrivals, "and of today all")
	assert.Equal(t, now.Add(-5*time.Second), today.Meta.DataUpTo.UTC())
}

// TestMidnight: just after a day's end it still comes from its records, which its tables
// do not all have yet.
func TestMidnight(t *testing.T) {
	midnight := time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)
	w := newWorld(t, &site.Site{Name: siteName}, midnight.Add(-time.Hour))
	line := func(id string, at time.Time) []byte {
		return []byte(visitLine(at, id, "/a", `,"user_agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"`))
	}
	w.label(line("a", midnight.Add(-2*time.Hour)))
	_, err := w.roller(w.lake).Due(t.Context())
	require.NoError(t, err)
	w.set(midnight.Add(10 * time.Minute))
	w.label(line("b", midnight.Add(-5*time.Minute)))
	got := ask[numbersAnswerSaid](w, "numbers", "from", "2026-11-20", "to", "2026-11-21")
	assert.Equal(t, int64(2), got.Numbers.Arrivals)
	assert.Equal(t, []string{"2026-11-20"}, got.Meta.Days.Provisional)
	assert.Equal(t, []string{"2026-11-21"}, got.Meta.Days.WithoutData)

	// Its mark is the roll-up's to take away.
	_, err = w.roller(w.lake).Due(t.Context())
	require.NoError(t, err)
	w.set(midnight.Add(3 * time.Hour))
	assert.Equal(t, int64(2), ask[numbersAnswerSaid](w, "numbers", "from", "2026-11-20", "to", "2026-11-20").Numbers.Arrivals)
}

// TestNothingWritten: looking at a day changes nothing of it.
func TestNothingWritten(t *testing.T) {
	w, _ := week(t)
	before := everything(t, w)
	for _, call := range []string{"numbers", "pages", "recommendations"} {
		require.Equal(t, http.StatusOK, w.get(call, values("site", siteName, "from", firstDay, "to", today)).Code)
	}
	ask[nowSaid](w, "now")
	assert.Equal(t, before, everything(t, w))
}

// everything is what lies in the lake, and which days are marked.
func everything(t *testing.T, w *world) map[string]string {
	all := map[string]string{}
	require.NoError(t, w.lake.List(t.Context(), "", func(key string) error {
		etag, err := w.lake.ETag(t.Context(), key)
		all[key] = etag
		return err
	}))
	require.NoError(t, w.ledger().Marks(t.Context(), siteName, func(date string) error {
		mark, err := w.ledger().Marked(t.Context(), siteName, date)
		all["mark "+date] = string(mark)
		return err
	}))
	return all
}

// TestArticle: an article's life is told by day and by hour, and adds up.
func TestArticle(t *testing.T) {
	w, _ := week(t)
	want := w.reference()
	days := dates(firstDay, today)
	sums := map[string]int64{}
	for _, p := range tablesOfDays[rollup.Page](t, want, "pages", days) {
		if p.Page != rollup.Objected {
			sums[p.Page] += p.Arrivals
		}
	}
	page := ""
	for p := range sums {
		if sums[p] > sums[page] {
			page = p
		}
	}
	got := ask[struct {
		Page struct {
			Page     string
			Arrivals int64
		}
		Points []struct {
			Date, State string
			Arrivals    *int64
		}
		Hours           []struct{ Arrivals int64 }
		Channels        []countedSaid
		Sources         []struct{ Arrivals int64 }
		Recommendations []struct{ Page string }
	}](w, "page", "from", "2026-11-10", "to", today, "page", page)
	var byDay, byHour, bySource int64
	for _, p := range got.Points {
		if p.State == "no_data" {
			assert.Nil(t, p.Arrivals)
			continue
		}
		byDay += *p.Arrivals
	}
	for _, h := range got.Hours {
		byHour += h.Arrivals
	}
	for _, s := range got.Sources {
		bySource += s.Arrivals
	}
	first := rowsOf[rollup.Page](t, want, "pages", "2026-11-14") // the week's first day is not whole
	for _, p := range first {
		if p.Page == page {
			sums[page] += p.Arrivals
		}
	}
	assert.Equal(t, sums[page], got.Page.Arrivals)
	assert.Equal(t, sums[page], byDay)
	assert.Equal(t, sums[page], byHour)
	assert.Equal(t, sums[page], bySource)
	assert.Equal(t, sums[page], sum(got.Channels))
	for _, r := range got.Recommendations {
		assert.Equal(t, page, r.Page)
	}
	assert.Equal(t, http.StatusNotFound, w.get("page", values("site", siteName, "from", firstDay, "to", today, "page", "/nothing")).Code)
}

// TestWhy: every rule is said in words, and what nobody can know stands there.
func TestWhy(t *testing.T) {
	w, _ := week(t)
	type said struct {
		Arrivals int64
		Title    string
		Rules    []struct {
			Rule, Says string
			Arrivals   int64
			Assumed    bool
		}
		CannotKnow []string `json:"cannot_know"`
		Meta       metaSaid
	}
	got := ask[said](w, "why", "from", firstDay, "to", today, "source", "whatsapp")
	assert.Equal(t, "WhatsApp", got.Title)
	var n int64
	for _, r := range got.Rules {
		assert.NotEmpty(t, r.Says, r.Rule)
		n += r.Arrivals
	}
	assert.Equal(t, got.Arrivals, n, "the evidence of all of them")
	assert.Contains(t, got.CannotKnow, "whether it was a message or a channel, status or story for many")
	direct := ask[said](w, "why", "from", firstDay, "to", today, "channel", "direct", "visibility", "unknown")
	assert.Nil(t, direct.Rules)
	assert.Equal(t, "rules", direct.Meta.NotOffered[0].Field)
	assert.NotEmpty(t, direct.CannotKnow)
}

// TestManyPages: a site with 100,000 pages is answered within bounds, and adds up.
func TestManyPages(t *testing.T) {
	w := newWorld(t, &site.Site{Name: siteName}, friday)
	const perDay, numDays = 20_000, 5
	var want int64
	for d, date := range dates("2026-11-14", "2026-11-18") {
		var pages []any
		for i := range perDay {
			n := int64(1 + i%7)
			want += n
			pages = append(pages, rollup.Page{Page: pagePath(d*perDay + i), Title: "Ein Artikel mit einem Titel", Topic: "Lokales", Arrivals: n, PrivateArrivals: int64(i % 2)})
		}
		pages = append(pages, rollup.Page{Page: rollup.Other, Arrivals: 1000})
		want += 1000
		w.put(date, true, aDay{"pages": pages})
	}
	type answer struct {
		Total int
		Pages []struct{ Arrivals int64 }
		Other struct{ Arrivals int64 }
	}
	parameters := values("site", siteName, "from", "2026-11-14", "to", "2026-11-18", "limit", "500", "offset", "10000")
	body := w.get("pages", parameters).Body
	assert.Less(t, body.Len(), 1<<20, "bytes")
	got := ask[answer](w, "pages", "from", "2026-11-14", "to", "2026-11-18", "limit", "500")
	assert.Equal(t, perDay*numDays, got.Total)
	assert.Len(t, got.Pages, 500)
	n := got.Other.Arrivals
	for _, p := range got.Pages {
		n += p.Arrivals
	}
	assert.Equal(t, want, n)
}

func pagePath(i int) string {
	const letters = "abcdefghijklmnopqrstuvwxyz"
	path := []byte("/2026/11/")
	for ; i > 0; i /= len(letters) {
		path = append(path, letters[i%len(letters)])
	}
	return string(path)
}
